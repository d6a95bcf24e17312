//! What can go wrong with the key file, the ring and what is sealed, each with what the operator is to do.

use std::{io, path::PathBuf};

/// A fault of the vault. The texts are for the operator, name files and nobody, and say what to do next.
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    /// The database is there, its master key is not.
    #[error(
        "the master key {key_file} is missing, but the database exists: without its own key nothing in it can be read, \
         and a new key is never made beside it. Put your copy of the key back at {key_file}, or write in `vault.key_file` where it is"
    )]
    KeyMissing {
        /// Where it was looked for.
        key_file: PathBuf,
    },
    /// A ring is there without the key it is sealed under.
    #[error(
        "the key ring {ring} is there, but its master key {key_file} is missing: put your copy of the key back, \
         or, if this is to be a new installation, move the ring away"
    )]
    RingWithoutKey {
        /// The ring that was found.
        ring: PathBuf,
        /// Where the key was looked for.
        key_file: PathBuf,
    },
    /// The key file cannot be understood.
    #[error("the master key file {key_file} is damaged ({why}): put your copy of the key back, and change nothing in it by hand")]
    KeyDamaged {
        /// The file.
        key_file: PathBuf,
        /// What is wrong with it, without any of its content.
        why: &'static str,
    },
    /// Others than the owner can read or write a secret file.
    #[error("other accounts of this machine can reach {path} (mode {mode:03o}): run `chmod 600 {path}`")]
    Exposed {
        /// The file.
        path: PathBuf,
        /// Its permission bits.
        mode: u32,
    },
    /// The database is there, its ring is not.
    #[error(
        "the key ring {ring} is missing, but the database exists: without its own ring nothing in it can be read, \
         and a new ring is never made beside it. Put the newest copy of the ring back at {ring}, or write in `vault.ring` where it is"
    )]
    RingMissing {
        /// Where it was looked for.
        ring: PathBuf,
    },
    /// The ring's seal does not open with this master key.
    #[error(
        "the master key {key_file} and the key ring {ring} do not belong together: put back the two that were used with this database \
         (`vault.key_file`, `vault.ring`)"
    )]
    ForeignKey {
        /// The master key.
        key_file: PathBuf,
        /// The ring.
        ring: PathBuf,
    },
    /// Key and ring go together, but with another database.
    #[error(
        "the key ring {ring} belongs to another database: put back the ring and the master key that were used with this one, \
         or write in `database.url` where theirs is"
    )]
    ForeignRing {
        /// The ring.
        ring: PathBuf,
    },
    /// The ring cannot be understood.
    #[error("the key ring {ring} is damaged ({why}): put the newest copy of the ring back")]
    RingDamaged {
        /// The file.
        ring: PathBuf,
        /// What is wrong with it.
        why: &'static str,
    },
    /// The ring was made by a newer program.
    #[error("the key ring {ring} was written by a newer version of entraide (format {version}): start that version or a later one")]
    RingNewer {
        /// The file.
        ring: PathBuf,
        /// The format it bears.
        version: u32,
    },
    /// The ring holds fewer keys than the database knows to exist: an old copy was put back.
    #[error(
        "the key ring {ring} is older than the database (it knows {found} keys, the database {expected}): put the newest copy of the ring back, \
         or restore a backup of the database from the same day"
    )]
    RingStale {
        /// The file.
        ring: PathBuf,
        /// Keys that the ring knows, destroyed ones counted.
        found: u64,
        /// Keys that it must know.
        expected: u64,
    },
    /// Another process holds the ring.
    #[error("the key ring {ring} is in use by another entraide: stop that one first, or ask it")]
    RingInUse {
        /// The file.
        ring: PathBuf,
    },
    /// A file could not be read or written.
    #[error("cannot {doing} {path}: {source}")]
    Io {
        /// What was tried.
        doing: &'static str,
        /// On which file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The system gave no random bytes.
    #[error("the system gave no random numbers, without which nothing can be sealed: {0}")]
    Random(getrandom::Error),
    /// Something is to be sealed for a subject whose key was destroyed; a new one is never made.
    #[error("the key of this subject was destroyed: nothing can be kept for it any more ({table}.{column})")]
    Destroyed {
        /// For which table.
        table: &'static str,
        /// For which column.
        column: &'static str,
    },
    /// A sealed value has no key, and none was destroyed: the ring is not the one that sealed it.
    #[error(
        "the key ring lacks the key of a sealed value ({table}.{column}): it is not the current ring; put the newest copy of the ring back"
    )]
    NoKey {
        /// In which table.
        table: &'static str,
        /// In which column.
        column: &'static str,
    },
    /// A sealed value was changed, moved to another place, or sealed under another key.
    #[error("a sealed value in {table}.{column} is not genuine: it was changed or moved; restore the database from a backup")]
    NotGenuine {
        /// In which table.
        table: &'static str,
        /// In which column.
        column: &'static str,
    },
    /// Too large to be sealed.
    #[error("a value for {table}.{column} is too large to be sealed")]
    TooLarge {
        /// For which table.
        table: &'static str,
        /// For which column.
        column: &'static str,
    },
}

impl VaultError {
    /// Wraps an I/O error with what was tried and where.
    pub(super) fn io(doing: &'static str, path: &std::path::Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Io { doing, path, source }
    }
}
