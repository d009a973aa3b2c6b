//! `outsort rules check`: what is wrong with a pack, and what is hardly meant.

use std::collections::BTreeMap;
use std::io::Write;

use outsort::core::diagnostic::{Code, Diagnostic, Severity, Stage, nearest};
use outsort::core::lint::{Exploded, Finding, Sightings, of_corpus, of_pack};
use outsort::format::diagnostic::{to_record, to_text};
use outsort::format::pack::{Loaded, SourceFile};
use outsort::{Engine, Pack};

use super::Done;
use super::args::{Check, ListFormat};
use super::failure::{Failure, count};
use super::labelled::{Query, samples};
use super::load::loaded;
use super::paint::stderr_colour;
use super::rules_fix::fix;

/// Checks a pack, and mends it if that was asked for.
pub fn run(args: &Check) -> Result<Done, Failure> {
    let only = args.only.iter().map(|name| code(name)).collect::<Result<Vec<Code>, _>>()?;
    needs_corpus(args, &only)?;
    if args.fix && args.pack.rules.is_none() && !args.dry_run {
        let help = "copy it out with `outsort rules init DIR`, then fix with --rules DIR";
        return Err(Failure::Usage(format!("--fix would change the built-in pack\nhelp: {help}")));
    }
    let (files, mut loaded) = loaded(&args.pack)?;
    if args.fix {
        return fix(args, files, loaded);
    }
    let mut documents = 0;
    if let Some(pack) = loaded.pack.take().filter(|_| !args.corpus.is_empty() || !only.is_empty()) {
        let mut findings = of_pack(&pack);
        if !args.corpus.is_empty() {
            let (more, read) = held_against(args, &pack)?;
            findings.extend(more);
            documents = read;
        }
        add(&mut loaded, findings);
    }
    loaded.diagnostics.retain(|d| only.is_empty() || only.contains(&d.code));
    print(args, &files, &loaded, documents, !only.is_empty())?;
    let (errors, warnings) = (loaded.count(Severity::Error), loaded.count(Severity::Warning));
    Ok(if errors > 0 || (args.strict && warnings > 0) { Done::Findings } else { Done::Well })
}

fn code(name: &str) -> Result<Code, Failure> {
    Code::from_name(name).ok_or_else(|| {
        let near = nearest(name, Code::ALL.map(Code::name))
            .map_or(String::new(), |n| format!("; did you mean `{n}`?"));
        let names: Vec<&str> =
            Code::ALL.into_iter().filter(|c| c.stage() != Stage::Reading).map(Code::name).collect();
        Failure::Usage(format!(
            "there is no code `{name}`{near}\nhelp: {}, and those of docs/diagnostics.md",
            names.join(", ")
        ))
    })
}

fn needs_corpus(args: &Check, only: &[Code]) -> Result<(), Failure> {
    match only.iter().find(|code| code.stage() == Stage::Corpus) {
        Some(code) if args.corpus.is_empty() => {
            let name = code.name();
            Err(Failure::Usage(format!(
                "`{name}` can't be told without a corpus\nhelp: name one with --corpus"
            )))
        }
        _ => Ok(()),
    }
}

/// What the corpus tells, and how many documents it has.
fn held_against(args: &Check, pack: &Pack) -> Result<(Vec<Finding>, usize), Failure> {
    let exploded = Exploded::of(pack);
    let engine = Engine::new(exploded.pack.clone());
    let labelled = args.labelled();
    let samples = samples(&engine, &Query { args: &labelled, extra: Vec::new(), labels: false })?.all;
    let mut seen = Sightings::new(pack);
    samples.iter().for_each(|s| seen.add(pack, &exploded, &s.hits, s.label));
    Ok((of_corpus(pack, &seen), samples.len()))
}

/// Puts findings among the diagnostics, by file and place.
fn add(loaded: &mut Loaded, findings: Vec<Finding>) {
    let found: Vec<Diagnostic> = findings.into_iter().map(|f| f.diagnostic(|at| loaded.part(at))).collect();
    loaded.diagnostics.extend(found);
    loaded.diagnostics.sort_by_key(|d| (d.place.as_ref().map(|p| (p.file, p.span.start)), d.code));
}

fn print(
    args: &Check,
    files: &[SourceFile],
    loaded: &Loaded,
    documents: usize,
    notes: bool,
) -> Result<(), Failure> {
    let mut out = anstream::stdout().lock();
    if args.format == ListFormat::Json {
        let records: Vec<_> = loaded.diagnostics.iter().map(|d| to_record(d, files)).collect();
        let json = serde_json::to_string_pretty(&records).map_err(|e| Failure::Input(e.to_string()))?;
        return Ok(writeln!(out, "{json}")?);
    }
    for diagnostic in loaded.diagnostics.iter().filter(|d| notes || d.code.severity() != Severity::Note) {
        writeln!(out, "{}\n", to_text(diagnostic, files, stderr_colour()))?;
    }
    let of = |severity: Severity| count(loaded.count(severity), severity.name());
    let mut summary = format!("{} in {}", count(loaded.places.len(), "rule"), count(files.len(), "file"));
    if documents > 0 {
        summary += &format!(", held against {}", count(documents, "document"));
    }
    summary += &format!(": {}, {}", of(Severity::Error), of(Severity::Warning));
    if loaded.count(Severity::Note) > 0 {
        summary += &format!(", {}", of(Severity::Note));
    }
    writeln!(out, "{summary}{}", by_code(loaded, notes))?;
    Ok(())
}

/// How many findings of each code there are, if a closer look found any.
fn by_code(loaded: &Loaded, notes: bool) -> String {
    let mut counts: BTreeMap<Code, usize> = BTreeMap::new();
    loaded.diagnostics.iter().for_each(|d| *counts.entry(d.code).or_default() += 1);
    if counts.keys().all(|code| code.stage() == Stage::Reading) {
        return String::new();
    }
    let list: Vec<String> = counts.iter().map(|(code, n)| format!("{} {n}", code.name())).collect();
    let hidden = counts.keys().find(|code| !notes && code.severity() == Severity::Note);
    let hint = hidden.map_or(String::new(), |code| format!("\n  --only {} shows notes", code.name()));
    format!("\n  {}{hint}", list.join(", "))
}
