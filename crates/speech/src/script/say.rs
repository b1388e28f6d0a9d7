//! What is said for each word: a list of rules, the first that knows a word decides.
//!
//! The rules are the same for all languages, the words they use are those of a [`Tongue`]. They turn what is written short
//! (abbreviations, signs, amounts, ranges, scores) into words; digits stay digits where the voice reads them well.
//! No rule looks further than a few words, so that a text takes time in proportion to its length.

use super::money::money;
use super::token::{Number, Token, is_dash, is_small_number, time_of_day};

/// What a language calls things.
pub(super) struct Tongue {
    /// The decimal mark.
    pub(super) point: char,
    /// Marks between thousands.
    pub(super) groups: &'static [char],
    /// The words for large numbers, largest first; none if the voice reads grouped numbers well by itself.
    pub(super) large: &'static [Large],
    /// „bis“: between the ends of a range.
    pub(super) range: &'static str,
    /// „zu“: between the sides of a score.
    pub(super) score: &'static str,
    /// „pro“: for the slash between units.
    pub(super) per: &'static str,
    /// The word after a time of day, if there is one.
    pub(super) clock: Option<&'static str>,
    /// „Punkt“ and „at“, in addresses.
    pub(super) dot_and_at: (&'static str, &'static str),
    /// Abbreviations of several words: the letters without dots, and what is said.
    pub(super) phrases: &'static [(&'static [&'static str], &'static str)],
    /// Abbreviations of one word, without the dot.
    pub(super) short: &'static [(&'static str, When, &'static str)],
    /// Millions and more: as written, said for one, said after other numbers.
    pub(super) scales: &'static [(&'static str, &'static str, &'static str)],
    /// Units: as written, said for one, said after other numbers.
    pub(super) units: &'static [(&'static str, &'static str, &'static str)],
    /// Money.
    pub(super) currencies: &'static [Currency],
    /// Fractions with a slash or as one sign.
    pub(super) fractions: &'static [(&'static str, &'static str)],
    /// Signs that are words by themselves.
    pub(super) signs: &'static [(&'static str, &'static str)],
    /// Signs before a number or word that belong to it.
    pub(super) prefixes: &'static [(char, &'static str)],
    /// Rules that only this language has, before all others.
    pub(super) own: &'static [Rule],
}

/// Where a short form has its meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum When {
    /// With a dot after it, everywhere.
    Dotted,
    /// With or without a dot.
    Always,
    /// Before a number.
    BeforeNumber,
    /// After a number.
    AfterNumber,
    /// With a dot, before a capital letter.
    BeforeName,
    /// Between a number and a number or single letter, as in „§ 3 Z 4“.
    InLaw,
}

/// A word for a large number.
pub(super) struct Large {
    /// How many digits follow it.
    pub(super) digits: usize,
    /// Said for one.
    pub(super) one: &'static str,
    /// Said after other numbers.
    pub(super) many: &'static str,
}

/// Money of one kind.
pub(super) struct Currency {
    /// How it is written.
    pub(super) signs: &'static [&'static str],
    /// One of it.
    pub(super) one: &'static str,
    /// Several.
    pub(super) many: &'static str,
    /// A hundredth of it.
    pub(super) cent: &'static str,
    /// Several hundredths.
    pub(super) cents: &'static str,
}

/// What a rule makes of the words from a place on: what is said, and for how many words.
pub(super) type Said = Option<(String, usize)>;
/// A rule looks at all words and the place of one.
pub(super) type Rule = fn(&Tongue, &[Token], usize) -> Said;

const RULES: &[Rule] = &[
    dash, phrase, money, scaled, range, score, fraction, address, short, sign, with_unit, unit_alone, slash,
    prefixed,
];

/// What is said for each word; nothing for words that the word before has spoken for.
pub(super) fn say(tongue: &Tongue, words: &[&str]) -> Vec<String> {
    let tokens: Vec<Token> = words.iter().map(|word| Token::cut(word)).collect();
    let mut said = Vec::with_capacity(words.len());
    while let Some(first) = tokens.get(said.len()) {
        let at = said.len();
        let told = tongue.own.iter().chain(RULES).find_map(|rule| rule(tongue, &tokens, at));
        let (core, taken) = told.unwrap_or_else(|| (count(tongue, first.core), 1));
        let last = tokens.get(at + taken - 1).unwrap_or(first);
        said.push(format!("{}{}{}", first.opening(), core, closing(tongue, &tokens, last, at + taken)));
        said.extend(std::iter::repeat_n(String::new(), taken - 1));
    }
    said
}

/// The marks after what was said. The dot of an abbreviation ends a sentence only at its end.
fn closing(tongue: &Tongue, tokens: &[Token], last: &Token, next: usize) -> String {
    let marks = last.closing();
    let is_abbreviation = is_short(tongue, last.core) && next < tokens.len();
    if is_abbreviation { marks.strip_prefix('.').unwrap_or(&marks).to_owned() } else { marks }
}

fn is_short(tongue: &Tongue, core: &str) -> bool {
    tongue.short.iter().any(|(form, ..)| *form == core)
        || tongue.scales.iter().chain(tongue.units).any(|(form, ..)| *form == core)
        || tongue
            .phrases
            .iter()
            .any(|(letters, _)| letters.last() == Some(&core) || core.split('.').eq(letters.iter().copied()))
}

/// A number as the voice reads it right. It knows no marks between thousands (it says „eins Punkt null null null“) and
/// stops counting after six digits; a number alone is left as it is.
pub(super) fn count(tongue: &Tongue, core: &str) -> String {
    let Some(number) = number(tongue, core).filter(|_| !tongue.large.is_empty()) else {
        return core.to_owned();
    };
    let whole: String = number.whole.chars().filter(char::is_ascii_digit).collect();
    let is_grouped = whole.len() < number.whole.len();
    let is_round = whole.len() > 6 && whole.ends_with("000");
    let mut said = if is_grouped || is_round { in_words(tongue, &whole) } else { whole };
    if let Some(decimals) = number.decimals {
        said.push(tongue.point);
        said.push_str(decimals);
    }
    said
}

/// „1234567“ as „eine Million 234567“; what is left of a number stays digits.
fn in_words(tongue: &Tongue, digits: &str) -> String {
    let mut rest = digits.trim_start_matches('0');
    let mut said = Vec::new();
    for Large { digits, one, many } in tongue.large {
        // „1.250“ is a count, but without its mark the voice would take „1250“ for a year.
        let is_wanted = *digits > 3 || (rest.len() == 4 && rest.starts_with('1'));
        let Some(split) = rest.len().checked_sub(*digits).filter(|split| *split > 0 && is_wanted) else {
            continue;
        };
        let (count, after) = rest.split_at(split);
        said.push(if count == "1" { (*one).to_owned() } else { format!("{count} {many}") });
        rest = after.trim_start_matches('0');
    }
    if !rest.is_empty() {
        said.push(rest.to_owned());
    }
    if said.is_empty() { "0".to_owned() } else { said.join(" ") }
}

pub(super) fn number<'a>(tongue: &Tongue, text: &'a str) -> Option<Number<'a>> {
    Number::parse(text, tongue.point, tongue.groups)
}

pub(super) fn leading<'a>(tongue: &Tongue, text: &'a str) -> Option<(Number<'a>, &'a str)> {
    Number::leading(text, tongue.point, tongue.groups)
}

fn find(table: &[(&'static str, &'static str)], form: &str) -> Option<&'static str> {
    table.iter().find(|(written, _)| *written == form).map(|(_, said)| *said)
}

fn ends_in_digit(token: Option<&Token>) -> bool {
    token.is_some_and(|token| token.runs_on() && token.core.ends_with(|c: char| c.is_ascii_digit()))
}

fn begins_with_digit(token: Option<&Token>) -> bool {
    token.is_some_and(|token| token.before.is_empty() && token.core.starts_with(|c: char| c.is_ascii_digit()))
}

/// A dash between words is a pause, between numbers a range.
fn dash(tongue: &Tongue, tokens: &[Token], at: usize) -> Said {
    if !tokens[at].is_dash() {
        return None;
    }
    let before = at.checked_sub(1).and_then(|before| tokens.get(before));
    let is_range = ends_in_digit(before) && begins_with_digit(tokens.get(at + 1));
    Some((if is_range { tongue.range } else { "," }.to_owned(), 1))
}

/// „z. B.“, „z.B.“
fn phrase(tongue: &Tongue, tokens: &[Token], at: usize) -> Said {
    tongue.phrases.iter().find_map(|(letters, said)| {
        if tokens[at].core.split('.').eq(letters.iter().copied()) && letters.len() > 1 {
            return Some(((*said).to_owned(), 1));
        }
        let words = tokens.get(at..at + letters.len())?;
        let fits =
            words.iter().zip(*letters).all(|(word, letters)| word.core == *letters && word.is_dotted());
        fits.then(|| ((*said).to_owned(), letters.len()))
    })
}

/// „18,6 Mio.“
fn scaled(tongue: &Tongue, tokens: &[Token], at: usize) -> Said {
    let known = |form: &str| tongue.scales.iter().find(|(short, ..)| *short == form && short.len() > 1);
    let next = tokens.get(at + 1).filter(|_| tokens[at].runs_on());
    if let (Some(number), Some((_, one, many))) =
        (number(tongue, tokens[at].core), next.and_then(|next| known(next.core)))
    {
        let said = if number.is_one() {
            (*one).to_owned()
        } else {
            format!("{} {many}", count(tongue, number.text))
        };
        return Some((said, 2));
    }
    let before = at.checked_sub(1).and_then(|before| tokens.get(before));
    let (_, _, many) = known(tokens[at].core).filter(|_| tokens[at].is_dotted() || ends_in_digit(before))?;
    Some(((*many).to_owned(), 1))
}

/// „20–30“, „1920-1999“, „9.30–12.15 Uhr“, „3.–5. Mai“, „10–12%“
fn range(tongue: &Tongue, tokens: &[Token], at: usize) -> Said {
    let core = tokens[at].core;
    let (from, to) = core.split_once(is_dash)?;
    let (first, _) = leading(tongue, from.trim_end_matches('.'))?;
    let has_clock = tongue.clock.is_some() && tokens.get(at + 1).map(|next| next.core) == tongue.clock;
    let is_date =
        from.ends_with('.') && is_small_number(from.trim_end_matches('.')) && tokens[at].is_dotted();
    let is_number =
        first.text == from && !(from.len() > 1 && from.starts_with('0') && first.decimals.is_none());
    let from = match time_of_day(from) {
        Some((hours, minutes)) if has_clock => {
            format!("{hours} {} {}", tongue.clock.unwrap_or_default(), minutes.trim_start_matches('0'))
        }
        _ if is_number || is_date => count(tongue, from),
        _ => return None,
    };
    let to = match leading(tongue, to) {
        Some((last, "")) => count(tongue, last.text),
        Some(_) if has_clock && time_of_day(to).is_some() => to.to_owned(),
        Some((last, rest)) => unit_after(tongue, last, rest)?,
        None => return None,
    };
    Some((format!("{} {} {to}", from.trim_end(), tongue.range), 1))
}

/// „2:1“, „3:2-Sieg“; what may be a time of day stays one.
fn score(tongue: &Tongue, tokens: &[Token], at: usize) -> Said {
    let core = tokens[at].core;
    let (home, rest) = core.split_once(':')?;
    let end = rest.bytes().take_while(u8::is_ascii_digit).count();
    let (away, tail) = rest.split_at(end);
    let tail = match tail.strip_prefix(is_dash) {
        Some(word) => format!(" {word}"),
        None if tail.is_empty() => String::new(),
        None => return None,
    };
    let is_time = tail.is_empty() && time_of_day(core).is_some();
    let is_score = is_small_number(home) && is_small_number(away) && !is_time;
    is_score.then(|| (format!("{home} {} {away}{tail}", tongue.score), 1))
}

/// „3/4“, „½“, „2023/24“
fn fraction(tongue: &Tongue, tokens: &[Token], at: usize) -> Said {
    let core = tokens[at].core;
    if let Some(said) = find(tongue.fractions, core) {
        return Some((said.to_owned(), 1));
    }
    let (one, other) = core.split_once('/')?;
    (is_small_number(one) && is_small_number(other)).then(|| (format!("{one} {other}"), 1))
}

/// Domains in which a word with a dot is an address.
const DOMAINS: &[&str] = &["at", "de", "ch", "eu", "com", "org", "net", "info", "tv", "uk"];

/// „www.example.org/seite“, „name@example.org“: the host is said, the path is left out. „@name“, „#wort“.
fn address(tongue: &Tongue, tokens: &[Token], at: usize) -> Said {
    let core = tokens[at].core;
    let (dot, at_sign) = tongue.dot_and_at;
    let bare = core.strip_prefix("https://").or_else(|| core.strip_prefix("http://"));
    let host = bare.unwrap_or(core).split(['/', '?', '#']).next().unwrap_or_default();
    let (person, host) = match host.split_once('@') {
        Some(("", _)) | None => ("", host),
        Some((person, host)) => (person, host),
    };
    let is_name =
        |label: &str| !label.is_empty() && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    let labels: Vec<&str> = host.split('.').take(8).collect();
    let known = labels.last().is_some_and(|last| DOMAINS.contains(last));
    let is_host = labels.len() > 1 && labels.iter().copied().all(is_name) && (known || bare.is_some());
    if !is_host || (person.is_empty() && labels.iter().all(|label| label.len() == 1)) {
        return None;
    }
    let host = labels.join(&format!(" {dot} "));
    let person = person.replace('.', &format!(" {dot} "));
    Some((if person.is_empty() { host } else { format!("{person} {at_sign} {host}") }, 1))
}

/// „Abs.“, „Nr. 5“, „Z 4“
fn short(tongue: &Tongue, tokens: &[Token], at: usize) -> Said {
    let token = &tokens[at];
    let before = at.checked_sub(1).and_then(|before| tokens.get(before));
    let next = tokens.get(at + 1);
    let fits = |when: When| match when {
        When::Always => true,
        When::Dotted => token.is_dotted(),
        When::BeforeNumber => begins_with_digit(next),
        When::AfterNumber => ends_in_digit(before),
        When::BeforeName => {
            token.is_dotted() && next.is_some_and(|next| next.core.starts_with(char::is_uppercase))
        }
        When::InLaw => {
            ends_in_digit(before)
                && (begins_with_digit(next) || next.is_some_and(|next| next.core.chars().count() == 1))
        }
    };
    let (_, _, said) = tongue.short.iter().find(|(form, when, _)| *form == token.core && fits(*when))?;
    Some(((*said).to_owned(), 1))
}

/// „&“, „CO₂“
fn sign(tongue: &Tongue, tokens: &[Token], at: usize) -> Said {
    find(tongue.signs, tokens[at].core).map(|said| (said.to_owned(), 1))
}

/// „12%“, „30 m²“, „18%-Anteil“
fn with_unit(tongue: &Tongue, tokens: &[Token], at: usize) -> Said {
    let (number, rest) = leading(tongue, tokens[at].core)?;
    if !rest.is_empty() {
        return unit_after(tongue, number, rest).map(|said| (said, 1));
    }
    let next = tokens.get(at + 1).filter(|_| tokens[at].runs_on())?;
    unit_after(tongue, number, next.core).map(|said| (said, 2))
}

/// A number with its unit, and with a word that hangs on to it.
fn unit_after(tongue: &Tongue, number: Number, rest: &str) -> Option<String> {
    let (unit, tail) =
        rest.split_once(is_dash).map_or((rest, String::new()), |(unit, tail)| (unit, format!(" {tail}")));
    if let Some((_, one, many)) = tongue.units.iter().find(|(form, ..)| *form == unit) {
        let said = if number.is_one() && tail.is_empty() {
            (*one).to_owned()
        } else {
            format!("{} {many}", count(tongue, number.text))
        };
        return Some(said + &tail);
    }
    let (unit, per) = unit.split_once('/')?;
    let (unit, per) = (tongue.units.iter().find(|(form, ..)| *form == unit)?, per_unit(tongue, per)?);
    Some(format!("{} {} {} {per}{tail}", count(tongue, number.text), unit.2, tongue.per))
}

/// What stands after „pro“: one unit, without its article.
fn per_unit<'a>(tongue: &Tongue, form: &'a str) -> Option<&'a str> {
    match tongue.units.iter().find(|(short, ..)| *short == form) {
        Some((_, one, _)) => one.split_once(' ').map(|(_, unit)| unit),
        None => (form.len() > 2 && form.chars().all(char::is_alphabetic)).then_some(form),
    }
}

/// „Euro/Monat“, „%“ after a number that another rule has said.
fn unit_alone(tongue: &Tongue, tokens: &[Token], at: usize) -> Said {
    let core = tokens[at].core;
    let before = at.checked_sub(1).and_then(|before| tokens.get(before));
    let signs = !core.contains(char::is_alphabetic) || core.contains(['²', '³']);
    let known = tongue.units.iter().find(|(form, ..)| *form == core);
    if let Some((_, _, many)) = known.filter(|_| ends_in_digit(before) || signs) {
        return Some(((*many).to_owned(), 1));
    }
    let (unit, per) = core.split_once('/')?;
    let is_unit = tongue.currencies.iter().any(|currency| currency.many == unit)
        || tongue.units.iter().any(|(form, _, many)| *form == unit || *many == unit);
    let per = per_unit(tongue, per).filter(|_| is_unit)?;
    Some((format!("{unit} {} {per}", tongue.per), 1))
}

/// „Linz/Wels“, „und/oder“: a short pause, or none between short words.
fn slash(_: &Tongue, tokens: &[Token], at: usize) -> Said {
    let core = tokens[at].core;
    if !core.contains('/') {
        return None;
    }
    let joint = if core.chars().all(|c| c.is_lowercase() || c == '/') { " " } else { ", " };
    Some((core.split('/').filter(|part| !part.is_empty()).collect::<Vec<_>>().join(joint), 1))
}

/// „-5“, „+3“, „#wort“
fn prefixed(tongue: &Tongue, tokens: &[Token], at: usize) -> Said {
    let core = tokens[at].core;
    let (sign, said) = tongue.prefixes.iter().find(|(sign, _)| core.starts_with(*sign))?;
    let rest = &core[sign.len_utf8()..];
    let fits = if matches!(sign, '#' | '@') {
        rest.starts_with(char::is_alphabetic)
    } else {
        rest.starts_with(|c: char| c.is_ascii_digit())
    };
    if !fits {
        return None;
    }
    // What follows the sign is said as if it stood there alone. It begins with a letter or digit, so this goes no deeper.
    let mut tokens: Vec<Token> = tokens[at..].iter().take(3).copied().collect();
    tokens[0] = Token { before: "", core: rest, after: tokens[0].after };
    let (rest, count) =
        RULES.iter().find_map(|rule| rule(tongue, &tokens, 0)).unwrap_or_else(|| (rest.to_owned(), 1));
    Some((format!("{said} {rest}"), count))
}
