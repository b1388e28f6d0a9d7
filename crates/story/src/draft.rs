//! An article as it comes out of a file.

use serde::{Deserialize, Serialize};

use crate::refused::Reason;
use crate::{Article, Correction, Line, longest};

/// What a file says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    /// The article. Pictures name files beside the article's file.
    pub article: Article,
    /// The file names no slug; the one in the article was made from its headline.
    pub slug_is_made: bool,
    /// What the file calls the section, if that is more than its slug.
    pub section_name: Option<Line>,
    /// Corrections that the file lists.
    pub corrections: Vec<Correction>,
    /// How many parts of a foreign format had no place here: scripts, frames, forms, videos, links that lead nowhere.
    pub left_out: usize,
}

/// Takes a picture's file: a relative path that stays beside the article.
pub(crate) fn picture_path(path: &str) -> Result<String, Reason> {
    let odd = |c: char| c.is_control() || matches!(c, '\\' | ':' | '?' | '#') || crate::is_invisible(c);
    let good = !path.is_empty()
        && path.chars().count() <= longest::PICTURE_PATH
        && !path.contains(odd)
        && path.split('/').all(|part| !matches!(part, "" | "." | ".."));
    if good { Ok(path.to_owned()) } else { Err(Reason::PicturePath(path.chars().take(80).collect())) }
}

/// A line that may be missing; blank means missing.
pub(crate) fn line(
    field: &'static str,
    text: Option<&str>,
    most: usize,
) -> Result<Option<Line>, crate::Trouble> {
    match text.map(|text| Line::parse(field, text, most)) {
        None | Some(Err(crate::Trouble::Empty { .. })) => Ok(None),
        Some(Ok(line)) => Ok(Some(line)),
        Some(Err(trouble)) => Err(trouble),
    }
}

/// Whether there is anything to read in it.
pub(crate) fn something_to_read(article: &Article) -> Result<(), Reason> {
    let empty = article.lead.is_none() && article.body.is_empty();
    if empty { Err(Reason::NothingToRead) } else { Ok(()) }
}
