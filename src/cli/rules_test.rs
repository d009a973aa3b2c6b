//! `outsort rules test`: the rules on their own examples.

use outsort::core::diagnostic::{Code, Diagnostic, Severity, nearest};
use outsort::format::diagnostic::to_text;
use outsort::format::pack::{Loaded, SourceFile};

use super::Done;
use super::args::PackArgs;
use super::failure::{Failure, count};
use super::load::{loaded, pack_paths};
use super::paint::{BOLD, paint, stderr_colour};
use super::rules::print;
use super::watch::{watch, watched_folder};

/// What came of the examples of some rules.
struct Tested {
    failing: Vec<Failing>,
    rules: usize,
    examples: usize,
    /// Rules without an example of either kind.
    untested: usize,
}

/// An example that fails.
struct Failing {
    rule: String,
    code: Code,
    /// The example, as the file has it.
    example: String,
    /// The whole diagnostic.
    shown: String,
}

/// Runs the examples of the rules with these ids, or of all; with `watching`, again after every change.
pub fn run(ids: &[String], watching: bool, args: &PackArgs) -> Result<Done, Failure> {
    if watching {
        let folder = watched_folder(args)?;
        let paths = || pack_paths(folder).unwrap_or_default();
        return watch(
            paths,
            || tested(ids, args),
            |before, now| print(before.map_or_else(|| now.page(), |before| change(before, now))),
        );
    }
    let tested = tested(ids, args)?;
    print(tested.page())?;
    Ok(if tested.failing.is_empty() { Done::Well } else { Done::Findings })
}

impl Tested {
    fn page(&self) -> String {
        let shown: String = self.failing.iter().map(|failing| format!("{}\n\n", failing.shown)).collect();
        format!("{shown}{}\n", self.summary())
    }

    fn summary(&self) -> String {
        format!(
            "{}, {}: {} failed; {} without an example of either kind",
            count(self.rules, "rule"),
            count(self.examples, "example"),
            self.failing.len(),
            count(self.untested, "rule")
        )
    }
}

/// What is otherwise than before: examples that fail anew, and those that are mended or gone.
fn change(before: &Tested, now: &Tested) -> String {
    let known = |failing: &Failing, all: &[Failing]| {
        let same =
            |f: &Failing| f.rule == failing.rule && f.code == failing.code && f.example == failing.example;
        all.iter().any(same)
    };
    let mut out = String::new();
    for failing in now.failing.iter().filter(|failing| !known(failing, &before.failing)) {
        let rule = paint(BOLD, &failing.rule);
        out += &format!("newly failing: {rule}\n{}\n\n", failing.shown);
    }
    for failing in before.failing.iter().filter(|failing| !known(failing, &now.failing)) {
        out += &format!("mended: {}  {}\n", paint(BOLD, &failing.rule), failing.example);
    }
    if out.is_empty() {
        out = "nothing fails that did not, nothing is mended\n".into();
    }
    format!("{out}{}\n", now.summary())
}

fn about_examples(code: Code) -> bool {
    matches!(
        code,
        Code::ExampleDoesNotFire | Code::ExampleFires | Code::ContradictoryExample | Code::AlwaysSilenced
    )
}

fn tested(ids: &[String], args: &PackArgs) -> Result<Tested, Failure> {
    let (files, loaded) = loaded(args)?;
    let hinders = |d: &Diagnostic| d.code.severity() == Severity::Error && !about_examples(d.code);
    if loaded.diagnostics.iter().any(hinders) {
        let from = args.rules.as_ref().map_or("default".into(), |r| r.display().to_string());
        return Err(Failure::Pack { from, files, loaded: Box::new(loaded) });
    }
    let wanted: Vec<usize> = selected(ids, &files, &loaded)?;
    let place_of = |rule: &usize| &loaded.places[*rule];
    let mut failing = Vec::new();
    for diagnostic in loaded.diagnostics.iter().filter(|d| about_examples(d.code)) {
        let Some(place) = &diagnostic.place else { continue };
        let own = |rule: &&usize| {
            let p = place_of(rule);
            let mut spans = p.fires.iter().chain(&p.silent).chain(&p.phrases);
            p.file == place.file && spans.any(|span| *span == place.span)
        };
        if let Some(rule) = wanted.iter().find(own) {
            failing.push(Failing {
                rule: id_of(*rule, &files, &loaded).to_owned(),
                code: diagnostic.code,
                example: files[place.file].text[place.span.clone()].to_owned(),
                shown: to_text(diagnostic, &files, stderr_colour()),
            });
        }
    }
    let untested = |rule: &&usize| place_of(rule).fires.is_empty() || place_of(rule).silent.is_empty();
    Ok(Tested {
        failing,
        rules: wanted.len(),
        examples: wanted.iter().map(|r| place_of(r).fires.len() + place_of(r).silent.len()).sum(),
        untested: wanted.iter().filter(untested).count(),
    })
}

fn id_of<'f>(rule: usize, files: &'f [SourceFile], loaded: &Loaded) -> &'f str {
    let place = &loaded.places[rule];
    files[place.file].text[place.id.clone()].trim_matches(['"', '\''])
}

/// The numbers of the rules with these ids, or of all.
fn selected(ids: &[String], files: &[SourceFile], loaded: &Loaded) -> Result<Vec<usize>, Failure> {
    let all = 0..loaded.places.len();
    if ids.is_empty() {
        return Ok(all.collect());
    }
    let named = |rule: usize| id_of(rule, files, loaded);
    ids.iter()
        .map(|id| {
            all.clone().find(|rule| named(*rule) == id).ok_or_else(|| {
                let near = nearest(id, all.clone().map(named))
                    .map_or(String::new(), |n| format!("; did you mean `{n}`?"));
                Failure::Usage(format!("there is no rule `{id}`{near}"))
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tested(failing: &[(&str, &str)]) -> Tested {
        let one = |(rule, example): &(&str, &str)| Failing {
            rule: (*rule).into(),
            code: Code::ExampleDoesNotFire,
            example: (*example).into(),
            shown: format!("[{rule} on {example}]"),
        };
        Tested { failing: failing.iter().map(one).collect(), rules: 3, examples: 6, untested: 0 }
    }

    #[test]
    fn only_what_changed_is_said() {
        let before = tested(&[("a", "'one'"), ("b", "'two'")]);
        let said =
            anstream::adapter::strip_str(&change(&before, &tested(&[("b", "'two'"), ("c", "'three'")])))
                .to_string();
        assert!(said.contains("newly failing: c\n[c on 'three']"), "{said}");
        assert!(said.contains("mended: a  'one'"), "{said}");
        assert!(!said.contains("'two'"), "{said}");
        assert!(change(&before, &before).starts_with("nothing fails that did not"));
    }
}
