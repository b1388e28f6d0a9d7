//! How the paper looks: page structs, templates, styles, elements and words.

pub mod pages;

pub use pages::*;

/// Templates, words and the paper's own files in place of ours.
pub struct Theme;

impl Theme {
    /// Renders a page.
    pub fn render<P: Page>(&self, _page: &P) -> Result<String, store::Failure> {
        Err(store::Failure::new("no templates yet"))
    }
}
