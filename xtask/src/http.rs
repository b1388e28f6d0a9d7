//! As little HTTP/1.1 as a load generator needs: one connection that stays open, one request after the other.
//!
//! It shares no line with what it measures. Everything is kept in one buffer per connection, so that the generator,
//! which runs on the same two cores as the server, takes as little of them as it can.

use std::io;
use std::net::SocketAddr;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// A connection that is kept open.
pub struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
}

/// An answer, in the buffer of its connection.
pub struct Answer<'a> {
    pub status: u16,
    /// Status line and header fields, as they came.
    pub head: &'a str,
    /// The content, without the marks of chunks.
    pub body: Vec<u8>,
}

impl Answer<'_> {
    /// The first header field of this name.
    pub fn header(&self, name: &str) -> Option<&str> {
        header(self.head, name)
    }

    /// The content as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

impl Connection {
    /// Connects.
    pub async fn open(address: SocketAddr) -> io::Result<Connection> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Connection { stream, buffer: Vec::with_capacity(64 * 1024) })
    }

    /// Sends a whole request and waits for the whole answer, of which only status and length are looked at.
    pub async fn count(&mut self, request: &[u8]) -> io::Result<(u16, usize)> {
        let (head, length) = self.exchange(request).await?;
        let status = status(&self.buffer[..head]);
        Ok((status, length))
    }

    /// Sends a whole request and gives the whole answer.
    pub async fn ask(&mut self, request: &[u8]) -> io::Result<Answer<'_>> {
        let (head, length) = self.exchange(request).await?;
        let (head, body) = self.buffer[..length].split_at(head);
        let head = std::str::from_utf8(head).map_err(io::Error::other)?;
        let chunked = header(head, "transfer-encoding").is_some();
        let body = if chunked { without_chunks(body) } else { body.to_vec() };
        Ok(Answer { status: status(head.as_bytes()), head, body })
    }

    /// Gives the length of the head and of head and content together.
    async fn exchange(&mut self, request: &[u8]) -> io::Result<(usize, usize)> {
        self.stream.write_all(request).await?;
        self.buffer.clear();
        let mut head = None;
        loop {
            if head.is_none() {
                head = find(&self.buffer, b"\r\n\r\n").map(|at| at + 4);
            }
            if let Some(head) = head
                && let Some(length) = complete(&self.buffer, head)?
            {
                return Ok((head, length));
            }
            if self.stream.read_buf(&mut self.buffer).await? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
        }
    }
}

/// Asks for one page on a connection of its own: status, head and content.
pub async fn fetch(address: SocketAddr, path: &str, fields: &str) -> Result<(u16, String, Vec<u8>), String> {
    let told = |trouble: io::Error| format!("{path} could not be asked for: {trouble}");
    let mut connection = Connection::open(address).await.map_err(told)?;
    let request = get(path, fields);
    let answer = connection.ask(&request).await.map_err(told)?;
    Ok((answer.status, answer.head.to_owned(), answer.body))
}

/// A request that asks for `path`.
pub fn get(path: &str, fields: &str) -> Vec<u8> {
    format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n{fields}\r\n").into_bytes()
}

/// A form sent from our own page by somebody who is signed in.
pub fn post(path: &str, cookie: &str, form: &str) -> Vec<u8> {
    let length = form.len();
    format!(
        "POST {path} HTTP/1.1\r\nHost: localhost\r\nCookie: {cookie}\r\nSec-Fetch-Site: same-origin\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {length}\r\n\r\n{form}"
    )
    .into_bytes()
}

fn status(head: &[u8]) -> u16 {
    head.get(9..12).and_then(|digits| std::str::from_utf8(digits).ok()?.parse().ok()).unwrap_or(0)
}

fn header<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    head.lines().skip(1).find_map(|line| {
        let (field, value) = line.split_once(':')?;
        field.eq_ignore_ascii_case(name).then(|| value.trim())
    })
}

/// Where the answer ends, if all of it is here.
fn complete(buffer: &[u8], head: usize) -> io::Result<Option<usize>> {
    let fields = std::str::from_utf8(&buffer[..head]).map_err(io::Error::other)?;
    if let Some(length) = header(fields, "content-length") {
        let length: usize = length.parse().map_err(io::Error::other)?;
        return Ok((buffer.len() >= head + length).then_some(head + length));
    }
    if header(fields, "transfer-encoding").is_some() {
        return Ok(buffer.ends_with(b"0\r\n\r\n").then_some(buffer.len()));
    }
    Ok(Some(head))
}

fn without_chunks(mut body: &[u8]) -> Vec<u8> {
    let mut content = Vec::with_capacity(body.len());
    while let Some(line) = find(body, b"\r\n") {
        let size = std::str::from_utf8(&body[..line])
            .ok()
            .and_then(|hex| usize::from_str_radix(hex.trim(), 16).ok());
        let Some(size @ 1..) = size else { break };
        let Some(chunk) = body.get(line + 2..line + 2 + size) else { break };
        content.extend_from_slice(chunk);
        body = body.get(line + 4 + size..).unwrap_or_default();
    }
    content
}

fn find(text: &[u8], part: &[u8]) -> Option<usize> {
    text.windows(part.len()).position(|window| window == part)
}

#[cfg(test)]
mod tests {
    use super::{complete, header, status, without_chunks};

    #[test]
    fn an_answer_is_complete_when_its_length_or_its_last_chunk_is_here() {
        let counted = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";
        assert_eq!(complete(counted, 38).ok().flatten(), Some(43));
        assert_eq!(complete(&counted[..41], 38).ok().flatten(), None);
        let chunked = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n";
        assert_eq!(complete(chunked, 47).ok().flatten(), Some(chunked.len()));
        assert_eq!(without_chunks(&chunked[47..]), b"hello");
    }

    #[test]
    fn fields_are_found_in_any_case() {
        let head = "HTTP/1.1 303 See Other\r\nLocation: /comments/9\r\n\r\n";
        assert_eq!(header(head, "location"), Some("/comments/9"));
        assert_eq!(status(head.as_bytes()), 303);
    }
}
