//! `outsort score`: every document of a corpus, in order, on all cores.

use std::borrow::Cow;
use std::collections::HashMap;
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use indicatif::{HumanCount, ProgressBar, ProgressDrawTarget, ProgressStyle};
use outsort::batch::{limit_threads, ordered};
use outsort::core::tally::{Glimpse, Tally};
use outsort::format::record::{CSV_COLUMNS, Detail, Record, csv_row};
use outsort::format::source::Source;
use outsort::{Engine, Hits, Part, Scratch, Verdict, judge};
use serde::Serialize;

use super::Done;
use super::args::{DetailArg, Score};
use super::corpus::{Body, Corpus, Item, open, size};
use super::failure::{Failure, count};
use super::fields::{Asked, Picked};
use super::load::{engine, is_stdin};
use super::score_report;
use super::sink::{Sink, SinkFormat, format_of};

/// Judges corpora.
pub fn run(args: &Score) -> Result<Done, Failure> {
    if let Some(threads) = args.threads {
        limit_threads(threads.into());
    }
    let engine = engine(&args.pack)?;
    let started = Instant::now();
    let format = format_of(args.output.as_deref())?;
    check_outputs(args)?;
    let bar = progress(args);
    let items = items(args, &bar)?;
    // Opened now, so that a place that can't be written is known before the work, not after it.
    let page = args.report.as_deref().map(|path| Sink::open(Some(path))).transpose()?;
    let report = args.report.is_some().then(|| Tally::new(engine.pack()));
    let mut out = Output { report, ..Output::open(args, format)? };
    let job = Job { engine: &engine, detail: detail(args.detail), format, report: args.report.is_some() };
    let judged =
        ordered(items, Worker::default, |worker, item| job.work(worker, item), |result| out.take(result));
    bar.finish_and_clear();
    judged?;
    let (tally, rejected) = (out.report.take(), out.rejected);
    let done = out.finish(args, started.elapsed())?;
    if let (Some(sink), Some(tally)) = (page, tally) {
        score_report::write(sink, args, &engine, &tally, rejected)?;
    }
    Ok(done)
}

/// No file may be written that is read, or written twice.
fn check_outputs(args: &Score) -> Result<(), Failure> {
    let real = |path: &PathBuf| {
        let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let whole = path
            .canonicalize()
            .or_else(|_| folder.canonicalize().map(|f| f.join(path.file_name().unwrap_or_default())));
        whole.unwrap_or_else(|_| path.clone())
    };
    let inputs: Vec<PathBuf> = args.corpora.iter().filter(|path| !is_stdin(path)).map(real).collect();
    let outputs: Vec<(&str, &PathBuf)> =
        [("results", &args.output), ("rejects", &args.rejects), ("the report", &args.report)]
            .into_iter()
            .filter_map(|(what, path)| Some((what, path.as_ref()?)))
            .collect();
    if let Some((_, path)) = outputs.iter().find(|(_, path)| inputs.contains(&real(path))) {
        let help = "results would replace what is read: name another file";
        return Err(Failure::Usage(format!("{} is read and written\nhelp: {help}", path.display())));
    }
    for (i, (first, path)) in outputs.iter().enumerate() {
        if let Some((second, _)) = outputs[i + 1..].iter().find(|(_, other)| real(other) == real(path)) {
            let help = "name two files";
            return Err(Failure::Usage(format!(
                "{first} and {second} both go to {}\nhelp: {help}",
                path.display()
            )));
        }
    }
    Ok(())
}

fn detail(arg: DetailArg) -> Detail {
    match arg {
        DetailArg::None => Detail::None,
        DetailArg::Rules => Detail::Rules,
        DetailArg::Spans => Detail::Spans,
    }
}

fn progress(args: &Score) -> ProgressBar {
    if args.quiet || !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let sizes: Option<u64> = args.corpora.iter().map(|path| size(path)).sum();
    let bar =
        match sizes {
            Some(bytes) => ProgressBar::new(bytes)
                .with_style(style("{bar:30} {percent}% {binary_bytes_per_sec} {eta} left")),
            None => ProgressBar::new_spinner()
                .with_style(style("{spinner} {binary_bytes} {binary_bytes_per_sec}")),
        };
    bar.set_draw_target(ProgressDrawTarget::stderr_with_hz(8));
    bar
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}

type Items = Box<dyn Iterator<Item = Item> + Send>;

/// The records of all corpora, grouped if that is asked for.
fn items(args: &Score, bar: &ProgressBar) -> Result<Items, Failure> {
    let asked = Asked {
        text: args.text.clone(),
        id: args.id.clone(),
        title: args.title.clone(),
        group: args.group.clone(),
        extra: args.report_by.iter().cloned().collect(),
        ..Asked::default()
    };
    let mut all: Items = Box::new(std::iter::empty());
    for path in &args.corpora {
        let Corpus { chosen, items } = open(path, args.from, &asked, bar)?;
        if let Some(chosen) = chosen.filter(|_| !args.quiet) {
            bar.suspend(|| anstream::eprintln!("note: {chosen}"));
        }
        all = Box::new(all.chain(items));
    }
    Ok(if args.group.is_some() { grouped(all) } else { all })
}

/// Joins the texts of each group, in the order in which groups first come; bad records stay as they are.
fn grouped(items: Items) -> Items {
    let mut order: Vec<Item> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for item in items {
        let (source, line, offset) = (item.source.clone(), item.line, item.offset);
        let record = match pick(&item.body) {
            Ok(picked) => record(picked, line),
            Err((code, why)) => Err((code, why)),
        };
        let (id, title, text) = match record {
            Ok(Text { id, title, text, .. }) => (id, title, text),
            Err((code, why)) => {
                order.push(Item { source, line, offset, body: Body::Bad(code, why) });
                continue;
            }
        };
        match places.get(&id).map(|place| &mut order[*place].body) {
            Some(Body::Group { text: all, .. }) => {
                all.push('\n');
                all.push_str(&text);
            }
            _ => {
                places.insert(id.clone(), order.len());
                order.push(Item { source, line, offset, body: Body::Group { id, title, text } });
            }
        }
    }
    Box::new(order.into_iter())
}

/// Code and reason of a rejection.
pub type Why = (&'static str, String);

/// A record that can be judged.
pub struct Text {
    /// Its id, or its line.
    pub id: String,
    /// Its title.
    pub title: Option<String>,
    /// Its text.
    pub text: String,
}

pub fn pick(body: &Body) -> Result<Picked, Why> {
    match body {
        Body::Json(bytes, fields) => {
            let line = String::from_utf8_lossy(bytes);
            fields.pick_json(line.as_bytes()).map_err(|why| ("bad-json", why))
        }
        Body::Row(row, table) => {
            let values: Vec<Cow<'_, str>> = row.iter().map(String::from_utf8_lossy).collect();
            let column = |name: &str| table.header.iter().position(|h| h == name);
            Ok(table.fields.pick_row(|name| column(name).map(|i| values[i].as_ref())))
        }
        Body::Line(bytes) => {
            Ok(Picked { text: Some(String::from_utf8_lossy(bytes).into_owned()), ..Picked::default() })
        }
        Body::File(_) => Ok(Picked::default()),
        Body::Group { id, title, text } => Ok(Picked {
            text: Some(text.clone()),
            id: Some(id.clone()),
            title: title.clone(),
            ..Picked::default()
        }),
        Body::Bad(code, why) => Err((code, why.clone())),
    }
}

pub fn record(picked: Picked, line: u64) -> Result<Text, Why> {
    let text = picked.text.ok_or_else(|| ("no-text", "the record has no text".to_owned()))?;
    if !text.chars().any(char::is_alphanumeric) {
        return Err(("empty-text", "the text is empty".into()));
    }
    let id = picked.group.or(picked.id).filter(|id| !id.is_empty()).unwrap_or_else(|| line.to_string());
    Ok(Text { id, title: picked.title, text })
}

/// What every worker shares.
struct Job<'a> {
    engine: &'a Engine,
    detail: Detail,
    format: SinkFormat,
    /// Whether a report is wanted.
    report: bool,
}

/// What a worker keeps from record to record.
#[derive(Default)]
struct Worker {
    scratch: Scratch,
    hits: Hits,
}

/// The bytes to write, the verdict and what a report wants to know, or why there is none.
type Outcome = Result<(Vec<u8>, Verdict, Option<Box<Glimpse>>), Reject>;

/// A record that could not be judged.
#[derive(Debug, Serialize)]
struct Reject {
    source: Arc<str>,
    line: u64,
    code: &'static str,
    reason: String,
}

impl Job<'_> {
    fn work(&self, worker: &mut Worker, item: Item) -> Outcome {
        let Item { source, line, body, .. } = item;
        let reject = |(code, reason): Why| Reject { source: source.clone(), line, code, reason };
        if let Body::File(bytes) = &body {
            let file = Source::read(&source, bytes);
            let picked = Picked {
                text: Some(file.text),
                id: Some(source.to_string()),
                title: file.title,
                ..Picked::default()
            };
            return self.judge(worker, record(picked, line).map_err(reject)?, None);
        }
        let mut picked = pick(&body).map_err(reject)?;
        let group =
            picked.extra.pop().map(|value| value.filter(|v| !v.is_empty()).unwrap_or("(none)".into()));
        self.judge(worker, record(picked, line).map_err(reject)?, group)
    }

    fn judge(&self, worker: &mut Worker, text: Text, group: Option<String>) -> Outcome {
        let pack = self.engine.pack();
        let document = self.engine.document(text.title.as_deref(), &text.text);
        self.engine.scan_into(&document, &mut worker.scratch, &mut worker.hits);
        let judgment = judge(pack, &worker.hits, Part::Whole);
        let mut bytes = Vec::new();
        match self.format {
            SinkFormat::Jsonl => {
                let record = Record::new(&text.id, None, pack, &worker.hits, &judgment, self.detail);
                // Writing to memory can't fail.
                _ = serde_json::to_writer(&mut bytes, &record);
                bytes.push(b'\n');
            }
            SinkFormat::Csv(delimiter) => {
                write_row(&mut bytes, delimiter, &csv_row(&text.id, pack, &judgment, self.detail));
            }
        }
        let verdict = judgment.verdict;
        let Text { id, title, text } = text;
        let glimpse = self.report.then(|| Box::new(Glimpse { id, title, text, group, judgment }));
        Ok((bytes, verdict, glimpse))
    }
}

fn write_row<S: AsRef<[u8]>>(bytes: &mut Vec<u8>, delimiter: u8, row: &[S]) {
    let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer(bytes);
    // As above.
    _ = writer.write_record(row);
}

/// Takes results in order; counts what it writes and what it rejects.
struct Output {
    sink: Sink,
    rejects: Option<Sink>,
    strict: bool,
    verdicts: [u64; Verdict::ALL.len()],
    rejected: u64,
    report: Option<Tally>,
    /// The first few rejects, for the summary.
    first: Vec<Reject>,
}

/// Rejects that the summary names.
const NAMED: usize = 5;

impl Output {
    fn open(args: &Score, format: SinkFormat) -> Result<Output, Failure> {
        let mut sink = Sink::open(args.output.as_deref())?;
        if let SinkFormat::Csv(delimiter) = format {
            let mut header = Vec::new();
            let rules = ["fired"];
            let more: &[&str] = if args.detail == DetailArg::None { &[] } else { &rules };
            write_row(&mut header, delimiter, &[&CSV_COLUMNS, more].concat());
            sink.write_all(&header)?;
        }
        let rejects = args.rejects.as_deref().map(|path| Sink::open(Some(path))).transpose()?;
        let verdicts = [0; Verdict::ALL.len()];
        Ok(Output {
            sink,
            rejects,
            strict: args.strict,
            verdicts,
            rejected: 0,
            report: None,
            first: Vec::new(),
        })
    }

    fn take(&mut self, outcome: Outcome) -> Result<(), Failure> {
        let reject = match outcome {
            Ok((bytes, verdict, glimpse)) => {
                self.verdicts[verdict as usize] += 1;
                if let (Some(tally), Some(glimpse)) = (&mut self.report, glimpse) {
                    tally.take(&glimpse);
                }
                return Ok(self.sink.write_all(&bytes)?);
            }
            Err(reject) => reject,
        };
        if self.strict {
            return Err(Failure::Input(format!(
                "{}\nhelp: without --strict, bad records are left out",
                shown(&reject)
            )));
        }
        self.rejected += 1;
        if let Some(file) = &mut self.rejects {
            let mut line = serde_json::to_vec(&reject).map_err(std::io::Error::from)?;
            line.push(b'\n');
            file.write_all(&line)?;
        }
        if self.first.len() < NAMED {
            self.first.push(reject);
        }
        Ok(())
    }

    fn finish(self, args: &Score, took: Duration) -> Result<Done, Failure> {
        self.sink.finish()?;
        if let Some(rejects) = self.rejects {
            rejects.finish()?;
        }
        let judged: u64 = self.verdicts.iter().sum();
        let counts: Vec<String> = Verdict::ALL
            .iter()
            .zip(self.verdicts)
            .filter(|(_, n)| *n > 0)
            .map(|(v, n)| format!("{v} {} ({:.0}%)", HumanCount(n), n as f64 * 100.0 / judged as f64))
            .collect();
        if !args.quiet {
            let rate = judged as f64 / took.as_secs_f64().max(1e-3);
            anstream::eprintln!(
                "judged {} of {} in {:.1} s ({}/s){}{}",
                HumanCount(judged),
                HumanCount(judged + self.rejected),
                took.as_secs_f64(),
                HumanCount(rate as u64),
                if counts.is_empty() { "" } else { ": " },
                counts.join(", "),
            );
        }
        if self.rejected == 0 {
            return Ok(Done::Well);
        }
        let place =
            args.rejects.as_ref().map_or(String::new(), |path| format!("; all are in {}", path.display()));
        anstream::eprintln!("rejected {}{place}", count(self.rejected as usize, "record"));
        for reject in &self.first {
            anstream::eprintln!("  {}", shown(reject));
        }
        if self.rejected as usize > self.first.len() && args.rejects.is_none() {
            anstream::eprintln!(
                "  … and {} more; --rejects FILE keeps them",
                self.rejected as usize - self.first.len()
            );
        }
        Ok(Done::SomeInputBad)
    }
}

fn shown(reject: &Reject) -> String {
    format!("{}:{}: {} [{}]", reject.source, reject.line, reject.reason, reject.code)
}
