//! Random documents that the default pack has something to say about.

use outsort::Leans;
use outsort::core::example::sample;
use outsort::core::phrase::Phrase;
use proptest::prelude::*;

use crate::ENGINE;

/// A text for each phrase of the default pack that leans this way (any way: nothing).
pub fn samples(leans: Option<Leans>) -> Vec<String> {
    let rules = ENGINE.pack().rules.iter().filter(|rule| leans.is_none_or(|l| rule.leans == l));
    let phrases: Vec<&Phrase> = rules.flat_map(|rule| &rule.phrases).collect();
    phrases.into_iter().map(sample).collect()
}

/// A sentence that strings phrases of the pack together.
pub fn sentence() -> impl Strategy<Value = String> {
    let filler = prop::sample::select(
        &["and", "with the team", "not only", "no", "preferably", "for new clients", "or"][..],
    );
    let part = prop_oneof![3 => prop::sample::select(samples(None)), 1 => filler.prop_map(str::to_owned)];
    prop::collection::vec(part, 1..5).prop_map(|parts| parts.join(" "))
}

/// A document: bullets under headings, or plain sentences.
pub fn document() -> impl Strategy<Value = String> {
    let heading = prop::sample::select(
        &["", "", "Responsibilities", "Requirements", "About us", "Benefits", "Nice to have"][..],
    );
    prop::collection::vec((heading, prop::collection::vec(sentence(), 1..5)), 1..4).prop_map(|sections| {
        let mut text = String::new();
        for (heading, sentences) in sections {
            if !heading.is_empty() {
                text += &format!("\n## {heading}\n\n");
            }
            for sentence in sentences {
                text += &format!("- {sentence}\n");
            }
        }
        text
    })
}
