//! Documents to rows of base forms, each word marked with the leanings whose rules cover it.

use std::collections::HashMap;
use std::ops::Range;

use super::Example;
use super::base::{Bases, WordId};
use crate::core::compile::Engine;
use crate::core::force::Force;
use crate::core::scan::Hit;
use crate::core::words::{Break, Word, fold, for_each_word};

/// A word of a task.
#[derive(Clone, Copy, Debug)]
pub struct Token {
    /// Its base form.
    pub word: WordId,
    /// Whether it stands next to the one before.
    pub joined: bool,
    /// Bit [`Leans`](crate::Leans)` as u8`: a hit of a rule that leans so covers it.
    pub covered: u8,
}

/// A sentence or bullet, without its transparent words.
#[derive(Clone, Debug, Default)]
pub struct Task {
    /// Its words.
    pub tokens: Vec<Token>,
}

/// The tasks of a document that count.
pub type Document = Vec<Task>;

/// A corpus, read.
#[derive(Debug)]
pub struct Corpus {
    /// What its words are.
    pub bases: Bases,
    /// By document.
    pub documents: Vec<Document>,
}

/// A task of a document: the text that it lies in, its bytes there, and its number.
pub struct Place<'a> {
    /// The text of its section.
    pub text: &'a str,
    /// Its bytes.
    pub span: Range<usize>,
    /// Its number in the document.
    pub number: u32,
}

impl<'a> Place<'a> {
    /// Its words as they stand.
    pub fn sentence(&self) -> &'a str {
        &self.text[self.span.clone()]
    }
}

/// The tasks of a document in which a rule would count: no repeats, no sections without weight.
pub fn tasks<'a>(engine: &Engine, example: &Example<'a>) -> Vec<Place<'a>> {
    let document = engine.document(example.title, example.text);
    let weights = &engine.pack().text.section_weights;
    let all = document.tasks().zip(0u32..).zip(&example.hits.tasks);
    let counting = all.filter(|((_, _), info)| !info.repeat && weights[info.section as usize] > 0.0);
    counting
        .map(|(((section, span), number), _)| Place { text: document.text_of(section), span, number })
        .collect()
}

/// Reads a corpus.
pub fn read(engine: &Engine, examples: &[Example<'_>]) -> Corpus {
    let mut words = Interned::default();
    let transparent = engine.pack().text.transparent.iter().map(|word| words.id(fold(word).as_bytes()));
    let transparent: Vec<u32> = transparent.collect();
    let mut documents: Vec<Document> = examples
        .iter()
        .map(|example| {
            let mut of_task = HitsByTask { rest: &example.hits.hits };
            let places = tasks(engine, example);
            places
                .iter()
                .map(|place| task(engine, place, of_task.take(place.number), &mut words, &transparent))
                .collect()
        })
        .collect();
    let counts = words.forms.iter().cloned().zip(words.counts.iter().copied()).collect();
    let bases = Bases::of(&counts, engine.pack());
    let base: Vec<WordId> = words.forms.iter().map(|form| bases.id(form).unwrap_or(0)).collect();
    for token in documents.iter_mut().flatten().flat_map(|task| &mut task.tokens) {
        token.word = base[token.word as usize];
    }
    Corpus { bases, documents }
}

/// Folded forms by number, with their counts.
#[derive(Default)]
struct Interned {
    ids: HashMap<Vec<u8>, u32>,
    forms: Vec<String>,
    counts: Vec<u32>,
}

impl Interned {
    fn id(&mut self, form: &[u8]) -> u32 {
        if let Some(id) = self.ids.get(form) {
            return *id;
        }
        let id = self.forms.len() as u32;
        self.ids.insert(form.to_vec(), id);
        self.forms.push(String::from_utf8_lossy(form).into_owned());
        self.counts.push(0);
        id
    }
}

/// Hands out a document's hits task by task; they stand in that order.
struct HitsByTask<'a> {
    rest: &'a [Hit],
}

impl<'a> HitsByTask<'a> {
    fn take(&mut self, task: u32) -> &'a [Hit] {
        let from = self.rest.partition_point(|hit| hit.task < task);
        let to = self.rest.partition_point(|hit| hit.task <= task);
        let own = &self.rest[from..to];
        self.rest = &self.rest[to..];
        own
    }
}

fn task(engine: &Engine, place: &Place<'_>, hits: &[Hit], words: &mut Interned, transparent: &[u32]) -> Task {
    let mut tokens = Vec::new();
    let mut before = Break::None;
    let mut buffer = Vec::new();
    for_each_word(place.text, place.span.start, place.span.end, &mut buffer, |word, form| {
        before = before.max(word.before);
        let id = words.id(form.as_bytes());
        words.counts[id as usize] += 1;
        if !transparent.contains(&id) {
            tokens.push(Token {
                word: id,
                joined: before == Break::None,
                covered: covered(engine, word, hits),
            });
            before = Break::None;
        }
    });
    Task { tokens }
}

fn covered(engine: &Engine, word: Word, hits: &[Hit]) -> u8 {
    let over = |hit: &&Hit| hit.start <= word.start && word.end <= hit.end && hit.force != Force::Negated;
    let leans = |hit: &Hit| engine.pack().rules[hit.rule as usize].leans;
    hits.iter().filter(over).fold(0, |set, hit| set | 1 << leans(hit) as u8)
}
