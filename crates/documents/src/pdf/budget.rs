//! Measures what the streams of a file unpack to before anything unpacks them for good.

use std::io::Read;

use flate2::read::ZlibDecoder;
use memchr::memmem;

use super::super::limits::Limits;
use super::super::refusal::Refusal;
use super::too_large;

/// The most that DEFLATE can make of a byte.
const DEFLATE: u64 = 1032;
/// How often a stream may be packed in itself; nobody does so more than once.
const LAYERS: u32 = 3;

/// What a file may still take.
#[derive(Debug)]
pub(super) struct Budget {
    limits: Limits,
    bytes: u64,
    steps: u64,
    /// The raw bytes can't be measured.
    ciphered: bool,
}

impl Budget {
    pub(super) fn new(limits: &Limits) -> Budget {
        Budget {
            limits: *limits,
            bytes: limits.unpacked,
            steps: limits.parts.saturating_mul(8),
            ciphered: false,
        }
    }

    /// How deep forms may be nested.
    pub(super) fn depth(&self) -> u32 {
        self.limits.depth
    }

    /// Takes account of drawing steps: operators, letters and, at a lower rate, bytes.
    pub(super) fn steps(&mut self, count: u64) -> Result<(), Refusal> {
        let left = self.steps.checked_sub(count);
        self.steps = left.ok_or_else(|| too_large("parts", self.limits.parts))?;
        Ok(())
    }

    /// Takes account of every object and stream of a file from its raw bytes. Streams that are ciphered
    /// are judged one by one when they are used.
    pub(super) fn file(&mut self, bytes: &[u8]) -> Result<(), Refusal> {
        let objects = memmem::find_iter(bytes, b" obj").count() as u64;
        if objects > self.limits.parts {
            return Err(too_large("parts", self.limits.parts));
        }
        self.ciphered = memmem::find(bytes, b"/Encrypt").is_some();
        let mut from = 0;
        while let Some(at) = memmem::find(&bytes[from..], b"stream") {
            let start = from + at;
            from = start + b"stream".len();
            if bytes[..start].ends_with(b"end") || !matches!(bytes.get(from), Some(b'\r' | b'\n')) {
                continue;
            }
            let end = memmem::find(&bytes[from..], b"endstream").map_or(bytes.len(), |at| from + at);
            let data = bytes[from..end].trim_ascii_start();
            let head = head(&bytes[..start]);
            if self.ciphered && mentions(head, b"ObjStm") {
                self.spend((data.len() as u64).saturating_mul(DEFLATE))?;
            } else if !self.ciphered {
                self.stream(data, head)?;
            }
            // A bomb's stream may itself hold the word: go on behind it only if it was worth measuring.
            from = if end - from > 64 { end } else { from };
        }
        Ok(())
    }

    /// Takes account of one stream: its data and the dictionary before it.
    pub(super) fn stream(&mut self, data: &[u8], dictionary: &[u8]) -> Result<(), Refusal> {
        let letters = mentions(dictionary, b"ASCII85") || mentions(dictionary, b"/A85");
        let plain = if letters { ascii85(data) } else { Vec::new() };
        let data = if letters { &plain[..] } else { data };
        let size = if mentions(dictionary, b"LZW") {
            lzw_length(data)
        } else if mentions(dictionary, b"RunLength") {
            64 * data.len() as u64
        } else {
            inflated(data, self.bytes, LAYERS)
        };
        self.spend(size)
    }

    /// Checks a stream that the file's measure covered, unless the file is ciphered: it may be used often.
    pub(super) fn again(&mut self, data: &[u8], dictionary: &[u8]) -> Result<(), Refusal> {
        if self.ciphered { self.stream(data, dictionary) } else { Ok(()) }
    }

    fn spend(&mut self, bytes: u64) -> Result<(), Refusal> {
        let left = self.bytes.checked_sub(bytes);
        self.bytes = left.ok_or_else(|| too_large("unpacked bytes", self.limits.unpacked))?;
        Ok(())
    }
}

/// The dictionary that ends where `before` ends, or as much of it as tells how it is packed.
fn head(before: &[u8]) -> &[u8] {
    let near = &before[before.len().saturating_sub(1024)..];
    memmem::rfind(near, b" obj").map_or(near, |at| &near[at..])
}

fn mentions(dictionary: &[u8], word: &[u8]) -> bool {
    memmem::find(dictionary, word).is_some()
}

/// The length of what DEFLATE unpacks, counted as far as just beyond `most`; nested layers count too.
fn inflated(data: &[u8], most: u64, layers: u32) -> u64 {
    let zlib = matches!(data, [head, flags, ..] if head & 15 == 8 && (u32::from(*head) * 256 + u32::from(*flags)) % 31 == 0);
    if !zlib {
        return data.len() as u64;
    }
    let mut unpacked = ZlibDecoder::new(data);
    let (mut length, mut inner) = (0, Vec::new());
    let mut chunk = [0; 16 << 10];
    while let Ok(count @ 1..) = unpacked.read(&mut chunk) {
        length += count as u64;
        if inner.len() < 64 {
            inner.extend_from_slice(&chunk[..count.min(64)]);
        }
        if length > most {
            return length;
        }
    }
    if layers == 0 || inflated(&inner, 1 << 20, 0) <= inner.len() as u64 {
        return length;
    }
    let mut whole = Vec::new();
    _ = ZlibDecoder::new(data).take(length).read_to_end(&mut whole);
    length + inflated(&whole, most.saturating_sub(length), layers - 1)
}

/// The length of what LZW unpacks: an entry is one byte longer than the one before it.
fn lzw_length(data: &[u8]) -> u64 {
    let (mut held, mut bits, mut width) = (0_u32, 0, 9);
    let mut lengths: Vec<u64> = vec![1; 258];
    let (mut total, mut last) = (0_u64, None);
    for byte in data {
        held = held << 8 | u32::from(*byte);
        bits += 8;
        if bits < width {
            continue;
        }
        bits -= width;
        let code = (held >> bits) as usize;
        held &= (1 << bits) - 1;
        match code {
            257 => break,
            256 => {
                lengths.truncate(258);
                (width, last) = (9, None);
            }
            _ => {
                let length = lengths.get(code).copied().unwrap_or_else(|| last.unwrap_or(0) + 1);
                total = total.saturating_add(length);
                if let Some(before) = last.replace(length)
                    && lengths.len() < 4096
                {
                    lengths.push(before + 1);
                }
                width = (usize::BITS - lengths.len().leading_zeros()).clamp(9, 12);
            }
        }
    }
    total
}

/// What base 85 stands for.
fn ascii85(data: &[u8]) -> Vec<u8> {
    let mut plain = Vec::with_capacity(data.len());
    let (mut group, mut count) = (0_u64, 0);
    for byte in data {
        match byte {
            b'z' if count == 0 => plain.extend([0; 4]),
            b'!'..=b'u' => {
                group = group * 85 + u64::from(byte - b'!');
                count += 1;
                if count == 5 {
                    plain.extend((group as u32).to_be_bytes());
                    (group, count) = (0, 0);
                }
            }
            b'~' => break,
            _ => {}
        }
    }
    if count > 1 {
        let padded = (count..5).fold(group, |group, _| group * 85 + 84);
        plain.extend(&(padded as u32).to_be_bytes()[..count - 1]);
    }
    plain
}
