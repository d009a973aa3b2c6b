//! The report that `score` writes beside its results.

use outsort::Engine;
use outsort::core::tally::Tally;
use outsort::format::report::Corpus;

use super::args::Score;
use super::failure::Failure;
use super::load::shown;
use super::sink::Sink;

/// Writes what a corpus came to.
pub fn write(sink: Sink, args: &Score, engine: &Engine, tally: &Tally, rejected: u64) -> Result<(), Failure> {
    let names: Vec<String> = args.corpora.iter().map(|path| shown(path)).collect();
    if let Some(field) = args.report_by.as_ref().filter(|_| tally.groups.is_empty() && !args.quiet) {
        anstream::eprintln!("note: no record has fields, so that the report has no groups by {field}");
    }
    let corpus = Corpus { engine, names: &names, by: args.report_by.as_deref(), tally, rejected };
    save(sink, &corpus.page())
}

/// Writes a page whole or not at all.
pub fn save(mut sink: Sink, page: &str) -> Result<(), Failure> {
    sink.put(page.as_bytes())?;
    sink.finish()
}
