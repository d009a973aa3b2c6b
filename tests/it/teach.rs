//! `outsort teach`: remedies that mend, effects that are counted right, and cases that are kept.

use std::fs;

use outsort::core::columns::Columns;
use outsort::core::measure::Label;
use outsort::core::teach::{Corpus, single, together};
use outsort::{Part, Scratch, Verdict, judge};
use serde_json::Value;

use crate::{ENGINE, empty_folder, run};

const TEXTS: [(&str, Option<Label>); 5] = [
    ("Read and analyse incoming memos to plan their distribution.", Some(Label::Bpo)),
    ("Analyse the data of the trial and interpret the results.", Some(Label::Kpo)),
    ("Sort and file incoming memos.", Some(Label::Bpo)),
    ("Check invoices against orders and advise the supplier.", None),
    ("Drive a lorry and unload pallets.", Some(Label::OutOfScope)),
];

/// Every remedy, put into the pack, gives the wanted verdict, and moves as many other documents as it says.
#[test]
fn remedies_do_what_they_say() {
    let pack = ENGINE.pack();
    let mut scratch = Scratch::default();
    let hits: Vec<_> =
        TEXTS.iter().map(|(text, _)| ENGINE.scan(&ENGINE.document(None, text), &mut scratch)).collect();
    let columns = Columns::of(pack, &hits);
    let labels: Vec<Option<Label>> = TEXTS.iter().map(|(_, label)| *label).collect();
    let corpus = Corpus { columns: &columns, labels: &labels };
    let mut tried = 0;
    for own in &hits {
        let column = Columns::of(pack, [own]);
        for wanted in [Verdict::Bpo, Verdict::Mixed, Verdict::Kpo, Verdict::OutOfScope] {
            let remedies = single(pack, &column, wanted, &corpus);
            for remedy in remedies.into_iter().chain(together(pack, &column, wanted, &corpus)) {
                let mut changed = pack.clone();
                for (rule, weight) in &remedy.weights {
                    changed.rules[*rule as usize].weight = *weight;
                }
                assert_eq!(judge(&changed, own, Part::Whole).verdict, wanted);
                let verdict = |pack, hits| judge(pack, hits, Part::Whole).verdict;
                let moves = hits.iter().filter(|h| verdict(pack, h) != verdict(&changed, h)).count();
                let effect = remedy.effect;
                assert_eq!(effect.mended + effect.broken + effect.moved, moves);
                tried += 1;
            }
        }
    }
    assert!(tried > 20, "{tried} remedies only");
}

#[test]
fn a_document_is_kept_as_a_case_and_as_an_example() {
    let folder = empty_folder("teach-keep");
    assert!(run(&folder, &["rules", "init", "rules"]).status.success());
    fs::write(folder.join("memo.txt"), "Read and analyse incoming memos to plan their distribution.\n")
        .expect("written");
    fs::write(folder.join("cases.jsonl"), "{\"id\":\"1\",\"text\":\"Sort mail.\",\"label\":\"BPO\"}")
        .expect("written");
    let args = ["teach", "memo.txt", "cases.jsonl", "--expect", "BPO", "--append", "cases.jsonl"];
    let out = run(&folder, &[&args[..], &["--format", "json", "--rules", "rules"]].concat());
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    let report: Value = serde_json::from_slice(&out.stdout).expect("JSON");
    assert_eq!((report["expected"].as_str(), report["corpus"].as_u64()), (Some("BPO"), Some(1)));
    let astray = report["astray"].as_array().expect("a list");
    assert!(astray.iter().any(|rule| rule[0] == "analyse"), "{astray:?}");
    let kept = fs::read_to_string(folder.join("cases.jsonl")).expect("kept");
    let last: Value = serde_json::from_str(kept.lines().nth(1).expect("two lines")).expect("JSON");
    assert_eq!((last["id"].as_str(), last["label"].as_str()), (Some("memo-2"), Some("BPO")));

    let before = fs::read_to_string(folder.join("rules/focus.toml")).expect("text");
    let example =
        |rule| run(&folder, &["teach", "memo.txt", "--expect", "BPO", "--rules", "rules", "--example", rule]);
    assert!(example("analyse").status.success());
    let after = fs::read_to_string(folder.join("rules/focus.toml")).expect("text");
    let added = ", \"Read and analyse incoming memos to plan their distribution.\"";
    assert!(after.replace(added, "") == before && after != before, "only the example is added");
    assert!(run(&folder, &["rules", "test", "--rules", "rules", "analyse"]).status.success());
    // A rule that does not fire on the text can't have it as an example.
    let out = example("forecast-and-estimate");
    let said = String::from_utf8_lossy(&out.stderr).into_owned();
    assert!(said.contains("does not fire on this text; nothing was changed"), "{said}");
    assert!(fs::read_to_string(folder.join("rules/focus.toml")).expect("text") == after);
}

#[test]
fn mistakes_get_help() {
    let folder = empty_folder("teach-mistakes");
    fs::write(folder.join("memo.txt"), "Key invoices into the system and file the originals.")
        .expect("written");
    for (args, want) in [
        (vec!["memo.txt", "--expect", "unclear"], "nobody expects `unclear`"),
        (vec!["memo.txt", "--expect", "good"], "allowed: BPO, mixed"),
        (
            vec!["memo.txt", "--expect", "KPO", "--example", "analyse"],
            "--example would change the built-in pack",
        ),
        (vec!["none.txt", "--expect", "KPO"], "can't read none.txt"),
    ] {
        let out = run(&folder, &[&["teach"][..], &args].concat());
        let said = String::from_utf8_lossy(&out.stderr).into_owned();
        assert!(!out.status.success() && said.contains(want), "{args:?}: {said}");
    }
    let out = run(&folder, &["teach", "memo.txt", "--expect", "BPO"]);
    assert!(String::from_utf8_lossy(&out.stdout).contains("there is nothing to mend"));
}
