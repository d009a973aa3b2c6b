//! Lines to blocks: headings, paragraphs, items, cells.

use super::columns::Piece;
use super::headings::in_capitals;
use super::lines::Line;

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Kind {
    Heading(u8),
    /// An item of a list, by depth from 0.
    Item(u8),
    Paragraph,
}

/// Lines that are read as one.
#[derive(Clone, Debug)]
pub(super) struct Block {
    pub(super) kind: Kind,
    pub(super) lines: Vec<Line>,
    /// The number that a heading is written with.
    pub(super) prefix: Option<String>,
    /// It stands in a row of a table; what follows does not go on with it.
    pub(super) cell: bool,
    /// It names what the longer cell behind it says.
    pub(super) label: bool,
    /// The short cells that stand behind it in its row.
    pub(super) values: Vec<Block>,
}

/// A cell of at most so many words is read together with its row.
const SHORT_CELL: usize = 5;
/// At most so many cells are read together.
const MOST_VALUES: usize = 16;

/// Groups what is read in order; `leading` is the usual distance of two lines, in letter heights.
pub(super) fn group(pieces: Vec<Piece>, leading: f32) -> Vec<Block> {
    let mut list = List::default();
    let mut blocks: Vec<Block> = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Line(line) => push(&mut blocks, line, leading, &mut list),
            Piece::Row(cells) => blocks.extend(row(cells, leading)),
        }
    }
    blocks
}

/// The usual distance of two lines below one another, in letter heights.
pub(super) fn leading(pieces: &[Piece]) -> f32 {
    let mut distances: Vec<f32> = pieces
        .windows(2)
        .filter_map(|pair| match pair {
            [Piece::Line(upper), Piece::Line(lower)] if upper.page == lower.page => {
                Some((lower.base - upper.base) / upper.size.max(lower.size))
            }
            _ => None,
        })
        .filter(|distance| (0.9..2.2).contains(distance))
        .collect();
    distances.sort_by(f32::total_cmp);
    // Single-spaced lines are the smaller distances; the larger ones part paragraphs.
    distances.get(distances.len() * 2 / 5).copied().unwrap_or(1.2)
}

fn push(blocks: &mut Vec<Block>, line: Line, leading: f32, list: &mut List) {
    match blocks.last_mut() {
        Some(block) if !block.cell && goes_on(block, &line, leading) => block.lines.push(line),
        _ => {
            let kind = match &line.bullet {
                Some(bullet) => Kind::Item(list.depth(bullet.left - line.column.0, line.size)),
                None => {
                    list.interrupt(line.left - line.column.0);
                    Kind::Paragraph
                }
            };
            blocks.push(Block {
                kind,
                lines: vec![line],
                prefix: None,
                cell: false,
                label: false,
                values: Vec::new(),
            });
        }
    }
}

/// A row of a table: short cells on one line, longer ones each by itself.
fn row(cells: Vec<Vec<Line>>, leading: f32) -> Vec<Block> {
    let two = cells.len() == 2;
    let mut blocks: Vec<Block> = Vec::new();
    for cell in cells {
        let mut own: Vec<Block> = Vec::new();
        let mut list = List::default();
        for line in cell {
            push(&mut own, line, leading, &mut list);
        }
        match (blocks.last_mut(), &own[..]) {
            (Some(label), [value])
                if short(label)
                    && value.kind == Kind::Paragraph
                    && label.values.len() < MOST_VALUES
                    && label.values.iter().all(short) =>
            {
                label.values.extend(own);
            }
            _ => blocks.extend(own),
        }
    }
    for block in &mut blocks {
        block.cell = true;
    }
    let names = |block: &Block| short(block) && block.values.is_empty();
    if let [first, rest @ ..] = &mut blocks[..]
        && two
        && names(first)
        && !rest.is_empty()
    {
        first.label = true;
    }
    blocks
}

fn short(block: &Block) -> bool {
    words(block) <= SHORT_CELL && block.kind == Kind::Paragraph
}

fn words(block: &Block) -> usize {
    block.lines.iter().map(|line| line.words.len()).sum()
}

/// Whether a line goes on with a block.
fn goes_on(block: &Block, line: &Line, leading: f32) -> bool {
    let Some(last) = block.lines.last() else {
        return false;
    };
    let first = &block.lines[0];
    let size = last.size.max(line.size);
    if line.bullet.is_some() || (last.size - line.size).abs() > 0.12 * size {
        return false;
    }
    let full = !last.has_room_for(line);
    if last.bold != line.bold && !full {
        return false;
    }
    if !full && in_capitals(&last.text()) != in_capitals(&line.text()) {
        return false;
    }
    let lower = line.first_letter().is_some_and(char::is_lowercase);
    let down = line.base - last.base;
    if line.page != last.page || down <= 0.0 {
        let open = !last.is_closed() && (lower || full) && last.bold == line.bold;
        return open && (block.kind == Kind::Paragraph || lower);
    }
    if down > 1.22 * leading * size {
        // A gap that even an unfinished sentence doesn't bridge.
        return lower && !last.is_closed() && down < 1.6 * leading * size && full;
    }
    let indent = line.left - line.column.0;
    let centred =
        ((line.left + line.right) - (last.left + last.right)).abs() < 1.5 * size && indent > 2.0 * size;
    if centred {
        return last.bold == line.bold && !last.is_closed();
    }
    match &first.bullet {
        // An item goes on under its text, or under its sign where items don't hang.
        Some(bullet) => {
            let hangs = (line.left - first.left).abs() < 0.8 * size;
            let flush = (line.left - bullet.left).abs() < 0.8 * size && lower;
            let deeper = (line.left - last.left).abs() < 0.5 * size
                || (0.0..3.0 * size).contains(&(line.left - first.left));
            (hangs || flush || deeper) && (full || lower || !last.is_closed() && hangs)
        }
        None => {
            let indented = line.left - last.left > 1.2 * size && block.lines.len() > 1;
            let outdented = last.left - line.left > 1.2 * size && block.lines.len() > 1;
            !(indented || outdented) && (full || lower)
        }
    }
}

/// The indents of the signs of the lists that are open.
#[derive(Default)]
struct List {
    indents: Vec<f32>,
}

impl List {
    fn depth(&mut self, indent: f32, size: f32) -> u8 {
        let near = 0.6 * size;
        while self.indents.len() > 1 && self.indents.last().is_some_and(|last| *last > indent + near) {
            self.indents.pop();
        }
        match self.indents.last_mut() {
            Some(last) if *last > indent + near => *last = indent,
            Some(last) if *last >= indent - near => {}
            _ => self.indents.push(indent),
        }
        (self.indents.len() - 1).min(8) as u8
    }

    /// Text between lists ends them, unless it is indented as a part of an item.
    fn interrupt(&mut self, indent: f32) {
        while self.indents.last().is_some_and(|last| *last + 2.0 >= indent) {
            self.indents.pop();
        }
    }
}
