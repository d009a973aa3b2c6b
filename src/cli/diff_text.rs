//! The page that `diff` prints.

use outsort::Verdict;

use super::args::Diff;
use super::diff::{Document, Group, Report, Sheet, Tally};
use super::diff_record::Change;
use super::failure::count;
use super::page::clip;
use super::paint::{BOLD, FAINT, paint, verdict};

/// Changes and groups that are shown without `--all`.
const SHOWN: usize = 10;
/// Columns of a line.
const ROOM: usize = 100;

/// The page.
pub fn page(report: &Report, args: &Diff) -> String {
    let mut parts = vec![changes(report, args.all), moves(report)];
    let most = if args.all { usize::MAX } else { SHOWN };
    parts.extend(report.groups.iter().take(most).map(group));
    if let Some(rest) = report.groups.len().checked_sub(most).filter(|n| *n > 0) {
        let documents: usize = report.groups[most..].iter().map(|g| g.tally.documents).sum();
        let line =
            format!("… and {} by {} more (--all)", count(documents, "document"), count(rest, "change"));
        parts.push(paint(FAINT, line) + "\n");
    }
    parts.join("\n")
}

/// `3 rules added, 1 number changed`.
pub fn summary(report: &Report) -> String {
    let of = |wanted: fn(&Change) -> bool| report.changes.iter().filter(|c| wanted(&c.change)).count();
    let parts = [
        (of(|c| matches!(c, Change::RuleAdded(_))), "rule", "added"),
        (of(|c| matches!(c, Change::RuleRemoved(_))), "rule", "removed"),
        (of(|c| matches!(c, Change::Rule(_))), "rule", "changed"),
        (of(|c| matches!(c, Change::Number(_))), "number", "changed"),
    ];
    let mut said: Vec<String> =
        parts.iter().filter(|p| p.0 > 0).map(|(n, what, how)| format!("{} {how}", count(*n, what))).collect();
    if report.changes.iter().any(|c| matches!(c.change, Change::Reading(_))) {
        said.push("text read differently".into());
    }
    if said.is_empty() { "nothing that a verdict depends on differs".into() } else { said.join(", ") }
}

fn changes(report: &Report, all: bool) -> String {
    let [old, new] = &report.packs;
    let mut out = format!("{}  {}\n", paint(BOLD, format!("{old} → {new}")), summary(report));
    let most = if all { usize::MAX } else { SHOWN };
    for record in report.changes.iter().take(most) {
        let line = format!("{} {}  {}", record.change.sign(), record.change.name(), record.what);
        let line = if all { line } else { clip(&line, ROOM - 2) };
        out += &format!("  {line}\n");
    }
    if report.changes.len() > most {
        let line = format!("  … and {} more (--all)", report.changes.len() - most);
        out += &(paint(FAINT, line) + "\n");
    }
    if !report.idle.is_empty() {
        out += &(paint(FAINT, format!("  without effect: {}", report.idle.join(", "))) + "\n");
    }
    out
}

/// `12 mended, 3 broken, 5 neither`; nothing where no document has a label.
pub fn against_labels(tally: Tally, labelled: usize) -> String {
    if labelled == 0 {
        return String::new();
    }
    let neither = tally.documents - tally.mended - tally.broken;
    format!("{} mended, {} broken, {neither} neither", tally.mended, tally.broken)
}

fn moves(report: &Report) -> String {
    let moved = report.moved;
    let share = moved.documents as f64 / report.documents.max(1) as f64;
    let verb = if moved.documents == 1 { "moves" } else { "move" };
    let documents = count(report.documents, "document");
    let verdicts = format!("{} {verb} ({:.1}%)", count(moved.documents, "verdict"), share * 100.0);
    let mut out = format!("{}  {verdicts}\n", paint(BOLD, documents));
    if report.labelled > 0 {
        let labelled = format!("of {} with a label", report.labelled);
        out += &format!("  {}  {}\n", against_labels(moved, report.labelled), paint(FAINT, labelled));
    }
    if moved.documents > 0 {
        out += &matrix(report);
    }
    if report.shifted > 0 {
        let others = count(report.shifted, "other");
        out += &format!("  the scores of {others} move by {:.3} on average\n", report.mean_shift);
    }
    out
}

fn matrix(report: &Report) -> String {
    let mut out = format!("  {:<14}", "before, after");
    for verdict in Verdict::ALL {
        out += &format!("{verdict:>13}");
    }
    out.push('\n');
    for (row, counts) in report.matrix.iter().enumerate() {
        out += &format!("  {:<14}", Verdict::ALL[row]);
        for (column, n) in counts.iter().enumerate() {
            let cell = format!("{:>13}", if *n == 0 { "·".into() } else { n.to_string() });
            out += &if row == column || *n == 0 { paint(FAINT, cell) } else { paint(BOLD, cell) };
        }
        out.push('\n');
    }
    out
}

fn group(group: &Group) -> String {
    let Group { change, what, tally, documents } = group;
    let name = paint(BOLD, change.name());
    let what = clip(what, ROOM.saturating_sub(change.name().len() + 2));
    let mut out = format!("{name}  {what}\n  {}", count(tally.documents, "document"));
    if tally.mended + tally.broken > 0 {
        out += &format!(": {}", against_labels(*tally, 1));
    }
    out.push('\n');
    documents.iter().for_each(|d| out += &document(d));
    if tally.documents > documents.len() {
        let line = format!("  … and {} more (--show N, --all)", tally.documents - documents.len());
        out += &(paint(FAINT, line) + "\n");
    }
    out
}

/// What a move is by the label.
pub fn word(document: &Document) -> &'static str {
    match document.mends {
        Some(true) => ": mended",
        Some(false) => ": broken",
        None => "",
    }
}

fn by_label(document: &Document) -> String {
    document.label.map_or(String::new(), |label| format!("{label} by label{}", word(document)))
}

fn document(document: &Document) -> String {
    let coloured = |name: &str| {
        let known = Verdict::ALL.into_iter().find(|v| v.name() == name);
        known.map_or(name.to_owned(), |v| paint(verdict(v), v))
    };
    let [before, after] = &document.places;
    let mut out = format!(
        "  {}  {} {:.2} → {} {:.2}  {}\n",
        document.id,
        coloured(before.verdict),
        before.score,
        coloured(after.verdict),
        after.score,
        by_label(document)
    );
    out += &format!("      {}\n", paint(FAINT, clip(&document.text, ROOM - 6)));
    document.sheets.iter().for_each(|s| out += &sheet(s));
    out
}

fn sheet(sheet: &Sheet) -> String {
    let widest = sheet.rows.iter().map(|r| r.name.chars().count()).max().unwrap_or(0).max(sheet.of.len());
    let number = |part: Option<f64>| part.map_or(format!("{:>9}", "–"), |part| format!("{part:>+9.3}"));
    let mut out = format!("      {:<widest$}{:>9}{:>9}{:>9}\n", sheet.of, "before", "after", "change");
    let line = |name: &str, parts: [Option<f64>; 2]| {
        let change = parts[1].unwrap_or(0.0) - parts[0].unwrap_or(0.0);
        let change = if change.abs() < 0.0005 { String::new() } else { format!("{change:>+9.3}") };
        format!("      {name:<widest$}{}{}{change:>9}", number(parts[0]), number(parts[1]))
    };
    for row in &sheet.rows {
        let words = row.words.as_ref().map_or(String::new(), |words| {
            let flat = words.split_whitespace().collect::<Vec<_>>().join(" ");
            format!("  “{}”", clip(&flat, ROOM.saturating_sub(widest + 37).max(16)))
        });
        let numbers = line(&row.name, row.parts);
        out += &match words.is_empty() {
            true => format!("{}\n", numbers.trim_end()),
            false => format!("{numbers}{}\n", paint(FAINT, words)),
        };
    }
    out + line("sum", sheet.sum.map(Some)).trim_end() + "\n"
}
