//! How much one document may take.

use clap::Args as ClapArgs;
use outsort_documents::Limits;

/// Bounds for a document that has to be unpacked.
#[derive(Clone, Debug, ClapArgs)]
pub struct LimitArgs {
    /// Refuse documents that unpack to more megabytes than this.
    #[arg(long, value_name = "MB", default_value = "256", value_parser = clap::value_parser!(u32).range(1..=65536))]
    pub max_unpacked: u32,
    /// Read no more pages of a document than this.
    #[arg(long, value_name = "N", default_value = "500", value_parser = clap::value_parser!(u32).range(1..))]
    pub max_pages: u32,
}

impl LimitArgs {
    /// The bounds; the number of elements that a file may have goes with its size.
    pub fn limits(&self) -> Limits {
        let usual = Limits::default();
        let unpacked = u64::from(self.max_unpacked) << 20;
        let parts = (usual.parts * unpacked / usual.unpacked).max(usual.parts);
        Limits { unpacked, parts, pages: self.max_pages, ..usual }
    }
}
