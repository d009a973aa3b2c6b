//! Packs: TOML to rules, with every mistake found in one run.

mod check;
mod digest;
pub mod keys;
mod manifest;
mod rules;
mod table;
mod text;

use std::ops::Range;

use toml::de::DeTable;

pub use digest::digest;
pub use text::SourceFile;

use crate::core::compile::Engine;
use crate::core::diagnostic::{Code, Diagnostic, Place, Severity};
use crate::core::lint::At;
use crate::core::pack::Pack;
use crate::core::setting::Setting;

/// Name of the manifest in a pack's folder.
pub const MANIFEST: &str = "pack.toml";

/// Syntax errors of a file that are shown one by one: a file with other line ends has one on every line.
const MAX_SYNTAX: usize = 20;

/// What came of reading a pack.
#[derive(Debug)]
pub struct Loaded {
    /// The pack; nothing if there are errors.
    pub pack: Option<Pack>,
    /// Errors and warnings, by file and place.
    pub diagnostics: Vec<Diagnostic>,
    /// Where each rule stands.
    pub places: Vec<RulePlaces>,
    /// Where the manifest's numbers stand.
    pub settings: Vec<(Setting, Place)>,
}

impl Loaded {
    /// Where a setting stands: the bytes of its number.
    pub fn place(&self, setting: Setting) -> Option<Place> {
        if let Setting::Rule(rule) = setting {
            let places = self.places.get(rule as usize)?;
            return Some(Place { file: places.file, span: places.weight.clone()? });
        }
        self.settings.iter().find(|(known, _)| *known == setting).map(|(_, place)| place.clone())
    }

    /// Where a part of a rule stands.
    pub fn part(&self, at: At) -> Option<Place> {
        let (At::Rule(rule) | At::Phrase(rule, _) | At::Fires(rule, _) | At::Silent(rule, _)) = at;
        let places = self.places.get(rule as usize)?;
        let span = match at {
            At::Rule(_) => &places.id,
            At::Phrase(_, number) => places.phrases.get(number)?,
            At::Fires(_, number) => places.fires.get(number)?,
            At::Silent(_, number) => places.silent.get(number)?,
        };
        Some(Place { file: places.file, span: span.clone() })
    }

    /// How many of the diagnostics are of this severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.diagnostics.iter().filter(|d| d.code.severity() == severity).count()
    }
}

/// Where a rule and its parts stand.
#[derive(Clone, Debug, Default)]
pub struct RulePlaces {
    /// Number of the file.
    pub file: usize,
    /// Bytes of the id, quotes included.
    pub id: Range<usize>,
    /// Bytes of the weight.
    pub weight: Option<Range<usize>>,
    /// Bytes of each phrase, in order.
    pub phrases: Vec<Range<usize>>,
    /// Each regular expression.
    regexes: Vec<text::Text>,
    /// Bytes of each text in `fires`.
    pub fires: Vec<Range<usize>>,
    /// Bytes of each text in `silent`.
    pub silent: Vec<Range<usize>>,
    /// Whether reading the rule met errors.
    broken: bool,
}

/// Reads a pack from its files, the manifest among them.
pub fn load(files: &[SourceFile]) -> Loaded {
    let Read { manifest, manifest_broken, mut rules, settings, diagnostics: mut out } = read_files(files);
    if manifest.is_none() {
        out.push(missing(MANIFEST, "a pack has one manifest; `outsort rules init` copies the default"));
    } else if files.len() == 1 {
        out.push(missing("focus.toml", "a pack needs at least one criterion file beside its manifest"));
    }
    check::regexes(&mut rules, files, &mut out);
    check::duplicates(&rules, &mut out);
    let pack = manifest.map(|pack| Pack { rules: rules.rules, ..pack });
    Loaded { settings, ..finish(pack, rules.places, manifest_broken, out) }
}

/// What the files say, before any check that looks at more than one value.
struct Read {
    manifest: Option<Pack>,
    manifest_broken: bool,
    rules: rules::Rules,
    settings: Vec<(Setting, Place)>,
    diagnostics: Vec<Diagnostic>,
}

fn read_files(files: &[SourceFile]) -> Read {
    let mut out = Vec::new();
    let mut manifest = None;
    let mut manifest_broken = false;
    let mut settings = Vec::new();
    let mut rules = rules::Rules::default();
    for (number, file) in files.iter().enumerate() {
        let (root, errors) = DeTable::parse_recoverable(&file.text);
        out.extend(errors.iter().take(MAX_SYNTAX).map(|error| syntax_error(number, &file.text, error)));
        if errors.len() > MAX_SYNTAX
            && let Some(last) = out.last_mut()
        {
            last.message += &format!(" (and {} more such errors behind it)", errors.len() - MAX_SYNTAX);
        }
        let errors_before = out.len();
        if file.name == MANIFEST || file.name.ends_with(&format!("/{MANIFEST}")) {
            let pack = manifest::read(number, &file.text, root.get_ref(), &mut settings, &mut out);
            // Examples need the cues and transparent words, and nothing else of the manifest.
            manifest_broken = !errors.is_empty() || pack.text.transparent.is_empty();
            manifest = Some(pack);
        } else {
            rules.read(number, &file.text, root.get_ref(), &mut out);
        }
        if !errors.is_empty() {
            // What a half-read file seems to lack is no news.
            let no_news = |code| matches!(code, Code::MissingKey | Code::WrongType | Code::NoPatterns);
            let found = out.split_off(errors_before);
            out.extend(found.into_iter().filter(|d| !no_news(d.code)));
            rules
                .places
                .iter_mut()
                .filter(|places| places.file == number)
                .for_each(|places| places.broken = true);
        }
    }
    Read { manifest, manifest_broken, rules, settings, diagnostics: out }
}

/// Reads a pack that is known to be good, without its checks.
pub fn read_trusted(files: &[SourceFile]) -> Pack {
    let read = read_files(files);
    let pack = read.manifest.unwrap_or_else(manifest::empty);
    Pack { rules: read.rules.rules, ..pack }
}

/// Runs the rules' examples and says whether the pack can be used.
fn finish(pack: Option<Pack>, places: Vec<RulePlaces>, broken: bool, mut out: Vec<Diagnostic>) -> Loaded {
    let mut pack = pack;
    if let Some(whole) = pack.take_if(|_| !broken) {
        let engine = Engine::new(whole);
        check::examples(&engine, &places, &mut out);
        pack = Some(engine.into_pack());
    }
    let usable = !out.iter().any(|d| d.code.severity() == Severity::Error);
    out.sort_by_key(|d| d.place.as_ref().map(|p| (p.file, p.span.start)));
    Loaded { pack: pack.filter(|_| usable), diagnostics: out, places, settings: Vec::new() }
}

fn missing(name: &str, help: &str) -> Diagnostic {
    Diagnostic {
        code: Code::MissingFile,
        message: format!("the pack has no `{name}`"),
        place: None,
        label: String::new(),
        related: Vec::new(),
        help: help.into(),
    }
}

fn syntax_error(file: usize, text: &str, error: &toml::de::Error) -> Diagnostic {
    let span = error.span().unwrap_or(0..0);
    let end = span.end.min(text.len());
    let span = span.start.min(end)..end;
    let message = error.message().lines().next().unwrap_or("this is not TOML").to_owned();
    Diagnostic::new(Code::TomlSyntax, Place { file, span }, message)
        .label("here")
        .help("texts stand in quotes, lists in brackets, and a backslash in double quotes is written twice")
}
