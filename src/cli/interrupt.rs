//! Ctrl-C and the request to terminate: noted, so that a run can end where it can be taken up again.

use std::io::{self, Read};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::sync::{Arc, LazyLock};
use std::thread;
use std::time::Duration;

use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;

/// Whether an early end was asked for.
static ASKED: LazyLock<Arc<AtomicBool>> = LazyLock::new(Arc::default);

/// The exit code of a run that ends early, as shells count it.
const INTERRUPTED: i32 = 130;

/// From now on the first request is noted only; a second one ends the program at once.
pub fn watch() -> io::Result<()> {
    for signal in [SIGINT, SIGTERM] {
        flag::register_conditional_shutdown(signal, INTERRUPTED, ASKED.clone())?;
        flag::register(signal, ASKED.clone())?;
    }
    Ok(())
}

/// Whether an early end was asked for.
pub fn asked() -> bool {
    ASKED.load(Ordering::Relaxed)
}

/// A reader that may have to wait long for its bytes, but ends when an early end is asked for.
pub fn patient(mut source: impl Read + Send + 'static) -> impl Read + Send {
    let (send, parts) = sync_channel(1);
    // Nobody waits for this thread: a read that hangs would hold up the end of the program.
    thread::spawn(move || {
        loop {
            let mut part = vec![0; 256 << 10];
            let read = source.read(&mut part);
            if read.as_ref().is_err_and(|e| e.kind() == io::ErrorKind::Interrupted) {
                continue;
            }
            let end = matches!(read, Ok(0) | Err(_));
            let part = read.map(|bytes| {
                part.truncate(bytes);
                part
            });
            if send.send(part).is_err() || end {
                return;
            }
        }
    });
    Patient { parts, part: Vec::new(), read: 0 }
}

struct Patient {
    parts: Receiver<io::Result<Vec<u8>>>,
    part: Vec<u8>,
    read: usize,
}

impl Read for Patient {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.read == self.part.len() {
            match self.parts.recv_timeout(Duration::from_millis(50)) {
                Ok(part) => (self.part, self.read) = (part?, 0),
                Err(RecvTimeoutError::Disconnected) => return Ok(0),
                Err(RecvTimeoutError::Timeout) if asked() => return Ok(0),
                Err(RecvTimeoutError::Timeout) => continue,
            }
            if self.part.is_empty() {
                return Ok(0);
            }
        }
        let bytes = buffer.len().min(self.part.len() - self.read);
        buffer[..bytes].copy_from_slice(&self.part[self.read..self.read + bytes]);
        self.read += bytes;
        Ok(bytes)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::patient;

    #[test]
    fn waiting_changes_no_byte() {
        let bytes: Vec<u8> = (0..1_000_000u32).flat_map(u32::to_le_bytes).collect();
        let mut got = Vec::new();
        let mut reader = patient(std::io::Cursor::new(bytes.clone()));
        reader.read_to_end(&mut got).expect("read");
        assert!(got == bytes && reader.read(&mut [0; 9]).expect("the end") == 0);
    }
}
