//! What groups and control words do.

use crate::blocks::Part;
use crate::kind::Kind;
use crate::limits::Limits;
use crate::refusal::{Reason, Refusal};

use super::letters::{Letters, charset, code_page};
use super::paragraphs::{Paragraphs, Properties, Style};
use super::tokens::{Token, Tokens};

/// Groups of which nothing is read.
const SKIPPED: &[&[u8]] = &[
    b"colortbl",
    b"pict",
    b"header",
    b"headerl",
    b"headerr",
    b"headerf",
    b"footer",
    b"footerl",
    b"footerr",
    b"footerf",
    b"footnote",
    b"annotation",
    b"nonshppict",
    b"shprslt",
    b"sp",
    b"xe",
    b"tc",
    b"fldinst",
    b"datafield",
    b"nonesttables",
    b"objdata",
    b"themedata",
    b"revtbl",
    b"listtable",
    b"listoverridetable",
];

/// Where text goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Target {
    Body,
    Nowhere,
    /// What describes a drawing; a text box may be in it.
    Shape,
    /// What is said of the document.
    Info,
    Fonts,
    Styles,
    /// The bullet or number of an item.
    Mark,
    Title,
}

/// What holds up to the end of a group.
#[derive(Clone, Copy, Debug)]
struct State {
    target: Target,
    font: i32,
    bold: bool,
    hidden: bool,
    deleted: bool,
    /// How many signs stand behind `\uN` for readers that don't know it.
    fallback: u32,
    /// Whether the group is a text box.
    in_box: bool,
}

/// What is read from a file.
pub(super) struct Found {
    pub(super) parts: Vec<Part>,
    pub(super) title: String,
    pub(super) breaks_off: bool,
}

pub(super) struct Reader<'l> {
    limits: &'l Limits,
    groups: u64,
    open: Vec<State>,
    now: State,
    letters: Letters,
    paragraphs: Paragraphs,
    title: String,
    /// Signs that are still to be passed over behind `\uN`.
    pass: u32,
    /// Whether the group begins with `\*`: who does not know it skips it.
    starred: bool,
    /// Number of the font or the style that is being described.
    described: i32,
    style: Style,
}

impl<'l> Reader<'l> {
    pub(super) fn new(limits: &'l Limits) -> Reader<'l> {
        let now = State {
            target: Target::Body,
            font: -1,
            bold: false,
            hidden: false,
            deleted: false,
            fallback: 1,
            in_box: false,
        };
        Reader {
            limits,
            groups: 0,
            open: Vec::new(),
            now,
            letters: Letters::default(),
            paragraphs: Paragraphs::default(),
            title: String::new(),
            pass: 0,
            starred: false,
            described: -1,
            style: Style::default(),
        }
    }

    pub(super) fn read(mut self, bytes: &[u8]) -> Result<Found, Refusal> {
        let start = memchr::memchr(b'{', bytes).unwrap_or(0);
        for token in Tokens(&bytes[start..]) {
            match token {
                Token::Open => self.enter()?,
                Token::Close => {
                    self.leave();
                    // What stands behind the outermost group is none of the document.
                    if self.open.is_empty() {
                        break;
                    }
                }
                Token::Byte(_) if self.pass > 0 => self.pass -= 1,
                Token::Byte(byte) => self.letters.byte(byte, self.now.font),
                Token::Word(word, number) => self.word(word, number),
            }
        }
        self.flush();
        let breaks_off = !self.open.is_empty();
        Ok(Found { parts: self.paragraphs.finish(), title: self.title, breaks_off })
    }

    fn enter(&mut self) -> Result<(), Refusal> {
        self.flush();
        self.pass = 0;
        self.starred = false;
        self.groups += 1;
        self.open.push(self.now);
        self.now.in_box = false;
        let too_large = |what, limit| Err(Refusal::new(Kind::Rtf, Reason::TooLarge(what, limit)));
        let Limits { parts, depth, .. } = *self.limits;
        match (self.groups > parts, self.open.len() > depth as usize) {
            (true, _) => too_large("groups", parts),
            (_, true) => too_large("levels of nesting", depth.into()),
            _ => Ok(()),
        }
    }

    fn leave(&mut self) {
        self.flush();
        self.pass = 0;
        if self.now.in_box {
            self.paragraphs.close_box();
        }
        if let Some(state) = self.open.pop() {
            self.now = state;
        }
    }

    /// Sends the letters so far to where they belong.
    fn flush(&mut self) {
        let text = self.letters.flush();
        self.text(&text);
    }

    fn text(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        let State { target, bold, hidden, deleted, .. } = self.now;
        match target {
            Target::Body if !hidden && !deleted => self.paragraphs.push(text, bold),
            Target::Mark => self.paragraphs.own.mark.push_str(text),
            Target::Title => self.title.push_str(text),
            Target::Styles => {
                self.style.name.push_str(text);
                if let Some(name) = self.style.name.strip_suffix(';') {
                    let style = Style { name: name.trim().to_lowercase(), outline: self.style.outline };
                    self.paragraphs.styles.insert(self.described, style);
                    self.style = Style::default();
                    self.described = 0;
                }
            }
            Target::Body | Target::Nowhere | Target::Shape | Target::Info | Target::Fonts => {}
        }
    }

    fn word(&mut self, word: &[u8], number: Option<i32>) {
        if self.pass > 0 && word.len() == 1 && !word[0].is_ascii_alphabetic() {
            self.pass -= 1;
            return;
        }
        self.pass = 0;
        self.flush();
        if std::mem::take(&mut self.starred) && !matches!(word, b"shpinst" | b"pn") {
            self.now.target = Target::Nowhere;
        }
        match word {
            b"*" => self.starred = true,
            b"u" => {
                let letter = number.and_then(|n| self.letters.unicode(n));
                self.text(letter.unwrap_or('\0').encode_utf8(&mut [0; 4]).trim_matches('\0'));
                self.pass = self.now.fallback;
            }
            b"uc" => self.now.fallback = number.unwrap_or(1).clamp(0, 16) as u32,
            b"ansicpg" => self.letters.usual = code_page(number.unwrap_or(1252)),
            b"mac" => self.letters.usual = encoding_rs::MACINTOSH,
            b"f" if self.now.target == Target::Fonts => self.described = number.unwrap_or(0),
            b"f" => self.now.font = number.unwrap_or(-1),
            b"fcharset" if self.now.target == Target::Fonts => {
                if let Some(script) = charset(number.unwrap_or(0)) {
                    self.letters.fonts.insert(self.described, script);
                }
            }
            _ if self.now.target == Target::Nowhere => {}
            _ => self.target(word, number),
        }
    }

    /// Words that turn text elsewhere; and others.
    fn target(&mut self, word: &[u8], number: Option<i32>) {
        match word {
            b"fonttbl" => self.now.target = Target::Fonts,
            b"stylesheet" => self.now.target = Target::Styles,
            b"listtext" | b"pntext" if self.now.target == Target::Body => {
                self.paragraphs.own.mark.clear();
                self.now.target = Target::Mark;
            }
            b"info" => self.now.target = Target::Info,
            b"title" if self.now.target == Target::Info => self.now.target = Target::Title,
            b"shpinst" => self.now.target = Target::Shape,
            b"shptxt" if self.now.target == Target::Shape => {
                self.now.target = Target::Body;
                self.now.in_box = true;
                self.paragraphs.open_box();
            }
            b"pn" => self.now.target = Target::Nowhere,
            word if SKIPPED.contains(&word) => self.now.target = Target::Nowhere,
            _ if self.now.target == Target::Styles => match word {
                b"s" => self.described = number.unwrap_or(0),
                b"cs" | b"ds" | b"ts" => self.described = -1,
                b"outlinelevel" => self.style.outline = number,
                _ => {}
            },
            _ if self.now.target == Target::Body => self.body(word, number),
            _ => {}
        }
    }

    /// Words that shape the text.
    fn body(&mut self, word: &[u8], number: Option<i32>) {
        let on = number != Some(0);
        match word {
            b"par" | b"sect" | b"page" | b"nestcell" | b"\r" | b"\n" => self.paragraphs.end(),
            b"pard" => self.paragraphs.own = Properties { mark: self.mark(), ..Properties::default() },
            b"plain" => (self.now.bold, self.now.hidden, self.now.deleted) = (false, false, false),
            b"cell" => self.paragraphs.end_cell(),
            b"row" => self.paragraphs.end_row(),
            b"line" => self.paragraphs.break_line(),
            // Underlining and capitals make a line stand out as bold type does.
            b"b" | b"ul" | b"caps" if on => self.now.bold = true,
            b"b" | b"ul" | b"ulnone" => self.now.bold = false,
            b"v" => self.now.hidden = on,
            b"deleted" => self.now.deleted = on,
            b"s" => self.paragraphs.own.style = number.unwrap_or(0),
            b"outlinelevel" => self.paragraphs.own.outline = number,
            b"ilvl" => self.paragraphs.own.depth = number.unwrap_or(0).clamp(0, 8) as u8,
            b"intbl" => self.paragraphs.own.in_table = true,
            _ => self.text(sign(word)),
        }
    }

    /// The mark that was already read for the paragraph at hand.
    fn mark(&mut self) -> String {
        std::mem::take(&mut self.paragraphs.own.mark)
    }
}

/// The character that a control word stands for.
fn sign(word: &[u8]) -> &'static str {
    match word {
        b"tab" | b"~" | b"emspace" | b"enspace" | b"qmspace" => " ",
        b"_" => "-",
        b"emdash" => "—",
        b"endash" => "–",
        b"bullet" => "•",
        b"lquote" => "‘",
        b"rquote" => "’",
        b"ldblquote" => "“",
        b"rdblquote" => "”",
        b"\\" => "\\",
        b"{" => "{",
        b"}" => "}",
        _ => "",
    }
}
