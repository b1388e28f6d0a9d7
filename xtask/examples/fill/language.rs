//! Sentences that look like German from a distance: enough words, of the lengths and in the mixture that a search meets.

use crate::chance::Chance;

/// The first half of a noun.
const FIRST: [&str; 48] = [
    "Gemeinde",
    "Hochwasser",
    "Schul",
    "Brücken",
    "Markt",
    "Bahn",
    "Strom",
    "Wohn",
    "Wald",
    "Kranken",
    "Feuerwehr",
    "Stadt",
    "Rad",
    "Kinder",
    "Wetter",
    "Haus",
    "Steuer",
    "Landes",
    "Park",
    "Ufer",
    "Sport",
    "Theater",
    "Wasser",
    "Abend",
    "Bus",
    "Kirchen",
    "Garten",
    "Wahl",
    "Miet",
    "Energie",
    "Müll",
    "Sommer",
    "Winter",
    "Jugend",
    "Pflege",
    "Donau",
    "Berg",
    "Tal",
    "Handwerks",
    "Verkehrs",
    "Bau",
    "Arbeits",
    "Ferien",
    "Dorf",
    "Licht",
    "Zug",
    "Lese",
    "Spiel",
];
/// The second half, with its article and whether it is masculine, feminine or neuter.
const SECOND: [(&str, usize); 32] = [
    ("rat", 0),
    ("schutz", 0),
    ("platz", 0),
    ("plan", 0),
    ("verein", 0),
    ("bericht", 0),
    ("preis", 0),
    ("weg", 0),
    ("steig", 0),
    ("betrieb", 0),
    ("halle", 1),
    ("frage", 1),
    ("ordnung", 1),
    ("gebühr", 1),
    ("leitung", 1),
    ("reform", 1),
    ("stelle", 1),
    ("wache", 1),
    ("anlage", 1),
    ("versammlung", 1),
    ("haus", 2),
    ("amt", 2),
    ("projekt", 2),
    ("netz", 2),
    ("fest", 2),
    ("geld", 2),
    ("gesetz", 2),
    ("zentrum", 2),
    ("gelände", 2),
    ("angebot", 2),
    ("treffen", 2),
    ("budget", 2),
];
const ARTICLES: [&str; 3] = ["der", "die", "das"];
const ADJECTIVES: [&str; 32] = [
    "neue",
    "alte",
    "teure",
    "halbe",
    "lange",
    "kurze",
    "stille",
    "laute",
    "gute",
    "schlechte",
    "ganze",
    "kleine",
    "große",
    "späte",
    "frühe",
    "leere",
    "volle",
    "nächste",
    "letzte",
    "offene",
    "geplante",
    "ehrliche",
    "seltsame",
    "einfache",
    "schwierige",
    "wichtige",
    "versprochene",
    "vergessene",
    "gemeinsame",
    "öffentliche",
    "günstige",
    "undichte",
];
const VERBS: [&str; 32] = [
    "kostet",
    "fehlt",
    "bleibt",
    "kommt",
    "hilft",
    "stört",
    "wächst",
    "endet",
    "beginnt",
    "ruht",
    "bringt",
    "trägt",
    "verspricht",
    "verschiebt",
    "verdient",
    "braucht",
    "spart",
    "bezahlt",
    "gewinnt",
    "verliert",
    "versteht",
    "erklärt",
    "vergisst",
    "verbindet",
    "trennt",
    "öffnet",
    "schließt",
    "verändert",
    "verlangt",
    "bedeutet",
    "überzeugt",
    "ärgert",
];
const ENDS: [&str; 24] = [
    "seit Jahren",
    "jeden Winter",
    "wie immer",
    "mehr als gedacht",
    "bei jedem Regen",
    "am Ende uns alle",
    "ohne jeden Grund",
    "nur auf dem Papier",
    "zum dritten Mal",
    "in der ganzen Region",
    "viel zu spät",
    "gerade den Jüngeren",
    "kaum jemanden",
    "so nicht weiter",
    "immerhin ein Anfang",
    "weniger als anderswo",
    "nach dem Sommer",
    "trotz aller Warnungen",
    "auch im Nachbarort",
    "für ein halbes Jahr",
    "erst nach der Wahl",
    "mit etwas Geduld",
    "auf unsere Kosten",
    "bis heute",
];
const STARTS: [&str; 24] = [
    "Ehrlich gesagt,",
    "Wie man hört,",
    "Bei uns gilt:",
    "Ich sage nur:",
    "Man muss wissen,",
    "Kurz gesagt,",
    "Und dann?",
    "Im Ernst:",
    "Zum Vergleich:",
    "Nur so viel:",
    "Wer dort wohnt, weiß:",
    "Vor zehn Jahren hieß es:",
    "Mein Nachbar sagt,",
    "Aus der Nähe gesehen,",
    "Rechnen wir nach:",
    "Schon klar,",
    "Danke für den Bericht,",
    "Eine Frage:",
    "Ganz einfach:",
    "Ich war dabei:",
    "Noch einmal:",
    "Beim Lesen fällt auf:",
    "Dazu passt:",
    "Es stimmt,",
];
const FIRST_NAMES: [&str; 40] = [
    "Anna", "Bernd", "Clara", "Dieter", "Elsa", "Franz", "Greta", "Hannes", "Ida", "Jakob", "Karla",
    "Ludwig", "Maria", "Norbert", "Olga", "Peter", "Quirin", "Rosa", "Stefan", "Theres", "Ulrich", "Vera",
    "Walter", "Xaver", "Yvonne", "Zita", "Agnes", "Bruno", "Cilli", "David", "Emil", "Frieda", "Georg",
    "Helga", "Igor", "Johanna", "Klemens", "Lotte", "Moritz", "Nora",
];
/// Written together they never look like one another.
const SYLLABLES: [&str; 16] =
    ["ba", "ke", "mu", "fo", "ri", "ta", "ne", "pu", "so", "di", "ga", "we", "hol", "zer", "lam", "gus"];

/// A name that nobody else has.
pub fn name(number: u64) -> String {
    let first = FIRST_NAMES[usize::try_from(number).unwrap_or(0) % FIRST_NAMES.len()];
    let (mut rest, mut last) = (number / FIRST_NAMES.len() as u64, String::new());
    loop {
        last.push_str(SYLLABLES[usize::try_from(rest).unwrap_or(0) % SYLLABLES.len()]);
        rest /= SYLLABLES.len() as u64;
        if rest == 0 {
            break;
        }
    }
    let (initial, others) = last.split_at(1);
    format!("{first} {}{others}ner", initial.to_uppercase())
}

/// A few words in large letters.
pub fn headline(chance: &mut Chance) -> String {
    let (noun, _) = noun(chance);
    let (other, _) = self::noun(chance);
    format!("{noun} {} {other}", chance.one_of(&VERBS))
}

/// So many sentences.
pub fn paragraph(chance: &mut Chance, sentences: usize) -> String {
    (0..sentences).map(|_| sentence(chance)).collect::<Vec<_>>().join(" ")
}

/// Mostly two or three sentences, sometimes a word, sometimes an essay, sometimes with a quotation above it.
pub fn comment(chance: &mut Chance) -> String {
    let sentences = 1 + (-(1.0 - chance.share()).ln() * 2.2) as usize;
    let mut text = String::new();
    if chance.happens(0.05) {
        text.push_str(&format!("> {}\n", sentence(chance)));
    }
    for number in 0..sentences.min(12) {
        if number > 0 {
            text.push_str(if number % 4 == 0 { "\n\n" } else { " " });
        }
        text.push_str(&sentence(chance));
    }
    text
}

fn sentence(chance: &mut Chance) -> String {
    let (noun, gender) = noun(chance);
    let (article, adjective) = (ARTICLES[gender], chance.one_of_the_first(&ADJECTIVES));
    let (verb, end) = (chance.one_of(&VERBS), chance.one_of(&ENDS));
    match chance.below(4) {
        0 => format!("{} {article} {adjective} {noun} {verb} {end}.", chance.one_of(&STARTS)),
        1 => {
            let (other, gender) = self::noun(chance);
            let article = capital(article);
            format!("{article} {noun} {verb} {end}, {} {other} auch.", ARTICLES[gender])
        }
        2 => format!("Warum {verb} {article} {adjective} {noun} {end}?"),
        _ => format!("{} {adjective} {noun} {verb} {end}.", capital(article)),
    }
}

/// Some nouns are on everybody's lips, most are rare.
fn noun(chance: &mut Chance) -> (String, usize) {
    let first = chance.one_of_the_first(&FIRST);
    let (second, gender) = chance.one_of_the_first(&SECOND);
    (format!("{first}{second}"), *gender)
}

fn capital(word: &str) -> String {
    let (initial, rest) = word.split_at(1);
    format!("{}{rest}", initial.to_uppercase())
}
