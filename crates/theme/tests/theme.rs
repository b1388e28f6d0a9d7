//! The theme as a whole: every page renders in every language, every word is there, and nothing on a page breaks its rules.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use jiff::tz::TimeZone;
use story::Language;
use theme::{Accent, Colour, LANGUAGES, Settings, Theme, Trouble, check};

fn theme() -> Theme {
    with(None, None)
}

fn with(folder: Option<PathBuf>, accent: Option<Accent>) -> Theme {
    let zone = TimeZone::get("Europe/Vienna").expect("a zone");
    Theme::new(Settings { zone, folder, accent }).expect("a theme")
}

/// Files of the theme's source below a folder, with their text.
fn sources(folder: &str, ending: &str) -> Vec<(String, String)> {
    fn walk(folder: &Path, ending: &str, found: &mut Vec<(String, String)>) {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                walk(&path, ending, found);
            } else if path.to_string_lossy().ends_with(ending) {
                found.push((path.display().to_string(), fs::read_to_string(&path).expect("a text")));
            }
        }
    }
    let mut found = Vec::new();
    walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), ending, &mut found);
    found.sort();
    found
}

#[test]
fn every_sample_renders_in_every_language_with_all_its_words() {
    let troubles: Vec<String> = check(&theme()).iter().map(ToString::to_string).collect();
    assert!(troubles.is_empty(), "{}", troubles.join("\n"));
}

/// Keys with the names they speak about, by file ending.
fn words(ending: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut words: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut key = String::new();
    for (file, text) in sources("words", ending) {
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            if let Some((name, _)) = line.split_once(" =").filter(|_| !line.starts_with([' ', '}', '*'])) {
                key = name.to_owned();
                assert!(words.insert(key.clone(), BTreeSet::new()).is_none(), "{file} says {key} twice");
            }
            let names = line.split('$').skip(1).map(|after| {
                after
                    .chars()
                    .take_while(|c| c.is_ascii_alphanumeric() || *c == '_' || *c == '-')
                    .collect::<String>()
            });
            words.entry(key.clone()).or_default().extend(names);
        }
    }
    words.remove("");
    words
}

/// Every string in a template could be a key; one that something is added to (`"state-" ~ it`) is the beginning of keys,
/// and what is added to something (`key ~ "-none"`) their end.
fn strings_in_templates() -> BTreeSet<String> {
    let mut strings = BTreeSet::new();
    for (_, text) in sources("templates", ".html") {
        for code in text.split(['{', '}']).filter(|code| code.contains('"')) {
            strings.extend(code.split('"').skip(1).step_by(2).map(str::to_owned));
        }
    }
    strings
}

#[test]
fn german_and_english_words_say_the_same_about_the_same() {
    let (german, english) = (words(".de.ftl"), words(".en.ftl"));
    for (key, names) in &german {
        let other = english.get(key).unwrap_or_else(|| panic!("{key} is missing in English"));
        // A plural may leave its own number out where the language says it in words.
        let plain = |names: &BTreeSet<String>| {
            names.iter().filter(|name| *name != "n").cloned().collect::<BTreeSet<_>>()
        };
        assert_eq!(plain(names), plain(other), "{key} speaks about other things in English");
    }
    for key in english.keys() {
        assert!(german.contains_key(key), "{key} is missing in German");
    }
}

#[test]
fn every_word_is_used() {
    let strings = strings_in_templates();
    let (ends, rest): (Vec<&String>, Vec<&String>) =
        strings.iter().partition(|string| string.starts_with('-'));
    let beginnings: Vec<&String> =
        rest.iter().filter(|string| string.len() > 2 && string.ends_with('-')).copied().collect();
    for key in words(".de.ftl").keys() {
        let whole = strings.contains(key);
        let begun = beginnings.iter().any(|beginning| key.starts_with(beginning.as_str()));
        let ended = ends
            .iter()
            .any(|end| key.strip_suffix(end.as_str()).is_some_and(|start| strings.contains(start)));
        // Keys chosen by other rooms, see `Say`.
        let said = key.starts_with("say-") || key.starts_with("role-");
        assert!(whole || begun || ended || said, "nobody says {key}");
    }
}

#[test]
fn t2_1_no_page_has_a_script_or_a_style_of_its_own() {
    for language in LANGUAGES {
        for (name, html) in theme().samples(language) {
            let html = html.expect("a page");
            for (at, _) in html.match_indices("<script") {
                let tag = html[at..].split('>').next().expect("a tag");
                assert!(tag.contains(" src=\"/a-") || tag.contains("application/ld+json"), "{name}: {tag}");
            }
            for forbidden in ["<style", " style=\"", " onclick", " onload", "javascript:"] {
                assert!(!html.contains(forbidden), "{name} has {forbidden}");
            }
        }
    }
}

#[test]
fn t1_4_text_from_people_is_text_on_every_page() {
    for (name, html) in theme().samples(Language::Austrian) {
        let html = html.expect("a page");
        for text in [
            "<Berger>",
            "<kurz>",
            "<Nachtzug>",
            "<Angriffe>",
            "<Kommentar>",
            "<4711>",
            "</textarea><script>",
            "12 <b>",
        ] {
            assert!(!html.contains(text), "{name} prints {text} as markup");
        }
    }
}

#[test]
fn typed_text_comes_back_as_it_was() {
    let pages: BTreeMap<String, String> = theme()
        .samples(Language::Austrian)
        .into_iter()
        .map(|(name, html)| (name, html.expect("a page")))
        .collect();
    let typed = pages["thread-refused"].split("<textarea").nth(1).and_then(|after| after.split('>').nth(1));
    // The browser drops the first line break after the tag; the second one and the blanks are the reader's.
    assert!(typed.is_some_and(|text| text.starts_with("\n&#10;  Das ist &lt;b&gt;viel&lt;")), "{typed:?}");
    assert!(
        pages["login-refused"].contains(
            "name=\"draft_text\" value=\"Fährt der &lt;Nachtzug&gt; auch zu Silvester?&#10;&#10;Und"
        )
    );
}

#[test]
fn a_mail_makes_links_of_our_own_addresses_only() {
    let pages = theme().samples(Language::Austrian);
    let (_, mail) = pages.into_iter().find(|(name, _)| name == "desk-mail").expect("the page");
    let mail = mail.expect("a page");
    assert!(
        mail.contains("<a href=\"/account/link/abc_d-9\">https://marktbote.example/account/link/abc_d-9</a>")
    );
    assert!(!mail.contains("href=\"https://anderswo.example"));
}

#[test]
fn headings_go_down_one_step_at_a_time_and_start_with_one_first() {
    for (name, html) in theme().samples(Language::English) {
        let html = html.expect("a page");
        let main = html
            .split("<template")
            .next()
            .into_iter()
            .chain(html.split("</template>").skip(1))
            .collect::<String>();
        let mut last = 0;
        for (at, _) in main.match_indices("<h") {
            let Some(level) = main[at + 2..].chars().next().and_then(|c| c.to_digit(10)) else { continue };
            assert!(level <= last + 1, "{name}: a heading of level {level} after {last}");
            assert!(level > 1 || last == 0, "{name} has two first headings");
            last = level;
        }
        assert!(last > 0, "{name} has no heading");
    }
}

#[test]
fn the_address_of_the_assets_names_their_content() {
    let (one, same) = (theme(), theme());
    assert_eq!(one.assets_path(), same.assets_path());
    let accent = accent("#7a1f5c", "#ffffff", "#f6e9f1");
    let other = with(None, Some(accent));
    assert_ne!(one.assets_path(), other.assets_path());
    let css = other.assets().iter().find(|asset| asset.path.ends_with("/paper.css")).expect("the styles");
    assert!(String::from_utf8_lossy(&css.bytes).contains("--accent:#7a1f5c"));
}

fn accent(colour: &str, on: &str, tint: &str) -> Accent {
    let light = [colour, on, tint].map(|text| Colour::parse(text).expect("a colour"));
    let dark = ["#7cc4d6", "#062029", "#16303a"].map(|text| Colour::parse(text).expect("a colour"));
    Accent { light, dark }
}

#[test]
fn an_accent_that_cannot_be_read_is_refused() {
    let pale = with(None, Some(accent("#9ad0dd", "#ffffff", "#e4eff1")));
    let found: Vec<Trouble> = check(&pale);
    assert!(
        found.iter().any(|t| matches!(t, Trouble::Contrast { what: "text on the light accent", .. })),
        "{found:?}"
    );
    assert!(check(&with(None, Some(accent("#7a1f5c", "#ffffff", "#f6e9f1")))).is_empty());
}

#[test]
fn a_paper_replaces_a_template_and_a_word_and_the_check_finds_what_it_breaks() {
    let folder = std::env::temp_dir().join(format!("theme-of-a-paper-{}", std::process::id()));
    fs::create_dir_all(folder.join("templates/house")).expect("a folder");
    fs::create_dir_all(folder.join("words")).expect("a folder");
    fs::write(folder.join("templates/house/plain.html"), "{{ page.headlin }}").expect("a file");
    fs::write(folder.join("words/own.de.ftl"), "frame-today = Die Zeitung\n").expect("a file");
    let own = with(Some(folder.clone()), None);
    let troubles = check(&own);
    fs::remove_dir_all(&folder).expect("the folder again");
    assert!(
        troubles
            .iter()
            .all(|trouble| matches!(trouble, Trouble::Page { sample, .. } if sample.starts_with("plain"))),
        "{troubles:?}"
    );
    assert!(troubles[0].to_string().contains("house/plain.html, line 1"), "{}", troubles[0]);
    let (_, front) = own.samples(Language::Austrian).into_iter().next().expect("the front");
    assert!(front.expect("a page").contains("Die Zeitung"));
}

#[test]
fn swiss_words_have_no_sharp_s() {
    let (_, report) =
        theme().samples(Language::Swiss).into_iter().find(|(name, _)| name == "report-bare").expect("a page");
    let report = report.expect("a page");
    let main = report.split("<main").nth(1).expect("the main part");
    assert!(main.contains("verstösst") && !main.contains('ß'));
}
