//! The words that English inflects irregularly, or not at all.

/// Words that serve grammar and name nothing: closed classes, never inflected.
#[rustfmt::skip]
pub const FUNCTION: &[&str] = &[
    "a", "about", "across", "all", "also", "always", "among", "an", "and", "any", "as", "at", "because",
    "before", "behind", "below", "between", "both", "but", "by", "during", "each", "either", "every", "for",
    "from", "he", "her", "his", "how", "if", "in", "into", "it", "its", "must", "my", "neither", "never",
    "no", "non", "nor", "not", "of", "off", "on", "once", "only", "onto", "or", "other", "our", "out",
    "over", "own", "per", "she", "should", "since", "so", "some", "such", "than", "that", "the", "their",
    "them", "then", "there", "these", "they", "this", "those", "through", "to", "toward", "towards",
    "under", "until", "up", "upon", "us", "via", "was", "we", "were", "what", "when", "where", "whether",
    "which", "while", "who", "whom", "whose", "why", "will", "with", "within", "without", "would", "you",
    "your", "can", "could", "may", "might", "perhaps", "very", "well", "too", "quite",
];

/// Other words that are never inflected.
#[rustfmt::skip]
pub const INVARIABLE: &[&str] = &[
    "new", "news", "customs", "goods", "series", "species", "economics", "physics", "mathematics",
    "statistics", "analytics", "ethics", "politics", "logistics", "genetics", "linguistics", "electronics",
    "mechanics", "robotics", "graphics", "premises", "savings", "daily", "weekly", "monthly", "hourly",
    "yearly", "quarterly", "annually",
];

/// Irregular verbs: base, past, participle, and further forms.
#[rustfmt::skip]
pub const VERBS: &[&[&str]] = &[
    &["be", "am", "is", "are", "was", "were", "been", "being"], &["have", "has", "had", "having"],
    &["do", "does", "did", "done", "doing"], &["go", "goes", "went", "gone", "going"],
    &["arise", "arose", "arisen"], &["bear", "bore", "borne"], &["beat", "beaten"], &["become", "became"],
    &["begin", "began", "begun", "beginning"], &["bend", "bent"], &["bid", "bidding"], &["bind", "bound"],
    &["bleed", "bled"], &["blow", "blew", "blown"], &["break", "broke", "broken"], &["breed", "bred"],
    &["bring", "brought"], &["broadcast"], &["build", "built"], &["burn", "burnt"], &["buy", "bought"],
    &["cast"], &["catch", "caught"], &["choose", "chose", "chosen"], &["come", "came"], &["cost"],
    &["cut", "cutting"], &["deal", "dealt"], &["dig", "dug", "digging"], &["draw", "drew", "drawn"],
    &["drive", "drove", "driven"], &["eat", "ate", "eaten"], &["fall", "fell", "fallen"], &["feed", "fed"],
    &["feel", "felt"], &["fight", "fought"], &["find", "found"], &["fit", "fitting", "fitted"],
    &["fly", "flew", "flown"], &["forbid", "forbade", "forbidden", "forbidding"],
    &["forecast", "forecasted"], &["foresee", "foresaw", "foreseen"],
    &["forget", "forgot", "forgotten", "forgetting"], &["freeze", "froze", "frozen"],
    &["get", "got", "gotten", "getting"], &["give", "gave", "given"], &["grind", "ground"],
    &["grow", "grew", "grown"], &["hang", "hung"], &["hear", "heard"], &["hide", "hid", "hidden"],
    &["hit", "hitting"], &["hold", "held"], &["input", "inputting", "inputted"], &["keep", "kept"],
    &["know", "knew", "known"], &["lay", "laid"], &["lead", "led"], &["learn", "learnt"],
    &["leave", "left"], &["lend", "lent"], &["let", "letting"], &["lie", "lying", "lay", "lain"],
    &["lose", "lost"], &["make", "made"], &["mean", "meant"], &["meet", "met"], &["offset", "offsetting"],
    &["output", "outputting"], &["oversee", "oversaw", "overseen"], &["overcome", "overcame"],
    &["pay", "paid"], &["prove", "proven"], &["put", "putting"], &["quit", "quitting"], &["read"],
    &["reset", "resetting"], &["rewrite", "rewrote", "rewritten"], &["rebuild", "rebuilt"],
    &["redraw", "redrew", "redrawn"], &["ride", "rode", "ridden"], &["ring", "rang", "rung"],
    &["rise", "rose", "risen"], &["run", "ran", "running"], &["say", "said"], &["see", "saw", "seen"],
    &["seek", "sought"], &["sell", "sold"], &["send", "sent"], &["set", "setting"], &["sew", "sewn"],
    &["shake", "shook", "shaken"], &["shed", "shedding"], &["shoot", "shot"], &["show", "shown"],
    &["shut", "shutting"], &["sing", "sang", "sung"], &["sit", "sat", "sitting"], &["sleep", "slept"],
    &["speak", "spoke", "spoken"], &["spend", "spent"], &["spin", "spun", "spinning"],
    &["split", "splitting"], &["spread"], &["stand", "stood"], &["steal", "stole", "stolen"],
    &["stick", "stuck"], &["strike", "struck"], &["swear", "swore", "sworn"], &["sweep", "swept"],
    &["swim", "swam", "swum", "swimming"], &["take", "took", "taken"], &["teach", "taught"],
    &["tear", "tore", "torn"], &["tell", "told"], &["think", "thought"], &["throw", "threw", "thrown"],
    &["undergo", "undergoes", "underwent", "undergone"], &["understand", "understood"],
    &["undertake", "undertook", "undertaken"], &["underwrite", "underwrote", "underwritten"],
    &["uphold", "upheld"], &["wear", "wore", "worn"], &["weave", "wove", "woven"],
    &["win", "won", "winning"], &["wind", "wound"], &["withdraw", "withdrew", "withdrawn"],
    &["write", "wrote", "written"], &["undo", "undoes", "undid", "undone"],
];

/// Irregular nouns: singular and plurals.
#[rustfmt::skip]
pub const NOUNS: &[&[&str]] = &[
    &["man", "men"], &["woman", "women"], &["child", "children"], &["person", "persons", "people"],
    &["foot", "feet"], &["tooth", "teeth"], &["mouse", "mice"], &["life", "lives"], &["wife", "wives"],
    &["half", "halves"], &["shelf", "shelves"], &["knife", "knives"], &["leaf", "leaves"],
    &["loaf", "loaves"], &["thief", "thieves"], &["calf", "calves"], &["analysis", "analyses"],
    &["basis", "bases"], &["crisis", "crises"], &["diagnosis", "diagnoses"], &["hypothesis", "hypotheses"],
    &["thesis", "theses"], &["synthesis", "syntheses"], &["prognosis", "prognoses"],
    &["prosthesis", "prostheses"], &["criterion", "criteria"], &["phenomenon", "phenomena"],
    &["datum", "data"], &["medium", "media"], &["curriculum", "curricula", "curriculums"],
    &["memorandum", "memoranda", "memorandums"], &["bacterium", "bacteria"], &["spectrum", "spectra"],
    &["symposium", "symposia"], &["stimulus", "stimuli"], &["nucleus", "nuclei"], &["alumnus", "alumni"],
    &["syllabus", "syllabi", "syllabuses"], &["index", "indexes", "indices"], &["matrix", "matrices"],
    &["appendix", "appendices"], &["vertex", "vertices"], &["formula", "formulas", "formulae"],
    &["specimen", "specimens"], &["staff", "staffs"], &["agendum", "agenda", "agendas"],
    &["salesman", "salesmen"], &["draftsman", "draftsmen"], &["ox", "oxen"],
];

/// Adjectives that are compared; they have no plural and are no verbs.
#[rustfmt::skip]
pub const ADJECTIVES: &[&str] = &[
    "big", "bright", "cheap", "close", "complex", "dark", "deep", "easy", "fast", "few", "fresh", "great",
    "happy", "hard", "heavy", "high", "hot", "large", "late", "light", "long", "low", "near", "old",
    "quick", "quiet", "rich", "short", "sick", "simple", "small", "smart", "soft", "strong", "tall",
    "thick", "thin", "tough", "weak", "wide", "young", "early", "busy", "safe", "wise",
];

/// Verbs of several syllables that double their last consonant.
#[rustfmt::skip]
pub const DOUBLING: &[&str] = &[
    "abet", "admit", "allot", "begin", "commit", "compel", "concur", "confer", "control", "debug", "defer",
    "deter", "dispel", "embed", "enrol", "equip", "excel", "expel", "format", "forget", "handicap", "impel",
    "incur", "infer", "kidnap", "occur", "omit", "outfit", "outrun", "patrol", "permit", "plug", "prefer",
    "program", "propel", "rebut", "recap", "recur", "refer", "refit", "regret", "remit", "repel",
    "resubmit", "submit", "transfer", "transmit", "transship", "unplug", "unzip", "upset", "worship",
    "zigzag",
];
