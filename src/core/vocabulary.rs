//! The words that a pack knows, each with a symbol.
//!
//! Two words that every pattern treats alike share a symbol: all forms of "analyse" are one, unless a
//! pattern asks for one of them alone. So inflection, spelling and alternatives cost nothing at run time.

use std::collections::HashMap;

use super::inflect::{exact_forms, forms, prefix_forms};
use super::phrase::Term;

/// Stands for what a word means to a pack; 0: nothing.
pub type Symbol = u32;
/// Number of a set of terms that may stand at one position.
pub type SetId = u32;

/// A set of symbols, as a table.
#[derive(Debug, Default)]
pub struct SymbolTable(Vec<bool>);

impl SymbolTable {
    /// The set of these symbols.
    pub fn of(symbols: &[Symbol]) -> SymbolTable {
        let mut table = vec![false; symbols.iter().max().map_or(0, |s| *s as usize + 1)];
        symbols.iter().for_each(|symbol| table[*symbol as usize] = true);
        SymbolTable(table)
    }

    /// Whether `symbol` is in the set.
    pub fn holds(&self, symbol: Symbol) -> bool {
        self.0.get(symbol as usize).copied().unwrap_or(false)
    }
}

/// Collects term sets before symbols can be given out.
#[derive(Default)]
pub struct VocabularyBuilder {
    sets: HashMap<Vec<Term>, SetId>,
    acronyms: HashMap<String, SetId>,
    next: SetId,
}

/// Words to symbols, in flat tables.
#[derive(Debug, Default)]
pub struct Vocabulary {
    /// Open-addressing table; an entry with length 0 is free.
    table: Vec<Entry>,
    mask: usize,
    /// The folded words, one behind the other.
    arena: Vec<u8>,
    /// Case-sensitive forms, by the index that an entry names.
    cased: Vec<Vec<(String, Symbol)>>,
    prefixes: PrefixTree,
}

#[derive(Clone, Copy, Debug, Default)]
struct Entry {
    hash: u32,
    at: u32,
    len: u32,
    /// 1 + index into `cased`; 0: case does not matter.
    cased: u32,
    symbol: Symbol,
}

/// Prefixes as a tree of bytes, for words that are not in the table.
#[derive(Debug, Default)]
struct PrefixTree {
    /// Children as (byte, node), the symbol of the longest prefix that ends here or above.
    nodes: Vec<(Vec<(u8, u32)>, Symbol)>,
}

/// What every set of terms means in symbols.
pub struct SetSymbols(Vec<Vec<Symbol>>);

impl SetSymbols {
    /// The symbols of the words that may stand where `set` is asked for.
    pub fn of(&self, set: SetId) -> &[Symbol] {
        &self.0[set as usize]
    }
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
        let words = terms.words(cased.keys());
        let mut vocabulary = Vocabulary::sized(words.len());
        for (word, members) in &words {
            let sets = terms.sets(members);
            let variants = cased.get(word).map(|forms| {
                let form = |(form, extra): &(String, SetId)| {
                    let mut with = sets.clone();
                    with.push(*extra);
                    (form.clone(), symbols.of(sorted(with)))
                };
                forms.iter().map(form).collect()
            });
            vocabulary.insert(word, symbols.of(sets), variants);
        }
        for start in sorted(terms.prefixes.keys().collect()) {
            let sets = terms.sets(&terms.inherited(start));
            vocabulary.prefixes.insert(start.as_bytes(), symbols.of(sets));
        }
        vocabulary.prefixes.inherit();
        (vocabulary, symbols.by_set(self.next))
    }

    /// Case-sensitive forms, singular and plural, by their folded form.
    fn cased(&self) -> HashMap<String, Vec<(String, SetId)>> {
        let mut cased: HashMap<String, Vec<(String, SetId)>> = HashMap::new();
        for (acronym, id) in &self.acronyms {
            for form in [acronym.clone(), format!("{acronym}s")] {
                cased.entry(super::words::fold(&form)).or_default().push((form, *id));
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
    known: HashMap<&'a Term, TermId>,
    sets: Vec<Vec<SetId>>,
    prefixes: HashMap<String, Vec<TermId>>,
}

impl<'a> Terms<'a> {
    fn of(sets: &'a HashMap<Vec<Term>, SetId>) -> Terms<'a> {
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
        let mut words: HashMap<String, Vec<TermId>> = HashMap::new();
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
    known: HashMap<Vec<SetId>, Symbol>,
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

impl Vocabulary {
    fn sized(words: usize) -> Vocabulary {
        let slots = (words * 2 + 2).next_power_of_two();
        Vocabulary { table: vec![Entry::default(); slots], mask: slots - 1, ..Vocabulary::default() }
    }

    fn insert(&mut self, word: &str, symbol: Symbol, cased: Option<Vec<(String, Symbol)>>) {
        let hash = hash(word.as_bytes());
        let mut slot = hash as usize & self.mask;
        while self.table[slot].len != 0 {
            slot = (slot + 1) & self.mask;
        }
        let cased = cased.map_or(0, |forms| {
            self.cased.push(forms);
            self.cased.len() as u32
        });
        let at = self.arena.len() as u32;
        self.arena.extend_from_slice(word.as_bytes());
        self.table[slot] = Entry { hash, at, len: word.len() as u32, cased, symbol };
    }

    /// The symbol of a word: `folded` its folded form, `original` as the text has it.
    pub fn symbol(&self, folded: &[u8], original: &str) -> Symbol {
        let hash = hash(folded);
        let mut slot = hash as usize & self.mask;
        loop {
            let entry = &self.table[slot];
            if entry.len == 0 {
                return self.prefixes.symbol(folded);
            }
            let at = entry.at as usize;
            if entry.hash == hash && &self.arena[at..at + entry.len as usize] == folded {
                return if entry.cased == 0 { entry.symbol } else { self.cased_symbol(entry, original) };
            }
            slot = (slot + 1) & self.mask;
        }
    }

    fn cased_symbol(&self, entry: &Entry, original: &str) -> Symbol {
        let forms = &self.cased[entry.cased as usize - 1];
        let same = |form: &str| {
            let bare = original.trim_end_matches("'s").trim_end_matches("\u{2019}s");
            bare.chars().filter(|c| *c != '.').eq(form.chars())
        };
        forms.iter().find(|(form, _)| same(form)).map_or(entry.symbol, |(_, symbol)| *symbol)
    }

    /// Bytes that the tables take.
    pub fn bytes(&self) -> usize {
        self.table.len() * size_of::<Entry>() + self.arena.len()
    }
}

impl PrefixTree {
    fn insert(&mut self, prefix: &[u8], symbol: Symbol) {
        if self.nodes.is_empty() {
            self.nodes.push((Vec::new(), 0));
        }
        let mut node = 0;
        for byte in prefix {
            let known = self.nodes[node].0.iter().find(|(b, _)| b == byte).map(|(_, n)| *n as usize);
            node = known.unwrap_or_else(|| {
                self.nodes.push((Vec::new(), 0));
                let new = self.nodes.len() - 1;
                self.nodes[node].0.push((*byte, new as u32));
                new
            });
        }
        self.nodes[node].1 = symbol;
    }

    /// Hands every symbol down to the nodes below it that have none.
    fn inherit(&mut self) {
        for node in 0..self.nodes.len() {
            let (children, symbol) = self.nodes[node].clone();
            for (_, child) in children {
                let own = &mut self.nodes[child as usize].1;
                if *own == 0 {
                    *own = symbol;
                }
            }
        }
    }

    fn symbol(&self, word: &[u8]) -> Symbol {
        let Some(mut node) = self.nodes.first() else { return 0 };
        for byte in word {
            match node.0.iter().find(|(b, _)| b == byte) {
                Some((_, child)) => node = &self.nodes[*child as usize],
                None => break,
            }
        }
        node.1
    }
}

/// A hash of a word's bytes, good in its low bits.
fn hash(bytes: &[u8]) -> u32 {
    const K: u64 = 0x9E37_79B9_7F4A_7C15;
    let mut state = bytes.len() as u64;
    let mut chunks = bytes.chunks_exact(8);
    for chunk in &mut chunks {
        let value = u64::from_le_bytes([
            chunk[0], chunk[1], chunk[2], chunk[3], chunk[4], chunk[5], chunk[6], chunk[7],
        ]);
        state = (state.rotate_left(25) ^ value).wrapping_mul(K);
    }
    let tail = chunks.remainder().iter().rev().fold(0u64, |value, byte| value << 8 | u64::from(*byte));
    state = (state.rotate_left(25) ^ tail).wrapping_mul(K);
    (state ^ state >> 32) as u32
}
