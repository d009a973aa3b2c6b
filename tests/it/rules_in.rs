//! `Engine::rules_in` says which rules a scan finds, on texts that are one task of an ordinary section.

use outsort::core::document::Document;
use outsort::{Engine, Scratch};

use crate::{ENGINE, pack_of, repository};

const RULES: &str = r#"
[[rule]]
id = "records"
leans = "BPO"
weight = 1.0
because = "Records are filed."
phrases = ["file record"]
unless = ["audit"]
sections = ["requirements"]
fires = ["Files records."]
silent = ["Records an audit."]

[[rule]]
id = "years"
leans = "KPO"
weight = 1.0
because = "Years of experience are asked for."
acronyms = ["CFA"]
regex = ['\b\d+\+? years?\b']
fires = ["Needs 10+ years."]
silent = ["For years."]
"#;

fn rules_in(engine: &Engine, text: &str) -> Vec<u32> {
    let mut rules = vec![7];
    engine.rules_in(text, &mut Scratch::default(), &mut rules);
    rules
}

#[test]
fn neither_sections_nor_unless_nor_negation_count() {
    let engine = Engine::new(pack_of(RULES));
    let cases: &[(&str, &[u32])] = &[
        ("", &[]),
        ("Nothing here.", &[]),
        ("Filing the records, filing more records.", &[0]),
        ("Files records for the audit; no CFA needed.", &[0, 1]),
        ("5 years; a CFA.", &[1]),
    ];
    for (text, want) in cases {
        assert_eq!(rules_in(&engine, text), *want, "{text}");
    }
}

#[test]
fn real_tasks_show_at_least_the_rules_that_a_scan_finds() {
    let corpus = std::fs::read_to_string(repository("corpus/tasks.jsonl")).expect("readable");
    let plain = |rule: &outsort::Rule| rule.unless.is_empty();
    let mut scratch = Scratch::default();
    for line in corpus.lines() {
        let record: serde_json::Value = serde_json::from_str(line).expect("JSON");
        let text = record["text"].as_str().expect("text");
        let hits = ENGINE.scan(&Document::of_task(text), &mut scratch).hits;
        let mut want: Vec<u32> = hits.iter().map(|hit| hit.rule).collect();
        want.dedup();
        let mut rules = Vec::new();
        ENGINE.rules_in(text, &mut scratch, &mut rules);
        assert!(want.iter().all(|rule| rules.contains(rule)), "{text}");
        rules.retain(|rule| plain(&ENGINE.pack().rules[*rule as usize]));
        want.retain(|rule| plain(&ENGINE.pack().rules[*rule as usize]));
        let summary = outsort::SectionKind::Summary;
        rules.retain(|rule| ENGINE.pack().rules[*rule as usize].sections.contains(summary));
        assert_eq!(rules, want, "{text}");
    }
}
