//! What a result depends on: the program, the pack, the options and the inputs. Two runs of the same setup
//! give the same bytes, so one may go on where the other was interrupted.

use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use outsort::Pack;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::super::args::Score;
use super::super::failure::Failure;
use super::super::load::is_stdin;

/// What a result depends on.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Setup {
    /// The version of the program.
    pub outsort: String,
    /// The pack.
    pub pack: PackId,
    /// The options.
    pub options: Options,
    /// The inputs, in the order in which they are read.
    pub inputs: Vec<Input>,
}

/// Which pack.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PackId {
    name: String,
    version: String,
    /// See [`outsort::format::pack::digest`].
    digest: String,
    rules: usize,
}

/// The options that tell in the results.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Options {
    from: Option<String>,
    text: Option<String>,
    id: Option<String>,
    title: Option<String>,
    group: Option<String>,
    explain: String,
    rejects: Option<PathBuf>,
    shard: Option<String>,
    sorted: bool,
    sheet: Option<String>,
    delimiter: Option<char>,
    encoding: Option<String>,
    keep: Option<Vec<String>>,
    fields: Option<Vec<String>>,
    max_unpacked: u32,
    max_pages: u32,
}

/// An input as it was when the run began.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Input {
    /// Its path.
    pub path: PathBuf,
    /// How many files it is; nothing if it is no file or folder.
    files: Option<u64>,
    /// Their bytes.
    bytes: Option<u64>,
    /// When the last of them was changed.
    modified: Option<String>,
}

impl Setup {
    /// The setup of a run; files in `own`, which it writes, are no inputs.
    pub fn of(args: &Score, pack: &Pack, digest: String, own: &[PathBuf]) -> Result<Setup, Failure> {
        Ok(Setup {
            outsort: env!("CARGO_PKG_VERSION").to_owned(),
            pack: PackId {
                name: pack.name.clone(),
                version: pack.version.clone(),
                digest,
                rules: pack.rules.len(),
            },
            options: Options::of(args),
            inputs: args.corpora.iter().map(|path| Input::of(path, own)).collect::<Result<_, _>>()?,
        })
    }

    /// Bytes of all inputs, if they are known.
    pub fn bytes(&self) -> Option<u64> {
        self.inputs.iter().map(|input| input.bytes).sum()
    }

    /// What is not as it was `then`, in words.
    pub fn changes(&self, then: &Setup) -> Vec<String> {
        let mut changes = Vec::new();
        let mut compare = |what: &str, was: &str, is: &str| {
            if was != is {
                changes.push(format!("{what} was {was} and is {is}"));
            }
        };
        compare("outsort's version", &then.outsort, &self.outsort);
        compare("the pack", &then.pack.shown(), &self.pack.shown());
        for (name, is) in fields(&self.options) {
            let was = fields(&then.options).find(|(known, _)| *known == name).map(|(_, was)| was);
            compare(&format!("--{name}"), &shown(&was.unwrap_or_default()), &shown(&is));
        }
        let paths = |setup: &Setup| {
            setup.inputs.iter().map(|input| input.path.display().to_string()).collect::<Vec<_>>().join(" ")
        };
        compare("the list of inputs", &paths(then), &paths(self));
        for (was, is) in then.inputs.iter().zip(&self.inputs).filter(|(was, is)| was.path == is.path) {
            compare(&is.path.display().to_string(), &was.shown(), &is.shown());
        }
        changes
    }
}

impl PackId {
    fn shown(&self) -> String {
        format!("{} {} ({})", self.name, self.version, self.digest)
    }
}

impl Options {
    fn of(args: &Score) -> Options {
        // No `..`: whoever adds an option has to say here whether it tells in the results.
        let Score {
            from,
            text,
            id,
            title,
            group,
            detail,
            rejects,
            shard,
            limits,
            sorted,
            read,
            columns,
            corpora: _,
            pack: _,
            output: _,
            strict: _,
            resume: _,
            restart: _,
            checkpoint_every: _,
            summary: _,
            report: _,
            report_by: _,
            quiet: _,
            threads: _,
        } = args;
        Options {
            from: from.as_ref().map(name),
            text: text.clone(),
            id: id.clone(),
            title: title.clone(),
            group: group.clone(),
            explain: name(detail),
            rejects: rejects.clone(),
            shard: shard.map(|shard| shard.to_string()),
            sorted: *sorted,
            sheet: read.sheet.clone(),
            delimiter: read.delimiter.map(char::from),
            encoding: read.encoding.map(|encoding| encoding.name().to_owned()),
            keep: columns.keep.clone(),
            fields: columns.fields.clone(),
            max_unpacked: limits.max_unpacked,
            max_pages: limits.max_pages,
        }
    }
}

/// A value as it is written on the command line.
fn name(value: &impl ValueEnum) -> String {
    value.to_possible_value().map_or(String::new(), |value| value.get_name().to_owned())
}

fn fields(options: &Options) -> impl Iterator<Item = (String, Value)> {
    match serde_json::to_value(options) {
        Ok(Value::Object(fields)) => fields.into_iter(),
        _ => serde_json::Map::new().into_iter(),
    }
}

fn shown(value: &Value) -> String {
    match value {
        Value::Null => "not given".to_owned(),
        Value::String(text) => format!("`{text}`"),
        other => other.to_string(),
    }
}

impl Input {
    fn of(path: &Path, own: &[PathBuf]) -> Result<Input, Failure> {
        let mut input = Input { path: path.to_owned(), files: None, bytes: None, modified: None };
        let found = match fs::metadata(path) {
            Ok(found) if !is_stdin(path) => found,
            // Whoever opens it will say so.
            _ => return Ok(input),
        };
        let all = match found {
            file if file.is_file() => vec![file],
            folder if folder.is_dir() => files(path, own)?,
            _ => return Ok(input),
        };
        let modified = all.iter().filter_map(|file| file.modified().ok()).max();
        input.files = Some(all.len() as u64);
        input.bytes = Some(all.iter().map(Metadata::len).sum());
        input.modified = modified.map(|time| humantime::format_rfc3339_nanos(time).to_string());
        Ok(input)
    }

    fn shown(&self) -> String {
        let (Some(files), Some(bytes)) = (self.files, self.bytes) else { return "no file".to_owned() };
        let files = if self.path.is_dir() { format!("{files} files of ") } else { String::new() };
        let changed = self.modified.as_ref().map_or(String::new(), |time| format!(", changed {time}"));
        format!("{files}{bytes} bytes{changed}")
    }
}

/// The files of a folder and its folders, but for those in `own`.
fn files(folder: &Path, own: &[PathBuf]) -> Result<Vec<Metadata>, Failure> {
    let failed = |e: ignore::Error| Failure::Input(format!("can't read {}: {e}", folder.display()));
    let mut files = Vec::new();
    for entry in ignore::WalkBuilder::new(folder).standard_filters(false).build() {
        let entry = entry.map_err(failed)?;
        let file = entry.metadata().map_err(failed)?;
        if file.is_file() && !own.iter().any(|own| own == entry.path()) {
            files.push(file);
        }
    }
    Ok(files)
}
