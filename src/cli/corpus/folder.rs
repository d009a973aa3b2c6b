//! Folders: their documents, or, where there are none, their tables.

use std::path::{Path, PathBuf};

use indicatif::ProgressBar;

use super::super::args::CorpusFormat;
use super::super::failure::{Failure, count};
use super::super::fields::Asked;
use super::{Body, Corpus, Item, guess, open};

/// Endings of the documents that are read from a folder.
const DOCUMENTS: &[&str] = &["txt", "md", "markdown", "text", "html", "htm"];
/// Tables that a message names.
const NAMED: usize = 3;

/// The documents of a folder and its folders, by path. A folder that holds tables alone gives their records.
pub fn folder(path: &Path, asked: &Asked, bar: &ProgressBar) -> Result<Corpus, Failure> {
    let mut files: Vec<PathBuf> = Vec::new();
    let mut tables: Vec<PathBuf> = Vec::new();
    let mut others = 0;
    for entry in ignore::WalkBuilder::new(path).standard_filters(false).sort_by_file_path(Ord::cmp).build() {
        let entry = entry.map_err(|e| Failure::Input(format!("can't read {}: {e}", path.display())))?;
        let ending = entry.path().extension().and_then(|e| e.to_str()).map(str::to_ascii_lowercase);
        if !entry.file_type().is_some_and(|t| t.is_file()) {
            continue;
        }
        match ending {
            Some(ending) if DOCUMENTS.contains(&ending.as_str()) => files.push(entry.into_path()),
            _ if is_table(entry.path()) => tables.push(entry.into_path()),
            _ => others += 1,
        }
    }
    if files.is_empty() && !tables.is_empty() {
        return all(path, &tables, others, asked, bar);
    }
    let mut chosen =
        format!("{}: {} ({})", path.display(), count(files.len(), "document"), DOCUMENTS.join(", "));
    if !tables.is_empty() {
        let few: Vec<String> = tables.iter().take(NAMED).map(|table| within(path, table)).collect();
        let more = if tables.len() > NAMED { ", …" } else { "" };
        let left = format!("; {} left out ({}{more}): name", count(tables.len(), "table"), few.join(", "));
        chosen += &format!("{left} {} to read its records", if tables.len() == 1 { "it" } else { "one" });
    }
    chosen += &left_out(others);
    let bar = bar.clone();
    let root = path.to_owned();
    let items = files.into_iter().map(move |path| {
        let body = match std::fs::read(&path) {
            Ok(bytes) => {
                bar.inc(bytes.len() as u64);
                Body::File(bytes)
            }
            Err(error) => Body::Bad("unreadable", error.to_string()),
        };
        Item { source: within(&root, &path).into(), line: 1, offset: None, body }
    });
    Ok(Corpus { chosen: Some(chosen), items: Box::new(items) })
}

fn left_out(others: usize) -> String {
    match others {
        0 => String::new(),
        others => format!("; {} of other kinds left out", count(others, "file")),
    }
}

fn within(root: &Path, path: &Path) -> String {
    path.strip_prefix(root).unwrap_or(path).to_string_lossy().into_owned()
}

/// Tables by their names; what spreadsheets leave beside an open file is none, nor is an output being written.
fn is_table(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let lines = guess(path) == Some(CorpusFormat::Txt);
    !name.starts_with(['~', '.']) && !lines && guess(path).is_some()
}

/// The records of a folder's tables.
fn all(
    path: &Path,
    tables: &[PathBuf],
    others: usize,
    asked: &Asked,
    bar: &ProgressBar,
) -> Result<Corpus, Failure> {
    let mut told = vec![format!("{}: {}{}", path.display(), count(tables.len(), "table"), left_out(others))];
    let mut items: Box<dyn Iterator<Item = Item> + Send> = Box::new(std::iter::empty());
    for table in tables {
        let corpus = open(table, None, asked, bar)?;
        told.extend(corpus.chosen);
        items = Box::new(items.chain(corpus.items));
    }
    Ok(Corpus { chosen: Some(told.join("\nnote: ")), items })
}
