//! Running a command again whenever a file that it read changes.

use std::fs;
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::{Duration, SystemTime};

use super::Done;
use super::args::PackArgs;
use super::failure::Failure;

/// Time between two looks at the files.
const EVERY: Duration = Duration::from_millis(100);

/// What tells a file from itself after a change: path, time of the last change, length.
type Look = Vec<(PathBuf, Option<SystemTime>, u64)>;

/// The folder of the pack that is to be watched.
///
/// # Errors
/// The pack is the built-in one, which never changes.
pub fn watched_folder(args: &PackArgs) -> Result<&Path, Failure> {
    args.rules.as_deref().ok_or_else(|| {
        let help = "copy it out with `outsort rules init DIR`, edit it there and watch it with --rules DIR";
        Failure::Usage(format!("--watch has nothing to watch: the built-in pack never changes\nhelp: {help}"))
    })
}

/// A corpus as files: itself, or all that stand in it.
pub fn files_of(corpus: &Path) -> Vec<PathBuf> {
    if !corpus.is_dir() {
        return vec![corpus.to_owned()];
    }
    let walk = ignore::WalkBuilder::new(corpus).standard_filters(false).sort_by_file_path(Ord::cmp).build();
    walk.filter_map(|entry| entry.ok().map(ignore::DirEntry::into_path)).collect()
}

/// Runs `work` now and after every change of the files that `paths` names, until the process is ended.
///
/// `show` prints what `work` returned, and gets what it returned before. A failure (a file that is half-written,
/// a syntax error) is reported, and the next change waited for; only a wrong command line ends the first run.
pub fn watch<T>(
    paths: impl Fn() -> Vec<PathBuf>,
    mut work: impl FnMut() -> Result<T, Failure>,
    mut show: impl FnMut(Option<&T>, &T) -> Result<(), Failure>,
) -> Result<Done, Failure> {
    let mut seen = look(&paths());
    let mut last: Option<T> = None;
    let mut first = true;
    loop {
        match work() {
            Ok(now) => {
                show(last.as_ref(), &now)?;
                last = Some(now);
            }
            Err(failure @ Failure::BrokenPipe) => return Err(failure),
            Err(failure @ Failure::Usage(_)) if first => return Err(failure),
            Err(failure) => failure.report(),
        }
        if first {
            anstream::eprintln!("note: waiting for changes; Ctrl-C ends");
        }
        first = false;
        seen = changed(&seen, || look(&paths()));
    }
}

/// Waits until the files look otherwise than `seen`, and the same twice in a row: whoever writes has finished.
fn changed(seen: &Look, look: impl Fn() -> Look) -> Look {
    let mut before = look();
    loop {
        sleep(EVERY);
        let now = look();
        if now == before && now != *seen {
            return now;
        }
        before = now;
    }
}

fn look(paths: &[PathBuf]) -> Look {
    let of = |path: &PathBuf| match fs::metadata(path) {
        Ok(metadata) => (path.clone(), metadata.modified().ok(), metadata.len()),
        Err(_) => (path.clone(), None, 0),
    };
    paths.iter().map(of).collect()
}
