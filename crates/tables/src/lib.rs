//! Spreadsheets, Parquet and Arrow files to rows of text, and judged records to Parquet and Arrow.
