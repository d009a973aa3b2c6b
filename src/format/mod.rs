//! Bytes to values and back. Opens nothing, prints nothing.

pub mod diagnostic;
pub mod embedded;
pub mod full_record;
mod html;
pub mod markdown;
pub mod pack;
pub mod patch;
pub mod record;
pub mod report;
pub mod schema;
pub mod source;
pub mod stub;
pub mod why_record;
