//! What a file is, by its bytes.

use std::fmt;

use memchr::memmem;

use super::archive;
use super::email;

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
    /// The Word format of before 2007: .doc. It is told apart, and refused, as are all that follow.
    OldWord,
    /// A Word, Excel or PowerPoint file that is locked by a password.
    LockedOffice,
    /// .xlsx, .ods, .xls.
    Spreadsheet,
    /// .pptx, .odp, .ppt.
    Slides,
    /// .pages, .numbers, .key.
    Apple,
    /// Outlook's own format for a message: .msg.
    Outlook,
    /// A picture.
    Picture,
    /// A zip archive of something else.
    Archive,
}

const OLE: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
const PICTURES: &[&[u8]] = &[b"\x89PNG\r\n", b"\xFF\xD8\xFF", b"GIF8", b"II*\0", b"MM\0*"];

impl Kind {
    /// The kind that the bytes speak for; nothing if they may be text or are something else.
    pub fn of(bytes: &[u8]) -> Option<Kind> {
        let plain = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
        match bytes {
            _ if plain.starts_with(b"{\\rtf") => Some(Kind::Rtf),
            _ if bytes.starts_with(OLE) => Some(Kind::in_compound_file(bytes)),
            [b'P', b'K', 3 | 5, 4 | 6, ..] => Some(Kind::in_archive(bytes)),
            _ if PICTURES.iter().any(|head| bytes.starts_with(head)) => Some(Kind::Picture),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..]
            | [_, _, _, _, b'f', b't', b'y', b'p', b'h' | b'a' | b'm', ..] => Some(Kind::Picture),
            // A PDF may have something in front of its mark.
            _ if bytes[..bytes.len().min(1024)].windows(5).any(|five| five == b"%PDF-") => Some(Kind::Pdf),
            _ => email::has_header(bytes).then_some(Kind::Email),
        }
    }

    /// What a file of Microsoft's compound format holds, by the names of its streams.
    fn in_compound_file(bytes: &[u8]) -> Kind {
        let has = |name: &str| {
            let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
            memmem::find(bytes, &wide).is_some()
        };
        match () {
            () if has("EncryptedPackage") => Kind::LockedOffice,
            () if has("__substg1.0_") => Kind::Outlook,
            () if has("WordDocument") => Kind::OldWord,
            () if has("Workbook") => Kind::Spreadsheet,
            () if has("PowerPoint Document") => Kind::Slides,
            () => Kind::OldWord,
        }
    }

    /// What a zip archive holds.
    fn in_archive(bytes: &[u8]) -> Kind {
        // OpenDocument states its kind uncompressed at the very beginning.
        let head = &bytes[..bytes.len().min(256)];
        let states = |kind: &str| memmem::find(head, kind.as_bytes()).is_some();
        let odf = "application/vnd.oasis.opendocument.";
        if let Some((_, kind)) =
            [("text", Kind::Odt), ("spreadsheet", Kind::Spreadsheet), ("presentation", Kind::Slides)]
                .into_iter()
                .find(|(name, _)| states(&format!("{odf}{name}")))
        {
            return kind;
        }
        // The names stand in a directory at the end; of a file that is cut off, the local headers remain.
        let names = archive::names(bytes);
        let has = |part: &str| match &names {
            Some(names) => names.iter().any(|name| name.starts_with(part)),
            None => memmem::find(bytes, part.as_bytes()).is_some(),
        };
        match () {
            () if has("word/") => Kind::Docx,
            () if has("xl/") => Kind::Spreadsheet,
            () if has("ppt/") => Kind::Slides,
            () if has("Index/") || has("Index.zip") => Kind::Apple,
            () if has("content.xml") => Kind::Odt,
            () => Kind::Archive,
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
            Kind::LockedOffice => "a Word, Excel or PowerPoint file",
            Kind::Spreadsheet => "a spreadsheet",
            Kind::Slides => "a presentation",
            Kind::Apple => "an Apple Pages, Numbers or Keynote file",
            Kind::Outlook => "an Outlook message",
            Kind::Picture => "a picture",
            Kind::Archive => "a zip archive",
        })
    }
}
