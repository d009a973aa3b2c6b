//! Lines to running text: ends of lines are joined as a reader joins them.

use std::collections::HashSet;

use super::lines::Line;

/// The words of a file, by which a hyphen at a line's end is judged.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    words: HashSet<String>,
    lines: usize,
    /// Lines that end with a hyphen as it is typed.
    typed: usize,
    /// Lines that end with a hyphen as only programs set it.
    set: usize,
}

/// First parts of words that keep their hyphen.
const PREFIXES: [&str; 34] = [
    "all", "back", "client", "cost", "cross", "day", "decision", "end", "ever", "face", "first", "follow",
    "front", "full", "half", "high", "in", "long", "low", "mid", "multi", "non", "off", "on", "part",
    "problem", "real", "second", "self", "short", "third", "time", "up", "well",
];

impl Lexicon {
    /// Learns the words that stand within lines; those at the ends may be halves.
    pub(super) fn learn(&mut self, line: &Line) {
        let count = line.words.len();
        let end = line.words.last().and_then(|word| word.text.chars().last());
        self.lines += usize::from(count > 3);
        self.typed += usize::from(end == Some('-'));
        self.set += usize::from(matches!(end, Some('\u{2010}' | '\u{ad}')));
        for (index, word) in line.words.iter().enumerate() {
            let half = (index + 1 == count && ends_with_hyphen(&word.text)) || (index == 0 && count > 1);
            if !half {
                self.words.insert(bare(&word.text));
            }
        }
    }

    /// Whether the file breaks words at all, so that a typed hyphen at a line's end may be the program's.
    fn breaks_words(&self) -> bool {
        self.set == 0 && self.typed * 40 > self.lines
    }

    /// Whether the hyphen between two halves belongs to the word.
    fn keeps_hyphen(&self, head: &str, tail: &str) -> bool {
        let typed = head.ends_with('-');
        let (head, tail) = (bare(head), bare(tail));
        if self.words.contains(&format!("{head}-{tail}")) {
            return true;
        }
        if self.words.contains(&format!("{head}{tail}")) {
            return false;
        }
        // Of `small-busi-` only the last part is in question.
        let head = head.rsplit('-').next().unwrap_or_default();
        (typed && !self.breaks_words())
            || head.chars().count() == 1
            || (self.words.contains(&tail) && (PREFIXES.contains(&head) || self.words.contains(head)))
    }
}

fn bare(word: &str) -> String {
    word.trim_matches(|letter: char| !letter.is_alphanumeric()).to_lowercase()
}

fn ends_with_hyphen(word: &str) -> bool {
    word.ends_with(['-', '\u{2010}', '\u{ad}'])
}

/// Adds a line to a text.
pub(super) fn join(text: &mut String, line: &Line, lexicon: &Lexicon) {
    let added = tidy(&without_leaders(line));
    let tail = added.split(' ').next().unwrap_or_default();
    let head = text.rsplit(' ').next().unwrap_or_default();
    let broken = head.chars().count() > 1 && ends_with_hyphen(head) && tail.starts_with(char::is_alphabetic);
    if broken {
        let soft = head.ends_with('\u{ad}');
        let capital = tail.starts_with(char::is_uppercase);
        if soft || !(capital || lexicon.keeps_hyphen(head, tail)) {
            text.pop();
        }
    } else if !text.is_empty() && !head.ends_with('/') {
        text.push(' ');
    }
    text.push_str(&added);
}

/// The text of a line; dots that lead the eye from one side to the other are made a gap.
fn without_leaders(line: &Line) -> String {
    let dots = |word: &str| word.len() > 3 && word.bytes().all(|byte| byte == b'.');
    let lone = |index: usize| line.words.get(index).is_some_and(|word| word.text == ".");
    let keep = |index: usize| !(lone(index) && (lone(index + 1) || (index > 0 && lone(index - 1))));
    let words = line.words.iter().enumerate().filter(|(index, word)| !dots(&word.text) && keep(*index));
    let words: Vec<&str> = words.map(|(_, word)| word.text.trim_start_matches("...")).collect();
    words.join(" ")
}

/// Ligatures to letters; soft hyphens within a line and control characters go.
pub(super) fn tidy(text: &str) -> String {
    let last = text.len();
    let mut tidy = String::with_capacity(text.len());
    for (at, letter) in text.char_indices() {
        match letter {
            'ﬀ' => tidy.push_str("ff"),
            'ﬁ' => tidy.push_str("fi"),
            'ﬂ' => tidy.push_str("fl"),
            'ﬃ' => tidy.push_str("ffi"),
            'ﬄ' => tidy.push_str("ffl"),
            'ﬅ' | 'ﬆ' => tidy.push_str("st"),
            '\u{ad}' if at + letter.len_utf8() < last => {}
            '\u{200b}' | '\u{feff}' => {}
            letter if letter.is_control() => tidy.push(' '),
            letter => tidy.push(letter),
        }
    }
    tidy
}
