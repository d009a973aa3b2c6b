//! `outsort score`: formats in and out, order, rejects, compression, groups.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

use crate::empty_folder;

fn score(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_outsort")).arg("score").args(args).output().expect("runs")
}

fn text(path: &Path) -> String {
    path.display().to_string()
}

fn records(jsonl: &[u8]) -> Vec<Value> {
    jsonl
        .split(|b| *b == b'\n')
        .filter(|l| !l.is_empty())
        .map(|l| serde_json::from_slice(l).expect("JSON"))
        .collect()
}

fn ids(records: &[Value]) -> Vec<&str> {
    records.iter().map(|r| r["id"].as_str().expect("an id")).collect()
}

const TASKS: [&str; 3] =
    ["Key invoices into the ledger.", "Advise clients on tax law.", "Drive a forklift truck."];

#[test]
fn every_format_gives_the_same_judgments() {
    let dir = empty_folder("formats");
    let jsonl: String = TASKS
        .iter()
        .enumerate()
        .map(|(i, t)| format!("{{\"id\":\"{}\",\"text\":\"{t}\"}}\n", i + 1))
        .collect();
    let csv = format!(
        "id,text\n{}",
        TASKS.iter().enumerate().map(|(i, t)| format!("{},\"{t}\"\n", i + 1)).collect::<String>()
    );
    let write = |name: &str, bytes: &[u8]| {
        let path = dir.join(name);
        fs::write(&path, bytes).expect("written");
        text(&path)
    };
    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gz.write_all(jsonl.as_bytes()).expect("compressed");
    let inputs = [
        write("a.jsonl", jsonl.as_bytes()),
        write("a.csv", csv.as_bytes()),
        write("bom.csv", format!("\u{FEFF}{csv}").replace('\n', "\r\n").as_bytes()),
        write("a.tsv", csv.replace(',', "\t").as_bytes()),
        write("a.txt", TASKS.join("\n\n").replace("\n\n", "\n").as_bytes()),
        write("a.jsonl.gz", &gz.finish().expect("compressed")),
        write("a.jsonl.zst", &zstd::encode_all(jsonl.as_bytes(), 1).expect("compressed")),
    ];
    let want = score(&[&inputs[0]]).stdout;
    assert_eq!(ids(&records(&want)), ["1", "2", "3"]);
    for input in &inputs {
        assert_eq!(
            String::from_utf8_lossy(&score(&[input]).stdout),
            String::from_utf8_lossy(&want),
            "{input}"
        );
    }
}

#[test]
fn order_and_bytes_do_not_depend_on_threads() {
    let dir = empty_folder("threads");
    let path = dir.join("many.jsonl");
    let lines: String =
        (0..30_000).map(|i| format!("{{\"id\":{i},\"text\":\"{} {i}\"}}\n", TASKS[i % 3])).collect();
    fs::write(&path, lines).expect("written");
    let one = score(&[&text(&path), "--threads", "1", "-q"]);
    let four = score(&[&text(&path), "--threads", "4", "-q"]);
    assert!(one.status.success() && one.stdout == four.stdout);
    let records = records(&one.stdout);
    assert!(ids(&records).iter().enumerate().all(|(i, id)| *id == i.to_string()));
}

#[test]
fn nothing_is_lost_and_rejects_are_named() {
    let dir = empty_folder("rejects");
    let path = dir.join("dirty.jsonl");
    let lines = "{\"id\":1,\"text\":\"File records.\"}\nnot json\n{\"id\":3}\n{\"id\":4,\"text\":\"  \"}\n\n{\"id\":6,\"text\":[1]}\n{\"id\":7,\"text\":\"Answer calls.\"}";
    fs::write(&path, lines).expect("written");
    let rejects = dir.join("rejects.jsonl");
    let out = score(&[&text(&path), "--rejects", &text(&rejects)]);
    assert_eq!(out.status.code(), Some(4));
    assert_eq!(ids(&records(&out.stdout)), ["1", "7"]);
    let rejected = records(&fs::read(&rejects).expect("written"));
    let told: Vec<(u64, &str)> = rejected
        .iter()
        .map(|r| (r["line"].as_u64().unwrap_or(0), r["code"].as_str().unwrap_or("")))
        .collect();
    assert_eq!(told, [(2, "bad-json"), (3, "no-text"), (4, "empty-text"), (6, "bad-json")]);
    let strict = score(&[&text(&path), "--strict"]);
    assert_eq!(strict.status.code(), Some(4));
    assert!(String::from_utf8_lossy(&strict.stderr).contains(":2:"));
}

#[test]
fn a_ragged_row_is_rejected_and_an_absent_column_is_an_error() {
    let dir = empty_folder("ragged");
    let path = dir.join("a.csv");
    fs::write(&path, "ref,body\n1,\"two\nlines\"\n2\n3,File records\n").expect("written");
    let out = score(&[&text(&path)]);
    assert_eq!(ids(&records(&out.stdout)), ["1", "3"]);
    assert!(String::from_utf8_lossy(&out.stderr).contains("a.csv:4: the row has 1 fields, the header 2"));
    let out = score(&[&text(&path), "--text", "txt"]);
    assert_eq!(out.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&out.stderr).contains("the fields are `ref`, `body`"));
}

#[test]
fn groups_become_one_document() {
    let dir = empty_folder("groups");
    let path = dir.join("a.tsv");
    fs::write(&path, "Job\tTask\nB\tFile records.\nA\tAdvise clients on tax law.\nB\tAnswer calls.\n")
        .expect("written");
    let out = score(&[&text(&path), "--group", "Job"]);
    let records = records(&out.stdout);
    assert_eq!(ids(&records), ["B", "A"]);
    assert_eq!((records[0]["tasks"].as_u64(), records[1]["tasks"].as_u64()), (Some(2), Some(1)));
}

#[test]
fn folders_are_read_by_path() {
    let dir = empty_folder("folder");
    fs::create_dir(dir.join("b")).expect("made");
    for (name, text) in
        [("z.txt", TASKS[0]), ("b/a.md", TASKS[1]), ("c.html", "<p>Drive a forklift truck."), ("d.bin", "x")]
    {
        fs::write(dir.join(name), text).expect("written");
    }
    let out = score(&[&text(&dir)]);
    assert_eq!(ids(&records(&out.stdout)), ["b/a.md", "c.html", "z.txt"]);
    assert!(String::from_utf8_lossy(&out.stderr).contains("1 file of other kinds left out"));
}

#[test]
fn outputs_are_whole_or_absent() {
    let dir = empty_folder("outputs");
    let input = dir.join("a.jsonl");
    fs::write(&input, "{\"id\":1,\"text\":\"File records.\"}\nbad\n").expect("written");
    let out = dir.join("out.csv.gz");
    assert_eq!(score(&[&text(&input), "-o", &text(&out), "-q"]).status.code(), Some(4));
    let mut csv = String::new();
    let packed = fs::read(&out).expect("written");
    std::io::Read::read_to_string(&mut flate2::read::GzDecoder::new(packed.as_slice()), &mut csv)
        .expect("gzip");
    assert!(csv.starts_with("id,verdict,score,log_odds,") && csv.lines().count() == 2, "{csv}");
    let failed = dir.join("failed.jsonl");
    assert_eq!(score(&[&text(&input), "-o", &text(&failed), "--strict"]).status.code(), Some(4));
    let left: Vec<_> =
        fs::read_dir(&dir).expect("the folder").map(|e| e.expect("entry").file_name()).collect();
    assert_eq!(left.len(), 2, "{left:?}");
    let unknown = score(&[&text(&input), "-o", "out.xyz"]);
    assert_eq!(unknown.status.code(), Some(2));
}

#[test]
fn a_closed_pipe_ends_quietly() {
    let dir = empty_folder("pipe");
    let path = dir.join("many.txt");
    fs::write(&path, "Key invoices into the ledger.\n".repeat(200_000)).expect("written");
    let mut child = Command::new(env!("CARGO_BIN_EXE_outsort"))
        .args(["score", &text(&path), "-q"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("runs");
    drop(child.stdout.take());
    let out = child.wait_with_output().expect("ends");
    assert!(out.status.success() && out.stderr.is_empty(), "{}", String::from_utf8_lossy(&out.stderr));
}

#[test]
fn spans_point_into_the_text() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_outsort"))
        .args(["score", "-", "--explain", "spans", "-q"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("runs");
    let line = "{\"id\":\"x\",\"text\":\"Zoë keys invoices into the ledger.\"}\n";
    child.stdin.take().expect("piped").write_all(line.as_bytes()).expect("written");
    let out = child.wait_with_output().expect("ends");
    let record = &records(&out.stdout)[0];
    let fired = record["fired"].as_array().expect("rules fired");
    assert!(!fired.is_empty());
    for span in fired.iter().flat_map(|f| f["spans"].as_array().expect("spans")) {
        let (start, end) =
            (span["start"].as_u64().unwrap_or(0) as usize, span["end"].as_u64().unwrap_or(0) as usize);
        assert!("Zoë keys invoices into the ledger.".get(start..end).is_some_and(|s| !s.is_empty()));
    }
}
