//! Forms of the desk for offers and draws: their fields as a table, what stands in them, and what is wrong with one.

use reader::benefits::{self, Partner, Refusal, Tier};
use serde::{Deserialize, Serialize};
use store::Tx;
use theme::{DeskBenefitPage, FormField, Kind, Link};

use super::view::say;
use crate::{Trouble, Visit};

/// The fields of an offer's form: name, kind, whether there is a hint.
pub(super) const OFFER_FIELDS: [(&str, &str, bool); 24] = [
    ("headline", "line", false),
    ("slug", "line", true),
    ("partner", "choice", false),
    ("kicker", "line", false),
    ("lead", "line", false),
    ("short", "line", true),
    ("valid", "line", false),
    ("redeem", "line", false),
    ("text", "text", false),
    ("picture", "line", true),
    ("picture_alt", "line", false),
    ("picture_credit", "line", false),
    ("region", "line", false),
    ("tier", "choice", true),
    ("opens", "moment", false),
    ("closes", "moment", false),
    ("kind", "choice", false),
    ("shared_code", "line", false),
    ("prefix", "line", true),
    ("spent_here", "choice", false),
    ("stock", "number", true),
    ("per_member", "number", false),
    ("per_days", "number", true),
    ("terms", "text", true),
];

/// The fields of a draw's form.
pub(super) const DRAW_FIELDS: [(&str, &str, bool); 15] = [
    ("headline", "line", false),
    ("slug", "line", true),
    ("kicker", "line", false),
    ("lead", "line", false),
    ("prize", "line", false),
    ("picture", "line", true),
    ("picture_alt", "line", false),
    ("picture_credit", "line", false),
    ("region", "line", false),
    ("tier", "choice", true),
    ("opens", "moment", false),
    ("closes", "moment", false),
    ("winners", "number", false),
    ("substitutes", "number", false),
    ("terms", "text", true),
];

/// What a form is filled in from and chosen from.
pub(super) struct Known {
    pub(super) partners: Vec<Partner>,
    pub(super) tiers: Vec<Tier>,
}

impl Known {
    pub(super) async fn read(tx: &mut Tx) -> Result<Known, Trouble> {
        Ok(Known { partners: benefits::partners(tx).await?, tiers: benefits::tiers(tx).await? })
    }

    /// The form's fields as they were typed, and what is wrong with one of them.
    pub(super) fn fields<F: Serialize>(
        &self,
        visit: &Visit,
        fields: &[(&'static str, &'static str, bool)],
        form: &F,
        refusal: Option<&Refusal>,
    ) -> Result<Vec<FormField>, Trouble> {
        let typed = serde_json::to_value(form).map_err(store::Failure::from)?;
        let wrong = match refusal {
            Some(Refusal::Field { field } | Refusal::TooLong { field, .. }) => Some(*field),
            Some(Refusal::Taken) => Some("slug"),
            _ => None,
        };
        let field = |&(name, kind, hint): &(&'static str, &'static str, bool)| FormField {
            name: name.to_owned(),
            value: typed.get(name).and_then(serde_json::Value::as_str).unwrap_or_default().to_owned(),
            kind,
            options: self.options(visit, name, fields.len() == DRAW_FIELDS.len()),
            hint,
            error: refusal.filter(|_| wrong == Some(name)).map(|refusal| say(visit, refusal)),
        };
        Ok(fields.iter().map(field).collect())
    }

    fn options(&self, visit: &Visit, name: &str, is_draw: bool) -> Vec<Link> {
        let choice = |(value, german, english): (&str, &str, &str)| {
            Link::new(value, *visit.in_words(&german, &english))
        };
        match name {
            "partner" => {
                self.partners.iter().map(|it| Link::new(it.slug.as_str(), it.name.as_str())).collect()
            }
            "tier" => {
                let everybody = is_draw.then(|| choice(("", "alle mit Konto", "everybody with an account")));
                let tiers = self.tiers.iter().map(|it| Link::new(it.slug.as_str(), it.name.as_str()));
                everybody.into_iter().chain(tiers).collect()
            }
            "kind" => [
                (
                    "list",
                    "je Mitglied einer aus der Liste des Partners",
                    "each member one of the partner's list",
                ),
                ("short", "je Mitglied ein kurzer von uns", "each member a short one of ours"),
                (
                    "long",
                    "je Mitglied ein langer von uns (100 Bit)",
                    "each member a long one of ours (100 bits)",
                ),
                ("shared", "ein Code für alle", "one code for everybody"),
            ]
            .into_iter()
            .map(choice)
            .collect(),
            "spent_here" => [("yes", "ja", "yes"), ("", "nein", "no")].into_iter().map(choice).collect(),
            _ => Vec::new(),
        }
    }
}

/// An empty page of the desk for an offer or a draw.
pub(super) async fn one(
    visit: &Visit,
    tx: &mut Tx,
    title: &str,
    is_draw: bool,
) -> Result<DeskBenefitPage, Trouble> {
    Ok(DeskBenefitPage {
        frame: visit.frame(tx, Kind::Desk, title).await?,
        headline: None,
        draw: is_draw,
        url: None,
        action: None,
        fields: Vec::new(),
        numbers: None,
        codes: None,
        list: String::new(),
        refused: Vec::new(),
        end: None,
        why: String::new(),
        outcome: None,
        notice: None,
        error: None,
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Why {
    pub(super) why: String,
}

impl Why {
    /// A reason that says something and fits.
    pub(super) fn parse(&self) -> Result<String, Refusal> {
        story::Line::parse("why", &self.why, 300)
            .map(|why| why.to_string())
            .map_err(|_| Refusal::Field { field: "why" })
    }
}
