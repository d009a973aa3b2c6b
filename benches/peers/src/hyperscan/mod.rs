//! Hyperscan or Vectorscan: whole texts one by one, many texts in a buffer, and literals with a check for whole words.

mod database;

use std::ffi::{c_int, c_uint, c_ulonglong, c_void};

pub use database::version;
use database::{CASELESS, Database, SINGLEMATCH};

use crate::data::RuleSet;
use crate::engines::{Failed, one_regex_each};
use crate::peer::{Once, Peer, whole_words};

/// Buffers hold about this many bytes of texts.
const BUFFER: usize = 64 << 10;
/// Stands between the texts of a buffer: no word, no space, nothing that an expression asks for.
const BETWEEN: u8 = 0;

/// Phrases and regexes as expressions, each phrase on its own.
fn expressions(set: &RuleSet) -> Vec<(u32, String)> {
    let phrases = set.phrases.iter();
    let phrases = phrases.map(|(rule, phrase)| (*rule, format!(r"\b{}\b", regex_syntax::escape(phrase))));
    phrases.chain(set.regexes.iter().cloned()).collect()
}

/// Every text by itself; each expression reports once.
pub struct ByText {
    name: &'static str,
    database: Database,
    once: Once,
}

impl ByText {
    /// An expression for each phrase, or for each rule.
    ///
    /// # Errors
    /// Hyperscan refuses an expression.
    pub fn new(set: &RuleSet, by_rule: bool) -> Result<ByText, Failed> {
        let patterns = if by_rule { one_regex_each(set) } else { expressions(set) };
        let name = if by_rule { "Hyperscan by text, rules" } else { "Hyperscan by text, phrases" };
        let database = Database::new(&patterns, CASELESS | SINGLEMATCH, false)?;
        Ok(ByText { name, database, once: Once::new(set.rules) })
    }
}

struct Found<'a> {
    once: &'a mut Once,
    rules: &'a mut Vec<u32>,
}

extern "C" fn take(id: c_uint, _: c_ulonglong, _: c_ulonglong, _: c_uint, context: *mut c_void) -> c_int {
    // SAFETY: `ByText` passes this type and nothing else uses it during the scan.
    let found = unsafe { &mut *context.cast::<Found<'_>>() };
    found.once.add(id, found.rules);
    0
}

impl Peer for ByText {
    fn name(&self) -> String {
        self.name.into()
    }

    fn rules_in(&mut self, text: &str, rules: &mut Vec<u32>) {
        self.once.begin();
        let mut found = Found { once: &mut self.once, rules };
        self.database.scan(text.as_bytes(), take, &mut found);
    }
}

/// Many texts in one buffer; every match is reported, and its end tells the text.
pub struct Buffered {
    database: Database,
    once: Once,
    buffer: Vec<u8>,
    /// Where each text ends in the buffer.
    ends: Vec<usize>,
    matches: Vec<(usize, u32)>,
}

impl Buffered {
    /// Compiles the rules.
    ///
    /// # Errors
    /// Hyperscan refuses an expression.
    pub fn new(set: &RuleSet) -> Result<Buffered, Failed> {
        let database = Database::new(&expressions(set), CASELESS, false)?;
        let (buffer, ends, matches) = (Vec::new(), Vec::new(), Vec::new());
        Ok(Buffered { database, once: Once::new(set.rules), buffer, ends, matches })
    }

    fn flush(&mut self, each: &mut dyn FnMut(&[u32])) {
        self.matches.clear();
        self.database.scan(&self.buffer, note, &mut self.matches);
        let mut rules = Vec::new();
        let mut matches = self.matches.iter().peekable();
        // Matches come in the order of their ends.
        for end in &self.ends {
            rules.clear();
            self.once.begin();
            while let Some((_, rule)) = matches.next_if(|(to, _)| to <= end) {
                self.once.add(*rule, &mut rules);
            }
            each(&rules);
        }
        self.buffer.clear();
        self.ends.clear();
    }
}

extern "C" fn note(id: c_uint, _: c_ulonglong, to: c_ulonglong, _: c_uint, context: *mut c_void) -> c_int {
    // SAFETY: `Buffered` passes this type and nothing else uses it during the scan.
    let matches = unsafe { &mut *context.cast::<Vec<(usize, u32)>>() };
    matches.push((to as usize, id));
    0
}

impl Peer for Buffered {
    fn name(&self) -> String {
        "Hyperscan in 64-KB buffers".into()
    }

    fn rules_in(&mut self, text: &str, rules: &mut Vec<u32>) {
        self.buffer.extend_from_slice(text.as_bytes());
        self.ends.push(self.buffer.len());
        self.flush(&mut |found| rules.extend_from_slice(found));
    }

    fn rules_in_all(&mut self, texts: &[String], each: &mut dyn FnMut(&[u32])) {
        for text in texts {
            if self.buffer.len() + text.len() > BUFFER && !self.ends.is_empty() {
                self.flush(each);
            }
            self.buffer.extend_from_slice(text.as_bytes());
            self.ends.push(self.buffer.len());
            self.buffer.push(BETWEEN);
        }
        self.flush(each);
    }

    fn batch(&self) -> usize {
        512
    }
}

/// Literal mode, then the check for whole words.
pub struct Literals {
    database: Database,
    /// Rule and length of each literal.
    literals: Vec<(u32, usize)>,
    once: Once,
}

impl Literals {
    /// Compiles the phrases.
    ///
    /// # Errors
    /// Hyperscan refuses a literal.
    pub fn new(set: &RuleSet) -> Result<Literals, Failed> {
        let numbered: Vec<(u32, String)> = (0..).zip(set.phrases.iter().map(|(_, p)| p.clone())).collect();
        let database = Database::new(&numbered, CASELESS, true)?;
        let literals = set.phrases.iter().map(|(rule, phrase)| (*rule, phrase.len())).collect();
        Ok(Literals { database, literals, once: Once::new(set.rules) })
    }
}

struct FoundLiteral<'a> {
    literals: &'a [(u32, usize)],
    text: &'a [u8],
    found: Found<'a>,
}

extern "C" fn check(id: c_uint, _: c_ulonglong, to: c_ulonglong, _: c_uint, context: *mut c_void) -> c_int {
    // SAFETY: `Literals` passes this type and nothing else uses it during the scan.
    let FoundLiteral { literals, text, found } = unsafe { &mut *context.cast::<FoundLiteral<'_>>() };
    let (rule, length) = literals[id as usize];
    let end = to as usize;
    if whole_words(text, end - length, end) {
        found.once.add(rule, found.rules);
    }
    0
}

impl Peer for Literals {
    fn name(&self) -> String {
        "Hyperscan literals".into()
    }

    fn rules_in(&mut self, text: &str, rules: &mut Vec<u32>) {
        self.once.begin();
        let found = Found { once: &mut self.once, rules };
        let mut context = FoundLiteral { literals: &self.literals, text: text.as_bytes(), found };
        self.database.scan(text.as_bytes(), check, &mut context);
    }
}
