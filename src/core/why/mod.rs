//! Why a rule did or did not fire in a document: what matched and what became of it, and otherwise how near
//! each of its phrases came and what kept it from matching.
//!
//! A plain matcher works here, phrase by phrase; it finds what the engine finds, and can say more about it.

mod fate;
mod funnel;
mod instead;
mod lexis;
mod near;
mod pattern;
mod split;
mod telling;

use std::ops::Range;

use regex::Regex;

use super::compile::{Engine, build_regex};
use super::document::Document;
use super::gate::gates;
use super::pack::Rule;
use super::scan::{Hits, Scratch};
use super::words::fold;
use lexis::{Lexis, Reading, TermId};
use near::{Cost, bytes, faults, nearest};
use pattern::{Pattern, Place, Places};

pub use fate::{Bent, Fate, Found};
pub use funnel::{Element, Funnel, NearDocument, PartFunnel, PhraseFunnel, elements};
pub use instead::Stood;
pub use near::{Edge, Fault, Near};
pub use split::Split;

/// A rule, made ready to be asked about documents.
#[derive(Debug)]
pub struct Probe<'e> {
    engine: &'e Engine,
    rule: u32,
    lexis: Lexis,
    phrases: Vec<Pattern>,
    unless: Vec<Pattern>,
    /// Of each acronym, the term for its capitals and the one for other letters.
    acronyms: Vec<(TermId, TermId)>,
    regexes: Vec<(Regex, Vec<String>)>,
}

/// Which part of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    /// The phrase with this number.
    Phrase(usize),
    /// The acronym with this number.
    Acronym(usize),
    /// The regular expression with this number.
    Regex(usize),
}

/// What a rule does in a document, and why.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Why {
    /// Every match, by task and place.
    pub found: Vec<Found>,
    /// By phrase of the rule, how many of its elements, from the first on, some task gets past.
    pub depths: Vec<usize>,
    /// Phrases that match nowhere but have a word in the document, nearest first.
    pub near: Vec<Near>,
    /// Acronyms that match nowhere but stand there in other letters.
    pub cased: Vec<Cased>,
    /// Regular expressions that match nowhere.
    pub regexes: Vec<RegexMiss>,
}

/// An acronym in other letters than its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cased {
    /// Number of the acronym in its rule.
    pub acronym: usize,
    /// Number of the task.
    pub task: u32,
    /// Bytes of the word.
    pub span: Range<usize>,
}

/// A regular expression that matches nowhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegexMiss {
    /// Number of the expression in its rule.
    pub regex: usize,
    /// Word beginnings of which a match needs one; none: it may match without any known word.
    pub needed: Vec<String>,
    /// Those that the document has.
    pub present: Vec<String>,
}

impl Why {
    /// Whether the rule adds to the document's score.
    pub fn fires(&self) -> bool {
        self.found.iter().any(|found| matches!(found.fate, Fate::Counts(_)))
    }

    /// The matches that the engine reports as hits, whether they count or not.
    pub fn hits(&self) -> impl Iterator<Item = &Found> {
        self.found.iter().filter(|found| found.fate.is_hit())
    }
}

/// What keeps a rule from matching in a task, phrase by phrase, and the task that it is.
struct Nearest {
    cost: Cost,
    near: Near,
}

impl Engine {
    /// Makes rule number `rule` ready to be asked about documents; nothing if there is no such rule.
    pub fn probe(&self, rule: u32) -> Option<Probe<'_>> {
        let of = self.pack.rules.get(rule as usize)?;
        let mut lexis = Lexis::new(&self.pack.text.transparent);
        let mut patterns = |phrases: &[_]| phrases.iter().map(|p| Pattern::new(p, &mut lexis)).collect();
        let (phrases, unless) = (patterns(&of.phrases), patterns(&of.unless));
        let acronyms = of.acronyms.iter().map(|acronym| lexis.acronym(acronym)).collect();
        let regex = |pattern: &String| Some((build_regex(pattern).ok()?, gates(pattern).unwrap_or_default()));
        let regexes = of.regexes.iter().filter_map(regex).collect();
        Some(Probe { engine: self, rule, lexis, phrases, unless, acronyms, regexes })
    }
}

impl Probe<'_> {
    /// The rule.
    pub fn rule(&self) -> &Rule {
        &self.engine.pack.rules[self.rule as usize]
    }

    /// What the rule does in a document, and why. `hits` are what the engine found in it.
    pub fn why(&self, document: &Document<'_>, hits: &Hits, scratch: &mut Scratch) -> Why {
        let mut why = Why { depths: vec![0; self.phrases.len()], ..Why::default() };
        let mut nearest: Vec<Option<Nearest>> = self.phrases.iter().map(|_| None).collect();
        let mut buffer = Vec::new();
        let mut present: Vec<Vec<String>> = vec![Vec::new(); self.regexes.len()];
        for (number, (section, task)) in (0..).zip(document.tasks()) {
            let text = document.text_of(section);
            let reading = self.lexis.read(text, &task, &mut buffer);
            self.gate_words(text, &reading, &mut present);
            let mut found = self.in_regexes(text, &task, &reading);
            if !reading.says_nothing() {
                self.in_phrases(number, &reading, &mut found, &mut nearest, &mut why.depths);
                self.in_acronyms(number, &reading, &mut found, &mut why.cased);
            }
            if !found.is_empty() {
                let task = fate::Task { number, section, text, span: task, reading: &reading };
                why.found.extend(self.fates(&task, found, hits, scratch));
            }
        }
        self.sum_up(&mut why, nearest, present);
        why
    }

    /// Matches of the phrases in a task; for those without, how near it comes.
    fn in_phrases(
        &self,
        task: u32,
        reading: &Reading,
        found: &mut Vec<fate::Match>,
        nearest: &mut [Option<Nearest>],
        depths: &mut [usize],
    ) {
        for (phrase, pattern) in self.phrases.iter().enumerate() {
            let places = pattern.places(reading);
            if places.iter().all(Vec::is_empty) {
                continue;
            }
            let matches = pattern.matches(reading, &places);
            depths[phrase] = match matches.is_empty() {
                true => depths[phrase].max(pattern.depth(reading, &places)),
                false => pattern.len(),
            };
            if matches.is_empty() {
                come_nearer(task, phrase, pattern, reading, &places, &mut nearest[phrase]);
            }
            let of_place =
                |place: Place| fate::Match { way: Way::Phrase(phrase), place, span: bytes(reading, place) };
            found.extend(matches.into_iter().map(of_place));
        }
    }

    fn in_acronyms(
        &self,
        task: u32,
        reading: &Reading,
        found: &mut Vec<fate::Match>,
        cased: &mut Vec<Cased>,
    ) {
        for (acronym, (exact, near)) in self.acronyms.iter().enumerate() {
            for word in 0..reading.len() {
                let span = reading.span(word);
                if reading.fits(word, *exact) {
                    let place = Place { first: word, last: word };
                    found.push(fate::Match { way: Way::Acronym(acronym), place, span });
                } else if reading.fits(word, *near) {
                    cased.push(Cased { acronym, task, span });
                }
            }
        }
    }

    fn in_regexes(&self, text: &str, task: &Range<usize>, reading: &Reading) -> Vec<fate::Match> {
        let mut found = Vec::new();
        for (number, (regex, _)) in self.regexes.iter().enumerate() {
            for place in regex.find_iter(&text[task.clone()]).filter(|place| !place.is_empty()) {
                let span = task.start + place.start()..task.start + place.end();
                found.push(fate::Match { way: Way::Regex(number), place: reading.covered(&span), span });
            }
        }
        found
    }

    /// Notes which of the words that a regular expression needs a task has.
    fn gate_words(&self, text: &str, reading: &Reading, present: &mut [Vec<String>]) {
        if self.regexes.is_empty() {
            return;
        }
        for word in (0..reading.len()).map(|word| fold(&text[reading.span(word)])) {
            for ((_, needed), present) in self.regexes.iter().zip(present.iter_mut()) {
                let begins = needed.iter().filter(|gate| word.starts_with(gate.as_str()));
                for gate in begins {
                    if !present.contains(gate) {
                        present.push(gate.clone());
                    }
                }
            }
        }
    }

    /// Keeps of the near misses those of parts that match nowhere.
    fn sum_up(&self, why: &mut Why, nearest: Vec<Option<Nearest>>, present: Vec<Vec<String>>) {
        let matched = |why: &Why, way: Way| why.found.iter().any(|found| found.way == way);
        let mut near: Vec<Nearest> = nearest.into_iter().flatten().collect();
        near.retain(|n| !matched(why, Way::Phrase(n.near.phrase)));
        near.sort_by_key(|n| (n.cost, n.near.phrase));
        why.near = near.into_iter().map(|n| n.near).collect();
        let mut cased = std::mem::take(&mut why.cased);
        cased.retain(|cased| !matched(why, Way::Acronym(cased.acronym)));
        why.cased = cased;
        for (regex, ((_, needed), present)) in self.regexes.iter().zip(present).enumerate() {
            if !matched(why, Way::Regex(regex)) {
                why.regexes.push(RegexMiss { regex, needed: needed.clone(), present });
            }
        }
    }
}

/// Keeps the nearest that a task comes to a phrase, if it comes nearer than those before.
fn come_nearer(
    task: u32,
    phrase: usize,
    pattern: &Pattern,
    reading: &Reading,
    places: &Places,
    known: &mut Option<Nearest>,
) {
    let Some((cost, row)) = nearest(pattern, reading, places) else { return };
    if known.as_ref().is_some_and(|known| known.cost <= cost) {
        return;
    }
    let mut found = vec![None; pattern.len()];
    row.iter().for_each(|(slot, place)| found[*slot] = Some(bytes(reading, *place)));
    let faults = faults(pattern, reading, places, &row);
    *known = Some(Nearest { cost, near: Near { phrase, task, found, faults } });
}
