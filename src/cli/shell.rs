//! Completions and manual pages, made from the command line's own description.

use std::io::{self, Write};

use clap::CommandFactory;

use super::Done;
use super::args::Args;
use super::failure::Failure;

/// Prints completions for a shell.
pub fn completions(shell: clap_complete::Shell) -> Result<Done, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Args::command(), "outsort", &mut script);
    io::stdout().write_all(&script)?;
    Ok(Done::Well)
}

/// Prints a manual page.
pub fn man(name: Option<&str>) -> Result<Done, Failure> {
    let mut top = Args::command();
    top.build();
    let command = match name {
        None => top,
        Some(name) => top.find_subcommand(name).cloned().ok_or_else(|| {
            let known: Vec<&str> = top.get_subcommands().map(clap::Command::get_name).collect();
            Failure::Usage(format!("there is no command `{name}`\nhelp: allowed: {}", known.join(", ")))
        })?,
    };
    let mut page = Vec::new();
    clap_mangen::Man::new(command).render(&mut page)?;
    io::stdout().write_all(&page)?;
    Ok(Done::Well)
}
