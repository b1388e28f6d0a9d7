//! The aid on a small talk of our own.

use super::*;

/// A made-up talk: what is rude and what is not, in many combinations.
fn talk() -> Vec<Example> {
    let rude = [
        "Du Trottel hast doch keine Ahnung!",
        "So ein Schwachsinn, geh zum Arzt!",
        "Halt die Klappe, du Idiot.",
        "Was für ein erbärmlicher Lügner!!!",
        "Diese Deppen im Rathaus, zum Kotzen 🤮",
        "DUMM DÜMMER AM DÜMMSTEN!!!",
    ];
    let calm = [
        "Danke für den Bericht, sehr informativ.",
        "Laut Statistik sind es 12 Prozent weniger als im Vorjahr.",
        "Ich sehe das anders, weil die Brücke schon alt war.",
        "Vielleicht hilft ein Blick auf die Zahlen.",
        "Die Sanierung der Schule ist beschlossen, schön!",
        "Wann fährt der erste Bus am Sonntag?",
    ];
    let topics =
        ["Budget", "Hafen", "Radweg", "Theater", "Schule", "Markt", "Tunnel", "Wald", "Messe", "Kanal"];
    let mut examples = Vec::new();
    for (topic, (rude, calm)) in
        topics.iter().flat_map(|topic| rude.iter().zip(&calm).map(move |pair| (topic, pair)))
    {
        examples.push(Example { text: format!("{rude} ({topic})"), is_risky: true });
        examples.push(Example { text: format!("{calm} Das gilt auch für: {topic}."), is_risky: false });
    }
    examples
}

fn taught() -> Model {
    train(&talk(), |_, _| {}).expect("enough texts")
}

#[test]
fn a_rude_text_has_more_risk_and_the_aid_says_which_word() {
    let model = taught();
    let rude = score(&model, "Der Bürgermeister ist ein Trottel und ein Lügner");
    let calm = score(&model, "Danke, laut Bericht ist der Radweg nun fertig.");
    assert!(rude.risk > 0.6 && rude.is_likely, "{rude:?}");
    assert!(calm.risk < 0.4 && !calm.is_likely, "{calm:?}");
    let words: Vec<&str> = rude.because.iter().map(|because| because.word.as_str()).collect();
    assert!(words.contains(&"Trottel") && words.contains(&"Lügner"), "{words:?}");
    assert!(words.len() <= REASONS && !words.contains(&"Bürgermeister"), "{words:?}");
}

#[test]
fn a_word_it_never_saw_weighs_like_its_kin() {
    let model = taught();
    let risk = |text| score(&model, text).risk;
    assert!(risk("Ihr Vollpfosten") > risk("Ihr Bäckermeister"));
}

#[test]
fn any_text_has_a_score() {
    let model = taught();
    for text in ["", " \n\t", "\0", "😂😂😂", "....", "a", &"Wort ".repeat(5_000), &"x".repeat(20_000)]
    {
        let score = score(&model, text);
        assert!((0.0..=1.0).contains(&score.risk), "{score:?}");
    }
}

#[test]
fn the_same_texts_make_the_same_model() {
    assert_eq!(taught().to_bytes(), taught().to_bytes());
}

#[test]
fn a_model_survives_its_file_and_nothing_else_is_read() {
    let model = taught();
    let bytes = model.to_bytes();
    assert_eq!(Model::from_bytes(&bytes), Ok(model));
    assert_eq!(Model::from_bytes(b""), Err(Unreadable::NotOurs));
    assert_eq!(Model::from_bytes(b"PK\x03\x04 something else"), Err(Unreadable::NotOurs));
    assert_eq!(Model::from_bytes(&bytes[..8]), Err(Unreadable::Damaged));
    let mut newer = bytes.clone();
    newer[8] = 9;
    assert_eq!(Model::from_bytes(&newer), Err(Unreadable::Version(9)));
    for at in (12..bytes.len()).step_by(97).chain([bytes.len() - 1]) {
        let mut damaged = bytes.clone();
        damaged[at] ^= 4;
        assert_eq!(Model::from_bytes(&damaged), Err(Unreadable::Damaged), "byte {at}");
        assert_eq!(Model::from_bytes(&bytes[..at]), Err(Unreadable::Damaged), "cut at {at}");
    }
}

#[test]
fn too_few_texts_teach_nothing() {
    let few: Vec<Example> = talk().into_iter().take(12).collect();
    assert_eq!(train(&few, |_, _| {}), Err(TooFew { risky: 6, others: 6 }));
}

#[test]
fn measuring_beats_chance_on_our_talk_and_says_so_the_same_way_twice() {
    let examples = talk();
    let once = measure(&examples, 3, 1, |_, _| {}).expect("enough texts");
    let (aid, chance, all) = (once.mean(Method::Aid), once.mean(Method::Chance), once.mean(Method::All));
    assert!(aid.auc > 0.9 && aid.macro_f1 > 0.8, "{aid:?}");
    assert!((0.25..0.75).contains(&chance.auc), "{chance:?}");
    assert!(all.macro_f1 < 0.4 && all.auc == 0.5, "{all:?}");
    assert_eq!(once.tenths.iter().map(|tenth| tenth.texts).sum::<usize>(), examples.len());
    let twice = measure(&examples, 3, 1, |_, _| {}).expect("enough texts");
    assert_eq!(once.mean(Method::Aid), twice.mean(Method::Aid));
}

#[test]
fn a_curve_rises_or_is_flat() {
    let labels: Vec<bool> = (0..100).map(|n| n % 2 == 0).collect();
    let good: Vec<f64> = labels.iter().map(|label| if *label { 1.0 } else { -1.0 }).collect();
    let bad: Vec<f64> = good.iter().map(|sum| -sum).collect();
    assert!(curve(&good, &labels).0 > 1.0);
    assert_eq!(curve(&bad, &labels).0, 0.0);
}
