//! Judgments as records of typed values.

use outsort::format::record::{Detail, share};
use outsort::{Criterion, Fired, Force, Leans, Pack, SectionKind, Verdict};
use outsort_tables::{Shape, Value};

use super::columns::{Column, Columns};
use super::results::{Encoder, Judged};

/// The shapes of the columns.
pub fn shape(columns: &Columns, pack: &Pack, detail: Detail) -> Vec<(String, Shape)> {
    let of = |column: &Column| match column {
        Column::Id | Column::Kept { .. } => Shape::Text,
        Column::Verdict => Shape::choice(Verdict::ALL.map(Verdict::name)),
        Column::Score
        | Column::LogOdds
        | Column::Bias
        | Column::Evidence
        | Column::OutOfScope
        | Column::Criterion(_) => Shape::Number,
        Column::Tasks => Shape::Count,
        Column::Criteria => {
            Shape::Struct(Criterion::SIX.map(|c| (c.name().to_owned(), Shape::Number)).to_vec())
        }
        Column::Fired => fired_shape(pack, detail),
    };
    columns.all.iter().map(|column| (column.name().to_owned(), of(column))).collect()
}

fn fired_shape(pack: &Pack, detail: Detail) -> Shape {
    let part = |name: &str, shape| (name.to_owned(), shape);
    let mut parts = vec![
        part("rule", Shape::choice(pack.rules.iter().map(|rule| rule.id.as_str()))),
        part("criterion", Shape::choice(Criterion::ALL.map(Criterion::name))),
        part("leans", Shape::choice(Leans::ALL.map(Leans::name))),
        part("hits", Shape::Count),
        part("contribution", Shape::Number),
    ];
    if detail == Detail::Spans {
        let span = Shape::Struct(vec![
            part("start", Shape::Count),
            part("end", Shape::Count),
            part("task", Shape::Count),
            part("force", Shape::choice(FORCES.map(Force::name))),
            part("in_title", Shape::Flag),
        ]);
        parts.push(part("spans", Shape::List(Box::new(span))));
    }
    Shape::List(Box::new(Shape::Struct(parts)))
}

const FORCES: [Force; 3] = [Force::Plain, Force::Hedged, Force::Negated];

/// The place of a value in a dictionary of all.
fn choice<T: PartialEq>(all: &[T], value: &T) -> Value {
    Value::Choice(all.iter().position(|known| known == value).map_or(0, |at| at as i32))
}

/// A judgment as a record of these columns.
pub fn record(encoder: &Encoder<'_>, judged: &Judged<'_>) -> Vec<Value> {
    let Judged { id, hits, judgment, kept } = judged;
    let sum = |criterion: Criterion| {
        Value::Number(judgment.criteria.get(criterion as usize).map_or(0.0, |sum| sum.value()))
    };
    let of = |column: &Column| match column {
        Column::Id => Value::Text(Some((*id).to_owned())),
        Column::Verdict => choice(&Verdict::ALL, &judgment.verdict),
        Column::Score => Value::Number(share(judgment.score())),
        Column::LogOdds => Value::Number(judgment.log_odds.value()),
        Column::Bias => Value::Number(judgment.bias.value()),
        Column::Evidence => Value::Number(judgment.evidence.value()),
        Column::OutOfScope => Value::Number(share(judgment.out_of_scope)),
        Column::Tasks => Value::Count(hits.tasks.len() as i64),
        Column::Criteria => Value::Struct(Criterion::SIX.map(sum).to_vec()),
        Column::Criterion(criterion) => sum(*criterion),
        Column::Fired => {
            Value::List(judgment.fired.iter().map(|fired| fired_value(encoder, judged, fired)).collect())
        }
        Column::Kept { field, .. } => {
            let value = kept.iter().find(|(known, _)| known == field).and_then(|(_, value)| value.text());
            Value::Text(value.map(std::borrow::Cow::into_owned))
        }
    };
    encoder.columns.all.iter().map(of).collect()
}

fn fired_value(encoder: &Encoder<'_>, judged: &Judged<'_>, fired: &Fired) -> Value {
    let rule = &encoder.pack.rules[fired.rule as usize];
    let mut parts = vec![
        Value::Choice(fired.rule as i32),
        choice(&Criterion::ALL, &rule.criterion),
        choice(&Leans::ALL, &rule.leans),
        Value::Count(i64::from(fired.hits)),
        Value::Number(fired.contribution.value()),
    ];
    if encoder.detail == Detail::Spans {
        let hits = judged.hits;
        let of_rule = hits.hits.iter().filter(|hit| hit.rule == fired.rule);
        let spans = of_rule.map(|hit| {
            Value::Struct(vec![
                Value::Count(hit.start as i64),
                Value::Count(hit.end as i64),
                Value::Count(i64::from(hit.task)),
                choice(&FORCES, &hit.force),
                Value::Flag(hits.tasks[hit.task as usize].section == SectionKind::Title),
            ])
        });
        parts.push(Value::List(spans.collect()));
    }
    Value::Struct(parts)
}
