//! `outsort why`: what it says of a rule is what the engine does, and it names the word that is missing.

use std::sync::LazyLock;

use outsort::core::why::{Probe, Way, Why};
use outsort::{Document, Scratch};
use proptest::prelude::*;

use crate::ENGINE;
use crate::texts::document;

static PROBES: LazyLock<Vec<Probe<'static>>> =
    LazyLock::new(|| (0..ENGINE.pack().rules.len()).filter_map(|rule| ENGINE.probe(rule as u32)).collect());

/// Holds `why` of every rule of the default pack against the engine's hits.
fn agrees(document: &Document<'_>) {
    let mut scratch = Scratch::default();
    let hits = ENGINE.scan(document, &mut scratch);
    let judgment = outsort::judge(ENGINE.pack(), &hits, outsort::Part::Whole);
    for (rule, probe) in PROBES.iter().enumerate() {
        let why = probe.why(document, &hits, &mut scratch);
        let told: Vec<_> = why.hits().map(|f| (f.task, f.span.start, f.span.end, f.force)).collect();
        let own = hits.hits.iter().filter(|hit| hit.rule as usize == rule);
        let want: Vec<_> =
            own.map(|hit| (hit.task, hit.start as usize, hit.end as usize, hit.force)).collect();
        let id = &ENGINE.pack().rules[rule].id;
        assert_eq!(told, want, "{id} on {:?}", document.text);
        let counts = judgment.fired.iter().any(|fired| fired.rule as usize == rule);
        assert_eq!(why.fires(), counts, "{id} on {:?}", document.text);
        consistent(&why, probe);
    }
}

/// What must hold of every answer.
fn consistent(why: &Why, probe: &Probe<'_>) {
    for (phrase, depth) in why.depths.iter().enumerate() {
        let matched = why.found.iter().any(|found| found.way == Way::Phrase(phrase));
        let near = why.near.iter().find(|near| near.phrase == phrase);
        let text = &probe.rule().phrases[phrase].text;
        assert!(!(matched && near.is_some()), "{text}");
        if let Some(near) = near {
            assert!(!near.faults.is_empty() && near.matched() > 0, "{text}: {near:?}");
            assert!(*depth < near.found.len(), "{text}: past all of its elements without a match");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn it_agrees_with_the_engine_on_every_rule(text in document()) {
        agrees(&ENGINE.document(None, &text));
    }
}

#[test]
fn it_agrees_on_the_projects_own_documents() {
    let corpus = std::fs::read_to_string(crate::repository("corpus/documents.jsonl")).expect("the corpus");
    for line in corpus.lines().step_by(7) {
        let record: serde_json::Value = serde_json::from_str(line).expect("JSON");
        let text = record["text"].as_str().expect("a text");
        agrees(&ENGINE.document(record["title"].as_str(), text));
    }
}
