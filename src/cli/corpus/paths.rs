//! Paths of corpora: patterns, and sizes on disk.

use std::path::{Path, PathBuf};

use super::super::failure::Failure;
use super::super::load::is_stdin;

/// The paths that patterns such as `data/*.csv` and `data/**/*.parquet` stand for, by name. A path that exists
/// stands for itself, whatever signs it has.
///
/// # Errors
/// A pattern that is none, or that nothing matches.
pub fn expanded(paths: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    let mut all = Vec::new();
    for path in paths {
        let text = path.to_string_lossy();
        if is_stdin(path) || !text.contains(['*', '?', '[']) || path.exists() {
            all.push(path.clone());
            continue;
        }
        let found = glob::glob(&text).map_err(|error| {
            Failure::Usage(format!("{text}: {}\nhelp: `[` begins a set of letters: [ab]", error.msg))
        })?;
        let before = all.len();
        for entry in found {
            let path = entry.map_err(|e| Failure::io("read", e.path(), e.error()))?;
            if path.is_file() {
                all.push(path);
            }
        }
        if all.len() == before {
            let help = "`*` stands for any letters of a name, `**` for any folders";
            return Err(Failure::Usage(format!("no file is called {text}\nhelp: {help}")));
        }
    }
    Ok(all)
}

/// Bytes of a corpus on disk, for the progress bar.
pub fn size(path: &Path) -> Option<u64> {
    if is_stdin(path) {
        return None;
    }
    if path.is_dir() {
        let files = ignore::WalkBuilder::new(path).standard_filters(false).build();
        return Some(
            files.filter_map(|e| e.ok()?.metadata().ok()).filter(|m| m.is_file()).map(|m| m.len()).sum(),
        );
    }
    Some(std::fs::metadata(path).ok()?.len())
}
