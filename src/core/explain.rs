//! A judgment with its reasons: the document's tasks, each judged alone, and where every rule was seen.

use std::ops::Range;

use super::compile::Engine;
use super::document::{Document, Section};
use super::flip::{Flip, flips};
use super::pack::Economics;
use super::scan::{Hit, Hits, Scratch};
use super::score::{Fired, Judgment, Part, judge};

/// A document, judged and explained.
#[derive(Debug)]
pub struct Explanation<'t> {
    /// The document.
    pub document: Document<'t>,
    /// What was found in it.
    pub hits: Hits,
    /// Where it was placed.
    pub judgment: Judgment,
    /// Every task, judged as if it stood alone.
    pub tasks: Vec<TaskJudgment>,
    /// Ways to other verdicts.
    pub flips: Vec<Flip>,
}

/// A task, judged alone.
#[derive(Debug)]
pub struct TaskJudgment {
    /// Number of its section in the document.
    pub section: usize,
    /// Its bytes in the text of the section.
    pub span: Range<usize>,
    /// Where it was placed.
    pub judgment: Judgment,
}

/// What the work would indicatively cost.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Indication {
    /// Hourly rate at this position of the spectrum.
    pub rate: f64,
    /// Savings, as shares of cost, from least to most.
    pub saving: [f64; 2],
}

impl Engine {
    /// Reads, scans, judges and explains a text; `title` is one that came apart from it.
    pub fn explain<'t>(&self, title: Option<&'t str>, text: &'t str) -> Explanation<'t> {
        let document = self.document(title, text);
        let hits = self.scan(&document, &mut Scratch::default());
        let judgment = judge(&self.pack, &hits, Part::Whole);
        let tasks = self.tasks(&document, &hits);
        let flips = flips(&self.pack, &judgment);
        Explanation { document, hits, judgment, tasks, flips }
    }

    fn tasks(&self, document: &Document<'_>, hits: &Hits) -> Vec<TaskJudgment> {
        let sections = document.sections.iter().enumerate();
        let spans = sections.flat_map(|(i, s)| s.tasks.iter().map(move |span| (i, span.clone())));
        spans
            .zip(0..)
            .map(|((section, span), task)| TaskJudgment {
                section,
                span,
                judgment: judge(&self.pack, hits, Part::Task(task)),
            })
            .collect()
    }
}

impl<'t> Explanation<'t> {
    /// The section of a task.
    pub fn section(&self, task: &TaskJudgment) -> &Section {
        &self.document.sections[task.section]
    }

    /// The words of a task.
    pub fn text(&self, task: &TaskJudgment) -> &'t str {
        &self.document.text_of(self.section(task))[task.span.clone()]
    }

    /// The hits of a rule.
    pub fn hits_of(&self, rule: u32) -> impl Iterator<Item = &Hit> {
        self.hits.hits.iter().filter(move |hit| hit.rule == rule)
    }

    /// The rules that fired, what adds most first; rules without effect are left out.
    pub fn strongest(&self) -> Vec<&Fired> {
        let mut fired: Vec<&Fired> = self.judgment.fired.iter().filter(|f| f.contribution.0 != 0).collect();
        fired.sort_by_key(|f| (-f.contribution.0.abs(), f.rule));
        fired
    }
}

/// The rate at a position on the spectrum: in proportion between the two ends.
pub fn indication(economics: &Economics, score: f64) -> Indication {
    let rate = economics.bpo_rate + score * (economics.kpo_rate - economics.bpo_rate);
    Indication { rate, saving: economics.saving }
}
