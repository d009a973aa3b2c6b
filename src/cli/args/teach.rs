//! The options of `teach`.

use std::path::PathBuf;

use clap::{Args as ClapArgs, ValueHint};
use outsort::Verdict;

use super::{LabelledArgs, ListFormat, PackArgs};

const TEACH_EXAMPLES: &str = "\
Examples:
  outsort teach job.md --expect KPO                                who is to blame, what would mend it
  outsort teach job.md --expect KPO labelled.jsonl --rules my-rules   and what that does to other documents
  outsort teach job.md --expect KPO --append labelled.jsonl        keep it as a case
  outsort teach task.txt --expect BPO --example mail-and-filing --rules my-rules

Nothing is changed but what --append and --example name; change weights in the rule files, or let `tune` do it.";

/// Turn a misjudged document into a case: which rules led astray, and what would mend it.
///
/// Shows the rules most responsible, the smallest changes of weight that give the expected verdict, the document's
/// own phrases that no rule reads, and what each would do to the documents of a corpus.
#[derive(Debug, ClapArgs)]
#[command(after_help = TEACH_EXAMPLES)]
pub struct Teach {
    /// The misjudged document; `-` is standard input.
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub file: PathBuf,
    /// The right verdict: BPO, mixed, KPO or out-of-scope.
    #[arg(long, value_name = "VERDICT", value_parser = super::verdict)]
    pub expect: Verdict,
    /// The title, if the file does not begin with it.
    #[arg(long = "document-title", value_name = "TEXT")]
    pub document_title: Option<String>,
    #[command(flatten)]
    pub labelled: LabelledArgs,
    /// Append the document, with its label, to this corpus (JSON lines).
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub append: Option<PathBuf>,
    /// Add the document's text to the examples on which this rule must fire (needs --rules).
    #[arg(long, value_name = "RULE")]
    pub example: Option<String>,
    /// Remedies and phrases to show.
    #[arg(long, value_name = "N", default_value_t = 8)]
    pub show: usize,
    /// What to print: text or json.
    #[arg(long, value_name = "FORMAT", default_value = "text", hide_possible_values = true)]
    pub format: ListFormat,
    #[command(flatten)]
    pub pack: PackArgs,
}
