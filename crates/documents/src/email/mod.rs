//! E-mails (.eml): the message without what mail programs add to it.

mod quotes;

use mail_parser::{Message, MessageParser, MessagePart, MimeHeaders, PartType};

use crate::document::Document;
use crate::kind::Kind;
use crate::limits::Limits;
use crate::refusal::{Reason, Refusal};
use crate::title;

use quotes::{Subject, message_of, page_of};

/// Header fields of which an e-mail has some.
const FIELDS: &[&str] = &[
    "from",
    "to",
    "cc",
    "subject",
    "date",
    "received",
    "message-id",
    "mime-version",
    "return-path",
    "delivered-to",
    "reply-to",
    "content-type",
    "sender",
    "x-mailer",
    "x-ms-exchange-organization-authas",
    "content-transfer-encoding",
];
/// Of these one is enough together with any other.
const TELLING: &[&str] = &["received", "message-id", "mime-version", "return-path", "delivered-to"];
/// Bytes in which the header has to show.
const HEAD: usize = 16 << 10;
/// Endings of attachments that hold a document.
const DOCUMENTS: &[&str] = &["docx", "doc", "odt", "pdf", "rtf", "html", "htm", "txt", "md"];
/// Fewer words are no message, only a cover for what comes with it.
const COVER_WORDS: usize = 40;

/// Whether the bytes begin with the header of an e-mail.
pub(crate) fn has_header(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(HEAD)];
    let text = String::from_utf8_lossy(head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head));
    let mut found: Vec<String> = Vec::new();
    for (i, line) in text.lines().enumerate() {
        if line.trim().is_empty() {
            break;
        }
        // A mailbox puts a line before the header; long fields go on in lines that are indented.
        if (i == 0 && line.starts_with("From ")) || (i > 0 && line.starts_with([' ', '\t'])) {
            continue;
        }
        let Some((name, _)) = line.split_once(':') else { return false };
        if name.is_empty() || !name.bytes().all(|b| b.is_ascii_graphic()) {
            return false;
        }
        found.push(name.to_ascii_lowercase());
    }
    let known = FIELDS.iter().filter(|field| found.iter().any(|name| name == *field)).count();
    let telling = TELLING.iter().any(|field| found.iter().any(|name| name == field));
    let has = |field: &str| found.iter().any(|name| name == field);
    known >= 2 && telling || has("from") && has("subject") && (has("to") || has("date"))
}

/// Reads an e-mail.
pub(crate) fn read(bytes: &[u8], limits: &Limits) -> Result<Document, Refusal> {
    if bytes.len() as u64 > limits.unpacked {
        return Err(Refusal::new(Kind::Email, Reason::TooLarge("MB", limits.unpacked >> 20)));
    }
    let from_mailbox = bytes.starts_with(b"From ");
    let bytes = match memchr::memchr(b'\n', bytes) {
        Some(end) if from_mailbox => &bytes[end + 1..],
        _ => bytes,
    };
    let parsed = MessageParser::default().parse(bytes);
    let damaged = || Refusal::new(Kind::Email, Reason::Damaged("its header can't be read".into()));
    let mut message = &parsed.ok_or_else(damaged)?;
    let mut document = Document::default();
    // A message that only carries another one is its cover.
    while let Some(inner) = carried(message) {
        message = inner;
        document
            .notices
            .push("the message that is attached is read, as the one around it says little".into());
    }
    let subject = Subject::of(message.subject().unwrap_or(""));
    (document.text, document.html) = body(message, &subject, &mut document.notices);
    for name in attachments(message) {
        document.notices.push(format!("the attachment `{name}` is not read: save it and give it by itself"));
    }
    if document.html || !document.text.trim().is_empty() {
        title::state(&mut document, &subject.text);
    }
    Ok(document)
}

/// The message that another one carries.
fn carried<'m>(message: &'m Message<'m>) -> Option<&'m Message<'m>> {
    let words: usize = message.text_bodies().map(|part| words(&plain(part))).sum();
    let inner = message.attachments().find_map(|part| match &part.body {
        PartType::Message(inner) => Some(inner),
        _ => None,
    });
    inner.filter(|_| words < COVER_WORDS)
}

/// The text of a message, and whether it is HTML.
fn body(message: &Message<'_>, subject: &Subject, notices: &mut Vec<String>) -> (String, bool) {
    let text: Vec<&str> = message.text_bodies().filter_map(as_text).collect();
    let page: Vec<&str> = message.html_bodies().filter_map(as_page).collect();
    let (text, page) = (text.join("\n\n"), page.join("\n"));
    let tagless = words(&without_tags(&page));
    // Some programs send a stub beside the page: "your program does not show HTML".
    if words(&text) * 3 >= tagless && !text.trim().is_empty() {
        let flowed = message.text_bodies().any(|part| {
            part.content_type()
                .and_then(|kind| kind.attribute("format"))
                .is_some_and(|f| f.eq_ignore_ascii_case("flowed"))
        });
        return (message_of(&text, flowed, subject, notices), false);
    }
    (page_of(&page, subject, notices), true)
}

fn as_text<'p>(part: &'p MessagePart<'_>) -> Option<&'p str> {
    match &part.body {
        PartType::Text(text) => Some(text),
        _ => None,
    }
}

fn as_page<'p>(part: &'p MessagePart<'_>) -> Option<&'p str> {
    match &part.body {
        PartType::Html(page) => Some(page),
        _ => None,
    }
}

fn plain(part: &MessagePart<'_>) -> String {
    as_text(part).map_or_else(|| as_page(part).map(without_tags).unwrap_or_default(), str::to_owned)
}

fn without_tags(page: &str) -> String {
    let pieces = page.split('<').enumerate();
    let text = pieces
        .map(|(i, piece)| if i == 0 { piece } else { piece.split_once('>').map_or("", |(_, text)| text) });
    text.collect::<Vec<_>>().join(" ")
}

fn words(text: &str) -> usize {
    text.split_whitespace().count()
}

/// Names of attachments that may hold what the message is about.
fn attachments<'m>(message: &'m Message<'_>) -> impl Iterator<Item = &'m str> {
    let names = message.attachments().filter_map(|part| part.attachment_name());
    names.filter(|name| {
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
        DOCUMENTS.contains(&ending.as_str())
    })
}
