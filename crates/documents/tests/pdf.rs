//! PDF files are read as a person reads them; odd ones are refused with a reason, in bounded time and memory.

use std::io::Write;

use outsort_documents::{Document, Kind, Limits, Place, Reason, Refusal, read};
use proptest::prelude::*;

const COLUMNS: &[u8] = include_bytes!("pdf/columns.pdf");
const TABLE: &[u8] = include_bytes!("pdf/table.pdf");
const BROWSER: &[u8] = include_bytes!("pdf/browser.pdf");
const PLAIN: &[u8] = include_bytes!("pdf/plain.pdf");

fn read_pdf(bytes: &[u8]) -> Result<Document, Refusal> {
    read(Kind::Pdf, bytes, &Limits::default())
}

fn text(bytes: &[u8]) -> String {
    read_pdf(bytes).expect("readable").text
}

fn reason(bytes: &[u8]) -> Reason {
    read_pdf(bytes).expect_err("refused").reason
}

#[test]
fn two_columns_are_read_one_after_the_other_and_broken_words_are_mended() {
    let document = read_pdf(COLUMNS).expect("readable");
    let part = |month: u32| {
        format!(
            "## What you do in month {month}\n\n\
             A complaint is first-level when no lawyer is involved and the sum in dispute is small. You close it within \
             five days, in writing, and the office's standard of proof is the balance of probabilities. Where the file \
             gives no clear answer you ring the customer.\n\n\
             - Read every complaint on the day it arrives and write down in the case file what the customer asks for\n\
             - Decide first-level complaints alone and pass the others, with a recommendation, to the ombudsman's desk\n\
             - Draft answers that a layman understands, and quote the clause of the policy that the decision rests upon\n\
             - Keep the register of complaints complete, so that the regulator's quarterly return can be drawn from it\n"
        )
    };
    let parts: Vec<String> = (1..8).map(part).collect();
    assert_eq!(document.text, format!("# Complaints Handler\n\n{}", parts.join("\n")));
    let place = |what: &str| document.place(document.text.rfind(what).expect("in the text"));
    assert_eq!(place("# Complaints"), Some(Place::Page(1)));
    assert_eq!(place("Keep the register"), Some(Place::Page(2)));
    assert_eq!(
        document.notices,
        ["left out what the pages repeat at their edges: \"Complaints office, version 3\""]
    );
}

#[test]
fn forms_keep_label_and_value_together_and_tables_their_cells() {
    assert_eq!(
        text(TABLE),
        "Job title: Stock clerk\n\nReports to: Depot manager\n\nGrade: 4\n\n# Tasks of the post\n\nTask: How often\n\n\
         Counts the bins of one aisle with the hand scanner and enters every difference in the stock system\n\nDaily\n\n\
         Prints the list of goods that have not moved for a year and takes it to the depot manager's office\n\nMonthly\n"
    );
}

#[test]
fn signs_drawn_as_shapes_make_items_and_indents_make_depth() {
    assert_eq!(
        text(BROWSER),
        "# Night auditor\n\n\
         Closes the hotel's day at three in the morning, when the bar's till has been counted and nobody checks in any \
         more.\n\n## Tasks\n\n- Posts room and tax to every open folio\n- Balances\n  - the card terminal against the bank's \
         report\n  - the bar's till\n- Writes the morning report for the manager, with the nights sold, the average rate \
         and whatever was broken or complained about during the night\n\n## Steps of the close\n\n- Stop the tills\n\
         - Print the journals\n"
    );
    assert_eq!(read_pdf(BROWSER).expect("readable").title.as_deref(), Some("Night auditor"));
}

#[test]
fn a_file_that_opens_without_a_password_is_read() {
    assert_eq!(text(include_bytes!("pdf/open.pdf")), text(PLAIN));
}

#[test]
fn refusals_say_what_is_wrong() {
    let told = |bytes: &[u8]| read_pdf(bytes).expect_err("refused").to_string();
    assert_eq!(told(include_bytes!("pdf/locked.pdf")), "a PDF file that is locked by a password");
    assert_eq!(told(include_bytes!("pdf/scanned.pdf")), "a PDF file without text");
    assert_eq!(told(b"%PDF-1.7\nhello"), "a PDF file that is damaged: no table of its pages can be found");
}

#[test]
fn pages_beyond_the_limit_are_left_out_with_a_note() {
    let document = read(Kind::Pdf, COLUMNS, &Limits { pages: 1, ..Limits::default() }).expect("readable");
    assert_eq!(document.places(), [(0, Place::Page(1))]);
    assert_eq!(document.notices, ["only the first 1 of 2 pages were read, as the limit says"]);
}

/// A file of one page with the given content stream, and other objects from number 10 on.
fn file(filter: &str, content: &[u8], others: &[&str]) -> Vec<u8> {
    let mut out = b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 500 500]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>/XObject<</X 10 0 R>>>>>>\nendobj\n5 0 obj\n<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>\nendobj\n".to_vec();
    out.extend(format!("4 0 obj\n<</Length {}{filter}>>\nstream\n", content.len()).bytes());
    out.extend(content);
    out.extend(b"\nendstream\nendobj\n");
    for (number, other) in (10..).zip(others) {
        out.extend(format!("{number} 0 obj\n{other}\nendobj\n").bytes());
    }
    out.extend(b"trailer\n<</Root 1 0 R>>\n%%EOF\n");
    out
}

fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    packer.write_all(bytes).expect("memory");
    packer.finish().expect("memory")
}

#[test]
fn bombs_are_refused_and_limits_can_be_raised() {
    let megabytes = deflated(&b"q Q ".repeat(1 << 20));
    let bomb = file("/Filter/FlateDecode", &megabytes, &[]);
    let small = Limits { unpacked: 1 << 20, ..Limits::default() };
    let refused = |bytes: &[u8], limits: &Limits| read(Kind::Pdf, bytes, limits).expect_err("refused").reason;
    assert_eq!(refused(&bomb, &small), Reason::TooLarge("unpacked bytes", 1 << 20));
    assert_eq!(refused(&bomb, &Limits::default()), Reason::NoText);
    let twice = file("/Filter[/FlateDecode/FlateDecode]", &deflated(&deflated(&vec![b' '; 300 << 20])), &[]);
    assert_eq!(reason(&twice), Reason::TooLarge("unpacked bytes", 256 << 20));
    let few = Limits { parts: 50_000, ..Limits::default() };
    assert_eq!(refused(&bomb, &few), Reason::TooLarge("parts", 50_000));
    let many: Vec<String> = (10..60_010).map(|number| format!("[{number} 0 R]")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    assert_eq!(refused(&file("", b"", &many), &few), Reason::TooLarge("parts", 50_000));
}

#[test]
fn nesting_ends() {
    let deep = format!("{}{}", "[".repeat(200_000), "]".repeat(200_000));
    let form = "<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 10 0 R>>>>/Length 12>>\nstream\n/X Do /X Do \nendstream";
    let content = b"BT /F 12 Tf 50 400 Td (Files letters) Tj ET /X Do";
    assert_eq!(text(&file("", content, &[form, &deep])), "Files letters\n");
    assert_eq!(reason(&file("", deep.as_bytes(), &[])), Reason::NoText);
}

#[test]
fn tables_of_widths_that_no_font_has_are_not_followed() {
    let page = file("", b"BT /F 12 Tf 50 400 Td (Files letters) Tj ET", &[]);
    let page = String::from_utf8(page).expect("text");
    let wide = page.replace(
        "/BaseFont/Helvetica",
        "/BaseFont/Helvetica/FirstChar 4000000000/LastChar 4000000001/Widths[1]",
    );
    assert_eq!(reason(wide.as_bytes()), Reason::NoText);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn cut_or_changed_files_are_read_or_refused(
        file in prop::sample::select(vec![COLUMNS, TABLE, BROWSER, PLAIN]),
        cut in 0.0..1.0_f64,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..12),
    ) {
        let mut bytes = file.to_vec();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let _outcome = read_pdf(&bytes);
        bytes.truncate((bytes.len() as f64 * cut) as usize);
        let _outcome = read_pdf(&bytes);
    }
}
