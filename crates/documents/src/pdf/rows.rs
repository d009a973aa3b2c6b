//! Glyphs to words, and words on one height to lines.

use super::bullets;
use super::lines::{Line, Word};
use super::sheet::{Glyph, Shape, Sheet};

/// A gap that parts words, in letter heights.
const WORD_GAP: f32 = 0.17;
/// A gap that parts columns or cells, in letter heights.
const CELL_GAP: f32 = 1.5;
/// How far off the line raised and lowered letters stand, in letter heights.
const RAISED: f32 = 0.4;
/// Pages with more lines or glyphs are no pages of text: shapes are not brought together with them.
const MOST_LINES: usize = 5000;
const MOST_GLYPHS: usize = 50_000;

/// The lines of a sheet, from top to bottom; those that share a height from left to right. Writing that is
/// turned by quarters comes last.
pub(super) fn lines(sheet: &Sheet) -> Vec<Line> {
    let mut lines = Vec::new();
    for turns in 0..4 {
        let mut glyphs: Vec<&Glyph> = sheet.glyphs.iter().filter(|glyph| glyph.turns == turns).collect();
        glyphs.sort_by(|a, b| a.base.total_cmp(&b.base));
        let mut found = Vec::new();
        for mut row in heights(&glyphs) {
            row.sort_by(|a, b| a.left.total_cmp(&b.left));
            let uprights = if turns == 0 && glyphs.len() < MOST_GLYPHS { &sheet.uprights[..] } else { &[] };
            found.extend(cells(sheet.page, words(&row), uprights));
        }
        if turns == 0 && found.len() < MOST_LINES {
            bullets::attach(&mut found, &sheet.marks);
        }
        lines.extend(found);
    }
    lines
}

/// Parts glyphs that are sorted by height.
fn heights<'g>(glyphs: &[&'g Glyph]) -> Vec<Vec<&'g Glyph>> {
    let mut rows: Vec<Vec<&Glyph>> = Vec::new();
    let (mut base, mut size) = (f32::NEG_INFINITY, 0.0_f32);
    for glyph in glyphs {
        let near = glyph.base - base < RAISED * size.max(glyph.size).min(1.6 * size.min(glyph.size));
        match rows.last_mut() {
            Some(row) if near => row.push(glyph),
            _ => {
                base = glyph.base;
                size = 0.0;
                rows.push(vec![glyph]);
            }
        }
        // The row stands where its largest letters stand.
        if glyph.size > size * 1.05 && !glyph.text.trim().is_empty() {
            (base, size) = (glyph.base, glyph.size);
        }
    }
    rows
}

/// A word with the height on which it stands.
type Standing = (f32, Word);

/// Joins glyphs that are sorted from left to right.
fn words(row: &[&Glyph]) -> Vec<Standing> {
    let gap = word_gap(row);
    let mut words: Vec<Standing> = Vec::new();
    let mut parted = true;
    let mut last: Option<&Glyph> = None;
    for glyph in row {
        if glyph.text.trim().is_empty() {
            parted = true;
            continue;
        }
        // Some programs feign bold type by writing twice.
        if last.is_some_and(|last| last.text == glyph.text && glyph.left - last.left < 0.15 * glyph.size) {
            continue;
        }
        let size = last.map_or(glyph.size, |last| last.size.min(glyph.size));
        match words.last_mut() {
            Some((_, word)) if !parted && glyph.left - word.right < gap * size => {
                word.text.push_str(&glyph.text);
                word.right = word.right.max(glyph.right);
                word.bold &= glyph.bold;
                word.size = word.size.max(glyph.size);
            }
            _ => words.push((glyph.base, word(glyph))),
        }
        (last, parted) = (Some(*glyph), false);
    }
    words
}

fn word(glyph: &Glyph) -> Word {
    Word {
        text: glyph.text.clone(),
        left: glyph.left,
        right: glyph.right,
        size: glyph.size,
        bold: glyph.bold,
    }
}

/// The gap that parts words in a row: wider where the letters themselves are set apart, as in `C L E R K`.
fn word_gap(row: &[&Glyph]) -> f32 {
    let mut gaps: Vec<f32> = row
        .windows(2)
        .map(|pair| (pair[1].left - pair[0].right) / pair[0].size)
        .filter(|gap| *gap < 3.0)
        .collect();
    gaps.sort_by(f32::total_cmp);
    match gaps.get(gaps.len() * 2 / 5) {
        Some(usual) if gaps.len() >= 4 && *usual > 0.12 => usual * 1.6,
        _ => WORD_GAP,
    }
}

/// Parts a row's words at wide gaps and at drawn lines; a sign stays with the text behind it.
fn cells(page: u32, words: Vec<Standing>, uprights: &[Shape]) -> Vec<Line> {
    let mut cells: Vec<Vec<Standing>> = Vec::new();
    for (base, word) in words {
        let joins = cells.last().is_some_and(|cell| match &cell[..] {
            [.., (_, before)] => {
                let gap = (word.left - before.right) / before.size.min(word.size);
                let sign = cell.len() == 1
                    && (bullets::is_sign(&before.text, gap) || bullets::is_number(&before.text));
                let cut = |upright: &Shape| {
                    (before.right - 1.0..word.left + 1.0).contains(&upright.left)
                        && (upright.top..upright.bottom).contains(&(base - 0.3 * word.size))
                };
                gap < if sign { 4.5 } else { CELL_GAP } && !(gap > 0.2 && uprights.iter().any(cut))
            }
            [] => false,
        });
        match cells.last_mut() {
            Some(cell) if joins => cell.push((base, word)),
            _ => cells.push(vec![(base, word)]),
        }
    }
    let line = |cell: Vec<Standing>| {
        let size = cell.iter().map(|(_, word)| word.size).fold(0.0, f32::max);
        let standing = cell.iter().find(|(_, word)| word.size > 0.95 * size).or(cell.first());
        let base = standing.map_or(0.0, |(base, _)| *base);
        let mut line = Line::new(page, base, cell.into_iter().map(|(_, word)| word).collect());
        bullets::detach(&mut line);
        line
    };
    cells.into_iter().map(line).collect()
}
