//! A rule over a corpus: where it fires, what silences it, and which element of a phrase fails most often.

use std::ops::Range;

use serde::Serialize;

use super::instead::{Stood, Words, around};
use super::near::{Fault, Near};
use super::split::Split;
use super::{Fate, Probe, Way, Why};
use crate::core::document::Document;
use crate::core::force::Force;
use crate::core::measure::Label;
use crate::core::pack::Rule;
use crate::core::words::fold_words;

/// A rule over a corpus. Every document stands in one of `fires`, `unless`, `section`, `negated`, `repeated`, or
/// has no match.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Funnel {
    /// The documents.
    pub documents: Split,
    /// Those with at least one word of a phrase or acronym, or a match.
    pub worded: Split,
    /// Those in which the rule counts,
    pub fires: Split,
    /// and of those, the ones that only wish for it.
    pub hedged: Split,
    /// Silenced by an `unless`.
    pub unless: Split,
    /// In sections where the rule may not fire, or that weigh nothing.
    pub section: Split,
    /// Denied by the text.
    pub negated: Split,
    /// Only in tasks that repeat an earlier one.
    pub repeated: Split,
    /// The phrases, in the order of the rule.
    pub phrases: Vec<PhraseFunnel>,
    /// The acronyms.
    pub acronyms: Vec<PartFunnel>,
    /// The regular expressions.
    pub regexes: Vec<PartFunnel>,
    /// Documents to keep for each phrase.
    #[serde(skip)]
    most: usize,
}

/// An acronym or regular expression over a corpus.
#[derive(Clone, Debug, Default, Serialize)]
pub struct PartFunnel {
    /// As written.
    pub text: String,
    /// Documents in which it matches, whether that counts or not.
    pub matched: Split,
    /// Documents that have an acronym only in other letters; of an expression, one of its words only.
    pub near: Split,
}

/// A phrase over a corpus.
#[derive(Clone, Debug, Default, Serialize)]
pub struct PhraseFunnel {
    /// As written.
    pub text: String,
    /// Documents with at least one of its words.
    pub worded: Split,
    /// Documents in which it matches, whether that counts or not.
    pub matched: Split,
    /// Documents in which it does not match, but would if one thing were otherwise.
    pub short: Split,
    /// Its elements.
    pub elements: Vec<Element>,
    /// The first of the documents one step short.
    pub near: Vec<NearDocument>,
}

/// An element of a phrase over a corpus.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Element {
    /// As written.
    pub text: String,
    /// Documents that get past it: everything up to it matches in its place.
    pub past: Split,
    /// Documents that lack it and nothing else,
    pub missing: Split,
    /// that have it only too far from the element before,
    pub far: Split,
    /// that have it only behind a mark.
    pub parted: Split,
    /// The words that stand where it is missing, most telling first; those that stand everywhere are left out.
    pub stood: Vec<Stood>,
    #[serde(skip)]
    words: Words,
}

impl Element {
    /// Documents that lack only this step.
    pub fn short(&self) -> usize {
        self.missing.all + self.far.all + self.parted.all
    }
}

/// A document in which one step is missing.
#[derive(Clone, Debug, Serialize)]
pub struct NearDocument {
    /// Its id.
    pub id: String,
    /// What a person said of it.
    pub label: Option<&'static str>,
    /// Number of the element that fails.
    pub element: usize,
    /// The words of the text that the near miss is about.
    pub quote: String,
}

impl Funnel {
    /// A funnel for the rule of a probe that keeps up to `most` documents for each phrase.
    pub fn new(probe: &Probe<'_>, most: usize) -> Funnel {
        let rule: &Rule = probe.rule();
        let part = |text: &String| PartFunnel { text: text.clone(), ..PartFunnel::default() };
        let phrase = |phrase: &crate::core::phrase::Phrase| PhraseFunnel {
            text: phrase.text.clone(),
            elements: elements(&phrase.text)
                .map(|text| Element { text: text.into(), ..Element::default() })
                .collect(),
            ..PhraseFunnel::default()
        };
        Funnel {
            phrases: rule.phrases.iter().map(phrase).collect(),
            acronyms: rule.acronyms.iter().map(part).collect(),
            regexes: rule.regexes.iter().map(part).collect(),
            most,
            ..Funnel::default()
        }
    }

    /// Counts a document.
    pub fn add(&mut self, id: &str, label: Option<Label>, document: &Document<'_>, why: &Why) {
        self.documents += label;
        if !why.found.is_empty() || !why.near.is_empty() || !why.cased.is_empty() {
            self.worded += label;
        }
        self.count_fate(label, why);
        let matched = |way: Way| why.found.iter().any(|found| found.way == way);
        for (number, acronym) in self.acronyms.iter_mut().enumerate() {
            if matched(Way::Acronym(number)) {
                acronym.matched += label;
            } else if why.cased.iter().any(|cased| cased.acronym == number) {
                acronym.near += label;
            }
        }
        for (number, regex) in self.regexes.iter_mut().enumerate() {
            if matched(Way::Regex(number)) {
                regex.matched += label;
            } else if why.regexes.iter().any(|miss| miss.regex == number && !miss.present.is_empty()) {
                regex.near += label;
            }
        }
        for (number, phrase) in self.phrases.iter_mut().enumerate() {
            let near = why.near.iter().find(|near| near.phrase == number);
            if matched(Way::Phrase(number)) {
                phrase.matched += label;
                phrase.worded += label;
            } else if let Some(near) = near {
                phrase.worded += label;
                phrase.add_near(id, label, document, near, self.most);
            }
            let depth = why.depths.get(number).copied().unwrap_or(0);
            phrase.elements.iter_mut().take(depth).for_each(|element| element.past += label);
        }
    }

    /// Counts the document by the best that becomes of the rule's matches in it.
    fn count_fate(&mut self, label: Option<Label>, why: &Why) {
        let any = |is: fn(&Fate) -> bool| why.found.iter().any(|found| is(&found.fate));
        if why.fires() {
            self.fires += label;
            let counting = why.found.iter().filter(|found| matches!(found.fate, Fate::Counts(_)));
            if counting.clone().all(|found| found.force == Force::Hedged) {
                self.hedged += label;
            }
        } else if any(|fate| matches!(fate, Fate::Negated)) {
            self.negated += label;
        } else if any(|fate| matches!(fate, Fate::Silenced { .. })) {
            self.unless += label;
        } else if any(|fate| matches!(fate, Fate::Barred | Fate::Weightless)) {
            self.section += label;
        } else if any(|fate| matches!(fate, Fate::Repeated)) {
            self.repeated += label;
        }
    }

    /// Adds what another funnel of the same rule counted in documents that follow.
    pub fn merge(&mut self, other: Funnel) {
        let most = self.most;
        self.documents += other.documents;
        self.worded += other.worded;
        self.fires += other.fires;
        self.hedged += other.hedged;
        self.unless += other.unless;
        self.section += other.section;
        self.negated += other.negated;
        self.repeated += other.repeated;
        self.phrases.iter_mut().zip(other.phrases).for_each(|(own, other)| own.merge(other, most));
        let parts = self.acronyms.iter_mut().chain(&mut self.regexes);
        for (own, other) in parts.zip(other.acronyms.into_iter().chain(other.regexes)) {
            own.matched += other.matched;
            own.near += other.near;
        }
    }

    /// Sorts what was counted, once all documents are in.
    pub fn finish(mut self) -> Funnel {
        for element in self.phrases.iter_mut().flat_map(|phrase| &mut phrase.elements) {
            element.stood = std::mem::take(&mut element.words).telling();
        }
        self
    }
}

impl PhraseFunnel {
    fn merge(&mut self, other: PhraseFunnel, most: usize) {
        self.worded += other.worded;
        self.matched += other.matched;
        self.short += other.short;
        for (own, other) in self.elements.iter_mut().zip(other.elements) {
            own.past += other.past;
            own.missing += other.missing;
            own.far += other.far;
            own.parted += other.parted;
            own.words.merge(other.words);
        }
        self.near.extend(other.near);
        self.near.truncate(most);
    }

    /// The element that fails most often among the documents one step short; the later of equals.
    pub fn weakest(&self) -> Option<usize> {
        let all = self.elements.iter().enumerate().filter(|(_, element)| element.short() > 0);
        all.max_by_key(|(_, element)| element.short()).map(|(number, _)| number)
    }

    fn add_near(
        &mut self,
        id: &str,
        label: Option<Label>,
        document: &Document<'_>,
        near: &Near,
        most: usize,
    ) {
        let [fault] = near.faults.as_slice() else { return };
        let Some((section, task)) = document.tasks().nth(near.task as usize) else { return };
        let text = document.text_of(section);
        self.short += label;
        let number = fault.element();
        let Some(element) = self.elements.get_mut(number) else { return };
        match fault {
            Fault::Missing { stood, .. } => {
                element.missing += label;
                let there = stood.iter().flat_map(|span| fold_words(&text[span.clone()])).collect();
                let anywhere = fold_words(&text[task.clone()]).into_iter().collect();
                element.words.add(label, &there, &anywhere);
            }
            Fault::Far { .. } => element.far += label,
            Fault::Parted { .. } => element.parted += label,
        }
        if self.near.len() < most {
            let quote = near.extent().map_or(String::new(), |extent| around(text, &task, &extent));
            self.near.push(NearDocument {
                id: id.to_owned(),
                label: label.map(Label::name),
                element: number,
                quote,
            });
        }
    }
}

impl Near {
    /// The bytes that the near miss is about: the words found, and those where others should be.
    pub fn extent(&self) -> Option<Range<usize>> {
        let stood = self.faults.iter().flat_map(|fault| match fault {
            Fault::Missing { stood, .. } => stood.as_slice(),
            _ => &[],
        });
        let mut all = self.found.iter().flatten().chain(stood);
        let first = all.next()?.clone();
        Some(all.fold(first, |whole, span| whole.start.min(span.start)..whole.end.max(span.end)))
    }
}

impl Fault {
    /// Number of the element that fails: the missing one, or the later of two that stand apart.
    pub fn element(&self) -> usize {
        match self {
            Fault::Missing { element, .. } => *element,
            Fault::Far { elements, .. } | Fault::Parted { elements, .. } => elements[1],
        }
    }
}

/// The elements of a phrase as they are written.
pub fn elements(phrase: &str) -> impl Iterator<Item = &str> {
    phrase.split_whitespace().filter(|token| !token.starts_with(".."))
}
