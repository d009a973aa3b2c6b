//! `outsort rules check --fix`: needless phrases out, and nothing else.

use std::io::Write;

use outsort::core::diagnostic::Place;
use outsort::core::lint::{At, subsumed};
use outsort::format::pack::{Loaded, SourceFile, load};
use outsort::format::patch::{unified, without_items};
use outsort::{Document, Engine, Hits, Pack, Scratch};

use super::Done;
use super::args::Check;
use super::failure::{Failure, count};
use super::labelled::{Query, Sample, samples, scan_again};
use super::pack_files::replace;

/// Removes phrases that others make needless, if no hit changes by it.
pub fn fix(args: &Check, files: Vec<SourceFile>, loaded: Loaded) -> Result<Done, Failure> {
    if loaded.pack.is_none() {
        let from = args.pack.rules.as_ref().map_or("default".into(), |folder| folder.display().to_string());
        return Err(Failure::Pack { from, files, loaded: Box::new(loaded) });
    }
    let needless: Vec<Place> = loaded.pack.iter().flat_map(|pack| needless(pack, &loaded)).collect();
    if needless.is_empty() {
        anstream::eprintln!("note: no phrase is needless; nothing was changed");
        return Ok(Done::Well);
    }
    let after = without_items(&files, &needless);
    let (Some(old), Some(new)) = (loaded.pack, load(&after).pack) else {
        return Err(refused("the pack would have errors"));
    };
    let documents = compare(args, old, new)?;
    anstream::stdout().lock().write_all(unified(&files, &after).as_bytes())?;
    let changed = if args.dry_run { 0 } else { replace(&files, &after)? };
    let done = if args.dry_run {
        "would be removed".into()
    } else {
        format!("removed in {}", count(changed, "file"))
    };
    let corpus = if documents > 0 { format!(" and {}", count(documents, "document")) } else { String::new() };
    anstream::eprintln!(
        "note: {} {done}; all hits in the examples{corpus} stay the same",
        count(needless.len(), "needless phrase")
    );
    Ok(Done::Well)
}

fn needless(pack: &Pack, loaded: &Loaded) -> Vec<Place> {
    let rules = (0..).zip(&pack.rules);
    let places = rules.flat_map(|(number, rule)| {
        subsumed(rule).into_iter().filter_map(move |(phrase, _)| loaded.part(At::Phrase(number, phrase)))
    });
    places.collect()
}

fn refused(why: &str) -> Failure {
    let help = "this is a fault of outsort, please report it with the pack; the files are as they were";
    Failure::Input(format!("{why} without the needless phrases; nothing was changed\nhelp: {help}"))
}

/// Whether two packs of the same rules find the same in all examples and the corpus; the number of its documents.
fn compare(args: &Check, old: Pack, new: Pack) -> Result<usize, Failure> {
    let engines = [old, new].map(Engine::new);
    let rules = &engines[0].pack().rules;
    let mut scratch = Scratch::default();
    for text in rules.iter().flat_map(|rule| rule.fires.iter().chain(&rule.silent)) {
        let document = Document::of_task(text);
        let [before, after] = engines.each_ref().map(|engine| engine.scan(&document, &mut scratch));
        if before != after {
            return Err(refused(&format!("the example \"{text}\" would be read differently")));
        }
    }
    if args.corpus.is_empty() {
        return Ok(0);
    }
    let labelled = args.labelled();
    let samples: Vec<Sample> =
        samples(&engines[0], &Query { args: &labelled, extra: Vec::new(), labels: false })?.all;
    let after: Vec<Hits> = scan_again(&engines[1], &samples);
    match samples.iter().zip(&after).find(|(sample, after)| sample.hits != **after) {
        Some((sample, _)) => Err(refused(&format!("document {} would be read differently", sample.id))),
        None => Ok(samples.len()),
    }
}
