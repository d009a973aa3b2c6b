//! Changes to a pack's files that leave all else as it was, byte for byte.

use std::fmt;

use similar::TextDiff;

use super::pack::SourceFile;
use crate::core::diagnostic::Place;

/// New text in the place of old.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced.
    pub place: Place,
    /// What stands there then.
    pub text: String,
}

/// Edits that can't both be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overlap;

impl fmt::Display for Overlap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("two changes touch the same place")
    }
}

impl std::error::Error for Overlap {}

/// The files after the edits, in their order.
///
/// # Errors
/// If edits overlap, or lie outside their file.
pub fn apply(files: &[SourceFile], edits: &[Edit]) -> Result<Vec<SourceFile>, Overlap> {
    let mut after = files.to_vec();
    let mut sorted: Vec<&Edit> = edits.iter().collect();
    sorted.sort_by_key(|edit| std::cmp::Reverse((edit.place.file, edit.place.span.start)));
    let mut before: Option<&Edit> = None;
    for edit in sorted {
        let span = edit.place.span.clone();
        let meets = before.is_some_and(|b| b.place.file == edit.place.file && span.end > b.place.span.start);
        let file = after.get_mut(edit.place.file).ok_or(Overlap)?;
        if meets || file.text.get(span.clone()).is_none() {
            return Err(Overlap);
        }
        file.text.replace_range(span, &edit.text);
        before = Some(edit);
    }
    Ok(after)
}

/// What changed between two states of the same files, as a unified diff that `git apply` takes.
pub fn unified(before: &[SourceFile], after: &[SourceFile]) -> String {
    let changed = before.iter().zip(after).filter(|(old, new)| old.text != new.text);
    changed
        .map(|(old, new)| {
            let name = old.name.trim_start_matches("./");
            TextDiff::from_lines(&old.text, &new.text)
                .unified_diff()
                .header(&format!("a/{name}"), &format!("b/{name}"))
                .to_string()
        })
        .collect()
}
