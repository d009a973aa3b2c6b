//! The one integration binary: cases as data, golden diagnostics, command transcripts, properties.

mod check;
#[cfg(unix)]
mod commands;
mod diagnostics;
mod diff;
mod documents;
mod eval;
mod matching;
mod naive;
mod office;
mod pack;
mod phrases;
mod properties;
mod report;
mod rules_in;
#[cfg(unix)]
mod scale;
mod score;
mod suggest;
mod table_files;
mod tables;
mod teach;
mod texts;
mod tune;
mod watch;
mod why;

use outsort::{Engine, Pack, default_pack};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::LazyLock;

/// The default pack, compiled once for all tests.
static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::new(default_pack()));

/// What comes of loading the default manifest with these rules (TOML) instead of its own.
fn load_rules(rules: &str) -> outsort::format::pack::Loaded {
    let files = outsort::format::embedded::default_files();
    let manifest = files.into_iter().find(|f| f.name.ends_with("pack.toml")).expect("a manifest");
    let text = format!("criterion = \"focus\"\n{rules}");
    let rules = outsort::format::pack::SourceFile { name: "focus.toml".into(), text };
    outsort::format::pack::load(&[manifest, rules])
}

/// The pack of these rules, which must be good.
fn pack_of(rules: &str) -> Pack {
    let loaded = load_rules(rules);
    loaded.pack.unwrap_or_else(|| panic!("{:#?}", loaded.diagnostics))
}

/// An empty folder of a test's own.
fn empty_folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("made");
    folder
}

/// Runs the binary in a folder.
fn run(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_outsort")).current_dir(folder).args(args).output().expect("runs")
}

/// A file of the repository.
fn repository(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(path)
}
