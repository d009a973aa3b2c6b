//! The command line, inert: what users may write, and nothing that acts on it.

mod bench;
mod check;
mod diff;
mod limits;
mod rules;
mod score;
mod shard;
mod suggest;
mod tables;
mod teach;
mod tune;
mod why;

use std::path::PathBuf;

use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum, ValueHint};
use outsort::Verdict;

pub use bench::{Eval, LabelledArgs};
pub use check::Check;
pub use diff::{Diff, FailOn};
pub use limits::LimitArgs;
pub use rules::{Rules, SchemaOf};
pub use score::{CorpusFormat, DetailArg, Score};
pub use shard::Shard;
pub use suggest::{Suggest, SuggestFormat};
pub use tables::{ColumnArgs, ReadArgs};
pub use teach::Teach;
pub use tune::{PatchFormat, Tune};
pub use why::Why;

use super::paint::Colour;

/// Places task and job descriptions on the spectrum from BPO to KPO, and shows which rules decided.
///
/// BPO (business process outsourcing): structured, scripted, high-volume work. KPO (knowledge process
/// outsourcing): specialised knowledge applied with judgment. The answer is a position between the two.
#[derive(Debug, Parser)]
#[command(name = "outsort", version, propagate_version = true, max_term_width = 100, after_help = TOP_EXAMPLES)]
pub struct Args {
    /// When to use colour.
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", hide_possible_values = true)]
    #[arg(help = "When to use colour: auto, always or never")]
    pub colour: Colour,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

const TOP_EXAMPLES: &str = "\
Examples:
  outsort classify job.md                  one job description, explained
  outsort score tasks.jsonl -o out.csv     a whole corpus
  outsort rules init my-rules              copy the rules out to edit them

Exit codes: 0 done; 1 findings (rules check, rules test, --expect); 2 usage; 3 bad pack; 4 bad input;
70 a fault of the program; 130 interrupted (Ctrl-C, SIGTERM).";

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Judge job descriptions and explain the verdicts.
    Classify(Classify),
    /// Judge every document of a corpus.
    Score(Score),
    /// Browse, copy, check and test rules.
    #[command(subcommand)]
    Rules(Rules),
    /// Measure verdicts against labels that people gave.
    Eval(Eval),
    /// Say why a rule fires or not: in documents, or over a corpus.
    Why(Why),
    /// Fit weights and thresholds to labels; print the change as a patch.
    Tune(Tune),
    /// Turn a misjudged document into a case: who is to blame, what would mend it.
    Teach(Teach),
    /// Show which verdicts move between two packs, and which change moved each.
    Diff(Diff),
    /// Suggest phrases that the pack lacks, as rule stubs.
    Suggest(Suggest),
    /// Print shell completions.
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
    /// Print the manual page.
    Man {
        /// The command whose page is wanted, say `score`; default: the main page.
        command: Option<String>,
    },
}

/// Where the rules come from.
#[derive(Clone, Debug, ClapArgs)]
pub struct PackArgs {
    /// Use the pack in this folder instead of the default one.
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub rules: Option<PathBuf>,
}

const CLASSIFY_EXAMPLES: &str = "\
Examples:
  outsort classify job.md
  outsort classify --flip job.md                  what would reverse the verdict
  outsort classify jobs/*.docx jobs/*.pdf         a table of many
  pbpaste | outsort classify -                    from standard input
  outsort classify --expect KPO job.md            a check for scripts: exit code 1 if not
  outsort classify --format html job.md >job.html a report to read, print and send
  outsort classify --format json job.md | jq .    everything";

/// Judge job descriptions and explain the verdicts.
///
/// Reads plain text, Markdown, HTML, Word (.docx), PDF, OpenDocument (.odt), RTF and e-mails (.eml); the content
/// tells which. One file gives a page: the verdict, the position, the six criteria, the split by task and the
/// evidence. Several files give a table.
#[derive(Debug, ClapArgs)]
#[command(after_help = CLASSIFY_EXAMPLES)]
pub struct Classify {
    /// Files to judge; `-` is standard input.
    #[arg(required = true, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub files: Vec<PathBuf>,
    /// The title, if the file does not begin with it.
    #[arg(long, value_name = "TEXT")]
    pub title: Option<String>,
    /// What to print: text, md, html or json.
    #[arg(long, value_name = "FORMAT", default_value = "text", hide_possible_values = true)]
    pub format: DocumentFormat,
    /// Show the smallest change of evidence that would give another verdict.
    #[arg(long)]
    pub flip: bool,
    /// Show every task and all evidence, not the most telling part.
    #[arg(long)]
    pub all: bool,
    /// Print the full page for each of several files, not a table.
    #[arg(long)]
    pub pages: bool,
    /// End with exit code 1 if a verdict is another: BPO, mixed, KPO, unclear or out-of-scope.
    #[arg(long, value_name = "VERDICT", value_parser = verdict)]
    pub expect: Option<Verdict>,
    #[command(flatten)]
    pub limits: LimitArgs,
    #[command(flatten)]
    pub pack: PackArgs,
}

fn verdict(text: &str) -> Result<Verdict, String> {
    let known = Verdict::ALL.into_iter().find(|v| v.name().eq_ignore_ascii_case(text));
    known.ok_or_else(|| format!("allowed: {}", Verdict::ALL.map(Verdict::name).join(", ")))
}

/// What `classify` prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DocumentFormat {
    /// A page for people.
    Text,
    /// The page in Markdown.
    Md,
    /// A report of one file, for browsers and printers.
    Html,
    /// Everything, for programs.
    Json,
}

/// What `diff` prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum PageFormat {
    /// A page for people.
    Text,
    /// The page in Markdown.
    Md,
    /// Everything, for programs.
    Json,
}

/// What `rules list` and `rules check` print.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ListFormat {
    /// For people.
    Text,
    /// For programs.
    Json,
}
