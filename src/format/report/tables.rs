//! Tables and the words around them.

use crate::core::score::Verdict;
use crate::core::tally::Verdicts;

use super::document::ORDER;
use super::markup::{Markup, all, tag};
use super::words::{class, grouped};

/// A column's heading.
pub(super) fn column(class: &str, name: &str) -> Markup {
    tag("th").attr("scope", "col").class(class).holds(name)
}

/// A number in a table.
pub(super) fn number(value: impl Into<Markup>) -> Markup {
    tag("td").class("n").holds(value)
}

/// A table.
pub(super) fn table(name: &str, caption: Markup, columns: Markup, rows: Markup) -> Markup {
    tag("div").class("wide").holds(tag("table").class(name).holds(all![
        tag("caption").holds(caption),
        tag("thead").holds(tag("tr").holds(columns)),
        tag("tbody").holds(rows),
    ]))
}

/// `1 document`, `2 documents`.
pub(super) fn documents(n: u64) -> String {
    format!("{} document{}", grouped(n), if n == 1 { "" } else { "s" })
}

/// The verdicts that occur, in the order of the spectrum.
pub(super) fn in_order(verdicts: &Verdicts) -> Vec<(Verdict, usize)> {
    let counts = ORDER.into_iter().map(|verdict| (verdict, verdicts[verdict as usize] as usize));
    counts.filter(|(_, n)| *n > 0).collect()
}

/// What the colours of verdicts mean.
pub(super) fn keys() -> Markup {
    let entry = |verdict: Verdict| {
        let key = tag("span").class(&format!("key f-{}", class(verdict))).holds("");
        tag("span").class("entry").holds(all![key, verdict.name()])
    };
    tag("span").class("keys").holds(ORDER.into_iter().map(entry).collect::<Markup>())
}
