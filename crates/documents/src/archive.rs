//! Files packed in a zip archive, unpacked within a limit.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::kind::Kind;
use super::limits::Limits;
use super::refusal::{Reason, Refusal};

/// An archive of a given kind of document.
pub(crate) struct Archive<'b> {
    kind: Kind,
    zip: ZipArchive<Cursor<&'b [u8]>>,
    limit: u64,
    /// Bytes that may still be unpacked.
    left: u64,
}

impl<'b> Archive<'b> {
    /// Opens an archive.
    pub(crate) fn open(kind: Kind, bytes: &'b [u8], limits: &Limits) -> Result<Archive<'b>, Refusal> {
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|e| refusal(kind, &e))?;
        if zip.len() as u64 > limits.parts {
            return Err(Refusal::new(kind, Reason::TooLarge("packed files", limits.parts)));
        }
        Ok(Archive { kind, zip, limit: limits.unpacked, left: limits.unpacked })
    }

    /// The text of a packed file; nothing if there is none of that name.
    pub(crate) fn text(&mut self, name: &str) -> Result<Option<String>, Refusal> {
        let too_large = Refusal::new(self.kind, Reason::TooLarge("MB unpacked", self.limit >> 20));
        let file = match self.zip.by_name(name) {
            Ok(file) => file,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(error) => return Err(refusal(self.kind, &error)),
        };
        if file.size() > self.left {
            return Err(too_large);
        }
        let mut bytes = Vec::new();
        // What a file says of its size need not be true.
        file.take(self.left + 1)
            .read_to_end(&mut bytes)
            .map_err(|e| Refusal::new(self.kind, Reason::Damaged(format!("{name}: {e}"))))?;
        self.left = self.left.checked_sub(bytes.len() as u64).ok_or(too_large)?;
        Ok(Some(decode(bytes)))
    }

    /// As [`Archive::text`] for a file that must be there.
    pub(crate) fn demand(&mut self, name: &str) -> Result<String, Refusal> {
        let missing = || Refusal::new(self.kind, Reason::Damaged(format!("there is no {name} in it")));
        let missing = missing();
        self.text(name)?.ok_or(missing)
    }
}

/// The names of the packed files; nothing if the bytes are no archive that can be read.
pub(crate) fn names(bytes: &[u8]) -> Option<Vec<String>> {
    let zip = ZipArchive::new(Cursor::new(bytes)).ok()?;
    Some(zip.file_names().filter_map(|name| Some(name.ok()?.into_owned())).collect())
}

fn refusal(kind: Kind, error: &ZipError) -> Refusal {
    let locked = matches!(error, ZipError::UnsupportedArchive(what) if *what == ZipError::PASSWORD_REQUIRED);
    let reason = match error {
        _ if locked => Reason::Encrypted,
        error => Reason::Damaged(error.to_string()),
    };
    Refusal::new(kind, reason)
}

/// XML is UTF-8, or UTF-16 with a mark.
fn decode(bytes: Vec<u8>) -> String {
    let unit: fn([u8; 2]) -> u16 = match bytes.get(..2) {
        Some([0xFF, 0xFE]) => u16::from_le_bytes,
        Some([0xFE, 0xFF]) => u16::from_be_bytes,
        _ => {
            return String::from_utf8(bytes)
                .unwrap_or_else(|e| String::from_utf8_lossy(e.as_bytes()).into_owned());
        }
    };
    let units = bytes[2..].chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}
