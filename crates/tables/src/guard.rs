//! Readers of others that may panic on broken files.

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::refusal::Refusal;

/// What `read` gives; a panic becomes a refusal. What `read` holds must not be used after one.
pub fn guarded<T>(read: impl FnOnce() -> Result<T, Refusal>) -> Result<T, Refusal> {
    catch_unwind(AssertUnwindSafe(read))
        .unwrap_or_else(|_| Err(Refusal::Damaged("its reader gave up on its contents".into())))
}
