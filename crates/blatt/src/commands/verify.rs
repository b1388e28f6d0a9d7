//! `blatt verify`: proves that nobody has rewritten what people who work for the paper did, nor an article's history, and that the
//! rows are sound.
//!
//! It reads everything and changes nothing. It prints where the ledger ends: written down somewhere else, that line proves a year
//! later that the ledger up to there is still the same (`--written-down`).

use archive::{ArticleId, Bookmark};
use clap::Args;
use store::ledger::{self, End};
use store::{Db, Failure};

use super::{Place, now};
use crate::progress;

/// `blatt verify`
#[derive(Clone, Debug, Args)]
pub struct Verify {
    #[command(flatten)]
    place: Place,
    /// The end of the ledger as an earlier `verify` printed it: number:hash.
    #[arg(long, value_name = "END", value_parser = read_end)]
    written_down: Option<End>,
}

fn read_end(text: &str) -> Result<End, String> {
    End::parse(text)
        .ok_or_else(|| "this is no end of a ledger: number, colon and 64 digits of a hash".to_owned())
}

/// Looks at everything and says what is wrong first.
pub async fn verify(command: Verify) -> Result<(), Failure> {
    let db = command.place.open().await?;
    let troubles = db.check().await?;
    if !troubles.is_empty() {
        return Err(Failure::new(format!("the rows are damaged:\n{}", troubles.join("\n"))));
    }
    let bar = progress::bar("acts");
    let mut tx = db.read().await?;
    let checked = ledger::check(&mut tx, command.written_down.as_ref(), |done, all| {
        bar.set_length(u64::try_from(all).unwrap_or(0));
        bar.set_position(u64::try_from(done).unwrap_or(0));
    })
    .await?;
    drop(tx);
    bar.finish_and_clear();
    let whole = checked.map_err(|broken| Failure::new(format!("the ledger of acts is broken: {broken}")))?;
    let articles = articles(&db).await?;
    println!("the ledger is whole: {} acts; the history of {articles} articles is whole", whole.end.number);
    if whole.end.number > 0 {
        println!("its end, to be written down elsewhere: {}", whole.end);
    }
    Ok(())
}

/// Looks at the history of each article that readers can see, and counts them.
async fn articles(db: &Db) -> Result<u64, Failure> {
    let (mut after, mut count) = (None, 0);
    let bar = progress::bar("articles");
    loop {
        let mut tx = db.read().await?;
        let page = archive::latest(&mut tx, None, after, 100, now()).await?;
        let Some(last) = page.last() else { break };
        after = Some(Bookmark { at: last.published, id: last.id });
        for teaser in &page {
            whole(&mut tx, teaser.id).await?;
            count += 1;
        }
        bar.set_position(count);
    }
    bar.finish_and_clear();
    Ok(count)
}

async fn whole(tx: &mut store::Tx, id: ArticleId) -> Result<(), Failure> {
    if archive::history_is_whole(tx, id).await? {
        return Ok(());
    }
    Err(Failure::new(format!(
        "the history of article {id} is broken: a state of its text was altered or removed"
    )))
}
