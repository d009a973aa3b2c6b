//! Terms to symbols, and every word that a term stands for.

use rustc_hash::FxHashMap;

use super::{SetId, SetSymbols, Symbol, Vocabulary};
use crate::core::inflect::{exact_forms, forms, prefix_forms};
use crate::core::phrase::Term;
use crate::core::words::fold;

/// Collects term sets before symbols can be given out.
#[derive(Default)]
pub struct VocabularyBuilder {
    sets: FxHashMap<Vec<Term>, SetId>,
    acronyms: FxHashMap<String, SetId>,
    next: SetId,
}

impl VocabularyBuilder {
    /// The number of a sorted set of terms.
    pub fn set(&mut self, terms: &[Term]) -> SetId {
        if let Some(id) = self.sets.get(terms) {
            return *id;
        }
        let id = self.fresh();
        self.sets.insert(terms.to_vec(), id);
        id
    }

    /// The number of the set that holds one acronym, in exactly these capitals.
    pub fn acronym(&mut self, word: &str) -> SetId {
        if let Some(id) = self.acronyms.get(word) {
            return *id;
        }
        let id = self.fresh();
        self.acronyms.insert(word.to_owned(), id);
        id
    }

    fn fresh(&mut self) -> SetId {
        self.next += 1;
        self.next - 1
    }

    /// Gives every word its symbol.
    pub fn build(self) -> (Vocabulary, SetSymbols) {
        let terms = Terms::of(&self.sets);
        let cased = self.cased();
        let mut symbols = Symbols::default();
        // All forms of a word stand for the same terms, and these for hundreds of sets.
        let mut by_terms: FxHashMap<&[TermId], Symbol> = FxHashMap::default();
        let words = terms.words(cased.keys());
        let mut vocabulary = Vocabulary::sized(words.len());
        for (word, members) in &words {
            let symbol = match by_terms.get(members.as_slice()) {
                Some(known) => *known,
                None => symbols.of(terms.sets(members)),
            };
            by_terms.insert(members, symbol);
            let variants = cased.get(word).map(|forms| {
                let form = |(form, extra): &(String, SetId)| {
                    let mut with = terms.sets(members);
                    with.push(*extra);
                    (form.clone(), symbols.of(sorted(with)))
                };
                forms.iter().map(form).collect()
            });
            vocabulary.insert(word, symbol, variants);
        }
        for start in sorted(terms.prefixes.keys().collect()) {
            let sets = terms.sets(&terms.inherited(start));
            vocabulary.prefixes.insert(start.as_bytes(), symbols.of(sets));
        }
        vocabulary.prefixes.inherit();
        (vocabulary, symbols.by_set(self.next))
    }

    /// Case-sensitive forms, singular and plural, by their folded form.
    fn cased(&self) -> FxHashMap<String, Vec<(String, SetId)>> {
        let mut cased: FxHashMap<String, Vec<(String, SetId)>> = FxHashMap::default();
        for (acronym, id) in &self.acronyms {
            for form in [acronym.clone(), format!("{acronym}s")] {
                cased.entry(fold(&form)).or_default().push((form, *id));
            }
        }
        cased.values_mut().for_each(|forms| forms.sort());
        cased
    }
}

fn sorted<T: Ord>(mut all: Vec<T>) -> Vec<T> {
    all.sort_unstable();
    all.dedup();
    all
}

/// Number of a term among all that occur.
type TermId = u32;

/// All terms, and the sets in which each stands. Words that stand for the same terms stand in the same sets, and
/// there are far fewer terms to a word than sets.
#[derive(Default)]
struct Terms<'a> {
    known: FxHashMap<&'a Term, TermId>,
    sets: Vec<Vec<SetId>>,
    prefixes: FxHashMap<String, Vec<TermId>>,
}

impl<'a> Terms<'a> {
    fn of(sets: &'a FxHashMap<Vec<Term>, SetId>) -> Terms<'a> {
        let mut terms = Terms::default();
        for (members, id) in sets {
            for term in members {
                let next = terms.sets.len() as TermId;
                let number = *terms.known.entry(term).or_insert(next);
                if number == next {
                    terms.sets.push(Vec::new());
                }
                if let (Term::Prefix(start), true) = (term, number == next) {
                    for start in prefix_forms(start) {
                        terms.prefixes.entry(start).or_default().push(number);
                    }
                }
                terms.sets[number as usize].push(*id);
            }
        }
        terms
    }

    /// Every word, those of `more` among them, with the terms that it stands for; sorted.
    fn words<'m>(&self, more: impl Iterator<Item = &'m String>) -> Vec<(String, Vec<TermId>)> {
        let mut words: FxHashMap<String, Vec<TermId>> = FxHashMap::default();
        for (term, id) in &self.known {
            let found = match term {
                Term::Exact(word) => exact_forms(word),
                Term::Inflected(word) => forms(word),
                Term::Prefix(_) => continue,
            };
            found.into_iter().for_each(|form| words.entry(form).or_default().push(*id));
        }
        more.for_each(|word| _ = words.entry(word.clone()).or_default());
        for (word, members) in &mut words {
            members.extend(self.inherited(word));
            members.sort_unstable();
        }
        sorted(words.into_iter().collect())
    }

    /// The prefixes with which a word begins.
    fn inherited(&self, word: &str) -> Vec<TermId> {
        let starts = (1..=word.len()).filter_map(|n| word.get(..n));
        starts.filter_map(|start| self.prefixes.get(start)).flatten().copied().collect()
    }

    /// The sets of some terms, sorted.
    fn sets(&self, members: &[TermId]) -> Vec<SetId> {
        sorted(members.iter().flat_map(|term| &self.sets[*term as usize]).copied().collect())
    }
}

/// Symbols by the sets that a word is in.
#[derive(Default)]
struct Symbols {
    known: FxHashMap<Vec<SetId>, Symbol>,
}

impl Symbols {
    fn of(&mut self, sets: Vec<SetId>) -> Symbol {
        if sets.is_empty() {
            return 0;
        }
        let next = self.known.len() as Symbol + 1;
        *self.known.entry(sets).or_insert(next)
    }

    fn by_set(&self, sets: SetId) -> SetSymbols {
        let mut all = vec![Vec::new(); sets as usize];
        for (members, symbol) in &self.known {
            for set in members {
                all[*set as usize].push(*symbol);
            }
        }
        all.iter_mut().for_each(|symbols| symbols.sort_unstable());
        SetSymbols(all)
    }
}
