//! `outsort diff`: one scan for two packs, causes of moves, explanations that add up, and what the command promises.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use outsort::core::diff::{Cause, Changes, Corpus, Moves, Number, Quantity, Union, moves};
use outsort::core::setting::Setting;
use outsort::{Engine, Hits, LogOdds, Pack, Part, Scratch, Verdict, default_pack, judge};

use crate::{ENGINE, empty_folder, pack_of, repository, run};

const RULES: &str = r#"
[[rule]]
id = "alpha"
leans = "KPO"
weight = 8.0
because = "A test."
phrases = ["alpha", "alef"]
fires = ["An alpha."]
silent = ["A beta."]

[[rule]]
id = "beta"
leans = "BPO"
weight = 8.0
because = "A test."
phrases = ["beta"]
fires = ["A beta."]
silent = ["An alpha."]

[[rule]]
id = "gamma"
leans = "KPO"
weight = 8.0
because = "A test."
phrases = ["gamma"]
unless = ["ray"]
fires = ["A gamma."]
silent = ["A gamma ray."]
"#;

fn scanned(pack: &Pack, texts: &[String]) -> Vec<Hits> {
    let engine = Engine::new(pack.clone());
    let mut scratch = Scratch::default();
    texts.iter().map(|text| engine.scan(&engine.document(None, text), &mut scratch)).collect()
}

fn compared(old: &Pack, new: &Pack, texts: &[String]) -> (Changes, Moves) {
    let changes = Changes::of(old, new);
    let hits = [scanned(old, texts), scanned(new, texts)];
    let corpus = Corpus { packs: [old, new], hits: [&hits[0], &hits[1]] };
    let moves = moves(&corpus, &changes);
    (changes, moves)
}

/// Texts of the repository.
fn texts() -> Vec<String> {
    let read = |name: &str| fs::read_to_string(repository(name)).expect("the corpus");
    let text = |line: &str| {
        let record: serde_json::Value = serde_json::from_str(line).expect("JSON");
        record["text"].as_str().expect("a text").to_owned()
    };
    let documents = read("corpus/documents.jsonl");
    let tasks = read("corpus/tasks.jsonl");
    documents.lines().step_by(3).chain(tasks.lines().step_by(4)).map(text).collect()
}

/// The default pack, changed in many ways; the same for the same seed.
fn changed(seed: usize) -> Pack {
    let mut pack = default_pack();
    let n = pack.rules.len();
    for i in 0..12 {
        let at = (seed * 131 + i * 47) % n;
        let rule = &mut pack.rules[at];
        match (seed + i) % 6 {
            0 => rule.weight *= 3.0,
            1 => rule.weight = 0.0,
            2 => _ = rule.phrases.pop(),
            3 => rule.unless.extend(rule.phrases.first().cloned()),
            4 => rule.phrases.reverse(),
            _ => rule.id += "-renamed",
        }
    }
    pack.rules.rotate_left(seed % n);
    match seed % 4 {
        0 => pack.scoring.bias += 0.2,
        1 => pack.thresholds.kpo_at_least -= 0.1,
        2 => pack.scoring.echo += 0.2,
        _ => pack.thresholds.out_of_scope_at_least -= 0.1,
    }
    pack
}

#[test]
fn one_scan_finds_what_two_would() {
    let texts = texts();
    let old = default_pack();
    let alone = scanned(&old, &texts);
    for seed in [3, 10, 600] {
        let new = changed(seed);
        let union = Union::of(&old, &new);
        assert!(
            union.pack.rules.len() < old.rules.len() + 13,
            "rules that both read alike are looked for once"
        );
        let after = scanned(&new, &texts);
        for (i, both) in scanned(&union.pack, &texts).iter().enumerate() {
            let [a, b] = union.split(both);
            assert!(a == alone[i] && b == after[i], "seed {seed}: {}", texts[i]);
        }
    }
}

#[test]
fn explanations_add_up_before_and_after() {
    let texts = texts();
    let old = default_pack();
    let mut seen = 0;
    for seed in 0..4 {
        let new = changed(seed);
        let (changes, moves) = compared(&old, &new, &texts);
        let all: usize = moves.matrix.iter().flatten().sum();
        let moved: usize = (0..5).map(|v| moves.matrix[v].iter().sum::<usize>() - moves.matrix[v][v]).sum();
        assert_eq!((all, moved), (texts.len(), moves.moved.len()));
        for m in &moves.moved {
            let [before, after] = &m.judgments;
            assert_ne!(before.verdict, after.verdict);
            let ledgers = m.ledgers([&old, &new], &changes);
            assert!(!ledgers.is_empty());
            for ledger in &ledgers {
                seen += 1;
                for side in [0, 1] {
                    let rows: LogOdds = ledger.rows.iter().filter_map(|row| row.parts[side]).sum();
                    assert_eq!(ledger.bias[side] + rows + ledger.rest[side], ledger.sum[side]);
                    let judgment = &m.judgments[side];
                    match ledger.of {
                        Quantity::LogOdds => assert_eq!(ledger.sum[side], judgment.log_odds),
                        Quantity::OutOfScope => {
                            assert_eq!(ledger.sum[side], LogOdds::round(judgment.out_of_scope));
                        }
                        _ => {}
                    }
                }
            }
        }
    }
    assert!(seen > 40, "only {seen} ledgers were seen");
}

#[test]
fn moves_are_put_down_to_the_change_that_made_them() {
    let old = pack_of(RULES);
    type Edit = fn(&mut Pack);
    let cases: [(&str, Edit, &str, &str); 9] = [
        ("a lighter rule", |p| p.rules[0].weight = 0.1, "An alpha.", "alpha"),
        (
            "of two, the one that weighs",
            |p| {
                p.rules[0].weight = 0.2;
                p.rules[1].weight = 7.0;
            },
            "An alpha and a beta.",
            "alpha",
        ),
        ("a phrase less", |p| _ = p.rules[0].phrases.pop(), "An alef.", "alpha"),
        ("a rule less", |p| _ = p.rules.remove(1), "A beta.", "beta"),
        (
            "a rule more",
            |p| {
                let mut rule = p.rules[1].clone();
                rule.id = "ray".into();
                rule.phrases.clone_from(&p.rules[2].unless);
                p.rules.push(rule);
            },
            "A ray.",
            "ray",
        ),
        ("another side", |p| p.rules[0].leans = outsort::Leans::Bpo, "An alpha.", "alpha"),
        (
            "the bias",
            |p| {
                p.scoring.bias = 3.0;
                p.rules[2].weight = 1.0;
            },
            "An alpha and a beta.",
            "scoring.bias",
        ),
        (
            "a threshold",
            |p| {
                p.thresholds.kpo_at_least = 0.999;
                p.rules[2].weight = 1.0;
            },
            "An alpha.",
            "verdict.kpo_at_least",
        ),
        (
            "the weight of a section",
            |p| p.text.section_weights[1] = 0.01,
            "An alpha.",
            "text.sections.summary.weight",
        ),
    ];
    for (what, edit, text, want) in cases {
        let mut new = old.clone();
        edit(&mut new);
        let (changes, moves) = compared(&old, &new, &[text.to_owned()]);
        let [m] = moves.moved.as_slice() else { panic!("{what}: {moves:?}") };
        let name = match m.cause {
            Cause::Rule(place) => changes.rules[place].id.clone(),
            Cause::Number(place) => changes.numbers[place].number.name(&new),
            other => format!("{other:?}"),
        };
        assert_eq!(name, want, "{what}");
    }
}

#[test]
fn what_differs_is_told_and_what_does_not_matter_is_told_apart() {
    let old = pack_of(RULES);
    let mut new = old.clone();
    assert!(Changes::of(&old, &new) == Changes::default());
    new.rules[0].because = "Another reason.".into();
    new.rules[1].phrases.reverse();
    new.version = "9".into();
    new.economics.kpo_rate += 1.0;
    let changes = Changes::of(&old, &new);
    assert!(changes.is_empty(), "{changes:?}");
    assert_eq!((changes.idle, changes.idle_rules), (vec!["pack.version", "economics"], 1));
    new.text.negation.window += 1;
    assert_eq!(Changes::of(&old, &new).reading, ["text.negation"]);
    new.thresholds.min_evidence += 0.1;
    let numbers = Changes::of(&old, &new).numbers;
    assert_eq!(numbers.iter().map(|n| n.number).collect::<Vec<_>>(), [Number::MinEvidence]);
    // Every number has a name of its own and its own place in the pack.
    let all: Vec<Number> = Number::all().collect();
    for number in &all {
        let mut pack = old.clone();
        number.set(&mut pack, 0.123);
        let changed: Vec<Number> = all.iter().copied().filter(|n| n.of(&pack) != n.of(&old)).collect();
        assert_eq!(changed, [*number], "{}", number.name(&old));
    }
    assert!(all.contains(&Number::Setting(Setting::Bias)));
}

#[test]
fn standings_agree_with_judgments_where_nothing_moves() {
    let pack = default_pack();
    let texts = texts();
    let (_, moves) = compared(&pack, &pack, &texts);
    assert!(moves.moved.is_empty() && moves.shifted == 0);
    for (verdict, row) in Verdict::ALL.iter().zip(moves.matrix) {
        let of = |hits: &Hits| judge(&pack, hits, Part::Whole).verdict == *verdict;
        assert_eq!(row[*verdict as usize], scanned(&pack, &texts).iter().filter(|h| of(h)).count());
    }
}

/// A folder of its own for a test, with `a/` (the default pack) and `b/` (a copy to change).
fn folder(name: &str) -> PathBuf {
    let folder = empty_folder(name);
    for pack in ["a", "b"] {
        assert!(run(&folder, &["rules", "init", pack]).status.success());
    }
    folder
}

fn edit(file: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(file).expect("text");
    assert!(text.contains(from), "{} has no {from}", file.display());
    fs::write(file, text.replacen(from, to, 1)).expect("written");
}

fn bias() -> f64 {
    ENGINE.pack().scoring.bias
}

/// Lets the pack `b/` begin far on the side of KPO.
fn lift_bias(folder: &Path) {
    let file = folder.join("b/pack.toml");
    let text = fs::read_to_string(&file).expect("text");
    let line = text.lines().find(|line| line.starts_with("bias ")).expect("the bias");
    edit(&file, line, "bias = 1.55");
}

/// What the command says and how it ends.
fn said(folder: &Path, args: &[&str]) -> (String, String, Option<i32>) {
    let out = run(folder, &[&["diff"][..], args].concat());
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (text(&out.stdout), text(&out.stderr), out.status.code())
}

const LABELLED: &str = "\
id,text,label
one,Keys customer particulars into the order system.,BPO
two,Advises clients on transfer pricing.,KPO
three,Sorts mail.,
";

#[test]
fn the_page_names_the_rule_the_words_and_the_label() {
    let folder = folder("diff-page");
    fs::write(folder.join("c.csv"), LABELLED).expect("written");
    let (text, _, code) = said(&folder, &["a", "b", "c.csv", "--fail-on", "any"]);
    assert_eq!(code, Some(0));
    assert!(
        text.contains("nothing that a verdict depends on differs") && text.contains("0 verdicts move"),
        "{text}"
    );

    lift_bias(&folder);
    let (text, error, code) = said(&folder, &["a", "b", "c.csv", "--fail-on", "regress"]);
    assert_eq!(code, Some(1), "{text}{error}");
    assert!(error.contains("1 document regressed"), "{error}");
    for part in [
        &format!("scoring.bias  {} → 1.55", bias()),
        "one  BPO",
        "BPO by label: broken",
        "every document",
        "+1.550",
    ] {
        assert!(text.contains(part), "{part}:\n{text}");
    }
    let (md, _, code) = said(&folder, &["a", "b", "c.csv", "--format", "md", "--fail-on", "any"]);
    assert_eq!(code, Some(1));
    assert!(
        md.contains(&format!("| `scoring.bias` {} → 1.55", bias())) && md.contains("| BPO: broken |"),
        "{md}"
    );
    let (json, _, code) = said(&folder, &["a", "b", "c.csv", "--format", "json", "--show", "0"]);
    assert_eq!(code, Some(0));
    let report: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(report["moved"]["broken"], 1);
    assert_eq!(report["groups"][0]["change"]["name"], "scoring.bias");
    let sheet = &report["groups"][0]["documents"][0]["sheets"][0];
    for side in [0, 1] {
        let rows = sheet["rows"].as_array().expect("rows").iter();
        let sum: f64 = rows.filter_map(|row| row["parts"][side].as_f64()).sum();
        assert!((sum - sheet["sum"][side].as_f64().expect("a number")).abs() < 1e-9);
    }
    // Nothing can regress where nobody said what is right.
    fs::write(folder.join("plain.txt"), "Sorts mail.\n").expect("written");
    let (_, error, code) = said(&folder, &["a", "b", "plain.txt", "--fail-on", "regress"]);
    assert_eq!(code, Some(4));
    assert!(error.contains("nothing could regress"), "{error}");
}

#[test]
fn text_that_is_read_differently_is_scanned_twice() {
    let folder = folder("diff-reading");
    fs::write(folder.join("c.csv"), "id,text\none,Sparingly advises clients on transfer pricing.\n")
        .expect("written");
    edit(&folder.join("b/pack.toml"), "\"=no\",", "\"=no\", \"sparingly\",");
    let (text, error, _) = said(&folder, &["a", "b", "c.csv"]);
    assert!(
        text.contains("text read differently") && text.contains("text.negation  text is read differently"),
        "{text}{error}"
    );
}

#[test]
fn a_revision_is_a_pack() {
    let folder = folder("diff-git");
    fs::write(folder.join("c.csv"), LABELLED).expect("written");
    let git = |args: &[&str]| {
        let identity = ["-c", "user.name=a", "-c", "user.email=a@b.c", "-c", "commit.gpgsign=false"];
        let out =
            Command::new("git").current_dir(&folder).args(identity).args(args).output().expect("git runs");
        assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    };
    git(&["init", "-q"]);
    git(&["add", "."]);
    git(&["commit", "-q", "-m", "one"]);
    lift_bias(&folder);
    let (text, error, _) = said(&folder, &["HEAD:b", "b", "c.csv"]);
    assert!(text.contains(&format!("scoring.bias {} → 1.55", bias())), "{text}{error}");
    let inside = run(&folder.join("b"), &["diff", "HEAD:./", ".", "../c.csv"]);
    let text = String::from_utf8_lossy(&inside.stdout).into_owned();
    assert!(
        text.contains(&format!("scoring.bias {} → 1.55", bias())),
        "{text}{}",
        String::from_utf8_lossy(&inside.stderr)
    );
    for (pack, want) in [
        ("HEAD~9:b", "git knows no revision `HEAD~9` here"),
        ("HEAD:nope", "revision `HEAD` has no folder `nope`"),
        ("HEAD:c.csv", "`c.csv` is a file in revision `HEAD`"),
        ("-x:b", "is no git revision"),
        ("nope", "there is no folder nope"),
        ("c.csv", "it is a file"),
    ] {
        let (_, error, code) = said(&folder, &["--", pack, "default", "c.csv"]);
        assert_eq!(code, Some(2), "{pack}: {error}");
        assert!(error.contains(want), "{pack}: {error}");
    }
    // A pack with errors is shown with its places, and nothing is compared.
    edit(&folder.join("b/focus.toml"), "leans   = \"BPO\"", "leans   = \"BPOO\"");
    let (_, error, code) = said(&folder, &["default", "b", "c.csv"]);
    assert_eq!(code, Some(3), "{error}");
    assert!(error.contains("unknown-leans"), "{error}");
}
