//! British and American spellings of a word.
//!
//! Endings that alternate regularly are changed by rule, with lists of the words that only look so
//! (`advise`, `size`) or that alone do so (`labour`); the rest are pairs.

/// Verbs in `-ise` whose ending is not the suffix.
const FIXED_ISE: &[&str] = &[
    "advise",
    "appraise",
    "apprise",
    "arise",
    "braise",
    "bruise",
    "chastise",
    "circumcise",
    "compromise",
    "comprise",
    "concise",
    "cruise",
    "demise",
    "despise",
    "devise",
    "disguise",
    "enterprise",
    "excise",
    "exercise",
    "expertise",
    "franchise",
    "guise",
    "improvise",
    "incise",
    "likewise",
    "malaise",
    "merchandise",
    "noise",
    "otherwise",
    "paradise",
    "poise",
    "praise",
    "precise",
    "premise",
    "promise",
    "raise",
    "revise",
    "rise",
    "supervise",
    "surmise",
    "surprise",
    "televise",
    "treatise",
    "wise",
];
/// Words in `-ize` that British English does not spell with `-ise`.
const FIXED_IZE: &[&str] = &["capsize", "downsize", "maize", "prize", "seize", "size", "oversize", "resize"];
/// Stems that take `-our` in British and `-or` in American English, with whatever follows.
const OUR: &[&str] = &[
    "arb", "arm", "behavi", "cand", "clam", "col", "discol", "endeav", "fav", "ferv", "flav", "harb", "hon",
    "hum", "lab", "neighb", "od", "parl", "rum", "sav", "savi", "spl", "tum", "val", "vap", "vig",
];
/// Pairs that no rule gives; British first. The first spelling may begin a longer word.
const PAIRS: &[(&str, &str)] = &[
    ("aeroplane", "airplane"),
    ("ageing", "aging"),
    ("aluminium", "aluminum"),
    ("anaemi", "anemi"),
    ("anaesthe", "anesthe"),
    ("archaeolog", "archeolog"),
    ("artefact", "artifact"),
    ("caesarean", "cesarean"),
    ("catalogue", "catalog"),
    ("centre", "center"),
    ("cheque", "check"),
    ("defence", "defense"),
    ("diarrhoea", "diarrhea"),
    ("dialogue", "dialog"),
    ("encyclopaedi", "encyclopedi"),
    ("enrol", "enroll"),
    ("fibre", "fiber"),
    ("foetal", "fetal"),
    ("foetus", "fetus"),
    ("fulfil", "fulfill"),
    ("gramme", "gram"),
    ("grey", "gray"),
    ("gynaecolog", "gynecolog"),
    ("haemat", "hemat"),
    ("haemo", "hemo"),
    ("instal", "install"),
    ("instalment", "installment"),
    ("judgement", "judgment"),
    ("kerb", "curb"),
    ("leukaemi", "leukemi"),
    ("licence", "license"),
    ("litre", "liter"),
    ("manoeuvr", "maneuver"),
    ("metre", "meter"),
    ("mould", "mold"),
    ("oedema", "edema"),
    ("oesophag", "esophag"),
    ("oestrogen", "estrogen"),
    ("offence", "offense"),
    ("orthopaedic", "orthopedic"),
    ("paediatric", "pediatric"),
    ("palaeo", "paleo"),
    ("plough", "plow"),
    ("practise", "practice"),
    ("pretence", "pretense"),
    ("programme", "program"),
    ("pyjama", "pajama"),
    ("sceptic", "skeptic"),
    ("skilful", "skillful"),
    ("sulphur", "sulfur"),
    ("theatre", "theater"),
    ("toxaemi", "toxemi"),
    ("travelogue", "travelog"),
    ("tyre", "tire"),
    ("wilful", "willful"),
    ("woollen", "woolen"),
];
/// Pairs of which the American spelling is also another word: never changed towards British.
const ONE_WAY: &[&str] = &["check", "tire", "curb", "gram", "meter", "install", "dialog"];

/// The word and its other spellings, the word first.
pub fn spellings(word: &str) -> Vec<String> {
    let mut all = vec![word.to_owned()];
    let mut add = |other: Option<String>| {
        if let Some(other) = other
            && !all.contains(&other)
        {
            all.push(other);
        }
    };
    add(ise_ize(word));
    add(yse_yze(word));
    add(our_or(word));
    add(pair(word));
    add(double_l(word));
    all
}

/// The beginning of a word and its other spellings, the beginning first.
pub fn prefix_spellings(start: &str) -> Vec<String> {
    let mut all = spellings(start);
    // A prefix may end inside the part in which a pair is alike: `paediatr`, `organis`.
    for (british, american) in PAIRS {
        for (from, to) in [(british, american), (american, british)] {
            let cut = from.len().saturating_sub(start.len());
            let alike = cut > 0
                && from.starts_with(start)
                && to.len() > cut
                && from[start.len()..] == to[to.len() - cut..];
            if alike && from[..start.len()] != to[..to.len() - cut] {
                all.push(to[..to.len() - cut].to_owned());
            }
        }
    }
    for ending in ["is", "iz"] {
        let stem = start.strip_suffix(ending).filter(|stem| stem.len() > 2);
        if stem.is_some_and(|stem| spellings(&format!("{stem}{ending}e")).len() > 1) {
            let other = if ending == "is" { "iz" } else { "is" };
            all.extend(stem.map(|stem| format!("{stem}{other}")));
        }
    }
    all
}

/// `organise`–`organize` with the endings that keep the suffix: `-isation`, `-iser`, `-isable`.
fn ise_ize(word: &str) -> Option<String> {
    const TAILS: &[&str] =
        &["isational", "isations", "isation", "isable", "isers", "iser", "ising", "ised", "ises", "ise"];
    if !word.contains("is") && !word.contains("iz") {
        return None;
    }
    for tail in TAILS {
        let american = tail.replacen('s', "z", 1);
        for (from, to) in [(*tail, american.as_str()), (american.as_str(), *tail)] {
            let Some(stem) = word.strip_suffix(from) else { continue };
            let base = format!("{stem}{}", if from.contains('z') { "ize" } else { "ise" });
            let fixed = FIXED_ISE.contains(&base.as_str()) || FIXED_IZE.contains(&base.as_str());
            return (stem.len() >= 2 && !fixed).then(|| format!("{stem}{to}"));
        }
    }
    None
}

fn yse_yze(word: &str) -> Option<String> {
    for (from, to) in [("alys", "alyz"), ("alyz", "alys")] {
        if let Some(at) = word.find(from) {
            let rest = &word[at + from.len()..];
            let verb = rest.starts_with('e') || rest.starts_with("ing") || rest.starts_with("able");
            // "analyses" is also a plural noun; as "analyzes" it costs nothing.
            return verb.then(|| format!("{}{to}{rest}", &word[..at]));
        }
    }
    None
}

fn our_or(word: &str) -> Option<String> {
    for stem in OUR {
        let prefixed = word.strip_prefix(stem).map(|rest| (String::from(*stem), rest));
        let Some((stem, rest)) = prefixed else { continue };
        if let Some(tail) = rest.strip_prefix("our") {
            return Some(format!("{stem}or{tail}"));
        }
        if let Some(tail) = rest.strip_prefix("or") {
            let plain = tail.is_empty()
                || [
                    "s", "ed", "ing", "able", "ably", "ite", "ites", "al", "ally", "ful", "er", "ers",
                    "hood", "less",
                ]
                .contains(&tail);
            return plain.then(|| format!("{stem}our{tail}"));
        }
    }
    None
}

fn pair(word: &str) -> Option<String> {
    for (british, american) in PAIRS {
        let british_rest = word.strip_prefix(british);
        let american_rest = word.strip_prefix(american);
        // Where one spelling begins the other, the longer one that fits is meant.
        let is_british = match (british_rest, american_rest) {
            (Some(_), Some(_)) => british.len() > american.len(),
            (Some(_), None) => true,
            (None, Some(_)) => false,
            (None, None) => continue,
        };
        if is_british {
            return british_rest.map(|rest| format!("{american}{rest}"));
        }
        let rest = american_rest?;
        let whole = rest.is_empty() || rest == "s";
        let changes = !ONE_WAY.contains(american) && (whole || !american.ends_with('m'));
        return changes.then(|| format!("{british}{rest}"));
    }
    None
}

/// `labelled`–`labeled`, `modelling`–`modeling`: verbs in a single vowel and `l`.
fn double_l(word: &str) -> Option<String> {
    const VERBS: &[&str] = &[
        "cancel", "channel", "counsel", "dial", "equal", "fuel", "funnel", "initial", "label", "level",
        "marshal", "marvel", "model", "panel", "parcel", "pencil", "signal", "spiral", "stencil", "total",
        "travel", "tunnel",
    ];
    for verb in VERBS {
        let Some(rest) = word.strip_prefix(verb) else { continue };
        if let Some(tail) = rest.strip_prefix('l')
            && ["ed", "ing", "er", "ers", "or", "ors"].contains(&tail)
        {
            return Some(format!("{verb}{tail}"));
        }
        if ["ed", "ing", "er", "ers", "or", "ors"].contains(&rest) {
            return Some(format!("{verb}l{rest}"));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{prefix_spellings, spellings};

    #[test]
    fn prefixes_are_known_in_both_spellings() {
        for (start, want) in [
            ("paediatr", "paediatr pediatr"),
            ("orthoped", "orthoped orthopaed"),
            ("organiz", "organiz organis"),
            ("labour", "labour labor"),
            ("behavioural", "behavioural behavioral"),
            ("advis", "advis"),
            ("econom", "econom"),
        ] {
            assert_eq!(prefix_spellings(start).join(" "), want);
        }
    }

    #[test]
    fn both_spellings_are_known() {
        let cases = [
            ("organise", "organize"),
            ("organization", "organisation"),
            ("analyse", "analyze"),
            ("analyzing", "analysing"),
            ("labour", "labor"),
            ("behavioral", "behavioural"),
            ("centre", "center"),
            ("modelling", "modeling"),
            ("counselor", "counsellor"),
            ("licence", "license"),
            ("programme", "program"),
            ("paediatrician", "pediatrician"),
            ("cheque", "check"),
        ];
        for (word, other) in cases {
            assert!(spellings(word).contains(&other.to_owned()), "{word}: {:?}", spellings(word));
        }
    }

    #[test]
    fn look_alikes_are_left_alone() {
        for word in
            ["advise", "supervise", "size", "four", "hour", "check", "analysis", "analyst", "laboratory"]
        {
            assert_eq!(spellings(word), [word], "{word}");
        }
    }
}
