//! Spreadsheets, Parquet and Arrow files to rows of text, and judged records to Parquet and Arrow.
//!
//! Reading: [`Sheet`] holds one sheet of a workbook; [`Columnar`] streams the rows of a Parquet or Arrow
//! file. Both give [`Row`]s of texts; what a cell means is for the caller to say. Writing: a [`Writer`] takes
//! records of [`Value`]s whose [`Shape`] is known beforehand, and keeps no more than a batch of them.
//!
//! Files are not trusted: sizes are bounded, and a reader that panics gives a [`Refusal`].

mod batch;
mod columnar;
mod guard;
mod nested;
mod refusal;
mod shape;
mod sheet;
mod writer;

pub use columnar::{Column, Columnar, ColumnarFormat, Rows};
pub use refusal::Refusal;
pub use shape::{Shape, Value};
pub use sheet::{MAX_UNPACKED, Sheet};
pub use writer::Writer;

/// The texts of a row's cells, in the order of the columns; nothing where a cell is empty.
pub type Row = Vec<Option<String>>;
