//! Documents: a title, and sections of tasks that point into the text.

use std::ops::Range;

use super::force::Force;
use super::line::trim;
use super::pack::SectionKind;
use super::reading::sections;

/// A title (may be missing) and sections of tasks.
#[derive(Clone, Debug, Default)]
pub struct Document<'t> {
    /// The text that sections point into.
    pub text: &'t str,
    /// The title, where it came apart from the text.
    pub given_title: Option<&'t str>,
    /// The sections in the order of the text; a title is a section of its own.
    pub sections: Vec<Section>,
}

/// Tasks under one heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// What the heading announces.
    pub kind: SectionKind,
    /// Bytes of the heading, where there is one.
    pub heading: Option<Range<usize>>,
    /// What the heading does to all that stands under it: "Nice to have" hedges, "You won't" denies.
    pub force: Force,
    /// Bytes of each task: a bullet, a sentence or a list item.
    pub tasks: Vec<Range<usize>>,
}

/// What a heading announces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Announced {
    /// The kind of section.
    pub kind: SectionKind,
    /// Words of it that no heading is known by.
    pub strange: usize,
}

/// Recognises headings by their words.
pub trait Headings {
    /// What a heading with these words announces, or nothing if its words are not known.
    fn announced(&mut self, heading: &str) -> Option<Announced>;

    /// What the heading does to all that stands under it.
    fn force(&mut self, heading: &str) -> Force;
}

impl<'t> Document<'t> {
    /// Reads `text`; `title` is a title that came apart from it.
    pub fn read(title: Option<&'t str>, text: &'t str, headings: &mut dyn Headings) -> Document<'t> {
        let title = title.filter(|t| t.chars().any(char::is_alphanumeric));
        Document { text, given_title: title, sections: sections(title, text, headings) }
    }

    /// A document of one task and nothing else.
    pub fn of_task(text: &'t str) -> Document<'t> {
        let tasks = std::iter::once(trim(text, 0..text.len())).collect();
        let section = Section { kind: SectionKind::Summary, heading: None, force: Force::Plain, tasks };
        Document { text, given_title: None, sections: vec![section] }
    }

    /// The text that the tasks of `section` point into.
    pub fn text_of(&self, section: &Section) -> &'t str {
        match self.given_title {
            Some(title) if section.kind == SectionKind::Title => title,
            _ => self.text,
        }
    }

    /// Every task with its section, in order; a task's number is its place here.
    pub fn tasks(&self) -> impl Iterator<Item = (&Section, Range<usize>)> {
        self.sections.iter().flat_map(|s| s.tasks.iter().map(move |t| (s, t.clone())))
    }

    /// The title, given or read.
    pub fn title(&self) -> Option<&'t str> {
        let section = self.sections.iter().find(|s| s.kind == SectionKind::Title)?;
        Some(&self.text_of(section)[section.tasks.first()?.clone()])
    }
}
