//! HTML to text with the light marks that plain documents use: `#` headings, `-` items, blank lines.

mod rows;

use std::convert::Infallible;

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};

use rows::Rows;

/// What a page says.
#[derive(Debug, Default)]
pub struct Page {
    /// Its text.
    pub text: String,
    /// The page's title, if no heading of first rank says it.
    pub title: Option<String>,
    /// Offsets of the text and of the page, rising; in between both run in step.
    pub anchors: Vec<(usize, usize)>,
}

/// Elements of which nothing is read.
const SKIPPED: &[&str] = &[
    "head", "script", "style", "noscript", "template", "nav", "footer", "button", "select", "svg", "iframe",
    "textarea",
];
/// Elements that begin and end a block.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "dd",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figure",
    "form",
    "header",
    "hr",
    "main",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "tbody",
    "thead",
    "tr",
    "ul",
];

/// Reads a page.
pub fn read(source: &str) -> Page {
    let mut reader = Reader {
        source,
        page: Page::default(),
        skipped: Vec::new(),
        in_title: false,
        heading: false,
        pre: 0,
        rows: Rows::default(),
        in_cdata: false,
    };
    let emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, span: Span<usize>| -> Option<Infallible> {
        reader.event(&event, span);
        None
    });
    let mut emitter = emitter;
    emitter.naively_switch_states(true);
    // The callback yields nothing, so this only drives the tokenizer to the end.
    let yielded = Tokenizer::new_with_emitter(source, emitter).count();
    debug_assert_eq!(yielded, 0);
    let mut page = reader.page;
    if page.text.lines().any(|line| line.starts_with("# ")) {
        page.title = None;
    }
    page
}

struct Reader<'s> {
    source: &'s str,
    page: Page,
    /// Open elements of which nothing is read.
    skipped: Vec<String>,
    in_title: bool,
    /// Whether the text at hand belongs to a heading.
    heading: bool,
    /// Open `pre` elements.
    pre: usize,
    rows: Rows,
    /// Whether a CDATA section goes on behind a `>`.
    in_cdata: bool,
}

impl Reader<'_> {
    fn event(&mut self, event: &CallbackEvent<'_>, span: Span<usize>) {
        match *event {
            CallbackEvent::OpenStartTag { name } => self.open(&String::from_utf8_lossy(name)),
            CallbackEvent::EndTag { name } => self.close(&String::from_utf8_lossy(name)),
            CallbackEvent::String { value } => self.string(&String::from_utf8_lossy(value), span),
            CallbackEvent::Comment { value } => {
                if let Some(text) = value.strip_prefix(b"[CDATA[") {
                    self.cdata(&String::from_utf8_lossy(text), span);
                }
            }
            _ => {}
        }
    }

    fn open(&mut self, name: &str) {
        self.in_title = name == "title" && self.page.title.is_none();
        if SKIPPED.contains(&name) {
            self.skipped.push(name.to_owned());
        }
        match name {
            "br" => self.mark("\n"),
            "td" | "th" => self.rows.open_cell(),
            "pre" => self.pre += 1,
            // The first paragraph of a cell is on the line of its row.
            "p" | "div" if self.rows.holds(true) => return,
            _ => {}
        }
        let is_block = name == "li" || heading_level(name).is_some() || BLOCKS.contains(&name);
        if is_block && self.skipped.is_empty() {
            self.rows.part(&mut self.page.text);
        }
        if name == "li" {
            self.block("- ");
        }
        if let Some(level) = heading_level(name) {
            self.block(&format!("{} ", "#".repeat(level)));
            self.heading = true;
        } else if BLOCKS.contains(&name) {
            self.block("");
        }
        if name == "tr" && self.skipped.is_empty() {
            self.rows.open(&self.page.text);
        }
    }

    fn close(&mut self, name: &str) {
        self.in_title = false;
        if let Some(at) = self.skipped.iter().rposition(|open| open == name) {
            self.skipped.truncate(at);
        }
        match name {
            "pre" => self.pre = self.pre.saturating_sub(1),
            "td" | "th" => self.rows.close_cell(),
            "tr" if self.skipped.is_empty() => self.rows.close(&mut self.page.text),
            "p" | "div" if self.rows.holds(false) => return,
            _ => {}
        }
        let heading = heading_level(name).is_some();
        if heading {
            self.heading = false;
        }
        if heading || name == "li" || BLOCKS.contains(&name) {
            self.block("");
        }
    }

    /// Begins a new block, unless the one before is still empty.
    fn block(&mut self, mark: &str) {
        let text = &self.page.text;
        let line = text.rsplit('\n').next().unwrap_or("");
        // `<li><p>` is one item.
        if mark.is_empty() && matches!(line.trim(), "-" | "#" | "##" | "###" | "####" | "#####" | "######") {
            return;
        }
        if !text.is_empty() && !text.ends_with("\n\n") {
            let end = if text.ends_with('\n') { "\n" } else { "\n\n" };
            self.mark(end);
        }
        self.mark(mark);
    }

    fn mark(&mut self, mark: &str) {
        if self.skipped.is_empty() && !(self.heading && mark == "\n") {
            self.page.text.push_str(mark);
        }
    }

    fn string(&mut self, value: &str, span: Span<usize>) {
        if self.in_title {
            self.page.title.get_or_insert_default().push_str(value.trim());
        }
        if !self.skipped.is_empty() {
            return;
        }
        let blank = value.trim().is_empty();
        if blank && (self.page.text.is_empty() || self.page.text.ends_with(['\n', ' '])) {
            return;
        }
        let raw = self.source.get(span.start..span.end.max(span.start)).unwrap_or("");
        if !blank && self.rows.part(&mut self.page.text) {
            self.block("");
        }
        match value.split_once("]]>").filter(|_| std::mem::take(&mut self.in_cdata)) {
            Some((inner, rest)) => {
                let from = raw.find("]]>").map_or(raw.len(), |at| at + 3);
                self.align(inner, raw, span.start);
                self.align(rest, &raw[from..], span.start + from);
            }
            None => self.align(value, raw, span.start),
        }
    }

    /// Text that the page marks as text. The tokenizer takes it for a comment, up to the first `>`.
    fn cdata(&mut self, text: &str, span: Span<usize>) {
        const OPEN: &str = "<![CDATA[";
        let (text, closed) = text.strip_suffix("]]").map_or((text, false), |text| (text, true));
        let before = self.source.get(..span.end).unwrap_or(self.source);
        let Some(start) = before.rfind(OPEN).map(|at| at + OPEN.len()) else { return };
        self.string(text, Span { start, end: start + text.len() });
        if !closed && self.skipped.is_empty() {
            self.align(">", ">", start + text.len());
        }
        self.in_cdata = !closed;
    }

    /// Appends `value`, with an anchor at its start and around every character reference in `raw`.
    fn align(&mut self, value: &str, raw: &str, start: usize) {
        let mut at = 0;
        let anchor = |page: &mut Page, at: usize| page.anchors.push((page.text.len(), start + at));
        anchor(&mut self.page, 0);
        for c in value.chars() {
            let rest = &raw[at..];
            let length = if rest.starts_with('&') && !rest.starts_with(&format!("{c}{}", "&")) {
                reference(rest)
            } else if rest.starts_with("\r\n") {
                2
            } else {
                rest.chars().next().map_or(0, char::len_utf8)
            };
            let breaks = matches!(c, '\n' | '\r' | '\t') && self.pre == 0;
            self.page.text.push(if breaks { ' ' } else { c });
            at += length;
            if length != c.len_utf8() {
                anchor(&mut self.page, at);
            }
        }
    }
}

fn heading_level(name: &str) -> Option<usize> {
    let level = name.strip_prefix('h')?.parse().ok()?;
    (1..=6).contains(&level).then_some(level)
}

/// Bytes of the character reference at the start of `raw`, or 1 for a bare ampersand.
fn reference(raw: &str) -> usize {
    let name = raw[1..].bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'#').count();
    match raw.as_bytes().get(1 + name) {
        Some(b';') if name > 0 => name + 2,
        // `&amp` without its semicolon is a reference, `AT&T` is none.
        _ if ["amp", "lt", "gt", "quot", "nbsp"].iter().any(|known| &raw[1..1 + name] == *known) => name + 1,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn structure_becomes_light_marks() {
        let page = read(
            "<html><head><title>Clerk</title><script>var x = '<p>';</script></head><body><nav>Home</nav>\
             <h2>Duties &amp; tasks</h2><ul><li>File\n records</li><li><p>Answer calls</p></li></ul>\
             <p>One<br>two</p><table><tr><td>a</td><td>b</td></tr></table></body></html>",
        );
        assert_eq!(
            page.text.trim(),
            "## Duties & tasks\n\n- File  records\n\n- Answer calls\n\nOne\ntwo\n\na:  b"
        );
        assert_eq!(page.title.as_deref(), Some("Clerk"));
    }

    #[test]
    fn offsets_lead_back_across_references() {
        let source = "<p>R&amp;D &lt;team&gt; caf&eacute; lead at AT&T</p>";
        let page = read(source);
        assert_eq!(page.text.trim(), "R&D <team> café lead at AT&T");
        let lead = page.text.find("lead").expect("there");
        let (text, raw) = page.anchors.iter().rfind(|(at, _)| *at <= lead).expect("anchored");
        assert!(source[raw + lead - text..].starts_with("lead at"));
    }

    #[test]
    fn marked_text_is_text() {
        let source = "<p>Key <![CDATA[R&D > claims]]> by &amp; by</p>";
        let page = read(source);
        assert_eq!(page.text.trim(), "Key R&D > claims by & by");
        for word in ["claims", "by"] {
            let at = page.text.find(word).expect("there");
            let (text, raw) = page.anchors.iter().rfind(|(from, _)| *from <= at).expect("anchored");
            assert!(source[raw + at - text..].starts_with(word), "{word}");
        }
    }
}
