//! What each criterion and each rule adds: sums that a reader can check by hand.

use crate::core::pack::{Criterion, Leans};
use crate::core::score::{Fired, LogOdds};

use super::markup::{Markup, all, said, tag};
use super::spectrum::sided;
use super::subject::{Standing, Subject};
use super::tables::{column, number};
use super::text::standing;
use super::words::{clip, count, leaning, share};

/// Places that a rule's row names; the others are marked in the text.
const PLACES: usize = 8;

/// Criteria, bias and their sum.
pub(super) fn criteria(subject: &Subject<'_>) -> Markup {
    let (judgment, pack) = (&subject.explanation.judgment, subject.pack());
    let largest = judgment.criteria.iter().map(|sum| sum.abs()).max().unwrap_or_default();
    let most = largest.max(judgment.bias.abs()).max(LogOdds(1000));
    let row = |title: Markup, sum: LogOdds| {
        let head = tag("th").attr("scope", "row").holds(title);
        tag("tr").holds(all![
            head,
            tag("td").class("bar").holds(sided(sum, most)),
            number(format!("{sum:+}"))
        ])
    };
    let mut rows: Markup = Criterion::SIX
        .iter()
        .zip(judgment.criteria)
        .map(|(criterion, sum)| {
            let info = pack.criterion(*criterion);
            let fired = judgment.fired.iter().filter(|f| subject.has_row(f.rule));
            let title = match fired.map(|f| subject.rule(f.rule).criterion).any(|own| own == *criterion) {
                true => tag("a")
                    .attr("href", format!("#{}c-{}", subject.key, criterion.name()))
                    .holds(said(&info.title)),
                false => said(&info.title),
            };
            let question = tag("small").holds(said(&info.question));
            row(all![title, " ", question], sum)
        })
        .collect();
    let note = tag("small").holds("the pack’s bias, before any evidence");
    rows.push(row(all!["Every document", " ", note], judgment.bias));
    let foot = tag("tr").class("sum").holds(all![
        tag("th").attr("scope", "row").holds("Sum"),
        tag("td")
            .class("bar ends")
            .attr("aria-hidden", "true")
            .holds(all![tag("span").class("b").holds("◂ BPO"), tag("span").class("k").holds("KPO ▸"),]),
        number(format!("{:+}", judgment.log_odds)),
    ]);
    let caption = format!(
        "Log-odds, KPO positive. The sum {:+} gives the position 1 / (1 + e^−sum) = {:.4}.",
        judgment.log_odds,
        judgment.score()
    );
    tag("table").class("criteria").holds(all![
        tag("caption").holds(caption),
        tag("thead").class("unseen").holds(tag("tr").holds(all![
            column("", "Criterion"),
            column("", "To which side"),
            column("n", "Log-odds"),
        ])),
        tag("tbody").holds(rows),
        tag("tfoot").holds(foot),
    ])
}

/// Every rule that fired, by criterion, with its words.
pub(super) fn evidence(subject: &Subject<'_>) -> Markup {
    let fired = subject.explanation.strongest();
    let of = |criterion: Criterion| -> Vec<&Fired> {
        fired.iter().filter(|f| subject.rule(f.rule).criterion == criterion).copied().collect()
    };
    let six = || Criterion::SIX.iter().flat_map(|criterion| of(*criterion));
    let most = six().map(|f| f.contribution.abs()).max().unwrap_or_default();
    let head = |adds: &str| {
        let columns = all![
            column("n", adds),
            column("bar", "Side"),
            column("", "Because"),
            column("", "Words and places"),
        ];
        tag("thead").holds(tag("tr").holds(columns))
    };
    let mut out = Markup::default();
    if six().next().is_some() {
        let bodies: Markup = Criterion::SIX.iter().map(|c| body(subject, *c, &of(*c), most)).collect();
        let caption =
            "Each rule’s part of the log-odds, strongest first; the rules of a criterion add up to its sum.";
        let table = all![tag("caption").holds(caption), head("Adds"), bodies];
        out.push(tag("table").class("evidence").holds(table));
    }
    let scope = of(Criterion::Scope);
    if !scope.is_empty() {
        let total = LogOdds(scope.iter().map(|f| f.contribution.abs().0).max().unwrap_or(0));
        let rows: Markup = scope.iter().map(|f| row(subject, f, total)).collect();
        let caption = format!(
            "Scope: {} of the evidence says that the work can’t be delivered from another site; it is out-of-scope from {} on.",
            share(subject.explanation.judgment.out_of_scope),
            share(subject.pack().thresholds.out_of_scope_at_least)
        );
        let table = all![tag("caption").holds(caption), head("Share"), tag("tbody").holds(rows)];
        out.push(tag("table").class("evidence scope").holds(table));
    }
    match out.is_empty() {
        true => tag("p").holds("No rule found anything that counts."),
        false => out,
    }
}

/// A criterion's rules under its sum.
fn body(subject: &Subject<'_>, criterion: Criterion, fired: &[&Fired], most: LogOdds) -> Markup {
    if fired.is_empty() {
        return Markup::default();
    }
    let sum = subject.explanation.judgment.criteria[criterion as usize];
    let title = said(&subject.pack().criterion(criterion).title);
    let head = tag("tr").class("group").id(format!("{}c-{}", subject.key, criterion.name())).holds(all![
        number(tag("b").holds(format!("{sum:+}"))),
        tag("th").attr("scope", "rowgroup").attr("colspan", 3).holds(all![
            title,
            " ",
            tag("small").holds(count(fired.len(), "rule")),
        ]),
    ]);
    let rows: Markup = fired.iter().map(|f| row(subject, f, most)).collect();
    tag("tbody").holds(all![head, rows])
}

fn row(subject: &Subject<'_>, fired: &Fired, most: LogOdds) -> Markup {
    let rule = subject.rule(fired.rule);
    let scope = rule.criterion == Criterion::Scope;
    let adds = match scope {
        true => format!("{:+.1}%", fired.contribution.value() * 100.0),
        false => format!("{:+}", fired.contribution),
    };
    let side = match rule.leans {
        Leans::Bpo | Leans::Kpo => sided(fired.contribution, most),
        leans => tag("span").class("o").holds(leans.name()),
    };
    let id = format!("{}r{}", subject.key, fired.rule);
    let weight = tag("small").holds(format!("leans {}, weight {}", rule.leans.name(), trimmed(rule.weight)));
    let code = tag("code").class(leaning(rule.leans)).holds(&rule.id);
    let because = all![said(&rule.because), tag("div").class("faint").holds(all![code, " ", weight])];
    tag("tr").id(&id).class("row").attr("data-rule", &id).holds(all![
        number(adds),
        tag("td").class("bar").holds(side),
        tag("td").holds(because),
        tag("td").class("places").holds(places(subject, fired.rule, &id)),
    ])
}

/// A number without idle zeros.
fn trimmed(value: f64) -> String {
    let text = format!("{value:.3}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// The words that a rule reads, each a link to its mark.
fn places(subject: &Subject<'_>, rule: u32, id: &str) -> Markup {
    let hits = subject.explanation.hits.hits.iter().enumerate();
    let own: Vec<usize> = hits.filter(|(_, hit)| hit.rule == rule).map(|(number, _)| number).collect();
    let mut items: Markup =
        own.iter().take(PLACES).map(|hit| tag("li").holds(place(subject, *hit, id))).collect();
    if own.len() > PLACES {
        let more = format!("and {} more, marked in the text", own.len() - PLACES);
        items.push(tag("li").class("faint").holds(more));
    }
    tag("ul").holds(items)
}

/// The words of a hit with their place, linked to their mark.
pub(super) fn place(subject: &Subject<'_>, number: usize, rule: &str) -> Markup {
    let hit = subject.hit(number);
    let words = all!["“", said(clip(subject.words(hit), 120)), "”"];
    let link = tag("a").attr("href", format!("#{}m{}", subject.key, subject.mark_of(number).unwrap_or(0)));
    let note = match subject.standings[number] {
        Standing::Plain => None,
        Standing::Hedged => Some("hedged"),
        Standing::Denied => Some("denied"),
        Standing::Repeated => Some("said before"),
        Standing::Weightless => Some("no weight"),
    };
    let note = note.map(|note| tag("small").class("note").holds(note));
    let place = tag("small").holds(subject.place(hit.task, hit.start as usize));
    all![link.attr("data-rules", rule).holds(words), " ", place, " ", note]
}

/// Hits that count for less than they might, and why.
pub(super) fn not_counted(subject: &Subject<'_>) -> Option<Markup> {
    let bent: Vec<usize> =
        (0..subject.standings.len()).filter(|hit| subject.standings[*hit] != Standing::Plain).collect();
    let row = |hit: &usize| {
        let rule = subject.rule(subject.hit(*hit).rule);
        let id = format!("{}r{}", subject.key, subject.hit(*hit).rule);
        let code = tag("code").class(leaning(rule.leans)).holds(&rule.id);
        tag("tr").holds(all![
            tag("td").holds(place(subject, *hit, &id)),
            tag("td").holds(standing(subject, *hit)),
            tag("td").holds(all![
                said(&rule.because),
                tag("div").class("faint").holds(all![code, " ", format!("leans {}", rule.leans.name())]),
            ]),
        ])
    };
    let rows: Markup = bent.iter().map(row).collect();
    let head = tag("tr").holds(all![
        column("", "Words"),
        column("", "What becomes of them"),
        column("", "Would say"),
    ]);
    let caption =
        "Words that rules read, but that the text hedges, denies, repeats or puts where nothing counts.";
    let table = all![tag("caption").holds(caption), tag("thead").holds(head), tag("tbody").holds(rows)];
    (!bent.is_empty()).then(|| tag("table").class("less").holds(table))
}
