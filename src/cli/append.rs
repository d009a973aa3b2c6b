//! Rules appended to a criterion file of a pack, which must be good afterwards.

use std::path::{Path, PathBuf};

use outsort::format::pack::load;
use outsort::format::stub::to_toml;
use outsort::{Criterion, Rule};

use super::args::PackArgs;
use super::failure::{Failure, count};
use super::load::loaded;
use super::sink::Sink;

/// A criterion file of a pack.
pub struct Target {
    file: PathBuf,
    /// The folder of the pack.
    pub folder: PathBuf,
    criterion: Criterion,
}

impl Target {
    /// The file, if it is one of the pack's criterion files; `pack` may name the folder.
    pub fn of(file: &Path, pack: &PackArgs) -> Result<Target, Failure> {
        let text = std::fs::read_to_string(file).map_err(|e| Failure::io("read", file, &e))?;
        let parent = file.parent().filter(|parent| !parent.as_os_str().is_empty());
        let folder = parent.unwrap_or(Path::new(".")).to_owned();
        if let Some(other) = &pack.rules
            && other.canonicalize().ok() != folder.canonicalize().ok()
        {
            return Err(Failure::Usage(format!(
                "{} is no file of the pack {}\nhelp: --append names one of its criterion files",
                file.display(),
                other.display()
            )));
        }
        let Some(criterion) = criterion(&text) else {
            let names = Criterion::ALL.map(Criterion::name).join(", ");
            return Err(Failure::Usage(format!(
                "{} is no criterion file\nhelp: one begins with `criterion = \"focus\"`, or another of {names}",
                file.display()
            )));
        };
        Ok(Target { file: file.to_owned(), folder, criterion })
    }

    /// Appends those of the rules that belong to the file, and says how many. Nothing is written if the pack
    /// would have errors.
    pub fn append<'r>(&self, rules: impl Iterator<Item = &'r Rule>) -> Result<String, Failure> {
        let (own, others): (Vec<&Rule>, Vec<&Rule>) =
            rules.partition(|rule| rule.criterion == self.criterion);
        let (mut files, _) = loaded(&PackArgs { rules: Some(self.folder.clone()) })?;
        let name = self.file.file_name();
        let Some(file) = files.iter_mut().find(|file| Path::new(&file.name).file_name() == name) else {
            let help = "the files of a pack end in .toml";
            return Err(Failure::Usage(format!(
                "{} is no file of a pack\nhelp: {help}",
                self.file.display()
            )));
        };
        if !file.text.ends_with('\n') {
            file.text.push('\n');
        }
        own.iter().for_each(|rule| file.text += &format!("\n{}", to_toml(rule)));
        let text = file.text.clone();
        let after = load(&files);
        if after.pack.is_none() {
            let from = format!("{} with the stubs", self.folder.display());
            return Err(Failure::Pack { from, files, loaded: Box::new(after) });
        }
        if !own.is_empty() {
            let mut sink = Sink::open(Some(&self.file))?;
            sink.put(text.as_bytes())?;
            sink.finish()?;
        }
        let elsewhere = match others.len() {
            0 => String::new(),
            n => format!(
                "; {} to other criteria",
                count(n, "suggestion") + if n == 1 { " belongs" } else { " belong" }
            ),
        };
        Ok(format!("appended {} to {}{elsewhere}", count(own.len(), "rule"), self.file.display()))
    }
}

/// The criterion that a rule file names in its first lines.
fn criterion(text: &str) -> Option<Criterion> {
    let value =
        text.lines().find_map(|line| line.trim().strip_prefix("criterion")?.trim().strip_prefix('='))?;
    let value = value.split('#').next().unwrap_or("").trim();
    Criterion::from_name(value.trim_matches(|c| c == '"' || c == '\''))
}
