//! The order in which a person reads the lines of a page: columns one after the other, tables row by row.

use super::lines::Line;
use super::sheet::Shape;
use super::tables;

/// Pages with more heights than this are read from top to bottom: no page of text has so many.
const MOST_ROWS: usize = 400;
/// Likewise for lines, cells counted one by one.
const MOST_LINES: usize = 2000;
/// How often columns may part within columns.
const MOST_LEVELS: u32 = 8;
/// So many gaps of a height are tried.
const MOST_GAPS: usize = 8;
/// The narrowest gutter, in letter heights.
const GUTTER: f32 = 0.9;
/// Lines less than this apart stand beside one another, in letter heights.
const BESIDE: f32 = 1.0;

/// What is read in one go.
pub(super) enum Piece {
    /// A line of running text.
    Line(Line),
    /// A row of a table: its cells, each of lines.
    Row(Vec<Vec<Line>>),
}

/// Lines on one height, from left to right.
pub(super) type Height = Vec<Line>;

/// A gutter found: the heights that it parts, and where it runs.
struct Gutter {
    from: usize,
    to: usize,
    middle: f32,
    /// Heights with text on both sides, or with some close by on the other.
    shared: usize,
}

/// Orders the lines of a page.
pub(super) fn order(lines: Vec<Line>, rules: &[Shape]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let level = if lines.len() > MOST_LINES { u32::MAX } else { 0 };
    part(by_height(lines), rules, level, &mut pieces);
    pieces
}

fn by_height(lines: Vec<Line>) -> Vec<Height> {
    let mut heights: Vec<Height> = Vec::new();
    for line in lines {
        let near = |height: &Height| {
            height.iter().any(|other| {
                (other.base - line.base).abs() < 0.4 * other.size.min(line.size) && other.right <= line.left
            })
        };
        match heights.last_mut() {
            Some(height) if near(height) => height.push(line),
            _ => heights.push(vec![line]),
        }
    }
    heights
}

fn part(heights: Vec<Height>, rules: &[Shape], level: u32, pieces: &mut Vec<Piece>) {
    let gutter = if heights.len() > MOST_ROWS || level > MOST_LEVELS { None } else { widest(&heights) };
    let Some(gutter) = gutter else {
        pieces.extend(plain(heights));
        return;
    };
    let mut above = heights;
    let mut band = above.split_off(gutter.from);
    let below = band.split_off(gutter.to - gutter.from);
    part(above, rules, level + 1, pieces);
    if tables::is_table(&band, gutter.middle, rules) {
        pieces.extend(tables::rows(band, rules));
    } else {
        let (left, right) = halves(band, gutter.middle);
        part(left, rules, level + 1, pieces);
        part(right, rules, level + 1, pieces);
    }
    part(below, rules, level + 1, pieces);
}

/// Lines without a gutter; the few that still share a height are read as one row.
fn plain(heights: Vec<Height>) -> Vec<Piece> {
    let left = heights.iter().flatten().map(Line::outer_left).fold(f32::INFINITY, f32::min);
    let right = heights.iter().flatten().map(|line| line.right).fold(left, f32::max);
    let piece = |mut height: Height| {
        for line in &mut height {
            line.column = (left, right);
        }
        match height.pop() {
            Some(line) if height.is_empty() => Piece::Line(line),
            last => Piece::Row(height.into_iter().chain(last).map(|line| vec![line]).collect()),
        }
    };
    heights.into_iter().map(piece).collect()
}

/// The gutter that parts the most heights.
fn widest(heights: &[Height]) -> Option<Gutter> {
    let mut best: Option<Gutter> = None;
    for seed in 0..heights.len() {
        for gap in gaps(heights, seed) {
            let inside = |best: &Gutter| {
                (best.from..best.to).contains(&seed) && gap.0 < best.middle && best.middle < gap.1
            };
            if best.as_ref().is_some_and(inside) {
                continue;
            }
            let found = grow(heights, seed, gap);
            if found.shared >= 2 && best.as_ref().is_none_or(|best| found.shared > best.shared) {
                best = Some(found);
            }
        }
    }
    best
}

/// The gaps on a height, and between it and the next if that stands beside it.
fn gaps(heights: &[Height], seed: usize) -> Vec<(f32, f32)> {
    let height = &heights[seed];
    let mut gaps: Vec<(f32, f32)> =
        height.windows(2).map(|pair| (pair[0].right, pair[1].outer_left())).collect();
    if let Some(next) = heights.get(seed + 1)
        && next[0].base - height[0].base < BESIDE * height[0].size
    {
        gaps.extend(next.iter().flat_map(|below| {
            let pair = |line: &Line| [(line.right, below.outer_left()), (below.right, line.outer_left())];
            height.iter().flat_map(pair).filter(|(left, right)| left < right).collect::<Vec<_>>()
        }));
    }
    gaps.truncate(MOST_GAPS);
    gaps
}

/// Follows a gap upwards and downwards as far as no line crosses it.
fn grow(heights: &[Height], seed: usize, gap: (f32, f32)) -> Gutter {
    let mut gap = gap;
    let (mut from, mut to) = (seed, seed + 1);
    let (mut upwards, mut downwards) = (true, true);
    while upwards || downwards {
        upwards = upwards && from > 0 && narrow(&heights[from - 1], &mut gap, heights[from][0].base);
        from -= usize::from(upwards);
        downwards =
            downwards && to < heights.len() && narrow(&heights[to], &mut gap, heights[to - 1][0].base);
        to += usize::from(downwards);
    }
    let middle = (gap.0 + gap.1) / 2.0;
    let both = |index: usize| is_flanked(heights, index, middle);
    // Lines on one side only at the ends belong to the text before and behind, unless they go on with a column.
    let grown = from;
    while from < seed && !both(from) {
        from += 1;
    }
    while from > grown && continues_up(heights, from - 1, middle) {
        from -= 1;
    }
    let last = (from..to).rev().find(|index| both(*index)).unwrap_or(seed);
    let to = tail(heights, last, to, middle);
    Gutter { from, to, middle, shared: (from..to).filter(|index| both(*index)).count() }
}

/// Narrows a gap to what a height leaves free of it; false if too little is left, or the height is far off.
fn narrow(height: &Height, gap: &mut (f32, f32), neighbour: f32) -> bool {
    let size = height[0].size;
    let (mut left, mut right) = *gap;
    let middle = (left + right) / 2.0;
    for line in height {
        if line.right <= middle {
            left = left.max(line.right);
        } else if line.outer_left() >= middle || line.outer_left() > left + GUTTER * size {
            right = right.min(line.outer_left());
        } else if line.right < right - GUTTER * size {
            left = left.max(line.right);
        } else {
            return false;
        }
    }
    if right - left < GUTTER * size || (height[0].base - neighbour).abs() > 12.0 * size {
        return false;
    }
    *gap = (left, right);
    true
}

/// Whether a height has text to the left and to the right of a gutter.
fn sides(height: &Height, middle: f32) -> (bool, bool) {
    (height.iter().any(|line| line.right <= middle), height.iter().any(|line| line.left >= middle))
}

/// Whether there is text on both sides of a gutter on a height or close above or below it.
fn is_flanked(heights: &[Height], index: usize, middle: f32) -> bool {
    let near =
        |other: &&Height| (other[0].base - heights[index][0].base).abs() < BESIDE * heights[index][0].size;
    let around = &heights[index.saturating_sub(2)..heights.len().min(index + 3)];
    let found = around.iter().filter(near).map(|height| sides(height, middle));
    let (left, right) = found.fold((false, false), |(l, r), (left, right)| (l || left, r || right));
    left && right
}

/// Whether a height above a band belongs to its right column: nothing else stands so far to the right.
fn continues_up(heights: &[Height], index: usize, middle: f32) -> bool {
    let (line, below) = (&heights[index][0], &heights[index + 1]);
    let right = below.iter().find(|line| line.left >= middle);
    let aligned = right.is_none_or(|right| (right.outer_left() - line.outer_left()).abs() < 3.0 * line.size);
    sides(&heights[index], middle) == (false, true) && aligned && below[0].base - line.base < 2.6 * line.size
}

/// How far a column goes on when the other one has ended: as long as its lines follow close.
fn tail(heights: &[Height], last: usize, to: usize, middle: f32) -> usize {
    let column_left = |height: &Height| height.iter().map(Line::outer_left).fold(f32::INFINITY, f32::min);
    let on_right = |height: &Height| sides(height, middle).1;
    let mut end = last + 1;
    while end < to {
        let (line, before) = (&heights[end][0], &heights[end - 1]);
        let close = line.base - before[0].base < 2.6 * line.size;
        let aligned = on_right(&heights[end])
            || (column_left(&heights[end]) - column_left(before)).abs() < 3.0 * line.size;
        if !(close && aligned) {
            break;
        }
        end += 1;
    }
    end
}

fn halves(band: Vec<Height>, middle: f32) -> (Vec<Height>, Vec<Height>) {
    let (mut left, mut right) = (Vec::new(), Vec::new());
    for height in band {
        let (before, behind): (Height, Height) = height.into_iter().partition(|line| line.right <= middle);
        left.extend(Some(before).filter(|height| !height.is_empty()));
        right.extend(Some(behind).filter(|height| !height.is_empty()));
    }
    (left, right)
}
