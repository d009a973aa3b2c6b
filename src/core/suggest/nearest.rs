//! Where a family belongs: the existing rules that share its words and its documents.

use std::collections::HashMap;

use super::base::{WordId, terms_of};
use super::family::Family;
use super::reading::Corpus;
use super::{Example, Nearest};
use crate::core::force::Force;
use crate::core::pack::{Criterion, Leans, Pack};
use crate::core::phrase::Term;

/// Likeness from which a rule is worth naming.
const LIKE: f64 = 0.3;
/// Rules of a criterion that speak for it.
const VOICES: usize = 3;

/// What rules are made of, to be held against families.
pub struct Neighbours<'a> {
    pack: &'a Pack,
    corpus: &'a Corpus,
    /// By rule: its words, sorted.
    words: Vec<Vec<WordId>>,
    /// By word: in how many rules it stands.
    spread: HashMap<WordId, usize>,
    /// By rule: documents in which it fires, sorted.
    documents: Vec<Vec<u32>>,
}

impl<'a> Neighbours<'a> {
    /// Looks at every rule.
    pub fn new(pack: &'a Pack, examples: &[Example<'_>], corpus: &'a Corpus) -> Neighbours<'a> {
        let mut known: HashMap<&Term, Vec<WordId>> = HashMap::new();
        let mut of_term =
            |term: &'a Term| known.entry(term).or_insert_with(|| corpus.bases.of_term(term)).clone();
        let words: Vec<Vec<WordId>> = pack
            .rules
            .iter()
            .map(|rule| {
                let mut words: Vec<WordId> = terms_of(rule).flat_map(&mut of_term).collect();
                words.sort_unstable();
                words.dedup();
                words
            })
            .collect();
        let mut spread = HashMap::new();
        words.iter().flatten().for_each(|word| *spread.entry(*word).or_insert(0) += 1);
        let mut documents = vec![Vec::new(); pack.rules.len()];
        for (example, number) in examples.iter().zip(0u32..) {
            for hit in example.hits.hits.iter().filter(|hit| hit.force != Force::Negated) {
                let of_rule = &mut documents[hit.rule as usize];
                if of_rule.last() != Some(&number) {
                    of_rule.push(number);
                }
            }
        }
        Neighbours { pack, corpus, words, spread, documents }
    }

    /// The criterion of a family, and the rule that is most like it.
    pub fn place(&self, family: &Family) -> (Criterion, Option<Nearest>) {
        let same = self.pack.rules.iter().enumerate().filter(|(_, rule)| rule.leans == family.leans);
        let likeness = |rule: usize| self.shared(family, rule) + self.cosine(family, rule);
        let mut alike: Vec<(f64, usize)> = same.map(|(i, _)| (likeness(i), i)).collect();
        alike.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        // By words alone: a criterion whose rules fire on the same documents has said its say there.
        let voice = |criterion: Criterion| -> f64 {
            let own = alike.iter().filter(|(_, rule)| self.pack.rules[*rule].criterion == criterion);
            let mut voices: Vec<f64> = own.map(|(_, rule)| self.shared(family, *rule)).collect();
            voices.sort_by(|a, b| b.total_cmp(a));
            voices.iter().take(VOICES).sum()
        };
        let scope = matches!(family.leans, Leans::OutOfScope | Leans::InScope);
        let six = Criterion::SIX.into_iter().rev();
        let loudest = six.max_by(|a, b| voice(*a).total_cmp(&voice(*b))).unwrap_or(Criterion::Focus);
        let criterion = if scope { Criterion::Scope } else { loudest };
        let nearest = alike.first().filter(|(likeness, _)| *likeness >= LIKE);
        (criterion, nearest.map(|(_, rule)| self.nearest(family, *rule)))
    }

    /// Share of the words that a rule has, too; the rarer among rules, the weightier.
    fn shared(&self, family: &Family, rule: usize) -> f64 {
        let rarity = |slot: &Vec<WordId>| {
            let spread = slot.iter().map(|word| self.spread.get(word).copied().unwrap_or(0)).min();
            ((self.pack.rules.len() as f64 + 1.0) / (spread.unwrap_or(0) as f64 + 1.0)).ln()
        };
        let content = |slot: &&Vec<WordId>| slot.iter().any(|word| self.corpus.bases.is_content(*word));
        let slots: Vec<&Vec<WordId>> = family.slots.iter().filter(content).collect();
        let all: f64 = slots.iter().map(|slot| rarity(slot)).sum();
        let shared: f64 = slots
            .iter()
            .filter(|slot| slot.iter().any(|word| self.words[rule].binary_search(word).is_ok()))
            .map(|slot| rarity(slot))
            .sum();
        if all > 0.0 { shared / all } else { 0.0 }
    }

    /// The cosine of the documents that show the family and those in which a rule fires.
    fn cosine(&self, family: &Family, rule: usize) -> f64 {
        let sizes = family.documents.len() as f64 * self.documents[rule].len() as f64;
        self.together(family, rule) as f64 / sizes.max(1.0).sqrt()
    }

    fn together(&self, family: &Family, rule: usize) -> usize {
        let own = &self.documents[rule];
        family.documents.iter().filter(|document| own.binary_search(document).is_ok()).count()
    }

    fn nearest(&self, family: &Family, rule: usize) -> Nearest {
        let bases = &self.corpus.bases;
        let words = family.slots.iter().flatten().filter(|word| bases.is_content(**word));
        let shared = words.filter(|word| self.words[rule].binary_search(word).is_ok());
        Nearest {
            rule: rule as u32,
            words: shared.map(|word| bases.word(*word).to_owned()).collect(),
            together: self.together(family, rule),
        }
    }
}
