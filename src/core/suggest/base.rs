//! Words brought together under the form that a phrase would write: `answers` and `answering` under `answer`.
//!
//! A form belongs to the word whose inflection, as the pack makes it, explains most of the corpus. Bases
//! are words of the corpus or of the pack's own phrases, so that no stem is proposed that nobody writes.

use std::collections::HashMap;

use crate::core::inflect::forms;
use crate::core::lexicon::FUNCTION;
use crate::core::pack::{Pack, Rule};
use crate::core::phrase::{Part, Term};

/// Number of a base form.
pub type WordId = u32;

/// Words so general that no phrase begins or ends with them, and what trails off a list.
const EMPTY: &[&str] = &[
    "be",
    "have",
    "do",
    "make",
    "get",
    "use",
    "using",
    "include",
    "including",
    "involve",
    "perform",
    "provide",
    "ensure",
    "need",
    "require",
    "required",
    "various",
    "necessary",
    "appropriate",
    "related",
    "proper",
    "others",
    "etc",
    "e.g",
    "i.e",
];

/// The forms of a corpus and of a pack, each with its base.
#[derive(Debug, Default)]
pub struct Bases {
    ids: HashMap<String, WordId>,
    words: Vec<String>,
    /// Whether a phrase may begin or end with the word.
    content: Vec<bool>,
}

impl Bases {
    /// Finds the base of every form; `counts` says how often the corpus shows each.
    pub fn of(counts: &HashMap<String, u32>, pack: &Pack) -> Bases {
        let terms = pack_words(pack);
        let mut sources: Vec<&str> = counts.keys().chain(&terms).map(String::as_str).collect();
        sources.sort_unstable();
        sources.dedup();
        let seen = |form: &str| counts.get(form).copied().unwrap_or(0);
        // By form, the best base so far: occurrences that it explains, then shortness, then the alphabet.
        let mut best: HashMap<String, (u32, &str)> = HashMap::new();
        for source in &sources {
            let all = forms(source);
            let explained = all.iter().map(|form| seen(form)).sum();
            for form in all {
                let better = |(known, base): &(u32, &str)| {
                    (explained, base.len(), *base) > (*known, source.len(), *source)
                };
                if best.get(&form).is_none_or(better) {
                    best.insert(form, (explained, source));
                }
            }
        }
        let mut bases = Bases::default();
        let mut known: HashMap<String, WordId> = HashMap::new();
        for source in &sources {
            let apart = stands_apart(source, &terms, &seen);
            let base = if apart { source } else { best.get(*source).map_or(source, |(_, base)| base) };
            let base = singular(base);
            let id = *known.entry(base).or_insert_with_key(|base| bases.add(base));
            bases.ids.insert((*source).to_owned(), id);
        }
        bases
    }

    fn add(&mut self, word: &str) -> WordId {
        self.words.push(word.to_owned());
        self.content.push(is_content(word));
        self.words.len() as WordId - 1
    }

    /// The base of a folded form.
    pub fn id(&self, form: &str) -> Option<WordId> {
        self.ids.get(form).copied()
    }

    /// How many bases there are.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// The base, as a phrase writes it.
    pub fn word(&self, id: WordId) -> &str {
        &self.words[id as usize]
    }

    /// Whether a phrase may begin or end with the word.
    pub fn is_content(&self, id: WordId) -> bool {
        self.content[id as usize]
    }

    /// The bases that a term of a phrase stands for, sorted.
    pub fn of_term(&self, term: &Term) -> Vec<WordId> {
        let mut ids: Vec<WordId> = match term {
            Term::Inflected(word) => forms(word).iter().filter_map(|form| self.id(form)).collect(),
            Term::Exact(word) => self.id(word).into_iter().collect(),
            Term::Prefix(start) => {
                (0..self.len() as WordId).filter(|id| self.word(*id).starts_with(start.as_str())).collect()
            }
        };
        ids.sort_unstable();
        ids.dedup();
        ids
    }
}

/// Whether a word names something: no function word, no number, no single letter.
fn is_content(word: &str) -> bool {
    word.len() > 1
        && word.chars().any(char::is_alphabetic)
        && !FUNCTION.contains(&word)
        && !EMPTY.contains(&word)
}

/// Whether a form in `-ing` or `-ed` is a word of its own ("accounting"): the pack writes it, or it has a plural.
fn stands_apart(word: &str, terms: &[String], seen: &impl Fn(&str) -> u32) -> bool {
    let known = || terms.binary_search_by(|term| term.as_str().cmp(word)).is_ok();
    (word.ends_with("ing") && (known() || seen(&format!("{word}s")) > 0)) || (word.ends_with("ed") && known())
}

/// The singular of a base that is a plural: another word with the very same forms.
fn singular(base: &str) -> String {
    if !base.ends_with('s') {
        return base.to_owned();
    }
    let all = forms(base);
    let same = all.iter().filter(|form| form.len() < base.len() && forms(form) == all);
    same.min_by_key(|form| form.len()).cloned().unwrap_or_else(|| base.to_owned())
}

/// The words of the rules' phrases, sorted.
fn pack_words(pack: &Pack) -> Vec<String> {
    let mut words: Vec<String> = pack.rules.iter().flat_map(terms_of).filter_map(plain).collect();
    words.sort();
    words.dedup();
    words
}

fn plain(term: &Term) -> Option<String> {
    match term {
        Term::Inflected(word) | Term::Exact(word) => Some(word.clone()),
        Term::Prefix(_) => None,
    }
}

/// Every term of a rule's phrases.
pub fn terms_of(rule: &Rule) -> impl Iterator<Item = &Term> {
    let elements = rule.phrases.iter().flat_map(|phrase| &phrase.parts).filter_map(|part| match part {
        Part::Element(element) => Some(element),
        Part::Gap(_) => None,
    });
    elements.flat_map(|element| element.alternatives.iter().flatten())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::default_pack;

    #[test]
    fn forms_come_together_and_nouns_in_ing_stay_apart() {
        let text = "answers answered answering answer organizing organised organise expenses buildings building \
                    build builds left leave";
        let mut counts = HashMap::new();
        text.split_whitespace().for_each(|word| *counts.entry(word.to_owned()).or_insert(0) += 1);
        let bases = Bases::of(&counts, &Pack { rules: Vec::new(), ..default_pack() });
        let base = |form: &str| bases.id(form).map(|id| bases.word(id).to_owned());
        for (form, want) in [
            ("answering", "answer"),
            ("answers", "answer"),
            ("organizing", "organise"),
            ("expenses", "expense"),
            ("buildings", "building"),
            ("building", "building"),
            ("builds", "build"),
            ("left", "leave"),
        ] {
            assert_eq!(base(form).as_deref(), Some(want), "{form}");
        }
        assert_eq!(base("unheard"), None);
    }
}
