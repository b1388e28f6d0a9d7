//! Files of the paper, whole or in parts (RFC 9110 §14): pictures and sound.

use std::io::SeekFrom;
use std::path::Path;

use axum::body::Body;
use bytes::Bytes;
use futures_util::stream;
use http::header::{self, HeaderMap, HeaderValue};
use http::{Response, StatusCode};
use store::Failure;
use tokio::fs::File;
use tokio::io::{AsyncReadExt, AsyncSeekExt};

use crate::conditional::has_it;
use crate::{Answer, Trouble};

/// How much is read at once.
const SLICE: u64 = 64 * 1024;

/// A file that is ready to be sent.
pub struct Media<'a> {
    /// Where it lies; made by us, never from a request (T6.2).
    pub path: &'a Path,
    /// Its type, fixed by us (T6.3).
    pub content_type: &'static str,
    /// What names these bytes, without quotes.
    pub tag: &'a str,
    /// `Cache-Control`
    pub keep: &'static str,
}

/// What part of a file was asked for.
#[derive(Debug, PartialEq, Eq)]
enum Part {
    Whole,
    /// First and last byte, both included.
    From(u64, u64),
    OutOfReach,
}

/// Sends the file or the part asked for, or says that the visitor has it already.
pub async fn send(media: Media<'_>, asked: &HeaderMap) -> Answer {
    let mut file = match File::open(media.path).await {
        Ok(file) => file,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Err(Trouble::NotFound),
        Err(error) => return Err(Failure::from(error).into()),
    };
    let length = file.metadata().await.map_err(Failure::from)?.len();
    let entity_tag = format!("\"{}\"", media.tag);
    let mut response = Response::new(Body::empty());
    let headers = response.headers_mut();
    headers.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(media.keep));
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media.content_type));
    if let Ok(value) = HeaderValue::try_from(&entity_tag) {
        headers.insert(header::ETAG, value);
    }
    if has_it(asked, entity_tag.as_bytes()) {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        return Ok(response);
    }
    let (first, last) = match part(asked, &entity_tag, length) {
        Part::Whole => (0, length.saturating_sub(1)),
        Part::From(first, last) => {
            *response.status_mut() = StatusCode::PARTIAL_CONTENT;
            content_range(&mut response, &format!("bytes {first}-{last}/{length}"));
            (first, last)
        }
        Part::OutOfReach => {
            *response.status_mut() = StatusCode::RANGE_NOT_SATISFIABLE;
            content_range(&mut response, &format!("bytes */{length}"));
            return Ok(response);
        }
    };
    let wanted = if length == 0 { 0 } else { last - first + 1 };
    response.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from(wanted));
    file.seek(SeekFrom::Start(first)).await.map_err(Failure::from)?;
    *response.body_mut() = slices(file, wanted);
    Ok(response)
}

fn content_range(response: &mut Response<Body>, range: &str) {
    if let Ok(value) = HeaderValue::try_from(range) {
        response.headers_mut().insert(header::CONTENT_RANGE, value);
    }
}

fn slices(file: File, wanted: u64) -> Body {
    Body::from_stream(stream::unfold((file, wanted), async |(mut file, left)| {
        if left == 0 {
            return None;
        }
        let mut slice = vec![0; usize::try_from(left.min(SLICE)).unwrap_or(0)];
        match file.read_exact(&mut slice).await {
            Ok(read) => Some((Ok(Bytes::from(slice)), (file, left - read as u64))),
            Err(error) => Some((Err(error), (file, 0))),
        }
    }))
}

/// One range is understood; several are answered with the whole file, as RFC 9110 §14.2 allows.
fn part(asked: &HeaderMap, entity_tag: &str, length: u64) -> Part {
    let Some(range) = asked.get(header::RANGE).and_then(|value| value.to_str().ok()) else {
        return Part::Whole;
    };
    if asked.get(header::IF_RANGE).is_some_and(|value| value.as_bytes() != entity_tag.as_bytes()) {
        return Part::Whole;
    }
    let Some((first, last)) = range.strip_prefix("bytes=").and_then(|range| range.split_once('-')) else {
        return Part::Whole;
    };
    let end = length.saturating_sub(1);
    match (first.trim().parse::<u64>().ok(), last.trim()) {
        (Some(first), "") if first < length => Part::From(first, end),
        (Some(first), last) if first < length => match last.parse::<u64>() {
            Ok(last) if last >= first => Part::From(first, last.min(end)),
            _ => Part::Whole,
        },
        (Some(_), _) => Part::OutOfReach,
        (None, last) if first.trim().is_empty() => match last.parse::<u64>() {
            Ok(0) => Part::OutOfReach,
            Ok(suffix) if length > 0 => Part::From(length - suffix.min(length), end),
            _ => Part::Whole,
        },
        (None, _) => Part::Whole,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_read_as_the_rfc_says() {
        #[track_caller]
        fn check(range: &'static str, length: u64, expected: Part) {
            let mut asked = HeaderMap::new();
            asked.insert(header::RANGE, HeaderValue::from_static(range));
            assert_eq!(part(&asked, "\"a\"", length), expected, "{range} of {length}");
        }
        check("bytes=0-1", 10, Part::From(0, 1));
        check("bytes=5-", 10, Part::From(5, 9));
        check("bytes=5-99", 10, Part::From(5, 9));
        check("bytes=-3", 10, Part::From(7, 9));
        check("bytes=-30", 10, Part::From(0, 9));
        check("bytes=10-", 10, Part::OutOfReach);
        check("bytes=-0", 10, Part::OutOfReach);
        check("bytes=3-2", 10, Part::Whole);
        check("bytes=0-1,4-5", 10, Part::Whole);
        check("lines=0-1", 10, Part::Whole);
        check("bytes=x-1", 10, Part::Whole);
        check("bytes=0-", 0, Part::OutOfReach);
    }

    #[test]
    fn a_range_of_other_bytes_gives_the_whole_file() {
        let mut asked = HeaderMap::new();
        asked.insert(header::RANGE, HeaderValue::from_static("bytes=0-1"));
        asked.insert(header::IF_RANGE, HeaderValue::from_static("\"old\""));
        assert_eq!(part(&asked, "\"new\"", 10), Part::Whole);
    }
}
