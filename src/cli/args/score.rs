//! Options of `score`.

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args as ClapArgs, ValueEnum, ValueHint};

use super::{ColumnArgs, LimitArgs, PackArgs, ReadArgs, Shard};

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
