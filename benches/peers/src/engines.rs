//! `outsort` and the Rust peers, each in the modes that might be its best.

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use daachorse::DoubleArrayAhoCorasick;
use outsort::{Engine, Scratch};
use regex::bytes::{RegexSet, RegexSetBuilder};

use crate::data::RuleSet;
use crate::peer::{Once, Peer, whole_words};

/// What can go wrong while an engine is built.
pub type Failed = Box<dyn std::error::Error>;

/// `outsort`'s bare matching.
pub struct Ours {
    engine: Engine,
    scratch: Scratch,
}

impl Ours {
    /// Compiles the rules.
    pub fn new(set: &RuleSet) -> Ours {
        Ours { engine: Engine::new(set.pack()), scratch: Scratch::default() }
    }
}

impl Peer for Ours {
    fn name(&self) -> String {
        "outsort".into()
    }

    fn rules_in(&mut self, text: &str, rules: &mut Vec<u32>) {
        self.engine.rules_in(text, &mut self.scratch, rules);
    }
}

/// `aho-corasick`: overlapping matches in any letter case, then the check for whole words.
pub struct Aho {
    name: &'static str,
    automaton: AhoCorasick,
    rules: Vec<u32>,
    once: Once,
}

impl Aho {
    /// Builds it of this kind.
    ///
    /// # Errors
    /// The automaton would be too large.
    pub fn new(set: &RuleSet, name: &'static str, kind: AhoCorasickKind) -> Result<Aho, Failed> {
        let automaton = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::Standard)
            .kind(Some(kind))
            .build(set.phrases.iter().map(|(_, phrase)| phrase))?;
        let rules = set.phrases.iter().map(|(rule, _)| *rule).collect();
        Ok(Aho { name, automaton, rules, once: Once::new(set.rules) })
    }
}

impl Peer for Aho {
    fn name(&self) -> String {
        self.name.into()
    }

    fn rules_in(&mut self, text: &str, rules: &mut Vec<u32>) {
        self.once.begin();
        for found in self.automaton.find_overlapping_iter(text) {
            if whole_words(text.as_bytes(), found.start(), found.end()) {
                self.once.add(self.rules[found.pattern().as_usize()], rules);
            }
        }
    }
}

/// `daachorse`: a double array over the text in lower case, then the check for whole words.
pub struct Daachorse {
    automaton: DoubleArrayAhoCorasick<u32>,
    lower: Vec<u8>,
    once: Once,
}

impl Daachorse {
    /// Builds it.
    ///
    /// # Errors
    /// The automaton would be too large.
    pub fn new(set: &RuleSet) -> Result<Daachorse, Failed> {
        let values = set.phrases.iter().map(|(rule, phrase)| (phrase.as_bytes(), *rule));
        let automaton = DoubleArrayAhoCorasick::with_values(values).map_err(|error| error.to_string())?;
        Ok(Daachorse { automaton, lower: Vec::new(), once: Once::new(set.rules) })
    }
}

impl Peer for Daachorse {
    fn name(&self) -> String {
        "daachorse".into()
    }

    fn rules_in(&mut self, text: &str, rules: &mut Vec<u32>) {
        self.lower.clear();
        self.lower.extend_from_slice(text.as_bytes());
        self.lower.make_ascii_lowercase();
        self.once.begin();
        for found in self.automaton.find_overlapping_iter(&self.lower) {
            if whole_words(&self.lower, found.start(), found.end()) {
                self.once.add(found.value(), rules);
            }
        }
    }
}

/// `regex::RegexSet`: an expression for each rule.
pub struct Set {
    name: String,
    set: RegexSet,
    rules: Vec<u32>,
}

impl Set {
    /// Builds it, with room for its lazy automaton or with the crate's defaults.
    ///
    /// # Errors
    /// The set would be too large.
    pub fn new(set: &RuleSet, roomy: bool) -> Result<Set, Failed> {
        let all = one_regex_each(set);
        let mut builder = RegexSetBuilder::new(all.iter().map(|(_, regex)| regex));
        builder.unicode(false).case_insensitive(true).size_limit(1 << 30);
        if roomy {
            builder.dfa_size_limit(1 << 30);
        }
        let name = if roomy { "RegexSet, 1 GB" } else { "RegexSet, default cache" };
        Ok(Set {
            name: name.into(),
            set: builder.build()?,
            rules: all.into_iter().map(|(rule, _)| rule).collect(),
        })
    }
}

impl Peer for Set {
    fn name(&self) -> String {
        self.name.clone()
    }

    fn rules_in(&mut self, text: &str, rules: &mut Vec<u32>) {
        rules.extend(self.set.matches(text.as_bytes()).iter().map(|i| self.rules[i]));
    }
}

/// One expression for each rule: its phrases as alternatives, or its regex.
pub fn one_regex_each(set: &RuleSet) -> Vec<(u32, String)> {
    let rules = set.phrases.chunk_by(|a, b| a.0 == b.0);
    let alternatives = rules.map(|phrases| {
        let all: Vec<String> = phrases.iter().map(|(_, phrase)| regex_syntax::escape(phrase)).collect();
        (phrases[0].0, format!(r"\b(?:{})\b", all.join("|")))
    });
    alternatives.chain(set.regexes.iter().cloned()).collect()
}
