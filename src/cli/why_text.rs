//! The page that `why` prints for a document.

use std::ops::Range;

use outsort::core::strength::Counted;
use outsort::core::why::{Fate, Fault, Found, Near, Way, Why, elements};
use outsort::format::source::Source;
use outsort::{Document, Force, Pack, Rule, SectionKind};

use super::failure::count;
use super::paint::{BOLD, FAINT, leaning, paint};

/// Near misses that are shown without `--all`.
const SHOWN: usize = 4;

/// What a rule does in a document, as a page.
pub struct Page<'a> {
    pub pack: &'a Pack,
    pub rule: &'a Rule,
    pub document: &'a Document<'a>,
    pub source: &'a Source,
    pub why: &'a Why,
    pub width: usize,
    pub all: bool,
}

impl Page<'_> {
    /// The page.
    pub fn render(&self, file: &str) -> String {
        let fires = if self.why.fires() { "fires" } else { "does not fire" };
        let leans = paint(leaning(self.rule.leans), self.rule.leans.name());
        let mut out = format!("{}  {leans} · {}\n", paint(BOLD, &self.rule.id), self.rule.because);
        out += &format!("{file}: {}\n", paint(BOLD, self.headline(fires)));
        let shown = |found: &&Found| self.all || !matches!(found.fate, Fate::Overlapped(_));
        for found in self.why.found.iter().filter(shown) {
            out += &self.found(found);
        }
        let overlapped = self.why.found.iter().filter(|f| !shown(f)).count();
        if overlapped > 0 {
            let more = count(overlapped, "more match");
            out += &paint(FAINT, format!("  … and {more} of the same words (--all)\n"));
        }
        if self.why.found.is_empty() || self.all {
            out += &self.misses();
        }
        out
    }

    fn headline(&self, fires: &str) -> String {
        let mut tasks: Vec<u32> = self.why.found.iter().map(|found| found.task).collect();
        tasks.dedup();
        let all = self.document.tasks().count();
        match tasks.len() {
            0 => format!("{fires}; nothing in {} matches", count(all, "task")),
            n => format!("{fires}; matches in {n} of {}", count(all, "task")),
        }
    }

    fn found(&self, found: &Found) -> String {
        let text = self.text(found.task);
        let mut out = self.place(found.task, found.span.start, 2);
        out += &self.quote(found.task, found.span.clone(), &[(found.span.clone(), '^')]);
        let part = match found.way {
            Way::Phrase(n) => format!("`{}`", self.rule.phrases[n].text),
            Way::Acronym(n) => format!("acronym {}", self.rule.acronyms[n]),
            Way::Regex(n) => format!("regex {}", self.rule.regexes[n]),
        };
        let bent = found.bent.as_ref().map(|bent| bent.describe(found.force, text));
        let counts = |c: &Counted| factors(c, bent.as_deref());
        let fate = match &found.fate {
            Fate::Counts(c) => format!("{} {}", paint(BOLD, "counts"), counts(c)),
            Fate::Outdone(c) => {
                format!("would count {}, but another match in the task counts instead", counts(c))
            }
            Fate::Negated => format!("counts nothing: {}", bent.unwrap_or_default()),
            Fate::Repeated => "counts nothing: a task before says the same, word for word".into(),
            Fate::Weightless => "counts nothing: its section has the weight 0".into(),
            Fate::Barred => format!("silent: the rule may fire only in {}", self.sections()),
            Fate::Silenced { unless, span } => {
                let said = &text[span.clone()];
                format!("silent: its unless `{}` matches “{}”", self.rule.unless[*unless].text, flat(said))
            }
            Fate::Overlapped(span) => {
                format!("counts once: an earlier match reads “{}”", flat(&text[span.clone()]))
            }
        };
        out + &format!("      {part}\n      {fate}\n")
    }

    fn sections(&self) -> String {
        let may = SectionKind::ALL.into_iter().filter(|kind| self.rule.sections.contains(*kind));
        may.map(SectionKind::name).collect::<Vec<_>>().join(", ")
    }

    /// The line of a task and its section.
    fn place(&self, task: u32, at: usize, indent: usize) -> String {
        let Some((section, _)) = self.document.tasks().nth(task as usize) else { return String::new() };
        let weight = self.pack.text.section_weights[section.kind as usize];
        let line = match section.kind {
            SectionKind::Title => "title".into(),
            _ => self.source.place(at).to_string(),
        };
        let heading = section.heading.clone().map(|h| format!(" “{}”", flat(&self.document.text[h])));
        let force = match section.force {
            Force::Plain => String::new(),
            force => format!(", {}", force.name()),
        };
        let about = format!("{}{} × {weight}{force}", section.kind.name(), heading.unwrap_or_default());
        format!("{:indent$}{line}  {}\n", "", paint(FAINT, about))
    }

    fn text(&self, task: u32) -> &str {
        let section = self.document.tasks().nth(task as usize).map(|(section, _)| section);
        section.map_or(self.document.text, |section| self.document.text_of(section))
    }

    /// A piece of a task around `about`, and under it a line that marks spans.
    fn quote(&self, task: u32, about: Range<usize>, marks: &[(Range<usize>, char)]) -> String {
        let Some((_, whole)) = self.document.tasks().nth(task as usize) else { return String::new() };
        let text = self.text(task);
        let room = self.width.saturating_sub(10).max(30);
        let side = room.saturating_sub(text[about.clone()].chars().count()) / 2;
        let from = text[whole.start..about.start].char_indices().rev().nth(side);
        let start = from.map_or(whole.start, |(i, c)| whole.start + i + c.len_utf8());
        let until = text[about.end..whole.end].char_indices().nth(side);
        let end = until.map_or(whole.end, |(i, _)| about.end + i);
        let (mut said, mut under) = (String::new(), String::new());
        if start > whole.start {
            (said, under) = ("…".into(), " ".into());
        }
        for (i, c) in text[start..end].char_indices() {
            let blank = c.is_whitespace() || c.is_control();
            if blank && said.ends_with(' ') {
                continue;
            }
            said.push(if blank { ' ' } else { c });
            let mark = marks.iter().find(|(span, _)| span.contains(&(start + i)));
            under.push(mark.map_or(' ', |(_, mark)| *mark));
        }
        if end < whole.end {
            said.push('…');
        }
        format!("      {said}\n      {}\n", paint(BOLD, under.trim_end()))
    }

    /// Why nothing matches, part by part.
    fn misses(&self) -> String {
        let near = &self.why.near;
        let shown = if self.all { near.len() } else { SHOWN.min(near.len()) };
        let mut out = String::new();
        for miss in &near[..shown] {
            out += &self.near(miss);
        }
        for cased in &self.why.cased {
            let acronym = &self.rule.acronyms[cased.acronym];
            let said = &self.text(cased.task)[cased.span.clone()];
            out += &format!(
                "  acronym {acronym}: “{said}” is there, but in other letters {}\n",
                self.line(cased.task, cased.span.start)
            );
        }
        for miss in &self.why.regexes {
            out += &format!(
                "  regex {}: {}\n",
                self.rule.regexes[miss.regex],
                needs(&miss.needed, &miss.present)
            );
        }
        out + &paint(FAINT, self.rest(near.len() - shown))
    }

    /// What is not shown.
    fn rest(&self, nearer: usize) -> String {
        let matched = |way: Way| self.why.found.iter().any(|found| found.way == way);
        let phrases = (0..self.rule.phrases.len()).filter(|n| !matched(Way::Phrase(*n))).count();
        let acronyms = (0..self.rule.acronyms.len()).filter(|n| !matched(Way::Acronym(*n))).count();
        let mut cased: Vec<usize> = self.why.cased.iter().map(|cased| cased.acronym).collect();
        cased.dedup();
        let absent = phrases - self.why.near.len();
        let mut out = String::new();
        if nearer > 0 {
            out += &format!("  … and {} farther off (--all)\n", count(nearer, "more phrase"));
        }
        if absent > 0 {
            out += &format!("  no word of {} is there\n", count(absent, "other phrase"));
        }
        if acronyms > cased.len() {
            out += &format!("  none of {} is there\n", count(acronyms - cased.len(), "acronym"));
        }
        out
    }

    fn line(&self, task: u32, at: usize) -> String {
        let section = self.document.tasks().nth(task as usize).map(|(section, _)| section.kind);
        let place = match section {
            Some(SectionKind::Title) => "title".to_owned(),
            _ => self.source.place(at).to_string(),
        };
        paint(FAINT, format!("({place})"))
    }

    /// A phrase that nearly matches: where, and what keeps it from it.
    fn near(&self, near: &Near) -> String {
        let phrase = self.rule.phrases[near.phrase].text.as_str();
        let text = self.text(near.task);
        let all = elements(phrase).count();
        let mut out = format!(
            "  {}  {} of {} matched\n",
            paint(BOLD, format!("`{phrase}`")),
            near.matched(),
            count(all, "element")
        );
        let missing = near.faults.iter().flat_map(|fault| match fault {
            Fault::Missing { stood, .. } => stood.as_slice(),
            _ => &[],
        });
        let marks: Vec<(Range<usize>, char)> = near
            .found
            .iter()
            .flatten()
            .map(|span| (span.clone(), '^'))
            .chain(missing.map(|span| (span.clone(), '?')))
            .collect();
        if let Some(extent) = near.extent() {
            out += &self.place(near.task, extent.start, 4);
            out += &self.quote(near.task, extent, &marks);
        }
        for fault in &near.faults {
            out += &format!("      {}\n", fault.describe(near, phrase, text));
        }
        out
    }
}

/// What a match counts, factor by factor.
fn factors(counted: &Counted, bent: Option<&str>) -> String {
    let mut factors = Vec::new();
    let mut factor = |value: f64, what: &str| {
        if value != 1.0 {
            factors.push(format!("{value:.2} ({what})"));
        }
    };
    factor(counted.section, "section");
    factor(counted.force, bent.unwrap_or("hedged"));
    factor(counted.sharing, &format!("{} of its leaning read these words", count(counted.readers, "rule")));
    factor(counted.fade, "words before it");
    match factors.as_slice() {
        [] => "in full".into(),
        _ => format!("{:.2} of a full match: {}", counted.whole(), factors.join(" × ")),
    }
}

/// Which words a regular expression needs, and which are there.
fn needs(needed: &[String], present: &[String]) -> String {
    let list = |words: &[String]| words.iter().map(|w| format!("`{w}…`")).collect::<Vec<_>>().join(", ");
    match (needed, present) {
        ([], _) => "does not match".into(),
        ([one], []) => format!("needs a word that begins `{one}…`; none does"),
        (_, []) => format!("needs a word that begins with one of {}; none does", list(needed)),
        _ => format!("{} is there, but it does not match", list(present)),
    }
}

/// White space of any kind as single spaces.
fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
