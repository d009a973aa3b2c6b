//! Why a file is not read.

use std::fmt;

use super::kind::Kind;

/// A file that is not read: what it is and why. The display says what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// What the file is.
    pub kind: Kind,
    /// What is wrong with it.
    pub reason: Reason,
}

/// What is wrong with a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The kind is told apart but not read.
    Unsupported,
    /// A password is needed.
    Encrypted,
    /// It is not what it claims to be, or cut off; with what the reader met.
    Damaged(String),
    /// There is no text in it; a PDF without text is scanned, most likely.
    NoText,
    /// It goes beyond a limit: the limit's name and value.
    TooLarge(&'static str, u64),
}

impl Refusal {
    /// A refusal.
    pub fn new(kind: Kind, reason: Reason) -> Refusal {
        Refusal { kind, reason }
    }

    /// A short name for rejects: `encrypted`, `damaged`, `no-text`, `too-large`, `unsupported`.
    pub fn code(&self) -> &'static str {
        match self.reason {
            Reason::Unsupported => "unsupported",
            Reason::Encrypted => "encrypted",
            Reason::Damaged(_) => "damaged",
            Reason::NoText => "no-text",
            Reason::TooLarge(..) => "too-large",
        }
    }

    /// What the user can do.
    pub fn help(&self) -> &'static str {
        match (&self.reason, self.kind) {
            (Reason::Unsupported, Kind::Spreadsheet) => {
                "`outsort score` reads tables: save the sheet as .csv, or give the .xlsx or .ods file to it"
            }
            (Reason::Unsupported, Kind::Slides) => "export it as .pdf, or copy its text to a file",
            (Reason::Unsupported, Kind::Apple) => "export it as .docx, .pdf or plain text",
            (Reason::Unsupported, Kind::Outlook) => "save the message as .eml or as plain text",
            (Reason::Unsupported, Kind::Picture) => "run text recognition (OCR) on it first",
            (Reason::Unsupported, Kind::Archive) => "unpack it; `outsort score` reads folders",
            (Reason::Unsupported, _) => "save it as .docx, .odt, .pdf or plain text",
            (Reason::Encrypted, _) => "save it without a password",
            (Reason::Damaged(_), _) => "open it in the program that made it and save it anew",
            (Reason::NoText, Kind::Pdf) => {
                "it is scanned, most likely: run text recognition (OCR) on it first"
            }
            (Reason::NoText, _) => "its text may stand in pictures: run text recognition (OCR) on them first",
            (Reason::TooLarge(..), _) => "if you trust the file, raise the limit",
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.kind)?;
        match &self.reason {
            Reason::Unsupported => f.write_str(", which can't be read"),
            Reason::Encrypted => f.write_str(" that is locked by a password"),
            Reason::Damaged(what) => write!(f, " that is damaged: {what}"),
            Reason::NoText => f.write_str(" without text"),
            Reason::TooLarge(limit, value) => write!(f, " that goes beyond the limit of {value} {limit}"),
        }
    }
}

impl std::error::Error for Refusal {}
