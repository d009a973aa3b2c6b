//! Every key that a pack may hold, with its type and meaning: the one table behind the messages about
//! unknown and missing keys and behind the JSON Schema.

/// The type of a value.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// A text that is not empty.
    Text,
    /// A number in a range, ends included.
    Number(f64, f64),
    /// Two numbers in a range, the first not above the second.
    Range(f64, f64),
    /// A whole number in a range, ends included.
    Whole(i64, i64),
    /// A list of phrases.
    Phrases,
    /// A list of single words.
    Words,
    /// A list of regular expressions.
    Regexes,
    /// A list of texts.
    Texts,
    /// The name of a criterion.
    Criterion,
    /// What a rule speaks for.
    Leans,
    /// A list of kinds of section.
    Sections,
    /// A table.
    Table(&'static [Key]),
    /// A list of tables.
    Tables(&'static [Key]),
}

impl Kind {
    /// What the value should be, for messages.
    pub fn wanted(self) -> String {
        match self {
            Kind::Text => "a text in quotes".into(),
            Kind::Number(..) => "a number".into(),
            Kind::Range(..) => "two numbers in brackets".into(),
            Kind::Whole(..) => "a whole number".into(),
            Kind::Phrases => "a list of phrases in brackets".into(),
            Kind::Words => "a list of words in brackets".into(),
            Kind::Regexes => "a list of regular expressions in brackets".into(),
            Kind::Texts => "a list of texts in brackets".into(),
            Kind::Criterion => "the name of a criterion in quotes".into(),
            Kind::Leans => "\"BPO\" or \"KPO\" (in scope.toml: \"out-of-scope\" or \"in-scope\")".into(),
            Kind::Sections => "a list of section kinds in brackets".into(),
            Kind::Table(_) => "a table".into(),
            Kind::Tables(_) => "tables that each begin with a line in double brackets".into(),
        }
    }
}

/// One key of a table.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// Its name.
    pub name: &'static str,
    /// The type of its value.
    pub kind: Kind,
    /// Whether it must be there.
    pub required: bool,
    /// What it means.
    pub doc: &'static str,
}

const fn need(name: &'static str, kind: Kind, doc: &'static str) -> Key {
    Key { name, kind, required: true, doc }
}

const fn may(name: &'static str, kind: Kind, doc: &'static str) -> Key {
    Key { name, kind, required: false, doc }
}

/// A criterion file.
pub const CRITERION_FILE: &[Key] = &[
    need("criterion", Kind::Criterion, "The criterion that the rules of this file belong to."),
    may("rule", Kind::Tables(RULE), "A rule: one idea, and the phrases that show it."),
];

/// A rule.
pub const RULE: &[Key] = &[
    need("id", Kind::Text, "Unique over the pack; lower-case words joined by hyphens."),
    need("leans", Kind::Leans, "What the rule speaks for."),
    need("weight", Kind::Number(0.0, 10.0), "Its strength; 1 is ordinary, 0 switches it off."),
    need("because", Kind::Text, "The reason, in one sentence that can be defended."),
    may("phrases", Kind::Phrases, "Phrases that make it fire, in the phrase language."),
    may("acronyms", Kind::Words, "Whole words in exactly these capitals that make it fire."),
    may("regex", Kind::Regexes, "Regular expressions (crate regex) that make it fire; any letter case."),
    may("unless", Kind::Phrases, "Phrases that silence the rule in the task where they stand."),
    may("sections", Kind::Sections, "Kinds of section in which it may fire; default: all."),
    may("fires", Kind::Texts, "Texts on which the rule must fire."),
    may("silent", Kind::Texts, "Texts on which the rule must not fire."),
];

/// The manifest, `pack.toml`.
pub const MANIFEST: &[Key] = &[
    need("pack", Kind::Table(PACK), "What the pack is."),
    need("poles", Kind::Table(POLES), "Names for the two ends of the spectrum."),
    need("criteria", Kind::Table(CRITERIA), "What each criterion asks and how much it counts."),
    need("scoring", Kind::Table(SCORING), "How masses of evidence become log-odds."),
    need("verdict", Kind::Table(VERDICT), "Where the verdicts begin."),
    need("text", Kind::Table(TEXT), "How text is read."),
    need("economics", Kind::Table(ECONOMICS), "Rates and savings: assumptions, with their source."),
];

const PACK: &[Key] = &[
    need("name", Kind::Text, "The pack's name."),
    need("version", Kind::Text, "Its version."),
    need("source", Kind::Text, "Where its criteria come from."),
    need("language", Kind::Text, "The language of the texts that it reads, say \"en\"."),
];

const POLES: &[Key] = &[
    need("BPO", Kind::Text, "What the BPO end is called."),
    need("KPO", Kind::Text, "What the KPO end is called."),
];

const CRITERIA: &[Key] = &[
    need("focus", Kind::Table(CRITERION), "Carrying out processes, or applying knowledge."),
    need("process", Kind::Table(CRITERION), "Low-level or high-level processes."),
    need(
        "specialization",
        Kind::Table(CRITERION),
        "No particular field, or a domain with its qualifications.",
    ),
    need("driving_force", Kind::Table(CRITERION), "Volume and cost, or knowledge and insight."),
    need("activities", Kind::Table(CRITERION), "A rigid structure, or judgment."),
    need(
        "client_contact",
        Kind::Table(CRITERION),
        "Scripted contact, or consultation on complicated matters.",
    ),
    need("scope", Kind::Table(CRITERION), "Whether the work can be delivered from another site."),
];

const CRITERION: &[Key] = &[
    need("title", Kind::Text, "A short name for tables."),
    need("question", Kind::Text, "The question that the criterion answers."),
    need("source", Kind::Text, "What the source document says of it."),
    need("weight", Kind::Number(0.0, 10.0), "Factor on the weights of its rules."),
];

const SCORING: &[Key] = &[
    need("bias", Kind::Number(-10.0, 10.0), "Log-odds of a document without evidence."),
    need("gain", Kind::Number(0.1, 100.0), "Log-odds that overwhelming one-sided evidence reaches."),
    need("prior", Kind::Number(0.01, 1000.0), "Mass of evidence that it takes to get half-way there."),
    need(
        "echo",
        Kind::Number(0.0, 0.95),
        "What each further task adds to a rule's strength, as a part of the one before.",
    ),
    need(
        "sharing",
        Kind::Number(0.0, 1.0),
        "How far rules of one leaning that read the same words share one rule's strength: 0 not at all, 1 wholly.",
    ),
    need("fade", Kind::Number(0.0, 0.5), "What each word before a hit in its task takes from it, as a part."),
    need("hedged", Kind::Number(0.0, 1.0), "Factor on hits that the text hedges."),
    need(
        "scope_prior",
        Kind::Number(0.01, 1000.0),
        "Mass of out-of-scope evidence, alone, whose share is one half.",
    ),
    need(
        "desk",
        Kind::Number(0.0, 10.0),
        "How much evidence for either pole speaks for work that can be delivered from another site.",
    ),
];

const VERDICT: &[Key] = &[
    need("bpo_at_most", Kind::Number(0.0, 1.0), "Scores up to this one are BPO."),
    need("kpo_at_least", Kind::Number(0.0, 1.0), "Scores from this one are KPO."),
    need("min_evidence", Kind::Number(0.0, 100.0), "Less evidence than this, in log-odds, is unclear."),
    need(
        "out_of_scope_at_least",
        Kind::Number(0.0, 1.0),
        "Shares of out-of-scope evidence from this one are out-of-scope.",
    ),
];

const TEXT: &[Key] = &[
    need("transparent", Kind::Words, "Words that may stand between the words of a phrase."),
    need("joining", Kind::Words, "Words that join the items of a list."),
    need("stop", Kind::Phrases, "Phrases that end a clause for negation and hedging."),
    need("negation", Kind::Table(CUES), "Cues that deny."),
    need("hedge", Kind::Table(CUES), "Cues that weaken."),
    need("sections", Kind::Table(SECTIONS), "Kinds of section: their headings and weights."),
];

const CUES: &[Key] = &[
    need("before", Kind::Phrases, "Cues that act on what follows them."),
    need("after", Kind::Phrases, "Cues that act on what precedes them."),
    need("pseudo", Kind::Phrases, "What looks like a cue and is none."),
    need("window", Kind::Whole(0, 50), "Words between a cue and what it acts on, at most."),
];

const SECTIONS: &[Key] = &[
    need("title", Kind::Table(SECTION), "The document's title."),
    need("summary", Kind::Table(SECTION), "What the job is; also text before the first heading."),
    need("responsibilities", Kind::Table(SECTION), "What is done."),
    need("requirements", Kind::Table(SECTION), "What is asked of the person."),
    need("about", Kind::Table(SECTION), "The employer about itself."),
    need("benefits", Kind::Table(SECTION), "Pay, leave, perks."),
    need("other", Kind::Table(SECTION), "Anything else."),
];

const SECTION: &[Key] = &[
    need("weight", Kind::Number(0.0, 1.0), "Factor on hits in such a section."),
    may("headings", Kind::Phrases, "Phrases by which its heading is known."),
];

const ECONOMICS: &[Key] = &[
    need("currency", Kind::Text, "Currency of the rates."),
    need("bpo_rate", Kind::Number(0.0, 1e6), "Hourly rate at the BPO end."),
    need("kpo_rate", Kind::Number(0.0, 1e6), "Hourly rate at the KPO end."),
    need("saving", Kind::Range(0.0, 1.0), "Savings, as shares of cost, from least to most."),
    need("source", Kind::Text, "Who says so."),
];
