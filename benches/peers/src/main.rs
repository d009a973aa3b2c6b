//! `outsort` against other matchers: the same question, the same answers, then the times. See `benches/README.md`.

// The stages use what is not used here.
#[path = "../../data/mod.rs"]
#[allow(dead_code)]
mod data;
#[path = "../../harness.rs"]
#[allow(dead_code)]
mod harness;

mod compare;
mod engines;
#[cfg(feature = "hyperscan")]
mod hyperscan;
mod peer;
mod serve;

use std::path::PathBuf;

use engines::Failed;

const HELP: &str = "\
Usage: outsort-peers JOB [OPTIONS]

Jobs:
  compare        matching over every Rust and C peer, once all answers agree
  serve KIND     takes turns with a peer in another process: for each line `match` or `judge` on standard input,
                 one turn, and its MB/s on standard output
  write FOLDER   texts and rules as files, for peers in other languages

Options:
  --text FILE    instead of made texts: `text` of each record of FILE.jsonl, or each line of any other file
  --json FILE    append the figures as JSON lines
  --quick        shorter rounds";

/// The command line.
#[derive(Default)]
pub struct Args {
    /// A file instead of made texts.
    pub text: Option<PathBuf>,
    /// Where figures go.
    pub json: Option<String>,
    /// Shorter rounds.
    pub quick: bool,
}

fn main() -> Result<(), Failed> {
    let mut args = Args::default();
    let mut words = Vec::new();
    let mut all = std::env::args().skip(1);
    while let Some(word) = all.next() {
        let mut value = || all.next().ok_or(format!("{word} needs a value"));
        match word.as_str() {
            "--quick" => args.quick = true,
            "--json" => args.json = Some(value()?),
            "--text" => args.text = Some(value()?.into()),
            _ => words.push(word),
        }
    }
    match words.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["compare"] => compare::all(&args),
        ["serve", kind] => serve::run(kind, &args),
        ["write", folder] => serve::write(folder.as_ref()),
        _ => {
            println!("{HELP}");
            Ok(())
        }
    }
}
