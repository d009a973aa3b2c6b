//! Reports for people who must defend a verdict: HTML pages of one file each, without any network.
//!
//! Everything that a text, a title, a name or a pack says is shown as text, whatever it looks like: markup comes
//! from literals alone, and the page's security policy admits no script but its own.

mod chart;
mod closer;
mod corpus;
mod curves;
mod document;
mod evaluation;
mod evidence;
mod markup;
mod page;
mod pages;
mod spectrum;
mod subject;
mod tables;
mod text;
mod verdict;
mod words;

pub use corpus::Corpus;
pub use evaluation::{Confusion, Correlated, Evaluation, Misjudged};
pub use pages::Pages;
