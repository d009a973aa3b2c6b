//! Paths and standard input to packs and bytes.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use outsort::core::diagnostic::{Diagnostic, Severity};
use outsort::format::diagnostic::to_text;
use outsort::format::embedded::{default_files, default_pack};
use outsort::format::pack::{Loaded, SourceFile, load};
use outsort::format::source::Source;
use outsort::{Engine, Pack};
use outsort_documents::Limits;

use super::args::{CorpusFormat, PackArgs};
use super::corpus::guess;
use super::documents;
use super::failure::{Failure, count};
use super::fields::Present;
use super::paint::stderr_colour;

/// The engine of the pack that was asked for; its warnings go to standard error.
pub fn engine(args: &PackArgs) -> Result<Engine, Failure> {
    Ok(Engine::new(pack(args)?))
}

/// The pack that was asked for; its warnings go to standard error.
pub fn pack(args: &PackArgs) -> Result<Pack, Failure> {
    read_pack(args, true)
}

/// As [`engine`], but says nothing of warnings.
pub fn engine_quietly(args: &PackArgs) -> Result<Engine, Failure> {
    Ok(Engine::new(read_pack(args, false)?))
}

fn read_pack(args: &PackArgs, warn: bool) -> Result<Pack, Failure> {
    // The default pack is known to be good.
    if args.rules.is_none() { Ok(default_pack()) } else { Ok(read_files(args, warn)?.0) }
}

/// As [`pack`], with its files and where everything stands in them.
pub fn pack_and_files(args: &PackArgs) -> Result<(Pack, Vec<SourceFile>, Loaded), Failure> {
    read_files(args, true)
}

fn read_files(args: &PackArgs, warn: bool) -> Result<(Pack, Vec<SourceFile>, Loaded), Failure> {
    let (files, mut loaded) = loaded(args)?;
    let from = args.rules.as_ref().map_or("default".into(), |folder| folder.display().to_string());
    let of_interest = |d: &&Diagnostic| warn && d.code.severity() == Severity::Warning;
    for diagnostic in loaded.diagnostics.iter().filter(of_interest) {
        anstream::eprintln!("{}\n", to_text(diagnostic, &files, stderr_colour()));
    }
    let warnings = loaded.count(Severity::Warning);
    if warn && warnings > 0 && loaded.pack.is_some() {
        anstream::eprintln!("note: the pack {from} has {}", count(warnings, "warning"));
    }
    match loaded.pack.take() {
        Some(pack) => Ok((pack, files, loaded)),
        None => Err(Failure::Pack { from, files, loaded: Box::new(loaded) }),
    }
}

/// The pack with all that is wrong with it, and its files.
pub fn loaded(args: &PackArgs) -> Result<(Vec<SourceFile>, Loaded), Failure> {
    let files = match &args.rules {
        Some(folder) => pack_files(folder)?,
        None => default_files(),
    };
    let loaded = load(&files);
    Ok((files, loaded))
}

/// The TOML files of a folder, by name.
fn pack_files(folder: &Path) -> Result<Vec<SourceFile>, Failure> {
    if !folder.is_dir() {
        let hint = if folder.exists() { "it is a file" } else { "there is no such folder" };
        let help = "a pack is a folder of TOML files; `outsort rules init DIR` makes one";
        return Err(Failure::Usage(format!(
            "can't read the pack {}: {hint}\nhelp: {help}",
            folder.display()
        )));
    }
    let paths = pack_paths(folder).map_err(|e| Failure::io("read", folder, &e))?;
    paths
        .iter()
        .map(|path| {
            let bytes = fs::read(path).map_err(|e| Failure::io("read", path, &e))?;
            let name = path.display().to_string();
            let text = String::from_utf8(bytes).map_err(|e| {
                let at = e.utf8_error().valid_up_to();
                let line = e.as_bytes()[..at].iter().filter(|b| **b == b'\n').count() + 1;
                Failure::Input(format!(
                    "{name}:{line}: error[not-utf8]: the file is not UTF-8 text; save it as UTF-8"
                ))
            })?;
            Ok(SourceFile { name, text })
        })
        .collect()
}

/// The paths of a pack's files, by name.
pub fn pack_paths(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder)?;
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| entry.ok().map(|e| e.path())).collect();
    paths.retain(|path| path.extension().is_some_and(|e| e == "toml"));
    paths.sort();
    Ok(paths)
}

/// The bytes of a file, or of standard input for `-`.
fn bytes(path: &Path) -> Result<Vec<u8>, Failure> {
    if is_stdin(path) {
        let mut bytes = Vec::new();
        io::stdin().lock().read_to_end(&mut bytes).map_err(|e| Failure::io("read", path, &e))?;
        return Ok(bytes);
    }
    if path.is_dir() {
        let help = "`outsort score` reads folders";
        return Err(Failure::Usage(format!("{} is a folder\nhelp: {help}", path.display())));
    }
    fs::read(path).map_err(|e| Failure::io("read", path, &e))
}

/// The text of a file, or of standard input for `-`; what had to be mended is said on standard error.
pub fn source(path: &Path) -> Result<Source, Failure> {
    source_within(path, &Limits::default())
}

/// As [`source`], with bounds for a file that has to be unpacked.
pub fn source_within(path: &Path, limits: &Limits) -> Result<Source, Failure> {
    let name = shown(path);
    if !is_stdin(path)
        && matches!(guess(path), Some(CorpusFormat::Jsonl | CorpusFormat::Csv | CorpusFormat::Tsv))
    {
        return Err(table(path));
    }
    let bytes = bytes(path)?;
    if is_stdin(path) && is_record(&bytes) {
        return Err(table(path));
    }
    let source = documents::read(&path.to_string_lossy(), &bytes, limits)
        .map_err(|unread| Failure::Input(format!("{name} is {}\nhelp: {}", unread.reason, unread.help)))?;
    if !source.text.chars().any(char::is_alphanumeric) {
        return Err(Failure::Input(format!("{name}: there is no text in it")));
    }
    for notice in &source.notices {
        anstream::eprintln!("warning: {name}: {notice}");
    }
    Ok(source)
}

/// A table is no advertisement.
fn table(path: &Path) -> Failure {
    let name = shown(path);
    let command = if is_stdin(path) { "-".into() } else { path.display().to_string() };
    Failure::Usage(format!(
        "{name} holds records, not one job description\nhelp: `outsort score {command}` judges each record"
    ))
}

/// Whether the first line is a JSON object.
fn is_record(bytes: &[u8]) -> bool {
    let line = bytes.trim_ascii_start().split(|b| *b == b'\n').next().unwrap_or_default();
    line.starts_with(b"{") && Present::of_json(line).is_some()
}

/// Whether the path means standard input.
pub fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// The path as messages show it.
pub fn shown(path: &Path) -> String {
    if is_stdin(path) { "standard input".into() } else { path.display().to_string() }
}
