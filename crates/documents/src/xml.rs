//! XML, element by element, within limits.

use std::borrow::Cow;

use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::kind::Kind;
use super::limits::Limits;
use super::refusal::{Reason, Refusal};

/// A reader of one XML text.
pub(crate) struct Xml<'x> {
    kind: Kind,
    reader: Reader<&'x [u8]>,
    limits: Limits,
    parts: u64,
    depth: u32,
}

/// What comes next.
pub(crate) enum Node<'x> {
    /// An element begins.
    Open(Tag<'x>),
    /// The innermost open element ends.
    Close,
    /// Text of the innermost open element; what is one text may come in pieces.
    Text(Cow<'x, str>),
}

/// The beginning of an element. Names are told without their prefix.
pub(crate) struct Tag<'x>(BytesStart<'x>);

impl Tag<'_> {
    /// Its name.
    pub(crate) fn name(&self) -> &str {
        self.0.local_name().into_inner()
    }

    /// The value of an attribute.
    pub(crate) fn get(&self, name: &str) -> Option<String> {
        let mut attributes = self.0.attributes();
        let found = attributes.with_checks(false).flatten();

        found
            .filter(|a| a.key.local_name().into_inner() == name)
            .find_map(|a| Some(a.normalized_value(XmlVersion::Implicit1_0).ok()?.into_owned()))
    }

    /// The attribute `val`, where Word keeps the value of a property.
    pub(crate) fn value(&self) -> Option<String> {
        self.get("val")
    }

    /// Whether a property is on: it is, unless `val` says otherwise.
    pub(crate) fn on(&self) -> bool {
        !matches!(self.value().as_deref(), Some("0" | "false" | "off" | "none"))
    }
}

impl<'x> Xml<'x> {
    /// A reader of `text`.
    pub(crate) fn new(kind: Kind, text: &'x str, limits: &Limits) -> Xml<'x> {
        let mut reader = Reader::from_str(text.trim_start_matches('\u{FEFF}'));
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.allow_dangling_amp = true;
        Xml { kind, reader, limits: *limits, parts: 0, depth: 0 }
    }

    /// How many elements are open.
    pub(crate) fn depth(&self) -> u32 {
        self.depth
    }

    /// What comes next; nothing at the end.
    pub(crate) fn next(&mut self) -> Result<Option<Node<'x>>, Refusal> {
        loop {
            match self.reader.read_event().map_err(|e| self.damaged(&e.to_string()))? {
                Event::Start(tag) => {
                    self.enter()?;
                    return Ok(Some(Node::Open(Tag(tag))));
                }
                Event::End(_) => {
                    self.depth = self.depth.saturating_sub(1);
                    return Ok(Some(Node::Close));
                }
                Event::Text(text) => return Ok(Some(Node::Text(text.into_inner()))),
                Event::CData(text) => return Ok(Some(Node::Text(text.into_inner()))),
                Event::GeneralRef(name) => {
                    let c = name.resolve_char_ref().ok().flatten().map(|c| c.to_string());
                    // Entities that the file declares itself are not expanded.
                    let known = c.or_else(|| resolve_predefined_entity(&name).map(str::to_owned));
                    return Ok(Some(Node::Text(known.unwrap_or_default().into())));
                }
                Event::Eof if self.depth > 0 => return Err(self.damaged("it breaks off")),
                Event::Eof => return Ok(None),
                _ => {}
            }
        }
    }

    fn enter(&mut self) -> Result<(), Refusal> {
        self.depth += 1;
        self.parts += 1;
        let Limits { parts, depth, .. } = self.limits;
        if self.depth > depth {
            return Err(Refusal::new(self.kind, Reason::TooLarge("levels of nesting", depth.into())));
        }
        if self.parts > parts {
            return Err(Refusal::new(self.kind, Reason::TooLarge("elements", parts)));
        }
        Ok(())
    }

    /// Skips what is left of the element that was opened last.
    pub(crate) fn skip(&mut self) -> Result<(), Refusal> {
        self.inside(|_, _| Ok(()))
    }

    /// Shows every element inside the one that was opened last, and reads to its end.
    pub(crate) fn inside(
        &mut self,
        mut show: impl FnMut(&mut Self, &Tag<'x>) -> Result<(), Refusal>,
    ) -> Result<(), Refusal> {
        let outer = self.depth;
        while let Some(node) = self.next()? {
            match node {
                Node::Open(tag) => show(self, &tag)?,
                Node::Close if self.depth < outer => break,
                Node::Close | Node::Text(_) => {}
            }
        }
        Ok(())
    }

    /// The text of the elements of a name.
    pub(crate) fn text_of(mut self, name: &str) -> Result<String, Refusal> {
        let mut text = String::new();
        let mut inside = false;
        while let Some(node) = self.next()? {
            match node {
                Node::Open(tag) => inside = tag.name() == name,
                Node::Close => inside = false,
                Node::Text(piece) if inside => text.push_str(&piece),
                Node::Text(_) => {}
            }
        }
        Ok(text)
    }

    fn damaged(&self, what: &str) -> Refusal {
        Refusal::new(self.kind, Reason::Damaged(format!("its XML can't be read: {what}")))
    }
}
