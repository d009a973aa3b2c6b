//! Texts on which `outsort` and plain byte matchers agree about what a word is and which words are neighbours.
//!
//! `outsort` folds accents, reads `data-entry` and `data/entry` as `data entry`, `R&D` as one word, and lets no phrase
//! run across a comma; a literal `data entry` finds one space and nothing else. Both read a text alike if it is ASCII,
//! if neighbours stand one space apart, and if all else between words is a mark that parts them for `outsort`, too.

use outsort::core::words::fold;

/// A heading has this many words at most; a longer line without an end gets a semicolon.
const HEADING_WORDS: usize = 4;

/// The text, plain: ASCII; full stops that end a sentence as exclamation marks; `&`, `/`, `-` and their kin as spaces; nothing
/// from an apostrophe to the end of its word.
pub fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.lines() {
        let line = line.trim();
        let bare = line.trim_start_matches(['-', '*', '•', '·', '▪', '●', '–', ' ', '\t']);
        let words = plain_words(bare);
        if words.is_empty() {
            if !out.is_empty() && !out.ends_with("\n\n") {
                out.push('\n');
            }
            continue;
        }
        if bare.len() < line.len() {
            out.push_str("- ");
        }
        out.push_str(&words);
        if !words.ends_with([',', ';', ':', '!', '?', ')']) {
            let heading = bare.len() == line.len() && words.split(' ').count() <= HEADING_WORDS;
            out.push(if heading { ':' } else { ';' });
        }
        out.push('\n');
    }
    out.truncate(out.trim_end().len());
    out
}

/// One line without its end, as [`plain`] has it.
pub fn plain_words(line: &str) -> String {
    let ascii = ascii(line);
    let bytes = ascii.as_bytes();
    let mut out = String::with_capacity(bytes.len());
    let mut contracted = false;
    for (at, byte) in bytes.iter().enumerate() {
        contracted = if contracted { byte.is_ascii_alphanumeric() } else { *byte == b'\'' };
        if contracted {
            continue;
        }
        let before = at.checked_sub(1).map(|i| bytes[i]);
        let behind = bytes.get(at + 1).copied();
        let between_digits = digit(before) && digit(behind);
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => out.push(char::from(*byte)),
            b',' | b';' | b':' | b'!' | b'?' | b'(' | b')' | b'[' | b']' | b'{' | b'}' | b'|' => {
                out.push(char::from(*byte));
            }
            b'.' if between_digits => out.push('.'),
            b'.' if behind.is_none_or(|b| b == b' ' || b == b'"' || b == b')') => out.push('!'),
            b'+' | b'%' if digit(before) => out.push(char::from(*byte)),
            b'$' if digit(behind) => out.push('$'),
            _ if !out.ends_with(' ') && !out.is_empty() => out.push(' '),
            _ => {}
        }
    }
    out.truncate(out.trim_end().len());
    out
}

fn digit(byte: Option<u8>) -> bool {
    byte.is_some_and(|b| b.is_ascii_digit())
}

fn ascii(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    for c in line.chars() {
        match c {
            _ if c.is_ascii_control() => out.push(' '),
            _ if c.is_ascii() => out.push(c),
            '\u{2019}' | '\u{2018}' => out.push('\''),
            '\u{2013}'..='\u{2015}' | '\u{2022}' | '\u{2026}' => out.push(','),
            _ if c.is_alphanumeric() => out.extend(fold(&c.to_string()).chars().filter(char::is_ascii)),
            _ => out.push(' '),
        }
    }
    out
}
