//! The files of a run: none may be written that is read, or written twice.

use std::path::{Path, PathBuf};

use super::super::args::Score;
use super::super::failure::Failure;
use super::super::load::is_stdin;
use super::super::sink_file::{beside, is_special, partial};

/// The files that a run writes, those that it writes for a while included.
pub fn written(args: &Score) -> Vec<PathBuf> {
    let named = named(args);
    let aside = named.iter().map(|path| partial(path));
    let checkpoint = args.output.iter().map(|path| beside(path, ".checkpoint"));
    named.iter().map(|path| path.to_path_buf()).chain(aside).chain(checkpoint).collect()
}

/// Those that have names of their own, but for devices and pipes, which may serve twice.
fn named(args: &Score) -> Vec<&PathBuf> {
    let all = args.output.iter().chain(&args.rejects).chain(&args.summary).chain(&args.report);
    all.filter(|path| !is_special(path)).collect()
}

/// Sees to it that nothing is overwritten that is needed.
pub fn check(args: &Score) -> Result<(), Failure> {
    let inputs: Vec<PathBuf> =
        args.corpora.iter().filter(|path| !is_stdin(path)).map(|path| real(path)).collect();
    let written = written(args);
    if let Some(path) = written.iter().find(|path| inputs.contains(&real(path))) {
        let help = "results would replace what is read: name another file";
        return Err(Failure::Usage(format!("{} is read and written\nhelp: {help}", path.display())));
    }
    for (number, path) in written.iter().enumerate() {
        if written[..number].iter().any(|other| real(other) == real(path)) {
            let help = "name a file each for results, rejects, summary and report";
            return Err(Failure::Usage(format!("{} would be written twice\nhelp: {help}", path.display())));
        }
    }
    Ok(())
}

/// The path as the system knows it, also of a file that is not there yet.
fn real(path: &Path) -> PathBuf {
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let whole = path
        .canonicalize()
        .or_else(|_| folder.canonicalize().map(|f| f.join(path.file_name().unwrap_or_default())));
    whole.unwrap_or_else(|_| path.to_owned())
}
