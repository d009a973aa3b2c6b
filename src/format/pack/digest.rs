//! What a pack is, in one number: two runs with the same digest used the same rules.

use std::fmt::Write;

use sha2::{Digest, Sha256};

use super::SourceFile;

/// The SHA-256 of a pack's files, as `sha256:` and 64 hexadecimal digits.
///
/// It covers each file's name, without its folder, and its text, byte for byte; the order of the files does
/// not count.
pub fn digest(files: &[SourceFile]) -> String {
    let mut parts: Vec<(&str, &str)> = files.iter().map(|file| (base(&file.name), &*file.text)).collect();
    parts.sort_unstable();
    let mut hash = Sha256::new();
    for (name, text) in parts {
        // With the lengths in front, no two packs run into the same bytes.
        for part in [name, text] {
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part);
        }
    }
    let mut shown = String::from("sha256:");
    for byte in hash.finalize() {
        // Writing to memory can't fail.
        _ = write!(shown, "{byte:02x}");
    }
    shown
}

fn base(name: &str) -> &str {
    name.rsplit(['/', '\\']).next().unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::{SourceFile, digest};

    #[test]
    fn the_folder_and_the_order_do_not_count_but_every_byte_does() {
        let file = |name: &str, text: &str| SourceFile { name: name.into(), text: text.into() };
        let one = digest(&[file("a/x.toml", "1"), file("a/y.toml", "2")]);
        assert_eq!(one.len(), "sha256:".len() + 64);
        assert_eq!(one, digest(&[file("b/y.toml", "2"), file("b\\x.toml", "1")]));
        assert_ne!(one, digest(&[file("a/x.toml", "2"), file("a/y.toml", "1")]));
        assert_ne!(one, digest(&[file("a/x.toml", "1y.toml"), file("a/y.toml", "")]));
    }
}
