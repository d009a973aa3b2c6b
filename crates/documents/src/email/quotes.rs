//! What mail programs put around a message: quoted messages, their headers, signatures.

/// Words that an answer must have for what it answers to be left out.
const ANSWER_WORDS: usize = 40;
/// Fields that stand before a message that is forwarded or answered, in the text.
const FIELDS: &[&str] =
    &["from", "to", "cc", "bcc", "date", "sent", "subject", "reply-to", "importance", "attachments"];
/// Where in a page mail programs begin what they quote.
const PAGE_QUOTES: &[&str] = &[
    "<div class=\"gmail_quote",
    "<blockquote type=\"cite\"",
    "<div id=\"divrplyfwdmsg\"",
    "<div id=\"appendonsend\"",
    "<div class=\"moz-cite-prefix\"",
    "<div class=\"yahoo_quoted\"",
    "<div class=\"protonmail_quote\"",
];
const PAGE_SIGNATURES: &[&str] =
    &["<div class=\"gmail_signature", "<div class=\"moz-signature\"", "<div id=\"signature\""];

/// What a message is about, and whether it passes on another one.
pub(super) struct Subject {
    pub(super) text: String,
    forwards: bool,
}

impl Subject {
    /// `Fwd: RE: Vacancy: Claims clerk` is about `Vacancy: Claims clerk`.
    pub(super) fn of(subject: &str) -> Subject {
        let mut text = subject.trim();
        let mut forwards = false;
        while let Some((mark, rest)) = text.split_once(':') {
            match mark.trim().to_lowercase().as_str() {
                "fw" | "fwd" | "wg" | "tr" | "rv" | "enc" | "i" => forwards = true,
                "re" | "aw" | "sv" | "antw" | "ref" => {}
                _ => break,
            }
            text = rest.trim();
        }
        Subject { text: text.to_owned(), forwards }
    }
}

/// The message in a plain text.
pub(super) fn message_of(text: &str, flowed: bool, subject: &Subject, notices: &mut Vec<String>) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let lines: Vec<&str> = text.lines().collect();
    let quote = (0..lines.len()).find(|at| begins_quote(&lines, *at));
    let (own, quoted) = lines.split_at(quote.unwrap_or(lines.len()));
    let own = unquoted(own);
    let words: usize = own.iter().map(|line| line.split_whitespace().count()).sum();
    let mut kept = without_signature(&own).to_vec();
    if !quoted.is_empty() && (subject.forwards || words < ANSWER_WORDS) {
        if !subject.forwards {
            notices.push("the message that is answered is read too, as the answer says little".into());
        }
        let stripped: Vec<&str> = quoted.iter().map(|line| line.trim_start_matches(['>', ' '])).collect();
        let content: Vec<&str> = stripped.into_iter().filter(|line| !is_frame(line)).collect();
        kept.push("");
        kept.extend_from_slice(without_signature(&content));
    } else if !quoted.is_empty() {
        notices.push("the message that is answered was left out".into());
    }
    if flowed { flow(&kept) } else { kept.join("\n") }
}

/// Lines that stand between those that an answer quotes with `>`.
fn unquoted<'t>(lines: &[&'t str]) -> Vec<&'t str> {
    lines.iter().filter(|line| !line.starts_with(">")).copied().collect()
}

/// Whether another message begins at a line.
fn begins_quote(lines: &[&str], at: usize) -> bool {
    let line = lines[at].trim();
    let next = |n: usize| lines.get(at + n).map_or("", |line| line.trim());
    let dashes = line.starts_with("--") && line.ends_with("--");
    let lower = line.to_lowercase();
    let announced = dashes && (lower.contains("original message") || lower.contains("forwarded message"))
        || lower.starts_with("begin forwarded message");
    // "On Monday, 3 May, Ana Ruiz wrote:", maybe on two lines, and what she wrote.
    let wrote = |text: &str| {
        ["wrote:", "schrieb:", "écrit :", "écrit:", "escribió:"].iter().any(|end| text.ends_with(end))
    };
    let attributed = lower.starts_with("on ") && (wrote(&lower) || wrote(next(1)))
        || wrote(&lower) && (next(1).starts_with('>') || next(2).starts_with('>'));
    // Outlook: a ruler, maybe, and the header.
    let outlook = lower.starts_with("from:")
        && (1..=3).any(|n| {
            next(n).to_lowercase().starts_with("sent:") || next(n).to_lowercase().starts_with("date:")
        })
        && (1..=6).any(|n| next(n).to_lowercase().starts_with("subject:"));
    announced || attributed || outlook
}

/// Whether a line only frames a message: the line that announces it, a field of its header.
fn is_frame(line: &str) -> bool {
    let lower = line.trim().to_lowercase();
    let field = lower.split_once(':').is_some_and(|(name, _)| FIELDS.contains(&name.trim_matches('*')));
    let dashes = lower.starts_with("---") && lower.ends_with("--");
    field || dashes || lower.ends_with("wrote:") || lower.starts_with("begin forwarded message")
}

/// What stands before the signature, which `-- ` announces.
fn without_signature<'l, 't>(lines: &'l [&'t str]) -> &'l [&'t str] {
    let end =
        lines.iter().position(|line| *line == "-- " || *line == "--" || line.starts_with("Sent from my "));
    &lines[..end.unwrap_or(lines.len())]
}

/// Joins lines that a program broke and will join again: those that end in a space.
fn flow(lines: &[&str]) -> String {
    let mut out = String::new();
    for line in lines {
        let line = line.strip_prefix(' ').unwrap_or(line);
        out.push_str(line);
        if !line.ends_with(' ') {
            out.push('\n');
        }
    }
    out
}

/// The message in a page.
pub(super) fn page_of(page: &str, subject: &Subject, notices: &mut Vec<String>) -> String {
    // Lower case of ASCII only, so that offsets stay.
    let lower = page.to_ascii_lowercase();
    let first = |marks: &[&str]| marks.iter().filter_map(|mark| lower.find(mark)).min();
    let mut end = page.len();
    if let Some(quote) = first(PAGE_QUOTES).filter(|_| !subject.forwards) {
        let words = super::words(&super::without_tags(&page[..quote]));
        if words < ANSWER_WORDS {
            notices.push("the message that is answered is read too, as the answer says little".into());
        } else {
            notices.push("the message that is answered was left out".into());
            end = quote;
        }
    }
    if let Some(signature) = first(PAGE_SIGNATURES).filter(|_| end == page.len() && !subject.forwards) {
        // What is quoted, if it is read, stands behind the signature.
        let quoted = first(PAGE_QUOTES).filter(|quote| *quote > signature);
        return page[..signature].to_owned() + quoted.map_or("", |quote| &page[quote..]);
    }
    page[..end].to_owned()
}
