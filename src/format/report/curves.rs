//! The curves of a labelled corpus: risk by coverage, and how far scores may be taken for chances.

use crate::core::measure::{Quality, Reliability, Risk};
use crate::core::pack::Pack;

use super::chart::{Axis, Plot, figure};
use super::evaluation::shown;
use super::markup::{Markup, all, tag};
use super::tables::{column, number, table};
use super::words::{grouped, share};

/// The share that is wrong if only the surest documents are decided, and where the pack's thresholds stand.
pub(super) fn risk_coverage(pack: &Pack, curve: &[Risk], quality: Option<&Quality>) -> Option<Markup> {
    let last = curve.last()?;
    let chosen = quality.filter(|q| !q.precision.value.is_nan());
    let worst = curve.iter().map(|r| r.risk).fold(0.01, f64::max);
    let most = chosen.map_or(worst, |q| worst.max(1.0 - q.precision.low));
    let (y, top) = Axis::up_to("wrong", most, share);
    let plot = Plot { height: 220.0, most: top };
    let mut content = Markup::default();
    for pair in curve.windows(2) {
        content.push(plot.line("curve", (pair[0].coverage, pair[0].risk), (pair[1].coverage, pair[1].risk)));
    }
    for r in curve {
        let title = format!("{} wrong if the surest {} are decided", share(r.risk), share(r.coverage));
        content.push(plot.point("dot", (r.coverage, r.risk), 3.0, title));
    }
    let mut words = format!("Of all documents, surest first, {} are wrong.", share(last.risk));
    if let Some(q) = chosen {
        let (x, risk) = (q.coverage.value, 1.0 - q.precision.value);
        let said = format!("{} decided, {} of those wrong", share(x), share(risk));
        content.push(plot.line("whisker", (x, 1.0 - q.precision.high), (x, 1.0 - q.precision.low)));
        content.push(plot.line("whisker", (q.coverage.low, risk), (q.coverage.high, risk)));
        content.push(plot.point("chosen", (x, risk), 6.5, said.clone()));
        content.push(plot.beside((q.coverage.low, risk), "the pack’s thresholds"));
        words = format!(
            "{words} The ring stands for the pack’s thresholds, BPO up to {} and KPO from {}: {said}; its cross shows 95% intervals.",
            pack.thresholds.bpo_at_most, pack.thresholds.kpo_at_least
        );
    }
    let drawn = plot.draw(
        &words,
        &Axis::unit("decided, surest first", |v| format!("{:.0}%", v * 100.0)),
        &y,
        content,
    );
    let row = |r: &Risk| tag("tr").holds(all![number(share(r.coverage)), number(format!("{:.3}", r.risk))]);
    let columns = all![column("n", "Decided"), column("n", "Wrong")];
    let data = table("bins", "Risk by coverage".into(), columns, curve.iter().map(row).collect());
    Some(figure(drawn, words, Some(data)))
}

/// Scores against the share that people call KPO.
pub(super) fn reliability(rows: &[Reliability]) -> Option<Markup> {
    let most = rows.iter().map(|r| r.documents).max()? as f64;
    let plot = Plot { height: 300.0, most: 1.0 };
    let mut content = plot.line("limit", (0.0, 0.0), (1.0, 1.0));
    for r in rows {
        let at = (r.mean_score, r.kpo.value);
        content.push(plot.line("whisker", (at.0, r.kpo.low), (at.0, r.kpo.high)));
        let title = format!(
            "positions {:.1} to {:.1}: {} documents, mean {:.2}, KPO {}",
            r.from,
            r.to,
            grouped(r.documents as u64),
            r.mean_score,
            shown(r.kpo)
        );
        content.push(plot.point("dot big", at, 3.5 + 6.5 * (r.documents as f64 / most).sqrt(), title));
    }
    let words = "Mean position of documents in steps of a tenth, against the share of them that people call KPO. On the dashed line a position is the chance of KPO. The larger a point, the more documents; bars are 95% intervals.";
    let y = Axis::unit("labelled KPO", |v| format!("{:.0}%", v * 100.0));
    let drawn = plot.draw(words, &Axis::unit("mean position", |v| format!("{v:.1}")), &y, content);
    let row = |r: &Reliability| {
        tag("tr").holds(all![
            tag("th").attr("scope", "row").holds(format!("{:.1}–{:.1}", r.from, r.to)),
            number(grouped(r.documents as u64)),
            number(format!("{:.2}", r.mean_score)),
            number(shown(r.kpo)),
        ])
    };
    let columns = all![
        column("", "Positions"),
        column("n", "Documents"),
        column("n", "Mean position"),
        column("n", "Labelled KPO"),
    ];
    let data = table("bins", "Reliability".into(), columns, rows.iter().map(row).collect());
    Some(figure(drawn, words, Some(data)))
}
