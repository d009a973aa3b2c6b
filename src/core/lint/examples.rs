//! Examples that test nothing.

use std::collections::HashMap;

use super::word_set::WordSet;
use super::{At, Finding};
use crate::core::diagnostic::Code;
use crate::core::gate::gates;
use crate::core::pack::Rule;
use crate::core::phrase::Part;
use crate::core::words::fold_words;

/// The words of which a rule can make anything; nothing for one with a regular expression that any word may feed.
fn lexis(rule: &Rule) -> Option<WordSet> {
    let elements = rule.phrases.iter().flat_map(|phrase| &phrase.parts).filter_map(|part| match part {
        Part::Element(element) => Some(element),
        Part::Gap(_) => None,
    });
    let mut lexis = WordSet::of(elements.flat_map(|element| element.alternatives.iter().flatten()));
    for acronym in &rule.acronyms {
        // The plural of an acronym is found, too.
        lexis.add_words(fold_words(acronym).into_iter().flat_map(|word| [format!("{word}s"), word]));
    }
    for regex in &rule.regexes {
        lexis.add_beginnings(gates(regex)?);
    }
    Some(lexis)
}

/// Texts in `silent` that hold no word of the rule: it could not fire there whatever its phrases said.
pub fn idle(number: u32, rule: &Rule, out: &mut Vec<Finding>) {
    let Some(lexis) = lexis(rule) else { return };
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
