//! Signs and numbers that stand before the items of a list.

use super::lines::Line;
use super::sheet::Shape;

/// What marks the first line of an item.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Bullet {
    pub(super) left: f32,
    /// The number as written, `2.` or `(b)`; nothing for a sign.
    pub(super) number: Option<String>,
}

/// The widest gap between a sign and its text, in letter heights.
const REACH: f32 = 5.0;

/// Whether a word is a sign by itself. Letters of sign fonts need a wider gap behind them.
pub(super) fn is_sign(word: &str, gap: f32) -> bool {
    let mut letters = word.chars();
    let (Some(letter), None) = (letters.next(), letters.next()) else {
        return false;
    };
    match letter {
        '•'
        | '●'
        | '▪'
        | '■'
        | '◦'
        | '○'
        | '□'
        | '‣'
        | '⁃'
        | '∙'
        | '·'
        | '➢'
        | '►'
        | '▶'
        | '→'
        | '✓'
        | '✔'
        | '❖'
        | '◆'
        | '♦'
        | '☐'
        | '\u{e000}'..='\u{f8ff}' => true,
        '-' | '–' | '—' | '*' | '−' | '>' | '»' => gap > 0.15,
        'o' | '§' | 'Ø' | 'ü' | 'v' | 'q' | 'n' => gap > 0.6,
        _ => false,
    }
}

/// Whether a word numbers an item: `3.`, `b)`, `(iv)`, `2.1`.
pub(super) fn is_number(word: &str) -> bool {
    let Some(inner) = word.strip_suffix([')', '.']) else {
        return false;
    };
    let inner = inner.strip_prefix('(').unwrap_or(inner);
    let digits = (1..=2).contains(&inner.len()) && inner.bytes().all(|byte| byte.is_ascii_digit());
    let letter = inner.len() == 1 && inner.bytes().all(|byte| byte.is_ascii_alphabetic());
    let roman =
        (1..=4).contains(&inner.len()) && inner.bytes().all(|byte| matches!(byte, b'i' | b'v' | b'x'));
    digits || letter || roman
}

/// Takes the sign or number off a line's words and notes it.
pub(super) fn detach(line: &mut Line) {
    let [first, second, ..] = &line.words[..] else {
        return;
    };
    let gap = (second.left - first.right) / line.size;
    let (sign, number) = (is_sign(&first.text, gap), is_number(&first.text) && gap > 0.15);
    if !(sign || number) || gap > REACH {
        return;
    }
    let word = line.words.remove(0);
    let bullet = Bullet { left: word.left, number: number.then_some(word.text) };
    *line = Line { bullet: Some(bullet), ..Line::new(line.page, line.base, std::mem::take(&mut line.words)) };
}

/// Marks lines whose sign is drawn as a shape.
pub(super) fn attach(lines: &mut [Line], marks: &[Shape]) {
    for mark in marks {
        let middle = (mark.top + mark.bottom) / 2.0;
        let near = |line: &&mut Line| {
            let gap = line.left - mark.right;
            let height = (line.base - middle) / line.size;
            (-0.1..REACH * line.size).contains(&gap)
                && (0.0..0.75).contains(&height)
                && mark.height() < 0.75 * line.size
        };
        let nearest = lines.iter_mut().filter(near).min_by(|a, b| a.left.total_cmp(&b.left));
        if let Some(line) = nearest.filter(|line| line.bullet.is_none()) {
            line.bullet = Some(Bullet { left: mark.left, number: None });
        }
    }
}
