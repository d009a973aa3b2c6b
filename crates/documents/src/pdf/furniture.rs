//! Headers, footers and page numbers: what stands on every page and belongs to none.

use std::collections::{HashMap, HashSet};

use super::lines::Line;

/// The share of the page's height, at its top and bottom, in which furniture stands.
const MARGIN: f32 = 0.13;
/// Places that are noted of one text; furniture has one or two a page.
const MOST_PLACES: usize = 1500;

/// A page's lines with its height.
pub(super) struct Page {
    pub(super) height: f32,
    pub(super) lines: Vec<Line>,
}

/// Takes headers, footers and page numbers off the pages; returns one text of each that was repeated.
/// What is set larger than the text is a title, and stays where it stands first.
pub(super) fn remove(pages: &mut [Page], body: f32) -> Vec<String> {
    let mut seen: HashMap<String, Vec<(usize, f32)>> = HashMap::new();
    for (index, page) in pages.iter().enumerate() {
        for line in page.lines.iter().filter(|line| in_margin(line, page.height)) {
            let places = seen.entry(key(line)).or_default();
            if places.len() < MOST_PLACES {
                places.push((index, line.base));
            }
        }
    }
    let count = pages.len();
    let mut removed: Vec<String> = Vec::new();
    let mut kept: HashSet<String> = HashSet::new();
    for (index, page) in pages.iter_mut().enumerate() {
        let height = page.height;
        page.lines.retain(|line| {
            if !in_margin(line, height) {
                return true;
            }
            let key = key(line);
            let elsewhere = seen.get(&key).map_or(0, |places| elsewhere(places, index, line.base));
            let repeated = elsewhere > 0 && (elsewhere + 1) * 2 >= count;
            if repeated && line.size > 1.15 * body && kept.insert(key) {
                return true;
            }
            if repeated && !is_page_number(line) && !removed.contains(&line.text()) && removed.len() < 8 {
                removed.push(line.text());
            }
            !(repeated || is_page_number(line))
        });
    }
    removed
}

fn in_margin(line: &Line, height: f32) -> bool {
    line.base < MARGIN * height || line.base > (1.0 - MARGIN) * height
}

/// On how many other pages the same stands at about the same height.
fn elsewhere(places: &[(usize, f32)], index: usize, base: f32) -> usize {
    let mut others: Vec<usize> = places
        .iter()
        .filter(|(page, at)| *page != index && (at - base).abs() < 6.0)
        .map(|(page, _)| *page)
        .collect();
    others.dedup();
    others.len()
}

/// The text without case and with its numbers alike.
fn key(line: &Line) -> String {
    line.text()
        .chars()
        .map(|letter| if letter.is_ascii_digit() { '#' } else { letter })
        .collect::<String>()
        .to_lowercase()
}

/// `7`, `- 7 -`, `Page 7`, `7 / 9`, `Page 7 of 9`.
fn is_page_number(line: &Line) -> bool {
    let text = line.text().to_lowercase();
    let words: Vec<&str> =
        text.split([' ', '-', '–', '—', '|', '/']).filter(|word| !word.is_empty()).collect();
    let number = |word: &str| word.len() <= 4 && word.bytes().all(|byte| byte.is_ascii_digit());
    match words[..] {
        [n] | ["page", n] => number(n),
        [n, m] | [n, "of", m] | ["page", n, m] | ["page", n, "of", m] => number(n) && number(m),
        _ => false,
    }
}
