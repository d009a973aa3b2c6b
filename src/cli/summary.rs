//! The table that `classify` prints for several documents.

use outsort::{Explanation, SectionKind, Verdict};

use super::page::{clip, clip_start};
use super::paint::{BOLD, paint, verdict};

/// One row.
pub struct Row {
    file: String,
    title: String,
    verdict: Verdict,
    score: f64,
    evidence: String,
    split: String,
}

impl Row {
    /// The row of a document.
    pub fn new(file: &str, explanation: &Explanation<'_>) -> Row {
        let of = |v| {
            let tasks =
                explanation.tasks.iter().filter(|t| explanation.section(t).kind != SectionKind::Title);
            tasks.filter(|t| t.judgment.verdict == v).count()
        };
        Row {
            file: file.to_owned(),
            title: explanation.document.title().unwrap_or("").to_owned(),
            verdict: explanation.judgment.verdict,
            score: explanation.judgment.score(),
            evidence: explanation.judgment.evidence.to_string(),
            split: format!("{}/{}/{}", of(Verdict::Bpo), of(Verdict::Mixed), of(Verdict::Kpo)),
        }
    }
}

/// The table of all rows.
pub fn table(rows: &[Row], width: usize) -> String {
    let widest = rows.iter().map(|r| r.file.chars().count()).max().unwrap_or(4).clamp(4, 44);
    let head = format!(
        "{:<12}  {:>5}  {:>8}  {:>11}  {:<widest$}  title",
        "verdict", "score", "evidence", "BPO/mix/KPO", "file"
    );
    let mut out = format!("{}\n", paint(BOLD, head));
    for row in rows {
        let name = paint(verdict(row.verdict), format!("{:<12}", row.verdict.name()));
        let room = width.saturating_sub(48 + widest).max(16);
        out += &format!(
            "{name}  {:>5.2}  {:>8}  {:>11}  {:<widest$}  {}\n",
            row.score,
            row.evidence,
            row.split,
            clip_start(&row.file, widest),
            clip(&row.title, room),
        );
    }
    out
}
