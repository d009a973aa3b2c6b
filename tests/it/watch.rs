//! `--watch`: a pack is edited while the command runs, and only what that changes is printed.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use crate::empty_folder;

/// Much more than any step takes.
const PATIENCE: Duration = Duration::from_secs(60);

/// A running command and the lines that it prints, standard error included.
struct Running {
    child: Child,
    lines: Receiver<String>,
    said: Vec<String>,
}

impl Running {
    fn start(args: &[&str]) -> Running {
        let mut child = Command::new(env!("CARGO_BIN_EXE_outsort"))
            .args(args)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("runs");
        let (sender, lines) = channel();
        let out: Box<dyn std::io::Read + Send> = Box::new(child.stdout.take().expect("a pipe"));
        let err: Box<dyn std::io::Read + Send> = Box::new(child.stderr.take().expect("a pipe"));
        for stream in [out, err] {
            let sender = sender.clone();
            thread::spawn(move || {
                for line in BufReader::new(stream).lines().map_while(Result::ok) {
                    _ = sender.send(line);
                }
            });
        }
        Running { child, lines, said: Vec::new() }
    }

    /// Waits for a line that contains `text`; returns the lines up to it.
    fn until(&mut self, text: &str) -> Vec<String> {
        loop {
            let line = self.lines.recv_timeout(PATIENCE);
            let line = line.unwrap_or_else(|e| panic!("no line with {text:?} ({e}): {:#?}", self.said));
            self.said.push(line);
            if self.said.last().is_some_and(|line| line.contains(text)) {
                return std::mem::take(&mut self.said);
            }
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        _ = self.child.kill();
        _ = self.child.wait();
    }
}

const RULES: &str = r#"criterion = "focus"

[[rule]]
id = "judge"
leans = "KPO"
weight = 3.0
because = "A test."
phrases = ["exercise judgment"]
fires = ["Exercise judgment."]
silent = ["Sort the mail."]

[[rule]]
id = "sort"
leans = "BPO"
weight = 3.0
because = "A test."
phrases = ["sort mail"]
fires = ["Sort the mail."]
silent = ["Exercise judgment."]
"#;

/// A pack of two rules in a folder of its own.
fn pack(name: &str) -> PathBuf {
    let folder = empty_folder(name);
    let files = outsort::format::embedded::default_files();
    let manifest = files.into_iter().find(|f| f.name.ends_with("pack.toml")).expect("a manifest");
    fs::write(folder.join("pack.toml"), manifest.text).expect("written");
    fs::write(folder.join("focus.toml"), RULES).expect("written");
    folder
}

fn shown(path: &Path) -> &str {
    path.to_str().expect("a path")
}

#[test]
fn tests_run_again_when_a_file_changes() {
    let folder = pack("watch-test");
    let mut running = Running::start(&["rules", "test", "--watch", "--rules", shown(&folder)]);
    running.until("2 rules, 4 examples: 0 failed");
    let file = folder.join("focus.toml");
    fs::write(&file, RULES.replace("\"sort mail\"", "\"sort parcels\"")).expect("written");
    let said = running.until("1 failed");
    assert!(said.iter().any(|line| line.contains("newly failing: sort")), "{said:#?}");
    // A half-written file is reported, and what was known before is kept.
    fs::write(&file, &RULES[..RULES.len() / 2]).expect("written");
    running.until("nothing was done");
    fs::write(&file, RULES).expect("written");
    let said = running.until("0 failed");
    assert!(said.iter().any(|line| line.contains("mended: sort")), "{said:#?}");
}

#[test]
fn figures_and_verdicts_that_move_are_printed() {
    let folder = pack("watch-eval");
    let corpus = folder.join("corpus.csv");
    let labelled = "id,text,label\n1,Exercise judgment.,KPO\n2,Sort the mail.,BPO\n3,Rank the mail.,BPO\n";
    fs::write(&corpus, labelled).expect("written");
    let mut running =
        Running::start(&["eval", shown(&corpus), "--watch", "--rules", shown(&folder), "--mistakes", "0"]);
    running.until("3 labelled documents");
    let better = RULES.replace("\"sort mail\"", "\"sort|rank mail\"");
    fs::write(folder.join("focus.toml"), better).expect("written");
    let said = running.until("by label: mended");
    assert!(said.iter().any(|line| line.contains("coverage") && line.contains(" → ")), "{said:#?}");
    assert!(said.last().is_some_and(|line| line.contains("3  unclear → BPO, BPO by label")), "{said:#?}");
    // The corpus is watched, too.
    fs::write(&corpus, labelled.replace("3,Rank the mail.,BPO\n", "")).expect("written");
    running.until("3 → 2 labelled documents");
}

#[test]
fn there_must_be_something_to_watch() {
    for args in [&["rules", "test", "--watch"][..], &["eval", "--watch"]] {
        let out = Command::new(env!("CARGO_BIN_EXE_outsort")).args(args).output().expect("runs");
        let said = String::from_utf8_lossy(&out.stderr).into_owned();
        assert_eq!(out.status.code(), Some(2), "{said}");
        assert!(said.contains("outsort rules init DIR"), "{said}");
    }
}
