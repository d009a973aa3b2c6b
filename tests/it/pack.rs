//! The default pack: usable, tested by its own examples, and as broad as promised.

use std::collections::HashSet;

use outsort::format::embedded::default_files;
use outsort::format::pack::load;
use outsort::{Criterion, Leans};
use snapbox::assert_data_eq;

use crate::ENGINE;

#[test]
fn it_has_no_mistakes_and_no_warnings() {
    let files = default_files();
    let loaded = load(&files);
    let said: Vec<String> =
        loaded.diagnostics.iter().map(|d| outsort::format::diagnostic::to_text(d, &files, false)).collect();
    assert!(said.is_empty(), "{}", said.join("\n\n"));
    let embedded = ENGINE.pack();
    let loaded = loaded.pack.expect("usable");
    assert_eq!(loaded.rules.len(), embedded.rules.len());
    assert_eq!(format!("{loaded:?}"), format!("{embedded:?}"), "read_trusted and load differ");
}

#[test]
fn every_criterion_speaks_for_both_poles() {
    let pack = ENGINE.pack();
    assert!(pack.rules.len() >= 250);
    for criterion in Criterion::ALL {
        let leans: HashSet<Leans> =
            pack.rules.iter().filter(|r| r.criterion == criterion).map(|r| r.leans).collect();
        assert_eq!(leans.len(), 2, "{criterion}");
    }
    for rule in &pack.rules {
        assert!(!rule.fires.is_empty() && !rule.silent.is_empty(), "{}", rule.id);
    }
}

#[test]
fn every_regex_can_be_built() {
    for rule in &ENGINE.pack().rules {
        for regex in &rule.regexes {
            outsort::core::compile::build_regex(regex).unwrap_or_else(|e| panic!("{}: {e}", rule.id));
        }
    }
}

#[test]
fn the_schemas_know_every_key() {
    for (schema, file) in
        [(outsort::format::schema::rules(), "focus.toml"), (outsort::format::schema::manifest(), "pack.toml")]
    {
        let schema: serde_json::Value = serde_json::from_str(&schema).expect("JSON");
        assert_data_eq!(schema["$schema"].as_str().unwrap_or(""), "http://json-schema.org/draft-07/schema#");
        let files = default_files();
        let text = &files.iter().find(|f| f.name.ends_with(file)).expect("the file").text;
        let value: toml::Table = text.parse().expect("TOML");
        check(&schema, &toml::Value::Table(value), file);
    }
}

/// Whether every key of a value stands in the schema.
fn check(schema: &serde_json::Value, value: &toml::Value, at: &str) {
    match value {
        toml::Value::Table(table) => {
            for (key, value) in table {
                let property = &schema["properties"][key];
                assert!(property.is_object(), "{at}.{key} is not in the schema");
                check(property, value, &format!("{at}.{key}"));
            }
        }
        toml::Value::Array(items) => items.iter().for_each(|item| check(&schema["items"], item, at)),
        _ => {}
    }
}
