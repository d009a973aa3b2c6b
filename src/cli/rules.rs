//! `outsort rules`: browse, copy, check and test a pack.

use std::path::Path;

use outsort::core::diagnostic::nearest;
use outsort::core::inflect::{exact_forms, forms, prefix_forms};
use outsort::core::phrase::{Part, Phrase, Term};
use outsort::format::embedded::default_files;
use outsort::format::schema;
use outsort::{Criterion, Leans, Pack, Rule};
use serde::Serialize;

use super::Done;
use super::args::{ListFormat, PackArgs, Rules, SchemaOf};
use super::check;
use super::failure::{Failure, count};
use super::load::pack;
use super::pack_files::write_new;
use super::paint::{BOLD, FAINT, leaning, paint};
use super::rules_test;

/// Runs a command on rules.
pub fn run(command: &Rules) -> Result<Done, Failure> {
    match command {
        Rules::List { criterion, leans, find, format, pack } => {
            list(&Filter { criterion, leans, find }, *format, pack)
        }
        Rules::Show { ids, pack } => show(ids, pack),
        Rules::Init { folder } => init(folder),
        Rules::Check(args) => check::run(args),
        Rules::Test { ids, watch, pack } => rules_test::run(ids, *watch, pack),
        Rules::Schema { of } => schema(*of),
    }
}

/// Prints to standard output.
pub fn print(text: impl AsRef<str>) -> Result<(), Failure> {
    use std::io::Write;
    Ok(anstream::stdout().lock().write_all(text.as_ref().as_bytes())?)
}

struct Filter<'a> {
    criterion: &'a Option<String>,
    leans: &'a Option<String>,
    find: &'a Option<String>,
}

impl Filter<'_> {
    /// Whether every name in it is known.
    fn check(&self) -> Result<(), Failure> {
        let known = |what: &str, name: &Option<String>, names: Vec<&str>| match name {
            Some(name) if !names.contains(&name.as_str()) => {
                let near = nearest(name, names.iter().copied())
                    .map_or(String::new(), |n| format!("; did you mean `{n}`?"));
                Err(Failure::Usage(format!(
                    "unknown {what} `{name}`{near}\nhelp: allowed: {}",
                    names.join(", ")
                )))
            }
            _ => Ok(()),
        };
        known("criterion", self.criterion, Criterion::ALL.map(Criterion::name).to_vec())?;
        known("pole", self.leans, Leans::ALL.map(Leans::name).to_vec())
    }

    fn passes(&self, rule: &Rule) -> bool {
        let named = |wanted: &Option<String>, name| wanted.as_ref().is_none_or(|w| w == name);
        let text = self.find.as_ref().is_none_or(|text| {
            let text = text.to_lowercase();
            let phrases = rule.phrases.iter().map(|p| p.text.as_str());
            let mut all = [rule.id.as_str(), rule.because.as_str()].into_iter().chain(phrases);
            all.any(|part| part.to_lowercase().contains(&text))
        });
        named(self.criterion, rule.criterion.name()) && named(self.leans, rule.leans.name()) && text
    }
}

#[derive(Serialize)]
struct RuleRecord<'a> {
    id: &'a str,
    criterion: &'static str,
    leans: &'static str,
    weight: f64,
    because: &'a str,
    phrases: Vec<&'a str>,
    acronyms: &'a [String],
    regex: &'a [String],
    unless: Vec<&'a str>,
    fires: &'a [String],
    silent: &'a [String],
}

fn texts(phrases: &[Phrase]) -> Vec<&str> {
    phrases.iter().map(|p| p.text.as_str()).collect()
}

fn list(filter: &Filter<'_>, format: ListFormat, args: &PackArgs) -> Result<Done, Failure> {
    filter.check()?;
    let pack = pack(args)?;
    let rules: Vec<&Rule> = pack.rules.iter().filter(|rule| filter.passes(rule)).collect();
    let mut out = String::new();
    if format == ListFormat::Json {
        for rule in &rules {
            let record = RuleRecord {
                id: &rule.id,
                criterion: rule.criterion.name(),
                leans: rule.leans.name(),
                weight: rule.weight,
                because: &rule.because,
                phrases: texts(&rule.phrases),
                acronyms: &rule.acronyms,
                regex: &rule.regexes,
                unless: texts(&rule.unless),
                fires: &rule.fires,
                silent: &rule.silent,
            };
            out += &serde_json::to_string(&record).map_err(|e| Failure::Input(e.to_string()))?;
            out.push('\n');
        }
        print(out)?;
        return Ok(Done::Well);
    }
    let widest = rules.iter().map(|r| r.id.len()).max().unwrap_or(0);
    for criterion in Criterion::ALL {
        let of: Vec<&&Rule> = rules.iter().filter(|r| r.criterion == criterion).collect();
        if of.is_empty() {
            continue;
        }
        let info = pack.criterion(criterion);
        out += &format!("{}  {}\n", paint(BOLD, criterion), paint(FAINT, &info.question));
        for rule in of {
            let leans = paint(leaning(rule.leans), format!("{:<12}", rule.leans.name()));
            out += &format!("  {leans} {:>5.2}  {:<widest$}  {}\n", rule.weight, rule.id, rule.because);
        }
    }
    print(format!("{out}{} of pack {} {}\n", count(rules.len(), "rule"), pack.name, pack.version))?;
    Ok(Done::Well)
}

/// The rule with this id, and its number.
pub fn find<'a>(pack: &'a Pack, id: &str) -> Result<(usize, &'a Rule), Failure> {
    pack.rule(id).ok_or_else(|| {
        let near = nearest(id, pack.rules.iter().map(|r| r.id.as_str()));
        let near = near.map_or(String::new(), |n| format!("; did you mean `{n}`?"));
        Failure::Usage(format!("there is no rule `{id}`{near}\nhelp: `outsort rules list` shows all"))
    })
}

fn show(ids: &[String], args: &PackArgs) -> Result<Done, Failure> {
    let pack = pack(args)?;
    for id in ids {
        let (_, rule) = find(&pack, id)?;
        print(card(rule))?;
    }
    Ok(Done::Well)
}

/// A rule in full.
fn card(rule: &Rule) -> String {
    let mut out = format!("{}  {}\n", paint(BOLD, &rule.id), rule.because);
    out += &format!(
        "  {} · leans {} · weight {}\n",
        rule.criterion,
        paint(leaning(rule.leans), rule.leans.name()),
        rule.weight
    );
    let mut lines = |name: &str, values: Vec<String>| {
        for (i, value) in values.iter().enumerate() {
            out += &format!("  {:<9} {value}\n", if i == 0 { name } else { "" });
        }
    };
    lines("phrases", rule.phrases.iter().map(|p| format!("{}\n{}", p.text, forms_of(p))).collect());
    lines("acronyms", rule.acronyms.clone());
    lines("regex", rule.regexes.clone());
    lines("unless", texts(&rule.unless).iter().map(|t| t.to_string()).collect());
    lines("fires", rule.fires.clone());
    lines("silent", rule.silent.clone());
    out + "\n"
}

/// The word forms that a phrase matches, position by position.
fn forms_of(phrase: &Phrase) -> String {
    let term = |term: &Term| match term {
        Term::Inflected(word) => forms(word).join(" "),
        Term::Exact(word) => exact_forms(word).join(" "),
        Term::Prefix(word) => {
            prefix_forms(word).iter().map(|start| format!("{start}…")).collect::<Vec<_>>().join(" ")
        }
    };
    let part = |part: &Part| match part {
        Part::Gap(n) => format!("…{n}"),
        Part::Element(element) => {
            let alternatives: Vec<String> = element
                .alternatives
                .iter()
                .map(|terms| terms.iter().map(term).collect::<Vec<_>>().join(" + "))
                .collect();
            format!("({}){}", alternatives.join(" | "), if element.optional { "?" } else { "" })
        }
    };
    paint(FAINT, format!("            {}", phrase.parts.iter().map(part).collect::<Vec<_>>().join(" ")))
}

fn init(folder: &Path) -> Result<Done, Failure> {
    if folder.join("pack.toml").exists() {
        let help = "name another folder, or edit the pack that is there";
        return Err(Failure::Usage(format!("{} holds a pack already\nhelp: {help}", folder.display())));
    }
    let files = default_files();
    write_new(folder, &files)?;
    let dir = folder.display();
    print(format!(
        "wrote {} and two schemas to {dir}\n\nnext:\n  edit {dir}/focus.toml (or another)\n  outsort rules check --rules {dir}\n  \
         outsort rules test --rules {dir}\n  outsort classify --rules {dir} FILE\n",
        count(files.len(), "file"),
    ))?;
    Ok(Done::Well)
}

fn schema(of: SchemaOf) -> Result<Done, Failure> {
    let schema = match of {
        SchemaOf::Rules => schema::rules(),
        SchemaOf::Manifest => schema::manifest(),
    };
    print(schema + "\n")?;
    Ok(Done::Well)
}
