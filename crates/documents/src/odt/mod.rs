//! OpenDocument texts (.odt).

mod body;
mod styles;

use crate::archive::Archive;
use crate::blocks;
use crate::document::Document;
use crate::kind::Kind;
use crate::limits::Limits;
use crate::outline::Outline;
use crate::refusal::{Reason, Refusal};
use crate::title;
use crate::xml::Xml;

use body::Body;
use styles::Styles;

/// Reads an OpenDocument text.
pub(crate) fn read(bytes: &[u8], limits: &Limits) -> Result<Document, Refusal> {
    let mut archive = Archive::open(Kind::Odt, bytes, limits)?;
    if archive.text("META-INF/manifest.xml")?.is_some_and(|manifest| manifest.contains("encryption-data")) {
        return Err(Refusal::new(Kind::Odt, Reason::Encrypted));
    }
    let content = archive.demand("content.xml")?;
    let mut styles = Styles::default();
    if let Some(text) = archive.text("styles.xml")? {
        styles.read(Xml::new(Kind::Odt, &text, limits))?;
    }
    // Names in the content replace those that stand for its headers and footers.
    styles.read(Xml::new(Kind::Odt, &content, limits))?;
    let parts = Body::new(Xml::new(Kind::Odt, &content, limits), &styles).read()?;
    let mut out = Outline::default();
    blocks::write(&parts, &mut out);
    let mut document = out.finish();
    if let Some(meta) = archive.text("meta.xml")? {
        title::state(&mut document, &Xml::new(Kind::Odt, &meta, limits).text_of("title")?);
    }
    Ok(document)
}
