//! Why a rule did or did not fire in a document, as a record with places in the file.

use std::ops::Range;

use serde::Serialize;

use super::diagnostic::position;
use super::source::Source;
use crate::core::document::Document;
use crate::core::pack::Rule;
use crate::core::strength::Counted;
use crate::core::why::{Bent, Fate, Fault, Found, Near, Way, Why, elements};

/// Everything that is known of one rule in one document, for `why --format json`.
#[derive(Serialize)]
pub struct WhyRecord<'a> {
    file: &'a str,
    rule: &'a str,
    fires: bool,
    matches: Vec<MatchRecord<'a>>,
    near: Vec<NearRecord<'a>>,
    /// Phrases without a word in the document.
    absent: Vec<&'a str>,
    acronyms_in_other_letters: Vec<CasedRecord<'a>>,
    regexes: Vec<RegexRecord<'a>>,
}

/// Some words of the text; bytes are those of the file as it was given.
#[derive(Serialize)]
struct Quote<'a> {
    text: &'a str,
    line: usize,
    start: usize,
    end: usize,
}

#[derive(Serialize)]
struct MatchRecord<'a> {
    #[serde(flatten)]
    part: PartRecord<'a>,
    task: u32,
    section: &'static str,
    #[serde(flatten)]
    quote: Quote<'a>,
    force: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    bent_by: Option<String>,
    fate: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    counts: Option<CountedRecord>,
    /// The `unless`, or the earlier match, that silences it.
    #[serde(skip_serializing_if = "Option::is_none")]
    silenced_by: Option<SilencerRecord<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
enum PartRecord<'a> {
    Phrase(&'a str),
    Acronym(&'a str),
    Regex(&'a str),
}

#[derive(Serialize)]
struct CountedRecord {
    whole: f64,
    section: f64,
    force: f64,
    sharing: f64,
    readers: usize,
    fade: f64,
}

#[derive(Serialize)]
struct SilencerRecord<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    unless: Option<&'a str>,
    #[serde(flatten)]
    quote: Quote<'a>,
}

#[derive(Serialize)]
struct NearRecord<'a> {
    phrase: &'a str,
    task: u32,
    elements: Vec<ElementRecord<'a>>,
    faults: Vec<FaultRecord<'a>>,
}

#[derive(Serialize)]
struct ElementRecord<'a> {
    element: &'a str,
    found: Option<Quote<'a>>,
}

#[derive(Serialize)]
struct FaultRecord<'a> {
    fault: &'static str,
    element: &'a str,
    reason: String,
    stood: Vec<Quote<'a>>,
}

#[derive(Serialize)]
struct CasedRecord<'a> {
    acronym: &'a str,
    task: u32,
    #[serde(flatten)]
    quote: Quote<'a>,
}

#[derive(Serialize)]
struct RegexRecord<'a> {
    regex: &'a str,
    needs_one_of: &'a [String],
    present: &'a [String],
}

/// The record of a rule in a document that `source` was read from.
pub fn why_record<'a>(
    file: &'a str,
    source: &'a Source,
    rule: &'a Rule,
    document: &'a Document<'a>,
    why: &'a Why,
) -> WhyRecord<'a> {
    let maker = Maker { source, rule, document };
    let silent = |phrase: &usize| {
        let matched = why.found.iter().any(|found| found.way == Way::Phrase(*phrase));
        !matched && why.near.iter().all(|near| near.phrase != *phrase)
    };
    WhyRecord {
        file,
        rule: &rule.id,
        fires: why.fires(),
        matches: why.found.iter().map(|found| maker.found(found)).collect(),
        near: why.near.iter().map(|near| maker.near(near)).collect(),
        absent: (0..rule.phrases.len()).filter(silent).map(|n| rule.phrases[n].text.as_str()).collect(),
        acronyms_in_other_letters: why
            .cased
            .iter()
            .map(|cased| CasedRecord {
                acronym: &rule.acronyms[cased.acronym],
                task: cased.task,
                quote: maker.quote(cased.task, &cased.span),
            })
            .collect(),
        regexes: why
            .regexes
            .iter()
            .map(|miss| RegexRecord {
                regex: &rule.regexes[miss.regex],
                needs_one_of: &miss.needed,
                present: &miss.present,
            })
            .collect(),
    }
}

struct Maker<'a> {
    source: &'a Source,
    rule: &'a Rule,
    document: &'a Document<'a>,
}

impl<'a> Maker<'a> {
    fn text(&self, task: u32) -> &'a str {
        let section = self.document.tasks().nth(task as usize).map(|(section, _)| section);
        section.map_or(self.document.text, |section| self.document.text_of(section))
    }

    fn quote(&self, task: u32, span: &Range<usize>) -> Quote<'a> {
        let text = self.text(task);
        Quote {
            text: &text[span.clone()],
            line: position(text, span.start).0,
            start: self.source.offset(span.start),
            end: self.source.offset(span.end),
        }
    }

    fn part(&self, way: Way) -> PartRecord<'a> {
        match way {
            Way::Phrase(n) => PartRecord::Phrase(&self.rule.phrases[n].text),
            Way::Acronym(n) => PartRecord::Acronym(&self.rule.acronyms[n]),
            Way::Regex(n) => PartRecord::Regex(&self.rule.regexes[n]),
        }
    }

    fn found(&self, found: &Found) -> MatchRecord<'a> {
        let text = self.text(found.task);
        let section = self.document.tasks().nth(found.task as usize).map(|(section, _)| section.kind.name());
        let bent_by = found.bent.as_ref().map(|bent| match bent {
            Bent::Heading => "heading".to_owned(),
            Bent::Cue(span) => text[span.clone()].to_owned(),
        });
        let silenced_by = match &found.fate {
            Fate::Silenced { unless, span } => Some((Some(self.rule.unless[*unless].text.as_str()), span)),
            Fate::Overlapped(span) => Some((None, span)),
            _ => None,
        };
        let counts = match found.fate {
            Fate::Counts(counted) | Fate::Outdone(counted) => Some(counted_record(&counted)),
            _ => None,
        };
        MatchRecord {
            part: self.part(found.way),
            task: found.task,
            section: section.unwrap_or_default(),
            quote: self.quote(found.task, &found.span),
            force: found.force.name(),
            bent_by,
            fate: found.fate.name(),
            counts,
            silenced_by: silenced_by
                .map(|(unless, span)| SilencerRecord { unless, quote: self.quote(found.task, span) }),
        }
    }

    fn near(&self, near: &Near) -> NearRecord<'a> {
        let phrase = self.rule.phrases[near.phrase].text.as_str();
        let text = self.text(near.task);
        let element = |(element, found): (&'a str, &Option<Range<usize>>)| ElementRecord {
            element,
            found: found.as_ref().map(|span| self.quote(near.task, span)),
        };
        let fault = |fault: &Fault| FaultRecord {
            fault: fault.name(),
            element: elements(phrase).nth(fault.element()).unwrap_or_default(),
            reason: fault.describe(near, phrase, text),
            stood: match fault {
                Fault::Missing { stood, .. } => stood.iter().map(|s| self.quote(near.task, s)).collect(),
                Fault::Far { .. } | Fault::Parted { .. } => Vec::new(),
            },
        };
        NearRecord {
            phrase,
            task: near.task,
            elements: elements(phrase).zip(&near.found).map(element).collect(),
            faults: near.faults.iter().map(fault).collect(),
        }
    }
}

fn counted_record(counted: &Counted) -> CountedRecord {
    let short = |value: f64| (value * 1000.0).round() / 1000.0;
    CountedRecord {
        whole: short(counted.whole()),
        section: short(counted.section),
        force: short(counted.force),
        sharing: short(counted.sharing),
        readers: counted.readers,
        fade: short(counted.fade),
    }
}
