//! Tables in and out: sheets, Parquet, Arrow, delimiters, encodings, dirt, kept fields, chosen columns.

use std::fs::{self, File};
use std::io::Write;
use std::path::Path;
use std::process::Output;

use outsort_tables::{Columnar, ColumnarFormat, Row, Shape, Value, Writer};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;

use crate::{empty_folder, repository, run};

fn score(folder: &Path, args: &[&str]) -> Output {
    run(folder, &[&["score"], args].concat())
}

fn told(out: &Output) -> String {
    String::from_utf8_lossy(&out.stderr).into_owned()
}

fn lines(out: &Output) -> Vec<serde_json::Value> {
    let text = String::from_utf8_lossy(&out.stdout);
    text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

/// The values of a field, as text.
fn values(out: &Output, field: &str) -> Vec<String> {
    let text = |value: &serde_json::Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    lines(out).iter().map(|record| text(&record[field])).collect()
}

fn columnar(path: &Path, format: ColumnarFormat, names: &[&str]) -> Vec<Row> {
    let table = Columnar::open(File::open(path).expect("there"), format).expect("opened");
    let rows = table.read(names.iter().map(|name| name.to_string()).collect()).expect("begun");
    rows.collect::<Result<_, _>>().expect("read")
}

/// What is written, the options, the ids that are judged, and what is said.
struct Case {
    name: &'static str,
    bytes: Vec<u8>,
    args: &'static [&'static str],
    ids: &'static [&'static str],
    says: &'static str,
}

fn case(
    name: &'static str,
    bytes: impl Into<Vec<u8>>,
    args: &'static [&'static str],
    ids: &'static [&'static str],
    says: &'static str,
) -> Case {
    Case { name, bytes: bytes.into(), args, ids, says }
}

fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

fn cut_gzip() -> Vec<u8> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::none());
    packed.write_all(b"{\"id\":1,\"text\":\"File records.\"}\n{\"id\":2,\"text\":\"Ans").expect("packed");
    let mut bytes = packed.finish().expect("packed");
    bytes.truncate(bytes.len() - 9);
    bytes
}

fn dirty() -> Vec<Case> {
    let semicolons = "id;text\n1;File records, then calls\n";
    vec![
        case("semi.csv", semicolons, &[], &["1"], "fields separated by `;` (--delimiter ';')"),
        case("sep.csv", "sep=|\nid|text\n1|a, b\n", &[], &["1"], "fields separated by `|`"),
        case("said.csv", "id:text\n1:File records\n", &["--delimiter", ":"], &["1"], "text from `text`"),
        case("mark.csv", "\u{FEFF}id,text\n1,File\n", &[], &["1"], "id from `id`"),
        case("mac.csv", "id,text\r1,File\r2,Answer\r", &[], &["1", "2"], "judged 2 of 2"),
        case("nul.csv", "id,text\n1,File\0records\n", &[], &["1"], "judged 1 of 1"),
        case("blank.csv", "\n\nid,text\n\n1,File\n \n", &[], &["1"], "judged 1 of 1"),
        case(
            "more.csv",
            "id,text\n1,File,,\n2,File,,x\n",
            &[],
            &["1"],
            "more.csv:3: the row has 4 fields, the header 2",
        ),
        case("twice.csv", "id,text,text,\n1,File,b,c\n", &[], &["1"], "`text_2`"),
        case(
            "latin.csv",
            b"id,text\n1,Caf\xE9 clerk\n".as_slice(),
            &[],
            &["1"],
            "1 line is not UTF-8 (line 2 first)",
        ),
        case(
            "marked.csv",
            [b"\xFF\xFE".to_vec(), utf16("id,text\n1,File\n")].concat(),
            &[],
            &["1"],
            "judged 1",
        ),
        case("wide.csv", utf16("id,text\n1,File\n"), &[], &["1"], "read as UTF-16LE (--encoding)"),
        case(
            "open.csv",
            "id,text\n1,\"File\n2,\"Answer\"\n3,\"a\nb\"\n4,\"File\n5,Key\n",
            &[],
            &["2", "3", "5"],
            "open.csv:6: the quote at byte 3 of the line is not closed where a field ends",
        ),
        case("cut.jsonl.gz", cut_gzip(), &[], &["1"], "reading stopped here: the file is cut off"),
        case(
            "list.json",
            "[\n {\"id\":1,\n \"text\":\"a\"},\n {\"id\":2,\"text\":\"b]}\"}\n]\n",
            &[],
            &["1", "2"],
            "a list",
        ),
        case(
            "one.json",
            "[{\"id\":1,\"text\":\"a\"},{\"id\":2,\"text\":\"b\"}]",
            &[],
            &["1", "2"],
            "a list of records",
        ),
        case(
            "spread.json",
            "{\n\"id\":1,\n\"text\":\"a\"\n}\n{\n\"id\":2,\"text\":\"b\"}",
            &[],
            &["1", "2"],
            "judged 2",
        ),
        case(
            "bad.json",
            "[\n{\"id\":1,\"text\":\"a\"},\n{\"id\":2,\"text\":\"b},\n{\"id\":3,\"text\":\"c\"},7]",
            &[],
            &["1", "3"],
            "bad.json:3: not a JSON object",
        ),
        case(
            "half.json",
            "[\n{\"id\":1,\"text\":\"a\"},\n{\"id\":2",
            &[],
            &["1"],
            "half.json:3: the file ends within",
        ),
        case("end.json", "[\n{\"id\":1,\"text\":\"a\"},\n", &[], &["1"], "before its list is closed"),
        case(
            "in.jsonl",
            "{\"id\":1,\"job\":{\"text\":\"a\"}}",
            &["--text", "JOB.text"],
            &["1"],
            "text from `job.text`",
        ),
        case("absent.csv", "a,b\n1,2\n", &[], &[], "the fields are `a`, `b`"),
        case("book.csv", "PK\u{3}\u{4}…", &[], &[], "--from sheet"),
        case("x.parquet", "no table", &[], &[], "it is damaged, or not what its name says"),
        case("x.xlsx", "no book", &[], &[], "it is damaged, or not what its name says"),
    ]
}

#[test]
fn dirty_files_give_what_they_hold_and_say_the_rest() {
    let folder = empty_folder("dirty");
    for Case { name, bytes, args, ids, says } in dirty() {
        fs::write(folder.join(name), bytes).expect("written");
        let out = score(&folder, &[&[name], args].concat());
        assert_eq!(values(&out, "id"), ids, "{name}: {}", told(&out));
        assert!(told(&out).contains(says), "{name}: {}", told(&out));
    }
}

#[test]
fn an_encoding_that_is_named_is_read() {
    let folder = empty_folder("encoding");
    fs::write(folder.join("a.csv"), b"id,text,place\n1,File,K\xF6ln \x80\n").expect("written");
    let out = score(&folder, &["a.csv", "--encoding", "windows-1252", "--keep", "place"]);
    assert_eq!(values(&out, "place"), ["Köln €"]);
    assert!(!told(&out).contains("not UTF-8"), "{}", told(&out));
    let out = score(&folder, &["a.csv", "--encoding", "klingon"]);
    assert_eq!(out.status.code(), Some(2));
    assert!(told(&out).contains("WHATWG Encoding Standard"), "{}", told(&out));
}

#[test]
fn the_first_sheet_with_content_is_read_or_the_one_named() {
    for book in ["jobs.xlsx", "jobs.ods"] {
        let folder = repository("tests/cases/tables");
        let out = score(&folder, &[book, "--keep"]);
        assert_eq!(values(&out, "id"), ["1", "2", "5"]);
        assert_eq!(values(&out, "Pay"), ["2.5", "3", "1000000"]);
        assert_eq!(lines(&out)[0]["Since"], "2024-03-01");
        assert_eq!(lines(&out)[1]["Text"], "Advise clients on tax law.\nWrite it down.");
        assert!(told(&out).contains("sheet `Jobs` of 2 (--sheet)"), "{}", told(&out));
        assert!(told(&out).contains(&format!("{book}:6: the record has no text")), "{}", told(&out));
        assert_eq!(values(&score(&folder, &[book, "--sheet", "2"]), "id"), ["1", "2", "5"]);
        assert!(told(&score(&folder, &[book, "--sheet", "Cover"])).contains("there is nothing in the sheet"));
        let absent = score(&folder, &[book, "--sheet", "Pay"]);
        assert_eq!(absent.status.code(), Some(2));
        assert!(told(&absent).contains("the sheets are `Cover`, `Jobs`"), "{}", told(&absent));
    }
}

#[test]
fn files_of_columns_hold_what_the_lines_hold() {
    let folder = empty_folder("columnar");
    let tasks = "{\"id\":1,\"text\":\"Key invoices into the ledger.\",\"score\":7,\"pay\":{\"low\":1.10}}\n\
        {\"id\":2,\"text\":\"Advise clients on tax law.\",\"note\":null}\n";
    fs::write(folder.join("a.jsonl"), tasks).expect("written");
    let json = score(&folder, &["a.jsonl", "--keep"]);
    assert_eq!(lines(&json)[0]["input_score"], 7);
    assert!(String::from_utf8_lossy(&json.stdout).contains("\"pay\":{\"low\":1.10}"));
    for (name, format) in [("o.parquet", ColumnarFormat::Parquet), ("o.arrow", ColumnarFormat::Arrow)] {
        let out = score(&folder, &["a.jsonl", "--keep", "-o", name, "--explain", "spans"]);
        assert_eq!(out.status.code(), Some(0), "{}", told(&out));
        let names = ["id", "verdict", "score", "criteria.focus", "tasks", "input_score", "pay", "note"];
        let rows = columnar(&folder.join(name), format, &names);
        for (row, record) in rows.iter().zip(lines(&json)) {
            let cell = |at: usize| row[at].as_deref().unwrap_or("-");
            assert_eq!(
                (cell(0), cell(1)),
                (record["id"].as_str().expect("an id"), record["verdict"].as_str().expect("one"))
            );
            assert_eq!(cell(2).parse::<f64>().ok(), record["score"].as_f64());
            assert_eq!(cell(3).parse::<f64>().ok(), record["criteria"]["focus"].as_f64());
        }
        let kept: Vec<&[Option<String>]> = rows.iter().map(|row| &row[5..]).collect();
        let text = |text: &str| Some(text.to_owned());
        assert_eq!(kept, [[text("7"), text("{\"low\":1.10}"), None], [None, None, None]]);
        // What was written is a corpus again.
        let again = score(&folder, &[name, "--id", "id", "--text", "text", "--fields", "id,verdict"]);
        assert_eq!(values(&again, "verdict"), values(&json, "verdict"));
    }
    assert!(told(&score(&folder, &["a.jsonl", "-o", "o.parquet.gz"])).contains("leave out the last ending"));
}

#[test]
fn columns_are_chosen_by_name() {
    let folder = empty_folder("columns");
    fs::write(folder.join("a.csv"), "id,text,place\n1,File records.,Pune\n").expect("written");
    let args = ["a.csv", "--keep", "--fields", "place,ID,verdict,focus", "-q", "-o"];
    score(&folder, &[&args[..], &["o.csv"]].concat());
    let csv = fs::read_to_string(folder.join("o.csv")).expect("written");
    assert!(csv.starts_with("place,id,verdict,focus\nPune,1,BPO,"), "{csv}");
    let out = score(&folder, &["a.csv", "--fields", "id,place"]);
    assert_eq!(out.status.code(), Some(2));
    assert!(
        told(&out).contains("there is no column `place`") && told(&out).contains("`verdict`"),
        "{}",
        told(&out)
    );
    let out = score(&folder, &["a.csv", "--fields", "fired", "--explain", "none"]);
    assert!(told(&out).contains("`fired` needs --explain"), "{}", told(&out));
    let out = score(&folder, &["a.csv", "--keep", "town"]);
    assert!(told(&out).contains("`town` (asked for by --keep)"), "{}", told(&out));
}

#[test]
fn patterns_and_folders_of_tables_are_read_in_order() {
    let folder = empty_folder("patterns");
    fs::create_dir_all(folder.join("t/u")).expect("made");
    for (name, text) in [
        ("t/b.csv", "id,text\nb,File\n"),
        ("t/u/a.jsonl", "{\"id\":\"a\",\"text\":\"File\"}"),
        ("t/x.bin", "x"),
    ] {
        fs::write(folder.join(name), text).expect("written");
    }
    assert_eq!(values(&score(&folder, &["t"]), "id"), ["b", "a"]);
    assert_eq!(values(&score(&folder, &["t/**/*.jsonl", "t/?.csv"]), "id"), ["a", "b"]);
    fs::write(folder.join("t/doc.md"), "Advise clients on tax law.").expect("written");
    let mixed = score(&folder, &["t"]);
    assert_eq!(values(&mixed, "id"), ["doc.md"]);
    assert!(
        told(&mixed).contains("2 tables left out (b.csv, u/a.jsonl): name one to read its records"),
        "{}",
        told(&mixed)
    );
    let none = score(&folder, &["t/*.parquet"]);
    assert_eq!(none.status.code(), Some(2));
    assert!(told(&none).contains("no file is called t/*.parquet"), "{}", told(&none));
}

#[test]
fn groups_that_stand_together_need_no_memory_of_others() {
    let folder = empty_folder("sorted");
    let table =
        "job\ttask\nB\tFile records.\nB\tAnswer calls.\nA\tAdvise clients on tax law.\nB\tKey data.\n";
    fs::write(folder.join("a.tsv"), table).expect("written");
    let out = score(&folder, &["a.tsv", "--group", "job", "--sorted"]);
    assert_eq!(
        (values(&out, "id"), values(&out, "tasks")),
        (vec!["B".into(), "A".into()], vec!["2".into(), "1".into()])
    );
    assert!(told(&out).contains("a.tsv:5: the group `B` ended before"), "{}", told(&out));
}

/// Rows of any texts, in every format that has columns, kept and written to every other.
#[test]
fn any_field_comes_through() {
    let folder = empty_folder("round");
    let field = "([a-zA-Z\",;'|é\u{2028}💡\\\\ \t]|\n|\r\n){0,24}";
    let rows = prop::collection::vec((field, prop::option::weighted(0.02, "x{70000}")), 20..60);
    let mut runner =
        TestRunner::new(ProptestConfig { cases: 2, failure_persistence: None, ..Default::default() });
    let turn = std::cell::Cell::new(0);
    let checked = runner.run(&rows, |rows| {
        let rows: Vec<String> =
            rows.into_iter().map(|(text, long)| text + &long.unwrap_or_default()).collect();
        turn.set(turn.get() + 1);
        let outputs = ["o.csv", "o.tsv.gz", "o.jsonl.zst", "o.parquet", "o.arrow"].into_iter().cycle();
        for (input, output) in
            ["i.csv", "i.tsv", "i.jsonl", "i.parquet", "i.arrow"].into_iter().zip(outputs.skip(turn.get()))
        {
            write(&folder.join(input), &rows);
            let out = score(&folder, &[input, "--keep", "x", "-o", output, "--explain", "none"]);
            prop_assert_eq!(out.status.code(), Some(0), "{} to {}: {}", input, output, told(&out));
            prop_assert_eq!(&read(&folder, output), &rows, "{} to {}", input, output);
        }
        Ok(())
    });
    assert!(checked.is_ok(), "{checked:?}");
}

fn write(path: &Path, rows: &[String]) {
    let ending = path.extension().and_then(|e| e.to_str()).expect("an ending");
    let text = "File records.";
    match ending {
        "jsonl" => {
            let line = |x: &String| format!("{}\n", serde_json::json!({"x": x, "text": text}));
            fs::write(path, rows.iter().map(line).collect::<String>()).expect("written");
        }
        "csv" | "tsv" => {
            let delimiter = if ending == "csv" { b',' } else { b'\t' };
            let mut csv = csv::WriterBuilder::new().delimiter(delimiter).from_path(path).expect("made");
            csv.write_record(["x", "text"]).expect("written");
            rows.iter().for_each(|x| csv.write_record([x, text]).expect("written"));
            csv.flush().expect("written");
        }
        ending => {
            let format = if ending == "arrow" { ColumnarFormat::Arrow } else { ColumnarFormat::Parquet };
            let shape = vec![("x".to_owned(), Shape::Text), ("text".to_owned(), Shape::Text)];
            let mut file = Writer::new(File::create(path).expect("made"), format, shape).expect("begun");
            for x in rows {
                file.write(vec![Value::Text(Some(x.clone())), Value::Text(Some(text.into()))])
                    .expect("written");
            }
            file.finish().expect("completed");
        }
    }
}

/// The kept field of the results, read by the readers of the project.
fn read(folder: &Path, output: &str) -> Vec<String> {
    let args = [output, "--text", "verdict", "--keep", "x", "--fields", "x", "--explain", "none"];
    values(&score(folder, &args), "x")
}
