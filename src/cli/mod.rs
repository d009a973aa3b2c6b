//! Terminal and file system: one file per command.

mod append;
mod args;
mod check;
mod classify;
mod corpus;
mod diff;
mod diff_md;
mod diff_record;
mod diff_text;
mod documents;
mod eval;
mod eval_change;
mod eval_report;
mod eval_text;
mod failure;
mod fields;
mod interrupt;
mod labelled;
mod load;
mod output;
mod pack_files;
mod pack_source;
mod page;
mod paint;
mod picked;
mod rules;
mod rules_fix;
mod rules_test;
mod score;
mod score_report;
mod shell;
mod sink;
mod sink_file;
mod sink_members;
mod suggest;
mod suggest_text;
mod summary;
mod teach;
mod tune;
mod tune_text;
mod watch;
mod why;
mod why_corpus;
mod why_text;

use std::process::ExitCode;

use args::{Args, Command};
use clap::Parser;
use failure::Failure;

/// How a command ended that did not fail.
pub enum Done {
    /// All is well.
    Well,
    /// It found something that the caller asked to be told: exit code 1.
    Findings,
    /// It did its work, but some of the input was bad: exit code 4.
    SomeInputBad,
}

/// Parses the command line, runs the command and says how it ended.
pub fn run() -> ExitCode {
    let args = Args::parse();
    args.colour.apply();
    let done = match &args.command {
        Command::Classify(command) => classify::run(command),
        Command::Score(command) => score::run(command),
        Command::Rules(command) => rules::run(command),
        Command::Eval(command) => eval::run(command),
        Command::Why(command) => why::run(command),
        Command::Tune(command) => tune::run(command),
        Command::Teach(command) => teach::run(command),
        Command::Diff(command) => diff::run(command),
        Command::Suggest(command) => suggest::run(command),
        Command::Completions { shell } => shell::completions(*shell),
        Command::Man { command } => shell::man(command.as_deref()),
    };
    match done {
        // A broken pipe: whoever read the output has seen enough.
        Ok(Done::Well) | Err(Failure::BrokenPipe) => ExitCode::SUCCESS,
        Ok(Done::Findings) => ExitCode::from(1),
        Ok(Done::SomeInputBad) => ExitCode::from(4),
        Err(failure) => {
            failure.report();
            failure.code()
        }
    }
}
