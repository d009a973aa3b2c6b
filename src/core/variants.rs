//! A phrase as the plain sequences that it stands for: optional words in or out, hyphenated
//! alternatives spelt out. What may stand at one position stays together as a set of terms.

use super::phrase::{Element, MAX_GAP, Part, Phrase, Term};

/// One position of a sequence: words to let pass before it, and the terms that may stand there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Words that may come in between, at most; 0: next to the one before.
    pub gap: u8,
    /// The terms, sorted.
    pub terms: Vec<Term>,
}

/// The sequences of a phrase.
pub fn variants(phrase: &Phrase) -> Vec<Vec<Step>> {
    let mut all: Vec<Vec<Step>> = vec![Vec::new()];
    let mut gaps: Vec<u8> = vec![0];
    for part in &phrase.parts {
        match part {
            Part::Gap(n) => gaps.iter_mut().for_each(|gap| *gap = (*gap + n).min(2 * MAX_GAP)),
            Part::Element(element) => (all, gaps) = extend(&all, &gaps, element),
        }
    }
    all.retain(|steps| !steps.is_empty());
    all.dedup();
    all
}

/// Every sequence so far, followed by every way to fill `element`.
fn extend(all: &[Vec<Step>], gaps: &[u8], element: &Element) -> (Vec<Vec<Step>>, Vec<u8>) {
    let mut next = Vec::new();
    let mut next_gaps = Vec::new();
    let fillings = fillings(element);
    for (steps, gap) in all.iter().zip(gaps) {
        // A gap before the first word means nothing.
        let gap = if steps.is_empty() { 0 } else { *gap };
        for filling in &fillings {
            let mut longer = steps.clone();
            for (i, terms) in filling.iter().enumerate() {
                longer.push(Step { gap: if i == 0 { gap } else { 0 }, terms: terms.clone() });
            }
            next.push(longer);
            next_gaps.push(0);
        }
        if element.optional {
            next.push(steps.clone());
            next_gaps.push(gap);
        }
    }
    (next, next_gaps)
}

/// The ways to fill an element: all one-word alternatives together, each longer one by itself.
fn fillings(element: &Element) -> Vec<Vec<Vec<Term>>> {
    let mut single: Vec<Term> = Vec::new();
    let mut all: Vec<Vec<Vec<Term>>> = Vec::new();
    for alternative in &element.alternatives {
        match alternative.as_slice() {
            [term] => single.push(term.clone()),
            several => all.push(several.iter().map(|term| vec![term.clone()]).collect()),
        }
    }
    single.sort();
    single.dedup();
    if !single.is_empty() {
        all.insert(0, vec![single]);
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::phrase::parse;

    fn shown(text: &str) -> Vec<String> {
        let term = |t: &Term| match t {
            Term::Inflected(w) | Term::Exact(w) | Term::Prefix(w) => w.clone(),
        };
        let step = |s: &Step| {
            let terms: Vec<String> = s.terms.iter().map(term).collect();
            format!("{}{}", ".".repeat(s.gap.into()), terms.join("|"))
        };
        let line = |steps: &Vec<Step>| steps.iter().map(step).collect::<Vec<_>>().join(" ");
        variants(&parse(text).expect("valid")).iter().map(line).collect()
    }

    #[test]
    fn optional_words_and_hyphens_are_spelt_out() {
        assert_eq!(shown("customer service? call"), ["customer service call", "customer call"]);
        assert_eq!(shown("write ..2 e-mail|letter"), ["write ..letter", "write ..e mail"]);
        assert_eq!(shown("a ..2 b? .. c"), ["a ..b ...c", "a .....c"]);
        assert_eq!(shown("a? b"), ["a b", "b"]);
    }
}
