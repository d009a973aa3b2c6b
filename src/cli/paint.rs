//! Colour, on a terminal only.

use std::fmt::Display;

use anstyle::{AnsiColor, Style};
use outsort::{Leans, Verdict};

/// When to colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Colour {
    /// On a terminal, unless NO_COLOR is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

impl Colour {
    /// Makes this the choice for all output.
    pub fn apply(self) {
        let choice = match self {
            Colour::Auto => return,
            Colour::Always => anstream::ColorChoice::Always,
            Colour::Never => anstream::ColorChoice::Never,
        };
        choice.write_global();
    }
}

/// Whether standard error shows colour.
pub fn stderr_colour() -> bool {
    anstream::AutoStream::choice(&std::io::stderr()) != anstream::ColorChoice::Never
}

/// `text` in a style; output streams drop the codes where there is no colour.
pub fn paint(style: Style, text: impl Display) -> String {
    format!("{style}{text}{style:#}")
}

/// Bold.
pub const BOLD: Style = Style::new().bold();
/// Faint.
pub const FAINT: Style = Style::new().dimmed();

/// The colour of a pole: warm for BPO, cool for KPO.
pub fn leaning(leans: Leans) -> Style {
    let colour = match leans {
        Leans::Bpo => AnsiColor::Yellow,
        Leans::Kpo => AnsiColor::Cyan,
        Leans::OutOfScope | Leans::InScope => AnsiColor::Magenta,
    };
    Style::new().fg_color(Some(colour.into()))
}

/// The colour of a verdict.
pub fn verdict(verdict: Verdict) -> Style {
    match verdict {
        Verdict::Bpo => leaning(Leans::Bpo),
        Verdict::Kpo => leaning(Leans::Kpo),
        Verdict::OutOfScope => leaning(Leans::OutOfScope),
        Verdict::Mixed => Style::new(),
        Verdict::Unclear => FAINT,
    }
}
