//! The folder where the encryption's state is kept: one process alone works in it, and nobody else can read it.

use std::{
    fs::{self, File, OpenOptions, TryLockError},
    io,
    os::unix::fs::{OpenOptionsExt, PermissionsExt},
    path::{Path, PathBuf},
};

use super::Ended;

/// The SDK's own files lie in here, so that they can be set aside together.
const SDK: &str = "sdk";
const LOCK: &str = "lock";

/// Held as long as this process works with the store.
#[derive(Debug)]
pub(super) struct Folder {
    path: PathBuf,
    _lock: File,
}

impl Folder {
    /// Makes the folder where there is none, and locks it.
    pub(super) fn lock(path: &Path) -> Result<Self, Ended> {
        let failed = |error: io::Error| Ended::Folder { folder: path.to_owned(), why: error.to_string() };
        fs::create_dir_all(path).map_err(failed)?;
        fs::set_permissions(path, fs::Permissions::from_mode(0o700)).map_err(failed)?;
        let lock = OpenOptions::new().create(true).truncate(false).write(true).mode(0o600).open(path.join(LOCK)).map_err(failed)?;
        match lock.try_lock() {
            Ok(()) => Ok(Self { path: path.to_owned(), _lock: lock }),
            Err(TryLockError::WouldBlock) => Err(Ended::InUse { folder: path.to_owned() }),
            Err(TryLockError::Error(error)) => Err(failed(error)),
        }
    }

    /// Where the SDK keeps its files.
    pub(super) fn sdk(&self) -> PathBuf {
        self.path.join(SDK)
    }

    /// Whether a store is there.
    pub(super) fn has_store(&self) -> bool {
        fs::read_dir(self.sdk()).is_ok_and(|mut files| files.next().is_some())
    }

    /// Takes a store that is of no use out of the way; what was set aside before is gone then. Its keys must not be used twice.
    pub(super) fn set_aside(&self) -> Result<(), Ended> {
        let aside = self.path.join("set-aside");
        let failed = |error: io::Error| Ended::Folder { folder: self.path.clone(), why: error.to_string() };
        if aside.exists() {
            fs::remove_dir_all(&aside).map_err(failed)?;
        }
        if self.sdk().exists() {
            fs::rename(self.sdk(), aside).map_err(failed)?;
        }
        Ok(())
    }

    /// Makes the SDK's folder, for this account's eyes alone.
    pub(super) fn prepare(&self) -> Result<(), Ended> {
        let failed = |error: io::Error| Ended::Folder { folder: self.path.clone(), why: error.to_string() };
        fs::create_dir_all(self.sdk()).map_err(failed)?;
        fs::set_permissions(self.sdk(), fs::Permissions::from_mode(0o700)).map_err(failed)
    }

    /// Takes from others what the SDK's files allow them by the machine's habits.
    pub(super) fn protect(&self) -> Result<(), Ended> {
        let failed = |error: io::Error| Ended::Folder { folder: self.path.clone(), why: error.to_string() };
        for file in fs::read_dir(self.sdk()).map_err(failed)? {
            let file = file.map_err(failed)?;
            if file.file_type().map_err(failed)?.is_file() {
                fs::set_permissions(file.path(), fs::Permissions::from_mode(0o600)).map_err(failed)?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_process_works_in_it_and_nobody_else_reads_it() {
        let parent = tempfile::tempdir().unwrap();
        let path = parent.path().join("matrix");
        let held = Folder::lock(&path).unwrap();
        assert!(matches!(Folder::lock(&path), Err(Ended::InUse { .. })));
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o700);
        assert!(!held.has_store());
        held.prepare().unwrap();
        fs::write(held.sdk().join("a.sqlite3"), "x").unwrap();
        assert!(held.has_store());
        held.protect().unwrap();
        assert_eq!(fs::metadata(held.sdk().join("a.sqlite3")).unwrap().permissions().mode() & 0o777, 0o600);
        held.set_aside().unwrap();
        assert!(!held.has_store());
        held.prepare().unwrap();
        fs::write(held.sdk().join("b.sqlite3"), "x").unwrap();
        held.set_aside().unwrap();
        assert!(path.join("set-aside/b.sqlite3").exists() && !path.join("set-aside/a.sqlite3").exists());
        drop(held);
        assert!(Folder::lock(&path).is_ok());
    }
}
