//! Which fields of a record hold the text, the id, the title and the group, and which are kept.

use encoding_rs::Encoding;
use serde_json::Value;

use super::corpus::Ledger;

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
    /// Of fields that go to the output as they are.
    pub keep: Keep,
    /// How files are read.
    pub reading: Reading,
}

/// Which fields go to the output as they are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Keep {
    /// None.
    #[default]
    None,
    /// All.
    All,
    /// These.
    These(Vec<String>),
}

/// How files are read, where their names and beginnings don't tell.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// The sheet of a workbook: its name, or its place from 1.
    pub sheet: Option<String>,
    /// What separates fields.
    pub delimiter: Option<u8>,
    /// How letters are encoded.
    pub encoding: Option<&'static Encoding>,
    /// Where readers note what they have to tell.
    pub ledger: Ledger,
}

/// The fields that a corpus has.
#[derive(Clone, Debug, Default)]
pub struct Present {
    /// Their names.
    pub names: Vec<String>,
    /// Names of fields inside fields, with dots.
    pub inner: Vec<String>,
}

impl Present {
    /// Columns of a table.
    pub fn columns(names: &[String]) -> Present {
        Present { names: names.to_vec(), inner: Vec::new() }
    }

    /// The fields of a JSON object.
    pub fn of_json(record: &[u8]) -> Option<Present> {
        let Value::Object(map) = serde_json::from_slice(record).ok()? else { return None };
        let mut present = Present { names: map.keys().cloned().collect(), inner: Vec::new() };
        map.iter().for_each(|(name, value)| inner(name, value, &mut present.inner));
        Some(present)
    }

    /// Adds fields that are not there yet.
    pub fn add(&mut self, more: Present) {
        let join = |all: &mut Vec<String>, more: Vec<String>| {
            let new: Vec<String> = more.into_iter().filter(|name| !all.contains(name)).collect();
            all.extend(new);
        };
        join(&mut self.names, more.names);
        join(&mut self.inner, more.inner);
    }

    /// The field that a name means: exactly this one, or the only one that differs by letter case alone.
    fn find(&self, name: &str) -> Option<&String> {
        let all = || self.names.iter().chain(&self.inner);
        let folded = || {
            let mut same = all().filter(|field| field.to_lowercase() == name.to_lowercase());
            same.next().filter(|_| same.next().is_none())
        };
        all().find(|field| *field == name).or_else(folded)
    }

    fn demand(&self, name: &str, option: &str) -> Result<String, String> {
        self.find(name).cloned().ok_or_else(|| {
            format!("there is no field `{name}`{option}\nhelp: the fields are {}", self.list())
        })
    }

    /// Its fields, for people.
    fn list(&self) -> String {
        const SHOWN: usize = 60;
        let all = self.names.len() + self.inner.len();
        let names = self.names.iter().chain(&self.inner).take(SHOWN);
        let more = if all > SHOWN { format!(" and {} more", all - SHOWN) } else { String::new() };
        names.map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ") + &more
    }
}

/// How deep fields inside fields are looked for.
const DEPTH: usize = 4;

fn inner(before: &str, value: &Value, names: &mut Vec<String>) {
    let Value::Object(map) = value else { return };
    for (name, value) in map {
        let name = format!("{before}.{name}");
        if name.matches('.').count() < DEPTH {
            inner(&name, value, names);
        }
        names.push(name);
    }
}

impl Asked {
    /// Whether all further fields are among these.
    pub fn is_content(&self, present: &Present) -> bool {
        let kept = if let Keep::These(names) = &self.keep { names.as_slice() } else { &[] };
        self.extra.iter().chain(kept).all(|name| present.find(name).is_some())
    }
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
    /// Of those that go to the output.
    pub keep: Keep,
}

impl Fields {
    /// Chooses among the fields that a corpus has, and notes those that are kept.
    ///
    /// # Errors
    /// A message that lists the fields, if one that was asked for, or any for the text, is not among them.
    pub fn choose(asked: &Asked, present: &Present) -> Result<Fields, String> {
        let demanded = |name: &Option<String>, option: &str| {
            let option = format!(" (asked for by {option})");
            name.as_ref().map(|name| present.demand(name, &option)).transpose()
        };
        let guessed = |names: &[&str]| {
            let same = |name: &&&str| present.names.iter().find(|p| p.eq_ignore_ascii_case(name));
            names.iter().find_map(|name| same(&name)).cloned()
        };
        let text = demanded(&asked.text, "--text")?.or_else(|| guessed(TEXT)).ok_or_else(|| {
            format!(
                "no field looks like the text\nhelp: name it with --text; the fields are {}",
                present.list()
            )
        })?;
        let all = |names: &[String], option| -> Result<Vec<String>, String> {
            names.iter().map(|name| present.demand(name, option)).collect()
        };
        let keep = match &asked.keep {
            Keep::These(names) => Keep::These(all(names, " (asked for by --keep)")?),
            keep => keep.clone(),
        };
        let free = |name: &String| *name != text;
        let mut extra = all(&asked.extra, "")?;
        extra.extend(asked.hoped.iter().map(|name| present.find(name).unwrap_or(name).clone()));
        let fields = Fields {
            id: demanded(&asked.id, "--id")?.or_else(|| guessed(ID).filter(free)),
            title: demanded(&asked.title, "--title")?.or_else(|| guessed(TITLE).filter(free)),
            group: demanded(&asked.group, "--group")?,
            extra,
            text,
            keep,
        };
        let kept = match &fields.keep {
            Keep::None => &[][..],
            Keep::All => &present.names,
            Keep::These(names) => names,
        };
        asked.reading.ledger.keep(kept.iter().filter(|name| fields.keeps(name)).cloned());
        Ok(fields)
    }

    /// Whether a field goes to the output as it is. An id that is called so is there already.
    pub fn keeps(&self, name: &str) -> bool {
        let there = || name == "id" && self.group.is_none() && self.id.as_deref() == Some(name);
        match &self.keep {
            Keep::None => false,
            Keep::All => !there(),
            Keep::These(names) => names.iter().any(|kept| kept == name) && !there(),
        }
    }

    /// The columns that are read of those that are there.
    pub fn used(&self, present: &[String]) -> Vec<String> {
        let named = [Some(&self.text), self.id.as_ref(), self.title.as_ref(), self.group.as_ref()];
        let named: Vec<&String> = named.into_iter().flatten().chain(&self.extra).collect();
        present.iter().filter(|name| named.contains(name) || self.keeps(name)).cloned().collect()
    }

    /// What was chosen, in a line.
    pub fn describe(&self) -> String {
        let id = self.id.as_ref().map_or("id from the line number".into(), |id| format!("id from `{id}`"));
        let title = self.title.as_ref().map_or(String::new(), |title| format!(", title from `{title}`"));
        let group =
            self.group.as_ref().map_or(String::new(), |group| format!(", one document for each `{group}`"));
        format!("text from `{}`, {id}{title}{group}", self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn present(names: &[&str]) -> Present {
        Present::columns(&names.iter().map(|n| n.to_string()).collect::<Vec<_>>())
    }

    fn asked(text: &str) -> Asked {
        Asked { text: Some(text.into()), ..Asked::default() }
    }

    #[test]
    fn usual_names_are_found_and_demanded_ones_insisted_on() {
        let fields =
            Fields::choose(&Asked::default(), &present(&["ID", "Job Title", "Description"])).expect("found");
        assert_eq!(fields.describe(), "text from `Description`, id from `ID`, title from `Job Title`");
        let error = Fields::choose(&Asked::default(), &present(&["a", "b"])).expect_err("nothing fits");
        assert!(error.contains("the fields are `a`, `b`"), "{error}");
        let error = Fields::choose(&asked("c"), &present(&["text"])).expect_err("absent");
        assert!(error.contains("no field `c` (asked for by --text)"), "{error}");
    }

    #[test]
    fn letter_case_counts_only_where_it_must() {
        let fields = Fields::choose(&asked("TASK"), &present(&["Task", "Title"])).expect("found");
        assert_eq!(fields.text, "Task");
        let fields = Fields::choose(&asked("task"), &present(&["Task", "task"])).expect("found");
        assert_eq!(fields.text, "task");
        assert!(Fields::choose(&asked("TASK"), &present(&["Task", "task"])).is_err());
    }

    #[test]
    fn fields_inside_fields_have_names_with_dots() {
        let present = Present::of_json(br#"{"job":{"description":"x","pay":{"low":1}}}"#).expect("an object");
        assert_eq!(present.inner, ["job.description", "job.pay.low", "job.pay"]);
        assert_eq!(
            Fields::choose(&asked("job.description"), &present).expect("found").text,
            "job.description"
        );
    }
}
