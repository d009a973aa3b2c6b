//! The phrase language: how an analyst writes what to look for.
//!
//! | written | matches |
//! | --- | --- |
//! | `analyse financial statement` | the words in order, in any inflected form and either spelling |
//! | `=analyst` | this form only |
//! | `draft\|prepare patent application` | alternatives for one word |
//! | `customer service? call` | an optional word |
//! | `answer .. calls` | up to 3 words between; `..6` up to 6 |
//! | `econom*` | a prefix |

use std::fmt;
use std::ops::Range;

use super::words::{fold, fold_words};

/// Words that `..` lets pass.
pub const DEFAULT_GAP: u8 = 3;
/// Words that a gap may let pass at most.
pub const MAX_GAP: u8 = 12;
/// Characters that a prefix needs at least.
pub const MIN_PREFIX: usize = 3;
/// Optional elements that a phrase may have.
pub const MAX_OPTIONAL: usize = 4;

/// Word positions that a phrase may have.
pub const MAX_WORDS: usize = 24;
/// Plain sequences that a phrase may stand for: optional words and hyphenated alternatives multiply.
pub const MAX_WAYS: usize = 256;
/// Bytes that a word may have.
pub const MAX_WORD: usize = 64;

/// A parsed phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    /// As written.
    pub text: String,
    /// Its parts in order; neither the first nor the last is a gap.
    pub parts: Vec<Part>,
}

/// A part of a phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// One word position.
    Element(Element),
    /// Up to this many words in between.
    Gap(u8),
}

/// One word position: what may stand there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Element {
    /// The alternatives; a hyphenated alternative is several terms.
    pub alternatives: Vec<Vec<Term>>,
    /// Whether the position may be empty.
    pub optional: bool,
}

/// What one word of a text is compared with; folded.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Term {
    /// Any inflected form, either spelling.
    Inflected(String),
    /// This form only.
    Exact(String),
    /// Words that begin so.
    Prefix(String),
}

/// Why a phrase can't be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhraseError {
    /// The bytes of the phrase that are to blame.
    pub span: Range<usize>,
    /// What is wrong with them.
    pub problem: PhraseProblem,
}

/// What can be wrong with a phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PhraseProblem {
    /// Nothing to match.
    Empty,
    /// A gap at the start or the end, or two in a row.
    LooseGap,
    /// `..x` or a number out of range.
    BadGap,
    /// `a||b`, `|a`, `a|`: an alternative is missing.
    EmptyAlternative,
    /// `=`, `*` or `?` in a place where it means nothing.
    MisplacedOperator(char),
    /// A prefix that is too short to be one.
    ShortPrefix,
    /// A character that no word of a text contains, so that the phrase can never match.
    NoWord(char),
    /// Every position is optional.
    AllOptional,
    /// More optional positions than allowed.
    TooManyOptional,
    /// More word positions than allowed.
    TooManyWords,
    /// More plain sequences than allowed.
    TooManyWays,
    /// A word that is longer than any.
    LongWord,
}

impl fmt::Display for PhraseProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PhraseProblem::Empty => write!(f, "the phrase is empty"),
            PhraseProblem::LooseGap => write!(f, "a gap needs a word on either side"),
            PhraseProblem::BadGap => write!(f, "this is not a gap"),
            PhraseProblem::EmptyAlternative => write!(f, "an alternative is missing beside `|`"),
            PhraseProblem::MisplacedOperator(c) => write!(f, "`{c}` can't stand here"),
            PhraseProblem::ShortPrefix => write!(f, "the prefix is too short"),
            PhraseProblem::NoWord(c) => {
                write!(f, "`{c}` is never part of a word, so the phrase could never match")
            }
            PhraseProblem::AllOptional => write!(f, "every word is optional"),
            PhraseProblem::TooManyOptional => write!(f, "too many optional words"),
            PhraseProblem::TooManyWords => write!(f, "the phrase is too long"),
            PhraseProblem::TooManyWays => write!(f, "the phrase can be read in too many ways"),
            PhraseProblem::LongWord => write!(f, "the word is too long"),
        }
    }
}

impl PhraseProblem {
    /// What is allowed and what to do.
    pub fn help(&self) -> String {
        match self {
            PhraseProblem::Empty => "write at least one word, or remove it".into(),
            PhraseProblem::LooseGap => "write `answer .. calls`: a gap stands alone between two words".into(),
            PhraseProblem::BadGap => {
                format!("a gap is `..` (up to {DEFAULT_GAP} words) or `..1` to `..{MAX_GAP}`")
            }
            PhraseProblem::EmptyAlternative => "write `draft|prepare`, without spaces around the bar".into(),
            PhraseProblem::MisplacedOperator('=') => "`=` stands before a word, as in `=analyst`".into(),
            PhraseProblem::MisplacedOperator('*') => {
                "`*` stands behind a prefix, as in `econom*`, and not with `=`".into()
            }
            PhraseProblem::MisplacedOperator(_) => {
                "`?` stands behind a word that may be missing, as in `customer service? call`".into()
            }
            PhraseProblem::ShortPrefix => {
                format!("write at least {MIN_PREFIX} letters before the `*`")
            }
            PhraseProblem::NoWord(_) => {
                "a phrase holds words, `=word`, `a|b`, `word?`, `word*` and gaps `..`; \
                 for anything else use `regex`"
                    .into()
            }
            PhraseProblem::AllOptional => "leave at least one word without `?`".into(),
            PhraseProblem::TooManyWords => format!("at most {MAX_WORDS} words; write several phrases"),
            PhraseProblem::TooManyWays => format!(
                "optional words and hyphenated alternatives multiply: at most {MAX_WAYS} ways; write several phrases"
            ),
            PhraseProblem::LongWord => format!("a word has at most {MAX_WORD} letters"),
            PhraseProblem::TooManyOptional => {
                format!("at most {MAX_OPTIONAL} words may be optional; write two phrases")
            }
        }
    }
}

/// Reads a phrase.
///
/// # Errors
/// The first thing in it that can't be read.
pub fn parse(text: &str) -> Result<Phrase, PhraseError> {
    let mut parts: Vec<(Part, Range<usize>)> = Vec::new();
    for (token, span) in tokens(text) {
        let part = if token.starts_with("..") {
            Part::Gap(gap(token).ok_or_else(|| fail(span.clone(), PhraseProblem::BadGap))?)
        } else {
            Part::Element(element(token, span.start)?)
        };
        parts.push((part, span));
    }
    check_shape(text, &parts)?;
    Ok(Phrase { text: text.to_owned(), parts: parts.into_iter().map(|(part, _)| part).collect() })
}

fn fail(span: Range<usize>, problem: PhraseProblem) -> PhraseError {
    PhraseError { span, problem }
}

fn check_shape(text: &str, parts: &[(Part, Range<usize>)]) -> Result<(), PhraseError> {
    let is_gap = |part: Option<&(Part, Range<usize>)>| matches!(part, Some((Part::Gap(_), _)));
    if parts.is_empty() {
        return Err(fail(0..text.len(), PhraseProblem::Empty));
    }
    for (i, (_, span)) in parts.iter().enumerate() {
        let edge = i == 0 || i + 1 == parts.len();
        if is_gap(parts.get(i)) && (edge || is_gap(parts.get(i + 1))) {
            return Err(fail(span.clone(), PhraseProblem::LooseGap));
        }
    }
    if let Some((_, span)) = parts.get(2 * MAX_WORDS) {
        return Err(fail(span.start..text.len(), PhraseProblem::TooManyWords));
    }
    let optional = |part: &Part| matches!(part, Part::Element(element) if element.optional);
    let elements = || parts.iter().filter(|(part, _)| matches!(part, Part::Element(_)));
    if elements().all(|(part, _)| optional(part)) {
        return Err(fail(0..text.len(), PhraseProblem::AllOptional));
    }
    if let Some((_, span)) = elements().filter(|(part, _)| optional(part)).nth(MAX_OPTIONAL) {
        return Err(fail(span.clone(), PhraseProblem::TooManyOptional));
    }
    if let Some((_, span)) = elements().nth(MAX_WORDS) {
        return Err(fail(span.start..text.len(), PhraseProblem::TooManyWords));
    }
    let mut ways = 1;
    for (part, span) in parts {
        if let Part::Element(element) = part {
            ways *= element.ways();
        }
        if ways > MAX_WAYS {
            return Err(fail(span.clone(), PhraseProblem::TooManyWays));
        }
    }
    Ok(())
}

impl Element {
    /// The ways to fill it: one-word alternatives together are one, each longer one is one, so is leaving it out.
    fn ways(&self) -> usize {
        let longer = self.alternatives.iter().filter(|terms| terms.len() > 1).count();
        let single = self.alternatives.len() > longer;
        longer + usize::from(single) + usize::from(self.optional)
    }
}

/// White-space separated pieces with their byte ranges.
fn tokens(text: &str) -> impl Iterator<Item = (&str, Range<usize>)> {
    text.split_whitespace().map(move |token| {
        let start = token.as_ptr() as usize - text.as_ptr() as usize;
        (token, start..start + token.len())
    })
}

fn gap(token: &str) -> Option<u8> {
    match &token[2..] {
        "" => Some(DEFAULT_GAP),
        digits => digits.parse().ok().filter(|n| (1..=MAX_GAP).contains(n)),
    }
}

fn element(token: &str, offset: usize) -> Result<Element, PhraseError> {
    let optional = token.len() > 1 && token.ends_with('?');
    let body = if optional { &token[..token.len() - 1] } else { token };
    let mut alternatives = Vec::new();
    let mut at = offset;
    for alternative in body.split('|') {
        let span = at..at + alternative.len();
        at = span.end + 1;
        if alternative.is_empty() {
            let bar = span.start.min(offset + body.len().saturating_sub(1));
            return Err(fail(bar..bar + 1, PhraseProblem::EmptyAlternative));
        }
        alternatives.push(terms(alternative, span.start)?);
    }
    Ok(Element { alternatives, optional })
}

/// The terms of one alternative: one, or several joined by hyphens.
fn terms(text: &str, offset: usize) -> Result<Vec<Term>, PhraseError> {
    let (exact, body) = match text.strip_prefix('=') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (prefix, body) = match body.strip_suffix('*') {
        Some(rest) => (true, rest),
        None => (false, body),
    };
    let body_start = offset + usize::from(exact);
    if let Some((i, c)) = body.char_indices().find(|(_, c)| matches!(c, '=' | '*' | '?')) {
        let at = body_start + i;
        return Err(fail(at..at + c.len_utf8(), PhraseProblem::MisplacedOperator(c)));
    }
    if exact && prefix {
        let star = offset + text.len() - 1;
        return Err(fail(star..star + 1, PhraseProblem::MisplacedOperator('*')));
    }
    if body.is_empty() {
        let operator = if prefix { '*' } else { '=' };
        let span = offset..offset + text.len();
        return Err(fail(span, PhraseProblem::MisplacedOperator(operator)));
    }
    check_characters(body, body_start)?;
    let mut words = fold_words(body);
    if words.iter().any(|word| word.len() > MAX_WORD) {
        return Err(fail(offset..offset + text.len(), PhraseProblem::LongWord));
    }
    if prefix {
        let last = words.last().map_or(0, |word| word.chars().count());
        if last < MIN_PREFIX {
            let span = body_start..offset + text.len();
            return Err(fail(span, PhraseProblem::ShortPrefix));
        }
    }
    let tail = words.pop().unwrap_or_else(|| fold(body));
    let term = |word: String| if exact { Term::Exact(word) } else { Term::Inflected(word) };
    // Every part of a hyphenated word may vary: "follow-ups" and "following up".
    let mut terms: Vec<Term> = words.into_iter().map(term).collect();
    terms.push(if prefix { Term::Prefix(tail) } else { term(tail) });
    Ok(terms)
}

/// Every character must be able to stand in a word or join two words.
fn check_characters(body: &str, offset: usize) -> Result<(), PhraseError> {
    let allowed =
        |c: char| c.is_alphanumeric() || matches!(c, '-' | '\'' | '\u{2019}' | '&' | '+' | '#' | '.' | '/');
    match body.char_indices().find(|(_, c)| !allowed(*c)) {
        Some((i, c)) => {
            let at = offset + i;
            Err(fail(at..at + c.len_utf8(), PhraseProblem::NoWord(c)))
        }
        None if fold_words(body).is_empty() => {
            let c = body.chars().next().unwrap_or(' ');
            Err(fail(offset..offset + body.len(), PhraseProblem::NoWord(c)))
        }
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(text: &str) -> (PhraseProblem, &str) {
        let error = parse(text).expect_err(text);
        (error.problem, &text[error.span])
    }

    #[test]
    fn mistakes_point_at_the_place() {
        let cases = [
            ("", PhraseProblem::Empty, ""),
            ("  ", PhraseProblem::Empty, "  "),
            (".. calls", PhraseProblem::LooseGap, ".."),
            ("answer ..", PhraseProblem::LooseGap, ".."),
            ("answer .. ..2 calls", PhraseProblem::LooseGap, ".."),
            ("answer ..x calls", PhraseProblem::BadGap, "..x"),
            ("answer ..0 calls", PhraseProblem::BadGap, "..0"),
            ("answer ..99 calls", PhraseProblem::BadGap, "..99"),
            ("draft||prepare will", PhraseProblem::EmptyAlternative, "|"),
            ("|prepare will", PhraseProblem::EmptyAlternative, "|"),
            ("draft| prepare", PhraseProblem::EmptyAlternative, "|"),
            ("ana=lyst", PhraseProblem::MisplacedOperator('='), "="),
            ("econ*mic", PhraseProblem::MisplacedOperator('*'), "*"),
            ("=econ*", PhraseProblem::MisplacedOperator('*'), "*"),
            ("good ? call", PhraseProblem::MisplacedOperator('?'), "?"),
            ("ec*", PhraseProblem::ShortPrefix, "ec*"),
            ("analyse, report", PhraseProblem::NoWord(','), ","),
            ("rate @ 5", PhraseProblem::NoWord('@'), "@"),
            ("a - b", PhraseProblem::NoWord('-'), "-"),
            ("good? call?", PhraseProblem::AllOptional, "good? call?"),
            ("a? b? c? d? e? f", PhraseProblem::TooManyOptional, "e?"),
            (
                "a-b|c-d|e-f|g-h a-b|c-d|e-f|g-h a-b|c-d|e-f|g-h a-b|c-d|e-f|g-h x-y|z",
                PhraseProblem::TooManyWays,
                "x-y|z",
            ),
            (
                "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26",
                PhraseProblem::TooManyWords,
                "25 26",
            ),
            (
                "aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffggggg b",
                PhraseProblem::LongWord,
                "aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffggggg",
            ),
        ];
        for (text, want, place) in cases {
            assert_eq!(problem(text), (want, place), "{text:?}");
        }
    }

    #[test]
    fn operators_are_read() {
        let phrase = parse("=draft|prepare ..6 patent-application? econom*").expect("valid");
        let inflected = |word: &str| Term::Inflected(word.into());
        let element = |alternatives, optional| Part::Element(Element { alternatives, optional });
        let want = vec![
            element(vec![vec![Term::Exact("draft".into())], vec![inflected("prepare")]], false),
            Part::Gap(6),
            element(vec![vec![inflected("patent"), inflected("application")]], true),
            element(vec![vec![Term::Prefix("econom".into())]], false),
        ];
        assert_eq!(phrase.parts, want);
    }
}
