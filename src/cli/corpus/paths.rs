//! Paths of corpora, and patterns that stand for several.

use std::path::PathBuf;

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
