//! Tables whose cells are framed by drawn lines.

use super::columns::{self, Piece};
use super::lines::Line;
use super::sheet::{Shape, Sheet};
use super::tables;

/// Drawn lines this near touch.
const TOUCH: f32 = 3.0;
/// A page with more drawn lines shows a drawing, not a table.
const MOST_RULES: usize = 600;

/// A framed table.
#[derive(Debug)]
struct Grid {
    frame: Shape,
    /// Where columns part, from left to right, without the frame.
    columns: Vec<f32>,
    /// Where rows part, downwards, without the frame.
    rows: Vec<f32>,
}

/// Orders the lines of a page: text between tables by columns, tables by rows.
pub(super) fn order(lines: Vec<Line>, sheet: &Sheet) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = lines;
    for grid in grids(sheet) {
        let (inside, outside): (Vec<Line>, Vec<Line>) = rest.into_iter().partition(|line| grid.holds(line));
        let (above, below) = outside.into_iter().partition(|line| line.base < grid.frame.top + 2.0);
        pieces.extend(columns::order(above, &sheet.rules));
        pieces.extend(grid.pieces(inside));
        rest = below;
    }
    pieces.extend(columns::order(rest, &sheet.rules));
    pieces
}

/// The tables of a page, downwards.
fn grids(sheet: &Sheet) -> Vec<Grid> {
    if sheet.uprights.is_empty() || sheet.rules.len() + sheet.uprights.len() > MOST_RULES {
        return Vec::new();
    }
    let mut groups: Vec<Vec<Shape>> = Vec::new();
    for shape in sheet.rules.iter().chain(&sheet.uprights) {
        let touches = |group: &Vec<Shape>| group.iter().any(|other| touch(shape, other));
        let (mut joined, apart): (Vec<_>, Vec<_>) = groups.into_iter().partition(touches);
        joined.push(vec![*shape]);
        groups = apart;
        groups.push(joined.concat());
    }
    let mut grids: Vec<Grid> = groups.iter().filter_map(|group| Grid::of(group)).collect();
    grids.sort_by(|a, b| a.frame.top.total_cmp(&b.frame.top));
    grids
}

fn touch(a: &Shape, b: &Shape) -> bool {
    a.left < b.right + TOUCH
        && b.left < a.right + TOUCH
        && a.top < b.bottom + TOUCH
        && b.top < a.bottom + TOUCH
}

impl Grid {
    /// The table that drawn lines frame, if there are cells in it.
    fn of(shapes: &[Shape]) -> Option<Grid> {
        let frame = shapes.iter().copied().reduce(|a, b| Shape {
            left: a.left.min(b.left),
            top: a.top.min(b.top),
            right: a.right.max(b.right),
            bottom: a.bottom.max(b.bottom),
        })?;
        let upright = |shape: &&Shape| shape.height() > shape.width();
        let columns = steps(shapes.iter().filter(upright).map(|shape| shape.left), frame.left, frame.right);
        let rows = steps(
            shapes.iter().filter(|shape| !upright(shape)).map(|shape| shape.top),
            frame.top,
            frame.bottom,
        );
        let cells = (columns.len() + 1) * (rows.len() + 1);
        (cells > 1 && frame.width() > 60.0).then_some(Grid { frame, columns, rows })
    }

    fn holds(&self, line: &Line) -> bool {
        let middle = line.base - 0.3 * line.size;
        (self.frame.top..self.frame.bottom).contains(&middle)
            && line.outer_left() > self.frame.left - 2.0
            && line.right < self.frame.right + 2.0
    }

    fn pieces(&self, lines: Vec<Line>) -> Vec<Piece> {
        let width = self.columns.len() + 1;
        let mut cells: Vec<Vec<Line>> = vec![Vec::new(); width * (self.rows.len() + 1)];
        for line in lines {
            let column = self.columns.partition_point(|edge| *edge < line.outer_left() + 1.0);
            let row = self.rows.partition_point(|edge| *edge < line.base - 0.3 * line.size);
            cells[row * width + column].push(line);
        }
        let mut pieces = Vec::new();
        for row in cells.chunks_mut(width) {
            for (at, cell) in row.iter_mut().enumerate() {
                let left = at.checked_sub(1).map_or(self.frame.left, |at| self.columns[at]);
                let right = self.columns.get(at).copied().unwrap_or(self.frame.right);
                // The margin within the frame is not known; a cell that its text crosses spans others.
                let inner = cell.iter().map(Line::outer_left).fold(right, f32::min);
                let reach = cell.iter().map(|line| line.right).fold(left, f32::max);
                cell.iter_mut().for_each(|line| line.column = (inner, reach.max(right - 6.0)));
            }
            let row = row.iter_mut().map(std::mem::take).filter(|cell| !cell.is_empty());
            pieces.extend(tables::pieces(row.collect()));
        }
        pieces
    }
}

/// The distinct places of drawn lines between two ends.
fn steps(places: impl Iterator<Item = f32>, from: f32, to: f32) -> Vec<f32> {
    let mut places: Vec<f32> =
        places.filter(|place| *place > from + 2.0 * TOUCH && *place < to - 2.0 * TOUCH).collect();
    places.sort_by(f32::total_cmp);
    places.dedup_by(|a, b| *a - *b < 2.0 * TOUCH);
    places
}
