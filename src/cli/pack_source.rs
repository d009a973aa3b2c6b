//! Where a pack comes from: the program, a folder, or a folder in a git revision.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use outsort::Pack;
use outsort::format::embedded::default_pack;
use outsort::format::pack::{SourceFile, load};

use super::args::PackArgs;
use super::failure::Failure;
use super::load::loaded;

/// The word for the pack that is built in.
const DEFAULT: &str = "default";

/// The pack that `name` stands for; its warnings are nobody's business here.
pub fn pack(name: &str) -> Result<Pack, Failure> {
    if name == DEFAULT {
        return Ok(default_pack());
    }
    let folder = Path::new(name);
    let (files, loaded) = match name.split_once(':') {
        Some((revision, path)) if !folder.exists() => {
            let files = at_revision(revision, &folder_of(path))?;
            let loaded = load(&files);
            (files, loaded)
        }
        _ if !folder.exists() && !name.contains(['/', '\\']) => return Err(unknown(name)),
        _ => loaded(&PackArgs { rules: Some(PathBuf::from(name)) })?,
    };
    match loaded.pack {
        Some(pack) => Ok(pack),
        None => Err(Failure::Pack { from: name.to_owned(), files, loaded: Box::new(loaded) }),
    }
}

fn unknown(name: &str) -> Failure {
    let help = "a pack is a folder, `default`, or a folder in a git revision, say HEAD~1:rules";
    Failure::Usage(format!("there is no folder {name}\nhelp: {help}"))
}

/// The folder without a slash at its end, but for git's own name of the folder here.
fn folder_of(path: &str) -> String {
    let folder = path.trim_end_matches('/');
    if matches!(folder, "." | "..") { format!("{folder}/") } else { folder.to_owned() }
}

/// The TOML files of a folder as a revision has them.
fn at_revision(revision: &str, path: &str) -> Result<Vec<SourceFile>, Failure> {
    if revision.is_empty() || revision.starts_with('-') {
        let help = "write REVISION:FOLDER, say HEAD~1:rules or v1.2:rules";
        return Err(Failure::Usage(format!("`{revision}` is no git revision\nhelp: {help}")));
    }
    find(revision, path)?;
    let tree = format!("{revision}:{path}");
    let names = git(&["ls-tree", "-z", "--name-only", "--full-tree", &tree])?;
    let names = String::from_utf8_lossy(&names).into_owned();
    let names = names.split('\0').filter(|name| name.ends_with(".toml"));
    names.map(|name| file(revision, path, name)).collect()
}

fn file(revision: &str, path: &str, name: &str) -> Result<SourceFile, Failure> {
    let apart = if path.is_empty() || path.ends_with('/') { "" } else { "/" };
    let joined = format!("{path}{apart}{name}");
    let name = format!("{revision}:{joined}");
    let bytes = git(&["cat-file", "blob", &name])?;
    let text = String::from_utf8(bytes)
        .map_err(|_| Failure::Input(format!("{name}: error[not-utf8]: the file is not UTF-8 text")))?;
    Ok(SourceFile { name, text })
}

/// Says what is missing: the repository, the revision, or the folder in it.
fn find(revision: &str, path: &str) -> Result<(), Failure> {
    git(&["rev-parse", "--git-dir"])?;
    let there = |what: &str| git(&["rev-parse", "--verify", "--quiet", "--end-of-options", what]).is_ok();
    if !there(&format!("{revision}^{{tree}}")) {
        let help = "`git log --oneline` lists commits; a shallow clone lacks the older ones (`git fetch --unshallow`)";
        return Err(Failure::Usage(format!("git knows no revision `{revision}` here\nhelp: {help}")));
    }
    if !there(&format!("{revision}:{path}")) {
        let help = format!(
            "paths count from the top of the repository (`{revision}:./{path}`: from here); `git ls-tree {revision}` lists it"
        );
        return Err(Failure::Usage(format!("revision `{revision}` has no folder `{path}`\nhelp: {help}")));
    }
    if !git(&["cat-file", "-t", &format!("{revision}:{path}")])?.starts_with(b"tree") {
        let help = "a pack is a folder of TOML files";
        return Err(Failure::Usage(format!("`{path}` is a file in revision `{revision}`\nhelp: {help}")));
    }
    Ok(())
}

/// What git prints.
fn git(args: &[&str]) -> Result<Vec<u8>, Failure> {
    let output =
        Command::new("git").args(args).env("LC_ALL", "C").stdin(Stdio::null()).output().map_err(|_| {
            Failure::Usage("a revision needs git, which can't be run here\nhelp: name folders".into())
        })?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let said = said.lines().next().unwrap_or("git failed").trim_start_matches("fatal: ");
    let said = if said.contains("not a git repository") {
        "this folder is in no git repository, so there are no revisions of it"
    } else {
        said
    };
    Err(Failure::Usage(format!("{said}\nhelp: a revision is read with git, in the folder where you are")))
}
