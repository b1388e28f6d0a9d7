//! How a word is written in a rule, and in which shapes it is looked for.
//!
//! | written | means |
//! |---|---|
//! | `Idiot` | the word with its endings: Idioten, Idiotin; written small and ending in `-en` it is a verb: `ficken`, fickt, gefickt |
//! | `*idiot` | also at the end of a longer word: Vollidioten |
//! | `idiot*` | everything that begins so: idiotisch, Idiotenbande |
//! | `*idiot*` | wherever it stands |
//! | `=Pack` | just so, without endings: not packen |
//! | `halt die Fresse` | these words one after the other, the last of them with its endings |
//!
//! Umlauts are found however they are written (Blödmann, Bloedmann, Blodmann), the plural of a noun, which is written with a capital,
//! with its umlaut (Arschloch, Arschlöcher; `*Arsch*` also Ärsche). A word of three letters and less is taken just as it is: too much begins like it.

use super::Refusal;
use super::normal::{COVERED, GAP, Normal};

/// A word or phrase of a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form(String);

/// The fewest letters of a word.
const FEWEST: usize = 3;
/// Words up to this length have no endings.
const SHORT: usize = 3;
/// A word shorter than this is not looked for with a letter covered.
const LONG_ENOUGH: usize = 4;
/// A word up to this length, umlauts written out, is another one without their dots: „blöd“ and „Blod“.
const NEEDS_DOTS: usize = 6;

impl Form {
    /// The most characters.
    pub const LONGEST: usize = 60;

    /// Takes a form as it was typed.
    pub fn parse(text: &str) -> Result<Form, Refusal> {
        let form = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if form.chars().count() > Form::LONGEST {
            return Err(Refusal::LongWord { word: form, longest: Form::LONGEST });
        }
        let word = form.trim_start_matches(['*', '=']).trim_end_matches('*');
        let inner = word.contains(['*', '=']) || form.contains('\0');
        if inner || (form.starts_with('=') && (form.ends_with('*') || form.starts_with("=*"))) {
            return Err(Refusal::NoWord { word: form.replace('\0', "") });
        }
        let letters = Normal::of_rule(word);
        if letters.iter().filter(|byte| **byte != GAP).count() < FEWEST {
            return Err(Refusal::ShortWord { word: form, fewest: FEWEST });
        }
        Ok(Form(form))
    }

    /// As it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The shapes in which it is looked for.
    pub(super) fn shapes(&self) -> Vec<Shape> {
        let word = self.0.trim_start_matches(['*', '=']).trim_end_matches('*');
        let letters = Normal::of_rule(word);
        let left = if self.0.starts_with('*') { Left::Anything } else { Left::Begins };
        let is_verb = is_verb(word);
        let right = match () {
            () if self.0.ends_with('*') => Right::Anything,
            () if self.0.starts_with('=') || letters.len() <= SHORT => Right::Ends,
            () if is_verb => Right::Verb,
            () => Right::Noun,
        };
        let mut shapes = Vec::new();
        for letters in without_dots(word, letters) {
            if right == Right::Verb {
                verb(&mut shapes, &letters, left);
            } else {
                shapes.push(Shape { letters, left, right });
            }
        }
        if matches!(right, Right::Noun | Right::Anything) && word.starts_with(char::is_uppercase) {
            let right = if right == Right::Noun { Right::Plural } else { right };
            let plurals = shapes.iter().filter_map(|shape| plural(&shape.letters));
            let plurals = plurals.map(|letters| Shape { letters, left, right });
            shapes.extend(plurals.collect::<Vec<_>>());
        }
        let covered: Vec<Shape> = shapes.iter().flat_map(covered).collect();
        shapes.extend(covered);
        shapes
    }
}

/// Written small, and an infinitive to look at.
fn is_verb(word: &str) -> bool {
    let last = word.rsplit(' ').next().unwrap_or(word);
    last.starts_with(char::is_lowercase)
        && last.chars().count() > SHORT + 2
        && ["en", "eln", "ern"].iter().any(|ending| last.ends_with(ending))
}

/// The stem of an infinitive with its endings, and what was done: „gefickt“, „gestochen“.
fn verb(shapes: &mut Vec<Shape>, infinitive: &[u8], left: Left) {
    let cut = if infinitive.ends_with(b"en") { 2 } else { 1 };
    let stem = &infinitive[..infinitive.len() - cut];
    shapes.push(Shape { letters: stem.to_vec(), left, right: Right::Verb });
    let at = stem.iter().rposition(|byte| *byte == GAP).map_or(0, |gap| gap + 1);
    let participle = [&stem[..at], b"ge", &stem[at..]].concat();
    shapes.push(Shape { letters: participle, left, right: Right::Participle });
}

/// The letters as they are, and without the dots where somebody has no umlauts or leaves them out.
fn without_dots(word: &str, letters: Vec<u8>) -> Vec<Vec<u8>> {
    let dotless: String = word
        .chars()
        .map(|letter| match letter {
            'ä' | 'Ä' => 'a',
            'ö' | 'Ö' => 'o',
            'ü' | 'Ü' => 'u',
            other => other,
        })
        .collect();
    if dotless == word || letters.len() <= NEEDS_DOTS {
        return vec![letters];
    }
    vec![letters, Normal::of_rule(&dotless)]
}

/// A noun with the umlaut of its plural: `arschloch` is `arschloech`. Nothing if its last vowel has none.
fn plural(letters: &[u8]) -> Option<Vec<u8>> {
    let is_vowel = |byte: &u8| b"aeiou".contains(byte);
    let last = letters.iter().rposition(is_vowel)?;
    if last + 1 == letters.len() {
        return None;
    }
    // „Sau“ and „Haus“ change the first of their two vowels.
    let at = if letters[last] == b'u' && last > 0 && letters[last - 1] == b'a' { last - 1 } else { last };
    let is_plain = !(at > 0 && is_vowel(&letters[at - 1]));
    if !is_plain || !b"aou".contains(&letters[at]) {
        return None;
    }
    Some([&letters[..=at], b"e", &letters[at + 1..]].concat())
}

/// The same with each of its vowels covered once, and with all of them.
fn covered(shape: &Shape) -> Vec<Shape> {
    let letters = &shape.letters;
    if letters.len() < LONG_ENOUGH || letters.contains(&GAP) {
        return Vec::new();
    }
    let is_vowel = |at: usize| b"aeiou".contains(&letters[at]);
    let vowels: Vec<usize> = (0..letters.len()).filter(|at| is_vowel(*at)).collect();
    let with = |hidden: &dyn Fn(usize) -> bool| {
        let mut covered = Vec::with_capacity(letters.len());
        for (at, byte) in letters.iter().enumerate() {
            if !hidden(at) {
                covered.push(*byte);
            } else if covered.last() != Some(&COVERED) {
                covered.push(COVERED);
            }
        }
        Shape { letters: covered, ..*shape }
    };
    // Two vowels that follow each other may be one letter: ä, ö, ü.
    let mut all: Vec<Shape> = vowels.iter().map(|vowel| with(&|at| at == *vowel)).collect();
    let pairs = vowels.windows(2).filter(|pair| pair[1] == pair[0] + 1);
    all.extend(pairs.map(|pair| with(&|at| pair.contains(&at))));
    if vowels.len() > 1 {
        all.push(with(&|at| is_vowel(at)));
    }
    all
}

/// One shape of a form.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Shape {
    pub(super) letters: Vec<u8>,
    pub(super) left: Left,
    pub(super) right: Right,
}

/// What may stand before it in the same word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Left {
    Begins,
    Anything,
}

/// What may stand behind it in the same word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Right {
    Ends,
    Noun,
    Plural,
    Verb,
    Participle,
    Anything,
}

/// The longest ending, so that looking for one takes as long for any word.
pub(super) const LONGEST_ENDING: usize = 6;

impl Right {
    /// Whether this may follow; `rest` is what stands behind it in the word, cut after [`LONGEST_ENDING`] and one more.
    pub(super) fn takes(self, rest: &[u8]) -> bool {
        match self {
            Right::Anything => true,
            Right::Ends => rest.is_empty(),
            Right::Noun => rest.is_empty() || NOUN.contains(&rest),
            Right::Plural => PLURAL.contains(&rest),
            Right::Verb => rest.is_empty() || VERB.contains(&rest),
            Right::Participle => PARTICIPLE.contains(&rest),
        }
    }
}

/// Endings of nouns and adjectives, with diminutives, also Austrian ones, and the feminine.
const NOUN: &[&[u8]] = &[
    b"e", b"en", b"er", b"ern", b"es", b"em", b"s", b"n", b"ens", b"ns", b"in", b"innen", b"chen", b"chens",
    b"lein", b"l", b"erl", b"erln", b"erls", b"ere", b"eren", b"erer", b"eres", b"erem", b"ste", b"sten",
    b"ster", b"stes", b"stem", b"este", b"esten", b"ester", b"estes",
];
const PLURAL: &[&[u8]] =
    &[b"e", b"en", b"er", b"ern", b"chen", b"chens", b"lein", b"erl", b"erln", b"erls", b"in", b"innen"];
const VERB: &[&[u8]] = &[
    b"e", b"st", b"est", b"t", b"et", b"en", b"n", b"te", b"test", b"ten", b"tet", b"ete", b"eten", b"end",
    b"ende", b"enden", b"ender", b"endes", b"endem", b"er", b"ern", b"ers", b"erin", b"erei", b"ene",
    b"enen", b"ener", b"enes", b"enem", b"ter", b"tes", b"tem", b"ens",
];
const PARTICIPLE: &[&[u8]] = &[
    b"t", b"te", b"ten", b"ter", b"tes", b"tem", b"en", b"ene", b"enen", b"ener", b"enes", b"enem", b"et",
    b"ete", b"eten", b"eter", b"etes", b"n", b"ne", b"nen", b"ner", b"nes",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_written_as_in_a_dictionary() {
        #[track_caller]
        fn check(text: &str, expected: Result<&str, &str>) {
            let parsed = Form::parse(text).map_err(|refusal| format!("{refusal:?}"));
            match expected {
                Ok(form) => assert_eq!(parsed.as_ref().map(Form::as_str), Ok(form)),
                Err(of) => assert!(parsed.as_ref().is_err_and(|refusal| refusal.contains(of)), "{parsed:?}"),
            }
        }
        check("  Idiot ", Ok("Idiot"));
        check("halt  die\nFresse", Ok("halt die Fresse"));
        check("*idiot*", Ok("*idiot*"));
        check("=Pack", Ok("=Pack"));
        check("Sau", Ok("Sau"));
        check("Öd", Ok("Öd"));
        check("ab", Err("ShortWord"));
        check("**", Err("ShortWord"));
        check("", Err("ShortWord"));
        check("A.B.", Err("ShortWord"));
        check("Id*ot", Err("NoWord"));
        check("=idiot*", Err("NoWord"));
        check("=*idiot", Err("NoWord"));
        check("Idiot\0", Err("NoWord"));
        check(&"x".repeat(61), Err("LongWord"));
    }

    #[test]
    fn nothing_follows_that_is_longer_than_the_longest_ending() {
        for ending in [NOUN, PLURAL, VERB, PARTICIPLE].concat() {
            assert!(ending.len() <= LONGEST_ENDING, "{ending:?}");
        }
    }

    #[test]
    fn a_noun_knows_the_umlaut_of_its_plural() {
        #[track_caller]
        fn check(noun: &str, expected: Option<&str>) {
            let found = plural(noun.as_bytes());
            assert_eq!(found.as_deref(), expected.map(str::as_bytes));
        }
        check("arschloch", Some("arschloech"));
        check("sack", Some("saeck"));
        check("sau", None);
        check("haus", Some("haeus"));
        check("nutte", None);
        check("idiot", None);
        check("depp", None);
        check("buehne", None);
    }
}
