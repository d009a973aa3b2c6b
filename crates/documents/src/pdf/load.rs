//! Opens a file and draws its pages.

use hayro_font::hayro_syntax::object::{Array, Dict, Stream};
use hayro_font::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};

use super::super::kind::Kind;
use super::super::limits::Limits;
use super::super::refusal::{Reason, Refusal};
use super::budget::Budget;
use super::draw::Drawing;
use super::fonts::Fonts;
use super::sheet::Sheet;
use super::{damaged, too_large};

/// The pages of a file.
#[derive(Debug)]
pub(super) struct Sheets {
    pub(super) sheets: Vec<Sheet>,
    /// What was left out, in sentences.
    pub(super) notices: Vec<String>,
    /// The title in the file's properties.
    pub(super) title: Option<String>,
}

/// Draws the pages of a file.
pub(super) fn sheets(bytes: &[u8], limits: &Limits) -> Result<Sheets, Refusal> {
    let mut budget = Budget::new(limits);
    budget.file(bytes)?;
    let pdf = open(bytes)?;
    if pdf.len() as u64 > limits.parts {
        return Err(too_large("parts", limits.parts));
    }
    let pages = pdf.pages();
    if pages.is_empty() {
        return Err(damaged("it has no pages"));
    }
    let fonts = Fonts::default();
    let mut notices = Vec::new();
    let mut drawn = Vec::new();
    let mut nameless = 0;
    let mut broken = Vec::new();
    for (page, number) in pages.iter().zip(1..=limits.pages) {
        let mut drawing = Drawing::new(page, number, &fonts, &mut budget);
        drawing.page(page)?;
        nameless += drawing.nameless;
        if drawing.broken {
            broken.push(number);
        }
        drawn.push(drawing.sheet);
    }
    if drawn.iter().all(|sheet| sheet.glyphs.iter().all(|glyph| glyph.text.trim().is_empty())) {
        let scanned = Refusal::new(Kind::Pdf, Reason::NoText);
        return Err(if broken.is_empty() {
            scanned
        } else {
            damaged("the content of its pages can't be unpacked")
        });
    }
    if let [first, rest @ ..] = &broken[..] {
        let pages = rest.iter().fold(first.to_string(), |pages, page| format!("{pages}, {page}"));
        notices.push(format!("some of the content can't be unpacked and was left out: page {pages}"));
    }
    if pages.len() > drawn.len() {
        notices.push(format!(
            "only the first {} of {} pages were read, as the limit says",
            drawn.len(),
            pages.len()
        ));
    }
    if nameless > 0 {
        notices.push(format!(
            "{nameless} {} left out, because the file does not say what letters they are",
            if nameless == 1 { "sign was" } else { "signs were" }
        ));
    }
    let title = pdf.metadata().title.as_deref().map(text_string);
    Ok(Sheets { sheets: drawn, notices, title })
}

fn open(bytes: &[u8]) -> Result<Pdf, Refusal> {
    Pdf::new(bytes.to_vec()).map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected | DecryptionError::MissingIDEntry) => {
            Refusal::new(Kind::Pdf, Reason::Encrypted)
        }
        LoadPdfError::Decryption(_) => Refusal::new(Kind::Pdf, Reason::Encrypted),
        LoadPdfError::Invalid => damaged("no table of its pages can be found"),
    })
}

/// A text of the file's properties: UTF-16 with a mark, or a superset of Latin-1.
fn text_string(bytes: &[u8]) -> String {
    match bytes {
        [0xFE, 0xFF, rest @ ..] => {
            let units = rest.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
            char::decode_utf16(units).map(|letter| letter.unwrap_or(' ')).collect()
        }
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => bytes.iter().copied().map(char::from).collect(),
    }
}

/// The streams of a page, in the order in which they are drawn.
pub(super) fn contents<'a>(page: &Dict<'a>) -> Vec<Stream<'a>> {
    match page.get::<Stream<'_>>("Contents") {
        Some(stream) => vec![stream],
        None => {
            page.get::<Array<'_>>("Contents").map_or(Vec::new(), |array| array.iter::<Stream<'_>>().collect())
        }
    }
}

/// Whether a page names content that isn't there.
pub(super) fn misses_contents(page: &Dict<'_>) -> bool {
    let named = match page.get::<Array<'_>>("Contents") {
        Some(array) => array.raw_iter().next().is_some(),
        None => page.contains_key("Contents"),
    };
    named && contents(page).is_empty()
}
