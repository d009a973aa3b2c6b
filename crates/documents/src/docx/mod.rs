//! Word files (.docx): Office Open XML.

mod body;
mod styles;

use crate::archive::Archive;
use crate::blocks;
use crate::document::Document;
use crate::kind::Kind;
use crate::limits::Limits;
use crate::outline::Outline;
use crate::refusal::Refusal;
use crate::title;
use crate::xml::Xml;

use body::Body;
use styles::{Lists, Styles};

/// Reads a Word file.
pub(crate) fn read(bytes: &[u8], limits: &Limits) -> Result<Document, Refusal> {
    let mut archive = Archive::open(Kind::Docx, bytes, limits)?;
    let main = main_part(&mut archive, limits)?;
    let folder = main.rsplit_once('/').map_or("word", |(folder, _)| folder);
    let text = archive.demand(&main)?;
    let styles = match archive.text(&format!("{folder}/styles.xml"))? {
        Some(text) => Styles::read(xml(&text, limits))?,
        None => Styles::default(),
    };
    let lists = match archive.text(&format!("{folder}/numbering.xml"))? {
        Some(text) => Lists::read(xml(&text, limits))?,
        None => Lists::default(),
    };
    let parts = Body::new(xml(&text, limits), &styles, &lists).read()?;
    let mut out = Outline::default();
    blocks::write(&parts, &mut out);
    let mut document = out.finish();
    if let Some(core) = archive.text("docProps/core.xml")? {
        title::state(&mut document, &xml(&core, limits).text_of("title")?);
    }
    Ok(document)
}

fn xml<'x>(text: &'x str, limits: &Limits) -> Xml<'x> {
    Xml::new(Kind::Docx, text, limits)
}

/// The name of the part that holds the text; it need not be the usual one.
fn main_part(archive: &mut Archive<'_>, limits: &Limits) -> Result<String, Refusal> {
    let mut main = None;
    if let Some(text) = archive.text("_rels/.rels")? {
        xml(&text, limits).inside(|_, tag| {
            if tag.get("Type").is_some_and(|kind| kind.ends_with("/officeDocument")) {
                main = tag.get("Target");
            }
            Ok(())
        })?;
    }
    Ok(main.map_or("word/document.xml".into(), |name| name.trim_start_matches('/').to_owned()))
}
