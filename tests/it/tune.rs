//! `outsort tune`: the optimiser against brute force and a known package, and what the command promises.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use outsort::core::columns::{Columns, Weights};
use outsort::core::measure::Label;
use outsort::core::tune::{Aim, Alone, Evidence, Options, Refusal, Tuned, tune};
use outsort::{Engine, Hits, Pack, Part, Scratch, judge};

use crate::{ENGINE, empty_folder, pack_of, repository, run};

const RULES: &str = r#"
[[rule]]
id = "alpha"
leans = "KPO"
weight = 1.0
because = "A test."
phrases = ["alpha"]
fires = ["An alpha."]
silent = ["A beta."]

[[rule]]
id = "beta"
leans = "BPO"
weight = 1.0
because = "A test."
phrases = ["beta"]
fires = ["A beta."]
silent = ["An alpha."]

[[rule]]
id = "gamma"
leans = "KPO"
weight = 1.0
because = "A test."
phrases = ["gamma"]
fires = ["A gamma."]
silent = ["An alpha."]
"#;

/// A corpus for the rules above, with some labels against the rules.
fn corpus() -> Vec<(String, Label)> {
    let kinds = [
        ("alpha", Label::Kpo, 22),
        ("alpha", Label::Bpo, 3),
        ("beta", Label::Bpo, 20),
        ("beta", Label::Kpo, 4),
        ("gamma", Label::Bpo, 16),
        ("gamma", Label::Kpo, 8),
        ("alpha and beta", Label::Mixed, 12),
        ("alpha and gamma", Label::Kpo, 11),
    ];
    let mut all = Vec::new();
    for (text, label, n) in kinds {
        for _ in 0..n {
            all.push((format!("The {text} number {}.", all.len()), label));
        }
    }
    all
}

const OPTIONS: Options = Options { folds: 4, seed: 1, thin: 5, bold: true, prune: false, aim: Aim::Classes };

fn tuned(pack: &Pack, corpus: &[(String, Label)], options: Options) -> Result<Tuned, Refusal> {
    let engine = Engine::new(pack.clone());
    let mut scratch = Scratch::default();
    let hits: Vec<Hits> =
        corpus.iter().map(|(text, _)| engine.scan(&engine.document(None, text), &mut scratch)).collect();
    let columns = Columns::of(pack, &hits);
    let labels: Vec<Label> = corpus.iter().map(|(_, label)| *label).collect();
    let counts = vec![1.0; corpus.len()];
    let texts: Vec<u64> = corpus
        .iter()
        .map(|(text, _)| text.bytes().fold(7, |h: u64, b| h.wrapping_mul(31).wrapping_add(b.into())))
        .collect();
    let evidence =
        Evidence { columns: &columns, labels: &labels, counts: &counts, groups: &texts, texts: &texts };
    tune(pack, &evidence, &options, &Alone)
}

#[test]
fn columns_judge_as_hits_do() {
    let corpus = fs::read_to_string(repository("corpus/documents.jsonl")).expect("the corpus");
    let mut scratch = Scratch::default();
    let hits: Vec<Hits> = corpus
        .lines()
        .map(|line| {
            let record: serde_json::Value = serde_json::from_str(line).expect("JSON");
            let text = record["text"].as_str().expect("a text");
            ENGINE.scan(&ENGINE.document(record["title"].as_str(), text), &mut scratch)
        })
        .collect();
    let columns = Columns::of(ENGINE.pack(), &hits);
    let weights = Weights::of(ENGINE.pack());
    for (document, hits) in hits.iter().enumerate() {
        let judgment = judge(ENGINE.pack(), hits, Part::Whole);
        let standing = weights.standing(&columns, document);
        assert_eq!(
            (judgment.verdict, judgment.log_odds, judgment.evidence),
            (standing.verdict, standing.log_odds, standing.evidence())
        );
        assert_eq!(judgment.out_of_scope, standing.out_of_scope);
    }
}

#[test]
fn a_rule_that_labels_contradict_sinks_and_no_rule_turns() {
    let pack = pack_of(RULES);
    let tuned = tuned(&pack, &corpus(), OPTIONS).expect("enough labels");
    let [alpha, beta, gamma] = [0, 1, 2].map(|rule| tuned.fit.rules[rule]);
    assert!(gamma < 0.5 * alpha && gamma < 0.5 * beta, "{alpha} {beta} {gamma}");
    assert!(gamma >= 0.0);
    assert_eq!(tuned.support, [48, 36, 35]);
    for (rule, interval) in tuned.intervals.iter().enumerate() {
        let (low, high) = interval.expect("it was fitted");
        let weight = tuned.fit.rules[rule];
        assert!(low <= weight && weight <= high, "{low} {weight} {high}");
    }
}

#[test]
fn the_same_seed_gives_the_same_and_copies_of_documents_change_nothing() {
    let pack = pack_of(RULES);
    let once = corpus();
    let twice: Vec<_> = once.iter().flat_map(|document| [document.clone(), document.clone()]).collect();
    let a = tuned(&pack, &once, OPTIONS).expect("enough labels");
    let b = tuned(&pack, &once, OPTIONS).expect("enough labels");
    let c = tuned(&pack, &twice, OPTIONS).expect("enough labels");
    assert_eq!((&a.fit, a.thresholds, &a.folds), (&b.fit, b.thresholds, &b.folds));
    assert_eq!((&a.fit.rules, a.thresholds, &a.support), (&c.fit.rules, c.thresholds, &c.support));
}

#[test]
fn thin_rules_keep_their_weight() {
    let pack = pack_of(RULES);
    let tuned = tuned(&pack, &corpus(), Options { thin: 40, ..OPTIONS }).expect("enough labels");
    assert_ne!(tuned.fit.rules[0], 1.0);
    assert_eq!(tuned.fit.rules[1..], [1.0, 1.0]);
    assert!(tuned.intervals[1].is_none());
}

#[test]
fn too_little_is_refused() {
    let pack = pack_of(RULES);
    let only = |label| corpus().into_iter().filter(|(_, l)| *l == label).collect::<Vec<_>>();
    assert_eq!(tuned(&pack, &only(Label::Kpo), OPTIONS).err(), Some(Refusal::TooFew(0, 45)));
    assert_eq!(tuned(&pack, &corpus()[..3], OPTIONS).err(), Some(Refusal::TooFew(0, 3)));
    // Documents that are all the same are one text, and one group.
    let same: Vec<_> = (0..40)
        .map(|i| ("The alpha.".to_owned(), if i % 2 == 0 { Label::Kpo } else { Label::Bpo }))
        .collect();
    assert_eq!(tuned(&pack, &same, OPTIONS).err(), Some(Refusal::FewGroups(1)));
}

/// A pack and a labelled corpus: `rules/` and `labelled.jsonl`.
fn bench(name: &str) -> PathBuf {
    let folder = empty_folder(name);
    assert!(run(&folder, &["rules", "init", "rules"]).status.success());
    let corpus = fs::read_to_string(repository("corpus/tasks.jsonl")).expect("the corpus");
    let some: Vec<&str> = corpus.lines().step_by(3).collect();
    fs::write(folder.join("labelled.jsonl"), some.join("\n")).expect("written");
    folder
}

fn pack_text(folder: &Path) -> Vec<(String, String)> {
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder).expect("a folder").map(|e| e.expect("an entry").path()).collect();
    files.sort();
    let read = |path: &PathBuf| {
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        (name, fs::read_to_string(path).expect("text"))
    };
    files.iter().map(read).collect()
}

#[test]
fn the_patch_applies_and_leaves_comments_alone() {
    let folder = bench("tune-patch");
    let before = pack_text(&folder.join("rules"));
    let args = ["tune", "labelled.jsonl", "--rules", "rules", "--group", "function", "--folds", "3"];
    let out = run(&folder, &[&args[..], &["--out", "tuned"]].concat());
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    let page = String::from_utf8(out.stdout).expect("text");
    fs::write(folder.join("page.txt"), &page).expect("written");
    assert!(before == pack_text(&folder.join("rules")), "nothing is written unasked");
    // `git apply` takes the page as it stands.
    let git =
        Command::new("git").current_dir(&folder).args(["apply", "page.txt"]).output().expect("git runs");
    assert!(git.status.success(), "{}", String::from_utf8_lossy(&git.stderr));
    let after = pack_text(&folder.join("rules"));
    assert!(after == pack_text(&folder.join("tuned")), "the copy is another");
    assert!(before != after, "nothing changed");
    // Only numbers change: with every number blanked, the files are the same to the byte.
    let blank = |text: &str| {
        let lines = text.lines().map(|line| match line.split_once('=') {
            Some((key, value)) if value.trim().starts_with(|c: char| c.is_ascii_digit() || c == '-') => {
                let value = value.trim_start();
                let end = value.find(|c: char| !c.is_ascii_digit() && c != '.' && c != '-');
                format!("{key}=#{}", &value[end.unwrap_or(value.len())..])
            }
            _ => line.to_owned(),
        });
        lines.collect::<Vec<_>>().join("\n")
    };
    for ((name, before), (_, after)) in before.iter().zip(&after) {
        assert!(blank(before) == blank(after), "{name}");
    }
    // Written in place by a second run from the same start: the same files.
    let again = bench("tune-write");
    assert!(run(&again, &[&args[..], &["--write", "--format", "json"]].concat()).status.success());
    assert!(after == pack_text(&again.join("rules")), "the files differ");
}

#[test]
fn mistakes_get_help() {
    let folder = empty_folder("tune-mistakes");
    let few = "text,label\nFile mail.,BPO\nAdvise clients on tax law.,KPO\nSort mail., bpo \n";
    fs::write(folder.join("few.csv"), few).expect("written");
    fs::write(folder.join("full.txt"), "x").expect("written");
    for (args, want) in [
        (vec!["few.csv"], "too few labels to fit anything: 2 BPO, 1 KPO"),
        (vec!["few.csv", "--write"], "--write would change the built-in pack"),
        (vec!["few.csv", "--out", "full.txt"], "full.txt is there already"),
        (vec!["few.csv", "--precision", "2"], "allowed: 0.5 to 1"),
        (vec!["few.csv", "--group", "team"], "there is no field `team`"),
        (vec!["few.csv", "--count", "text"], "is not how much a record can count"),
    ] {
        let out = run(&folder, &[&["tune"][..], &args].concat());
        let said = String::from_utf8_lossy(&out.stderr).into_owned();
        assert!(!out.status.success() && said.contains(want), "{args:?}: {said}");
    }
}
