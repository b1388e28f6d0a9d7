//! The normal form of a text: what is left of it once the usual disguises are gone, as plain bytes `a` to `z`.
//!
//! Umlauts are written out (`ä` is `ae`), look-alikes of other alphabets and accents become the letter they stand for. A piece of
//! text between two spaces that hides something (`Arsch-loch`, `1d10t`, `F*tze`) is there several times: in its words as they
//! stand, and put together with each way to read its signs. Letters that stand alone one after the other are read as one word.
//!
//! Every way to read is written down once, so the form is a few times as long as the text at most, and made in one pass.

use std::collections::HashMap;
use std::sync::OnceLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Stands between words; a phrase may reach over it.
pub(super) const GAP: u8 = b' ';
/// Stands between ways to read: nothing reaches over it.
pub(super) const WALL: u8 = b'\n';
/// One letter that somebody has covered.
pub(super) const COVERED: u8 = b'*';
/// So many letters have to stand alone one after the other to be a word.
const FEWEST_ALONE: usize = 3;

/// Words one after the other, and where in the text each of them stands.
#[derive(Debug, Default)]
pub(super) struct Words {
    pub(super) bytes: Vec<u8>,
    /// Where a word begins here, and from where to where its piece of text goes.
    places: Vec<(usize, usize, usize)>,
}

impl Words {
    fn push(&mut self, word: &[u8], place: (usize, usize), end: u8) {
        if !word.is_empty() {
            self.places.push((self.bytes.len(), place.0, place.1));
            self.bytes.extend_from_slice(word);
            self.bytes.push(end);
        }
    }

    /// The piece of text from which these bytes come.
    pub(super) fn place(&self, from: usize, to: usize) -> (usize, usize) {
        let word = |at: usize| {
            let after = self.places.partition_point(|(begin, ..)| *begin <= at);
            after.checked_sub(1).and_then(|index| self.places.get(index))
        };
        let begin = word(from).map_or(0, |(_, begin, _)| *begin);
        let end = word(to.saturating_sub(1)).map_or(begin, |(.., end)| *end);
        (begin, end.max(begin))
    }
}

/// A text in its normal form.
#[derive(Debug, Default)]
pub(super) struct Normal {
    /// Its words; a letter that is repeated three times and more stands twice.
    pub(super) words: Words,
    /// From here on in [`words`](Normal::words) letters stood alone, and where a word begins or ends is not known.
    pub(super) alone_from: usize,
    /// Words in which a letter is repeated three times and more, with every letter once.
    pub(super) stretched: Words,
    /// Words in which a letter stands twice, with every letter once.
    pub(super) doubled: Words,
}

impl Normal {
    /// The normal form of a text.
    pub(super) fn of(text: &str) -> Normal {
        let mut normal = Normal::default();
        normal.words.bytes.reserve(text.len() + text.len() / 4);
        normal.words.bytes.push(WALL);
        normal.stretched.bytes.push(WALL);
        normal.doubled.bytes.push(WALL);
        let mut maker = Maker { text, normal, hidden: Words::default(), alone: Alone::default() };
        let mut piece: Vec<Sign> = Vec::new();
        for (at, letter) in text.char_indices() {
            if letter.is_whitespace() {
                maker.piece(&piece);
                piece.clear();
            } else {
                piece.push(Sign { at, end: at + letter.len_utf8(), letter, kind: kind(letter) });
            }
        }
        maker.piece(&piece);
        maker.finish()
    }

    /// The bytes of a single word or phrase, as a rule has it: nothing hides in it.
    pub(super) fn of_rule(text: &str) -> Vec<u8> {
        let mut bytes = Vec::new();
        for word in text.split_whitespace() {
            if !bytes.is_empty() {
                bytes.push(GAP);
            }
            for letter in word.chars() {
                match kind(letter) {
                    Kind::Letters(letters) => bytes.extend_from_slice(letters.as_bytes()),
                    Kind::Digit(digit, _) => bytes.push(digit),
                    _ => {}
                }
            }
        }
        bytes
    }
}

/// A character and where it stands.
#[derive(Clone, Copy)]
struct Sign {
    at: usize,
    end: usize,
    letter: char,
    kind: Kind,
}

/// What a character is to a reader who looks for words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// One or two letters.
    Letters(&'static str),
    /// A digit, and the letter it is taken for.
    Digit(u8, u8),
    /// A sign, and the letter it is taken for.
    Like(u8),
    /// It covers a letter.
    Cover,
    /// Nobody sees it.
    Nothing,
    /// Anything else: it stands between words.
    Between,
}

/// The letters `a` to `z`, one by one.
const ALPHABET: &str = "abcdefghijklmnopqrstuvwxyz";

fn kind(letter: char) -> Kind {
    match letter {
        'a'..='z' | 'A'..='Z' => {
            let at = usize::from(letter.to_ascii_lowercase() as u8 - b'a');
            Kind::Letters(&ALPHABET[at..=at])
        }
        '0' => Kind::Digit(b'0', b'o'),
        '1' => Kind::Digit(b'1', b'i'),
        '2' => Kind::Digit(b'2', b'z'),
        '3' => Kind::Digit(b'3', b'e'),
        '4' => Kind::Digit(b'4', b'a'),
        '5' => Kind::Digit(b'5', b's'),
        '6' => Kind::Digit(b'6', b'b'),
        '7' => Kind::Digit(b'7', b't'),
        '8' => Kind::Digit(b'8', b'b'),
        '9' => Kind::Digit(b'9', b'g'),
        '@' => Kind::Like(b'a'),
        '$' | '§' => Kind::Like(b's'),
        '€' => Kind::Like(b'e'),
        '!' | '|' | '¡' => Kind::Like(b'i'),
        '+' => Kind::Like(b't'),
        '*' | '#' | '•' | '×' | '∗' | '＊' => Kind::Cover,
        'ä' | 'Ä' | 'æ' | 'Æ' => Kind::Letters("ae"),
        'ö' | 'Ö' | 'œ' | 'Œ' => Kind::Letters("oe"),
        'ü' | 'Ü' => Kind::Letters("ue"),
        'ß' | 'ẞ' => Kind::Letters("ss"),
        '\u{AD}' | '\u{34F}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' => Kind::Nothing,
        _ if letter.is_ascii() => Kind::Between,
        _ => foreign(letter),
    }
}

/// Letters of other alphabets as they look beside German ones; accents, wide and round letters as what they are made of.
fn foreign(letter: char) -> Kind {
    if let Some(latin) = resembled().get(&letter) {
        return Kind::Letters(latin);
    }
    if is_combining_mark(letter) {
        return Kind::Nothing;
    }
    match std::iter::once(letter).nfkd().find(|part| !is_combining_mark(*part)) {
        Some(part) if part != letter && part.is_alphanumeric() => kind(part),
        _ => Kind::Between,
    }
}

/// Each letter of the table by itself.
fn resembled() -> &'static HashMap<char, &'static str> {
    static LETTERS: OnceLock<HashMap<char, &str>> = OnceLock::new();
    LETTERS.get_or_init(|| {
        RESEMBLES.iter().flat_map(|(latin, like)| like.chars().map(|letter| (letter, *latin))).collect()
    })
}

/// Coarse on purpose, like the table by which names are compared: who writes German in such letters hides something.
const RESEMBLES: &[(&str, &str)] = &[
    ("a", "аАαΑɑ"),
    ("b", "вВΒƄЬьβ"),
    ("c", "сСϲϹ¢"),
    ("d", "ԁԀđĐ"),
    ("e", "еЕёЁєЄεΕ"),
    ("f", "ƒҒғ"),
    ("g", "ɡԌ"),
    ("h", "һҺНнΗ"),
    ("i", "іІїЇιΙıӏӀ"),
    ("j", "јЈϳ"),
    ("k", "кКκΚĸ"),
    ("l", "łŁ"),
    ("m", "мМΜ"),
    ("n", "ΝηпП"),
    ("o", "оОοΟøØөӨσ"),
    ("p", "рРρΡ"),
    ("q", "ԛԚ"),
    ("r", "гГяЯ"),
    ("s", "ѕЅſ"),
    ("t", "тТτΤ"),
    ("u", "υμцЦ"),
    ("v", "νѵѴ"),
    ("w", "ωшШԝԜ"),
    ("x", "хХχΧ"),
    ("y", "уУүҮγΥ"),
    ("z", "Ζʐ"),
];

/// Letters that stand alone one after the other.
#[derive(Default)]
struct Alone {
    word: Vec<u8>,
    count: usize,
    letters: usize,
    place: (usize, usize),
    /// What was put together so far; it goes behind everything else.
    words: Words,
}

impl Alone {
    fn end(&mut self) {
        if self.count >= FEWEST_ALONE && self.letters >= 2 {
            self.words.push(&self.word, self.place, WALL);
        }
        self.word.clear();
        (self.count, self.letters) = (0, 0);
    }

    fn push(&mut self, bytes: &[u8], is_letter: bool, at: usize, end: usize) {
        if self.count == 0 {
            self.place.0 = at;
        }
        self.place.1 = end;
        self.word.extend_from_slice(bytes);
        self.count += 1;
        self.letters += usize::from(is_letter);
    }
}

struct Maker<'a> {
    text: &'a str,
    normal: Normal,
    /// What pieces hide; it goes behind the words, so that phrases are not torn.
    hidden: Words,
    alone: Alone,
}

impl Maker<'_> {
    /// Takes in what stands between two spaces.
    fn piece(&mut self, signs: &[Sign]) {
        let Some(last) = signs.last() else { return };
        let place = (signs[0].at, last.end);
        let (mut word, mut digits, mut whole) = (Vec::new(), false, true);
        let (mut letters, mut from) = (0, place.0);
        for sign in signs {
            match sign.kind {
                Kind::Nothing => {}
                Kind::Letters(bytes) => {
                    if digits && !word.is_empty() {
                        self.word(&mut word, (from, sign.at));
                        whole = false;
                    }
                    if word.is_empty() {
                        from = sign.at;
                    }
                    (digits, letters) = (false, letters + 1);
                    spell(&mut word, bytes);
                }
                Kind::Digit(digit, _) => {
                    if !digits && !word.is_empty() {
                        self.word(&mut word, (from, sign.at));
                        whole = false;
                    }
                    if word.is_empty() {
                        from = sign.at;
                    }
                    digits = true;
                    word.push(digit);
                }
                Kind::Like(_) | Kind::Cover | Kind::Between => {
                    self.word(&mut word, (from, sign.at));
                    whole = false;
                }
            }
        }
        self.word(&mut word, (from, place.1));
        if !whole && letters >= 2 && !self.is_address(place) {
            self.hidden_in(signs, place);
        }
        self.stands_alone(signs, place);
    }

    /// An address of the web or of mail hides nothing; its words were read.
    fn is_address(&self, (from, to): (usize, usize)) -> bool {
        let piece = &self.text[from..to];
        let is_mail =
            piece.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
        is_mail || piece.contains("://") || piece.starts_with("www.")
    }

    /// A piece that is one letter long goes on the word that such letters make; anything longer ends it.
    fn stands_alone(&mut self, signs: &[Sign], place: (usize, usize)) {
        let mut seen = signs.iter().map(|sign| sign.kind);
        let mut only = None;
        let is_short = seen.all(|kind| match kind {
            Kind::Letters(_) | Kind::Digit(..) => only.replace(kind).is_none(),
            _ => true,
        });
        match only.filter(|_| is_short) {
            Some(Kind::Letters(bytes)) => self.alone.push(bytes.as_bytes(), true, place.0, place.1),
            Some(Kind::Digit(_, like)) => self.alone.push(&[like], false, place.0, place.1),
            // Signs alone do not part what stands around them: „A – r – s – c – h“.
            _ if is_short => {}
            _ => self.alone.end(),
        }
    }

    /// Each way to read a piece whose signs may stand for letters, or for nothing.
    fn hidden_in(&mut self, signs: &[Sign], place: (usize, usize)) {
        let is_read = |sign: &Sign| matches!(sign.kind, Kind::Letters(_) | Kind::Digit(..));
        let first = signs.iter().position(is_read).unwrap_or(0);
        let last = signs.iter().rposition(is_read).unwrap_or(0);
        // A sign before the word or after it belongs to it only if nobody writes it there otherwise.
        let first = first - usize::from(first > 0 && matches!(signs[first - 1].letter, '@' | '$' | '€'));
        let last =
            last + usize::from(signs.get(last + 1).is_some_and(|sign| matches!(sign.letter, '$' | '€')));
        let inner = &signs[first..=last];
        if inner.iter().all(|sign| matches!(sign.kind, Kind::Letters(_) | Kind::Nothing)) {
            return;
        }
        let has = |letters: &[char]| inner.iter().any(|sign| letters.contains(&sign.letter));
        let is_covered = inner.iter().any(|sign| sign.kind == Kind::Cover);
        for (one, covers) in [(b'i', false), (b'l', false), (b'i', true)] {
            if (one == b'l' && !has(&['1', '!', '|'])) || (covers && !is_covered) {
                continue;
            }
            let mut word = Vec::with_capacity(inner.len() + 8);
            for sign in inner {
                match sign.kind {
                    Kind::Letters(bytes) => spell(&mut word, bytes),
                    Kind::Digit(_, b'i') | Kind::Like(b'i') => word.push(one),
                    Kind::Digit(_, like) | Kind::Like(like) => word.push(like),
                    Kind::Cover if covers && word.last() != Some(&COVERED) => word.push(COVERED),
                    Kind::Cover | Kind::Nothing | Kind::Between => {}
                }
            }
            self.repeated(&word, place);
            self.hidden.push(&at_most_two(&word), place, WALL);
        }
    }

    fn word(&mut self, word: &mut Vec<u8>, place: (usize, usize)) {
        self.repeated(word, place);
        if runs(word) > 2 {
            self.normal.words.push(&at_most_two(word), place, GAP);
        } else {
            self.normal.words.push(word, place, GAP);
        }
        word.clear();
    }

    /// A word with repeated letters is read with each of them once as well.
    fn repeated(&mut self, word: &[u8], place: (usize, usize)) {
        let into = match runs(word) {
            0 | 1 => return,
            2 => &mut self.normal.doubled,
            _ => &mut self.normal.stretched,
        };
        into.push(&once(word), place, WALL);
    }

    fn finish(mut self) -> Normal {
        self.alone.end();
        let Maker { mut normal, hidden, alone, .. } = self;
        normal.words.bytes.push(WALL);
        append(&mut normal.words, &hidden);
        normal.alone_from = normal.words.bytes.len();
        append(&mut normal.words, &alone.words);
        normal
    }
}

/// One more letter. An umlaut that is repeated stands once: no German word has two.
fn spell(word: &mut Vec<u8>, letters: &str) {
    if letters.len() == 1 || letters == "ss" || !word.ends_with(letters.as_bytes()) {
        word.extend_from_slice(letters.as_bytes());
    }
}

fn append(words: &mut Words, more: &Words) {
    let at = words.bytes.len();
    words.bytes.extend_from_slice(&more.bytes);
    words.places.extend(more.places.iter().map(|(begin, from, to)| (begin + at, *from, *to)));
}

/// The longest run of one letter.
fn runs(word: &[u8]) -> usize {
    word.chunk_by(|one, next| one == next && one.is_ascii_lowercase()).map(<[u8]>::len).max().unwrap_or(0)
}

fn at_most_two(word: &[u8]) -> Vec<u8> {
    let runs = word.chunk_by(|one, next| one == next && one.is_ascii_lowercase());
    runs.flat_map(|run| &run[..run.len().min(2)]).copied().collect()
}

/// Every letter once.
pub(super) fn once(word: &[u8]) -> Vec<u8> {
    let runs = word.chunk_by(|one, next| one == next && one.is_ascii_lowercase());
    runs.map(|run| run[0]).collect()
}

/// Whether this byte belongs to a word.
pub(super) fn is_word(byte: u8) -> bool {
    byte != GAP && byte != WALL
}
