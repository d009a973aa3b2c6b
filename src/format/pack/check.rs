//! Checks that look at more than one rule, or at what a rule does.

use std::collections::HashMap;

use crate::core::compile::{Engine, build_regex};
use crate::core::diagnostic::{Code, Diagnostic, Place, Severity};
use crate::core::example::{Outcome, sample};
use crate::core::pack::{Leans, Rule};
use crate::core::scan::Scratch;

use super::RulePlaces;
use super::rules::Rules;
use super::text::{SourceFile, Text};

fn place(places: &RulePlaces, span: &std::ops::Range<usize>) -> Place {
    Place { file: places.file, span: span.clone() }
}

/// Regular expressions that can't be built, match nothing at all, or have no gate.
pub fn regexes(rules: &mut Rules, files: &[SourceFile], out: &mut Vec<Diagnostic>) {
    for places in &mut rules.places {
        for regex in &places.regexes {
            let found = regex_mistake(regex, places.file, &files[places.file].text);
            places.broken |= found.as_ref().is_some_and(|d| d.code.severity() == Severity::Error);
            out.extend(found);
        }
    }
}

fn regex_mistake(regex: &Text, file: usize, source: &str) -> Option<Diagnostic> {
    let whole = 0..regex.value.len();
    let (span, message) = match regex_syntax::Parser::new().parse(&regex.value) {
        Err(regex_syntax::Error::Parse(e)) => {
            (e.span().start.offset..e.span().end.offset, e.kind().to_string())
        }
        Err(regex_syntax::Error::Translate(e)) => {
            (e.span().start.offset..e.span().end.offset, e.kind().to_string())
        }
        Err(error) => (whole, error.to_string()),
        Ok(_) => match build_regex(&regex.value) {
            Err(_) => (whole, "the expression is too large".into()),
            Ok(built) => return built_mistake(regex, file, &built),
        },
    };
    let span = if span.is_empty() { regex.span.clone() } else { regex.inner(source, span) };
    let diagnostic =
        Diagnostic::new(Code::BadRegex, Place { file, span }, format!("bad regular expression: {message}"));
    Some(diagnostic.label("here").help(
        "the syntax is that of the Rust crate `regex`: no look-around, no back-references; \
         write it in single quotes so that backslashes stay as they are",
    ))
}

fn built_mistake(text: &Text, file: usize, built: &regex::Regex) -> Option<Diagnostic> {
    let place = Place { file, span: text.span.clone() };
    if built.is_match("") {
        return Some(
            Diagnostic::new(Code::EmptyRegex, place, "the expression matches even an empty text")
                .label("would fire everywhere")
                .help("ask for at least one character, say with `+` instead of `*`"),
        );
    }
    crate::core::gate::gates(&text.value).is_none().then(|| {
        Diagnostic::new(Code::UngatedRegex, place, "the expression has to run over every text")
            .label("no whole word in it must occur")
            .help("put `\\b` or a space before a literal word of two letters or more, or write a phrase")
    })
}

/// Ids and phrases that stand twice.
pub fn duplicates(rules: &Rules, out: &mut Vec<Diagnostic>) {
    let mut ids: HashMap<&str, Place> = HashMap::new();
    let mut phrases: HashMap<String, Vec<(&Rule, Place)>> = HashMap::new();
    for (rule, places) in rules.rules.iter().zip(&rules.places) {
        let here = place(places, &places.id);
        match ids.get(rule.id.as_str()) {
            Some(first) if !rule.id.is_empty() => out.push(
                Diagnostic::new(Code::DuplicateId, here, format!("the id `{}` stands twice", rule.id))
                    .label("used again here")
                    .related(first.clone(), "used first here")
                    .help("an id is unique over the whole pack: rename one of the two"),
            ),
            _ => _ = ids.insert(&rule.id, here),
        }
        for (phrase, span) in rule.phrases.iter().zip(&places.phrases) {
            let here = place(places, span);
            let known = phrases.entry(format!("{:?}", phrase.parts)).or_default();
            if let Some((first, there)) = known.iter().find(|(other, _)| clash(rule, other)) {
                out.push(
                    Diagnostic::new(
                        Code::DuplicatePhrase,
                        here.clone(),
                        format!("the phrase `{}` stands twice", phrase.text),
                    )
                    .label(format!("again in `{}`", rule.id))
                    .related(there.clone(), format!("first in `{}`", first.id))
                    .help(
                        "one idea is counted twice, or for both poles: leave the phrase to one of the rules",
                    ),
                );
            }
            known.push((rule, here));
        }
    }
}

/// Whether two rules can't share a phrase: one phrase may answer the questions of two criteria, but it
/// counts once for each and can't speak for both poles.
fn clash(a: &Rule, b: &Rule) -> bool {
    let poles = [a.leans, b.leans];
    a.criterion == b.criterion || (poles.contains(&Leans::Bpo) && poles.contains(&Leans::Kpo))
}

/// Holds every rule against its own examples.
pub fn examples(engine: &Engine, places: &[RulePlaces], out: &mut Vec<Diagnostic>) {
    let mut scratch = Scratch::default();
    for (number, (rule, places)) in engine.pack().rules.iter().zip(places).enumerate() {
        if places.broken {
            continue;
        }
        missing(rule, places, out);
        let number = number as u32;
        silenced(engine, number, places, &mut scratch, out);
        for (text, span) in rule.fires.iter().zip(&places.fires) {
            if let Some(other) = rule.silent.iter().position(|silent| silent == text) {
                out.push(contradiction(rule, place(places, span), place(places, &places.silent[other])));
                continue;
            }
            let outcome = engine.outcome(number, text, &mut scratch);
            if outcome != Outcome::Fires {
                let message = format!("`{}` does not fire on its own example", rule.id);
                out.push(
                    Diagnostic::new(Code::ExampleDoesNotFire, place(places, span), message)
                        .label(outcome.describe())
                        .help("change the example, or a phrase so that it matches"),
                );
            }
        }
        for (text, span) in rule.silent.iter().zip(&places.silent) {
            if !rule.fires.contains(text) && engine.outcome(number, text, &mut scratch) == Outcome::Fires {
                let message = format!("`{}` fires on an example that should leave it silent", rule.id);
                out.push(
                    Diagnostic::new(Code::ExampleFires, place(places, span), message)
                        .label(fired_on(engine, number, text, &mut scratch))
                        .help("narrow the phrase, add an `unless`, or move the example to `fires`"),
                );
            }
        }
    }
}

fn contradiction(rule: &Rule, fires: Place, silent: Place) -> Diagnostic {
    let message = format!("`{}` should fire and be silent on the same text", rule.id);
    Diagnostic::new(Code::ContradictoryExample, silent, message)
        .label("silent here")
        .related(fires, "fires here")
        .help("remove one of the two")
}

fn fired_on(engine: &Engine, rule: u32, text: &str, scratch: &mut Scratch) -> String {
    let document = crate::core::document::Document::of_task(text);
    let hits = engine.scan(&document, scratch).hits;
    let hit = hits.iter().find(|hit| hit.rule == rule);
    hit.map_or("fires here".into(), |hit| {
        format!("fires on \"{}\"", &text[hit.start as usize..hit.end as usize])
    })
}

fn missing(rule: &Rule, places: &RulePlaces, out: &mut Vec<Diagnostic>) {
    let lacks = match (rule.fires.is_empty(), rule.silent.is_empty()) {
        (false, false) => return,
        (true, true) => "`fires` and `silent`",
        (true, false) => "`fires`",
        (false, true) => "`silent`",
    };
    out.push(
        Diagnostic::new(
            Code::MissingExample,
            place(places, &places.id),
            format!("`{}` has no examples in {lacks}", rule.id),
        )
        .label("untested")
        .help("add a sentence on which it must fire, and a near miss on which it must not"),
    );
}

/// A phrase that the rule's own `unless` always silences.
fn silenced(
    engine: &Engine,
    number: u32,
    places: &RulePlaces,
    scratch: &mut Scratch,
    out: &mut Vec<Diagnostic>,
) {
    let rule = &engine.pack().rules[number as usize];
    if rule.unless.is_empty() {
        return;
    }
    for (phrase, span) in rule.phrases.iter().zip(&places.phrases) {
        if engine.outcome(number, &sample(phrase), scratch) == Outcome::Silenced {
            out.push(
                Diagnostic::new(
                    Code::AlwaysSilenced,
                    place(places, span),
                    format!("`{}` can never fire on this phrase", rule.id),
                )
                .label("its `unless` matches wherever this does")
                .help("narrow the `unless`, or remove the phrase"),
            );
        }
    }
}
