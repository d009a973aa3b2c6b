//! Phrases that a pack lacks: what tells the labels of a corpus apart and no rule explains yet.
//!
//! ```text
//! documents ─reading→ base forms ─mine→ candidates ─contrast→ z ─choose→ families ─stub→ suggestions
//! ```

mod base;
mod choose;
mod context;
mod contrast;
mod example;
mod family;
mod mine;
mod nearest;
mod pattern;
mod reading;
mod stub;

use std::ops::Range;

use super::compile::Engine;
use super::measure::Label;
use super::pack::{Criterion, Leans, Rule};
use super::scan::Hits;
use super::score::{Judgment, Verdict};
use super::statistics::Figure;

pub use contrast::{Sides, z_score};

/// A labelled document, scanned and judged.
#[derive(Clone, Copy, Debug)]
pub struct Example<'a> {
    /// Its title, where it came apart from the text.
    pub title: Option<&'a str>,
    /// Its text.
    pub text: &'a str,
    /// What was said of it.
    pub label: Label,
    /// What was found in it.
    pub hits: &'a Hits,
    /// Where it was placed.
    pub judgment: &'a Judgment,
}

/// What is wanted.
#[derive(Clone, Debug)]
pub struct Options {
    /// Suggestions, at most.
    pub top: usize,
    /// Documents that must show a phrase.
    pub min_documents: usize,
    /// Leanings that are wanted.
    pub leans: Vec<Leans>,
    /// Whether the labels come from the pack itself, so that its scores can't be held against them.
    pub own_labels: bool,
}

/// How often a phrase is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shown {
    /// Documents in which it counts: plain or hedged, not denied.
    pub documents: usize,
    /// Of them, those in which rules that lean the same way do not already cover all its places.
    pub uncovered: usize,
    /// By label, in the order of [`Label::ALL`].
    pub labels: [usize; Label::ALL.len()],
}

impl Shown {
    /// Documents whose label a leaning speaks for, and all whose label it can be held against.
    pub fn precision(&self, leans: Leans) -> (usize, usize) {
        let sides = Label::ALL.iter().zip(self.labels).map(|(label, n)| (label.side(leans), n));
        sides.fold((0, 0), |(own, all), (side, n)| match side {
            Some(true) => (own + n, all + n),
            Some(false) => (own, all + n),
            None => (own, all),
        })
    }
}

/// A phrase that is shown.
#[derive(Clone, Debug)]
pub struct Member {
    /// In the pack's phrase language.
    pub phrase: String,
    /// How often it is shown.
    pub shown: Shown,
}

/// A sentence that shows a phrase.
#[derive(Clone, Debug)]
pub struct Sample {
    /// Number of the document.
    pub document: usize,
    /// The sentence.
    pub sentence: String,
    /// The bytes of it that the phrase matches.
    pub span: Range<usize>,
}

/// The existing rule that is most like a suggestion.
#[derive(Clone, Debug)]
pub struct Nearest {
    /// Its number in the pack.
    pub rule: u32,
    /// Words that both have.
    pub words: Vec<String>,
    /// Documents that show both.
    pub together: usize,
}

/// A family of phrases that the pack lacks.
#[derive(Clone, Debug)]
pub struct Suggestion {
    /// What it speaks for.
    pub leans: Leans,
    /// The phrase of the stub, and how often it is shown.
    pub phrase: Member,
    /// How surely it tells the labels apart beyond what rules explain: standard deviations of log-odds.
    pub z: f64,
    /// Share of the documents that show it whose label it speaks for, of those that it can be held against.
    pub precision: Figure,
    /// The phrases that came together in it.
    pub members: Vec<Member>,
    /// Sentences of its own side that show it.
    pub samples: Vec<Sample>,
    /// The criterion that it probably belongs to.
    pub criterion: Criterion,
    /// The existing rule that is most like it, if any is.
    pub nearest: Option<Nearest>,
    /// The rule, ready to be pasted.
    pub rule: Rule,
}

/// The label that a verdict stands for where the pack is sure: at least half-way from the threshold to the end
/// of the scale.
pub fn sure_label(engine: &Engine, judgment: &Judgment) -> Option<Label> {
    let thresholds = &engine.pack().thresholds;
    let (score, out) = (judgment.score(), judgment.out_of_scope);
    match judgment.verdict {
        Verdict::Bpo if score <= thresholds.bpo_at_most / 2.0 => Some(Label::Bpo),
        Verdict::Kpo if score >= (1.0 + thresholds.kpo_at_least) / 2.0 => Some(Label::Kpo),
        Verdict::OutOfScope if out >= (1.0 + thresholds.out_of_scope_at_least) / 2.0 => {
            Some(Label::OutOfScope)
        }
        _ => None,
    }
}

/// What the pack lacks, the surest first, each discounted by what those before it show.
pub fn suggest(engine: &Engine, examples: &[Example<'_>], options: &Options) -> Vec<Suggestion> {
    let corpus = reading::read(engine, examples);
    let candidates = mine::candidates(&corpus, options.min_documents.div_ceil(2).max(2));
    let thresholds = &engine.pack().thresholds;
    let contrasts: Vec<contrast::Contrast> = options
        .leans
        .iter()
        .map(|leans| contrast::Contrast::new(*leans, examples, thresholds, options.own_labels))
        .filter(contrast::Contrast::has_both)
        .collect();
    let families = choose::choose(&corpus, &candidates, &contrasts, options);
    let neighbours = nearest::Neighbours::new(engine.pack(), examples, &corpus);
    let place = |family| {
        let (criterion, nearest) = neighbours.place(&family);
        stub::Draft { family, criterion, nearest }
    };
    let drafts: Vec<stub::Draft> = families.into_iter().map(place).collect();
    stub::finish(engine, examples, &corpus, &drafts, options.min_documents, options.top)
}
