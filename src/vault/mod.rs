//! The vault: seals what people entrust to the bot under a key for each of them, and hashes what is looked up.
//!
//! The master key is a small text file. Under it lie the keys of the subjects (persons, accounts, communities,
//! rooms), in a ring outside the database. Who takes the database alone learns nothing;
//! who destroys a subject's key makes all that was sealed under it unreadable, in every backup too.
//!
//! Keys and derived keys are wiped from memory when they are dropped. What the vault opens for its callers is theirs.

mod crypt;
mod error;
mod files;
mod index;
mod keyfile;
mod ring;
mod storage;
mod subject;
#[cfg(test)]
mod tests;

use std::{
    collections::HashMap,
    path::Path,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use self::{
    crypt::{Key, NONCE_BYTES},
    ring::{Found, Locator, Ring},
    storage::Storage,
};
pub use self::{
    error::VaultError,
    ring::RingReport,
    subject::{Field, Subject},
};

/// The format of sealed values: this byte, nonce, ciphertext of the padded text.
const FORMAT: u8 = 1;
/// Texts are padded to a multiple of this many bytes, so that a sealed value tells little of its length.
const PADDING_BYTES: usize = 32;
/// How many opened keys are kept at hand.
const CACHED_KEYS_MAX: usize = 8192;

/// Whether a database is already there when the vault is opened.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Existing {
    /// No: missing files are made.
    Nothing,
    /// Yes: missing files are a fault, and never remade.
    Database,
}

/// The vault of one installation. Shared behind an `Arc`; every method may be called from any thread.
/// `make_durable`, `destroy` and `report` wait for the disk; the others do at most one short read.
pub struct Vault {
    state: Mutex<State>,
    lookups: Key,
    seeds: Key,
}

struct State {
    ring: Ring,
    /// Keys that no disk has yet.
    pending: HashMap<Subject, (Locator, Arc<Key>)>,
    cached: HashMap<Subject, Arc<Key>>,
}

enum Held {
    Key(Arc<Key>),
    Destroyed,
    Absent(Locator),
}

impl Vault {
    /// Opens the vault of these two files. Where neither database nor files exist, makes both (0600, their folders 0700)
    /// and logs once where they are. Beside an existing database, what is missing, foreign or damaged is refused.
    ///
    /// The ring stays locked against other processes while the vault lives.
    pub fn open(key_file: &Path, ring: &Path, expectation: Existing) -> Result<Self, VaultError> {
        let master = match (files::exists(key_file)?, files::exists(ring)?, expectation) {
            (true, true, _) => keyfile::read(key_file)?,
            (false, _, Existing::Database) => return Err(VaultError::KeyMissing { key_file: key_file.to_owned() }),
            (true, false, Existing::Database) => return Err(VaultError::RingMissing { ring: ring.to_owned() }),
            (false, true, Existing::Nothing) => {
                return Err(VaultError::RingWithoutKey { ring: ring.to_owned(), key_file: key_file.to_owned() });
            }
            (has_key, false, Existing::Nothing) => {
                let master = if has_key { keyfile::read(key_file)? } else { keyfile::create(key_file)? };
                files::create_private(ring, &ring::new_header(&master)?)?;
                tracing::info!(
                    key_file = %key_file.display(), ring = %ring.display(),
                    "made the master key and the key ring; keep a copy of the key apart from the backups"
                );
                master
            }
        };
        let mut opened = Ring::load(Storage::open(ring)?, ring, key_file, &master)?;
        opened.finish_destructions()?;
        Ok(Self::of(&master, opened))
    }

    /// The vault of these two files as it is now, if `open` would accept them; it changes and locks nothing, so it may be
    /// looked at beside a running instance.
    pub fn look_at(key_file: &Path, ring: &Path) -> Result<Self, VaultError> {
        if !files::exists(key_file)? {
            return Err(VaultError::KeyMissing { key_file: key_file.to_owned() });
        }
        let master = keyfile::read(key_file)?;
        if !files::exists(ring)? {
            return Err(VaultError::RingMissing { ring: ring.to_owned() });
        }
        Ok(Self::of(&master, Ring::load(Storage::look_at(ring)?, ring, key_file, &master)?))
    }

    /// A vault that leaves no trace: for tests and throw-away databases.
    pub fn in_memory() -> Result<Self, VaultError> {
        let master = Key::random()?;
        let storage = Storage::Memory(ring::new_header(&master)?.to_vec());
        let nowhere = Path::new("(memory)");
        Ok(Self::of(&master, Ring::load(storage, nowhere, nowhere, &master)?))
    }

    fn of(master: &Key, ring: Ring) -> Self {
        Self {
            state: Mutex::new(State { ring, pending: HashMap::new(), cached: HashMap::new() }),
            lookups: master.derive("lookups"),
            seeds: master.derive("seeds"),
        }
    }

    /// Which installation this is; the database keeps it beside its data.
    pub fn installation_id(&self) -> [u8; 16] {
        self.state().ring.installation()
    }

    /// Refuses a ring that belongs to another database than the one that stored these bytes.
    pub fn check_installation(&self, stored: &[u8]) -> Result<(), VaultError> {
        let state = self.state();
        if stored == state.ring.installation() {
            return Ok(());
        }
        Err(VaultError::ForeignRing { ring: state.ring.path().to_owned() })
    }

    /// How many records the durable ring has; it only grows. Stored by the database in the commit after `make_durable`,
    /// it tells at the next start whether an old copy of the ring was put back.
    pub fn height(&self) -> u64 {
        self.state().ring.height()
    }

    /// Refuses a ring that is older than the database that stored this height, or whose newest keys are damaged.
    /// To be called before anything is sealed.
    pub fn check_height(&self, stored: u64) -> Result<(), VaultError> {
        self.state().ring.check_height(stored)
    }

    /// Seals `plain` for this place under the subject's key. A subject's first use makes its key, in memory:
    /// [`make_durable`](Self::make_durable) comes before the commit.
    ///
    /// Empty and one-byte texts seal to the same length: only multiples of 32 bytes show.
    pub fn seal(&self, subject: Subject, field: &Field, plain: &[u8]) -> Result<Vec<u8>, VaultError> {
        let Field { table, column, .. } = *field;
        let key = self.key_to_seal(subject)?.ok_or(VaultError::Destroyed { table, column })?;
        let padded = zeroize::Zeroizing::new(pad(plain));
        let sealed = key.encrypt(&field.bound_to(FORMAT), &padded)?.ok_or(VaultError::TooLarge { table, column })?;
        Ok([&[FORMAT], sealed.as_slice()].concat())
    }

    /// Opens what was sealed for this place. `None` where the subject's key was destroyed ("a former member").
    pub fn open_sealed(&self, subject: Subject, field: &Field, sealed: &[u8]) -> Result<Option<Vec<u8>>, VaultError> {
        let Field { table, column, .. } = *field;
        let key = match self.state().held(subject)? {
            Held::Key(key) => key,
            Held::Destroyed => return Ok(None),
            Held::Absent(_) => return Err(VaultError::NoKey { table, column }),
        };
        let opened = sealed.split_first().filter(|(format, rest)| **format == FORMAT && rest.len() > NONCE_BYTES);
        let opened = opened.and_then(|(_, rest)| key.decrypt(&field.bound_to(FORMAT), rest));
        let plain = opened.as_ref().and_then(|padded| unpad(padded)).ok_or(VaultError::NotGenuine { table, column })?;
        Ok(Some(plain.to_vec()))
    }

    /// Makes all new keys durable. The engine calls it before the commit that uses them;
    /// where nothing is pending it costs nothing. After an error the keys are still pending, and it may be called again.
    pub fn make_durable(&self) -> Result<(), VaultError> {
        let mut state = self.state();
        if state.pending.is_empty() {
            return Ok(());
        }
        let new = std::mem::take(&mut state.pending);
        let entries: Vec<_> = new.values().map(|(locator, key)| (*locator, Some(&**key))).collect();
        let before = state.ring.height();
        let result = state.ring.append(&entries);
        // What a failing append still made durable before it failed are its first entries.
        let durable = usize::try_from(state.ring.height() - before).unwrap_or(usize::MAX);
        for (nth, (subject, (locator, key))) in new.into_iter().enumerate() {
            if nth < durable {
                state.cache(subject, key);
            } else {
                state.pending.insert(subject, (locator, key));
            }
        }
        result
    }

    /// Drops the keys that are not durable, after a rollback. What was sealed under them can then be opened by nobody.
    /// It need not be called: a key that stays pending becomes durable with the next commit, harms nobody,
    /// and serves when the same events run again.
    pub fn forget_pending(&self) {
        self.state().pending.clear();
    }

    /// Destroys a subject's key, durably; the subject never gets another. Whether there was one.
    /// May be repeated: an erasure that a crash cut short does it again.
    ///
    /// The bytes are overwritten in place. Disks that move what they write may keep the old ones for a while,
    /// sealed under the master key.
    pub fn destroy(&self, subject: Subject) -> Result<bool, VaultError> {
        let mut state = self.state();
        let locator = state.ring.locator(subject);
        let was_live = state.ring.destroy(&locator)?;
        state.cached.remove(&subject);
        let was_pending = state.pending.remove(&subject).is_some();
        Ok(was_live || was_pending)
    }

    /// Whether a subject's key was destroyed: what is still there of it belongs to nobody any more.
    pub fn is_destroyed(&self, subject: Subject) -> Result<bool, VaultError> {
        Ok(matches!(self.state().held(subject)?, Held::Destroyed))
    }

    /// How many keys were destroyed; it only grows. Stored by the database once an erasure is finished, it tells at the next
    /// start whether there may be something of somebody erased: an old backup was put back.
    pub fn destroyed(&self) -> u64 {
        self.state().ring.destroyed()
    }

    /// A keyed hash for look-ups by what must not be readable: names, addresses, keys of events.
    /// The same for the same purpose and data, in this installation alone.
    pub fn hash(&self, purpose: &'static str, data: &[u8]) -> [u8; 32] {
        self.lookups.mac(&[&(purpose.len() as u64).to_le_bytes(), purpose.as_bytes(), data])
    }

    /// The seed from which an event's ids are made: a keyed hash of the event's key.
    pub fn seed(&self, data: &[u8]) -> [u8; 32] {
        self.seeds.mac(&[data])
    }

    /// Opens every record of the ring; for `verify`.
    pub fn report(&self) -> Result<RingReport, VaultError> {
        self.state().ring.report()
    }

    fn key_to_seal(&self, subject: Subject) -> Result<Option<Arc<Key>>, VaultError> {
        let mut state = self.state();
        match state.held(subject)? {
            Held::Key(key) => Ok(Some(key)),
            Held::Destroyed => Ok(None),
            Held::Absent(locator) => {
                let key = Arc::new(Key::random()?);
                state.pending.insert(subject, (locator, Arc::clone(&key)));
                Ok(Some(key))
            }
        }
    }

    /// No method leaves the state half-changed where it can panic, so a poisoned lock is as good as any.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn held(&mut self, subject: Subject) -> Result<Held, VaultError> {
        if let Some(key) = self.cached.get(&subject) {
            return Ok(Held::Key(Arc::clone(key)));
        }
        if let Some((_, key)) = self.pending.get(&subject) {
            return Ok(Held::Key(Arc::clone(key)));
        }
        let locator = self.ring.locator(subject);
        Ok(match self.ring.find(&locator)? {
            Found::Destroyed => Held::Destroyed,
            Found::Absent => Held::Absent(locator),
            Found::Live(key) => {
                let key = Arc::new(key);
                self.cache(subject, Arc::clone(&key));
                Held::Key(key)
            }
        })
    }

    fn cache(&mut self, subject: Subject, key: Arc<Key>) {
        if self.cached.len() >= CACHED_KEYS_MAX {
            self.cached.clear();
        }
        self.cached.insert(subject, key);
    }
}

/// The text, a mark, zeros up to the next multiple (ISO/IEC 7816-4).
fn pad(plain: &[u8]) -> Vec<u8> {
    let mut padded = Vec::with_capacity((plain.len() + 1).next_multiple_of(PADDING_BYTES));
    padded.extend_from_slice(plain);
    padded.push(0x80);
    padded.resize(padded.len().next_multiple_of(PADDING_BYTES), 0);
    padded
}

fn unpad(padded: &[u8]) -> Option<&[u8]> {
    let mark = padded.iter().rposition(|byte| *byte != 0)?;
    (padded[mark] == 0x80).then_some(&padded[..mark])
}
