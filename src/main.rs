//! The command line of outsort.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run()
}
