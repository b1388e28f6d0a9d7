//! The name a reader is known by in the talk.

use std::fmt;

use store::{FromColumn, Value};
use unicode_normalization::UnicodeNormalization;

use crate::Refusal;
use crate::look_alikes::{folded, script, skeleton};

/// 3 to 30 characters of one alphabet, composed (NFC), single spaces, nothing invisible. Two readers' names never look alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name(String);

/// Words that speak for the house, as skeletons are compared: nobody gets a name of which they are a word.
const RESERVED: &[&str] = &[
    "Admin",
    "Administrator",
    "Administratorin",
    "Administration",
    "Moderator",
    "Moderatorin",
    "Moderation",
    "Mod",
    "Redaktion",
    "Redakteur",
    "Redakteurin",
    "Chefredaktion",
    "Chefredakteur",
    "Chefredakteurin",
    "Chefin",
    "Herausgeber",
    "Herausgeberin",
    "Verlag",
    "Impressum",
    "Forum",
    "Forenteam",
    "Community",
    "Team",
    "Leserservice",
    "Leserbrief",
    "Ombudsstelle",
    "Meldestelle",
    "Beschwerdestelle",
    "Datenschutz",
    "Support",
    "Service",
    "Hilfe",
    "Help",
    "Helpdesk",
    "System",
    "Root",
    "Postmaster",
    "Webmaster",
    "Abuse",
    "Security",
    "Noreply",
    "Editor",
    "Editors",
    "Staff",
    "Desk",
    "Newsroom",
    "Official",
    "Offiziell",
    "Anonym",
    "Anonymous",
    "Unbekannt",
    "Deleted",
    "Gelöscht",
    "Entfernt",
    "Null",
    "Undefined",
    "Blatt",
];

impl Name {
    /// The fewest characters.
    pub const SHORTEST: usize = 3;
    /// The most characters.
    pub const LONGEST: usize = 30;

    /// Takes a reader's name. `paper` is the newspaper's own name, which nobody else may bear.
    pub fn parse(text: &str, paper: &str) -> Result<Name, Refusal> {
        let name = Name::of_staff(text)?;
        if name.speaks_for_the_house(paper) { Err(Refusal::NameReserved) } else { Ok(name) }
    }

    /// Takes a name for somebody who does speak for the house.
    pub fn of_staff(text: &str) -> Result<Name, Refusal> {
        let name = text.split_whitespace().collect::<Vec<_>>().join(" ").nfc().collect::<String>();
        match name.chars().count() {
            n if n < Name::SHORTEST => return Err(Refusal::NameTooShort),
            n if n > Name::LONGEST => return Err(Refusal::NameTooLong),
            _ => {}
        }
        one_alphabet(&name)?;
        Ok(Name(name))
    }

    /// The name as it is shown.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// By this the name is found again, whatever its case.
    #[must_use]
    pub fn folded(&self) -> String {
        folded(&self.0)
    }

    /// What is left when look-alikes are one letter; unique in a paper.
    #[must_use]
    pub fn skeleton(&self) -> String {
        skeleton(&self.0)
    }

    fn speaks_for_the_house(&self, paper: &str) -> bool {
        let reserved: Vec<String> = RESERVED.iter().copied().map(skeleton).collect();
        let is_reserved = |word: &str| reserved.contains(&skeleton(word));
        let house = skeleton(paper);
        let house_words: Vec<String> = words(paper).map(skeleton).collect();
        is_reserved(&self.0)
            || (!house.is_empty() && self.skeleton().contains(&house))
            || words(&self.0).all(|word| house_words.contains(&skeleton(word)))
            || words(&self.0).any(is_reserved)
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// Checks each character, that there is a letter at all, and that no two alphabets stand side by side.
fn one_alphabet(name: &str) -> Result<(), Refusal> {
    let mut found = None;
    let mut before = ' ';
    for letter in name.chars() {
        match script(letter) {
            Some(script) if found.is_some_and(|earlier| earlier != script) => return Err(Refusal::NameMixed),
            // „ﬁ" and „ª" are letters that are taken for other letters: a compatibility form is not a name's spelling.
            Some(_) if !std::iter::once(letter).nfkc().eq([letter]) => return Err(unusual(letter)),
            Some(script) => found = Some(script),
            None if letter.is_ascii_digit() => {}
            None if " -'’._".contains(letter) && !is_sign(before) => {}
            None if letter == ' ' && before == '.' => {}
            None => return Err(unusual(letter)),
        }
        before = letter;
    }
    if is_sign(before) && before != '.' {
        return Err(unusual(before));
    }
    found.map(drop).ok_or(Refusal::NameTooShort)
}

fn is_sign(letter: char) -> bool {
    !letter.is_alphanumeric() && script(letter).is_none()
}

fn unusual(character: char) -> Refusal {
    let hidden = story::is_invisible(character) || character.is_control() || character == '\u{AD}';
    Refusal::NameUnusual { character: if hidden { '\u{FFFD}' } else { character } }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<&Name> for Value {
    fn from(name: &Name) -> Value {
        Value::Text(name.0.clone())
    }
}

impl FromColumn for Name {
    fn from_column(value: Value) -> Option<Name> {
        String::from_column(value).map(Name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Result<&str, Refusal>) {
        let name = Name::parse(text, "Der Uferbote");
        assert_eq!(name.as_ref().map(Name::as_str).map_err(Clone::clone), expected, "{text:?}");
    }

    fn unusual(character: char) -> Result<&'static str, Refusal> {
        Err(Refusal::NameUnusual { character })
    }

    #[test]
    fn a_name_is_printed_as_people_write_it() {
        check("  Anna   Berger ", Ok("Anna Berger"));
        check("Jo\u{308}rg", Ok("Jörg"));
        check("Dr. Max O’Hara", Ok("Dr. Max O’Hara"));
        check("müller_73", Ok("müller_73"));
        check("Иван Петров", Ok("Иван Петров"));
        check("Γιώργος", Ok("Γιώργος"));
        check("סבתא", Ok("סבתא"));
        check("Sean O'Neill jun.", Ok("Sean O'Neill jun."));
    }

    #[test]
    fn t1_2_a_name_has_3_to_30_characters() {
        check("Jo", Err(Refusal::NameTooShort));
        check("", Err(Refusal::NameTooShort));
        check("4711", Err(Refusal::NameTooShort));
        check(&"ä".repeat(30), Ok(&"ä".repeat(30)));
        check(&"ä".repeat(31), Err(Refusal::NameTooLong));
    }

    #[test]
    fn t1_7_what_cannot_be_seen_is_refused() {
        for hidden in [
            '\u{200B}',
            '\u{200D}',
            '\u{202E}',
            '\u{2066}',
            '\u{AD}',
            '\u{FEFF}',
            '\0',
            '\u{E0041}',
            '\u{3164}',
        ] {
            check(&format!("An{hidden}na"), unusual('\u{FFFD}'));
        }
        check("A\u{336}nna", unusual('\u{336}'));
        check("Anna ☎", unusual('☎'));
        check("Ａｎｎａ", unusual('Ａ'));
        check("ﬁdel", unusual('ﬁ'));
        check("<b>Anna", unusual('<'));
        check("Anna--Berger", unusual('-'));
        check("-Anna", unusual('-'));
        check("Anna-", unusual('-'));
        check("an@na.at", unusual('@'));
    }

    #[test]
    fn t1_7_two_alphabets_in_one_name_are_refused() {
        check("Аnna", Err(Refusal::NameMixed));
        check("Anna Κώστα", Err(Refusal::NameMixed));
        check("Max סבא", Err(Refusal::NameMixed));
    }

    #[test]
    fn nobody_speaks_for_the_house() {
        check("Redaktion", Err(Refusal::NameReserved));
        check("redakt1on", Err(Refusal::NameReserved));
        check("REDAKTI0N Wien", Err(Refusal::NameReserved));
        check("Forum_Team", Err(Refusal::NameReserved));
        check("Ihr Moderator", Err(Refusal::NameReserved));
        check("Der Uferbote", Err(Refusal::NameReserved));
        check("deruferb0te24", Err(Refusal::NameReserved));
        check("Uferbote", Err(Refusal::NameReserved));
        check("Uferbote-Leser", Ok("Uferbote-Leser"));
        check("Modesto", Ok("Modesto"));
        check("Teamo", Ok("Teamo"));
        assert!(Name::of_staff("moderator").is_ok());
    }
}
