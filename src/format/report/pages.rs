//! Reports of documents: one alone, or several behind an overview.

use crate::core::compile::Engine;
use crate::core::explain::Explanation;
use crate::core::score::{LogOdds, Verdict};
use crate::format::source::Source;

use super::document::{contents, document, provenance, stack, tally};
use super::markup::{Markup, all, heading, said, tag};
use super::page::page;
use super::spectrum::small_spectrum;
use super::subject::Subject;
use super::tables::{column, number};
use super::words::{chip, count, position};

/// Collects documents for one page.
pub struct Pages<'a> {
    engine: &'a Engine,
    several: bool,
    documents: Vec<Entry>,
}

/// A finished document and its line in the overview.
struct Entry {
    title: String,
    name: String,
    key: String,
    verdict: Verdict,
    score: f64,
    evidence: LogOdds,
    tasks: Vec<(Verdict, usize)>,
    contents: Markup,
    body: Markup,
}

impl<'a> Pages<'a> {
    /// A page for one document, or for `several` behind an overview.
    pub fn new(engine: &'a Engine, several: bool) -> Pages<'a> {
        Pages { engine, several, documents: Vec::new() }
    }

    /// Adds a document: the name of its file, the file as it was read, and what was said of it.
    pub fn add(&mut self, name: &str, source: &Source, explanation: &Explanation<'_>) {
        let key = match self.several {
            true => format!("d{}-", self.documents.len() + 1),
            false => String::new(),
        };
        let level = if self.several { 3 } else { 2 };
        let subject = Subject::new(self.engine, explanation, name, Some(source), key, level);
        let judgment = &explanation.judgment;
        self.documents.push(Entry {
            title: subject.title().to_owned(),
            name: name.to_owned(),
            verdict: judgment.verdict,
            score: judgment.score(),
            evidence: judgment.evidence,
            tasks: tally(&subject),
            contents: contents(&subject),
            body: document(&subject, &source.notices),
            key: subject.key,
        });
    }

    /// Whether there is no document yet.
    pub fn is_empty(&self) -> bool {
        self.documents.is_empty()
    }

    /// The page.
    pub fn finish(self) -> String {
        match self.several {
            false => self.one(),
            true => self.overview(),
        }
    }

    fn one(mut self) -> String {
        let Some(entry) = self.documents.pop() else { return self.overview() };
        let head = all![
            tag("p").class("kicker").holds("BPO or KPO? A job description, judged by rules"),
            heading(1, said(&entry.title)),
            tag("p").class("file").holds(said(&entry.name)),
        ];
        let title = format!("{}: {}", entry.title, entry.verdict);
        page(&title, head, entry.contents, entry.body, provenance(self.engine.pack(), 2))
    }

    fn overview(self) -> String {
        let title = count(self.documents.len(), "job description");
        let head = all![
            tag("p").class("kicker").holds("BPO or KPO? Job descriptions, judged by rules"),
            heading(1, title.as_str()),
        ];
        let rows: Markup = self.documents.iter().map(|entry| self.row(entry)).collect();
        let columns = all![
            column("", "Document"),
            column("", "Verdict"),
            column("n", "Position"),
            column("bar", "BPO to KPO"),
            column("n", "Evidence"),
            column("bar", "Tasks, each alone"),
        ];
        let caption = "Position from 0 (BPO) to 1 (KPO); evidence in log-odds.";
        let table = tag("table").class("overview").holds(all![
            tag("caption").holds(caption),
            tag("thead").holds(tag("tr").holds(columns)),
            tag("tbody").holds(rows),
        ]);
        let articles: Markup = self.documents.iter().map(article).collect();
        page(&title, head, Markup::default(), all![table, articles], provenance(self.engine.pack(), 2))
    }

    fn row(&self, entry: &Entry) -> Markup {
        let link = tag("a").attr("href", format!("#{}top", entry.key)).holds(said(&entry.title));
        tag("tr").holds(all![
            tag("th").attr("scope", "row").holds(all![link, " ", tag("small").holds(said(&entry.name))]),
            tag("td").holds(chip(entry.verdict)),
            number(position(&self.engine.pack().thresholds, entry.score)),
            tag("td").class("bar").holds(small_spectrum(&self.engine.pack().thresholds, entry.score)),
            number(entry.evidence.to_string()),
            tag("td").class("bar").holds(stack(&entry.tasks, 10)),
        ])
    }
}

fn article(entry: &Entry) -> Markup {
    let id = format!("{}top", entry.key);
    let head = tag("h2").id(&id).holds(said(&entry.title));
    let file = tag("p").class("file").holds(said(&entry.name));
    let back = tag("p").class("back").holds(tag("a").attr("href", "#main").holds("Back to the overview"));
    tag("article").attr("aria-labelledby", id).holds(all![head, file, entry.body.clone(), back])
}
