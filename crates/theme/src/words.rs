//! The words of the interface: Fluent files, German and English.
//!
//! Every key is in both. Keys that start with `say-` are chosen outside the theme (see [`crate::Say`]); all others are
//! used by a template. A word that is missing shows its key, so that a page never breaks over one, and is logged.

use fluent::concurrent::FluentBundle;
use fluent::{FluentArgs, FluentError, FluentResource, FluentValue};
use store::Failure;
use story::Language;

use crate::dates;
use crate::files::Files;

/// Stands before a key for which there are no words, so that the theme check finds it.
pub(crate) const MISSING: char = '⟦';

/// The words of one language.
pub(crate) struct Words {
    bundle: FluentBundle<FluentResource>,
    language: Language,
}

impl Words {
    /// Reads `words/*.de.ftl` or `words/*.en.ftl`; the paper's own (`words/own.….ftl`) win.
    pub(crate) fn new(files: &Files, language: Language) -> Result<Words, Failure> {
        let tag = language.tag().parse().map_err(|error| Failure::because("a language tag", error))?;
        let mut bundle = FluentBundle::new_concurrent(vec![tag]);
        // Pages are set left to right in both languages, and the marks that isolate foreign text would count as characters.
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(if language.is_german() { german_number } else { english_number }));
        for (name, text) in files.texts("words/", ending(language))? {
            let resource = FluentResource::try_new(text).map_err(|(_, errors)| {
                let lines: Vec<String> = errors.iter().map(ToString::to_string).collect();
                Failure::new(format!("the words in {name}: {}", lines.join("; ")))
            })?;
            if name.starts_with("own.") {
                bundle.add_resource_overriding(resource);
            } else if let Err(errors) = bundle.add_resource(resource) {
                let lines: Vec<String> = errors.iter().map(ToString::to_string).collect();
                return Err(Failure::new(format!("the words in {name}: {}", lines.join("; "))));
            }
        }
        Ok(Words { bundle, language })
    }

    /// The words for a key, with what they speak about filled in.
    pub(crate) fn say(&self, key: &str, with: &FluentArgs<'_>) -> String {
        let Some(pattern) = self.bundle.get_message(key).and_then(|message| message.value()) else {
            tracing::warn!(words.key = key, "there are no words for {key}");
            return format!("{MISSING}{key}");
        };
        let mut errors: Vec<FluentError> = Vec::new();
        let said = self.bundle.format_pattern(pattern, Some(with), &mut errors);
        for error in errors {
            tracing::warn!(words.key = key, "the words for {key}: {error}");
        }
        match self.language {
            Language::Swiss => said.replace('ß', "ss"),
            _ => said.into_owned(),
        }
    }
}

/// How the files of a language end.
pub(crate) fn ending(language: Language) -> &'static str {
    if language.is_german() { ".de.ftl" } else { ".en.ftl" }
}

fn german_number<M>(value: &FluentValue<'_>, _: &M) -> Option<String> {
    number(value, Language::Austrian)
}

fn english_number<M>(value: &FluentValue<'_>, _: &M) -> Option<String> {
    number(value, Language::English)
}

/// Counts are whole; anything else is printed as it is.
fn number(value: &FluentValue<'_>, language: Language) -> Option<String> {
    match value {
        #[allow(clippy::cast_possible_truncation)]
        FluentValue::Number(number) if number.value.fract() == 0.0 && number.value.abs() < 1e15 => {
            Some(dates::number(number.value as i64, language))
        }
        _ => None,
    }
}
