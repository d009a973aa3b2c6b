//! Text to words: where a word begins and ends, and the form under which a pack knows it.
//!
//! A word is a run of letters and digits. `R&D`, `C++`, `Ph.D.`, `don't` and `1,000` are one word each;
//! a hyphen or slash ends a word, so `follow-up` reads like `follow up`. A possessive `'s` belongs to
//! the span of its word but not to its form. Case, accents, ligatures and soft hyphens are folded away.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// What lies between a word and the one before it, weakest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Break {
    /// White space, a hyphen, a slash, quotation marks, markup: the words stand side by side.
    None,
    /// A bracket: phrases do not run across it, clauses do.
    Bracket,
    /// A comma or dash: ends a clause unless a list goes on behind it.
    Comma,
    /// A semicolon, colon, question or exclamation mark: ends a clause.
    Clause,
}

/// One word of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    /// Byte offset of its first byte in the text.
    pub start: u32,
    /// Byte offset behind its last byte.
    pub end: u32,
    /// What separates it from the word before.
    pub before: Break,
    /// Whether it is more than ASCII letters and digits, so that its form is not its bytes in lower case.
    pub rich: bool,
}

/// Bytes of the longest form that is held by value.
pub const SHORT: usize = 16;

/// The folded form of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form<'b> {
    /// Up to [`SHORT`] bytes, zeros behind them.
    Short([u8; SHORT], u8),
    /// More.
    Long(&'b [u8]),
}

impl<'b> Form<'b> {
    /// The form with these bytes.
    pub fn of(bytes: &'b [u8]) -> Form<'b> {
        let mut short = [0; SHORT];
        match short.get_mut(..bytes.len()) {
            Some(head) => {
                head.copy_from_slice(bytes);
                Form::Short(short, bytes.len() as u8)
            }
            None => Form::Long(bytes),
        }
    }

    /// Its bytes.
    pub fn as_bytes(&self) -> &[u8] {
        match self {
            Form::Short(bytes, len) => &bytes[..usize::from(*len)],
            Form::Long(bytes) => bytes,
        }
    }
}

/// Calls `each` for every word of `text[from..to]`, with its folded form.
///
/// `buffer` is scratch; a long form that is lent to `each` lives in it.
pub fn for_each_word(
    text: &str,
    from: usize,
    to: usize,
    buffer: &mut Vec<u8>,
    mut each: impl FnMut(Word, &Form<'_>),
) {
    let bytes = text.as_bytes();
    let mut at = from;
    let mut before = Break::None;
    while at < to {
        let plain = PlainRun::at(bytes, at, to);
        let end = at + plain.len;
        let behind = if end < to { CLASS[bytes[end] as usize] } else { Class::Other };
        if plain.len > 0 && plain.len < SHORT && !may_go_on(bytes, end, to) {
            let form = Form::Short(plain.lower, plain.len as u8);
            each(Word { start: at as u32, end: end as u32, before, rich: false }, &form);
            // What ended the word is known; mostly a space, and the next word begins behind it.
            before = behind.as_break();
            at = end + 1;
        } else if plain.len > 0 || begins_word(text, at) {
            buffer.clear();
            let end = rich_word(text, to, at, at, buffer);
            let rich = !bytes[at..end].iter().all(u8::is_ascii_alphanumeric);
            let word = Word { start: at as u32, end: end as u32, before, rich };
            each(word, &Form::of(buffer));
            before = Break::None;
            at = end;
        } else {
            let c = char_at(text, at);
            before = before.max(if c.is_ascii() { behind.as_break() } else { wide_break(c) });
            at += c.len_utf8();
        }
    }
}

/// Whether a word may go on behind its plain beginning, at `end`.
fn may_go_on(bytes: &[u8], end: usize, to: usize) -> bool {
    let class = |at: usize| if at < to { CLASS[bytes[at] as usize] } else { Class::Other };
    match class(end) {
        Class::Wide => true,
        Class::Joiner if matches!(bytes[end], b'+' | b'#') => true,
        Class::Joiner | Class::Comma => matches!(class(end + 1), Class::Word | Class::Wide),
        _ => false,
    }
}

/// ASCII letters and digits that stand side by side, up to [`SHORT`].
struct PlainRun {
    /// How many.
    len: usize,
    /// They, in lower case, zeros behind them.
    lower: [u8; SHORT],
}

impl PlainRun {
    /// The run that begins at `at` and ends before `to`.
    #[inline]
    fn at(bytes: &[u8], at: usize, to: usize) -> PlainRun {
        let chunk = match bytes[at..].first_chunk::<SHORT>() {
            Some(chunk) => *chunk,
            None => {
                let mut chunk = [0; SHORT];
                chunk[..bytes.len() - at].copy_from_slice(&bytes[at..]);
                chunk
            }
        };
        let all = u128::from_le_bytes(chunk);
        let len = (not_plain(all).trailing_zeros() as usize / 8).min(to - at);
        // Letters differ from their lower case in this bit, and digits have it.
        let lower = (all | every(0x20)) & u128::MAX.checked_shr(128 - 8 * len as u32).unwrap_or(0);
        PlainRun { len, lower: lower.to_le_bytes() }
    }
}

/// The byte, sixteen times.
const fn every(byte: u8) -> u128 {
    u128::from_le_bytes([byte; SHORT])
}

/// The highest bit of each byte that is no ASCII letter or digit: sixteen comparisons in a few additions,
/// as no sum runs over into the next byte.
fn not_plain(all: u128) -> u128 {
    const HIGH: u128 = every(0x80);
    let between = |bytes: u128, first: u8, last: u8| {
        let low = bytes & !HIGH;
        (low + every(0x80 - first)) & !(low + every(0x7F - last))
    };
    (!(between(all | every(0x20), b'a', b'z') | between(all, b'0', b'9')) | all) & HIGH
}

/// The folded form of a word that stands alone, as a pattern would write it.
pub fn fold(word: &str) -> String {
    let mut buffer = Vec::new();
    for c in word.chars() {
        fold_char(c, &mut buffer);
    }
    String::from_utf8(buffer).unwrap_or_default()
}

/// The folded words of a short text: `Follow-Up` gives `follow`, `up`.
pub fn fold_words(text: &str) -> Vec<String> {
    let mut buffer = Vec::new();
    let mut words = Vec::new();
    for_each_word(text, 0, text.len(), &mut buffer, |_, form| {
        words.push(String::from_utf8_lossy(form.as_bytes()).into_owned());
    });
    words
}

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
fn rich_word(text: &str, to: usize, start: usize, mut at: usize, buffer: &mut Vec<u8>) -> usize {
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

fn char_at(text: &str, at: usize) -> char {
    text[at..].chars().next().unwrap_or('\u{FFFD}')
}

fn is_word_char(text: &str, at: usize) -> bool {
    char_at(text, at).is_alphanumeric()
}

/// Whether a word that is not plain begins here.
fn begins_word(text: &str, at: usize) -> bool {
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
fn fold_char(c: char, buffer: &mut Vec<u8>) {
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

fn wide_break(c: char) -> Break {
    match c {
        '\u{2013}'..='\u{2015}' | '\u{2022}' | '\u{00B7}' | '\u{25AA}' | '\u{2026}' | '\u{25CF}' => {
            Break::Comma
        }
        _ => Break::None,
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Other,
    Word,
    /// A byte of a non-ASCII character.
    Wide,
    /// May join two halves of a word.
    Joiner,
    Bracket,
    Comma,
    Clause,
}

impl Class {
    fn as_break(self) -> Break {
        match self {
            Class::Bracket => Break::Bracket,
            Class::Comma => Break::Comma,
            Class::Clause => Break::Clause,
            _ => Break::None,
        }
    }
}

const CLASS: [Class; 256] = {
    let mut table = [Class::Other; 256];
    let mut i = 0;
    while i < 256 {
        table[i] = match i as u8 {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => Class::Word,
            0x80..=0xFF => Class::Wide,
            b'\'' | b'.' | b'&' | b'+' | b'#' => Class::Joiner,
            b'(' | b')' | b'[' | b']' | b'{' | b'}' | b'|' => Class::Bracket,
            b',' => Class::Comma,
            b';' | b':' | b'!' | b'?' => Class::Clause,
            _ => Class::Other,
        };
        i += 1;
    }
    table
};

#[cfg(test)]
mod tests {
    use super::*;

    fn forms(text: &str) -> String {
        fold_words(text).join(" ")
    }

    #[test]
    fn words_are_read_as_people_read_them() {
        let cases = [
            ("Follow-up calls", "follow up calls"),
            ("R&D, C++ and C# (M.B.A.)", "r&d c++ and c# mba"),
            ("a Ph.D. or B.Com. e.g. here", "a phd or bcom eg here"),
            ("client’s clients' needs", "client clients needs"),
            ("We don't, you'll", "we don't you"),
            ("1,000 calls; 4.5 years.", "1,000 calls 4.5 years"),
            ("ﬁnancial Zoë naïve stra\u{00AD}tegy", "financial zoe naive strategy"),
            ("end. Next.NET", "end next net"),
            ("ＦＵＬＬ ＷＩＤＴＨ Straße", "full width strasse"),
        ];
        for (text, want) in cases {
            assert_eq!(forms(text), want, "{text}");
        }
    }

    #[test]
    fn spans_point_at_the_original_bytes() {
        let text = "the café’s MENU — now";
        let mut buffer = Vec::new();
        let mut seen = Vec::new();
        for_each_word(text, 0, text.len(), &mut buffer, |word, _| {
            seen.push((&text[word.start as usize..word.end as usize], word.before));
        });
        let want =
            [("the", Break::None), ("café’s", Break::None), ("MENU", Break::None), ("now", Break::Comma)];
        assert_eq!(seen, want);
    }
}
