//! What the paper's configuration says about the talk: opening hours, limits, house rules.

use std::collections::BTreeMap;

use forum::Pace;
use forum::hours::{Settings, Timetable};
use moderation::Rules;
use store::Failure;
use story::Slug;

use crate::config::Config;
use crate::folder::Folder;

/// The file with the paper's house rules, in its folder.
const RULES: &str = "rules.toml";

/// When one can write: the paper's week, and that of sections with hours of their own.
pub fn timetable(config: &Config) -> Result<Timetable, Failure> {
    let paper = settings(config)?;
    let mut sections = BTreeMap::new();
    for (name, week) in &config.section_hours {
        let wrong = |what: String| Failure::new(format!("hours.sections.{name}: {what}"));
        let slug = Slug::parse(name).ok_or_else(|| wrong("that is no address of a section".to_owned()))?;
        let own: Settings =
            week.clone().try_into().map_err(|error: toml::de::Error| wrong(error.to_string()))?;
        sections.insert(slug, own.beside(&paper).hours().map_err(|trouble| wrong(trouble.to_string()))?);
    }
    let ends = u16::try_from(config.number("comments.ends_after_days")?)
        .map_err(|_| Failure::new("comments.ends_after_days: at most 65535 days"))?;
    let hours = paper.hours().map_err(|trouble| Failure::new(trouble.to_string()))?;
    Ok(Timetable::new(hours, sections, Some(ends).filter(|days| *days > 0)))
}

fn settings(config: &Config) -> Result<Settings, Failure> {
    let day = |name: &str| config.get(name).to_owned();
    let exceptions = toml::Value::Table(config.exceptions.clone())
        .try_into()
        .map_err(|error| Failure::because("hours.exceptions", error))?;
    Ok(Settings {
        zone: config.get("zone").to_owned(),
        region: config.get("hours.region").to_owned(),
        monday: day("hours.monday"),
        tuesday: day("hours.tuesday"),
        wednesday: day("hours.wednesday"),
        thursday: day("hours.thursday"),
        friday: day("hours.friday"),
        saturday: day("hours.saturday"),
        sunday: day("hours.sunday"),
        holidays: day("hours.holidays"),
        outside: day("hours.outside"),
        exceptions,
    })
}

/// How fast comments may come in, beside what one person may write (T5.3).
pub fn floods(config: &Config) -> Result<web::Floods, Failure> {
    Ok(web::Floods::new(web::FloodLimits {
        per_address: config.number("comments.per_address")?,
        per_thread: config.number("comments.per_thread")?,
        in_all: config.number("comments.in_all")?,
    }))
}

/// The shortest secret of another system, in characters: nobody guesses it however often they may try.
const SHORTEST_SECRET: usize = 32;

/// Other systems whose pages have their talk here.
pub fn embed(config: &Config) -> Result<web::Embed, Failure> {
    let secrets: Vec<&str> = config.get("embed.secret").split_whitespace().collect();
    if secrets.iter().any(|secret| secret.len() < SHORTEST_SECRET) {
        return Err(Failure::new(format!(
            "embed.secret must have at least {SHORTEST_SECRET} characters; openssl rand -hex 32 makes a good one"
        )));
    }
    Ok(web::Embed {
        sites: sites(config)?.into(),
        secrets: secrets.into_iter().map(|secret| secret.as_bytes().to_vec()).collect(),
    })
}

/// The sites of such systems.
pub fn sites(config: &Config) -> Result<web::Sites, Failure> {
    web::Sites::parse(config.get("embed.sites")).map_err(|wrong| {
        Failure::new(format!(
            "embed.sites: {wrong} is no site; write for example https://www.example.at, without a path or a slash at the end"
        ))
    })
}

/// How much one reader may write.
pub fn pace(config: &Config) -> Result<Pace, Failure> {
    Ok(Pace {
        per_minute: config.number("comments.per_minute")?,
        per_hour: config.number("comments.per_hour")?,
    })
}

/// The house rules in the paper's folder, or ours.
pub fn rules(folder: &Folder) -> Result<Rules, Failure> {
    let path = folder.path().join(RULES);
    let own = match std::fs::read_to_string(&path) {
        Ok(own) => own,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => moderation::BUILT_IN.to_owned(),
        Err(error) => return Err(Failure::because(format!("{} cannot be read", path.display()), error)),
    };
    Rules::parse(&own).map_err(|trouble| Failure::new(format!("{}: {trouble}", path.display())))
}

/// What the talk allows.
pub fn allowed(config: &Config) -> Result<web::Talk, Failure> {
    let json_ld = match config.get("comments.json_ld") {
        "yes" => true,
        "no" => false,
        other => return Err(Failure::new(format!("comments.json_ld must be yes or no, not {other}"))),
    };
    Ok(web::Talk { change_minutes: i64::from(config.number("comments.change_minutes")?), json_ld })
}
