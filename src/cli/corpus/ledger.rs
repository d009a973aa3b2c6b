//! What reading tells besides records: columns that are kept, and what was repaired on the way.

use std::fmt::Write;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use super::super::failure::count;

/// Shared by all that read the corpora of a run.
#[derive(Clone, Debug, Default)]
pub struct Ledger(Arc<Mutex<Pages>>);

#[derive(Debug, Default)]
struct Pages {
    columns: Vec<String>,
    repairs: Vec<Arc<Repairs>>,
    /// Records with a field that has no column, and the first of these fields.
    lost: (usize, String),
}

/// What was repaired in one source.
#[derive(Debug)]
pub struct Repairs {
    source: Arc<str>,
    lines: AtomicU64,
    first: AtomicU64,
    malformed: AtomicBool,
    encoding: &'static str,
}

impl Ledger {
    /// The names of kept columns, of all corpora that were opened, in order.
    pub fn columns(&self) -> Vec<String> {
        self.pages(|pages| pages.columns.clone())
    }

    /// Adds kept columns that are not there yet.
    pub fn keep(&self, names: impl IntoIterator<Item = String>) {
        self.pages(|pages| {
            for name in names {
                if !pages.columns.contains(&name) {
                    pages.columns.push(name);
                }
            }
        });
    }

    /// A page for the repairs of a source; an earlier one, of the source opened before, is thrown away.
    pub fn repairs(&self, source: &Arc<str>, encoding: &'static str) -> Arc<Repairs> {
        let page = Arc::new(Repairs {
            source: source.clone(),
            lines: AtomicU64::new(0),
            first: AtomicU64::new(0),
            malformed: AtomicBool::new(false),
            encoding,
        });
        self.pages(|pages| match pages.repairs.iter_mut().find(|old| old.source == *source) {
            Some(old) => *old = page.clone(),
            None => pages.repairs.push(page.clone()),
        });
        page
    }

    /// Notes that a record has a field that should be kept and has no column.
    pub fn lose(&self, field: &str) {
        self.pages(|pages| {
            if pages.lost.0 == 0 {
                field.clone_into(&mut pages.lost.1);
            }
            pages.lost.0 += 1;
        });
    }

    /// What the reader of the results should know, in lines; to be asked when all is read.
    pub fn notes(&self) -> Vec<String> {
        self.pages(|pages| {
            let mut notes: Vec<String> = pages.repairs.iter().filter_map(|repairs| repairs.note()).collect();
            let (records, field) = &pages.lost;
            if *records > 0 {
                let help = "write JSON lines, which keep whatever there is, or name the fields: --keep a,b";
                let (records, have) = (count(*records, "record"), if *records == 1 { "has" } else { "have" });
                notes.push(format!(
                    "{records} {have} fields that the first records of their file had not (`{field}`): these fields are not kept\nhelp: {help}"
                ));
            }
            notes
        })
    }

    fn pages<T>(&self, look: impl FnOnce(&mut Pages) -> T) -> T {
        look(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Repairs {
    /// Looks at a line that should be UTF-8.
    pub fn look(&self, line: u64, bytes: &[u8]) {
        if std::str::from_utf8(bytes).is_err() && self.lines.fetch_add(1, Ordering::Relaxed) == 0 {
            self.first.store(line, Ordering::Relaxed);
        }
    }

    /// Notes that some bytes mean nothing in the source's encoding.
    pub fn malformed(&self) {
        self.malformed.store(true, Ordering::Relaxed);
    }

    fn note(&self) -> Option<String> {
        let (lines, source) = (self.lines.load(Ordering::Relaxed), &self.source);
        let mut note = String::new();
        if lines > 0 {
            let (lines, are) = (count(lines as usize, "line"), if lines == 1 { "is" } else { "are" });
            let first = self.first.load(Ordering::Relaxed);
            _ = write!(note, "{source}: {lines} {are} not UTF-8 (line {first} first)");
            note += "; what can't be read was replaced\nhelp: name the encoding, say --encoding windows-1252";
        } else if self.malformed.load(Ordering::Relaxed) {
            _ = write!(
                note,
                "{source}: some of it is not {}; what can't be read was replaced",
                self.encoding
            );
        }
        (!note.is_empty()).then_some(note)
    }
}
