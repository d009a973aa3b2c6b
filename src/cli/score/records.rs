//! The records of all corpora, in order: opened one after another, grouped and cut to a shard if asked for.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use indicatif::ProgressBar;

use super::super::args::{CorpusFormat, Score};
use super::super::corpus::{Body, Corpus, Item, Ledger, in_runs, open};
use super::super::failure::Failure;
use super::super::fields::{Asked, Keep, Reading};
use super::super::interrupt;
use super::super::load::shown;
use super::text::{Text, record};

type Items = Box<dyn Iterator<Item = Item> + Send>;

/// The records that a run has to judge, and what became of them.
pub struct Records {
    items: Items,
    /// How many there are, where that is known before they are read.
    pub known: Option<u64>,
    /// Shared with whoever holds [`Records::fate`].
    fate: Fate,
}

/// How far reading came.
#[derive(Clone, Default)]
pub struct Fate {
    read: Arc<AtomicU64>,
    ended: Arc<AtomicBool>,
}

impl Fate {
    /// Records that were handed out.
    pub fn read(&self) -> u64 {
        self.read.load(Ordering::Acquire)
    }

    /// Whether there are no more, rather than that an early end was asked for.
    pub fn ended(&self) -> bool {
        self.ended.load(Ordering::Acquire)
    }
}

impl Records {
    /// Opens the corpora and skips the first `done` records of those that are asked for.
    ///
    /// # Errors
    /// A corpus or field that is not there; fewer records than are done; an interrupt.
    pub fn open(args: &Score, done: u64, ledger: &Ledger, bar: &ProgressBar) -> Result<Records, Failure> {
        let mut items = all(args, ledger, bar, !args.quiet)?;
        let mut known = None;
        if args.group.is_some() && args.sorted {
            items = Box::new(in_runs(items, member));
        } else if args.group.is_some() {
            let groups = grouped(items);
            known = Some(groups.len() as u64);
            items = Box::new(groups.into_iter());
        }
        if let Some(shard) = args.shard {
            let range = shard.range(known.map_or_else(|| count(args), Ok)?);
            skip(&mut items, range.start)?;
            let records = range.end - range.start;
            known = Some(records);
            items = Box::new(items.take(usize::try_from(records).unwrap_or(usize::MAX)));
        }
        let there = skip(&mut items, done)?;
        if there < done {
            return Err(Failure::Input(format!(
                "there are {there} records, but {done} were judged before the interruption\nhelp: --restart starts anew"
            )));
        }
        let known = known.map(|all| all.saturating_sub(done));
        Ok(Records { items, known, fate: Fate::default() })
    }

    /// What becomes of them, to be asked at the end.
    pub fn fate(&self) -> Fate {
        self.fate.clone()
    }
}

impl Iterator for Records {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        let item = self.items.next();
        // An input that ended because an early end was asked for may end amid a record: so ask afterwards.
        if interrupt::asked() {
            return None;
        }
        match item {
            Some(_) => _ = self.fate.read.fetch_add(1, Ordering::Release),
            None => self.fate.ended.store(true, Ordering::Release),
        }
        item
    }
}

/// How many records there are; reads them all.
fn count(args: &Score) -> Result<u64, Failure> {
    if let Some(path) = args.corpora.iter().find(|path| !is_rereadable(path)) {
        let help = "write it to a file, or split it there";
        let name = shown(path);
        return Err(Failure::Usage(format!(
            "--shard has to read the input twice, and {name} can be read once only\nhelp: {help}"
        )));
    }
    let mut items = all(args, &Ledger::default(), &ProgressBar::hidden(), false)?;
    if args.sorted {
        items = Box::new(in_runs(items, member));
    }
    skip(&mut items, u64::MAX)
}

/// Skips so many records, and says how many there were.
fn skip(items: &mut Items, records: u64) -> Result<u64, Failure> {
    let mut skipped = 0;
    while skipped < records && items.next().is_some() {
        skipped += 1;
        if interrupt::asked() {
            return Err(Failure::Interrupted("before the first record was judged".into()));
        }
    }
    Ok(skipped)
}

/// A corpus that is open, or will be when its turn comes.
enum Input {
    Open(Items),
    Later(PathBuf),
}

/// The records of all corpora as they stand. What is wrong with a corpus is said now, even if it is read
/// later: thousands of files can't be open at a time.
fn all(args: &Score, ledger: &Ledger, bar: &ProgressBar, say: bool) -> Result<Items, Failure> {
    let asked = Asked {
        text: args.text.clone(),
        id: args.id.clone(),
        title: args.title.clone(),
        group: args.group.clone(),
        extra: args.report_by.iter().cloned().collect(),
        keep: match &args.columns.keep {
            None => Keep::None,
            Some(names) if names.iter().any(|name| name == "*") => Keep::All,
            Some(names) => Keep::These(names.clone()),
        },
        reading: Reading {
            sheet: args.read.sheet.clone(),
            delimiter: args.read.delimiter,
            encoding: args.read.encoding,
            ledger: ledger.clone(),
        },
        ..Asked::default()
    };
    let mut inputs = Vec::new();
    for path in &args.corpora {
        let later = args.corpora.len() > 1 && path.is_file();
        let hidden = ProgressBar::hidden();
        let Corpus { chosen, items } = open(path, args.from, &asked, if later { &hidden } else { bar })?;
        if let Some(chosen) = chosen.filter(|_| say) {
            bar.suspend(|| anstream::eprintln!("note: {chosen}"));
        }
        inputs.push(if later { Input::Later(path.clone()) } else { Input::Open(items) });
    }
    let (from, bar) = (args.from, bar.clone());
    let items = inputs.into_iter().flat_map(move |input| match input {
        Input::Open(items) => items,
        Input::Later(path) => opened(&path, from, &asked, &bar),
    });
    Ok(Box::new(items))
}

/// A corpus that could be opened before; if it can't be now, that is a reject.
fn opened(path: &Path, from: Option<CorpusFormat>, asked: &Asked, bar: &ProgressBar) -> Items {
    match open(path, from, asked, bar) {
        Ok(corpus) => corpus.items,
        Err(failure) => {
            let body = Body::Bad("unreadable", failure.message().to_owned());
            Box::new(std::iter::once(Item { source: shown(path).into(), line: 1, offset: None, body }))
        }
    }
}

fn is_rereadable(path: &Path) -> bool {
    path.is_file() || path.is_dir()
}

/// Group, title and text of a record that has them.
fn member(item: &Item) -> Option<(String, Option<String>, String)> {
    let Text { id, title, text, .. } = record(item.body.pick().ok()?, item.line).ok()?;
    Some((id, title, text))
}

/// Joins the texts of each group, in the order in which groups first come; bad records stay as they are.
fn grouped(items: Items) -> Vec<Item> {
    let mut order: Vec<Item> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for item in items.take_while(|_| !interrupt::asked()) {
        let (source, line, offset) = (item.source.clone(), item.line, item.offset);
        let Ok(Text { id, title, text, kept }) = item.body.pick().and_then(|picked| record(picked, line))
        else {
            // It will fail again when its turn comes, with what it holds at hand.
            order.push(item);
            continue;
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
    order
}
