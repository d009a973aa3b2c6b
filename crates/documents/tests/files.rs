//! Files of our own making, each beside what is read from it. `SNAPSHOTS=overwrite` writes that anew.

use std::fs;
use std::path::PathBuf;

use outsort_documents::{Document, Kind, Limits, Refusal, read};
use proptest::prelude::*;
use snapbox::{Data, assert_data_eq};

fn fixtures() -> Vec<(String, Vec<u8>)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let mut files: Vec<(String, Vec<u8>)> = fs::read_dir(folder)
        .expect("the folder")
        .map(|entry| entry.expect("readable").path())
        .filter(|path| path.extension().is_some_and(|e| e != "py" && e != "outline"))
        .map(|path| (path.display().to_string(), fs::read(&path).expect("readable")))
        .collect();
    files.sort();
    files
}

fn try_read(bytes: &[u8], limits: &Limits) -> Option<Result<Document, Refusal>> {
    Kind::of(bytes).map(|kind| read(kind, bytes, limits))
}

fn outline(document: &Document) -> String {
    let mut out = String::new();
    if let Some(title) = &document.title {
        out += &format!("title: {title}\n");
    }
    for notice in &document.notices {
        out += &format!("notice: {notice}\n");
    }
    let place = |at| document.place(at).map_or(String::new(), |place| format!("{place}: "));
    let mut at = 0;
    for line in document.text.split_inclusive('\n') {
        if !line.trim().is_empty() {
            out += &format!("{}{line}", place(at));
        }
        at += line.len();
    }
    out
}

#[test]
fn files_come_out_as_a_person_would_read_them() {
    let files = fixtures();
    assert!(files.len() >= 10, "fixtures are missing");
    for (path, bytes) in files {
        let document = try_read(&bytes, &Limits::default()).expect("a kind").expect("readable");
        let golden = PathBuf::from(format!("{path}.outline"));
        assert_data_eq!(outline(&document), Data::read_from(&golden, None).raw());
    }
}

/// The words of a text, without its marks.
fn words(text: &str) -> Vec<&str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect()
}

#[test]
fn formats_agree_on_the_words() {
    let read = |ending: &str| {
        let files = fixtures();
        let (_, bytes) =
            files.iter().find(|(path, _)| path.ends_with(&format!("/structure.{ending}"))).expect("there");
        try_read(bytes, &Limits::default()).expect("a kind").expect("readable").text
    };
    let word = read("docx");
    for ending in ["odt", "rtf"] {
        assert_eq!(words(&read(ending)), words(&word), "{ending}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever happens to a file on its way, it is read or refused.
    #[test]
    fn damage_never_panics(
        file in 0_usize..1000,
        cut in proptest::option::of(0_usize..1_000_000),
        flips in proptest::collection::vec((0_usize..1_000_000, any::<u8>()), 0..20),
    ) {
        let files = fixtures();
        let mut bytes = files[file % files.len()].1.clone();
        for (at, value) in flips {
            let length = bytes.len();
            bytes[at % length] = value;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut % bytes.len());
        }
        _ = try_read(&bytes, &Limits::default());
    }
}

#[test]
fn damage_inside_of_a_packed_part_never_panics() {
    let mut seed = 7_u64;
    let mut random = move || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize
    };
    let names = |kind| if kind == Kind::Docx { "word/document.xml" } else { "content.xml" };
    for (_, bytes) in fixtures().iter().filter(|(_, bytes)| bytes.starts_with(b"PK")) {
        let kind = Kind::of(bytes).expect("a kind");
        let xml = part(bytes, names(kind));
        for _ in 0..200 {
            let mut xml = xml.clone();
            for _ in 0..=random() % 6 {
                let at = random() % xml.len();
                xml[at] = (random() % 256) as u8;
            }
            if random() % 3 == 0 {
                xml.truncate(random() % xml.len());
            }
            _ = read(kind, &packed(&[(names(kind), &xml)]), &Limits::default());
        }
    }
}

fn part(bytes: &[u8], name: &str) -> Vec<u8> {
    use std::io::Read;
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("an archive");
    let mut xml = Vec::new();
    zip.by_name(name).expect("there").read_to_end(&mut xml).expect("readable");
    xml
}

/// An archive of these parts.
fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
    use std::io::Write;
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    for (name, bytes) in parts {
        zip.start_file(*name, options).expect("begun");
        zip.write_all(bytes).expect("written");
    }
    zip.finish().expect("ended").into_inner()
}

/// A Word file around this body.
fn word(body: &str) -> Vec<u8> {
    let xml = format!("<w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>");
    packed(&[("word/document.xml", xml.as_bytes())])
}

fn refused(bytes: &[u8], limits: &Limits) -> String {
    match try_read(bytes, limits) {
        Some(Err(refusal)) => format!("{refusal} [{}]; {}", refusal.code(), refusal.help()),
        other => panic!("not refused: {other:?}"),
    }
}

fn wide(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

#[test]
fn refusals_say_what_to_do() {
    const OLE: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    let compound = |stream: &str| [OLE, &[0; 600], &wide(stream)].concat();
    let whole = word("<w:p><w:r><w:t>Key claims.</w:t></w:r></w:p>");
    let manifest = b"<manifest><encryption-data/></manifest>".as_slice();
    let odt = b"application/vnd.oasis.opendocument.text".as_slice();
    let cases = [
        ("old Word", compound("WordDocument")),
        ("locked Word", compound("EncryptedPackage")),
        ("old Excel", compound("Workbook")),
        ("old PowerPoint", compound("PowerPoint Document")),
        ("Outlook", compound("__substg1.0_0037001F")),
        ("spreadsheet", packed(&[("xl/workbook.xml", b"<a/>")])),
        ("presentation", packed(&[("ppt/presentation.xml", b"<a/>")])),
        ("Pages", packed(&[("Index/Document.iwa", b"x")])),
        ("archive", packed(&[("jobs/a.txt", b"x")])),
        ("picture", b"\x89PNG\r\n\x1a\n".to_vec()),
        ("cut off", whole[..whole.len() / 2].to_vec()),
        ("without text", word("<w:p/>")),
        ("not well formed", packed(&[("word/document.xml", b"<w:document><w:body></w:document>")])),
        ("broken off", packed(&[("word/document.xml", b"<w:document><w:body><w:p>")])),
        ("no main part", packed(&[("word/other.xml", b"<a/>")])),
        (
            "locked OpenDocument",
            packed(&[("mimetype", odt), ("META-INF/manifest.xml", manifest), ("content.xml", b"?")]),
        ),
    ];
    let mut out = String::new();
    for (name, bytes) in cases {
        out += &format!("{name}: {}\n", refused(&bytes, &Limits::default()));
    }
    let golden = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/refusals.txt");
    assert_data_eq!(out, Data::read_from(&golden, None).raw());
}

#[test]
fn bombs_are_refused() {
    let limits = Limits { unpacked: 8 << 20, parts: 20_000, ..Limits::default() };
    let many = "<w:p/>".repeat(30_000);
    let deep = format!("{}{}", "<w:sdt>".repeat(5000), "</w:sdt>".repeat(5000));
    let rtf = |body: &str| format!("{{\\rtf1 {body}}}").into_bytes();
    let cases = [
        (word(&" ".repeat(64 << 20)), "a Word file that goes beyond the limit of 8 MB unpacked"),
        (word(&many), "a Word file that goes beyond the limit of 20000 elements"),
        (word(&deep), "a Word file that goes beyond the limit of 256 levels of nesting"),
        (rtf(&"{".repeat(100_000)), "an RTF file that goes beyond the limit of 256 levels of nesting"),
        (rtf(&"{}".repeat(100_000)), "an RTF file that goes beyond the limit of 20000 groups"),
    ];
    for (bytes, message) in cases {
        assert!(refused(&bytes, &limits).starts_with(message), "{}", refused(&bytes, &limits));
    }
    // Messages within messages, parts within parts.
    let mut mail = String::from("From: a@example.org\nSubject: x\nMIME-Version: 1.0\n");
    for n in 0..20_000 {
        mail += &format!("Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n");
    }
    _ = try_read(mail.as_bytes(), &limits);
    let nested = "From: a@example.org\nMessage-ID: <1@x>\nContent-Type: message/rfc822\n\n".repeat(20_000);
    _ = try_read(nested.as_bytes(), &limits);
}

#[test]
fn entities_do_not_grow() {
    let xml = "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>\
               <w:document><w:body><w:p><w:r><w:t>Key &b;&b; R&amp;D &#233;</w:t></w:r></w:p></w:body></w:document>";
    let bytes = packed(&[("word/document.xml", xml.as_bytes())]);
    let document = read(Kind::Docx, &bytes, &Limits::default()).expect("readable");
    assert_eq!(document.text, "Key R&D é\n");
}

#[test]
fn kinds_are_told_by_content() {
    let mail = "From: a@example.org\nTo: b@example.org\nSubject: Vacancy\n\nKey claims.\n";
    let text = "Subject: Claims clerk\nGrade: 7\n\nKey claims.\n";
    let cases: [(&[u8], Option<Kind>); 6] = [
        (mail.as_bytes(), Some(Kind::Email)),
        (text.as_bytes(), None),
        (b"Claims clerk: keys claims\n", None),
        (b"{\\rtf1 x}", Some(Kind::Rtf)),
        (b"%PDF-1.7", Some(Kind::Pdf)),
        (b"", None),
    ];
    for (bytes, kind) in cases {
        assert_eq!(Kind::of(bytes), kind, "{}", String::from_utf8_lossy(bytes));
    }
}
