//! `outsort eval`: figures of a small corpus that can be checked by hand, and what is said of bad ones.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};

use outsort::core::measure::{Case, Label, quality};
use outsort::core::worth::{MEASURED, rules};
use outsort::{Part, Scratch, judge};
use serde_json::Value;

use crate::ENGINE;

fn eval(name: &str, corpus: &str, args: &[&str]) -> Output {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&path, corpus).expect("written");
    Command::new(env!("CARGO_BIN_EXE_outsort")).arg("eval").arg(path).args(args).output().expect("runs")
}

const CORPUS: &str = "\
id,text,label,team,wage
1,Key supplier invoices into the ledger., bpo ,a,11
2,File and sort incoming mail.,BPO,a,12
3,Advise clients on transfer pricing and tax law.,Kpo,b,40
4,Key patient records into the database.,KPO,b,38
5,Operate a forklift truck.,OUT,b,15
6,Unlabelled text.,,b,1
";

#[test]
fn figures_can_be_checked_by_hand() {
    let out = eval(
        "small.csv",
        CORPUS,
        &["--format", "json", "--by", "team", "--against", "wage", "--rules-table"],
    );
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    let report: Value = serde_json::from_slice(&out.stdout).expect("JSON");
    let quality = &report["quality"];
    assert_eq!((quality["documents"].as_u64(), quality["poles"].as_u64()), (Some(5), Some(4)));
    assert_eq!(quality["accuracy"]["value"], 0.75);
    // AUC by its definition: of all pairs of a KPO and a BPO text, the share in the right order.
    let score = |text: &str| ENGINE.explain(None, text).judgment.score();
    let texts: Vec<f64> = CORPUS.lines().skip(1).filter_map(|l| l.split(',').nth(1)).map(score).collect();
    let pairs = [2, 3].into_iter().flat_map(|k| [0, 1].map(|b| f64::from(u8::from(texts[k] > texts[b]))));
    assert_eq!(quality["auc"]["value"].as_f64(), Some(pairs.sum::<f64>() / 4.0));
    assert_eq!(report["unlabelled"], 1);
    // Every text stands in the row of its label and the column of its verdict.
    let mut confusion = [[0; 5]; 4];
    for line in CORPUS.lines().skip(1).take(5) {
        let fields: Vec<&str> = line.split(',').collect();
        let label = Label::from_name(fields[2]).expect("a label");
        confusion[label as usize][ENGINE.explain(None, fields[1]).judgment.verdict as usize] += 1;
    }
    assert_eq!(report["confusion"], serde_json::json!(confusion));
    assert_eq!(report["by"]["a"]["accuracy"]["value"], 1.0);
    assert_eq!(report["mistakes"][0]["id"], "4");
    assert_eq!(report["against"][0]["documents"], 5);
    let rules = report["rules"].as_array().expect("rules");
    assert_eq!(rules.len(), ENGINE.pack().rules.len());
    assert!(rules.iter().all(|rule| rule["exercise"] != "measured"), "five texts measure nothing");
}

#[test]
fn bad_corpora_get_help() {
    for (corpus, args, want) in [
        ("text,label\nFile mail.,good\n", vec![], ":2: unknown label `good`"),
        ("text,label\nFile mail.,\n", vec![], "no record has a label (1 without)"),
        ("text\nFile mail.\n", vec![], "there is no field `label`"),
        ("text,label\nFile mail.,BPO\n", vec!["--where", "label"], "names no value"),
        ("text,label\nFile mail.,BPO\n", vec!["--baseline", "no-such-file"], "can't read no-such-file"),
    ] {
        let out = eval("bad.csv", corpus, &args);
        let said = String::from_utf8_lossy(&out.stderr).into_owned();
        assert!(!out.status.success() && said.contains(want), "{corpus:?}: {said}");
    }
    // One class only: no AUC, but an answer.
    let out = eval("one.csv", "text,label\nFile mail.,BPO\n", &[]);
    assert!(out.status.success() && String::from_utf8_lossy(&out.stdout).contains("AUC        –"));
}

#[test]
fn a_baseline_is_compared() {
    let before = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("before.json");
    fs::write(&before, eval("base.csv", CORPUS, &["--format", "json"]).stdout).expect("written");
    let out =
        eval("base.csv", CORPUS, &["--where", "team=a", "--baseline", before.to_str().expect("a path")]);
    let text = String::from_utf8_lossy(&out.stdout).into_owned();
    assert!(text.contains("+0.250 from 0.750"), "{text}");
}

fn cases(texts: &[(&str, Label)]) -> Vec<Case> {
    let mut scratch = Scratch::default();
    let case = |(i, (text, label)): (usize, &(&str, Label))| {
        let hits = ENGINE.scan(&ENGINE.document(None, text), &mut scratch);
        let judgment = judge(ENGINE.pack(), &hits, Part::Whole);
        Case { id: i.to_string(), hits, judgment, label: *label }
    };
    texts.iter().enumerate().map(case).collect()
}

#[test]
fn every_document_twice_changes_nothing_but_the_intervals() {
    let all = cases(&[
        ("Key supplier invoices into the ledger.", Label::Bpo),
        ("File and sort incoming mail.", Label::Bpo),
        ("Type letters from dictation.", Label::Kpo),
        ("Advise clients on transfer pricing and tax law.", Label::Kpo),
        ("Model the valuation of derivatives.", Label::Kpo),
        ("Operate a forklift truck.", Label::OutOfScope),
    ]);
    let once: Vec<&Case> = all.iter().collect();
    let twice: Vec<&Case> = once.iter().chain(&once).copied().collect();
    let (a, b) = (quality(&once), quality(&twice));
    for (a, b) in [
        (a.accuracy, b.accuracy),
        (a.macro_f1, b.macro_f1),
        (a.mcc, b.mcc),
        (a.auc, b.auc),
        (a.macro_f1_four, b.macro_f1_four),
    ] {
        assert!((a.value - b.value).abs() < 1e-12);
        assert!(b.high - b.low <= a.high - a.low + 1e-12);
    }
    for (a, b) in rules(ENGINE.pack(), &once).iter().zip(rules(ENGINE.pack(), &twice)) {
        assert_eq!((a.documents * 2, a.worth * 2), (b.documents, b.worth));
        assert!(b.documents < MEASURED || a.documents * 2 == b.documents);
    }
}
