//! The fast matcher against the plain one, on random packs and texts.

use outsort::core::document::Document;
use outsort::core::phrase::parse;
use outsort::{Engine, Force, Scratch};
use proptest::prelude::*;

use crate::{load_rules, naive, pack_of};

/// Few words, so that phrases and texts meet; related ones, so that forms and prefixes overlap.
const WORDS: &[&str] =
    &["file", "record", "records", "analyse", "analyzed", "analysis", "data", "the", "of", "process"];

fn element() -> impl Strategy<Value = String> {
    let word = prop::sample::select(WORDS);
    let term = (word, 0..6u8).prop_map(|(word, kind)| match kind {
        0 => format!("={word}"),
        1 if word.len() > 3 => format!("{}*", &word[..3]),
        2 => format!("{word}-file"),
        _ => word.to_owned(),
    });
    let alternatives = prop::collection::vec(term, 1..4).prop_map(|terms| terms.join("|"));
    (alternatives, prop::bool::weighted(0.2))
        .prop_map(|(text, optional)| if optional { text + "?" } else { text })
}

fn phrase() -> impl Strategy<Value = String> {
    let gap = prop::sample::select(&["", "", "", " ..1", " ..", " ..5"][..]);
    prop::collection::vec((element(), gap), 1..4).prop_map(|parts| {
        let mut text = String::new();
        for (i, (element, gap)) in parts.iter().enumerate() {
            let gap = if i + 1 < parts.len() { gap } else { "" };
            text += &format!("{element}{gap} ");
        }
        text.trim().to_owned()
    })
}

fn text() -> impl Strategy<Value = String> {
    let more = prop::sample::select(
        &["filing", "processed", "a", "xyz", "FILES", "Datum", "analysing", "o'records", "x&file", "naïve"][..],
    );
    let word = prop_oneof![3 => prop::sample::select(WORDS), 1 => more];
    let mark = prop::sample::select(&[" ", " ", " ", " ", "-", ", ", "; ", " (", "/"][..]);
    prop::collection::vec((word, mark), 1..25)
        .prop_map(|parts| parts.iter().map(|(word, mark)| format!("{word}{mark}")).collect())
}

/// Of places that overlap, the first.
fn apart(mut places: Vec<(usize, usize)>) -> Vec<(usize, usize)> {
    places.sort_unstable();
    let mut kept: Vec<(usize, usize)> = Vec::new();
    for place in places {
        if kept.last().is_none_or(|last| last.1 <= place.0) {
            kept.push(place);
        }
    }
    kept
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn fast_equals_plain(phrases in prop::collection::vec(phrase(), 1..6), unless in phrase(), text in text()) {
        prop_assume!(phrases.iter().chain([&unless]).all(|p| parse(p).is_ok()));
        let quoted: Vec<String> = phrases.iter().map(|p| format!("{p:?}")).collect();
        // One rule for each phrase, and one for all of them, which an `unless` may silence.
        let mut toml: String = quoted
            .iter()
            .enumerate()
            .map(|(i, p)| format!("[[rule]]\nid = \"r{i}\"\nleans = \"KPO\"\nweight = 1\nbecause = \"b\"\nphrases = [{p}]\n"))
            .collect();
        toml += &format!(
            "[[rule]]\nid = \"all\"\nleans = \"BPO\"\nweight = 1\nbecause = \"b\"\nphrases = [\"zzz\", {}]\nunless = [{unless:?}]\n",
            quoted.join(", "),
        );
        // Refused only where an `unless` would silence everything.
        let Some(pack) = load_rules(&toml).pack else { return Ok(()) };
        let transparent = pack.text.transparent.clone();
        let engine = Engine::new(pack);
        let document = Document::of_task(&text);
        let hits = engine.scan(&document, &mut Scratch::default());
        let words = naive::words(&text, &transparent);
        let bytes = |(first, last): (usize, usize)| (words[first].start, words[last].end);
        let all: Vec<Vec<(usize, usize)>> = phrases
            .iter()
            .map(|p| naive::find(&parse(p).expect("checked"), &words).into_iter().map(bytes).collect())
            .collect();
        let silenced = !naive::find(&parse(&unless).expect("checked"), &words).is_empty();
        let together = if silenced { Vec::new() } else { apart(all.concat()) };
        for (rule, want) in all.into_iter().map(apart).chain([together]).enumerate() {
            let got: Vec<(usize, usize)> = hits
                .hits
                .iter()
                .filter(|hit| hit.rule as usize == rule)
                .map(|hit| (hit.start as usize, hit.end as usize))
                .collect();
            prop_assert_eq!(&got, &want, "rule {} of {:?} on {:?}", rule, phrases, text);
            let probe = engine.probe(rule as u32).expect("a rule");
            let why = probe.why(&document, &hits, &mut Scratch::default());
            let told: Vec<(usize, usize)> = why.hits().map(|found| (found.span.start, found.span.end)).collect();
            prop_assert_eq!(&told, &want, "why, rule {} of {:?} on {:?}", rule, phrases, text);
        }
    }

    #[test]
    fn gated_regexes_find_what_plain_ones_find(text in text()) {
        let patterns = [r"\brecords?\b", r"\bfile\s+(the|of)\b", r"data", r"\w+ing\b", r"(record|process) data"];
        let rules: String = patterns
            .iter()
            .enumerate()
            .map(|(i, p)| format!("[[rule]]\nid = \"r{i}\"\nleans = \"KPO\"\nweight = 1\nbecause = \"b\"\nregex = ['{p}']\n"))
            .collect();
        let engine = Engine::new(pack_of(&rules));
        let document = Document::of_task(&text);
        let hits = engine.scan(&document, &mut Scratch::default());
        let task = document.sections[0].tasks[0].clone();
        for (rule, pattern) in patterns.iter().enumerate() {
            let regex = outsort::core::compile::build_regex(pattern).expect("valid");
            let want: Vec<(usize, usize)> =
                regex.find_iter(&text[task.clone()]).map(|m| (task.start + m.start(), task.start + m.end())).collect();
            let of_rule = hits.hits.iter().filter(|hit| hit.rule as usize == rule);
            let got: Vec<(usize, usize)> = of_rule.map(|hit| (hit.start as usize, hit.end as usize)).collect();
            prop_assert_eq!(got, want, "{} on {:?}", pattern, text);
        }
    }
}

#[test]
fn spans_are_bytes_of_the_original_text() {
    let rules = "[[rule]]\nid = \"r\"\nleans = \"KPO\"\nweight = 1\nbecause = \"b\"\nphrases = [\"financial analysis\"]\n";
    let engine = Engine::new(pack_of(rules));
    for text in [
        "Zoë’s ﬁnancial\u{A0}analysis",
        "ＦＩＮＡＮＣＩＡＬ ana\u{AD}lysis",
        "“financial-analysis”",
        "the financial\r\nanalyses",
    ] {
        let hits = engine.scan(&Document::of_task(text), &mut Scratch::default());
        let hit = hits.hits.first().unwrap_or_else(|| panic!("{text}"));
        let found = &text[hit.start as usize..hit.end as usize];
        assert!(found.chars().count() >= 17, "{text}: {found}");
        assert_eq!(hit.force, Force::Plain);
    }
}
