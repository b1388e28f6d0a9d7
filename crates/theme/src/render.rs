//! From a page struct to HTML: the templates' environment, one for each language.

use std::sync::Arc;

use fluent::{FluentArgs, FluentValue};
use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Kwargs, Value, ValueKind};
use minijinja::{AutoEscape, Environment, Error, ErrorKind, UndefinedBehavior};
use store::Failure;
use story::Time;

use crate::dates::{self, Calendar};
use crate::files::Files;
use crate::words::Words;
use crate::{bars, qr, syllables, typeset, words};

/// The templates with their filters and words in one language.
///
/// A name that a template misspells is an error, not an empty place, so that the theme check finds it.
pub(crate) fn environment(
    files: &Files,
    calendar: &Calendar,
    words: &Arc<Words>,
    assets: &str,
) -> Result<Environment<'static>, Failure> {
    let mut env = Environment::new();
    let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build();
    env.set_syntax(syntax.map_err(|error| Failure::because("the templates' syntax", error))?);
    env.set_undefined_behavior(UndefinedBehavior::Strict);
    env.set_auto_escape_callback(|_| AutoEscape::Html);
    env.set_formatter(|out, _, value| {
        match value.as_str() {
            Some(html) if value.is_safe() => out.write_str(html)?,
            Some(text) => out.write_str(&escaped(text))?,
            None => out.write_str(&escaped(&value.to_string()))?,
        }
        Ok(())
    });
    env.add_global("assets", assets);
    add_moments(&mut env, calendar);
    add_words(&mut env, words);
    let language = calendar.language;
    env.add_filter("number", move |number: i64| dates::number(number, language));
    env.add_filter("minutes", dates::minutes);
    env.add_filter("typeset", |text: &str| typeset::typeset(text));
    env.add_filter(
        "narrow",
        move |text: &str| {
            if language.is_german() { syllables::breakable(text) } else { text.to_owned() }
        },
    );
    env.add_filter("headline", move |text: &str| {
        if language.is_german() { typeset::headline(text) } else { typeset::typeset(text) }
    });
    env.add_filter("brief", move |text: &str| typeset::typeset(typeset::brief(text, language)));
    env.add_filter("paragraphs", paragraphs);
    env.add_filter("letter", letter);
    env.add_filter("percent", percent);
    env.add_filter("qr", qr::qr);
    env.add_filter("bars", bars::bars);
    for (name, text) in files.texts("templates/", ".html")? {
        env.add_template_owned(name.clone(), text).map_err(|error| {
            Failure::because(format!("the template {name}, line {}", error.line().unwrap_or(0)), error)
        })?;
    }
    Ok(env)
}

/// Moments in words; see [`Calendar`].
fn add_moments(env: &mut Environment<'static>, calendar: &Calendar) {
    macro_rules! moments {
        ($($name:ident($($more:ident),*);)*) => {
            $(let here = calendar.clone();
            env.add_filter(stringify!($name), move |time: i64 $(, $more: i64)*| here.$name(Time(time) $(, Time($more))*));)*
        };
    }
    moments! {
        clock(); day(); date(); moment(); oclock(); hour(); short(); shortest(); iso(); year();
        until(now); when(now); said(day);
    }
}

/// `t` for plain words, `th` for words with markup of ours, `say` for words chosen outside.
fn add_words(env: &mut Environment<'static>, words: &Arc<Words>) {
    let here = Arc::clone(words);
    env.add_function("t", move |key: &str, with: Kwargs| -> Result<String, Error> {
        Ok(here.say(key, &arguments(&with, false)?))
    });
    let here = Arc::clone(words);
    env.add_function("th", move |key: &str, with: Kwargs| -> Result<Value, Error> {
        Ok(Value::from_safe_string(here.say(key, &arguments(&with, true)?)))
    });
    let here = Arc::clone(words);
    env.add_function("say", move |say: Value| -> Result<String, Error> {
        let mut with = FluentArgs::new();
        let named = say.get_attr("with")?;
        for name in named.try_iter()? {
            if let Some(text) = name.as_str() {
                with.set(text.to_owned(), fluent_value(&named.get_attr(text)?, false));
            }
        }
        Ok(here.say(say.get_attr("key")?.as_str().unwrap_or_default(), &with))
    });
}

fn arguments(with: &Kwargs, escape: bool) -> Result<FluentArgs<'static>, Error> {
    let mut arguments = FluentArgs::new();
    for name in with.args() {
        arguments.set(name.to_owned(), fluent_value(&with.get::<Value>(name)?, escape));
    }
    Ok(arguments)
}

fn fluent_value(value: &Value, escape: bool) -> FluentValue<'static> {
    match (value.kind(), i64::try_from(value.clone())) {
        (ValueKind::Number, Ok(number)) => FluentValue::from(number),
        _ if escape && !value.is_safe() => FluentValue::from(escaped(&value.to_string())),
        _ => FluentValue::from(value.to_string()),
    }
}

/// Plain text of several lines as paragraphs, with line breaks inside them.
fn paragraphs(text: &str) -> Value {
    let html: String = text
        .split("\n\n")
        .filter(|paragraph| !paragraph.trim().is_empty())
        .map(|paragraph| format!("<p>{}</p>", escaped(paragraph.trim()).replace("&#10;", "<br>")))
        .collect();
    Value::from_safe_string(html)
}

/// A mail's plain text as paragraphs; an address of this paper in it becomes a link to its path.
fn letter(text: &str, origin: &str) -> Value {
    let mut html = String::new();
    let mut rest = text;
    let home = format!("{origin}/");
    while let Some(at) = rest.find(&home) {
        let (before, from) = rest.split_at(at);
        let end =
            from.find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"')).unwrap_or(from.len());
        let (address, after) = from.split_at(end);
        let path = escaped(&address[origin.len()..]);
        html.push_str(&format!("{}<a href=\"{path}\">{}</a>", escaped(before), escaped(address)));
        rest = after;
    }
    html.push_str(&escaped(rest));
    let html = html.split("&#10;&#10;").filter(|paragraph| !paragraph.trim().is_empty());
    Value::from_safe_string(html.map(|p| format!("<p>{}</p>", p.trim().replace("&#10;", "<br>"))).collect())
}

/// Text as part of an address.
fn percent(text: &str) -> String {
    let mut address = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                address.push(char::from(byte))
            }
            other => address.push_str(&format!("%{other:02X}")),
        }
    }
    address
}

/// Text that can stand in an element or a quoted attribute. Line breaks are written as characters, so that [`squeezed`]
/// cannot touch what somebody typed.
pub(crate) fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            '\n' => html.push_str("&#10;"),
            other => html.push(other),
        }
    }
    html
}

/// What broke in a template, in words that name the line.
pub(crate) fn failure(template: &str, error: Error) -> Failure {
    let place = match (error.name(), error.line()) {
        (Some(name), Some(line)) => format!("{name}, line {line}"),
        _ => template.to_owned(),
    };
    match error.kind() {
        ErrorKind::TemplateNotFound => Failure::because(format!("there is no template {template}"), error),
        _ => Failure::because(format!("the template {place}"), error),
    }
}

/// The page without empty lines and indentation of its templates.
pub(crate) fn squeezed(html: &str) -> String {
    let mut page = String::with_capacity(html.len());
    for line in html.lines().map(str::trim_start).filter(|line| !line.is_empty()) {
        page.push_str(line);
        page.push('\n');
    }
    page
}

/// The keys that stand on a page in place of words; see [`words::MISSING`].
pub(crate) fn missing_words(html: &str) -> impl Iterator<Item = String> {
    html.split(words::MISSING)
        .skip(1)
        .map(|after| after.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '-').collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn t1_4_words_with_markup_escape_what_they_speak_about() {
        assert_eq!(escaped("<a href='x'>&\"</a>"), "&lt;a href=&#39;x&#39;&gt;&amp;&quot;&lt;/a&gt;");
        assert_eq!(squeezed(&format!("<b>\n\n  {}</b>", escaped("a\n\n  b"))), "<b>\na&#10;&#10;  b</b>\n");
        assert_eq!(paragraphs("a<b\nc\n\n\n\nd").to_string(), "<p>a&lt;b<br>c</p><p>d</p>");
    }
}
