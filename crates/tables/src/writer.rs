//! Records to Parquet and Arrow files, a batch at a time.

use std::io::Write;
use std::sync::Arc;

use arrow_array::{RecordBatch, RecordBatchOptions};
use arrow_ipc::writer::FileWriter;
use arrow_schema::{Schema, SchemaRef};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;

use super::batch::columns;
use super::columnar::ColumnarFormat;
use super::refusal::Refusal;
use super::shape::{Shape, Value, fields};

/// Records that wait until they are written,
const BATCH_ROWS: usize = 4096;
/// and their bytes.
const BATCH_BYTES: usize = 16 << 20;
/// Records of a row group of Parquet,
const GROUP_ROWS: usize = 1 << 16;
/// and its bytes: a group is held in memory until it is written.
const GROUP_BYTES: usize = 64 << 20;

/// Writes records of one shape.
pub struct Writer<W: Write + Send> {
    inner: Inner<W>,
    schema: SchemaRef,
    shape: Vec<(String, Shape)>,
    waiting: Vec<Vec<Value>>,
    bytes: usize,
}

enum Inner<W: Write + Send> {
    Parquet(Box<ArrowWriter<W>>),
    Arrow(Box<FileWriter<W>>),
}

impl<W: Write + Send> Writer<W> {
    /// Begins a file with columns of these names and shapes.
    ///
    /// # Errors
    /// It can't be written to.
    pub fn new(to: W, format: ColumnarFormat, shape: Vec<(String, Shape)>) -> Result<Writer<W>, Refusal> {
        let schema = Arc::new(Schema::new(fields(&shape)));
        let inner = match format {
            ColumnarFormat::Parquet => {
                let properties = WriterProperties::builder()
                    .set_compression(Compression::ZSTD(ZstdLevel::try_new(3)?))
                    .set_max_row_group_row_count(Some(GROUP_ROWS))
                    .set_created_by("outsort".into())
                    .build();
                Inner::Parquet(Box::new(ArrowWriter::try_new(to, schema.clone(), Some(properties))?))
            }
            ColumnarFormat::Arrow => Inner::Arrow(Box::new(FileWriter::try_new(to, &schema)?)),
        };
        Ok(Writer { inner, schema, shape, waiting: Vec::new(), bytes: 0 })
    }

    /// Writes a record: a value for each column.
    ///
    /// # Errors
    /// A value has not the shape of its column, or nothing can be written.
    pub fn write(&mut self, record: Vec<Value>) -> Result<(), Refusal> {
        self.bytes += record.iter().map(Value::bytes).sum::<usize>();
        self.waiting.push(record);
        if self.waiting.len() >= BATCH_ROWS || self.bytes >= BATCH_BYTES { self.flush() } else { Ok(()) }
    }

    fn flush(&mut self) -> Result<(), Refusal> {
        if self.waiting.is_empty() {
            return Ok(());
        }
        let rows: Vec<&[Value]> = self.waiting.iter().map(Vec::as_slice).collect();
        let options = RecordBatchOptions::new().with_row_count(Some(rows.len()));
        let arrays = columns(&self.shape, &rows)?;
        let batch = RecordBatch::try_new_with_options(self.schema.clone(), arrays, &options)?;
        match &mut self.inner {
            Inner::Parquet(writer) => {
                writer.write(&batch)?;
                if writer.in_progress_size() >= GROUP_BYTES {
                    writer.flush()?;
                }
            }
            Inner::Arrow(writer) => writer.write(&batch)?,
        }
        self.waiting.clear();
        self.bytes = 0;
        Ok(())
    }

    /// Completes the file, and gives back what it was written to.
    ///
    /// # Errors
    /// It can't be written.
    pub fn finish(mut self) -> Result<W, Refusal> {
        self.flush()?;
        Ok(match self.inner {
            Inner::Parquet(writer) => writer.into_inner()?,
            Inner::Arrow(writer) => writer.into_inner()?,
        })
    }
}
