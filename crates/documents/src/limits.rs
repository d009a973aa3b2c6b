//! How much one file may take.

/// Bounds for one file. A file that goes beyond one is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes that it may unpack to.
    pub unpacked: u64,
    /// Objects, elements or groups that it may have.
    pub parts: u64,
    /// How deep they may be nested.
    pub depth: u32,
    /// Pages that are read.
    pub pages: u32,
}

impl Default for Limits {
    /// Far more than any job description: 256 MB, two million parts, 256 levels, 500 pages.
    fn default() -> Limits {
        Limits { unpacked: 256 << 20, parts: 2_000_000, depth: 256, pages: 500 }
    }
}
