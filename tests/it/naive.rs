//! A plain matcher, obviously right and slow: the phrase language as its reference page words it.

use outsort::core::inflect::{exact_forms, forms, prefix_forms};
use outsort::core::phrase::{Part, Phrase, Term};
use outsort::core::words::{Break, for_each_word};

/// A word of a text.
pub struct Seen {
    pub form: String,
    pub start: usize,
    pub end: usize,
    pub before: Break,
    pub transparent: bool,
}

/// The words of a text.
pub fn words(text: &str, transparent: &[String]) -> Vec<Seen> {
    let mut all = Vec::new();
    for_each_word(text, 0, text.len(), &mut Vec::new(), |word, form| {
        let form = String::from_utf8_lossy(form.as_bytes()).into_owned();
        let transparent = transparent.contains(&form);
        all.push(Seen {
            form,
            start: word.start as usize,
            end: word.end as usize,
            before: word.before,
            transparent,
        });
    });
    all
}

fn fits(term: &Term, word: &str) -> bool {
    match term {
        Term::Exact(exact) => exact_forms(exact).iter().any(|form| form == word),
        Term::Prefix(prefix) => prefix_forms(prefix).iter().any(|start| word.starts_with(start.as_str())),
        Term::Inflected(base) => forms(base).iter().any(|form| form == word),
    }
}

/// The words `first` and `last` of every match: for each start, the earliest end.
pub fn find(phrase: &Phrase, words: &[Seen]) -> Vec<(usize, usize)> {
    (0..words.len())
        .filter_map(|first| {
            let mut ends = Vec::new();
            match_parts(&phrase.parts, words, first, None, 0, &mut ends);
            ends.into_iter().min().map(|last| (first, last))
        })
        .collect()
}

/// Collects where the rest of a phrase may end. `last`: the last word matched so far; `gap`: words that may
/// be passed before the next.
fn match_parts(
    parts: &[Part],
    words: &[Seen],
    first: usize,
    last: Option<usize>,
    gap: usize,
    ends: &mut Vec<usize>,
) {
    let Some((part, rest)) = parts.split_first() else {
        ends.extend(last);
        return;
    };
    match part {
        Part::Gap(n) if last.is_none() => match_parts(rest, words, first, last, 0, ends),
        Part::Gap(n) => match_parts(rest, words, first, last, gap + *n as usize, ends),
        Part::Element(element) => {
            if element.optional {
                match_parts(rest, words, first, last, gap, ends);
            }
            for terms in &element.alternatives {
                for at in places(words, first, last, gap) {
                    if let Some(end) = match_terms(terms, words, at) {
                        end.into_iter().for_each(|end| match_parts(rest, words, first, Some(end), 0, ends));
                    }
                }
            }
        }
    }
}

/// Where the next word may stand.
fn places(words: &[Seen], first: usize, last: Option<usize>, gap: usize) -> Vec<usize> {
    let Some(last) = last else { return vec![first] };
    let mut places = Vec::new();
    let mut passed = 0;
    for (at, word) in words.iter().enumerate().skip(last + 1) {
        if gap == 0 && word.before != Break::None {
            break;
        }
        places.push(at);
        passed += usize::from(!word.transparent);
        if passed > gap {
            break;
        }
    }
    places
}

/// The possible last words of terms that stand side by side from `at`.
fn match_terms(terms: &[Term], words: &[Seen], at: usize) -> Option<Vec<usize>> {
    let (term, rest) = terms.split_first()?;
    if !fits(term, &words[at].form) {
        return None;
    }
    if rest.is_empty() {
        return Some(vec![at]);
    }
    let ends = places(words, 0, Some(at), 0).into_iter().filter_map(|next| match_terms(rest, words, next));
    Some(ends.flatten().collect())
}
