//! Bringing many comments in at once, as they were said elsewhere or earlier: from another forum, or for a measurement.
//!
//! The rows are those that [`post`](crate::post) and [`carry_over`](crate::carry_over) would have written one by one, with one
//! statement for hundreds. Nothing is asked of opening hours or of how fast somebody writes: it was said already.

use std::collections::{BTreeMap, HashMap};

use archive::ArticleId;
use reader::ReaderId;
use store::search::Within;
use store::{Failure, Time, Tx, Value, events, numbered, places};

use crate::votes::score_of;
use crate::{Body, CommentId, THREAD, Tally, found};

/// Comments of one statement; thirteen values each stay far below what a statement may hold.
const ROWS: usize = 250;

/// A comment that was said already.
#[derive(Clone, Debug)]
pub struct Brought {
    /// From [`take_ids`], in the order in which they were said.
    pub id: CommentId,
    /// The article it is about.
    pub article: ArticleId,
    /// Who said it.
    pub author: ReaderId,
    /// The comment it answers: one that stands already, or an earlier one of the same call, of the same article.
    pub parent: Option<CommentId>,
    /// The text.
    pub body: Body,
    /// When.
    pub at: Time,
    /// Votes that nobody here has cast.
    pub votes: Tally,
}

/// Ids for comments to [`bring`], ascending.
pub async fn take_ids(tx: &mut Tx, count: usize) -> Result<Vec<CommentId>, Failure> {
    Ok(tx.ids("comments", count).await?.into_iter().map(CommentId).collect())
}

/// Brings comments in, oldest first, at most a few hundred in a transaction: everybody who writes waits for it.
/// Fails if one answers a comment that is not there.
pub async fn bring(tx: &mut Tx, comments: &[Brought], now: Time) -> Result<(), Failure> {
    for some in comments.chunks(ROWS) {
        let stands = place(tx, some).await?;
        write(tx, some, &stands).await?;
        count_replies(tx, &stands).await?;
        count_for_writers(tx, some).await?;
        count_for_threads(tx, some, now).await?;
        let words: Vec<Within<'_>> = some
            .iter()
            .map(|said| Within { within: said.article.0, id: said.id.0, text: said.body.as_str() })
            .collect();
        found::keep_at_once(tx, &words).await?;
    }
    Ok(())
}

/// Where comments stand, and what that makes of the conversations they stand in.
struct Stands {
    /// Root and place of each, in their order.
    places: Vec<(Option<CommentId>, i64)>,
    /// Replies and time of the latest, of each conversation that got more.
    conversations: BTreeMap<CommentId, (i64, Time)>,
}

async fn place(tx: &mut Tx, some: &[Brought]) -> Result<Stands, Failure> {
    let mut roots = roots(tx, some).await?;
    let so_far = replies_so_far(tx, some, &roots).await?;
    let mut conversations = BTreeMap::new();
    let mut places = Vec::with_capacity(some.len());
    for said in some {
        let Some(parent) = said.parent else {
            roots.insert(said.id, said.id);
            places.push((None, 0));
            continue;
        };
        let root = *roots.get(&parent).ok_or_else(|| {
            Failure::new(format!("comment {} answers {parent}, which is not there", said.id))
        })?;
        roots.insert(said.id, root);
        let before = so_far.get(&root).copied().unwrap_or(0);
        let (replies, latest) = conversations.entry(root).or_insert((before, said.at));
        (*replies, *latest) = (*replies + 1, said.at);
        places.push((Some(root), *replies));
    }
    Ok(Stands { places, conversations })
}

/// The tops of the conversations that are gone on with.
async fn roots(tx: &mut Tx, some: &[Brought]) -> Result<HashMap<CommentId, CommentId>, Failure> {
    let parents: Vec<Value> = some.iter().filter_map(|said| said.parent).map(Value::from).collect();
    if parents.is_empty() {
        return Ok(HashMap::new());
    }
    let list = numbered(1, parents.len());
    let sql = format!("select id, coalesce(root, id) from comments where id in ({list})");
    Ok(tx.all::<(CommentId, CommentId)>(&sql, parents).await?.into_iter().collect())
}

async fn replies_so_far(
    tx: &mut Tx,
    some: &[Brought],
    roots: &HashMap<CommentId, CommentId>,
) -> Result<HashMap<CommentId, i64>, Failure> {
    let gone_on: Vec<Value> =
        some.iter().filter_map(|said| roots.get(&said.parent?)).map(|root| (*root).into()).collect();
    if gone_on.is_empty() {
        return Ok(HashMap::new());
    }
    let sql = format!("select id, replies from comments where id in ({})", numbered(1, gone_on.len()));
    Ok(tx.all::<(CommentId, i64)>(&sql, gone_on).await?.into_iter().collect())
}

async fn write(tx: &mut Tx, some: &[Brought], stands: &Stands) -> Result<(), Failure> {
    let mut values: Vec<Value> = Vec::with_capacity(13 * some.len());
    for (said, (root, place)) in some.iter().zip(&stands.places) {
        let Tally { up, down } = said.votes;
        values.extend::<[Value; 13]>([
            said.id.into(),
            said.article.into(),
            said.author.into(),
            said.parent.into(),
            (*root).into(),
            (*place).into(),
            said.body.fingerprint().into(),
            (&said.body).into(),
            said.at.into(),
            up.into(),
            down.into(),
            score_of(up, down).into(),
            0_i64.into(),
        ]);
    }
    let sql = format!(
        "insert into comments (id, article, author, parent, root, place, fingerprint, text, at, up, down, score, replies)
         values {}",
        places(some.len(), 13)
    );
    tx.execute(&sql, values).await.map(drop)
}

async fn count_replies(tx: &mut Tx, stands: &Stands) -> Result<(), Failure> {
    if stands.conversations.is_empty() {
        return Ok(());
    }
    let values: Vec<Value> = stands
        .conversations
        .iter()
        .flat_map(|(root, (replies, latest))| -> [Value; 3] {
            [(*root).into(), (*replies).into(), (*latest).into()]
        })
        .collect();
    // The first row says what the values are; a database that asks takes the others for the same.
    let rows = places(stands.conversations.len(), 3).replacen(
        "($1, $2, $3)",
        "(cast($1 as bigint), cast($2 as bigint), cast($3 as bigint))",
        1,
    );
    let sql = format!(
        "with more (root, replies, latest) as (values {rows})
         update comments set replies = more.replies, latest_reply = more.latest from more where comments.id = more.root"
    );
    tx.execute(&sql, values).await.map(drop)
}

/// The totals of each writer; how fast they write at present begins with what they said last.
async fn count_for_writers(tx: &mut Tx, some: &[Brought]) -> Result<(), Failure> {
    let mut writers: BTreeMap<ReaderId, (i64, Time)> = BTreeMap::new();
    for said in some {
        let writer = writers.entry(said.author).or_insert((0, said.at));
        *writer = (writer.0 + 1, said.at);
    }
    let values: Vec<Value> = writers
        .iter()
        .flat_map(|(reader, (comments, last))| -> [Value; 4] {
            [(*reader).into(), (*comments).into(), (*last).into(), (*last).into()]
        })
        .collect();
    let sql = format!(
        "insert into writers (reader, comments, minute, hour, removed, in_minute, in_hour) values {}
         on conflict (reader) do update set comments = writers.comments + excluded.comments,
             minute = excluded.minute, in_minute = 1, hour = excluded.hour, in_hour = 1",
        places(writers.len(), 4).replace(')', ", 0, 1, 1)")
    );
    tx.execute(&sql, values).await.map(drop)
}

async fn count_for_threads(tx: &mut Tx, some: &[Brought], now: Time) -> Result<(), Failure> {
    let mut threads: BTreeMap<ArticleId, (i64, Time)> = BTreeMap::new();
    for said in some {
        let thread = threads.entry(said.article).or_insert((0, said.at));
        *thread = (thread.0 + 1, said.at);
    }
    let values: Vec<Value> = threads
        .iter()
        .flat_map(|(article, (comments, last))| -> [Value; 3] {
            [(*article).into(), (*comments).into(), (*last).into()]
        })
        .collect();
    let sql = format!(
        "insert into threads (article, comments, changed) values {}
         on conflict (article) do update set comments = threads.comments + excluded.comments, changed = excluded.changed",
        places(threads.len(), 3)
    );
    tx.execute(&sql, values).await?;
    for article in threads.keys() {
        events::tell(tx, THREAD, article.0, now).await?;
    }
    Ok(())
}
