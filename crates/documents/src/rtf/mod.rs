//! RTF files: a small state machine over groups and control words.

mod letters;
mod paragraphs;
mod reader;
mod tokens;

use crate::blocks;
use crate::document::Document;
use crate::kind::Kind;
use crate::limits::Limits;
use crate::outline::Outline;
use crate::refusal::{Reason, Refusal};
use crate::title;

use reader::Reader;

/// Reads an RTF file.
pub(crate) fn read(bytes: &[u8], limits: &Limits) -> Result<Document, Refusal> {
    if bytes.len() as u64 > limits.unpacked {
        return Err(Refusal::new(Kind::Rtf, Reason::TooLarge("MB", limits.unpacked >> 20)));
    }
    let found = Reader::new(limits).read(bytes)?;
    let mut out = Outline::default();
    blocks::write(&found.parts, &mut out);
    if found.breaks_off {
        out.notice("the file breaks off; its end may be missing");
    }
    let mut document = out.finish();
    title::state(&mut document, &found.title);
    Ok(document)
}
