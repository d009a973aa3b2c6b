//! Where verdicts should begin, by standings of documents that the weights were not fitted to.

use crate::core::measure::Label;
use crate::core::pack::Thresholds;
use crate::core::score::Standing;

/// What thresholds are chosen for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Aim {
    /// Most right among the four labels: accuracy plus macro-F1.
    Classes,
    /// As many verdicts BPO or KPO as have this share right, 0 to 1.
    Precision(f64),
}

/// A document that was held out.
#[derive(Clone, Copy, Debug)]
pub struct Held {
    /// Where it stands.
    pub standing: Standing,
    /// What a person said.
    pub label: Label,
    /// How much it counts.
    pub count: f64,
}

/// Steps of the grid on which scores and shares are tried.
const GRID: usize = 50;

/// Thresholds for the aim; the least evidence stays as it is.
pub fn choose(held: &[Held], aim: Aim, now: &Thresholds) -> Thresholds {
    let outs = held.iter().any(|h| h.label == Label::OutOfScope);
    let out = if outs { out_of_scope(held, now) } else { now.out_of_scope_at_least };
    match aim {
        Aim::Precision(wanted) => {
            by_precision(held, wanted, &Thresholds { out_of_scope_at_least: out, ..*now })
        }
        Aim::Classes => by_classes(held, outs, now),
    }
}

/// The share that tells work out of scope from the rest best, by F1.
fn out_of_scope(held: &[Held], now: &Thresholds) -> f64 {
    let f1 = |at: f64| {
        let (mut both, mut either) = (0.0, 0.0);
        for h in held {
            let (gold, got) = (h.label == Label::OutOfScope, h.standing.out_of_scope >= at);
            both += if gold && got { h.count } else { 0.0 };
            either += h.count * (f64::from(u8::from(gold)) + f64::from(u8::from(got)));
        }
        if either > 0.0 { 2.0 * both / either } else { 0.0 }
    };
    let grid: Vec<f64> = (1..GRID).map(|i| i as f64 / GRID as f64).collect();
    plateau(&grid, |at| f1(*at)).map_or(now.out_of_scope_at_least, |best| mean(&best))
}

/// From each end inwards as far as verdicts keep the wanted precision.
fn by_precision(held: &[Held], wanted: f64, now: &Thresholds) -> Thresholds {
    let decided = |h: &&Held| {
        matches!(h.label, Label::Bpo | Label::Kpo)
            && h.standing.out_of_scope < now.out_of_scope_at_least
            && h.standing.evidence().value() >= now.min_evidence
    };
    let mut sample: Vec<&Held> = held.iter().filter(decided).collect();
    sample.sort_by(|a, b| a.standing.score().total_cmp(&b.standing.score()));
    let bpo = reach(sample.iter().copied(), Label::Bpo, wanted).map_or(0.0, rounded_down);
    let kpo =
        reach(sample.iter().rev().copied(), Label::Kpo, wanted).map_or(1.0, |s| 1.0 - rounded_down(1.0 - s));
    if bpo < kpo {
        return Thresholds { bpo_at_most: bpo, kpo_at_least: kpo, ..*now };
    }
    // Precision is met everywhere: the band closes where a score says neither.
    Thresholds { bpo_at_most: 0.49, kpo_at_least: 0.51, ..*now }
}

fn rounded_down(score: f64) -> f64 {
    (score * 100.0).floor() / 100.0
}

/// The last score, from an end inwards, up to which the share of `label` is as wanted.
fn reach<'h>(sample: impl Iterator<Item = &'h Held>, label: Label, wanted: f64) -> Option<f64> {
    let (mut right, mut all, mut last) = (0.0, 0.0, None);
    for h in sample {
        all += h.count;
        right += if h.label == label { h.count } else { 0.0 };
        if right >= wanted * all {
            last = Some(h.standing.score());
        }
    }
    last
}

/// Documents by label, share and score, in cells of the grid; those with too little evidence apart.
struct Table {
    cells: Vec<[f64; 4]>,
    unclear: Vec<[f64; 4]>,
    totals: [f64; 4],
}

impl Table {
    fn of(held: &[Held], now: &Thresholds) -> Table {
        let mut table = Table {
            cells: vec![[0.0; 4]; (GRID + 1) * GRID],
            unclear: vec![[0.0; 4]; GRID + 1],
            totals: [0.0; 4],
        };
        for h in held {
            let share = (h.standing.out_of_scope * GRID as f64) as usize;
            let score = ((h.standing.score() * GRID as f64) as usize).min(GRID - 1);
            let cell = if h.standing.evidence().value() < now.min_evidence {
                &mut table.unclear[share]
            } else {
                &mut table.cells[share * GRID + score]
            };
            cell[h.label as usize] += h.count;
            table.totals[h.label as usize] += h.count;
        }
        table
    }

    /// Right decisions by label, and decisions by label, if shares from cell `out` are out of scope.
    fn within(&self, out: usize) -> (Vec<[f64; 4]>, [f64; 4], [f64; 4]) {
        let mut columns = vec![[0.0; 4]; GRID];
        let (mut unclear, mut beyond) = ([0.0; 4], [0.0; 4]);
        for share in 0..=GRID {
            let inside = share < out;
            add(if inside { &mut unclear } else { &mut beyond }, &self.unclear[share]);
            for (score, column) in columns.iter_mut().enumerate() {
                add(if inside { column } else { &mut beyond }, &self.cells[share * GRID + score]);
            }
        }
        (columns, unclear, beyond)
    }
}

fn add(to: &mut [f64; 4], what: &[f64; 4]) {
    to.iter_mut().zip(what).for_each(|(to, what)| *to += what);
}

fn by_classes(held: &[Held], outs: bool, now: &Thresholds) -> Thresholds {
    let table = Table::of(held, now);
    let mixed = table.totals[Label::Mixed as usize] > 0.0;
    let mut tried = Vec::new();
    let fixed = (now.out_of_scope_at_least * GRID as f64).round() as usize;
    for out in if outs { 2..GRID } else { fixed..fixed + 1 } {
        let (columns, unclear, beyond) = table.within(out);
        for low in 1..=GRID / 2 {
            for high in GRID / 2..GRID {
                // Without mixed labels nothing speaks for a band: it stays as wide as it is.
                if mixed && low < high {
                    tried
                        .push(([out, low, high], value(&table.totals, &columns, unclear, beyond, low, high)));
                }
            }
        }
    }
    let Some(best) = plateau(&tried, |(_, value)| *value) else {
        return Thresholds { out_of_scope_at_least: out_of_scope(held, now), ..*now };
    };
    let at =
        |i: usize| mean(&best.iter().map(|(cells, _)| cells[i] as f64 / GRID as f64).collect::<Vec<_>>());
    Thresholds { bpo_at_most: at(1), kpo_at_least: at(2), out_of_scope_at_least: at(0), ..*now }
}

/// Accuracy plus macro-F1 of the four labels.
fn value(
    totals: &[f64; 4],
    columns: &[[f64; 4]],
    unclear: [f64; 4],
    beyond: [f64; 4],
    low: usize,
    high: usize,
) -> f64 {
    let mut got = [[0.0; 4], unclear, [0.0; 4], beyond];
    for (score, column) in columns.iter().enumerate() {
        let verdict = match score {
            s if s < low => Label::Bpo,
            s if s >= high => Label::Kpo,
            _ => Label::Mixed,
        };
        add(&mut got[verdict as usize], column);
    }
    let all: f64 = totals.iter().sum();
    let right: f64 = (0..4).map(|l| got[l][l]).sum();
    let f1 = |l: usize| {
        let either = totals[l] + got[l].iter().sum::<f64>();
        (either > 0.0).then(|| 2.0 * got[l][l] / either)
    };
    let f1s: Vec<f64> = (0..4).filter_map(f1).collect();
    right / all + mean(&f1s)
}

/// All choices that are as good as the best but for chance: their middle is steadier than the best alone.
fn plateau<T: Clone>(choices: &[T], value: impl Fn(&T) -> f64) -> Option<Vec<T>> {
    const NEARLY: f64 = 0.002;
    let best = choices.iter().map(&value).max_by(f64::total_cmp)?;
    Some(choices.iter().filter(|choice| value(choice) >= best - NEARLY).cloned().collect())
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}
