//! A path to bytes of UTF-8: unpacked, and decoded from other encodings.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;
use std::sync::Arc;

use encoding_rs::{CoderResult, Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE};
use indicatif::ProgressBar;

use super::super::failure::Failure;
use super::super::interrupt;
use super::super::load::is_stdin;
use super::ledger::{Ledger, Repairs};

const BUFFER: usize = 256 << 10;

/// A source that is read as text.
pub struct Input {
    /// Its bytes, behind the byte order mark.
    pub reader: Box<dyn BufRead + Send>,
    /// The offset of the first of them; nothing if they were decoded and so stand elsewhere in the source.
    pub offset: Option<u64>,
    /// An encoding that was guessed.
    pub guessed: Option<&'static str>,
    /// Where to note what is no text.
    pub repairs: Arc<Repairs>,
}

/// Opens a path and unpacks it; bytes that are read move the bar on.
pub fn unpacked(path: &Path, bar: &ProgressBar) -> Result<Box<dyn BufRead + Send>, Failure> {
    if is_stdin(path) {
        return Ok(Box::new(BufReader::with_capacity(
            BUFFER,
            bar.wrap_read(interrupt::patient(io::stdin())),
        )));
    }
    let file = File::open(path).map_err(|e| Failure::io("read", path, &e))?;
    let mut file = BufReader::with_capacity(BUFFER, bar.wrap_read(file));
    let head = file.fill_buf().map_err(|e| Failure::io("read", path, &e))?;
    if head.starts_with(&[0x1F, 0x8B]) {
        let plain = flate2::bufread::MultiGzDecoder::new(file);
        return Ok(Box::new(BufReader::with_capacity(BUFFER, plain)));
    }
    if head.starts_with(&[0x28, 0xB5, 0x2F, 0xFD]) {
        let plain =
            zstd::stream::read::Decoder::with_buffer(file).map_err(|e| Failure::io("read", path, &e))?;
        return Ok(Box::new(BufReader::with_capacity(BUFFER, plain)));
    }
    Ok(Box::new(file))
}

/// Reads bytes as text in the encoding that was asked for, or that their beginning tells.
pub fn decoded(
    mut reader: Box<dyn BufRead + Send>,
    asked: Option<&'static Encoding>,
    source: &Arc<str>,
    ledger: &Ledger,
) -> Input {
    // An error here comes again at the first line, where it is said.
    let head = reader.fill_buf().unwrap_or_default();
    let marked = Encoding::for_bom(head);
    let guessed = if asked.is_none() && marked.is_none() { wide(head) } else { None };
    let encoding = marked.map(|(encoding, _)| encoding).or(asked).or(guessed).unwrap_or(UTF_8);
    let mark = marked.map_or(0, |(_, length)| length);
    reader.consume(mark);
    let repairs = ledger.repairs(source, encoding.name());
    if encoding == UTF_8 {
        return Input { reader, offset: Some(mark as u64), guessed: None, repairs };
    }
    let decoder = encoding.new_decoder_without_bom_handling();
    let text =
        Transcoder { reader, decoder, repairs: repairs.clone(), left: Vec::new(), at: 0, ended: false };
    let reader = Box::new(BufReader::with_capacity(BUFFER, text));
    Input { reader, offset: None, guessed: guessed.map(Encoding::name), repairs }
}

/// UTF-16 without a mark: of the first letters, most have a zero byte on one side.
fn wide(head: &[u8]) -> Option<&'static Encoding> {
    let head = &head[..head.len().min(256) & !1];
    let zeros = |side: usize| head.chunks_exact(2).filter(|pair| pair[side] == 0).count();
    let most = |zeros: usize| head.len() >= 8 && zeros * 4 >= head.len() / 2 * 3;
    match (most(zeros(1)), most(zeros(0))) {
        (true, false) => Some(UTF_16LE),
        (false, true) => Some(UTF_16BE),
        _ => None,
    }
}

/// Reads another encoding as UTF-8.
struct Transcoder {
    reader: Box<dyn BufRead + Send>,
    decoder: Decoder,
    repairs: Arc<Repairs>,
    /// Text that the last caller had no room for, from `at` on.
    left: Vec<u8>,
    at: usize,
    ended: bool,
}

impl Transcoder {
    fn refill(&mut self) -> io::Result<()> {
        let bytes = self.reader.fill_buf()?;
        self.ended = bytes.is_empty();
        self.left.resize(BUFFER, 0);
        self.at = 0;
        let (result, read, written, malformed) =
            self.decoder.decode_to_utf8(bytes, &mut self.left, self.ended);
        // The rest of an end that does not fit comes with the next call.
        self.ended &= result == CoderResult::InputEmpty;
        self.left.truncate(written);
        self.reader.consume(read);
        if malformed {
            self.repairs.malformed();
        }
        Ok(())
    }
}

impl Read for Transcoder {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while self.at == self.left.len() && !self.ended {
            self.refill()?;
        }
        let n = out.len().min(self.left.len() - self.at);
        out[..n].copy_from_slice(&self.left[self.at..self.at + n]);
        self.at += n;
        Ok(n)
    }
}
