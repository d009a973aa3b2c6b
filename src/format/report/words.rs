//! The words and classes that all reports share.

use crate::core::pack::{Leans, Pack, SectionKind, Thresholds};
use crate::core::score::Verdict;
use crate::format::record::share as exact;

use super::markup::{Markup, tag};

/// What a verdict means, in the pack's words.
pub(super) fn meaning(pack: &Pack, verdict: Verdict) -> &str {
    match verdict {
        Verdict::Bpo => &pack.poles.bpo,
        Verdict::Kpo => &pack.poles.kpo,
        Verdict::Mixed => "evidence for both ends",
        Verdict::Unclear => "too little evidence to place it",
        Verdict::OutOfScope => "work that can’t be delivered from another site",
    }
}

/// The class that colours a verdict.
pub(super) fn class(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Bpo => "b",
        Verdict::Mixed => "m",
        Verdict::Kpo => "k",
        Verdict::Unclear => "u",
        Verdict::OutOfScope => "o",
    }
}

/// The class that colours a leaning.
pub(super) fn leaning(leans: Leans) -> &'static str {
    match leans {
        Leans::Bpo => "b",
        Leans::Kpo => "k",
        Leans::OutOfScope | Leans::InScope => "o",
    }
}

/// A verdict as a coloured label.
pub(super) fn chip(verdict: Verdict) -> Markup {
    tag("span").class(&format!("chip {}", class(verdict))).holds(verdict.name())
}

/// How a kind of section is called in a sentence.
pub(super) fn kind(kind: SectionKind) -> &'static str {
    match kind {
        SectionKind::About => "about the employer",
        SectionKind::Other => "other matters",
        kind => kind.name(),
    }
}

/// A position, with two decimals unless they would put it on a threshold where it does not stand.
pub(super) fn position(thresholds: &Thresholds, score: f64) -> String {
    let limits = [thresholds.bpo_at_most, thresholds.kpo_at_least];
    let shown = format!("{score:.2}");
    let misleads =
        |limit: &f64| (score - limit).abs() < 0.01 && shown.parse::<f64>().is_ok_and(|s| s == *limit);
    if limits.iter().any(misleads) { exact(score).to_string() } else { shown }
}

/// `1 rule`, `2 rules`.
pub(super) fn count(n: usize, what: &str) -> String {
    format!("{} {what}{}", grouped(n as u64), if n == 1 { "" } else { "s" })
}

/// A number with its thousands apart.
pub(super) fn grouped(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A share in percent, with a decimal where there is room for doubt.
pub(super) fn share(value: f64) -> String {
    match value * 100.0 {
        percent if percent.is_nan() => "–".into(),
        percent if percent > 0.0 && percent < 9.95 => format!("{percent:.1}%"),
        percent => format!("{percent:.0}%"),
    }
}

/// The beginning of a text, on one line.
pub(super) fn clip(text: &str, room: usize) -> String {
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if flat.chars().count() <= room {
        return flat;
    }
    let cut: String = flat.chars().take(room.saturating_sub(1)).collect();
    format!("{}…", cut.trim_end())
}
