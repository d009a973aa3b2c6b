//! What the words of a text mean to one rule.

use std::collections::HashMap;
use std::ops::Range;

use super::pattern::Place;
use crate::core::inflect::{exact_forms, forms, prefix_forms};
use crate::core::phrase::Term;
use crate::core::words::{Break, fold, for_each_word};

/// Number of a term that the rule's patterns use.
pub(super) type TermId = u32;

/// Every word that a rule knows, and the terms that it fits.
#[derive(Debug, Default)]
pub(super) struct Lexis {
    known: HashMap<Term, TermId>,
    words: HashMap<Vec<u8>, Meaning>,
    prefixes: Vec<(Vec<u8>, TermId)>,
    next: TermId,
}

#[derive(Debug, Default)]
struct Meaning {
    terms: Vec<TermId>,
    /// Case-sensitive forms: the letters, the term where they stand so, the term where they stand otherwise.
    cased: Vec<(String, TermId, TermId)>,
    transparent: bool,
}

impl Lexis {
    pub fn new(transparent: &[String]) -> Lexis {
        let mut lexis = Lexis::default();
        for form in transparent.iter().flat_map(|word| exact_forms(&fold(word))) {
            lexis.words.entry(form.into_bytes()).or_default().transparent = true;
        }
        lexis
    }

    fn fresh(&mut self) -> TermId {
        self.next += 1;
        self.next - 1
    }

    /// The number of a term of a phrase.
    pub fn term(&mut self, term: &Term) -> TermId {
        if let Some(id) = self.known.get(term) {
            return *id;
        }
        let id = self.fresh();
        self.known.insert(term.clone(), id);
        match term {
            Term::Exact(word) => exact_forms(word).into_iter().for_each(|form| self.add(form, id)),
            Term::Inflected(word) => forms(word).into_iter().for_each(|form| self.add(form, id)),
            Term::Prefix(start) => {
                self.prefixes.extend(prefix_forms(start).into_iter().map(|form| (form.into_bytes(), id)));
            }
        }
        id
    }

    fn add(&mut self, form: String, id: TermId) {
        self.words.entry(form.into_bytes()).or_default().terms.push(id);
    }

    /// The numbers of an acronym: in its capitals, and in other letters.
    pub fn acronym(&mut self, acronym: &str) -> (TermId, TermId) {
        let (exact, near) = (self.fresh(), self.fresh());
        for form in [acronym.to_owned(), format!("{acronym}s")] {
            let meaning = self.words.entry(fold(&form).into_bytes()).or_default();
            meaning.cased.push((form, exact, near));
        }
        (exact, near)
    }

    /// Reads the words of a task.
    pub fn read(&self, text: &str, task: &Range<usize>, buffer: &mut Vec<u8>) -> Reading {
        let mut reading = Reading { opaque: vec![0], breaks: vec![0], ..Reading::default() };
        for_each_word(text, task.start, task.end, buffer, |word, form| {
            let form = form.as_bytes();
            let from = reading.terms.len();
            let meaning = self.words.get(form);
            if let Some(meaning) = meaning {
                reading.terms.extend(&meaning.terms);
                let original = &text[word.start as usize..word.end as usize];
                for (form, exact, near) in &meaning.cased {
                    reading.terms.push(if in_letters(original, form) { *exact } else { *near });
                }
            }
            let fitting = self.prefixes.iter().filter(|(start, _)| form.starts_with(start));
            reading.terms.extend(fitting.map(|(_, id)| *id));
            let passes = meaning.is_some_and(|m| m.transparent);
            let count = |sums: &mut Vec<u32>, one: bool| {
                sums.push(sums.last().copied().unwrap_or(0) + u32::from(one));
            };
            count(&mut reading.opaque, !passes);
            count(&mut reading.breaks, word.before != Break::None);
            reading.words.push(Seen {
                span: word.start as usize..word.end as usize,
                terms: from..reading.terms.len(),
            });
        });
        reading
    }
}

/// Whether a word has these letters, dots and a possessive aside.
fn in_letters(original: &str, form: &str) -> bool {
    let bare = original.trim_end_matches("'s").trim_end_matches("\u{2019}s");
    bare.chars().filter(|c| *c != '.').eq(form.chars())
}

/// A word of a task.
#[derive(Debug)]
struct Seen {
    span: Range<usize>,
    /// The terms that it fits, in [`Reading::terms`].
    terms: Range<usize>,
}

/// The words of a task, by what they mean to the rule.
#[derive(Debug, Default)]
pub(super) struct Reading {
    words: Vec<Seen>,
    terms: Vec<TermId>,
    /// How many of the first `n` words are not transparent, by `n`.
    opaque: Vec<u32>,
    /// How many of the first `n` words are parted from the word before, by `n`.
    breaks: Vec<u32>,
}

impl Reading {
    /// How many words there are.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether no word means anything to the rule.
    pub fn says_nothing(&self) -> bool {
        self.terms.is_empty()
    }

    /// The bytes of a word.
    pub fn span(&self, word: usize) -> Range<usize> {
        self.words[word].span.clone()
    }

    /// Whether a word fits a term.
    pub fn fits(&self, word: usize, term: TermId) -> bool {
        self.terms[self.words[word].terms.clone()].contains(&term)
    }

    /// The words that a byte span touches.
    pub fn covered(&self, span: &Range<usize>) -> Place {
        let first = self.words.partition_point(|word| word.span.end <= span.start);
        let last = self.words.partition_point(|word| word.span.start < span.end).saturating_sub(1).max(first);
        let most = self.words.len().saturating_sub(1);
        Place { first: first.min(most), last: last.min(most) }
    }

    /// Whether a word may stand between the words of a phrase.
    pub fn is_transparent(&self, word: usize) -> bool {
        self.opaque[word + 1] == self.opaque[word]
    }

    /// Words between two words, transparent ones aside.
    pub fn between(&self, last: usize, first: usize) -> u32 {
        self.opaque[first] - self.opaque[last + 1]
    }

    /// The first word behind `last`, up to `first`, that a mark parts from the word before it.
    pub fn parted(&self, last: usize, first: usize) -> Option<usize> {
        let parted = self.breaks[first + 1] > self.breaks[last + 1];
        parted.then(|| (last + 1..=first).find(|at| self.breaks[at + 1] > self.breaks[*at])).flatten()
    }

    /// Whether a phrase may go on from `last` to `first` with a gap of so many words; 0: side by side.
    pub fn joins(&self, last: usize, first: usize, gap: u32) -> bool {
        last < first
            && self.between(last, first) <= gap
            && (gap > 0 || self.breaks[first + 1] == self.breaks[last + 1])
    }
}
