//! What the paper's configuration says about the talk: opening hours, limits, house rules.

use forum::hours::Settings;
use forum::{Hours, Pace};
use moderation::Rules;
use store::Failure;

use crate::config::Config;
use crate::folder::Folder;

/// The file with the paper's house rules, in its folder.
const RULES: &str = "rules.toml";

/// When one can write.
pub fn hours(config: &Config) -> Result<Hours, Failure> {
    let day = |name: &str| config.get(name).to_owned();
    let exceptions = toml::Value::Table(config.exceptions.clone())
        .try_into()
        .map_err(|error| Failure::because("hours.exceptions", error))?;
    let settings = Settings {
        zone: config.get("zone").to_owned(),
        monday: day("hours.monday"),
        tuesday: day("hours.tuesday"),
        wednesday: day("hours.wednesday"),
        thursday: day("hours.thursday"),
        friday: day("hours.friday"),
        saturday: day("hours.saturday"),
        sunday: day("hours.sunday"),
        holidays: day("hours.holidays"),
        exceptions,
    };
    settings.hours().map_err(|trouble| Failure::new(trouble.to_string()))
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
