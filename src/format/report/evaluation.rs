//! The report of verdicts held against labels: figures, curves, the confusion, what each part is worth, mistakes.

use std::collections::BTreeMap;

use crate::core::compile::Engine;
use crate::core::measure::{Label, PartWorth, Quality, Reliability, Risk};
use crate::core::score::Verdict;
use crate::core::statistics::Figure;
use crate::core::worth::{Exercise, RuleWorth};

use super::closer::Closer;
use super::curves::{reliability, risk_coverage};
use super::document::{ORDER, provenance};
use super::markup::{Markup, all, heading, said, tag};
use super::page::page;
use super::tables::{column, documents, number, table};
use super::words::{chip, clip, count, grouped, position, share};

/// Documents by label (rows) and verdict (columns, in the order of [`Verdict::ALL`]).
pub type Confusion = [[usize; Verdict::ALL.len()]; Label::ALL.len()];

/// Rules that the table shows.
const RULES: usize = 60;

/// A rank correlation with a number that records have.
#[derive(Clone, Copy, Debug)]
pub struct Correlated {
    /// `score` or a criterion.
    pub of: &'static str,
    /// Spearman's rho.
    pub rho: Figure,
    /// Documents that have the number.
    pub documents: usize,
}

/// A document whose verdict is wrong.
#[derive(Clone, Copy, Debug)]
pub struct Misjudged<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its title.
    pub title: Option<&'a str>,
    /// Its text.
    pub text: &'a str,
    /// What a person said.
    pub label: Label,
}

/// What the report of a labelled corpus is made of; all of it as [`measure`](crate::core::measure) gives it.
pub struct Evaluation<'a> {
    /// The engine that judged.
    pub engine: &'a Engine,
    /// What was read.
    pub names: &'a [String],
    /// Conditions that records had to meet.
    pub filters: &'a [String],
    /// The figures of all labelled documents.
    pub quality: Option<&'a Quality>,
    /// Labels and verdicts.
    pub confusion: &'a Confusion,
    /// Risk by coverage.
    pub risk_coverage: &'a [Risk],
    /// Scores against shares of KPO.
    pub reliability: &'a [Reliability],
    /// What each criterion is worth.
    pub by_criterion: &'a [PartWorth],
    /// What each kind of section is worth.
    pub by_section: &'a [PartWorth],
    /// The figures by the values of a field.
    pub by: Option<(&'a str, &'a BTreeMap<String, Quality>)>,
    /// Rank correlations with a field.
    pub against: Option<(&'a str, &'a [Correlated])>,
    /// What each rule is worth; may be empty.
    pub rules: &'a [RuleWorth],
    /// The worst mistakes, worst first.
    pub misjudged: Vec<Misjudged<'a>>,
    /// Records without a label.
    pub unlabelled: usize,
}

impl Evaluation<'_> {
    /// The page. Judges the mistakes anew, to mark their text.
    pub fn page(&self) -> String {
        let total: usize = self.confusion.iter().flatten().sum();
        let title = format!("{} against labels", documents(total as u64));
        let filters = (!self.filters.is_empty()).then(|| all![" where ", said(self.filters.join(" and "))]);
        let head = all![
            tag("p").class("kicker").holds("BPO or KPO? Verdicts held against labels that people gave"),
            heading(1, title.as_str()),
            tag("p").class("file").holds(all![said(self.names.join(", ")), filters]),
        ];
        let mut closer = Closer::new(self.engine);
        let mistakes = self.mistakes(&mut closer);
        let parts: Vec<(&'static str, &'static str, Option<Markup>)> = vec![
            ("figures", "How right the verdicts are", self.quality.map(|q| self.figures(q))),
            ("confusion", "Labels and verdicts", Some(self.confused())),
            (
                "risk",
                "Risk and coverage",
                risk_coverage(self.engine.pack(), self.risk_coverage, self.quality),
            ),
            ("reliability", "Reliability", reliability(self.reliability)),
            ("parts", "What each part is worth", Some(self.parts())),
            ("groups", "By group", self.by.map(|(field, by)| groups(field, by))),
            ("against", "Rank correlation", self.against.map(|(field, all)| correlations(field, all))),
            ("rules", "What each rule is worth", (!self.rules.is_empty()).then(|| rules(self.rules))),
            ("mistakes", "Worst mistakes", (!self.misjudged.is_empty()).then_some(mistakes)),
        ];
        let mut main = Markup::default();
        let mut list = Markup::default();
        for (id, title, content) in parts {
            let Some(content) = content else { continue };
            let head = tag("h2").id(id).holds(title);
            main.push(tag("section").attr("aria-labelledby", id).holds(all![head, content]));
            list.push(tag("li").holds(tag("a").attr("href", format!("#{id}")).holds(title)));
        }
        main.push(closer.articles());
        let contents =
            tag("nav").class("contents").attr("aria-label", "On this page").holds(tag("ul").holds(list));
        page(&title, head, contents, main, provenance(self.engine.pack(), 2))
    }

    fn figures(&self, q: &Quality) -> Markup {
        let figures = [
            ("Accuracy", "BPO or KPO, by score 0.5", q.accuracy),
            ("Macro-F1", "of that decision", q.macro_f1),
            ("MCC", "of that decision", q.mcc),
            ("AUC", "a KPO label scores above a BPO label", q.auc),
            ("Coverage", "verdict BPO or KPO", q.coverage),
            ("Precision", "of those verdicts", q.precision),
            ("Accuracy, four classes", "unclear counts as mixed", q.accuracy_four),
            ("Macro-F1, four classes", "unclear counts as mixed", q.macro_f1_four),
        ];
        let fact = |(name, note, figure): (&str, &str, Figure)| {
            tag("div").holds(all![
                tag("dt").holds(name),
                tag("dd").holds(all![
                    tag("b").holds(value(figure)),
                    tag("span").class("interval").holds(interval(figure)),
                    " ",
                    tag("small").holds(note),
                ]),
            ])
        };
        let unlabelled = (self.unlabelled > 0).then(|| {
            tag("p")
                .class("notice")
                .holds(format!("{} without a label left out.", count(self.unlabelled, "record")))
        });
        let lead = format!(
            "{} with a label, {} of them BPO or KPO; intervals of 95%. Brier score {:.3}.",
            documents(q.documents as u64),
            grouped(q.poles as u64),
            q.brier
        );
        let list = tag("dl").class("facts bare").holds(figures.into_iter().map(fact).collect::<Markup>());
        all![tag("p").holds(lead), tag("div").class("verdict").holds(list), unlabelled]
    }

    /// The confusion as a heat table: the shares of each label's documents.
    fn confused(&self) -> Markup {
        let row = |(label, counts): (Label, &[usize; Verdict::ALL.len()])| {
            let total: usize = counts.iter().sum();
            let mut cells = tag("th").attr("scope", "row").holds(all![
                "Label ",
                label.name(),
                " ",
                tag("small").holds(documents(total as u64)),
            ]);
            for verdict in ORDER {
                let n = counts[verdict as usize];
                let part = n as f64 / total.max(1) as f64;
                let right = verdict.name() == label.name();
                let kind = if right { "right" } else { "wrong" };
                let cell = tag("td").class(&format!("{kind} heat{}", (part * 9.0).round() as u8));
                let tick = right.then(|| tag("span").class("tick").holds("✓ "));
                cells.push(cell.holds(all![
                    tick,
                    tag("b").holds(grouped(n as u64)),
                    " ",
                    tag("small").holds(if total > 0 { share(part) } else { "–".into() }),
                ]));
            }
            tag("tr").holds(cells)
        };
        let order = [Label::Bpo, Label::Mixed, Label::Kpo, Label::OutOfScope];
        let rows = order.into_iter().map(|label| row((label, &self.confusion[label as usize]))).collect();
        let mut columns = column("", "What people said");
        ORDER.into_iter().for_each(|verdict| columns.push(column("n", &format!("Verdict {verdict}"))));
        let caption =
            "Documents by label (rows) and verdict (columns), with shares of each label; ✓ is agreement.";
        table("confusion", caption.into(), columns, rows)
    }

    fn parts(&self) -> Markup {
        let of = |title: &str, parts: &[PartWorth]| {
            let row = |part: &PartWorth| {
                let name = tag("th").attr("scope", "row").holds(part.part);
                tag("tr").holds(all![name, number(decimals(part.alone)), number(decimals(part.without))])
            };
            let columns = all![column("", title), column("n", "Alone"), column("n", "All the others")];
            let caption = "AUC of the part’s evidence alone, and of all other evidence.";
            table("worth", caption.into(), columns, parts.iter().map(row).collect())
        };
        let pair = all![of("Criterion", self.by_criterion), of("Kind of section", self.by_section)];
        tag("div").class("pair").holds(pair)
    }

    fn mistakes(&self, closer: &mut Closer<'_>) -> Markup {
        let row = |m: &Misjudged<'_>| {
            let id = closer.look(m.id, m.title, m.text);
            let judgment = self.engine.explain(m.title, m.text).judgment;
            let name = clip(m.title.unwrap_or(m.text), 90);
            let link = tag("a").attr("href", format!("#{id}")).holds(said(name));
            tag("tr").holds(all![
                tag("th").attr("scope", "row").holds(all![link, " ", tag("small").holds(said(m.id))]),
                tag("td").holds(m.label.name()),
                tag("td").holds(chip(judgment.verdict)),
                number(position(&self.engine.pack().thresholds, judgment.score())),
            ])
        };
        let rows: Markup = self.misjudged.iter().map(row).collect();
        let columns =
            all![column("", "Document"), column("", "Label"), column("", "Verdict"), column("n", "Position")];
        table("hard", "Farthest on the wrong side first; their text is marked below.".into(), columns, rows)
    }
}

/// Three decimals, or a dash where there is no figure.
fn decimals(value: f64) -> String {
    if value.is_nan() { "–".into() } else { format!("{value:.3}") }
}

fn value(figure: Figure) -> String {
    decimals(figure.value)
}

fn interval(figure: Figure) -> String {
    if figure.value.is_nan() { String::new() } else { format!("[{:.3}–{:.3}]", figure.low, figure.high) }
}

/// A figure and its interval.
pub(super) fn shown(figure: Figure) -> String {
    format!("{} {}", value(figure), interval(figure)).trim_end().to_owned()
}

fn groups(field: &str, by: &BTreeMap<String, Quality>) -> Markup {
    let row = |(name, q): (&String, &Quality)| {
        tag("tr").holds(all![
            tag("th").attr("scope", "row").holds(said(name)),
            number(grouped(q.documents as u64)),
            number(grouped(q.poles as u64)),
            number(shown(q.macro_f1)),
            number(shown(q.auc)),
            number(shown(q.accuracy_four)),
        ])
    };
    let columns = all![
        column("", "Group"),
        column("n", "Documents"),
        column("n", "BPO or KPO"),
        column("n", "Macro-F1"),
        column("n", "AUC"),
        column("n", "Accuracy, four classes"),
    ];
    let caption = all!["By ", tag("code").holds(field), ", with intervals of 95%."];
    table("groups", caption, columns, by.iter().map(row).collect())
}

fn correlations(field: &str, all: &[Correlated]) -> Markup {
    let row = |c: &Correlated| {
        let name = tag("th").attr("scope", "row").holds(c.of);
        tag("tr").holds(all![name, number(shown(c.rho)), number(grouped(c.documents as u64))])
    };
    let columns = all![column("", "Of"), column("n", "Spearman’s rho"), column("n", "Documents")];
    let caption = all!["With ", tag("code").holds(field), ", with intervals of 95%."];
    table("worth", caption, columns, all.iter().map(row).collect())
}

fn rules(rules: &[RuleWorth]) -> Markup {
    let row = |rule: &RuleWorth| {
        let exercise = match rule.exercise {
            Exercise::Measured => "measured",
            Exercise::Thin => "thin",
            Exercise::Blind => "blind",
        };
        tag("tr").holds(all![
            tag("th").attr("scope", "row").holds(tag("code").holds(&rule.id)),
            tag("td").holds(rule.leans.to_string()),
            number(grouped(rule.documents as u64)),
            number(shown(rule.precision)),
            number(format!("{:+}", rule.worth)),
            tag("td").holds(exercise),
        ])
    };
    let columns = all![
        column("", "Rule"),
        column("", "Leans"),
        column("n", "Documents"),
        column("n", "Precision"),
        column("n", "Worth"),
        column("", "Evidence"),
    ];
    let caption = format!("{} of {}.", RULES.min(rules.len()), count(rules.len(), "rule"));
    table("rules", caption.into(), columns, rules.iter().take(RULES).map(row).collect())
}
