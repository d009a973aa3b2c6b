//! `outsort suggest`: what is planted in a corpus is found, what rules cover is not proposed, what is reported
//! is what the stub does, and stubs can be appended.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use outsort::core::measure::Label;
use outsort::core::phrase::parse;
use outsort::core::suggest::{Example, Options, Sides, Suggestion, suggest, z_score};
use outsort::{Engine, Hits, Judgment, Leans, Pack, Part, Rule, Scratch, judge};
use serde_json::Value;

use crate::{ENGINE, pack_of, repository};

/// Values computed once with NumPy 2.4.6 from the formulas of Monroe, Colaresi & Quinn (2008), 16 and 22.
#[test]
fn z_scores_agree_with_an_independent_implementation() {
    for ([own, own_all, other, other_all, prior, prior_all], want) in [
        ([30.0, 400.0, 5.0, 600.0, 3.5, 100.0], 4.595_922_527_994_188),
        ([0.0, 50.0, 0.0, 70.0, 0.2, 10.0], 0.091_237_353_105_740_65),
        ([4.5, 120.0, 20.25, 300.0, 2.0, 42.0], -1.143_066_471_373_412_2),
        ([1000.0, 5000.0, 900.0, 5000.0, 190.0, 1000.0], 2.584_390_383_554_416_6),
    ] {
        let z = z_score(Sides { own, own_all, other, other_all }, prior, prior_all);
        assert!((z - want).abs() < 1e-9, "{z} is not {want}");
    }
}

/// Every rule of this pack is beside the point of the corpus below, but for the one about invoices.
const RULES: &str = r#"
[[rule]]
id = "key-invoices"
leans = "BPO"
weight = 2.0
because = "Invoices are keyed."
phrases = ["key .. invoice"]
fires = ["Key invoices."]
silent = ["Key ideas."]

[[rule]]
id = "advise-boards"
leans = "KPO"
weight = 2.0
because = "Boards are advised."
phrases = ["advise .. board", "appraise .. licence"]
fires = ["Advise the board."]
silent = ["Boards of wood."]
"#;

/// Twelve documents of either pole. Each has words of its own, so that only what is planted comes again.
fn corpus() -> Vec<(String, Label)> {
    const OWN: [&str; 12] = [
        "harbour", "castle", "meadow", "violin", "copper", "saddle", "lantern", "orchard", "pebble",
        "thunder", "velvet", "walnut",
    ];
    let mut all = Vec::new();
    for (i, own) in OWN.iter().enumerate() {
        let reconcile = ["Reconciles the", "reconciling", "Reconcile our"][i % 3];
        all.push((format!("{reconcile} {own} vouchers and key an invoice."), Label::Bpo));
        let interpret = ["Interprets", "Interpreting", "interpreted the"][i % 3];
        let law = ["statute", "treaty"][i % 2];
        all.push((format!("{interpret} {law} of {own} trade and prepare vouchers."), Label::Kpo));
        all.push((format!("Lift the {own} onto pallets."), Label::OutOfScope));
    }
    all
}

struct Scanned {
    text: String,
    label: Label,
    hits: Hits,
    judgment: Judgment,
}

impl Scanned {
    fn example(&self) -> Example<'_> {
        Example {
            title: None,
            text: &self.text,
            label: self.label,
            hits: &self.hits,
            judgment: &self.judgment,
        }
    }
}

fn scanned(engine: &Engine, texts: &[(String, Label)]) -> Vec<Scanned> {
    let mut scratch = Scratch::default();
    let scan = |(text, label): &(String, Label)| {
        let hits = engine.scan(&engine.document(None, text), &mut scratch);
        let judgment = judge(engine.pack(), &hits, Part::Whole);
        Scanned { text: text.clone(), label: *label, hits, judgment }
    };
    texts.iter().map(scan).collect()
}

fn suggested(engine: &Engine, scanned: &[Scanned], leans: &[Leans], top: usize) -> Vec<Suggestion> {
    let examples: Vec<Example<'_>> = scanned.iter().map(Scanned::example).collect();
    let options = Options { top, min_documents: 5, leans: leans.to_vec(), own_labels: false };
    suggest(engine, &examples, &options)
}

#[test]
fn what_is_planted_is_found_in_its_base_form() {
    let engine = Engine::new(pack_of(RULES));
    let scanned = scanned(&engine, &corpus());
    for (leans, phrase, documents) in
        [(Leans::Bpo, "reconcile", 12), (Leans::Kpo, "interpret", 12), (Leans::OutOfScope, "lift", 12)]
    {
        let all = suggested(&engine, &scanned, &[leans], 9);
        let found = all.iter().find(|s| {
            let members = s.members.iter().chain([&s.phrase]);
            members.into_iter().any(|m| m.phrase.split([' ', '|']).any(|word| word == phrase))
        });
        let phrases: Vec<&str> = all.iter().map(|s| s.phrase.phrase.as_str()).collect();
        let found = found.unwrap_or_else(|| panic!("{phrase} is not in {phrases:?}"));
        assert_eq!(found.phrase.shown.documents, documents, "{phrases:?}");
        assert_eq!(found.precision.value, 1.0);
        assert!(found.leans == leans && found.leans.fits(found.criterion));
    }
}

#[test]
fn what_rules_cover_or_both_sides_show_is_not_proposed() {
    let engine = Engine::new(pack_of(RULES));
    let scanned = scanned(&engine, &corpus());
    for suggestion in suggested(&engine, &scanned, &Leans::ALL, 50) {
        let Suggestion { phrase, leans, .. } = &suggestion;
        // Every BPO text has an invoice keyed, which a rule says already; vouchers are on both sides.
        assert!(!["key .. invoice", "key invoice", "invoice", "key"].contains(&phrase.phrase.as_str()));
        assert!(phrase.phrase != "voucher" || !matches!(leans, Leans::Bpo | Leans::Kpo));
    }
}

/// The rule of a suggestion, alone in a pack with the text settings of another.
fn alone(engine: &Engine, rule: &Rule) -> Engine {
    Engine::new(Pack { rules: vec![rule.clone()], ..engine.pack().clone() })
}

#[test]
fn what_is_reported_is_what_the_stub_does() {
    let texts = own_corpus();
    let thin = Engine::new(thinned(3));
    let scanned = scanned(&thin, &texts);
    let all = suggested(&thin, &scanned, &Leans::ALL, 12);
    assert!(all.len() >= 10, "{}", all.len());
    let mut scratch = Scratch::default();
    for suggestion in &all {
        let stub = alone(&thin, &suggestion.rule);
        let shows = |s: &&Scanned| {
            let hits = stub.scan(&stub.document(None, &s.text), &mut Scratch::default());
            !judge(stub.pack(), &hits, Part::Whole).fired.is_empty()
        };
        let shown: Vec<&Scanned> = scanned.iter().filter(shows).collect();
        let with = |label| shown.iter().filter(|s| s.label == label).count();
        let phrase = &suggestion.phrase;
        assert_eq!(phrase.shown.documents, shown.len(), "{}", phrase.phrase);
        assert_eq!(phrase.shown.labels, Label::ALL.map(with), "{}", phrase.phrase);
        assert!(phrase.shown.uncovered <= phrase.shown.documents);
        assert!(parse(&phrase.phrase).is_ok());
        for sample in &suggestion.samples {
            assert!(scanned[sample.document].text.contains(&sample.sentence));
            assert!(sample.sentence.get(sample.span.clone()).is_some_and(|words| !words.is_empty()));
        }
        let outcome = |text: &str, scratch: &mut Scratch| {
            stub.outcome(0, text, scratch) == outsort::core::example::Outcome::Fires
        };
        assert!(suggestion.rule.fires.iter().all(|text| outcome(text, &mut scratch)));
        assert!(!suggestion.rule.silent.iter().any(|text| outcome(text, &mut scratch)));
        assert!(!suggestion.rule.silent.is_empty());
    }
    // Ids and phrases are new.
    for suggestion in &all {
        assert!(thin.pack().rule(&suggestion.rule.id).is_none());
        assert_eq!(all.iter().filter(|other| other.rule.id == suggestion.rule.id).count(), 1);
        assert_eq!(all.iter().filter(|other| other.phrase.phrase == suggestion.phrase.phrase).count(), 1);
    }
}

/// The project's labelled tasks.
fn own_corpus() -> Vec<(String, Label)> {
    let text = fs::read_to_string(repository("corpus/tasks.jsonl")).expect("the corpus");
    let record = |line: &str| {
        let record: Value = serde_json::from_str(line).expect("JSON");
        let label = Label::from_name(record["label"].as_str()?)?;
        Some((record["text"].as_str()?.to_owned(), label))
    };
    text.lines().filter_map(record).collect()
}

/// The default pack without every rule whose number leaves 0 by `each`.
fn thinned(each: usize) -> Pack {
    let mut pack = ENGINE.pack().clone();
    let rules = pack.rules.into_iter().enumerate().filter(|(i, _)| i % each != 0);
    pack.rules = rules.map(|(_, rule)| rule).collect();
    pack
}

/// A third of the rules is taken away; suggestions must find places where these have fired, for the same side.
#[test]
fn rules_that_were_taken_away_are_found_again() {
    let texts = own_corpus();
    let thin = Engine::new(thinned(3));
    let scanned = scanned(&thin, &texts);
    let mut scratch = Scratch::default();
    let before: Vec<Hits> =
        texts.iter().map(|(text, _)| ENGINE.scan(&ENGINE.document(None, text), &mut scratch)).collect();
    let gone = |rule: u32| rule.is_multiple_of(3);
    let all = suggested(&thin, &scanned, &Leans::ALL, 30);
    let found_again = |suggestion: &&Suggestion| {
        let stub = alone(&thin, &suggestion.rule);
        let inside = scanned.iter().zip(&before).filter(|(s, before)| {
            let hits = stub.scan(&stub.document(None, &s.text), &mut Scratch::default()).hits;
            hits.iter().any(|hit| {
                before.hits.iter().any(|old| {
                    let same = ENGINE.pack().rules[old.rule as usize].leans == suggestion.leans;
                    let within = old.start <= hit.start && hit.end <= old.end;
                    gone(old.rule) && same && (within || (hit.start <= old.start && old.end <= hit.end))
                })
            })
        });
        inside.count() >= 3
    };
    let found = all.iter().filter(found_again).count();
    assert!(found * 2 >= all.len() && all.len() >= 10, "{found} of {}", all.len());
}

fn outsort(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_outsort")).args(args).output().expect("runs")
}

fn said(out: &Output) -> String {
    String::from_utf8_lossy(&out.stderr).into_owned()
}

fn scratch_file(name: &str, text: &str) -> String {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&path, text).expect("written");
    path.display().to_string()
}

/// A copy of the default pack without a third of the rules of one criterion.
fn thin_pack(name: &str, criterion: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    _ = fs::remove_dir_all(&folder);
    assert!(outsort(&["rules", "init", &folder.display().to_string()]).status.success());
    let file = folder.join(format!("{criterion}.toml"));
    let text = fs::read_to_string(&file).expect("the file");
    let mut parts: Vec<&str> = text.split("[[rule]]").collect();
    parts.truncate(parts.len() * 2 / 3);
    fs::write(&file, parts.join("[[rule]]")).expect("written");
    folder
}

fn tasks() -> String {
    repository("corpus/tasks.jsonl").display().to_string()
}

#[test]
fn stubs_are_appended_and_the_pack_stays_good() {
    let folder = thin_pack("suggest-pack", "scope");
    let file = folder.join("scope.toml");
    let before = fs::read_to_string(&file).expect("the file");
    let append = ["suggest", &tasks(), "--append", &file.display().to_string(), "--format", "json"];
    let out = outsort(&append);
    assert!(out.status.success(), "{}", said(&out));
    let report: Value = serde_json::from_slice(&out.stdout).expect("JSON");
    let rows = report["suggestions"].as_array().expect("rows");
    let own: Vec<&Value> = rows.iter().filter(|row| row["criterion"] == "scope").collect();
    assert!(!own.is_empty(), "nothing for scope");
    let note = format!("appended {} rule", own.len());
    assert!(said(&out).contains(&note), "{}", said(&out));
    let after = fs::read_to_string(&file).expect("the file");
    assert!(after.starts_with(&before), "what stood there stays");
    for row in own {
        assert!(after.contains(row["stub"].as_str().expect("a stub")));
        assert!(row["id"].as_str().is_some_and(|id| id.starts_with("scope-")), "the prefix of the criterion");
    }
    let pack = folder.display().to_string();
    for command in ["check", "test"] {
        let out = outsort(&["rules", command, "--rules", &pack]);
        assert!(out.status.success(), "{command}: {}", String::from_utf8_lossy(&out.stdout));
    }
    assert!(leftovers(&folder).is_empty(), "{:?}", leftovers(&folder));
    // What was appended covers its own phrases: they are not suggested a second time.
    let again = outsort(&append);
    let report: Value = serde_json::from_slice(&again.stdout).expect("JSON");
    let phrases = |rows: &[Value]| -> Vec<String> {
        rows.iter().map(|row| row["phrase"]["phrase"].as_str().unwrap_or("").to_owned()).collect()
    };
    let second = phrases(report["suggestions"].as_array().expect("rows"));
    let scope: Vec<Value> = rows.iter().filter(|row| row["criterion"] == "scope").cloned().collect();
    assert!(phrases(&scope).iter().all(|phrase| !second.contains(phrase)));
}

fn leftovers(folder: &Path) -> Vec<String> {
    let names = fs::read_dir(folder).expect("a folder");
    let names = names.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned());
    names.filter(|name| name.starts_with('.')).collect()
}

#[test]
fn without_labels_the_pack_can_teach_itself() {
    let bare: String =
        own_corpus().iter().map(|(text, _)| format!("{}\n", serde_json::json!({ "text": text }))).collect();
    let file = scratch_file("suggest-bare.jsonl", &bare);
    let out = outsort(&["suggest", &file]);
    assert_eq!(out.status.code(), Some(4));
    let message = said(&out);
    assert!(message.contains("no record has a label in the field `label`"), "{message}");
    assert!(message.contains("--label") && message.contains("--self"), "{message}");
    let out = outsort(&["suggest", &file, "--self", "--leans", "kpo", "--leans", "BPO", "--format", "json"]);
    assert!(out.status.success(), "{}", said(&out));
    let report: Value = serde_json::from_slice(&out.stdout).expect("JSON");
    assert_eq!(report["own_labels"], true);
    assert!(report["left_out"].as_u64() > Some(0), "mixed and unclear ones are left out");
    let rows = report["suggestions"].as_array().expect("rows");
    assert!(!rows.is_empty());
    for row in rows {
        assert!(row["leans"] == "KPO" || row["leans"] == "BPO");
        assert_eq!(row["phrase"]["labels"]["mixed"], 0);
    }
}

#[test]
fn pages_and_stubs_say_the_same() {
    let args = ["suggest", &tasks(), "-n", "4", "--where", "split=train"];
    let text = outsort(&args);
    assert!(text.status.success(), "{}", said(&text));
    let page = String::from_utf8_lossy(&text.stdout).into_owned();
    let toml = outsort(&[&args[..], &["--format", "toml"]].concat());
    let stubs = String::from_utf8_lossy(&toml.stdout).into_owned();
    let json = outsort(&[&args[..], &["--format", "json"]].concat());
    let report: Value = serde_json::from_slice(&json.stdout).expect("JSON");
    let rows = report["suggestions"].as_array().expect("rows");
    assert!(!rows.is_empty() && rows.len() <= 4);
    for row in rows {
        let phrase = row["phrase"]["phrase"].as_str().expect("a phrase");
        assert!(page.contains(phrase) && stubs.contains(phrase));
        assert!(stubs.contains(&format!("# for {}.toml", row["criterion"].as_str().expect("a name"))));
    }
    assert!(!page.contains('\u{1b}'), "no colour in a pipe");
}

#[test]
fn mistakes_get_help() {
    let folder = thin_pack("suggest-mistakes", "focus");
    let manifest = folder.join("pack.toml").display().to_string();
    let focus = folder.join("focus.toml").display().to_string();
    let corpus = scratch_file("suggest-small.csv", "text,label\nFile mail.,BPO\nAdvise boards.,KPO\n");
    for (args, code, want) in [
        (vec!["--append", &manifest], 2, "is no criterion file"),
        (vec!["--append", "no-such-file.toml"], 4, "can't read no-such-file.toml"),
        (vec!["--append", &focus, "--rules", "rules"], 2, "is no file of the pack rules"),
        (vec!["--leans", "up"], 2, "allowed: BPO, KPO, out-of-scope, in-scope"),
        (vec!["--label", "verdict"], 4, "in the field `verdict`"),
        (vec!["--top", "0"], 2, "1..=1000"),
    ] {
        let out = outsort(&[&["suggest", corpus.as_str()][..], &args].concat());
        let message = said(&out);
        assert!(out.status.code() == Some(code) && message.contains(want), "{args:?}: {message}");
    }
    // Two documents show nothing often enough: an answer, not an error.
    let out = outsort(&["suggest", &corpus]);
    assert!(out.status.success() && String::from_utf8_lossy(&out.stdout).contains("no phrase tells"));
}
