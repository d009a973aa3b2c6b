//! Titles that a file states apart from its text: are they worth anything?

use super::document::Document;

/// Words that a title may have.
const WORDS: usize = 14;
/// What programs and templates write where a title belongs.
const EMPTY: &[&str] = &[
    "untitled",
    "document",
    "title",
    "template",
    "job description",
    "position description",
    "job advert",
    "job advertisement",
    "vacancy",
    "vacancy announcement",
    "microsoft word",
    "powerpoint presentation",
    "no subject",
    "(no subject)",
    "none",
    "draft",
    "jd",
    "role profile",
    "job profile",
];
/// How letters begin.
const GREETINGS: &[&str] =
    &["hi", "hello", "dear", "hey", "good", "greetings", "team", "all", "fyi", "thanks", "please"];

/// States a title, unless it means nothing or the text begins with one.
pub(crate) fn state(document: &mut Document, title: &str) {
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    let lower = title.to_lowercase();
    let made = lower.starts_with("microsoft word") || lower.starts_with("untitled") || is_file_name(&lower);
    let empty = EMPTY.contains(&lower.as_str()) || !lower.chars().any(char::is_alphabetic);
    let long = title.split(' ').count() > WORDS;
    if !(made || empty || long || (!document.html && begins_with_title(&document.text))) {
        document.title = Some(title);
    }
}

fn is_file_name(title: &str) -> bool {
    let ending = title.rsplit_once('.').map_or("", |(_, ending)| ending);
    ["doc", "docx", "odt", "rtf", "pdf", "dot", "dotx"].contains(&ending)
        || title.contains('_') && !title.contains(' ')
}

/// Whether the first line may be a title.
fn begins_with_title(text: &str) -> bool {
    let Some(first) = text.lines().find(|line| !line.trim().is_empty()) else { return false };
    // One of several headings of the same rank is no title.
    let mark = &first[..first.find(' ').unwrap_or(0)];
    let rank =
        text.lines().filter(|line| mark.starts_with('#') && line.split(' ').next() == Some(mark)).count();
    if rank > 1 {
        return false;
    }
    let bare = first.trim_matches(['#', '*', ' ']);
    let first_word = bare.split([' ', ',']).next().unwrap_or("").to_lowercase();
    bare.split_whitespace().count() <= WORDS
        && !bare.ends_with(['.', ',', ';', '!'])
        && !first.trim_start().starts_with("- ")
        && !GREETINGS.contains(&first_word.as_str())
}
