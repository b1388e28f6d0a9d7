//! Word rules at the desk.

use story::Language;

use super::{ago, house, own_frame};
use crate::pages::{
    CaughtView, DeskWordsPage, Kind, Say, StarterView, TrialView, WordRuleForm, WordRuleView,
};

pub(crate) fn words(language: Language) -> Vec<(&'static str, DeskWordsPage)> {
    let rule = |id: i64, action: &str| WordRuleView {
        id,
        forms: "Donaudampfschifffahrtsgesellschaftsdolm, *Tölpel*, =Gsindl, halt den <Rand>".into(),
        exceptions: if id > 1 { "Basstölpel*".into() } else { String::new() },
        clause: "4.1".into(),
        action: action.into(),
        reason: if action == "withhold" {
            "Schimpfwörter & <Flüche> erscheinen nicht.".into()
        } else {
            String::new()
        },
        tried: 812,
        caught: id,
        fine: id - 1,
        by: "Ulla <Berger>".into(),
        at: ago(600),
        change: format!("/desk/moderation/words?change={id}"),
        end: format!("/desk/moderation/words/{id}/end"),
    };
    let caught = |n: i64, fine| CaughtView {
        url: format!("/comments/{n}"),
        text: "Der <Tölpel> vom Amt hat schon wieder nichts gesehen.".into(),
        found: "<Tölpel>".into(),
        at: ago(n * 90),
        fine,
    };
    let page = DeskWordsPage {
        frame: own_frame(language, Kind::Desk, "Wortregeln"),
        rules: vec![rule(2, "withhold"), rule(1, "hold")],
        form: WordRuleForm { forms: "*Tölpel*".into(), clause: "4.1".into(), ..WordRuleForm::default() },
        trial: Some(TrialView {
            tried: 812,
            caught: 2,
            fine: 1,
            examples: vec![caught(1, true), caught(2, false)],
        }),
        starters: vec![StarterView {
            key: "insults".into(),
            url: "/desk/moderation/words?starter=insults".into(),
        }],
        clauses: house::clauses(),
        notice: Some(Say::new("say-words-started")),
    };
    let refused = DeskWordsPage {
        rules: Vec::new(),
        form: WordRuleForm {
            replaces: "2".into(),
            forms: "ab".into(),
            error: Some((
                "forms".into(),
                Say::new("say-words-short").text("word", "a<b").number("fewest", 3),
            )),
            ..WordRuleForm::default()
        },
        trial: None,
        notice: None,
        ..page.clone()
    };
    let nothing = DeskWordsPage {
        trial: Some(TrialView { tried: 0, caught: 0, fine: 0, examples: Vec::new() }),
        form: WordRuleForm::default(),
        ..refused.clone()
    };
    vec![("desk-words", page), ("desk-words-refused", refused), ("desk-words-nothing", nothing)]
}
