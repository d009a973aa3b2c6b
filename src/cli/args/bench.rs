//! The options of the commands that work on labelled corpora.

use std::path::PathBuf;

use clap::{Args as ClapArgs, ValueHint};

use super::{ListFormat, PackArgs};

/// A labelled corpus, and where its fields are.
#[derive(Debug, ClapArgs)]
pub struct LabelledArgs {
    /// Labelled corpora; default: corpus/tasks.jsonl and corpus/documents.jsonl.
    #[arg(value_name = "CORPUS", value_hint = ValueHint::FilePath)]
    pub corpora: Vec<PathBuf>,
    /// Field that holds the label.
    #[arg(long, value_name = "FIELD", default_value = "label")]
    pub label: String,
    /// Field that holds the text.
    #[arg(long, value_name = "FIELD")]
    pub text: Option<String>,
    /// Field that holds the title.
    #[arg(long, value_name = "FIELD")]
    pub title: Option<String>,
    /// Use only records in which the field has the value; may be given several times.
    #[arg(long = "where", value_name = "FIELD=VALUE")]
    pub filter: Vec<String>,
}

const EVAL_EXAMPLES: &str = "\
Examples:
  outsort eval                                        this project's own corpus (run in its folder)
  outsort eval labelled.csv --label verdict --by team
  outsort eval corpus/tasks.jsonl --where split=test
  outsort eval labelled.jsonl --rules-table --rules my-rules
  outsort eval jobs.jsonl --against wage              rank correlation with a number
  outsort eval --format json >before.json; outsort eval --rules my-rules --baseline before.json
  outsort eval labelled.csv --report eval.html        and the same with its curves, to read and print
  outsort eval labelled.csv --rules my-rules --watch  figures and verdicts that move while you edit

Labels: BPO, mixed, KPO, out-of-scope (or OUT), in any letter case. `unclear` verdicts count as mixed.";

/// Measure verdicts against labels that people gave.
///
/// Accuracy, macro-F1, Matthews' correlation and AUC with 95% intervals, the confusion of labels and verdicts, risk
/// and coverage, calibration, what each criterion and kind of section is worth, the worst mistakes.
#[derive(Debug, ClapArgs)]
#[command(after_help = EVAL_EXAMPLES)]
pub struct Eval {
    #[command(flatten)]
    pub labelled: LabelledArgs,
    /// Measure each value of this field by itself, too.
    #[arg(long, value_name = "FIELD")]
    pub by: Option<String>,
    /// Correlate score and criteria with this numeric field.
    #[arg(long, value_name = "FIELD")]
    pub against: Option<String>,
    /// Show what the corpus says of every rule.
    #[arg(long)]
    pub rules_table: bool,
    /// Write the figures, curves and worst mistakes, their text marked, to this file, as HTML.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, conflicts_with = "watch")]
    pub report: Option<PathBuf>,
    /// Worst mistakes to show.
    #[arg(long, value_name = "N", default_value_t = 5)]
    pub mistakes: usize,
    /// Compare with an earlier run (a file written by --format json).
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub baseline: Option<PathBuf>,
    /// What to print: text or json.
    #[arg(long, value_name = "FORMAT", default_value = "text", hide_possible_values = true)]
    pub format: ListFormat,
    /// Measure again whenever a file of the pack or the corpus changes, and print what that changed; Ctrl-C ends.
    #[arg(long)]
    pub watch: bool,
    #[command(flatten)]
    pub pack: PackArgs,
}
