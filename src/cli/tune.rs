//! `outsort tune`: weights and thresholds that fit labels.

use std::collections::BTreeMap;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::Write;
use std::path::Path;

use outsort::batch::Threads;
use outsort::core::columns::Columns;
use outsort::core::measure::{Case, Label, Quality, quality};
use outsort::core::score::Standing;
use outsort::core::setting::{Setting, Written};
use outsort::core::tune::{Aim, Evidence, FEWEST, Options, Refusal, Tuned, tune};
use outsort::format::pack::{Loaded, SourceFile, load};
use outsort::format::patch::{Edit, apply, unified};
use outsort::{Engine, Hits, Judgment, LogOdds, Pack};
use serde::Serialize;

use super::Done;
use super::args::{PatchFormat, Tune};
use super::failure::{Failure, count as count_of};
use super::labelled::{Query, Sample, samples};
use super::load::pack_and_files;
use super::pack_files::{replace, write_new};
use super::tune_text::page;

/// Everything that a run says.
#[derive(Serialize)]
pub struct Report {
    /// Documents with a label.
    pub documents: usize,
    /// How strongly the author's weights were held to (poles, scope); nothing where they did best unchanged.
    pub strengths: [Option<f64>; 2],
    /// Held-out documents, by the author's numbers and by those tuned without them.
    pub held_out: Change,
    /// The same by fold: macro-F1 before and after.
    pub folds: Vec<[f64; 2]>,
    /// The same by value of `--by`.
    pub by: BTreeMap<String, Change>,
    /// Numbers that change.
    pub changes: Vec<Row>,
    /// Rules that fire in too few texts and keep their weight.
    pub thin: Vec<String>,
    /// Documents whose verdict flips.
    pub flips: Vec<Flip>,
    /// The change as a patch.
    pub patch: String,
}

/// Figures before and after.
#[derive(Serialize)]
pub struct Change {
    /// By the author's numbers.
    pub before: Quality,
    /// By tuned ones.
    pub after: Quality,
}

/// A number that changes.
#[derive(Serialize)]
pub struct Row {
    /// The rule's id, or the path in the manifest.
    pub name: String,
    /// What the rule speaks for.
    pub leans: Option<&'static str>,
    /// Texts in which the rule fires.
    pub support: Option<usize>,
    /// The number now.
    pub before: f64,
    /// The number proposed.
    pub after: f64,
    /// Its 95% interval, all other numbers as they are.
    pub interval: Option<(f64, f64)>,
}

/// A document whose verdict flips.
#[derive(Serialize)]
pub struct Flip {
    /// Its id.
    pub id: String,
    /// What a person said.
    pub label: &'static str,
    /// The verdict now.
    pub before: &'static str,
    /// The verdict then.
    pub after: &'static str,
    /// Whether that is right by the label, if one of the two is.
    pub mends: Option<bool>,
}

/// Tunes a pack.
pub fn run(args: &Tune) -> Result<Done, Failure> {
    check(args)?;
    let (pack, files, places) = pack_and_files(&args.pack)?;
    let engine = Engine::new(pack);
    let extra = [&args.group, &args.by, &args.count].into_iter().flatten().map(String::as_str).collect();
    let samples = samples(&engine, &Query { args: &args.labelled, extra, labels: true })?.all;
    let fields = Fields::of(args);
    let tuned = tuned(args, engine.pack(), &samples, &fields)?;
    let after = patched(engine.pack(), &tuned, &files, &places)?;
    let report = report(args, engine.pack(), &samples, &tuned, unified(&files, &after), &fields);
    print(args, &report)?;
    if args.write {
        let changed = replace(&files, &after)?;
        anstream::eprintln!("note: {} changed", count_of(changed, "file"));
    }
    if let Some(folder) = &args.out {
        write_new(folder, &after)?;
        anstream::eprintln!("note: the tuned pack is in {}", folder.display());
    }
    Ok(Done::Well)
}

fn check(args: &Tune) -> Result<(), Failure> {
    if args.write && args.pack.rules.is_none() {
        let help = "copy it out with `outsort rules init DIR`, then tune with --rules DIR; or write a copy with --out DIR";
        return Err(Failure::Usage(format!("--write would change the built-in pack\nhelp: {help}")));
    }
    let filled = |folder: &Path| fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some());
    if let Some(folder) = args.out.as_deref().filter(|folder| folder.is_file() || filled(folder)) {
        return Err(Failure::Usage(format!(
            "{} is there already\nhelp: name a new folder, or one that is empty",
            folder.display()
        )));
    }
    Ok(())
}

/// Places of the fields that were asked for among a sample's further ones.
struct Fields {
    group: Option<usize>,
    by: Option<usize>,
    count: Option<usize>,
}

impl Fields {
    fn of(args: &Tune) -> Fields {
        let mut next = 0;
        let mut place = |asked: &Option<String>| {
            asked.as_ref().map(|_| {
                next += 1;
                next - 1
            })
        };
        Fields { group: place(&args.group), by: place(&args.by), count: place(&args.count) }
    }
}

fn digest(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

fn tuned(args: &Tune, pack: &Pack, samples: &[Sample], fields: &Fields) -> Result<Tuned, Failure> {
    let columns = Columns::of(pack, samples.iter().map(|s| &s.hits));
    let labels: Vec<Label> = samples.iter().filter_map(|s| s.label).collect();
    let counts = samples.iter().map(|s| count(s, fields)).collect::<Result<Vec<f64>, _>>()?;
    let texts: Vec<u64> = samples.iter().map(|s| digest(&(&s.title, &s.text))).collect();
    // Records without the field each stand for themselves.
    let group = |(sample, text): (&Sample, &u64)| {
        fields.group.and_then(|field| sample.value(field)).map_or(*text, |group| digest(&group))
    };
    let groups: Vec<u64> = samples.iter().zip(&texts).map(group).collect();
    let evidence =
        Evidence { columns: &columns, labels: &labels, counts: &counts, groups: &groups, texts: &texts };
    let options = Options {
        folds: args.folds.into(),
        seed: args.seed,
        thin: args.thin,
        bold: args.bold,
        prune: args.prune,
        aim: args.precision.map_or(Aim::Classes, Aim::Precision),
    };
    tune(pack, &evidence, &options, &Threads).map_err(|refusal| refused(&refusal, args))
}

fn count(sample: &Sample, fields: &Fields) -> Result<f64, Failure> {
    let Some(text) = fields.count.and_then(|field| sample.value(field)) else { return Ok(1.0) };
    match text.trim().parse() {
        Ok(count) if count > 0.0 && f64::is_finite(count) => Ok(count),
        _ => Err(Failure::Input(format!(
            "record {}: `{text}` is not how much a record can count\nhelp: a number above 0",
            sample.id
        ))),
    }
}

fn refused(refusal: &Refusal, args: &Tune) -> Failure {
    Failure::Input(match refusal {
        Refusal::TooFew(bpo, kpo) => format!(
            "too few labels to fit anything: {bpo} BPO, {kpo} KPO\nhelp: label at least {FEWEST} documents of each; until then the author's weights are the better guess"
        ),
        Refusal::FewGroups(groups) => format!(
            "{groups} groups can't be dealt into {} folds\nhelp: lower --folds, or group by another field",
            args.folds
        ),
    })
}

/// The pack's files with the new numbers in them.
fn patched(
    pack: &Pack,
    tuned: &Tuned,
    files: &[SourceFile],
    loaded: &Loaded,
) -> Result<Vec<SourceFile>, Failure> {
    let edit = |(setting, value): (Setting, f64)| {
        let place = loaded.place(setting)?;
        Some(Edit { place, text: Written(value).to_string() })
    };
    let edits: Vec<Edit> = tuned.changes(pack).into_iter().filter_map(edit).collect();
    let after =
        apply(files, &edits).map_err(|e| Failure::Input(format!("the pack can't be changed: {e}")))?;
    // Whatever is written must be a good pack.
    if load(&after).pack.is_none() {
        return Err(Failure::Input("the changed pack would have errors; nothing was done".into()));
    }
    Ok(after)
}

fn report(
    args: &Tune,
    pack: &Pack,
    samples: &[Sample],
    tuned: &Tuned,
    patch: String,
    fields: &Fields,
) -> Report {
    let change = |rows: &[usize]| Change {
        before: measured(samples, rows, &tuned.before),
        after: measured(samples, rows, &tuned.held_out),
    };
    let all: Vec<usize> = (0..samples.len()).collect();
    let fold = |fold: usize| {
        let rows: Vec<usize> = all.iter().copied().filter(|row| tuned.folds[*row] == fold).collect();
        let Change { before, after } = change(&rows);
        [before.macro_f1.value, after.macro_f1.value]
    };
    let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (row, sample) in samples.iter().enumerate().filter(|_| fields.by.is_some()) {
        let value = fields.by.and_then(|field| sample.value(field)).unwrap_or("(none)");
        groups.entry(value.to_owned()).or_default().push(row);
    }
    let thin = |rule: &usize| tuned.support[*rule] < args.thin;
    Report {
        documents: samples.len(),
        strengths: tuned.strengths,
        held_out: change(&all),
        folds: (0..args.folds.into()).map(fold).collect(),
        by: groups.iter().map(|(name, rows)| (name.clone(), change(rows))).collect(),
        changes: tuned.changes(pack).into_iter().map(|(s, value)| row(pack, tuned, s, value)).collect(),
        thin: (0..pack.rules.len()).filter(thin).map(|rule| pack.rules[rule].id.clone()).collect(),
        flips: samples.iter().enumerate().filter_map(|(row, s)| flip(s, tuned, row)).collect(),
        patch,
    }
}

fn measured(samples: &[Sample], rows: &[usize], standings: &[Standing]) -> Quality {
    let case = |row: &usize| {
        let Standing { log_odds, verdict, out_of_scope, .. } = standings[*row];
        let judgment = Judgment {
            verdict,
            log_odds,
            bias: LogOdds::default(),
            evidence: standings[*row].evidence(),
            out_of_scope,
            criteria: Default::default(),
            fired: Vec::new(),
        };
        Some(Case { id: String::new(), hits: Hits::default(), judgment, label: samples[*row].label? })
    };
    let cases: Vec<Case> = rows.iter().filter_map(case).collect();
    quality(&cases.iter().collect::<Vec<_>>())
}

fn row(pack: &Pack, tuned: &Tuned, setting: Setting, after: f64) -> Row {
    let rule = match setting {
        Setting::Rule(rule) => Some(rule as usize),
        _ => None,
    };
    Row {
        name: setting.name(pack),
        leans: rule.map(|rule| pack.rules[rule].leans.name()),
        support: rule.map(|rule| tuned.support[rule]),
        before: setting.of(pack),
        after,
        interval: rule.and_then(|rule| tuned.intervals[rule]),
    }
}

fn flip(sample: &Sample, tuned: &Tuned, row: usize) -> Option<Flip> {
    let (before, after) = (tuned.before[row].verdict, tuned.after[row].verdict);
    let label = sample.label?;
    let right = |verdict| Label::of(verdict) == label;
    (before != after).then(|| Flip {
        id: sample.id.clone(),
        label: label.name(),
        before: before.name(),
        after: after.name(),
        mends: (right(before) != right(after)).then(|| right(after)),
    })
}

fn print(args: &Tune, report: &Report) -> Result<(), Failure> {
    let text = match args.format {
        PatchFormat::Text => page(report, args),
        PatchFormat::Patch => report.patch.clone(),
        PatchFormat::Json => {
            serde_json::to_string_pretty(report).map_err(|e| Failure::Input(e.to_string()))? + "\n"
        }
    };
    Ok(anstream::stdout().lock().write_all(text.as_bytes())?)
}
