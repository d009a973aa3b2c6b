//! The page that `tune` prints.

use outsort::core::measure::Quality;
use outsort::core::statistics::Figure;

use super::args::Tune;
use super::eval_text::shown;
use super::failure::count;
use super::paint::{BOLD, FAINT, paint};
use super::tune::{Change, Report, Row};

/// Changes and flips that are shown without `--all`.
const SHOWN: usize = 20;

/// The page; the patch stands last, so that `git apply` takes the whole of it.
pub fn page(report: &Report, args: &Tune) -> String {
    let mut parts = vec![figures(report, args), thresholds(report), changes(report, args.all)];
    if let Some(field) = &args.by {
        parts.push(groups(field, report));
    }
    parts.push(flips(report, args.all));
    parts.push(report.patch.clone());
    parts.retain(|part| !part.is_empty());
    parts.join("\n")
}

fn figures(report: &Report, args: &Tune) -> String {
    let documents = count(report.documents, "labelled document");
    let mut out = format!(
        "{}, {} folds{}, seed {}\n",
        paint(BOLD, documents),
        args.folds,
        args.group.as_ref().map_or(String::new(), |field| format!(" by {field}")),
        args.seed
    );
    out += &format!("  {:<22} {:<22} {:<22}\n", "held-out documents", "as it is", "tuned");
    let Change { before, after } = &report.held_out;
    type Of = fn(&Quality) -> Figure;
    let rows: [(&str, Of); 8] = [
        ("accuracy", |q| q.accuracy),
        ("macro-F1", |q| q.macro_f1),
        ("MCC", |q| q.mcc),
        ("AUC", |q| q.auc),
        ("coverage", |q| q.coverage),
        ("precision", |q| q.precision),
        ("four: accuracy", |q| q.accuracy_four),
        ("four: macro-F1", |q| q.macro_f1_four),
    ];
    for (name, of) in rows {
        out += &format!("  {name:<22} {:<22} {:<22}\n", shown(of(before)), shown(of(after)));
    }
    let folds: Vec<String> = report.folds.iter().map(|[a, b]| format!("{a:.3} → {b:.3}")).collect();
    out += &format!("  {:<22} {}\n", "macro-F1 by fold", folds.join("  "));
    let held = |strength: Option<f64>| strength.map_or("unchanged".into(), |s| format!("prior {s}"));
    let [poles, scope] = report.strengths.map(held);
    out + &paint(FAINT, format!("  author's weights: poles {poles}, scope {scope}\n"))
}

fn thresholds(report: &Report) -> String {
    let moved = report.changes.iter().filter(|row| row.name.starts_with("verdict."));
    let list: Vec<String> = moved.map(|r| format!("{} {:.2} → {:.2}", r.name, r.before, r.after)).collect();
    let after = &report.held_out.after;
    format!(
        "{}  {}\n  coverage {} at precision {}, held out\n",
        paint(BOLD, "Thresholds"),
        if list.is_empty() { "as they are".into() } else { list.join(", ") },
        shown(after.coverage),
        shown(after.precision)
    )
}

fn changes(report: &Report, all: bool) -> String {
    let mut rows: Vec<&Row> = report.changes.iter().filter(|r| !r.name.starts_with("verdict.")).collect();
    let moved = |row: &Row| {
        let size = (row.after - row.before).abs() * (row.support.unwrap_or(100) as f64).sqrt();
        (row.support.is_some(), -size)
    };
    rows.sort_by(|a, b| moved(a).partial_cmp(&moved(b)).unwrap_or(std::cmp::Ordering::Equal));
    let title = format!(
        "{}  {} change; {} in fewer texts than --thin and keep their weight\n",
        paint(BOLD, "Weights"),
        rows.len(),
        count(report.thin.len(), "rule")
    );
    let most = if all { rows.len() } else { SHOWN };
    let widest = rows.iter().take(most).map(|r| r.name.len()).max().unwrap_or(0);
    let mut out = title;
    out += &format!(
        "  {:<widest$} {:<12} {:>6} {:>7} {:>7}  95% interval\n",
        "", "leans", "texts", "before", "after"
    );
    for row in rows.iter().take(most) {
        let support = row.support.map_or(String::new(), |n| n.to_string());
        let interval = row.interval.map_or(String::new(), |(low, high)| format!("{low:.2}–{high:.2}"));
        out += &format!(
            "  {:<widest$} {:<12} {support:>6} {:>7.2} {:>7.2}  {interval}\n",
            row.name,
            row.leans.unwrap_or(""),
            row.before,
            row.after
        );
    }
    out + &rest(rows.len(), most)
}

fn rest(all: usize, most: usize) -> String {
    if all <= most {
        return String::new();
    }
    paint(FAINT, format!("  … and {} more: --all shows them\n", all - most))
}

fn groups(field: &str, report: &Report) -> String {
    let widest = report.by.keys().map(|k| k.chars().count()).max().unwrap_or(5).clamp(5, 40);
    let mut out = format!("{}\n", paint(BOLD, format!("By {field} (held out, before → after)")));
    out += &format!("  {:<widest$} {:>6}  {:<18} {}\n", "", "docs", "macro-F1", "four classes, accuracy");
    for (name, Change { before, after }) in &report.by {
        let name: String = name.chars().take(widest).collect();
        let pair = |of: fn(&Quality) -> Figure| {
            let (a, b) = (of(before).value, of(after).value);
            if a.is_nan() { "–".into() } else { format!("{a:.3} → {b:.3}") }
        };
        let (f1, four) = (pair(|q| q.macro_f1), pair(|q| q.accuracy_four));
        out += &format!("  {name:<widest$} {:>6}  {f1:<18} {four}\n", before.documents);
    }
    out
}

fn flips(report: &Report, all: bool) -> String {
    let of = |mends| report.flips.iter().filter(|f| f.mends == mends).count();
    let mut out = format!(
        "{}  {} of {}: {} mended, {} broken, {} neither\n",
        paint(BOLD, "Verdicts that flip"),
        report.flips.len(),
        report.documents,
        of(Some(true)),
        of(Some(false)),
        of(None)
    );
    let most = if all { report.flips.len() } else { SHOWN / 2 };
    for f in report.flips.iter().take(most) {
        let word = match f.mends {
            Some(true) => "mended",
            Some(false) => "broken",
            None => "",
        };
        out += &format!("  {}: {} by label, {} → {}  {word}\n", f.id, f.label, f.before, f.after);
    }
    out + &rest(report.flips.len(), most)
}
