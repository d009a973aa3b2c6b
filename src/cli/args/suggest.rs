//! The options of `suggest`.

use std::path::PathBuf;

use clap::{Args as ClapArgs, ValueEnum, ValueHint};
use outsort::Leans;

use super::{LabelledArgs, PackArgs};

const EXAMPLES: &str = "\
Examples:
  outsort suggest corpus/tasks.jsonl --where split=train
  outsort suggest labelled.csv --label verdict --leans KPO -n 40
  outsort suggest adverts.jsonl --self                     without labels: learn from sure verdicts
  outsort suggest labelled.jsonl --rules my-rules --format toml >stubs.toml
  outsort suggest labelled.jsonl --append my-rules/focus.toml

Labels: BPO, mixed, KPO, out-of-scope (or OUT), in any letter case.";

/// Suggest phrases that the pack lacks, as rule stubs.
///
/// Finds words and phrases that tell BPO from KPO, and out-of-scope from the rest, where no rule explains the label
/// yet; each with the documents that show it, its precision, sentences, the criterion that it probably belongs to,
/// the nearest existing rule and a rule stub. Phrases of one idea come as one.
#[derive(Debug, ClapArgs)]
#[command(after_help = EXAMPLES)]
pub struct Suggest {
    #[command(flatten)]
    pub labelled: LabelledArgs,
    /// Suggestions to show.
    #[arg(short = 'n', long, value_name = "N", default_value_t = 20)]
    #[arg(value_parser = clap::value_parser!(u16).range(1..=1000))]
    pub top: u16,
    /// Documents that must show a phrase.
    #[arg(long, value_name = "N", default_value_t = 5)]
    #[arg(value_parser = clap::value_parser!(u32).range(2..))]
    pub min_documents: u32,
    /// Only phrases that lean this way: BPO, KPO, out-of-scope or in-scope; may be given several times.
    #[arg(long, value_name = "POLE", value_parser = leans)]
    pub leans: Vec<Leans>,
    /// Take the verdicts that the pack is sure of for labels; mixed, unclear and doubtful ones are left out.
    #[arg(long = "self")]
    pub own_labels: bool,
    /// Append the stubs that belong to this criterion file of a pack; its folder is the pack unless --rules says so.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub append: Option<PathBuf>,
    /// What to print: text, json or toml (the stubs).
    #[arg(long, value_name = "FORMAT", default_value = "text", hide_possible_values = true)]
    pub format: SuggestFormat,
    #[command(flatten)]
    pub pack: PackArgs,
}

/// What `suggest` prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SuggestFormat {
    /// A page for people.
    Text,
    /// Everything, for programs.
    Json,
    /// The stubs, by criterion.
    Toml,
}

fn leans(text: &str) -> Result<Leans, String> {
    let known = Leans::ALL.into_iter().find(|leans| leans.name().eq_ignore_ascii_case(text));
    known.ok_or_else(|| format!("allowed: {}", Leans::ALL.map(Leans::name).join(", ")))
}
