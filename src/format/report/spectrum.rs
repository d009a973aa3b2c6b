//! The spectrum with its bands, and two-sided bars: drawings that stretch with the page.

use crate::core::pack::Thresholds;
use crate::core::score::{LogOdds, Verdict};

use super::markup::{Markup, Tag, all, tag};
use super::words::position;

/// A share as a length of its drawing.
pub(super) fn percent(share: f64) -> String {
    format!("{:.2}%", share * 100.0)
}

/// A drawing as wide as its place and `height` pixels high, said in words by `label`.
pub(super) fn drawing(height: u32, label: &str, content: Markup) -> Markup {
    let svg = tag("svg").attr("width", "100%").attr("height", height).attr("role", "img");
    svg.attr("aria-label", label).attr("focusable", "false").holds(content)
}

/// A rectangle; `x` and `width` are shares of the drawing, `y` and `height` pixels.
pub(super) fn bar(class: &str, x: f64, width: f64, y: f64, height: f64) -> Tag {
    let at = tag("rect").class(class).attr("x", percent(x)).attr("width", percent(width.max(0.0)));
    at.attr("y", format!("{y:.1}")).attr("height", format!("{:.1}", height.max(0.0)))
}

/// A line; `x` are shares of the drawing, `y` pixels.
pub(super) fn line(class: &str, from: (f64, f64), to: (f64, f64)) -> Markup {
    let at = tag("line").class(class).attr("x1", percent(from.0)).attr("y1", format!("{:.1}", from.1));
    at.attr("x2", percent(to.0)).attr("y2", format!("{:.1}", to.1)).void()
}

/// Words at a place; they keep inside the drawing.
pub(super) fn words(class: &str, x: f64, y: f64, text: &str) -> Markup {
    let anchor = match x {
        x if x < 0.08 => "start",
        x if x > 0.92 => "end",
        _ => "middle",
    };
    let at = tag("text").class(class).attr("x", percent(x)).attr("y", format!("{y:.1}"));
    at.attr("text-anchor", anchor).holds(text)
}

/// The three bands of a spectrum, between `y` and `y + height` pixels.
pub(super) fn bands(thresholds: &Thresholds, y: f64, height: f64) -> Markup {
    let (low, high) = (thresholds.bpo_at_most, thresholds.kpo_at_least);
    all![
        bar("f-b", 0.0, low, y, height).void(),
        bar("f-m", low, high - low, y, height).void(),
        bar("f-k", high, 1.0 - high, y, height).void(),
    ]
}

/// The whole spectrum with a document's place on it.
pub(super) fn spectrum(thresholds: &Thresholds, score: f64, verdict: Verdict) -> Markup {
    let (low, high) = (thresholds.bpo_at_most, thresholds.kpo_at_least);
    let placed = !matches!(verdict, Verdict::Unclear | Verdict::OutOfScope);
    let label = format!(
        "Position {} between 0, the BPO end, and 1, the KPO end. BPO up to {low}, KPO from {high}, mixed between.",
        position(thresholds, score)
    );
    let point = tag("circle").class(if placed { "point" } else { "point open" });
    let content = all![
        bands(thresholds, 32.0, 14.0),
        line("needle", (score, 26.0), (score, 52.0)),
        point.attr("cx", percent(score)).attr("cy", "39").attr("r", "7").void(),
        words("v", score, 18.0, &position(thresholds, score)),
        words("t-b", 0.0, 70.0, &format!("BPO up to {low}")),
        words("t-m", (low + high) / 2.0, 70.0, "mixed"),
        words("t-k", 1.0, 70.0, &format!("KPO from {high}")),
    ];
    tag("div").class("spectrum").holds(drawing(78, &label, content))
}

/// The spectrum in a line of a table.
pub(super) fn small_spectrum(thresholds: &Thresholds, score: f64) -> Markup {
    let dot = tag("circle").class("point").attr("cx", percent(score)).attr("cy", "8").attr("r", "5");
    let content = all![bands(thresholds, 6.0, 4.0), dot.void()];
    tag("div").class("small").holds(drawing(
        16,
        &format!("position {}", position(thresholds, score)),
        content,
    ))
}

/// A two-sided bar: to the left for BPO, to the right for KPO; `most` log-odds fill a side.
pub(super) fn sided(amount: LogOdds, most: LogOdds) -> Markup {
    let share = (amount.abs().value() / most.value().max(0.001)).min(1.0) / 2.0;
    let (class, x) = if amount.0 < 0 { ("f-b", 0.5 - share) } else { ("f-k", 0.5) };
    let content = all![bar(class, x, share, 3.0, 12.0).void(), line("axis", (0.5, 0.0), (0.5, 18.0))];
    let svg = tag("svg").attr("width", "100%").attr("height", "18").attr("aria-hidden", "true");
    svg.attr("focusable", "false").holds(content)
}
