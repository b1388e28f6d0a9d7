//! A small mail server, for tests.

use reader::{PostOffice, Protection, Smtp};
use store::Failure;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// A mail server that takes one letter and gives back what it heard. It answers the recipient with `verdict`.
pub async fn mail_server(
    verdict: &'static str,
) -> Result<(u16, JoinHandle<std::io::Result<Vec<String>>>), std::io::Error> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let port = listener.local_addr()?.port();
    let serving = tokio::spawn(async move {
        let (stream, _) = listener.accept().await?;
        let (incoming, mut outgoing) = stream.into_split();
        let mut lines = BufReader::new(incoming).lines();
        let mut heard = Vec::new();
        let mut in_letter = false;
        outgoing.write_all(b"220 post.example ESMTP\r\n").await?;
        while let Some(line) = lines.next_line().await? {
            let answer = match line.as_str() {
                "." => {
                    in_letter = false;
                    "250 taken"
                }
                _ if in_letter => "",
                "DATA" => {
                    in_letter = true;
                    "354 go on"
                }
                rcpt if rcpt.starts_with("RCPT") => verdict,
                _ => "250 fine",
            };
            heard.push(line);
            if !answer.is_empty() {
                outgoing.write_all(format!("{answer}\r\n").as_bytes()).await?;
            }
            if heard.last().is_some_and(|line| line == "QUIT") {
                break;
            }
        }
        Ok(heard)
    });
    Ok((port, serving))
}

pub fn office(port: u16) -> Result<PostOffice, Failure> {
    PostOffice::through(&Smtp {
        host: "127.0.0.1".to_owned(),
        port,
        protection: Protection::None,
        login: None,
        from: "Der Uferbote <post@uferbote.example>".to_owned(),
    })
}

/// Lines of a letter with folded headers in one line each.
pub fn unfolded(heard: &[String]) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for line in heard {
        match lines.last_mut() {
            Some(last) if line.starts_with([' ', '\t']) => {
                last.push(' ');
                last.push_str(line.trim_start());
            }
            _ => lines.push(line.clone()),
        }
    }
    lines
}
