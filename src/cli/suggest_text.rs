//! The page that `suggest` prints.

use outsort::Leans;

use super::failure::count;
use super::paint::{BOLD, FAINT, leaning, paint};
use super::suggest::{Phrase, Report, Row, Sentence};

/// The longest piece of a sentence that is shown, in characters.
const WIDEST: usize = 96;

/// The page.
pub fn page(report: &Report) -> String {
    let labels = if report.own_labels { "with a sure verdict" } else { "with a label" };
    let mut out = format!("{} {labels}", count(report.documents, "document"));
    if report.left_out > 0 {
        out += &format!(", {} without left out", report.left_out);
    }
    out += &format!(": {}\n", count(report.suggestions.len(), "suggestion"));
    for (number, row) in report.suggestions.iter().enumerate() {
        out += &entry(number + 1, row);
    }
    if report.suggestions.is_empty() {
        out += "no phrase tells the labels apart that rules do not cover already (--min-documents asks for fewer)\n";
    } else {
        let hint = "--format toml prints them as rules, --append FILE adds them to a criterion file";
        out += &format!("\n{}\n", paint(FAINT, hint));
    }
    out
}

fn entry(number: usize, row: &Row) -> String {
    let style = Leans::ALL.into_iter().find(|l| l.name() == row.leans).map(leaning).unwrap_or_default();
    let mut out = format!(
        "\n{number:>3}  {}  {}\n",
        paint(style, format!("{:<12}", row.leans)),
        paint(BOLD, &row.phrase.phrase)
    );
    let mut line =
        |name: &str, text: String| out += &format!("     {}  {text}\n", paint(FAINT, format!("{name:<12}")));
    line("shown in", shown(row));
    let p = row.precision;
    line("precision", format!("{:.2} [{:.2}–{:.2}]   z {:.1}", p.value, p.low, p.high, row.z));
    if !row.family.is_empty() {
        line("family", row.family.iter().map(member).collect::<Vec<_>>().join(" · "));
    }
    for (i, sentence) in row.samples.iter().enumerate() {
        line(if i == 0 { "for example" } else { "" }, excerpt(sentence));
    }
    line("criterion", format!("{}{}", row.criterion, nearest(row)));
    out
}

fn shown(row: &Row) -> String {
    let Phrase { documents, uncovered, labels, .. } = &row.phrase;
    let by_label = [
        ("BPO", labels.bpo),
        ("mixed", labels.mixed),
        ("KPO", labels.kpo),
        ("out-of-scope", labels.out_of_scope),
    ];
    let by_label: Vec<String> =
        by_label.iter().filter(|(_, n)| *n > 0).map(|(name, n)| format!("{name} {n}")).collect();
    let documents = count(*documents, "document");
    format!("{documents}, {uncovered} not covered by {} rules: {}", row.leans, by_label.join(" · "))
}

fn member(phrase: &Phrase) -> String {
    format!("{} {} ({})", phrase.phrase, phrase.documents, phrase.uncovered)
}

/// The words that match, with some of those around them.
fn excerpt(sentence: &Sentence) -> String {
    let [start, end] = sentence.span;
    let text = |range: std::ops::Range<usize>| sentence.text.get(range).unwrap_or("");
    let clean = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let (before, found, after) = (text(0..start), clean(text(start..end)), text(end..sentence.text.len()));
    let room = WIDEST.saturating_sub(found.chars().count());
    let (left, right) = (before.chars().count(), after.chars().count());
    let left_room = room.saturating_sub(right).max(room / 2).min(left);
    let right_room = (room - left_room.min(room)).min(right);
    let head: String = before.chars().skip(left - left_room).collect();
    let tail: String = after.chars().take(right_room).collect();
    let dots = |cut: bool| if cut { "…" } else { "" };
    format!(
        "{}{}{}{}{}",
        dots(left_room < left),
        head.replace('\n', " "),
        paint(BOLD, found),
        tail.replace('\n', " "),
        dots(right_room < right)
    )
}

fn nearest(row: &Row) -> String {
    let Some(near) = &row.nearest else { return String::new() };
    let words =
        if near.words.is_empty() { String::new() } else { format!("shares {}; ", near.words.join(", ")) };
    format!("; close to rule {} ({words}together in {})", near.rule, count(near.together, "document"))
}
