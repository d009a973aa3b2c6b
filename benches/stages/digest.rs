//! A hash over records, so that a change that must change no result can show that it changes none.

use outsort::format::record::{Detail, Record};
use outsort::{Engine, Hits, Part, Scratch, default_pack, judge};

use crate::args::Args;
use crate::data::{RuleSet, SIZES, corpus};

/// Prints the digests: the corpus and made texts with the shipped pack, made texts with a made pack.
///
/// # Errors
/// A file that was named can't be read.
pub fn print(args: &Args) -> Result<(), String> {
    let shipped = Engine::new(default_pack());
    let made = Engine::new(RuleSet::made(SIZES[0]).pack());
    if args.text.is_none() {
        line("shipped pack", "corpus", &shipped, corpus().into_iter());
    }
    for kind in &args.kinds {
        let texts = args.texts(*kind)?;
        let untitled = || texts.all.iter().map(|text| (None, text.clone()));
        line("shipped pack", kind.name(), &shipped, untitled());
        line("600 rules", kind.name(), &made, untitled());
    }
    Ok(())
}

fn line(pack: &str, texts: &str, engine: &Engine, all: impl Iterator<Item = (Option<String>, String)>) {
    let (mut scratch, mut hits) = (Scratch::default(), Hits::default());
    let (mut hash, mut count) = (FNV_BASIS, 0);
    for (title, text) in all {
        let document = engine.document(title.as_deref(), &text);
        engine.scan_into(&document, &mut scratch, &mut hits);
        let judgment = judge(engine.pack(), &hits, Part::Whole);
        let record = Record::new("", None, engine.pack(), &hits, &judgment, Detail::Spans);
        for byte in serde_json::to_vec(&record).unwrap_or_default() {
            hash = (hash ^ u64::from(byte)).wrapping_mul(FNV_PRIME);
        }
        count += 1;
    }
    println!("{hash:016x}  {pack} · {texts} ({count} records)");
}

/// FNV-1a: short, and the same everywhere.
const FNV_BASIS: u64 = 0xCBF2_9CE4_8422_2325;
const FNV_PRIME: u64 = 0x0100_0000_01B3;
