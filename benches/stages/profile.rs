//! One stage over and over, for a profiler that looks at `stage_under_profile`.

use outsort::{Engine, default_pack};

use crate::args::{Args, Stage};
use crate::data::{RuleSet, Texts};
use crate::harness::Contender;
use crate::measure::{Ready, contenders};

/// Texts of a pass: few, for a profiler counts every instruction.
const BYTES: usize = 400_000;

/// Runs a stage on the first texts of each kind.
///
/// # Errors
/// A file that was named can't be read.
pub fn run(stage: Stage, passes: usize, args: &Args) -> Result<(), String> {
    let size = args.sizes[0];
    let engine = Engine::new(if size == 0 { default_pack() } else { RuleSet::made(size).pack() });
    for kind in &args.kinds {
        let Texts { all, .. } = args.texts(*kind)?;
        let mut bytes = 0;
        let few: Vec<String> =
            all.into_iter().take_while(|text| (bytes += text.len(), bytes < BYTES).1).collect();
        let ready = Ready::new(&engine, &few);
        let mut all = contenders(&engine, &ready);
        let Some(contender) = all.iter_mut().find(|c| c.name == stage.name()) else { continue };
        // Once outside: regexes are built when they are first needed.
        warm_up(contender, few.len());
        stage_under_profile(contender, few.len(), passes);
        let bytes: usize = few.iter().map(String::len).sum();
        println!(
            "{} · {}: {} bytes in {} texts, {passes} times",
            stage.name(),
            kind.name(),
            bytes,
            few.len()
        );
    }
    Ok(())
}

#[inline(never)]
fn warm_up(contender: &mut Contender<'_>, texts: usize) {
    contender.go(0..texts);
}

/// What the profiler is told to count.
#[inline(never)]
fn stage_under_profile(contender: &mut Contender<'_>, texts: usize, passes: usize) {
    for _ in 0..passes {
        contender.go(0..texts);
    }
}
