//! The kinds of mistakes in a pack, each with a name that never changes.

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
    SubsumedPhrase,
    IdleExample,
    DuplicateExample,
    DeadRule,
    UnmatchedPhrase,
    DuplicateRule,
    ShadowedRule,
    AlwaysTogether,
    ContradictingRules,
    OverBroad,
}

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The pack can't be used.
    Error,
    /// The pack can be used, but this is hardly what was meant.
    Warning,
    /// Nothing wrong, but worth a thought.
    Note,
}

impl Severity {
    /// `error`, `warning` or `note`.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        }
    }
}

/// What it takes to find a mistake.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// Reading the pack.
    Reading,
    /// A closer look at its rules.
    Rules,
    /// A corpus.
    Corpus,
}

impl Code {
    /// The code with this name.
    pub fn from_name(name: &str) -> Option<Code> {
        Code::ALL.into_iter().find(|code| code.name() == name)
    }

    /// Every code, in the order of the reference page.
    pub const ALL: [Code; 39] = [
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
        Code::SubsumedPhrase,
        Code::IdleExample,
        Code::DuplicateExample,
        Code::DeadRule,
        Code::UnmatchedPhrase,
        Code::DuplicateRule,
        Code::ShadowedRule,
        Code::AlwaysTogether,
        Code::ContradictingRules,
        Code::OverBroad,
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
            Code::SubsumedPhrase => "subsumed-phrase",
            Code::IdleExample => "idle-example",
            Code::DuplicateExample => "duplicate-example",
            Code::DeadRule => "dead-rule",
            Code::UnmatchedPhrase => "unmatched-phrase",
            Code::DuplicateRule => "duplicate-rule",
            Code::ShadowedRule => "shadowed-rule",
            Code::AlwaysTogether => "always-together",
            Code::ContradictingRules => "contradicting-rules",
            Code::OverBroad => "over-broad",
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
            Code::SubsumedPhrase => "A phrase finds nothing that another phrase of its rule does not.",
            Code::IdleExample => "A text in `silent` holds no word of the rule, so that it tests nothing.",
            Code::DuplicateExample => "A rule has the same text twice among its examples.",
            Code::DeadRule => "A rule fires nowhere in the corpus.",
            Code::UnmatchedPhrase => "A rule fires in the corpus, but some of its phrases match nowhere.",
            Code::DuplicateRule => "Two rules of the same leaning fire in exactly the same documents.",
            Code::ShadowedRule => "A rule never fires without a stronger one of the same leaning.",
            Code::AlwaysTogether => "Two rules of the same leaning nearly always fire together.",
            Code::ContradictingRules => "Two rules of opposite leaning read the same words.",
            Code::OverBroad => {
                "A rule is right less often than chance or, where there are no labels, fires in a large part of all documents."
            }
        }
    }

    /// What it takes to find it.
    pub fn stage(self) -> Stage {
        match self {
            Code::SubsumedPhrase | Code::IdleExample | Code::DuplicateExample => Stage::Rules,
            Code::DeadRule
            | Code::UnmatchedPhrase
            | Code::DuplicateRule
            | Code::ShadowedRule
            | Code::AlwaysTogether
            | Code::ContradictingRules
            | Code::OverBroad => Stage::Corpus,
            _ => Stage::Reading,
        }
    }

    /// How bad it is.
    pub fn severity(self) -> Severity {
        match self {
            Code::DuplicatePhrase | Code::UngatedRegex | Code::MissingExample => Severity::Warning,
            Code::IdleExample | Code::UnmatchedPhrase => Severity::Note,
            _ if self.stage() != Stage::Reading => Severity::Warning,
            _ => Severity::Error,
        }
    }
}
