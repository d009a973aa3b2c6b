//! `outsort teach`: a misjudged document becomes a case.

use std::fs;
use std::io::Write;
use std::path::Path;

use outsort::core::candidate::{Candidate, pack_of, phrases, weigh};
use outsort::core::columns::Columns;
use outsort::core::measure::Label;
use outsort::core::teach::{Corpus, Effect, Remedy, helps, new_rule, single, together};
use outsort::format::pack::load;
use outsort::format::patch::{Edit, apply};
use outsort::format::source::Source;
use outsort::{Engine, Explanation, Fired, Leans, Pack, Verdict};
use serde::Serialize;

use super::Done;
use super::args::{ListFormat, Teach};
use super::failure::{Failure, count};
use super::labelled::{Query, Sample, own_corpora, samples};
use super::load::{engine, loaded, shown, source};
use super::pack_files::replace;
use super::paint::{BOLD, FAINT, leaning, paint};

/// What a run says.
#[derive(Serialize)]
struct Report {
    file: String,
    expected: &'static str,
    verdict: &'static str,
    score: f64,
    /// Rules that pull away from the expected verdict, strongest first, and what they add.
    astray: Vec<(String, f64)>,
    /// Changes of weight, each alone giving the expected verdict, least harm first.
    remedies: Vec<Change>,
    /// All rules a little, if no other change is needed.
    together: Option<Change>,
    /// The document's phrases that no rule reads.
    phrases: Vec<Phrase>,
    /// Documents that remedies were tried on.
    corpus: usize,
}

#[derive(Serialize)]
struct Change {
    /// Rule, weight now, weight then.
    weights: Vec<(String, f64, f64)>,
    mended: usize,
    broken: usize,
    moved: usize,
}

#[derive(Serialize)]
struct Phrase {
    phrase: String,
    documents: usize,
    /// Share of its labelled documents with the expected label, and the interval; nothing without labels.
    precision: Option<[f64; 3]>,
    /// The weight with which a rule of this phrase would mend the document, if one up to 10 does.
    weight: Option<f64>,
    mended: usize,
    broken: usize,
    moved: usize,
}

/// Teaches.
pub fn run(args: &Teach) -> Result<Done, Failure> {
    let expected = Label::of(args.expect);
    if args.expect == Verdict::Unclear {
        let help = "allowed: BPO, mixed, KPO or out-of-scope";
        return Err(Failure::Usage(format!("nobody expects `unclear`\nhelp: {help}")));
    }
    let engine = engine(&args.pack)?;
    let source = source(&args.file)?;
    let title = args.document_title.as_deref().or(source.title.as_deref());
    let explanation = engine.explain(title, &source.text);
    let corpus = corpus(args, &engine)?;
    let report = report(args, &engine, &explanation, &corpus);
    let text = match args.format {
        ListFormat::Json => {
            serde_json::to_string_pretty(&report).map_err(|e| Failure::Input(e.to_string()))? + "\n"
        }
        ListFormat::Text => page(&report, engine.pack(), args),
    };
    anstream::stdout().lock().write_all(text.as_bytes())?;
    if let Some(path) = &args.append {
        append(path, args, &source, title, expected)?;
    }
    if let Some(rule) = &args.example {
        add_example(args, rule, source.text.trim())?;
    }
    Ok(Done::Well)
}

/// The documents that remedies are tried on: those named, or the project's own, or none.
fn corpus(args: &Teach, engine: &Engine) -> Result<Vec<Sample>, Failure> {
    if args.labelled.corpora.is_empty() && own_corpora().is_empty() {
        return Ok(Vec::new());
    }
    Ok(samples(engine, &Query { args: &args.labelled, extra: Vec::new(), labels: false })?.all)
}

fn report(args: &Teach, engine: &Engine, explanation: &Explanation<'_>, corpus: &[Sample]) -> Report {
    let pack = engine.pack();
    let judgment = &explanation.judgment;
    let columns = Columns::of(pack, corpus.iter().map(|s| &s.hits));
    let labels: Vec<Option<Label>> = corpus.iter().map(|s| s.label).collect();
    let cases = Corpus { columns: &columns, labels: &labels };
    let own = Columns::of(pack, [&explanation.hits]);
    let (mut remedies, mut all) = (Vec::new(), None);
    if judgment.verdict != args.expect {
        remedies = single(pack, &own, args.expect, &cases);
        all = together(pack, &own, args.expect, &cases);
    }
    let leans = |f: &Fired| pack.rules[f.rule as usize].leans;
    let mut astray: Vec<&Fired> =
        judgment.fired.iter().filter(|f| helps(leans(f), args.expect) == Some(false)).collect();
    astray.sort_by_key(|f| -f.contribution.0.abs());
    Report {
        file: shown(&args.file),
        expected: args.expect.name(),
        verdict: judgment.verdict.name(),
        score: judgment.score(),
        astray: astray
            .iter()
            .map(|f| (pack.rules[f.rule as usize].id.clone(), f.contribution.value()))
            .collect(),
        remedies: remedies.iter().take(args.show).map(|r| change(pack, r)).collect(),
        together: all.map(|r| change(pack, &r)),
        phrases: candidates(args, pack, explanation, corpus, &cases),
        corpus: corpus.len(),
    }
}

fn change(pack: &Pack, remedy: &Remedy) -> Change {
    let Effect { mended, broken, moved } = remedy.effect;
    let weight = |(rule, new): &(u32, f64)| {
        let rule = &pack.rules[*rule as usize];
        (rule.id.clone(), rule.weight, *new)
    };
    Change { weights: remedy.weights.iter().map(weight).collect(), mended, broken, moved }
}

/// Phrases that speak for the expected label in the corpus, or all of them without one.
fn candidates(
    args: &Teach,
    pack: &Pack,
    explanation: &Explanation<'_>,
    corpus: &[Sample],
    cases: &Corpus<'_>,
) -> Vec<Phrase> {
    let expected = Label::of(args.expect);
    let leans = match expected {
        Label::OutOfScope => Leans::OutOfScope,
        Label::Bpo => Leans::Bpo,
        // Half of the evidence must come from the side that the verdict left.
        Label::Mixed if explanation.judgment.verdict == Verdict::Kpo => Leans::Bpo,
        Label::Kpo | Label::Mixed => Leans::Kpo,
    };
    let found = phrases(&explanation.document, &explanation.hits);
    let engine = Engine::new(pack_of(pack, &found, leans));
    let texts = corpus.iter().map(|s| (s.title.as_deref(), s.text.as_str(), s.label));
    let labels = corpus.iter().filter(|s| s.label.is_some()).count();
    let base = corpus.iter().filter(|s| s.label == Some(expected)).count() as f64 / labels.max(1) as f64;
    // With labels to go by, a phrase must speak for the expected one more often than any document does.
    let tells = |c: &Candidate| labels == 0 || c.precision.value > base;
    let own = Columns::of(pack, [&explanation.hits]);
    let phrase = |c: Candidate| {
        let precision =
            (!c.precision.value.is_nan()).then_some([c.precision.value, c.precision.low, c.precision.high]);
        let remedy = new_rule(pack, &own, args.expect, leans, &c.holders, cases);
        let Effect { mended, broken, moved } = remedy.map(|(_, effect)| effect).unwrap_or_default();
        let weight = remedy.map(|(weight, _)| weight);
        Phrase { phrase: c.phrase, documents: c.holders.len(), precision, weight, mended, broken, moved }
    };
    weigh(&engine, texts, expected).into_iter().filter(tells).take(args.show).map(phrase).collect()
}

fn page(report: &Report, pack: &Pack, args: &Teach) -> String {
    let Report { file, expected, verdict, score, corpus, .. } = report;
    let mut out = format!("{}  {verdict} ({score:.2}), expected {expected}\n", paint(BOLD, file));
    if verdict == expected {
        return out + "  It is judged as expected: there is nothing to mend.\n";
    }
    out += &format!("\n{}\n", paint(BOLD, "Rules that led astray"));
    for (id, contribution) in report.astray.iter().take(args.show) {
        let because = pack.rule(id).map_or("", |(_, rule)| &rule.because);
        let style = pack.rule(id).map_or(FAINT, |(_, rule)| leaning(rule.leans));
        out += &format!("  {contribution:>+7.3}  {}  {}\n", paint(style, id), paint(FAINT, because));
    }
    if report.astray.is_empty() {
        out += "  none: there is too little evidence for the expected verdict\n";
    }
    let tried = match corpus {
        0 => "no corpus to try it on".into(),
        n => format!("tried on {}", count(*n, "document")),
    };
    out += &format!("\n{} ({tried})\n", paint(BOLD, "One weight that would mend it"));
    for change in &report.remedies {
        out += &line(change);
    }
    if report.remedies.is_empty() {
        out += "  no single weight between 0 and 10 does\n";
    }
    if let Some(change) = &report.together {
        out += &format!("\n{}\n", paint(BOLD, "Or all that fired, a little each"));
        let shown: Vec<String> =
            change.weights.iter().take(6).map(|(id, old, new)| format!("{id} {old} → {new}")).collect();
        let more = change.weights.len().saturating_sub(6);
        let more = if more > 0 { format!(", and {more} more") } else { String::new() };
        out += &format!("  {}{more}\n  {}\n", shown.join(", "), effect(change));
    }
    out + &phrase_lines(report)
}

fn phrase_lines(report: &Report) -> String {
    let title = paint(BOLD, "Phrases that no rule reads yet");
    let mut out = format!("\n{title} (share of documents that hold them labelled {})\n", report.expected);
    for p in &report.phrases {
        let precision = p
            .precision
            .map_or(String::new(), |[value, low, high]| format!("{value:.2} [{low:.2}–{high:.2}]"));
        let effect = match p.weight {
            Some(weight) => format!(
                "a rule of weight {weight:.1} mends it; others: {} mended, {} broken, {} moved",
                p.mended, p.broken, p.moved
            ),
            None => "no rule of it alone mends it".into(),
        };
        out += &format!("  {:<32} {:>5} documents  {precision}\n", format!("\"{}\"", p.phrase), p.documents);
        out += &paint(FAINT, format!("      {effect}\n"));
    }
    if report.phrases.is_empty() {
        out += "  none that speaks for it\n";
    }
    out
}

fn line(change: &Change) -> String {
    let (id, old, new) = &change.weights[0];
    format!("  {id:<40} {old:>5.2} → {new:>5.2}   {}\n", effect(change))
}

fn effect(change: &Change) -> String {
    let Change { mended, broken, moved, .. } = change;
    paint(FAINT, format!("others: {mended} mended, {broken} broken, {moved} moved"))
}

/// Appends the document as a labelled record.
fn append(
    path: &Path,
    args: &Teach,
    source: &Source,
    title: Option<&str>,
    label: Label,
) -> Result<(), Failure> {
    #[derive(Serialize)]
    struct Record<'a> {
        id: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        title: Option<&'a str>,
        text: &'a str,
        label: &'static str,
    }
    let known = fs::read_to_string(path).unwrap_or_default();
    let stem = args.file.file_stem().map_or("case".into(), |s| s.to_string_lossy().into_owned());
    let id = format!("{}-{}", stem.trim_matches('-'), known.lines().count() + 1);
    let record = Record { id, title, text: source.text.trim(), label: label.name() };
    let json = serde_json::to_string(&record).map_err(|e| Failure::Input(e.to_string()))?;
    let gap = if known.is_empty() || known.ends_with('\n') { "" } else { "\n" };
    let mut file = fs::OpenOptions::new()
        .create(true)
        .append(true)
        .open(path)
        .map_err(|e| Failure::io("write", path, &e))?;
    file.write_all(format!("{gap}{json}\n").as_bytes()).map_err(|e| Failure::io("write", path, &e))?;
    anstream::eprintln!("note: appended to {} as `{}`", path.display(), record.id);
    Ok(())
}

/// Adds a text to a rule's `fires`, if the rule fires on it.
fn add_example(args: &Teach, rule: &str, text: &str) -> Result<(), Failure> {
    if args.pack.rules.is_none() {
        let help = "copy the pack out with `outsort rules init DIR`, then use --rules DIR";
        return Err(Failure::Usage(format!("--example would change the built-in pack\nhelp: {help}")));
    }
    let (files, whole) = loaded(&args.pack)?;
    let place = whole
        .pack
        .as_ref()
        .and_then(|pack| pack.rule(rule))
        .and_then(|(number, _)| Some((number, whole.places.get(number)?.fires.last()?.end)));
    let Some((number, end)) = place else {
        let help = "`outsort rules list` shows the ids; the rule needs at least one example already";
        return Err(Failure::Usage(format!("there is no rule `{rule}` to add an example to\nhelp: {help}")));
    };
    let file = whole.places[number].file;
    let place = outsort::core::diagnostic::Place { file, span: end..end };
    let text = format!(", {}", serde_json::to_string(text).map_err(|e| Failure::Input(e.to_string()))?);
    let after = apply(&files, &[Edit { place, text }]).map_err(|e| Failure::Input(e.to_string()))?;
    if load(&after).pack.is_none() {
        let help = "`outsort why` shows what is missing; widen its phrases first";
        return Err(Failure::Input(format!(
            "`{rule}` does not fire on this text; nothing was changed\nhelp: {help}"
        )));
    }
    replace(&files, &after)?;
    anstream::eprintln!("note: `{rule}` has one example more in {}", files[file].name);
    Ok(())
}
