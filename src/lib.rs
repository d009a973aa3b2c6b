//! Places task and job descriptions on the spectrum from BPO (business process outsourcing) to KPO
//! (knowledge process outsourcing), by rules, with explanations that add up exactly.
//!
//! ```text
//! bytes ─format→ Document ─scan→ Hits ─score→ Judgment ─format→ bytes
//! TOML  ─format→ Pack ─compile→ Engine ┘        ↑ weights only
//! ```
//!
//! ```
//! use outsort::{Engine, Verdict, default_pack};
//!
//! let engine = Engine::new(default_pack());
//! let explained = engine.explain(None, "Key invoices into the system and file the originals.");
//! let judgment = &explained.judgment;
//! assert_eq!(judgment.verdict, Verdict::Bpo);
//!
//! // The explanation is the score: bias and contributions sum to the log-odds, to the last digit.
//! let sum: outsort::LogOdds = judgment.criteria.iter().copied().sum();
//! assert_eq!(judgment.bias + sum, judgment.log_odds);
//! ```
//!
//! To score many texts, keep the engine (it is shared by all threads) and a [`Scratch`] for each thread, and
//! call [`Engine::document`], [`Engine::scan`] and [`judge`]. The library opens no files and prints nothing.

#![deny(missing_docs, clippy::print_stdout, clippy::print_stderr, clippy::disallowed_methods)]

pub mod batch;
pub mod core;
pub mod format;

pub use core::compile::Engine;
pub use core::document::Document;
pub use core::explain::Explanation;
pub use core::force::Force;
pub use core::pack::{Criterion, Leans, Pack, Rule, SectionKind};
pub use core::scan::{Hit, Hits, Scratch};
pub use core::score::{Fired, Judgment, LogOdds, Part, Verdict, judge};
pub use format::embedded::default_pack;
