//! The order in which a person reads the lines of a page: columns one after the other, tables row by row.

use super::lines::Line;
use super::sheet::Shape;

/// Pages with more heights than this are read from top to bottom: no page of text has so many.
const MOST_ROWS: usize = 400;
/// Likewise for lines, cells counted one by one.
const MOST_LINES: usize = 2000;
/// How often columns may part within columns.
const MOST_LEVELS: u32 = 8;
/// A table has at most so many columns.
const MOST_EDGES: usize = 40;
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
type Height = Vec<Line>;

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
    if is_table(&band, &gutter, rules) {
        pieces.extend(table(band, rules));
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

/// Whether what a gutter parts is read across it: ruled, or short cells on common heights.
fn is_table(band: &[Height], gutter: &Gutter, rules: &[Shape]) -> bool {
    let (Some(first), Some(last)) = (band.first(), band.last()) else {
        return false;
    };
    let (top, bottom) = (first[0].base - 2.0 * first[0].size, last[0].base + 2.0 * last[0].size);
    let crossing = |rule: &&Shape| {
        rule.left < gutter.middle - 10.0
            && rule.right > gutter.middle + 10.0
            && (top..bottom).contains(&rule.top)
    };
    if rules.iter().filter(crossing).count() >= 3 {
        return true;
    }
    let left: Vec<&Line> = band.iter().flatten().filter(|line| line.right <= gutter.middle).collect();
    let right: Vec<&Line> = band.iter().flatten().filter(|line| line.left >= gutter.middle).collect();
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
fn table(band: Vec<Height>, rules: &[Shape]) -> Vec<Piece> {
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
