//! What the vault promises, held to: at opening, while sealing, and through crashes and damage.

mod opening;
mod ring;
mod sealing;

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
};

use super::{
    ring::{BATCH, HEADER_BYTES, RECORD_BYTES},
    *,
};

struct Home {
    folder: tempfile::TempDir,
}

impl Home {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    fn key(&self) -> PathBuf {
        self.folder.path().join("secret/master.key")
    }

    fn ring(&self) -> PathBuf {
        self.folder.path().join("secret/keys.ring")
    }

    fn open(&self, existing: Existing) -> Result<Vault, VaultError> {
        Vault::open(&self.key(), &self.ring(), existing)
    }

    /// A vault with the keys of so many subjects, durable and closed again.
    fn with_keys(count: u8) -> (Self, Vec<Vec<u8>>) {
        let home = Self::new();
        let vault = home.open(Existing::Nothing).unwrap();
        let sealed = (0..count).map(|n| seal(&vault, n)).collect();
        vault.make_durable().unwrap();
        (home, sealed)
    }
}

const ROW: &[u8] = &[7; 16];

fn subject(n: u8) -> Subject {
    Subject([n; 16])
}

fn note() -> Field<'static> {
    Field::new("checkin", "note", ROW)
}

fn seal(vault: &Vault, n: u8) -> Vec<u8> {
    vault.seal(subject(n), &note(), &[n; 40]).unwrap()
}

fn open(vault: &Vault, n: u8, sealed: &[u8]) -> Result<Option<Vec<u8>>, VaultError> {
    vault.open_sealed(subject(n), &note(), sealed)
}

fn contains(haystack: &[u8], needle: &[u8]) -> bool {
    haystack.windows(needle.len()).any(|window| window == needle)
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}
