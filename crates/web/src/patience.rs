//! A connection that is written to only as long as somebody takes what is written.
//!
//! Whoever asks for something and then reads no further would keep its connection, and what waits in it, for ever (R7). Bytes
//! that nobody takes wait in buffers of a bounded size; when those are full and nothing has moved for a while, the connection
//! is broken off. Who reads slowly is not bothered: every byte taken counts.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Sleep, sleep};

/// A stream whose writing fails when nothing was taken for `longest`.
pub(crate) struct Patient<S> {
    stream: S,
    longest: Duration,
    /// Runs while somebody lets us wait.
    waiting: Option<Pin<Box<Sleep>>>,
}

impl<S> Patient<S> {
    pub(crate) fn new(stream: S, longest: Duration) -> Patient<S> {
        Patient { stream, longest, waiting: None }
    }

    /// Passes on what came of a try to write, and counts the time since the last that did not have to wait.
    fn judge<T>(&mut self, tried: Poll<io::Result<T>>, cx: &mut Context<'_>) -> Poll<io::Result<T>> {
        if tried.is_ready() {
            self.waiting = None;
            return tried;
        }
        let longest = self.longest;
        let waiting = self.waiting.get_or_insert_with(|| Box::pin(sleep(longest)));
        ready!(waiting.as_mut().poll(cx));
        Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Patient<S> {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_read(cx, buf)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Patient<S> {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        let tried = Pin::new(&mut this.stream).poll_write(cx, bytes);
        this.judge(tried, cx)
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        parts: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        let tried = Pin::new(&mut this.stream).poll_write_vectored(cx, parts);
        this.judge(tried, cx)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        let tried = Pin::new(&mut this.stream).poll_flush(cx);
        this.judge(tried, cx)
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        let tried = Pin::new(&mut this.stream).poll_shutdown(cx);
        this.judge(tried, cx)
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt, duplex};
    use tokio::time::Instant;

    use super::*;

    const LONGEST: Duration = Duration::from_secs(30);

    #[tokio::test(start_paused = true)]
    async fn r7_who_takes_nothing_is_let_go_after_a_while() {
        let (ours, _theirs) = duplex(16);
        let began = Instant::now();
        let written = Patient::new(ours, LONGEST).write_all(&[0; 1000]).await;
        assert_eq!(written.map_err(|error| error.kind()), Err(io::ErrorKind::TimedOut));
        assert_eq!(began.elapsed().as_secs(), 30);
    }

    #[tokio::test(start_paused = true)]
    async fn who_takes_a_little_now_and_then_gets_everything() {
        let (ours, mut theirs) = duplex(16);
        let reading = tokio::spawn(async move {
            let mut taken = Vec::new();
            let mut some = [0; 16];
            while taken.len() < 160 {
                sleep(LONGEST - Duration::from_secs(1)).await;
                let count = theirs.read(&mut some).await.unwrap_or(0);
                taken.extend_from_slice(&some[..count]);
            }
            taken.len()
        });
        assert!(Patient::new(ours, LONGEST).write_all(&[7; 160]).await.is_ok());
        assert_eq!(reading.await.ok(), Some(160));
    }
}
