//! What workers make of judgments, and what the writer does with it.

use outsort::format::record::Detail;
use outsort::{Hits, Judgment, Pack};
use outsort_tables::{Refusal, Value, Writer};

use super::super::corpus::Ledger;
use super::super::failure::Failure;
use super::super::picked::Kept;
use super::super::sink::Sink;
use super::columns::Columns;
use super::format::Format;
use super::{columnar, text};

/// A judged document.
pub struct Judged<'a> {
    /// Its id.
    pub id: &'a str,
    /// What was found in it.
    pub hits: &'a Hits,
    /// Where it was placed.
    pub judgment: &'a Judgment,
    /// Fields of its record that go to the output.
    pub kept: &'a [(String, Kept)],
}

/// Turns judgments into what is written; shared by all workers.
pub struct Encoder<'a> {
    /// The rules.
    pub pack: &'a Pack,
    /// How much is told of each verdict.
    pub detail: Detail,
    /// The format.
    pub format: Format,
    /// The columns.
    pub columns: Columns,
    /// Where to note fields that have no column.
    pub ledger: Ledger,
}

/// A judgment, ready to be written.
pub enum Encoded {
    /// As bytes, in a piece of just their size: many wait for the writer.
    Bytes(Box<[u8]>),
    /// As a record of columns.
    Record(Vec<Value>),
}

impl Encoder<'_> {
    /// A judgment, ready to be written.
    pub fn encode(&self, judged: &Judged<'_>) -> Encoded {
        if self.format != Format::Jsonl && !self.columns.chosen {
            let lost = judged.kept.iter().find(|(field, _)| !self.columns.hold(field));
            lost.into_iter().for_each(|(field, _)| self.ledger.lose(field));
        }
        match self.format {
            Format::Jsonl => Encoded::Bytes(text::line(self, judged).into_boxed_slice()),
            Format::Csv(delimiter) => Encoded::Bytes(text::row(self, judged, delimiter).into_boxed_slice()),
            Format::Columnar(_) => Encoded::Record(columnar::record(self, judged)),
        }
    }
}

impl Encoded {
    /// Bytes that it takes where it is written; nothing of a record, which is packed with others.
    pub fn bytes(&self) -> usize {
        match self {
            Encoded::Bytes(bytes) => bytes.len(),
            Encoded::Record(_) => 0,
        }
    }
}

/// The file of results, or standard output.
pub enum Results {
    /// Bytes one after another.
    Text(Box<Sink>),
    /// Columns.
    Columnar(Box<Writer<Sink>>),
    /// Its sink was lost when the last columns could not be written.
    Broken,
}

impl Results {
    /// Results that go to `sink`; what comes before the first record is written if they `begin` here.
    ///
    /// # Errors
    /// They can't be written.
    pub fn over(mut sink: Sink, encoder: &Encoder<'_>, begin: bool) -> Result<Results, Failure> {
        match encoder.format {
            Format::Csv(delimiter) if begin => sink.put(&text::header(&encoder.columns, delimiter))?,
            Format::Jsonl | Format::Csv(_) => {}
            Format::Columnar(format) => {
                let shape = columnar::shape(&encoder.columns, encoder.pack, encoder.detail);
                let writer = Writer::new(sink, format, shape).map_err(|e| failed(&e))?;
                return Ok(Results::Columnar(Box::new(writer)));
            }
        }
        Ok(Results::Text(Box::new(sink)))
    }

    /// Writes a judgment.
    ///
    /// # Errors
    /// It can't be written.
    pub fn write(&mut self, encoded: Encoded) -> Result<(), Failure> {
        match (self, encoded) {
            (Results::Text(sink), Encoded::Bytes(bytes)) => sink.put(&bytes),
            (Results::Columnar(writer), Encoded::Record(record)) => {
                writer.write(record).map_err(|e| failed(&e))
            }
            // The encoder and the results were made for one format.
            _ => Err(Failure::Internal("a result is of another format than its file".into())),
        }
    }

    fn text(&self) -> Option<&Sink> {
        if let Results::Text(sink) = self { Some(sink) } else { None }
    }

    fn text_mut(&mut self) -> Option<&mut Sink> {
        if let Results::Text(sink) = self { Some(sink) } else { None }
    }

    /// See [`Sink::cut`]; columns can't be cut off anywhere.
    pub fn cut(&mut self) -> Result<(), Failure> {
        self.text_mut().map_or(Ok(()), Sink::cut)
    }

    /// See [`Sink::bytes`].
    pub fn bytes(&self) -> Option<u64> {
        self.text().and_then(Sink::bytes)
    }

    /// See [`Sink::is_compressed`].
    pub fn is_compressed(&self) -> bool {
        self.text().is_some_and(Sink::is_compressed)
    }

    /// See [`Sink::sync`].
    pub fn sync(&mut self) -> Result<(), Failure> {
        self.text_mut().map_or(Ok(()), Sink::sync)
    }

    /// See [`Sink::keep`].
    pub fn keep(&mut self) {
        self.text_mut().into_iter().for_each(Sink::keep);
    }

    /// Writes what is still held, and completes the output. Returns its bytes.
    ///
    /// # Errors
    /// It can't be written.
    pub fn complete(&mut self) -> Result<u64, Failure> {
        *self = match std::mem::replace(self, Results::Broken) {
            Results::Columnar(writer) => Results::Text(Box::new(writer.finish().map_err(|e| failed(&e))?)),
            whole => whole,
        };
        let lost = || Failure::Internal("the results were completed twice".into());
        self.text_mut().ok_or_else(lost)?.complete()
    }

    /// See [`Sink::publish`].
    pub fn publish(&mut self) -> Result<(), Failure> {
        self.text_mut().map_or(Ok(()), Sink::publish)
    }
}

fn failed(refusal: &Refusal) -> Failure {
    Failure::Input(format!("can't write the results: {refusal}"))
}
