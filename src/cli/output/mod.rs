//! Judgments to the bytes or values that are written: which format, which columns.

mod columnar;
mod columns;
mod format;
mod results;
mod text;

pub use columns::Columns;
pub use format::{Format, format_of};
pub use results::{Encoded, Encoder, Judged, Results};
