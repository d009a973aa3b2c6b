//! Regular expressions behind words: which word beginnings a text must show before one is worth running.

use regex_syntax::hir::{Class, Hir, HirKind, Look};

/// Letters that a gate needs at least; shorter ones would open for too many words.
const MIN_LETTERS: usize = 2;
/// Gates that one expression may have at most.
const MAX_GATES: usize = 64;

/// Folded word beginnings of which every match of `pattern` contains one at the start of a word.
///
/// Nothing if there is no such list: then the expression has to run over every text.
pub fn gates(pattern: &str) -> Option<Vec<String>> {
    let hir = regex_syntax::ParserBuilder::new().case_insensitive(false).build().parse(pattern).ok()?;
    let gates = required(&hir)?;
    (!gates.is_empty() && gates.len() <= MAX_GATES).then_some(gates)
}

/// The gates of an expression, whichever of its parts gives the best ones.
fn required(hir: &Hir) -> Option<Vec<String>> {
    match hir.kind() {
        HirKind::Capture(capture) => required(&capture.sub),
        HirKind::Repetition(repetition) if repetition.min > 0 => required(&repetition.sub),
        HirKind::Alternation(branches) => {
            let all: Option<Vec<Vec<String>>> = branches.iter().map(required).collect();
            all.map(|lists| lists.concat())
        }
        HirKind::Concat(parts) => concat(parts),
        // A literal alone may begin inside a word, unless it brings its own boundary.
        HirKind::Literal(literal) => inner_words(&literal.0),
        _ => None,
    }
}

/// Looks for the part with the longest gates among those that begin a word.
fn concat(parts: &[Hir]) -> Option<Vec<String>> {
    let mut best: Option<Vec<String>> = None;
    let shortest = |gates: &Vec<String>| gates.iter().map(String::len).min().unwrap_or(0);
    for (i, part) in parts.iter().enumerate() {
        let bounded = i > 0 && begins_word(&parts[i - 1]);
        let gates = if bounded { leading(&parts[i..]) } else { None }.or_else(|| required(part));
        if let Some(gates) = gates
            && best.as_ref().is_none_or(|known| shortest(known) < shortest(&gates))
        {
            best = Some(gates);
        }
    }
    best
}

/// Whether what follows `hir` begins a word, if it is a word character.
fn begins_word(hir: &Hir) -> bool {
    match hir.kind() {
        HirKind::Look(look) => matches!(
            look,
            Look::WordAscii | Look::WordUnicode | Look::WordStartAscii | Look::WordStartUnicode | Look::Start
        ),
        HirKind::Literal(literal) => {
            literal.0.last().is_some_and(|b| !b.is_ascii_alphanumeric() && *b < 0x80 && *b != b'_')
        }
        HirKind::Repetition(repetition) => repetition.min > 0 && begins_word(&repetition.sub),
        HirKind::Class(Class::Unicode(class)) => class.iter().all(|range| {
            (range.start()..=range.end()).take(64).all(char::is_whitespace) && range.len() <= 64
        }),
        _ => false,
    }
}

/// What a run of parts that stands at the start of a word begins with.
fn leading(parts: &[Hir]) -> Option<Vec<String>> {
    let starts = match parts.first()?.kind() {
        HirKind::Literal(literal) => vec![word_prefix(&literal.0)],
        HirKind::Capture(capture) => return leading(std::slice::from_ref(&capture.sub)),
        HirKind::Concat(inner) => return leading(inner),
        HirKind::Alternation(branches) => {
            let all: Option<Vec<Vec<String>>> =
                branches.iter().map(|branch| leading(std::slice::from_ref(branch))).collect();
            all?.concat()
        }
        _ => return None,
    };
    starts.iter().all(|s| s.len() >= MIN_LETTERS).then_some(starts)
}

/// The letters and digits at the start of a literal, folded.
fn word_prefix(bytes: &[u8]) -> String {
    bytes
        .iter()
        .take_while(|b| b.is_ascii_alphanumeric())
        .map(|b| char::from(b.to_ascii_lowercase()))
        .collect()
}

/// The words of a literal that begin behind a space in it.
fn inner_words(bytes: &[u8]) -> Option<Vec<String>> {
    let mut words = bytes.split(|b| *b == b' ' || *b == b'-').skip(1).map(word_prefix);
    words.find(|word| word.len() >= MIN_LETTERS).map(|word| vec![word])
}

#[cfg(test)]
mod tests {
    use super::gates;

    #[test]
    fn gates_are_word_beginnings() {
        let cases = [
            (r"\bCFA\s+level\s+(II|III|2|3)\b", Some("level")),
            (r"\b(Big|Top)\s?4\b", Some("big top")),
            (r"\d+\s*wpm\b", None),
            (r"\d+\s+words\s+per\s+minute", Some("minute")),
            (r"\b[A-Z]{2}\d+", None),
            ("data entry", Some("entry")),
            ("clerk", None),
        ];
        for (pattern, want) in cases {
            assert_eq!(gates(pattern).map(|g| g.join(" ")).as_deref(), want, "{pattern}");
        }
    }
}
