//! The folded form of a word, and how the plain ones are read sixteen bytes at a time.

/// Bytes of the longest form that is held by value.
pub const SHORT: usize = 16;

/// The folded form of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form<'b> {
    /// Up to [`SHORT`] bytes, zeros behind them.
    Short([u8; SHORT], u8),
    /// More.
    Long(&'b [u8]),
}

impl<'b> Form<'b> {
    /// The form with these bytes.
    pub fn of(bytes: &'b [u8]) -> Form<'b> {
        let mut short = [0; SHORT];
        match short.get_mut(..bytes.len()) {
            Some(head) => {
                head.copy_from_slice(bytes);
                Form::Short(short, bytes.len() as u8)
            }
            None => Form::Long(bytes),
        }
    }

    /// Its bytes.
    pub fn as_bytes(&self) -> &[u8] {
        match self {
            Form::Short(bytes, len) => &bytes[..usize::from(*len)],
            Form::Long(bytes) => bytes,
        }
    }
}

/// ASCII letters and digits that stand side by side, up to [`SHORT`].
pub struct PlainRun {
    /// How many.
    pub len: usize,
    /// They, in lower case, zeros behind them.
    pub lower: [u8; SHORT],
}

impl PlainRun {
    /// The run that begins at `at` and ends before `to`.
    #[inline]
    pub fn at(bytes: &[u8], at: usize, to: usize) -> PlainRun {
        let chunk = match bytes[at..].first_chunk::<SHORT>() {
            Some(chunk) => *chunk,
            None => {
                let mut chunk = [0; SHORT];
                chunk[..bytes.len() - at].copy_from_slice(&bytes[at..]);
                chunk
            }
        };
        let all = u128::from_le_bytes(chunk);
        let len = (not_plain(all).trailing_zeros() as usize / 8).min(to - at);
        // Letters differ from their lower case in this bit, and digits have it.
        let lower = (all | every(0x20)) & u128::MAX.checked_shr(128 - 8 * len as u32).unwrap_or(0);
        PlainRun { len, lower: lower.to_le_bytes() }
    }
}

/// The byte, sixteen times.
const fn every(byte: u8) -> u128 {
    u128::from_le_bytes([byte; SHORT])
}

/// The highest bit of each byte that is no ASCII letter or digit: sixteen comparisons in a few additions,
/// as no sum runs over into the next byte.
fn not_plain(all: u128) -> u128 {
    const HIGH: u128 = every(0x80);
    let between = |bytes: u128, first: u8, last: u8| {
        let low = bytes & !HIGH;
        (low + every(0x80 - first)) & !(low + every(0x7F - last))
    };
    (!(between(all | every(0x20), b'a', b'z') | between(all, b'0', b'9')) | all) & HIGH
}
