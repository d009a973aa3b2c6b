//! The fits against finite differences, brute force and SciPy.

use super::fit::{Data, Fit};
use super::{poles, scope};
use crate::core::columns::Columns;
use crate::core::force::Force;
use crate::core::measure::Label;
use crate::core::pack::{Criterion, Leans, Pack, SectionKind};
use crate::core::scan::{Hit, Hits, TaskInfo};
use crate::default_pack;

/// The default pack's numbers with four rules: KPO (of focus), BPO (of process), out of scope, in scope.
fn pack() -> Pack {
    let mut pack = default_pack();
    let wanted = [
        (Leans::Kpo, Criterion::Focus, 2.0),
        (Leans::Bpo, Criterion::Process, 1.5),
        (Leans::OutOfScope, Criterion::Scope, 1.2),
        (Leans::InScope, Criterion::Scope, 0.8),
    ];
    let mut rules = Vec::new();
    for (leans, criterion, weight) in wanted {
        let mut rule =
            pack.rules.iter().find(|r| r.leans == leans && r.criterion == criterion).expect("one").clone();
        rule.weight = weight;
        rules.push(rule);
    }
    pack.rules = rules;
    pack.criteria.iter_mut().for_each(|info| info.weight = 1.0);
    (pack.scoring.bias, pack.scoring.gain, pack.scoring.prior, pack.scoring.echo) = (0.0, 5.0, 3.0, 0.5);
    (pack.scoring.sharing, pack.scoring.fade) = (0.0, 0.0);
    pack
}

/// A document in which rules fire in so many tasks.
fn document(tasks: &[&[u32]]) -> Hits {
    let mut hits = Hits::default();
    for (number, rules) in (0..).zip(tasks) {
        hits.tasks.push(TaskInfo { section: SectionKind::Summary, repeat: false });
        hits.hits.extend(rules.iter().map(|rule| Hit {
            rule: *rule,
            task: number,
            start: 0,
            end: 1,
            word: 0,
            force: Force::Plain,
        }));
    }
    hits
}

/// (tasks, label, how often)
type Kind = (&'static [&'static [u32]], Label, usize);

const POLES: &[Kind] = &[
    (&[&[0]], Label::Kpo, 6),
    (&[&[0]], Label::Bpo, 2),
    (&[&[1]], Label::Bpo, 5),
    (&[&[1]], Label::Kpo, 1),
    (&[&[0, 1]], Label::Mixed, 2),
    (&[&[0, 1], &[0]], Label::Kpo, 3),
];

const SCOPE: &[Kind] = &[
    (&[&[2]], Label::OutOfScope, 7),
    (&[&[2]], Label::Bpo, 2),
    (&[&[2, 3]], Label::Kpo, 3),
    (&[&[2, 0, 1]], Label::OutOfScope, 2),
    (&[&[2, 0]], Label::Kpo, 4),
    (&[&[1], &[0]], Label::Bpo, 3),
];

fn with_data<T>(kinds: &[Kind], work: impl FnOnce(&Data<'_>, &[u32]) -> T) -> T {
    let pack = pack();
    let (mut hits, mut labels) = (Vec::new(), Vec::new());
    for (tasks, label, times) in kinds {
        for _ in 0..*times {
            hits.push(document(tasks));
            labels.push(*label);
        }
    }
    let columns = Columns::of(&pack, &hits);
    let of_scope = |rule: u32| rule >= 2;
    let data = Data {
        pack: &pack,
        poles: columns.only(|rule| !of_scope(rule)),
        scope: columns.only(of_scope),
        labels: &labels,
        counts: vec![1.0; labels.len()],
        free: vec![0, 1, 2, 3],
    };
    let rows: Vec<u32> = (0..labels.len() as u32).collect();
    work(&data, &rows)
}

/// Computed once with SciPy 1.17.1 (`optimize.minimize`, BFGS) from the formulas in the module's documentation.
#[test]
fn the_fit_of_the_poles_is_scipys() {
    with_data(POLES, |data, rows| {
        let fit = poles::fit(data, rows, &Fit::of(data.pack), 0.7);
        let got = [
            fit.rules[0],
            fit.rules[1],
            fit.criteria[Criterion::Focus as usize],
            fit.criteria[Criterion::Process as usize],
            fit.scoring.bias,
            fit.scoring.gain,
            fit.scoring.prior,
        ];
        let want = [2.114_242, 0.365_337, 1.014_584, 0.882_516, -1.128_932, 6.136_183, 3.350_508];
        for (got, want) in got.iter().zip(want) {
            assert!((got - want).abs() < 2e-3, "{got} is not {want}");
        }
    });
}

/// What a fit minimises: loss and prior.
fn penalised(data: &Data<'_>, rows: &[u32], fit: &Fit, strength: f64, of_scope: bool) -> f64 {
    let author = Fit::of(data.pack);
    let u = |rule: usize| (fit.rules[rule] / author.rules[rule]).sqrt() - 1.0;
    let log = |a: f64, b: f64| (a / b).ln();
    let (loss, away): (f64, Vec<f64>) = if of_scope {
        let scoring = [
            log(fit.scoring.desk, author.scoring.desk),
            log(fit.scoring.scope_prior, author.scoring.scope_prior),
        ];
        (scope::loss(data, rows, fit), [u(2), u(3)].into_iter().chain(scoring).collect())
    } else {
        let criteria = [Criterion::Focus, Criterion::Process].map(|c| fit.criteria[c as usize].ln());
        let scoring =
            [log(fit.scoring.gain, author.scoring.gain), log(fit.scoring.prior, author.scoring.prior)];
        (poles::loss(data, rows, fit), [u(0), u(1)].into_iter().chain(criteria).chain(scoring).collect())
    };
    loss + strength / 2.0 * away.iter().map(|a| a * a).sum::<f64>()
}

#[test]
fn no_fit_on_a_grid_around_is_better() {
    for (kinds, of_scope) in [(POLES, false), (SCOPE, true)] {
        with_data(kinds, |data, rows| {
            let step = if of_scope { scope::fit } else { poles::fit };
            let best = step(data, rows, &Fit::of(data.pack), 0.7);
            let least = penalised(data, rows, &best, 0.7, of_scope);
            let factors = [0.5, 0.8, 0.95, 1.0, 1.05, 1.25, 2.0];
            for a in factors {
                for b in factors {
                    for c in factors {
                        for d in [-0.2, -0.02, 0.0, 0.02, 0.2] {
                            let mut fit = best.clone();
                            let from = if of_scope { 2 } else { 0 };
                            fit.rules[from] *= a;
                            fit.rules[from + 1] *= b;
                            if of_scope {
                                fit.scoring.scope_prior *= c;
                                fit.edge.middle += d;
                            } else {
                                fit.scoring.gain *= c;
                                fit.scoring.bias += d;
                            }
                            let value = penalised(data, rows, &fit, 0.7, of_scope);
                            assert!(value > least - 1e-4, "{value} is below {least} at {a} {b} {c} {d}");
                        }
                    }
                }
            }
        });
    }
}

#[test]
fn a_strong_prior_leaves_everything_as_it_is() {
    with_data(SCOPE, |data, rows| {
        let author = Fit::of(data.pack);
        let fit = scope::fit(data, rows, &poles::fit(data, rows, &author, 1e7), 1e7);
        for (fitted, author) in fit.rules.iter().zip(&author.rules) {
            assert!((fitted - author).abs() < 1e-3, "{fitted} is not {author}");
        }
    });
}
