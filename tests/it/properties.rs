//! What must hold of every judgment, whatever the text.

use outsort::{Criterion, Leans, LogOdds, Part, Scratch, judge};
use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

use crate::ENGINE;
use crate::texts::{document, samples, sentence};

fn judged(text: &str) -> outsort::Judgment {
    ENGINE.explain(None, text).judgment
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn contributions_sum_exactly(text in document()) {
        let explained = ENGINE.explain(None, &text);
        let all = [&explained.judgment].into_iter().chain(explained.tasks.iter().map(|t| &t.judgment));
        for judgment in all {
            let six = |f: &&outsort::Fired| ENGINE.pack().rules[f.rule as usize].criterion != Criterion::Scope;
            let sum: LogOdds = judgment.fired.iter().filter(six).map(|f| f.contribution).sum();
            let evidence: LogOdds = judgment.fired.iter().filter(six).map(|f| f.contribution.abs()).sum();
            prop_assert_eq!(judgment.bias + sum, judgment.log_odds);
            prop_assert_eq!(judgment.criteria.iter().copied().sum::<LogOdds>(), sum);
            prop_assert_eq!(evidence, judgment.evidence);
            prop_assert!((0.0..=1.0).contains(&judgment.score()));
        }
    }

    #[test]
    fn a_text_said_twice_is_judged_as_once(text in document()) {
        let (once, twice) = (judged(&text), judged(&format!("{text}\n{text}")));
        prop_assert_eq!(once.log_odds, twice.log_odds);
        prop_assert_eq!(once.verdict, twice.verdict);
    }

    #[test]
    fn more_knowledge_work_never_lowers_the_score(text in document(), task in prop::sample::select(samples(Some(Leans::Kpo)))) {
        let alone = judged(&task);
        let pure = alone.fired.iter().all(|f| ENGINE.pack().rules[f.rule as usize].leans == Leans::Kpo);
        prop_assume!(pure);
        let (before, after) = (judged(&text), judged(&format!("{text}\n- {task}\n")));
        prop_assert!(after.log_odds >= before.log_odds, "{} {} {:?}", before.log_odds, after.log_odds, task);
    }

    #[test]
    fn letter_case_changes_nothing_but_acronyms(text in document()) {
        let (lower, upper) = (judged(&text.to_lowercase()), judged(&text.to_uppercase()));
        let acronyms = |j: &outsort::Judgment| {
            j.fired.iter().any(|f| !ENGINE.pack().rules[f.rule as usize].acronyms.is_empty())
        };
        prop_assume!(!acronyms(&upper) && !acronyms(&lower));
        prop_assert_eq!(lower, upper);
    }

    #[test]
    fn bullet_style_changes_nothing(text in document(), bullet in prop::sample::select(&["* ", "• ", "1. ", "a) ", "  - ", "– "][..])) {
        let styled: String = text.lines().map(|l| format!("{}\r\n", l.replacen("- ", bullet, usize::from(l.starts_with("- "))))).collect();
        prop_assert_eq!(judged(&text), judged(&styled));
    }

    #[test]
    fn unicode_form_changes_nothing(text in document()) {
        let text = text.replace('e', "é").replace("fi", "ﬁ");
        let decomposed: String = text.nfd().collect();
        prop_assert_eq!(judged(&text), judged(&decomposed));
        prop_assert_eq!(judged(&text), judged(&text.replace(' ', "\u{A0}").replace("-\u{A0}", "- ")));
    }

    #[test]
    fn hits_judged_again_give_the_same(text in document()) {
        let document = ENGINE.document(None, &text);
        let mut scratch = Scratch::default();
        let first = ENGINE.scan(&document, &mut scratch);
        let second = ENGINE.scan(&document, &mut scratch);
        prop_assert_eq!(&first, &second);
        prop_assert_eq!(judge(ENGINE.pack(), &first, Part::Whole), judge(ENGINE.pack(), &second, Part::Whole));
    }

    #[test]
    fn any_text_is_read_without_loss(text in "\\PC{0,200}|[ -~\n\t•#*:;.]{0,300}") {
        let explained = ENGINE.explain(None, &text);
        for task in &explained.tasks {
            prop_assert!(!explained.text(task).trim().is_empty());
        }
        let kept: usize = explained.tasks.iter().map(|t| t.span.len()).sum();
        prop_assert!(kept <= text.len());
    }

    #[test]
    fn a_flip_leads_where_it_says(text in sentence()) {
        let explained = ENGINE.explain(None, &text);
        for flip in &explained.flips {
            let mut pack = ENGINE.pack().clone();
            for rule in &flip.without {
                pack.rules[*rule as usize].weight = 0.0;
            }
            prop_assert_eq!(judge(&pack, &explained.hits, Part::Whole).verdict, flip.to);
        }
    }
}

#[test]
fn spelling_changes_nothing() {
    for (british, american) in [
        (
            "Analyse organisational behaviour and labour programmes",
            "Analyze organizational behavior and labor programs",
        ),
        ("Modelling the centre's licence catalogue", "Modeling the center's license catalog"),
        ("Summarise paediatric and orthopaedic judgements", "Summarize pediatric and orthopedic judgments"),
    ] {
        assert_eq!(judged(british), judged(american), "{british}");
    }
}
