//! The report that `eval` writes beside its page.

use std::path::{Path, PathBuf};

use outsort::Engine;
use outsort::format::report::{Correlated, Evaluation, Misjudged};

use super::args::Eval;
use super::eval::{Correlation, Report, Row};
use super::failure::Failure;
use super::labelled::corpora;
use super::load::shown;
use super::score_report::save;
use super::sink::Sink;

/// The report must not replace what is measured.
pub fn check(path: &Path, corpora: &[PathBuf]) -> Result<(), Failure> {
    let same = |corpus: &PathBuf| match (corpus.canonicalize(), path.canonicalize()) {
        (Ok(corpus), Ok(report)) => corpus == report,
        _ => corpus == path,
    };
    match corpora.iter().any(same) {
        true => Err(Failure::Usage(format!(
            "{} is read and written\nhelp: the report would replace the corpus: name another file",
            path.display()
        ))),
        false => Ok(()),
    }
}

/// Writes what was measured.
pub fn write(
    path: &Path,
    args: &Eval,
    engine: &Engine,
    rows: &[Row],
    report: &Report,
) -> Result<(), Failure> {
    let names: Vec<String> = corpora(&args.labelled)?.iter().map(|path| shown(path)).collect();
    let misjudged = report.mistakes.iter().filter_map(|mistake| {
        let row =
            rows.iter().find(|row| row.case.id == mistake.id && row.case.label.name() == mistake.label)?;
        Some(Misjudged {
            id: &row.case.id,
            title: row.title.as_deref(),
            text: &row.text,
            label: row.case.label,
        })
    });
    let correlated = |c: &Correlation| Correlated { of: c.of, rho: c.spearman, documents: c.documents };
    let against: Vec<Correlated> = report.against.iter().map(correlated).collect();
    let evaluation = Evaluation {
        engine,
        names: &names,
        filters: &args.labelled.filter,
        quality: report.quality.as_ref(),
        confusion: &report.confusion,
        risk_coverage: &report.risk_coverage,
        reliability: &report.reliability,
        by_criterion: &report.by_criterion,
        by_section: &report.by_section,
        by: args.by.as_deref().map(|field| (field, &report.by)),
        against: args.against.as_deref().map(|field| (field, against.as_slice())),
        rules: &report.rules,
        misjudged: misjudged.collect(),
        unlabelled: report.unlabelled,
    };
    save(Sink::open(Some(path))?, &evaluation.page())
}
