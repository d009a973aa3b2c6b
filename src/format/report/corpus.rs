//! The report of a corpus: how scores lie, which groups and rules stand out, which documents are hard.

use crate::core::compile::Engine;
use crate::core::pack::Criterion;
use crate::core::score::{LogOdds, Verdict};
use crate::core::tally::{BINS, Glimpse, HARDEST, MOST_GROUPS, Share, Tally, Verdicts};

use super::chart::{Axis, Plot, figure};
use super::closer::Closer;
use super::document::{ORDER, provenance, stack};
use super::markup::{Markup, all, heading, said, tag};
use super::page::page;
use super::spectrum::{bar, sided};
use super::tables::{column, documents, in_order, keys, number, table};
use super::words::{chip, class, clip, grouped, leaning, position, share};

/// Groups and rules that the tables show.
const SHOWN: usize = 40;

/// What a corpus's report is made of.
#[derive(Clone, Copy)]
pub struct Corpus<'a> {
    /// The engine that judged.
    pub engine: &'a Engine,
    /// What was read.
    pub names: &'a [String],
    /// The field by which documents are grouped.
    pub by: Option<&'a str>,
    /// What it came to.
    pub tally: &'a Tally,
    /// Records that could not be judged.
    pub rejected: u64,
}

impl Corpus<'_> {
    /// The page. Judges the hardest documents anew, to mark their text.
    pub fn page(&self) -> String {
        let by = self.by.filter(|_| !self.tally.groups.is_empty());
        let title = documents(self.tally.all.documents());
        let head = all![
            tag("p").class("kicker").holds("BPO or KPO? A corpus, judged by rules"),
            heading(1, title.as_str()),
            tag("p").class("file").holds(said(self.names.join(", "))),
        ];
        let mut closer = Closer::new(self.engine);
        let hardest = self.hardest(&mut closer);
        let section = |id: &str, title: &str, content: Markup| {
            let head = tag("h2").id(id).holds(title);
            tag("section").attr("aria-labelledby", id).holds(all![head, content])
        };
        let main = all![
            self.verdicts(),
            section("scores", "Where the documents lie", self.histogram()),
            by.map(|by| section("groups", "Verdicts by group", self.groups(by))),
            section("criteria", "What each criterion adds on average", self.criteria()),
            section("rules", "Most frequent rules", self.rules()),
            section("hardest", "Hardest documents", hardest),
            closer.articles(),
        ];
        let entry =
            |id: &str, name: &str| tag("li").holds(tag("a").attr("href", format!("#{id}")).holds(name));
        let list = all![
            entry("scores", "Scores"),
            by.map(|_| entry("groups", "Groups")),
            entry("criteria", "Criteria"),
            entry("rules", "Rules"),
            entry("hardest", "Hardest documents"),
        ];
        let contents =
            tag("nav").class("contents").attr("aria-label", "On this page").holds(tag("ul").holds(list));
        page(&title, head, contents, main, provenance(self.engine.pack(), 2))
    }

    fn verdicts(&self) -> Markup {
        let all = &self.tally.all;
        let counts = in_order(&all.verdicts);
        let fact = |verdict: Verdict, n: u64| {
            let part = share(n as f64 / all.documents().max(1) as f64);
            tag("div").holds(all![
                tag("dt").holds(chip(verdict)),
                tag("dd").holds(all![tag("b").holds(part), " ", tag("small").holds(documents(n))]),
            ])
        };
        let facts: Markup =
            ORDER.into_iter().map(|verdict| fact(verdict, all.verdicts[verdict as usize])).collect();
        let rejected = (self.rejected > 0).then(|| {
            let what = if self.rejected == 1 { "record" } else { "records" };
            let note = format!("{} {what} could not be judged and are not counted.", grouped(self.rejected));
            tag("p").class("notice").holds(note)
        });
        let mean =
            all.mean().map(|mean| tag("p").class("sure").holds(format!("Mean position {mean:.3} of 1.")));
        let list = tag("dl").class("facts bare").holds(facts);
        tag("div").class("verdict").holds(all![stack(&counts, 22), list, mean, rejected])
    }

    fn histogram(&self) -> Markup {
        let bins = &self.tally.bins;
        let limits = &self.engine.pack().thresholds;
        let most = bins.iter().map(|bin| bin.iter().sum::<u64>()).max().unwrap_or(0).max(1) as f64;
        let (y, top) = Axis::up_to("documents", most, |v| grouped(v.round() as u64));
        let plot = Plot { height: 210.0, most: top };
        let step = 1.0 / BINS as f64;
        let mut content = Markup::default();
        for (i, bin) in bins.iter().enumerate() {
            let mut below = 0.0;
            for (verdict, n) in in_order(bin) {
                let (low, high) = (below, below + n as f64);
                let at = bar(
                    &format!("f-{}", class(verdict)),
                    plot.x(i as f64 * step) + 0.001,
                    plot.wide(step) - 0.002,
                    plot.y(high),
                    plot.y(low) - plot.y(high),
                );
                let title = format!("{}: {} {verdict}", range(i), grouped(n as u64));
                content.push(at.holds(tag("title").holds(title)));
                below = high;
            }
        }
        for limit in [limits.bpo_at_most, limits.kpo_at_least] {
            content.push(plot.line("limit", (limit, 0.0), (limit, top)));
            content.push(plot.words("", (limit, top), -6.0, &limit.to_string()));
        }
        let label = format!(
            "Histogram of positions from 0, BPO, to 1, KPO: {} in {BINS} steps; the figures are in the table below.",
            documents(self.tally.all.documents())
        );
        let x = Axis::unit("position: 0 BPO, 1 KPO", |v| format!("{v:.1}"));
        let drawn = plot.draw(&label, &x, &y, content);
        let caption = all![
            format!(
                "Documents by position in steps of {step}, coloured by verdict; the lines are the thresholds, {} and {}. ",
                limits.bpo_at_most, limits.kpo_at_least
            ),
            keys(),
        ];
        figure(drawn, caption, Some(table_of_bins(bins)))
    }

    fn groups(&self, by: &str) -> Markup {
        let mut all: Vec<(&String, &Share)> = self.tally.groups.iter().collect();
        all.sort_by_key(|(name, share)| (std::cmp::Reverse(share.documents()), *name));
        let hidden = &all[SHOWN.min(all.len())..];
        let mut rest = self.tally.others;
        for (_, share) in hidden {
            rest.score += share.score;
            rest.verdicts.iter_mut().zip(share.verdicts).for_each(|(sum, n)| *sum += n);
        }
        let mut rows: Markup =
            all.iter().take(SHOWN).map(|(name, share)| group(said(*name), share)).collect();
        if rest.documents() > 0 {
            let others = match self.tally.others.documents() {
                0 => format!("{} other groups", hidden.len()),
                _ => format!("more than {} other groups", MOST_GROUPS - SHOWN),
            };
            rows.push(group(others.into(), &rest));
        }
        let mut columns = all![column("", "Group"), column("n", "Documents"), column("bar", "Verdicts")];
        ORDER.into_iter().for_each(|verdict| columns.push(column("n", verdict.name())));
        columns.push(column("n", "Mean position"));
        let caption = all!["By ", tag("code").holds(by), ", largest first. ", keys()];
        table("groups", caption, columns, rows)
    }

    fn criteria(&self) -> Markup {
        let documents = self.tally.all.documents().max(1) as f64;
        let mean = |sum: LogOdds| LogOdds::round(sum.value() / documents);
        let means = self.tally.criteria.map(mean);
        let most = means.iter().map(|m| m.abs()).max().unwrap_or_default().max(LogOdds(250));
        let rows: Markup = Criterion::SIX
            .iter()
            .zip(means)
            .map(|(criterion, mean)| {
                let title = said(&self.engine.pack().criterion(*criterion).title);
                tag("tr").holds(all![
                    tag("th").attr("scope", "row").holds(title),
                    tag("td").class("bar").holds(sided(mean, most)),
                    number(format!("{mean:+}")),
                ])
            })
            .collect();
        let columns = all![column("", "Criterion"), column("bar", "To which side"), column("n", "Log-odds")];
        table("criteria", "Mean contribution to a document’s log-odds, KPO positive.".into(), columns, rows)
    }

    fn rules(&self) -> Markup {
        let mut fired: Vec<(usize, u64)> =
            self.tally.rules.iter().map(|rule| rule.documents).enumerate().filter(|(_, n)| *n > 0).collect();
        fired.sort_by_key(|(rule, n)| (std::cmp::Reverse(*n), *rule));
        let all = self.tally.all.documents().max(1) as f64;
        let row = |(number_of, n): &(usize, u64)| {
            let rule = &self.engine.pack().rules[*number_of];
            let mean = LogOdds::round(self.tally.rules[*number_of].sum.value() / *n as f64);
            let adds = match rule.criterion {
                Criterion::Scope => format!("{:+.1}%", mean.value() * 100.0),
                _ => format!("{mean:+}"),
            };
            let code = tag("code").class(leaning(rule.leans)).holds(&rule.id);
            tag("tr").holds(all![
                tag("td").holds(all![said(&rule.because), tag("div").class("faint").holds(code)]),
                tag("td").holds(said(&self.engine.pack().criterion(rule.criterion).title)),
                tag("td").class(leaning(rule.leans)).holds(rule.leans.name()),
                number(grouped(*n)),
                number(share(*n as f64 / all)),
                number(adds),
            ])
        };
        let columns = all![
            column("", "Rule"),
            column("", "Criterion"),
            column("", "Leans"),
            column("n", "Documents"),
            column("n", "Share"),
            column("n", "Adds, on average"),
        ];
        let caption = format!(
            "{} of {} rules fired; the {} most frequent. What a rule adds is the mean over the documents in which it fired.",
            grouped(fired.len() as u64),
            grouped(self.tally.rules.len() as u64),
            SHOWN.min(fired.len())
        );
        table("frequent", caption.into(), columns, fired.iter().take(SHOWN).map(row).collect())
    }

    fn hardest(&self, closer: &mut Closer<'_>) -> Markup {
        let kinds = [
            (
                &self.tally.nearest,
                "Nearest to another verdict",
                "from a threshold, log-odds",
                (|n| LogOdds(-n).to_string()) as fn(i64) -> String,
            ),
            (&self.tally.conflicted, "Most at odds with themselves", "for the weaker side, log-odds", |n| {
                LogOdds(n).to_string()
            }),
            (&self.tally.unclear, "Unclear in spite of many words", "words", |n| grouped(n.max(0) as u64)),
        ];
        let mut out = Markup::default();
        for (hardest, title, measure, shown) in kinds.into_iter().filter(|kind| !kind.0.all().is_empty()) {
            let row = |(hardness, glimpse): &(i64, Glimpse)| {
                let id = closer.look(&glimpse.id, glimpse.title.as_deref(), &glimpse.text);
                let name = glimpse.title.as_deref().unwrap_or(&glimpse.text);
                let link = tag("a").attr("href", format!("#{id}")).holds(said(clip(name, 90)));
                let place = tag("small").holds(said(&glimpse.id));
                tag("tr").holds(all![
                    tag("th").attr("scope", "row").holds(all![link, " ", place]),
                    tag("td").holds(chip(glimpse.judgment.verdict)),
                    number(position(&self.engine.pack().thresholds, glimpse.judgment.score())),
                    number(shown(*hardness)),
                ])
            };
            let rows: Markup = hardest.all().iter().map(row).collect();
            let columns = all![
                column("", "Document"),
                column("", "Verdict"),
                column("n", "Position"),
                column("n", measure)
            ];
            out.push(heading(3, title));
            out.push(table("hard", format!("At most {HARDEST}, hardest first.").into(), columns, rows));
        }
        out
    }
}

/// The positions of a step.
fn range(bin: usize) -> String {
    format!("{:.3}–{:.3}", bin as f64 / BINS as f64, (bin + 1) as f64 / BINS as f64)
}

fn table_of_bins(bins: &[Verdicts; BINS]) -> Markup {
    let row = |(i, bin): (usize, &Verdicts)| {
        let mut cells = tag("th").attr("scope", "row").holds(range(i));
        ORDER.into_iter().for_each(|verdict| cells.push(number(grouped(bin[verdict as usize]))));
        tag("tr").holds(cells)
    };
    let mut columns = column("", "Position");
    ORDER.into_iter().for_each(|verdict| columns.push(column("n", verdict.name())));
    let caption = "Documents by position and verdict";
    table("bins", caption.into(), columns, bins.iter().enumerate().map(row).collect())
}

fn group(name: Markup, of: &Share) -> Markup {
    let mut row = all![
        tag("th").attr("scope", "row").holds(name),
        number(grouped(of.documents())),
        tag("td").class("bar").holds(stack(&in_order(&of.verdicts), 12)),
    ];
    for verdict in ORDER {
        row.push(number(share(of.verdicts[verdict as usize] as f64 / of.documents().max(1) as f64)));
    }
    row.push(number(of.mean().map_or("–".into(), |mean| format!("{mean:.2}"))));
    tag("tr").holds(row)
}
