//! How the paper looks: page structs with samples, templates, styles, elements and words.
//!
//! A room fills a struct of [`pages`]; [`Theme::render`] makes HTML of it in the page's language and the paper's zone.
//! Styles, elements and fonts are [`Asset`]s under an address that names their content. A paper replaces any file of the
//! theme by one of the same name in its own folder, and [`check`] renders every sample with it and says what is wrong.
//!
//! What is deliberately absent: rows, HTTP, a clock, and whoever is looking, except where a page's struct says so.

mod assets;
mod bars;
mod check;
mod contrast;
mod dates;
mod files;
pub mod pages;
mod qr;
mod render;
mod samples;
mod syllables;
mod typeset;
mod words;

use std::path::PathBuf;
use std::sync::Arc;

use jiff::tz::TimeZone;
use minijinja::value::{Serde, Value};
use minijinja::{Environment, context};
use store::Failure;
use story::Language;

pub use assets::Asset;
pub use check::{Trouble, check};
pub use contrast::Colour;
pub use pages::*;
pub use typeset::typeset;

use dates::Calendar;
use files::Files;
use words::Words;

/// What a paper decides about its theme.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The zone its times are said in.
    pub zone: TimeZone,
    /// A folder whose files replace the theme's own.
    pub folder: Option<PathBuf>,
    /// The paper's own accent.
    pub accent: Option<Accent>,
}

/// The one colour a paper chooses: for kickers, links that act, the primary button, progress and selection.
/// For each scheme the colour itself, what is printed on it, and its tint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Accent {
    /// On white paper.
    pub light: [Colour; 3],
    /// On black paper.
    pub dark: [Colour; 3],
}

impl Accent {
    fn css(&self) -> String {
        let rules = |colours: &[Colour; 3]| {
            let [accent, on, tint] = colours.map(Colour::css);
            format!(":root {{ --accent: {accent}; --onacc: {on}; --atint: {tint} }}")
        };
        let (light, dark) = (rules(&self.light), rules(&self.dark));
        format!("@layer theme {{ {light} @media screen and (prefers-color-scheme: dark) {{ {dark} }} }}")
    }
}

/// The theme of one paper, ready to render.
pub struct Theme {
    settings: Settings,
    folder: String,
    assets: Vec<Asset>,
    tongues: Vec<Tongue>,
}

/// The templates of one language, with its words.
struct Tongue {
    language: Language,
    templates: Environment<'static>,
}

/// Every language a page can have.
pub const LANGUAGES: [Language; 4] =
    [Language::Austrian, Language::German, Language::Swiss, Language::English];

impl Theme {
    /// Reads the theme's files once; a paper that changes one starts again.
    pub fn new(settings: Settings) -> Result<Theme, Failure> {
        let files = Files::new(settings.folder.as_deref())?;
        let (folder, assets) = assets::assets(&files, settings.accent.as_ref())?;
        let tongues = LANGUAGES
            .into_iter()
            .map(|language| {
                let words = Arc::new(Words::new(&files, language)?);
                let calendar = Calendar { zone: settings.zone.clone(), language };
                let templates = render::environment(&files, &calendar, &words, &folder)?;
                Ok(Tongue { language, templates })
            })
            .collect::<Result<Vec<Tongue>, Failure>>()?;
        Ok(Theme { settings, folder, assets, tongues })
    }

    /// The page as HTML.
    pub fn render<P: Page>(&self, page: &P) -> Result<String, Failure> {
        self.render_value(P::TEMPLATE, page.frame(), Value::from(Serde(page)))
    }

    fn render_value(&self, template: &str, frame: &Frame, page: Value) -> Result<String, Failure> {
        let tongue = self.tongue(frame.language);
        let html = tongue
            .templates
            .get_template(template)
            .and_then(|t| t.render(context! { frame => page.get_attr("frame")?, page }))
            .map_err(|error| render::failure(template, error))?;
        Ok(render::squeezed(&html))
    }

    /// Everything a browser fetches besides pages and pictures.
    #[must_use]
    pub fn assets(&self) -> &[Asset] {
        &self.assets
    }

    /// The folder of the assets' addresses, `/a-…`.
    #[must_use]
    pub fn assets_path(&self) -> &str {
        &self.folder
    }

    pub(crate) fn accent(&self) -> Option<&Accent> {
        self.settings.accent.as_ref()
    }

    /// Every page in every state it can have, in this language: name and HTML, or what went wrong.
    #[must_use]
    pub fn samples(&self, language: Language) -> Vec<(String, Result<String, Failure>)> {
        pages::rendered_samples(self, language)
    }

    /// [`LANGUAGES`] are all there are, in the order of the tongues.
    fn tongue(&self, language: Language) -> &Tongue {
        self.tongues.iter().find(|tongue| tongue.language == language).unwrap_or(&self.tongues[0])
    }
}
