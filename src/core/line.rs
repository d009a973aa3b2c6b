//! One line of a job description: what its look says about it.

use std::ops::Range;

/// What a line looks like, before its words are considered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Look {
    /// Nothing but white space.
    Blank,
    /// A ruler, or the underlining of a heading.
    Ruler,
    /// Marked as a heading: `## Duties` (level 2), `**Duties**` (level 7).
    Heading(u8),
    /// An item of a list, behind its bullet or number.
    Item,
    /// Upper case throughout, and short.
    Capitals,
    /// Anything else.
    Plain,
}

/// A line, without bullets, heading marks and surrounding white space.
#[derive(Clone, Debug)]
pub struct Line {
    /// What it looks like.
    pub look: Look,
    /// Bytes of the whole line in the text, without the line end.
    pub whole: Range<usize>,
    /// Bytes of what it says.
    pub body: Range<usize>,
    /// Width of the white space before it.
    pub indent: usize,
}

/// The level of headings that are marked by bold type alone.
pub const BOLD: u8 = 7;

/// Words that a heading may have.
pub const HEADING_WORDS: usize = 9;

/// The lines of `text`; `\n`, `\r\n` and a lone `\r` end a line.
pub fn lines(text: &str) -> Vec<Line> {
    let bytes = text.as_bytes();
    let mut all = Vec::new();
    let mut start = 0;
    while start < bytes.len() {
        let end = memchr::memchr2(b'\n', b'\r', &bytes[start..]).map_or(bytes.len(), |i| start + i);
        all.push(line(text, start..end));
        let crlf = bytes[end..].starts_with(b"\r\n");
        start = end + if crlf { 2 } else { 1 };
    }
    all
}

fn line(text: &str, whole: Range<usize>) -> Line {
    let body = trim(text, whole.clone());
    let indent = text[whole.start..body.start].chars().map(|c| if c == '\t' { 4 } else { 1 }).sum();
    let said = &text[body.clone()];
    let (look, skip, cut) = look(said);
    let body = trim(text, body.start + skip..body.end - cut);
    Line { look, whole, body, indent }
}

/// The part of `range` without white space and invisible characters at its ends.
pub fn trim(text: &str, range: Range<usize>) -> Range<usize> {
    let blank = |c: char| c.is_whitespace() || matches!(c, '\u{FEFF}' | '\u{200B}' | '\u{00A0}');
    let slice = &text[range.clone()];
    let start = range.start + (slice.len() - slice.trim_start_matches(blank).len());
    let end = range.end - (slice.len() - slice.trim_end_matches(blank).len());
    start.min(end)..end
}

/// The look of a trimmed line, and how many bytes of it are marks: in front, behind.
fn look(said: &str) -> (Look, usize, usize) {
    if said.is_empty() {
        return (Look::Blank, 0, 0);
    }
    if said.len() >= 3 && said.chars().all(|c| matches!(c, '-' | '=' | '*' | '_' | '~' | ' ')) {
        return (Look::Ruler, 0, 0);
    }
    let hashes = said.bytes().take_while(|b| *b == b'#').count();
    if (1..=6).contains(&hashes) && said[hashes..].starts_with([' ', '\t']) {
        let behind = said.len() - said.trim_end_matches('#').len();
        return (Look::Heading(hashes as u8), hashes, behind);
    }
    if let Some(bold) = bold_line(said) {
        return bold;
    }
    if let Some(marker) = item_marker(said) {
        return (Look::Item, marker, 0);
    }
    if is_capitals(said) { (Look::Capitals, 0, 0) } else { (Look::Plain, 0, 0) }
}

/// `**Duties**`, `__Duties:__`: a heading if it is short and says nothing behind the bold type.
fn bold_line(said: &str) -> Option<(Look, usize, usize)> {
    for mark in ["**", "__"] {
        let Some(inner) = said.strip_prefix(mark) else { continue };
        let (inner, colon) = match inner.strip_suffix(':') {
            Some(rest) => (rest, 1),
            None => (inner, 0),
        };
        let Some(inner) = inner.strip_suffix(mark) else { continue };
        let short = inner.split_whitespace().count() <= HEADING_WORDS;
        if short && !inner.contains(mark) && !inner.ends_with(['.', ',']) {
            return Some((Look::Heading(BOLD), 2, 2 + colon));
        }
    }
    None
}

/// Bytes of the bullet or number at the start of a line, or nothing.
fn item_marker(said: &str) -> Option<usize> {
    let first = said.chars().next()?;
    let rest = &said[first.len_utf8()..];
    let spaced = rest.starts_with(char::is_whitespace);
    if matches!(first, '-' | '*' | '+' | '>' | '–' | '—' | 'o' | '~') && spaced {
        return Some(first.len_utf8());
    }
    let dash_word = matches!(first, '-' | '–') && rest.starts_with(char::is_uppercase);
    if dash_word || is_bullet(first) {
        return Some(first.len_utf8());
    }
    numbered(said)
}

fn is_bullet(c: char) -> bool {
    matches!(
        c,
        '•' | '·'
            | '▪'
            | '▫'
            | '◦'
            | '●'
            | '○'
            | '■'
            | '□'
            | '◆'
            | '‣'
            | '⁃'
            | '➢'
            | '►'
            | '▶'
            | '✓'
            | '✔'
            | '∙'
    ) || ('\u{F000}'..='\u{F0FF}').contains(&c)
}

/// `1.`, `12)`, `(3)`, `a)`, `iv.`: the bytes before the space.
fn numbered(said: &str) -> Option<usize> {
    let open = usize::from(said.starts_with('('));
    let label = said[open..].bytes().take_while(u8::is_ascii_alphanumeric).count();
    let close = *said.as_bytes().get(open + label)?;
    let name = &said[open..open + label];
    let digits = !name.is_empty() && label <= 3 && name.bytes().all(|b| b.is_ascii_digit());
    let letter = label == 1 || (label <= 4 && name.bytes().all(|b| matches!(b, b'i' | b'v' | b'x')));
    let closes = match close {
        b')' => digits || letter,
        b'.' => open == 0 && (digits || (letter && name.bytes().all(|b| b.is_ascii_lowercase()))),
        _ => false,
    };
    let end = open + label + 1;
    (label > 0 && closes && said[end..].starts_with(char::is_whitespace)).then_some(end)
}

fn is_capitals(said: &str) -> bool {
    let letters = said.chars().filter(|c| c.is_alphabetic()).count();
    letters >= 4
        && !said.chars().any(char::is_lowercase)
        && said.split_whitespace().count() <= HEADING_WORDS
        && !said.ends_with('.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn looks() {
        let cases = [
            ("## Duties ##", Look::Heading(2), "Duties"),
            ("**What you'll do:**", Look::Heading(BOLD), "What you'll do:"),
            ("**Duties**:", Look::Heading(BOLD), "Duties"),
            ("**Bold** start of a sentence.", Look::Plain, "**Bold** start of a sentence."),
            ("  - file invoices", Look::Item, "file invoices"),
            ("•\tfile invoices", Look::Item, "file invoices"),
            ("-File invoices", Look::Item, "File invoices"),
            ("10) file invoices", Look::Item, "file invoices"),
            ("(a) file invoices", Look::Item, "file invoices"),
            ("iv. file invoices", Look::Item, "file invoices"),
            ("o  file invoices", Look::Item, "file invoices"),
            ("2023. A year", Look::Plain, "2023. A year"),
            ("A. Smith joined", Look::Plain, "A. Smith joined"),
            ("KEY DUTIES", Look::Capitals, "KEY DUTIES"),
            ("-----", Look::Ruler, "-----"),
            (" \u{A0} ", Look::Blank, ""),
        ];
        for (text, look, body) in cases {
            let line = &lines(text)[0];
            assert_eq!((&line.look, &text[line.body.clone()]), (&look, body), "{text:?}");
        }
    }

    #[test]
    fn every_line_end_counts_once() {
        let text = "a\r\nb\rc\n\nd";
        let bodies: Vec<&str> = lines(text).iter().map(|l| &text[l.body.clone()]).collect();
        assert_eq!(bodies, ["a", "b", "c", "", "d"]);
    }
}
