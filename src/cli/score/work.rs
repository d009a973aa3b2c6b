//! What a worker does with a record: judge it, or say why not.

use std::borrow::Cow;
use std::sync::Arc;

use outsort::batch::guarded;
use outsort::core::tally::Glimpse;
use outsort::format::record::{Detail, Record, csv_row};
use outsort::{Engine, Hits, Part, Scratch, Verdict, judge};
use outsort_documents::Limits;
use serde::{Deserialize, Serialize};

use super::super::corpus::{Body, Item};
use super::super::documents;
use super::super::fields::Picked;
use super::super::sink::SinkFormat;
use super::text::{Text, Why, beginning, pick, record};

/// What every worker shares.
pub struct Job<'a> {
    /// The rules.
    pub engine: &'a Engine,
    /// How much to tell.
    pub detail: Detail,
    /// How to tell it.
    pub format: SinkFormat,
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
    /// Where a result is written, to be handed on in a piece of just its size: many wait to be written out.
    bytes: Vec<u8>,
}

/// A record that was judged.
pub struct Judged {
    /// What to write.
    pub bytes: Vec<u8>,
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
        let mut picked = pick(&item.body)?;
        let group =
            picked.extra.pop().map(|value| value.filter(|v| !v.is_empty()).unwrap_or("(none)".into()));
        Ok(self.judge(worker, record(picked, item.line)?, group))
    }

    fn judge(&self, worker: &mut Worker, text: Text, group: Option<String>) -> Judged {
        let pack = self.engine.pack();
        let document = self.engine.document(text.title.as_deref(), &text.text);
        self.engine.scan_into(&document, &mut worker.scratch, &mut worker.hits);
        let judgment = judge(pack, &worker.hits, Part::Whole);
        let bytes = &mut worker.bytes;
        bytes.clear();
        match self.format {
            SinkFormat::Jsonl => {
                let record = Record::new(&text.id, None, pack, &worker.hits, &judgment, self.detail);
                // Writing to memory can't fail.
                _ = serde_json::to_writer(&mut *bytes, &record);
                bytes.push(b'\n');
            }
            SinkFormat::Csv(delimiter) => {
                write_row(bytes, delimiter, &csv_row(&text.id, pack, &judgment, self.detail));
            }
        }
        let verdict = judgment.verdict;
        let Text { id, title, text } = text;
        let glimpse = self.report.then(|| Box::new(Glimpse { id, title, text, group, judgment }));
        Judged { bytes: bytes.clone(), verdict, glimpse }
    }
}

/// Writes a row of a table.
pub fn write_row<S: AsRef<[u8]>>(bytes: &mut Vec<u8>, delimiter: u8, row: &[S]) {
    let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer(bytes);
    // Writing to memory can't fail.
    _ = writer.write_record(row);
}
