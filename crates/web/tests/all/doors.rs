//! Every address with every method, tried by everybody who may not: T4.2, deny by default.
//!
//! The addresses are read from the sources of this crate, so that a new one is tried on the day it is written. What stands in no
//! line of [`OPEN_TO`] must be closed to whoever is not signed in; below `/desk` everything must be named.

use std::collections::BTreeSet;
use std::path::Path;

use http::StatusCode;
use reader::{ReaderId, Role};
use store::Db;
use store::testing::on_both;
use web::Mailbox;

use crate::cast::{self, Answer, Browser, Door, ROOMS, article, guarded_paper, paper, person, signed_in};

type Failed = Box<dyn std::error::Error>;

/// For whom an address is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Who {
    Everybody,
    SignedIn,
    Moderator,
    Editor,
    Administrator,
}

/// Doors that want more of a form than that a word is in each field: they refuse it before they ask who sends it.
const UNREADABLE: &[&str] = &[
    "post /comments/{id}/votes",
    "post /desk/benefits/draws/{id}",
    "post /desk/benefits/members/{id}/end",
    "post /desk/benefits/offers/{id}/withdrawal",
    "post /{section}/{slug}/comments",
];

/// The first line that fits counts. A method with a line of its own stands before the others.
const OPEN_TO: &[(&str, &str, Who)] = &[
    ("", "/desk/mail", Who::Administrator),
    ("", "/desk/jobs", Who::Administrator),
    ("", "/desk/record", Who::Administrator),
    ("", "/desk/record.csv", Who::Administrator),
    ("", "/desk/benefits/members", Who::Administrator),
    ("", "/desk/benefits/tiers", Who::Administrator),
    ("", "/desk/benefits/subscriptions", Who::Administrator),
    ("", "/desk/benefits/partners", Who::Administrator),
    ("", "/desk/benefits", Who::Editor),
    ("", "/desk/games", Who::Editor),
    ("", "/desk/articles", Who::Editor),
    ("", "/desk/moderation", Who::Moderator),
    ("get", "/desk", Who::Moderator),
    ("", "/comments/{id}/removal", Who::Moderator),
    ("", "/comments/{id}/restoration", Who::Moderator),
    ("", "/comments/{id}/feature", Who::Moderator),
    ("", "/readers/{id}/verification", Who::Moderator),
    // A secret stands in the address.
    ("", "/account/mail/{token}", Who::Everybody),
    ("", "/account/link/{token}", Who::Everybody),
    ("", "/account/address/returns/{undo}", Who::Everybody),
    ("", "/account", Who::SignedIn),
    ("", "/benefits/partner", Who::SignedIn),
    ("", "/benefits/card", Who::SignedIn),
    ("get", "/{section}/{slug}/comments/mine", Who::SignedIn),
    // What programs sign or show, and what brings a session instead of needing one.
    ("post", "/api/", Who::Everybody),
    ("post", "/login", Who::Everybody),
    ("post", "/register", Who::Everybody),
    ("post", "/logout", Who::Everybody),
    // Games are free for everybody.
    ("post", "/games/", Who::Everybody),
    ("post", "", Who::SignedIn),
    ("get", "", Who::Everybody),
];

fn open_to(method: &str, path: &str) -> Who {
    let fits = |line: &&(&str, &str, Who)| {
        (line.0.is_empty() || line.0 == method)
            && match line.1.strip_suffix('/') {
                Some(folder) => path.starts_with(folder),
                None => {
                    line.1.is_empty()
                        || path
                            .strip_prefix(line.1)
                            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
                }
            }
    };
    let (_, place, who) = OPEN_TO.iter().find(fits).expect("the last lines fit everything");
    assert!(
        !path.starts_with("/desk/") || place.len() > "/desk".len(),
        "{path} is at the desk, and nothing says for whom"
    );
    *who
}

/// A method at an address, and the forms that may be meant for it.
struct Knob {
    method: &'static str,
    address: String,
    forms: Vec<Vec<String>>,
}

impl std::fmt::Display for Knob {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.method, self.address)
    }
}

/// Each door there is.
fn doors() -> Vec<Knob> {
    let sources = sources();
    // A form may stand in another file than its route: those of the same file are tried first.
    let all: Vec<Vec<String>> = sources.iter().flat_map(|source| forms_in(source)).collect();
    let mut doors: Vec<Knob> = sources.iter().flat_map(|source| doors_in(source)).collect();
    doors.iter_mut().for_each(|door| door.forms.extend(all.iter().cloned()));
    doors
}

fn sources() -> Vec<String> {
    let mut sources = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder of sources") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|kind| kind == "rs") {
                sources.push(std::fs::read_to_string(&path).expect("a source"));
            }
        }
    }
    sources
}

fn doors_in(source: &str) -> Vec<Knob> {
    let mut doors = Vec::new();
    for route in source.split(".route(").skip(1) {
        let (mut depth, mut end) = (1, route.len());
        for (at, letter) in route.char_indices() {
            match letter {
                '(' => depth += 1,
                ')' => depth -= 1,
                _ => continue,
            }
            if depth == 0 {
                end = at;
                break;
            }
        }
        let (address, methods) =
            route[..end].trim().split_once(',').expect("an address and what answers there");
        let address = match address.strip_prefix('"') {
            Some(literal) => literal.trim_end_matches('"').to_owned(),
            None => constant(source, address),
        };
        for method in ["get", "post", "put", "delete", "any"] {
            let called = |(at, _): (usize, &str)| {
                !methods[..at].ends_with(|before: char| before.is_alphanumeric() || before == '_')
            };
            if methods.match_indices(&format!("{method}(")).any(called) {
                doors.push(Knob { method, address: address.clone(), forms: forms_in(source) });
            }
        }
    }
    doors
}

fn constant(source: &str, name: &str) -> String {
    let line = source.split(&format!("const {name}: &str = \"")).nth(1).expect("a constant of this file");
    line.split('"').next().expect("a text").to_owned()
}

/// An address with something in its blanks, so that it leads to what is there.
fn filled_in(address: &str) -> String {
    let values = [
        ("{section}/{slug}", "chronik/feuer-im-hafen"),
        ("{section}", "chronik"),
        ("{day}", "2026-11-24"),
        ("{game}/{level}", "sudoku/easy"),
        ("{level}", "easy"),
        ("{case}", "w1"),
    ];
    let mut path = address.to_owned();
    for (blank, value) in values {
        path = path.replace(blank, value);
    }
    while let Some((before, after)) = path.split_once('{') {
        let after = after.split_once('}').map_or("", |(_, after)| after);
        path = format!("{before}1{after}");
    }
    path
}

/// Sent away to sign in, or told that this is not theirs; what hides its being there says 404.
fn is_turned_away(answer: &Answer) -> bool {
    let away = ["/login", "/account/second-factor"];
    match answer.status {
        StatusCode::SEE_OTHER => away.iter().any(|door| answer.header("location").starts_with(door)),
        status => [StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN, StatusCode::NOT_FOUND].contains(&status),
    }
}

/// The fields of each form that a source reads.
fn forms_in(source: &str) -> Vec<Vec<String>> {
    let forms =
        source.split("Deserialize").skip(1).filter_map(|rest| rest.split_once("struct ")?.1.split_once('{'));
    forms
        .map(|(_, rest)| {
            let fields = rest.split("\n}").next().unwrap_or_default().lines().map(str::trim);
            let named =
                fields.filter(|line| !line.starts_with(['/', '#'])).filter_map(|line| line.split_once(": "));
            named
                .map(|(name, _)| name.trim_start_matches("pub ").trim_start_matches("pub(crate) ").to_owned())
                .collect()
        })
        .collect()
}

/// Comes to a door, with a form that can be read if there is one, so that nobody is refused for that alone.
async fn knock(house: &Door, token: &Option<String>, door: &Knob) -> Result<Answer, Failed> {
    let path = filled_in(&door.address);
    if door.method == "get" {
        return Browser::with(token.clone()).get(house, &path).await;
    }
    let mut answer = Browser::with(token.clone()).post(house, &path, &[]).await?;
    for form in &door.forms {
        if answer.status != StatusCode::UNPROCESSABLE_ENTITY {
            break;
        }
        let fields: Vec<(&str, &str)> = form.iter().map(|name| (name.as_str(), "1")).collect();
        answer = Browser::with(token.clone()).post(house, &path, &fields).await?;
    }
    Ok(answer)
}

async fn people(db: &Db) -> Result<Vec<(Who, ReaderId)>, Failed> {
    let mut people = Vec::new();
    for (who, name, role) in [
        (Who::SignedIn, "Anna Berger", Role::Reader),
        (Who::Moderator, "Mo Desk", Role::Moderator),
        (Who::Editor, "Eva Blatt", Role::Editor),
        (Who::Administrator, "Chris Haus", Role::Administrator),
    ] {
        let mail = format!("{}@example.org", name.split(' ').next().unwrap_or(name));
        people.push((who, person(db, name, &mail, role).await?));
    }
    Ok(people)
}

on_both!(t4_2_whoever_may_not_is_turned_away_at_every_door, ROOMS, |db| async move {
    article(&db).await?;
    let people = people(&db).await?;
    let house = paper(db.clone(), Mailbox::Administrators)?;
    let ended = signed_in(&db, people[0].1).await?.token;
    let mut tx = db.begin().await?;
    reader::end_all(&mut tx, people[0].1, reader::Why::SignedOut, cast::MORNING).await?;
    tx.commit().await?;
    let mut browsers = vec![(Who::Everybody, None), (Who::Everybody, ended)];
    for (who, id) in &people[1..] {
        browsers.push((*who, signed_in(&db, *id).await?.token));
    }
    let reader = person(&db, "Ben Leser", "ben@example.org", Role::Reader).await?;
    browsers.push((Who::SignedIn, signed_in(&db, reader).await?.token));
    let (mut wrong, mut tried, mut unreadable) = (Vec::new(), 0, BTreeSet::new());
    for door in doors() {
        let needed = open_to(door.method, &door.address);
        for (who, token) in browsers.iter().filter(|(who, _)| *who < needed) {
            let answer = knock(&house, token, &door).await?;
            tried += 1;
            if answer.status == StatusCode::UNPROCESSABLE_ENTITY {
                unreadable.insert(door.to_string());
            } else if !is_turned_away(&answer) {
                wrong.push(format!("{door} let in {who:?} ({needed:?} needed): {}", answer.status));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(unreadable.iter().map(String::as_str).collect::<Vec<_>>(), UNREADABLE);
    assert!(tried > 200, "only {tried} were tried");
    Ok(())
});

on_both!(t4_2_whoever_may_is_let_in_and_nothing_breaks, ROOMS, |db| async move {
    article(&db).await?;
    let people = people(&db).await?;
    let house = paper(db.clone(), Mailbox::Administrators)?;
    for (who, id) in people {
        let token = signed_in(&db, id).await?.token;
        for door in
            doors().into_iter().filter(|door| door.method == "get" && !door.address.ends_with("/live"))
        {
            let needed = open_to(door.method, &door.address);
            let answer = knock(&house, &token, &door).await?;
            assert!(
                answer.status.as_u16() < 500 || answer.status == StatusCode::SERVICE_UNAVAILABLE,
                "{door}: {}",
                answer.status
            );
            if who >= needed && needed >= Who::Moderator && !door.address.contains('{') {
                assert!(!is_turned_away(&answer), "{door} turned away {who:?}: {}", answer.status);
            }
        }
    }
    Ok(())
});

on_both!(t3_2_without_a_second_factor_the_desk_stays_shut, ROOMS, |db| async move {
    article(&db).await?;
    let people = people(&db).await?;
    let house = guarded_paper(db.clone())?;
    for (_, id) in &people[1..] {
        let token = signed_in(&db, *id).await?.token;
        for door in doors().into_iter().filter(|door| open_to(door.method, &door.address) >= Who::Moderator) {
            let answer = knock(&house, &token, &door).await?;
            let refused = is_turned_away(&answer) || UNREADABLE.contains(&door.to_string().as_str());
            assert!(refused, "{door}: {}", answer.status);
        }
    }
    Ok(())
});
