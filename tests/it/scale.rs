//! `outsort score` on a large scale: interruptions, shards, rejects and summaries that add up.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::{empty_folder, run};

const TASKS: [&str; 4] = [
    "Key invoices into the ledger and file the originals.",
    "Advise international clients on tax law and draft opinions.",
    "Drive a forklift truck.",
    "Take notes.",
];

/// A small pack, which is quickly loaded.
fn pack(folder: &Path) {
    let pack = folder.join("pack");
    fs::create_dir(&pack).expect("made");
    let manifest = outsort::format::embedded::default_files()
        .into_iter()
        .find(|file| file.name.ends_with("pack.toml"))
        .expect("a manifest");
    fs::write(pack.join("pack.toml"), manifest.text).expect("written");
    let rule = |id: &str, leans: &str, phrase: &str| {
        format!(
            "[[rule]]\nid = \"{id}\"\nleans = \"{leans}\"\nweight = 1.0\nbecause = \"It says so.\"\nphrases = [\"{phrase}\"]\nfires = [\"{phrase}\"]\n"
        )
    };
    let rules = [rule("keys", "BPO", "key invoice"), rule("advises", "KPO", "advise .. client")].concat();
    fs::write(pack.join("focus.toml"), format!("criterion = \"focus\"\n{rules}")).expect("written");
}

/// Records of which some are bad; texts grow and shrink, so that records do not fall on round places.
fn jsonl(records: usize) -> String {
    let line = |i: usize| match i % 97 {
        13 => format!("{{\"id\":\"{i}\",\"text\":\"\"}}\n"),
        57 => format!("not json {i}\n"),
        _ => format!("{{\"id\":\"{i}\",\"text\":\"{}\"}}\n", TASKS[i % 4].repeat(1 + i % 7)),
    };
    (0..records).map(line).collect()
}

fn bad(records: usize) -> u64 {
    (0..records).filter(|i| matches!(i % 97, 13 | 57)).count() as u64
}

/// A folder with a pack and `in.jsonl`.
fn place(name: &str, records: usize) -> PathBuf {
    let folder = empty_folder(name);
    pack(&folder);
    fs::write(folder.join("in.jsonl"), jsonl(records)).expect("written");
    folder
}

fn command(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_outsort"));
    command.current_dir(folder).args(["score", "--rules", "pack"]).args(args);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn score(folder: &Path, args: &[&str]) -> Output {
    command(folder, args).output().expect("runs")
}

fn start(folder: &Path, args: &[&str]) -> Child {
    command(folder, args).spawn().expect("runs")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn read(folder: &Path, name: &str) -> Vec<u8> {
    fs::read(folder.join(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
}

fn json(folder: &Path, name: &str) -> Value {
    serde_json::from_slice(&read(folder, name)).expect("JSON")
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .expect("the folder")
        .map(|entry| entry.expect("readable").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

/// Waits until a run has made a checkpoint, other than the one it may have found.
fn await_checkpoint(child: &mut Child, folder: &Path, output: &str) {
    let checkpoint = folder.join(format!("{output}.checkpoint"));
    let (found, began) = (fs::read(&checkpoint).ok(), Instant::now());
    while fs::read(&checkpoint).ok() == found {
        assert!(began.elapsed() < Duration::from_secs(60), "no checkpoint");
        assert!(child.try_wait().expect("a child").is_none(), "ended before a checkpoint");
        sleep(Duration::from_millis(2));
    }
}

/// Numbers that look random and are the same every time.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }
}

/// Kills a run again and again until it ends by itself. Returns how often it was killed.
fn killed_until_done(folder: &Path, args: &[&str], random: &mut Random) -> (u32, ExitStatus) {
    let mut kills = 0;
    loop {
        let mut child = start(folder, args);
        // As the attempts grow longer, one of them comes to the end.
        sleep(Duration::from_micros(20_000 + random.below(60_000 + 8_000 * u64::from(kills))));
        if let Some(status) = child.try_wait().expect("a child") {
            return (kills, status);
        }
        child.kill().expect("killed");
        child.wait().expect("gone");
        kills += 1;
    }
}

#[test]
fn a_run_that_is_killed_at_any_moment_yields_the_same_bytes() {
    let folder = place("killed", 60_000);
    let csv: String = (0..40_000).map(|i| format!("{i},\"{}\"\n", TASKS[i % 4])).collect();
    fs::write(folder.join("in.csv"), format!("id,text\n{csv}3\n")).expect("written");
    let documents = folder.join("documents");
    fs::create_dir(&documents).expect("made");
    for i in 0..2000 {
        fs::write(documents.join(format!("{i}.txt")), TASKS[i % 4]).expect("written");
    }
    let cases: [(&str, &str, &[&str]); 6] = [
        ("in.jsonl", "jsonl", &[]),
        ("in.jsonl", "jsonl.gz", &["--explain", "spans"]),
        ("in.jsonl", "csv.zst", &["--shard", "2/3"]),
        ("in.csv", "csv", &[]),
        ("in.csv", "jsonl", &["--group", "text"]),
        ("documents", "tsv", &[]),
    ];
    let mut random = Random(2026);
    let mut all_kills = 0;
    for (input, ending, more) in cases {
        let run = |name: &str| {
            let (out, rejects) = (format!("{name}.{ending}"), format!("{name}.rejects.jsonl"));
            let args = [&[input, "-o", &out, "--rejects", &rejects, "--resume", "-q"], more].concat();
            (args.into_iter().map(str::to_owned).collect::<Vec<_>>(), out, rejects)
        };
        let (args, out, rejects) = run("whole");
        let whole = score(&folder, &args.iter().map(String::as_str).collect::<Vec<_>>());
        let want = (read(&folder, &out), read(&folder, &rejects));
        let (mut args, out, rejects) = run("killed");
        args.extend(["--checkpoint-every".to_owned(), "0.01".to_owned()]);
        let args: Vec<&str> = args.iter().map(String::as_str).collect();
        let (kills, status) = killed_until_done(&folder, &args, &mut random);
        assert_eq!(status.code(), whole.status.code(), "{args:?}");
        all_kills += kills;
        assert!(want.0 == read(&folder, &out), "{args:?}: other results after {kills} kills");
        assert!(want.1 == read(&folder, &rejects), "{args:?}: other rejects after {kills} kills");
        let left = names(&folder);
        assert!(
            !left.iter().any(|name| name.ends_with(".checkpoint") || name.ends_with("l.partial")),
            "{left:?}"
        );
        [&out, &rejects].iter().for_each(|name| fs::remove_file(folder.join(name)).expect("removed"));
        ["whole", "killed"]
            .iter()
            .for_each(|name| _ = fs::remove_file(folder.join(format!("{name}.{ending}"))));
    }
    assert!(all_kills > 10, "{all_kills} kills prove little");
}

#[test]
fn ctrl_c_ends_cleanly_and_resume_goes_on() {
    let folder = place("ctrl-c", 150_000);
    let args = ["in.jsonl", "-o", "out.jsonl", "--rejects", "bad.jsonl", "--summary", "sum.json"];
    let whole = score(&folder, &args);
    assert_eq!(whole.status.code(), Some(4));
    let (want, rejects) = (read(&folder, "out.jsonl"), read(&folder, "bad.jsonl"));
    let summary = json(&folder, "sum.json");
    for name in ["out.jsonl", "bad.jsonl", "sum.json"] {
        fs::remove_file(folder.join(name)).expect("removed");
    }
    for signal in ["INT", "TERM"] {
        let resume = [&args[..], &["--resume", "--checkpoint-every", "0.02"]].concat();
        let mut child = start(&folder, &resume);
        await_checkpoint(&mut child, &folder, "out.jsonl");
        Command::new("sh").args(["-c", &format!("kill -{signal} {}", child.id())]).status().expect("a shell");
        let out = child.wait_with_output().expect("ends");
        assert_eq!(out.status.code(), Some(130), "{}", said(&out));
        assert!(said(&out).contains("--resume goes on from there"), "{}", said(&out));
        let state = json(&folder, "sum.json");
        assert_eq!(state["state"], "interrupted");
        assert!(!folder.join("out.jsonl").exists() && !folder.join("bad.jsonl").exists());
        assert!(folder.join("out.jsonl.partial").exists() && folder.join("bad.jsonl.partial").exists());
    }
    let plain = score(&folder, &args);
    assert_eq!(plain.status.code(), Some(2));
    assert!(said(&plain).contains("--resume goes on from there, --restart starts anew"), "{}", said(&plain));
    let other = score(&folder, &[&args[..], &["--resume", "--explain", "none", "--text", "text"]].concat());
    assert_eq!(other.status.code(), Some(2));
    assert!(
        said(&other)
            .contains("was another: --explain was `rules` and is `none`; --text was not given and is `text`"),
        "{}",
        said(&other)
    );
    let resumed = score(&folder, &[&args[..], &["--resume"]].concat());
    assert_eq!(resumed.status.code(), Some(4), "{}", said(&resumed));
    assert!(want == read(&folder, "out.jsonl") && rejects == read(&folder, "bad.jsonl"));
    let again = json(&folder, "sum.json");
    assert_eq!((&again["state"], &again["resumed"]), (&Value::from("complete"), &Value::from(2)));
    assert_eq!(again["counts"], summary["counts"]);
    assert_eq!(names(&folder), ["bad.jsonl", "in.jsonl", "out.jsonl", "pack", "sum.json"]);
}

#[test]
fn a_run_that_was_killed_while_files_got_their_names_is_completed() {
    let folder = place("names", 150_000);
    let args = ["in.jsonl", "-o", "out.jsonl", "--rejects", "bad.jsonl", "-q"];
    let mut child = start(&folder, &[&args[..], &["--checkpoint-every", "0.02"]].concat());
    await_checkpoint(&mut child, &folder, "out.jsonl");
    child.kill().expect("killed");
    child.wait().expect("gone");
    let mut checkpoint = json(&folder, "out.jsonl.checkpoint");
    let resume = [&args[..], &["--resume", "--summary", "sum.json"]].concat();
    assert_eq!(score(&folder, &resume).status.code(), Some(4));
    let (want, rejects) = (read(&folder, "out.jsonl"), read(&folder, "bad.jsonl"));
    checkpoint["complete"] = true.into();
    checkpoint["mark"]["tally"]["rejects"] = serde_json::json!({"bad-json": 1});
    checkpoint["mark"]["results"] = want.len().into();
    checkpoint["mark"]["rejects"] = rejects.len().into();
    for renamed in [&["bad.jsonl", "out.jsonl"][..], &["out.jsonl"], &[]] {
        fs::write(folder.join("out.jsonl.checkpoint"), checkpoint.to_string()).expect("written");
        fs::remove_file(folder.join("sum.json")).expect("removed");
        for name in renamed {
            fs::rename(folder.join(name), folder.join(format!("{name}.partial"))).expect("renamed");
        }
        let out = score(&folder, &resume);
        assert_eq!(out.status.code(), Some(4), "{}", said(&out));
        assert!(want == read(&folder, "out.jsonl") && rejects == read(&folder, "bad.jsonl"));
        assert_eq!(names(&folder), ["bad.jsonl", "in.jsonl", "out.jsonl", "pack", "sum.json"]);
    }
    // A file that was complete and is gone is not made up.
    fs::write(folder.join("out.jsonl.checkpoint"), checkpoint.to_string()).expect("written");
    fs::remove_file(folder.join("out.jsonl")).expect("removed");
    let out = score(&folder, &resume);
    assert!(said(&out).contains("out.jsonl was complete, but is no longer there"), "{}", said(&out));
}

#[test]
fn an_input_that_never_ends_can_be_interrupted() {
    let folder = place("endless", 0);
    let mut child = command(&folder, &["-", "--from", "jsonl", "-o", "out.jsonl", "--checkpoint-every", "0"])
        .stdin(Stdio::piped())
        .spawn()
        .expect("runs");
    let mut input = child.stdin.take().expect("piped");
    input.write_all(jsonl(20_000).as_bytes()).expect("written");
    // Half a record, and then nothing.
    input.write_all(b"{\"id\":\"x\",\"te").expect("written");
    await_checkpoint(&mut child, &folder, "out.jsonl");
    Command::new("sh").args(["-c", &format!("kill -INT {}", child.id())]).status().expect("a shell");
    let out = child.wait_with_output().expect("ends");
    assert_eq!(out.status.code(), Some(130), "{}", said(&out));
    let text = String::from_utf8(read(&folder, "out.jsonl.partial")).expect("text");
    assert!(text.ends_with('\n') && !text.contains("\"x\""));
    drop(input);
}

#[test]
fn a_changed_input_or_pack_is_not_resumed() {
    let folder = place("changed", 150_000);
    let args = ["in.jsonl", "-o", "out.jsonl.gz", "--checkpoint-every", "0"];
    let mut child = start(&folder, &args);
    await_checkpoint(&mut child, &folder, "out.jsonl.gz");
    child.kill().expect("killed");
    child.wait().expect("gone");
    let rules = folder.join("pack/focus.toml");
    let text = fs::read_to_string(&rules).expect("rules");
    fs::write(&rules, text.replace("1.0", "2.0")).expect("written");
    let mut input = fs::OpenOptions::new().append(true).open(folder.join("in.jsonl")).expect("open");
    input.write_all(b"\n").expect("written");
    let resume = [&args[..], &["--resume"]].concat();
    let out = score(&folder, &resume);
    assert_eq!(out.status.code(), Some(2));
    for part in ["the pack was ", "in.jsonl was ", "or start anew with --restart"] {
        assert!(said(&out).contains(part), "{}", said(&out));
    }
    let restarted = score(&folder, &[&args[..], &["--restart", "-q"]].concat());
    assert_eq!(restarted.status.code(), Some(4), "{}", said(&restarted));
    assert_eq!(names(&folder), ["in.jsonl", "out.jsonl.gz", "pack"]);
    // Nothing is left to resume: the run starts from the beginning, which scripts may rely on.
    let before = read(&folder, "out.jsonl.gz");
    let out = score(&folder, &resume);
    assert!(said(&out).contains("no interrupted run of out.jsonl.gz to resume"), "{}", said(&out));
    assert!(before == read(&folder, "out.jsonl.gz"));
}

#[test]
fn two_runs_do_not_write_one_file() {
    let folder = place("two-runs", 0);
    let args = ["-", "--from", "jsonl", "-o", "out.jsonl"];
    let mut first = command(&folder, &args).stdin(Stdio::piped()).spawn().expect("runs");
    let mut input = first.stdin.take().expect("piped");
    input.write_all(jsonl(10).as_bytes()).expect("written");
    while !folder.join("out.jsonl.partial").exists() {
        assert!(first.try_wait().expect("a child").is_none());
        sleep(Duration::from_millis(2));
    }
    let second = score(&folder, &["in.jsonl", "-o", "out.jsonl"]);
    assert_eq!(second.status.code(), Some(2));
    assert!(said(&second).contains("another run is writing out.jsonl now"), "{}", said(&second));
    drop(input);
    let first = first.wait_with_output().expect("ends");
    assert!(first.status.success(), "{}", said(&first));
    assert_eq!(read(&folder, "out.jsonl").split(|b| *b == b'\n').count(), 11);
}

#[test]
fn shards_joined_are_the_whole() {
    let folder = place("shards", 1000);
    fs::write(folder.join("more.csv"), "id,text\na,Take notes.\nb\nc,Key invoices.\n").expect("written");
    for (more, of) in [(&[][..], 7), (&["--group", "text"], 3)] {
        let run = |extra: &[&str]| {
            let inputs = ["in.jsonl", "more.csv", "-q", "--rejects", "bad.jsonl", "--summary", "sum.json"];
            let out = score(&folder, &[&inputs[..], more, extra].concat());
            assert!(matches!(out.status.code(), Some(0 | 4)), "{}", said(&out));
            let counts = json(&folder, "sum.json")["counts"].clone();
            let number = |name: &str| counts[name].as_u64().expect("a number");
            assert_eq!(number("read"), number("judged") + number("rejected"));
            let sum = |name: &str| {
                counts[name].as_object().expect("counts").values().filter_map(Value::as_u64).sum::<u64>()
            };
            assert_eq!((sum("verdicts"), sum("rejects")), (number("judged"), number("rejected")));
            (out.stdout, read(&folder, "bad.jsonl"), [number("read"), number("judged"), number("rejected")])
        };
        let whole = run(&[]);
        if more.is_empty() {
            assert_eq!(whole.2, [1003, 1002 - bad(1000), bad(1000) + 1]);
        }
        let mut joined = (Vec::new(), Vec::new(), [0; 3]);
        for number in 1..=of {
            let (out, rejects, counts) = run(&["--shard", &format!("{number}/{of}")]);
            joined.0.extend(out);
            joined.1.extend(rejects);
            joined.2.iter_mut().zip(counts).for_each(|(sum, n)| *sum += n);
        }
        assert!(whole == joined, "{more:?}");
    }
    let piped = score(&folder, &["-", "--shard", "1/2"]);
    assert_eq!(piped.status.code(), Some(2));
    assert!(said(&piped).contains("standard input can be read once only"), "{}", said(&piped));
}

#[test]
fn rejects_say_where_and_what() {
    let folder = place("where", 0);
    let long = "x".repeat(300);
    fs::write(
        folder.join("in.jsonl"),
        format!("{{\"text\":\"File records.\"}}\n[1, 2\n{{\"id\":\"{long}\"}}\n"),
    )
    .expect("written");
    let out = score(&folder, &["in.jsonl", "--rejects", "bad.jsonl"]);
    assert_eq!(out.status.code(), Some(4));
    let rejects: Vec<Value> = read(&folder, "bad.jsonl")
        .split(|b| *b == b'\n')
        .filter(|line| !line.is_empty())
        .map(|line| serde_json::from_slice(line).expect("JSON"))
        .collect();
    let told: Vec<_> = rejects.iter().map(|r| (&r["source"], &r["line"], &r["code"])).collect();
    let source = Value::from("in.jsonl");
    assert_eq!(told, [(&source, &2.into(), &"bad-json".into()), (&source, &3.into(), &"no-text".into())]);
    assert_eq!(rejects[0]["record"], "[1, 2");
    assert_eq!(rejects[1]["record"].as_str().map(str::len), Some(200));
    assert!(rejects.iter().all(|r| r["reason"].is_string() && r.get("offset").is_some()));
}

#[test]
fn a_summary_says_what_was_done_and_with_what() {
    let folder = place("summary", 97);
    let args = ["in.jsonl", "-o", "out.csv", "--summary", "sum.json", "-q", "--text", "text"];
    assert_eq!(score(&folder, &args).status.code(), Some(4));
    let summary = json(&folder, "sum.json");
    assert_eq!(summary["state"], "complete");
    assert_eq!(summary["outsort"], env!("CARGO_PKG_VERSION"));
    let digest = summary["pack"]["digest"].as_str().expect("a digest");
    assert!(digest.starts_with("sha256:") && digest.len() == 71);
    assert_eq!(summary["options"]["text"], "text");
    assert_eq!(summary["inputs"][0]["bytes"], jsonl(97).len());
    assert_eq!(summary["counts"]["rejects"], serde_json::json!({"bad-json": 1, "empty-text": 1}));
    // Another pack, another digest.
    fs::write(folder.join("pack/process.toml"), "criterion = \"process\"\n").expect("written");
    score(&folder, &args);
    assert_ne!(json(&folder, "sum.json")["pack"]["digest"], digest);
}

#[test]
fn a_full_disk_is_named_and_leaves_no_half_file() {
    let folder = place("full", 20_000);
    let full = Command::new("sh")
        .current_dir(&folder)
        .args(["-c", "exec \"$0\" score --rules pack in.jsonl -q > /dev/full"])
        .arg(env!("CARGO_BIN_EXE_outsort"))
        .output()
        .expect("a shell");
    assert_eq!(full.status.code(), Some(4));
    assert!(said(&full).contains("can't write standard output: no space left on device"), "{}", said(&full));
    // A limit on the size of files stands for a disk that fills up.
    let limited = |more: &str| {
        Command::new("sh")
            .current_dir(&folder)
            .args([
                "-c",
                &format!("trap '' XFSZ; ulimit -f 500; exec \"$0\" score --rules pack in.jsonl -q {more}"),
            ])
            .arg(env!("CARGO_BIN_EXE_outsort"))
            .output()
            .expect("a shell")
    };
    let out = limited("-o out.jsonl");
    assert_eq!(out.status.code(), Some(4));
    assert!(said(&out).contains("can't write out.jsonl: file too large"), "{}", said(&out));
    assert_eq!(names(&folder), ["in.jsonl", "pack"]);
    // What a checkpoint speaks of is kept.
    let out = limited("-o out.jsonl --checkpoint-every 0");
    assert!(said(&out).contains("the same command with --resume goes on from there"), "{}", said(&out));
    assert_eq!(names(&folder), ["in.jsonl", "out.jsonl.checkpoint", "out.jsonl.partial", "pack"]);
    let resumed = score(&folder, &["in.jsonl", "-o", "out.jsonl", "--resume", "-q"]);
    assert_eq!(resumed.status.code(), Some(4));
    let got = read(&folder, "out.jsonl");
    assert!(got == score(&folder, &["in.jsonl", "-q"]).stdout);
}

#[test]
fn no_file_is_read_and_written_or_written_twice() {
    let folder = place("twice", 1);
    let cases: [(&[&str], &str); 4] = [
        (&["in.jsonl", "-o", "./in.jsonl"], "is read and written"),
        (&["in.jsonl", "--rejects", "in.jsonl"], "is read and written"),
        (&["in.jsonl", "-o", "x.jsonl", "--summary", "x.jsonl"], "would be written twice"),
        (&["in.jsonl", "-o", "x.jsonl", "--rejects", "x.jsonl.partial"], "would be written twice"),
    ];
    for (args, want) in cases {
        let out = score(&folder, args);
        assert_eq!(out.status.code(), Some(2), "{args:?}");
        assert!(said(&out).contains(want), "{}", said(&out));
    }
    assert!(!run(&folder, &["score", "in.jsonl", "--resume"]).status.success());
}

#[test]
fn thousands_of_files_need_not_be_open_at_a_time() {
    let folder = place("thousands", 0);
    let names: Vec<String> = (0..300).map(|i| format!("{i}.jsonl")).collect();
    for name in &names {
        fs::write(folder.join(name), jsonl(2)).expect("written");
    }
    let out = Command::new("sh")
        .current_dir(&folder)
        .args(["-c", "ulimit -n 64; exec \"$0\" score --rules pack -q \"$@\""])
        .arg(env!("CARGO_BIN_EXE_outsort"))
        .args(&names)
        .output()
        .expect("a shell");
    assert!(out.status.success(), "{}", said(&out));
    assert_eq!(out.stdout.iter().filter(|b| **b == b'\n').count(), 600);
}
