//! Changes to a pack's files that leave all else as it was, byte for byte.

use std::fmt;
use std::ops::Range;

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

/// The files without some items of their lists; comments, order and all else stay as they are.
///
/// A place is that of an item, quotes included; an item takes its comma with it, and its line if nothing else stands
/// there. Places that are no part of their file are left alone.
pub fn without_items(files: &[SourceFile], items: &[Place]) -> Vec<SourceFile> {
    let mut after = files.to_vec();
    let mut sorted: Vec<&Place> = items.iter().collect();
    // From the end, so that earlier places stay true.
    sorted.sort_by_key(|place| std::cmp::Reverse((place.file, place.span.start)));
    sorted.dedup();
    for place in sorted {
        if let Some(file) = after.get_mut(place.file)
            && file.text.get(place.span.clone()).is_some()
        {
            let range = with_comma(&file.text, place.span.clone());
            file.text.replace_range(range, "");
        }
    }
    after
}

/// The bytes that go with an item of a list.
fn with_comma(text: &str, item: Range<usize>) -> Range<usize> {
    let blank = |c: char| c == ' ' || c == '\t';
    let back = |at: usize| text[..at].trim_end_matches(blank).len();
    let on = |at: usize| text.len() - text[at..].trim_start_matches(blank).len();
    let Range { mut start, mut end } = item;
    if text[on(end)..].starts_with(',') {
        end = on(end) + 1;
    } else if text[..back(start)].ends_with(',') {
        // The last one: the comma before it goes.
        start = back(back(start) - 1);
    }
    let first = text[..back(start)].is_empty() || text[..back(start)].ends_with('\n');
    let rest = &text[on(end)..];
    let line_end = ["\r\n", "\n"].into_iter().find(|line_end| rest.starts_with(line_end));
    match (first, line_end) {
        (true, Some(line_end)) => back(start)..on(end) + line_end.len(),
        // No blanks at the end of a line that goes on without it.
        (false, Some(_)) => back(start)..end,
        (_, None) => start..on(end),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_go_with_their_commas_and_comments_stay() {
        let cases = [
            // Items to remove stand in angle brackets.
            (r#"p = [<"a">, "b"]"#, r#"p = ["b"]"#),
            (r#"p = ["a", <"b">]"#, r#"p = ["a"]"#),
            (r#"p = ["a", <"b">, <"c">]"#, r#"p = ["a"]"#),
            (r#"p = ["a" , <"b"> , "c" ]"#, r#"p = ["a" , "c" ]"#),
            ("p = [\n  \"a\", # one\n  <\"b\">, # two\n]\n", "p = [\n  \"a\", # one\n  # two\n]\n"),
            ("p = [\n  \"a\",\n  <\"b\">,\n  \"c\",\n]\n", "p = [\n  \"a\",\n  \"c\",\n]\n"),
            ("p = [\r\n  \"a\",\r\n  <\"b\">\r\n]\r\n", "p = [\r\n  \"a\",\r\n]\r\n"),
            ("p = [\n  \"a\", <\"b\">,\n  \"c\",\n]\n", "p = [\n  \"a\",\n  \"c\",\n]\n"),
            ("p = [\n  \"a\", # one\n  <\"b\">\n]\n", "p = [\n  \"a\", # one\n]\n"),
            ("p = [\n  <\"a\">, <\"b\">,\n  'c', <\"\"\"d\"\"\">,\n]\n", "p = [\n  'c',\n]\n"),
        ];
        for (marked, want) in cases {
            let mut items = Vec::new();
            let mut text = String::new();
            let mut start = 0;
            for c in marked.chars() {
                match c {
                    '<' => start = text.len(),
                    '>' => items.push(Place { file: 0, span: start..text.len() }),
                    c => text.push(c),
                }
            }
            let files = [SourceFile { name: "a.toml".into(), text }];
            assert_eq!(without_items(&files, &items)[0].text, want, "{marked}");
        }
    }
}
