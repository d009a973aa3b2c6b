//! The default pack, embedded.

use crate::core::pack::Pack;

use super::pack::{SourceFile, read_trusted};

/// Name and text of each file of the default pack.
const FILES: [(&str, &str); 8] = [
    ("pack.toml", include_str!("../../rules/pack.toml")),
    ("focus.toml", include_str!("../../rules/focus.toml")),
    ("process.toml", include_str!("../../rules/process.toml")),
    ("specialization.toml", include_str!("../../rules/specialization.toml")),
    ("driving_force.toml", include_str!("../../rules/driving_force.toml")),
    ("activities.toml", include_str!("../../rules/activities.toml")),
    ("client_contact.toml", include_str!("../../rules/client_contact.toml")),
    ("scope.toml", include_str!("../../rules/scope.toml")),
];

/// The files of the default pack.
pub fn default_files() -> Vec<SourceFile> {
    FILES.map(|(name, text)| SourceFile { name: format!("rules/{name}"), text: text.to_owned() }).to_vec()
}

/// The default pack.
///
/// It is checked by the tests of this crate and not again here: neither its examples nor its regexes are run.
pub fn default_pack() -> Pack {
    read_trusted(&default_files())
}
