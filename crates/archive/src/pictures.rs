//! Pictures of the paper: rows here, files in its folder, named by their hash.

use std::collections::HashMap;

use store::{Failure, Time, Tx};
use story::{Article, Block, Line};

/// Notes a picture whose file lies in the folder already. A file of the same name is the same picture.
pub async fn add_picture(
    tx: &mut Tx,
    file: &str,
    size: (u32, u32),
    bytes: i64,
    now: Time,
) -> Result<(), Failure> {
    let sql = "insert into pictures (file, width, height, bytes, at) values ($1, $2, $3, $4, $5) on conflict (file) do nothing";
    tx.execute(sql, (file, size.0, size.1, bytes, now)).await.map(drop)
}

/// Width and height in pixels of the pictures of one article, by file name.
pub async fn sizes(tx: &mut Tx, article: &Article) -> Result<HashMap<String, (u32, u32)>, Failure> {
    let mut found = HashMap::new();
    for block in &article.body {
        if let Block::Picture(picture) = block {
            let row: Option<(i64, i64)> =
                tx.first("select width, height from pictures where file = $1", (&picture.file,)).await?;
            if let Some((width, height)) = row {
                found.insert(picture.file.clone(), (pixels(width), pixels(height)));
            }
        }
    }
    Ok(found)
}

pub(crate) fn pixels(number: i64) -> u32 {
    u32::try_from(number).unwrap_or(0)
}

/// Notes a small picture of an author; its file was added before. A new one takes the place of the old.
pub async fn add_portrait(tx: &mut Tx, name: &Line, file: &str, now: Time) -> Result<(), Failure> {
    let sql = "insert into portraits (name, file, at) values ($1, $2, $3)
               on conflict (name) do update set file = excluded.file, at = excluded.at";
    tx.execute(sql, (name, file, now)).await.map(drop)
}

/// The small picture of an author: file, width and height in pixels.
pub async fn portrait(tx: &mut Tx, name: &str) -> Result<Option<(String, u32, u32)>, Failure> {
    let sql = "select p.file, p.width, p.height from portraits a join pictures p on p.file = a.file where a.name = $1";
    let row: Option<(String, i64, i64)> = tx.first(sql, (name,)).await?;
    Ok(row.map(|(file, width, height)| (file, pixels(width), pixels(height))))
}
