//! What is written to files of columns is read again, whatever it is; broken files are refused.

use std::fs::{self, File};
use std::path::PathBuf;

use outsort_tables::{Columnar, ColumnarFormat, Refusal, Row, Shape, Sheet, Value, Writer};
use proptest::prelude::*;

fn place(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name)
}

fn write(name: &str, format: ColumnarFormat, shape: &[(String, Shape)], rows: &[Vec<Value>]) -> PathBuf {
    let path = place(name);
    let mut writer = Writer::new(File::create(&path).expect("made"), format, shape.to_vec()).expect("begun");
    for row in rows {
        writer.write(row.clone()).expect("written");
    }
    writer.finish().expect("completed");
    path
}

fn read(path: &PathBuf, format: ColumnarFormat, names: &[&str]) -> Vec<Row> {
    let table = Columnar::open(File::open(path).expect("there"), format).expect("opened");
    let rows = table.read(names.iter().map(|n| n.to_string()).collect()).expect("begun");
    rows.collect::<Result<_, _>>().expect("read")
}

const FORMATS: [(ColumnarFormat, &str); 2] =
    [(ColumnarFormat::Parquet, "parquet"), (ColumnarFormat::Arrow, "arrow")];

#[test]
fn nested_columns_have_names_with_dots() {
    let shape = [
        ("id".to_owned(), Shape::Text),
        ("verdict".to_owned(), Shape::choice(["BPO", "KPO"])),
        ("criteria".to_owned(), Shape::Struct(vec![("focus".into(), Shape::Number)])),
        (
            "fired".to_owned(),
            Shape::List(Box::new(Shape::Struct(vec![
                ("rule".into(), Shape::choice(["a", "b", "c"])),
                ("hits".into(), Shape::Count),
                ("title".into(), Shape::Flag),
            ]))),
        ),
    ];
    let fired = |rule| Value::Struct(vec![Value::Choice(rule), Value::Count(2), Value::Flag(true)]);
    let rows: Vec<Vec<Value>> = (0..10_000)
        .map(|n| {
            let rules = (0..n % 3).map(fired).collect();
            vec![
                Value::Text((n % 5 > 0).then(|| n.to_string())),
                Value::Choice(n % 2),
                Value::Struct(vec![Value::Number(f64::from(n) + 0.5)]),
                Value::List(rules),
            ]
        })
        .collect();
    for (format, ending) in FORMATS {
        let path = write(&format!("nested.{ending}"), format, &shape, &rows);
        let read = read(&path, format, &["criteria.focus", "id", "verdict", "fired"]);
        assert_eq!(read.len(), rows.len());
        let shown = |row: usize| read[row].iter().map(|c| c.as_deref().unwrap_or("-")).collect::<Vec<_>>();
        assert_eq!(shown(0), ["0.5", "-", "BPO", "[]"]);
        assert_eq!(
            shown(7001),
            ["7001.5", "7001", "KPO", "[{rule: a, hits: 2, title: true}, {rule: b, hits: 2, title: true}]"]
        );
        let table = Columnar::open(File::open(&path).expect("there"), format).expect("opened");
        let names: Vec<(String, bool)> = table.columns().into_iter().map(|c| (c.name, c.many)).collect();
        let want = [("id", false), ("verdict", false), ("criteria.focus", false), ("fired", true)];
        assert_eq!(names, want.map(|(name, many)| (name.to_owned(), many)));
    }
}

#[test]
fn broken_files_are_refused() {
    let shape = [("text".to_owned(), Shape::Text)];
    let rows: Vec<Vec<Value>> = (0..3000).map(|n| vec![Value::Text(Some(format!("row {n}")))]).collect();
    for (format, ending) in FORMATS {
        let path = write(&format!("broken.{ending}"), format, &shape, &rows);
        let bytes = fs::read(&path).expect("there");
        for cut in [0, 3, 7, bytes.len() / 3, bytes.len() - 9, bytes.len() - 1] {
            fs::write(&path, &bytes[..cut]).expect("written");
            let opened = Columnar::open(File::open(&path).expect("there"), format);
            let refused = match opened.and_then(|table| table.read(vec!["text".into()])) {
                Ok(mut rows) => rows.any(|row| row.is_err()),
                Err(refusal) => matches!(refusal, Refusal::Damaged(_) | Refusal::Io(_)),
            };
            assert!(refused, "{ending} cut at {cut}");
        }
    }
    for bytes in [&b"not a workbook"[..], b"PK\x03\x04 broken", b""] {
        assert!(matches!(Sheet::open(bytes.to_vec(), None), Err(Refusal::Damaged(_))));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn any_text_and_number_comes_back(
        rows in prop::collection::vec(
            (prop::option::of("(?s).{0,40}"), any::<i64>(), prop::num::f64::NORMAL, any::<bool>()), 0..60),
    ) {
        let shape = [
            ("a.b".to_owned(), Shape::Text),
            ("n".to_owned(), Shape::Count),
            ("x".to_owned(), Shape::Number),
            ("yes".to_owned(), Shape::Flag),
        ];
        let values: Vec<Vec<Value>> = rows
            .iter()
            .map(|(t, n, x, y)| {
                vec![Value::Text(t.clone()), Value::Count(*n), Value::Number(*x), Value::Flag(*y)]
            })
            .collect();
        for (format, ending) in FORMATS {
            let path = write(&format!("any.{ending}"), format, &shape, &values);
            let read = read(&path, format, &["a.b", "n", "x", "yes"]);
            prop_assert_eq!(read.len(), rows.len());
            for (row, (t, n, x, y)) in read.into_iter().zip(&rows) {
                prop_assert_eq!(&row[0], t);
                prop_assert_eq!(row[1].clone(), Some(n.to_string()));
                prop_assert_eq!(row[2].as_deref().map(str::parse::<f64>), Some(Ok(*x)));
                prop_assert_eq!(row[3].as_deref(), Some(if *y { "true" } else { "false" }));
            }
        }
    }
}
