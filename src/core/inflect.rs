//! The inflected forms of a word: plurals and verb forms, regular and irregular, in both spellings.
//!
//! The part of speech is not known, so a word is inflected as noun and as verb. That makes some forms
//! that nobody writes (`statementing`), which is harmless; it makes no derivations: `account` gives
//! `accounting` (a verb form) but never `accountant` or `accountable`.

use super::lexicon::{ADJECTIVES, DOUBLING, FUNCTION, INVARIABLE, NOUNS, VERBS};
use super::spelling::{prefix_spellings, spellings};

/// Every form of `word` that a text may show, sorted; `word` itself among them.
///
/// `word` is folded: lower case, no accents. A word with a digit or a mark in it has one form.
pub fn forms(word: &str) -> Vec<String> {
    let mut all: Vec<String> =
        spellings(word).iter().flat_map(|base| base_forms(base)).flat_map(|form| spellings(&form)).collect();
    all.sort();
    all.dedup();
    all
}

/// What an exact form (`=centre`) stands for: itself, in both spellings.
pub fn exact_forms(word: &str) -> Vec<String> {
    spellings(word)
}

/// What a prefix (`paediatr*`) stands for: itself, in both spellings.
pub fn prefix_forms(start: &str) -> Vec<String> {
    prefix_spellings(start)
}

fn base_forms(word: &str) -> Vec<String> {
    let mut all = vec![word.to_owned()];
    let plain = word.len() > 2 && word.bytes().all(|b| b.is_ascii_lowercase());
    if let Some(row) = VERBS.iter().find(|row| row[0] == word) {
        all.extend(row.iter().map(|form| form.to_string()));
        if word.len() > 2 && word != "have" {
            all.push(with_s(word));
            all.push(with_ing(word));
        }
        return all;
    }
    if !plain || FUNCTION.contains(&word) || INVARIABLE.contains(&word) {
        return all;
    }
    if let Some(row) = NOUNS.iter().find(|row| row.contains(&word)) {
        all.extend(row.iter().map(|form| form.to_string()));
        if matches!(word, "man" | "staff" | "index") {
            all.extend(verb_forms(word));
        }
        return all;
    }
    if ADJECTIVES.contains(&word) {
        let past = with_ed(word);
        all.push(format!("{}r", &past[..past.len() - 1]));
        all.push(format!("{}st", &past[..past.len() - 1]));
        return all;
    }
    if let Some(singular) = singular(word) {
        all.extend(base_forms(&singular));
        return all;
    }
    all.push(with_s(word));
    // Words in -ing and -ed are verb forms already; as nouns ("accounting") they take a plural at most.
    if !word.ends_with("ing") && !word.ends_with("ed") || word.len() <= 4 {
        all.extend(verb_forms(word));
    }
    all
}

/// The singular of a regular plural, so that `calls` in a phrase also finds `call`.
fn singular(word: &str) -> Option<String> {
    let no_plural = ["ss", "us", "is", "ics", "as", "os"].iter().any(|tail| word.ends_with(tail));
    if !word.ends_with('s') || no_plural || word.len() < 4 {
        return None;
    }
    if let Some(stem) = word.strip_suffix("ies") {
        return (stem.len() > 1).then(|| format!("{stem}y"));
    }
    for tail in ["ches", "shes", "xes", "sses", "zzes"] {
        if word.ends_with(tail) {
            return Some(word[..word.len() - 2].to_owned());
        }
    }
    Some(word[..word.len() - 1].to_owned())
}

fn verb_forms(word: &str) -> [String; 3] {
    [with_s(word), with_ed(word), with_ing(word)]
}

fn with_s(word: &str) -> String {
    if let Some(stem) = consonant_y(word) {
        return format!("{stem}ies");
    }
    let hissing = ["s", "x", "z", "ch", "sh"].iter().any(|tail| word.ends_with(tail));
    let es = hissing || matches!(word, "go" | "do" | "echo" | "veto" | "hero" | "tomato" | "potato");
    format!("{word}{}", if es { "es" } else { "s" })
}

fn with_ed(word: &str) -> String {
    if let Some(stem) = consonant_y(word) {
        return format!("{stem}ied");
    }
    if word.ends_with('e') { format!("{word}d") } else { format!("{}ed", doubled(word)) }
}

fn with_ing(word: &str) -> String {
    if let Some(stem) = word.strip_suffix("ie") {
        return format!("{stem}ying");
    }
    match word.strip_suffix('e') {
        Some(stem) if !["e", "o", "y"].iter().any(|tail| stem.ends_with(tail)) => format!("{stem}ing"),
        Some(_) => format!("{word}ing"),
        None => format!("{}ing", doubled(word)),
    }
}

fn consonant_y(word: &str) -> Option<&str> {
    word.strip_suffix('y').filter(|stem| stem.ends_with(|c| !is_vowel(c)))
}

/// The stem with its last consonant doubled where English doubles it: `plan`, `submit`.
fn doubled(word: &str) -> String {
    let tail: Vec<char> = word.chars().rev().take(3).collect();
    let syllables =
        word.as_bytes().windows(2).filter(|w| !is_vowel(w[0].into()) && is_vowel(w[1].into())).count()
            + usize::from(word.starts_with(is_vowel));
    let closed = tail.len() == 3 && !is_vowel(tail[0]) && is_vowel(tail[1]) && !is_vowel(tail[2]);
    let short = closed && syllables == 1 && !matches!(tail[0], 'w' | 'x' | 'y');
    if short || DOUBLING.contains(&word) { format!("{word}{}", tail[0]) } else { word.to_owned() }
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u')
}

#[cfg(test)]
mod tests {
    use super::forms;

    #[test]
    fn regular_and_irregular_forms() {
        let cases = [
            ("analyse", "analyse analysed analyses analysing analyze analyzed analyzes analyzing"),
            ("statement", "statement statemented statementing statements"),
            ("plan", "plan planned planning plans"),
            ("submit", "submit submits submitted submitting"),
            ("visit", "visit visited visiting visits"),
            ("carry", "carried carries carry carrying"),
            ("write", "write writes writing written wrote"),
            ("be", "am are be been being is was were"),
            ("criterion", "criteria criterion"),
            ("analysis", "analyses analysis analyzes"),
            ("process", "process processed processes processing"),
            ("high", "high higher highest"),
            ("easy", "easier easiest easy"),
            ("accounting", "accounting accountings"),
            ("calls", "call called calling calls"),
            ("economics", "economics"),
            ("of", "of"),
            ("r&d", "r&d"),
            ("label", "label labeled labeling labelled labelling labels"),
            ("agree", "agree agreed agreeing agrees"),
            ("oversee", "oversaw oversee overseeing overseen oversees"),
        ];
        for (word, want) in cases {
            assert_eq!(forms(word).join(" "), want, "{word}");
        }
    }

    #[test]
    fn derivations_are_other_words() {
        for (word, other) in [("account", "accountant"), ("account", "accountable"), ("analyse", "analysis")]
        {
            assert!(!forms(word).contains(&other.to_owned()), "{word} must not give {other}");
        }
    }
}
