//! The columns of the results.

use outsort::Criterion;
use outsort::format::record::Detail;

use super::super::failure::Failure;
use super::format::Format;

/// A column of the results.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Column {
    /// The document's id.
    Id,
    /// Its verdict.
    Verdict,
    /// Its position.
    Score,
    /// Its position in log-odds.
    LogOdds,
    /// What the pack adds to every document.
    Bias,
    /// The sum of absolute contributions.
    Evidence,
    /// The share of evidence that says out-of-scope.
    OutOfScope,
    /// How many tasks it has.
    Tasks,
    /// The sums of all six criteria.
    Criteria,
    /// The sum of one criterion.
    Criterion(Criterion),
    /// The rules that fired.
    Fired,
    /// A field of the input.
    Kept {
        /** Its name there. */
        field: String,
        /** Its name in the results. */
        name: String,
    },
}

impl Column {
    /// Its name in the results.
    pub fn name(&self) -> &str {
        match self {
            Column::Id => "id",
            Column::Verdict => "verdict",
            Column::Score => "score",
            Column::LogOdds => "log_odds",
            Column::Bias => "bias",
            Column::Evidence => "evidence",
            Column::OutOfScope => "out_of_scope",
            Column::Tasks => "tasks",
            Column::Criteria => "criteria",
            Column::Criterion(criterion) => criterion.name(),
            Column::Fired => "fired",
            Column::Kept { name, .. } => name,
        }
    }
}

/// Those that are not kept fields, in their order.
const OWN: [Column; 10] = [
    Column::Id,
    Column::Verdict,
    Column::Score,
    Column::LogOdds,
    Column::Bias,
    Column::Evidence,
    Column::OutOfScope,
    Column::Tasks,
    Column::Criteria,
    Column::Fired,
];

/// The columns that are written.
#[derive(Clone, Debug)]
pub struct Columns {
    /// In their order.
    pub all: Vec<Column>,
    /// Whether they were chosen by name; otherwise JSON has what each record has.
    pub chosen: bool,
}

impl Columns {
    /// The columns that were asked for, or the usual ones and the kept fields.
    ///
    /// # Errors
    /// An unknown name, with those that are known.
    pub fn choose(
        asked: Option<&[String]>,
        kept: &[String],
        format: Format,
        detail: Detail,
    ) -> Result<Columns, Failure> {
        let flat = matches!(format, Format::Csv(_));
        let one = || Criterion::SIX.map(Column::Criterion);
        let told = |column: &Column| *column != Column::Fired || detail > Detail::None;
        let kept: Vec<Column> = kept.iter().map(|field| kept_as(field)).collect();
        let flattened = |column: Column| match column {
            Column::Criteria if flat => one().to_vec(),
            column => vec![column],
        };
        let Some(names) = asked else {
            // The table of old has no `tasks`.
            let usual = OWN.into_iter().filter(|column| told(column) && !(flat && *column == Column::Tasks));
            let all = usual.flat_map(flattened).chain(kept).collect();
            return Ok(Columns { all, chosen: false });
        };
        let mut all = Vec::new();
        for name in names {
            let known = OWN.into_iter().chain(one()).filter(told).chain(kept.clone());
            let named = known.clone().find(|column| column.name().eq_ignore_ascii_case(name.trim()));
            let column = named.ok_or_else(|| unknown(name, known, detail))?;
            all.extend(
                flattened(column).into_iter().filter(|column| !all.contains(column)).collect::<Vec<_>>(),
            );
        }
        Ok(Columns { all, chosen: true })
    }

    /// Whether a field of the input has a column.
    pub fn hold(&self, wanted: &str) -> bool {
        self.all.iter().any(|column| matches!(column, Column::Kept { field, .. } if field == wanted))
    }

    /// Their names.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.all.iter().map(Column::name)
    }
}

/// A kept field; one that is called like a column of the results gets another name.
fn kept_as(field: &str) -> Column {
    let own = OWN.iter().map(Column::name).chain(Criterion::SIX.map(Criterion::name)).any(|own| own == field);
    let name = if own { format!("input_{field}") } else { field.to_owned() };
    Column::Kept { field: field.to_owned(), name }
}

/// The name that a kept field has in the results.
pub fn name_of(field: &str) -> String {
    kept_as(field).name().to_owned()
}

fn unknown(name: &str, known: impl Iterator<Item = Column>, detail: Detail) -> Failure {
    let names: Vec<String> = known.map(|column| format!("`{}`", column.name())).collect();
    let help = match (name, detail) {
        ("fired", Detail::None) => "`fired` needs --explain rules or spans".to_owned(),
        _ => format!("the columns are {}; --keep adds fields of the input", names.join(", ")),
    };
    Failure::Usage(format!("--fields: there is no column `{name}`\nhelp: {help}"))
}
