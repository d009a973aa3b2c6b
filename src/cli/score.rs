//! `outsort score`: every document of a corpus, in order, on all cores.

use std::collections::HashMap;
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use indicatif::{HumanCount, ProgressBar, ProgressDrawTarget, ProgressStyle};
use outsort::batch::{limit_threads, ordered};
use outsort::format::record::Detail;
use outsort::format::source::Source;
use outsort::{Engine, Hits, Part, Scratch, Verdict, judge};
use serde::Serialize;

use super::Done;
use super::args::{DetailArg, Score};
use super::corpus::{Body, Corpus, Item, Ledger, Why, expanded, in_runs, open, size};
use super::failure::{Failure, count};
use super::fields::{Asked, Keep, Reading};
use super::load::{engine, is_stdin};
use super::output::{Columns, Encoded, Encoder, Judged, Results, format_of};
use super::picked::{Kept, Picked};
use super::sink::Sink;

/// Judges corpora.
pub fn run(args: &Score) -> Result<Done, Failure> {
    if let Some(threads) = args.threads {
        limit_threads(threads.into());
    }
    let engine = engine(&args.pack)?;
    let started = Instant::now();
    let format = format_of(args.output.as_deref())?;
    let corpora = expanded(&args.corpora)?;
    check_outputs(args, &corpora)?;
    let bar = progress(args, &corpora);
    let ledger = Ledger::default();
    let items = items(args, &corpora, &ledger, &bar)?;
    let detail = detail(args.detail);
    let columns = Columns::choose(args.columns.fields.as_deref(), &ledger.columns(), format, detail)?;
    let job = Job {
        engine: &engine,
        encoder: Encoder { pack: engine.pack(), detail, format, columns, ledger: ledger.clone() },
    };
    let mut out = Output::open(args, &job.encoder)?;
    let judged =
        ordered(items, Worker::default, |worker, item| job.work(worker, item), |result| out.take(result));
    bar.finish_and_clear();
    judged?;
    if !args.quiet {
        ledger.notes().iter().for_each(|note| anstream::eprintln!("note: {note}"));
    }
    out.finish(args, started.elapsed())
}

/// No file may be written that is read, or written twice.
fn check_outputs(args: &Score, corpora: &[PathBuf]) -> Result<(), Failure> {
    let real = |path: &PathBuf| {
        let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let whole = path
            .canonicalize()
            .or_else(|_| folder.canonicalize().map(|f| f.join(path.file_name().unwrap_or_default())));
        whole.unwrap_or_else(|_| path.clone())
    };
    let inputs: Vec<PathBuf> = corpora.iter().filter(|path| !is_stdin(path)).map(real).collect();
    let outputs: Vec<&PathBuf> = args.output.iter().chain(&args.rejects).collect();
    if let Some(path) = outputs.iter().find(|path| inputs.contains(&real(path))) {
        let help = "results would replace what is read: name another file";
        return Err(Failure::Usage(format!("{} is read and written\nhelp: {help}", path.display())));
    }
    if let [output, rejects] = outputs.as_slice()
        && real(output) == real(rejects)
    {
        let help = "name two files";
        return Err(Failure::Usage(format!(
            "results and rejects both go to {}\nhelp: {help}",
            output.display()
        )));
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

fn progress(args: &Score, corpora: &[PathBuf]) -> ProgressBar {
    if args.quiet || !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let sizes: Option<u64> = corpora.iter().map(|path| size(path)).sum();
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
fn items(args: &Score, corpora: &[PathBuf], ledger: &Ledger, bar: &ProgressBar) -> Result<Items, Failure> {
    let keep = match &args.columns.keep {
        None => Keep::None,
        Some(names) if names.iter().any(|name| name == "*") => Keep::All,
        Some(names) => Keep::These(names.clone()),
    };
    let read = args.read.clone();
    let asked = Asked {
        text: args.text.clone(),
        id: args.id.clone(),
        title: args.title.clone(),
        group: args.group.clone(),
        keep,
        reading: Reading {
            sheet: read.sheet,
            delimiter: read.delimiter,
            encoding: read.encoding,
            ledger: ledger.clone(),
        },
        ..Asked::default()
    };
    let mut all: Items = Box::new(std::iter::empty());
    for path in corpora {
        let Corpus { chosen, items } = open(path, args.from, &asked, bar)?;
        if let Some(chosen) = chosen.filter(|_| !args.quiet) {
            bar.suspend(|| anstream::eprintln!("note: {chosen}"));
        }
        all = Box::new(all.chain(items));
    }
    Ok(match &args.group {
        Some(_) if args.sorted => Box::new(in_runs(all, member)),
        Some(_) => grouped(all),
        None => all,
    })
}

/// Group, title and text of a record that has them.
fn member(item: &Item) -> Option<(String, Option<String>, String)> {
    let Text { id, title, text, .. } = record(pick(&item.body).ok()?, item.line).ok()?;
    Some((id, title, text))
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
        let (id, title, text, kept) = match record {
            Ok(Text { id, title, text, kept }) => (id, title, text, kept),
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
                order.push(Item { source, line, offset, body: Body::Group { id, title, text, kept } });
            }
        }
    }
    Box::new(order.into_iter())
}

/// A record that can be judged.
pub struct Text {
    /// Its id, or its line.
    pub id: String,
    /// Its title.
    pub title: Option<String>,
    /// Its text.
    pub text: String,
    /// Fields that go to the output.
    pub kept: Vec<(String, Kept)>,
}

pub fn pick(body: &Body) -> Result<Picked, Why> {
    body.pick()
}

pub fn record(picked: Picked, line: u64) -> Result<Text, Why> {
    let text = picked.text.ok_or_else(|| ("no-text", "the record has no text".to_owned()))?;
    if !text.chars().any(char::is_alphanumeric) {
        return Err(("empty-text", "the text is empty".into()));
    }
    let id = picked.group.or(picked.id).filter(|id| !id.is_empty()).unwrap_or_else(|| line.to_string());
    Ok(Text { id, title: picked.title, text, kept: picked.kept })
}

/// What every worker shares.
struct Job<'a> {
    engine: &'a Engine,
    encoder: Encoder<'a>,
}

/// What a worker keeps from record to record.
#[derive(Default)]
struct Worker {
    scratch: Scratch,
    hits: Hits,
}

/// What to write and the verdict, or why there is none.
type Outcome = Result<(Encoded, Verdict), Reject>;

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
            return self.judge(worker, &record(picked, line).map_err(reject)?);
        }
        let picked = pick(&body).map_err(reject)?;
        self.judge(worker, &record(picked, line).map_err(reject)?)
    }

    fn judge(&self, worker: &mut Worker, text: &Text) -> Outcome {
        let pack = self.engine.pack();
        let document = self.engine.document(text.title.as_deref(), &text.text);
        self.engine.scan_into(&document, &mut worker.scratch, &mut worker.hits);
        let judgment = judge(pack, &worker.hits, Part::Whole);
        let judged = Judged { id: &text.id, hits: &worker.hits, judgment: &judgment, kept: &text.kept };
        Ok((self.encoder.encode(&judged), judgment.verdict))
    }
}

/// Takes results in order; counts what it writes and what it rejects.
struct Output {
    results: Results,
    rejects: Option<Sink>,
    strict: bool,
    verdicts: [u64; Verdict::ALL.len()],
    rejected: u64,
    /// The first few rejects, for the summary.
    first: Vec<Reject>,
}

/// Rejects that the summary names.
const NAMED: usize = 5;

impl Output {
    fn open(args: &Score, encoder: &Encoder<'_>) -> Result<Output, Failure> {
        let results = Results::open(args.output.as_deref(), encoder)?;
        let rejects = args.rejects.as_deref().map(|path| Sink::open(Some(path))).transpose()?;
        let verdicts = [0; Verdict::ALL.len()];
        Ok(Output { results, rejects, strict: args.strict, verdicts, rejected: 0, first: Vec::new() })
    }

    fn take(&mut self, outcome: Outcome) -> Result<(), Failure> {
        let reject = match outcome {
            Ok((encoded, verdict)) => {
                self.verdicts[verdict as usize] += 1;
                return self.results.write(encoded);
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
        self.results.finish()?;
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
