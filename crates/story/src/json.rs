//! JSON from strangers: with a limit on depth, and no key twice (T6.5).

use std::fmt;

use serde::de::{self, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use crate::refused::{LARGEST, Reason, Refused};

/// Nothing we read nests deeper than this.
const DEEPEST: usize = 32;

/// Reads one JSON text. `first` is the number of its first line in the file.
pub fn read(text: &str, first: usize) -> Result<Value, Refused> {
    if text.len() > LARGEST {
        return Err(Refused::line(first, Reason::TooBig));
    }
    let mut reader = serde_json::Deserializer::from_str(text);
    let read = Strict { depth: 0 }.deserialize(&mut reader).and_then(|value| reader.end().map(|()| value));
    read.map_err(|error| Refused::line(first + error.line().saturating_sub(1), reason(&error)))
}

const TOO_DEEP: &str = "nested too deeply";
const TWICE: &str = "key twice: ";

/// Our own troubles travel through serde as words; its position is added by the parser.
fn reason(error: &serde_json::Error) -> Reason {
    let words = error.to_string();
    let words = words.rsplit_once(" at line ").map_or(words.as_str(), |(words, _)| words);
    if words == TOO_DEEP || words.starts_with("recursion limit") {
        return Reason::TooDeep;
    }
    match words.strip_prefix(TWICE) {
        Some(key) => Reason::Twice(key.to_owned()),
        None => Reason::NotJson(words.to_owned()),
    }
}

#[derive(Clone, Copy)]
struct Strict {
    depth: usize,
}

impl Strict {
    fn deeper<E: de::Error>(self) -> Result<Strict, E> {
        if self.depth == DEEPEST { Err(E::custom(TOO_DEEP)) } else { Ok(Strict { depth: self.depth + 1 }) }
    }
}

impl<'de> DeserializeSeed<'de> for Strict {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Strict {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_bool<E>(self, yes: bool) -> Result<Value, E> {
        Ok(Value::Bool(yes))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(Value::Number(number.into()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Value, E> {
        Ok(Value::Number(number.into()))
    }

    fn visit_f64<E: de::Error>(self, number: f64) -> Result<Value, E> {
        Number::from_f64(number).map(Value::Number).ok_or_else(|| E::custom("a number without end"))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(Value::String(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Value, E> {
        Ok(Value::String(text))
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let deeper = self.deeper()?;
        let mut values = Vec::new();
        while let Some(value) = list.next_element_seed(deeper)? {
            values.push(value);
        }
        Ok(Value::Array(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Value, A::Error> {
        let deeper = self.deeper()?;
        let mut values = Map::new();
        while let Some(key) = object.next_key::<String>()? {
            if values.contains_key(&key) {
                let key: String = key.chars().take(80).collect();
                return Err(de::Error::custom(format_args!("{TWICE}{key}")));
            }
            let value = object.next_value_seed(deeper)?;
            values.insert(key, value);
        }
        Ok(Value::Object(values))
    }
}
