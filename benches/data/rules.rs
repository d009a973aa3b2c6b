//! Rule sets of plain phrases, drawn from the made texts, and regexes as analysts write them.

use std::collections::{BTreeMap, BTreeSet};

use outsort::core::inflect::exact_forms;
use outsort::core::pack::TextRules;
use outsort::core::phrase::parse;
use outsort::{Criterion, Leans, Pack, Rule, default_pack};

use super::random::Random;
use super::{Kind, Texts};

/// How many rules of phrases the sets have.
pub const SIZES: [usize; 3] = [600, 6_000, 60_000];

/// One a line; no two engines read any of them differently in ASCII texts, and none matches an empty text.
const REGEXES: &str = include_str!("regexes.txt");
/// Texts from which phrases are drawn.
const SAMPLE: usize = 20_000;
/// So many of the most frequent words are no rule alone.
const STOP_WORDS: usize = 100;
/// Chances of one to four words, of rules that fire often and of the others.
const LENGTHS: [[f64; 4]; 2] = [[0.34, 0.42, 0.16, 0.08], [0.02, 0.28, 0.38, 0.32]];

/// Rules as every engine takes them: exact words, one space apart, any letter case.
#[derive(Clone)]
pub struct RuleSet {
    /// Rules, those of regexes included.
    pub rules: u32,
    /// Number of the rule, and the phrase in lower case.
    pub phrases: Vec<(u32, String)>,
    /// Number of the rule, and the expression.
    pub regexes: Vec<(u32, String)>,
}

impl RuleSet {
    /// The set with this many rules of phrases, and a rule for each regex. Larger sets begin with the smaller.
    pub fn made(size: usize) -> RuleSet {
        let mut drawer = Drawer::new();
        let mut phrases = Vec::new();
        for rule in 0..size as u32 {
            let frequent = (rule as usize) < SIZES[0];
            let count = if frequent { 1 + drawer.random.below(4) } else { 1 };
            phrases.extend((0..count).map(|_| (rule, drawer.draw(frequent))));
        }
        let regexes = (size as u32..).zip(REGEXES.lines().map(str::to_owned));
        let regexes: Vec<(u32, String)> = regexes.collect();
        RuleSet { rules: size as u32 + regexes.len() as u32, phrases, regexes }
    }

    /// As a pack that reads texts word by word, no word being transparent; all else is the default pack's.
    pub fn pack(&self) -> Pack {
        let base = default_pack();
        let mut rules: Vec<Rule> = (0..self.rules).filter_map(blank).collect();
        for (rule, phrase) in &self.phrases {
            let exact: Vec<String> = phrase.split(' ').map(|word| format!("={word}")).collect();
            rules[*rule as usize].phrases.extend(parse(&exact.join(" ")).ok());
        }
        for (rule, regex) in &self.regexes {
            rules[*rule as usize].regexes.push(regex.clone());
        }
        Pack { rules, text: TextRules { transparent: Vec::new(), ..base.text.clone() }, ..base }
    }
}

/// A rule without patterns.
fn blank(number: u32) -> Option<Rule> {
    let criterion = Criterion::SIX[number as usize % 6];
    let leans = if number.is_multiple_of(2) { Leans::Bpo } else { Leans::Kpo };
    let phrase = parse("=none").ok()?;
    let rule = Rule::on_trial(format!("rule-{number}"), criterion, leans, phrase);
    Some(Rule { phrases: Vec::new(), weight: 0.5 + f64::from(number % 17) / 10.0, ..rule })
}

/// Draws phrases from made tasks.
struct Drawer {
    random: Random,
    tasks: Vec<Vec<String>>,
    /// Words from the most frequent down.
    words: Vec<String>,
    rank: BTreeMap<String, usize>,
    /// Stretches of one to four words, each once.
    types: [Vec<Vec<String>>; 4],
    drawn: BTreeSet<String>,
}

impl Drawer {
    fn new() -> Drawer {
        let texts = Texts::made(Kind::Tasks, SAMPLE).all;
        let words_of = |text: &String| text.to_ascii_lowercase().split(' ').map(str::to_owned).collect();
        let tasks: Vec<Vec<String>> = texts.iter().map(words_of).collect();
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for word in tasks.iter().flatten().filter(|word| usable(word)) {
            *counts.entry(word).or_default() += 1;
        }
        let mut words: Vec<(usize, &str)> = counts.into_iter().map(|(word, n)| (n, word)).collect();
        words.sort_by(|a, b| b.cmp(a));
        let words: Vec<String> = words.into_iter().map(|(_, word)| word.to_owned()).collect();
        let rank = words.iter().enumerate().map(|(rank, word)| (word.clone(), rank)).collect();
        let types = [1, 2, 3, 4].map(|length| {
            let all: BTreeSet<&[String]> = tasks.iter().flat_map(|task| task.windows(length)).collect();
            all.into_iter().map(<[String]>::to_vec).collect()
        });
        Drawer { random: Random::new(5), tasks, words, rank, types, drawn: BTreeSet::new() }
    }

    /// A phrase that is not drawn yet: one that stands in a text, those that stand in many rather; or, if it need not be
    /// frequent, any that occurs, half of them with a word changed.
    fn draw(&mut self, frequent: bool) -> String {
        loop {
            let length = self.length(LENGTHS[usize::from(!frequent)]);
            let words = if frequent { self.in_text(length) } else { Some(self.any(length)) };
            let Some(mut words) = words.filter(|words| self.tells(words)) else { continue };
            if !frequent && self.random.chance(0.5) {
                self.change(&mut words);
            }
            let phrase = words.join(" ");
            if self.drawn.insert(phrase.clone()) {
                return phrase;
            }
        }
    }

    fn length(&mut self, chances: [f64; 4]) -> usize {
        let mut draw = self.random.unit();
        let passes = |chance: &&f64| {
            draw -= **chance;
            draw >= 0.0
        };
        1 + chances.iter().take_while(passes).count().min(3)
    }

    fn in_text(&mut self, length: usize) -> Option<Vec<String>> {
        let task = &self.tasks[self.random.below(self.tasks.len())];
        let from = self.random.below(task.len());
        task.get(from..from + length).map(<[String]>::to_vec)
    }

    fn any(&mut self, length: usize) -> Vec<String> {
        self.random.pick::<Vec<String>>(&self.types[length - 1]).clone()
    }

    /// Whether all words are usable and at least one is not among the most frequent.
    fn tells(&self, words: &[String]) -> bool {
        let common = |word: &String| self.rank.get(word).is_none_or(|rank| *rank < STOP_WORDS);
        words.iter().all(|word| usable(word)) && !words.iter().all(common)
    }

    /// Puts another word or letter in one place, so that a phrase nearly matches.
    fn change(&mut self, words: &mut [String]) {
        let at = self.random.below(words.len());
        if self.random.chance(0.5) {
            let rank = self.random.rank(self.words.len());
            words[at].clone_from(&self.words[rank]);
            return;
        }
        let place = self.random.below(words[at].len());
        let letter = char::from(b'a' + self.random.below(26) as u8);
        let changed = format!("{}{letter}{}", &words[at][..place], &words[at][place + 1..]);
        if usable(&changed) {
            words[at] = changed;
        }
    }
}

/// Words that `outsort` and byte matchers read alike: letters, and the same in British and American spelling.
fn usable(word: &str) -> bool {
    (2..=24).contains(&word.len())
        && word.bytes().all(|b| b.is_ascii_lowercase())
        && exact_forms(word).len() == 1
}
