//! How fast each stage of `outsort` is: `cargo bench --bench stages -- --help`.

#[path = "../data/mod.rs"]
mod data;
#[path = "../harness.rs"]
mod harness;

mod args;
mod digest;
mod measure;
mod profile;

use args::{Args, Job};

fn main() -> std::process::ExitCode {
    let done = Args::read(std::env::args().skip(1)).and_then(|args| match &args.job {
        Job::Help => {
            println!("{}", args::HELP);
            Ok(())
        }
        Job::Measure => measure::all(&args),
        Job::Digest => digest::print(&args),
        Job::Profile { stage, passes } => profile::run(*stage, *passes, &args),
        Job::Write(folder) => data::write(folder).map_err(|error| error.to_string()),
    });
    match done {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("error: {why}");
            std::process::ExitCode::FAILURE
        }
    }
}
