//! Markup that can't be broken: tags and attribute names are literals, all else is escaped, every tag is closed.

use std::fmt::{Display, Write};

/// Finished markup. The only ways to it are escaped text and [`Tag`]s.
#[derive(Clone, Debug, Default)]
pub(super) struct Markup(String);

impl Markup {
    /// As a string.
    pub(super) fn into_string(self) -> String {
        self.0
    }

    /// Appends markup, or text, which is escaped.
    pub(super) fn push(&mut self, more: impl Into<Markup>) {
        self.0.push_str(&more.into().0);
    }

    /// The contents of a style sheet or script of ours, which must not be escaped.
    pub(super) fn literal(ours: &'static str) -> Markup {
        Markup(ours.to_owned())
    }

    /// Whether there is nothing.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Text to markup: escaped, control characters shown by their pictures (U+2400 and on).
fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' | '\t' => out.push(c),
            '\r' => out.push('\n'),
            '\u{0}'..='\u{1F}' => out.push(char::from_u32(0x2400 + c as u32).unwrap_or(' ')),
            '\u{7F}'..='\u{9F}' => out.push('\u{FFFD}'),
            _ => out.push(c),
        }
    }
}

impl From<&str> for Markup {
    fn from(text: &str) -> Markup {
        let mut out = String::with_capacity(text.len() + text.len() / 16);
        escape(text, &mut out);
        Markup(out)
    }
}

impl From<String> for Markup {
    fn from(text: String) -> Markup {
        text.as_str().into()
    }
}

impl From<&String> for Markup {
    fn from(text: &String) -> Markup {
        text.as_str().into()
    }
}

impl<M: Into<Markup>> From<Option<M>> for Markup {
    fn from(some: Option<M>) -> Markup {
        some.map_or_else(Markup::default, Into::into)
    }
}

impl FromIterator<Markup> for Markup {
    fn from_iter<I: IntoIterator<Item = Markup>>(all: I) -> Markup {
        Markup(all.into_iter().map(|markup| markup.0).collect())
    }
}

impl From<Vec<Markup>> for Markup {
    fn from(all: Vec<Markup>) -> Markup {
        all.into_iter().collect()
    }
}

/// Pieces of markup and text, one behind the other.
macro_rules! all {
    ($($piece:expr),* $(,)?) => {{
        let pieces: Vec<$crate::format::report::markup::Markup> = vec![$($piece.into()),*];
        pieces.into_iter().collect::<$crate::format::report::markup::Markup>()
    }};
}
pub(super) use all;

/// A tag that is not closed yet.
#[must_use]
pub(super) struct Tag {
    name: &'static str,
    out: String,
}

/// Begins a tag.
pub(super) fn tag(name: &'static str) -> Tag {
    Tag { name, out: format!("<{name}") }
}

impl Tag {
    /// Adds an attribute.
    pub(super) fn attr(mut self, name: &'static str, value: impl Display) -> Tag {
        _ = write!(self.out, " {name}=\"");
        escape(&value.to_string(), &mut self.out);
        self.out.push('"');
        self
    }

    /// Adds an attribute whose presence is all that counts.
    pub(super) fn flag(mut self, name: &'static str) -> Tag {
        _ = write!(self.out, " {name}");
        self
    }

    /// Names the classes.
    pub(super) fn class(self, classes: &str) -> Tag {
        self.attr("class", classes)
    }

    /// Gives it an identifier to link to.
    pub(super) fn id(self, id: impl Display) -> Tag {
        self.attr("id", id)
    }

    /// Fills and closes it.
    pub(super) fn holds(mut self, content: impl Into<Markup>) -> Markup {
        self.out.push('>');
        self.out.push_str(&content.into().0);
        _ = write!(self.out, "</{}>", self.name);
        Markup(self.out)
    }

    /// Closes it as a tag that holds nothing.
    pub(super) fn void(mut self) -> Markup {
        self.out.push_str("/>");
        Markup(self.out)
    }
}

/// A heading of this level, 1 to 6.
pub(super) fn heading(level: u8, content: impl Into<Markup>) -> Markup {
    let name = match level {
        0 | 1 => "h1",
        2 => "h2",
        3 => "h3",
        4 => "h4",
        5 => "h5",
        _ => "h6",
    };
    tag(name).holds(content)
}

/// Somebody else's words in the middle of ours: their direction must not turn ours about.
pub(super) fn said(words: impl Into<Markup>) -> Markup {
    tag("bdi").holds(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_is_said_stays_text() {
        let words = "<script>\"'&\u{0}\u{1B}\u{85}\r\n";
        let shown = tag("p").attr("title", words).holds(words).into_string();
        let escaped = "&lt;script&gt;&quot;&#39;&amp;\u{2400}\u{241B}\u{FFFD}\n\n";
        assert_eq!(shown, format!("<p title=\"{escaped}\">{escaped}</p>"));
    }
}
