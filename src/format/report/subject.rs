//! A judged document as its report sees it: what became of every hit, and which places are marked.

use std::ops::Range;

use crate::core::compile::Engine;
use crate::core::explain::Explanation;
use crate::core::force::Force;
use crate::core::pack::{Leans, Pack, Rule, SectionKind};
use crate::core::scan::{Hit, Scratch};
use crate::core::score::Fired;
use crate::core::why::Bent;
use crate::format::diagnostic::position;
use crate::format::source::{Place, Source};

/// What a hit counts, and if it does not, why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// It counts in full.
    Plain,
    /// The text only wishes for it: it counts for part.
    Hedged,
    /// The text denies it.
    Denied,
    /// An earlier task says the same, word for word.
    Repeated,
    /// Its section has the weight 0.
    Weightless,
}

impl Standing {
    /// Whether it adds to the score.
    pub(super) fn counts(self) -> bool {
        matches!(self, Standing::Plain | Standing::Hedged)
    }
}

/// A run of words that at least one rule reads; rules whose words overlap share it.
pub(super) struct Mark {
    /// The task that it lies in.
    pub(super) task: u32,
    /// Its bytes.
    pub(super) span: Range<usize>,
    /// The hits that it shows, by number.
    pub(super) hits: Vec<usize>,
}

/// A judged document and what its report knows of it.
pub(super) struct Subject<'a> {
    /// The engine that judged.
    pub(super) engine: &'a Engine,
    /// What it said.
    pub(super) explanation: &'a Explanation<'a>,
    /// The name of the file or record.
    pub(super) name: &'a str,
    /// The file, if it was read from one.
    source: Option<&'a Source>,
    /// Begins every identifier, so that several documents fit on one page.
    pub(super) key: String,
    /// Level of its headings below its title.
    pub(super) level: u8,
    /// What became of each hit.
    pub(super) standings: Vec<Standing>,
    /// What hedged or denied each hit.
    pub(super) bent: Vec<Option<Bent>>,
    /// The marked places, in the order of the text.
    pub(super) marks: Vec<Mark>,
}

impl<'a> Subject<'a> {
    /// Prepares a document for its report.
    pub(super) fn new(
        engine: &'a Engine,
        explanation: &'a Explanation<'a>,
        name: &'a str,
        source: Option<&'a Source>,
        key: String,
        level: u8,
    ) -> Subject<'a> {
        let standings =
            explanation.hits.hits.iter().map(|hit| standing(engine.pack(), explanation, hit)).collect();
        let bent = bent(engine, explanation);
        Subject { engine, explanation, name, source, key, level, standings, bent, marks: marks(explanation) }
    }

    /// The pack.
    pub(super) fn pack(&self) -> &'a Pack {
        self.engine.pack()
    }

    /// The hit with this number.
    pub(super) fn hit(&self, number: usize) -> &'a Hit {
        &self.explanation.hits.hits[number]
    }

    /// The rule with this number.
    pub(super) fn rule(&self, number: u32) -> &'a Rule {
        &self.engine.pack().rules[number as usize]
    }

    /// What a rule adds, if it fired.
    pub(super) fn fired(&self, rule: u32) -> Option<&'a Fired> {
        self.explanation.judgment.fired.iter().find(|fired| fired.rule == rule)
    }

    /// Whether the evidence has a row for a rule, so that it can be linked to.
    pub(super) fn has_row(&self, rule: u32) -> bool {
        self.fired(rule).is_some_and(|fired| fired.contribution.0 != 0)
    }

    /// The text that a task points into.
    pub(super) fn text_of(&self, task: u32) -> &'a str {
        self.explanation.document.text_of(self.explanation.section(&self.explanation.tasks[task as usize]))
    }

    /// Where a byte of a task's text stands in the file or record.
    pub(super) fn place(&self, task: u32, at: usize) -> String {
        if self.explanation.hits.tasks[task as usize].section == SectionKind::Title {
            return "title".into();
        }
        let line = || Place::Line(position(self.text_of(task), at).0);
        self.source.map_or_else(line, |source| source.place(at)).to_string()
    }

    /// The words of a hit.
    pub(super) fn words(&self, hit: &Hit) -> &'a str {
        &self.text_of(hit.task)[hit.start as usize..hit.end as usize]
    }

    /// The number of the mark that shows a hit.
    pub(super) fn mark_of(&self, hit: usize) -> Option<usize> {
        self.marks.iter().position(|mark| mark.hits.contains(&hit))
    }

    /// The name of a title: the document's, or else of the file.
    pub(super) fn title(&self) -> &'a str {
        self.explanation.document.title().unwrap_or(self.name)
    }

    /// The leanings that a mark's counting hits speak for.
    pub(super) fn leanings(&self, mark: &Mark) -> [bool; Leans::ALL.len()] {
        let mut leans = [false; Leans::ALL.len()];
        for hit in mark.hits.iter().filter(|hit| self.standings[**hit].counts()) {
            leans[self.rule(self.hit(*hit).rule).leans as usize] = true;
        }
        leans
    }
}

fn standing(pack: &Pack, explanation: &Explanation<'_>, hit: &Hit) -> Standing {
    let task = &explanation.hits.tasks[hit.task as usize];
    match hit.force {
        Force::Negated => Standing::Denied,
        _ if task.repeat => Standing::Repeated,
        _ if pack.text.section_weights[task.section as usize] <= 0.0 => Standing::Weightless,
        Force::Hedged => Standing::Hedged,
        Force::Plain => Standing::Plain,
    }
}

/// What bent each hit; asked only of rules that have such a hit.
fn bent(engine: &Engine, explanation: &Explanation<'_>) -> Vec<Option<Bent>> {
    let hits = &explanation.hits;
    let mut bent = vec![None; hits.hits.len()];
    let mut rules: Vec<u32> =
        hits.hits.iter().filter(|hit| hit.force != Force::Plain).map(|hit| hit.rule).collect();
    rules.sort_unstable();
    rules.dedup();
    let mut scratch = Scratch::default();
    for probe in rules.iter().filter_map(|rule| engine.probe(*rule)) {
        for found in probe.why(&explanation.document, hits, &mut scratch).found {
            let same =
                |hit: &Hit| hit.task == found.task && (hit.start as usize..hit.end as usize) == found.span;
            let place = hits.hits.iter().position(|hit| rules_match(engine, hit, probe.rule()) && same(hit));
            if let Some(place) = place {
                bent[place] = found.bent.clone();
            }
        }
    }
    bent
}

fn rules_match(engine: &Engine, hit: &Hit, rule: &Rule) -> bool {
    std::ptr::eq(&engine.pack().rules[hit.rule as usize], rule)
}

/// Hits whose words overlap, together.
fn marks(explanation: &Explanation<'_>) -> Vec<Mark> {
    let hits = &explanation.hits.hits;
    let mut order: Vec<usize> = (0..hits.len()).collect();
    order.sort_by_key(|i| (hits[*i].task, hits[*i].start, std::cmp::Reverse(hits[*i].end)));
    let mut marks: Vec<Mark> = Vec::new();
    for number in order {
        let hit = &hits[number];
        let (start, end) = (hit.start as usize, hit.end as usize);
        match marks.last_mut().filter(|mark| mark.task == hit.task && start < mark.span.end) {
            Some(mark) => {
                mark.span.end = mark.span.end.max(end);
                mark.hits.push(number);
            }
            None => marks.push(Mark { task: hit.task, span: start..end, hits: vec![number] }),
        }
    }
    marks
}
