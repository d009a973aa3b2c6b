//! Fonts: what a code means and how wide it is.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

use hayro_font::hayro_cmap::BfString;
use hayro_font::hayro_syntax::object::{Array, Dict, Name, ObjectIdentifier, Stream};
use hayro_font::{CMapResolverFn, Font, FontCache, FontGlyph, FontQuery, FontResolverFn};

use super::super::refusal::Refusal;
use super::budget::Budget;

/// The most codes that a font of two-byte codes can give widths for.
const CODES: u32 = 1 << 16;

/// The fonts of a file, each read once.
pub(super) struct Fonts<'a> {
    cache: FontCache<'a>,
    known: RefCell<HashMap<ObjectIdentifier, Option<Face<'a>>>>,
    programs: FontResolverFn,
    cmaps: CMapResolverFn,
}

/// A font as the page uses it.
#[derive(Clone)]
pub(super) struct Face<'a> {
    pub(super) font: Font<'a>,
    pub(super) bold: bool,
}

impl Default for Fonts<'_> {
    fn default() -> Self {
        let programs: FontResolverFn = Arc::new(|query| match query {
            FontQuery::Standard(standard) => Some(standard.get_font_data()),
            FontQuery::Fallback(wanted) => Some(wanted.pick_standard_font().get_font_data()),
        });
        Fonts { cache: FontCache::new(), known: RefCell::default(), programs, cmaps: Arc::new(|_| None) }
    }
}

impl<'a> Fonts<'a> {
    /// The font that a dictionary describes; nothing if it is beyond repair.
    pub(super) fn face(&self, dict: &Dict<'a>, budget: &mut Budget) -> Result<Option<Face<'a>>, Refusal> {
        if let Some(id) = dict.obj_id()
            && let Some(face) = self.known.borrow().get(&id)
        {
            return Ok(face.clone());
        }
        admit(dict, budget)?;
        let font = is_sane(dict).then(|| self.cache.font(dict, &self.programs, &self.cmaps)).flatten();
        let face = font.map(|font| Face { font, bold: is_bold(dict) });
        if let Some(id) = dict.obj_id() {
            self.known.borrow_mut().insert(id, face.clone());
        }
        Ok(face)
    }
}

impl Face<'_> {
    /// What a code of the font says.
    pub(super) fn text(&self, code: u32) -> Option<String> {
        let meaning = match self.font.glyph(self.font.map_code(code), code) {
            FontGlyph::Outline(glyph) => glyph.as_unicode(),
            FontGlyph::Type3(glyph) => glyph.as_unicode(),
        };
        Some(match meaning? {
            BfString::Char(letter) => letter.to_string(),
            BfString::String(letters) => letters,
        })
    }
}

/// The dictionaries that make up a font.
fn parts<'a>(dict: &Dict<'a>) -> Vec<Dict<'a>> {
    let mut parts = vec![dict.clone()];
    parts.extend(dict.get::<Array<'_>>("DescendantFonts").and_then(|fonts| fonts.iter::<Dict<'_>>().next()));
    let descriptors: Vec<_> =
        parts.iter().filter_map(|part| part.get::<Dict<'_>>("FontDescriptor")).collect();
    parts.extend(descriptors);
    parts
}

/// Takes account of the streams that reading the font will unpack.
fn admit(dict: &Dict<'_>, budget: &mut Budget) -> Result<(), Refusal> {
    for part in parts(dict) {
        for key in ["ToUnicode", "Encoding", "CIDToGIDMap", "FontFile", "FontFile2", "FontFile3"] {
            if let Some(stream) = part.get::<Stream<'_>>(key) {
                let data = stream.raw_data();
                budget.again(&data, stream.dict().data())?;
                budget.steps(data.len() as u64 / 16)?;
            }
        }
    }
    Ok(())
}

/// Whether the tables of widths are of a size that a real font has: reading them costs as much.
fn is_sane(dict: &Dict<'_>) -> bool {
    let first = dict.get::<f64>("FirstChar").unwrap_or(0.0);
    (0.0..256.0).contains(&first)
        && parts(dict).iter().all(|part| {
            ["W", "W2"]
                .iter()
                .all(|key| part.get::<Array<'_>>(key).is_none_or(|widths| spans(&widths) <= CODES))
        })
}

/// How many codes a table of widths speaks of.
fn spans(widths: &Array<'_>) -> u32 {
    let mut values = widths.flex_iter();
    let mut count = 0_u32;
    loop {
        if let Some((_, list)) = values.next::<(u32, Array<'_>)>() {
            count = count.saturating_add((list.data().len() as u32).div_ceil(2));
        } else if let Some((first, last, _)) = values.next::<(u32, u32, f32)>() {
            count = count.saturating_add(last.saturating_sub(first).saturating_add(1));
        } else {
            return count;
        }
    }
}

/// Whether a font is bold, by its name, its weight or the flag that asks for bold.
fn is_bold(dict: &Dict<'_>) -> bool {
    const FORCE_BOLD: u32 = 1 << 18;
    let named = |part: &Dict<'_>, key: &str| {
        part.get::<Name<'_>>(key).is_some_and(|name| {
            let name = name.as_str().to_lowercase();
            ["bold", "black", "heavy", "demi"].iter().any(|word| name.contains(word))
        })
    };
    parts(dict).iter().any(|part| {
        named(part, "BaseFont")
            || named(part, "FontName")
            || part.get::<f32>("FontWeight").is_some_and(|weight| weight >= 600.0)
            || part.get::<u32>("Flags").is_some_and(|flags| flags & FORCE_BOLD != 0)
    })
}
