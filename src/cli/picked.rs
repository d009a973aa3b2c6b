//! The values of a record's fields.

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, Error, MapAccess, Visitor};
use serde_json::Value;
use serde_json::value::RawValue;

use super::fields::{Fields, Keep};

/// The values that are used of a record.
#[derive(Clone, Debug, Default)]
pub struct Picked {
    /// The text.
    pub text: Option<String>,
    /// The id.
    pub id: Option<String>,
    /// The title.
    pub title: Option<String>,
    /// The group.
    pub group: Option<String>,
    /// The further fields, in the order in which they were asked for.
    pub extra: Vec<Option<String>>,
    /// Fields that go to the output, by name.
    pub kept: Vec<(String, Kept)>,
}

/// A value that goes to the output as it is.
#[derive(Clone, Debug)]
pub enum Kept {
    /// A text, as tables have them.
    Text(String),
    /// A value of JSON.
    Json(Box<RawValue>),
}

impl Kept {
    /// As a cell of a table; nothing for JSON's `null`.
    pub fn text(&self) -> Option<Cow<'_, str>> {
        match self {
            Kept::Text(text) => Some(Cow::Borrowed(text)),
            Kept::Json(raw) if raw.get().starts_with('"') => {
                Some(serde_json::from_str::<String>(raw.get()).map_or(Cow::Borrowed(raw.get()), Cow::Owned))
            }
            Kept::Json(raw) => Some(Cow::Borrowed(raw.get())).filter(|text| text != "null"),
        }
    }

    /// As JSON.
    pub fn json(&self) -> Cow<'_, str> {
        match self {
            Kept::Text(text) => Cow::Owned(Value::from(text.as_str()).to_string()),
            Kept::Json(raw) => Cow::Borrowed(raw.get()),
        }
    }
}

impl Fields {
    /// Picks the fields from a JSON object.
    ///
    /// # Errors
    /// Why the bytes are no JSON object, or a field no text.
    pub fn pick_json(&self, record: &[u8]) -> Result<Picked, String> {
        let mut parser = serde_json::Deserializer::from_slice(record);
        let picked = Pick(self).deserialize(&mut parser).map_err(|e| json_error(&e))?;
        parser.end().map_err(|e| json_error(&e))?;
        Ok(picked)
    }

    /// Picks the fields from the values of columns; nothing stands for an empty cell.
    pub fn pick_row<'r>(&self, names: &[String], value: impl Fn(usize) -> Option<Cow<'r, str>>) -> Picked {
        let get = |name: &String| value(names.iter().position(|n| n == name)?).map(Cow::into_owned);
        let mut kept = Vec::new();
        if self.keep != Keep::None {
            let wanted = names.iter().enumerate().filter(|(_, name)| self.keeps(name));
            let values = wanted.filter_map(|(at, name)| Some((name.clone(), value(at)?)));
            kept = values.map(|(name, value)| (name, Kept::Text(value.into_owned()))).collect();
        }
        Picked {
            text: get(&self.text),
            id: self.id.as_ref().and_then(get),
            title: self.title.as_ref().and_then(get),
            group: self.group.as_ref().and_then(get),
            extra: self.extra.iter().map(get).collect(),
            kept,
        }
    }
}

fn json_error(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let what = text.split(" at line ").next().unwrap_or(&text);
    let line =
        if error.line() > 1 { format!("line {} of the record, ", error.line()) } else { String::new() };
    format!("not a JSON object: {what}, at {line}byte {}", error.column())
}

struct Pick<'f>(&'f Fields);

impl<'de> DeserializeSeed<'de> for Pick<'_> {
    type Value = Picked;
    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<Picked, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Pick<'_> {
    type Value = Picked;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Picked, A::Error> {
        let mut picked = Picked { extra: vec![None; self.0.extra.len()], ..Picked::default() };
        while let Some(key) = map.next_key::<Cow<'_, str>>()? {
            let raw: &RawValue = map.next_value()?;
            self.take(&key, raw, &mut picked).map_err(Error::custom)?;
        }
        Ok(picked)
    }
}

impl Pick<'_> {
    /// Puts the value of a field wherever it is wanted.
    fn take(&self, key: &str, raw: &RawValue, picked: &mut Picked) -> Result<(), String> {
        let Fields { text, id, title, group, extra, .. } = self.0;
        let Picked { text: to_text, id: to_id, title: to_title, group: to_group, extra: to_extra, .. } =
            picked;
        let named = [
            (Some(text), to_text),
            (id.as_ref(), to_id),
            (title.as_ref(), to_title),
            (group.as_ref(), to_group),
        ];
        let more = extra.iter().map(Some).zip(to_extra);
        for (name, slot) in named.into_iter().chain(more) {
            if let Some(name) = name.filter(|name| holds(key, name)) {
                *slot = cell(name, &inside(raw, key, name)?)?;
            }
        }
        match &self.0.keep {
            Keep::All if self.0.keeps(key) => picked.kept.push((key.to_owned(), Kept::Json(raw.to_owned()))),
            Keep::None | Keep::All => {}
            Keep::These(names) => {
                for name in names.iter().filter(|name| holds(key, name) && self.0.keeps(name)) {
                    let value = if *name == key { raw.to_owned() } else { bare(&inside(raw, key, name)?)? };
                    picked.kept.push((name.clone(), Kept::Json(value)));
                }
            }
        }
        Ok(())
    }
}

/// Whether a name means a field or something inside it.
fn holds(key: &str, name: &str) -> bool {
    name.strip_prefix(key).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// The value that a name means inside the value of the field `key`.
fn inside(raw: &RawValue, key: &str, name: &str) -> Result<Value, String> {
    let mut value: Value = serde_json::from_str(raw.get()).map_err(|e| e.to_string())?;
    let path = name[key.len()..].split('.').skip(1);
    for part in path {
        value = value.get_mut(part).map_or(Value::Null, Value::take);
    }
    Ok(value)
}

fn bare(value: &Value) -> Result<Box<RawValue>, String> {
    serde_json::value::to_raw_value(value).map_err(|e| e.to_string())
}

fn cell(name: &str, value: &Value) -> Result<Option<String>, String> {
    Ok(match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(yes) => Some(yes.to_string()),
        Value::Array(_) => return Err(format!("field `{name}` is a list, not a text")),
        Value::Object(_) => return Err(format!("field `{name}` is an object, not a text")),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_fields_are_picked_and_the_rest_skipped() {
        let fields = Fields { text: "text".into(), id: Some("id".into()), ..Fields::default() };
        let picked = fields.pick_json(br#"{"x":[{"text":1}],"id":7,"text":"caf\u00e9"}"#).expect("valid");
        assert_eq!((picked.id.as_deref(), picked.text.as_deref()), (Some("7"), Some("café")));
        assert!(fields.pick_json(b"[1]").is_err());
        assert!(fields.pick_json(br#"{"text":"a"} x"#).is_err());
        assert!(fields.pick_json(br#"{"text":["a"]}"#).expect_err("list").contains("is a list"));
    }

    #[test]
    fn values_are_kept_as_they_are_written() {
        let keep = Keep::These(vec!["n".into(), "job.place".into()]);
        let fields = Fields { text: "job.text".into(), keep, ..Fields::default() };
        let record = br#"{"n":1.10,"job":{"text":"File records.","place":"Pune"},"rest":1}"#;
        let picked = fields.pick_json(record).expect("valid");
        assert_eq!(picked.text.as_deref(), Some("File records."));
        let kept: Vec<(&str, Cow<'_, str>)> =
            picked.kept.iter().map(|(name, value)| (name.as_str(), value.json())).collect();
        assert_eq!(kept, [("n", "1.10".into()), ("job.place", "\"Pune\"".into())]);
    }
}
