//! What styles and numbering say of a paragraph.

use std::collections::HashMap;

use crate::refusal::Refusal;
use crate::xml::{Tag, Xml};

/// Styles are based on others; longer chains are not followed.
const CHAIN: usize = 32;

/// Properties of a paragraph or a run; what is not said is inherited.
#[derive(Clone, Debug, Default)]
pub(super) struct Properties {
    pub(super) style: Option<String>,
    /// Level in the document's outline, from 0; 9 is body text.
    pub(super) outline: Option<u8>,
    /// Number of the list; 0 is none.
    pub(super) list: Option<u32>,
    pub(super) depth: Option<u8>,
    pub(super) bold: Option<bool>,
    pub(super) hidden: Option<bool>,
    /// Whether the end of the paragraph was deleted, so that it runs on into the next.
    pub(super) joins: bool,
}

impl Properties {
    /// Takes in what an element inside `pPr` or `rPr` says.
    pub(super) fn take(&mut self, tag: &Tag<'_>) {
        let number = || tag.value()?.parse::<u32>().ok();
        match tag.name() {
            "pStyle" | "rStyle" => self.style = tag.value(),
            "outlineLvl" => self.outline = number().map(|n| n.min(9) as u8),
            "numId" => self.list = number(),
            "ilvl" => self.depth = number().map(|n| n.min(8) as u8),
            "b" => self.bold = Some(tag.on()),
            // Capitals make a line stand out as bold type does.
            "caps" if tag.on() => self.bold = Some(true),
            "vanish" => self.hidden = Some(tag.on()),
            _ => {}
        }
    }

    /// These, and of `base` what they leave open.
    fn over(self, base: &Properties) -> Properties {
        Properties {
            style: base.style.clone(),
            outline: self.outline.or(base.outline),
            list: self.list.or(base.list),
            depth: self.depth.or(base.depth),
            bold: self.bold.or(base.bold),
            hidden: self.hidden.or(base.hidden),
            joins: self.joins,
        }
    }
}

#[derive(Debug, Default)]
struct Style {
    name: String,
    properties: Properties,
    base: Option<String>,
}

/// The styles of a document.
#[derive(Debug, Default)]
pub(super) struct Styles {
    by_id: HashMap<String, Style>,
    default: Option<String>,
}

/// What the names of a paragraph's styles say.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Named {
    pub(super) heading: Option<u8>,
    /// Depth of an item, from 0, and whether it is numbered.
    pub(super) item: Option<(u8, bool)>,
    pub(super) contents: bool,
}

impl Styles {
    pub(super) fn read(mut xml: Xml<'_>) -> Result<Styles, Refusal> {
        let mut styles = Styles::default();
        let mut id = String::new();
        let all = &mut styles;
        xml.inside(|xml, tag| {
            match tag.name() {
                "style" => {
                    id = tag.get("styleId").unwrap_or_default();
                    let paragraph = tag.get("type").as_deref() == Some("paragraph");
                    if paragraph && matches!(tag.get("default").as_deref(), Some("1" | "true")) {
                        all.default = Some(id.clone());
                    }
                    all.by_id.insert(id.clone(), Style::default());
                }
                // Parts of tables, old properties, defaults of all styles, which say nothing of structure.
                "tblStylePr" | "pPrChange" | "rPrChange" | "docDefaults" | "latentStyles" => xml.skip()?,
                _ => {}
            }
            if let Some(style) = all.by_id.get_mut(&id) {
                match tag.name() {
                    "name" => style.name = tag.value().unwrap_or_default().to_lowercase(),
                    "basedOn" => style.base = tag.value(),
                    _ => style.properties.take(tag),
                }
            }
            Ok(())
        })?;
        Ok(styles)
    }

    /// The style and those that it is based on, from the nearest.
    fn chain<'s>(&'s self, id: Option<&'s str>) -> impl Iterator<Item = &'s Style> {
        let first = id.and_then(|id| self.by_id.get(id));
        let next = |style: &&'s Style| style.base.as_ref().and_then(|base| self.by_id.get(base));
        std::iter::successors(first, next).take(CHAIN)
    }

    /// What a paragraph's properties come to.
    pub(super) fn paragraph(&self, own: &Properties) -> Properties {
        let id = own.style.as_deref().or(self.default.as_deref());
        self.chain(id).fold(own.clone(), |all, style| all.over(&style.properties))
    }

    /// What a run's properties come to in a paragraph.
    pub(super) fn run(&self, own: &Properties, paragraph: &Properties) -> Properties {
        let own =
            self.chain(own.style.as_deref()).fold(own.clone(), |all, style| all.over(&style.properties));
        own.over(paragraph)
    }

    /// What the names of a paragraph's styles say. Word keeps them in English in whatever language it speaks.
    pub(super) fn named(&self, own: &Properties) -> Named {
        let mut named = Named::default();
        for style in self.chain(own.style.as_deref()) {
            let name = style.name.as_str();
            named.heading = named.heading.or(match name {
                "title" => Some(1),
                "subtitle" => Some(2),
                _ => name.strip_prefix("heading ").and_then(|n| n.parse().ok()).filter(|n| *n > 0),
            });
            named.item = named.item.or(item(name));
            named.contents |= name.starts_with("toc ") && name != "toc heading";
        }
        named
    }
}

/// `list bullet`, `list number 2`.
fn item(name: &str) -> Option<(u8, bool)> {
    let of = |prefix| name.strip_prefix(prefix).map(str::trim);
    let (depth, numbered) = match (of("list bullet"), of("list number")) {
        (Some(depth), _) => (depth, false),
        (_, Some(depth)) => (depth, true),
        _ => return None,
    };
    let depth = if depth.is_empty() { 1 } else { depth.parse::<u8>().ok()? };
    Some((depth.saturating_sub(1), numbered))
}

/// How the levels of a document's lists are marked.
#[derive(Debug, Default)]
pub(super) struct Lists {
    /// The kind of mark by abstract list and level.
    marks: HashMap<(u32, u8), Mark>,
    /// The abstract list of each list.
    lists: HashMap<u32, u32>,
}

/// What stands before an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    Bullet,
    Number,
    Nothing,
}

impl Lists {
    pub(super) fn read(mut xml: Xml<'_>) -> Result<Lists, Refusal> {
        let mut lists = Lists::default();
        let (mut of, mut level) = (0, 0);
        xml.inside(|_, tag| {
            let id = |name| tag.get(name).and_then(|id| id.parse::<u32>().ok()).unwrap_or(u32::MAX);
            match tag.name() {
                "abstractNum" => of = id("abstractNumId"),
                "lvl" => level = id("ilvl").min(8) as u8,
                "numFmt" => {
                    let mark = match tag.value().as_deref() {
                        Some("bullet") => Mark::Bullet,
                        Some("none") => Mark::Nothing,
                        _ => Mark::Number,
                    };
                    lists.marks.entry((of, level)).or_insert(mark);
                }
                "num" => of = id("numId"),
                "abstractNumId" => {
                    let list = tag.value().and_then(|id| id.parse().ok()).unwrap_or(u32::MAX);
                    lists.lists.insert(of, list);
                }
                _ => {}
            }
            Ok(())
        })?;
        Ok(lists)
    }

    /// The mark of a level of a list. Lists that the file says nothing of have bullets.
    pub(super) fn mark(&self, list: u32, depth: u8) -> Mark {
        let of = self.lists.get(&list).unwrap_or(&u32::MAX);
        self.marks.get(&(*of, depth)).copied().unwrap_or(Mark::Bullet)
    }
}
