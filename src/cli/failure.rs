//! Why a command gave up, and the exit code that says so.

use std::io;
use std::path::Path;
use std::process::ExitCode;

use outsort::core::diagnostic::Severity;
use outsort::format::diagnostic::to_text;
use outsort::format::pack::{Loaded, SourceFile};

use super::paint::stderr_colour;

/// Why a command gave up.
pub enum Failure {
    /// The command line asks for something that can't be: exit code 2.
    Usage(String),
    /// The pack has errors: exit code 3.
    Pack {
        /// Where it came from.
        from: String,
        /// Its files.
        files: Vec<SourceFile>,
        /// What is wrong.
        loaded: Box<Loaded>,
    },
    /// An input can't be read, or an output can't be written: exit code 4.
    Input(String),
    /// Nobody reads the output any more.
    BrokenPipe,
}

impl Failure {
    /// A failure to read or write `path`.
    pub fn io(verb: &str, path: &Path, error: &io::Error) -> Failure {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Failure::BrokenPipe,
            _ => Failure::Input(format!("can't {verb} {}: {}", path.display(), plain(error))),
        }
    }

    /// The exit code.
    pub fn code(&self) -> ExitCode {
        ExitCode::from(match self {
            Failure::Usage(_) => 2,
            Failure::Pack { .. } => 3,
            Failure::Input(_) => 4,
            Failure::BrokenPipe => 0,
        })
    }

    /// Says on standard error what is wrong.
    pub fn report(&self) {
        match self {
            Failure::Usage(message) | Failure::Input(message) => anstream::eprintln!("error: {message}"),
            Failure::Pack { from, files, loaded } => {
                for diagnostic in loaded.diagnostics.iter().filter(|d| d.code.severity() == Severity::Error) {
                    anstream::eprintln!("{}\n", to_text(diagnostic, files, stderr_colour()));
                }
                let errors = loaded.count(Severity::Error);
                anstream::eprintln!(
                    "error: the pack {from} has {}; nothing was done",
                    count(errors, "error")
                );
            }
            Failure::BrokenPipe => {}
        }
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Failure {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Failure::BrokenPipe,
            _ => Failure::Input(plain(&error)),
        }
    }
}

/// The error without the operating system's number.
pub fn plain(error: &io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error").next().unwrap_or(&text).to_lowercase()
}

/// `1 error`, `2 errors`.
pub fn count(n: usize, what: &str) -> String {
    let (stem, ending) = match what.strip_suffix('y') {
        Some(stem) if n != 1 => (stem, "ies"),
        _ => (what, if n == 1 { "" } else { "s" }),
    };
    format!("{n} {stem}{ending}")
}
