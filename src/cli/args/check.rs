//! The options of `rules check`.

use std::path::PathBuf;

use clap::{Args as ClapArgs, ValueHint};

use super::{LabelledArgs, ListFormat, PackArgs};

const CHECK_EXAMPLES: &str = "\
Examples:
  outsort rules check --rules my-rules                                 every mistake, with its place
  outsort rules check --rules my-rules --corpus corpus/tasks.jsonl     and what real texts tell of the rules
  outsort rules check --rules my-rules --corpus tasks.csv --only shadowed-rule --only over-broad
  outsort rules check --rules my-rules --only subsumed-phrase          a closer look without a corpus
  outsort rules check --rules my-rules --corpus tasks.csv --fix        remove what is needless, and nothing else

Notes (severity below warning) are counted; --only CODE shows them. docs/diagnostics.md explains every code.
Exit codes: 0 done; 1 errors (with --strict: or warnings); 2 usage; 4 bad input.";

/// Report every mistake in a pack; with --corpus, also rules that are dead, double, too broad or at odds.
#[derive(Debug, ClapArgs)]
#[command(after_help = CHECK_EXAMPLES)]
pub struct Check {
    /// Hold the rules against these documents, too; labels are used where there are any.
    #[arg(long, value_name = "CORPUS", num_args = 1.., value_hint = ValueHint::FilePath)]
    pub corpus: Vec<PathBuf>,
    /// Field that holds the label.
    #[arg(long, value_name = "FIELD", default_value = "label", requires = "corpus")]
    pub label: String,
    /// Field that holds the text.
    #[arg(long, value_name = "FIELD", requires = "corpus")]
    pub text: Option<String>,
    /// Field that holds the title.
    #[arg(long, value_name = "FIELD", requires = "corpus")]
    pub title: Option<String>,
    /// Use only records in which the field has the value; may be given several times.
    #[arg(long = "where", value_name = "FIELD=VALUE", requires = "corpus")]
    pub filter: Vec<String>,
    /// Show only findings with this code; may be given several times.
    #[arg(long, value_name = "CODE")]
    pub only: Vec<String>,
    /// Remove phrases that another phrase of the same rule makes needless, once it is sure that no hit changes in the
    /// rules' examples and the corpus; prints the change.
    #[arg(long, conflicts_with_all = ["format", "only", "strict"])]
    pub fix: bool,
    /// With --fix: print the change, and write nothing.
    #[arg(long, requires = "fix")]
    pub dry_run: bool,
    /// What to print: text or json.
    #[arg(long, value_name = "FORMAT", default_value = "text", hide_possible_values = true)]
    pub format: ListFormat,
    /// End with exit code 1 on warnings, too.
    #[arg(long)]
    pub strict: bool,
    #[command(flatten)]
    pub pack: PackArgs,
}

impl Check {
    /// The corpus, as the commands on corpora take it.
    pub fn labelled(&self) -> LabelledArgs {
        LabelledArgs {
            corpora: self.corpus.clone(),
            label: self.label.clone(),
            text: self.text.clone(),
            title: self.title.clone(),
            filter: self.filter.clone(),
        }
    }
}
