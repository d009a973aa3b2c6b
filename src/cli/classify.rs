//! `outsort classify`: one or more job descriptions, judged and explained.

use std::path::Path;

use outsort::core::explain::Explanation;
use outsort::format::full_record::full;
use outsort::format::markdown;
use outsort::format::report::Pages;
use outsort::format::source::Source;
use outsort::{Engine, Verdict};

use super::Done;
use super::args::{Classify, DocumentFormat};
use super::failure::Failure;
use super::load::{engine, shown, source_within};
use super::page::Page;
use super::summary::{Row, table};

/// Columns where the terminal does not say.
const WIDTH: usize = 100;

/// Judges files.
pub fn run(args: &Classify) -> Result<Done, Failure> {
    let engine = engine(&args.pack)?;
    let report = Pages::new(&engine, args.files.len() > 1);
    let mut out = Output {
        args,
        engine: &engine,
        rows: Vec::new(),
        report,
        pages: 0,
        failed: 0,
        unexpected: Vec::new(),
    };
    for path in &args.files {
        if let Err(failure) = out.file(path) {
            if args.files.len() == 1 || matches!(failure, Failure::BrokenPipe) {
                return Err(failure);
            }
            failure.report();
            out.failed += 1;
        }
    }
    out.finish()
}

struct Output<'a> {
    args: &'a Classify,
    engine: &'a Engine,
    rows: Vec<Row>,
    report: Pages<'a>,
    pages: usize,
    failed: usize,
    /// Files whose verdict is not the expected one.
    unexpected: Vec<(String, Verdict)>,
}

impl Output<'_> {
    fn file(&mut self, path: &Path) -> Result<(), Failure> {
        let name = shown(path);
        let source = source_within(path, &self.args.limits.limits())?;
        let title = self.args.title.as_deref().or(source.title.as_deref());
        let explanation = self.engine.explain(title, &source.text);
        let verdict = explanation.judgment.verdict;
        if self.args.expect.is_some_and(|expected| expected != verdict) {
            self.unexpected.push((name.clone(), verdict));
        }
        self.print(&name, &source, &explanation)
    }

    fn print(&mut self, name: &str, source: &Source, explanation: &Explanation<'_>) -> Result<(), Failure> {
        match self.args.format {
            DocumentFormat::Json => {
                let record = full(name, source, self.engine.pack(), explanation);
                let json = serde_json::to_string(&record).map_err(|e| Failure::Input(e.to_string()))?;
                print(&format!("{json}\n"))
            }
            DocumentFormat::Html => {
                self.report.add(name, source, explanation);
                Ok(())
            }
            DocumentFormat::Md => self.page(&markdown::page(name, source, self.engine.pack(), explanation)),
            DocumentFormat::Text if self.args.files.len() > 1 && !self.args.pages => {
                self.rows.push(Row::new(name, explanation));
                Ok(())
            }
            DocumentFormat::Text => {
                let page = Page {
                    engine: self.engine,
                    explanation,
                    file: name,
                    source,
                    width: width(),
                    all: self.args.all,
                    flip: self.args.flip,
                };
                self.page(&page.render())
            }
        }
    }

    fn page(&mut self, page: &str) -> Result<(), Failure> {
        let between = if self.pages > 0 { "\n\n" } else { "" };
        self.pages += 1;
        print(&format!("{between}{page}"))
    }

    fn finish(self) -> Result<Done, Failure> {
        if !self.rows.is_empty() {
            print(&table(&self.rows, width()))?;
        }
        if self.args.format == DocumentFormat::Html && !self.report.is_empty() {
            print(&self.report.finish())?;
        }
        if let Some(expected) = self.args.expect {
            for (name, verdict) in &self.unexpected {
                anstream::eprintln!("{name}: expected {expected}, got {verdict}");
            }
        }
        Ok(match (self.failed, self.unexpected.is_empty()) {
            (0, true) => Done::Well,
            (0, false) => Done::Findings,
            _ => Done::SomeInputBad,
        })
    }
}

/// Columns of the terminal.
pub fn width() -> usize {
    terminal_size::terminal_size().map_or(WIDTH, |(columns, _)| usize::from(columns.0).clamp(60, 160))
}

fn print(text: &str) -> Result<(), Failure> {
    use std::io::Write;
    let mut out = anstream::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(())
}
