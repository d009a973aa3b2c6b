//! Families to rules that can be pasted. Each phrase is compiled and run over the corpus, so that what is
//! reported of it is what the rule will do.

use std::collections::{HashMap, HashSet};

use super::base::WordId;
use super::choose::MOST_COVERED;
use super::example::{Examples, fires, silent};
use super::family::Family;
use super::reading::{Corpus, tasks};
use super::{Example, Member, Nearest, Sample, Shown, Suggestion};
use crate::core::compile::Engine;
use crate::core::force::Force;
use crate::core::measure::Label;
use crate::core::pack::{Criterion, Leans, Pack, Rule};
use crate::core::phrase::{Phrase, parse};
use crate::core::scan::{Hit, Hits, Scratch};
use crate::core::statistics::wilson;

/// A family with its place in the pack.
pub struct Draft {
    /// The family.
    pub family: Family,
    /// Where it belongs.
    pub criterion: Criterion,
    /// What is most like it.
    pub nearest: Option<Nearest>,
}

/// A phrase on trial: the number of its draft, and what it leans.
struct Trial {
    draft: usize,
    phrase: Phrase,
    leans: Leans,
    /// Whether it is the phrase of the stub.
    main: bool,
}

/// What came of a trial.
#[derive(Clone, Default)]
struct Tried {
    shown: Shown,
    /// Places of the own side where the phrase counts plainly: document and hit, uncovered ones first.
    places: Vec<(usize, Hit)>,
}

/// Makes suggestions of drafts, at most `most`; what rules turn out to cover, or the pack to have, is left out.
pub fn finish(
    engine: &Engine,
    examples: &[Example<'_>],
    corpus: &Corpus,
    drafts: &[Draft],
    least: usize,
    most: usize,
) -> Vec<Suggestion> {
    let trials = trials(engine.pack(), corpus, drafts);
    let bare = |t: &Trial| Rule::on_trial(String::new(), Criterion::Focus, t.leans, t.phrase.clone());
    let rules = trials.iter().map(bare).collect();
    let stubs = Engine::new(Pack { rules, ..engine.pack().clone() });
    let tried = run(engine.pack(), &stubs, &trials, examples);
    let mut ids: HashSet<String> = engine.pack().rules.iter().map(|rule| rule.id.clone()).collect();
    let mut suggestions = Vec::new();
    for main in (0..trials.len()).filter(|i| trials[*i].main) {
        let Shown { documents, uncovered, .. } = tried[main].shown;
        let enough = documents >= least && uncovered as f64 >= (1.0 - MOST_COVERED) * documents as f64;
        if suggestions.len() == most || !enough {
            continue;
        }
        let draft = &drafts[trials[main].draft];
        let words: Vec<WordId> = draft.family.slots.iter().flatten().copied().collect();
        let search =
            Examples { stubs: &stubs, number: main as u32, examples, corpus, leans: draft.family.leans };
        let samples = fires(&search, &tried[main].places);
        let Some(first) = samples.first() else { continue };
        let (own, all) = tried[main].shown.precision(draft.family.leans);
        let rule = Rule {
            id: id(engine.pack(), draft.criterion, &trials[main].phrase, &mut ids),
            criterion: draft.criterion,
            because: because(draft.family.leans, own, all),
            fires: vec![first.sentence.clone()],
            silent: silent(&search, &words).into_iter().collect(),
            ..stubs.pack().rules[main].clone()
        };
        let members = (main + 1..trials.len()).take_while(|i| !trials[*i].main);
        suggestions.push(Suggestion {
            leans: draft.family.leans,
            phrase: member(&trials[main], &tried[main]),
            z: draft.family.z,
            precision: wilson(own, all),
            members: members.map(|i| member(&trials[i], &tried[i])).collect(),
            samples,
            criterion: draft.criterion,
            nearest: draft.nearest.clone(),
            rule,
        });
    }
    suggestions
}

fn member(trial: &Trial, tried: &Tried) -> Member {
    Member { phrase: trial.phrase.text.clone(), shown: tried.shown }
}

/// The phrases of every draft, the stub's before its members; drafts whose phrase the pack has are left out.
fn trials(pack: &Pack, corpus: &Corpus, drafts: &[Draft]) -> Vec<Trial> {
    let phrases = pack.rules.iter().flat_map(|rule| &rule.phrases);
    let mut known: HashSet<String> = phrases.map(|phrase| phrase.text.clone()).collect();
    let mut trials = Vec::new();
    for (number, draft) in drafts.iter().enumerate() {
        let family = &draft.family;
        let trial = |text: String, main| {
            Some(Trial { draft: number, phrase: parse(&text).ok()?, leans: family.leans, main })
        };
        let text = family.pattern.written(&family.slots, &corpus.bases);
        // One phrase may speak for a pole and for scope; it is proposed where it speaks more surely.
        if !known.insert(text.clone()) {
            continue;
        }
        let Some(main) = trial(text.clone(), true) else { continue };
        trials.push(main);
        let members = family.members.iter().map(|pattern| pattern.text(&corpus.bases));
        trials.extend(members.filter(|member| *member != text).filter_map(|member| trial(member, false)));
    }
    trials
}

/// Runs every trial over the corpus.
fn run(pack: &Pack, stubs: &Engine, trials: &[Trial], examples: &[Example<'_>]) -> Vec<Tried> {
    let mut tried = vec![Tried::default(); trials.len()];
    let mut scratch = Scratch::default();
    let mut hits = Hits::default();
    for (document, example) in examples.iter().enumerate() {
        stubs.scan_into(&stubs.document(example.title, example.text), &mut scratch, &mut hits);
        // By trial: whether it counts here, whether some place of it is not covered.
        let mut here: HashMap<u32, bool> = HashMap::new();
        for hit in hits.hits.iter().filter(|hit| counts(pack, &hits, hit)) {
            let trial = &trials[hit.rule as usize];
            let covered = covered(pack, example.hits, hit, trial.leans);
            *here.entry(hit.rule).or_insert(false) |= !covered;
            if example.label.side(trial.leans) == Some(true) && hit.force == Force::Plain {
                let places = &mut tried[hit.rule as usize].places;
                let at = if covered { places.len() } else { 0 };
                places.insert(at, (document, *hit));
            }
        }
        for (trial, uncovered) in here {
            let shown = &mut tried[trial as usize].shown;
            shown.documents += 1;
            shown.uncovered += usize::from(uncovered);
            shown.labels[example.label as usize] += 1;
        }
    }
    tried
}

/// Whether a hit adds to a score: not denied, in no repeat, in no section without weight.
fn counts(pack: &Pack, hits: &Hits, hit: &Hit) -> bool {
    let task = &hits.tasks[hit.task as usize];
    hit.force != Force::Negated && !task.repeat && pack.text.section_weights[task.section as usize] > 0.0
}

/// Whether rules that lean the same way cover the first and the last word of a place.
fn covered(pack: &Pack, known: &Hits, place: &Hit, leans: Leans) -> bool {
    let task = known.hits.partition_point(|hit| hit.task < place.task);
    let same = known.hits[task..]
        .iter()
        .take_while(|hit| hit.task == place.task)
        .filter(|hit| pack.rules[hit.rule as usize].leans == leans && hit.force != Force::Negated);
    let (mut first, mut last) = (false, false);
    for hit in same {
        first |= (hit.start..hit.end).contains(&place.start);
        last |= hit.start < place.end && place.end <= hit.end;
    }
    first && last
}

fn because(leans: Leans, own: usize, all: usize) -> String {
    let label = match leans {
        Leans::Bpo | Leans::Kpo => format!("the label is {}, not the other pole", leans.name()),
        Leans::OutOfScope => "the label is out-of-scope".into(),
        Leans::InScope => "the label is not out-of-scope".into(),
    };
    format!("Suggested: in {own} of {all} labelled documents that show it {label}.")
}

/// A new id from the words of a phrase, with the prefix that all rules of the criterion share.
fn id(pack: &Pack, criterion: Criterion, phrase: &Phrase, taken: &mut HashSet<String>) -> String {
    let own = pack.rules.iter().filter(|rule| rule.criterion == criterion).map(|rule| rule.id.as_str());
    let mut prefixes = own.map(|id| id.split_once('-').map_or("", |(prefix, _)| prefix));
    let first = prefixes.next().unwrap_or("");
    let shared = if prefixes.all(|prefix| prefix == first) { first } else { "" };
    let words = phrase.text.split_whitespace().filter(|word| !word.starts_with(".."));
    let firsts = words.filter_map(|word| word.split('|').next()).map(kebab);
    let parts: Vec<String> =
        [shared.to_owned()].into_iter().chain(firsts).filter(|part| !part.is_empty()).collect();
    let stem = match parts.join("-") {
        stem if stem.starts_with(|c: char| c.is_ascii_lowercase()) => stem,
        stem => format!("suggested-{stem}"),
    };
    let numbered = (2..).map(|n| format!("{stem}-{n}"));
    let free = std::iter::once(stem.clone()).chain(numbered).find(|id| !taken.contains(id));
    let id = free.unwrap_or(stem);
    taken.insert(id.clone());
    id
}

fn kebab(word: &str) -> String {
    let letters = word.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' });
    let text: String = letters.collect();
    text.split('-').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-")
}

/// The words of a hit in its sentence.
pub fn sample(engine: &Engine, example: &Example<'_>, document: usize, hit: &Hit) -> Option<Sample> {
    let places = tasks(engine, example);
    let place = places.iter().find(|place| place.number == hit.task)?;
    let span = hit.start as usize - place.span.start..hit.end as usize - place.span.start;
    Some(Sample { document, sentence: place.sentence().to_owned(), span })
}

/// Whether a label is against a leaning.
pub fn is_against(leans: Leans, label: Label) -> bool {
    label.side(leans) == Some(false)
}
