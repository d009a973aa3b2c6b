//! The page that `classify` prints for one document.

use outsort::core::explain::{TaskJudgment, indication};
use outsort::format::source::Source;
use outsort::{
    Criterion, Engine, Explanation, Fired, Force, Hit, Leans, LogOdds, Pack, SectionKind, Verdict,
};

use super::failure::count;
use super::paint::{BOLD, FAINT, leaning, paint, verdict};

/// What a page shows.
#[derive(Clone, Copy)]
pub struct Page<'a> {
    /// The engine that judged.
    pub engine: &'a Engine,
    /// What it said.
    pub explanation: &'a Explanation<'a>,
    /// The file's name.
    pub file: &'a str,
    /// Its text, with the places.
    pub source: &'a Source,
    /// Columns of the terminal.
    pub width: usize,
    /// Show all tasks and evidence.
    pub all: bool,
    /// Show ways to other verdicts.
    pub flip: bool,
}

/// Tasks and pieces of evidence that a page shows unless it shows all.
const SHOWN: usize = 10;
/// Half the width of a criterion's bar.
const HALF: usize = 18;

impl Page<'_> {
    /// The page.
    pub fn render(&self) -> String {
        let mut parts = vec![self.head(), self.criteria(), self.tasks(), self.evidence()];
        parts.push(self.not_counted());
        parts.push(self.money());
        if self.flip {
            parts.push(self.flips());
        }
        parts.retain(|part| !part.is_empty());
        parts.join("\n")
    }

    fn pack(&self) -> &Pack {
        self.engine.pack()
    }

    fn head(&self) -> String {
        let judgment = &self.explanation.judgment;
        let title = self.explanation.document.title().unwrap_or("(no title)");
        let mut out = format!("{}\n{}\n\n", paint(BOLD, title), paint(FAINT, self.file));
        let meaning = match judgment.verdict {
            Verdict::Bpo => self.pack().poles.bpo.clone(),
            Verdict::Kpo => self.pack().poles.kpo.clone(),
            Verdict::Mixed => "evidence for both ends".into(),
            Verdict::Unclear => "too little evidence to place it".into(),
            Verdict::OutOfScope => "work that can't be delivered from another site".into(),
        };
        let name = paint(verdict(judgment.verdict).bold(), judgment.verdict);
        out += &format!("Verdict    {name}: {meaning}\n");
        out += &format!("Position   {}  {:.2} of 1\n", self.spectrum(judgment.score()), judgment.score());
        out += &format!(
            "Evidence   {} in log-odds from {}",
            judgment.evidence,
            count(self.explanation.strongest().len(), "rule")
        );
        if judgment.out_of_scope > 0.0 {
            out += &format!("; {:.0}% of it says out-of-scope", judgment.out_of_scope * 100.0);
        }
        out + "\n"
    }

    /// The spectrum with its three bands and the position.
    fn spectrum(&self, score: f64) -> String {
        let width = 41;
        let thresholds = &self.pack().thresholds;
        let cell = |share: f64| (share * (width - 1) as f64).round() as usize;
        let mark = cell(score);
        let mut line = String::new();
        for i in 0..width {
            line += &match i {
                _ if i == mark => paint(BOLD, "◆"),
                _ if i <= cell(thresholds.bpo_at_most) => paint(leaning(Leans::Bpo), "━"),
                _ if i >= cell(thresholds.kpo_at_least) => paint(leaning(Leans::Kpo), "━"),
                _ => paint(FAINT, "─"),
            };
        }
        format!("BPO {line} KPO")
    }

    fn criteria(&self) -> String {
        let judgment = &self.explanation.judgment;
        let most = judgment.criteria.iter().map(|sum| sum.abs().0).max().unwrap_or(0).max(1000);
        let ends = format!("{:>half$} │ {:<half$}", "◄ BPO", "KPO ►", half = HALF);
        let mut out = format!("{}{ends}  log-odds\n", paint(BOLD, format!("{:<17}", "Criteria")));
        for (criterion, sum) in Criterion::SIX.iter().zip(judgment.criteria) {
            let title = &self.pack().criterion(*criterion).title;
            out += &format!("  {title:<15}{}  {:>+8}\n", bar(sum, most), sum);
        }
        if judgment.bias.0 != 0 {
            out +=
                &format!("  {:<15}{}  {:>+8}\n", "every document", bar(judgment.bias, most), judgment.bias);
        }
        let sum = paint(BOLD, format!("{:>+8}", judgment.log_odds));
        out + &format!("  {:<15}{:>width$}  {sum}\n", "sum", "", width = 2 * HALF + 3)
    }

    fn tasks(&self) -> String {
        let tasks: Vec<&TaskJudgment> = self
            .explanation
            .tasks
            .iter()
            .filter(|t| self.explanation.section(t).kind != SectionKind::Title)
            .collect();
        if tasks.len() < 2 {
            return String::new();
        }
        let split: Vec<String> =
            [Verdict::Bpo, Verdict::Mixed, Verdict::Kpo, Verdict::OutOfScope, Verdict::Unclear]
                .iter()
                .map(|v| (tasks.iter().filter(|t| t.judgment.verdict == *v).count(), v))
                .filter(|(n, _)| *n > 0)
                .map(|(n, v)| paint(verdict(*v), format!("{n} {v}")))
                .collect();
        let mut out = format!("{}  {}\n", paint(BOLD, "Tasks, each alone"), split.join(" · "));
        if self.source.unit() != "line" {
            out += &paint(FAINT, format!("  the number is the {}\n", self.source.unit()));
        }
        let shown = if self.all { tasks.clone() } else { telling(&tasks) };
        let mut heading = None;
        for task in &shown {
            if heading != Some(task.section) {
                heading = Some(task.section);
                out += &self.section_line(task);
            }
            out += &self.task_line(task);
        }
        if shown.len() < tasks.len() {
            out += &paint(FAINT, format!("  … and {} more (--all)\n", tasks.len() - shown.len()));
        }
        out
    }

    fn section_line(&self, task: &TaskJudgment) -> String {
        let section = self.explanation.section(task);
        let weight = self.pack().text.section_weights[section.kind as usize];
        let heading =
            section.heading.clone().map(|h| format!("“{}”, ", clip(&self.explanation.document.text[h], 40)));
        let force = match section.force {
            Force::Plain => String::new(),
            force => format!(", {}", force.name()),
        };
        let line = format!("  {}{} × {weight}{force}", heading.unwrap_or_default(), section.kind.name());
        paint(FAINT, line) + "\n"
    }

    fn task_line(&self, task: &TaskJudgment) -> String {
        let judgment = &task.judgment;
        let name = paint(verdict(judgment.verdict), format!("{:<12}", judgment.verdict.name()));
        let score = match judgment.verdict {
            Verdict::Unclear | Verdict::OutOfScope => "    ".into(),
            _ => format!("{:.2}", judgment.score()),
        };
        let line = self.source.place(task.span.start).number();
        let room = self.width.saturating_sub(28).max(24);
        format!("  {line:>4}  {name} {score}  {}\n", clip(self.explanation.text(task), room))
    }

    fn evidence(&self) -> String {
        let strongest = self.explanation.strongest();
        if strongest.is_empty() {
            return String::new();
        }
        let shown = if self.all { strongest.len() } else { SHOWN.min(strongest.len()) };
        let mut out = format!("{}\n", paint(BOLD, "Evidence, strongest first"));
        for fired in &strongest[..shown] {
            out += &self.evidence_lines(fired);
        }
        if shown < strongest.len() {
            let rest: LogOdds =
                strongest[shown..].iter().filter(|f| !self.scope(f)).map(|f| f.contribution).sum();
            let more = count(strongest.len() - shown, "rule");
            out += &paint(FAINT, format!("  … and {more} more, together {rest:+} (--all)\n"));
        }
        out
    }

    fn scope(&self, fired: &Fired) -> bool {
        self.pack().rules[fired.rule as usize].criterion == Criterion::Scope
    }

    fn evidence_lines(&self, fired: &Fired) -> String {
        let rule = &self.pack().rules[fired.rule as usize];
        let amount = match self.scope(fired) {
            true => format!("{:>7.1}%", fired.contribution.value() * 100.0),
            false => format!("{:>+8}", fired.contribution),
        };
        let leans = paint(leaning(rule.leans), format!("{:<4}", rule.leans.name()));
        let about = paint(FAINT, format!("{} · {}", rule.criterion, rule.id));
        let mut out = format!("  {} {leans} {}  {about}\n", paint(BOLD, amount), rule.because);
        let most = if self.all { usize::MAX } else { 2 };
        let counted: Vec<&Hit> =
            self.explanation.hits_of(fired.rule).filter(|h| h.force != Force::Negated).collect();
        for hit in counted.iter().take(most) {
            out += &self.quote(hit);
        }
        if counted.len() > most {
            out += &paint(FAINT, format!("           … {} in all\n", count(counted.len(), "place")));
        }
        out
    }

    /// The line of a hit with its words marked.
    fn quote(&self, hit: &Hit) -> String {
        let task = &self.explanation.tasks[hit.task as usize];
        let text = self.explanation.document.text_of(self.explanation.section(task));
        let (start, end) = (hit.start as usize, hit.end as usize);
        let room = self.width.saturating_sub(24).max(24);
        let words = &text[start..end];
        let side = room.saturating_sub(words.chars().count()) / 2;
        let before = clip_start(&flat(&text[task.span.start..start]), side);
        let after = clip(&flat(&text[end..task.span.end]), side + side / 2);
        let mark = match hit.force {
            Force::Plain => String::new(),
            force => format!(" [{}]", force.name()),
        };
        let place = match self.explanation.section(task).kind {
            SectionKind::Title => "title".into(),
            _ => self.source.place(start).to_string(),
        };
        let repeat = if self.explanation.hits.tasks[hit.task as usize].repeat {
            " [repeated, counts once]"
        } else {
            ""
        };
        let marked = paint(BOLD.underline(), flat(words));
        format!("           {}: {before}{marked}{after}{}{repeat}\n", paint(FAINT, place), paint(FAINT, mark))
    }

    /// Hits that were negated, and so count nothing.
    fn not_counted(&self) -> String {
        let negated: Vec<&Hit> =
            self.explanation.hits.hits.iter().filter(|h| h.force == Force::Negated).collect();
        if negated.is_empty() {
            return String::new();
        }
        let shown = if self.all { negated.len() } else { 5.min(negated.len()) };
        let mut out = format!("{}\n", paint(BOLD, "Denied by the text, so not counted"));
        for hit in &negated[..shown] {
            let rule = &self.pack().rules[hit.rule as usize];
            out += &format!(
                "    {} {}\n{}",
                paint(leaning(rule.leans), rule.leans.name()),
                rule.id,
                self.quote(hit)
            );
        }
        if shown < negated.len() {
            out += &paint(FAINT, format!("  … and {} more (--all)\n", negated.len() - shown));
        }
        out
    }

    fn money(&self) -> String {
        let economics = &self.pack().economics;
        let judgment = &self.explanation.judgment;
        if matches!(judgment.verdict, Verdict::Unclear | Verdict::OutOfScope) || economics.kpo_rate <= 0.0 {
            return String::new();
        }
        let indication = indication(economics, judgment.score());
        let [low, high] = indication.saving.map(|s| s * 100.0);
        let mut out =
            format!("{}\n", paint(BOLD, "Indicative figures (assumptions of the pack, not measurements)"));
        let rate = format!("{:.2} {} an hour", indication.rate, economics.currency);
        out += &format!("  rate {rate} at this position; saving {low:.0}% to {high:.0}%\n");
        out + &format!("  {}\n", paint(FAINT, format!("source: {}", economics.source)))
    }

    fn flips(&self) -> String {
        let mut out = format!("{}\n", paint(BOLD, "What would change the verdict"));
        if self.explanation.flips.is_empty() {
            out += "  no evidence whose loss would lead to another verdict\n";
        }
        for flip in &self.explanation.flips {
            let ids: Vec<&str> =
                flip.without.iter().map(|r| self.pack().rules[*r as usize].id.as_str()).collect();
            let to = paint(verdict(flip.to), flip.to);
            let list = clip(&ids.join(", "), self.width.saturating_sub(8).max(24) * 2);
            out += &format!("  {to} without {}:\n    {list}\n", count(ids.len(), "rule"));
        }
        out
    }
}

/// The tasks that say most, in the order of the document.
fn telling<'a>(tasks: &[&'a TaskJudgment]) -> Vec<&'a TaskJudgment> {
    let mut best: Vec<usize> = (0..tasks.len()).collect();
    best.sort_by_key(|i| (-tasks[*i].judgment.evidence.0, *i));
    best.truncate(SHOWN);
    best.sort_unstable();
    best.into_iter().map(|i| tasks[i]).collect()
}

/// A two-sided bar: to the left for BPO, to the right for KPO.
fn bar(sum: LogOdds, most: i64) -> String {
    let cells = (sum.abs().0 as usize * HALF).div_ceil(most as usize).min(HALF);
    let block = "█".repeat(cells);
    match sum.0 {
        n if n < 0 => format!("{} │ {:HALF$}", paint(leaning(Leans::Bpo), format!("{block:>HALF$}")), ""),
        _ => format!("{:HALF$} │ {}", "", paint(leaning(Leans::Kpo), format!("{block:<HALF$}"))),
    }
}

/// White space of any kind as single spaces.
fn flat(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().map(|c| if c.is_whitespace() || c.is_control() { ' ' } else { c }) {
        if !(c == ' ' && out.ends_with(' ')) {
            out.push(c);
        }
    }
    out
}

/// The beginning of a text, on one line.
pub fn clip(text: &str, room: usize) -> String {
    let text = flat(text);
    if text.chars().count() <= room {
        return text;
    }
    let cut: String = text.chars().take(room.saturating_sub(1)).collect();
    format!("{}…", cut.trim_end())
}

/// The end of a text, on one line.
pub fn clip_start(text: &str, room: usize) -> String {
    let length = text.chars().count();
    if length <= room {
        return text.to_owned();
    }
    let cut: String = text.chars().skip(length - room.saturating_sub(1)).collect();
    format!("…{}", cut.trim_start())
}
