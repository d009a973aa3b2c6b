//! The command line, inert: what users may write, and nothing that acts on it.

mod bench;
mod check;
mod diff;
mod limits;
mod shard;
mod suggest;
mod tables;
mod teach;
mod tune;
mod why;

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum, ValueHint};
use outsort::Verdict;

pub use bench::{Eval, LabelledArgs};
pub use check::Check;
pub use diff::{Diff, FailOn};
pub use limits::LimitArgs;
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

const SCORE_EXAMPLES: &str = "\
Examples:
  outsort score tasks.jsonl                           JSON lines to standard output
  outsort score jobs.csv --text Description --id Ref -o scored.csv
  outsort score 'Task Statements.txt' --from tsv --group 'O*NET-SOC Code' --text Task
  outsort score adverts/ -o adverts.jsonl             a folder of documents
  outsort score jobs.xlsx --sheet 2024 --keep -o scored.parquet
  outsort score 'data/**/*.csv' --encoding windows-1252 --fields id,verdict,score -o all.csv
  zcat big.jsonl.gz | outsort score - --explain none  verdicts only
  outsort score big.jsonl -o out.jsonl.gz --resume    go on where an earlier run was stopped or killed
  outsort score big.jsonl -o part-3.jsonl --shard 3/8 --summary part-3.json
                                                      one of eight jobs; `cat part-?.jsonl` is the whole
  outsort score jobs.csv -o scored.csv --report jobs.html --report-by team
                                                      and a report to read and print

Fields that are not named are looked for under usual names (text, description, …; id; title).";

/// Judge every document of a corpus.
///
/// Reads JSON lines and lists, CSV, TSV and plain text (a document a line), each also compressed (.gz, .zst),
/// sheets (.xlsx, .ods, .xls), Parquet, Arrow, and folders of documents (text, HTML, Word, PDF, OpenDocument, RTF,
/// e-mails) or of tables. Records that can't be judged are rejected with their line and the reason; the rest
/// goes on.
///
/// With -o, results are written to FILE.partial and renamed when they are complete; FILE.checkpoint says how
/// far they are. After Ctrl-C, a crash or a full disk, the same command with --resume goes on from there, and
/// the result is the same to the byte.
#[derive(Clone, Debug, ClapArgs)]
#[command(after_help = SCORE_EXAMPLES)]
pub struct Score {
    /// Files, folders or patterns ('*.csv') to judge; `-` is standard input.
    #[arg(required = true, value_name = "CORPUS", value_hint = ValueHint::AnyPath)]
    pub corpora: Vec<PathBuf>,
    /// Format of the input, if its name does not tell: jsonl, csv, tsv, txt, sheet, parquet or arrow.
    #[arg(long, value_name = "FORMAT", hide_possible_values = true)]
    pub from: Option<CorpusFormat>,
    /// Field that holds the text; a.b is field b inside field a.
    #[arg(long, value_name = "FIELD")]
    pub text: Option<String>,
    /// Field that holds the id; default: `id`, or else the line number.
    #[arg(long, value_name = "FIELD")]
    pub id: Option<String>,
    /// Field that holds the title; default: `title`, where there is one.
    #[arg(long, value_name = "FIELD")]
    pub title: Option<String>,
    /// Judge records that share this field as one document, and name it by the field's value.
    #[arg(long, value_name = "FIELD")]
    pub group: Option<String>,
    /// The records of a group follow one another: hold one group in memory, not the whole corpus.
    #[arg(long, requires = "group")]
    pub sorted: bool,
    #[command(flatten)]
    pub read: ReadArgs,
    /// Where to write; the ending (.jsonl, .csv, .tsv, also .gz, .zst; .parquet, .arrow) tells the format.
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub output: Option<PathBuf>,
    #[command(flatten)]
    pub columns: ColumnArgs,
    /// How much to tell of each verdict: none, rules or spans.
    #[arg(
        long = "explain",
        alias = "detail",
        value_name = "DETAIL",
        default_value = "rules",
        hide_possible_values = true
    )]
    pub detail: DetailArg,
    /// Write records that can't be judged to this file, as JSON lines.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub rejects: Option<PathBuf>,
    /// Write a report on the whole corpus to this file, as HTML: scores, groups, rules, hardest documents.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub report: Option<PathBuf>,
    /// Field by whose values the report tells verdicts apart.
    #[arg(long, value_name = "FIELD", requires = "report", conflicts_with = "group")]
    pub report_by: Option<String>,
    /// Stop at the first record that can't be judged.
    #[arg(long)]
    pub strict: bool,
    /// Go on where an earlier run of the same command was interrupted; start from the beginning if none was.
    #[arg(long, requires = "output")]
    pub resume: bool,
    /// Start anew and throw away what an interrupted run left.
    #[arg(long, requires = "output", conflicts_with = "resume")]
    pub restart: bool,
    /// Seconds between checkpoints, which --resume goes on from.
    #[arg(long, value_name = "SECONDS", default_value = "5", value_parser = seconds)]
    pub checkpoint_every: Duration,
    /// Judge one part of several: 3/8 is the third eighth of the records, in their order.
    #[arg(long, value_name = "I/N", value_parser = Shard::parse)]
    pub shard: Option<Shard>,
    /// Write what was done to this file, as JSON: versions, the pack's digest, options, inputs, counts, times.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub summary: Option<PathBuf>,
    /// Say nothing on standard error but errors.
    #[arg(short, long)]
    pub quiet: bool,
    /// Threads to use; default: all cores.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
    #[command(flatten)]
    pub limits: LimitArgs,
    #[command(flatten)]
    pub pack: PackArgs,
}

fn seconds(text: &str) -> Result<Duration, String> {
    let seconds = text.parse().ok().and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    seconds.ok_or_else(|| "write a number of seconds, say 5 or 0.5".to_owned())
}

/// Formats of a corpus.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum CorpusFormat {
    /// JSON objects: one a line, in a list, or over several lines.
    #[value(alias = "json", alias = "ndjson")]
    Jsonl,
    /// Comma-separated values with a header.
    Csv,
    /// Tab-separated values with a header.
    Tsv,
    /// A document a line.
    Txt,
    /// A sheet of a workbook.
    #[value(alias = "xlsx", alias = "xls", alias = "ods")]
    Sheet,
    /// Apache Parquet.
    Parquet,
    /// Arrow IPC, a file or a stream.
    #[value(alias = "feather", alias = "ipc")]
    Arrow,
}

/// How much a record tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DetailArg {
    /// Verdict, score and criteria.
    None,
    /// The rules that fired, too.
    Rules,
    /// And the bytes where they were found.
    Spans,
}

const RULES_EXAMPLES: &str = "\
Examples:
  outsort rules list --criterion specialization
  outsort rules show spec-qualified-accountant
  outsort rules init my-rules              then edit my-rules/*.toml
  outsort rules check --rules my-rules     every mistake, with its place
  outsort rules test --rules my-rules      the rules' own examples
  outsort rules test --rules my-rules --watch
                                           again after every change of a file
  outsort classify --rules my-rules job.md";

/// Browse, copy, check and test rules.
#[derive(Debug, Subcommand)]
#[command(after_help = RULES_EXAMPLES)]
pub enum Rules {
    /// List the rules.
    List {
        /// Only rules of this criterion.
        #[arg(long, value_name = "NAME")]
        criterion: Option<String>,
        /// Only rules that lean this way: BPO, KPO, out-of-scope or in-scope.
        #[arg(long, value_name = "POLE")]
        leans: Option<String>,
        /// Only rules whose id, reason or phrases contain this text.
        #[arg(long, value_name = "TEXT")]
        find: Option<String>,
        /// What to print: text or json.
        #[arg(long, value_name = "FORMAT", default_value = "text", hide_possible_values = true)]
        format: ListFormat,
        #[command(flatten)]
        pack: PackArgs,
    },
    /// Show rules in full, with the word forms that their phrases match.
    Show {
        /// Ids of the rules.
        #[arg(required = true, value_name = "ID")]
        ids: Vec<String>,
        #[command(flatten)]
        pack: PackArgs,
    },
    /// Copy the default pack to a folder, to edit it there.
    Init {
        /// The folder; must not hold a pack yet.
        #[arg(value_name = "DIR", value_hint = ValueHint::DirPath)]
        folder: PathBuf,
    },
    Check(Check),
    /// Run the rules' own examples.
    Test {
        /// Only the rules with these ids.
        #[arg(value_name = "ID")]
        ids: Vec<String>,
        /// Run again whenever a file of the pack changes, and print what that changed; Ctrl-C ends.
        #[arg(long)]
        watch: bool,
        #[command(flatten)]
        pack: PackArgs,
    },
    /// Print the JSON Schema of rule files or of the manifest, for editors.
    Schema {
        /// Which: rules or manifest.
        #[arg(default_value = "rules", hide_possible_values = true)]
        of: SchemaOf,
    },
}

/// What `rules list` and `rules check` print.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ListFormat {
    /// For people.
    Text,
    /// For programs.
    Json,
}

/// The file that a schema describes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SchemaOf {
    /// A criterion file.
    Rules,
    /// `pack.toml`.
    Manifest,
}
