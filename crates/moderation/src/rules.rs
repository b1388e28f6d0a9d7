//! The house rules: numbered clauses that a decision quotes for years.
//!
//! ```toml
//! standing_de = "… nach unseren {rules} … unsere {report} …"    # the notice under every thread
//! standing_en = "… our {rules} … our {report} …"
//!
//! [[chapters]]
//! id = "2"
//! de = "Menschen"
//! en = "People"
//!
//! [[clauses]]
//! id = "2.1"
//! de = "Keine Beschimpfungen"
//! de_text = "Kritisieren Sie …"
//! en = "No insults"
//! en_text = "Criticise …"
//! de_reason = "Ihr Kommentar …"      # optional: the reason prepared for the desk
//! en_reason = "Your comment …"
//! ```
//!
//! A chapter with `grounds = false` explains what happens and is no ground for a removal. A clause with `dropped = true` can still
//! be read where an old decision quotes it, and is no ground any more. Ids are never used for another meaning.

use std::collections::HashSet;
use std::fmt;

use serde::Deserialize;
use story::{Language, Line};

/// The most chapters, and the most clauses.
const MOST: usize = 200;
/// The most characters of a clause's text and of the notice.
const LONGEST: usize = 5000;
/// The most characters of a title.
const LONGEST_TITLE: usize = 120;

/// The same in both languages of the house.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Both {
    de: String,
    en: String,
}

impl Both {
    /// In this language.
    #[must_use]
    pub fn of(&self, language: Language) -> &str {
        if language.is_german() { &self.de } else { &self.en }
    }
}

/// The house rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rules {
    /// In the order of the file.
    pub chapters: Vec<Chapter>,
    standing: Both,
}

/// Clauses that belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chapter {
    /// „2“
    pub id: String,
    /// „Menschen“
    pub title: Both,
    /// In the order of the file, without dropped ones in [`Rules::grounds`] but with them here.
    pub clauses: Vec<Clause>,
}

/// One rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clause {
    /// „2.1“
    pub id: String,
    /// „Keine Beschimpfungen“
    pub title: Both,
    /// What it means.
    pub text: Both,
    /// What an author is told when a comment breaks it, until the desk prepares a text of its own.
    pub reason: Both,
    /// Whether a comment can be removed for it today.
    pub is_ground: bool,
    /// Whether it is kept only for old decisions.
    pub is_dropped: bool,
}

/// A piece of the standing notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// As it is.
    Words(&'a str),
    /// The way to the rules.
    Rules,
    /// The way to the reporting office.
    Report,
}

/// What is wrong with the rules, for whoever wrote them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble(String);

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Trouble {}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    standing_de: String,
    standing_en: String,
    chapters: Vec<ChapterEntry>,
    clauses: Vec<ClauseEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ChapterEntry {
    id: String,
    de: String,
    en: String,
    #[serde(default = "yes")]
    grounds: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ClauseEntry {
    id: String,
    de: String,
    de_text: String,
    en: String,
    en_text: String,
    de_reason: Option<String>,
    en_reason: Option<String>,
    #[serde(default)]
    dropped: bool,
}

fn yes() -> bool {
    true
}

impl Rules {
    /// Reads the rules; the first mistake is named with its place.
    pub fn parse(toml: &str) -> Result<Rules, Trouble> {
        let file: File =
            toml::from_str(toml).map_err(|error| Trouble(format!("the house rules: {error}")))?;
        if file.chapters.len() > MOST || file.clauses.len() > MOST {
            return Err(Trouble(format!("the house rules have more than {MOST} chapters or clauses")));
        }
        let standing = Both {
            de: notice("standing_de", &file.standing_de)?,
            en: notice("standing_en", &file.standing_en)?,
        };
        let mut chapters = Vec::new();
        let mut seen = HashSet::new();
        for entry in &file.chapters {
            if !is_number(&entry.id) || !seen.insert(entry.id.clone()) {
                return Err(Trouble(format!(
                    "chapter {:?}: give each its own number, such as \"2\"",
                    entry.id
                )));
            }
            let at = format!("chapter {}", entry.id);
            let title = title(&at, &entry.de, &entry.en)?;
            let of_this =
                |clause: &&ClauseEntry| clause.id.split_once('.').is_some_and(|(c, _)| c == entry.id);
            let clauses = file.clauses.iter().filter(of_this);
            let clauses =
                clauses.map(|clause| read_clause(clause, entry.grounds)).collect::<Result<_, _>>()?;
            chapters.push(Chapter { id: entry.id.clone(), title, clauses });
        }
        for entry in &file.clauses {
            let number = entry.id.split_once('.');
            let fits =
                number.is_some_and(|(chapter, n)| is_number(n) && chapters.iter().any(|c| c.id == chapter));
            if !fits || !seen.insert(entry.id.clone()) {
                return Err(Trouble(format!(
                    "clause {:?}: give each its own number within a chapter, such as \"2.1\"",
                    entry.id
                )));
            }
        }
        let rules = Rules { chapters, standing };
        if rules.grounds().next().is_none() {
            return Err(Trouble(
                "the house rules have no clause that a comment could be removed for".to_owned(),
            ));
        }
        Ok(rules)
    }

    /// The clause of this number, also a dropped one.
    #[must_use]
    pub fn clause(&self, id: &str) -> Option<&Clause> {
        self.chapters.iter().flat_map(|chapter| &chapter.clauses).find(|clause| clause.id == id)
    }

    /// The clauses that a comment can be removed for today.
    pub fn grounds(&self) -> impl Iterator<Item = &Clause> {
        self.chapters.iter().flat_map(|chapter| &chapter.clauses).filter(|clause| clause.is_ground)
    }

    /// The notice that stands under every thread.
    #[must_use]
    pub fn standing(&self, language: Language) -> Vec<Piece<'_>> {
        let mut pieces = Vec::new();
        let mut rest = self.standing.of(language);
        while let Some((before, after)) = rest.split_once('{') {
            let Some((name, after)) = after.split_once('}') else { break };
            pieces.push(Piece::Words(before));
            pieces.push(if name == "rules" { Piece::Rules } else { Piece::Report });
            rest = after;
        }
        pieces.push(Piece::Words(rest));
        pieces.retain(|piece| *piece != Piece::Words(""));
        pieces
    }
}

fn is_number(text: &str) -> bool {
    (1..=3).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit()) && !text.starts_with('0')
}

fn read_clause(entry: &ClauseEntry, grounds: bool) -> Result<Clause, Trouble> {
    let at = format!("clause {}", entry.id);
    Ok(Clause {
        id: entry.id.clone(),
        title: title(&at, &entry.de, &entry.en)?,
        text: Both { de: words(&at, "de_text", &entry.de_text)?, en: words(&at, "en_text", &entry.en_text)? },
        reason: Both {
            de: reason(&at, "de_reason", entry.de_reason.as_deref(), || {
                let (id, title) = (&entry.id, &entry.de);
                format!(
                    "Ihr Kommentar verstößt gegen Hausregel {id}: {title}. Ohne diese Stelle können Sie ihn gern noch einmal schreiben."
                )
            })?,
            en: reason(&at, "en_reason", entry.en_reason.as_deref(), || {
                let (id, title) = (&entry.id, &entry.en);
                format!(
                    "Your comment breaks house rule {id}: {title}. You are welcome to write it again without that passage."
                )
            })?,
        },
        is_ground: grounds && !entry.dropped,
        is_dropped: entry.dropped,
    })
}

fn title(at: &str, de: &str, en: &str) -> Result<Both, Trouble> {
    let line = |field, text| {
        Line::parse(field, text, LONGEST_TITLE)
            .map(|line| line.to_string())
            .map_err(|wrong| Trouble(format!("{at}: {wrong}")))
    };
    Ok(Both { de: line("de", de)?, en: line("en", en)? })
}

fn words(at: &str, field: &'static str, text: &str) -> Result<String, Trouble> {
    Line::parse(field, text, LONGEST)
        .map(|line| line.to_string())
        .map_err(|wrong| Trouble(format!("{at}: {wrong}")))
}

/// A prepared reason is one that could be sent.
fn reason(
    at: &str,
    field: &'static str,
    given: Option<&str>,
    built_in: impl FnOnce() -> String,
) -> Result<String, Trouble> {
    let Some(given) = given else { return Ok(built_in()) };
    Line::parse(field, given, crate::Reason::LONGEST)
        .map(|line| line.to_string())
        .map_err(|wrong| Trouble(format!("{at}: {wrong}")))
}

fn notice(field: &'static str, text: &str) -> Result<String, Trouble> {
    let notice = words("the standing notice", field, text)?;
    let bare = notice.replace("{rules}", "").replace("{report}", "");
    let has_both = notice.contains("{rules}") && notice.contains("{report}");
    if !has_both || bare.contains(['{', '}']) {
        return Err(Trouble(format!(
            "{field} needs {{rules}} and {{report}} where their links go, and no other braces"
        )));
    }
    Ok(notice)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: &str = r#"
        standing_de = "Nach unseren {rules}; zur {report}."
        standing_en = "See our {rules} or our {report}."
        [[chapters]]
        id = "2"
        de = "Menschen"
        en = "People"
        [[chapters]]
        id = "6"
        de = "Danach"
        en = "Then"
        grounds = false
        [[clauses]]
        id = "2.1"
        de = "Keine Beschimpfungen"
        de_text = "Niemand wird beschimpft."
        en = "No insults"
        en_text = "Nobody is insulted."
        [[clauses]]
        id = "2.2"
        de = "Alt"
        de_text = "Galt früher."
        en = "Old"
        en_text = "Held once."
        dropped = true
        [[clauses]]
        id = "6.1"
        de = "Beschwerde"
        de_text = "Jederzeit."
        en = "Complaint"
        en_text = "Any time."
    "#;

    #[test]
    fn clauses_stand_in_their_chapters_and_only_some_are_grounds() {
        let rules = Rules::parse(SMALL).expect("rules");
        let ids: Vec<_> = rules.chapters.iter().map(|c| (c.id.as_str(), c.clauses.len())).collect();
        assert_eq!(ids, [("2", 2), ("6", 1)]);
        assert_eq!(rules.grounds().map(|clause| clause.id.as_str()).collect::<Vec<_>>(), ["2.1"]);
        assert_eq!(rules.clause("2.2").map(|clause| clause.title.of(Language::English)), Some("Old"));
        assert_eq!(rules.clause("9.9"), None);
    }

    #[test]
    fn the_built_in_rules_are_rules() {
        let rules = Rules::parse(crate::BUILT_IN).expect("rules");
        assert!(rules.clause("2.1").is_some_and(|clause| clause.is_ground));
        assert!(rules.clause("4.1").is_some_and(|clause| !clause.is_ground));
    }

    #[test]
    fn every_ground_has_a_prepared_reason() {
        let rules = Rules::parse(crate::BUILT_IN).expect("rules");
        for clause in rules.grounds() {
            for language in [Language::Austrian, Language::English] {
                assert!(crate::Reason::parse(clause.reason.of(language)).is_ok(), "{}", clause.id);
            }
        }
        let plain = Rules::parse(SMALL).expect("rules");
        let reason = plain.clause("2.1").map(|clause| clause.reason.of(Language::Austrian));
        assert!(
            reason.is_some_and(|text| text.contains("Hausregel 2.1: Keine Beschimpfungen")),
            "{reason:?}"
        );
    }

    #[test]
    fn the_notice_comes_with_its_links_in_both_languages() {
        let rules = Rules::parse(SMALL).expect("rules");
        let german = [
            Piece::Words("Nach unseren "),
            Piece::Rules,
            Piece::Words("; zur "),
            Piece::Report,
            Piece::Words("."),
        ];
        assert_eq!(rules.standing(Language::Swiss), german);
        assert_eq!(rules.standing(Language::English)[0], Piece::Words("See our "));
    }

    #[test]
    fn a_mistake_is_named() {
        #[track_caller]
        fn check(from: &str, to: &str, expected: &str) {
            assert!(SMALL.contains(from));
            let trouble = Rules::parse(&SMALL.replacen(from, to, 1)).expect_err("a mistake").to_string();
            assert!(trouble.contains(expected), "{trouble}");
        }
        check("id = \"2.2\"", "id = \"2.1\"", "clause \"2.1\"");
        check("id = \"2.2\"", "id = \"3.1\"", "clause \"3.1\"");
        check("id = \"2.2\"", "id = \"2.x\"", "clause \"2.x\"");
        check("id = \"6\"", "id = \"2\"", "chapter \"2\"");
        check("de = \"Alt\"", "de = \"\"", "clause 2.2: de is empty");
        check("zur {report}", "zur Stelle", "standing_de needs");
        check("zur {report}", "zur {report} {x}", "standing_de needs");
        check("dropped = true", "droped = true", "droped");
        check("dropped = true", "de_reason = \"\"", "clause 2.2: de_reason is empty");
        check("en = \"Old\"", "", "missing field `en`");
        check("grounds = false", "grounds = 1", "grounds");
    }
}
