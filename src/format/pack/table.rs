//! Reads a TOML table by its list of keys; every mistake is noted, none stops the reading.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::core::diagnostic::{Code, Diagnostic, Place, nearest};
use crate::core::phrase::{self, Phrase};

use super::keys::{Key, Kind};
use super::text::Text;

/// A table under the eyes of its list of keys.
pub struct Table<'a> {
    /// Number of the file.
    pub file: usize,
    /// The file's text.
    pub source: &'a str,
    /// Bytes by which the table is shown: its header, or the first line of the file.
    pub span: Range<usize>,
    table: &'a DeTable<'a>,
    keys: &'static [Key],
    /// What the table is called in messages.
    name: String,
}

impl<'a> Table<'a> {
    /// The table of a whole file.
    pub fn root(
        file: usize,
        source: &'a str,
        table: &'a DeTable<'a>,
        keys: &'static [Key],
        name: &str,
    ) -> Table<'a> {
        let first = source.find('\n').unwrap_or(source.len());
        Table { file, source, span: 0..first, table, keys, name: name.into() }
    }

    /// A place in this file.
    pub fn place(&self, span: Range<usize>) -> Place {
        Place { file: self.file, span }
    }

    /// Notes unknown and missing keys.
    pub fn check_keys(&self, out: &mut Vec<Diagnostic>) {
        for key in self.table.keys() {
            let name = key.get_ref().as_ref();
            if self.keys.iter().any(|k| k.name == name) {
                continue;
            }
            let allowed = self.keys.iter().map(|k| k.name);
            let near = nearest(name, allowed.clone());
            let label = near.map_or("means nothing here".into(), |near| format!("did you mean `{near}`?"));
            let list: Vec<String> = allowed.map(|k| format!("`{k}`")).collect();
            let code = if self.name == "[criteria]" { Code::UnknownCriterion } else { Code::UnknownKey };
            let what = if code == Code::UnknownCriterion { "criterion" } else { "key" };
            out.push(
                Diagnostic::new(
                    code,
                    self.place(key.span()),
                    format!("unknown {what} `{name}` in {}", self.name),
                )
                .label(label)
                .help(format!("allowed: {}", list.join(", "))),
            );
        }
        for key in self.keys.iter().filter(|k| k.required && !self.table.contains_key(k.name)) {
            out.push(
                Diagnostic::new(
                    Code::MissingKey,
                    self.place(self.span.clone()),
                    format!("`{}` is missing in {}", key.name, self.name),
                )
                .label("needed here")
                .help(format!("`{}` is {}: {}", key.name, key.kind.wanted(), key.doc)),
            );
        }
    }

    fn value(&self, name: &str) -> Option<(&'static Key, &'a Spanned<DeValue<'a>>)> {
        let key = self.keys.iter().find(|k| k.name == name)?;
        let (_, value) = self.table.iter().find(|(k, _)| k.get_ref().as_ref() == name)?;
        Some((key, value))
    }

    /// Bytes of the value under `name`.
    pub fn span_of(&self, name: &str) -> Option<Range<usize>> {
        self.value(name).map(|(_, value)| value.span())
    }

    fn wrong_type(&self, key: &Key, value: &Spanned<DeValue<'_>>, out: &mut Vec<Diagnostic>) {
        let got = value.get_ref().type_str();
        let article = if got.starts_with(['a', 'i']) { "an" } else { "a" };
        out.push(
            Diagnostic::new(
                Code::WrongType,
                self.place(value.span()),
                format!("`{}` should be {}", key.name, key.kind.wanted()),
            )
            .label(format!("this is {article} {got}"))
            .help(key.doc),
        );
    }

    /// The text under `name`; an empty one is noted.
    pub fn text(&self, name: &str, out: &mut Vec<Diagnostic>) -> Option<Text> {
        let (key, value) = self.value(name)?;
        let Some(text) = value.get_ref().as_str() else {
            self.wrong_type(key, value, out);
            return None;
        };
        if text.trim().is_empty() {
            out.push(
                Diagnostic::new(Code::EmptyText, self.place(value.span()), format!("`{name}` is empty"))
                    .label("says nothing")
                    .help(key.doc),
            );
            return None;
        }
        Some(Text { value: text.into(), span: value.span() })
    }

    /// The text under `name`, or an empty one where there is none or a bad one.
    pub fn text_or_empty(&self, name: &str, out: &mut Vec<Diagnostic>) -> String {
        self.text(name, out).map_or_else(String::new, |text| text.value)
    }

    /// The number under `name`, with its place.
    pub fn number(&self, name: &str, out: &mut Vec<Diagnostic>) -> Option<(f64, Range<usize>)> {
        let (key, value) = self.value(name)?;
        let Some(number) = as_number(value.get_ref()) else {
            self.wrong_type(key, value, out);
            return None;
        };
        self.in_range(key, number, value.span(), out).then(|| (number, value.span()))
    }

    fn in_range(&self, key: &Key, number: f64, span: Range<usize>, out: &mut Vec<Diagnostic>) -> bool {
        let (low, high) = match key.kind {
            Kind::Number(low, high) | Kind::Range(low, high) => (low, high),
            Kind::Whole(low, high) => (low as f64, high as f64),
            _ => return true,
        };
        let fits = (low..=high).contains(&number);
        if !fits {
            out.push(
                Diagnostic::new(
                    Code::OutOfRange,
                    self.place(span),
                    format!("`{}` is out of range", key.name),
                )
                .label(format!("allowed: {low} to {high}"))
                .help(key.doc),
            );
        }
        fits
    }

    /// The number under `name`, or 0 where there is none or a bad one.
    pub fn number_or_zero(&self, name: &str, out: &mut Vec<Diagnostic>) -> f64 {
        self.number(name, out).map_or(0.0, |(number, _)| number)
    }

    /// The whole number under `name`.
    pub fn whole(&self, name: &str, out: &mut Vec<Diagnostic>) -> Option<u32> {
        let (key, value) = self.value(name)?;
        let whole = as_number(value.get_ref()).filter(|n| n.fract() == 0.0);
        let Some(number) = whole else {
            self.wrong_type(key, value, out);
            return None;
        };
        self.in_range(key, number, value.span(), out).then_some(number as u32)
    }

    /// The two numbers under `name`.
    pub fn range(&self, name: &str, out: &mut Vec<Diagnostic>) -> Option<[f64; 2]> {
        let (key, value) = self.value(name)?;
        let list = value.get_ref().as_array();
        let numbers: Option<Vec<f64>> =
            list.map(|l| l.iter().filter_map(|v| as_number(v.get_ref())).collect());
        let Some([low, high]) = numbers.and_then(|n| <[f64; 2]>::try_from(n).ok()) else {
            self.wrong_type(key, value, out);
            return None;
        };
        let fits = [low, high].into_iter().all(|n| self.in_range(key, n, value.span(), out));
        if fits && low > high {
            out.push(
                Diagnostic::new(
                    Code::OutOfRange,
                    self.place(value.span()),
                    format!("`{name}` runs backwards"),
                )
                .label("the smaller number comes first")
                .help(key.doc),
            );
            return None;
        }
        fits.then_some([low, high])
    }

    /// The texts listed under `name`; empty ones are noted.
    pub fn texts(&self, name: &str, out: &mut Vec<Diagnostic>) -> Vec<Text> {
        let Some((key, value)) = self.value(name) else { return Vec::new() };
        let Some(list) = value.get_ref().as_array() else {
            self.wrong_type(key, value, out);
            return Vec::new();
        };
        let mut texts = Vec::new();
        for item in list {
            match item.get_ref().as_str() {
                None => self.wrong_type(key, item, out),
                Some(text) if text.trim().is_empty() && !matches!(key.kind, Kind::Phrases) => out.push(
                    Diagnostic::new(
                        Code::EmptyText,
                        self.place(item.span()),
                        format!("an empty text in `{name}`"),
                    )
                    .label("says nothing")
                    .help("write a text, or remove it"),
                ),
                Some(text) => texts.push(Text { value: text.into(), span: item.span() }),
            }
        }
        texts
    }

    /// The phrases listed under `name`, with their places; unreadable ones are noted and left out.
    pub fn phrases(&self, name: &str, out: &mut Vec<Diagnostic>) -> Vec<(Phrase, Text)> {
        let mut phrases = Vec::new();
        for text in self.texts(name, out) {
            match phrase::parse(&text.value) {
                Ok(phrase) => phrases.push((phrase, text)),
                Err(error) => {
                    let span = text.inner(self.source, error.span.clone());
                    let span = if span.is_empty() { text.span.clone() } else { span };
                    let code = match error.problem {
                        phrase::PhraseProblem::NoWord(_) => Code::NeverMatches,
                        _ => Code::PhraseSyntax,
                    };
                    out.push(
                        Diagnostic::new(
                            code,
                            self.place(span),
                            format!("in a phrase of `{name}`: {}", error.problem),
                        )
                        .label("here")
                        .help(error.problem.help()),
                    );
                }
            }
        }
        phrases
    }

    /// The table under `name`; its keys are checked.
    pub fn table(&self, name: &str, out: &mut Vec<Diagnostic>) -> Option<Table<'a>> {
        let (key, value) = self.value(name)?;
        let (DeValue::Table(table), Kind::Table(keys)) = (value.get_ref(), key.kind) else {
            self.wrong_type(key, value, out);
            return None;
        };
        let prefix = self.name.trim_start_matches('[').trim_end_matches(']');
        let path =
            if self.name.starts_with('[') { format!("[{prefix}.{name}]") } else { format!("[{name}]") };
        let table = Table { table, keys, name: path, span: value.span(), ..*self };
        table.check_keys(out);
        Some(table)
    }

    /// The tables listed under `name`; `title` names each for messages.
    pub fn tables(&self, name: &str, out: &mut Vec<Diagnostic>) -> Vec<Table<'a>> {
        let Some((key, value)) = self.value(name) else { return Vec::new() };
        let (DeValue::Array(list), Kind::Tables(keys)) = (value.get_ref(), key.kind) else {
            self.wrong_type(key, value, out);
            return Vec::new();
        };
        let mut tables = Vec::new();
        for item in list {
            let DeValue::Table(table) = item.get_ref() else {
                self.wrong_type(key, item, out);
                continue;
            };
            let id = table
                .iter()
                .find(|(k, _)| k.get_ref().as_ref() == "id")
                .and_then(|(_, v)| v.get_ref().as_str());
            let name = id.map_or_else(|| format!("a [[{name}]] without id"), |id| format!("{name} `{id}`"));
            let table = Table { table, keys, name, span: item.span(), ..*self };
            table.check_keys(out);
            tables.push(table);
        }
        tables
    }
}

fn as_number(value: &DeValue<'_>) -> Option<f64> {
    let text = match value {
        DeValue::Integer(integer) if integer.radix() == 10 => integer.as_str(),
        DeValue::Float(float) => float.as_str(),
        _ => return None,
    };
    text.replace('_', "").parse().ok().filter(|n: &f64| n.is_finite())
}
