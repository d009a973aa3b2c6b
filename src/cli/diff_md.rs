//! The moves of `diff` in Markdown, for a pull request.

use outsort::Verdict;

use super::args::Diff;
use super::diff::{Document, Group, Report};
use super::diff_text::{against_labels, summary, word};
use super::failure::count;
use super::page::clip;

/// Changes that are listed without `--all`.
const SHOWN: usize = 20;

/// The page.
pub fn page(report: &Report, args: &Diff) -> String {
    let [old, new] = &report.packs;
    let mut out = format!("### Verdicts that move: `{old}` → `{new}`\n\n{}.\n", capital(&summary(report)));
    let moved = report.moved;
    let share = 100.0 * moved.documents as f64 / report.documents.max(1) as f64;
    let labels = match against_labels(moved, report.labelled) {
        text if text.is_empty() => text,
        text => format!(" Against {} labels: {text}.", report.labelled),
    };
    out += &format!(
        "**{} of {} move** ({share:.1}%).{labels}",
        moved.documents,
        count(report.documents, "verdict")
    );
    if report.shifted > 0 {
        out +=
            &format!(" The scores of {} others move by {:.3} on average.", report.shifted, report.mean_shift);
    }
    out += "\n";
    if moved.documents > 0 {
        out += &matrix(report);
        out += &documents(report);
    }
    out + &changes(report, args.all)
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or(String::new(), |first| first.to_uppercase().chain(chars).collect())
}

/// Text in a cell: bars and line ends would break the table, markup and links would be taken for such.
fn cell(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '|' | '*' | '_' | '`' | '<' | '[' | '\\' | '@' | '#' => out.extend(['\\', c]),
            c if c.is_whitespace() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// Text between backticks, in a cell.
fn code(text: &str) -> String {
    format!("`{}`", text.replace('`', "'").replace('|', "\\|"))
}

fn matrix(report: &Report) -> String {
    let mut out = format!("\n| before \\ after | {} |\n", Verdict::ALL.map(Verdict::name).join(" | "));
    out += &format!("| --- |{}\n", " ---: |".repeat(Verdict::ALL.len()));
    for (row, counts) in report.matrix.iter().enumerate() {
        let cells = counts.iter().enumerate().map(|(column, n)| match *n {
            0 => String::new(),
            n if row == column => n.to_string(),
            n => format!("**{n}**"),
        });
        out += &format!("| {} | {} |\n", Verdict::ALL[row], cells.collect::<Vec<_>>().join(" | "));
    }
    out
}

fn documents(report: &Report) -> String {
    let mut out = String::from(
        "\n| moved by | document | before | after | label | text |\n| --- | --- | --- | --- | --- | --- |\n",
    );
    for Group { change, what, tally, documents } in &report.groups {
        let why = format!("{} {} ({})", code(change.name()), cell(&clip(what, 80)), tally.documents);
        for (i, document) in documents.iter().enumerate() {
            // The change stands in the first of its rows.
            let why = if i == 0 { why.as_str() } else { "" };
            out += &row(why, document);
        }
        if documents.is_empty() {
            out += &format!("| {why} | | | | | |\n");
        } else if tally.documents > documents.len() {
            out += &format!("| | … and {} more | | | | |\n", tally.documents - documents.len());
        }
    }
    out
}

fn row(why: &str, document: &Document) -> String {
    let [before, after] = &document.places;
    format!(
        "| {why} | {} | {} {:.2} | {} {:.2} | {} | {} |\n",
        cell(&document.id),
        before.verdict,
        before.score,
        after.verdict,
        after.score,
        document.label.map_or(String::new(), |label| format!("{label}{}", word(document))),
        cell(&clip(&document.text, 80))
    )
}

fn changes(report: &Report, all: bool) -> String {
    if report.changes.is_empty() {
        return String::new();
    }
    let most = if all { usize::MAX } else { SHOWN };
    let mut out = format!("\n<details><summary>{}</summary>\n\n", count(report.changes.len(), "change"));
    for record in report.changes.iter().take(most) {
        let what = cell(&record.what);
        out += &format!(
            "- {} {}: {what}\n",
            record.change.sign().to_string().replace('~', "±"),
            code(record.change.name())
        );
    }
    if report.changes.len() > most {
        out += &format!("- … and {} more\n", report.changes.len() - most);
    }
    out + "\n</details>\n"
}
