//! Diagnostics for people (the line, a caret, help) and for editors (JSON).

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use serde::Serialize;

use crate::core::diagnostic::{Diagnostic, Place, Severity};

use super::pack::SourceFile;

/// The diagnostic with the line that it is about and a caret under the place.
pub fn to_text(diagnostic: &Diagnostic, files: &[SourceFile], colour: bool) -> String {
    let level = match diagnostic.code.severity() {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let mut group = level.primary_title(&diagnostic.message).id(diagnostic.code.name()).elements(
        diagnostic
            .place
            .as_ref()
            .map(|place| snippet(place, &diagnostic.label, files, AnnotationKind::Primary)),
    );
    for (place, label) in &diagnostic.related {
        group = group.element(snippet(place, label, files, AnnotationKind::Context));
    }
    if !diagnostic.help.is_empty() {
        group = group.element(Level::HELP.message(&diagnostic.help));
    }
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    renderer.render(&[group])
}

fn snippet<'a>(
    place: &Place,
    label: &'a str,
    files: &'a [SourceFile],
    kind: AnnotationKind,
) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let file = &files[place.file];
    // A label on a long value would show all its lines: the first is enough.
    let end = file.text[place.span.start..place.span.end]
        .find('\n')
        .map_or(place.span.end, |n| place.span.start + n);
    let annotation = kind.span(place.span.start..end);
    let annotation = if label.is_empty() { annotation } else { annotation.label(label) };
    Snippet::source(&file.text).path(&file.name).annotation(annotation)
}

/// A diagnostic as editors and CI read it.
#[derive(Serialize)]
pub struct Record<'a> {
    code: &'static str,
    severity: &'static str,
    message: &'a str,
    #[serde(flatten)]
    place: Option<PlaceRecord<'a>>,
    label: &'a str,
    help: &'a str,
    related: Vec<RelatedRecord<'a>>,
}

#[derive(Serialize)]
struct PlaceRecord<'a> {
    file: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    start: usize,
    end: usize,
}

#[derive(Serialize)]
struct RelatedRecord<'a> {
    #[serde(flatten)]
    place: PlaceRecord<'a>,
    label: &'a str,
}

/// The diagnostic as a record; lines and columns count from 1, columns in characters.
pub fn to_record<'a>(diagnostic: &'a Diagnostic, files: &'a [SourceFile]) -> Record<'a> {
    Record {
        code: diagnostic.code.name(),
        severity: diagnostic.code.severity().name(),
        message: &diagnostic.message,
        place: diagnostic.place.as_ref().map(|place| place_record(place, files)),
        label: &diagnostic.label,
        help: &diagnostic.help,
        related: diagnostic
            .related
            .iter()
            .map(|(place, label)| RelatedRecord { place: place_record(place, files), label })
            .collect(),
    }
}

fn place_record<'a>(place: &Place, files: &'a [SourceFile]) -> PlaceRecord<'a> {
    let file = &files[place.file];
    let (line, column) = position(&file.text, place.span.start);
    let (end_line, end_column) = position(&file.text, place.span.end);
    PlaceRecord {
        file: &file.name,
        line,
        column,
        end_line,
        end_column,
        start: place.span.start,
        end: place.span.end,
    }
}

/// Line and column, from 1, of a byte offset; columns count characters. A lone `\r` ends a line, too.
pub fn position(text: &str, at: usize) -> (usize, usize) {
    let before = &text[..at.min(text.len())];
    let ends =
        |(i, b): &(usize, u8)| *b == b'\n' || (*b == b'\r' && text.as_bytes().get(i + 1) != Some(&b'\n'));
    let line = before.bytes().enumerate().filter(ends).count() + 1;
    let start = before.bytes().enumerate().rfind(ends).map_or(0, |(i, _)| i + 1);
    (line, before[start..].chars().count() + 1)
}
