//! A pack's files on disk: a new folder of them, or changes to one that is there.

use std::fs;
use std::io;
use std::path::Path;

use outsort::format::pack::{MANIFEST, SourceFile};
use outsort::format::schema;

use super::failure::Failure;

/// Writes a pack to a folder, with the schemas that editors use.
pub fn write_new(folder: &Path, files: &[SourceFile]) -> Result<(), Failure> {
    let fail = |e: io::Error| Failure::io("write", folder, &e);
    fs::create_dir_all(folder).map_err(fail)?;
    for file in files {
        let name = Path::new(&file.name).file_name().unwrap_or_default();
        let schema = if name == MANIFEST { "manifest.schema.json" } else { "rules.schema.json" };
        let head = if file.text.starts_with("#:schema") { "" } else { &format!("#:schema ./{schema}\n") };
        fs::write(folder.join(name), format!("{head}{}", file.text)).map_err(fail)?;
    }
    fs::write(folder.join("rules.schema.json"), schema::rules() + "\n").map_err(fail)?;
    fs::write(folder.join("manifest.schema.json"), schema::manifest() + "\n").map_err(fail)
}

/// Writes the files that changed: each aside first, so that a full disk changes none of them. Returns how many.
pub fn replace(before: &[SourceFile], after: &[SourceFile]) -> Result<usize, Failure> {
    let changed: Vec<&SourceFile> =
        before.iter().zip(after).filter(|(old, new)| old.text != new.text).map(|(_, new)| new).collect();
    let aside = |file: &SourceFile| format!("{}.{}.partial", file.name, std::process::id());
    let fail = |file: &SourceFile, e: &io::Error| {
        changed.iter().for_each(|file| _ = fs::remove_file(aside(file)));
        Failure::io("write", Path::new(&file.name), e)
    };
    for file in &changed {
        fs::write(aside(file), &file.text).map_err(|e| fail(file, &e))?;
    }
    for file in &changed {
        fs::rename(aside(file), &file.name).map_err(|e| fail(file, &e))?;
    }
    Ok(changed.len())
}
