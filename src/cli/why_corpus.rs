//! `outsort why --corpus`: what becomes of a rule over a corpus.

use std::io::Write;

use outsort::batch::Threads;
use outsort::core::measure::Label;
use outsort::core::tune::Workers;
use outsort::core::why::{Element, Funnel, PhraseFunnel, Probe, Split};
use outsort::{Engine, Scratch};

use super::Done;
use super::args::{LabelledArgs, ListFormat, Why};
use super::failure::{Failure, count};
use super::labelled::{Query, samples};
use super::paint::{BOLD, FAINT, leaning, paint};

/// Documents that a thread takes at a time.
const CHUNK: usize = 256;
/// Phrases that are shown without `--all`.
const SHOWN: usize = 6;
/// Words that are shown of those that stand where an element is missing.
const WORDS: usize = 6;

/// Prints what becomes of a rule over the corpora.
pub fn run(args: &Why, engine: &Engine, probe: &Probe<'_>) -> Result<Done, Failure> {
    let labelled = LabelledArgs {
        corpora: args.corpora.clone(),
        label: args.label.clone().unwrap_or_default(),
        text: args.text.clone(),
        title: None,
        filter: args.filter.clone(),
    };
    let samples = samples(engine, &Query { args: &labelled, extra: Vec::new(), labels: false })?.all;
    if args.label.is_some() && samples.iter().all(|sample| sample.label.is_none()) {
        anstream::eprintln!("note: no record has a label in `{}`", labelled.label);
    }
    let chunks: Vec<_> = samples.chunks(CHUNK).collect();
    let parts = Threads.map(chunks.len(), |chunk| {
        let mut scratch = Scratch::default();
        let mut funnel = Funnel::new(probe, args.near);
        for sample in chunks[chunk] {
            let document = engine.document(sample.title.as_deref(), &sample.text);
            let why = probe.why(&document, &sample.hits, &mut scratch);
            funnel.add(&sample.id, sample.label, &document, &why);
        }
        funnel
    });
    let mut whole = Funnel::new(probe, args.near);
    parts.into_iter().for_each(|part| whole.merge(part));
    let funnel = whole.finish();
    let text = match args.format {
        ListFormat::Json => {
            serde_json::to_string_pretty(&funnel).map_err(|e| Failure::Input(e.to_string()))? + "\n"
        }
        ListFormat::Text => page(args, probe, &funnel),
    };
    anstream::stdout().lock().write_all(text.as_bytes())?;
    Ok(if funnel.fires.all > 0 { Done::Well } else { Done::Findings })
}

fn page(args: &Why, probe: &Probe<'_>, funnel: &Funnel) -> String {
    let rule = probe.rule();
    let leans = paint(leaning(rule.leans), rule.leans.name());
    let mut out = format!("{}  {leans} · {}\n", paint(BOLD, &rule.id), rule.because);
    let rows = [
        ("documents", funnel.documents, ""),
        ("with a word of it", funnel.worded, ""),
        ("fires", funnel.fires, ""),
        ("  hedged only", funnel.hedged, "counts for part"),
        ("silenced by unless", funnel.unless, ""),
        ("barred by section", funnel.section, "or in one that weighs nothing"),
        ("negated", funnel.negated, ""),
        ("repeated only", funnel.repeated, ""),
    ];
    let told =
        |(name, split, _): &(&str, Split, &str)| split.all > 0 || matches!(*name, "fires" | "documents");
    for (name, split, note) in rows.iter().filter(|row| told(row)) {
        out += &format!("  {name:<20}{}  {}\n", shown(*split), paint(FAINT, note));
    }
    for (what, parts) in [("acronym", &funnel.acronyms), ("regex", &funnel.regexes)] {
        for part in parts.iter().filter(|part| part.matched.all + part.near.all > 0) {
            let near = if what == "acronym" { "in other letters only" } else { "only one of its words" };
            let near = if part.near.all > 0 {
                format!("; {near} {}", shown(part.near).trim())
            } else {
                String::new()
            };
            out += &format!(
                "  {what} {} matches {}{near}\n",
                paint(BOLD, &part.text),
                shown(part.matched).trim()
            );
        }
    }
    out + &phrases(args, funnel)
}

/// The phrases, those with most documents one step short first.
fn phrases(args: &Why, funnel: &Funnel) -> String {
    let mut by_short: Vec<&PhraseFunnel> = funnel.phrases.iter().filter(|p| p.worded.all > 0).collect();
    by_short.sort_by_key(|phrase| std::cmp::Reverse(phrase.short.all));
    let most = if args.all { by_short.len() } else { SHOWN.min(by_short.len()) };
    let mut out = String::new();
    for phrase in &by_short[..most] {
        out += &format!("\n{}", self::phrase(phrase));
    }
    if most < by_short.len() {
        let more = count(by_short.len() - most, "more phrase");
        out += &paint(FAINT, format!("\n  … and {more} (--all)\n"));
    }
    let absent = funnel.phrases.len() - by_short.len();
    if absent > 0 {
        out += &paint(FAINT, format!("  no word of {} stands anywhere\n", count(absent, "other phrase")));
    }
    out
}

fn phrase(phrase: &PhraseFunnel) -> String {
    let mut out = format!(
        "{}  matches {}; one step short {}\n",
        paint(BOLD, format!("`{}`", phrase.text)),
        shown(phrase.matched).trim(),
        shown(phrase.short).trim()
    );
    if phrase.elements.len() < 2 {
        return out;
    }
    let name = |element: &Element| super::page::clip(&element.text, 30);
    let widest = phrase.elements.iter().map(|e| name(e).chars().count()).max().unwrap_or(0);
    let weakest = phrase.weakest();
    for (number, element) in phrase.elements.iter().enumerate() {
        let mark =
            if weakest == Some(number) { paint(BOLD, "  ◄ fails most often") } else { String::new() };
        out +=
            &format!("  {:<widest$}  past {:>6}{}{mark}\n", name(element), element.past.all, faults(element));
        let words: Vec<String> = element.stood.iter().take(WORDS).map(word).collect();
        if !words.is_empty() {
            out += &paint(FAINT, format!("  {:widest$}  instead: {}\n", "", words.join(", ")));
        }
    }
    for near in &phrase.near {
        let label = near.label.map_or(String::new(), |label| format!("{label}  "));
        let element = phrase.elements.get(near.element).map_or("", |e| e.text.as_str());
        let quote = super::page::clip(&near.quote, 70);
        out += &format!(
            "    {}  {label}“{quote}” {}\n",
            near.id,
            paint(FAINT, format!("lacks {}", super::page::clip(element, 30)))
        );
    }
    out
}

fn word(stood: &outsort::core::why::Stood) -> String {
    let labels = by_label(&stood.documents);
    let labels = if labels.is_empty() { labels } else { format!(" ({labels})") };
    format!("{} {}{labels}", stood.word, stood.documents.all)
}

fn faults(element: &Element) -> String {
    let kinds = [("missing", element.missing), ("too far", element.far), ("parted", element.parted)];
    let told = kinds.iter().filter(|(_, split)| split.all > 0);
    told.map(|(kind, split)| format!("  {kind} {}", shown(*split).trim())).collect()
}

/// A number of documents, with its labels.
fn shown(split: Split) -> String {
    let labels = by_label(&split);
    let labels = if labels.is_empty() { labels } else { format!(" ({labels})") };
    format!("{:>7}{labels}", split.all)
}

fn by_label(split: &Split) -> String {
    let of = Label::ALL.iter().zip(split.by).filter(|(_, n)| *n > 0);
    of.map(|(label, n)| format!("{} {n}", label.name())).collect::<Vec<_>>().join(" · ")
}
