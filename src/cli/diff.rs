//! `outsort diff`: which verdicts move between two packs, and why.

use std::collections::BTreeMap;
use std::io::Write;

use outsort::core::diff::{Cause, Changes, Corpus, Ledger, Move, Moves, Union, moves};
use outsort::core::measure::Label;
use outsort::{Engine, Hits, Pack, Verdict};
use serde::Serialize;

use super::Done;
use super::args::{Diff, FailOn, PageFormat};
use super::diff_record::{Change, ChangeRecord, changes as change_records, document};
use super::failure::{Failure, count};
use super::labelled::{Query, Sample, samples, scan_again};
use super::pack_source::pack;
use super::{diff_md, diff_text};

pub use super::diff_record::{Document, Sheet};

/// Everything that a run says.
#[derive(Serialize)]
pub struct Report {
    /// The packs, as they were named.
    pub packs: [String; 2],
    /// What differs between them.
    pub changes: Vec<ChangeRecord>,
    /// Parts that differ and on which no verdict depends.
    pub idle: Vec<String>,
    /// Documents judged.
    pub documents: usize,
    /// Those with a label.
    pub labelled: usize,
    /// Documents by verdict before (rows) and after, in the order BPO, mixed, KPO, unclear, out-of-scope.
    pub matrix: [[usize; Verdict::ALL.len()]; Verdict::ALL.len()],
    /// Documents whose verdict moves.
    pub moved: Tally,
    /// Documents whose score moves, but not their verdict.
    pub shifted: usize,
    /// Their mean absolute change of score.
    pub mean_shift: f64,
    /// The documents that move, by the change that moved them, most first.
    pub groups: Vec<Group>,
}

/// Documents that move, against their labels.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub struct Tally {
    /// All.
    pub documents: usize,
    /// Wrong before, right after.
    pub mended: usize,
    /// Right before, wrong after.
    pub broken: usize,
}

impl Tally {
    fn of<'m>(mends: impl Iterator<Item = &'m Option<bool>>) -> Tally {
        let mut tally = Tally::default();
        for mends in mends {
            tally.documents += 1;
            tally.mended += usize::from(*mends == Some(true));
            tally.broken += usize::from(*mends == Some(false));
        }
        tally
    }
}

/// Documents that one change moved.
#[derive(Serialize)]
pub struct Group {
    /// The change.
    pub change: Change,
    /// What it is, in words.
    pub what: String,
    /// How many documents.
    pub tally: Tally,
    /// The documents; those that broke first.
    pub documents: Vec<Document>,
}

/// Compares two packs.
pub fn run(args: &Diff) -> Result<Done, Failure> {
    let packs = [pack(&args.old)?, pack(&args.new)?];
    let changes = Changes::of(&packs[0], &packs[1]);
    let scanned = scan(args, &packs, &changes)?;
    if args.fail_on == Some(FailOn::Regress) && scanned.samples.iter().all(|s| s.label.is_none()) {
        let help = format!("labels stand in the field `{}`; name another with --label", args.labelled.label);
        return Err(Failure::Input(format!("no record has a label, so nothing could regress\nhelp: {help}")));
    }
    let corpus = Corpus { packs: [&packs[0], &packs[1]], hits: [&scanned.hits[0], &scanned.hits[1]] };
    let report = report(args, &corpus, &changes, &moves(&corpus, &changes), &scanned);
    let text = match args.format {
        PageFormat::Text => diff_text::page(&report, args),
        PageFormat::Md => diff_md::page(&report, args),
        PageFormat::Json => {
            serde_json::to_string_pretty(&report).map_err(|e| Failure::Input(e.to_string()))? + "\n"
        }
    };
    anstream::stdout().lock().write_all(text.as_bytes())?;
    Ok(ending(args.fail_on, report.moved))
}

fn ending(fail_on: Option<FailOn>, moved: Tally) -> Done {
    match fail_on {
        Some(FailOn::Regress) if moved.broken > 0 => {
            anstream::eprintln!("note: {} regressed (--fail-on regress)", count(moved.broken, "document"));
            Done::Findings
        }
        Some(FailOn::Any) if moved.documents > 0 => {
            anstream::eprintln!("note: {} moved (--fail-on any)", count(moved.documents, "verdict"));
            Done::Findings
        }
        _ => Done::Well,
    }
}

/// A corpus, scanned for both packs.
struct Scanned {
    samples: Vec<Sample>,
    hits: [Vec<Hits>; 2],
    /// The engine that scanned for each side: one for both, or one each.
    engines: Vec<Engine>,
}

impl Scanned {
    fn engine(&self, side: usize) -> &Engine {
        &self.engines[side.min(self.engines.len() - 1)]
    }
}

fn scan(args: &Diff, packs: &[Pack; 2], changes: &Changes) -> Result<Scanned, Failure> {
    let query = Query { args: &args.labelled, extra: Vec::new(), labels: false };
    if changes.reading.is_empty() {
        let union = Union::of(&packs[0], &packs[1]);
        let engine = Engine::new(union.pack.clone());
        let samples = samples(&engine, &query)?.all;
        let hits = samples.iter().map(|s| union.split(&s.hits).into());
        let hits: (Vec<Hits>, Vec<Hits>) = hits.unzip();
        return Ok(Scanned { samples, hits: hits.into(), engines: vec![engine] });
    }
    let engines = packs.each_ref().map(|pack| Engine::new(pack.clone()));
    let mut samples = samples(&engines[0], &query)?.all;
    let before = samples.iter_mut().map(|s| std::mem::take(&mut s.hits)).collect();
    let after = scan_again(&engines[1], &samples);
    Ok(Scanned { samples, hits: [before, after], engines: engines.into() })
}

fn report(args: &Diff, corpus: &Corpus<'_>, changes: &Changes, moves: &Moves, scanned: &Scanned) -> Report {
    let mends: Vec<Option<bool>> = moves.moved.iter().map(|m| mends(m, &scanned.samples)).collect();
    let mut idle: Vec<String> = changes.idle.iter().map(|name| (*name).to_owned()).collect();
    if changes.idle_rules > 0 {
        idle.push(format!("reasons or examples of {}", count(changes.idle_rules, "rule")));
    }
    Report {
        packs: [args.old.clone(), args.new.clone()],
        changes: change_records(corpus.packs, changes),
        idle,
        documents: scanned.samples.len(),
        labelled: scanned.samples.iter().filter(|s| s.label.is_some()).count(),
        matrix: moves.matrix,
        moved: Tally::of(mends.iter()),
        shifted: moves.shifted,
        mean_shift: moves.mean_shift,
        groups: groups(args, corpus, changes, &moves.moved, &mends, scanned),
    }
}

/// Whether a move is right by the label, if one of the two verdicts is.
fn mends(moved: &Move, samples: &[Sample]) -> Option<bool> {
    let label = samples[moved.document].label?;
    let [before, after] = [0, 1].map(|side| Label::of(moved.judgments[side].verdict) == label);
    (before != after).then_some(after)
}

fn groups(
    args: &Diff,
    corpus: &Corpus<'_>,
    changes: &Changes,
    moved: &[Move],
    mends: &[Option<bool>],
    scanned: &Scanned,
) -> Vec<Group> {
    let mut by_cause: BTreeMap<Cause, Vec<usize>> = BTreeMap::new();
    for (number, m) in moved.iter().enumerate() {
        by_cause.entry(m.cause).or_default().push(number);
    }
    let all = args.all || args.format == PageFormat::Json;
    let group = |(cause, mut members): (Cause, Vec<usize>)| {
        let tally = Tally::of(members.iter().map(|n| &mends[*n]));
        // What broke matters most, then what was mended.
        members.sort_by_key(|n| (mends[*n].map_or(2, u8::from), *n));
        let shown = members.iter().take(if all { usize::MAX } else { args.show });
        let (change, what) = Change::of(cause, corpus.packs, changes);
        let documents = shown.map(|n| {
            let sample = &scanned.samples[moved[*n].document];
            let ledgers = moved[*n].ledgers(corpus.packs, changes);
            let sheets = ledgers.iter().map(|l| sheet(l, &moved[*n], corpus, changes, scanned)).collect();
            document(sample, &moved[*n], mends[*n], sheets)
        });
        Group { change, what, tally, documents: documents.collect() }
    };
    let mut groups: Vec<Group> = by_cause.into_iter().map(group).collect();
    groups.sort_by_key(|g| std::cmp::Reverse((g.tally.documents, g.tally.broken)));
    groups
}

/// A ledger with the words that its rules read.
fn sheet(ledger: &Ledger, moved: &Move, corpus: &Corpus<'_>, changes: &Changes, scanned: &Scanned) -> Sheet {
    let quote = |change: usize| {
        let numbers = [changes.rules[change].old, changes.rules[change].new];
        // The new pack's words, or else the old one's.
        [1, 0].into_iter().find_map(|side| {
            let hits = &corpus.hits[side][moved.document].hits;
            let hit = hits.iter().find(|hit| Some(hit.rule) == numbers[side])?;
            let sample = &scanned.samples[moved.document];
            let document = scanned.engine(side).document(sample.title.as_deref(), &sample.text);
            let (section, _) = document.tasks().nth(hit.task as usize)?;
            document.text_of(section).get(hit.start as usize..hit.end as usize).map(str::to_owned)
        })
    };
    Sheet::of(ledger, changes, quote)
}
