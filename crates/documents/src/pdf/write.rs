//! Pages to the text that a person would write down.

use super::super::document::{Document, Place};
use super::super::outline::Outline;
use super::blocks::{self, Block, Kind};
use super::furniture::{self, Page};
use super::grid;
use super::headings::{self, Body};
use super::lines::Line;
use super::load::Sheets;
use super::prose::{self, Lexicon};
use super::rows;

/// The document that the pages show.
pub(super) fn document(file: Sheets) -> Document {
    let mut pages: Vec<Page> =
        file.sheets.iter().map(|sheet| Page { height: sheet.height, lines: rows::lines(sheet) }).collect();
    let body = Body::of(pages.iter().flat_map(|page| &page.lines));
    let removed = furniture::remove(&mut pages, body.size);
    let mut lexicon = Lexicon::default();
    pages.iter().flat_map(|page| &page.lines).for_each(|line| lexicon.learn(line));
    let mut pieces = Vec::new();
    for (page, sheet) in pages.into_iter().zip(&file.sheets) {
        pieces.extend(grid::order(page.lines, sheet));
    }
    let leading = blocks::leading(&pieces);
    let mut blocks = blocks::group(pieces, leading);
    headings::mark(&mut blocks, body);
    let mut outline = Outline::default();
    file.notices.into_iter().for_each(|notice| outline.notice(notice));
    if !removed.is_empty() {
        outline
            .notice(format!("left out what the pages repeat at their edges: \"{}\"", removed.join("\", \"")));
    }
    let title = file.title.as_deref().map(str::trim).filter(|title| !title.is_empty());
    if let Some(title) = title.filter(|title| stands_in(title, &blocks)) {
        outline.title(title);
    }
    blocks.iter().for_each(|block| write(&mut outline, block, &lexicon));
    outline.finish()
}

/// Whether the title of the properties stands at the top of the text: else it is the name of a template, most likely.
fn stands_in(title: &str, blocks: &[Block]) -> bool {
    let same = |block: &Block| {
        let text: Vec<String> = block.lines.iter().map(Line::text).collect();
        text.join(" ").to_lowercase() == title.to_lowercase()
    };
    blocks.iter().take(6).any(same)
}

fn write(outline: &mut Outline, block: &Block, lexicon: &Lexicon) {
    let place = Place::Page(block.lines.first().map_or(1, |line| line.page));
    let mut text = block.prefix.clone().unwrap_or_default();
    block.lines.iter().for_each(|line| prose::join(&mut text, line, lexicon));
    for value in &block.values {
        // A form's label and its value.
        let labels = block.values.len() == 1 && text.ends_with(char::is_alphanumeric);
        text.push_str(if labels { ": " } else { " " });
        let mut cell = String::new();
        value.lines.iter().for_each(|line| prose::join(&mut cell, line, lexicon));
        text.push_str(&cell);
    }
    match block.kind {
        Kind::Heading(level) => outline.heading(level, &text, place),
        Kind::Item(depth) => outline.item(depth, &text, place),
        Kind::Paragraph => outline.paragraph(&text, place),
    }
}
