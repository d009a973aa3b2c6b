//! Examples that test nothing.

use std::collections::{HashMap, HashSet};

use super::{At, Finding};
use crate::core::diagnostic::Code;
use crate::core::gate::gates;
use crate::core::inflect::forms;
use crate::core::pack::Rule;
use crate::core::phrase::{Part, Term};
use crate::core::words::fold_words;

/// The words of which a rule can make anything.
#[derive(Default)]
struct Lexis {
    words: HashSet<String>,
    prefixes: Vec<String>,
}

impl Lexis {
    /// Nothing for a rule with a regular expression that any word may feed.
    fn of(rule: &Rule) -> Option<Lexis> {
        let mut lexis = Lexis::default();
        for phrase in &rule.phrases {
            let elements = phrase.parts.iter().filter_map(|part| match part {
                Part::Element(element) => Some(element),
                Part::Gap(_) => None,
            });
            elements.flat_map(|e| e.alternatives.iter().flatten()).for_each(|term| lexis.add(term));
        }
        lexis.words.extend(rule.acronyms.iter().flat_map(|acronym| fold_words(acronym)));
        for regex in &rule.regexes {
            lexis.prefixes.extend(gates(regex)?);
        }
        Some(lexis)
    }

    fn add(&mut self, term: &Term) {
        match term {
            Term::Inflected(word) => self.words.extend(forms(word)),
            Term::Exact(word) => _ = self.words.insert(word.clone()),
            Term::Prefix(start) => self.prefixes.push(start.clone()),
        }
    }

    fn holds(&self, word: &str) -> bool {
        // The plural of an acronym is no form of its own.
        let singular = word.strip_suffix('s').unwrap_or(word);
        self.words.contains(word)
            || self.words.contains(singular)
            || self.prefixes.iter().any(|start| word.starts_with(start.as_str()))
    }
}

/// Texts in `silent` that hold no word of the rule: it could not fire there whatever its phrases said.
pub fn idle(number: u32, rule: &Rule, out: &mut Vec<Finding>) {
    let Some(lexis) = Lexis::of(rule) else { return };
    for (i, text) in rule.silent.iter().enumerate() {
        if !fold_words(text).iter().any(|word| lexis.holds(word)) {
            out.push(Finding::new(
                Code::IdleExample,
                At::Silent(number, i),
                format!("`{}` is silent here for want of any word", rule.id),
                "no word of its phrases is in this text",
                "give a near miss: a text that has some of the words and means something else",
            ));
        }
    }
}

/// Texts that say word for word what another one of the same list says.
pub fn repeated(number: u32, rule: &Rule, out: &mut Vec<Finding>) {
    again("fires", &rule.fires, |i| At::Fires(number, i), rule, out);
    again("silent", &rule.silent, |i| At::Silent(number, i), rule, out);
}

fn again(key: &str, texts: &[String], at: impl Fn(usize) -> At, rule: &Rule, out: &mut Vec<Finding>) {
    let mut seen: HashMap<Vec<String>, usize> = HashMap::new();
    for (i, text) in texts.iter().enumerate() {
        let first = *seen.entry(fold_words(text)).or_insert(i);
        if first == i {
            continue;
        }
        let message = format!("`{}` has the same text twice in `{key}`", rule.id);
        let help = "remove one, or change it so that it tests another phrase";
        out.push(
            Finding::new(Code::DuplicateExample, at(i), message, "the same words again", help)
                .related(at(first), "first here"),
        );
    }
}
