//! Pack to engine: one vocabulary, one matcher for rules and cues, one for headings, regexes behind gates.

use std::sync::OnceLock;

use regex::Regex;

use super::force::{CueKind, CueReach};
use super::gate::gates;
use super::matcher::{Matcher, MatcherBuilder, SetStep};
use super::pack::{Pack, SectionKind};
use super::phrase::{Phrase, Term};
use super::silencers::Silencers;
use super::variants::{Step, variants};
use super::vocabulary::{SetId, SetSymbols, SymbolTable, Vocabulary, VocabularyBuilder};
use super::words::fold;

/// A compiled pack: immutable, shared by all threads.
#[derive(Debug)]
pub struct Engine {
    pub(super) pack: Pack,
    pub(super) vocabulary: Vocabulary,
    pub(super) matcher: Matcher,
    pub(super) owners: Vec<Owner>,
    pub(super) headings: Matcher,
    pub(super) heading_kinds: Vec<SectionKind>,
    pub(super) regexes: Vec<GatedRegex>,
    /// By symbol: the regexes that it opens.
    pub(super) opens: Vec<Vec<u32>>,
    /// Regexes without a gate.
    pub(super) ungated: Vec<u32>,
    pub(super) silencers: Silencers,
    /// Symbols that may stand between the words of a phrase.
    pub(super) transparent: SymbolTable,
    /// Symbols that join the items of a list ("or").
    pub(super) joining: SymbolTable,
    pub(super) reach: CueReach,
}

/// Whom a pattern serves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Owner {
    /// Fires the rule.
    Rule(u32),
    /// Silences the rule; of more than one word, or else it is among the [`Silencers`].
    Unless(u32),
    /// Bends the force of hits around it.
    Cue(CueKind),
}

/// A regular expression of a rule, built when a gate first opens.
#[derive(Debug)]
pub(super) struct GatedRegex {
    pub rule: u32,
    pattern: String,
    built: OnceLock<Option<Regex>>,
}

impl GatedRegex {
    /// The expression; nothing if it can't be built, which loading a pack has ruled out.
    pub fn regex(&self) -> Option<&Regex> {
        self.built.get_or_init(|| build_regex(&self.pattern).ok()).as_ref()
    }
}

/// Builds a rule's regular expression: any letter case unless it says otherwise.
///
/// # Errors
/// A syntax error, or an expression that is too large.
pub fn build_regex(pattern: &str) -> Result<Regex, regex::Error> {
    regex::RegexBuilder::new(pattern).case_insensitive(true).build()
}

impl Engine {
    /// Compiles a pack.
    pub fn new(pack: Pack) -> Engine {
        let mut compiler = Compiler::default();
        compiler.add_rules(&pack);
        compiler.add_cues(&pack);
        let headings = compiler.add_headings(&pack);
        compiler.finish(pack, headings)
    }

    /// The pack.
    pub fn pack(&self) -> &Pack {
        &self.pack
    }

    /// The pack, given back.
    pub fn into_pack(self) -> Pack {
        self.pack
    }

    /// Bytes that the match tables take.
    pub fn table_bytes(&self) -> usize {
        self.vocabulary.bytes() + self.matcher.bytes() + self.headings.bytes()
    }
}

#[derive(Default)]
struct Compiler {
    vocabulary: VocabularyBuilder,
    matcher: MatcherBuilder,
    owners: Vec<Owner>,
    regexes: Vec<GatedRegex>,
    /// Sets of words that open a regex.
    gates: Vec<(u32, u32)>,
    ungated: Vec<u32>,
    /// Sets of words of which one alone silences a rule.
    silencers: Vec<(u32, SetId)>,
}

impl Compiler {
    fn add_rules(&mut self, pack: &Pack) {
        for (number, rule) in pack.rules.iter().enumerate() {
            let number = number as u32;
            for phrase in &rule.phrases {
                self.add(phrase, Owner::Rule(number));
            }
            for phrase in &rule.unless {
                self.add_unless(phrase, number);
            }
            for acronym in &rule.acronyms {
                let set = self.vocabulary.acronym(acronym);
                let pattern = self.own(Owner::Rule(number));
                self.matcher.add(pattern, &[SetStep { gap: 0, set }]);
            }
            for pattern in &rule.regexes {
                self.add_regex(pattern, number);
            }
        }
    }

    fn add_regex(&mut self, pattern: &str, rule: u32) {
        let index = self.regexes.len() as u32;
        match gates(pattern) {
            Some(words) => {
                for word in words {
                    let set = self.vocabulary.set(&[Term::Prefix(word)]);
                    self.gates.push((set, index));
                }
            }
            None => self.ungated.push(index),
        }
        self.regexes.push(GatedRegex { rule, pattern: pattern.to_owned(), built: OnceLock::new() });
    }

    fn add_cues(&mut self, pack: &Pack) {
        let text = &pack.text;
        let lists = [
            (&text.negation.before, CueKind::NegateBefore),
            (&text.negation.after, CueKind::NegateAfter),
            (&text.negation.pseudo, CueKind::NegatePseudo),
            (&text.hedge.before, CueKind::HedgeBefore),
            (&text.hedge.after, CueKind::HedgeAfter),
            (&text.hedge.pseudo, CueKind::HedgePseudo),
            (&text.stop, CueKind::Stop),
        ];
        for (phrases, kind) in lists {
            for phrase in phrases {
                self.add(phrase, Owner::Cue(kind));
            }
        }
    }

    fn add_headings(&mut self, pack: &Pack) -> (MatcherBuilder, Vec<SectionKind>) {
        let mut builder = MatcherBuilder::default();
        let mut kinds = Vec::new();
        for (kind, phrase) in &pack.text.headings {
            for steps in variants(phrase) {
                builder.add(kinds.len() as u32, &self.sets(&steps));
            }
            kinds.push(*kind);
        }
        (builder, kinds)
    }

    fn own(&mut self, owner: Owner) -> u32 {
        self.owners.push(owner);
        self.owners.len() as u32 - 1
    }

    fn add(&mut self, phrase: &Phrase, owner: Owner) {
        let pattern = self.own(owner);
        for steps in variants(phrase) {
            let sets = self.sets(&steps);
            self.matcher.add(pattern, &sets);
        }
    }

    /// Nearly all words that silence a rule do so in vain, as the rule is silent anyway: they are looked for only
    /// where it fires. Longer phrases are rare enough to be matched with the others.
    fn add_unless(&mut self, phrase: &Phrase, rule: u32) {
        let mut pattern = None;
        for steps in variants(phrase) {
            let sets = self.sets(&steps);
            match sets.as_slice() {
                [only] => self.silencers.push((rule, only.set)),
                _ => {
                    let pattern = *pattern.get_or_insert_with(|| self.own(Owner::Unless(rule)));
                    self.matcher.add(pattern, &sets);
                }
            }
        }
    }

    fn sets(&mut self, steps: &[Step]) -> Vec<SetStep> {
        steps.iter().map(|step| SetStep { gap: step.gap, set: self.vocabulary.set(&step.terms) }).collect()
    }

    fn word_set(&mut self, words: &[String]) -> u32 {
        let mut terms: Vec<Term> = words.iter().map(|word| Term::Exact(fold(word))).collect();
        terms.sort();
        self.vocabulary.set(&terms)
    }

    fn finish(mut self, pack: Pack, headings: (MatcherBuilder, Vec<SectionKind>)) -> Engine {
        let transparent = self.word_set(&pack.text.transparent);
        let joining = self.word_set(&pack.text.joining);
        let (vocabulary, symbols) = self.vocabulary.build();
        let reach = CueReach { negation: pack.text.negation.window, hedge: pack.text.hedge.window };
        Engine {
            matcher: self.matcher.build(&symbols),
            headings: headings.0.build(&symbols),
            heading_kinds: headings.1,
            opens: opens(&self.gates, &symbols),
            silencers: Silencers::new(pack.rules.len(), &self.silencers, &symbols),
            transparent: SymbolTable::of(symbols.of(transparent)),
            joining: SymbolTable::of(symbols.of(joining)),
            owners: self.owners,
            regexes: self.regexes,
            ungated: self.ungated,
            vocabulary,
            reach,
            pack,
        }
    }
}

/// By symbol, the regexes whose gates it is among.
fn opens(gates: &[(u32, u32)], symbols: &SetSymbols) -> Vec<Vec<u32>> {
    let mut opens: Vec<Vec<u32>> = Vec::new();
    for (set, regex) in gates {
        for symbol in symbols.of(*set) {
            let at = *symbol as usize;
            if opens.len() <= at {
                opens.resize(at + 1, Vec::new());
            }
            if !opens[at].contains(regex) {
                opens[at].push(*regex);
            }
        }
    }
    opens
}
