//! Transcripts: every command printed in the README and in `docs/`, run in order, its output compared.
//!
//! In a ```console block, a line that begins with `$ ` is a command, `> ` continues it, the rest is what it
//! prints; times are shown as `[..]`. `SNAPSHOTS=overwrite cargo test` writes outputs anew.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use snapbox::{Data, assert_data_eq};

use crate::repository;

/// Runs the commands of a page in an empty folder beside a copy of `corpus/`, and returns the page with what
/// they print.
fn played(page: &str, folder: &Path) -> String {
    let mut out = String::new();
    let mut console = false;
    let mut lines = page.lines().peekable();
    while let Some(line) = lines.next() {
        if line.starts_with("```") {
            console = line == "```console";
        }
        let command = line.strip_prefix("$ ").filter(|_| console);
        if let Some(command) = command {
            out += &format!("{line}\n");
            let mut script = command.to_owned();
            while let Some(more) = lines.next_if(|l| l.starts_with("> ") || *l == ">") {
                out += &format!("{more}\n");
                script += &format!("\n{}", more.strip_prefix("> ").unwrap_or(""));
            }
            while lines.next_if(|l| !l.starts_with("$ ") && !l.starts_with("```")).is_some() {}
            out += &run(&script, folder);
        } else {
            out += &format!("{line}\n");
        }
    }
    out
}

fn run(script: &str, folder: &Path) -> String {
    let binary = Path::new(env!("CARGO_BIN_EXE_outsort"));
    let path = format!(
        "{}:{}",
        binary.parent().expect("a folder").display(),
        std::env::var("PATH").unwrap_or_default()
    );
    let out = Command::new("sh")
        .args(["-c", &format!("exec 2>&1\n{script}\n")])
        .current_dir(folder)
        .env("PATH", path)
        .env("COLUMNS", "100")
        .output()
        .expect("a shell");
    let mut text = String::from_utf8_lossy(&out.stdout).into_owned();
    match out.status.code() {
        Some(0) => {}
        code => text += &format!("(exit code {})\n", code.unwrap_or(-1)),
    }
    let times = regex::Regex::new(r"in [0-9.]+ s \([0-9,]+/s\)").expect("valid");
    let text = times.replace_all(&text, "in [..]");
    // Trailing white space is nothing that a page can keep.
    text.lines().map(|l| format!("{}\n", l.trim_end())).collect()
}

fn page(name: &str) {
    let path = repository(name);
    let text = fs::read_to_string(&path).expect("the page");
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name.replace('/', "-"));
    _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder");
    std::os::unix::fs::symlink(repository("corpus"), folder.join("corpus")).expect("the corpus");
    assert_data_eq!(played(&text, &folder), Data::read_from(&path, None).raw());
}

#[test]
fn the_readme_is_true() {
    page("README.md");
}

#[test]
fn the_page_on_tuning_is_true() {
    page("docs/tuning.md");
}

#[test]
fn the_page_on_files_is_true() {
    page("docs/files.md");
}

#[test]
fn the_tour_is_true() {
    page("docs/tour.md");
}

#[test]
fn mistakes_get_help() {
    page("tests/cmd/mistakes.md");
}
