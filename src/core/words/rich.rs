//! Words with marks or letters beyond ASCII, and how they are folded.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::{CLASS, Class};

/// Consumes ASCII letters and digits from `at`, lower-cased into `buffer`.
fn plain_word(bytes: &[u8], mut at: usize, buffer: &mut Vec<u8>) -> usize {
    let start = at;
    while at < bytes.len() && CLASS[bytes[at] as usize] == Class::Word {
        at += 1;
    }
    buffer.extend(bytes[start..at].iter().map(u8::to_ascii_lowercase));
    at
}

/// Continues a word behind its plain beginning: apostrophes, dots, `&`, `+`, `#` and non-ASCII letters.
pub fn rich_word(text: &str, to: usize, start: usize, buffer: &mut Vec<u8>) -> usize {
    let mut at = start;
    let bytes = text.as_bytes();
    let word_at = |i: usize| i < to && is_word_char(text, i);
    while at < to {
        let c = char_at(text, at);
        let next = at + c.len_utf8();
        let ascii = c.is_ascii();
        if ascii && CLASS[bytes[at] as usize] == Class::Word {
            at = plain_word(&bytes[..to], at, buffer);
            continue;
        }
        match c {
            '\'' | '\u{2019}' | '\u{2018}' | '\u{02BC}' if word_at(next) && at > start => {
                let (end, suffix) = letters(text, next, to);
                if matches!(suffix.as_str(), "s" | "ll" | "re" | "ve" | "d" | "m") {
                    return end;
                }
                buffer.push(b'\'');
                at = next;
            }
            '.' if word_at(next) && joins_initials(&text[start..at], &text[next..to]) => at = next,
            '.' | ',' if digit(bytes, at.wrapping_sub(1)) && next < to && digit(bytes, next) => {
                buffer.push(c as u8);
                at = next;
            }
            '&' if at > start && word_at(next) => {
                buffer.push(b'&');
                at = next;
            }
            '+' | '#' if at > start && at - start <= 2 && !word_at(next) => {
                let run = if c == '+' && next < to && bytes[next] == b'+' { 2 } else { 1 };
                buffer.extend(std::iter::repeat_n(c as u8, run));
                return at + run;
            }
            _ if !ascii && continues_word(c) => {
                fold_char(c, buffer);
                at = next;
            }
            _ => break,
        }
    }
    at
}

/// The run of letters from `at`, lower-cased, and where it ends.
fn letters(text: &str, at: usize, to: usize) -> (usize, String) {
    let run: String = text[at..to].chars().take_while(|c| c.is_alphanumeric()).take(12).collect();
    (at + run.len(), run.to_lowercase())
}

/// Whether the dot between `left` and `right` joins initials: `C.A`, `Ph.D`, `B.Com`, `e.g`.
fn joins_initials(left: &str, right: &str) -> bool {
    let last = left.rsplit('.').next().unwrap_or(left);
    let letters = last.chars().count();
    let upper = last.starts_with(|c: char| c.is_ascii_uppercase());
    let all_letters = last.chars().all(|c| c.is_ascii_alphabetic());
    let following = right.chars().take_while(|c| c.is_alphanumeric()).count();
    all_letters && following <= 5 && ((upper && letters <= 2) || (letters == 1 && following == 1))
}

fn digit(bytes: &[u8], at: usize) -> bool {
    bytes.get(at).is_some_and(u8::is_ascii_digit)
}

pub fn char_at(text: &str, at: usize) -> char {
    text[at..].chars().next().unwrap_or('\u{FFFD}')
}

fn is_word_char(text: &str, at: usize) -> bool {
    char_at(text, at).is_alphanumeric()
}

/// Whether a word that is not plain begins here.
pub fn begins_word(text: &str, at: usize) -> bool {
    let c = char_at(text, at);
    !c.is_ascii() && c.is_alphanumeric()
}

/// Whether a non-ASCII character goes on with a word: letters, marks, and what is invisible inside words.
fn continues_word(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c) || is_invisible(c)
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{00AD}' | '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}')
}

/// Appends the folded form of one character: lower case, no accents, ligatures spelt out.
pub fn fold_char(c: char, buffer: &mut Vec<u8>) {
    let mut push = |c: char| {
        let mut utf8 = [0; 4];
        buffer.extend_from_slice(c.encode_utf8(&mut utf8).as_bytes());
    };
    if c.is_ascii() {
        push(c.to_ascii_lowercase());
        return;
    }
    match c {
        '\u{2019}' | '\u{2018}' | '\u{02BC}' => push('\''),
        'ß' | 'ẞ' => "ss".chars().for_each(push),
        'æ' | 'Æ' => "ae".chars().for_each(push),
        'œ' | 'Œ' => "oe".chars().for_each(push),
        'ø' | 'Ø' => push('o'),
        'ł' | 'Ł' => push('l'),
        'đ' | 'Đ' => push('d'),
        _ if is_invisible(c) => {}
        // Twice lower: some compatibility forms decompose to capitals, some capitals to two characters.
        _ => c
            .nfkd()
            .filter(|d| !is_combining_mark(*d))
            .flat_map(char::to_lowercase)
            .flat_map(|d| d.nfkd().filter(|e| !is_combining_mark(*e)).collect::<Vec<_>>())
            .for_each(push),
    }
}
