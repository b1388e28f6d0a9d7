//! The paper's configuration: one TOML file in its folder, every key also an environment variable.
//!
//! This is the one place that reads either. The keys stand in one table with their defaults, so that
//! `blatt config` can say of each where its value came from. A key nobody knows is refused with its name:
//! a slip of the pen should not silently leave a default in place.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use store::Failure;

/// One key: its name in the file (a dot means a table), its default, and what it is for.
struct Key {
    name: &'static str,
    default: &'static str,
    what: &'static str,
}

const fn key(name: &'static str, default: &'static str, what: &'static str) -> Key {
    Key { name, default, what }
}

const KEYS: &[Key] = &[
    key("name", "Blatt", "the paper's name"),
    key("claim", "", "one line under the name"),
    key("place", "", "where it is made"),
    key("founded", "", "the year of its first issue"),
    key("publisher", "", "who publishes it"),
    key("contact", "", "address and telephone of the newsroom, parts separated by |"),
    key("report_mail", "", "mail address of the reporting-and-redress office"),
    key("address", "http://localhost:8080", "where readers reach it, without a slash at the end"),
    key("listen", "127.0.0.1:8080", "address and port to serve on; put a TLS proxy before it"),
    key(
        "accent",
        "",
        "the paper's colour as three of #rrggbb: the colour, what is printed on it, its tint; empty: ours",
    ),
    key("accent_dark", "", "the same three in the dark scheme; needed with accent"),
    key("zone", "Europe/Vienna", "the zone its hours and dates are told in (IANA name)"),
    key("language", "de-AT", "the language of its own words: de-AT, de-DE, de-CH or en-GB"),
    key("database", "", "postgres://… for a paper on PostgreSQL; empty: paper.db in its folder"),
    key("pages_mb", "64", "memory for pages kept ready, in MB"),
    key("voices", "1", "how many voices read aloud at the same time; 0 turns reading aloud off"),
    key("trusted_proxies", "", "addresses whose X-Forwarded-For counts, separated by spaces"),
    key("hours.monday", "06:00-20:00", "when one can write; several windows separated by commas, or closed"),
    key("hours.tuesday", "06:00-20:00", "the same for Tuesday"),
    key("hours.wednesday", "06:00-20:00", "the same for Wednesday"),
    key("hours.thursday", "06:00-20:00", "the same for Thursday"),
    key("hours.friday", "06:00-20:00", "the same for Friday"),
    key("hours.saturday", "06:00-20:00", "the same for Saturday"),
    key("hours.sunday", "06:00-20:00", "the same for Sunday"),
    key(
        "hours.region",
        "AT",
        "whose public holidays: AT, DE, CH or one of their states, such as AT-9, DE-BY, CH-ZH",
    ),
    key(
        "hours.holidays",
        "sunday",
        "Austrian public holidays: the name of a weekday, as usual, closed, or windows",
    ),
    key(
        "hours.outside",
        "closed",
        "what holds outside of these windows: closed, or waiting (comments are taken and appear once the desk has read them)",
    ),
    key("comments.per_minute", "5", "comments one reader may write in a minute"),
    key("comments.ends_after_days", "0", "days after which a talk is over for good; 0: never"),
    key("comments.per_hour", "60", "comments one reader may write in an hour"),
    key("comments.change_minutes", "5", "minutes in which an author may change a comment; 0: never"),
    key("comments.json_ld", "yes", "whether a thread's page tells search engines its comments: yes or no"),
    key(
        "embed.sites",
        "",
        "sites of other systems whose articles are talked about here, such as https://www.example.at, separated by spaces",
    ),
    key(
        "embed.secret",
        "",
        "what such a system shows when it announces an article; two, with a space between, while one is replaced; better given as BLATT_EMBED_SECRET",
    ),
    key(
        "benefits.hook_secret",
        "",
        "what the subscription system signs with; two, with a space between, while one is replaced; better given as BLATT_BENEFITS_HOOK_SECRET",
    ),
    key("comments.per_address", "60", "comments from one address (IPv6: one /64) in a minute"),
    key("comments.per_thread", "600", "comments in one thread in a minute"),
    key("comments.in_all", "6000", "comments in the whole paper in a minute"),
    key(
        "staff.second_factor",
        "yes",
        "whether people who work for the paper show a second factor: yes or no",
    ),
    key(
        "login.issuer",
        "",
        "the https:// address of a provider of logins (OpenID Connect); empty: readers sign in here only",
    ),
    key("login.client_id", "", "what the provider calls this paper"),
    key(
        "login.client_secret",
        "",
        "what the paper shows the provider; empty if it needs nothing; better given as BLATT_LOGIN_CLIENT_SECRET",
    ),
    key("login.label", "", "what readers call the provider; empty: its host"),
    key("smtp.host", "", "the mail server; empty: letters are kept and shown at /desk/mail"),
    key("smtp.port", "587", "its port"),
    key("smtp.user", "", "the name to sign in with"),
    key("smtp.password", "", "the password to sign in with; better given as BLATT_SMTP_PASSWORD"),
    key("smtp.tls", "starttls", "starttls, tls, or none (only for a server on this machine)"),
    key("smtp.from", "", "the sender of letters"),
];

/// Where a value came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Nobody said anything.
    Default,
    /// The paper's file.
    File,
    /// An environment variable of this name.
    Environment(String),
    /// A flag of the command.
    Flag,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Origin::Default => f.write_str("default"),
            Origin::File => f.write_str("blatt.toml"),
            Origin::Environment(name) => f.write_str(name),
            Origin::Flag => f.write_str("flag"),
        }
    }
}

/// Every key with its value.
#[derive(Clone, Debug)]
pub struct Config {
    values: BTreeMap<&'static str, (String, Origin)>,
    /// `[hours.exceptions]`: days with windows of their own.
    pub exceptions: toml::Table,
    /// `[hours.sections]`: by the section's address, a week of its own.
    pub section_hours: toml::Table,
}

/// The name of the file in the paper's folder.
pub const FILE: &str = "blatt.toml";

impl Config {
    /// Reads the file in the paper's folder, if there is one, and then the environment.
    pub fn read(folder: &Path, environment: impl Fn(&str) -> Option<String>) -> Result<Config, Failure> {
        let path = folder.join(FILE);
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
            Err(error) => return Err(Failure::because(format!("{} cannot be read", path.display()), error)),
        };
        Config::parse(&text, environment)
            .map_err(|trouble| Failure::new(format!("{}: {trouble}", path.display())))
    }

    fn parse(text: &str, environment: impl Fn(&str) -> Option<String>) -> Result<Config, String> {
        let mut values: BTreeMap<&'static str, (String, Origin)> =
            KEYS.iter().map(|key| (key.name, (key.default.to_owned(), Origin::Default))).collect();
        let mut table: toml::Table = text.parse().map_err(|error: toml::de::Error| error.to_string())?;
        let exceptions = take(&mut table, "exceptions", "days")?;
        let section_hours = take(&mut table, "sections", "sections")?;
        for (name, value) in flat("", table)? {
            let known = KEYS
                .iter()
                .find(|key| key.name == name)
                .ok_or_else(|| format!("nobody knows the key {name}"))?;
            values.insert(known.name, (value, Origin::File));
        }
        for key in KEYS {
            let name = variable(key.name);
            if let Some(value) = environment(&name) {
                values.insert(key.name, (value, Origin::Environment(name)));
            }
        }
        Ok(Config { values, exceptions, section_hours })
    }

    /// The value of a key of the table above.
    #[must_use]
    pub fn get(&self, name: &str) -> &str {
        self.values.get(name).map_or("", |(value, _)| value)
    }

    /// The value of a key, if it is not empty.
    #[must_use]
    pub fn given(&self, name: &str) -> Option<&str> {
        Some(self.get(name)).filter(|value| !value.is_empty())
    }

    /// A value as a number.
    pub fn number(&self, name: &str) -> Result<u32, Failure> {
        let value = self.get(name);
        value.parse().map_err(|_| Failure::new(format!("{name} must be a whole number, not {value}")))
    }

    /// A value as yes or no; TOML's own true and false are taken too.
    pub fn yes(&self, name: &str) -> Result<bool, Failure> {
        match self.get(name) {
            "yes" | "true" => Ok(true),
            "no" | "false" => Ok(false),
            value => Err(Failure::new(format!("{name} must be yes or no, not {value}"))),
        }
    }

    /// Whether anybody said something about this key.
    #[must_use]
    pub fn is_set(&self, name: &str) -> bool {
        self.values.get(name).is_some_and(|(_, origin)| *origin != Origin::Default)
    }

    /// Puts a flag in place of what file and environment say.
    pub fn set(&mut self, name: &'static str, value: impl Into<String>) {
        self.values.insert(name, (value.into(), Origin::Flag));
    }

    /// Every key with its value and where it came from, in the order of the table; secrets are not shown (T9.1).
    pub fn lines(&self) -> impl Iterator<Item = String> {
        KEYS.iter().map(|key| {
            let origin = self.values.get(key.name).map_or(Origin::Default, |(_, origin)| origin.clone());
            let value = match self.get(key.name) {
                secret
                    if (key.name.ends_with("password") || key.name.ends_with("secret"))
                        && !secret.is_empty() =>
                {
                    "(hidden)".to_owned()
                }

                url if key.name == "database" => without_password(url),
                value => value.to_owned(),
            };
            format!("{:<22} = {value:<28} # {origin}: {}", key.name, key.what)
        })
    }
}

fn without_password(url: &str) -> String {
    match (url.find("://"), url.rfind('@')) {
        (Some(scheme), Some(at)) if scheme < at => format!("{}(hidden){}", &url[..scheme + 3], &url[at..]),
        _ => url.to_owned(),
    }
}

/// `comments.per_hour` is `BLATT_COMMENTS_PER_HOUR`.
fn variable(name: &str) -> String {
    format!("BLATT_{}", name.replace('.', "_").to_uppercase())
}

/// Takes a table out of `[hours]` whose keys are the paper's own.
fn take(table: &mut toml::Table, name: &str, of: &str) -> Result<toml::Table, String> {
    let Some(hours) = table.get_mut("hours").and_then(toml::Value::as_table_mut) else {
        return Ok(toml::Table::new());
    };
    match hours.remove(name) {
        None => Ok(toml::Table::new()),
        Some(toml::Value::Table(inner)) => Ok(inner),
        Some(_) => Err(format!("hours.{name} must be a table of {of}")),
    }
}

fn flat(before: &str, table: toml::Table) -> Result<Vec<(String, String)>, String> {
    let mut found = Vec::new();
    for (name, value) in table {
        let name = if before.is_empty() { name } else { format!("{before}.{name}") };
        match value {
            toml::Value::Table(inner) => found.extend(flat(&name, inner)?),
            toml::Value::String(text) => found.push((name, text)),
            toml::Value::Integer(number) => found.push((name, number.to_string())),
            toml::Value::Boolean(yes) => found.push((name, yes.to_string())),
            _ => return Err(format!("{name} must be text or a whole number")),
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_environment_speaks_after_the_file_and_both_are_named() {
        let text =
            "name = \"Der Test\"\n[comments]\nper_hour = 7\n[hours.exceptions]\n\"2026-12-24\" = \"closed\"";
        let config =
            Config::parse(text, |name| (name == "BLATT_COMMENTS_PER_HOUR").then(|| "9".to_owned())).unwrap();
        assert_eq!(config.get("name"), "Der Test");
        assert_eq!(config.number("comments.per_hour").unwrap(), 9);
        assert_eq!(config.exceptions.len(), 1);
        let lines: Vec<String> = config.lines().collect();
        assert!(lines.iter().any(|line| line.starts_with("comments.per_hour") && line.contains("BLATT_COMMENTS_PER_HOUR")));
        assert!(lines.iter().any(|line| line.starts_with("name ") && line.contains("blatt.toml")));
    }

    #[test]
    fn a_key_nobody_knows_is_named() {
        let trouble = Config::parse("nmae = \"x\"", |_| None).unwrap_err();
        assert!(trouble.contains("nmae"), "{trouble}");
        assert!(Config::parse("name = [1]", |_| None).is_err());
    }

    #[test]
    fn t9_1_secrets_are_not_shown() {
        let text = "database = \"postgres://blatt:geheim@db/paper\"\n[smtp]\npassword = \"streng\"\n[benefits]\nhook_secret = \"verborgen\"\n[login]\nclient_secret = \"schweigsam\"";
        let shown: String = Config::parse(text, |_| None).unwrap().lines().collect();
        for secret in ["geheim", "streng", "verborgen", "schweigsam"] {
            assert!(!shown.contains(secret), "{shown}");
        }
    }
}
