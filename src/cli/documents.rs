//! Files of documents: Word, PDF and their kin are unpacked, text and HTML are read as they are.

use std::io;
use std::path::{Path, PathBuf};

use outsort::format::source::{Place, Source};
use outsort_documents::{self as documents, Document, Kind, Limits};

use super::failure::{count, plain};

/// Endings of the documents that are read from a folder. What a file is, its content tells.
pub const ENDINGS: &[&str] = &[
    "txt", "md", "markdown", "text", "html", "htm", "xhtml", "docx", "docm", "dotx", "doc", "odt", "ott",
    "pdf", "rtf", "eml", "msg", "pages",
];

/// Why a file can't be judged.
pub struct Unread {
    /// A short name for rejects.
    pub code: &'static str,
    /// What the file is and what is wrong with it, to be read behind "is".
    pub reason: String,
    /// What to do.
    pub help: String,
}

/// Reads a file by its content; the name tells only whether text is HTML.
pub fn read(name: &str, bytes: &[u8], limits: &Limits) -> Result<Source, Unread> {
    if let Some(kind) = Kind::of(bytes) {
        return documents::read(kind, bytes, limits).map(source).map_err(|refusal| Unread {
            code: refusal.code(),
            reason: refusal.to_string(),
            help: match refusal.code() {
                "too-large" => {
                    "if you trust the file, raise the limit with --max-unpacked or --max-pages".into()
                }
                _ => refusal.help().into(),
            },
        });
    }
    let unread =
        |reason: &str, help: &str| Unread { code: "not-text", reason: reason.into(), help: help.into() };
    match bytes {
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => {}
        [0x1F, 0x8B, ..] | [0x28, 0xB5, 0x2F, 0xFD, ..] => {
            return Err(unread("compressed", "unpack it; `outsort score` reads corpora in .gz and .zst"));
        }
        _ if bytes.iter().take(8192).any(|b| *b == 0) => {
            let help = "save it as .docx, .odt, .pdf, .rtf, HTML, Markdown or plain text";
            return Err(unread("no text, and of no kind that is read", help));
        }
        _ => {}
    }
    Ok(Source::read(name, bytes))
}

fn source(document: Document) -> Source {
    let place = |(at, place): &(usize, documents::Place)| match place {
        documents::Place::Page(n) => (*at, Place::Page(*n)),
        documents::Place::Paragraph(n) => (*at, Place::Paragraph(*n)),
    };
    let places = document.places().iter().map(place).collect();
    let mut source = if document.html {
        Source::unpacked_page(&document.text)
    } else {
        Source::unpacked(document.text, places)
    };
    let headed = source.text.trim_start().starts_with("# ");
    source.title = document.title.filter(|_| !headed).or(source.title);
    source.notices = document.notices;
    source
}

/// A file of a folder, or why it can't be read.
pub type Found = (PathBuf, Option<String>);

/// The documents of a folder and its folders, by path.
#[derive(Default)]
pub struct Folder {
    /// The documents.
    pub files: Vec<Found>,
    /// Files whose endings are of no document.
    others: usize,
    /// Links that lead nowhere or in a circle.
    links: usize,
    /// Pipes, sockets and devices.
    devices: usize,
}

impl Folder {
    /// Looks through a folder. What can't be looked into is among the files, with the reason.
    pub fn walk(path: &Path) -> Folder {
        let mut found = Folder::default();
        let walk = ignore::WalkBuilder::new(path)
            .standard_filters(false)
            .follow_links(true)
            .sort_by_file_path(Ord::cmp)
            .build();
        for entry in walk {
            match entry {
                Ok(entry) => found.take(entry.path(), entry.file_type()),
                Err(error) => found.fail(path, &error),
            }
        }
        found
    }

    fn take(&mut self, path: &Path, kind: Option<std::fs::FileType>) {
        let Some(kind) = kind.filter(|kind| !kind.is_dir()) else { return };
        let ending = path.extension().and_then(|e| e.to_str()).map(str::to_ascii_lowercase);
        // What an office program keeps beside an open file: `~$job.docx`.
        let own = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("~$"));
        match ending {
            _ if !kind.is_file() => self.devices += 1,
            Some(ending) if ENDINGS.contains(&ending.as_str()) && !own => {
                self.files.push((path.to_owned(), None))
            }
            _ => self.others += 1,
        }
    }

    fn fail(&mut self, root: &Path, error: &ignore::Error) {
        let path = path_of(error).unwrap_or(root).to_owned();
        let is_link = path.symlink_metadata().is_ok_and(|m| m.file_type().is_symlink());
        let nowhere = error.io_error().is_some_and(|e| e.kind() == io::ErrorKind::NotFound);
        if is_circle(error) || (is_link && nowhere) {
            self.links += 1;
            return;
        }
        let why = error.io_error().map_or_else(|| error.to_string(), plain);
        self.files.push((path, Some(why)));
    }

    /// What was found and what was left out, in a line.
    pub fn describe(&self) -> String {
        let documents = count(self.files.len(), "document");
        let mut out = format!("{documents} ({})", ENDINGS.join(", "));
        if self.others > 0 {
            out += &format!("; {} of other kinds left out", count(self.others, "file"));
        }
        if self.links > 0 {
            out += &format!(
                "; {} that {} nowhere left out",
                count(self.links, "link"),
                verb(self.links, "lead")
            );
        }
        if self.devices > 0 {
            out += &format!("; {} (pipe, socket or device) left out", count(self.devices, "special file"));
        }
        out
    }
}

fn verb(n: usize, stem: &str) -> String {
    format!("{stem}{}", if n == 1 { "s" } else { "" })
}

/// The path that an error of the walk is about.
fn path_of(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::Loop { child, .. } => Some(child),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => path_of(err),
        _ => None,
    }
}

fn is_circle(error: &ignore::Error) -> bool {
    match error {
        ignore::Error::Loop { .. } => true,
        ignore::Error::WithPath { err, .. } | ignore::Error::WithDepth { err, .. } => is_circle(err),
        _ => false,
    }
}
