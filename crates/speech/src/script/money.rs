//! Amounts of money: the sign may stand before or after, cents are said after the whole, millions before the name.

use super::say::{Currency, Said, Tongue, count, leading};
use super::token::{Number, Token, is_dash};

/// „3,50 Euro“, „€ 3,50“, „18,6 Mio. €“, „$5“
pub(super) fn money(tongue: &Tongue, tokens: &[Token], at: usize) -> Said {
    let core = tokens[at].core;
    for currency in tongue.currencies {
        for sign in currency.signs {
            let amount = match core.strip_prefix(sign) {
                Some("") if tokens[at].runs_on() => (tokens.get(at + 1)?.core, 2),
                Some(amount) if !sign.ends_with(char::is_alphabetic) => (amount, 1),
                _ => continue,
            };
            if let Some(said) = amount_after_sign(tongue, currency, tokens, at, amount) {
                return Some(said);
            }
        }
    }
    amount_before_sign(tongue, tokens, at)
}

fn amount_after_sign(
    tongue: &Tongue,
    currency: &Currency,
    tokens: &[Token],
    at: usize,
    (amount, taken): (&str, usize),
) -> Said {
    let (number, rest) = leading(tongue, amount)?;
    if let Some((to, end)) = rest.strip_prefix(is_dash).and_then(|rest| leading(tongue, rest)) {
        return end.is_empty().then(|| {
            (
                format!(
                    "{} {} {} {}",
                    count(tongue, number.text),
                    tongue.range,
                    count(tongue, to.text),
                    currency.many
                ),
                taken,
            )
        });
    }
    let (scale, taken) = match (scale(tongue, rest), tokens.get(at + taken)) {
        (Some(scale), _) => (Some(scale), taken),
        (None, _) if !rest.is_empty() => return None,
        (None, Some(next)) if tokens[at + taken - 1].runs_on() => match scale(tongue, next.core) {
            Some(scale) => (Some(scale), taken + 1),
            None => (None, taken),
        },
        (None, _) => (None, taken),
    };
    Some((amount_of(tongue, number, scale, currency), taken))
}

fn amount_before_sign(tongue: &Tongue, tokens: &[Token], at: usize) -> Said {
    let (number, rest) = leading(tongue, tokens[at].core)?;
    let currency = |sign: &str| {
        tongue.currencies.iter().find(|currency| currency.signs.contains(&sign) || currency.many == sign)
    };
    if !rest.is_empty() {
        return currency(rest).map(|currency| (amount_of(tongue, number, None, currency), 1));
    }
    let next = tokens.get(at + 1).filter(|_| tokens[at].runs_on())?;
    if let Some(currency) = currency(next.core) {
        let plain = number.decimals.is_none() && next.core == currency.many && !number.is_one();
        return (!plain).then(|| (amount_of(tongue, number, None, currency), 2));
    }
    let scale = scale(tongue, next.core)?;
    let currency = currency(tokens.get(at + 2)?.core)?;
    Some((amount_of(tongue, number, Some(scale), currency), 3))
}

type Scale = (&'static str, &'static str, &'static str);

fn scale(tongue: &Tongue, form: &str) -> Option<Scale> {
    tongue.scales.iter().find(|(short, _, many)| *short == form || *many == form).copied()
}

/// The words for an amount. Two decimals are cents; „3,–“ has none.
fn amount_of(tongue: &Tongue, number: Number, scale: Option<Scale>, currency: &Currency) -> String {
    if let Some((_, one, many)) = scale {
        let count =
            if number.is_one() { one.to_owned() } else { format!("{} {many}", count(tongue, number.text)) };
        return format!("{count} {}", currency.many);
    }
    let whole = match number.whole {
        "1" => currency.one.to_owned(),
        whole => format!("{} {}", count(tongue, whole), currency.many),
    };
    match number.decimals {
        None => whole,
        Some(dash) if dash.starts_with(is_dash) => whole,
        Some("00") => whole,
        Some("01") if number.whole == "0" => currency.cent.to_owned(),
        Some(cents) if cents.len() == 2 && number.whole == "0" => {
            format!("{} {}", cents.trim_start_matches('0'), currency.cents)
        }
        Some(cents) if cents.len() == 2 => format!("{whole} {}", cents.trim_start_matches('0')),
        Some(_) => format!("{} {}", count(tongue, number.text), currency.many),
    }
}
