//! Reports for people who must defend a verdict: HTML pages of one file each, without any network.
//!
//! Everything that a text, a title, a name or a pack says is shown as text, whatever it looks like: markup comes
//! from literals alone, and the page's security policy admits no script but its own.

mod document;
mod evidence;
mod markup;
mod page;
mod pages;
mod spectrum;
mod subject;
mod text;
mod verdict;
mod words;

pub use pages::Pages;
