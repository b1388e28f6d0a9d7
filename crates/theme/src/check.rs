//! The theme check: what is wrong with a theme before a reader sees it.

use std::fmt;

use crate::render;
use crate::{Accent, Colour, LANGUAGES, Theme, pages};

/// Something wrong with a theme.
#[derive(Clone, Debug, PartialEq)]
pub enum Trouble {
    /// A page that cannot be rendered.
    Page {
        /// The sample, with the language.
        sample: String,
        /// What broke, with the template's line.
        what: String,
    },
    /// A key that a page asked for and the words do not have.
    Words {
        /// The sample, with the language.
        sample: String,
        /// The key.
        key: String,
    },
    /// Two colours that cannot be told apart well enough.
    Contrast {
        /// Which.
        what: &'static str,
        /// Their contrast; 4.5 is needed.
        contrast: f64,
    },
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Trouble::Page { sample, what } => write!(f, "{sample}: {what}"),
            Trouble::Words { sample, key } => write!(f, "{sample}: there are no words for {key}"),
            Trouble::Contrast { what, contrast } => {
                write!(f, "{what} has a contrast of {contrast:.1}; at least {LEAST} is needed to read it")
            }
        }
    }
}

/// WCAG 2.2, 1.4.3, level AA.
const LEAST: f64 = 4.5;

/// Renders every sample in every language and measures the paper's colours.
#[must_use]
pub fn check(theme: &Theme) -> Vec<Trouble> {
    let mut troubles = Vec::new();
    for language in LANGUAGES {
        for (name, html) in pages::rendered_samples(theme, language) {
            let sample = format!("{name} ({})", language.tag());
            match html {
                Err(failure) => troubles.push(Trouble::Page { sample, what: failure.to_string() }),
                Ok(html) => troubles.extend(
                    render::missing_words(&html).map(|key| Trouble::Words { sample: sample.clone(), key }),
                ),
            }
        }
    }
    if let Some(accent) = theme.accent() {
        troubles.extend(contrasts(accent));
    }
    troubles
}

/// The accent is read on paper, on the band and on its own tint; text is read on the accent and on the tint.
fn contrasts(accent: &Accent) -> impl Iterator<Item = Trouble> + use<> {
    let schemes = [
        (
            accent.light,
            ["#ffffff", "#f5f3ee", "#191817"],
            [
                "the light accent on paper",
                "the light accent on the band",
                "text on the light accent",
                "the light accent on its tint",
                "text on the light tint",
            ],
        ),
        (
            accent.dark,
            ["#141516", "#1d1f20", "#ebe8e1"],
            [
                "the dark accent on paper",
                "the dark accent on the band",
                "text on the dark accent",
                "the dark accent on its tint",
                "text on the dark tint",
            ],
        ),
    ];
    schemes.into_iter().flat_map(|([colour, on, tint], grounds, names)| {
        let [paper, band, ink] = grounds.map(|ground| Colour::parse(ground).unwrap_or(colour));
        let pairs = [(colour, paper), (colour, band), (on, colour), (colour, tint), (ink, tint)];
        names.into_iter().zip(pairs).filter_map(|(what, (one, two))| {
            let contrast = one.contrast(two);
            (contrast < LEAST).then_some(Trouble::Contrast { what, contrast })
        })
    })
}
