//! Columns inside columns: the parts of a struct are columns whose names have dots.

use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef, RecordBatch};
use arrow_cast::display::{ArrayFormatter, FormatOptions};
use arrow_schema::{DataType, Fields};

use super::columnar::Column;
use super::refusal::Refusal;

/// The columns of a schema, parts of structs by names with dots.
pub fn columns(fields: &Fields) -> Vec<Column> {
    let mut found = Vec::new();
    gather(fields, "", &mut found);
    found
}

fn gather(fields: &Fields, before: &str, found: &mut Vec<Column>) {
    for field in fields {
        let name = format!("{before}{}", field.name());
        match field.data_type() {
            DataType::Struct(parts) => gather(parts, &format!("{name}."), found),
            kind => found.push(Column { name, many: kind.is_nested() }),
        }
    }
}

/// Whether a column, or a part of it, has this name.
pub fn holds(root: &str, name: &str) -> bool {
    name.strip_prefix(root).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// The texts of a column.
///
/// # Errors
/// The column is not there, or can't be shown.
pub fn texts(batch: &RecordBatch, name: &str) -> Result<Vec<Option<String>>, Refusal> {
    let absent = || Refusal::Damaged(format!("the column `{name}` is missing from a part of it"));
    let (leaf, above) = find(batch, name).ok_or_else(absent)?;
    let shown = show(&leaf)?;
    let rows = shown.into_iter().enumerate();
    // A part of a struct that is null is null, whatever stands there.
    Ok(rows.map(|(row, text)| text.filter(|_| above.iter().all(|whole| !whole.is_null(row)))).collect())
}

/// The array of a column, and the structs that it stands in.
fn find(batch: &RecordBatch, name: &str) -> Option<(ArrayRef, Vec<ArrayRef>)> {
    let schema = batch.schema();
    let (at, root) = schema.fields().iter().enumerate().find(|(_, field)| {
        // A name may have dots of its own.
        field.name() == name || matches!(field.data_type(), DataType::Struct(_)) && holds(field.name(), name)
    })?;
    let mut above: Vec<ArrayRef> = Vec::new();
    let mut array = batch.column(at).clone();
    let mut rest = name.strip_prefix(root.name().as_str())?;
    while let Some(wanted) = rest.strip_prefix('.') {
        let whole = array.as_struct_opt()?;
        let (part, name) = whole.fields().iter().enumerate().find_map(|(part, field)| {
            holds(field.name(), wanted).then(|| (whole.column(part).clone(), field.name().len()))
        })?;
        rest = &wanted[name..];
        above.push(std::mem::replace(&mut array, part));
    }
    Some((array, above))
}

fn show(array: &ArrayRef) -> Result<Vec<Option<String>>, Refusal> {
    // Some programs write texts as bytes.
    let bytes = |value: Option<&[u8]>| value.map(|bytes| String::from_utf8_lossy(bytes).into_owned());
    Ok(match array.data_type() {
        DataType::Binary => array.as_binary::<i32>().iter().map(bytes).collect(),
        DataType::LargeBinary => array.as_binary::<i64>().iter().map(bytes).collect(),
        DataType::BinaryView => array.as_binary_view().iter().map(bytes).collect(),
        _ => formatted(array)?,
    })
}

fn formatted(array: &ArrayRef) -> Result<Vec<Option<String>>, Refusal> {
    let options = FormatOptions::default();
    let formatter = ArrayFormatter::try_new(array.as_ref(), &options)?;
    let logical = array.logical_nulls();
    let is_null = |row: usize| logical.as_ref().is_some_and(|nulls| nulls.is_null(row));
    let show = |row| if is_null(row) { Ok(None) } else { formatter.value(row).try_to_string().map(Some) };
    Ok((0..array.len()).map(show).collect::<Result<_, _>>()?)
}

/// The places of the columns that hold any of the names.
pub fn roots(fields: &Fields, names: &[String]) -> Vec<usize> {
    let wanted = |field: &Arc<arrow_schema::Field>| names.iter().any(|name| holds(field.name(), name));
    fields.iter().enumerate().filter(|(_, field)| wanted(field)).map(|(at, _)| at).collect()
}
