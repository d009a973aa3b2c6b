//! An explanation as a Markdown page, for tickets and reports.

use crate::core::explain::{Explanation, indication};
use crate::core::pack::{Criterion, Pack, SectionKind};
use crate::core::scan::Hit;
use crate::core::score::{Fired, Verdict};

use super::source::Source;

/// The page.
pub fn page(file: &str, source: &Source, pack: &Pack, explanation: &Explanation<'_>) -> String {
    let judgment = &explanation.judgment;
    let title = explanation.document.title().unwrap_or(file);
    let mut out = format!("# {}: {}\n\n", escape(title), judgment.verdict);
    out += &format!(
        "Position **{:.2}** between BPO (0) and KPO (1); evidence {} in log-odds; file `{file}`; pack {} {}.\n\n",
        judgment.score(),
        judgment.evidence,
        pack.name,
        pack.version,
    );
    out += "| criterion | log-odds (KPO positive) |\n| --- | ---: |\n";
    for (criterion, sum) in Criterion::SIX.iter().zip(judgment.criteria) {
        out += &format!("| {} | {sum:+} |\n", pack.criterion(*criterion).title);
    }
    out +=
        &format!("| every document | {:+} |\n| **sum** | **{:+}** |\n\n", judgment.bias, judgment.log_odds);
    out += &evidence(source, pack, explanation);
    out += &tasks(source, explanation);
    if !matches!(judgment.verdict, Verdict::Unclear | Verdict::OutOfScope) {
        let indication = indication(&pack.economics, judgment.score());
        let [low, high] = indication.saving.map(|s| s * 100.0);
        out += &format!(
            "Indicative rate {:.2} {} an hour, saving {low:.0}% to {high:.0}% (assumptions of the pack: {})\n",
            indication.rate, pack.economics.currency, pack.economics.source,
        );
    }
    out
}

fn evidence(source: &Source, pack: &Pack, explanation: &Explanation<'_>) -> String {
    let mut out = String::from(
        "## Evidence\n\n| adds | leans | rule | because | where |\n| ---: | --- | --- | --- | --- |\n",
    );
    for fired in explanation.strongest() {
        let rule = &pack.rules[fired.rule as usize];
        let adds = match rule.criterion {
            Criterion::Scope => format!("{:.1}%", fired.contribution.value() * 100.0),
            _ => format!("{:+}", fired.contribution),
        };
        let because = escape(&rule.because);
        out += &format!(
            "| {adds} | {} | `{}` | {because} | {} |\n",
            rule.leans.name(),
            rule.id,
            places(source, explanation, fired)
        );
    }
    out + "\n"
}

fn places(source: &Source, explanation: &Explanation<'_>, fired: &Fired) -> String {
    let place = |hit: &Hit| {
        let task = &explanation.tasks[hit.task as usize];
        let section = explanation.section(task);
        let text = explanation.document.text_of(section);
        let words = escape(&text[hit.start as usize..hit.end as usize]);
        let place = match section.kind {
            SectionKind::Title => "title".to_owned(),
            _ => source.place(hit.start as usize).to_string(),
        };
        let force =
            if hit.force == crate::Force::Plain { String::new() } else { format!(" ({})", hit.force.name()) };
        format!("{place}: {words}{force}")
    };
    explanation.hits_of(fired.rule).take(3).map(place).collect::<Vec<_>>().join("; ")
}

fn tasks(source: &Source, explanation: &Explanation<'_>) -> String {
    let mut out = format!(
        "## Tasks, each alone\n\n| {} | verdict | score | task |\n| ---: | --- | ---: | --- |\n",
        source.unit()
    );
    for task in &explanation.tasks {
        let section = explanation.section(task);
        if section.kind == SectionKind::Title {
            continue;
        }
        let line = source.place(task.span.start).number();
        let judgment = &task.judgment;
        out += &format!(
            "| {line} | {} | {:.2} | {} |\n",
            judgment.verdict,
            judgment.score(),
            escape(explanation.text(task))
        );
    }
    out + "\n"
}

/// Text that Markdown and its tables leave as it is.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '|' | '*' | '_' | '`' | '<' | '[' | ']' | '\\' | '#' => out.extend(['\\', c]),
            _ if c.is_whitespace() || c.is_control() => out.push(' '),
            _ => out.push(c),
        }
    }
    out
}
