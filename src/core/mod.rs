//! Values in, values out: no files, no clock, no printing.

pub mod compile;
pub mod diagnostic;
pub mod document;
pub mod example;
pub mod explain;
pub mod flip;
pub mod force;
pub(crate) mod gate;
pub mod inflect;
mod lexicon;
mod line;
mod matcher;
pub mod measure;
pub mod pack;
pub mod phrase;
mod reading;
pub mod scan;
pub mod score;
mod sentence;
pub mod setting;
mod spelling;
pub mod statistics;
pub mod suggest;
mod variants;
mod vocabulary;
pub mod words;
pub mod worth;
