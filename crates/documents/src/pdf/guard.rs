//! Runs code of others that may panic on odd files, without a word on standard error.

use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;
use std::thread;

/// Nested objects are read by recursion; the least of the usual stacks (2 MB) is not enough for the deepest.
const STACK: usize = 32 << 20;

thread_local! {
    static MUTE: Cell<bool> = const { Cell::new(false) };
}

/// The value of `work`, or nothing if it panicked.
pub(super) fn quietly<T: Send>(work: impl FnOnce() -> T + Send) -> Option<T> {
    mute_marked_threads();
    thread::scope(|scope| {
        let muted = || {
            MUTE.set(true);
            panic::catch_unwind(AssertUnwindSafe(work)).ok()
        };
        let thread = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, muted);
        thread.ok()?.join().ok()?
    })
}

/// Puts a panic hook before the present one that swallows the reports of threads of this module only.
fn mute_marked_threads() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |report| {
            if !MUTE.get() {
                before(report);
            }
        }));
    });
}
