//! Options of the `rules` commands.

use std::path::PathBuf;

use clap::{Subcommand, ValueEnum, ValueHint};

use super::{Check, ListFormat, PackArgs};

const RULES_EXAMPLES: &str = "\
Examples:
  outsort rules list --criterion specialization
  outsort rules show spec-qualified-accountant
  outsort rules init my-rules              then edit my-rules/*.toml
  outsort rules check --rules my-rules     every mistake, with its place
  outsort rules test --rules my-rules      the rules' own examples
  outsort rules test --rules my-rules --watch
                                           again after every change of a file
  outsort classify --rules my-rules job.md";

/// Browse, copy, check and test rules.
#[derive(Debug, Subcommand)]
#[command(after_help = RULES_EXAMPLES)]
pub enum Rules {
    /// List the rules.
    List {
        /// Only rules of this criterion.
        #[arg(long, value_name = "NAME")]
        criterion: Option<String>,
        /// Only rules that lean this way: BPO, KPO, out-of-scope or in-scope.
        #[arg(long, value_name = "POLE")]
        leans: Option<String>,
        /// Only rules whose id, reason or phrases contain this text.
        #[arg(long, value_name = "TEXT")]
        find: Option<String>,
        /// What to print: text or json.
        #[arg(long, value_name = "FORMAT", default_value = "text", hide_possible_values = true)]
        format: ListFormat,
        #[command(flatten)]
        pack: PackArgs,
    },
    /// Show rules in full, with the word forms that their phrases match.
    Show {
        /// Ids of the rules.
        #[arg(required = true, value_name = "ID")]
        ids: Vec<String>,
        #[command(flatten)]
        pack: PackArgs,
    },
    /// Copy the default pack to a folder, to edit it there.
    Init {
        /// The folder; must not hold a pack yet.
        #[arg(value_name = "DIR", value_hint = ValueHint::DirPath)]
        folder: PathBuf,
    },
    Check(Check),
    /// Run the rules' own examples.
    Test {
        /// Only the rules with these ids.
        #[arg(value_name = "ID")]
        ids: Vec<String>,
        /// Run again whenever a file of the pack changes, and print what that changed; Ctrl-C ends.
        #[arg(long)]
        watch: bool,
        #[command(flatten)]
        pack: PackArgs,
    },
    /// Print the JSON Schema of rule files or of the manifest, for editors.
    Schema {
        /// Which: rules or manifest.
        #[arg(default_value = "rules", hide_possible_values = true)]
        of: SchemaOf,
    },
}

/// The file that a schema describes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SchemaOf {
    /// A criterion file.
    Rules,
    /// `pack.toml`.
    Manifest,
}
