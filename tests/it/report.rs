//! HTML reports: whatever is said stays text, pages stand alone, and their numbers are those of the records.

use std::collections::HashSet;
use std::fs;

use html5gum::{Token, Tokenizer};
use outsort::core::tally::{Glimpse, Tally};
use outsort::format::full_record::full;
use outsort::format::report::{Corpus, Pages};
use outsort::format::source::Source;
use outsort::{Engine, LogOdds};
use proptest::prelude::*;
use serde_json::Value;

use crate::{ENGINE, empty_folder, pack_of, repository, run};

/// A page, taken apart.
#[derive(Default)]
struct Seen {
    /// Names of elements and of attributes.
    names: HashSet<String>,
    attributes: HashSet<String>,
    ids: Vec<String>,
    /// What links and descriptions point to.
    targets: Vec<String>,
    /// Everything that is shown or said, without style and script.
    text: String,
}

/// Takes a page apart; panics where its tags are not balanced.
fn seen(page: &str) -> Seen {
    let mut seen = Seen::default();
    let mut open: Vec<String> = Vec::new();
    for token in Tokenizer::new(page) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name).into_owned();
                for (attribute, value) in &tag.attributes {
                    let attribute = String::from_utf8_lossy(attribute).into_owned();
                    let value = String::from_utf8_lossy(value).into_owned();
                    match attribute.as_str() {
                        "id" => seen.ids.push(value),
                        "href" => {
                            let place = value.strip_prefix('#').expect("a place on the page");
                            seen.targets.push(place.to_owned());
                        }
                        "aria-describedby" | "aria-labelledby" => seen.targets.push(value),
                        _ => {}
                    }
                    seen.attributes.insert(attribute);
                }
                seen.names.insert(name.clone());
                if !tag.self_closing {
                    open.push(name);
                }
            }
            Token::EndTag(tag) => {
                assert_eq!(open.pop(), Some(String::from_utf8_lossy(&tag.name).into_owned()), "{open:?}");
            }
            Token::String(text) if !open.iter().any(|name| name == "style" || name == "script") => {
                seen.text += &String::from_utf8_lossy(&text);
            }
            Token::Error(error) => panic!("{:?} in {open:?}", error.value),
            _ => {}
        }
    }
    assert!(open.is_empty(), "{open:?}");
    seen
}

/// A page that stands alone, whatever was said in it; returns it taken apart.
fn sound(page: &str) -> Seen {
    let seen = seen(page);
    let allowed = "html head meta title style body a header p h1 h2 h3 h4 h5 bdi nav ul ol li main section div strong span b \
        small code svg rect line circle text dl dt dd table caption thead tbody tfoot tr th td details summary figure \
        figcaption article footer script";
    let allowed: HashSet<&str> = allowed.split_whitespace().collect();
    let strange: Vec<&String> = seen.names.iter().filter(|name| !allowed.contains(name.as_str())).collect();
    assert!(strange.is_empty(), "{strange:?}");
    let handlers: Vec<&String> =
        seen.attributes.iter().filter(|a| a.starts_with("on") || *a == "style" || *a == "src").collect();
    assert!(handlers.is_empty(), "{handlers:?}");
    assert_eq!(page.matches("<script").count(), 1);
    let ids: HashSet<&String> = seen.ids.iter().collect();
    assert_eq!(ids.len(), seen.ids.len(), "an id stands twice");
    let lost: Vec<&String> = seen.targets.iter().filter(|target| !ids.contains(target)).collect();
    assert!(lost.is_empty(), "{lost:?}");
    seen
}

fn one(engine: &Engine, name: &str, title: Option<&str>, text: &str) -> String {
    let mut pages = Pages::new(engine, false);
    let mut source = Source::unpacked(text.to_owned(), Vec::new());
    source.notices.push("<b>notice".into());
    pages.add(name, &source, &engine.explain(title, text));
    pages.finish()
}

const HOSTILE: [&str; 9] = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "' autofocus onfocus='alert(1)",
    "&lt;b&gt; &amp;amp; &#60;i&#62;",
    "</style></script></title><h1>",
    "<!-- --><![CDATA[ ]]>",
    "line\u{2028}and\u{2029}paragraph",
    "\u{202E}turned\u{202C} \u{200F}about\u{2067}",
    "nul \u{0} bell \u{7} escape \u{1B}[31m next \u{85}",
];

/// As a page shows it.
fn shown(text: &str) -> String {
    let picture = |c: char| match c {
        '\u{0}'..='\u{1F}' if c != '\n' && c != '\t' => char::from_u32(0x2400 + c as u32).expect("a picture"),
        '\u{7F}'..='\u{9F}' => '\u{FFFD}',
        _ => c,
    };
    text.chars().map(picture).collect()
}

#[test]
fn whatever_a_text_says_stays_text() {
    for words in HOSTILE {
        let text = format!(
            "Responsibilities\n- Key invoices {words} into the ledger.\n- No degree {words} required.\n{words}"
        );
        let page = one(&ENGINE, words, Some(words), &text);
        let seen = sound(&page);
        assert!(seen.text.contains(&shown(words)), "{words:?}");
    }
}

#[test]
fn whatever_a_pack_says_stays_text() {
    for words in &HOSTILE[..5] {
        let rules = format!(
            "[[rule]]\nid = \"r\"\nleans = \"BPO\"\nweight = 2.0\nbecause = {}\nphrases = [\"invoice\"]\nfires = [\"invoice\"]\nsilent = [\"none\"]\n",
            serde_json::json!(words)
        );
        let engine = Engine::new(pack_of(&rules));
        let seen = sound(&one(&engine, "a.txt", None, "Key an invoice."));
        assert!(seen.text.contains(words), "{words}");
    }
}

#[test]
fn whatever_a_corpus_says_stays_text() {
    let folder = empty_folder("report-hostile");
    let record = |(i, words): (usize, &&str)| {
        let text = format!("Key invoices {words}");
        serde_json::json!({"id": format!("{i}{words}"), "title": words, "text": text, "team": words, "label": "KPO"})
            .to_string()
            + "\n"
    };
    let lines: String = HOSTILE.iter().enumerate().map(record).collect();
    fs::write(folder.join("<i>&.jsonl"), lines).expect("written");
    let out =
        run(&folder, &["score", "<i>&.jsonl", "-o", "o.csv", "--report", "r.html", "--report-by", "team"]);
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    let seen = sound(&fs::read_to_string(folder.join("r.html")).expect("a report"));
    HOSTILE.iter().for_each(|words| assert!(seen.text.contains(&shown(words)), "{words:?}"));
    assert!(seen.text.contains("<i>&.jsonl"));

    let out = run(&folder, &["eval", "<i>&.jsonl", "--report", "e.html", "--by", "team", "--mistakes", "9"]);
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    let seen = sound(&fs::read_to_string(folder.join("e.html")).expect("a report"));
    HOSTILE.iter().for_each(|words| assert!(seen.text.contains(&shown(words)), "{words:?}"));
}

#[test]
fn the_numbers_are_those_of_the_record() {
    let samples = repository("corpus/samples");
    for entry in fs::read_dir(&samples).expect("samples") {
        let name = entry.expect("an entry").file_name().into_string().expect("a name");
        let source = Source::read(&name, &fs::read(samples.join(&name)).expect("read"));
        let seen = sound(&one(&ENGINE, &name, source.title.as_deref(), &source.text));
        let explanation = ENGINE.explain(source.title.as_deref(), &source.text);
        let record = serde_json::to_value(full(&name, &source, ENGINE.pack(), &explanation)).expect("JSON");
        let number = |value: &Value| LogOdds::round(value.as_f64().expect("a number"));
        let mut sum = number(&record["bias"]);
        for (_, value) in record["criteria"].as_object().expect("sums") {
            sum = sum + number(value);
            assert!(seen.text.contains(&format!("{:+}", number(value))), "{name}: {value}");
        }
        assert_eq!(sum, number(&record["log_odds"]));
        assert!(seen.text.contains(&format!("Sum◂ BPOKPO ▸{sum:+}")), "{name}: {sum:+}");
        assert!(seen.text.contains(&format!("Position{} 0 BPO, 1 KPO", record["score"])), "{name}");
        for fired in record["fired"].as_array().expect("rules").iter().filter(|f| f["criterion"] != "scope") {
            let row =
                format!("{:+}{}", number(&fired["contribution"]), fired["because"].as_str().expect("why"));
            assert!(seen.text.contains(&row), "{name}: {row}");
        }
        for task in 0..record["tasks"].as_array().expect("tasks").len() {
            assert!(seen.ids.contains(&format!("t{task}")), "{name}: {task}");
        }
    }
}

#[test]
fn several_documents_have_an_overview() {
    let samples = repository("corpus/samples");
    let files = ["pricing-actuary.md", "service-desk-engineer.txt", "pricing-actuary.md"];
    let out = run(&samples, &[&["classify", "--format", "html"], files.as_slice()].concat());
    let seen = sound(&String::from_utf8(out.stdout).expect("UTF-8"));
    assert!(seen.text.contains("3 job descriptions"));
    assert_eq!(seen.ids.iter().filter(|id| id.ends_with("-top")).count(), 3);
    // A file that can't be read does not cost the others their report.
    let out = run(&samples, &["classify", "--format", "html", files[0], "absent.txt"]);
    assert_eq!(out.status.code(), Some(4));
    assert!(sound(&String::from_utf8(out.stdout).expect("UTF-8")).text.contains("1 job description"));
    let out = run(&samples, &["classify", "--format", "html", "absent.txt", "absent.md"]);
    assert!(out.stdout.is_empty());
}

#[test]
fn denials_name_their_cue() {
    let text = "Requirements\n- Does not advise clients on tax law.\n- An MBA is a plus.\nBenefits\n- Advise clients on patents.";
    let seen = sound(&one(&ENGINE, "a.txt", Some("Clerk"), text));
    for words in [
        "Denied by “not”: counts nothing",
        "Hedged by “a plus”: counts 0.4 of a plain statement",
        "has weight 0",
    ] {
        assert!(seen.text.contains(words), "{words}: {}", seen.text);
    }
}

#[test]
fn a_corpus_is_told_the_same_on_any_number_of_threads() {
    let folder = empty_folder("report-threads");
    fs::copy(repository("corpus/tasks.jsonl"), folder.join("tasks.jsonl")).expect("copied");
    let report = |threads: &str| {
        let args = ["score", "tasks.jsonl", "--threads", threads, "-o", "o.jsonl", "--report", "r.html"];
        let out = run(&folder, &[&args[..], &["--report-by", "function"]].concat());
        assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
        fs::read_to_string(folder.join("r.html")).expect("a report")
    };
    let page = report("1");
    assert_eq!(page, report("3"));
    let seen = sound(&page);
    let records = fs::read_to_string(folder.join("o.jsonl")).expect("records");
    let of = |verdict: &str| {
        let n = records.lines().filter(|l| l.contains(&format!("\"verdict\":\"{verdict}\""))).count();
        format!("{n} documents")
    };
    for verdict in ["BPO", "mixed", "KPO", "unclear", "out-of-scope"] {
        assert!(seen.text.contains(&of(verdict)), "{verdict}: {}", of(verdict));
    }
}

#[test]
fn an_evaluation_shows_the_figures_of_the_run() {
    let folder = empty_folder("report-eval");
    let corpus = repository("corpus/tasks.jsonl").display().to_string();
    let args = [
        "eval",
        &corpus,
        "--where",
        "split=test",
        "--by",
        "function",
        "--format",
        "json",
        "--report",
        "e.html",
    ];
    let out = run(&folder, &args);
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    let record: Value = serde_json::from_slice(&out.stdout).expect("JSON");
    let seen = sound(&fs::read_to_string(folder.join("e.html")).expect("a report"));
    let shown = |figure: &Value| {
        let of = |part: &str| figure[part].as_f64().expect("a number");
        format!("{:.3}[{:.3}–{:.3}]", of("value"), of("low"), of("high"))
    };
    for key in
        ["accuracy", "macro_f1", "mcc", "auc", "coverage", "precision", "accuracy_four", "macro_f1_four"]
    {
        let figure = shown(&record["quality"][key]);
        assert!(seen.text.contains(&figure), "{key}: {figure}");
    }
    for (name, quality) in record["by"].as_object().expect("groups") {
        let figure = shown(&quality["auc"]).replace('[', " [");
        assert!(seen.text.contains(name) && seen.text.contains(&figure), "{name}: {figure}");
    }
    for mistake in record["mistakes"].as_array().expect("mistakes") {
        assert!(seen.text.contains(mistake["id"].as_str().expect("an id")), "{mistake}");
    }
}

#[test]
fn a_report_replaces_nothing_else() {
    let folder = empty_folder("report-places");
    fs::write(folder.join("a.csv"), "id,text,label\n1,Key invoices.,BPO\n").expect("written");
    let cases: [(&[&str], &str); 6] = [
        (&["score", "a.csv", "--report", "a.csv"], "a.csv is read and written"),
        (&["score", "a.csv", "-o", "o.csv", "--report", "o.csv"], "o.csv would be written twice"),
        (&["score", "a.csv", "--rejects", "r", "--report", "./r"], "r would be written twice"),
        (&["score", "a.csv", "--report", "r.html", "--report-by", "team"], "there is no field `team`"),
        (&["score", "a.csv", "--report-by", "team"], "--report <FILE>"),
        (&["eval", "a.csv", "--report", "./a.csv"], "./a.csv is read and written"),
    ];
    for (args, message) in cases {
        let out = run(&folder, args);
        let said = String::from_utf8_lossy(&out.stderr).into_owned();
        assert_eq!(out.status.code(), Some(2), "{args:?}: {said}");
        assert!(said.contains(message), "{args:?}: {said}");
    }
    assert!(!folder.join("r.html").exists());
    // A place that can't be written is known before the work.
    let out = run(&folder, &["score", "a.csv", "-o", "o.csv", "--report", "absent/r.html"]);
    assert_eq!(out.status.code(), Some(4));
    assert!(String::from_utf8_lossy(&out.stderr).contains("can't write absent"));
    assert!(!folder.join("o.csv").exists());
    let left: Vec<_> =
        fs::read_dir(&folder).expect("read").map(|e| e.expect("an entry").file_name()).collect();
    assert_eq!(left, ["a.csv"]);
}

#[test]
fn an_empty_corpus_has_a_report() {
    let tally = Tally::new(ENGINE.pack());
    let corpus = Corpus { engine: &ENGINE, names: &[], by: Some("team"), tally: &tally, rejected: 2 };
    assert!(sound(&corpus.page()).text.contains("2 records could not be judged"));
    let pages = Pages::new(&ENGINE, true);
    assert!(pages.is_empty());
    sound(&pages.finish());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    /// No text breaks a page, and the page loses none of its words.
    #[test]
    fn any_text_makes_a_sound_page(
        lines in proptest::collection::vec("(Key|Advise|No|Duties:|MBA|<|&|\"|-|invoices|clients|\\PC| ){0,12}", 1..8),
        title in proptest::option::of("\\PC{0,20}"),
    ) {
        let text = lines.join("\n");
        let seen = sound(&one(&ENGINE, "a.txt", title.as_deref(), &text));
        let said = |text: &str| text.chars().filter(|c| c.is_alphabetic()).collect::<String>();
        for word in text.split_whitespace().filter(|w| w.chars().all(char::is_alphabetic)) {
            prop_assert!(said(&seen.text).contains(&said(word)), "{word}");
        }
        let mut tally = Tally::new(ENGINE.pack());
        let judgment = ENGINE.explain(title.as_deref(), &text).judgment;
        tally.take(&Glimpse { id: text.clone(), title, text: text.clone(), group: Some(text), judgment });
        let corpus = Corpus { engine: &ENGINE, names: &[], by: Some("<b>"), tally: &tally, rejected: 0 };
        sound(&corpus.page());
    }
}
