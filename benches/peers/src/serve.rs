//! `outsort` as the contender of a peer in another process: one turn for each line.

use std::hint::black_box;
use std::io::{BufRead, Write};
use std::path::Path;

use outsort::{Engine, Hits, Part, Scratch, default_pack, judge};

use crate::Args;
use crate::data::{Kind, RuleSet, SIZES, Texts};
use crate::engines::Failed;
use crate::harness::{Contender, Plan, take_turn};

/// Takes turns until standard input ends: `match` finds the phrases of the 600 rules, `judge` judges by the shipped pack.
///
/// # Errors
/// There is no such kind of text or turn, or a pipe breaks.
pub fn run(kind: &str, args: &Args) -> Result<(), Failed> {
    let kind = [Kind::Tasks, Kind::Ads].into_iter().find(|known| known.name() == kind);
    let kind = kind.ok_or("there are tasks and ads")?;
    let texts = Texts::made(kind, kind.count());
    let phrases = Engine::new(RuleSet { regexes: Vec::new(), ..RuleSet::made(SIZES[0]) }.pack());
    let shipped = Engine::new(default_pack());
    let (mut scratch, mut rules) = (Scratch::default(), Vec::new());
    let (mut judging, mut hits) = (Scratch::default(), Hits::default());
    let mut matching = Contender::new("match", |i| {
        phrases.rules_in(&texts.all[i], &mut scratch, &mut rules);
        black_box(&rules);
    });
    let mut judgment = Contender::new("judge", |i| {
        shipped.scan_into(&shipped.document(None, &texts.all[i]), &mut judging, &mut hits);
        black_box(judge(shipped.pack(), &hits, Part::Whole));
    });
    let (sizes, turn) = (texts.sizes(), Plan::new(args.quick).turn * 4);
    let mut from = 0;
    for line in std::io::stdin().lock().lines() {
        let contender = match line?.as_str() {
            "match" => &mut matching,
            "judge" => &mut judgment,
            other => return Err(format!("`{other}` is no turn").into()),
        };
        let pace = take_turn(contender, &sizes, from, turn);
        println!("{}", 1e-6 / pace);
        std::io::stdout().flush()?;
        from += sizes.len() / 20 + 1;
    }
    Ok(())
}

/// Texts as JSON lines, and the phrases of the 600 rules with what `outsort` answers.
///
/// # Errors
/// A file can't be written.
pub fn write(folder: &Path) -> Result<(), Failed> {
    crate::data::write(folder)?;
    let set = RuleSet { regexes: Vec::new(), ..RuleSet::made(SIZES[0]) };
    let lines: String = set.phrases.iter().map(|(rule, phrase)| format!("{rule}\t{phrase}\n")).collect();
    std::fs::write(folder.join("phrases.tsv"), lines)?;
    let engine = Engine::new(set.pack());
    let (mut scratch, mut rules) = (Scratch::default(), Vec::new());
    for kind in [Kind::Tasks, Kind::Ads] {
        let mut lines = String::new();
        for text in &Texts::made(kind, kind.count()).all {
            engine.rules_in(text, &mut scratch, &mut rules);
            lines.push_str(&format!("{rules:?}\n"));
        }
        std::fs::write(folder.join(format!("{}.rules", kind.name())), lines)?;
    }
    Ok(())
}
