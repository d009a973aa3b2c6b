//! Criterion files: rules, each checked by itself.

use std::collections::HashMap;

use toml::de::DeTable;

use crate::core::diagnostic::{Code, Diagnostic, Place, Severity, nearest};
use crate::core::pack::{Criterion, Leans, Rule, SectionKind, SectionSet};
use crate::core::words::fold_words;

use super::table::Table;
use super::text::Text;
use super::{RulePlaces, keys};

/// The rules of all files so far.
#[derive(Debug, Default)]
pub struct Rules {
    /// The rules.
    pub rules: Vec<Rule>,
    /// Where they stand.
    pub places: Vec<RulePlaces>,
    criteria: HashMap<Criterion, Place>,
}

impl Rules {
    /// Reads one criterion file.
    pub fn read(&mut self, file: usize, source: &str, root: &DeTable<'_>, out: &mut Vec<Diagnostic>) {
        let root = Table::root(file, source, root, keys::CRITERION_FILE, "a criterion file");
        root.check_keys(out);
        let claimed = self.criteria.len();
        let criterion = self.criterion(&root, out);
        let again = criterion.is_some() && self.criteria.len() == claimed;
        for table in root.tables("rule", out) {
            let before = errors(out);
            let (mut rule, mut places) = read_rule(&table, criterion, out);
            places.broken = errors(out) > before;
            rule.criterion = criterion.unwrap_or(Criterion::Focus);
            // The rules of a criterion's second file would all seem to stand twice.
            if !again {
                self.rules.push(rule);
                self.places.push(places);
            }
        }
    }

    fn criterion(&mut self, root: &Table<'_>, out: &mut Vec<Diagnostic>) -> Option<Criterion> {
        let text = root.text("criterion", out)?;
        let place = root.place(text.span);
        let Some(criterion) = Criterion::from_name(&text.value) else {
            let names = Criterion::ALL.map(Criterion::name);
            let near = nearest(&text.value, names);
            out.push(
                Diagnostic::new(Code::UnknownCriterion, place, format!("unknown criterion `{}`", text.value))
                    .label(
                        near.map_or("there is no such criterion".into(), |n| format!("did you mean `{n}`?")),
                    )
                    .help(format!("allowed: {}", names.join(", "))),
            );
            return None;
        };
        if let Some(first) = self.criteria.get(&criterion) {
            out.push(
                Diagnostic::new(Code::CriterionTwice, place, format!("a second file for `{criterion}`"))
                    .label("claimed again here")
                    .related(first.clone(), "claimed first here")
                    .help("a criterion has one file: put the rules together"),
            );
        } else {
            self.criteria.insert(criterion, place);
        }
        Some(criterion)
    }
}

fn errors(out: &[Diagnostic]) -> usize {
    out.iter().filter(|d| d.code.severity() == Severity::Error).count()
}

fn read_rule(
    table: &Table<'_>,
    criterion: Option<Criterion>,
    out: &mut Vec<Diagnostic>,
) -> (Rule, RulePlaces) {
    let id = table.text("id", out);
    if let Some(id) = &id {
        check_id(table, id, out);
    }
    let phrases = table.phrases("phrases", out);
    let unless = table.phrases("unless", out);
    let acronyms = table.texts("acronyms", out);
    acronyms.iter().for_each(|acronym| check_acronym(table, acronym, out));
    let regexes = table.texts("regex", out);
    let written =
        ["phrases", "acronyms", "regex"].iter().any(|name| !table.texts(name, &mut Vec::new()).is_empty());
    if !written {
        out.push(
            Diagnostic::new(
                Code::NoPatterns,
                table.place(table.span.clone()),
                "this rule has nothing to look for",
            )
            .label("no `phrases`, `acronyms` or `regex`")
            .help("add `phrases = [\"analyse .. financial statement\"]`, or remove the rule"),
        );
    }
    let (fires, silent) = (table.texts("fires", out), table.texts("silent", out));
    let places = RulePlaces {
        file: table.file,
        id: id.as_ref().map_or(table.span.clone(), |id| id.span.clone()),
        weight: table.span_of("weight"),
        phrases: phrases.iter().map(|(_, text)| text.span.clone()).collect(),
        regexes: regexes.clone(),
        fires: fires.iter().map(|text| text.span.clone()).collect(),
        silent: silent.iter().map(|text| text.span.clone()).collect(),
        broken: false,
    };
    let values = |texts: Vec<Text>| texts.into_iter().map(|text| text.value).collect();
    let rule = Rule {
        id: id.map_or_else(String::new, |id| id.value),
        criterion: Criterion::Focus,
        leans: leans(table, criterion, out),
        weight: table.number_or_zero("weight", out),
        because: table.text_or_empty("because", out),
        phrases: phrases.into_iter().map(|(phrase, _)| phrase).collect(),
        acronyms: values(acronyms),
        regexes: values(regexes),
        unless: unless.into_iter().map(|(phrase, _)| phrase).collect(),
        sections: sections(table, out),
        fires: values(fires),
        silent: values(silent),
    };
    (rule, places)
}

fn check_id(table: &Table<'_>, id: &Text, out: &mut Vec<Diagnostic>) {
    let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    let bad = id.value.char_indices().find(|(_, c)| !allowed(*c)).map(|(i, c)| i..i + c.len_utf8());
    let edge = id.value.starts_with('-') || id.value.ends_with('-') || id.value.contains("--");
    if bad.is_none() && !edge {
        return;
    }
    let span = bad.map_or(id.span.clone(), |bad| id.inner(table.source, bad));
    let better = fold_words(&id.value).join("-");
    out.push(
        Diagnostic::new(Code::BadId, table.place(span), format!("`{}` is no id", id.value))
            .label("not allowed in an id")
            .help(format!("ids are lower-case words joined by hyphens, say `{better}`")),
    );
}

fn check_acronym(table: &Table<'_>, acronym: &Text, out: &mut Vec<Diagnostic>) {
    let value = &acronym.value;
    let one_word = fold_words(value).len() == 1 && !value.contains(char::is_whitespace);
    let capital = value.chars().any(char::is_uppercase);
    let dotted = value.contains('.');
    if one_word && capital && !dotted {
        return;
    }
    let label = match (one_word, capital) {
        (false, _) => "more than one word",
        (true, false) => "no capital letter",
        _ => "written with dots",
    };
    out.push(
        Diagnostic::new(
            Code::BadAcronym,
            table.place(acronym.span.clone()),
            format!("`{value}` is no acronym"),
        )
        .label(label)
        .help(
            "an acronym is one word with capitals and without dots: `CPA` also finds C.P.A. and CPAs; \
                   for other words use `phrases`",
        ),
    );
}

fn leans(table: &Table<'_>, criterion: Option<Criterion>, out: &mut Vec<Diagnostic>) -> Leans {
    let Some(text) = table.text("leans", out) else { return Leans::Bpo };
    let place = table.place(text.span.clone());
    let fitting = |criterion: Criterion| -> Vec<&str> {
        Leans::ALL.into_iter().filter(|l| l.fits(criterion)).map(Leans::name).collect()
    };
    let allowed = criterion.map_or(Leans::ALL.map(Leans::name).to_vec(), fitting);
    let help = format!(
        "allowed here: {}",
        allowed.iter().map(|a| format!("\"{a}\"")).collect::<Vec<_>>().join(", ")
    );
    let Some(leans) = Leans::ALL.into_iter().find(|l| l.name() == text.value) else {
        let near = nearest(&text.value, allowed.iter().copied());
        out.push(
            Diagnostic::new(Code::UnknownLeans, place, format!("`{}` is no pole", text.value))
                .label(near.map_or("unknown".into(), |n| format!("did you mean \"{n}\"?")))
                .help(help),
        );
        return Leans::Bpo;
    };
    if let Some(criterion) = criterion
        && !leans.fits(criterion)
    {
        out.push(
            Diagnostic::new(
                Code::LeansElsewhere,
                place,
                format!("a rule of `{criterion}` can't lean to \"{}\"", leans.name()),
            )
            .label("decided by another criterion")
            .help(help),
        );
    }
    leans
}

fn sections(table: &Table<'_>, out: &mut Vec<Diagnostic>) -> SectionSet {
    let before = out.len();
    let texts = table.texts("sections", out);
    if texts.is_empty() {
        if let Some(span) = table.span_of("sections").filter(|_| out.len() == before) {
            out.push(
                Diagnostic::new(Code::EmptyText, table.place(span), "`sections` is empty")
                    .label("the rule could never fire")
                    .help("name the kinds of section, or leave the key out for all of them"),
            );
        }
        return SectionSet::ALL;
    }
    let names = SectionKind::ALL.map(SectionKind::name);
    let mut kinds = Vec::new();
    for text in texts {
        match SectionKind::ALL.into_iter().find(|kind| kind.name() == text.value) {
            Some(kind) => kinds.push(kind),
            None => {
                let near = nearest(&text.value, names);
                out.push(
                    Diagnostic::new(
                        Code::UnknownSection,
                        table.place(text.span),
                        format!("unknown section kind `{}`", text.value),
                    )
                    .label(near.map_or("there is no such kind".into(), |n| format!("did you mean `{n}`?")))
                    .help(format!("allowed: {}", names.join(", "))),
                );
            }
        }
    }
    SectionSet::of(kinds)
}
