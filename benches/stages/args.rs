//! The options of `stages`.

use std::path::PathBuf;

use crate::data::{Kind, SIZES, Texts};

/// What `--help` says.
pub const HELP: &str = "\
How fast each stage of outsort is, on made texts and packs or on yours.

Usage: cargo bench --bench stages -- [JOB] [OPTIONS]

Jobs:
  (none)                  compile, match, scan, judge, explain, end to end, re-score; at 600, 6,000 and 60,000 rules
  digest                  a hash over every record, with spans, of corpus/ and of made texts: equal before and after
                          a change that must not change any result
  profile STAGE [PASSES]  one stage over and over, for a profiler: match, read, scan, judge, explain
  write FOLDER            the made texts as files: tasks.jsonl, ads.jsonl (what the peers and process measures read)

Options:
  --text FILE   instead of made texts: `text` of each record of FILE.jsonl, or each line of any other file
  --size N      only the pack of N rules (600, 6000 or 60000); 0: only the shipped pack
  --kind KIND   only tasks or ads
  --json FILE   append the figures as JSON lines
  --quick       shorter rounds";

/// What to do.
pub enum Job {
    Help,
    Measure,
    Digest,
    Profile { stage: Stage, passes: usize },
    Write(PathBuf),
}

/// Parts of a judgment that can be run alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The set of rules in each text.
    Match,
    /// Text to sections and tasks.
    Read,
    /// Documents to hits.
    Scan,
    /// Hits to judgments.
    Judge,
    /// All of it, with reasons.
    Explain,
}

impl Stage {
    /// Every stage.
    pub const ALL: [Stage; 5] = [Stage::Match, Stage::Read, Stage::Scan, Stage::Judge, Stage::Explain];

    /// The word for the command line and tables.
    pub fn name(self) -> &'static str {
        match self {
            Stage::Match => "match",
            Stage::Read => "read",
            Stage::Scan => "scan",
            Stage::Judge => "judge",
            Stage::Explain => "explain",
        }
    }
}

/// The command line.
pub struct Args {
    pub job: Job,
    pub text: Option<PathBuf>,
    /// Sizes of packs; 0 is the shipped one.
    pub sizes: Vec<usize>,
    pub kinds: Vec<Kind>,
    pub json: Option<String>,
    pub quick: bool,
}

impl Args {
    /// Reads the command line.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn read(words: impl Iterator<Item = String>) -> Result<Args, String> {
        let mut args = Args {
            job: Job::Measure,
            text: None,
            sizes: [0].into_iter().chain(SIZES).collect(),
            kinds: vec![Kind::Tasks, Kind::Ads],
            json: None,
            quick: false,
        };
        // Cargo itself adds `--bench`.
        let mut words = words.filter(|word| word != "--bench");
        while let Some(word) = words.next() {
            let mut value = || words.next().ok_or_else(|| format!("{word} needs a value; see --help"));
            match word.as_str() {
                "--help" | "-h" => args.job = Job::Help,
                "--quick" => args.quick = true,
                "--json" => args.json = Some(value()?),
                "--text" => (args.text, args.kinds) = (Some(value()?.into()), vec![Kind::File]),
                "--size" => args.sizes = vec![size(&value()?)?],
                "--kind" => args.kinds = vec![kind(&value()?)?],
                "digest" => args.job = Job::Digest,
                "write" => args.job = Job::Write(value()?.into()),
                "profile" => args.job = Job::Profile { stage: stage(&value()?)?, passes: 1 },
                _ => match (&mut args.job, word.parse()) {
                    (Job::Profile { passes, .. }, Ok(number)) => *passes = number,
                    _ => return Err(format!("what is `{word}`? See --help")),
                },
            }
        }
        Ok(args)
    }

    /// The texts to measure: made ones of a kind, or those of the file that was named.
    ///
    /// # Errors
    /// The file that was named can't be used.
    pub fn texts(&self, kind: Kind) -> Result<Texts, String> {
        match &self.text {
            Some(path) => Texts::read(path),
            None => Ok(Texts::made(kind, kind.count())),
        }
    }
}

fn size(word: &str) -> Result<usize, String> {
    let known = word.parse().ok().filter(|size| *size == 0 || SIZES.contains(size));
    known.ok_or_else(|| {
        format!("--size {word}: there are packs of 600, 6000 and 60000 rules, and 0, the shipped one")
    })
}

fn kind(word: &str) -> Result<Kind, String> {
    let known = [Kind::Tasks, Kind::Ads].into_iter().find(|kind| kind.name() == word);
    known.ok_or_else(|| format!("--kind {word}: there are tasks and ads"))
}

fn stage(word: &str) -> Result<Stage, String> {
    let known = Stage::ALL.into_iter().find(|stage| stage.name() == word);
    known.ok_or_else(|| format!("profile {word}: there are match, read, scan, judge and explain"))
}
