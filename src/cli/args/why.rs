//! The options of `why`.

use std::path::PathBuf;

use clap::{Args as ClapArgs, ValueHint};

use super::{ListFormat, PackArgs};

const WHY_EXAMPLES: &str = "\
Examples:
  outsort why act-exercise-judgment job.md
  echo 'Answer a great many of the calls.' | outsort why answer-routine-questions -
  outsort why act-exercise-judgment --corpus corpus/tasks.jsonl --label
  outsort why act-exercise-judgment --corpus corpus/tasks.jsonl --where function=claims --near 10
  outsort why my-rule job.md --rules my-rules && echo it fires

Under a quoted text, `^` marks words that match, `?` what stands where a word is missing.
Exit code: 0 if the rule counts in every document, 1 if not.";

/// Say why a rule fires or not: in documents, or over a corpus.
///
/// Where it fires: the phrase that matched, the words, what bends their force, and whether and how much they count.
/// Where it does not: for each phrase the place that comes nearest, the first element that fails, and what stands
/// there instead. Over a corpus: what silences it, which element of each phrase fails most often, and the documents
/// that are one step short.
#[derive(Debug, ClapArgs)]
#[command(after_help = WHY_EXAMPLES)]
pub struct Why {
    /// Id of the rule.
    #[arg(value_name = "RULE")]
    pub rule: String,
    /// Documents to look at; `-` is standard input.
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub files: Vec<PathBuf>,
    /// Look at a whole corpus instead; may be given several times.
    #[arg(long = "corpus", value_name = "CORPUS", value_hint = ValueHint::AnyPath, conflicts_with = "files")]
    pub corpora: Vec<PathBuf>,
    /// The title, if the file does not begin with it.
    #[arg(long, value_name = "TEXT", conflicts_with = "corpora")]
    pub title: Option<String>,
    /// Split the counts over a corpus by this field's labels.
    #[arg(long, value_name = "FIELD", num_args = 0..=1, default_missing_value = "label", requires = "corpora")]
    pub label: Option<String>,
    /// Field of the corpus that holds the text.
    #[arg(long, value_name = "FIELD", requires = "corpora")]
    pub text: Option<String>,
    /// Use only records of the corpus in which the field has the value; may be given several times.
    #[arg(long = "where", value_name = "FIELD=VALUE", requires = "corpora")]
    pub filter: Vec<String>,
    /// Documents of a corpus to show for each phrase that are one step short.
    #[arg(long, value_name = "N", default_value_t = 3)]
    pub near: usize,
    /// Show every phrase, not only those that come nearest.
    #[arg(long)]
    pub all: bool,
    /// What to print: text or json.
    #[arg(long, value_name = "FORMAT", default_value = "text", hide_possible_values = true)]
    pub format: ListFormat,
    #[command(flatten)]
    pub pack: PackArgs,
}
