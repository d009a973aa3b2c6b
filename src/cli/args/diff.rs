//! The options of `diff`.

use clap::{Args as ClapArgs, ValueEnum};

use super::{LabelledArgs, PageFormat};

const DIFF_EXAMPLES: &str = "\
Examples:
  outsort diff default my-rules corpus/tasks.jsonl        your pack against the built-in one
  outsort diff HEAD~1:rules rules tasks.jsonl             the last commit against the files here
  outsort diff main:rules rules tasks.jsonl --format md   a table for a pull request
  outsort diff default my-rules tasks.csv --label verdict --fail-on regress

A pack is a folder, the word `default` (the pack built into the program), or a folder in a git revision: REV:PATH,
with PATH from the top of the repository (REV:./PATH: from here).

A document is put down to the change without which its verdict would have stayed: each change is taken back alone.
Exit codes: 0 done; 1 what --fail-on names; 2 usage; 3 bad pack; 4 bad input.";

/// Show which verdicts move between two packs, and which change moved each.
///
/// Works on any corpus. Where documents have labels, moves are told apart: mended, broken or neither.
#[derive(Debug, ClapArgs)]
#[command(after_help = DIFF_EXAMPLES)]
pub struct Diff {
    /// The pack before: a folder, `default`, or REV:PATH.
    #[arg(value_name = "OLD")]
    pub old: String,
    /// The pack after.
    #[arg(value_name = "NEW")]
    pub new: String,
    #[command(flatten)]
    pub labelled: LabelledArgs,
    /// Documents to show for each change.
    #[arg(long, value_name = "N", default_value_t = 3)]
    pub show: usize,
    /// Show every change and every document that moves.
    #[arg(long)]
    pub all: bool,
    /// End with exit code 1 if a labelled document that was right is now wrong (regress), or if any verdict moves (any).
    #[arg(long, value_name = "WHAT", hide_possible_values = true)]
    pub fail_on: Option<FailOn>,
    /// What to print: text, md or json (every move, whatever --show).
    #[arg(long, value_name = "FORMAT", default_value = "text", hide_possible_values = true)]
    pub format: PageFormat,
}

/// What makes `diff` end with exit code 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    /// A labelled document that was right is now wrong.
    Regress,
    /// Any verdict moves.
    Any,
}
