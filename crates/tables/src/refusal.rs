//! Why a file is not read or written.

use std::fmt;

/// A file that is not read, or can't be written on. The display says why, [`Refusal::help`] what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It is not what it claims to be, or cut off; with what the reader met.
    Damaged(String),
    /// Nothing in the file has this name; with the names that are there.
    NoSheet(String, Vec<String>),
    /// It unpacks to so many bytes, more than the limit, which follows.
    TooLarge(u64, u64),
    /// The system failed; with its reason.
    Io(String),
}

impl Refusal {
    /// What the user can do.
    pub fn help(&self) -> String {
        match self {
            Refusal::Damaged(_) => {
                "open it in the program that made it and save it anew, or save it as CSV".into()
            }
            Refusal::NoSheet(_, names) => format!("the sheets are {}", quoted(names)),
            Refusal::TooLarge(..) => "save the sheet as CSV, which is read in pieces".into(),
            Refusal::Io(_) => "check the disk and the file's permissions".into(),
        }
    }
}

fn quoted(names: &[String]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refusal::Damaged(what) => write!(f, "it is damaged, or not what its name says: {what}"),
            Refusal::NoSheet(name, _) => write!(f, "there is no sheet `{name}`"),
            Refusal::TooLarge(bytes, limit) => {
                write!(
                    f,
                    "it unpacks to {} MB, and is held in memory: the limit is {} MB",
                    bytes >> 20,
                    limit >> 20
                )
            }
            Refusal::Io(what) => f.write_str(what),
        }
    }
}

impl std::error::Error for Refusal {}

impl From<std::io::Error> for Refusal {
    fn from(error: std::io::Error) -> Refusal {
        Refusal::Io(error.to_string())
    }
}

impl From<arrow_schema::ArrowError> for Refusal {
    fn from(error: arrow_schema::ArrowError) -> Refusal {
        match error {
            arrow_schema::ArrowError::IoError(what, _) => Refusal::Io(what),
            other => Refusal::Damaged(other.to_string()),
        }
    }
}

impl From<parquet::errors::ParquetError> for Refusal {
    fn from(error: parquet::errors::ParquetError) -> Refusal {
        match error {
            parquet::errors::ParquetError::External(inner) if inner.is::<std::io::Error>() => {
                Refusal::Io(inner.to_string())
            }
            other => Refusal::Damaged(other.to_string()),
        }
    }
}
