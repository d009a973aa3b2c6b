//! Word, PDF, OpenDocument, RTF and e-mail files to text that keeps its outline.
//!
//! The text is written as a careful person would type it: `# Heading`, `- item`, a blank line between
//! blocks. [`Document::place`] leads from an offset of the text back to the page or paragraph of the file.
//! Files are not trusted: [`Limits`] bound the memory and the time that one of them may take.

mod archive;
mod blocks;
mod document;
mod docx;
mod email;
mod kind;
mod limits;
mod odt;
mod outline;
mod pdf;
mod refusal;
mod rtf;
mod table;
mod title;
mod xml;

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
    let document = match kind {
        Kind::Docx => docx::read(bytes, limits),
        Kind::Odt => odt::read(bytes, limits),
        Kind::Rtf => rtf::read(bytes, limits),
        Kind::Pdf => pdf::read(bytes, limits),
        Kind::Email => email::read(bytes, limits),
        Kind::LockedOffice => Err(Refusal::new(kind, Reason::Encrypted)),
        _ => Err(Refusal::new(kind, Reason::Unsupported)),
    }?;
    let empty = !document.text.chars().any(char::is_alphanumeric);
    if empty { Err(Refusal::new(kind, Reason::NoText)) } else { Ok(document) }
}
