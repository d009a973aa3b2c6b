//! Where results go: standard output, or a file that is written aside and renamed when it is complete.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use super::failure::Failure;

/// An output that either arrives whole or not at all.
pub struct Sink {
    writer: Writer,
    /// The file aside and its final name.
    aside: Option<(PathBuf, PathBuf)>,
}

enum Writer {
    Plain(BufWriter<Box<dyn Write + Send>>),
    Gzip(flate2::write::GzEncoder<BufWriter<Box<dyn Write + Send>>>),
    Zstd(zstd::stream::write::Encoder<'static, BufWriter<Box<dyn Write + Send>>>),
    Closed,
}

impl Sink {
    /// Opens the output; nothing is standard output.
    pub fn open(path: Option<&Path>) -> Result<Sink, Failure> {
        let Some(path) = path else {
            let out: Box<dyn Write + Send> = Box::new(io::stdout());
            return Ok(Sink { writer: Writer::Plain(BufWriter::with_capacity(1 << 16, out)), aside: None });
        };
        let aside = aside(path);
        let file = File::create(&aside).map_err(|e| Failure::io("write", &aside, &e))?;
        let out = BufWriter::with_capacity(1 << 18, Box::new(file) as Box<dyn Write + Send>);
        let writer = match path.extension().and_then(|e| e.to_str()) {
            Some("gz") => Writer::Gzip(flate2::write::GzEncoder::new(out, flate2::Compression::default())),
            Some("zst") => Writer::Zstd(
                zstd::stream::write::Encoder::new(out, 3).map_err(|e| Failure::io("write", &aside, &e))?,
            ),
            _ => Writer::Plain(out),
        };
        Ok(Sink { writer, aside: Some((aside, path.to_owned())) })
    }

    /// Completes the output and gives it its name.
    pub fn finish(mut self) -> Result<(), Failure> {
        let shown =
            self.aside.as_ref().map_or_else(|| PathBuf::from("standard output"), |(_, path)| path.clone());
        let fail = |e: io::Error| Failure::io("write", &shown, &e);
        match std::mem::replace(&mut self.writer, Writer::Closed) {
            Writer::Plain(mut out) => out.flush().map_err(fail)?,
            Writer::Gzip(out) => out.finish().and_then(|mut out| out.flush()).map_err(fail)?,
            Writer::Zstd(out) => out.finish().and_then(|mut out| out.flush()).map_err(fail)?,
            Writer::Closed => {}
        }
        if let Some((aside, path)) = &self.aside {
            fs::rename(aside, path).map_err(fail)?;
            self.aside = None;
        }
        Ok(())
    }
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.writer {
            Writer::Plain(out) => out.write(bytes),
            Writer::Gzip(out) => out.write(bytes),
            Writer::Zstd(out) => out.write(bytes),
            Writer::Closed => Err(io::ErrorKind::BrokenPipe.into()),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.writer {
            Writer::Plain(out) => out.flush(),
            Writer::Gzip(out) => out.flush(),
            Writer::Zstd(out) => out.flush(),
            Writer::Closed => Ok(()),
        }
    }
}

impl Drop for Sink {
    /// What was not finished leaves no trace.
    fn drop(&mut self) {
        if let Some((aside, _)) = &self.aside {
            _ = fs::remove_file(aside);
        }
    }
}

/// The name under which a file is written before it is complete.
fn aside(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.{}.partial", std::process::id()))
}
