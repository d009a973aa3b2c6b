//! Phrases of one document that rules don't read, and what each would say of a corpus.

use std::collections::BTreeSet;
use std::ops::Range;

use super::compile::Engine;
use super::document::Document;
use super::measure::Label;
use super::pack::{Criterion, Leans, Pack, Rule};
use super::phrase::parse;
use super::scan::{Hits, Scratch};
use super::statistics::{Figure, wilson};
use super::words::for_each_word;

/// A phrase that a document holds and no rule reads.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// The phrase, in the words of the document.
    pub phrase: String,
    /// Documents of the corpus that hold it.
    pub holders: Vec<u32>,
    /// Of those with a label that could bear it out, the share that does.
    pub precision: Figure,
}

/// Words that begin or end no phrase of their own: too many sentences hold them.
const SMALL: &[&str] = &[
    "a", "about", "all", "also", "an", "and", "any", "are", "as", "at", "be", "been", "by", "can", "for",
    "from", "has", "have", "in", "into", "is", "it", "its", "may", "more", "must", "new", "not", "of", "on",
    "or", "other", "our", "own", "such", "than", "that", "the", "their", "them", "these", "they", "this",
    "those", "to", "up", "was", "we", "well", "were", "when", "which", "who", "will", "with", "within",
    "you", "your",
];

/// The document's words and pairs of neighbouring words that no hit covers.
pub fn phrases(document: &Document<'_>, hits: &Hits) -> Vec<String> {
    let mut found = BTreeSet::new();
    let mut number = 0;
    let mut buffer = Vec::new();
    for section in &document.sections {
        let text = document.text_of(section);
        for task in &section.tasks {
            let spans: Vec<Range<u32>> =
                hits.hits.iter().filter(|h| h.task == number).map(|h| h.start..h.end).collect();
            number += 1;
            let mut before: Option<String> = None;
            for_each_word(text, task.start, task.end, &mut buffer, |word, form| {
                let form = String::from_utf8_lossy(form.as_bytes()).into_owned();
                let free = !spans.iter().any(|span| span.start < word.end && word.start < span.end);
                let telling =
                    free && !SMALL.contains(&form.as_str()) && form.chars().all(char::is_alphabetic);
                if telling && form.len() > 2 {
                    found.insert(form.clone());
                    before.iter().for_each(|before| _ = found.insert(format!("{before} {form}")));
                    before = Some(form);
                } else {
                    before = None;
                }
            });
        }
    }
    found.into_iter().collect()
}

/// Reads a corpus for phrases alone: a pack whose only rules are they.
pub fn pack_of(pack: &Pack, phrases: &[String], leans: Leans) -> Pack {
    let rule = |phrase: &String| {
        let criterion = Criterion::ALL.into_iter().find(|c| leans.fits(*c))?;
        Some(Rule::on_trial(phrase.clone(), criterion, leans, parse(phrase).ok()?))
    };
    Pack { rules: phrases.iter().filter_map(rule).collect(), ..pack.clone() }
}

/// What a corpus says of candidates, given the engine of [`pack_of`]; those that bear out the label best, first.
pub fn weigh<'t>(
    engine: &Engine,
    texts: impl IntoIterator<Item = (Option<&'t str>, &'t str, Option<Label>)>,
    expected: Label,
) -> Vec<Candidate> {
    let rules = &engine.pack().rules;
    let mut holders: Vec<Vec<u32>> = vec![Vec::new(); rules.len()];
    let (mut labelled, mut right) = (vec![0; rules.len()], vec![0; rules.len()]);
    let mut scratch = Scratch::default();
    for (number, (title, text, label)) in (0..).zip(texts) {
        let hits = engine.scan(&engine.document(title, text), &mut scratch);
        let fired: BTreeSet<u32> = hits.hits.iter().map(|hit| hit.rule).collect();
        for rule in fired {
            holders[rule as usize].push(number);
            labelled[rule as usize] += usize::from(label.is_some());
            right[rule as usize] += usize::from(label == Some(expected));
        }
    }
    let mut candidate = |(i, rule): (usize, &Rule)| Candidate {
        phrase: rule.id.clone(),
        holders: std::mem::take(&mut holders[i]),
        precision: wilson(right[i], labelled[i]),
    };
    let mut all: Vec<Candidate> = rules.iter().enumerate().map(&mut candidate).collect();
    all.sort_by(|a, b| b.precision.low.total_cmp(&a.precision.low).then(a.phrase.cmp(&b.phrase)));
    all
}
