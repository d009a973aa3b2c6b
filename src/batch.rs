//! The order-preserving parallel pipeline: read, work, write. The only file that names rayon.
//!
//! A reader thread gathers items into chunks, rayon works on a chunk at a time, a writer thread writes the
//! results in the order of the items. Channels are bounded, so memory is, whatever the length of the input.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use rayon::prelude::*;

use crate::core::tune::Workers;

/// Something that takes room in a chunk.
pub trait Weight {
    /// Bytes, roughly.
    fn bytes(&self) -> usize;
}

/// Chunks hold about this many bytes,
const CHUNK_BYTES: usize = 1 << 20;
/// and at most this many items.
const CHUNK_ITEMS: usize = 8192;
/// Chunks that wait between two stages.
const WAITING: usize = 2;

/// Makes this many threads work on chunks, from the next call of [`ordered`] on; counts only before the first.
pub fn limit_threads(threads: usize) {
    // Fails only if a pool was built before, and then that one serves.
    _ = rayon::ThreadPoolBuilder::new().num_threads(threads).build_global();
}

/// A fault in the program that ended a piece of work: what it said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault(pub String);

impl Fault {
    fn of(panic: &(dyn Any + Send)) -> Fault {
        let said = panic.downcast_ref::<&str>().map(|said| (*said).to_owned());
        let said = said.or_else(|| panic.downcast_ref::<String>().cloned());
        Fault(said.unwrap_or_else(|| "it did not say why".to_owned()))
    }
}

/// Does one piece of work so that a panic in it spoils no other: the state that it leaves, which may be half
/// changed, is replaced by a fresh one.
///
/// # Errors
/// What the panic said.
pub fn guarded<State, Output>(
    state: &mut State,
    fresh: impl FnOnce() -> State,
    work: impl FnOnce(&mut State) -> Output,
) -> Result<Output, Fault> {
    catch_unwind(AssertUnwindSafe(|| work(state))).map_err(|panic| {
        *state = fresh();
        Fault::of(panic.as_ref())
    })
}

/// Runs `work` on every item on all cores, `write` on every result in the order of the items.
///
/// `state` makes what a worker keeps from item to item. `write` ends the run early by an error, which is
/// returned; a panic in any stage is handed on.
///
/// # Errors
/// The first error of `write`.
pub fn ordered<Item, State, Output, Error>(
    items: impl Iterator<Item = Item> + Send,
    state: impl Fn() -> State + Sync + Send,
    work: impl Fn(&mut State, Item) -> Output + Sync + Send,
    mut write: impl FnMut(Output) -> Result<(), Error> + Send,
) -> Result<(), Error>
where
    Item: Weight + Send,
    Output: Send,
    Error: Send,
{
    let (to_work, chunks) = sync_channel::<Vec<Item>>(WAITING);
    let (to_write, results) = sync_channel::<Vec<Output>>(WAITING);
    thread::scope(|scope| {
        let reader = scope.spawn(move || read(items, &to_work));
        let writer = scope.spawn(move || results.iter().flatten().try_for_each(&mut write));
        pump(&chunks, &to_write, &state, &work);
        // Hanging up ends the reader if the writer gave up, and the writer when all is written.
        drop((chunks, to_write));
        reader.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        writer.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })
}

/// Gathers items into chunks until they end or nobody wants them.
fn read<Item: Weight>(items: impl Iterator<Item = Item>, to_work: &SyncSender<Vec<Item>>) {
    let mut chunk = Vec::new();
    let mut bytes = 0;
    for item in items {
        bytes += item.bytes();
        chunk.push(item);
        if bytes >= CHUNK_BYTES || chunk.len() >= CHUNK_ITEMS {
            bytes = 0;
            if to_work.send(std::mem::take(&mut chunk)).is_err() {
                return;
            }
        }
    }
    if !chunk.is_empty() {
        _ = to_work.send(chunk);
    }
}

fn pump<Item: Send, State, Output: Send>(
    chunks: &Receiver<Vec<Item>>,
    to_write: &SyncSender<Vec<Output>>,
    state: &(impl Fn() -> State + Sync + Send),
    work: &(impl Fn(&mut State, Item) -> Output + Sync + Send),
) {
    for chunk in chunks {
        let done = chunk.into_par_iter().map_init(state, |state, item| work(state, item)).collect();
        if to_write.send(done).is_err() {
            return;
        }
    }
}

/// Jobs side by side, on the threads that work on chunks.
#[derive(Clone, Copy, Debug)]
pub struct Threads;

impl Workers for Threads {
    fn map<T: Send>(&self, jobs: usize, work: impl Fn(usize) -> T + Sync + Send) -> Vec<T> {
        // The longest job often stands last; it should not wait for the others.
        let mut done: Vec<T> = (0..jobs).into_par_iter().with_max_len(1).rev().map(work).collect();
        done.reverse();
        done
    }
}

#[cfg(test)]
mod tests {
    use super::{Fault, Weight, guarded, ordered};

    impl Weight for usize {
        fn bytes(&self) -> usize {
            1000
        }
    }

    #[test]
    fn results_come_in_the_order_of_the_items() {
        let mut seen = Vec::new();
        let done: Result<(), ()> = ordered(
            0..20_000usize,
            || (),
            |(), n| n * 2,
            |n| {
                seen.push(n);
                Ok(())
            },
        );
        assert!(done.is_ok());
        assert!(seen.iter().copied().eq((0..20_000).map(|n| n * 2)));
    }

    #[test]
    fn an_error_of_the_writer_ends_an_endless_input() {
        let done = ordered(0usize.., || (), |(), n| n, |n| if n < 5000 { Ok(()) } else { Err(n) });
        assert_eq!(done, Err(5000));
    }

    #[test]
    fn a_panic_costs_its_own_item_only_and_no_state() {
        let mut seen = Vec::new();
        let work = |state: &mut Vec<usize>, n: usize| {
            guarded(state, Vec::new, |state| {
                assert!(state.is_empty(), "state of an item that failed");
                state.push(n);
                assert!(n % 1000 != 7, "can't do {n}");
                state.clear();
                n
            })
        };
        let done: Result<(), ()> = ordered(0..5000usize, Vec::new, work, |n| {
            seen.push(n);
            Ok(())
        });
        assert!(done.is_ok());
        let want = |n: usize| if n % 1000 == 7 { Err(Fault(format!("can't do {n}"))) } else { Ok(n) };
        assert!(seen.into_iter().eq((0..5000).map(want)));
    }
}
