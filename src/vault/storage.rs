//! What a ring is kept in: a file, locked while it is open, or memory for a throw-away vault.

use std::{
    fs::{File, OpenOptions, TryLockError},
    io,
    os::unix::fs::FileExt,
    path::Path,
};

use super::{VaultError, files};

/// A ring's bytes.
pub(super) enum Storage {
    /// A file of our own, locked.
    File(File),
    /// Nowhere but here.
    Memory(Vec<u8>),
}

impl Storage {
    /// Opens a ring's file and locks it against other processes.
    pub(super) fn open(path: &Path) -> Result<Self, VaultError> {
        let file = OpenOptions::new().read(true).write(true).open(path).map_err(VaultError::io("open the key ring", path))?;
        files::refuse_exposed(path, &file)?;
        match file.try_lock() {
            Ok(()) => Ok(Self::File(file)),
            Err(TryLockError::WouldBlock) => Err(VaultError::RingInUse { ring: path.to_owned() }),
            Err(TryLockError::Error(error)) => Err(VaultError::io("lock the key ring", path)(error)),
        }
    }

    /// Opens a ring's file to look at it, whoever uses it.
    pub(super) fn look_at(path: &Path) -> Result<Self, VaultError> {
        let file = File::open(path).map_err(VaultError::io("open the key ring", path))?;
        files::refuse_exposed(path, &file)?;
        Ok(Self::File(file))
    }

    /// How many bytes there are.
    pub(super) fn len(&self) -> io::Result<u64> {
        match self {
            Self::File(file) => Ok(file.metadata()?.len()),
            Self::Memory(bytes) => Ok(bytes.len() as u64),
        }
    }

    /// Fills `into` from the bytes at `from`.
    pub(super) fn read(&self, from: u64, into: &mut [u8]) -> io::Result<()> {
        match self {
            Self::File(file) => file.read_exact_at(into, from),
            Self::Memory(bytes) => {
                let start = usize::try_from(from).unwrap_or(usize::MAX);
                let end = start.saturating_add(into.len());
                let range = bytes.get(start..end).ok_or(io::ErrorKind::UnexpectedEof)?;
                into.copy_from_slice(range);
                Ok(())
            }
        }
    }

    /// Writes `bytes` at `at`, which is at most the length, and makes them durable.
    pub(super) fn write(&mut self, at: u64, bytes: &[u8]) -> io::Result<()> {
        match self {
            Self::File(file) => {
                file.write_all_at(bytes, at)?;
                file.sync_data()
            }
            Self::Memory(all) => {
                let start = usize::try_from(at).unwrap_or(usize::MAX);
                let end = start.saturating_add(bytes.len());
                if all.len() < end {
                    all.resize(end, 0);
                }
                all[start..end].copy_from_slice(bytes);
                Ok(())
            }
        }
    }

    /// Cuts what is beyond `length`, durably.
    pub(super) fn cut(&mut self, length: u64) -> io::Result<()> {
        match self {
            Self::File(file) => {
                file.set_len(length)?;
                file.sync_data()
            }
            Self::Memory(bytes) => {
                bytes.truncate(usize::try_from(length).unwrap_or(usize::MAX));
                Ok(())
            }
        }
    }
}
