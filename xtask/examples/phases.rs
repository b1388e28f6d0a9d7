//! What the phases cost: a million comments through all of them with 5,000 word rules, in memory and on one core; then texts and rules that
//! are meant to be slow. Called by `cargo xtask bench phases`; `phases COMMENTS` takes another number.

use std::hint::black_box;
use std::time::Instant;

use moderation::Rules;
use moderation::phases::{Caution, Matter, Mode, Record, Standing, consider};
use moderation::words::{Action, Draft, RuleId, WordRules, starters};
use store::Time;

const RULES: usize = 5000;

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

fn main() -> Outcome<()> {
    let count: usize = std::env::args().nth(1).map_or(Ok(1_000_000), |text| text.parse())?;
    let mut chance = Chance(1);
    let started = Instant::now();
    let words = WordRules::new(rules(&mut chance)?)?;
    println!("{} word rules made ready in {:.0} ms", words.count(), started.elapsed().as_secs_f64() * 1e3);
    through_all_phases(&words, &mut chance, count);
    hostile_texts(&words);
    hostile_rules()
}

/// Those that the house proposes, and as many made-up words as it takes.
fn rules(chance: &mut Chance) -> Outcome<Vec<(RuleId, Draft)>> {
    let house = Rules::parse(moderation::BUILT_IN)?;
    let refused = |refusal: moderation::words::Refusal| format!("{refusal:?}");
    let mut drafts = Vec::new();
    for starter in starters()? {
        drafts.push(starter.under(&house, "2.1").map_err(refused)?);
    }
    while drafts.len() < RULES {
        let (word, stars) = (chance.word(3), chance.below(4));
        let form = match stars {
            0 => format!("*{word}"),
            1 => format!("{word}*"),
            2 => format!("*{word}*"),
            _ => word,
        };
        drafts.push(Draft::parse(&house, &form, "", "2.1", Action::Hold, "").map_err(refused)?);
    }
    Ok((1..).map(RuleId).zip(drafts).collect())
}

fn through_all_phases(words: &WordRules, chance: &mut Chance, count: usize) {
    let texts: Vec<String> = (0..10_000).map(|_| chance.comment()).collect();
    let letters: usize = texts.iter().map(|text| text.chars().count()).sum();
    println!("comments of {} characters on average", letters / texts.len());
    let caution = Caution { alike: 3, refused_percent: 50, refused_days: 30, thread_comments: 100 };
    let mode = Mode { newcomers: 3, links: true, risk: Some(80), relief: Some(30), ..Mode::default() };
    let record = Record { approved: 12, written: 40, refused: 3, ..Record::default() };
    let (started, mut found) = (Instant::now(), 0);
    for text in texts.iter().cycle().take(count) {
        let matter = Matter {
            text,
            standing: Standing::Reader,
            talk_waits: false,
            mode,
            caution,
            words,
            record,
            risk: Some(0.3),
            now: Time(0),
        };
        found += usize::from(black_box(consider(&matter)).is_some());
    }
    let seconds = started.elapsed().as_secs_f64();
    println!(
        "{count} comments through all phases: {:.0} comments/s on one core, {:.1} us each; {:.1} % do not simply appear",
        count as f64 / seconds,
        seconds * 1e6 / count as f64,
        found as f64 * 100.0 / count as f64,
    );
}

/// Twice the text takes twice the time, whatever it consists of.
fn hostile_texts(words: &WordRules) {
    println!("hostile texts, nanoseconds per byte at 50 kB, 100 kB, 200 kB, 400 kB:");
    let pieces = [
        ("one letter", "a"),
        ("almost a word", "arscharschloc"),
        ("a word without an end", "idiot"),
        ("letters that stand alone", "a r s c h "),
        ("signs between letters", "a.r.s*c1h!"),
        ("digits for letters", "4r5ch10ch1d10t "),
        ("doubled letters", "aarrsscchh "),
        ("umlauts", "äöüÄÖÜß"),
        ("other alphabets", "Аrѕсhідіот"),
    ];
    for (name, piece) in pieces {
        let times = [1, 2, 4, 8].map(|times| {
            let text = piece.repeat(50_000 * times / piece.len());
            let rounds = 3;
            let started = Instant::now();
            for _ in 0..rounds {
                black_box(words.first(black_box(&text)));
            }
            started.elapsed().as_secs_f64() * 1e9 / (rounds * text.len()) as f64
        });
        println!("  {name}: {}", times.map(|time| format!("{time:.0}")).join(", "));
    }
}

/// Rules that all begin alike and end alike, so that as many as possible end at each place.
fn hostile_rules() -> Outcome<()> {
    let house = Rules::parse(moderation::BUILT_IN)?;
    println!(
        "hostile rules (*abab*, *ababab* … and the same word a thousand times), nanoseconds per byte at 50 kB and 400 kB:"
    );
    let nested = (2..29).map(|times| format!("*{}*", "ab".repeat(times)));
    let alike = (0..1000).map(|_| "*abab*".to_owned());
    for (name, forms) in [("nested", nested.collect::<Vec<_>>()), ("alike", alike.collect())] {
        let drafts = forms.iter().map(|form| Draft::parse(&house, form, "", "2.1", Action::Hold, ""));
        let drafts = drafts.collect::<Result<Vec<_>, _>>().map_err(|refusal| format!("{refusal:?}"))?;
        let words = WordRules::new((1..).map(RuleId).zip(drafts).collect())?;
        let times = [25_000, 200_000].map(|times| {
            let text = "ab".repeat(times);
            let started = Instant::now();
            black_box(words.first(black_box(&text)));
            started.elapsed().as_secs_f64() * 1e9 / text.len() as f64
        });
        println!("  {name}: {}", times.map(|time| format!("{time:.0}")).join(", "));
    }
    Ok(())
}

/// Numbers from a seed (xorshift), so that every run reads the same texts.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 11).unwrap_or(0) % limit
    }

    /// A word that sounds German and means nothing.
    fn word(&mut self, syllables: usize) -> String {
        const BEGINS: &[&str] = &[
            "b", "d", "f", "g", "gl", "h", "k", "kr", "l", "m", "n", "p", "r", "s", "sch", "st", "t", "tr",
            "w", "z",
        ];
        const MIDDLES: &[&str] = &["a", "e", "i", "o", "u", "au", "ei", "ie", "ä", "ö", "ü"];
        const ENDS: &[&str] = &["", "", "l", "n", "r", "s", "t", "ck", "ll", "nd", "ng", "cht", "ss"];
        let parts = [BEGINS, MIDDLES, ENDS];
        (0..syllables).flat_map(|_| parts).map(|list| list[self.below(list.len())]).collect()
    }

    /// 10 to 60 words with punctuation, some of them with a number, a hyphen or an address.
    fn comment(&mut self) -> String {
        let mut text = String::new();
        for _ in 0..10 + self.below(50) {
            let syllables = 1 + self.below(3);
            let word = self.word(syllables);
            text.push_str(&word);
            text.push_str(match self.below(60) {
                0 => ". ",
                1 => ", ",
                2 => "! ",
                3 => " 2026 ",
                4 => "-",
                5 => " z.B. ",
                _ => " ",
            });
        }
        if self.below(100) == 0 {
            text.push_str("https://example.at/seite");
        }
        text
    }
}
