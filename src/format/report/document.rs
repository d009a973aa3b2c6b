//! One document's report, section by section.

use crate::core::pack::{Leans, Pack, SectionKind};
use crate::core::score::Verdict;

use super::evidence::{criteria, evidence, not_counted};
use super::markup::{Markup, all, heading, said, tag};
use super::spectrum::{bar, drawing};
use super::subject::Subject;
use super::text::text;
use super::verdict::{flips, money, verdict};
use super::words::{class, count};

/// The verdicts in the order of the spectrum, then those beside it.
pub(super) const ORDER: [Verdict; 5] =
    [Verdict::Bpo, Verdict::Mixed, Verdict::Kpo, Verdict::OutOfScope, Verdict::Unclear];

/// The report, without a page around it.
pub(super) fn document(subject: &Subject<'_>, notices: &[String]) -> Markup {
    let key = &subject.key;
    let section = |id: &str, title: &str, content: Markup| {
        let id = format!("{key}{id}");
        let head = tag(if subject.level == 2 { "h2" } else { "h3" }).id(&id).holds(title);
        tag("section").attr("aria-labelledby", id).holds(all![head, content])
    };
    let notices: Markup = notices
        .iter()
        .map(|notice| tag("p").class("notice").holds(all!["Mended on reading: ", said(notice)]))
        .collect();
    let doubts = not_counted(subject);
    all![
        notices,
        verdict(subject),
        section("criteria", "What each criterion adds", criteria(subject)),
        section("text", "The text, task by task", all![split(subject), text(subject)]),
        section("evidence", "Evidence, rule by rule", evidence(subject)),
        doubts.map(|table| section("less", "Hedged, denied or not counted", table)),
        section("flips", "What would change the verdict", flips(subject)),
        money(subject).map(|money| tag("section").holds(money)),
    ]
}

/// Links to the sections.
pub(super) fn contents(subject: &Subject<'_>) -> Markup {
    let entry = |id: &str, name: &str| {
        tag("li").holds(tag("a").attr("href", format!("#{}{id}", subject.key)).holds(name))
    };
    let list = all![
        entry("criteria", "Criteria"),
        entry("text", "Text"),
        entry("evidence", "Evidence"),
        entry("flips", "What would change it"),
    ];
    tag("nav").class("contents").attr("aria-label", "On this page").holds(tag("ul").holds(list))
}

/// Tasks by what each would be alone.
pub(super) fn tally(subject: &Subject<'_>) -> Vec<(Verdict, usize)> {
    let explanation = subject.explanation;
    let tasks = || explanation.tasks.iter().filter(|t| explanation.section(t).kind != SectionKind::Title);
    let of = |verdict| tasks().filter(|t| t.judgment.verdict == verdict).count();
    ORDER.into_iter().map(|verdict| (verdict, of(verdict))).filter(|(_, n)| *n > 0).collect()
}

/// Tasks by verdict as one bar.
pub(super) fn stack(counts: &[(Verdict, usize)], height: u32) -> Markup {
    let total = counts.iter().map(|(_, n)| n).sum::<usize>().max(1) as f64;
    let mut x = 0.0;
    let mut content = Markup::default();
    for (verdict, n) in counts {
        let width = *n as f64 / total;
        let class = format!("f-{} gap", class(*verdict));
        content.push(bar(&class, x, width, 0.0, f64::from(height)).void());
        x += width;
    }
    let label: Vec<String> = counts.iter().map(|(verdict, n)| format!("{n} {verdict}")).collect();
    drawing(height, &label.join(", "), content)
}

fn split(subject: &Subject<'_>) -> Markup {
    let counts = tally(subject);
    let entry = |(verdict, n): &(Verdict, usize)| {
        let key = tag("span").class(&format!("key f-{}", class(*verdict))).holds("");
        tag("li").holds(all![key, tag("b").holds(n.to_string()), format!(" {verdict}")])
    };
    let total: usize = counts.iter().map(|(_, n)| n).sum();
    let lead = format!(
        "{}, each judged as if it stood alone, and every word that a rule reads. A mark shows its rules on hover and focus, and leads to the evidence.",
        count(total, "task")
    );
    all![
        tag("p").holds(lead),
        tag("div").class("split").holds(all![
            stack(&counts, 14),
            tag("ul").class("keys").holds(counts.iter().map(entry).collect::<Markup>()),
        ]),
    ]
}

/// What was judged by what: enough to do it again.
pub(super) fn provenance(pack: &Pack, level: u8) -> Markup {
    let scoring = &pack.scoring;
    let limits = &pack.thresholds;
    let rules = |leans: Leans| pack.rules.iter().filter(|rule| rule.leans == leans).count();
    let entry = |name: &str, value: Markup| all![tag("dt").holds(name), tag("dd").holds(value)];
    let list = all![
        entry("Program", format!("outsort {}", env!("CARGO_PKG_VERSION")).into()),
        entry("Pack", all![said(&pack.name), " ", said(&pack.version)]),
        entry("Rules", format!(
            "{}: {} lean BPO, {} KPO, {} are about scope",
            count(pack.rules.len(), "rule"),
            rules(Leans::Bpo),
            rules(Leans::Kpo),
            rules(Leans::OutOfScope) + rules(Leans::InScope)
        ).into()),
        entry("Criteria", said(&pack.source)),
        entry("Verdicts", format!(
            "BPO up to position {}, KPO from {}; unclear below {} log-odds of evidence; out-of-scope from {} of out-of-scope evidence",
            limits.bpo_at_most, limits.kpo_at_least, limits.min_evidence, limits.out_of_scope_at_least
        ).into()),
        entry("Formula", format!(
            "log-odds = {} + {gain}·K/(K + B + {prior}) − {gain}·B/(K + B + {prior}), with K and B the weighted evidence for KPO and BPO",
            scoring.bias, gain = scoring.gain, prior = scoring.prior
        ).into()),
    ];
    all![heading(level, "How this was judged"), tag("dl").class("how").holds(list)]
}
