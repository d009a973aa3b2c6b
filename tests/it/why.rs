//! `outsort why`: what it says of a rule is what the engine does, and it names the word that is missing.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::sync::LazyLock;

use outsort::core::measure::Label;
use outsort::core::scan::TaskInfo;
use outsort::core::why::{Fate, Funnel, Probe, Way, Why};
use outsort::{Document, Engine, Hits, Scratch, SectionKind};
use proptest::prelude::*;
use serde_json::Value;

use crate::texts::document;
use crate::{ENGINE, pack_of};

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
    let corpus = fs::read_to_string(crate::repository("corpus/documents.jsonl")).expect("the corpus");
    for line in corpus.lines().step_by(7) {
        let record: Value = serde_json::from_str(line).expect("JSON");
        let text = record["text"].as_str().expect("a text");
        agrees(&ENGINE.document(record["title"].as_str(), text));
    }
}

/// A rule with these keys, and what `why` says of it on a text.
fn asked(keys: &str, text: &str) -> (Engine, Why) {
    let rule = "[[rule]]\nid = \"r\"\nleans = \"KPO\"\nweight = 1\nbecause = \"b\"\n";
    let engine = Engine::new(pack_of(&format!("{rule}{keys}\n")));
    let mut scratch = Scratch::default();
    let document = engine.document(None, text);
    let hits = engine.scan(&document, &mut scratch);
    let why = engine.probe(0).expect("a rule").why(&document, &hits, &mut scratch);
    (engine, why)
}

#[test]
fn a_near_miss_names_what_fails_and_what_stands_there() {
    let cases = [
        (
            "answer .. calls",
            "Answer a very great many quick inbound calls",
            "gap of at most 3 words exceeded: 5 words lie between “Answer” and “calls”",
        ),
        (
            "answer ..1 calls",
            "Answer most inbound calls",
            "gap of at most 1 word exceeded: 2 words lie between “Answer” and “calls”",
        ),
        ("data entry", "Data, entry", "a comma parts “Data” and “entry”"),
        ("data entry", "data (entry)", "a bracket parts “data” and “entry”"),
        (
            "data entry",
            "data and also entry",
            "2 words lie between “data” and “entry”, which must stand side by side",
        ),
        ("advise client", "advise the board", "`client` is missing: “board” stands there"),
        ("advise client", "We advise.", "`client` is missing: the task ends"),
        ("advise client", "We advise; clients pay.", "a semicolon parts “advise” and “clients”"),
        ("advise client today", "We advise clients, or so", "`today` is missing: a comma stands there"),
        ("sound judgment", "Judgment counts", "`sound` is missing: the task begins"),
        ("sound judgment", "We use good judgment", "`sound` is missing: “good” stands there"),
        (
            "client .. call",
            "Call the client",
            "`call` is missing: the task ends; “Call” is there, but comes before",
        ),
        (
            "answer client call",
            "Clients answer every call",
            "`client` is missing: “every” stands there; “Clients” is there, but comes before",
        ),
        ("advise foreign client", "advise clients", "`foreign` is missing: nothing stands there"),
        (
            "customer service? call",
            "customer support call",
            "1 word lies between “customer” and “call”, which must stand side by side",
        ),
        ("e-mail|letter campaign", "plan an e mail", "`campaign` is missing: the task ends"),
        (
            "write ..2 report",
            "Reports write",
            "`report` is missing: the task ends; “Reports” is there, but comes before",
        ),
        ("econom*|trade analysis", "Economic news", "`analysis` is missing: “news” stands there"),
    ];
    for (phrase, text, want) in cases {
        let (engine, why) = asked(&format!("phrases = [{phrase:?}]"), text);
        assert!(!why.fires(), "`{phrase}` on “{text}”");
        let near = why.near.first().unwrap_or_else(|| panic!("`{phrase}` on “{text}”: {why:?}"));
        let said: Vec<String> = near.faults.iter().map(|f| f.describe(near, phrase, text)).collect();
        assert_eq!(said.first().map(String::as_str), Some(want), "`{phrase}` on “{text}”: {said:?}");
        drop(engine);
    }
}

#[test]
fn a_match_says_what_became_of_it() {
    let cases = [
        ("phrases = [\"degree\"]", "A degree in law.", "counts", ""),
        ("phrases = [\"degree\"]", "No degree required.", "negated", "negated by “No”"),
        ("phrases = [\"degree\"]", "A degree is a plus.", "counts", "hedged by “a plus”"),
        ("phrases = [\"degree\"]\nunless = [\"in law\"]", "A degree in law.", "unless", ""),
        ("phrases = [\"degree\"]\nsections = [\"about\"]", "A degree in law.", "barred-section", ""),
        (
            "phrases = [\"degree\"]",
            "Benefits:\n- A degree paid by us.\n- And lunch.",
            "weightless-section",
            "",
        ),
        (
            "phrases = [\"degree\"]",
            "Nice to have:\n- A degree in law.\n- A car.",
            "counts",
            "hedged by its heading",
        ),
    ];
    for (keys, text, fate, bent) in cases {
        let (_, why) = asked(keys, text);
        let found = why.found.first().unwrap_or_else(|| panic!("{keys} on {text:?}: {why:?}"));
        assert_eq!(found.fate.name(), fate, "{keys} on {text:?}");
        let said = found.bent.as_ref().map(|bent| bent.describe(found.force, text)).unwrap_or_default();
        assert_eq!(said, bent, "{keys} on {text:?}");
        assert_eq!(why.fires(), fate == "counts");
    }
    let fates = |keys: &str, text: &str| -> Vec<&str> {
        asked(keys, text).1.found.iter().map(|found| found.fate.name()).collect()
    };
    assert_eq!(
        fates("phrases = [\"law degree\", \"degree course\"]", "A law degree course."),
        ["counts", "overlap"]
    );
    assert_eq!(fates("phrases = [\"degree\"]", "A degree, a degree."), ["counts", "outdone"]);
    assert_eq!(fates("phrases = [\"degree\"]", "- A degree.\n- A degree."), ["counts", "repeated"]);
}

#[test]
fn acronyms_and_regexes_say_what_is_there() {
    let (_, why) = asked("acronyms = [\"CA\", \"MBA\"]", "Two ca and no more.");
    assert_eq!(why.cased.iter().map(|c| (c.acronym, c.span.clone())).collect::<Vec<_>>(), [(0, 4..6)]);
    let (_, why) = asked("acronyms = [\"CA\"]", "A C.A. or two CAs.");
    assert!(why.fires() && why.cased.is_empty());
    let regex = r"regex = ['\bCFA\s+level\s+(II|III)\b']";
    let (_, why) = asked(regex, "Any level of skill.");
    assert_eq!(why.regexes[0].present, ["level"]);
    let (_, why) = asked(regex, "Any skill.");
    assert_eq!(
        (why.regexes[0].needed.as_slice(), why.regexes[0].present.len()),
        (["level".to_owned()].as_slice(), 0)
    );
    let (_, why) = asked(regex, "CFA level II wanted.");
    assert!(why.fires() && why.regexes.is_empty());
}

#[test]
fn a_rule_counts_what_scoring_says() {
    let (engine, why) = asked("phrases = [\"degree\"]", "We would like to see a degree, preferably.");
    let Fate::Counts(counted) = why.found[0].fate else { panic!("{why:?}") };
    let scoring = &engine.pack().scoring;
    let words_before = 6;
    assert_eq!(counted.fade, (1.0 - scoring.fade).powi(words_before));
    assert_eq!((counted.force, counted.readers, counted.section), (scoring.hedged, 1, 1.0));
    let text = "We would like to see a degree, preferably.";
    let document = engine.document(None, text);
    let hits = engine.scan(&document, &mut Scratch::default());
    let judgment = outsort::judge(engine.pack(), &hits, outsort::Part::Whole);
    let rule = &engine.pack().rules[0];
    let weight = rule.weight * engine.pack().criterion(rule.criterion).weight;
    assert!((judgment.fired[0].mass - weight * counted.whole()).abs() < 1e-12);
}

#[test]
fn a_word_said_over_and_over_takes_no_time() {
    let phrase = format!("{} zzz", ["data"; 23].join(" ..12 "));
    let rule = "[[rule]]\nid = \"r\"\nleans = \"KPO\"\nweight = 1\nbecause = \"b\"\n";
    let engine = Engine::new(pack_of(&format!("{rule}phrases = [{phrase:?}]\n")));
    let text = "data ".repeat(800);
    // Not scanned: the engine tries every way.
    let tasks = vec![TaskInfo { section: SectionKind::Summary, repeat: false }];
    let hits = Hits { hits: Vec::new(), tasks };
    let probe = engine.probe(0).expect("a rule");
    let why = probe.why(&Document::of_task(&text), &hits, &mut Scratch::default());
    assert_eq!((why.depths[0], why.near[0].matched()), (23, 23));
}

#[test]
fn a_funnel_counts_every_document_once() {
    let texts = [
        ("Exercise sound judgment.", Label::Kpo),
        ("Exercise good judgment.", Label::Kpo),
        ("Exercise good discretion.", Label::Bpo),
        ("Exercise your good discretion.", Label::Kpo),
        ("No need to exercise sound judgment.", Label::Bpo),
        ("Exercise, sound judgment.", Label::Bpo),
        ("File the mail.", Label::Bpo),
    ];
    let rule = "[[rule]]\nid = \"r\"\nleans = \"KPO\"\nweight = 1\nbecause = \"b\"\nphrases = [\"exercise sound|good judgment\"]\n";
    let engine = Engine::new(pack_of(rule));
    let probe = engine.probe(0).expect("a rule");
    let mut scratch = Scratch::default();
    let mut halves = [Funnel::new(&probe, 2), Funnel::new(&probe, 2)];
    for (number, (text, label)) in texts.iter().enumerate() {
        let document = engine.document(None, text);
        let hits = engine.scan(&document, &mut scratch);
        let why = probe.why(&document, &hits, &mut scratch);
        halves[number / 4].add(&number.to_string(), Some(*label), &document, &why);
    }
    let [mut funnel, rest] = halves;
    funnel.merge(rest);
    let funnel = funnel.finish();
    assert_eq!((funnel.documents.all, funnel.worded.all), (7, 6));
    assert_eq!((funnel.fires.all, funnel.fires.by), (2, [0, 0, 2, 0]));
    assert_eq!(funnel.negated.all, 1);
    let phrase = &funnel.phrases[0];
    assert_eq!((phrase.matched.all, phrase.short.all), (3, 3));
    let past: Vec<usize> = phrase.elements.iter().map(|e| e.past.all).collect();
    assert_eq!(past, [6, 5, 3]);
    assert_eq!(phrase.weakest(), Some(2));
    let [_, sound, judgment] = phrase.elements.as_slice() else { panic!("three elements") };
    assert_eq!((sound.parted.all, judgment.missing.all, judgment.missing.by), (1, 2, [1, 0, 1, 0]));
    assert_eq!(judgment.stood[0].word, "discretion");
    let near: Vec<&str> = phrase.near.iter().map(|n| n.id.as_str()).collect();
    assert_eq!(near, ["2", "3"]);
}

fn why(args: &[&str], input: &str) -> Output {
    use std::io::Write;
    let mut child = Command::new(env!("CARGO_BIN_EXE_outsort"))
        .arg("why")
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("runs");
    // A wrong command line leaves the text unread.
    _ = child.stdin.take().expect("a pipe").write_all(input.as_bytes());
    child.wait_with_output().expect("ends")
}

fn text(out: &Output) -> String {
    String::from_utf8_lossy(&out.stdout).into_owned() + &String::from_utf8_lossy(&out.stderr)
}

#[test]
fn the_exit_code_says_whether_it_fires() {
    let rule = "spec-qualified-accountant";
    let out = why(&[rule, "-"], "Must be a chartered accountant.");
    assert_eq!(out.status.code(), Some(0), "{}", text(&out));
    assert!(text(&out).contains("^^^^^^^^^^^^^^^^^^^^"), "{}", text(&out));
    let out = why(&[rule, "-"], "Must be a chartered engineer.");
    assert_eq!(out.status.code(), Some(1));
    assert!(text(&out).contains("“engineer” stands there"), "{}", text(&out));
    let out = why(&[rule, "-", "--format", "json"], "No chartered accountant is needed.");
    assert_eq!(out.status.code(), Some(1));
    let record: Value = serde_json::from_slice(&out.stdout).expect("JSON");
    let found = &record["matches"][0];
    assert_eq!(
        (&record["fires"], &found["fate"], &found["bent_by"]),
        (&Value::Bool(false), &"negated".into(), &"No".into())
    );
    assert_eq!((&found["start"], &found["end"], &found["line"]), (&3.into(), &23.into(), &1.into()));
    for (args, code, want) in [
        (vec!["spec-qualified-accountent", "-"], 2, "did you mean `spec-qualified-accountant`"),
        (vec![rule], 2, "--corpus CORPUS"),
        (vec![rule, "no-such-file"], 4, "can't read no-such-file"),
        (vec![rule, "--corpus", "no-such.jsonl"], 4, "can't read no-such.jsonl"),
    ] {
        let out = why(&args, "Some text.");
        assert_eq!(out.status.code(), Some(code), "{args:?}: {}", text(&out));
        assert!(text(&out).contains(want), "{args:?}: {}", text(&out));
    }
}

#[test]
fn a_corpus_is_counted_by_label() {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("why.csv");
    let corpus = "id,text,label\n1,Must be a chartered accountant.,KPO\n2,Sends bills to a chartered engineer.,BPO\n3,File mail.,\n";
    fs::write(&path, corpus).expect("written");
    let path = path.to_str().expect("a path");
    let out = why(&["spec-qualified-accountant", "--corpus", path, "--label", "--format", "json"], "");
    assert_eq!(out.status.code(), Some(0), "{}", text(&out));
    let funnel: Value = serde_json::from_slice(&out.stdout).expect("JSON");
    assert_eq!(funnel["documents"], serde_json::json!({"all": 3, "BPO": 1, "KPO": 1}));
    assert_eq!(funnel["fires"], serde_json::json!({"all": 1, "KPO": 1}));
    let phrase = &funnel["phrases"][0];
    assert_eq!(phrase["near"][0]["id"], "2");
    assert_eq!(phrase["elements"][2]["stood"][0]["word"], "engineer");
    // Without --label a corpus needs none, whatever stands in the field.
    let out = why(&["spec-qualified-accountant", "--corpus", path], "");
    assert!(text(&out).contains("fires"), "{}", text(&out));
    assert!(!text(&out).contains("KPO 1"), "{}", text(&out));
}
