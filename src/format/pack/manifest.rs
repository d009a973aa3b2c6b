//! `pack.toml`: everything of a pack but its rules.

use toml::de::DeTable;

use crate::core::diagnostic::{Code, Diagnostic, Place};
use crate::core::pack::{
    Criterion, CriterionInfo, Cues, Economics, Pack, PoleTitles, Scoring, SectionKind, TextRules, Thresholds,
};

use crate::core::setting::Setting;

use super::keys;
use super::table::Table;

/// Reads the manifest into a pack without rules; what is missing or wrong is noted and left empty.
pub fn read(
    file: usize,
    source: &str,
    root: &DeTable<'_>,
    settings: &mut Vec<(Setting, Place)>,
    out: &mut Vec<Diagnostic>,
) -> Pack {
    let root = Table::root(file, source, root, keys::MANIFEST, "the manifest");
    root.check_keys(out);
    settings.extend(places(&root));
    let mut pack = empty();
    if let Some(table) = root.table("pack", out) {
        pack.name = table.text_or_empty("name", out);
        pack.version = table.text_or_empty("version", out);
        pack.source = table.text_or_empty("source", out);
        pack.language = table.text_or_empty("language", out);
    }
    if let Some(table) = root.table("poles", out) {
        pack.poles =
            PoleTitles { bpo: table.text_or_empty("BPO", out), kpo: table.text_or_empty("KPO", out) };
    }
    if let Some(table) = root.table("criteria", out) {
        for criterion in Criterion::ALL {
            if let Some(table) = table.table(criterion.name(), out) {
                pack.criteria[criterion as usize] = criterion_info(&table, out);
            }
        }
    }
    if let Some(table) = root.table("scoring", out) {
        pack.scoring = Scoring {
            bias: table.number_or_zero("bias", out),
            gain: table.number_or_zero("gain", out),
            prior: table.number_or_zero("prior", out),
            echo: table.number_or_zero("echo", out),
            sharing: table.number_or_zero("sharing", out),
            fade: table.number_or_zero("fade", out),
            hedged: table.number_or_zero("hedged", out),
            scope_prior: table.number_or_zero("scope_prior", out),
            desk: table.number_or_zero("desk", out),
        };
    }
    if let Some(table) = root.table("verdict", out) {
        pack.thresholds = thresholds(&table, out);
    }
    if let Some(table) = root.table("text", out) {
        pack.text = text_rules(&table, out);
    }
    if let Some(table) = root.table("economics", out) {
        pack.economics = Economics {
            currency: table.text_or_empty("currency", out),
            bpo_rate: table.number_or_zero("bpo_rate", out),
            kpo_rate: table.number_or_zero("kpo_rate", out),
            saving: table.range("saving", out).unwrap_or_default(),
            source: table.text_or_empty("source", out),
        };
    }
    pack
}

/// Where the numbers stand that can be fitted.
fn places(root: &Table<'_>) -> Vec<(Setting, Place)> {
    let place = |setting: Setting| {
        let (path, key) = setting.key()?;
        // What is wrong here is noted where the values are read.
        let mut unheard = Vec::new();
        let mut table = root.table(path.first()?, &mut unheard)?;
        for name in &path[1..] {
            table = table.table(name, &mut unheard)?;
        }
        Some((setting, table.place(table.span_of(key)?)))
    };
    Setting::of_manifest().filter_map(place).collect()
}

fn criterion_info(table: &Table<'_>, out: &mut Vec<Diagnostic>) -> CriterionInfo {
    CriterionInfo {
        title: table.text_or_empty("title", out),
        question: table.text_or_empty("question", out),
        source: table.text_or_empty("source", out),
        weight: table.number_or_zero("weight", out),
    }
}

fn thresholds(table: &Table<'_>, out: &mut Vec<Diagnostic>) -> Thresholds {
    let low = table.number("bpo_at_most", out);
    let high = table.number("kpo_at_least", out);
    if let (Some((low, span)), Some((high, other))) = (&low, &high)
        && low >= high
    {
        out.push(
            Diagnostic::new(
                Code::ThresholdOrder,
                table.place(span.clone()),
                "the BPO threshold is not below the KPO threshold",
            )
            .label("scores up to here would be BPO")
            .related(table.place(other.clone()), "and scores from here KPO")
            .help("leave a band for `mixed` between them, say 0.4 and 0.6"),
        );
    }
    Thresholds {
        bpo_at_most: low.map_or(0.0, |(n, _)| n),
        kpo_at_least: high.map_or(1.0, |(n, _)| n),
        min_evidence: table.number_or_zero("min_evidence", out),
        out_of_scope_at_least: table.number_or_zero("out_of_scope_at_least", out),
    }
}

fn text_rules(table: &Table<'_>, out: &mut Vec<Diagnostic>) -> TextRules {
    let mut text = empty_text();
    let words = |name, out: &mut Vec<_>| table.texts(name, out).into_iter().map(|t| t.value).collect();
    text.transparent = words("transparent", out);
    text.joining = words("joining", out);
    text.stop = plain_phrases(table, "stop", out);
    if let Some(table) = table.table("negation", out) {
        text.negation = cues(&table, out);
    }
    if let Some(table) = table.table("hedge", out) {
        text.hedge = cues(&table, out);
    }
    let Some(sections) = table.table("sections", out) else { return text };
    for kind in SectionKind::ALL {
        if let Some(table) = sections.table(kind.name(), out) {
            text.section_weights[kind as usize] = table.number_or_zero("weight", out);
            let headings = plain_phrases(&table, "headings", out);
            text.headings.extend(headings.into_iter().map(|phrase| (kind, phrase)));
        }
    }
    text
}

fn plain_phrases(
    table: &Table<'_>,
    name: &str,
    out: &mut Vec<Diagnostic>,
) -> Vec<crate::core::phrase::Phrase> {
    table.phrases(name, out).into_iter().map(|(phrase, _)| phrase).collect()
}

fn cues(table: &Table<'_>, out: &mut Vec<Diagnostic>) -> Cues {
    Cues {
        before: plain_phrases(table, "before", out),
        after: plain_phrases(table, "after", out),
        pseudo: plain_phrases(table, "pseudo", out),
        window: table.whole("window", out).unwrap_or(0),
    }
}

fn empty_text() -> TextRules {
    TextRules {
        transparent: Vec::new(),
        negation: Cues::default(),
        hedge: Cues::default(),
        joining: Vec::new(),
        stop: Vec::new(),
        headings: Vec::new(),
        section_weights: [1.0; SectionKind::ALL.len()],
    }
}

/// A pack that says nothing.
pub fn empty() -> Pack {
    Pack {
        name: String::new(),
        version: String::new(),
        source: String::new(),
        language: String::new(),
        poles: PoleTitles { bpo: String::new(), kpo: String::new() },
        criteria: Default::default(),
        scoring: Scoring {
            bias: 0.0,
            gain: 1.0,
            prior: 1.0,
            echo: 0.0,
            sharing: 0.0,
            fade: 0.0,
            hedged: 0.0,
            scope_prior: 1.0,
            desk: 0.0,
        },
        thresholds: Thresholds {
            bpo_at_most: 0.0,
            kpo_at_least: 1.0,
            min_evidence: 0.0,
            out_of_scope_at_least: 1.0,
        },
        text: empty_text(),
        economics: Economics {
            currency: String::new(),
            bpo_rate: 0.0,
            kpo_rate: 0.0,
            saving: [0.0; 2],
            source: String::new(),
        },
        rules: Vec::new(),
    }
}
