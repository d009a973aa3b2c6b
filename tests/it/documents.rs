//! How documents are split: the texts of `tests/cases/documents`, each beside what is read from it.

use std::fs;

use outsort::format::source::Source;
use snapbox::{Data, assert_data_eq};

use crate::{ENGINE, repository};

fn outline(name: &str, bytes: &[u8]) -> String {
    let source = Source::read(name, bytes);
    let document = ENGINE.document(source.title.as_deref(), &source.text);
    let mut out = String::new();
    for section in &document.sections {
        let text = document.text_of(section);
        let heading = section.heading.clone().map_or(String::new(), |h| format!(" “{}”", &text[h]));
        let force = match section.force {
            outsort::Force::Plain => String::new(),
            force => format!(", {}", force.name()),
        };
        out += &format!("[{}{force}]{heading}\n", section.kind.name());
        for task in &section.tasks {
            out += &format!("  - {}\n", text[task.clone()].replace(['\n', '\r'], "⏎"));
        }
    }
    for notice in &source.notices {
        out += &format!("notice: {notice}\n");
    }
    out
}

#[test]
fn documents_are_split_as_a_person_would() {
    let folder = repository("tests/cases/documents");
    let mut names: Vec<String> = fs::read_dir(&folder)
        .expect("the folder")
        .map(|entry| entry.expect("readable").file_name().to_string_lossy().into_owned())
        .filter(|name| !name.ends_with(".outline"))
        .collect();
    names.sort();
    assert!(names.len() >= 8, "documents are missing");
    for name in names {
        let bytes = fs::read(folder.join(&name)).expect("readable");
        let golden = folder.join(format!("{name}.outline"));
        assert_data_eq!(outline(&name, &bytes), Data::read_from(&golden, None).raw());
    }
}

#[test]
fn encodings_and_line_ends_change_nothing() {
    let plain = "Claims Clerk\n\nResponsibilities:\n- Key claims\n- File forms — daily\n";
    let want = outline("a.txt", plain.as_bytes());
    let marked = format!("\u{FEFF}{plain}");
    let windows = plain.replace('\n', "\r\n");
    let wide: Vec<u8> =
        [0xFF, 0xFE].into_iter().chain(windows.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    for bytes in [marked.as_bytes(), windows.as_bytes(), wide.as_slice()] {
        assert_eq!(outline("a.txt", bytes), want);
    }
}
