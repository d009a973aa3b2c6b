//! All engines on the same texts: first the answers, then the times.

use std::hint::black_box;
use std::time::{Duration, Instant};

use aho_corasick::AhoCorasickKind;

use crate::Args;
use crate::data::{Kind, RuleSet, SIZES, Texts};
use crate::engines::{Aho, Daachorse, Failed, Ours, Set};
use crate::harness::{Contender, Laps, Plan, Results, race};
use crate::peer::Peer;

/// An engine is asked about all texts before it is timed, or for so long: lazy automata are warm then.
const CHECKING: Duration = Duration::from_secs(40);

/// Phrases and regexes at 600 rules; phrases alone at all sizes.
///
/// # Errors
/// An engine can't be built, or gives another answer than `outsort`.
pub fn all(args: &Args) -> Result<(), Failed> {
    let mut results = Results::to(args.json.as_deref())?;
    let plan = Plan::new(args.quick);
    #[cfg(feature = "hyperscan")]
    println!("Hyperscan {}", crate::hyperscan::version());
    let texts = match &args.text {
        Some(path) => vec![Texts::read(path)?],
        None => [Kind::Tasks, Kind::Ads].map(|kind| Texts::made(kind, kind.count())).into(),
    };
    let set = RuleSet::made(SIZES[0]);
    contest(
        "600 phrase rules and 62 regexes",
        "all/600",
        with_regexes(&set, args)?,
        &texts,
        plan,
        &mut results,
    )?;
    for size in SIZES {
        let set = RuleSet { regexes: Vec::new(), ..RuleSet::made(size) };
        contest(
            &format!("{size} phrase rules"),
            &format!("phrases/{size}"),
            phrases(&set)?,
            &texts,
            plan,
            &mut results,
        )?;
    }
    Ok(())
}

type Peers = Vec<Box<dyn Peer>>;

fn with_regexes(set: &RuleSet, args: &Args) -> Result<Peers, Failed> {
    let mut peers: Peers = vec![Box::new(Ours::new(set))];
    #[cfg(feature = "hyperscan")]
    {
        use crate::hyperscan::{Buffered, ByText};
        peers.push(Box::new(ByText::new(set, false)?));
        peers.push(Box::new(ByText::new(set, true)?));
        peers.push(Box::new(Buffered::new(set)?));
    }
    peers.push(Box::new(Set::new(set, true)?));
    if !args.quick {
        peers.push(Box::new(Set::new(set, false)?));
    }
    Ok(peers)
}

fn phrases(set: &RuleSet) -> Result<Peers, Failed> {
    let mut peers: Peers = vec![Box::new(Ours::new(set))];
    #[cfg(feature = "hyperscan")]
    peers.push(Box::new(crate::hyperscan::Literals::new(set)?));
    peers.push(Box::new(Aho::new(set, "aho-corasick, DFA", AhoCorasickKind::DFA)?));
    peers.push(Box::new(Aho::new(set, "aho-corasick, NFA", AhoCorasickKind::ContiguousNFA)?));
    peers.push(Box::new(Daachorse::new(set)?));
    Ok(peers)
}

fn contest(
    title: &str,
    key: &str,
    mut peers: Peers,
    texts: &[Texts],
    plan: Plan,
    results: &mut Results,
) -> Result<(), Failed> {
    for texts in texts {
        let kind = texts.kind.name();
        println!("{title} · {kind}");
        let per_text = agree(&mut peers, &texts.all)?;
        results.note(&format!("{key}/{kind}/rules a text"), "", [per_text; 3]);
        let mut contenders: Vec<Contender<'_>> =
            peers.iter_mut().map(|peer| contender(peer.as_mut(), &texts.all)).collect();
        let laps = race(&mut contenders, &texts.sizes(), plan);
        report(&format!("{key}/{kind}"), &laps, results);
    }
    Ok(())
}

fn contender<'a>(peer: &'a mut dyn Peer, texts: &'a [String]) -> Contender<'a> {
    let (name, batch) = (peer.name(), peer.batch());
    Contender::batched(name, batch, move |range| {
        peer.rules_in_all(&texts[range], &mut |rules| _ = black_box(rules.len()));
    })
}

fn report(key: &str, laps: &[Laps], results: &mut Results) {
    for lap in laps {
        results.note(&format!("{key}/{}", lap.name), "MB/s", lap.speed());
    }
    for lap in &laps[1..] {
        results.note(&format!("{key}/over {}", lap.name), "x", laps[0].over(lap));
    }
}

/// Holds the answers of all peers against those of the first; rules a text.
///
/// # Errors
/// The first text on which one differs.
fn agree(peers: &mut Peers, texts: &[String]) -> Result<f64, Failed> {
    let mut answers: Vec<Vec<u32>> = Vec::with_capacity(texts.len());
    peers[0].rules_in_all(texts, &mut |rules| answers.push(sorted(rules)));
    for peer in &mut peers[1..] {
        let started = Instant::now();
        let mut checked = 0;
        for chunk in texts.chunks(peer.batch().max(64)) {
            let mut theirs = Vec::with_capacity(chunk.len());
            peer.rules_in_all(chunk, &mut |rules| theirs.push(sorted(rules)));
            for (text, theirs) in chunk.iter().zip(theirs) {
                if theirs != answers[checked] {
                    return Err(differs(&peer.name(), text, &answers[checked], &theirs).into());
                }
                checked += 1;
            }
            if started.elapsed() > CHECKING {
                break;
            }
        }
        println!("  {} agrees on {checked} texts, answers {:016x}", peer.name(), hash(&answers[..checked]));
    }
    Ok(answers.iter().map(Vec::len).sum::<usize>() as f64 / answers.len() as f64)
}

fn sorted(rules: &[u32]) -> Vec<u32> {
    let mut rules = rules.to_vec();
    rules.sort_unstable();
    rules
}

fn differs(name: &str, text: &str, ours: &[u32], theirs: &[u32]) -> String {
    let only =
        |a: &[u32], b: &[u32]| a.iter().filter(|rule| !b.contains(rule)).copied().collect::<Vec<u32>>();
    let (more, less) = (only(theirs, ours), only(ours, theirs));
    format!("{name} differs from outsort: finds also {more:?}, lacks {less:?} in\n{text}")
}

/// FNV-1a over rules and ends of texts.
fn hash(answers: &[Vec<u32>]) -> u64 {
    let step = |hash: u64, rule: u32| (hash ^ u64::from(rule)).wrapping_mul(0x0100_0000_01B3);
    let text = |hash: u64, rules: &Vec<u32>| step(rules.iter().copied().fold(hash, step), u32::MAX);
    answers.iter().fold(0xCBF2_9CE4_8422_2325, text)
}
