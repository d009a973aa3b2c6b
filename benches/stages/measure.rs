//! The figures by stage.

use std::hint::black_box;

use outsort::core::columns::{Columns, Weights};
use outsort::format::record::{Detail, Record};
use outsort::{Document, Engine, Hits, Part, Scratch, default_pack, judge};

use crate::args::Args;
use crate::data::{Kind, RuleSet, Texts};
use crate::harness::{Contender, Laps, Plan, Results, race, seconds};

/// Documents that a changed weight judges again.
const RESCORED: usize = 1_000_000;

/// Measures everything that was asked for.
///
/// # Errors
/// A file can't be read or written.
pub fn all(args: &Args) -> Result<(), String> {
    let mut results = Results::to(args.json.as_deref())?;
    let plan = Plan::new(args.quick);
    println!("compile a pack");
    let engines: Vec<(usize, Engine)> =
        args.sizes.iter().map(|size| (*size, compile(*size, args.quick, &mut results))).collect();
    for kind in &args.kinds {
        let texts = args.texts(*kind)?;
        for (size, engine) in &engines {
            println!("{} · {}", title(*size), kind.name());
            stages(engine, &texts, plan, &format!("{}/{}", name(*size), kind.name()), &mut results);
        }
        sizes(&engines, &texts, plan, &mut results);
    }
    if let Some((size, engine)) = engines.first() {
        println!("a changed weight, {RESCORED} documents again, one thread");
        rescore(engine, *size, args, &mut results)?;
    }
    Ok(())
}

fn name(size: usize) -> String {
    if size == 0 { "shipped".into() } else { size.to_string() }
}

fn title(size: usize) -> String {
    if size == 0 { "shipped pack".into() } else { format!("{size} rules and 62 regexes") }
}

fn compile(size: usize, quick: bool, results: &mut Results) -> Engine {
    let times = if quick { 3 } else { 9 };
    if size == 0 {
        results.note("shipped/read TOML", "s", seconds(times, default_pack));
        results.note("shipped/compile", "s", seconds(times, || Engine::new(default_pack())));
        return Engine::new(default_pack());
    }
    let pack = RuleSet::made(size).pack();
    results.note(&format!("{size}/compile"), "s", seconds(times, || Engine::new(pack.clone())));
    let engine = Engine::new(pack);
    let bytes = engine.table_bytes() as f64 / 1e6;
    results.note(&format!("{size}/tables"), "MB", [bytes; 3]);
    engine
}

/// What is made of texts before the rounds begin, so that each stage can be run alone.
pub struct Ready<'t> {
    texts: &'t [String],
    documents: Vec<Document<'t>>,
    hits: Vec<Hits>,
}

impl<'t> Ready<'t> {
    /// Reads and scans all texts.
    pub fn new(engine: &Engine, texts: &'t [String]) -> Ready<'t> {
        let documents: Vec<Document<'t>> = texts.iter().map(|text| engine.document(None, text)).collect();
        let mut scratch = Scratch::default();
        let hits = documents.iter().map(|document| engine.scan(document, &mut scratch)).collect();
        Ready { texts, documents, hits }
    }
}

/// The stages as contenders.
pub fn contenders<'a>(engine: &'a Engine, ready: &'a Ready<'a>) -> Vec<Contender<'a>> {
    let Ready { texts, documents, hits } = ready;
    let (mut scratch, mut rules) = (Scratch::default(), Vec::new());
    let (mut scanning, mut found) = (Scratch::default(), Hits::default());
    let (mut judging, mut all) = (Scratch::default(), Hits::default());
    let (mut writing, mut written) = (Scratch::default(), Hits::default());
    let pack = engine.pack();
    vec![
        Contender::new("match", move |i| {
            engine.rules_in(&texts[i], &mut scratch, &mut rules);
            black_box(&rules);
        }),
        Contender::new("read", |i| _ = black_box(engine.document(None, &texts[i]))),
        Contender::new("scan", move |i| {
            engine.scan_into(&documents[i], &mut scanning, &mut found);
            black_box(&found);
        }),
        Contender::new("judge", move |i| _ = black_box(judge(pack, &hits[i], Part::Whole))),
        Contender::new("read, scan and judge", move |i| {
            engine.scan_into(&engine.document(None, &texts[i]), &mut judging, &mut all);
            black_box(judge(pack, &all, Part::Whole));
        }),
        Contender::new("… and write the record", move |i| {
            engine.scan_into(&engine.document(None, &texts[i]), &mut writing, &mut written);
            let judgment = judge(pack, &written, Part::Whole);
            let record = Record::new("1", None, pack, &written, &judgment, Detail::Rules);
            _ = black_box(serde_json::to_vec(&record));
        }),
        Contender::new("explain", |i| _ = black_box(engine.explain(None, &texts[i]))),
    ]
}

fn stages(engine: &Engine, texts: &Texts, plan: Plan, key: &str, results: &mut Results) {
    let ready = Ready::new(engine, &texts.all);
    let mut rules = Vec::new();
    let mut scratch = Scratch::default();
    let fired: usize = texts
        .all
        .iter()
        .take(2_000)
        .map(|text| {
            engine.rules_in(text, &mut scratch, &mut rules);
            rules.len()
        })
        .sum();
    let per_text = fired as f64 / texts.all.len().min(2_000) as f64;
    results.note(&format!("{key}/rules a text"), "", [per_text; 3]);
    let laps = race(&mut contenders(engine, &ready), &texts.sizes(), plan);
    for lap in &laps {
        results.note(&format!("{key}/{}", lap.name), "MB/s", lap.speed());
    }
    let find = |name: &str| laps.iter().find(|lap| lap.name == name);
    if let (Some(whole), Some(bare)) = (find("read, scan and judge"), find("match")) {
        results.note(&format!("{key}/judgment over matching"), "x", whole.over(bare));
    }
}

/// How much larger packs slow matching down.
fn sizes(engines: &[(usize, Engine)], texts: &Texts, plan: Plan, results: &mut Results) {
    let made: Vec<&(usize, Engine)> = engines.iter().filter(|(size, _)| *size > 0).collect();
    if made.len() < 2 {
        return;
    }
    println!("larger packs · {}", texts.kind.name());
    let mut scratches: Vec<(Scratch, Vec<u32>)> = made.iter().map(|_| Default::default()).collect();
    let mut all: Vec<Contender<'_>> = made
        .iter()
        .zip(&mut scratches)
        .map(|((size, engine), (scratch, rules))| {
            Contender::new(size.to_string(), move |i| {
                engine.rules_in(&texts.all[i], scratch, rules);
                black_box(&*rules);
            })
        })
        .collect();
    let laps: Vec<Laps> = race(&mut all, &texts.sizes(), plan);
    for lap in &laps[1..] {
        let key = format!("{}/{} over {}", texts.kind.name(), lap.name, laps[0].name);
        results.note(&key, "x", lap.over(&laps[0]));
    }
}

fn rescore(engine: &Engine, size: usize, args: &Args, results: &mut Results) -> Result<(), String> {
    let texts = args.texts(args.kinds.first().copied().unwrap_or(Kind::Tasks))?;
    let ready = Ready::new(engine, &texts.all[..texts.all.len().min(20_000)]);
    let columns = Columns::of(engine.pack(), ready.hits.iter().cycle().take(RESCORED));
    let mut weights = Weights::of(engine.pack());
    let mut verdicts = [0u64; outsort::Verdict::ALL.len()];
    let took = seconds(if args.quick { 3 } else { 7 }, || {
        weights.factors[0] += 0.5;
        for document in 0..columns.len() {
            verdicts[weights.standing(&columns, document).verdict as usize] += 1;
        }
    });
    black_box(verdicts);
    results.note(&format!("{}/re-score 1M documents", name(size)), "s", took);
    Ok(())
}
