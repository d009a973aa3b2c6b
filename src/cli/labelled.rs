//! Labelled corpora to scanned and judged samples: one scan, whatever is asked of them afterwards.

use std::path::PathBuf;

use indicatif::ProgressBar;
use outsort::batch::{Threads, ordered};
use outsort::core::measure::{Case, Label};
use outsort::core::tune::Workers;
use outsort::{Engine, Hits, Judgment, Part, Scratch, judge};

use super::args::LabelledArgs;
use super::corpus::{Item, expanded, open};
use super::failure::Failure;
use super::fields::Asked;
use super::load::shown;
use super::score::record;

/// What is wanted of a corpus.
pub struct Query<'a> {
    /// Which corpora, and where their fields are.
    pub args: &'a LabelledArgs,
    /// Further fields that must be there; their values stand in [`Sample::extra`].
    pub extra: Vec<&'a str>,
    /// Whether the corpora must have labels; otherwise records without one are kept.
    pub labels: bool,
}

/// A document of a corpus, scanned and judged.
#[derive(Debug)]
pub struct Sample {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: Option<String>,
    /// Its text.
    pub text: String,
    /// What a person said of it.
    pub label: Option<Label>,
    /// The values of the further fields.
    pub extra: Vec<Option<String>>,
    /// What was found in it.
    pub hits: Hits,
    /// Where it was placed.
    pub judgment: Judgment,
}

impl Sample {
    /// The sample as measuring takes it; nothing without a label.
    pub fn case(&self) -> Option<Case> {
        let (hits, judgment) = (self.hits.clone(), self.judgment.clone());
        Some(Case { id: self.id.clone(), hits, judgment, label: self.label? })
    }

    /// The value of the further field with this number.
    pub fn value(&self, field: usize) -> Option<&str> {
        self.extra.get(field).and_then(Option::as_deref)
    }
}

/// The documents of a corpus.
pub struct Samples {
    /// Those that are used, in the order of the input.
    pub all: Vec<Sample>,
    /// How many were left out for want of a label.
    pub unlabelled: usize,
}

/// Reads, scans and judges a corpus.
///
/// # Errors
/// A corpus or field that is not there, a bad record, an unknown label, no record that can be used.
pub fn samples(engine: &Engine, query: &Query<'_>) -> Result<Samples, Failure> {
    let wanted = Wanted::of(query)?;
    let mut items: Box<dyn Iterator<Item = Item> + Send> = Box::new(std::iter::empty());
    let corpora = corpora(query.args)?;
    for path in &corpora {
        items = Box::new(items.chain(open(path, None, &wanted.asked, &ProgressBar::hidden())?.items));
    }
    let mut samples = Samples { all: Vec::new(), unlabelled: 0 };
    let mut filtered = 0;
    let work = |scratch: &mut Scratch, item: Item| sample(engine, &wanted, scratch, &item);
    ordered(items, Scratch::default, work, |result| {
        match result {
            Ok(sample) => samples.all.push(sample),
            Err(Unused::Filtered) => filtered += 1,
            Err(Unused::Unlabelled) => samples.unlabelled += 1,
            Err(Unused::Bad(why)) => return Err(Failure::Input(why)),
        }
        Ok(())
    })?;
    if samples.all.is_empty() {
        return Err(Failure::Input(nothing(query, samples.unlabelled, filtered, &corpora)));
    }
    Ok(samples)
}

/// Documents that one thread scans at a time.
const BATCH: usize = 256;

/// What another engine finds in the same documents.
pub fn scan_again(engine: &Engine, samples: &[Sample]) -> Vec<Hits> {
    let batches: Vec<&[Sample]> = samples.chunks(BATCH).collect();
    let scan = |batch: usize| {
        let mut scratch = Scratch::default();
        let hits = |s: &Sample| engine.scan(&engine.document(s.title.as_deref(), &s.text), &mut scratch);
        batches[batch].iter().map(hits).collect::<Vec<Hits>>()
    };
    Threads.map(batches.len(), scan).into_iter().flatten().collect()
}

/// Why there is nothing to work on.
fn nothing(query: &Query<'_>, unlabelled: usize, filtered: usize, corpora: &[PathBuf]) -> String {
    if unlabelled > 0 {
        let help = format!("labels stand in the field `{}`; name another with --label", query.args.label);
        return format!("no record has a label ({unlabelled} without)\nhelp: {help}");
    }
    if filtered > 0 {
        let filters = query.args.filter.join(" and ");
        return format!("no record has {filters} ({filtered} read)\nhelp: letter case and spaces count");
    }
    let names: Vec<String> = corpora.iter().map(|path| shown(path)).collect();
    format!("no records in {}", names.join(", "))
}

/// Where the labels of this project stand.
const OWN: [&str; 2] = ["corpus/tasks.jsonl", "corpus/documents.jsonl"];

/// Those of them that are there.
pub fn own_corpora() -> Vec<PathBuf> {
    OWN.iter().map(PathBuf::from).filter(|path| path.exists()).collect()
}

/// The corpora that were asked for, or this project's own.
///
/// # Errors
/// There is none, or no file fits a pattern.
pub fn corpora(args: &LabelledArgs) -> Result<Vec<PathBuf>, Failure> {
    if !args.corpora.is_empty() {
        return expanded(&args.corpora);
    }
    let own = own_corpora();
    if own.is_empty() {
        let help = format!("name a labelled corpus, or run it where {} is", OWN[0]);
        return Err(Failure::Usage(format!("there is no corpus here\nhelp: {help}")));
    }
    Ok(own)
}

/// What is read of a record: fields by their place among the further fields.
struct Wanted {
    asked: Asked,
    label: usize,
    labels: bool,
    filters: Vec<(usize, String)>,
    extra: Vec<usize>,
}

impl Wanted {
    fn of(query: &Query<'_>) -> Result<Wanted, Failure> {
        let mut names: Vec<String> = Vec::new();
        let mut place = |name: &str| {
            names.iter().position(|known| known == name).unwrap_or_else(|| {
                names.push(name.to_owned());
                names.len() - 1
            })
        };
        let args = query.args;
        let demanded = query.labels.then(|| place(&args.label));
        let filters = args.filter.iter().map(|filter| match filter.split_once('=') {
            Some((name, value)) => Ok((place(name), value.to_owned())),
            None => Err(Failure::Usage(format!(
                "--where {filter} names no value\nhelp: write --where split=test"
            ))),
        });
        let filters = filters.collect::<Result<_, _>>()?;
        let extra = query.extra.iter().map(|name| place(name)).collect();
        // Labels that nobody demands stand behind the further fields, where there are any.
        let label = demanded.unwrap_or(names.len());
        let hoped = if query.labels || args.label.is_empty() { Vec::new() } else { vec![args.label.clone()] };
        let (text, title) = (args.text.clone(), args.title.clone());
        let asked = Asked { text, title, extra: names, hoped, ..Asked::default() };
        Ok(Wanted { asked, label, labels: query.labels, filters, extra })
    }
}

/// A record that is not used: left out by a filter, without a label, or bad.
enum Unused {
    Filtered,
    Unlabelled,
    Bad(String),
}

fn sample(engine: &Engine, wanted: &Wanted, scratch: &mut Scratch, item: &Item) -> Result<Sample, Unused> {
    let at = |why: String| Unused::Bad(format!("{}:{}: {why}", item.source, item.line));
    let mut picked = item.body.pick().map_err(|(_, why)| at(why))?;
    let values = std::mem::take(&mut picked.extra);
    let value = |field: usize| values.get(field).and_then(Option::as_deref);
    if wanted.filters.iter().any(|(field, wanted)| value(*field) != Some(wanted)) {
        return Err(Unused::Filtered);
    }
    let label = match value(wanted.label).filter(|label| !label.trim().is_empty()) {
        Some(label) => Some(Label::from_name(label).ok_or_else(|| {
            let allowed = Label::ALL.map(Label::name).join(", ");
            at(format!("unknown label `{label}`\nhelp: allowed: {allowed}"))
        })?),
        None if wanted.labels => return Err(Unused::Unlabelled),
        None => None,
    };
    let text = record(picked, item.line).map_err(|(_, why)| at(why))?;
    let document = engine.document(text.title.as_deref(), &text.text);
    let hits = engine.scan(&document, scratch);
    let judgment = judge(engine.pack(), &hits, Part::Whole);
    let extra = wanted.extra.iter().map(|field| value(*field).map(str::to_owned)).collect();
    Ok(Sample { id: text.id, title: text.title, text: text.text, label, extra, hits, judgment })
}
