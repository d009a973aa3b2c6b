//! The smallest change of evidence that would give another verdict.

use super::pack::{Leans, Pack};
use super::score::{Fired, Judgment, Verdict, weigh};

/// A way to another verdict.
#[derive(Clone, Debug, PartialEq)]
pub struct Flip {
    /// The verdict that would be reached.
    pub to: Verdict,
    /// The rules without which it would be; no smaller set of rules would do.
    pub without: Vec<u32>,
}

/// The shortest ways to other verdicts, each other verdict at most once.
///
/// Leaving out the heaviest rules of a pole first is optimal, since the score depends on nothing but the
/// masses of the poles.
pub fn flips(pack: &Pack, judgment: &Judgment) -> Vec<Flip> {
    let poles: &[Leans] = match judgment.verdict {
        Verdict::Kpo => &[Leans::Kpo],
        Verdict::Bpo => &[Leans::Bpo],
        Verdict::Mixed => &[Leans::Kpo, Leans::Bpo],
        Verdict::OutOfScope => &[Leans::OutOfScope],
        Verdict::Unclear => &[],
    };
    let mut flips: Vec<Flip> = Vec::new();
    for pole in poles {
        for flip in without(pack, judgment, *pole) {
            if !flips.iter().any(|known| known.to == flip.to) {
                flips.push(flip);
            }
        }
    }
    flips
}

/// The verdicts met while the rules of a pole are taken away, heaviest first.
fn without(pack: &Pack, judgment: &Judgment, pole: Leans) -> Vec<Flip> {
    let leans = |f: &Fired| pack.rules[f.rule as usize].leans;
    let mut heaviest: Vec<&Fired> =
        judgment.fired.iter().filter(|f| leans(f) == pole && f.mass > 0.0).collect();
    heaviest.sort_by(|a, b| b.mass.total_cmp(&a.mass).then(a.rule.cmp(&b.rule)));
    let mut left = judgment.fired.clone();
    let mut gone = Vec::new();
    let mut met = Vec::new();
    for rule in heaviest.iter().map(|f| f.rule) {
        left.retain(|f| f.rule != rule);
        gone.push(rule);
        let to = weigh(pack, left.clone()).verdict;
        if to != judgment.verdict && !met.iter().any(|flip: &Flip| flip.to == to) {
            met.push(Flip { to, without: gone.clone() });
        }
    }
    met
}
