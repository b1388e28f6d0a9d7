//! A form that a file may be enclosed with, as browsers send it without any script (`multipart/form-data`, RFC 7578).
//!
//! Read whole and as text, within the limit of its route; nothing of it touches the disk (T6.2). What the text says is for whoever
//! takes it to judge.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::multipart::{Multipart, MultipartError};
use axum::extract::{FromRequest, Request};
use http::{StatusCode, header};
use serde::de::DeserializeOwned;
use serde::de::value::{Error, MapDeserializer};

use crate::{Form, Paper, Trouble};

/// No form of ours has more fields.
const MOST_FIELDS: usize = 20;

/// Like [`Form`], and a file may come in the place of what is typed: of a field and a file of the same name the file counts, if one
/// was chosen. The fields are texts.
pub(crate) struct Enclosed<T>(pub T);

impl<T: DeserializeOwned> FromRequest<Arc<Paper>> for Enclosed<T> {
    type Rejection = Trouble;

    async fn from_request(request: Request, paper: &Arc<Paper>) -> Result<Enclosed<T>, Trouble> {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
        if !kind.is_some_and(|kind| kind.starts_with("multipart/form-data")) {
            let Form(form) = Form::from_request(request, paper).await?;
            return Ok(Enclosed(form));
        }
        let parts = Multipart::from_request(request, paper)
            .await
            .map_err(|rejection| Trouble::Unreadable(rejection.body_text()))?;
        let fields = fields(parts).await?;
        let form = T::deserialize(MapDeserializer::<_, Error>::new(fields.into_iter()));
        form.map(Enclosed).map_err(|error| Trouble::Unreadable(error.to_string()))
    }
}

async fn fields(mut parts: Multipart) -> Result<BTreeMap<String, String>, Trouble> {
    let (mut typed, mut files) = (BTreeMap::new(), BTreeMap::new());
    while let Some(part) = parts.next_field().await.map_err(trouble)? {
        let name = part.name().unwrap_or_default().to_owned();
        let is_file = part.file_name().is_some();
        let bytes = part.bytes().await.map_err(trouble)?;
        // Where no file was chosen browsers send an empty one.
        if is_file && bytes.is_empty() {
            typed.entry(name).or_default();
            continue;
        }
        let place = if is_file { &mut files } else { &mut typed };
        let before = place.insert(name, text(&bytes));
        if before.is_some_and(|text: String| !text.is_empty()) || typed.len() + files.len() > MOST_FIELDS {
            return Err(Trouble::Unreadable("a field twice, or too many of them".to_owned()));
        }
    }
    typed.extend(files);
    Ok(typed)
}

fn trouble(error: MultipartError) -> Trouble {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        Trouble::TooLarge
    } else {
        Trouble::Unreadable(error.body_text())
    }
}

/// What a file says: as its byte order mark tells; else in UTF-8; else in Windows-1252, as spreadsheets still save a table here.
/// Line ends become one kind.
fn text(bytes: &[u8]) -> String {
    let kind =
        if std::str::from_utf8(bytes).is_ok() { encoding_rs::UTF_8 } else { encoding_rs::WINDOWS_1252 };
    kind.decode(bytes).0.replace("\r\n", "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_read_however_it_was_saved() {
        #[track_caller]
        fn check(bytes: &[u8], expected: &str) {
            assert_eq!(text(bytes), expected, "{bytes:?}");
        }
        check("Mühle;mahlt\r\nÖl;fließt".as_bytes(), "Mühle;mahlt\nÖl;fließt");
        check(b"M\xfchle; \x84so\x93", "Mühle; „so“");
        check(b"\xef\xbb\xbfM\xc3\xbchle", "Mühle");
        check(b"\xff\xfeM\0\xfc\0;\0", "Mü;");
        check(b"", "");
    }
}
