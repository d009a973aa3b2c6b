//! Values to arrays, by their shape.

use std::sync::Arc;

use arrow_array::types::Int32Type;
use arrow_array::{
    ArrayRef, BooleanArray, DictionaryArray, Float64Array, Int32Array, Int64Array, ListArray, StringArray,
    StructArray,
};
use arrow_buffer::OffsetBuffer;
use arrow_schema::ArrowError;

use super::shape::{Shape, Value, fields};

/// The array of these values.
///
/// # Errors
/// A value has not this shape.
pub fn array(shape: &Shape, values: &[&Value]) -> Result<ArrayRef, ArrowError> {
    Ok(match shape {
        Shape::Text => {
            let texts =
                each(values, |v| if let Value::Text(text) = v { Some(text.as_deref()) } else { None })?;
            Arc::new(StringArray::from(texts))
        }
        Shape::Number => {
            let all = each(values, |v| if let Value::Number(n) = v { Some(*n) } else { None })?;
            Arc::new(Float64Array::from(all))
        }
        Shape::Count => {
            let all = each(values, |v| if let Value::Count(n) = v { Some(*n) } else { None })?;
            Arc::new(Int64Array::from(all))
        }
        Shape::Flag => {
            let all = each(values, |v| if let Value::Flag(yes) = v { Some(*yes) } else { None })?;
            Arc::new(BooleanArray::from(all))
        }
        Shape::Choice(texts) => {
            let places = each(values, |v| if let Value::Choice(place) = v { Some(*place) } else { None })?;
            Arc::new(DictionaryArray::<Int32Type>::try_new(Int32Array::from(places), texts.clone())?)
        }
        Shape::Struct(parts) => structs(parts, values)?,
        Shape::List(of) => lists(of, values)?,
    })
}

fn structs(parts: &[(String, Shape)], values: &[&Value]) -> Result<ArrayRef, ArrowError> {
    let rows = each(values, |v| if let Value::Struct(parts) = v { Some(parts.as_slice()) } else { None })?;
    let arrays = columns(parts, &rows)?;
    Ok(Arc::new(StructArray::try_new_with_length(fields(parts), arrays, None, rows.len())?))
}

fn lists(of: &Shape, values: &[&Value]) -> Result<ArrayRef, ArrowError> {
    let lists = each(values, |v| if let Value::List(elements) = v { Some(elements) } else { None })?;
    let offsets = OffsetBuffer::from_lengths(lists.iter().map(|list| list.len()));
    let elements: Vec<&Value> = lists.into_iter().flatten().collect();
    Ok(Arc::new(ListArray::try_new(Arc::new(of.field("item")), offsets, array(of, &elements)?, None)?))
}

/// An array for each part, from the parts of each row.
///
/// # Errors
/// A value has not the shape of its column, or is missing.
pub fn columns(parts: &[(String, Shape)], rows: &[&[Value]]) -> Result<Vec<ArrayRef>, ArrowError> {
    let column = |at: usize| -> Result<ArrayRef, ArrowError> {
        let (name, shape) = &parts[at];
        let values: Option<Vec<&Value>> = rows.iter().map(|row| row.get(at)).collect();
        let absent = || ArrowError::InvalidArgumentError(format!("a record has no `{name}`"));
        array(shape, &values.ok_or_else(absent)?)
    };
    (0..parts.len()).map(column).collect()
}

fn each<'v, T>(values: &[&'v Value], take: impl Fn(&'v Value) -> Option<T>) -> Result<Vec<T>, ArrowError> {
    let wrong = || ArrowError::InvalidArgumentError("a value is not of its column's shape".into());
    values.iter().map(|value| take(value)).collect::<Option<_>>().ok_or_else(wrong)
}
