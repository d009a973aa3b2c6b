//! Documents to hits. Hits know nothing of weights, so that they can be scored again and again.

use std::ops::Range;

use regex::Regex;
use rustc_hash::FxHashSet;

use super::compile::{Engine, Owner};
use super::document::{Announced, Document, Headings};
use super::force::{Clauses, Cue, CueKind, Force, settle};
use super::matcher::{Match, Token};
use super::pack::SectionKind;
use super::vocabulary::{Symbol, hash};
use super::words::{Form, for_each_word};

/// A rule found in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hit {
    /// Number of the rule in its pack.
    pub rule: u32,
    /// Number of the task in its document.
    pub task: u32,
    /// Byte offset of its first byte in the text of the task's section.
    pub start: u32,
    /// Byte offset behind its last byte.
    pub end: u32,
    /// How many words of the task stand before it.
    pub word: u32,
    /// How firmly the text states it.
    pub force: Force,
}

/// What scoring needs to know of a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TaskInfo {
    /// The kind of section that it stands in.
    pub section: SectionKind,
    /// Whether it says word for word what a task before it says; such a task counts nothing.
    pub repeat: bool,
}

/// Everything that a scan found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hits {
    /// The hits, by task, then rule, then place.
    pub hits: Vec<Hit>,
    /// The document's tasks.
    pub tasks: Vec<TaskInfo>,
}

/// Memory that scans of one thread share.
#[derive(Debug, Default)]
pub struct Scratch {
    buffer: Vec<u8>,
    tokens: Vec<Token>,
    matches: Vec<Match>,
    cues: Vec<Cue>,
    silenced: Vec<u32>,
    opened: Vec<u32>,
    seen: FxHashSet<u64>,
    /// Hits of the task at hand: rule, first and last token, byte span.
    found: Vec<Found>,
}

impl Scratch {
    /// The words of the last task.
    pub(super) fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    /// What the matcher found in the last task.
    pub(super) fn matches(&self) -> &[Match] {
        &self.matches
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Found {
    rule: u32,
    first: u32,
    last: u32,
    start: u32,
    end: u32,
}

impl Engine {
    /// Reads a text as a document; `title` is one that came apart from it.
    pub fn document<'t>(&self, title: Option<&'t str>, text: &'t str) -> Document<'t> {
        Document::read(title, text, &mut EngineHeadings { engine: self, scratch: Scratch::default() })
    }

    /// Finds every rule in a document.
    pub fn scan(&self, document: &Document<'_>, scratch: &mut Scratch) -> Hits {
        let mut hits = Hits::default();
        self.scan_into(document, scratch, &mut hits);
        hits
    }

    /// As [`scan`](Engine::scan), into memory that is used again.
    pub fn scan_into(&self, document: &Document<'_>, scratch: &mut Scratch, hits: &mut Hits) {
        hits.hits.clear();
        hits.tasks.clear();
        scratch.seen.clear();
        for section in &document.sections {
            let text = document.text_of(section);
            for task in &section.tasks {
                let number = hits.tasks.len() as u32;
                let digest = self.tokenize(text, task.clone(), scratch);
                let repeat = !scratch.seen.insert(digest);
                hits.tasks.push(TaskInfo { section: section.kind, repeat });
                self.scan_task(text, task, section.kind, scratch);
                self.keep(number, section.force, scratch, &mut hits.hits);
            }
        }
    }

    /// Calls `ask` with the clauses of one task, for what bends the force of its words.
    pub(super) fn with_clauses<T>(
        &self,
        text: &str,
        task: &Range<usize>,
        scratch: &mut Scratch,
        ask: impl FnOnce(&Clauses<'_>) -> T,
    ) -> T {
        self.tokenize(text, task.clone(), scratch);
        self.scan_task(text, task, SectionKind::Other, scratch);
        let Scratch { tokens, cues, .. } = scratch;
        ask(&Clauses { tokens, cues, joining: &self.joining, reach: self.reach })
    }

    /// Fills `scratch.tokens` and `scratch.opened`; returns a digest of the words.
    fn tokenize(&self, text: &str, range: Range<usize>, scratch: &mut Scratch) -> u64 {
        let Scratch { buffer, tokens, opened, .. } = scratch;
        tokens.clear();
        opened.clear();
        let mut digest = 0u64;
        for_each_word(text, range.start, range.end, buffer, |word, form| {
            let original = &text[word.start as usize..word.end as usize];
            let symbol = self.vocabulary.symbol(form, original);
            digest = (digest.rotate_left(29) ^ hash(form)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
            if !self.regexes.is_empty() {
                match word.rich {
                    true => self.open_inside(original, opened),
                    false => self.open(symbol, opened),
                }
            }
            let transparent = self.transparent.holds(symbol);
            tokens.push(Token { start: word.start, end: word.end, symbol, before: word.before, transparent });
        });
        digest
    }

    /// Notes the regexes that a word opens.
    fn open(&self, symbol: Symbol, opened: &mut Vec<u32>) {
        for regex in self.opens.get(symbol as usize).into_iter().flatten() {
            if !opened.contains(regex) {
                opened.push(*regex);
            }
        }
    }

    /// Notes the regexes that a word with marks opens: to an expression, words begin behind the marks, too. What
    /// letters beyond ASCII mean to it is not known here, so that they open all.
    fn open_inside(&self, original: &str, opened: &mut Vec<u32>) {
        if !original.is_ascii() {
            opened.clear();
            opened.extend(0..self.regexes.len() as u32);
            return;
        }
        for run in original.split(|c: char| !c.is_ascii_alphanumeric()).filter(|run| !run.is_empty()) {
            let lower = run.to_ascii_lowercase();
            self.open(self.vocabulary.symbol(&Form::of(lower.as_bytes()), run), opened);
        }
    }

    /// The regexes that are worth running, each with its rule.
    fn open_regexes<'s>(&'s self, opened: &'s [u32]) -> impl Iterator<Item = (u32, &'s Regex)> {
        let open = opened.iter().chain(&self.ungated).map(|index| &self.regexes[*index as usize]);
        open.filter_map(|gated| Some((gated.rule, gated.regex()?)))
    }

    /// Fills `scratch.found` and `scratch.cues` for one task.
    fn scan_task(&self, text: &str, task: &Range<usize>, section: SectionKind, scratch: &mut Scratch) {
        let Scratch { tokens, matches, cues, silenced, found, opened, .. } = scratch;
        matches.clear();
        cues.clear();
        silenced.clear();
        found.clear();
        self.matcher.find(tokens, matches);
        for Match { pattern, first, last } in matches.iter().copied() {
            match self.owners[pattern as usize] {
                Owner::Rule(rule) => {
                    let (start, end) = (tokens[first as usize].start, tokens[last as usize].end);
                    found.push(Found { rule, first, last, start, end });
                }
                Owner::Unless(rule) => silenced.push(rule),
                Owner::Cue(kind) => cues.push(Cue { kind, first, last }),
            }
        }
        for (rule, regex) in self.open_regexes(opened) {
            for place in regex.find_iter(&text[task.clone()]).filter(|place| !place.is_empty()) {
                let (start, end) = ((task.start + place.start()) as u32, (task.start + place.end()) as u32);
                let (first, last) = covered(tokens, start, end);
                found.push(Found { rule, first, last, start, end });
            }
        }
        found.sort_unstable();
        let rules = &self.pack.rules;
        let mut last = None;
        found.retain(|f| match last {
            Some((rule, fires)) if rule == f.rule => fires,
            _ => {
                let fires = rules[f.rule as usize].sections.contains(section)
                    && !silenced.contains(&f.rule)
                    && !self.silencers.silence(f.rule, tokens);
                last = Some((f.rule, fires));
                fires
            }
        });
        settle(cues);
    }

    /// Turns what was found into hits: of places that overlap, a rule keeps the first.
    fn keep(&self, task: u32, section: Force, scratch: &Scratch, hits: &mut Vec<Hit>) {
        let Scratch { tokens, cues, found, .. } = scratch;
        let clauses = Clauses { tokens, cues, joining: &self.joining, reach: self.reach };
        let mut last: Option<(u32, u32)> = None;
        for f in found {
            if last.is_some_and(|(rule, end)| rule == f.rule && f.start < end) {
                continue;
            }
            last = Some((f.rule, f.end));
            let force = clauses.force(f.first, f.last).max(section);
            hits.push(Hit { rule: f.rule, task, start: f.start, end: f.end, word: f.first, force });
        }
    }
}

impl Engine {
    /// The rules whose patterns are in a text, read as one statement: matching alone, with neither places nor sections
    /// nor force, and whatever `unless` says. Sorted, without duplicates; what `rules` held before is gone.
    pub fn rules_in(&self, text: &str, scratch: &mut Scratch, rules: &mut Vec<u32>) {
        rules.clear();
        self.tokenize(text, 0..text.len(), scratch);
        self.matcher.for_each(&scratch.tokens, |found| {
            if let Owner::Rule(rule) = self.owners[found.pattern as usize] {
                rules.push(rule);
            }
        });
        let found = |regex: &Regex| regex.find_iter(text).any(|place| !place.is_empty());
        let open = self.open_regexes(&scratch.opened).filter(|(_, regex)| found(regex));
        rules.extend(open.map(|(rule, _)| rule));
        rules.sort_unstable();
        rules.dedup();
    }
}

/// The tokens that a byte span touches.
fn covered(tokens: &[Token], start: u32, end: u32) -> (u32, u32) {
    let first = tokens.partition_point(|t| t.end <= start);
    let last = tokens.partition_point(|t| t.start < end).saturating_sub(1).max(first);
    let most = tokens.len().saturating_sub(1);
    (first.min(most) as u32, last.min(most) as u32)
}

struct EngineHeadings<'e> {
    engine: &'e Engine,
    scratch: Scratch,
}

impl Headings for EngineHeadings<'_> {
    /// The kind whose phrase covers most words; of equals, the earlier in the heading.
    fn announced(&mut self, heading: &str) -> Option<Announced> {
        let EngineHeadings { engine, scratch } = self;
        engine.tokenize(heading, 0..heading.len(), scratch);
        scratch.matches.clear();
        engine.headings.find(&scratch.tokens, &mut scratch.matches);
        let best =
            scratch.matches.iter().min_by_key(|m| (m.first as i64 - m.last as i64, m.first, m.pattern))?;
        let kind = engine.heading_kinds[best.pattern as usize];
        let strange = strange_words(heading, &scratch.tokens, &scratch.matches);
        Some(Announced { kind, strange })
    }

    fn force(&mut self, heading: &str) -> Force {
        let EngineHeadings { engine, scratch } = self;
        engine.tokenize(heading, 0..heading.len(), scratch);
        engine.scan_task(heading, &(0..heading.len()), SectionKind::Other, scratch);
        let bends = |cue: &Cue| match cue.kind {
            CueKind::NegateBefore | CueKind::NegateAfter => Force::Negated,
            CueKind::HedgeBefore | CueKind::HedgeAfter => Force::Hedged,
            _ => Force::Plain,
        };
        scratch.cues.iter().map(bends).max().unwrap_or(Force::Plain)
    }
}

/// Words of a heading that no match covers, joining words aside.
fn strange_words(heading: &str, tokens: &[Token], matches: &[Match]) -> usize {
    let covered = |i: u32| matches.iter().any(|m| m.first <= i && i <= m.last);
    let joins = |t: &Token| heading[t.start as usize..t.end as usize].eq_ignore_ascii_case("and");
    (0..).zip(tokens).filter(|(i, token)| !covered(*i) && !joins(token)).count()
}
