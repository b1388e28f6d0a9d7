//! The quiz of the week: what is right is told once the answers were sent.

use std::collections::HashMap;
use std::sync::Arc;

use ::games::plays::State;
use ::games::quiz::Quiz;
use ::games::{Day, Game, Puzzle};
use axum::Router;
use axum::extract::Path;
use axum::routing::{get, post};
use theme::{QuizAnswer, QuizPage, QuizQuestion, Say};

use super::{copy, count, frame, noon, own, teasers, today, until_midnight};
use crate::{Answer, Form, Paper, Trouble, Visit};

/// Addresses of the quiz.
pub(crate) fn routes() -> Router<Arc<Paper>> {
    Router::new()
        .route("/games/quiz", get(latest))
        .route("/games/quiz/{day}", get(of_day))
        .route("/games/quiz/{day}/answers", post(answer))
}

/// A puzzle as it was kept.
pub(crate) fn read(puzzle: &Puzzle) -> Result<Quiz, Trouble> {
    Ok(serde_json::from_str(&puzzle.content).map_err(store::Failure::from)?)
}

/// `GET /games/quiz`
async fn latest(visit: Visit) -> Answer {
    let make = async {
        let today = today(&visit.paper, visit.now);
        let found = ::games::latest(&mut visit.read().await?, Game::Quiz, today).await?;
        let kept = found.ok_or(Trouble::NotFound)?;
        copy(&visit.paper, &page(&visit, &kept, None).await?)
    };
    until_midnight(&visit, make).await
}

/// `GET /games/quiz/{day}`
async fn of_day(visit: Visit, Path(day): Path<String>) -> Answer {
    let make = async {
        let kept = of(&visit, &day).await?;
        copy(&visit.paper, &page(&visit, &kept, None).await?)
    };
    until_midnight(&visit, make).await
}

/// The quiz of a Monday that has come.
async fn of(visit: &Visit, day: &str) -> Result<Puzzle, Trouble> {
    let day =
        Day::parse(day).filter(|day| *day <= today(&visit.paper, visit.now)).ok_or(Trouble::NotFound)?;
    let found = ::games::latest(&mut visit.read().await?, Game::Quiz, day).await?;
    found.filter(|puzzle| puzzle.key.day == day).ok_or(Trouble::NotFound)
}

/// `POST /games/quiz/{day}/answers`
async fn answer(visit: Visit, Path(day): Path<String>, Form(form): Form<HashMap<String, String>>) -> Answer {
    let kept = of(&visit, &day).await?;
    let quiz = read(&kept)?;
    let chosen: Vec<Option<usize>> = (1..=quiz.questions.len())
        .map(|number| form.get(&format!("q{number}")).and_then(|text| text.parse().ok()))
        .collect();
    let right = quiz.right(&chosen);
    let state = State {
        text: chosen
            .iter()
            .map(|one| one.map(|n| n.to_string()).unwrap_or_default())
            .collect::<Vec<_>>()
            .join(","),
        progress: count(chosen.iter().flatten().count()),
        elapsed: 0,
        knew: 0,
    };
    let won = right == quiz.questions.len();
    let ended = own::Ended { won, score: count(right), finished: None };
    own::remember(&visit, &kept, &state, Some(ended)).await?;
    visit.show(&page(&visit, &kept, Some(&chosen)).await?)
}

async fn page(visit: &Visit, kept: &Puzzle, chosen: Option<&[Option<usize>]>) -> Result<QuizPage, Trouble> {
    let quiz = read(kept)?;
    let day = kept.key.day;
    let url = format!("/games/quiz/{day}");
    let before = ::games::latest(&mut visit.read().await?, Game::Quiz, day.after(-1)).await?;
    let number = |n: usize| u32::try_from(n + 1).unwrap_or(0);
    let questions = quiz.questions.iter().enumerate().map(|(n, question)| {
        let picked = chosen.and_then(|chosen| chosen.get(n).copied().flatten());
        let answers = question.answers.iter().enumerate().map(|(m, text)| QuizAnswer {
            number: number(m),
            text: text.clone(),
            chosen: picked == Some(m + 1),
            right: chosen.is_some() && question.right == m + 1,
        });
        QuizQuestion {
            number: number(n),
            text: question.text.clone(),
            answers: answers.collect(),
            because: chosen.and(Some(&question.because)).filter(|text| !text.is_empty()).cloned(),
            article: chosen.and(question.article.clone()),
        }
    });
    let result = chosen.map(|chosen| {
        Say::new("say-quiz-result")
            .number("right", count(quiz.right(chosen)))
            .number("of", count(quiz.questions.len()))
    });
    Ok(QuizPage {
        frame: frame(visit, quiz.title.clone(), Some(&url)).await?,
        title: quiz.title.clone(),
        day: noon(&visit.paper, day),
        questions: questions.collect(),
        result,
        earlier: before.map(|puzzle| format!("/games/quiz/{}", puzzle.key.day)),
        more: teasers(visit, Some(Game::Quiz)).await?,
        url,
    })
}
