//! Tables and lists as `score` reads and writes them, dirty ones among them.

use std::fs;
use std::io::Write;
use std::path::Path;

use crate::{empty_folder, run};

/// Runs `score` in `folder`; the exit code, standard output and standard error.
fn score(folder: &Path, args: &[&str]) -> (i32, String, String) {
    let out = run(folder, &[&["score"], args].concat());
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (out.status.code().unwrap_or(-1), text(&out.stdout), text(&out.stderr))
}

/// What is read of a file: its name, its bytes, further arguments; then the ids that are judged, the exit code and
/// what is said.
type Case =
    (&'static str, &'static [u8], &'static [&'static str], &'static [&'static str], i32, &'static str);

const CASES: &[Case] = &[
    (
        "open-quote.csv",
        b"id,text\n1,\"Key invoices.\n2,Answer calls.\n3,File letters.\n",
        &[],
        &["2", "3"],
        4,
        "open-quote.csv:2: the quote at byte 3 of the line is not closed where a field ends",
    ),
    (
        "embedded.csv",
        b"id,text\n1,\"Key invoices,\nthen \"\"file\"\" them.\"\n2,Answer calls.\n",
        &[],
        &["1", "2"],
        0,
        "judged 2 of 2",
    ),
    ("semicolons.csv", b"id;text\n1;Key invoices, daily.\n", &[], &["1"], 0, "fields separated by `;`"),
    ("bars.csv", b"id|text\n1|Key invoices.\n", &["--delimiter", "|"], &["1"], 0, "judged 1 of 1"),
    ("mark.csv", b"\xEF\xBB\xBFid,text\n1,Key invoices.\n", &[], &["1"], 0, "id from `id`"),
    (
        "wide.csv",
        b"\xFF\xFEi\0d\0,\0t\0e\0x\0t\0\n\x007\0,\0F\0i\0l\0e\0\n\0",
        &[],
        &["7"],
        0,
        "judged 1 of 1",
    ),
    (
        "latin.csv",
        b"id,text\n1,Pr\xE9pare invoices.\n",
        &[],
        &["1"],
        0,
        "latin.csv: 1 line is not UTF-8 (line 2 first)",
    ),
    (
        "latin2.csv",
        b"id,text\n1,Pr\xE9pare invoices.\n",
        &["--encoding", "windows-1252"],
        &["1"],
        0,
        "judged 1 of 1",
    ),
    ("cases.csv", b"ID,Duty\n1,Key invoices.\n", &["--text", "duty"], &["1"], 0, "text from `Duty`"),
    ("twice.csv", b"id,text,text\n1,Key invoices.,x\n", &[], &["1"], 0, "columns whose name came before"),
    (
        "list.json",
        b"[{\"id\":1,\"text\":\"Key invoices.\"},\n {\"id\":2,\n  \"text\":\"File letters.\"}]",
        &[],
        &["1", "2"],
        0,
        "a list of records",
    ),
    (
        "deep.jsonl",
        b"{\"id\":\"a\",\"job\":{\"text\":\"Key invoices.\"}}\n",
        &["--text", "job.text"],
        &["a"],
        0,
        "text from `job.text`",
    ),
    (
        "broken.jsonl",
        b"{\"id\":\"a\",\"text\":\"Key invoices.\"}\n{\"id\":\"b\",\n{\"id\":\"c\",\"text\":\"File it.\"}\n",
        &[],
        &["a", "c"],
        4,
        "broken.jsonl:2: not a JSON object",
    ),
    ("none.csv", b"id,label\n1,x\n", &[], &[], 2, "the fields are `id`, `label`"),
    (
        "odd.csv",
        b"id,text\n1,Key invoices.\n",
        &["--encoding", "klingon"],
        &[],
        2,
        "WHATWG Encoding Standard",
    ),
];

#[test]
fn dirty_tables_lose_nothing_silently() {
    let folder = empty_folder("tables-dirty");
    for (name, bytes, more, ids, code, message) in CASES {
        fs::write(folder.join(name), bytes).expect("written");
        let (ended, out, said) =
            score(&folder, &[&[*name, "--fields", "id", "--explain", "none"], *more].concat());
        let want: String = ids.iter().map(|id| format!("{{\"id\":\"{id}\"}}\n")).collect();
        assert_eq!((ended, out.as_str()), (*code, want.as_str()), "{name}: {said}");
        assert!(said.contains(message), "{name}: {said}");
    }
}

#[test]
fn rejects_name_the_line_and_the_byte() {
    let folder = empty_folder("tables-rejects");
    let text = "{\"id\":\"a\",\"text\":\"Key invoices.\"}\nnothing\n{\"id\":\"c\",\"text\":\"File it.\"}\n";
    fs::write(folder.join("in.jsonl"), text).expect("written");
    let (code, out, _) = score(&folder, &["in.jsonl", "--rejects", "bad.jsonl", "-q"]);
    assert_eq!((code, out.lines().count()), (4, 2));
    let bad = fs::read_to_string(folder.join("bad.jsonl")).expect("rejects");
    let bad: serde_json::Value = serde_json::from_str(&bad).expect("one reject");
    let at = text.find("nothing").expect("there");
    assert_eq!((&bad["line"], &bad["offset"]), (&2.into(), &at.into()));
    assert_eq!(bad["code"], "bad-json");
}

#[test]
fn a_file_that_is_cut_off_says_where() {
    let folder = empty_folder("tables-cut");
    let line = "{\"id\":\"a\",\"text\":\"Key invoices.\"}\n";
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::none());
    packed.write_all(line.repeat(100).as_bytes()).expect("packed");
    let packed = packed.finish().expect("packed");
    fs::write(folder.join("cut.jsonl.gz"), &packed[..packed.len() / 2]).expect("written");
    let (code, out, said) = score(&folder, &["cut.jsonl.gz", "--explain", "none"]);
    assert_eq!(code, 4);
    assert!((40..60).contains(&out.lines().count()), "{said}");
    assert!(said.contains("reading stopped here: the file is cut off"), "{said}");
}

#[test]
fn every_format_comes_back_with_what_was_kept() {
    let folder = empty_folder("tables-round");
    let csv =
        "id,text,team\n1,\"Key invoices, \"\"daily\"\".\",Öl & Gas\n2,\"Advise clients\non tax law.\",\n";
    fs::write(folder.join("in.csv"), csv).expect("written");
    let columns = ["--fields", "id,verdict,text,team", "--keep"];
    let (_, want, _) = score(&folder, &[&["in.csv", "-q"], &columns[..]].concat());
    assert!(want.contains("Öl & Gas") && want.contains("on tax law."), "{want}");
    for name in ["a.csv", "a.tsv.gz", "a.jsonl.zst", "a.parquet", "a.arrow"] {
        let (code, _, said) = score(&folder, &[&["in.csv", "-o", name], &columns[..]].concat());
        assert_eq!(code, 0, "{name}: {said}");
        let (code, again, said) = score(
            &folder,
            &[&[name, "-q", "--fields", "id,verdict,text,team", "--keep", "text,team"][..]].concat(),
        );
        assert_eq!(
            (code, again.replace("null", "\"\"")),
            (0, want.replace("null", "\"\"")),
            "{name}: {said}"
        );
    }
    let (code, _, said) = score(&folder, &["in.csv", "-o", "b.parquet", "--resume"]);
    assert_eq!(code, 2);
    assert!(said.contains("a file of columns is whole or nothing"), "{said}");
}

#[test]
fn patterns_files_and_folders_stand_side_by_side() {
    let folder = empty_folder("tables-mixed");
    fs::create_dir(folder.join("docs")).expect("made");
    fs::write(folder.join("docs/job.txt"), "Data Clerk\n\n- Key invoices.\n").expect("written");
    fs::write(folder.join("a.csv"), "id,text\n1,Key invoices.\n").expect("written");
    fs::write(folder.join("b.csv"), "id,text\n2,File letters.\n").expect("written");
    let (code, out, said) = score(&folder, &["*.csv", "docs", "--fields", "id"]);
    assert_eq!((code, out.as_str()), (0, "{\"id\":\"1\"}\n{\"id\":\"2\"}\n{\"id\":\"job.txt\"}\n"), "{said}");
    let (code, _, said) = score(&folder, &["*.tsv"]);
    assert_eq!(code, 2);
    assert!(said.contains("no file is called *.tsv"), "{said}");
}
