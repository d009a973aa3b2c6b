//! What styles say of a paragraph, a stretch of text or a list.

use std::collections::HashMap;

use crate::refusal::Refusal;
use crate::xml::Xml;

/// Styles have parents; longer chains are not followed.
const CHAIN: usize = 32;

#[derive(Debug, Default)]
struct Style {
    parent: Option<String>,
    bold: Option<bool>,
    hidden: Option<bool>,
    outline: Option<u8>,
}

/// What stands before the items of a list's level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    Bullet,
    Number,
    Nothing,
}

/// The styles of a text.
#[derive(Debug, Default)]
pub(super) struct Styles {
    by_name: HashMap<String, Style>,
    marks: HashMap<(String, u8), Mark>,
}

impl Styles {
    /// Takes in the styles of a part.
    pub(super) fn read(&mut self, mut xml: Xml<'_>) -> Result<(), Refusal> {
        let (mut name, mut list) = (String::new(), String::new());
        xml.inside(|xml, tag| {
            match tag.name() {
                "style" => {
                    name = tag.get("name").unwrap_or_default();
                    let outline = tag.get("default-outline-level").and_then(|level| level.parse().ok());
                    let style = Style { parent: tag.get("parent-style-name"), outline, ..Style::default() };
                    self.by_name.insert(name.clone(), style);
                }
                "text-properties" => {
                    if let Some(style) = self.by_name.get_mut(&name) {
                        let weight = tag.get("font-weight");
                        let heavy =
                            |weight: String| weight == "bold" || weight.parse().is_ok_and(|n: u32| n >= 600);
                        style.bold = weight.map(heavy);
                        // Underlining and capitals make a line stand out, too; links are always underlined.
                        let lined = tag.get("text-underline-style").is_some_and(|line| line != "none");
                        let capitals =
                            tag.get("text-transform").is_some_and(|letters| letters == "uppercase");
                        if (lined && !name.starts_with("Internet") && !name.starts_with("Visited"))
                            || capitals
                        {
                            style.bold = Some(true);
                        }
                        style.hidden = tag.get("display").map(|display| display == "none");
                    }
                }
                "list-style" => list = tag.get("name").unwrap_or_default(),
                mark @ ("list-level-style-bullet" | "list-level-style-number" | "list-level-style-image") => {
                    let level: u8 = tag.get("level").and_then(|level| level.parse().ok()).unwrap_or(1);
                    let plain = tag.get("num-format").is_none_or(|format| format.is_empty());
                    let mark = match mark {
                        "list-level-style-number" if plain => Mark::Nothing,
                        "list-level-style-number" => Mark::Number,
                        _ => Mark::Bullet,
                    };
                    self.marks.insert((list.clone(), level.saturating_sub(1)), mark);
                    xml.skip()?;
                }
                "body" => xml.skip()?,
                // A style of its own ends here, so that what follows is none of it.
                "default-style" | "outline-style" | "page-layout" | "master-styles" => name.clear(),
                _ => {}
            }
            Ok(())
        })
    }

    fn chain<'s>(&'s self, name: &'s str) -> impl Iterator<Item = (&'s str, &'s Style)> {
        let found = |name: &'s str| Some((name, self.by_name.get(name)?));
        std::iter::successors(found(name), move |(_, style)| found(style.parent.as_deref()?)).take(CHAIN)
    }

    pub(super) fn bold(&self, name: &str) -> Option<bool> {
        self.chain(name).find_map(|(_, style)| style.bold)
    }

    pub(super) fn hidden(&self, name: &str) -> Option<bool> {
        self.chain(name).find_map(|(_, style)| style.hidden)
    }

    /// The level of a heading that a paragraph is by its style, from 1.
    pub(super) fn heading(&self, name: &str) -> Option<u8> {
        self.chain(name).find_map(|(name, style)| match name {
            "Title" => Some(1),
            "Subtitle" => Some(2),
            _ => style.outline.filter(|level| *level > 0),
        })
    }

    /// Whether a paragraph belongs to a table of contents by its style.
    pub(super) fn is_contents(&self, name: &str) -> bool {
        self.chain(name).any(|(name, _)| name.starts_with("Contents_20_") && name != "Contents_20_Heading")
    }

    /// The mark of a level of a list, from 0; lists that nothing is said of have bullets.
    pub(super) fn mark(&self, list: &str, depth: u8) -> Mark {
        self.marks.get(&(list.to_owned(), depth)).copied().unwrap_or(Mark::Bullet)
    }
}
