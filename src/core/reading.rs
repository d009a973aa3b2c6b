//! Text to sections and tasks, as a person would split it. Offsets into the text are kept.

use std::ops::Range;

use super::document::{Announced, Headings, Section};
use super::force::Force;
use super::line::{HEADING_WORDS, Line, Look, lines, trim};
use super::pack::SectionKind;
use super::sentence::sentences;

/// Bullets with more words are split into sentences.
const LONG_ITEM: usize = 60;
/// Bytes of the longest task; a longer one is no sentence that anybody wrote, and is cut at a space.
const LONG_TASK: usize = 4096;
/// Words that a title may have.
const TITLE_WORDS: usize = 14;
/// Paragraphs whose longest line has a width in this range may be hard-wrapped.
const WRAP: Range<usize> = 50..110;
/// Labels before a title: "Position: Data Clerk".
const TITLE_LABELS: &[&str] =
    &["job title", "title", "position", "position title", "role", "designation", "post"];

/// The sections of `text`; `title` is a title that came apart from it.
pub fn sections(title: Option<&str>, text: &str, headings: &mut dyn Headings) -> Vec<Section> {
    let mut reader = Reader::new(text, headings);
    if let Some(title) = title {
        reader.open(SectionKind::Title, None);
        reader.section().tasks = pieces(title, 0..title.len());
    }
    reader.open(SectionKind::Summary, None);
    let lines = lines(text);
    let first = if title.is_none() { reader.take_title(&lines) } else { 0 };
    reader.take_lines(&lines, first);
    reader.sections.retain(|s| !s.tasks.is_empty() || s.heading.is_some());
    reader.sections
}

struct Reader<'t, 'h> {
    text: &'t str,
    headings: &'h mut dyn Headings,
    sections: Vec<Section>,
    /// Level of the last heading whose words were known.
    known_level: u8,
    /// Whether the text has letters of both cases, so that case says something.
    cased: bool,
}

impl<'t, 'h> Reader<'t, 'h> {
    fn new(text: &'t str, headings: &'h mut dyn Headings) -> Self {
        let cased = text.chars().any(char::is_lowercase) && text.chars().any(char::is_uppercase);
        Reader { text, headings, sections: Vec::new(), known_level: 0, cased }
    }

    /// Whether a piece of text shows by its case that it goes on with something.
    fn goes_on(&self, piece: Range<usize>) -> bool {
        self.cased && self.text[piece].starts_with(char::is_lowercase)
    }

    fn open(&mut self, kind: SectionKind, heading: Option<Range<usize>>) {
        let said = heading.clone().map(|heading| &self.text[heading]);
        let force = said.map_or(Force::Plain, |said| self.headings.force(said));
        self.sections.push(Section { kind, heading, force, tasks: Vec::new() });
    }

    fn section(&mut self) -> &mut Section {
        if self.sections.is_empty() {
            self.open(SectionKind::Summary, None);
        }
        let last = self.sections.len() - 1;
        &mut self.sections[last]
    }

    /// Takes the title from the first line that says something; returns the first line behind it.
    fn take_title(&mut self, lines: &[Line]) -> usize {
        let Some(first) = lines.iter().position(|l| l.look != Look::Blank) else { return lines.len() };
        let says_more = lines[first + 1..].iter().any(|l| !matches!(l.look, Look::Blank | Look::Ruler));
        let line = &lines[first];
        let said = &self.text[line.body.clone()];
        let title = match labelled_title(said) {
            Some(label) => trim(self.text, line.body.start + label..line.body.end),
            None => line.body.clone(),
        };
        let words = said.split_whitespace().count();
        let ends = said.ends_with(['.', ';', ',', ':', '!']) && !said.ends_with("etc.");
        let looks = match line.look {
            Look::Heading(_) => true,
            Look::Plain | Look::Capitals => words <= TITLE_WORDS && !ends && title == line.body,
            _ => false,
        };
        let labelled = title != line.body;
        if !says_more
            || !(looks || labelled)
            || self.headings.announced(said).is_some_and(|known| known.strange == 0)
        {
            return first;
        }
        let next = lines.get(first + 1);
        if looks && !labelled && next.is_some_and(|next| self.runs_on(line, next)) {
            return first;
        }
        self.sections.clear();
        self.open(SectionKind::Title, None);
        self.section().tasks.push(title);
        self.open(SectionKind::Summary, None);
        first + 1
    }

    /// Whether `next` continues the sentence of `line`.
    fn runs_on(&self, line: &Line, next: &Line) -> bool {
        let words = line.look == Look::Plain && next.look == Look::Plain;
        words && self.goes_on(next.body.clone())
    }

    fn take_lines(&mut self, lines: &[Line], mut at: usize) {
        while at < lines.len() {
            if matches!(lines[at].look, Look::Blank | Look::Ruler) {
                at += 1;
            } else if let Some(announced) = self.heading(lines, at) {
                self.open(announced.kind, Some(lines[at].body.clone()));
                at += 1;
            } else {
                let Section { kind, force, .. } = *self.section();
                at = match lines[at].look {
                    Look::Item => self.take_item(lines, at),
                    _ => self.take_paragraph(lines, at),
                };
                self.leave_aside(kind, force);
            }
        }
    }

    /// An inline label such as "Location: Pune" leads away from the work for its own paragraph only.
    fn leave_aside(&mut self, before: SectionKind, force: Force) {
        let aside = |kind| matches!(kind, SectionKind::About | SectionKind::Benefits | SectionKind::Other);
        if aside(self.section().kind) && !aside(before) {
            let kind = if before == SectionKind::Title { SectionKind::Summary } else { before };
            self.open(kind, None);
            self.section().force = force;
        }
    }

    /// What the line announces if it is a heading.
    fn heading(&mut self, lines: &[Line], at: usize) -> Option<Announced> {
        let line = &lines[at];
        let said = &self.text[line.body.clone()];
        let bare = said.trim_end_matches([':', '*', '_']);
        let words = said.split_whitespace().count();
        // A colon inside is an inline label: "Location: Pune".
        let label = bare.contains(": ") || bare.contains(":*") || bare.contains(":_");
        if words > HEADING_WORDS || line.look == Look::Item || bare.ends_with('.') || label {
            return None;
        }
        let known = self.headings.announced(bare);
        let next = lines.get(at + 1);
        let underlined = next.is_some_and(|l| l.look == Look::Ruler);
        if let Look::Heading(level) = line.look {
            return Some(self.level_heading(known, level));
        }
        if underlined {
            return Some(self.level_heading(known, 1));
        }
        let following = lines[at + 1..].iter().find(|l| l.look != Look::Blank)?;
        let before_items = following.look == Look::Item;
        let before_gap = lines[at + 1].look == Look::Blank;
        let apart = at == 0 || lines[at - 1].look == Look::Blank;
        let colon = said.ends_with(':');
        let capitals = self.cased && line.look == Look::Capitals && (apart || before_gap || before_items);
        // A line without any mark has to consist of known words: "Experience with Excel" is a task.
        let stands_out = apart || before_items || before_gap;
        let plain = |known: &Announced| known.strange == 0 || (known.strange == 1 && stands_out);
        if let Some(known) = known.filter(|k| colon || capitals || plain(k))
            && !self.goes_on(line.body.clone())
        {
            self.known_level = 0;
            return Some(known);
        }
        ((colon && before_items && words <= 6) || capitals).then(|| self.same_section())
    }

    /// A heading of unknown words continues what it is under, unless it stands as high as a heading that
    /// led away from the work: then the work goes on behind "about us", and something else behind "benefits".
    fn level_heading(&mut self, known: Option<Announced>, level: u8) -> Announced {
        if let Some(known) = known {
            self.known_level = level;
            return known;
        }
        let as_high = self.known_level != 0 && level <= self.known_level;
        let kind = match self.section().kind {
            SectionKind::About if as_high => SectionKind::Summary,
            SectionKind::Benefits if as_high => SectionKind::Other,
            _ => return self.same_section(),
        };
        Announced { kind, strange: 0 }
    }

    fn same_section(&mut self) -> Announced {
        let section = self.section();
        match section.kind {
            SectionKind::Title => Announced { kind: SectionKind::Summary, strange: 0 },
            kind => Announced { kind, strange: 0 },
        }
    }

    /// A bullet and the lines that continue it.
    fn take_item(&mut self, lines: &[Line], first: usize) -> usize {
        let item = &lines[first];
        let mut last = first;
        while let Some(next) = lines.get(last + 1) {
            let lower = self.goes_on(next.body.clone());
            if next.look != Look::Plain || !(next.indent > item.indent || lower) {
                break;
            }
            last += 1;
        }
        let range = item.body.start..lines[last].body.end;
        if self.text[range.clone()].split_whitespace().count() > LONG_ITEM {
            self.take_sentences(range);
        } else {
            self.take_task(range);
        }
        last + 1
    }

    /// Lines up to a blank, a bullet or a heading, cut where a line is complete in itself.
    fn take_paragraph(&mut self, lines: &[Line], first: usize) -> usize {
        let mut end = first + 1;
        while end < lines.len()
            && matches!(lines[end].look, Look::Plain | Look::Capitals)
            && self.heading(lines, end).is_none()
        {
            end += 1;
        }
        let block = &lines[first..end];
        let width = |l: &Line| self.text[l.whole.clone()].chars().count();
        let widest = block.iter().map(width).max().unwrap_or(0);
        let mut start = block[0].body.start;
        for (i, line) in block.iter().enumerate() {
            let said = &self.text[line.body.clone()];
            let joins = block.get(i + 1).is_some_and(|next| {
                let full = WRAP.contains(&widest) && width(line) * 4 >= widest * 3;
                let lower = self.goes_on(next.body.clone());
                !said.ends_with(['.', '!', '?', ';', ':']) && (lower || full)
                    || (full && said.ends_with(['.', '!', '?', ';']) && widest - width(line) < 12)
            });
            if !joins {
                self.take_sentences(start..line.body.end);
                start = block.get(i + 1).map_or(start, |next| next.body.start);
            }
        }
        end
    }

    fn take_sentences(&mut self, range: Range<usize>) {
        for sentence in sentences(self.text, range) {
            self.take_task(sentence);
        }
    }

    /// A task, behind its inline heading if it has one: "Requirements: a degree in law".
    fn take_task(&mut self, range: Range<usize>) {
        let said = &self.text[range.clone()];
        let label = said.find(':').filter(|colon| said[..*colon].split_whitespace().count() <= 5);
        // A text of one statement has no sections: "Legal research: find the cases" is all about the work.
        let alone = said.len() == self.text.trim().len();
        if let Some(colon) = label
            && !alone
            && !self.goes_on(range.clone())
            && let Some(announced) = self.headings.announced(said[..colon].trim_matches(['*', '_', ' ']))
        {
            let heading = trim(self.text, range.start..range.start + colon);
            self.open(announced.kind, Some(heading));
            let marks = said[colon + 1..].len() - said[colon + 1..].trim_start_matches(['*', '_', ' ']).len();
            let rest = trim(self.text, range.start + colon + 1 + marks..range.end);
            return self.take_sentences(rest);
        }
        let pieces = pieces(self.text, range);
        self.section().tasks.extend(pieces);
    }
}

/// The task, in pieces if it is too long: cut at the last space that fits, or between two characters.
fn pieces(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    let mut rest = range;
    while rest.start < rest.end {
        let said = &text[rest.clone()];
        let fits = (0..=LONG_TASK.min(said.len())).rev().find(|at| said.is_char_boundary(*at)).unwrap_or(0);
        let space = said[..fits].rfind(char::is_whitespace).filter(|at| *at > 0);
        let cut = if said.len() <= LONG_TASK { said.len() } else { space.unwrap_or(fits) };
        pieces.push(trim(text, rest.start..rest.start + cut));
        rest.start += cut;
    }
    pieces.retain(|piece| text[piece.clone()].chars().any(char::is_alphanumeric));
    pieces
}

/// Bytes of a label before a title: "Job title: ".
fn labelled_title(said: &str) -> Option<usize> {
    let colon = said.find(':')?;
    let label = said[..colon].trim_matches(['*', ' ']).to_lowercase();
    TITLE_LABELS.contains(&label.as_str()).then_some(colon + 1)
}
