//! Reasons in words, for pages and records.

use std::ops::Range;

use super::near::{Edge, Fault, Near};
use super::{Bent, Fate, elements};
use crate::core::force::Force;

impl Fault {
    /// The fault in words. `phrase` is the phrase as written, `text` the text that the near miss points into.
    pub fn describe(&self, near: &Near, phrase: &str, text: &str) -> String {
        let said = |element: usize| {
            let span = near.found.get(element).cloned().flatten().unwrap_or_default();
            format!("“{}”", flat(&text[span]))
        };
        match self {
            Fault::Missing { element, stood, edge, elsewhere } => {
                let written = elements(phrase).nth(*element).unwrap_or_default();
                let place = missing_place(near, *element, stood, edge, text);
                let other = elsewhere.as_ref().map_or(String::new(), |span| {
                    format!("; “{}” is there, but {}", flat(&text[span.clone()]), side(near, *element, span))
                });
                format!("`{written}` is missing: {place}{other}")
            }
            Fault::Far { elements: [a, b], words, at_most } => {
                let lie = if *words == 1 { "1 word lies".into() } else { format!("{words} words lie") };
                let between = format!("{lie} between {} and {}", said(*a), said(*b));
                match at_most {
                    0 => format!("{between}, which must stand side by side"),
                    1 => format!("gap of at most 1 word exceeded: {between}"),
                    n => format!("gap of at most {n} words exceeded: {between}"),
                }
            }
            Fault::Parted { elements: [a, b], mark } => {
                format!("{} parts {} and {}", mark_name(&text[mark.clone()]), said(*a), said(*b))
            }
        }
    }

    /// The word that records use.
    pub fn name(&self) -> &'static str {
        match self {
            Fault::Missing { .. } => "missing",
            Fault::Far { .. } => "far",
            Fault::Parted { .. } => "parted",
        }
    }
}

/// What stands where an element should be.
fn missing_place(near: &Near, element: usize, stood: &[Range<usize>], edge: &Edge, text: &str) -> String {
    let first = near.found.iter().position(Option::is_some).unwrap_or(0);
    let words: Vec<String> = stood.iter().map(|span| flat(&text[span.clone()])).collect();
    let limit = match edge {
        Edge::Open => None,
        Edge::Task if element < first => Some("the task begins".to_owned()),
        Edge::Task => Some("the task ends".to_owned()),
        Edge::Mark(mark) => Some(format!("{} stands there", mark_name(&text[mark.clone()]))),
    };
    match (words.len(), limit) {
        (0, Some(limit)) => limit,
        (0, None) => "nothing stands there".into(),
        (1, None) => format!("“{}” stands there", words[0]),
        (_, None) => format!("“{}” stand there", words.join(" ")),
        (_, Some(limit)) => format!("only “{}” before {limit}", words.join(" ")),
    }
}

/// Where a word stands that is not where its element should be.
fn side(near: &Near, element: usize, span: &Range<usize>) -> &'static str {
    let before = near.found[..element].iter().flatten().next_back();
    let behind = near.found[element..].iter().flatten().next();
    if before.is_some_and(|known| span.start < known.start) {
        "comes before"
    } else if behind.is_some_and(|known| known.start < span.start) {
        "comes behind"
    } else {
        "too far away"
    }
}

/// What a mark between two words is called.
fn mark_name(between: &str) -> String {
    let mark =
        between.chars().find(|c| !c.is_whitespace() && !matches!(c, '"' | '\'' | '“' | '”' | '-' | '*'));
    match mark {
        Some(',') => "a comma".into(),
        Some(';') => "a semicolon".into(),
        Some(':') => "a colon".into(),
        Some('(' | ')' | '[' | ']' | '{' | '}') => "a bracket".into(),
        Some('\u{2013}'..='\u{2015}') => "a dash".into(),
        Some(mark) => format!("`{mark}`"),
        None => "a mark".into(),
    }
}

impl Fate {
    /// The word that records use.
    pub fn name(&self) -> &'static str {
        match self {
            Fate::Counts(_) => "counts",
            Fate::Outdone(_) => "outdone",
            Fate::Negated => "negated",
            Fate::Repeated => "repeated",
            Fate::Weightless => "weightless-section",
            Fate::Barred => "barred-section",
            Fate::Silenced { .. } => "unless",
            Fate::Overlapped(_) => "overlap",
        }
    }
}

impl Bent {
    /// What it does to a match, in words: "negated by “no”".
    pub fn describe(&self, force: Force, text: &str) -> String {
        match self {
            Bent::Heading => format!("{} by its heading", force.name()),
            Bent::Cue(span) => format!("{} by “{}”", force.name(), flat(&text[span.clone()])),
        }
    }
}

/// White space of any kind as single spaces.
fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
