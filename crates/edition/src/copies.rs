//! Copies of pages, kept ready as bytes.
//!
//! A copy knows what it was made from ([`Stands`]). An event about that makes it stale: a correction forgets the copy at once,
//! a comment only marks it, and the page is made anew at most once per gathering time, however many comments arrive.
//! While one visitor makes the new copy, the others get the old one, or wait if there is none ([`Copies::turn`]). All copies together are bounded by bytes.

use std::collections::HashMap;
use std::io::Write;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use bytes::Bytes;
use sha2::{Digest, Sha256};
use store::{Event, Time};

use crate::turns::{Turn, Turns};

/// What a page stands on: when it changes, the page is no longer right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stands {
    /// The text of one article, its thread or its sound.
    Article(i64),
    /// Any article: front, section pages, feeds.
    Front,
    /// An offer or a draw for members.
    Benefits,
    /// Nothing that changes while the paper runs, such as the imprint.
    Firm,
}

/// A page as it was made.
#[derive(Clone, Debug)]
pub struct Made {
    /// Media type, with charset.
    pub content_type: &'static str,
    /// The page.
    pub body: Bytes,
    /// What it stands on.
    pub stands: Stands,
    /// When what it shows last changed, for `Last-Modified`.
    pub changed: Option<Time>,
}

/// The encodings a copy is kept in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// As it is.
    Plain,
    /// RFC 1952.
    Gzip,
    /// RFC 7932.
    Brotli,
    /// RFC 8878.
    Zstd,
}

/// A page kept ready. Each encoding is made when it is first asked for.
pub struct Copy {
    /// Media type, with charset.
    pub content_type: &'static str,
    /// When what it shows last changed.
    pub changed: Option<Time>,
    stands: Stands,
    made_at: Time,
    digest: String,
    plain: Bytes,
    care: Care,
    packed: [OnceLock<(Bytes, Bytes)>; 4],
    used: AtomicU64,
    stale: AtomicBool,
    remaking: AtomicBool,
}

/// How hard a page is packed: one that is sent a thousand times may cost more than one that is sent once.
#[derive(Clone, Copy)]
enum Care {
    Thorough,
    Quick,
}

impl Copy {
    /// Keeps a page that was made at `now`.
    #[must_use]
    pub fn new(made: Made, now: Time) -> Copy {
        Copy::packed_with(Care::Thorough, made, now)
    }

    /// A page that is sent once: packing it costs a third, and it is a few per cent longer.
    #[must_use]
    pub fn for_once(made: Made, now: Time) -> Copy {
        Copy::packed_with(Care::Quick, made, now)
    }

    fn packed_with(care: Care, made: Made, now: Time) -> Copy {
        let digest: String = Sha256::digest(&made.body)[..12].iter().map(|b| format!("{b:02x}")).collect();
        Copy {
            content_type: made.content_type,
            changed: made.changed,
            stands: made.stands,
            made_at: now,
            digest,
            plain: made.body,
            care,
            packed: Default::default(),
            used: AtomicU64::new(0),
            stale: AtomicBool::new(false),
            remaking: AtomicBool::new(false),
        }
    }

    /// The bytes in this encoding, and their strong entity tag with its quotes (RFC 9110 §8.8.3).
    pub fn packed(&self, encoding: Encoding) -> (Bytes, Bytes) {
        let (tag, index) = match encoding {
            Encoding::Plain => ('p', 0),
            Encoding::Gzip => ('g', 1),
            Encoding::Brotli => ('b', 2),
            Encoding::Zstd => ('z', 3),
        };
        self.packed[index]
            .get_or_init(|| {
                let entity_tag = Bytes::from(format!("\"{}{tag}\"", self.digest));
                (pack(&self.plain, encoding, self.care).unwrap_or_else(|_| self.plain.clone()), entity_tag)
            })
            .clone()
    }

    /// Whether something it shows has changed since.
    #[must_use]
    pub fn is_stale(&self) -> bool {
        self.stale.load(Ordering::Relaxed)
    }

    fn weight(&self) -> usize {
        // The packed forms together are about as long as the page itself; some room for the entry.
        self.plain.len() * 2 + 512
    }
}

/// Packing in memory cannot fail; if it ever does, the page goes out plain under its own tag.
fn pack(plain: &Bytes, encoding: Encoding, care: Care) -> std::io::Result<Bytes> {
    let (deflate, quality, level) = match care {
        Care::Thorough => (8, 7, 9),
        Care::Quick => (4, 3, 2),
    };
    Ok(match encoding {
        Encoding::Plain => plain.clone(),
        Encoding::Gzip => {
            let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::new(deflate));
            gzip.write_all(plain)?;
            Bytes::from(gzip.finish()?)
        }
        Encoding::Brotli => {
            let mut packed = Vec::new();
            let params = brotli::enc::BrotliEncoderParams { quality, lgwin: 18, ..Default::default() };
            brotli::BrotliCompress(&mut &plain[..], &mut packed, &params)?;
            Bytes::from(packed)
        }
        Encoding::Zstd => Bytes::from(zstd::bulk::compress(plain, level)?),
    })
}

/// All copies.
pub struct Copies {
    shelf: RwLock<Shelf>,
    most_bytes: usize,
    tick: AtomicU64,
    /// Counts events that forgot copies: a page whose making began before such an event is not kept.
    generation: AtomicU64,
    /// Counts events that marked copies: a page whose making began before such an event may lack what it told of.
    marks: AtomicU64,
    turns: Turns,
}

#[derive(Default)]
struct Shelf {
    copies: HashMap<Box<str>, Arc<Copy>>,
    /// Paths by what they stand on, so that a comment touches only the pages that show it.
    standing: HashMap<Stands, Vec<Box<str>>>,
    bytes: usize,
}

impl Shelf {
    fn put(&mut self, path: &str, copy: Arc<Copy>) {
        self.take(path);
        self.bytes += copy.weight();
        self.standing.entry(copy.stands).or_default().push(path.into());
        self.copies.insert(path.into(), copy);
    }

    fn take(&mut self, path: &str) -> usize {
        let Some(copy) = self.copies.remove(path) else { return 0 };
        if let Some(paths) = self.standing.get_mut(&copy.stands) {
            paths.retain(|other| &**other != path);
            if paths.is_empty() {
                self.standing.remove(&copy.stands);
            }
        }
        self.bytes -= copy.weight();
        copy.weight()
    }

    /// The copies that stand on this.
    fn on(&self, stands: Stands) -> impl Iterator<Item = &Arc<Copy>> {
        self.standing.get(&stands).into_iter().flatten().filter_map(|path| self.copies.get(path))
    }
}

/// Comments on an article page are gathered for this long (design §5).
const GATHER_ARTICLE: i64 = 1_000;
/// Counts on the front page may be this old.
const GATHER_FRONT: i64 = 5_000;

/// What a visitor gets.
pub enum Handed {
    /// A copy to send.
    Copy(Arc<Copy>),
    /// There is none that may be sent: make the page, then [`Copies::keep`] it.
    Make(Making),
}

/// The right to make one page anew. Dropped without keeping, somebody else may try.
pub struct Making {
    generation: u64,
    marks: u64,
    old: Option<Arc<Copy>>,
}

impl Making {
    /// Whether nobody has the page yet, so that all who ask for it wait.
    #[must_use]
    pub fn is_first(&self) -> bool {
        self.old.is_none()
    }
}

impl Drop for Making {
    fn drop(&mut self) {
        if let Some(old) = &self.old {
            old.remaking.store(false, Ordering::Release);
        }
    }
}

impl Copies {
    /// Keeps at most `most_bytes` of pages.
    #[must_use]
    pub fn new(most_bytes: usize) -> Copies {
        Copies {
            shelf: RwLock::default(),
            most_bytes,
            tick: AtomicU64::new(0),
            generation: AtomicU64::new(0),
            marks: AtomicU64::new(0),
            turns: Turns::default(),
        }
    }

    /// Waits until nobody else makes this page, which has no copy; then ask for it again.
    pub async fn turn(&self, path: &str) -> Turn<'_> {
        self.turns.take(path).await
    }

    /// The copy for this path, or the task to make it.
    pub fn hand(&self, path: &str, now: Time) -> Handed {
        let generation = self.generation.load(Ordering::Acquire);
        let marks = self.marks.load(Ordering::Acquire);
        let shelf = self.shelf.read().unwrap_or_else(PoisonError::into_inner);
        let Some(copy) = shelf.copies.get(path) else {
            return Handed::Make(Making { generation, marks, old: None });
        };
        copy.used.store(self.tick.fetch_add(1, Ordering::Relaxed), Ordering::Relaxed);
        let gather = if copy.stands == Stands::Front { GATHER_FRONT } else { GATHER_ARTICLE };
        let due = copy.is_stale() && now.since(copy.made_at).abs() >= gather;
        if due && !copy.remaking.swap(true, Ordering::AcqRel) {
            return Handed::Make(Making { generation, marks, old: Some(Arc::clone(copy)) });
        }
        Handed::Copy(Arc::clone(copy))
    }

    /// Keeps the page that was made, unless what it stands on was changed while it was being made.
    pub fn keep(&self, path: &str, making: &Making, made: Made, now: Time) -> Arc<Copy> {
        let copy = Arc::new(Copy::new(made, now));
        copy.used.store(self.tick.fetch_add(1, Ordering::Relaxed), Ordering::Relaxed);
        let mut shelf = self.shelf.write().unwrap_or_else(PoisonError::into_inner);
        // What was told while the page was being made may not be on it: it is made anew at the next chance.
        copy.stale.store(making.marks != self.marks.load(Ordering::Acquire), Ordering::Relaxed);
        if making.generation == self.generation.load(Ordering::Acquire) {
            shelf.put(path, Arc::clone(&copy));
            if shelf.bytes > self.most_bytes {
                make_room(&mut shelf, self.most_bytes / 8 * 7);
            }
        }
        copy
    }

    /// Takes note of an event.
    pub fn hear(&self, event: &Event) {
        let article = Stands::Article(event.subject);
        match event.topic.as_str() {
            // Other articles' pages name this one beside their text, as related, previous or next.
            "article" => self.forget(|stands| stands != Stands::Firm),
            "front" => self.forget(|stands| stands == Stands::Front),
            "hours" => self.forget(|stands| stands != Stands::Firm),
            "thread" | "recording" => self.mark_stale([article, Stands::Front]),
            "benefits" => self.mark_stale([Stands::Benefits]),
            _ => {}
        }
    }

    /// Forgets everything: some events were missed.
    pub fn forget_all(&self) {
        self.forget(|_| true);
    }

    /// How many bytes are kept.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.shelf.read().unwrap_or_else(PoisonError::into_inner).bytes
    }

    fn forget(&self, which: impl Fn(Stands) -> bool) {
        let mut shelf = self.shelf.write().unwrap_or_else(PoisonError::into_inner);
        self.generation.fetch_add(1, Ordering::AcqRel);
        let paths: Vec<Box<str>> = shelf
            .standing
            .iter()
            .filter(|(stands, _)| which(**stands))
            .flat_map(|(_, paths)| paths.clone())
            .collect();
        for path in paths {
            shelf.take(&path);
        }
    }

    /// Marks the pages that show something of this: an article's own, for example, and those that count its comments.
    fn mark_stale<const N: usize>(&self, stands: [Stands; N]) {
        self.marks.fetch_add(1, Ordering::AcqRel);
        let shelf = self.shelf.read().unwrap_or_else(PoisonError::into_inner);
        for copy in stands.into_iter().flat_map(|stands| shelf.on(stands)) {
            copy.stale.store(true, Ordering::Relaxed);
        }
    }
}

/// Lets the copies go that were not asked for longest, until at most `most` bytes are kept.
fn make_room(shelf: &mut Shelf, most: usize) {
    let mut by_use: Vec<(u64, Box<str>)> =
        shelf.copies.iter().map(|(path, copy)| (copy.used.load(Ordering::Relaxed), path.clone())).collect();
    by_use.sort_unstable();
    for (_, path) in by_use {
        if shelf.bytes <= most {
            return;
        }
        shelf.take(&path);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(body: &str, stands: Stands) -> Made {
        Made {
            content_type: "text/html; charset=utf-8",
            body: Bytes::from(body.to_owned()),
            stands,
            changed: None,
        }
    }

    fn make(copies: &Copies, path: &str, made: Made, now: Time) {
        let Handed::Make(making) = copies.hand(path, now) else { panic!("{path} is kept already") };
        copies.keep(path, &making, made, now);
    }

    fn event(topic: &str, subject: i64) -> Event {
        Event { topic: topic.to_owned(), subject }
    }

    fn has(copies: &Copies, path: &str, now: Time) -> bool {
        matches!(copies.hand(path, now), Handed::Copy(_))
    }

    #[test]
    fn a_comment_makes_the_page_anew_once_a_second_and_a_correction_at_once() {
        let copies = Copies::new(1 << 20);
        make(&copies, "/stadt/a", page("a", Stands::Article(1)), Time(0));
        copies.hear(&event("thread", 2));
        assert!(has(&copies, "/stadt/a", Time(5_000)), "another article's comment changes nothing");
        copies.hear(&event("thread", 1));
        assert!(has(&copies, "/stadt/a", Time(999)), "gathered for a second");
        let Handed::Make(making) = copies.hand("/stadt/a", Time(1_000)) else { panic!("due") };
        assert!(has(&copies, "/stadt/a", Time(1_000)), "others get the old copy meanwhile");
        copies.keep("/stadt/a", &making, page("b", Stands::Article(1)), Time(1_000));
        copies.hear(&event("article", 1));
        assert!(!has(&copies, "/stadt/a", Time(1_000)));
    }

    #[test]
    fn a_page_made_before_a_correction_is_not_kept_after_it() {
        let copies = Copies::new(1 << 20);
        let Handed::Make(making) = copies.hand("/stadt/a", Time(0)) else { panic!("nothing is kept yet") };
        copies.hear(&event("article", 1));
        copies.keep("/stadt/a", &making, page("old", Stands::Article(1)), Time(0));
        assert!(!has(&copies, "/stadt/a", Time(0)));
    }

    #[test]
    fn t4_3_what_was_told_while_a_page_was_made_is_not_lost() {
        let copies = Copies::new(1 << 20);
        let Handed::Make(making) = copies.hand("/stadt/a", Time(0)) else { panic!("nothing is kept yet") };
        copies.hear(&event("thread", 1));
        copies.keep("/stadt/a", &making, page("before the removal", Stands::Article(1)), Time(0));
        assert!(!has(&copies, "/stadt/a", Time(GATHER_ARTICLE)), "it is made anew");
    }

    #[test]
    fn t4_3_a_withdrawn_article_is_forgotten_on_its_neighbours_too() {
        let copies = Copies::new(1 << 20);
        make(&copies, "/stadt/b", page("names a", Stands::Article(2)), Time(0));
        copies.hear(&event("article", 1));
        assert!(!has(&copies, "/stadt/b", Time(0)));
    }

    #[test]
    fn r8_copies_are_bounded_by_bytes_and_the_least_used_goes_first() {
        let copies = Copies::new(100_000);
        for n in 0..1_000 {
            make(&copies, &format!("/stadt/{n}"), page(&"x".repeat(1_000), Stands::Article(n)), Time(0));
            assert!(copies.bytes() <= 100_000);
            if n > 0 {
                assert!(has(&copies, "/stadt/0", Time(0)), "the page everybody reads stays");
            }
        }
    }

    #[test]
    fn every_encoding_has_its_own_strong_tag_and_unpacks_to_the_same_page() {
        use std::io::Read;
        let body = "Grüße vom Strom. ".repeat(300);
        let copy = Copy::new(page(&body, Stands::Firm), Time(0));
        let mut tags = Vec::new();
        for encoding in [Encoding::Plain, Encoding::Gzip, Encoding::Brotli, Encoding::Zstd] {
            let (bytes, tag) = copy.packed(encoding);
            tags.push(tag);
            let mut unpacked = Vec::new();
            match encoding {
                Encoding::Plain => unpacked.extend_from_slice(&bytes),
                Encoding::Gzip => {
                    let _ = flate2::read::GzDecoder::new(&bytes[..]).read_to_end(&mut unpacked).unwrap();
                }
                Encoding::Brotli => {
                    let _ = brotli::Decompressor::new(&bytes[..], 4096).read_to_end(&mut unpacked).unwrap();
                }
                Encoding::Zstd => unpacked = zstd::bulk::decompress(&bytes, 1 << 20).unwrap(),
            }
            assert_eq!(unpacked, body.as_bytes());
        }
        tags.sort();
        tags.dedup();
        assert_eq!(tags.len(), 4);
    }
}
