//! Where sentences end. Written for job descriptions: `C#, .NET and Node.js`, `e.g.`, `approx. 5 yrs.`

use std::ops::Range;

use super::line::trim;

/// Abbreviations that seldom end a sentence, without their last dot, lower case.
const ABBREVIATIONS: &[&str] = &[
    "a.m", "p.m", "approx", "asst", "co", "corp", "dept", "dr", "e.g", "eg", "eng", "esp", "est", "exp",
    "fig", "i.e", "ie", "inc", "incl", "jr", "ltd", "max", "messrs", "mgr", "min", "mr", "mrs", "ms", "no",
    "nos", "ph", "prof", "pvt", "ref", "rs", "sr", "st", "tel", "v", "viz", "vs", "yr", "yrs",
];

const CLOSING: [char; 7] = ['"', '\'', ')', '\u{201D}', '\u{2019}', '*', '_'];
const OPENING: [char; 6] = ['"', '\'', '(', '\u{201C}', '*', '_'];

/// A semicolon parts a list if its pieces have at least this many words.
const PIECE_WORDS: usize = 3;

/// The sentences of `text[range]`, trimmed; pieces of a list that semicolons part are sentences too.
pub fn sentences(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = range.start;
    let mut semicolon = range.start;
    for (i, c) in text[range.clone()].char_indices() {
        let at = range.start + i;
        let end = at + c.len_utf8();
        let ends = match c {
            '.' | '!' | '?' => sentence_end(text, start, at, range.end),
            ';' if parts_list(&text[semicolon.max(start)..at], &text[end..range.end]) => Some(end),
            _ => None,
        };
        if c == ';' {
            semicolon = end;
        }
        if let Some(end) = ends {
            push(text, start..end, &mut found);
            start = end;
        }
    }
    push(text, start..range.end, &mut found);
    found
}

fn push(text: &str, range: Range<usize>, found: &mut Vec<Range<usize>>) {
    let range = trim(text, range);
    if text[range.clone()].chars().any(char::is_alphanumeric) {
        found.push(range);
    }
}

fn parts_list(left: &str, right: &str) -> bool {
    let right = right.split(';').next().unwrap_or(right);
    let words = |s: &str| s.split_whitespace().count();
    words(left) >= PIECE_WORDS && words(right) >= PIECE_WORDS
}

/// Where the sentence ends whose mark stands at `at`, closing quotes and brackets included.
fn sentence_end(text: &str, start: usize, at: usize, to: usize) -> Option<usize> {
    let behind = text[at + 1..to].trim_start_matches(CLOSING);
    if !behind.starts_with(char::is_whitespace) {
        return None;
    }
    let next = behind.trim_start().trim_start_matches(OPENING);
    let ends =
        !text[at..].starts_with('.') || !abbreviates(&text[start..at], next.starts_with(char::is_lowercase));
    ends.then_some(to - behind.len())
}

/// Whether the dot behind `left` belongs to an abbreviation or initials; "etc." ends a sentence only if
/// the text does not go on in lower case.
fn abbreviates(left: &str, goes_on: bool) -> bool {
    let cut = left.rfind(|c: char| c.is_whitespace() || matches!(c, '(' | '/' | ','));
    let word = cut.map_or(left, |i| left[i..].trim_start_matches(|c: char| !c.is_alphanumeric()));
    let lower = word.to_lowercase();
    let initial = word.chars().count() == 1 && word.chars().all(char::is_alphabetic);
    let initials = lower.contains('.') && lower.split('.').all(|part| part.chars().count() == 1);
    initial || ABBREVIATIONS.contains(&lower.as_str()) || ((initials || lower == "etc") && goes_on)
}

#[cfg(test)]
mod tests {
    use super::sentences;

    #[test]
    fn sentences_end_where_a_reader_stops() {
        let cases: &[(&str, &[&str])] = &[
            ("File records. Answer calls.", &["File records.", "Answer calls."]),
            ("Know C#, .NET and Node.js. Write code.", &["Know C#, .NET and Node.js.", "Write code."]),
            (
                "Lead e.g. Dr. A. Smith's team of approx. 5 people.",
                &["Lead e.g. Dr. A. Smith's team of approx. 5 people."],
            ),
            ("Ready? Apply (today.) Now!", &["Ready?", "Apply (today.)", "Now!"]),
            (
                "prepare the invoices; answer the calls; and so on",
                &["prepare the invoices;", "answer the calls;", "and so on"],
            ),
            ("mail; fax; chat", &["mail; fax; chat"]),
            ("5 p.m. shift", &["5 p.m. shift"]),
            (
                "Work in the U.S. or the U.K. only. Move to the U.S. Apply.",
                &["Work in the U.S. or the U.K. only.", "Move to the U.S.", "Apply."],
            ),
            (
                "file, scan etc. and answer calls. type letters etc. Mail them.",
                &["file, scan etc. and answer calls.", "type letters etc.", "Mail them."],
            ),
        ];
        for (text, want) in cases {
            let got: Vec<&str> = sentences(text, 0..text.len()).into_iter().map(|r| &text[r]).collect();
            assert_eq!(&got, want, "{text}");
        }
    }
}
