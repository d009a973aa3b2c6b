//! What can be wrong with a pack, and where.

use std::ops::Range;

/// A kind of mistake, with a name that never changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)] // `meaning` says it
pub enum Code {
    TomlSyntax,
    NotUtf8,
    MissingFile,
    UnknownKey,
    MissingKey,
    WrongType,
    EmptyText,
    UnknownCriterion,
    CriterionTwice,
    UnknownLeans,
    LeansElsewhere,
    UnknownSection,
    BadId,
    DuplicateId,
    OutOfRange,
    ThresholdOrder,
    NoPatterns,
    PhraseSyntax,
    NeverMatches,
    DuplicatePhrase,
    BadAcronym,
    BadRegex,
    EmptyRegex,
    UngatedRegex,
    AlwaysSilenced,
    MissingExample,
    ContradictoryExample,
    ExampleDoesNotFire,
    ExampleFires,
}

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The pack can't be used.
    Error,
    /// The pack can be used, but this is hardly what was meant.
    Warning,
}

impl Severity {
    /// `error` or `warning`.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
        }
    }
}

impl Code {
    /// Every code, in the order of the reference page.
    pub const ALL: [Code; 29] = [
        Code::TomlSyntax,
        Code::NotUtf8,
        Code::MissingFile,
        Code::UnknownKey,
        Code::MissingKey,
        Code::WrongType,
        Code::EmptyText,
        Code::UnknownCriterion,
        Code::CriterionTwice,
        Code::UnknownLeans,
        Code::LeansElsewhere,
        Code::UnknownSection,
        Code::BadId,
        Code::DuplicateId,
        Code::OutOfRange,
        Code::ThresholdOrder,
        Code::NoPatterns,
        Code::PhraseSyntax,
        Code::NeverMatches,
        Code::DuplicatePhrase,
        Code::BadAcronym,
        Code::BadRegex,
        Code::EmptyRegex,
        Code::UngatedRegex,
        Code::AlwaysSilenced,
        Code::MissingExample,
        Code::ContradictoryExample,
        Code::ExampleDoesNotFire,
        Code::ExampleFires,
    ];

    /// The name, as printed and as searched for.
    pub fn name(self) -> &'static str {
        match self {
            Code::TomlSyntax => "toml-syntax",
            Code::NotUtf8 => "not-utf8",
            Code::MissingFile => "missing-file",
            Code::UnknownKey => "unknown-key",
            Code::MissingKey => "missing-key",
            Code::WrongType => "wrong-type",
            Code::EmptyText => "empty-text",
            Code::UnknownCriterion => "unknown-criterion",
            Code::CriterionTwice => "criterion-twice",
            Code::UnknownLeans => "unknown-leans",
            Code::LeansElsewhere => "leans-elsewhere",
            Code::UnknownSection => "unknown-section",
            Code::BadId => "bad-id",
            Code::DuplicateId => "duplicate-id",
            Code::OutOfRange => "out-of-range",
            Code::ThresholdOrder => "threshold-order",
            Code::NoPatterns => "no-patterns",
            Code::PhraseSyntax => "phrase-syntax",
            Code::NeverMatches => "never-matches",
            Code::DuplicatePhrase => "duplicate-phrase",
            Code::BadAcronym => "bad-acronym",
            Code::BadRegex => "bad-regex",
            Code::EmptyRegex => "empty-regex",
            Code::UngatedRegex => "ungated-regex",
            Code::AlwaysSilenced => "always-silenced",
            Code::MissingExample => "missing-example",
            Code::ContradictoryExample => "contradictory-example",
            Code::ExampleDoesNotFire => "example-does-not-fire",
            Code::ExampleFires => "example-fires",
        }
    }

    /// What the code means, in a sentence.
    pub fn meaning(self) -> &'static str {
        match self {
            Code::TomlSyntax => "The file is not valid TOML.",
            Code::NotUtf8 => "The file is not UTF-8 text.",
            Code::MissingFile => "The pack lacks its manifest or has no criterion file at all.",
            Code::UnknownKey => "A key or table means nothing here.",
            Code::MissingKey => "A key or table that is needed is not there.",
            Code::WrongType => "A value is of the wrong type.",
            Code::EmptyText => "A text says nothing.",
            Code::UnknownCriterion => "There is no such criterion.",
            Code::CriterionTwice => "Two files claim the same criterion.",
            Code::UnknownLeans => "A rule leans to something that is no pole.",
            Code::LeansElsewhere => "A rule leans to something that its criterion does not decide.",
            Code::UnknownSection => "There is no such kind of section.",
            Code::BadId => "An id is not in kebab-case.",
            Code::DuplicateId => "Two rules have the same id.",
            Code::OutOfRange => "A number is outside the range that makes sense.",
            Code::ThresholdOrder => "The thresholds of the two poles overlap.",
            Code::NoPatterns => "A rule has nothing to look for.",
            Code::PhraseSyntax => "A phrase can't be read.",
            Code::NeverMatches => "A phrase is readable but could never match.",
            Code::DuplicatePhrase => "A phrase stands twice.",
            Code::BadAcronym => "An acronym is not a single word in capitals.",
            Code::BadRegex => "A regular expression can't be built.",
            Code::EmptyRegex => "A regular expression matches even an empty text.",
            Code::UngatedRegex => "A regular expression names no word, so it has to run over every text.",
            Code::AlwaysSilenced => "A rule's own `unless` silences a phrase of it wherever it stands.",
            Code::MissingExample => {
                "A rule lacks an example on which it fires, or one on which it is silent."
            }
            Code::ContradictoryExample => "The same text is given as firing and as silent.",
            Code::ExampleDoesNotFire => "A rule does not fire on its own example.",
            Code::ExampleFires => "A rule fires on an example that should leave it silent.",
        }
    }

    /// How bad it is.
    pub fn severity(self) -> Severity {
        match self {
            Code::DuplicatePhrase | Code::UngatedRegex | Code::MissingExample => Severity::Warning,
            _ => Severity::Error,
        }
    }
}

/// A place in a file of the pack.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Place {
    /// Number of the file.
    pub file: usize,
    /// Bytes.
    pub span: Range<usize>,
}

/// One mistake.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Its kind.
    pub code: Code,
    /// What is wrong, in a line.
    pub message: String,
    /// Where; nothing if a whole file is missing.
    pub place: Option<Place>,
    /// What to read at the caret.
    pub label: String,
    /// Other places that matter, each with what to read there.
    pub related: Vec<(Place, String)>,
    /// What is allowed and what to do.
    pub help: String,
}

impl Diagnostic {
    /// A mistake at a place.
    pub fn new(code: Code, place: Place, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            code,
            message: message.into(),
            place: Some(place),
            label: String::new(),
            related: Vec::new(),
            help: String::new(),
        }
    }

    /// With what to read at the caret.
    pub fn label(mut self, label: impl Into<String>) -> Diagnostic {
        self.label = label.into();
        self
    }

    /// With what is allowed and what to do.
    pub fn help(mut self, help: impl Into<String>) -> Diagnostic {
        self.help = help.into();
        self
    }

    /// With another place that matters.
    pub fn related(mut self, place: Place, label: impl Into<String>) -> Diagnostic {
        self.related.push((place, label.into()));
        self
    }
}

/// The allowed name nearest to `name`, if one is near enough to be meant.
pub fn nearest<'a>(name: &str, allowed: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let name = name.to_lowercase();
    allowed
        .into_iter()
        .map(|candidate| (distance(&name, &candidate.to_lowercase()), candidate))
        .filter(|(distance, candidate)| *distance <= (candidate.len().max(3) / 3).max(1))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// Edits between two words: insertions, deletions, changes and swaps of neighbours.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut rows = vec![vec![0; b.len() + 1]; a.len() + 1];
    for (i, row) in rows.iter_mut().enumerate() {
        row[0] = i;
    }
    for (j, cell) in rows[0].iter_mut().enumerate() {
        *cell = j;
    }
    for i in 1..=a.len() {
        for j in 1..=b.len() {
            let change = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut best = change.min(rows[i - 1][j] + 1).min(rows[i][j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(rows[i - 2][j - 2] + 1);
            }
            rows[i][j] = best;
        }
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_slip_finds_its_word_and_nonsense_none() {
        let keys = ["phrases", "because", "weight"];
        assert_eq!(nearest("phrase", keys), Some("phrases"));
        assert_eq!(nearest("becuase", keys), Some("because"));
        assert_eq!(nearest("colour", keys), None);
    }
}
