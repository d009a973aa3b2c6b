//! What workers make of judgments, and what the writer does with it.

use std::io::Write;
use std::path::Path;

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
    /// As bytes.
    Bytes(Vec<u8>),
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
            Format::Jsonl => Encoded::Bytes(text::line(self, judged)),
            Format::Csv(delimiter) => Encoded::Bytes(text::row(self, judged, delimiter)),
            Format::Columnar(_) => Encoded::Record(columnar::record(self, judged)),
        }
    }
}

/// The file of results, or standard output.
pub enum Results {
    /// Bytes one after another.
    Text(Box<Sink>),
    /// Columns.
    Columnar(Box<Writer<Sink>>),
}

impl Results {
    /// Opens the output and writes what comes before the first record.
    ///
    /// # Errors
    /// It can't be written.
    pub fn open(path: Option<&Path>, encoder: &Encoder<'_>) -> Result<Results, Failure> {
        let mut sink = Sink::open(path)?;
        match encoder.format {
            Format::Jsonl => Ok(Results::Text(Box::new(sink))),
            Format::Csv(delimiter) => {
                sink.write_all(&text::header(&encoder.columns, delimiter))?;
                Ok(Results::Text(Box::new(sink)))
            }
            Format::Columnar(format) => {
                let shape = columnar::shape(&encoder.columns, encoder.pack, encoder.detail);
                Ok(Results::Columnar(Box::new(Writer::new(sink, format, shape).map_err(|e| failed(&e))?)))
            }
        }
    }

    /// Writes a judgment.
    ///
    /// # Errors
    /// It can't be written.
    pub fn write(&mut self, encoded: Encoded) -> Result<(), Failure> {
        match (self, encoded) {
            (Results::Text(sink), Encoded::Bytes(bytes)) => Ok(sink.write_all(&bytes)?),
            (Results::Columnar(writer), Encoded::Record(record)) => {
                writer.write(record).map_err(|e| failed(&e))
            }
            // The encoder and the results were made for one format.
            (Results::Text(_), Encoded::Record(_)) | (Results::Columnar(_), Encoded::Bytes(_)) => {
                Err(Failure::Input("a result is of another format than its file".into()))
            }
        }
    }

    /// Completes the output and gives it its name.
    ///
    /// # Errors
    /// It can't be written.
    pub fn finish(self) -> Result<(), Failure> {
        match self {
            Results::Text(sink) => (*sink).finish(),
            Results::Columnar(writer) => writer.finish().map_err(|e| failed(&e))?.finish(),
        }
    }
}

fn failed(refusal: &Refusal) -> Failure {
    Failure::Input(format!("can't write the results: {refusal}"))
}
