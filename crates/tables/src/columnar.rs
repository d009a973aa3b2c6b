//! Parquet and Arrow files to rows of texts, a batch at a time.

use std::fs::File;
use std::io::{BufReader, Read, Seek};

use arrow_array::RecordBatch;
use arrow_schema::{ArrowError, SchemaRef};
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

use super::Row;
use super::guard::guarded;
use super::nested;
use super::refusal::Refusal;

/// Rows that are held at a time.
const BATCH: usize = 512;

/// A file of columns, opened but not read.
pub struct Columnar {
    source: Source,
    schema: SchemaRef,
    /// How many rows it has, where it says so.
    pub rows: Option<u64>,
}

/// How a file of columns is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnarFormat {
    /// Apache Parquet.
    Parquet,
    /// Arrow's own format: a file (also called Feather, version 2) or a stream.
    Arrow,
}

/// A column that has texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name; a part of a struct has the struct's name and a dot before its own.
    pub name: String,
    /// Whether a cell holds several values, a list, say.
    pub many: bool,
}

enum Source {
    Parquet(ParquetRecordBatchReaderBuilder<File>),
    ArrowFile(File),
    ArrowStream(File),
}

impl Columnar {
    /// Opens a file and reads what it says of its columns.
    ///
    /// # Errors
    /// The file is not of this format, or damaged.
    pub fn open(file: File, format: ColumnarFormat) -> Result<Columnar, Refusal> {
        guarded(|| match format {
            ColumnarFormat::Parquet => {
                let builder = ParquetRecordBatchReaderBuilder::try_new(file)?;
                let rows = u64::try_from(builder.metadata().file_metadata().num_rows()).ok();
                let schema = builder.schema().clone();
                Ok(Columnar { source: Source::Parquet(builder), schema, rows })
            }
            ColumnarFormat::Arrow => arrow(file),
        })
    }

    /// Its columns, in order.
    pub fn columns(&self) -> Vec<Column> {
        nested::columns(self.schema.fields())
    }

    /// Its rows, of these columns only and in this order.
    ///
    /// # Errors
    /// The file is damaged.
    pub fn read(self, names: Vec<String>) -> Result<Rows, Refusal> {
        let roots = nested::roots(self.schema.fields(), &names);
        let batches = guarded(|| batches(self.source, roots))?;
        Ok(Rows { batches: Some(batches), names, waiting: Vec::new().into_iter() })
    }
}

fn arrow(mut file: File) -> Result<Columnar, Refusal> {
    let mut magic = [0; 6];
    let read = file.read(&mut magic)?;
    file.rewind()?;
    if magic[..read].starts_with(b"FEA1") {
        return Err(Refusal::Damaged("it is of Feather's first version; write version 2, or Parquet".into()));
    }
    let again = file.try_clone()?;
    let reader = BufReader::new(file);
    let is_file = &magic == b"ARROW1";
    let (source, schema) = if is_file {
        (Source::ArrowFile(again), arrow_ipc::reader::FileReader::try_new(reader, None)?.schema())
    } else {
        (Source::ArrowStream(again), arrow_ipc::reader::StreamReader::try_new(reader, None)?.schema())
    };
    Ok(Columnar { source, schema, rows: None })
}

type Batches = Box<dyn Iterator<Item = Result<RecordBatch, ArrowError>> + Send>;

fn batches(source: Source, roots: Vec<usize>) -> Result<Batches, Refusal> {
    Ok(match source {
        Source::Parquet(builder) => {
            let mask = ProjectionMask::roots(builder.parquet_schema(), roots);
            Box::new(builder.with_projection(mask).with_batch_size(BATCH).build()?)
        }
        Source::ArrowFile(mut file) => {
            file.rewind()?;
            Box::new(arrow_ipc::reader::FileReader::try_new(BufReader::new(file), Some(roots))?)
        }
        Source::ArrowStream(mut file) => {
            file.rewind()?;
            Box::new(arrow_ipc::reader::StreamReader::try_new(BufReader::new(file), Some(roots))?)
        }
    })
}

/// The rows of a file of columns. After a failure there are no more.
pub struct Rows {
    batches: Option<Batches>,
    names: Vec<String>,
    waiting: std::vec::IntoIter<Row>,
}

impl Iterator for Rows {
    type Item = Result<Row, Refusal>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(row) = self.waiting.next() {
                return Some(Ok(row));
            }
            let batches = self.batches.as_mut()?;
            let names = &self.names;
            let next = guarded(|| batches.next().map(|batch| rows(&batch?, names)).transpose());
            match next {
                Ok(Some(rows)) => self.waiting = rows.into_iter(),
                Ok(None) => self.batches = None,
                Err(refusal) => {
                    self.batches = None;
                    return Some(Err(refusal));
                }
            }
        }
    }
}

fn rows(batch: &RecordBatch, names: &[String]) -> Result<Vec<Row>, Refusal> {
    let mut rows: Vec<Row> = vec![Vec::with_capacity(names.len()); batch.num_rows()];
    for name in names {
        for (row, text) in rows.iter_mut().zip(nested::texts(batch, name)?) {
            row.push(text);
        }
    }
    Ok(rows)
}
