//! The words that a pack knows, each with a symbol.
//!
//! Two words that every pattern treats alike share a symbol: all forms of "analyse" are one, unless a
//! pattern asks for one of them alone. So inflection, spelling and alternatives cost nothing at run time.

mod builder;
mod prefixes;

pub use builder::VocabularyBuilder;

use rustc_hash::FxHashMap;

use prefixes::PrefixTree;

use super::words::{Form, SHORT};

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

/// What every set of terms means in symbols.
pub struct SetSymbols(Vec<Vec<Symbol>>);

impl SetSymbols {
    /// The symbols of the words that may stand where `set` is asked for.
    pub fn of(&self, set: SetId) -> &[Symbol] {
        &self.0[set as usize]
    }
}

/// Words to symbols.
#[derive(Debug, Default)]
pub struct Vocabulary {
    /// Words of up to [`SHORT`] bytes, by their bytes; an entry with length 0 is free. Open addressing: a word
    /// stands in its slot or in one behind it, and the last slots lie beyond those that words are sent to.
    short: Vec<Entry>,
    /// Slots that words are sent to.
    slots: usize,
    /// Longer words.
    long: FxHashMap<Vec<u8>, Meaning>,
    /// Case-sensitive forms, by the index that a meaning names.
    cased: Vec<Vec<(String, Symbol)>>,
    prefixes: PrefixTree,
}

#[derive(Clone, Copy, Debug, Default)]
struct Meaning {
    symbol: Symbol,
    /// 1 + index into `cased`; 0: case does not matter.
    cased: u32,
}

#[derive(Clone, Copy, Debug, Default)]
struct Entry {
    /// The word, zeros behind it, as two numbers.
    word: [u64; 2],
    meaning: Meaning,
}

impl Vocabulary {
    fn sized(words: usize) -> Vocabulary {
        Vocabulary { short: vec![Entry::default(); words * 2 + 1], slots: words * 2, ..Vocabulary::default() }
    }

    fn insert(&mut self, word: &str, symbol: Symbol, cased: Option<Vec<(String, Symbol)>>) {
        let cased = cased.map_or(0, |forms| {
            self.cased.push(forms);
            self.cased.len() as u32
        });
        let meaning = Meaning { symbol, cased };
        let Form::Short(bytes, _) = Form::of(word.as_bytes()) else {
            self.long.insert(word.as_bytes().to_vec(), meaning);
            return;
        };
        let word = halves(bytes);
        let mut slot = self.slot(word);
        while self.short[slot].word != [0; 2] {
            slot += 1;
        }
        self.short[slot] = Entry { word, meaning };
        if slot + 1 == self.short.len() {
            self.short.push(Entry::default());
        }
    }

    fn slot(&self, word: [u64; 2]) -> usize {
        // The high half of the product: every slot is as likely as any other.
        ((u128::from(mix(word)) * self.slots as u128) >> 64) as usize
    }

    /// The symbol of a word: `form` its folded form, `original` as the text has it.
    #[inline]
    pub fn symbol(&self, form: &Form<'_>, original: &str) -> Symbol {
        let meaning = match form {
            Form::Short(bytes, _) => self.short_meaning(halves(*bytes)),
            Form::Long(bytes) => self.long.get(*bytes).copied(),
        };
        match meaning {
            Some(Meaning { symbol, cased: 0 }) => symbol,
            Some(meaning) => self.cased_symbol(meaning, original),
            None => self.prefixes.symbol(form.as_bytes()),
        }
    }

    #[inline]
    fn short_meaning(&self, word: [u64; 2]) -> Option<Meaning> {
        let mut slot = self.slot(word);
        loop {
            let entry = &self.short[slot];
            if entry.word == word {
                return Some(entry.meaning);
            }
            if entry.word == [0; 2] {
                return None;
            }
            slot += 1;
        }
    }

    fn cased_symbol(&self, meaning: Meaning, original: &str) -> Symbol {
        let forms = &self.cased[meaning.cased as usize - 1];
        let same = |form: &str| {
            let bare = original.trim_end_matches("'s").trim_end_matches("\u{2019}s");
            bare.chars().filter(|c| *c != '.').eq(form.chars())
        };
        forms.iter().find(|(form, _)| same(form)).map_or(meaning.symbol, |(_, symbol)| *symbol)
    }

    /// Bytes that the tables take.
    pub fn bytes(&self) -> usize {
        self.short.len() * size_of::<Entry>() + self.long.keys().map(Vec::len).sum::<usize>()
    }
}

/// The bytes of a short form as two numbers.
fn halves(bytes: [u8; SHORT]) -> [u64; 2] {
    let all = u128::from_le_bytes(bytes);
    [all as u64, (all >> 64) as u64]
}

/// A hash of a short form, good in its high bits.
fn mix(word: [u64; 2]) -> u64 {
    const K: [u64; 2] = [0x9E37_79B9_7F4A_7C15, 0xD6E8_FEB8_6659_FD93];
    let product = u128::from(word[0] ^ K[0]) * u128::from(word[1] ^ K[1]);
    (product as u64 ^ (product >> 64) as u64).wrapping_mul(K[0])
}

/// A hash of a word by its folded form.
pub fn hash(form: &Form<'_>) -> u64 {
    match form {
        Form::Short(bytes, _) => mix(halves(*bytes)),
        Form::Long(bytes) => bytes.chunks(SHORT).fold(0, |hash, part| {
            let Form::Short(part, _) = Form::of(part) else { return hash };
            let [low, high] = halves(part);
            mix([hash ^ low, high])
        }),
    }
}
