//! JSON Schema (draft-07) of a pack's files, from the same lists of keys that reading them goes by.

use serde_json::{Map, Value, json};

use crate::core::pack::{Criterion, Leans, SectionKind};

use super::pack::keys::{CRITERION_FILE, Key, Kind, MANIFEST};

/// The schema of a criterion file.
pub fn rules() -> String {
    document("A criterion file of an outsort pack", CRITERION_FILE)
}

/// The schema of `pack.toml`.
pub fn manifest() -> String {
    document("The manifest of an outsort pack", MANIFEST)
}

fn document(title: &str, keys: &[Key]) -> String {
    let mut schema = object(keys);
    let head = [("$schema", json!("http://json-schema.org/draft-07/schema#")), ("title", json!(title))];
    for (name, value) in head {
        schema.insert(name.into(), value);
    }
    serde_json::to_string_pretty(&schema).unwrap_or_default()
}

fn object(keys: &[Key]) -> Map<String, Value> {
    let properties: Map<String, Value> =
        keys.iter().map(|key| (key.name.to_owned(), property(key))).collect();
    let required: Vec<&str> = keys.iter().filter(|key| key.required).map(|key| key.name).collect();
    let parts = [
        ("type", json!("object")),
        ("properties", Value::Object(properties)),
        ("required", json!(required)),
        ("additionalProperties", json!(false)),
    ];
    parts.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

fn property(key: &Key) -> Value {
    let mut value = kind(key.kind);
    if let Value::Object(map) = &mut value {
        map.insert("description".into(), json!(key.doc));
    }
    value
}

fn kind(kind: Kind) -> Value {
    let text = json!({ "type": "string", "minLength": 1 });
    match kind {
        Kind::Text => text,
        Kind::Number(low, high) => json!({ "type": "number", "minimum": low, "maximum": high }),
        Kind::Range(low, high) => json!({
            "type": "array", "minItems": 2, "maxItems": 2,
            "items": { "type": "number", "minimum": low, "maximum": high },
        }),
        Kind::Whole(low, high) => json!({ "type": "integer", "minimum": low, "maximum": high }),
        Kind::Phrases | Kind::Words | Kind::Regexes | Kind::Texts => {
            json!({ "type": "array", "items": text })
        }
        Kind::Criterion => json!({ "enum": Criterion::ALL.map(Criterion::name) }),
        Kind::Leans => json!({ "enum": Leans::ALL.map(Leans::name) }),
        Kind::Sections => {
            json!({ "type": "array", "items": { "enum": SectionKind::ALL.map(SectionKind::name) } })
        }
        Kind::Table(keys) => Value::Object(object(keys)),
        Kind::Tables(keys) => json!({ "type": "array", "items": Value::Object(object(keys)) }),
    }
}
