//! Prints the text of a file as this crate reads it: `cargo run -p outsort-documents --example outline -- FILE`.

use std::process::ExitCode;

use outsort_documents::{Kind, Limits, read};

fn main() -> ExitCode {
    let path = std::env::args().nth(1).unwrap_or_default();
    let bytes = match std::fs::read(&path) {
        Ok(bytes) => bytes,
        Err(error) => {
            eprintln!("{path}: {error}");
            return ExitCode::FAILURE;
        }
    };
    let read = Kind::of(&bytes).map(|kind| read(kind, &bytes, &Limits::default()));
    match read {
        Some(Ok(document)) => {
            print!("{}", document.text);
            document.notices.iter().for_each(|notice| eprintln!("note: {notice}"));
            ExitCode::SUCCESS
        }
        Some(Err(refusal)) => {
            eprintln!("{path}: {refusal}; {}", refusal.help());
            ExitCode::FAILURE
        }
        None => {
            eprintln!("{path}: of no kind that this crate reads");
            ExitCode::FAILURE
        }
    }
}
