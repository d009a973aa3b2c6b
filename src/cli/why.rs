//! `outsort why`: why a rule fires or not.

use std::io::Write;
use std::path::Path;

use outsort::core::why::Probe;
use outsort::format::why_record::why_record;
use outsort::{Engine, Scratch};

use super::Done;
use super::args::{ListFormat, Why};
use super::classify::width;
use super::failure::Failure;
use super::load::{engine, shown, source};
use super::rules::find;
use super::why_corpus;
use super::why_text::Page;

/// Says why a rule fires or not.
pub fn run(args: &Why) -> Result<Done, Failure> {
    if args.files.is_empty() && args.corpora.is_empty() {
        let help = "name a document (`-` is standard input), or a corpus with --corpus CORPUS";
        return Err(Failure::Usage(format!("there is nothing to look at\nhelp: {help}")));
    }
    let engine = engine(&args.pack)?;
    let (rule, _) = find(engine.pack(), &args.rule)?;
    let Some(probe) = engine.probe(rule as u32) else { return Ok(Done::Findings) };
    if !args.corpora.is_empty() {
        return why_corpus::run(args, &engine, &probe);
    }
    let (mut silent, mut failed) = (0, 0);
    for (number, path) in args.files.iter().enumerate() {
        match file(args, &engine, &probe, path, number > 0) {
            Ok(fires) => silent += usize::from(!fires),
            Err(failure) if args.files.len() == 1 || matches!(failure, Failure::BrokenPipe) => {
                return Err(failure);
            }
            Err(failure) => {
                failure.report();
                failed += 1;
            }
        }
    }
    Ok(match (failed, silent) {
        (0, 0) => Done::Well,
        (0, _) => Done::Findings,
        _ => Done::SomeInputBad,
    })
}

/// Prints what the rule does in a file; returns whether it fires.
fn file(args: &Why, engine: &Engine, probe: &Probe<'_>, path: &Path, again: bool) -> Result<bool, Failure> {
    let source = source(path)?;
    let name = shown(path);
    let title = args.title.as_deref().or(source.title.as_deref());
    let document = engine.document(title, &source.text);
    let mut scratch = Scratch::default();
    let hits = engine.scan(&document, &mut scratch);
    let why = probe.why(&document, &hits, &mut scratch);
    let text = match args.format {
        ListFormat::Json => {
            let record = why_record(&name, &source, probe.rule(), &document, &why);
            serde_json::to_string(&record).map_err(|e| Failure::Input(e.to_string()))? + "\n"
        }
        ListFormat::Text => {
            let page = Page {
                pack: engine.pack(),
                rule: probe.rule(),
                document: &document,
                source: &source,
                why: &why,
                width: width(),
                all: args.all,
            };
            format!("{}{}", if again { "\n" } else { "" }, page.render(&name))
        }
    };
    anstream::stdout().lock().write_all(text.as_bytes())?;
    Ok(why.fires())
}
