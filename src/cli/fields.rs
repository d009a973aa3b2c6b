//! Which fields of a record hold the text, the id, the title and the group.

use std::fmt;

use serde::de::{DeserializeSeed, IgnoredAny, MapAccess, Visitor};
use serde_json::Value;

/// Names under which a text is looked for, in this order.
const TEXT: &[&str] = &[
    "text",
    "description",
    "job_description",
    "jobdescription",
    "job description",
    "body",
    "content",
    "task",
    "statement",
    "full_description",
    "responsibilities",
];
const ID: &[&str] = &["id", "job_id", "jobid", "job id", "reference", "ref"];
const TITLE: &[&str] = &["title", "job_title", "jobtitle", "job title", "position", "role"];

/// The names that were asked for, or nothing.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// Of the text.
    pub text: Option<String>,
    /// Of the id.
    pub id: Option<String>,
    /// Of the title.
    pub title: Option<String>,
    /// Of the group.
    pub group: Option<String>,
    /// Of further fields that must be there.
    pub extra: Vec<String>,
    /// Of fields that are read where they are there.
    pub hoped: Vec<String>,
}

/// The names that are used.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fields {
    /// Of the text.
    pub text: String,
    /// Of the id; nothing: records are numbered by line.
    pub id: Option<String>,
    /// Of the title.
    pub title: Option<String>,
    /// Of the group.
    pub group: Option<String>,
    /// Of further fields.
    pub extra: Vec<String>,
}

/// The values of a record's fields.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
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
}

impl Fields {
    /// Chooses among the fields that a corpus has.
    ///
    /// # Errors
    /// A message that lists the fields, if one that was asked for, or any for the text, is not among them.
    pub fn choose(asked: &Asked, present: &[String]) -> Result<Fields, String> {
        let list = || present.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
        let demanded = |name: &Option<String>, option: &str| match name {
            Some(name) if !present.contains(name) => Err(format!(
                "there is no field `{name}` (asked for by {option})\nhelp: the fields are {}",
                list()
            )),
            name => Ok(name.clone()),
        };
        let guessed = |names: &[&str]| {
            let same = |name: &&&str| present.iter().find(|p| p.eq_ignore_ascii_case(name));
            names.iter().find_map(|name| same(&name)).cloned()
        };
        let text = demanded(&asked.text, "--text")?.or_else(|| guessed(TEXT)).ok_or_else(|| {
            format!("no field looks like the text\nhelp: name it with --text; the fields are {}", list())
        })?;
        if let Some(absent) = asked.extra.iter().find(|name| !present.contains(name)) {
            return Err(format!("there is no field `{absent}`\nhelp: the fields are {}", list()));
        }
        let free = |name: &String| *name != text;
        Ok(Fields {
            id: demanded(&asked.id, "--id")?.or_else(|| guessed(ID).filter(free)),
            title: demanded(&asked.title, "--title")?.or_else(|| guessed(TITLE).filter(free)),
            group: demanded(&asked.group, "--group")?,
            extra: asked.extra.iter().chain(&asked.hoped).cloned().collect(),
            text,
        })
    }

    /// What was chosen, in a line.
    pub fn describe(&self) -> String {
        let id = self.id.as_ref().map_or("id from the line number".into(), |id| format!("id from `{id}`"));
        let title = self.title.as_ref().map_or(String::new(), |title| format!(", title from `{title}`"));
        let group =
            self.group.as_ref().map_or(String::new(), |group| format!(", one document for each `{group}`"));
        format!("text from `{}`, {id}{title}{group}", self.text)
    }

    /// Picks the fields from a line of JSON.
    ///
    /// # Errors
    /// Why the line is no JSON object, or a field no text.
    pub fn pick_json(&self, line: &[u8]) -> Result<Picked, String> {
        let mut parser = serde_json::Deserializer::from_slice(line);
        let picked = Pick(self).deserialize(&mut parser).map_err(|e| json_error(&e))?;
        parser.end().map_err(|e| json_error(&e))?;
        Ok(picked)
    }

    /// Picks the fields from values by column name.
    pub fn pick_row<'r>(&self, mut value: impl FnMut(&str) -> Option<&'r str>) -> Picked {
        let mut get = |name: &str| value(name).map(str::to_owned);
        Picked {
            text: get(&self.text),
            id: self.id.as_deref().and_then(&mut get),
            title: self.title.as_deref().and_then(&mut get),
            group: self.group.as_deref().and_then(&mut get),
            extra: self.extra.iter().map(|name| get(name)).collect(),
        }
    }
}

fn json_error(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let what = text.split(" at line ").next().unwrap_or(&text);
    format!("not a JSON object: {what}, at byte {}", error.column())
}

/// The names of a JSON object's fields.
pub fn names(line: &[u8]) -> Option<Vec<String>> {
    match serde_json::from_slice(line).ok()? {
        Value::Object(map) => Some(map.keys().cloned().collect()),
        _ => None,
    }
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
        let Fields { text, id, title, group, extra } = self.0;
        let mut picked = Picked { extra: vec![None; extra.len()], ..Picked::default() };
        while let Some(key) = map.next_key::<std::borrow::Cow<'_, str>>()? {
            let named = [
                (Some(text), &mut picked.text),
                (id.as_ref(), &mut picked.id),
                (title.as_ref(), &mut picked.title),
                (group.as_ref(), &mut picked.group),
            ];
            let more = extra.iter().map(Some).zip(&mut picked.extra);
            let wanted = named.into_iter().chain(more).filter(|(name, _)| name.is_some_and(|n| *n == *key));
            let mut slots: Vec<&mut Option<String>> = wanted.map(|(_, slot)| slot).collect();
            if slots.is_empty() {
                map.next_value::<IgnoredAny>()?;
                continue;
            }
            let value = match map.next_value::<Value>()? {
                Value::Null => None,
                Value::String(text) => Some(text),
                Value::Number(number) => Some(number.to_string()),
                Value::Bool(yes) => Some(yes.to_string()),
                other => {
                    let what = if other.is_array() { "a list" } else { "an object" };
                    return Err(serde::de::Error::custom(format!("field `{key}` is {what}, not a text")));
                }
            };
            for slot in &mut slots {
                **slot = value.clone();
            }
        }
        Ok(picked)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn present(names: &[&str]) -> Vec<String> {
        names.iter().map(|n| n.to_string()).collect()
    }

    #[test]
    fn usual_names_are_found_and_demanded_ones_insisted_on() {
        let fields =
            Fields::choose(&Asked::default(), &present(&["ID", "Job Title", "Description"])).expect("found");
        assert_eq!(fields.describe(), "text from `Description`, id from `ID`, title from `Job Title`");
        let error = Fields::choose(&Asked::default(), &present(&["a", "b"])).expect_err("nothing fits");
        assert!(error.contains("the fields are `a`, `b`"), "{error}");
        let asked = Asked { text: Some("c".into()), ..Asked::default() };
        assert!(Fields::choose(&asked, &present(&["text"])).expect_err("absent").contains("no field `c`"));
    }

    #[test]
    fn json_fields_are_picked_and_the_rest_skipped() {
        let fields = Fields { text: "text".into(), id: Some("id".into()), ..Fields::default() };
        let picked = fields.pick_json(br#"{"x":[{"text":1}],"id":7,"text":"caf\u00e9"}"#).expect("valid");
        assert_eq!((picked.id.as_deref(), picked.text.as_deref()), (Some("7"), Some("café")));
        assert!(fields.pick_json(b"[1]").is_err());
        assert!(fields.pick_json(br#"{"text":"a"} x"#).is_err());
        assert!(fields.pick_json(br#"{"text":["a"]}"#).expect_err("list").contains("is a list"));
    }
}
