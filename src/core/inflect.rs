//! The inflected forms of a word: plurals and verb forms, regular and irregular, in both spellings.
//!
//! The part of speech is not known, so a word is inflected as noun and as verb. That makes some forms
//! that nobody writes (`statementing`), which is harmless; it makes no derivations: `account` gives
//! `accounting` (a verb form) but never `accountant` or `accountable`.

use super::spelling::spellings;

/// Words that are never inflected.
const INVARIABLE: &[&str] = &[
    "a",
    "about",
    "across",
    "all",
    "also",
    "always",
    "among",
    "an",
    "and",
    "any",
    "as",
    "at",
    "because",
    "before",
    "behind",
    "below",
    "between",
    "both",
    "but",
    "by",
    "during",
    "each",
    "either",
    "every",
    "for",
    "from",
    "he",
    "her",
    "his",
    "how",
    "if",
    "in",
    "into",
    "it",
    "its",
    "must",
    "my",
    "neither",
    "never",
    "no",
    "non",
    "nor",
    "not",
    "of",
    "off",
    "on",
    "once",
    "only",
    "onto",
    "or",
    "other",
    "our",
    "out",
    "over",
    "own",
    "per",
    "she",
    "should",
    "since",
    "so",
    "some",
    "such",
    "than",
    "that",
    "the",
    "their",
    "them",
    "then",
    "there",
    "these",
    "they",
    "this",
    "those",
    "through",
    "to",
    "toward",
    "towards",
    "under",
    "until",
    "up",
    "upon",
    "us",
    "via",
    "was",
    "we",
    "were",
    "what",
    "when",
    "where",
    "whether",
    "which",
    "while",
    "who",
    "whom",
    "whose",
    "why",
    "will",
    "with",
    "within",
    "without",
    "would",
    "you",
    "your",
    "can",
    "could",
    "may",
    "might",
    "new",
    "news",
    "customs",
    "goods",
    "series",
    "species",
    "economics",
    "physics",
    "mathematics",
    "statistics",
    "analytics",
    "ethics",
    "politics",
    "logistics",
    "genetics",
    "linguistics",
    "electronics",
    "mechanics",
    "robotics",
    "graphics",
    "premises",
    "savings",
    "always",
    "perhaps",
    "daily",
    "weekly",
    "monthly",
    "hourly",
    "yearly",
    "quarterly",
    "annually",
    "very",
    "well",
    "too",
    "quite",
];

/// Irregular verbs: base, past, participle, and further forms.
const VERBS: &[&[&str]] = &[
    &["be", "am", "is", "are", "was", "were", "been", "being"],
    &["have", "has", "had", "having"],
    &["do", "does", "did", "done", "doing"],
    &["go", "goes", "went", "gone", "going"],
    &["arise", "arose", "arisen"],
    &["bear", "bore", "borne"],
    &["beat", "beaten"],
    &["become", "became"],
    &["begin", "began", "begun", "beginning"],
    &["bend", "bent"],
    &["bid", "bidding"],
    &["bind", "bound"],
    &["bleed", "bled"],
    &["blow", "blew", "blown"],
    &["break", "broke", "broken"],
    &["breed", "bred"],
    &["bring", "brought"],
    &["broadcast"],
    &["build", "built"],
    &["burn", "burnt"],
    &["buy", "bought"],
    &["cast"],
    &["catch", "caught"],
    &["choose", "chose", "chosen"],
    &["come", "came"],
    &["cost"],
    &["cut", "cutting"],
    &["deal", "dealt"],
    &["dig", "dug", "digging"],
    &["draw", "drew", "drawn"],
    &["drive", "drove", "driven"],
    &["eat", "ate", "eaten"],
    &["fall", "fell", "fallen"],
    &["feed", "fed"],
    &["feel", "felt"],
    &["fight", "fought"],
    &["find", "found"],
    &["fit", "fitting", "fitted"],
    &["fly", "flew", "flown"],
    &["forbid", "forbade", "forbidden", "forbidding"],
    &["forecast", "forecasted"],
    &["foresee", "foresaw", "foreseen"],
    &["forget", "forgot", "forgotten", "forgetting"],
    &["freeze", "froze", "frozen"],
    &["get", "got", "gotten", "getting"],
    &["give", "gave", "given"],
    &["grind", "ground"],
    &["grow", "grew", "grown"],
    &["hang", "hung"],
    &["hear", "heard"],
    &["hide", "hid", "hidden"],
    &["hit", "hitting"],
    &["hold", "held"],
    &["input", "inputting", "inputted"],
    &["keep", "kept"],
    &["know", "knew", "known"],
    &["lay", "laid"],
    &["lead", "led"],
    &["learn", "learnt"],
    &["leave", "left"],
    &["lend", "lent"],
    &["let", "letting"],
    &["lie", "lying", "lay", "lain"],
    &["lose", "lost"],
    &["make", "made"],
    &["mean", "meant"],
    &["meet", "met"],
    &["offset", "offsetting"],
    &["output", "outputting"],
    &["oversee", "oversaw", "overseen"],
    &["overcome", "overcame"],
    &["pay", "paid"],
    &["prove", "proven"],
    &["put", "putting"],
    &["quit", "quitting"],
    &["read"],
    &["reset", "resetting"],
    &["rewrite", "rewrote", "rewritten"],
    &["rebuild", "rebuilt"],
    &["redraw", "redrew", "redrawn"],
    &["ride", "rode", "ridden"],
    &["ring", "rang", "rung"],
    &["rise", "rose", "risen"],
    &["run", "ran", "running"],
    &["say", "said"],
    &["see", "saw", "seen"],
    &["seek", "sought"],
    &["sell", "sold"],
    &["send", "sent"],
    &["set", "setting"],
    &["sew", "sewn"],
    &["shake", "shook", "shaken"],
    &["shed", "shedding"],
    &["shoot", "shot"],
    &["show", "shown"],
    &["shut", "shutting"],
    &["sing", "sang", "sung"],
    &["sit", "sat", "sitting"],
    &["sleep", "slept"],
    &["speak", "spoke", "spoken"],
    &["spend", "spent"],
    &["spin", "spun", "spinning"],
    &["split", "splitting"],
    &["spread"],
    &["stand", "stood"],
    &["steal", "stole", "stolen"],
    &["stick", "stuck"],
    &["strike", "struck"],
    &["swear", "swore", "sworn"],
    &["sweep", "swept"],
    &["swim", "swam", "swum", "swimming"],
    &["take", "took", "taken"],
    &["teach", "taught"],
    &["tear", "tore", "torn"],
    &["tell", "told"],
    &["think", "thought"],
    &["throw", "threw", "thrown"],
    &["undergo", "undergoes", "underwent", "undergone"],
    &["understand", "understood"],
    &["undertake", "undertook", "undertaken"],
    &["underwrite", "underwrote", "underwritten"],
    &["uphold", "upheld"],
    &["wear", "wore", "worn"],
    &["weave", "wove", "woven"],
    &["win", "won", "winning"],
    &["wind", "wound"],
    &["withdraw", "withdrew", "withdrawn"],
    &["write", "wrote", "written"],
    &["undo", "undoes", "undid", "undone"],
];

/// Irregular nouns: singular and plurals.
const NOUNS: &[&[&str]] = &[
    &["man", "men"],
    &["woman", "women"],
    &["child", "children"],
    &["person", "persons", "people"],
    &["foot", "feet"],
    &["tooth", "teeth"],
    &["mouse", "mice"],
    &["life", "lives"],
    &["wife", "wives"],
    &["half", "halves"],
    &["shelf", "shelves"],
    &["knife", "knives"],
    &["leaf", "leaves"],
    &["loaf", "loaves"],
    &["thief", "thieves"],
    &["calf", "calves"],
    &["analysis", "analyses"],
    &["basis", "bases"],
    &["crisis", "crises"],
    &["diagnosis", "diagnoses"],
    &["hypothesis", "hypotheses"],
    &["thesis", "theses"],
    &["synthesis", "syntheses"],
    &["prognosis", "prognoses"],
    &["prosthesis", "prostheses"],
    &["criterion", "criteria"],
    &["phenomenon", "phenomena"],
    &["datum", "data"],
    &["medium", "media"],
    &["curriculum", "curricula", "curriculums"],
    &["memorandum", "memoranda", "memorandums"],
    &["bacterium", "bacteria"],
    &["spectrum", "spectra"],
    &["symposium", "symposia"],
    &["stimulus", "stimuli"],
    &["nucleus", "nuclei"],
    &["alumnus", "alumni"],
    &["syllabus", "syllabi", "syllabuses"],
    &["index", "indexes", "indices"],
    &["matrix", "matrices"],
    &["appendix", "appendices"],
    &["vertex", "vertices"],
    &["formula", "formulas", "formulae"],
    &["specimen", "specimens"],
    &["staff", "staffs"],
    &["agendum", "agenda", "agendas"],
    &["salesman", "salesmen"],
    &["draftsman", "draftsmen"],
    &["ox", "oxen"],
];

/// Adjectives that are compared; they have no plural and are no verbs.
const ADJECTIVES: &[&str] = &[
    "big", "bright", "cheap", "close", "complex", "dark", "deep", "easy", "fast", "few", "fresh", "great",
    "happy", "hard", "heavy", "high", "hot", "large", "late", "light", "long", "low", "near", "old", "quick",
    "quiet", "rich", "short", "sick", "simple", "small", "smart", "soft", "strong", "tall", "thick", "thin",
    "tough", "weak", "wide", "young", "early", "busy", "safe", "wise",
];

/// Verbs of several syllables that double their last consonant.
const DOUBLING: &[&str] = &[
    "abet",
    "admit",
    "allot",
    "begin",
    "commit",
    "compel",
    "concur",
    "confer",
    "control",
    "debug",
    "defer",
    "deter",
    "dispel",
    "embed",
    "enrol",
    "equip",
    "excel",
    "expel",
    "format",
    "forget",
    "handicap",
    "impel",
    "incur",
    "infer",
    "kidnap",
    "occur",
    "omit",
    "outfit",
    "outrun",
    "patrol",
    "permit",
    "plug",
    "prefer",
    "program",
    "propel",
    "rebut",
    "recap",
    "recur",
    "refer",
    "refit",
    "regret",
    "remit",
    "repel",
    "resubmit",
    "submit",
    "transfer",
    "transmit",
    "transship",
    "unplug",
    "unzip",
    "upset",
    "worship",
    "zigzag",
];

/// Every form of `word` that a text may show, sorted; `word` itself among them.
///
/// `word` is folded: lower case, no accents. A word with a digit or a mark in it has one form.
pub fn forms(word: &str) -> Vec<String> {
    let mut all: Vec<String> =
        spellings(word).iter().flat_map(|base| base_forms(base)).flat_map(|form| spellings(&form)).collect();
    all.sort();
    all.dedup();
    all
}

fn base_forms(word: &str) -> Vec<String> {
    let mut all = vec![word.to_owned()];
    let plain = word.len() > 2 && word.bytes().all(|b| b.is_ascii_lowercase());
    if let Some(row) = VERBS.iter().find(|row| row[0] == word) {
        all.extend(row.iter().map(|form| form.to_string()));
        if word.len() > 2 && word != "have" {
            all.push(with_s(word));
            all.push(with_ing(word));
        }
        return all;
    }
    if !plain || INVARIABLE.contains(&word) {
        return all;
    }
    if let Some(row) = NOUNS.iter().find(|row| row.contains(&word)) {
        all.extend(row.iter().map(|form| form.to_string()));
        if matches!(word, "man" | "staff" | "index") {
            all.extend(verb_forms(word));
        }
        return all;
    }
    if ADJECTIVES.contains(&word) {
        let past = with_ed(word);
        all.push(format!("{}r", &past[..past.len() - 1]));
        all.push(format!("{}st", &past[..past.len() - 1]));
        return all;
    }
    if let Some(singular) = singular(word) {
        all.extend(base_forms(&singular));
        return all;
    }
    all.push(with_s(word));
    // Words in -ing and -ed are verb forms already; as nouns ("accounting") they take a plural at most.
    if !word.ends_with("ing") && !word.ends_with("ed") || word.len() <= 4 {
        all.extend(verb_forms(word));
    }
    all
}

/// The singular of a regular plural, so that `calls` in a phrase also finds `call`.
fn singular(word: &str) -> Option<String> {
    let no_plural = ["ss", "us", "is", "ics", "as", "os"].iter().any(|tail| word.ends_with(tail));
    if !word.ends_with('s') || no_plural || word.len() < 4 {
        return None;
    }
    if let Some(stem) = word.strip_suffix("ies") {
        return (stem.len() > 1).then(|| format!("{stem}y"));
    }
    for tail in ["ches", "shes", "xes", "sses", "zzes"] {
        if word.ends_with(tail) {
            return Some(word[..word.len() - 2].to_owned());
        }
    }
    Some(word[..word.len() - 1].to_owned())
}

fn verb_forms(word: &str) -> [String; 3] {
    [with_s(word), with_ed(word), with_ing(word)]
}

fn with_s(word: &str) -> String {
    if let Some(stem) = consonant_y(word) {
        return format!("{stem}ies");
    }
    let hissing = ["s", "x", "z", "ch", "sh"].iter().any(|tail| word.ends_with(tail));
    let es = hissing || matches!(word, "go" | "do" | "echo" | "veto" | "hero" | "tomato" | "potato");
    format!("{word}{}", if es { "es" } else { "s" })
}

fn with_ed(word: &str) -> String {
    if let Some(stem) = consonant_y(word) {
        return format!("{stem}ied");
    }
    if word.ends_with('e') { format!("{word}d") } else { format!("{}ed", doubled(word)) }
}

fn with_ing(word: &str) -> String {
    if let Some(stem) = word.strip_suffix("ie") {
        return format!("{stem}ying");
    }
    match word.strip_suffix('e') {
        Some(stem) if !["e", "o", "y"].iter().any(|tail| stem.ends_with(tail)) => format!("{stem}ing"),
        Some(_) => format!("{word}ing"),
        None => format!("{}ing", doubled(word)),
    }
}

fn consonant_y(word: &str) -> Option<&str> {
    word.strip_suffix('y').filter(|stem| stem.ends_with(|c| !is_vowel(c)))
}

/// The stem with its last consonant doubled where English doubles it: `plan`, `submit`.
fn doubled(word: &str) -> String {
    let tail: Vec<char> = word.chars().rev().take(3).collect();
    let syllables =
        word.as_bytes().windows(2).filter(|w| !is_vowel(w[0].into()) && is_vowel(w[1].into())).count()
            + usize::from(word.starts_with(is_vowel));
    let closed = tail.len() == 3 && !is_vowel(tail[0]) && is_vowel(tail[1]) && !is_vowel(tail[2]);
    let short = closed && syllables == 1 && !matches!(tail[0], 'w' | 'x' | 'y');
    if short || DOUBLING.contains(&word) { format!("{word}{}", tail[0]) } else { word.to_owned() }
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u')
}

#[cfg(test)]
mod tests {
    use super::forms;

    #[test]
    fn regular_and_irregular_forms() {
        let cases = [
            ("analyse", "analyse analysed analyses analysing analyze analyzed analyzes analyzing"),
            ("statement", "statement statemented statementing statements"),
            ("plan", "plan planned planning plans"),
            ("submit", "submit submits submitted submitting"),
            ("visit", "visit visited visiting visits"),
            ("carry", "carried carries carry carrying"),
            ("write", "write writes writing written wrote"),
            ("be", "am are be been being is was were"),
            ("criterion", "criteria criterion"),
            ("analysis", "analyses analysis analyzes"),
            ("process", "process processed processes processing"),
            ("high", "high higher highest"),
            ("easy", "easier easiest easy"),
            ("accounting", "accounting accountings"),
            ("calls", "call called calling calls"),
            ("economics", "economics"),
            ("of", "of"),
            ("r&d", "r&d"),
            ("label", "label labeled labeling labelled labelling labels"),
            ("agree", "agree agreed agreeing agrees"),
            ("oversee", "oversaw oversee overseeing overseen oversees"),
        ];
        for (word, want) in cases {
            assert_eq!(forms(word).join(" "), want, "{word}");
        }
    }

    #[test]
    fn derivations_are_other_words() {
        for (word, other) in [("account", "accountant"), ("account", "accountable"), ("analyse", "analysis")]
        {
            assert!(!forms(word).contains(&other.to_owned()), "{word} must not give {other}");
        }
    }
}
