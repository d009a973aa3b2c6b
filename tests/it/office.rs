//! Word, OpenDocument, RTF and e-mail files given to the commands; what can't be judged, and why.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::{empty_folder, repository, run};

fn fixture(name: &str) -> PathBuf {
    repository("crates/documents/tests/fixtures").join(name)
}

fn copied(names: &[&str], folder: &str) -> PathBuf {
    let folder = empty_folder(folder);
    for name in names {
        fs::copy(fixture(name), folder.join(name)).expect("copied");
    }
    folder
}

fn stdout(folder: &Path, args: &[&str]) -> String {
    let out = run(folder, args);
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    String::from_utf8_lossy(&out.stdout).into_owned()
}

fn stderr(folder: &Path, args: &[&str]) -> String {
    String::from_utf8_lossy(&run(folder, args).stderr).into_owned()
}

#[test]
fn evidence_names_the_paragraph() {
    let folder = copied(&["structure.docx"], "office-places");
    let page = stdout(&folder, &["classify", "structure.docx", "--all"]);
    assert!(page.contains("paragraph 4: Key claims into the register"), "{page}");
    assert!(page.contains("the number is the paragraph"), "{page}");
    let page = stdout(&folder, &["classify", "structure.docx", "--format", "md"]);
    assert!(page.contains("paragraph 4: Key claims"), "{page}");
    assert!(page.contains("| paragraph | verdict |"), "{page}");
    let page = stdout(&folder, &["classify", "structure.docx", "--format", "html"]);
    assert!(page.contains("paragraph 4") && !page.contains(">line "), "{page}");
    let record: Value =
        serde_json::from_str(&stdout(&folder, &["classify", "structure.docx", "--format", "json"]))
            .expect("JSON");
    let task = record["tasks"]
        .as_array()
        .expect("tasks")
        .iter()
        .find(|t| t["text"] == "Scan letters")
        .expect("there");
    assert_eq!((&task["paragraph"], task.get("page")), (&Value::from(5), None));
    let why = stdout(&folder, &["why", "act-office-machines", "structure.docx"]);
    assert!(why.contains("paragraph 5"), "{why}");
}

#[test]
fn formats_of_one_document_get_one_verdict() {
    let names = ["structure.docx", "structure.odt", "structure.rtf"];
    let folder = copied(&names, "office-formats");
    let scores: Vec<Value> = stdout(&folder, &["score", ".", "--explain", "none"])
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).expect("JSON"))
        .collect();
    let of = |field: &str| scores.iter().map(|record| record[field].clone()).collect::<Vec<_>>();
    assert_eq!(of("id"), names);
    assert_eq!(of("log_odds"), vec![scores[0]["log_odds"].clone(); 3]);
}

#[test]
fn an_email_is_read_with_its_page() {
    let folder = copied(&["page.eml", "forward.eml"], "office-mail");
    let page = stdout(&folder, &["classify", "page.eml", "--all"]);
    assert!(page.starts_with("Vacancy: Credit Analyst\n"), "{page}");
    assert!(page.contains("“Duties”, responsibilities"), "{page}");
    let warning = stderr(&folder, &["classify", "forward.eml"]);
    assert!(
        warning.contains("warning: forward.eml: the attachment `payroll-clerk.pdf` is not read"),
        "{warning}"
    );
}

#[test]
fn a_folder_is_read_by_content_and_rejects_say_why() {
    let folder = copied(&["structure.docx"], "office-folder");
    fs::copy(fixture("structure.rtf"), folder.join("called.doc")).expect("copied");
    fs::write(folder.join("old.doc"), b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 W\0o\0r\0d\0").expect("written");
    fs::write(folder.join("bytes.txt"), b"\0\x01\x02").expect("written");
    fs::write(folder.join("~$structure.docx"), b"lock").expect("written");
    let docx = fs::read(fixture("structure.docx")).expect("read");
    fs::write(folder.join("cut.docx"), &docx[..docx.len() / 2]).expect("written");
    let out = run(&folder, &["score", ".", "--explain", "none", "--rejects", "../office-rejects.jsonl"]);
    assert_eq!(out.status.code(), Some(4));
    assert_eq!(String::from_utf8_lossy(&out.stdout).lines().count(), 2);
    let rejects = fs::read_to_string(folder.join("../office-rejects.jsonl")).expect("rejects");
    let rejects: Vec<Value> = rejects.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let codes: Vec<&str> = rejects.iter().filter_map(|reject| reject["code"].as_str()).collect();
    assert_eq!(codes, ["not-text", "damaged", "unsupported"]);
    assert!(rejects[2]["reason"].as_str().expect("a reason").contains("save it as .docx"), "{rejects:?}");
}

#[cfg(unix)]
#[test]
fn links_and_sockets_are_left_out_with_a_note() {
    use std::os::unix::{fs::symlink, net::UnixListener};
    // A socket's path has to be short.
    let folder = std::env::temp_dir().join(format!("outsort-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("made");
    fs::copy(fixture("page.eml"), folder.join("page.eml")).expect("copied");
    symlink("nowhere.txt", folder.join("dangling.txt")).expect("linked");
    symlink(".", folder.join("circle")).expect("linked");
    symlink("page.eml", folder.join("link.eml")).expect("linked");
    let socket = UnixListener::bind(folder.join("socket.md")).expect("bound");
    let out = run(&folder, &["score", ".", "--explain", "none"]);
    drop(socket);
    fs::remove_dir_all(&folder).expect("removed");
    let note = String::from_utf8_lossy(&out.stderr).into_owned();
    assert!(out.status.success(), "{note}");
    assert_eq!(String::from_utf8_lossy(&out.stdout).lines().count(), 2, "{note}");
    assert!(
        note.contains("2 links that lead nowhere left out; 1 special file (pipe, socket or device) left out"),
        "{note}"
    );
}

#[test]
fn limits_are_options() {
    let folder = empty_folder("office-limits");
    let rtf = format!("{{\\rtf1 Key claims. {}}}", "{\\b Key claims.}".repeat(100_000));
    fs::write(folder.join("long.rtf"), rtf).expect("written");
    let out = stderr(&folder, &["classify", "long.rtf", "--max-unpacked", "1"]);
    assert_eq!(
        out,
        "error: long.rtf is an RTF file that goes beyond the limit of 1 MB\n\
         help: if you trust the file, raise the limit with --max-unpacked or --max-pages\n"
    );
}

#[test]
fn tables_are_sent_to_score() {
    let folder = empty_folder("office-tables");
    fs::write(folder.join("jobs.csv"), "id,text\n1,Key claims\n").expect("written");
    let out = run(&folder, &["classify", "jobs.csv"]);
    assert_eq!(out.status.code(), Some(2));
    assert_eq!(
        String::from_utf8_lossy(&out.stderr),
        "error: jobs.csv holds records, not one job description\nhelp: `outsort score jobs.csv` judges each record\n"
    );
}

#[test]
fn lone_carriage_returns_end_lines() {
    let folder = empty_folder("office-returns");
    fs::write(folder.join("mac.txt"), "Claims Clerk\r\rScan letters\rKey claims into the register\r")
        .expect("written");
    let page = stdout(&folder, &["classify", "mac.txt", "--all"]);
    assert!(page.contains("line 4: Key claims"), "{page}");
}
