//! What a pack means once it is valid.

use std::fmt;

use super::phrase::Phrase;

/// One end of the spectrum.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Pole {
    /// Business process outsourcing: structured, scripted, high-volume work. Score 0.
    Bpo,
    /// Knowledge process outsourcing: specialised knowledge and judgment. Score 1.
    Kpo,
}

/// What a rule speaks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Leans {
    /// Evidence for the BPO end.
    Bpo,
    /// Evidence for the KPO end.
    Kpo,
    /// Evidence that the work cannot be delivered from another site.
    OutOfScope,
    /// Evidence that it can.
    InScope,
}

impl Leans {
    /// Every value, as written in rule files.
    pub const ALL: [Leans; 4] = [Leans::Bpo, Leans::Kpo, Leans::OutOfScope, Leans::InScope];

    /// The word that rule files and records use.
    pub fn name(self) -> &'static str {
        match self {
            Leans::Bpo => "BPO",
            Leans::Kpo => "KPO",
            Leans::OutOfScope => "out-of-scope",
            Leans::InScope => "in-scope",
        }
    }

    /// What speaks for the other end of the same question.
    pub fn opposite(self) -> Leans {
        match self {
            Leans::Bpo => Leans::Kpo,
            Leans::Kpo => Leans::Bpo,
            Leans::OutOfScope => Leans::InScope,
            Leans::InScope => Leans::OutOfScope,
        }
    }

    /// Whether rules of `criterion` may lean this way.
    pub fn fits(self, criterion: Criterion) -> bool {
        let scope = matches!(self, Leans::OutOfScope | Leans::InScope);
        scope == (criterion == Criterion::Scope)
    }
}

/// One of the six elements that tell BPO from KPO, or the question of scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Criterion {
    /// Carrying out processes, or applying knowledge.
    Focus,
    /// Simple, low-level processes, or high-level ones.
    Process,
    /// No particular field, or a domain with its qualifications.
    Specialization,
    /// Volume and cost, or knowledge and insight.
    DrivingForce,
    /// A rigid structure, or judgment.
    Activities,
    /// Scripted or no contact, or direct communication on complicated matters.
    ClientContact,
    /// Whether the work can be delivered from another site at all.
    Scope,
}

impl Criterion {
    /// The six criteria of the spectrum, in the order of every table.
    pub const SIX: [Criterion; 6] = [
        Criterion::Focus,
        Criterion::Process,
        Criterion::Specialization,
        Criterion::DrivingForce,
        Criterion::Activities,
        Criterion::ClientContact,
    ];
    /// The six and scope.
    pub const ALL: [Criterion; 7] = [
        Criterion::Focus,
        Criterion::Process,
        Criterion::Specialization,
        Criterion::DrivingForce,
        Criterion::Activities,
        Criterion::ClientContact,
        Criterion::Scope,
    ];

    /// The word that rule files and records use; also the stem of the criterion's file.
    pub fn name(self) -> &'static str {
        match self {
            Criterion::Focus => "focus",
            Criterion::Process => "process",
            Criterion::Specialization => "specialization",
            Criterion::DrivingForce => "driving_force",
            Criterion::Activities => "activities",
            Criterion::ClientContact => "client_contact",
            Criterion::Scope => "scope",
        }
    }

    /// The criterion with this name.
    pub fn from_name(name: &str) -> Option<Criterion> {
        Criterion::ALL.into_iter().find(|c| c.name() == name)
    }
}

impl fmt::Display for Criterion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// The kind of a part of a document, told by its heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum SectionKind {
    /// The document's title.
    Title,
    /// What the job is, in a few lines; also text before the first heading.
    Summary,
    /// What is done.
    Responsibilities,
    /// What is asked of the person.
    Requirements,
    /// The employer about itself.
    About,
    /// Pay, leave, perks.
    Benefits,
    /// Anything else: how to apply, legal notices.
    Other,
}

impl SectionKind {
    /// Every kind.
    pub const ALL: [SectionKind; 7] = [
        SectionKind::Title,
        SectionKind::Summary,
        SectionKind::Responsibilities,
        SectionKind::Requirements,
        SectionKind::About,
        SectionKind::Benefits,
        SectionKind::Other,
    ];

    /// The word that rule files and records use.
    pub fn name(self) -> &'static str {
        match self {
            SectionKind::Title => "title",
            SectionKind::Summary => "summary",
            SectionKind::Responsibilities => "responsibilities",
            SectionKind::Requirements => "requirements",
            SectionKind::About => "about",
            SectionKind::Benefits => "benefits",
            SectionKind::Other => "other",
        }
    }
}

/// A set of section kinds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SectionSet(u8);

impl SectionSet {
    /// Every kind.
    pub const ALL: SectionSet = SectionSet(0x7F);

    /// The set of these kinds.
    pub fn of(kinds: impl IntoIterator<Item = SectionKind>) -> SectionSet {
        SectionSet(kinds.into_iter().fold(0, |set, kind| set | 1 << kind as u8))
    }

    /// Whether `kind` is in the set.
    pub fn contains(self, kind: SectionKind) -> bool {
        self.0 & 1 << kind as u8 != 0
    }
}

/// One rule: an idea, the phrases that show it, and how strongly it speaks.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// Unique over the pack, kebab-case.
    pub id: String,
    /// The criterion it belongs to.
    pub criterion: Criterion,
    /// What it speaks for.
    pub leans: Leans,
    /// Strength, 0 to 10; 1 is ordinary.
    pub weight: f64,
    /// The reason, in one plain sentence.
    pub because: String,
    /// Phrases that make it fire.
    pub phrases: Vec<Phrase>,
    /// Case-sensitive whole words that make it fire.
    pub acronyms: Vec<String>,
    /// Regular expressions that make it fire; any letter case unless they say otherwise.
    pub regexes: Vec<String>,
    /// Phrases whose presence in a task silences the rule there.
    pub unless: Vec<Phrase>,
    /// Where it may fire.
    pub sections: SectionSet,
    /// Texts on which it must fire.
    pub fires: Vec<String>,
    /// Texts on which it must not.
    pub silent: Vec<String>,
}

impl Rule {
    /// A rule of one phrase and weight 1, without reason or examples: a phrase on trial.
    pub fn on_trial(id: String, criterion: Criterion, leans: Leans, phrase: Phrase) -> Rule {
        Rule {
            id,
            criterion,
            leans,
            weight: 1.0,
            because: String::new(),
            phrases: vec![phrase],
            acronyms: Vec::new(),
            regexes: Vec::new(),
            unless: Vec::new(),
            sections: SectionSet::ALL,
            fires: Vec::new(),
            silent: Vec::new(),
        }
    }
}

/// What a criterion asks, and how much it counts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CriterionInfo {
    /// A short name for tables.
    pub title: String,
    /// The question that the criterion answers.
    pub question: String,
    /// What the source document says of it.
    pub source: String,
    /// Factor on the weights of its rules, 0 to 10.
    pub weight: f64,
}

/// How masses of evidence become log-odds; see [`score`](super::score).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scoring {
    /// Log-odds of a document without evidence.
    pub bias: f64,
    /// Log-odds that overwhelming one-sided evidence reaches.
    pub gain: f64,
    /// Mass of evidence that is needed to get half-way there.
    pub prior: f64,
    /// What each further task adds to a rule's strength, as a part of the one before: 0 to below 1.
    pub echo: f64,
    /// How far rules of one leaning that read the same words share one rule's strength: 0 not at all, 1 wholly.
    pub sharing: f64,
    /// What each word before a hit in its task takes from it, as a part: 0 to below 1.
    pub fade: f64,
    /// Factor on a hedged hit ("an MBA is a plus"), 0 to 1.
    pub hedged: f64,
    /// Mass of out-of-scope evidence, alone, whose share is one half.
    pub scope_prior: f64,
    /// How much evidence for either pole speaks for work that can be delivered from another site.
    pub desk: f64,
}

/// Where the verdicts begin.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Thresholds {
    /// Scores up to this one are `BPO`.
    pub bpo_at_most: f64,
    /// Scores from this one are `KPO`.
    pub kpo_at_least: f64,
    /// Less evidence (sum of absolute contributions, log-odds) is `unclear`.
    pub min_evidence: f64,
    /// Shares of out-of-scope evidence from this one are `out-of-scope`.
    pub out_of_scope_at_least: f64,
}

/// Cue phrases and how far, in words, they reach.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cues {
    /// Cues that act on what follows: "no", "without".
    pub before: Vec<Phrase>,
    /// Cues that act on what precedes: "not required", "a plus".
    pub after: Vec<Phrase>,
    /// What looks like a cue and is none: "not only".
    pub pseudo: Vec<Phrase>,
    /// Words between a cue and what it acts on, at most.
    pub window: u32,
}

/// How text is read.
#[derive(Clone, Debug, PartialEq)]
pub struct TextRules {
    /// Words that may stand between the words of a phrase: articles, possessives.
    pub transparent: Vec<String>,
    /// Negation.
    pub negation: Cues,
    /// Hedging.
    pub hedge: Cues,
    /// Words that join the items of a list, so that a comma before them does not end a clause: "or".
    pub joining: Vec<String>,
    /// Phrases that end a clause for both: "but".
    pub stop: Vec<Phrase>,
    /// Headings by the kind that they announce.
    pub headings: Vec<(SectionKind, Phrase)>,
    /// Factor on hits in each kind of section, 0 to 1, indexed by kind.
    pub section_weights: [f64; SectionKind::ALL.len()],
}

/// Rates and savings: assumptions that a pack states with their source.
#[derive(Clone, Debug, PartialEq)]
pub struct Economics {
    /// Currency of the rates, say `USD`.
    pub currency: String,
    /// Hourly rate at the BPO end.
    pub bpo_rate: f64,
    /// Hourly rate at the KPO end.
    pub kpo_rate: f64,
    /// Savings, as shares of cost, from least to most.
    pub saving: [f64; 2],
    /// Who says so.
    pub source: String,
}

/// Names for the two ends.
#[derive(Clone, Debug, PartialEq)]
pub struct PoleTitles {
    /// What the BPO end is called.
    pub bpo: String,
    /// What the KPO end is called.
    pub kpo: String,
}

/// A valid pack: the manifest and the rules, in the order of criteria and files.
#[derive(Clone, Debug)]
pub struct Pack {
    /// The pack's name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Where its criteria come from.
    pub source: String,
    /// The language of the texts that it reads, say `en`.
    pub language: String,
    /// Names for the two ends.
    pub poles: PoleTitles,
    /// The criteria, indexed by [`Criterion`].
    pub criteria: [CriterionInfo; Criterion::ALL.len()],
    /// How masses become log-odds.
    pub scoring: Scoring,
    /// Where the verdicts begin.
    pub thresholds: Thresholds,
    /// How text is read.
    pub text: TextRules,
    /// Rates and savings.
    pub economics: Economics,
    /// The rules.
    pub rules: Vec<Rule>,
}

impl Pack {
    /// What the pack says of a criterion.
    pub fn criterion(&self, criterion: Criterion) -> &CriterionInfo {
        &self.criteria[criterion as usize]
    }

    /// The rule with this id, and its number.
    pub fn rule(&self, id: &str) -> Option<(usize, &Rule)> {
        self.rules.iter().enumerate().find(|(_, rule)| rule.id == id)
    }
}
