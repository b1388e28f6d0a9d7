//! The quiz of the week: questions with answers to choose from, written at the desk.
//!
//! A quiz arrives as a small TOML text, with German or English keys, and is taken whole or not at all; a refusal names the question. What is right is part of
//! the content and never of a page before the answers were sent.

use serde::{Deserialize, Serialize};

/// The most questions.
pub const MOST_QUESTIONS: usize = 20;
/// The most answers to one.
pub const MOST_ANSWERS: usize = 6;
/// The longest text in it, in characters.
pub const LONGEST: usize = 500;

/// A quiz.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quiz {
    /// What it is called.
    #[serde(alias = "titel")]
    pub title: String,
    /// In order.
    #[serde(rename = "question", alias = "frage")]
    pub questions: Vec<Question>,
}

/// A question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// What is asked.
    pub text: String,
    /// What one can answer.
    #[serde(alias = "antworten")]
    pub answers: Vec<String>,
    /// Which answer is right, counted from 1.
    #[serde(alias = "richtig")]
    pub right: usize,
    /// Why.
    #[serde(default, alias = "weil")]
    pub because: String,
    /// The path of the article where it stands, „/region/seilfaehre“.
    #[serde(default, alias = "artikel")]
    pub article: Option<String>,
}

/// Why a text is no quiz.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It cannot be read as TOML with these fields.
    Unreadable {
        /// The line, counted from 1, if the reader knows.
        line: Option<usize>,
        /// What the reader says.
        what: String,
    },
    /// It has no title or one that is too long.
    Title,
    /// No question, or too many.
    Questions,
    /// A question that cannot be asked: empty or too long, fewer than two answers or too many, or a right answer it does not have.
    Question {
        /// Which, counted from 1.
        number: usize,
    },
    /// The article of a question is not a path of the paper.
    Article {
        /// Which question, counted from 1.
        number: usize,
    },
}

impl Quiz {
    /// Takes a quiz as it was written.
    pub fn parse(text: &str) -> Result<Quiz, Refusal> {
        let quiz: Quiz = toml::from_str(text).map_err(|error| Refusal::Unreadable {
            line: error.span().map(|span| text[..span.start.min(text.len())].matches('\n').count() + 1),
            what: error.message().to_owned(),
        })?;
        if !fits(&quiz.title) {
            return Err(Refusal::Title);
        }
        if !(1..=MOST_QUESTIONS).contains(&quiz.questions.len()) {
            return Err(Refusal::Questions);
        }
        for (number, question) in (1..).zip(&quiz.questions) {
            question.check(number)?;
        }
        Ok(quiz)
    }

    /// How many of these answers are right; one for each question, counted from 1, nothing where none was chosen.
    #[must_use]
    pub fn right(&self, chosen: &[Option<usize>]) -> usize {
        self.questions
            .iter()
            .zip(chosen)
            .filter(|(question, chosen)| **chosen == Some(question.right))
            .count()
    }
}

impl Question {
    fn check(&self, number: usize) -> Result<(), Refusal> {
        let answers = (2..=MOST_ANSWERS).contains(&self.answers.len());
        let right = (1..=self.answers.len()).contains(&self.right);
        let reason = self.because.is_empty() || fits(&self.because);
        if !fits(&self.text)
            || !answers
            || !right
            || !reason
            || !self.answers.iter().all(|answer| fits(answer))
        {
            return Err(Refusal::Question { number });
        }
        let ours = |path: &String| path.starts_with('/') && !path.starts_with("//") && fits(path);
        if self.article.as_ref().is_some_and(|path| !ours(path)) {
            return Err(Refusal::Article { number });
        }
        Ok(())
    }
}

fn fits(text: &str) -> bool {
    !text.trim().is_empty() && text.chars().count() <= LONGEST && !text.contains('\0')
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "title = \"Woche 47\"\n\n[[question]]\ntext = \"Was kehrt zurück?\"\nanswers = [\"Die Fähre\", \"Der Bär\"]\nright = 1\nbecause = \"Seit Freitag.\"\narticle = \"/region/faehre\"\n";

    #[test]
    fn a_quiz_is_taken_whole_or_its_place_is_named() {
        #[track_caller]
        fn check(text: &str, expected: Result<usize, Refusal>) {
            let said = Quiz::parse(text).map(|quiz| quiz.questions.len());
            match (&said, &expected) {
                (Err(Refusal::Unreadable { line, .. }), Err(Refusal::Unreadable { line: other, .. })) => {
                    assert_eq!(line, other, "{said:?}");
                }
                _ => assert_eq!(said, expected, "{text}"),
            }
        }
        let unreadable = |line| Err(Refusal::Unreadable { line: Some(line), what: String::new() });
        check(GOOD, Ok(1));
        let german = "titel = \"Woche 47\"\n[[frage]]\ntext = \"Was?\"\nantworten = [\"A\", \"B\"]\nrichtig = 2\nweil = \"So.\"\nartikel = \"/a/b\"\n";
        check(german, Ok(1));
        check(&german.replace("richtig = 2", "richtig = zwei"), unreadable(5));
        check(&GOOD.replace("right = 1", "right = 3"), Err(Refusal::Question { number: 1 }));
        check(&GOOD.replace("/region", "https://elsewhere.example"), Err(Refusal::Article { number: 1 }));
        check(&GOOD.replace("/region", "//elsewhere.example"), Err(Refusal::Article { number: 1 }));
        check(&GOOD.replace("Woche 47", " "), Err(Refusal::Title));
        check(&GOOD.replace("right = 1", "right = one"), unreadable(6));
        check(&GOOD.replace("because", "wrong"), unreadable(7));
        check("", Err(Refusal::Unreadable { line: Some(1), what: String::new() }));
    }

    #[test]
    fn what_was_not_answered_is_not_right() {
        let quiz = Quiz::parse(GOOD).expect("a quiz");
        assert_eq!(
            (quiz.right(&[Some(1)]), quiz.right(&[Some(2)]), quiz.right(&[None]), quiz.right(&[])),
            (1, 0, 0, 0)
        );
    }
}
