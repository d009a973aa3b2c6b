//! What a file is, by its bytes.

use std::fmt;

/// A kind of file. Text, Markdown and HTML are not among them: they are read as they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Office Open XML: .docx.
    Docx,
    /// OpenDocument text: .odt.
    Odt,
    /// Portable Document Format.
    Pdf,
    /// Rich Text Format.
    Rtf,
    /// An e-mail with its header: .eml.
    Email,
    /// The Word format of before 2007: .doc. It is told apart, and refused.
    OldWord,
}

impl Kind {
    /// The kind that the bytes speak for; nothing if they may be text or are something else.
    pub fn of(bytes: &[u8]) -> Option<Kind> {
        match bytes {
            [b'%', b'P', b'D', b'F', b'-', ..] => Some(Kind::Pdf),
            [b'{', b'\\', b'r', b't', b'f', ..] => Some(Kind::Rtf),
            [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, ..] => Some(Kind::OldWord),
            _ => None,
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Kind::Docx => "a Word file",
            Kind::Odt => "an OpenDocument text",
            Kind::Pdf => "a PDF file",
            Kind::Rtf => "an RTF file",
            Kind::Email => "an e-mail",
            Kind::OldWord => "a Word file of the format before 2007",
        })
    }
}
