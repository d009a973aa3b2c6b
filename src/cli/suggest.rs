//! `outsort suggest`: phrases that the pack lacks.

use outsort::core::measure::Label;
use outsort::core::suggest::{Example, Member, Options, Suggestion, suggest, sure_label};
use outsort::format::stub::to_toml;
use outsort::{Criterion, Engine, Leans};
use serde::Serialize;

use super::Done;
use super::append::Target;
use super::args::{PackArgs, Suggest, SuggestFormat};
use super::failure::{Failure, count};
use super::labelled::{Query, Sample, samples};
use super::load::engine;
use super::suggest_text::page;

/// Everything that a run finds.
#[derive(Serialize)]
pub struct Report {
    /// Documents that were used.
    pub documents: usize,
    /// Documents without a label, or with a verdict that the pack is not sure of.
    pub left_out: usize,
    /// Whether the labels are the pack's own.
    pub own_labels: bool,
    /// The suggestions, the surest first.
    pub suggestions: Vec<Row>,
}

/// A suggestion.
#[derive(Serialize)]
pub struct Row {
    /// What it speaks for.
    pub leans: &'static str,
    /// The stub's phrase.
    pub phrase: Phrase,
    /// Standard deviations of log-odds, discounted by what stands before it.
    pub z: f64,
    /// Share of its side.
    pub precision: outsort::core::statistics::Figure,
    /// The phrases that came together in it.
    pub family: Vec<Phrase>,
    /// Sentences that show it.
    pub samples: Vec<Sentence>,
    /// Where it probably belongs.
    pub criterion: &'static str,
    /// The rule that is most like it.
    pub nearest: Option<Near>,
    /// The id of the stub.
    pub id: String,
    /// The stub.
    pub stub: String,
}

/// A phrase and the documents that show it.
#[derive(Serialize)]
pub struct Phrase {
    /// In the phrase language.
    pub phrase: String,
    /// Documents that show it.
    pub documents: usize,
    /// Of them, those where rules do not cover it.
    pub uncovered: usize,
    /// Of them, those with each label.
    pub labels: Labels,
}

/// Documents by label.
#[derive(Serialize)]
pub struct Labels {
    /// `BPO`.
    #[serde(rename = "BPO")]
    pub bpo: usize,
    /// `mixed`.
    pub mixed: usize,
    /// `KPO`.
    #[serde(rename = "KPO")]
    pub kpo: usize,
    /// `out-of-scope`.
    #[serde(rename = "out-of-scope")]
    pub out_of_scope: usize,
}

/// A sentence and where it stands.
#[derive(Serialize)]
pub struct Sentence {
    /// Id of the document.
    pub id: String,
    /// The sentence.
    pub text: String,
    /// Bytes of it that the phrase matches.
    pub span: [usize; 2],
}

/// An existing rule that is like a suggestion.
#[derive(Serialize)]
pub struct Near {
    /// Its id.
    pub rule: String,
    /// Words that both have.
    pub words: Vec<String>,
    /// Documents that show both.
    pub together: usize,
}

/// Looks for phrases that the pack lacks.
pub fn run(args: &Suggest) -> Result<Done, Failure> {
    let target = args.append.as_deref().map(|file| Target::of(file, &args.pack)).transpose()?;
    let pack =
        PackArgs { rules: target.as_ref().map(|t| t.folder.clone()).or_else(|| args.pack.rules.clone()) };
    let engine = engine(&pack)?;
    let all = samples(&engine, &Query { args: &args.labelled, extra: Vec::new(), labels: false })?.all;
    let labelled = labelled(&engine, args, &all)?;
    let examples: Vec<Example<'_>> = labelled.iter().map(|(sample, label)| example(sample, *label)).collect();
    let leans = if args.leans.is_empty() { Leans::ALL.to_vec() } else { args.leans.clone() };
    let options = Options {
        top: args.top.into(),
        min_documents: args.min_documents as usize,
        leans,
        own_labels: args.own_labels,
    };
    let suggestions = suggest(&engine, &examples, &options);
    let report = Report {
        documents: examples.len(),
        left_out: all.len() - examples.len(),
        own_labels: args.own_labels,
        suggestions: suggestions.iter().map(|suggestion| row(&engine, &labelled, suggestion)).collect(),
    };
    print(args.format, &report)?;
    if let Some(target) = target {
        let said = target.append(suggestions.iter().map(|suggestion| &suggestion.rule))?;
        anstream::eprintln!("note: {said}");
    }
    Ok(Done::Well)
}

fn print(format: SuggestFormat, report: &Report) -> Result<(), Failure> {
    let text = match format {
        SuggestFormat::Json => {
            serde_json::to_string_pretty(report).map_err(|e| Failure::Input(e.to_string()))? + "\n"
        }
        SuggestFormat::Text => page(report),
        SuggestFormat::Toml => stubs(report),
    };
    use std::io::Write;
    Ok(anstream::stdout().lock().write_all(text.as_bytes())?)
}

/// The documents with a label, given or the pack's own.
fn labelled<'a>(
    engine: &Engine,
    args: &Suggest,
    all: &'a [Sample],
) -> Result<Vec<(&'a Sample, Label)>, Failure> {
    let label = |sample: &Sample| match args.own_labels {
        true => sure_label(engine, &sample.judgment),
        false => sample.label,
    };
    let used: Vec<_> = all.iter().filter_map(|sample| Some((sample, label(sample)?))).collect();
    if !used.is_empty() {
        return Ok(used);
    }
    let read = count(all.len(), "record");
    Err(Failure::Input(match args.own_labels {
        true => {
            format!("the pack is sure of no verdict ({read} read)\nhelp: label some and run without --self")
        }
        false => format!(
            "no record has a label in the field `{}` ({read} read)\n\
             help: name the field with --label, or let the pack's surest verdicts serve with --self",
            args.labelled.label
        ),
    }))
}

fn example(sample: &Sample, label: Label) -> Example<'_> {
    let title = sample.title.as_deref();
    Example { title, text: &sample.text, label, hits: &sample.hits, judgment: &sample.judgment }
}

fn row(engine: &Engine, documents: &[(&Sample, Label)], suggestion: &Suggestion) -> Row {
    let sentence = |sample: &outsort::core::suggest::Sample| Sentence {
        id: documents[sample.document].0.id.clone(),
        text: sample.sentence.clone(),
        span: [sample.span.start, sample.span.end],
    };
    Row {
        leans: suggestion.leans.name(),
        phrase: phrase(&suggestion.phrase),
        z: suggestion.z,
        precision: suggestion.precision,
        family: suggestion.members.iter().map(phrase).collect(),
        samples: suggestion.samples.iter().map(sentence).collect(),
        criterion: suggestion.criterion.name(),
        nearest: suggestion.nearest.as_ref().map(|near| Near {
            rule: engine.pack().rules[near.rule as usize].id.clone(),
            words: near.words.clone(),
            together: near.together,
        }),
        id: suggestion.rule.id.clone(),
        stub: to_toml(&suggestion.rule),
    }
}

fn phrase(member: &Member) -> Phrase {
    let of = |label: Label| member.shown.labels[label as usize];
    Phrase {
        phrase: member.phrase.clone(),
        documents: member.shown.documents,
        uncovered: member.shown.uncovered,
        labels: Labels {
            bpo: of(Label::Bpo),
            mixed: of(Label::Mixed),
            kpo: of(Label::Kpo),
            out_of_scope: of(Label::OutOfScope),
        },
    }
}

/// The stubs by criterion, each group under its name.
fn stubs(report: &Report) -> String {
    let groups = Criterion::ALL.iter().filter_map(|criterion| {
        let own: Vec<&str> = report
            .suggestions
            .iter()
            .filter(|row| row.criterion == criterion.name())
            .map(|row| row.stub.as_str())
            .collect();
        (!own.is_empty()).then(|| format!("# for {criterion}.toml\n\n{}", own.join("\n")))
    });
    groups.collect::<Vec<_>>().join("\n")
}
