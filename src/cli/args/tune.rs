//! The options of `tune`.

use std::path::PathBuf;

use clap::{Args as ClapArgs, ValueEnum, ValueHint};

use super::{LabelledArgs, PackArgs};

const TUNE_EXAMPLES: &str = "\
Examples:
  outsort tune labelled.csv --rules my-rules                     what would change, and what it would do
  outsort tune labelled.csv --rules my-rules --write             and change it
  outsort tune labelled.csv --rules my-rules --format patch | git apply
  outsort tune tasks.jsonl --group occupation --precision 0.97 --out tuned-rules
  outsort tune corpus/tasks.jsonl --where split=train --by function

A rule never changes sides: its weight can sink to 0 and no further. Texts that stand twice count once. Weights move
only so far that BPO and KPO are told apart no worse on any held-out fold (--bold: as far as the labels say).
All of it is repeatable: the same corpus, pack and --seed give the same files.";

/// Fit weights and thresholds to labels; print the change as a patch.
///
/// Fits the weights of rules and criteria, the numbers of [scoring] and the thresholds of [verdict] to labelled
/// documents. A prior holds every weight to its author's; how strongly is chosen by cross-validation. The figures
/// before and after are of documents that were held out. Comments, order and formatting of the files stay.
#[derive(Debug, ClapArgs)]
#[command(after_help = TUNE_EXAMPLES)]
pub struct Tune {
    #[command(flatten)]
    pub labelled: LabelledArgs,
    /// Keep records that share this field on one side of every fold.
    #[arg(long, value_name = "FIELD")]
    pub group: Option<String>,
    /// Show what the change does to each value of this field.
    #[arg(long, value_name = "FIELD")]
    pub by: Option<String>,
    /// Field that says how much a record counts; default: 1 each.
    #[arg(long, value_name = "FIELD")]
    pub count: Option<String>,
    /// Set the thresholds so that this share of the verdicts BPO and KPO is right, 0.5 to 1; default: most right
    /// among all labels.
    #[arg(long, value_name = "SHARE", value_parser = share)]
    pub precision: Option<f64>,
    /// Folds that are held out in turn.
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = clap::value_parser!(u16).range(2..=100))]
    pub folds: u16,
    /// Deals the folds; another number deals others.
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
    /// Rules that fire in fewer texts keep their weight.
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub thin: usize,
    /// Take the likeliest weights even if a held-out fold is decided worse than by the author's.
    #[arg(long)]
    pub bold: bool,
    /// Propose weight 0 for rules that earn nothing.
    #[arg(long)]
    pub prune: bool,
    /// Change the pack's files (needs --rules).
    #[arg(long, conflicts_with = "out")]
    pub write: bool,
    /// Write the changed pack to this folder, which must not exist or be empty.
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub out: Option<PathBuf>,
    /// Show every change and every document whose verdict flips.
    #[arg(long)]
    pub all: bool,
    /// What to print: text, patch or json.
    #[arg(long, value_name = "FORMAT", default_value = "text", hide_possible_values = true)]
    pub format: PatchFormat,
    #[command(flatten)]
    pub pack: PackArgs,
}

fn share(text: &str) -> Result<f64, String> {
    match text.parse() {
        Ok(share) if (0.5..=1.0).contains(&share) => Ok(share),
        _ => Err("allowed: 0.5 to 1, say 0.97".into()),
    }
}

/// What `tune` prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum PatchFormat {
    /// A report for people, the patch at its end.
    Text,
    /// The patch alone.
    Patch,
    /// Everything, for programs.
    Json,
}
