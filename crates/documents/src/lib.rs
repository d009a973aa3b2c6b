//! Word, PDF, OpenDocument, RTF and e-mail files to text that keeps its outline.
//!
//! The text is written as a careful person would type it: `# Heading`, `- item`, a blank line between
//! blocks. [`Document::place`] leads from an offset of the text back to the page or paragraph of the file.
//! Files are not trusted: [`Limits`] bound the memory and the time that one of them may take.

mod document;
mod kind;
mod limits;
mod outline;
mod pdf;
mod refusal;

pub use document::{Document, Place};
pub use kind::Kind;
pub use limits::Limits;
pub use outline::Outline;
pub use refusal::{Reason, Refusal};

/// Reads a file of a kind that [`Kind::of`] has told from its bytes.
///
/// # Errors
/// Why the file can't be read, and what to do about it.
pub fn read(kind: Kind, bytes: &[u8], limits: &Limits) -> Result<Document, Refusal> {
    match kind {
        Kind::Pdf => pdf::read(bytes, limits),
        _ => Err(Refusal::new(kind, Reason::Unsupported)),
    }
}
