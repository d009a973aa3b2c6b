//! Hits and weights to a judgment whose contributions sum to its log-odds, to the last digit.
//!
//! With `K` and `B` the masses (criterion weight × rule weight × [strength](super::strength)) of the two poles,
//!
//! ```text
//! log-odds = bias + gain · K / (K + B + prior) − gain · B / (K + B + prior)
//! ```
//!
//! so that a long document is not surer than its balance of evidence, more evidence for a pole never
//! moves the score away from it, and a text repeated twice gets the same score.
//!
//! Whether the work can be delivered from another site is decided apart, by the share
//! `O / (O + I + desk · (K + B) + scope_prior)`, with `O` and `I` the masses that lean out of and in scope.
//!
//! Contributions are counted in thousandths of log-odds. Each pole's sum is rounded once and handed out to
//! its rules by largest remainder: what is printed adds up, without a rounding difference.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, Neg, Sub};

use super::pack::{Criterion, Leans, Pack, Scoring, Thresholds};
use super::scan::Hits;
use super::strength::strengths;

/// Log-odds in thousandths: exact under addition in any order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LogOdds(pub i64);

impl LogOdds {
    /// The nearest thousandth.
    pub fn round(value: f64) -> LogOdds {
        LogOdds((value * 1000.0).round() as i64)
    }

    /// As a number.
    pub fn value(self) -> f64 {
        self.0 as f64 / 1000.0
    }

    /// Without sign.
    pub fn abs(self) -> LogOdds {
        LogOdds(self.0.abs())
    }
}

impl Add for LogOdds {
    type Output = LogOdds;
    fn add(self, other: LogOdds) -> LogOdds {
        LogOdds(self.0 + other.0)
    }
}

impl Sub for LogOdds {
    type Output = LogOdds;
    fn sub(self, other: LogOdds) -> LogOdds {
        LogOdds(self.0 - other.0)
    }
}

impl Neg for LogOdds {
    type Output = LogOdds;
    fn neg(self) -> LogOdds {
        LogOdds(-self.0)
    }
}

impl Sum for LogOdds {
    fn sum<I: Iterator<Item = LogOdds>>(all: I) -> LogOdds {
        LogOdds(all.map(|l| l.0).sum())
    }
}

impl fmt::Display for LogOdds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = match self.0 {
            n if n < 0 => "-",
            _ if f.sign_plus() => "+",
            _ => "",
        };
        let n = self.0.unsigned_abs();
        f.pad(&format!("{sign}{}.{:03}", n / 1000, n % 1000))
    }
}

/// Where a document was placed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// Business process outsourcing.
    Bpo,
    /// Between the two.
    Mixed,
    /// Knowledge process outsourcing.
    Kpo,
    /// Too little evidence.
    Unclear,
    /// Work that cannot be delivered from another site.
    OutOfScope,
}

impl Verdict {
    /// Every verdict.
    pub const ALL: [Verdict; 5] =
        [Verdict::Bpo, Verdict::Mixed, Verdict::Kpo, Verdict::Unclear, Verdict::OutOfScope];

    /// The word that records use.
    pub fn name(self) -> &'static str {
        match self {
            Verdict::Bpo => "BPO",
            Verdict::Mixed => "mixed",
            Verdict::Kpo => "KPO",
            Verdict::Unclear => "unclear",
            Verdict::OutOfScope => "out-of-scope",
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// What one rule adds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fired {
    /// Number of the rule in its pack.
    pub rule: u32,
    /// Hits that count: neither negated nor in a repeated task.
    pub hits: u32,
    /// Criterion weight × rule weight × strength.
    pub mass: f64,
    /// What it adds to the log-odds, KPO positive; of a scope rule, thousandths of the scope share.
    pub contribution: LogOdds,
}

/// A document's place on the spectrum, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Judgment {
    /// Where it was placed.
    pub verdict: Verdict,
    /// Bias and all contributions of the six criteria.
    pub log_odds: LogOdds,
    /// The part that the pack adds to every document.
    pub bias: LogOdds,
    /// Sum of the contributions' absolute values.
    pub evidence: LogOdds,
    /// Share of the evidence that speaks for work that can't be delivered from another site, 0 to 1.
    pub out_of_scope: f64,
    /// Sums by criterion, in the order of [`Criterion::SIX`].
    pub criteria: [LogOdds; 6],
    /// The rules that fired, in the order of the pack.
    pub fired: Vec<Fired>,
}

impl Judgment {
    /// Position on the spectrum in [0, 1]; 0 is the BPO end.
    pub fn score(&self) -> f64 {
        logistic(self.log_odds.value())
    }
}

/// Which tasks of a document are judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// All of it, sections weighed.
    Whole,
    /// One task as if it stood alone, whatever its section.
    Task(u32),
}

/// Judges hits by a pack's weights.
pub fn judge(pack: &Pack, hits: &Hits, part: Part) -> Judgment {
    let mut fired = strengths(pack, hits, part);
    for f in &mut fired {
        let rule = &pack.rules[f.rule as usize];
        f.mass *= pack.criterion(rule.criterion).weight * rule.weight;
    }
    weigh(pack, fired)
}

/// Masses of evidence by what they speak for, indexed by [`Leans`].
pub type Masses = [f64; Leans::ALL.len()];

/// A document's place, without the rules that put it there.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Standing {
    /// What the masses of the two poles add to the log-odds: BPO (not positive) and KPO.
    pub poles: [LogOdds; 2],
    /// Share of the evidence that speaks for work that can't be delivered from another site, 0 to 1.
    pub out_of_scope: f64,
    /// Share that speaks for scope.
    pub in_scope: f64,
    /// Bias and both poles.
    pub log_odds: LogOdds,
    /// Where that is.
    pub verdict: Verdict,
}

impl Standing {
    /// Where masses put a document.
    pub fn of(scoring: &Scoring, thresholds: &Thresholds, masses: &Masses) -> Standing {
        let [bpo, kpo, out, inside] = *masses;
        let total = kpo + bpo + scoring.prior;
        let part =
            |mass: f64| if mass > 0.0 { LogOdds::round(scoring.gain * mass / total) } else { LogOdds(0) };
        let scope_total = out + inside + scoring.desk * (kpo + bpo) + scoring.scope_prior;
        let share = |mass: f64| if mass > 0.0 { mass / scope_total } else { 0.0 };
        let poles = [-part(bpo), part(kpo)];
        let mut standing = Standing {
            poles,
            out_of_scope: share(out),
            in_scope: share(inside),
            log_odds: LogOdds::round(scoring.bias) + poles[0] + poles[1],
            verdict: Verdict::Unclear,
        };
        standing.verdict = standing.judge(thresholds);
        standing
    }

    /// Sum of the contributions' absolute values.
    pub fn evidence(&self) -> LogOdds {
        self.poles[1] - self.poles[0]
    }

    /// Position on the spectrum in [0, 1]; 0 is the BPO end.
    pub fn score(&self) -> f64 {
        logistic(self.log_odds.value())
    }

    fn judge(&self, thresholds: &Thresholds) -> Verdict {
        let score = self.score();
        if self.out_of_scope > 0.0 && self.out_of_scope >= thresholds.out_of_scope_at_least {
            Verdict::OutOfScope
        } else if self.evidence().value() < thresholds.min_evidence {
            Verdict::Unclear
        } else if score <= thresholds.bpo_at_most {
            Verdict::Bpo
        } else if score >= thresholds.kpo_at_least {
            Verdict::Kpo
        } else {
            Verdict::Mixed
        }
    }
}

/// The chance that log-odds stand for.
pub fn logistic(log_odds: f64) -> f64 {
    1.0 / (1.0 + (-log_odds).exp())
}

/// From masses to a judgment.
pub(super) fn weigh(pack: &Pack, mut fired: Vec<Fired>) -> Judgment {
    let leans = |f: &Fired| pack.rules[f.rule as usize].leans;
    let mut masses = Masses::default();
    fired.iter().for_each(|f| masses[leans(f) as usize] += f.mass);
    let standing = Standing::of(&pack.scoring, &pack.thresholds, &masses);
    for (pole, sum) in [
        (Leans::Kpo, standing.poles[1]),
        (Leans::Bpo, standing.poles[0]),
        (Leans::OutOfScope, LogOdds::round(standing.out_of_scope)),
        (Leans::InScope, -LogOdds::round(standing.in_scope)),
    ] {
        let shares: Vec<&mut Fired> = fired.iter_mut().filter(|f| leans(f) == pole).collect();
        hand_out(sum, masses[pole as usize], shares);
    }
    let mut criteria = [LogOdds(0); 6];
    for f in &fired {
        let criterion = pack.rules[f.rule as usize].criterion;
        if criterion != Criterion::Scope {
            let sum = &mut criteria[criterion as usize];
            *sum = *sum + f.contribution;
        }
    }
    Judgment {
        verdict: standing.verdict,
        log_odds: standing.log_odds,
        bias: LogOdds::round(pack.scoring.bias),
        evidence: standing.evidence(),
        out_of_scope: standing.out_of_scope,
        criteria,
        fired,
    }
}

/// Splits `sum` by mass, in whole thousandths, by largest remainder.
fn hand_out(sum: LogOdds, whole: f64, mut shares: Vec<&mut Fired>) {
    if whole <= 0.0 {
        return;
    }
    let sign = sum.0.signum();
    let mut left = sum.0.abs();
    let exact = |f: &Fired| sum.0.abs() as f64 * f.mass / whole;
    for f in &mut shares {
        let floor = exact(f).floor() as i64;
        f.contribution = LogOdds(sign * floor);
        left -= floor;
    }
    shares.sort_by(|a, b| {
        let rest = |f: &Fired| exact(f) - exact(f).floor();
        rest(b).total_cmp(&rest(a)).then(a.rule.cmp(&b.rule))
    });
    // One round is enough but for errors of the last bit, which the loop forgives.
    while left > 0 {
        for f in shares.iter_mut().filter(|f| f.mass > 0.0) {
            if left > 0 {
                f.contribution = LogOdds(f.contribution.0 + sign);
                left -= 1;
            }
        }
    }
}
