//! Tables without a frame: what stands side by side on common heights.

use super::columns::{Height, Piece};
use super::lines::Line;
use super::sheet::Shape;

/// A table has at most so many columns.
const MOST_EDGES: usize = 40;

/// Whether what a gutter parts is read across it: ruled, or short cells on common heights.
pub(super) fn is_table(band: &[Height], gutter: f32, rules: &[Shape]) -> bool {
    let (Some(first), Some(last)) = (band.first(), band.last()) else {
        return false;
    };
    let (top, bottom) = (first[0].base - 2.0 * first[0].size, last[0].base + 2.0 * last[0].size);
    let crossing = |rule: &&Shape| {
        rule.left < gutter - 10.0 && rule.right > gutter + 10.0 && (top..bottom).contains(&rule.top)
    };
    if rules.iter().filter(crossing).count() >= 3 {
        return true;
    }
    let left: Vec<&Line> = band.iter().flatten().filter(|line| line.right <= gutter).collect();
    let right: Vec<&Line> = band.iter().flatten().filter(|line| line.left >= gutter).collect();
    let listed = |lines: &[&Line]| {
        lines.iter().any(|line| line.bullet.as_ref().is_some_and(|bullet| bullet.number.is_none()))
    };
    if (is_prose(&left) && is_prose(&right)) || (listed(&left) && listed(&right)) {
        return false;
    }
    let level = |line: &&&Line| right.iter().any(|other| (other.base - line.base).abs() < 0.25 * line.size);
    let shared = left.iter().filter(level).count();
    2 * shared > left.len().min(right.len())
}

/// Whether lines fill their column as running text and the items of lists do.
fn is_prose(lines: &[&Line]) -> bool {
    let words: usize = lines.iter().map(|line| line.words.len()).sum();
    let left = lines.iter().map(|line| line.outer_left()).fold(f32::INFINITY, f32::min);
    let right = lines.iter().map(|line| line.right).fold(left, f32::max);
    let full = lines.iter().filter(|line| line.right - left > 0.75 * (right - left)).count();
    lines.len() >= 4 && words * 2 >= lines.len() * 7 && full * 2 >= lines.len()
}

/// Reads a band of heights row by row.
pub(super) fn rows(band: Vec<Height>, rules: &[Shape]) -> Vec<Piece> {
    let edges = edges(&band);
    let ruled = band.windows(2).filter(|pair| is_ruled(&pair[0], &pair[1], rules)).count() > 1;
    let mut rows: Vec<Vec<Vec<Line>>> = Vec::new();
    let mut before: Option<Height> = None;
    for height in band {
        let opens = before.as_ref().is_none_or(|before| {
            is_ruled(before, &height, rules) || (!ruled && opens_row(before, &height, &edges))
        });
        before = Some(height.clone());
        if opens {
            rows.push(vec![Vec::new(); edges.len() + 1]);
        }
        for line in height {
            let cell = edges.iter().filter(|edge| **edge <= line.outer_left()).count();
            if let Some(row) = rows.last_mut() {
                row[cell].push(line);
            }
        }
    }
    let filled = |row: Vec<Vec<Line>>| row.into_iter().filter(|cell| !cell.is_empty()).map(framed).collect();
    rows.into_iter().map(filled).flat_map(pieces).collect()
}

/// The row of a table as a piece; one that is a single cell is text of its own, and may be a heading.
pub(super) fn pieces(mut row: Vec<Vec<Line>>) -> Vec<Piece> {
    match row.len() {
        0 | 1 => row.pop().into_iter().flatten().map(Piece::Line).collect(),
        _ => vec![Piece::Row(row)],
    }
}

/// Gives the lines of a cell the cell's own bounds.
fn framed(mut cell: Vec<Line>) -> Vec<Line> {
    let left = cell.iter().map(Line::outer_left).fold(f32::INFINITY, f32::min);
    let right = cell.iter().map(|line| line.right).fold(left, f32::max);
    for line in &mut cell {
        line.column = (left, right);
    }
    cell
}

/// Where the cells of a table begin, but for the first: the gaps that no line crosses.
fn edges(band: &[Height]) -> Vec<f32> {
    let mut spans: Vec<(f32, f32)> =
        band.iter().flatten().map(|line| (line.outer_left(), line.right)).collect();
    spans.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut reach = f32::NEG_INFINITY;
    let mut edges = Vec::new();
    for (left, right) in spans {
        if reach.is_finite() && left > reach {
            edges.push((left + reach) / 2.0);
        }
        reach = reach.max(right);
    }
    edges.truncate(MOST_EDGES);
    edges
}

/// Whether a rule parts two heights.
fn is_ruled(before: &Height, height: &Height, rules: &[Shape]) -> bool {
    let (upper, lower) = (before[0].base, height[0].base);
    let (left, right) = (height[0].outer_left() - 2.0, height.last().map_or(0.0, |line| line.right));
    rules.iter().any(|rule| {
        rule.left < right
            && rule.right > left
            && rule.width() > 40.0
            && rule.top > upper - 1.0
            && rule.top < lower
    })
}

/// Whether a height begins a row of a table without rules: its first cell begins anew.
fn opens_row(before: &Height, height: &Height, edges: &[f32]) -> bool {
    let Some(first) = edges.first() else {
        return true;
    };
    let begins = height[0].outer_left() < *first;
    let apart = height[0].base - before[0].base > 1.9 * height[0].size;
    begins && (apart || height.len() > 1 || before.len() == 1)
}
