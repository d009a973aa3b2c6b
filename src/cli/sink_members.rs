//! Bytes to a file, plain or compressed. A compressed file is a row of members that begin and end where the
//! writer says, so that a run that was interrupted can be continued between two of them.

use std::io::{self, BufWriter, Write};
use std::path::Path;

/// How the bytes are packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coding {
    /// Not at all.
    Plain,
    /// As members of gzip.
    Gzip,
    /// As frames of Zstandard.
    Zstd,
}

impl Coding {
    /// What a file's ending asks for.
    pub fn of(path: &Path) -> Coding {
        match path.extension().and_then(|ending| ending.to_str()) {
            Some("gz") => Coding::Gzip,
            Some("zst") => Coding::Zstd,
            _ => Coding::Plain,
        }
    }
}

/// A file in the making.
pub struct Members {
    coding: Coding,
    state: State,
}

enum State {
    /// Between members; a plain file always is.
    Between(Raw),
    Gzip(flate2::write::GzEncoder<Raw>),
    Zstd(zstd::stream::write::Encoder<'static, Raw>),
    /// An encoder failed and took the file with it.
    Lost,
}

/// Zstandard's own default.
const ZSTD_LEVEL: i32 = 3;

impl Members {
    /// Goes on after the first `bytes` bytes of `out`, which stands there.
    pub fn new(out: Box<dyn Write + Send>, coding: Coding, bytes: u64) -> Members {
        let raw = Raw { out: BufWriter::with_capacity(1 << 17, out), bytes };
        Members { coding, state: State::Between(raw) }
    }

    /// Whether there are members at all.
    pub fn is_compressed(&self) -> bool {
        self.coding != Coding::Plain
    }

    /// Bytes of the file; nothing inside a member.
    pub fn bytes(&self) -> Option<u64> {
        match &self.state {
            State::Between(raw) => Some(raw.bytes),
            _ => None,
        }
    }

    /// Ends the member, if one is open.
    pub fn cut(&mut self) -> io::Result<()> {
        let raw = match std::mem::replace(&mut self.state, State::Lost) {
            State::Between(raw) => raw,
            State::Gzip(member) => member.finish()?,
            State::Zstd(member) => member.finish()?,
            State::Lost => return Err(lost()),
        };
        self.state = State::Between(raw);
        Ok(())
    }

    /// Ends the file; one that is compressed has at least one member, or it could not be unpacked.
    pub fn complete(&mut self) -> io::Result<u64> {
        if self.bytes() == Some(0) {
            self.begin()?;
        }
        self.cut()?;
        self.flush()?;
        self.bytes().ok_or_else(lost)
    }

    /// Begins a member, if none is open.
    fn begin(&mut self) -> io::Result<()> {
        if matches!(self.state, State::Between(_)) && self.is_compressed() {
            let State::Between(raw) = std::mem::replace(&mut self.state, State::Lost) else {
                return Err(lost());
            };
            self.state = match self.coding {
                Coding::Plain => State::Between(raw),
                Coding::Gzip => {
                    State::Gzip(flate2::write::GzEncoder::new(raw, flate2::Compression::default()))
                }
                Coding::Zstd => State::Zstd(zstd::stream::write::Encoder::new(raw, ZSTD_LEVEL)?),
            };
        }
        Ok(())
    }
}

impl Write for Members {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.begin()?;
        match &mut self.state {
            State::Between(out) => out.write(bytes),
            State::Gzip(out) => out.write(bytes),
            State::Zstd(out) => out.write(bytes),
            State::Lost => Err(lost()),
        }
    }

    /// Does not flush what an open member holds: that would change its bytes.
    fn flush(&mut self) -> io::Result<()> {
        match &mut self.state {
            State::Between(out) => out.flush(),
            State::Gzip(_) | State::Zstd(_) => Ok(()),
            State::Lost => Err(lost()),
        }
    }
}

fn lost() -> io::Error {
    io::Error::other("an earlier write failed")
}

/// A file and how many bytes it was given.
struct Raw {
    out: BufWriter<Box<dyn Write + Send>>,
    bytes: u64,
}

impl Write for Raw {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes)?;
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::sync::{Arc, Mutex};

    use super::{Coding, Members};

    #[derive(Clone, Default)]
    struct Shared(Arc<Mutex<Vec<u8>>>);

    impl Write for Shared {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().expect("free").write(bytes)
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    fn written(coding: Coding, parts: &[&[u8]]) -> Vec<u8> {
        let file = Shared::default();
        let mut members = Members::new(Box::new(file.clone()), coding, 0);
        for part in parts {
            members.write_all(part).expect("written");
            members.cut().expect("cut");
        }
        let bytes = members.complete().expect("complete");
        let file = file.0.lock().expect("free").clone();
        assert_eq!(bytes, file.len() as u64);
        file
    }

    #[test]
    fn members_are_independent_and_read_as_one() {
        let cases: [&[&[u8]]; 3] = [&[], &[b"one"], &[b"one", b"", b"two"]];
        for parts in cases {
            let want: Vec<u8> = parts.concat();
            assert_eq!(written(Coding::Plain, parts), want);
            let mut got = Vec::new();
            let gzip = written(Coding::Gzip, parts);
            flate2::read::MultiGzDecoder::new(&*gzip).read_to_end(&mut got).expect("gzip");
            assert_eq!(got, want);
            let zstd = written(Coding::Zstd, parts);
            assert_eq!(zstd::decode_all(&*zstd).expect("zstd"), want);
            let alone: Vec<u8> =
                parts.iter().filter(|p| !p.is_empty()).flat_map(|p| written(Coding::Gzip, &[p])).collect();
            assert!(want.is_empty() || alone == gzip);
        }
    }
}
