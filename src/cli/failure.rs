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
    /// The user, or the system, asked for an early end: exit code 130.
    Interrupted(String),
    /// The program has a fault: exit code 70.
    Internal(String),
}

impl Failure {
    /// A failure to read or write `path`.
    pub fn io(verb: &str, path: &Path, error: &io::Error) -> Failure {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Failure::BrokenPipe,
            kind => {
                let full = matches!(kind, io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded);
                let help = if full { "\nhelp: make room there, or name a file on another disk" } else { "" };
                Failure::Input(format!("can't {verb} {}: {}{help}", path.display(), plain(error)))
            }
        }
    }

    /// The failure with a further line of help.
    pub fn with_help(self, help: &str) -> Failure {
        match self {
            Failure::Usage(message) => Failure::Usage(format!("{message}\nhelp: {help}")),
            Failure::Input(message) => Failure::Input(format!("{message}\nhelp: {help}")),
            Failure::Internal(message) => Failure::Internal(format!("{message}\nhelp: {help}")),
            other => other,
        }
    }

    /// What is wrong, in words.
    pub fn message(&self) -> &str {
        match self {
            Failure::Usage(message)
            | Failure::Input(message)
            | Failure::Interrupted(message)
            | Failure::Internal(message) => message,
            Failure::Pack { .. } => "the pack has errors",
            Failure::BrokenPipe => "nobody reads the output any more",
        }
    }

    /// The exit code.
    pub fn code(&self) -> ExitCode {
        ExitCode::from(match self {
            Failure::Usage(_) => 2,
            Failure::Pack { .. } => 3,
            Failure::Input(_) => 4,
            Failure::BrokenPipe => 0,
            Failure::Internal(_) => 70,
            Failure::Interrupted(_) => 130,
        })
    }

    /// Says on standard error what is wrong.
    pub fn report(&self) {
        match self {
            Failure::Usage(message) | Failure::Input(message) | Failure::Internal(message) => {
                anstream::eprintln!("error: {message}");
            }
            Failure::Interrupted(message) => anstream::eprintln!("interrupted: {message}"),
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
