//! What a reader wants first: the verdict, the position, how sure, and what would change it.

use crate::core::explain::indication;
use crate::core::flip::Flip;
use crate::core::pack::Leans;
use crate::core::score::Verdict;
use crate::format::record::share as exact;

use super::markup::{Markup, all, heading, said, tag};
use super::spectrum::spectrum;
use super::subject::Subject;
use super::words::{chip, class, count, meaning, share};

/// The head of a document's report.
pub(super) fn verdict(subject: &Subject<'_>) -> Markup {
    let judgment = &subject.explanation.judgment;
    let name = judgment.verdict.name();
    let said = tag("p").class("said").holds(all![
        tag("strong").class(class(judgment.verdict)).holds(name),
        " ",
        tag("span").holds(meaning(subject.pack(), judgment.verdict)),
    ]);
    tag("div").class("verdict").holds(all![
        said,
        spectrum(&subject.pack().thresholds, judgment.score(), judgment.verdict),
        tag("p").class("sure").holds(sureness(subject)),
        facts(subject),
    ])
}

/// How near another verdict is, in a sentence or two.
fn sureness(subject: &Subject<'_>) -> String {
    let (judgment, limits) = (&subject.explanation.judgment, &subject.pack().thresholds);
    let score = judgment.score();
    let apart = |from: f64| format!("{:.2}", (score - from).abs());
    let place = match judgment.verdict {
        Verdict::Unclear => {
            return format!(
                "The rules found evidence of {} log-odds; a verdict needs {}.",
                judgment.evidence, limits.min_evidence
            );
        }
        Verdict::OutOfScope => format!(
            "{} of the evidence says that the work can’t be delivered from another site; from {} on, that is the verdict, whatever the position.",
            share(judgment.out_of_scope),
            share(limits.out_of_scope_at_least)
        ),
        Verdict::Bpo => format!("The position is {} within the BPO band.", apart(limits.bpo_at_most)),
        Verdict::Kpo => format!("The position is {} within the KPO band.", apart(limits.kpo_at_least)),
        Verdict::Mixed => format!(
            "The position is {} from the BPO band and {} from the KPO band.",
            apart(limits.bpo_at_most),
            apart(limits.kpo_at_least)
        ),
    };
    match subject.explanation.flips.iter().min_by_key(|flip| flip.without.len()) {
        Some(flip) => format!("{place} {}", nearest(subject, flip)),
        None => format!("{place} No loss of evidence would change the verdict."),
    }
}

fn nearest(subject: &Subject<'_>, flip: &Flip) -> String {
    let leans = flip.without.first().map(|rule| subject.rule(*rule).leans);
    let of = subject.explanation.judgment.fired.iter().filter(|f| Some(subject.rule(f.rule).leans) == leans);
    let (gone, all) = (flip.without.len(), of.count());
    let pole = leans.map_or("", Leans::name);
    match gone {
        1 => format!("Without its strongest {pole} rule (of {all}) it would be {}.", flip.to),
        _ => format!(
            "It would take the loss of its {gone} strongest {pole} rules (of {all}) to make it {}.",
            flip.to
        ),
    }
}

/// The figures as records have them.
fn facts(subject: &Subject<'_>) -> Markup {
    let (judgment, pack) = (&subject.explanation.judgment, subject.pack());
    let fact = |name: &str, value: String, note: String| {
        tag("div").holds(all![
            tag("dt").holds(name),
            tag("dd").holds(all![tag("b").holds(value), " ", tag("small").holds(note)]),
        ])
    };
    let rules = count(subject.explanation.strongest().len(), "rule");
    let limit = share(pack.thresholds.out_of_scope_at_least);
    let mut all = all![
        fact("Position", exact(judgment.score()).to_string(), "0 BPO, 1 KPO".into()),
        fact("Log-odds", format!("{:+}", judgment.log_odds), "KPO positive".into()),
        fact("Evidence", judgment.evidence.to_string(), format!("log-odds from {rules}")),
        fact("Out of scope", share(judgment.out_of_scope), format!("verdict from {limit}")),
    ];
    if priced(subject) {
        let rate = indication(&pack.economics, judgment.score()).rate;
        all.push(fact(
            "Indicative rate",
            format!("{rate:.2}"),
            format!("{} an hour", pack.economics.currency),
        ));
    }
    tag("dl").class("facts").holds(all)
}

/// Whether the pack's rates say anything of this verdict.
fn priced(subject: &Subject<'_>) -> bool {
    let judgment = &subject.explanation.judgment;
    let placed = !matches!(judgment.verdict, Verdict::Unclear | Verdict::OutOfScope);
    placed && subject.pack().economics.kpo_rate > 0.0
}

/// What would change the verdict.
pub(super) fn flips(subject: &Subject<'_>) -> Markup {
    let flips = &subject.explanation.flips;
    if flips.is_empty() {
        return tag("p").holds("There is no evidence whose loss would lead to another verdict.");
    }
    let item = |flip: &Flip| {
        let rules: Markup = flip
            .without
            .iter()
            .map(|rule| {
                let id = format!("{}r{rule}", subject.key);
                let code = tag("code").holds(&subject.rule(*rule).id);
                let link = match subject.has_row(*rule) {
                    true => tag("a").attr("href", format!("#{id}")).attr("data-rules", id).holds(code),
                    false => code,
                };
                tag("li").holds(all![link, " ", said(&subject.rule(*rule).because)])
            })
            .collect();
        let summary = tag("summary")
            .holds(all![chip(flip.to), format!(" without {}", count(flip.without.len(), "rule"))]);
        let details = tag("details");
        let details = if flip.without.len() <= 5 { details.flag("open") } else { details };
        details.holds(all![summary, tag("ol").holds(rules)])
    };
    let lead = "Each is the smallest loss of evidence that leads there; weights and text stay as they are.";
    all![tag("p").holds(lead), flips.iter().map(item).collect::<Markup>()]
}

/// What the work would indicatively cost, and who says so.
pub(super) fn money(subject: &Subject<'_>) -> Option<Markup> {
    let economics = &subject.pack().economics;
    let indication = indication(economics, subject.explanation.judgment.score());
    let [low, high] = indication.saving.map(share);
    let text = format!(
        "{:.2} {currency} an hour at this position: in proportion between {:.2} at the BPO end and {:.2} at the KPO end. Saving {low} to {high}.",
        indication.rate,
        economics.bpo_rate,
        economics.kpo_rate,
        currency = economics.currency
    );
    let source = tag("p")
        .class("faint")
        .holds(all!["Assumptions of the pack, not measurements. Source: ", said(&economics.source)]);
    priced(subject).then(|| all![heading(subject.level, "Indicative figures"), tag("p").holds(text), source])
}
