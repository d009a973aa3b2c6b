//! Folders: their documents, or, where there are none, their tables.

use std::path::Path;

use indicatif::ProgressBar;

use super::super::documents::Folder;
use super::super::failure::{Failure, count, plain};
use super::super::fields::Asked;
use super::{Body, Corpus, Item, open};

/// Bytes of the largest document that is read from a folder.
const MAX_FILE: u64 = 1 << 30;
/// Tables that a message names.
const NAMED: usize = 3;

/// The documents of a folder and its folders, by path. A folder that holds tables alone gives their records.
pub fn folder(path: &Path, asked: &Asked, bar: &ProgressBar) -> Result<Corpus, Failure> {
    let found = Folder::walk(path);
    if found.files.is_empty() && !found.tables.is_empty() {
        return all(path, &found, asked, bar);
    }
    let mut chosen = format!("{}: {}", path.display(), found.describe());
    if !found.tables.is_empty() {
        let few: Vec<String> = found.tables.iter().take(NAMED).map(|table| within(path, table)).collect();
        let more = if found.tables.len() > NAMED { ", …" } else { "" };
        let left =
            format!("; {} left out ({}{more}): name", count(found.tables.len(), "table"), few.join(", "));
        chosen +=
            &format!("{left} {} to read its records", if found.tables.len() == 1 { "it" } else { "one" });
    }
    let bar = bar.clone();
    let root = path.to_owned();
    let items = found.files.into_iter().map(move |(path, why)| {
        let body = why.map_or_else(|| document(&path, &bar), |why| Body::Bad("unreadable", why));
        Item { source: within(&root, &path).into(), line: 1, offset: None, body }
    });
    Ok(Corpus { chosen: Some(chosen), items: Box::new(items) })
}

/// A file that is one document.
pub fn document(path: &Path, bar: &ProgressBar) -> Body {
    let size = std::fs::metadata(path).map_or(0, |m| m.len());
    if size > MAX_FILE {
        return Body::Bad("too-large", format!("the file is larger than {} MB", MAX_FILE >> 20));
    }
    match std::fs::read(path) {
        Ok(bytes) => {
            bar.inc(bytes.len() as u64);
            Body::File(bytes)
        }
        Err(error) => Body::Bad("unreadable", plain(&error)),
    }
}

fn within(root: &Path, path: &Path) -> String {
    path.strip_prefix(root).unwrap_or(path).to_string_lossy().into_owned()
}

/// The records of a folder's tables.
fn all(path: &Path, found: &Folder, asked: &Asked, bar: &ProgressBar) -> Result<Corpus, Failure> {
    let tables = count(found.tables.len(), "table");
    let mut told = vec![format!("{}: {tables}{}", path.display(), found.left_out())];
    let mut items: Box<dyn Iterator<Item = Item> + Send> = Box::new(std::iter::empty());
    for table in &found.tables {
        let corpus = open(table, None, asked, bar)?;
        told.extend(corpus.chosen);
        items = Box::new(items.chain(corpus.items));
    }
    Ok(Corpus { chosen: Some(told.join("\nnote: ")), items })
}
