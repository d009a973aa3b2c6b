//! How strongly each rule speaks in a document, whatever its weight.
//!
//! A rule's *strength* is the sum over the distinct tasks in which it fires, strongest first, each counting
//! `echo` times the one before. A hit counts for its section's weight, a hedged one for part, a negated one
//! for nothing; each word before it in its task takes the part `fade`; and of `n` rules of one leaning that
//! read the same words, each counts `1 / n^sharing`: they are not `n` witnesses.

use super::force::Force;
use super::pack::Pack;
use super::scan::{Hit, Hits};
use super::score::{Fired, LogOdds, Part};

/// The hits of a part; hits stand by task.
fn of_part(hits: &Hits, part: Part) -> &[Hit] {
    let Part::Task(task) = part else { return &hits.hits };
    let from = hits.hits.partition_point(|hit| hit.task < task);
    let to = hits.hits.partition_point(|hit| hit.task <= task);
    &hits.hits[from..to]
}

/// The strength of every rule that has a hit that counts; in the order of the pack.
pub(super) fn strengths(pack: &Pack, hits: &Hits, part: Part) -> Vec<Fired> {
    let mut counted: Vec<(u32, u32, f64)> = Vec::new();
    for of_task in of_part(hits, part).chunk_by(|a, b| a.task == b.task) {
        let task = &hits.tasks[of_task[0].task as usize];
        let section = match part {
            Part::Whole if task.repeat => continue,
            Part::Whole => pack.text.section_weights[task.section as usize],
            Part::Task(_) => 1.0,
        };
        if section > 0.0 {
            let counts = of_task.iter().filter(|hit| hit.force != Force::Negated);
            let whole = |hit| Counted { section, ..quality(pack, hit, of_task) }.whole();
            counted.extend(counts.map(|hit| (hit.rule, hit.task, whole(hit))));
        }
    }
    counted.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.cmp(&b.1)).then(b.2.total_cmp(&a.2)));
    counted
        .chunk_by(|a, b| a.0 == b.0)
        .map(|of_rule| {
            let mut best: Vec<f64> =
                of_rule.chunk_by(|a, b| a.1 == b.1).map(|of_task| of_task[0].2).collect();
            best.sort_by(|a, b| b.total_cmp(a));
            let echo = |(i, quality): (usize, &f64)| quality * pack.scoring.echo.powi(i as i32);
            let strength = best.iter().enumerate().map(echo).sum();
            let hits = of_rule.len() as u32;
            Fired { rule: of_rule[0].0, hits, mass: strength, contribution: LogOdds(0) }
        })
        .collect()
}

/// What a hit counts in its document, factor by factor.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Counted {
    /// The weight of its section, 0 to 1.
    pub section: f64,
    /// What its force leaves of it: 1, or less for a hedged hit.
    pub force: f64,
    /// Rules of one leaning that read the same words, its own among them.
    pub readers: usize,
    /// What sharing the words with them leaves of it.
    pub sharing: f64,
    /// What the words before it in its task leave of it.
    pub fade: f64,
}

impl Counted {
    /// All factors together: 1 for a plain hit at the start of a task that no other rule reads.
    pub fn whole(&self) -> f64 {
        self.section * (self.sharing * self.force * self.fade)
    }
}

/// What a hit counts in the whole document, if it counts at all: repeats and negation aside.
pub(super) fn counted(pack: &Pack, hits: &Hits, hit: &Hit) -> Counted {
    let section = pack.text.section_weights[hits.tasks[hit.task as usize].section as usize];
    Counted { section, ..quality(pack, hit, of_part(hits, Part::Task(hit.task))) }
}

/// What a hit counts by its force, its place in the task, and the rules that read the same words.
fn quality(pack: &Pack, hit: &Hit, of_task: &[Hit]) -> Counted {
    let scoring = &pack.scoring;
    let leans = |hit: &Hit| pack.rules[hit.rule as usize].leans;
    let shares = |other: &&Hit| {
        other.start < hit.end
            && hit.start < other.end
            && other.force != Force::Negated
            && leans(other) == leans(hit)
    };
    // Hits stand by rule, so that those of one rule are neighbours.
    let mut last = None;
    let readers = of_task.iter().filter(shares).filter(|other| last.replace(other.rule) != Some(other.rule));
    let readers = readers.count().max(1);
    Counted {
        section: 1.0,
        force: if hit.force == Force::Hedged { scoring.hedged } else { 1.0 },
        readers,
        sharing: (readers as f64).powf(-scoring.sharing),
        // A text without an end to its sentence must not count for nothing behind some word.
        fade: (1.0 - scoring.fade).powi(hit.word.min(60) as i32),
    }
}
