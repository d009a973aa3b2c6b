//! The file beside an output that holds it until it is complete. Its name is always the same, so that a later
//! run can go on with it; a lock keeps two runs from writing it at once.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use super::failure::Failure;

/// A file in the making; it is removed if it is dropped, unless it is to be kept.
pub struct Aside {
    file: File,
    partial: PathBuf,
    whole: PathBuf,
    /// Whether it stays if it is never completed.
    pub keep: bool,
}

impl Aside {
    /// Opens the file and cuts it off after `bytes` bytes.
    pub fn open(path: &Path, bytes: u64) -> Result<Aside, Failure> {
        let (partial, whole) = (partial(path), target(path));
        if whole.is_dir() {
            let help = "name a file in it";
            return Err(Failure::Usage(format!("{} is a folder\nhelp: {help}", path.display())));
        }
        let fail = |e: io::Error| Failure::io("write", path, &e);
        let mut file = locked(path, &partial)?;
        let there = file.metadata().map_err(fail)?.len();
        if there < bytes {
            let help = "--restart starts anew";
            return Err(Failure::Input(format!(
                "{} has {there} bytes, but {bytes} when its checkpoint was made\nhelp: {help}",
                partial.display()
            )));
        }
        file.set_len(bytes).and_then(|()| file.seek(SeekFrom::Start(bytes))).map_err(fail)?;
        Ok(Aside { file, partial, whole, keep: bytes > 0 })
    }

    /// Another handle of the file.
    pub fn file(&self) -> io::Result<File> {
        self.file.try_clone()
    }

    /// Waits until the disk has all that was written.
    pub fn sync(&self) -> io::Result<()> {
        self.file.sync_data()
    }

    /// Gives the file its name.
    pub fn publish(mut self) -> io::Result<()> {
        fs::rename(&self.partial, &self.whole)?;
        self.keep = true;
        Ok(())
    }
}

impl Drop for Aside {
    fn drop(&mut self) {
        if !self.keep {
            _ = fs::remove_file(&self.partial);
        }
    }
}

/// Opens the partial file, which nobody else may hold.
fn locked(path: &Path, partial: &Path) -> Result<File, Failure> {
    let fail = |e: io::Error| Failure::io("write", path, &e);
    loop {
        let open = OpenOptions::new().create(true).truncate(false).write(true).open(partial);
        let file = open.map_err(fail)?;
        match file.try_lock() {
            Err(TryLockError::WouldBlock) => {
                let help = "wait for it, or name another file";
                return Err(Failure::Usage(format!(
                    "another run is writing {} now\nhelp: {help}",
                    path.display()
                )));
            }
            // Some network disks can't lock; that is no reason to do nothing.
            Ok(()) | Err(TryLockError::Error(_)) => {}
        }
        // If a run that held it gave it its final name meanwhile, it is not ours to write.
        if partial.exists() {
            return Ok(file);
        }
    }
}

/// Completes an output whose run was killed while it gave its files their names.
pub fn publish_left(path: &Path, bytes: u64) -> Result<(), Failure> {
    let (partial, whole) = (partial(path), target(path));
    if partial.exists() {
        return fs::rename(&partial, &whole).map_err(|e| Failure::io("write", path, &e));
    }
    match fs::metadata(&whole) {
        Ok(file) if file.len() == bytes => Ok(()),
        _ => Err(Failure::Input(format!(
            "{} was complete, but is no longer there\nhelp: --restart starts anew",
            path.display()
        ))),
    }
}

/// Where the output is until it is complete.
pub fn partial(path: &Path) -> PathBuf {
    beside(path, ".partial")
}

/// The path with something behind its last name.
pub fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = target(path).into_os_string();
    name.push(ending);
    name.into()
}

/// The file that a link leads to, which is to be replaced, and not the link.
fn target(path: &Path) -> PathBuf {
    if path.is_symlink() { path.canonicalize().unwrap_or_else(|_| path.to_owned()) } else { path.to_owned() }
}

/// Whether the path is a device or a pipe, which can't be replaced by a file.
pub fn is_special(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|found| !found.is_file() && !found.is_dir())
}
