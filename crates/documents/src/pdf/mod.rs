//! PDF: the crate hayro reads the file and its fonts; what the page means is recovered here.
//!
//! ```text
//! bytes ─budget─load→ Pdf ─draw→ Sheet (glyphs, marks) ─rows→ Row ─columns→ Line ─blocks→ Block ─write→ Outline
//! ```

mod blocks;
mod budget;
mod bullets;
mod columns;
mod draw;
mod fonts;
mod furniture;
mod grid;
mod guard;
mod headings;
mod lines;
mod load;
mod paths;
mod prose;
mod rows;
mod sheet;
mod state;
mod tables;
mod write;

use super::document::Document;
use super::kind::Kind;
use super::limits::Limits;
use super::refusal::{Reason, Refusal};

/// Reads a PDF file.
///
/// # Errors
/// The file is locked, damaged, without text, or goes beyond a limit.
pub(crate) fn read(bytes: &[u8], limits: &Limits) -> Result<Document, Refusal> {
    let outcome = guard::quietly(|| load::sheets(bytes, limits).map(write::document));
    outcome.unwrap_or_else(|| Err(damaged("its parts don't fit together")))
}

/// A refusal of a file that is not what it claims to be.
fn damaged(what: &str) -> Refusal {
    Refusal::new(Kind::Pdf, Reason::Damaged(what.to_owned()))
}

/// A refusal of a file that goes beyond a limit.
fn too_large(limit: &'static str, value: u64) -> Refusal {
    Refusal::new(Kind::Pdf, Reason::TooLarge(limit, value))
}
