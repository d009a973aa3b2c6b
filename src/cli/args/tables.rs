//! Options of what is read and written as tables.

use clap::Args as ClapArgs;
use encoding_rs::Encoding;

/// How files are read, where their names and beginnings don't tell.
#[derive(Clone, Debug, ClapArgs)]
pub struct ReadArgs {
    /// Sheet of a workbook, by name or number; default: the first that is not empty.
    #[arg(long, value_name = "NAME")]
    pub sheet: Option<String>,
    /// What separates the fields of a CSV or TSV file: a sign, or `tab`; default: seen from the header.
    #[arg(long, value_name = "SIGN", value_parser = delimiter)]
    pub delimiter: Option<u8>,
    /// Encoding of text: windows-1252, utf-16le, shift_jis, …; default: UTF-8, or UTF-16 with its mark.
    #[arg(long, value_name = "NAME", value_parser = encoding)]
    pub encoding: Option<&'static Encoding>,
}

/// Which columns are written.
#[derive(Clone, Debug, ClapArgs)]
pub struct ColumnArgs {
    /// Keep fields of the input in the output: all, or those named (a,b).
    #[arg(long, value_name = "FIELDS", num_args = 0..=1, default_missing_value = "*", value_delimiter = ',')]
    pub keep: Option<Vec<String>>,
    /// Write these columns only, in this order (id,verdict,score); kept fields count among them.
    #[arg(long, value_name = "COLUMNS", value_delimiter = ',')]
    pub fields: Option<Vec<String>>,
}

fn delimiter(text: &str) -> Result<u8, String> {
    match text.as_bytes() {
        b"tab" | b"\\t" => Ok(b'\t'),
        b"comma" => Ok(b','),
        b"semicolon" => Ok(b';'),
        [sign]
            if sign.is_ascii() && !matches!(sign, b'"' | b'\n' | b'\r') && !sign.is_ascii_alphanumeric() =>
        {
            Ok(*sign)
        }
        _ => Err("allowed: one sign such as , ; | or the word tab".into()),
    }
}

fn encoding(name: &str) -> Result<&'static Encoding, String> {
    let known = Encoding::for_label_no_replacement(name.as_bytes());
    known.ok_or_else(|| {
        "allowed: names of the WHATWG Encoding Standard, such as utf-8, utf-16le, windows-1252, gbk, shift_jis"
            .into()
    })
}
