//! One golden file for each code: the broken file and exactly what is said of it.
//!
//! `SNAPSHOTS=overwrite cargo test` writes the golden texts and `docs/diagnostics.md` anew.

use std::fs;

use outsort::core::diagnostic::{Code, Stage};
use outsort::core::lint::{Exploded, Sightings, of_corpus, of_pack};
use outsort::core::measure::Label;
use outsort::format::diagnostic::to_text;
use outsort::format::embedded::default_files;
use outsort::format::pack::{SourceFile, load};
use outsort::{Engine, Scratch};
use proptest::prelude::*;
use snapbox::{Data, assert_data_eq};

use crate::repository;

/// The pack that a golden file describes: `## NAME` lines part its files; the default manifest is added
/// unless there is one, or the file says `## no manifest`.
fn pack(golden: &str) -> Vec<SourceFile> {
    let mut files: Vec<SourceFile> = Vec::new();
    for line in golden.lines() {
        if let Some(name) = line.strip_prefix("## ") {
            files.push(SourceFile { name: name.into(), text: String::new() });
        } else if let Some(file) = files.last_mut() {
            file.text += &format!("{line}\n");
        }
    }
    let bare = files.iter().any(|f| f.name == "no manifest");
    files.retain(|f| f.name != "no manifest");
    if !bare && !files.iter().any(|f| f.name == "pack.toml") {
        let default =
            default_files().into_iter().find(|f| f.name.ends_with("pack.toml")).expect("a manifest");
        files.insert(0, SourceFile { name: "pack.toml".into(), text: default.text });
    }
    for file in files.iter_mut().filter(|f| f.name == "pack.toml" && f.text.starts_with("replace ")) {
        // `replace A` / `with B`: the default manifest with one line changed.
        let lines: Vec<String> = file.text.lines().map(str::to_owned).collect();
        let default =
            default_files().into_iter().find(|f| f.name.ends_with("pack.toml")).expect("a manifest");
        let (from, to) = (&lines[0]["replace ".len()..], &lines[1]["with ".len()..]);
        assert!(default.text.contains(from), "the manifest has no {from:?}");
        file.text = default.text.replacen(from, to, 1);
    }
    files
}

/// What is said of one code: when the pack is read, or by a closer look and the documents of `## corpus`, a line each
/// (`LABEL: TEXT`, or the text alone).
fn said_of(code: Code, golden: &str) -> String {
    let mut files = pack(golden);
    if code.stage() == Stage::Reading {
        return said(&files);
    }
    let corpus = files.iter().position(|f| f.name == "corpus").map(|at| files.remove(at).text);
    let loaded = load(&files);
    let rules = loaded.pack.as_ref().unwrap_or_else(|| panic!("{:#?}", loaded.diagnostics));
    let mut findings = of_pack(rules);
    if let Some(corpus) = corpus {
        let exploded = Exploded::of(rules);
        let engine = Engine::new(exploded.pack.clone());
        let mut seen = Sightings::new(rules);
        for line in corpus.lines() {
            let labelled =
                line.split_once(": ").and_then(|(label, text)| Some((Label::from_name(label)?, text)));
            let text = labelled.map_or(line, |(_, text)| text);
            let hits = engine.scan(&engine.document(None, text), &mut Scratch::default());
            seen.add(rules, &exploded, &hits, labelled.map(|(label, _)| label));
        }
        findings.extend(of_corpus(rules, &seen));
    }
    let own = findings.into_iter().filter(|f| f.code == code).map(|f| f.diagnostic(|at| loaded.part(at)));
    own.map(|d| to_text(&d, &files, false) + "\n").collect::<Vec<_>>().join("\n")
}

fn said(files: &[SourceFile]) -> String {
    let loaded = load(files);
    let texts: Vec<String> = loaded.diagnostics.iter().map(|d| to_text(d, files, false) + "\n").collect();
    texts.join("\n")
}

#[test]
fn every_code_has_its_golden_file() {
    let mut page = String::from(PAGE);
    let mut stage = Stage::Reading;
    for code in Code::ALL.into_iter().filter(|code| *code != Code::NotUtf8) {
        let name = code.name();
        let golden = fs::read_to_string(repository(&format!("tests/golden/{name}.toml")))
            .unwrap_or_else(|_| panic!("tests/golden/{name}.toml is missing"));
        let text = said_of(code, &golden);
        assert!(text.contains(&format!("[{name}]")), "{name} is not reported:\n{text}");
        if code.stage() != stage {
            if stage == Stage::Reading {
                page += &not_utf8();
            }
            stage = code.stage();
            page += if stage == Stage::Rules { CLOSER } else { CORPUS };
        }
        page += &format!(
            "\n## {name}\n\n{} ({})\n\n```text\n{}\n```\n",
            code.meaning(),
            code.severity().name(),
            text.trim_end()
        );
        assert_data_eq!(text, Data::read_from(&repository(&format!("tests/golden/{name}.txt")), None).raw());
    }
    assert_data_eq!(page, Data::read_from(&repository("docs/diagnostics.md"), None).raw());
}

const PAGE: &str = "\
# What can be wrong with a pack

`outsort rules check --rules DIR` reports every mistake in one run, each with a code that never changes, the place, and what is
allowed. With `--format json` editors and CI can read it. Each entry shows a pack with the mistake and exactly what is said.
";

fn not_utf8() -> String {
    format!(
        "\n## not-utf8\n\n{} (error)\n\n```text\nerror: my-rules/focus.toml:3: error[not-utf8]: the file is not UTF-8 text; save it as UTF-8\n```\n",
        Code::NotUtf8.meaning()
    )
}

const CLOSER: &str = "
# What a closer look finds

With `--corpus`, or where `--only CODE` asks for it. `--fix` removes needless phrases once it is sure that no hit changes.
";

const CORPUS: &str = "
# What a corpus tells

With `--corpus FILE`, say real job descriptions. Nothing is said of how rules go together that fire in fewer than five documents.
";

#[test]
fn one_run_reports_all() {
    let golden = fs::read_to_string(repository("tests/golden/many.toml")).expect("the file");
    assert_data_eq!(said(&pack(&golden)), Data::read_from(&repository("tests/golden/many.txt"), None).raw());
}

#[test]
fn records_name_line_and_column() {
    let files = pack(
        "## focus.toml\ncriterion = \"focus\"\nlaens = 'é'\n[[rule]]\nid='a'\nleans='KPO'\nweight=1\nbecause='b'\nphrases=['é =*']\n",
    );
    let loaded = load(&files);
    let records: Vec<_> =
        loaded.diagnostics.iter().map(|d| outsort::format::diagnostic::to_record(d, &files)).collect();
    let json = serde_json::to_value(&records).expect("serialises");
    assert_eq!((json[0]["code"].as_str(), json[0]["line"].as_u64()), (Some("unknown-key"), Some(2)));
    let phrase =
        json.as_array().and_then(|a| a.iter().find(|d| d["code"] == "phrase-syntax")).expect("reported");
    assert_eq!((phrase["line"].as_u64(), phrase["column"].as_u64()), (Some(8), Some(14)));
    assert_eq!(phrase["severity"], "error");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    /// Packs damaged anywhere: never a panic, and never a usable pack with an error in it.
    #[test]
    fn damaged_packs_are_refused_not_fatal(file in 0..8usize, at in 0.0..1.0f64, cut in 0..40usize, put in "[\\PC\n\"'\\[\\]=|*?.]{0,6}") {
        let mut files = default_files();
        for other in files.iter_mut().filter(|f| !f.name.ends_with("pack.toml")) {
            // A few rules are enough, and fast.
            let end = other.text.match_indices("[[rule]]").nth(4).map_or(other.text.len(), |(i, _)| i);
            other.text.truncate(end);
        }
        let text = &mut files[file].text;
        let place = |n: usize| (0..=n.min(text.len())).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(0);
        let start = place((at * text.len() as f64) as usize);
        let end = place(start + cut).max(start);
        text.replace_range(start..end, &put);
        let loaded = load(&files);
        let errors = loaded.count(outsort::core::diagnostic::Severity::Error);
        prop_assert_eq!(loaded.pack.is_none(), errors > 0);
        for diagnostic in &loaded.diagnostics {
            prop_assert!(!to_text(diagnostic, &files, false).is_empty());
        }
    }
}
