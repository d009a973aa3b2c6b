//! What the benchmarks and the peers read: texts and packs from a seeded generator over `corpus/`, or any text file.

mod plain;
mod random;
mod rules;
mod texts;

use std::path::Path;

pub use plain::plain;
pub use rules::{RuleSet, SIZES};

use random::Random;
use texts::Pieces;

const TASKS: &str = include_str!("../../corpus/tasks.jsonl");
const DOCUMENTS: &str = include_str!("../../corpus/documents.jsonl");

/// Kinds of texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One statement of about 100 bytes.
    Tasks,
    /// An advertisement of about 4 KB.
    Ads,
    /// Lines or records of a file.
    File,
}

impl Kind {
    /// How many to make: 8 MB and more, far beyond a core's own caches.
    pub fn count(self) -> usize {
        if self == Kind::Ads { 2_500 } else { 80_000 }
    }

    /// The word for tables.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Tasks => "tasks",
            Kind::Ads => "ads",
            Kind::File => "file",
        }
    }
}

/// Texts to be matched, all [`plain`].
pub struct Texts {
    /// What they are.
    pub kind: Kind,
    /// The texts.
    pub all: Vec<String>,
}

impl Texts {
    /// Made ones, the same on every machine.
    pub fn made(kind: Kind, count: usize) -> Texts {
        let pieces = Pieces::of(&[TASKS, DOCUMENTS]);
        let mut random = Random::new(11);
        let make = |_| match kind {
            Kind::Ads => pieces.ad(&mut random),
            Kind::Tasks | Kind::File => pieces.task(&mut random),
        };
        Texts { kind, all: (0..count).map(make).collect() }
    }

    /// The texts of a file: `text` of each record in JSONL, else each line.
    ///
    /// # Errors
    /// The file can't be read, a record has no text, or there is no text at all.
    pub fn read(path: &Path) -> Result<Texts, String> {
        let failed = |why: String| format!("{}: {why}", path.display());
        let content = std::fs::read_to_string(path).map_err(|error| failed(error.to_string()))?;
        let records = path.extension().is_some_and(|ending| ending == "jsonl");
        let text_of = |(number, line): (usize, &str)| {
            if !records {
                return Ok(plain(line));
            }
            let record: serde_json::Value = serde_json::from_str(line)
                .map_err(|error| failed(format!("line {}: {error}", number + 1)))?;
            let text = record["text"].as_str();
            text.map(plain).ok_or_else(|| failed(format!("line {}: no `text`", number + 1)))
        };
        let all: Result<Vec<String>, String> = content.lines().enumerate().map(text_of).collect();
        let all: Vec<String> = all?.into_iter().filter(|text| !text.is_empty()).collect();
        if all.is_empty() { Err(failed("no text".into())) } else { Ok(Texts { kind: Kind::File, all }) }
    }

    /// Bytes of each text.
    pub fn sizes(&self) -> Vec<usize> {
        self.all.iter().map(String::len).collect()
    }
}

/// Title and text of every record of the corpus, as they are.
pub fn corpus() -> Vec<(Option<String>, String)> {
    let lines = TASKS.lines().chain(DOCUMENTS.lines());
    let records = lines.filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok());
    records
        .filter_map(|r| Some((r["title"].as_str().map(str::to_owned), r["text"].as_str()?.to_owned())))
        .collect()
}

/// Writes the made texts as JSON lines into a folder.
///
/// # Errors
/// A file can't be written.
pub fn write(folder: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    for kind in [Kind::Tasks, Kind::Ads] {
        let texts = Texts::made(kind, kind.count());
        let line = |(id, text)| format!("{}\n", serde_json::json!({ "id": format!("{id}"), "text": text }));
        let lines: String = (1..).zip(&texts.all).map(line).collect();
        std::fs::write(folder.join(format!("{}.jsonl", kind.name())), lines)?;
    }
    Ok(())
}
