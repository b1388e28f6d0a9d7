//! From article to script: what is said, in which order, with which pauses. Pure.
//!
//! A word stays the word of the page and only gets what is *said* for it, so that sound and page can be laid side by side.
//! How words are said is in `say`, with the tables of `german` and `english`; what may reach an engine at all is the business of [`Utterance`].

#[cfg(test)]
mod cases;
mod english;
mod german;
mod join;
mod money;
mod say;
mod token;

use sha2::{Digest, Sha256};
use story::{Article, Block, Language, Part, spoken_order};

use crate::voice::{Utterance, Voice};

/// Changed whenever the same article would sound otherwise: scripts, pauses, voices, levels.
const EDITION: &str = "1";
/// The most letters of an article that is spoken: about two hours.
const MOST_LETTERS: usize = 100_000;
/// What is longer in bytes is no word, and left out.
const LONGEST_WORD: usize = 300;
/// The voice is given at most about this many letters at once, so that an endless sentence needs no endless memory.
const BREATH: usize = 1_000;

/// Why an article is not spoken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It has more letters than about two hours of sound.
    TooLong {
        /// The limit in letters.
        most: usize,
    },
    /// Nothing in it can be spoken: no words, or none in Latin letters.
    NothingToSay,
}

impl Refusal {
    /// The word that rows keep.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Refusal::TooLong { .. } => "too long",
            Refusal::NothingToSay => "nothing to say",
        }
    }

    pub(crate) fn read(word: &str) -> Option<Refusal> {
        [Refusal::TooLong { most: MOST_LETTERS }, Refusal::NothingToSay]
            .into_iter()
            .find(|refusal| refusal.word() == word)
    }
}

/// What could not be spoken of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unspeakable {
    /// The sentence's id.
    pub sentence: String,
    /// How many letters were left out: of other scripts, or of a word without end.
    pub letters: usize,
    /// Whether the whole sentence is silent.
    pub silent: bool,
}

/// What is said of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Script {
    /// The headline, for the file's tag.
    pub title: String,
    /// The article's language.
    pub language: Language,
    /// Who speaks.
    pub voice: Voice,
    /// Sentence after sentence.
    pub passages: Vec<Passage>,
}

/// One sentence of the script.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// The sentence's id in the page.
    pub id: String,
    /// Its words.
    pub words: Vec<Word>,
    /// The silence after it in milliseconds.
    pub pause_ms: usize,
}

/// A word of the page and what is said for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// As it stands in the page.
    pub text: String,
    /// As it is said: several words, a part of what the word before began, or nothing.
    pub said: String,
}

/// Words that are spoken in one go.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Breath<'a> {
    pub(crate) words: &'a [Word],
}

impl Script {
    /// Writes the script of an article.
    pub fn of(article: &Article) -> Result<Script, Refusal> {
        let sentences = spoken_order(article);
        if sentences.iter().map(|sentence| sentence.text.len()).sum::<usize>() > MOST_LETTERS {
            return Err(Refusal::TooLong { most: MOST_LETTERS });
        }
        let passages: Vec<Passage> = sentences
            .iter()
            .enumerate()
            .map(|(index, sentence)| Passage {
                id: sentence.id.clone(),
                words: words(article.language, &sentence.text),
                pause_ms: pause(article, sentence.part, sentences.get(index + 1).map(|next| next.part)),
            })
            .collect();
        let sounds = passages.iter().flat_map(Passage::breaths).any(|breath| breath.utterance().0.is_some());
        if !sounds {
            return Err(Refusal::NothingToSay);
        }
        let voice = Voice::of(article.language);
        Ok(Script { title: article.headline.to_string(), language: article.language, voice, passages })
    }
}

/// Names the sound an article would have: the same text gives the same key, and any change that is heard another.
#[must_use]
pub fn key(article: &Article) -> String {
    let mut hash = Sha256::new();
    let mut add = |text: &str| {
        hash.update(text.len().to_le_bytes());
        hash.update(text);
    };
    add(EDITION);
    add(Voice::of(article.language).name());
    add(article.language.tag());
    add(article.headline.as_str());
    for sentence in spoken_order(article) {
        add(&sentence.id);
        add(&format!("{:?}", sentence.part));
        add(&sentence.text);
    }
    hash.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

/// The words of a sentence and what is said for each. Takes time in proportion to the text.
fn words(language: Language, sentence: &str) -> Vec<Word> {
    let texts: Vec<&str> = sentence.split_whitespace().collect();
    let tongue = if language.is_german() { &german::GERMAN } else { &english::ENGLISH };
    let said = say::say(tongue, &texts);
    texts.iter().zip(said).map(|(text, said)| Word { text: (*text).to_owned(), said }).collect()
}

/// The silence between a part and the next, in milliseconds.
fn pause(article: &Article, part: Part, next: Option<Part>) -> usize {
    let is_subhead =
        matches!(part, Part::Block(index) if matches!(article.body.get(index), Some(Block::Subhead(_))));
    match (part, next) {
        (_, None) => 300,
        (Part::Kicker, _) => 180,
        (Part::Headline, _) => 450,
        _ if is_subhead => 450,
        (part, Some(next)) if part == next => 320,
        (Part::Block(one), Some(Part::Speaker(other))) if one == other => 320,
        (Part::Item(one, _), Some(Part::Item(other, _))) if one == other => 450,
        _ => 600,
    }
}

impl Passage {
    /// The words in groups that the voice takes in one go; nearly always one group.
    pub(crate) fn breaths(&self) -> impl Iterator<Item = Breath<'_>> {
        let mut rest = &self.words[..];
        std::iter::from_fn(move || {
            let mut letters = 0;
            let fits = rest.iter().take_while(|word| {
                letters += word.said.len() + 1;
                letters <= BREATH
            });
            let (words, after) = rest.split_at_checked(fits.count().max(1))?;
            rest = after;
            Some(Breath { words })
        })
    }
}

impl Breath<'_> {
    /// What the voice is given, and how many letters it cannot speak.
    pub(crate) fn utterance(self) -> (Option<Utterance>, usize) {
        let (words, endless): (Vec<&str>, Vec<&str>) =
            self.words.iter().map(|word| word.said.as_str()).partition(|said| said.len() <= LONGEST_WORD);
        let (utterance, foreign) = Utterance::parse(&join::join(words.into_iter()));
        (utterance, foreign + endless.iter().map(|said| said.chars().count()).sum::<usize>())
    }
}
