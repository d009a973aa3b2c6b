//! Every line of the tables in `docs/phrase-language.md`.

use outsort::Engine;

use crate::{naive, pack_of, repository};

/// A row: the phrase, what it matches, what not.
fn rows() -> Vec<(String, Vec<String>, Vec<String>)> {
    let page = std::fs::read_to_string(repository("docs/phrase-language.md")).expect("the page");
    let mut rows = Vec::new();
    for line in page.lines().filter(|line| line.starts_with("| `")) {
        let hidden = line.replace("\\|", "\u{1}");
        let cells: Vec<String> = hidden.split('|').map(|cell| cell.trim().replace('\u{1}', "|")).collect();
        let [_, phrase, matches, not, _] = cells.as_slice() else { continue };
        let list = |cell: &str| cell.split("; ").map(str::to_owned).collect();
        rows.push((phrase.trim_matches('`').to_owned(), list(matches), list(not)));
    }
    rows
}

#[test]
fn the_tables_are_true() {
    let rows = rows();
    assert!(rows.len() > 20, "the page has lost its tables");
    for (phrase, matches, not) in rows {
        let rule = "[[rule]]\nid = \"r\"\nleans = \"KPO\"\nweight = 1\nbecause = \"b\"\n";
        let pack = pack_of(&format!("{rule}phrases = [{phrase:?}]\n"));
        let parsed = pack.rules[0].phrases[0].clone();
        let transparent = pack.text.transparent.clone();
        let engine = Engine::new(pack);
        let all = matches.iter().map(|m| (m, true)).chain(not.iter().map(|n| (n, false)));
        for (text, want) in all {
            let fires = !engine.explain(None, text).hits.hits.is_empty();
            assert_eq!(fires, want, "`{phrase}` on “{text}”");
            let whole = text
                .split(". ")
                .any(|task| !naive::find(&parsed, &naive::words(task, &transparent)).is_empty());
            assert_eq!(whole, want, "the plain matcher, `{phrase}` on “{text}”");
        }
    }
}

#[test]
fn acronyms_keep_their_case() {
    let rule =
        "[[rule]]\nid = \"r\"\nleans = \"KPO\"\nweight = 1\nbecause = \"b\"\nacronyms = [\"CA\", \"PhD\"]\n";
    let engine = Engine::new(pack_of(rule));
    for (text, want) in [
        ("A CA or C.A. is needed", 2),
        ("two CAs and three Ph.D.s, one PhD", 3),
        ("ca. ten people, Ca, phd, PHD", 0),
        ("the CA's report", 1),
    ] {
        assert_eq!(engine.explain(None, text).hits.hits.len(), want, "{text}");
    }
}

#[test]
fn negation_and_hedging_stay_in_their_clause() {
    let rule = "[[rule]]\nid = \"r\"\nleans = \"KPO\"\nweight = 1\nbecause = \"b\"\nphrases = [\"mba\", \"degree\", \"data entry\"]\n";
    let engine = Engine::new(pack_of(rule));
    for (text, want) in [
        ("An MBA is required", "plain"),
        ("No degree required", "negated"),
        ("A degree is not required", "negated"),
        ("No experience needed, MBA required", "plain"),
        ("No certificate, diploma or degree", "negated"),
        ("No experience; degree required", "plain"),
        ("Not afraid of work but holds a degree", "plain"),
        ("Not only a degree", "plain"),
        ("An MBA is a plus", "hedged"),
        ("MBA preferred", "hedged"),
        ("Degree (preferably)", "hedged"),
        ("Ideally an MBA", "hedged"),
        ("You will not be doing data entry", "negated"),
        ("This role does not involve any data entry", "negated"),
        ("Degree or MBA preferred", "hedged hedged"),
    ] {
        let hits = engine.explain(None, text).hits.hits;
        let got: Vec<&str> = hits.iter().map(|hit| hit.force.name()).collect();
        assert_eq!(got.join(" "), want, "{text}");
    }
}
