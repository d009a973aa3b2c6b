//! What records look like that are written to files of columns.

use std::sync::Arc;

use arrow_array::StringArray;
use arrow_schema::{DataType, Field, Fields};

/// What a column holds.
#[derive(Clone, Debug)]
pub enum Shape {
    /// A text, which may be missing.
    Text,
    /// A number.
    Number,
    /// A whole number.
    Count,
    /// Yes or no.
    Flag,
    /// One of these texts: dictionary-encoded, with the same dictionary in every batch.
    Choice(Arc<StringArray>),
    /// Parts with names.
    Struct(Vec<(String, Shape)>),
    /// Any number of these.
    List(Box<Shape>),
}

/// A value of a [`Shape`] of the same name.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Nothing, or a text.
    Text(Option<String>),
    /// A number.
    Number(f64),
    /// A whole number.
    Count(i64),
    /// Yes or no.
    Flag(bool),
    /// The place of the text in the dictionary.
    Choice(i32),
    /// The parts, in order.
    Struct(Vec<Value>),
    /// The elements.
    List(Vec<Value>),
}

impl Shape {
    /// A choice among texts.
    pub fn choice<'t>(texts: impl IntoIterator<Item = &'t str>) -> Shape {
        Shape::Choice(Arc::new(StringArray::from_iter_values(texts)))
    }

    pub(crate) fn data_type(&self) -> DataType {
        match self {
            Shape::Text => DataType::Utf8,
            Shape::Number => DataType::Float64,
            Shape::Count => DataType::Int64,
            Shape::Flag => DataType::Boolean,
            Shape::Choice(_) => DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8)),
            Shape::Struct(parts) => DataType::Struct(fields(parts)),
            Shape::List(of) => DataType::List(Arc::new(of.field("item"))),
        }
    }

    pub(crate) fn field(&self, name: &str) -> Field {
        Field::new(name, self.data_type(), matches!(self, Shape::Text))
    }
}

pub(crate) fn fields(parts: &[(String, Shape)]) -> Fields {
    parts.iter().map(|(name, shape)| shape.field(name)).collect()
}

impl Value {
    /// Bytes in memory, roughly.
    pub(crate) fn bytes(&self) -> usize {
        16 + match self {
            Value::Text(text) => text.as_ref().map_or(0, String::len),
            Value::Struct(all) | Value::List(all) => all.iter().map(Value::bytes).sum(),
            Value::Number(_) | Value::Count(_) | Value::Flag(_) | Value::Choice(_) => 0,
        }
    }
}
