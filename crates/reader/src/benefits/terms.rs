//! Terms, version by version. What was agreed to stays readable for ever: a version is added, none is changed.

use store::{Failure, Time, Tx};

use super::Refusal;

store::id!(
    /// Names one version of somebody's terms.
    TermsId
);

/// What terms are about: a word for the kind and the address of the offer or draw.
#[must_use]
pub fn subject(kind: &str, slug: &str) -> String {
    format!("{kind} {slug}")
}

/// The text of terms: paragraphs, headings and lists in Markdown, as on other pages of the house.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TermsText(String);

impl TermsText {
    /// The most characters.
    pub const LONGEST: usize = 20_000;

    /// Takes a text with one kind of line end.
    pub fn parse(text: &str) -> Result<TermsText, Refusal> {
        let text = text.replace("\r\n", "\n");
        let text = text.trim();
        if text.chars().count() > TermsText::LONGEST {
            return Err(Refusal::TooLong { field: "terms", longest: TermsText::LONGEST });
        }
        let page = format!("{HEAD}{text}\n");
        if text.is_empty() || story::markdown::read_page(&page).is_err() {
            return Err(Refusal::Field { field: "terms" });
        }
        Ok(TermsText(text.to_owned()))
    }

    /// The text as it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Pages of the house begin with a title; terms have the one of their offer.
const HEAD: &str = "+++\ntitle = \"-\"\n+++\n\n";

/// One version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terms {
    /// The row.
    pub id: TermsId,
    /// From 1.
    pub version: i64,
    /// As it was written.
    pub text: String,
    /// Who wrote it.
    pub by: String,
    /// Since when it holds.
    pub at: Time,
}
store::row!(Terms { id, version, text, by, at });

impl Terms {
    /// The text in blocks, as it is printed.
    #[must_use]
    pub fn blocks(&self) -> Vec<story::Block> {
        // It was read before it was kept.
        story::markdown::read_page(&format!("{HEAD}{}\n", self.text))
            .map(|(_, blocks)| blocks)
            .unwrap_or_default()
    }
}

const TERMS: &str = "select id, version, text, written_by, at from benefit_terms";

/// Adds a version, unless it says what the present one says.
pub async fn write_terms(
    tx: &mut Tx,
    subject: &str,
    text: &TermsText,
    by: &str,
    now: Time,
) -> Result<TermsId, Failure> {
    tx.alone(&format!("terms {subject}")).await?;
    let present = terms(tx, subject, None).await?;
    if let Some(present) = present.as_ref().filter(|present| present.text == text.0) {
        return Ok(present.id);
    }
    let version = present.map_or(1, |present| present.version + 1);
    let sql = "insert into benefit_terms (subject, version, text, written_by, at)
               values ($1, $2, $3, $4, $5) returning id";
    Ok(TermsId(tx.insert(sql, (subject, version, &text.0, by, now)).await?))
}

/// The present version, or the one asked for.
pub async fn terms(tx: &mut Tx, subject: &str, version: Option<i64>) -> Result<Option<Terms>, Failure> {
    match version {
        None => {
            let sql = format!("{TERMS} where subject = $1 order by version desc limit 1");
            tx.first(&sql, (subject,)).await
        }
        Some(version) => {
            tx.first(&format!("{TERMS} where subject = $1 and version = $2"), (subject, version)).await
        }
    }
}

/// One version by its row.
pub async fn terms_by_id(tx: &mut Tx, id: TermsId) -> Result<Option<Terms>, Failure> {
    tx.first(&format!("{TERMS} where id = $1"), (id,)).await
}

/// Numbers and moments of all versions, latest first.
pub async fn versions(tx: &mut Tx, subject: &str) -> Result<Vec<(i64, Time)>, Failure> {
    let sql = "select version, at from benefit_terms where subject = $1 order by version desc limit 100";
    tx.all(sql, (subject,)).await
}
