//! Which lines are headings, and of which level.

use super::blocks::{Block, Kind};
use super::lines::Line;

/// How much larger than the text a heading is set.
const LARGER: f32 = 1.1;
/// A heading has at most so many words.
const MOST_WORDS: usize = 14;

/// How the text of a file is set.
#[derive(Clone, Copy, Debug)]
pub(super) struct Body {
    /// The size of most letters.
    pub(super) size: f32,
    /// Most letters are bold.
    pub(super) bold: bool,
}

impl Body {
    /// How most of the letters of these lines are set.
    pub(super) fn of<'l>(lines: impl Iterator<Item = &'l Line>) -> Body {
        let mut sizes: Vec<(f32, usize)> = Vec::new();
        let (mut bold, mut all) = (0, 0);
        for word in lines.flat_map(|line| &line.words) {
            let size = (word.size * 2.0).round() / 2.0;
            let letters = word.text.chars().count();
            all += letters;
            bold += if word.bold { letters } else { 0 };
            match sizes.iter().position(|(known, _)| *known == size) {
                Some(at) => sizes[at].1 += letters,
                None if sizes.len() < 256 => sizes.push((size, letters)),
                None => {}
            }
        }
        let most = sizes.iter().max_by_key(|(_, count)| *count);
        Body { size: most.map_or(10.0, |(size, _)| *size), bold: bold * 2 > all }
    }
}

/// How loud a heading is set.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
struct Loudness {
    size: f32,
    /// Bold or in capitals, where the size alone doesn't tell.
    strong: bool,
}

/// Turns paragraphs that are set as headings into such.
pub(super) fn mark(blocks: &mut [Block], body: Body) {
    let mut loud: Vec<Option<Loudness>> = blocks.iter().map(|block| loudness(block, body)).collect();
    // A heading has something under it.
    if let Some(last) = loud.last_mut() {
        *last = last.filter(|heading| heading.size > LARGER * body.size);
    }
    let mut levels: Vec<Loudness> = loud.iter().flatten().copied().collect();
    levels.sort_by(|a, b| b.partial_cmp(a).unwrap_or(std::cmp::Ordering::Equal));
    levels.dedup();
    for (block, loud) in blocks.iter_mut().zip(loud) {
        if let Some(loud) = loud {
            let level = levels.iter().position(|level| *level == loud).unwrap_or(0) + 1;
            let number =
                block.lines.first_mut().and_then(|line| line.bullet.take()).and_then(|bullet| bullet.number);
            block.kind = Kind::Heading(level.min(6) as u8);
            block.prefix = number;
        }
    }
}

/// How loud a block is set, if it may be a heading.
fn loudness(block: &Block, body: Body) -> Option<Loudness> {
    if block.label && block.lines[0].text().contains(char::is_alphabetic) {
        return Some(Loudness { size: body.size, strong: true });
    }
    if block.cell {
        return None;
    }
    let numbered = block.lines.first()?.bullet.as_ref().is_some_and(|bullet| bullet.number.is_some());
    let words: usize = block.lines.iter().map(|line| line.words.len()).sum();
    let text = block.lines.iter().map(Line::text).collect::<Vec<_>>().join(" ");
    let fits = matches!(block.kind, Kind::Paragraph) || (matches!(block.kind, Kind::Item(_)) && numbered);
    let ended = text.ends_with(['.', ',', ';']) && !text.ends_with("etc.");
    if !fits || ended || words > MOST_WORDS || block.lines.len() > 3 || !text.contains(char::is_alphabetic) {
        return None;
    }
    let size = block.lines.iter().map(|line| (line.size * 2.0).round() / 2.0).fold(0.0, f32::max);
    let large = size > LARGER * body.size;
    let bold = block.lines.iter().all(|line| line.bold) && !body.bold;
    let capitals = in_capitals(&text) && words <= 10;
    (large || bold || (capitals && !numbered)).then_some(Loudness {
        size: if large { size } else { body.size },
        strong: !large || bold || capitals,
    })
}

/// Whether a text is written in capitals.
pub(super) fn in_capitals(text: &str) -> bool {
    let letters = text.chars().filter(|letter| letter.is_alphabetic());
    letters.clone().count() >= 4 && letters.clone().all(|letter| !letter.is_lowercase())
}
