//! The page that `eval` prints.

use outsort::Verdict;
use outsort::core::measure::{Label, PartWorth, Quality, Risk};
use outsort::core::statistics::Figure;
use outsort::core::worth::{Exercise, RuleWorth};

use super::eval::{Baseline, Report};
use super::failure::count;
use super::paint::{BOLD, FAINT, paint};

/// The page.
pub fn page(report: &Report, by: Option<&str>, against: Option<&str>, baseline: Option<&Baseline>) -> String {
    let mut parts = Vec::new();
    if let Some(quality) = &report.quality {
        parts.push(figures(quality, baseline));
    }
    parts.push(confusion(report));
    parts.push(risk(&report.risk_coverage));
    parts.push(calibration(report));
    parts.push(worth("By criterion (AUC)", &report.by_criterion));
    parts.push(worth("By kind of section (AUC)", &report.by_section));
    if let Some(field) = by {
        parts.push(groups(field, report));
    }
    if let Some(field) = against {
        parts.push(correlations(field, report));
    }
    if !report.rules.is_empty() {
        parts.push(rules(&report.rules));
    }
    parts.push(mistakes(report));
    parts.retain(|part| !part.is_empty());
    parts.join("\n")
}

/// A figure with its interval.
pub fn shown(figure: Figure) -> String {
    if figure.value.is_nan() {
        return "–".into();
    }
    format!("{:.3} [{:.3}–{:.3}]", figure.value, figure.low, figure.high)
}

fn figures(quality: &Quality, baseline: Option<&Baseline>) -> String {
    let mut out = format!(
        "{}, {} of them BPO or KPO\n",
        paint(BOLD, count(quality.documents, "labelled document")),
        quality.poles
    );
    let rows = [
        ("accuracy", "accuracy", "BPO or KPO by score 0.5", quality.accuracy),
        ("macro-F1", "macro_f1", "", quality.macro_f1),
        ("MCC", "mcc", "", quality.mcc),
        ("AUC", "auc", "", quality.auc),
        ("coverage", "coverage", "verdict BPO or KPO", quality.coverage),
        ("precision", "precision", "of those verdicts", quality.precision),
        ("accuracy", "accuracy_four", "four classes", quality.accuracy_four),
        ("macro-F1", "macro_f1_four", "", quality.macro_f1_four),
    ];
    for (name, key, note, figure) in rows {
        let before = baseline.and_then(|b| b.quality.get(key)?.get("value")?.as_f64());
        let change = before
            .map_or(String::new(), |before| format!("  {:+.3} from {before:.3}", figure.value - before));
        out += &format!("  {name:<10} {:<22} {}{change}\n", shown(figure), paint(FAINT, note));
    }
    out + &format!("  {:<10} {:.3}\n", "Brier", quality.brier)
}

fn confusion(report: &Report) -> String {
    let mut out = format!("{}\n  {:<14}", paint(BOLD, "Labels (rows) and verdicts"), "");
    for verdict in Verdict::ALL {
        out += &format!("{verdict:>14}");
    }
    out.push('\n');
    for (label, row) in Label::ALL.iter().zip(&report.confusion) {
        out += &format!("  {:<14}", label.name());
        for n in row {
            out += &format!("{n:>14}");
        }
        out.push('\n');
    }
    if report.unlabelled > 0 {
        out += &format!("  {} without a label left out\n", count(report.unlabelled, "record"));
    }
    out
}

/// The curve as a line of blocks, and its value at some shares.
fn risk(curve: &[Risk]) -> String {
    if curve.is_empty() {
        return String::new();
    }
    const BLOCKS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let most = curve.iter().map(|r| r.risk).fold(0.01, f64::max);
    let line: String = curve.iter().map(|r| BLOCKS[(r.risk / most * 7.0).round() as usize]).collect();
    let at = |share: f64| {
        let point = curve.iter().find(|r| r.coverage >= share - 1e-9);
        point.map_or(String::new(), |r| format!("{:.1}% at {:.0}%", r.risk * 100.0, r.coverage * 100.0))
    };
    let values: Vec<String> = [0.5, 0.8, 0.9, 1.0].into_iter().map(at).collect();
    format!("{}  {line}  wrong: {}\n", paint(BOLD, "Risk by coverage, surest first"), values.join(", "))
}

fn calibration(report: &Report) -> String {
    let mut out = format!("{}\n", paint(BOLD, "Calibration: score and share of KPO"));
    for row in &report.reliability {
        let range = format!("{:.1}–{:.1}", row.from, row.to);
        out += &format!("  {range}  {:>6}  {:.2}  {}\n", row.documents, row.mean_score, shown(row.kpo));
    }
    out
}

fn worth(title: &str, parts: &[PartWorth]) -> String {
    let mut out = format!("{:<30} {:>7} {:>9}\n", title, "alone", "without");
    for part in parts {
        out += &format!("  {:<28} {:>7.3} {:>9.3}\n", part.part, part.alone, part.without);
    }
    out
}

fn groups(field: &str, report: &Report) -> String {
    let widest = report.by.keys().map(|k| k.chars().count()).max().unwrap_or(5).clamp(5, 40);
    let mut out = format!("{}\n", paint(BOLD, format!("By {field}")));
    out += &format!(
        "  {:<widest$} {:>6} {:>6}  {:<22} {:<22} {}\n",
        "", "docs", "poles", "macro-F1", "AUC", "four classes, accuracy"
    );
    for (name, q) in &report.by {
        let name: String = name.chars().take(widest).collect();
        out += &format!(
            "  {name:<widest$} {:>6} {:>6}  {:<22} {:<22} {}\n",
            q.documents,
            q.poles,
            shown(q.macro_f1),
            shown(q.auc),
            shown(q.accuracy_four)
        );
    }
    out
}

fn correlations(field: &str, report: &Report) -> String {
    let mut out = format!("{}\n", paint(BOLD, format!("Spearman's rho with {field}")));
    for c in &report.against {
        out += &format!("  {:<16} {}  {} documents\n", c.of, shown(c.spearman), c.documents);
    }
    out
}

fn rules(rules: &[RuleWorth]) -> String {
    let of = |exercise| rules.iter().filter(|r| r.exercise == exercise).count();
    let widest = rules.iter().map(|r| r.id.len()).max().unwrap_or(0);
    let mut out = format!(
        "{}  {} measured, {} thin, {} blind\n",
        paint(BOLD, "Rules"),
        of(Exercise::Measured),
        of(Exercise::Thin),
        of(Exercise::Blind)
    );
    out += &format!(
        "  {:<widest$} {:<12} {:>6} {:>6}  {:<22} {:>5} {:>6} {:>9}  shares most with / of the other side\n",
        "", "leans", "hits", "docs", "precision", "lift", "worth", "against"
    );
    for r in rules {
        let state = match r.exercise {
            Exercise::Measured => "",
            Exercise::Thin => "  thin",
            Exercise::Blind => "  blind",
        };
        let lift = if r.lift.is_nan() { "–".into() } else { format!("{:.2}", r.lift) };
        let shares = |other: &Option<(String, f64)>| {
            other.as_ref().map_or("–".into(), |(id, share)| format!("{id} {:.0}%", share * 100.0))
        };
        let overlap = format!("{} / {}", shares(&r.overlap), shares(&r.conflict));
        out += &format!(
            "  {:<widest$} {:<12} {:>6} {:>6}  {:<22} {lift:>5} {:>+6} {:>9}  {overlap}{state}\n",
            r.id,
            r.leans,
            r.hits,
            r.documents,
            shown(r.precision),
            r.worth,
            r.conflicts
        );
    }
    out
}

fn mistakes(report: &Report) -> String {
    if report.mistakes.is_empty() {
        return String::new();
    }
    let mut out = format!("{}\n", paint(BOLD, "Worst mistakes"));
    for m in &report.mistakes {
        out += &format!("  {}: {} by label, {} here ({:.2})\n", m.id, m.label, m.verdict, m.score);
        out += &paint(FAINT, format!("      {}\n", m.rules.join(", ")));
    }
    out
}
