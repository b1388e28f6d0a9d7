//! What the word rules catch and what they must not, as a table; and that no text and no rule makes them slow.

use proptest::prelude::*;

use super::normal::Normal;
use super::*;

fn rule(forms: &str) -> Draft {
    Draft {
        forms: Forms::parse(forms).unwrap_or_else(|refusal| panic!("{forms}: {refusal:?}")),
        exceptions: Forms::default(),
        clause: "2.1".to_owned(),
        action: Action::Hold,
        reason: String::new(),
    }
}

fn with(mut drafts: Vec<Draft>, change: impl Fn(&mut Draft)) -> WordRules {
    drafts.iter_mut().for_each(change);
    WordRules::new((1..).map(RuleId).zip(drafts).collect()).expect("rules")
}

fn rules(forms: &[&str]) -> WordRules {
    with(forms.iter().map(|forms| rule(forms)).collect(), |_| {})
}

#[test]
fn german_words_are_caught_in_all_their_forms_and_others_are_not() {
    let (mut wrong, mut forms, mut current) = (Vec::new(), 0, None);
    for line in include_str!("german.txt").lines() {
        let Some((sign, rest)) = line.split_once(' ') else { continue };
        if sign == "=" {
            current = Some((rest, rules(&[rest])));
        }
        let (true, Some((name, rules))) = (["+", "-"].contains(&sign), &current) else { continue };
        for text in rest.split(" · ") {
            // The words around it are no part of the form.
            let said = format!("Na ja, {text} wieder einmal");
            forms += 1;
            if rules.first(&said).is_some() != (sign == "+") {
                wrong.push(format!("{name}: {sign} {text}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {forms}:\n{}", wrong.len(), wrong.join("\n"));
    assert!(forms >= 400, "{forms} forms");
}

#[test]
fn what_was_found_is_shown_as_it_was_written() {
    #[track_caller]
    fn check(forms: &str, text: &str, expected: &str) {
        assert_eq!(rules(&[forms]).first(text).map(|hit| hit.found), Some(expected));
    }
    check("Idiot", "Du bist ein Idiot, wirklich.", "Idiot");
    check("Idiot", "Du bist ein 1d10t, wirklich.", "1d10t");
    check("*idiot", "Alles Vollidioten!", "Vollidioten");
    check("halt die Fresse", "Ach, halt die Fresse!", "halt die Fresse");
    check("Depp", "So ein D e p p aber auch", "D e p p");
    check("Nutte", "Ärger über Nuttttten", "Nuttttten");
}

#[test]
fn what_keeps_a_text_out_goes_before_what_has_it_wait() {
    let rules = with(vec![rule("Depp"), rule("Idiot"), rule("Idiot, Trottel")], |draft| {
        if draft.forms.to_string().contains("Trottel") {
            draft.action = Action::Withhold;
        }
    });
    let found = |text| rules.first(text).map(|hit| (hit.id, hit.rule.action));
    assert_eq!(found("Ein Depp und ein Trottel."), Some((RuleId(3), Action::Withhold)));
    assert_eq!(found("Ein Depp und ein Idiot."), Some((RuleId(3), Action::Withhold)));
    assert_eq!(found("Ein Depp."), Some((RuleId(1), Action::Hold)));
    assert_eq!(found("Ein Satz."), None);
    assert_eq!(WordRules::default().first("Ein Depp."), None);
}

#[test]
fn an_exception_of_one_rule_holds_for_all_but_never_for_the_very_same_word() {
    let rules = with(vec![rule("*jäger*"), rule("Schürzenjäger"), rule("*schürze*")], |draft| {
        draft.exceptions = Forms::parse("Schürzenjäger*").expect("exceptions");
    });
    assert_eq!(rules.first("Ein Schürzenjäger.").map(|hit| hit.id), Some(RuleId(2)));
    assert_eq!(rules.first("Ein Jäger.").map(|hit| hit.id), Some(RuleId(1)));
    assert_eq!(rules.first("Eine Schürze.").map(|hit| hit.id), Some(RuleId(3)));
    let hits = rules.hits("Der Schürzenjägerjäger").map(|hit| hit.id).collect::<Vec<_>>();
    assert_eq!(hits, [RuleId(1)], "only the second hunter is meant");
}

#[test]
fn addresses_hide_nothing_and_their_words_are_read() {
    let rules = rules(&["Arsch", "Idiot"]);
    assert!(rules.first("https://example.at/a-r-s-c-h").is_none());
    assert!(rules.first("anna.r-s-ch@example.at").is_none());
    assert!(rules.first("https://arsch.example.at/").is_some());
    assert!(rules.first("post@idiot.example").is_some());
}

#[test]
fn every_word_of_our_own_lists_is_one() {
    let lines = include_str!("innocent.txt").lines().filter(|line| !line.starts_with('#'));
    for word in lines.flat_map(str::split_whitespace) {
        assert!(Form::parse(&word.replace('_', " ")).is_ok(), "{word}");
    }
    let starters = starters().expect("the proposals");
    assert!(!starters.is_empty());
    let house = Rules::parse(crate::BUILT_IN).expect("rules");
    for starter in starters {
        let draft = starter.under(&house, "2.1").expect("a rule");
        assert!(rules(&[&draft.forms.to_string()]).first("Ein ganz gewöhnlicher Satz.").is_none());
    }
}

#[test]
fn a_rule_says_what_is_missing() {
    let house = Rules::parse(crate::BUILT_IN).expect("rules");
    let check = |forms: &str, clause: &str, action, reason: &str| {
        Draft::parse(&house, forms, "", clause, action, reason).map(|draft| draft.forms.to_string())
    };
    assert_eq!(check("Idiot,\n *depp ;", "2.1", Action::Hold, ""), Ok("Idiot, *depp".to_owned()));
    assert_eq!(check(" , ", "2.1", Action::Hold, ""), Err(Refusal::NoWord { word: String::new() }));
    assert_eq!(check("Idiot", "9.9", Action::Hold, ""), Err(Refusal::UnknownClause));
    assert_eq!(check("Idiot", "4.1", Action::Hold, ""), Err(Refusal::UnknownClause));
    assert_eq!(check("Idiot", "2.1", Action::Withhold, " "), Err(Refusal::NoReason));
    assert_eq!(check("Idiot", "2.1", Action::Hold, "\0"), Err(Refusal::NoReason));
    let long = "x".repeat(1001);
    assert_eq!(check("Idiot", "2.1", Action::Hold, &long), Err(Refusal::LongReason { longest: 1000 }));
    let many = "Idiot,".repeat(MOST_FORMS + 1);
    assert_eq!(check(&many, "2.1", Action::Hold, ""), Err(Refusal::ManyWords { most: MOST_FORMS }));
}

#[test]
fn t1_8_the_normal_form_is_a_few_times_as_long_as_its_text_at_most() {
    for piece in [
        "a",
        "a ",
        "1",
        "1a",
        "a*",
        "!",
        "aa",
        "aaa ",
        "ä",
        "4rsch ",
        "a.r.s.c.h",
        "ß",
        "𝔄",
        "\u{301}",
        "@a ",
    ] {
        let text = piece.repeat(2000);
        let normal = Normal::of(&text);
        let length = normal.words.bytes.len() + normal.stretched.bytes.len() + normal.doubled.bytes.len();
        assert!(length <= 8 * text.len() + 16, "{piece}: {length} of {}", text.len());
    }
}

proptest! {
    // Each case makes automatons.
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn t1_8_no_text_breaks_the_rules(text in "\\PC{0,300}") {
        let rules = rules(&["*arsch*", "Idiot", "halt die Fresse", "ficken"]);
        for hit in rules.hits(&text) {
            prop_assert!(text.contains(hit.found));
        }
    }

    #[test]
    fn no_form_breaks_the_engine(form in "[*=]?[a-zäöüßA-Z0-9 *.]{0,30}[*]?") {
        if let Ok(parsed) = Form::parse(&form) {
            let rules = rules(&[parsed.as_str()]);
            let bare = parsed.as_str().trim_matches(['*', '=']);
            // Unless its parts are taken apart by signs or digits, or a letter doubled may be one stretched, a form is found as
            // it is written.
            let letters: Vec<char> = bare.to_lowercase().chars().collect();
            let doubles = letters.windows(2).any(|pair| pair[0] == pair[1]);
            if !doubles && letters.iter().all(|letter| letter.is_alphabetic() || *letter == ' ') {
                prop_assert!(rules.first(bare).is_some(), "{bare}");
            }
        }
    }
}
