//! Small typesetting that a browser cannot do: what must not be torn apart, and where a long headline word may break.

use story::{Language, sentences};

/// What belongs to the number before it.
const UNITS: [&str; 34] = [
    "€",
    "$",
    "%",
    "‰",
    "Euro",
    "Cent",
    "Mio",
    "Mrd",
    "Millionen",
    "Milliarden",
    "Prozent",
    "Uhr",
    "Std",
    "Min",
    "h",
    "mm",
    "cm",
    "m",
    "km",
    "m²",
    "km²",
    "m³",
    "ha",
    "g",
    "kg",
    "t",
    "l",
    "hl",
    "kW",
    "kWh",
    "MW",
    "GWh",
    "°C",
    "Grad",
];

/// What belongs to the word after it.
const LEADERS: [&str; 16] = [
    "§", "Nr.", "No.", "Bd.", "Dr.", "Mag.", "Prof.", "Ing.", "St.", "Sankt", "ca.", "rund", "Mio.", "Mrd.",
    "je", "Art.",
];

const MONTHS: [&str; 13] = [
    "Jänner",
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
];

/// The text with no-break spaces in „18,6 Mio. €“, „6 Uhr“, „Nr. 271“, „20. November“ and before a dash.
#[must_use]
pub fn typeset(text: &str) -> String {
    let mut set = String::with_capacity(text.len() + 8);
    let mut before = "";
    for (index, word) in text.split(' ').enumerate() {
        if index > 0 {
            set.push_str(if stay_together(before, word) { "\u{a0}" } else { " " });
        }
        set.push_str(word);
        before = word;
    }
    set
}

fn stay_together(before: &str, word: &str) -> bool {
    let bare = word.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', '“', '»', '’']);
    let opens = before.trim_start_matches(['(', '„', '“', '»', '«', '‚']);
    let number = opens.starts_with(|c: char| c.is_ascii_digit() || c == '−')
        && opens.ends_with(|c: char| c.is_ascii_digit() || matches!(c, '½'));
    let ordinal = opens.strip_suffix('.').is_some_and(is_number);
    let weighs = LEADERS.contains(&opens)
        && (opens != "rund" && opens != "je" || bare.starts_with(|c: char| c.is_ascii_digit()));
    matches!(word, "–" | "—")
        || number && UNITS.contains(&bare)
        || ordinal && MONTHS.contains(&bare)
        || weighs && !bare.is_empty()
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// The beginning of a text in whole sentences: the first, and further ones while all together stay under 120 characters.
/// What announces an article elsewhere is shorter than what introduces it.
#[must_use]
pub fn brief(text: &str, language: Language) -> &str {
    let fits = |end: &usize| text[..*end].chars().count() <= 120;
    let mut ends = sentences::split(text, language).into_iter().map(|sentence| sentence.end);
    let first = ends.next().unwrap_or(text.len());
    &text[..ends.take_while(fits).last().unwrap_or(first)]
}

/// A headline: typeset, with soft hyphens in German words of 14 letters and more where two words meet for certain.
/// A count stays with what it counts. Headlines are not hyphenated by the browser, and a phone has room for 17 letters.
#[must_use]
pub fn headline(text: &str) -> String {
    let mut set = String::with_capacity(text.len() + 8);
    let text = with_counts(&typeset(text));
    let mut rest = text.as_str();
    while let Some(start) = rest.find(char::is_alphabetic) {
        let (between, from) = rest.split_at(start);
        let end = from.find(|c: char| !c.is_alphabetic()).unwrap_or(from.len());
        let (word, after) = from.split_at(end);
        set.push_str(between);
        push_word(&mut set, word);
        rest = after;
    }
    set.push_str(rest);
    set
}

/// A number at the end of a line asks a question. Longer words than 14 letters may stand in the next line all the same.
fn with_counts(text: &str) -> String {
    let words: Vec<&str> = text.split(' ').collect();
    let mut set = String::with_capacity(text.len() + 4);
    for (index, word) in words.iter().enumerate() {
        let number = index > 0 && words[index - 1].rsplit('\u{a0}').next().is_some_and(is_number);
        let short = word.starts_with(char::is_alphabetic) && word.chars().count() <= LONG;
        if index > 0 {
            set.push_str(if number && short { "\u{a0}" } else { " " });
        }
        set.push_str(word);
    }
    set
}

const LONG: usize = 14;

fn push_word(set: &mut String, word: &str) {
    let letters = word.chars().count();
    match (letters >= LONG).then(|| joint(word)).flatten() {
        Some(at) => {
            let (first, second) = word.split_at(at);
            push_word(set, first);
            set.push('\u{ad}');
            push_word(set, second);
        }
        None => set.push_str(word),
    }
}

/// Second parts of compounds that newspapers print, without their endings. A word that ends in one of them, alone or
/// with an ending, is joined before it.
const SECONDS: &[&str] = &[
    "abkommen",
    "anlage",
    "anstalt",
    "antrag",
    "arbeit",
    "arbeiter",
    "arbeitslosigkeit",
    "aufseher",
    "ausbau",
    "ausschuss",
    "bahnhof",
    "bauer",
    "beauftragt",
    "behörde",
    "beratung",
    "bericht",
    "beschluss",
    "besitzer",
    "betreiber",
    "betrieb",
    "bewegung",
    "bezirk",
    "brücke",
    "bürger",
    "bürgermeister",
    "direktor",
    "entscheidung",
    "entwicklung",
    "ergebnis",
    "erhöhung",
    "erzeugung",
    "fahrer",
    "fahrverbot",
    "fähre",
    "feuerwehr",
    "firma",
    "forscher",
    "forschung",
    "förderung",
    "führer",
    "führung",
    "garten",
    "gemeinde",
    "genossenschaft",
    "gericht",
    "geschichte",
    "geschäft",
    "gesellschaft",
    "gesetz",
    "gespräch",
    "gewerkschaft",
    "gruppe",
    "haltestelle",
    "hauptmann",
    "hersteller",
    "hilfe",
    "industrie",
    "kammer",
    "kirche",
    "kandidat",
    "kläranlage",
    "kommission",
    "konferenz",
    "konzert",
    "kosten",
    "kraftwerk",
    "krankenhaus",
    "krise",
    "künstler",
    "linde",
    "mannschaft",
    "markt",
    "maßnahme",
    "mauer",
    "meister",
    "meisterschaft",
    "minister",
    "ministerium",
    "mitarbeiter",
    "museum",
    "nutzung",
    "partei",
    "pause",
    "pflege",
    "planung",
    "plattform",
    "politik",
    "politiker",
    "präsident",
    "preis",
    "prüfung",
    "programm",
    "projekt",
    "protest",
    "prozess",
    "sammlung",
    "sanierung",
    "schule",
    "schutz",
    "schwester",
    "siedlung",
    "sitzung",
    "sperre",
    "spieler",
    "sprecher",
    "station",
    "steuer",
    "stiftung",
    "strafe",
    "straße",
    "strecke",
    "tagung",
    "theater",
    "trainer",
    "turnier",
    "umbau",
    "unternehmen",
    "verband",
    "verbot",
    "verein",
    "verfahren",
    "verhandlung",
    "verkehr",
    "versammlung",
    "versicherung",
    "versorgung",
    "vertrag",
    "vertreter",
    "verwaltung",
    "vorsitzend",
    "wärme",
    "wahlkampf",
    "werft",
    "werkstatt",
    "wettbewerb",
    "wirtschaft",
    "wissenschaft",
    "wohnung",
    "zeitung",
    "zentrum",
];

const ENDINGS: [&str; 12] = ["", "s", "es", "e", "en", "n", "er", "ern", "in", "innen", "ten", "em"];

/// First parts that show by their ending where they end.
const FIRSTS: [&str; 7] = ["ungs", "heits", "keits", "schafts", "tions", "täts", "lings"];

/// Where the word may break, in bytes; nothing if that is not certain.
fn joint(word: &str) -> Option<usize> {
    let lower = word.to_lowercase();
    if lower.len() != word.len() {
        return None;
    }
    second_part(&lower).or_else(|| first_part(&lower))
}

/// Before the longest known second part, if at least four letters stand before it.
fn second_part(word: &str) -> Option<usize> {
    let tail = |second: &&str| {
        ENDINGS.iter().find_map(|ending| word.strip_suffix(ending)?.strip_suffix(second)).map(str::len)
    };
    SECONDS.iter().filter_map(tail).filter(|at| word[..*at].chars().count() >= 4).min()
}

/// After the first part, if what follows starts a word. „Sprung“ and „Schwung“ end like „-ung“ and are joined without s;
/// before „ch“ the s could be theirs.
fn first_part(word: &str) -> Option<usize> {
    FIRSTS.iter().filter_map(|first| word.find(first).map(|at| (at, at + first.len()))).find_map(
        |(from, at)| {
            let (head, tail) = (&word[..at], &word[at..]);
            let stem = head.ends_with("sprungs") || head.ends_with("schwungs") || head.ends_with("jungs");
            let whole = word[..from].chars().count() >= 3 && tail.chars().count() >= 4;
            (whole && !stem && !tail.starts_with("ch")).then_some(at)
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stay_with_what_they_count() {
        #[track_caller]
        fn check(text: &str, expected: &str) {
            assert_eq!(typeset(text).replace('\u{a0}', "~"), expected);
        }
        check("18,6 Mio. € für 80 cm", "18,6~Mio.~€ für 80~cm");
        check("Um 6 Uhr, Nr. 271, am 20. November", "Um 6~Uhr, Nr.~271, am 20.~November");
        check("Im Jahr 2013 kam das Wasser – und ging", "Im Jahr 2013 kam das Wasser~– und ging");
        check("je Laufmeter, je 3 Euro (rund 40 %)", "je Laufmeter, je~3~Euro (rund~40~%)");
        check("Straße 11. Mauer  doppelt", "Straße 11. Mauer  doppelt");
        check(" 3 km ", " 3~km ");
        check("", "");
    }

    #[test]
    fn a_headline_keeps_its_counts_together() {
        assert_eq!(
            headline("Rohrbruch: 60 Haushalte ohne Wasser"),
            "Rohrbruch: 60\u{a0}Haushalte ohne Wasser"
        );
        assert_eq!(headline("Im Jahr 2013 24 Boote"), "Im Jahr 2013 24\u{a0}Boote");
    }

    #[test]
    fn an_announcement_ends_with_a_sentence() {
        let language = Language::Austrian;
        assert_eq!(
            brief("Am 3. Oktober geht es los. Um 6 Uhr.", language),
            "Am 3. Oktober geht es los. Um 6 Uhr."
        );
        let long = "Ein Satz, der schon für sich allein sehr viel Platz braucht, weil niemand ihn gekürzt hat, bevor er in die Zeitung kam, und so weiter.";
        assert_eq!(brief(&format!("{long} Noch einer."), language), long);
        assert_eq!(brief("Kurz. Kürzer. Am kürzesten.", language), "Kurz. Kürzer. Am kürzesten.");
        assert_eq!(brief("", language), "");
    }

    #[test]
    fn a_long_word_breaks_only_where_two_words_meet() {
        #[track_caller]
        fn check(text: &str, expected: &str) {
            assert_eq!(headline(text).replace('\u{ad}', "|"), expected);
        }
        check("Hochwasserschutz", "Hochwasser|schutz");
        check("Die Bezirkshauptmannschaft prüft", "Die Bezirkshaupt|mannschaft prüft");
        check("Donaudampfschifffahrtsgesellschaft", "Donaudampfschifffahrts|gesellschaft");
        check("Verhandlungsführerin „Umfahrungsstraße“", "Verhandlungs|führerin „Umfahrungs|straße“");
        check("Zwischenkriegszeit", "Zwischenkriegszeit");
        check("Skisprungschanzen", "Skisprungschanzen");
        check("Gemeinderat", "Gemeinderat");
        check("Wohnungssuchende", "Wohnungs|suchende");
        check("Verantwortungsbewusst", "Verantwortungs|bewusst");
        check("Abenteuerspielplatz", "Abenteuerspielplatz");
        check("Universitätsbibliothek", "Universitäts|bibliothek");
        check("Landwirtschaftskammer", "Land|wirtschafts|kammer");
        check("Feuerwehrhauptmann", "Feuerwehr|hauptmann");
        check("Bürgermeisterinnen", "Bürger|meisterinnen");
        check("Zugbegleiterinnen", "Zugbegleiterinnen");
    }
}
