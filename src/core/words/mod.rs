//! Text to words: where a word begins and ends, and the form under which a pack knows it.
//!
//! A word is a run of letters and digits. `R&D`, `C++`, `Ph.D.`, `don't` and `1,000` are one word each;
//! a hyphen or slash ends a word, so `follow-up` reads like `follow up`. A possessive `'s` belongs to
//! the span of its word but not to its form. Case, accents, ligatures and soft hyphens are folded away.

mod form;
mod rich;

pub use form::{Form, SHORT};

use form::PlainRun;
use rich::{begins_word, char_at, fold_char, rich_word};

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
            let end = rich_word(text, to, at, buffer);
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
