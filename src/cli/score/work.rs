//! What a worker does with a record: judge it, or say why not.

use std::borrow::Cow;
use std::sync::Arc;

use outsort::batch::guarded;
use outsort::core::tally::Glimpse;
use outsort::{Engine, Hits, Part, Scratch, Verdict, judge};
use outsort_documents::Limits;
use serde::{Deserialize, Serialize};

use super::super::corpus::{Body, Item, Why};
use super::super::documents;
use super::super::output::{self, Encoded, Encoder};
use super::super::picked::Picked;
use super::text::{Text, beginning, record};

/// What every worker shares.
pub struct Job<'a> {
    /// The rules.
    pub engine: &'a Engine,
    /// What is written of a judgment, and how.
    pub encoder: Encoder<'a>,
    /// Whether a report is wanted.
    pub report: bool,
    /// Bounds for a document of a folder.
    pub limits: Limits,
}

/// What a worker keeps from record to record.
#[derive(Default)]
pub struct Worker {
    scratch: Scratch,
    hits: Hits,
}

/// A record that was judged.
pub struct Judged {
    /// What to write.
    pub encoded: Encoded,
    /// Where it was placed.
    pub verdict: Verdict,
    /// What a report wants to know, if one is wanted.
    pub glimpse: Option<Box<Glimpse>>,
}

/// What became of a record.
pub type Outcome = Result<Judged, Reject>;

/// A record that could not be judged.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Reject {
    /// Where it came from.
    pub source: Arc<str>,
    /// Its line there, from 1.
    pub line: u64,
    /// The byte at which it begins, decompressed; nothing where that is not known.
    pub offset: Option<u64>,
    /// What kind of thing is wrong.
    pub code: Cow<'static, str>,
    /// What is wrong.
    pub reason: String,
    /// How it begins.
    pub record: Option<String>,
}

impl Reject {
    /// A line about it.
    pub fn shown(&self) -> String {
        format!("{}:{}: {} [{}]", self.source, self.line, self.reason, self.code)
    }
}

impl Job<'_> {
    /// Judges a record. A record that the program itself fails on is a reject too, and spoils no other.
    pub fn work(&self, worker: &mut Worker, item: &Item) -> Outcome {
        let judged = guarded(worker, Worker::default, |worker| self.read(worker, item));
        let judged = judged.unwrap_or_else(|fault| {
            Err(("internal-error", format!("outsort failed on this record: {}; please report it", fault.0)))
        });
        judged.map_err(|(code, reason)| Reject {
            source: item.source.clone(),
            line: item.line,
            offset: item.offset,
            code: Cow::Borrowed(code),
            reason,
            record: beginning(&item.body),
        })
    }

    fn read(&self, worker: &mut Worker, item: &Item) -> Result<Judged, Why> {
        if let Body::File(bytes) = &item.body {
            let file = documents::read(&item.source, bytes, &self.limits)
                .map_err(|unread| (unread.code, format!("{}; {}", unread.reason, unread.help)))?;
            let picked = Picked {
                text: Some(file.text),
                id: Some(item.source.to_string()),
                title: file.title,
                ..Picked::default()
            };
            return Ok(self.judge(worker, record(picked, item.line)?, None));
        }
        let mut picked = item.body.pick()?;
        let group =
            picked.extra.pop().map(|value| value.filter(|v| !v.is_empty()).unwrap_or("(none)".into()));
        Ok(self.judge(worker, record(picked, item.line)?, group))
    }

    fn judge(&self, worker: &mut Worker, text: Text, group: Option<String>) -> Judged {
        let pack = self.engine.pack();
        let Worker { scratch, hits } = worker;
        let document = self.engine.document(text.title.as_deref(), &text.text);
        self.engine.scan_into(&document, scratch, hits);
        let judgment = judge(pack, hits, Part::Whole);
        let Text { id, title, text, kept } = text;
        let encoded =
            self.encoder.encode(&output::Judged { id: &id, hits, judgment: &judgment, kept: &kept });
        let verdict = judgment.verdict;
        let glimpse = self.report.then(|| Box::new(Glimpse { id, title, text, group, judgment }));
        Judged { encoded, verdict, glimpse }
    }
}
