//! What moves between two runs of `eval`.

use std::collections::HashMap;

use outsort::Verdict;
use outsort::core::measure::{Label, Quality};
use serde::Serialize;

use super::eval::Report;
use super::failure::count;
use super::paint::{BOLD, paint, verdict};

/// Flipped documents that a page shows.
const SHOWN: usize = 20;
/// Figures that move less are the same.
const LEAST: f64 = 0.0005;

/// What a run measured, and where it placed every document.
pub struct Measured {
    /// The figures.
    pub report: Report,
    /// Id, label and verdict of each document.
    pub verdicts: Vec<(String, Label, Verdict)>,
}

/// What moved.
#[derive(Debug, Serialize)]
pub struct Change {
    /// Labelled documents before and now.
    documents: [usize; 2],
    /// Figures that moved.
    figures: Vec<Moved>,
    /// Documents whose verdict flipped.
    flips: Vec<Flip>,
}

#[derive(Debug, Serialize)]
struct Moved {
    figure: &'static str,
    before: f64,
    after: f64,
}

#[derive(Debug, Serialize)]
struct Flip {
    id: String,
    label: &'static str,
    #[serde(serialize_with = "name")]
    before: Verdict,
    #[serde(serialize_with = "name")]
    after: Verdict,
    /// Whether the new verdict is right by the label, if one of the two is.
    mends: Option<bool>,
}

fn name<S: serde::Serializer>(verdict: &Verdict, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(verdict.name())
}

/// What moved from one run to the next.
pub fn change(before: &Measured, now: &Measured) -> Change {
    let figures =
        figures(before.report.quality.as_ref()).into_iter().zip(figures(now.report.quality.as_ref()));
    let moved = figures.filter_map(|((figure, before), (_, after))| {
        let same = (before - after).abs() < LEAST || (before.is_nan() && after.is_nan());
        (!same).then_some(Moved { figure, before, after })
    });
    Change {
        documents: [before.verdicts.len(), now.verdicts.len()],
        figures: moved.collect(),
        flips: flips(&before.verdicts, &now.verdicts),
    }
}

fn figures(quality: Option<&Quality>) -> Vec<(&'static str, f64)> {
    let Some(q) = quality else { return Vec::new() };
    vec![
        ("accuracy", q.accuracy.value),
        ("macro-F1", q.macro_f1.value),
        ("MCC", q.mcc.value),
        ("AUC", q.auc.value),
        ("coverage", q.coverage.value),
        ("precision", q.precision.value),
        ("accuracy, four classes", q.accuracy_four.value),
        ("macro-F1, four classes", q.macro_f1_four.value),
        ("Brier", q.brier),
    ]
}

/// The documents of both runs whose verdict is another; those of one id are told apart by their order.
fn flips(before: &[(String, Label, Verdict)], now: &[(String, Label, Verdict)]) -> Vec<Flip> {
    let mut known: HashMap<(&str, usize), Verdict> = HashMap::new();
    let mut seen: HashMap<&str, usize> = HashMap::new();
    for (id, _, verdict) in before {
        let nth = seen.entry(id).or_default();
        known.insert((id, *nth), *verdict);
        *nth += 1;
    }
    seen.clear();
    let mut flips = Vec::new();
    for (id, label, after) in now {
        let nth = seen.entry(id).or_default();
        let before = known.get(&(id.as_str(), *nth)).copied().filter(|before| before != after);
        *nth += 1;
        if let Some(before) = before {
            let right = |verdict| Label::of(verdict) == *label;
            let mends = (right(before) != right(*after)).then(|| right(*after));
            flips.push(Flip { id: id.clone(), label: label.name(), before, after: *after, mends });
        }
    }
    flips
}

impl Change {
    /// The change as a page.
    pub fn page(&self) -> String {
        let [before, now] = self.documents;
        let mut out = String::new();
        if before != now {
            out += &format!("{before} → {now} labelled documents\n");
        }
        for Moved { figure, before, after } in &self.figures {
            out += &format!("  {figure:<22} {before:.3} → {after:.3}  {:+.3}\n", after - before);
        }
        let mended = self.flips.iter().filter(|flip| flip.mends == Some(true)).count();
        let broken = self.flips.iter().filter(|flip| flip.mends == Some(false)).count();
        if !self.flips.is_empty() {
            let flipped = paint(BOLD, count(self.flips.len(), "flipped verdict"));
            out += &format!("  {flipped}: {mended} mended, {broken} broken\n");
        }
        for flip in self.flips.iter().take(SHOWN) {
            let says = match flip.mends {
                Some(true) => "mended",
                Some(false) => "broken",
                None => "neither is right",
            };
            let (from, to) =
                (paint(verdict(flip.before), flip.before), paint(verdict(flip.after), flip.after));
            out += &format!("    {}  {from} → {to}, {} by label: {says}\n", flip.id, flip.label);
        }
        if self.flips.len() > SHOWN {
            out += &format!("    … and {} more\n", self.flips.len() - SHOWN);
        }
        match out.is_empty() {
            true => "nothing moved\n".into(),
            false => out,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_of_one_id_are_told_apart_and_flips_are_judged() {
        let run = |verdicts: [Verdict; 3]| -> Vec<(String, Label, Verdict)> {
            ["a", "a", "b"]
                .iter()
                .zip(verdicts)
                .map(|(id, verdict)| ((*id).to_owned(), Label::Kpo, verdict))
                .collect()
        };
        let before = run([Verdict::Kpo, Verdict::Mixed, Verdict::Bpo]);
        let now = run([Verdict::Kpo, Verdict::Kpo, Verdict::Unclear]);
        let flips = flips(&before, &now);
        let told: Vec<_> = flips.iter().map(|f| (f.id.as_str(), f.before, f.after, f.mends)).collect();
        assert_eq!(
            told,
            [("a", Verdict::Mixed, Verdict::Kpo, Some(true)), ("b", Verdict::Bpo, Verdict::Unclear, None)]
        );
    }
}
