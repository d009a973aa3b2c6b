//! Tasks of about 100 bytes and advertisements of about 4 KB, made from the sentences of `corpus/`.
//!
//! Sentences are cut before their prepositions and conjunctions, the pieces strung together anew, and some words
//! replaced by rare ones, so that there are tens of thousands of different texts and caches are as cold as in life.

use super::plain::{plain, plain_words};
use super::random::Random;

/// Words that a piece may begin with.
const LINKS: &[&str] = &[
    "and", "or", "to", "for", "with", "of", "in", "on", "from", "by", "at", "under", "against", "before",
    "after", "when", "using", "through", "as", "that", "which", "while", "if", "so", "into", "between",
    "across", "until", "about",
];
/// What advertisements ask for; tasks, too, now and then.
const ASKED: &[&str] = &[
    "with 5+ years of experience in the field",
    "with at least 3 years of experience",
    "holding CFA level II or CFA level III",
    "with a bachelors degree in finance or a related field",
    "with a masters degree in statistics",
    "at 45 words per minute with 98% accuracy",
    "handling 60 calls per day",
    "within 24 hours",
    "within 2 business days",
    "for a Fortune 500 company",
    "in English and German",
    "on rotational night shifts, 9 hours a day",
    "of up to $25,000",
    "with strong communication skills",
    "with working knowledge of SQL and Python",
    "reporting to the senior manager",
    "with an average handling time of 420 seconds",
    "under US GAAP and IFRS",
    "ensuring 95% quality scores",
    "for Tier 1 and Tier 2 tickets",
];
const HEADINGS: [&[&str]; 3] = [
    &["Responsibilities", "Key duties", "What you will do", "Day to day"],
    &["Requirements", "Qualifications", "What we are looking for", "Your profile"],
    &["Benefits", "What we offer", "Pay"],
];
/// Rare words that texts may hold.
const RARE: usize = 40_000;
/// Of the words that are long enough, how many are replaced by rare ones.
const RARE_SHARE: f64 = 0.05;

/// Pieces of sentences.
pub struct Pieces {
    openings: Vec<String>,
    links: Vec<String>,
    rare: Vec<String>,
}

impl Pieces {
    /// The pieces of `corpus/tasks.jsonl` and `corpus/documents.jsonl`, given as text.
    pub fn of(corpora: &[&str]) -> Pieces {
        let mut pieces = Pieces { openings: Vec::new(), links: Vec::new(), rare: Vec::new() };
        for line in corpora.iter().flat_map(|corpus| corpus.lines()) {
            let record: serde_json::Value = serde_json::from_str(line).unwrap_or_default();
            let text = record["text"].as_str().unwrap_or_default();
            for sentence in text.lines().flat_map(|line| line.split_inclusive(". ")) {
                let bare = sentence.trim_matches(|c: char| !c.is_alphanumeric());
                pieces.cut(&plain_words(bare));
            }
        }
        pieces.make_rare(&mut Random::new(3));
        pieces
    }

    fn cut(&mut self, sentence: &str) {
        let words: Vec<&str> = sentence.split(' ').collect();
        if !(4..=40).contains(&words.len()) {
            return;
        }
        let mut from = 0;
        for at in 2..=words.len() {
            let ends = at == words.len() || (at - from >= 2 && LINKS.contains(&words[at]));
            if ends {
                let piece =
                    words[from..at].join(" ").trim_end_matches([',', ';', ':', '!', '(', ' ']).to_owned();
                let pool = if from == 0 { &mut self.openings } else { &mut self.links };
                pool.push(piece);
                from = at;
            }
        }
    }

    /// Words that look like words: the beginning of one and the end of another.
    fn make_rare(&mut self, random: &mut Random) {
        let long = |word: &&str| word.len() >= 7 && word.bytes().all(|b| b.is_ascii_lowercase());
        let words: Vec<&str> = self.links.iter().flat_map(|piece| piece.split(' ')).filter(long).collect();
        let mut rare = Vec::with_capacity(RARE);
        while rare.len() < RARE {
            let (head, tail) = (random.pick(&words), random.pick(&words));
            rare.push(format!(
                "{}{}",
                &head[..3 + random.below(3)],
                &tail[tail.len() - 3 - random.below(3)..]
            ));
        }
        self.rare = rare;
    }

    /// A task of about 100 bytes.
    pub fn task(&self, random: &mut Random) -> String {
        let target = 55 + random.below(75);
        let mut task = random.pick(&self.openings).clone();
        while task.len() < target {
            task.push(' ');
            let asked = random.chance(0.04);
            task.push_str(if asked {
                random.pick::<&str>(ASKED)
            } else {
                random.pick::<String>(&self.links)
            });
        }
        self.spice(&task, random)
    }

    fn spice(&self, task: &str, random: &mut Random) -> String {
        let mut out = String::with_capacity(task.len() + 8);
        for word in task.split(' ') {
            if !out.is_empty() {
                out.push(' ');
            }
            let long = word.len() >= 6 && word.bytes().all(|b| b.is_ascii_lowercase());
            let rare = long && random.chance(RARE_SHARE);
            out.push_str(if rare { &self.rare[random.rank(RARE)] } else { word });
        }
        out
    }

    /// An advertisement of about 4 KB: a title, paragraphs and bullets under headings.
    pub fn ad(&self, random: &mut Random) -> String {
        let mut ad = format!(
            "Senior {} {}\n\n",
            random.pick(&self.rare),
            random.pick(&["Analyst", "Associate", "Clerk"])
        );
        for _ in 0..3 {
            ad.push_str(&self.task(random));
            ad.push_str(". ");
        }
        for (kind, headings) in HEADINGS.iter().enumerate() {
            ad.push_str(&format!("\n\n{}\n", random.pick(headings)));
            let bullets = [20 + random.below(8), 7 + random.below(5), 2][kind];
            for _ in 0..bullets {
                let asked = if kind == 1 && random.chance(0.3) { random.pick(ASKED) } else { "" };
                ad.push_str(&format!("- {} {asked}\n", self.task(random)));
            }
        }
        plain(&ad)
    }
}
