//! The key ring: the subjects' keys in a file of their own, each sealed under the master key, kept until destroyed.
//!
//! ```text
//! header  magic 8 · version 4 · record bytes 4 · installation 16 · MAC 32
//! record  kind 1 · locator 16 · nonce 24 · sealed key 48
//! ```
//!
//! A locator is a keyed hash of the subject, so the file names nobody. Records are appended and never moved;
//! the place of a destroyed key keeps its locator, as a mark that the subject never gets another.
//! So the number of records only grows, and tells an old copy of the ring from the current one.
//!
//! A crash while appending leaves records that nothing was committed with. They can be whole (harmless), cut
//! (beyond the last whole record: overwritten by the next), or wrong: those are among the last `BATCH`,
//! whose seals are checked at load; the rest are checked when they are used, which keeps the start short.

use std::path::{Path, PathBuf};

use super::{
    Subject, VaultError,
    crypt::{KEY_BYTES, Key, NONCE_BYTES, TAG_BYTES},
    index::Index,
    storage::Storage,
};

/// What a subject is called in the ring: a keyed hash.
pub(super) type Locator = [u8; LOCATOR_BYTES];

const LOCATOR_BYTES: usize = 16;
const MAGIC: &[u8; 8] = b"entrring";
const VERSION: u32 = 1;
const SIGNED_BYTES: usize = 32;
pub(super) const HEADER_BYTES: usize = SIGNED_BYTES + 32;
const SECRET_AT: usize = 1 + LOCATOR_BYTES;
pub(super) const RECORD_BYTES: usize = SECRET_AT + NONCE_BYTES + KEY_BYTES + TAG_BYTES;
/// Most records made durable at once; as many of the last are checked at load.
pub(super) const BATCH: usize = 256;
/// Records read at once at load: about a mebibyte.
const CHUNK: usize = 11_000;

const LIVE: u8 = 1;
const DESTROYED: u8 = 2;
const VOID: u8 = 3;

type Record = [u8; RECORD_BYTES];

/// What the ring says of a subject.
pub(super) enum Found {
    /// Its key.
    Live(Key),
    /// It had one once, or is never to have one.
    Destroyed,
    /// Nothing.
    Absent,
}

/// How many records of each kind a ring has.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct RingReport {
    /// Keys that open.
    pub live: u64,
    /// Marks of destroyed keys.
    pub destroyed: u64,
    /// Records that a crash left, which nothing uses.
    pub void: u64,
    /// Keys that no longer open.
    pub damaged: u64,
}

/// An open ring.
pub(super) struct Ring {
    storage: Storage,
    path: PathBuf,
    installation: [u8; 16],
    locators: Key,
    records: Key,
    index: Index,
    slots: u32,
    /// Slots among the last whose seal does not open: left by a crash, or damaged.
    broken: Vec<u32>,
    /// Slots whose destruction a crash cut short.
    unfinished: Vec<u32>,
    destroyed: u64,
}

/// The header of a new ring.
pub(super) fn new_header(master: &Key) -> Result<[u8; HEADER_BYTES], VaultError> {
    let mut header = [0; HEADER_BYTES];
    header[..8].copy_from_slice(MAGIC);
    header[8..12].copy_from_slice(&VERSION.to_le_bytes());
    header[12..16].copy_from_slice(&(RECORD_BYTES as u32).to_le_bytes());
    getrandom::fill(&mut header[16..SIGNED_BYTES]).map_err(VaultError::Random)?;
    let tag = master.derive("ring header").mac(&[&header[..SIGNED_BYTES]]);
    header[SIGNED_BYTES..].copy_from_slice(&tag);
    Ok(header)
}

fn word(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
}

fn offset(slot: u32) -> u64 {
    HEADER_BYTES as u64 + u64::from(slot) * RECORD_BYTES as u64
}

impl Ring {
    /// Reads a ring and writes nothing.
    pub(super) fn load(storage: Storage, path: &Path, key_file: &Path, master: &Key) -> Result<Self, VaultError> {
        let damaged = |why| VaultError::RingDamaged { ring: path.to_owned(), why };
        let length = storage.len().map_err(VaultError::io("read", path))?;
        let mut header = [0; HEADER_BYTES];
        if length < HEADER_BYTES as u64 {
            return Err(damaged("it is shorter than its own header"));
        }
        storage.read(0, &mut header).map_err(VaultError::io("read", path))?;
        if header[..8] != *MAGIC {
            return Err(damaged("it is no key ring, or its beginning was overwritten"));
        }
        if word(&header, 8) > VERSION {
            return Err(VaultError::RingNewer { ring: path.to_owned(), version: word(&header, 8) });
        }
        if !master.derive("ring header").mac_is(&[&header[..SIGNED_BYTES]], &header[SIGNED_BYTES..]) {
            return Err(VaultError::ForeignKey { key_file: key_file.to_owned(), ring: path.to_owned() });
        }
        let slots = (length - HEADER_BYTES as u64) / RECORD_BYTES as u64;
        let slots = u32::try_from(slots).ok().filter(|slots| *slots < u32::MAX).ok_or_else(|| damaged("it is too long"))?;
        let mut installation = [0; 16];
        installation.copy_from_slice(&header[16..SIGNED_BYTES]);
        let mut ring = Self {
            storage,
            path: path.to_owned(),
            installation,
            locators: master.derive("ring locators"),
            records: master.derive("ring records"),
            index: Index::with_room(slots as usize),
            slots,
            broken: Vec::new(),
            unfinished: Vec::new(),
            destroyed: 0,
        };
        ring.read_records()?;
        Ok(ring)
    }

    fn read_records(&mut self) -> Result<(), VaultError> {
        let doubtful_from = self.slots.saturating_sub(BATCH as u32);
        self.each_record(|ring, slot, record| {
            let whole = match record[0] {
                LIVE => slot < doubtful_from || ring.unseal(record).is_some(),
                DESTROYED => {
                    ring.destroyed += 1;
                    if record[SECRET_AT..].iter().any(|byte| *byte != 0) {
                        ring.unfinished.push(slot);
                    }
                    true
                }
                VOID => return,
                _ => false,
            };
            if whole {
                ring.index.insert(&locator_of(record), slot);
            } else {
                ring.broken.push(slot);
            }
        })
    }

    fn each_record(&mut self, mut visit: impl FnMut(&mut Self, u32, &Record)) -> Result<(), VaultError> {
        let mut chunk = vec![0; CHUNK.min(self.slots as usize) * RECORD_BYTES];
        let mut slot = 0;
        while slot < self.slots {
            let count = CHUNK.min((self.slots - slot) as usize);
            let bytes = &mut chunk[..count * RECORD_BYTES];
            self.storage.read(offset(slot), bytes).map_err(VaultError::io("read", &self.path))?;
            for record in bytes.as_chunks::<RECORD_BYTES>().0 {
                visit(self, slot, record);
                slot += 1;
            }
        }
        Ok(())
    }

    /// Ends the destructions that a crash cut short.
    pub(super) fn finish_destructions(&mut self) -> Result<(), VaultError> {
        while let Some(slot) = self.unfinished.last().copied() {
            self.wipe(slot)?;
            self.unfinished.pop();
        }
        Ok(())
    }

    /// Which installation this ring belongs to.
    pub(super) fn installation(&self) -> [u8; 16] {
        self.installation
    }

    /// Where it is.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// How many records there are; never fewer than before.
    pub(super) fn height(&self) -> u64 {
        u64::from(self.slots)
    }

    /// How many marks of destroyed keys there are; never fewer than before.
    pub(super) fn destroyed(&self) -> u64 {
        self.destroyed
    }

    /// Whether all of the first `height` records are here and none of them broke.
    pub(super) fn check_height(&self, height: u64) -> Result<(), VaultError> {
        if self.height() < height {
            return Err(VaultError::RingStale { ring: self.path.clone(), found: self.height(), expected: height });
        }
        if self.broken.iter().any(|slot| u64::from(*slot) < height) {
            return Err(VaultError::RingDamaged { ring: self.path.clone(), why: "keys in it were overwritten" });
        }
        Ok(())
    }

    /// What a subject is called here.
    pub(super) fn locator(&self, subject: Subject) -> Locator {
        let mut locator = [0; LOCATOR_BYTES];
        locator.copy_from_slice(&self.locators.mac(&[&subject.0])[..LOCATOR_BYTES]);
        locator
    }

    /// The key of a subject.
    pub(super) fn find(&self, locator: &Locator) -> Result<Found, VaultError> {
        let Some((_, record)) = self.slot_of(locator)? else { return Ok(Found::Absent) };
        if record[0] == DESTROYED {
            return Ok(Found::Destroyed);
        }
        let why = "a key in it does not open";
        self.unseal(&record).map(Found::Live).ok_or_else(|| VaultError::RingDamaged { ring: self.path.clone(), why })
    }

    /// Adds keys, and marks (`None`) for subjects that never get one; durable when it returns.
    pub(super) fn append(&mut self, entries: &[(Locator, Option<&Key>)]) -> Result<(), VaultError> {
        self.make_ready()?;
        for batch in entries.chunks(BATCH) {
            let mut bytes = Vec::with_capacity(batch.len() * RECORD_BYTES);
            for (locator, key) in batch {
                bytes.extend_from_slice(&self.record(locator, *key)?);
            }
            let last = self.slots.checked_add(batch.len() as u32).filter(|last| *last < u32::MAX);
            let last = last.ok_or_else(|| VaultError::RingDamaged { ring: self.path.clone(), why: "it is full" })?;
            self.storage.write(offset(self.slots), &bytes).map_err(VaultError::io("write", &self.path))?;
            for (slot, (locator, _)) in (self.slots..last).zip(batch) {
                self.index.insert(locator, slot);
            }
            self.slots = last;
        }
        Ok(())
    }

    /// Destroys a subject's key, durably, and marks that it never gets another. Whether there was one.
    pub(super) fn destroy(&mut self, locator: &Locator) -> Result<bool, VaultError> {
        let Some((slot, record)) = self.slot_of(locator)? else {
            self.append(&[(*locator, None)])?;
            self.destroyed += 1;
            return Ok(false);
        };
        let was_live = record[0] == LIVE;
        if was_live {
            // First the mark alone, which is one byte and cannot tear; what a crash leaves then is wiped at the next load.
            self.storage.write(offset(slot), &[DESTROYED]).map_err(VaultError::io("write", &self.path))?;
            self.destroyed += 1;
        }
        self.wipe(slot)?;
        Ok(was_live)
    }

    /// Opens every record.
    pub(super) fn report(&mut self) -> Result<RingReport, VaultError> {
        let mut report = RingReport::default();
        self.each_record(|ring, _, record| match record[0] {
            LIVE if ring.unseal(record).is_some() => report.live += 1,
            DESTROYED => report.destroyed += 1,
            VOID => report.void += 1,
            _ => report.damaged += 1,
        })?;
        Ok(report)
    }

    fn slot_of(&self, locator: &Locator) -> Result<Option<(u32, Record)>, VaultError> {
        for slot in self.index.candidates(locator) {
            let mut record = [0; RECORD_BYTES];
            self.storage.read(offset(slot), &mut record).map_err(VaultError::io("read", &self.path))?;
            if locator_of(&record) == *locator {
                return Ok(Some((slot, record)));
            }
        }
        Ok(None)
    }

    /// Clears away what a crash or a failed write left beyond the last record or among the last ones.
    fn make_ready(&mut self) -> Result<(), VaultError> {
        while let Some(slot) = self.broken.last().copied() {
            let mut void = [0; RECORD_BYTES];
            void[0] = VOID;
            self.storage.write(offset(slot), &void).map_err(VaultError::io("write", &self.path))?;
            self.broken.pop();
        }
        let end = offset(self.slots);
        if self.storage.len().map_err(VaultError::io("read", &self.path))? > end {
            self.storage.cut(end).map_err(VaultError::io("write", &self.path))?;
        }
        Ok(())
    }

    fn wipe(&mut self, slot: u32) -> Result<(), VaultError> {
        let zeros = [0; RECORD_BYTES - SECRET_AT];
        self.storage.write(offset(slot) + SECRET_AT as u64, &zeros).map_err(VaultError::io("write", &self.path))
    }

    fn record(&self, locator: &Locator, key: Option<&Key>) -> Result<Record, VaultError> {
        let mut record = [0; RECORD_BYTES];
        record[1..SECRET_AT].copy_from_slice(locator);
        match key {
            None => record[0] = DESTROYED,
            Some(key) => {
                record[0] = LIVE;
                let sealed = self.records.encrypt(&self.bound_to(locator), key.bytes())?;
                let too_large = VaultError::TooLarge { table: "ring", column: "key" };
                record[SECRET_AT..].copy_from_slice(&sealed.ok_or(too_large)?);
            }
        }
        Ok(record)
    }

    fn unseal(&self, record: &Record) -> Option<Key> {
        let bound_to = self.bound_to(&locator_of(record));
        self.records.decrypt(&bound_to, &record[SECRET_AT..]).and_then(|key| Key::from_bytes(&key))
    }

    /// A record opens in its own ring and under its own locator alone.
    fn bound_to(&self, locator: &Locator) -> [u8; 32] {
        let mut bytes = [0; 32];
        bytes[..16].copy_from_slice(&self.installation);
        bytes[16..].copy_from_slice(locator);
        bytes
    }
}

fn locator_of(record: &Record) -> Locator {
    let mut locator = [0; LOCATOR_BYTES];
    locator.copy_from_slice(&record[1..SECRET_AT]);
    locator
}

#[cfg(test)]
impl Ring {
    /// All bytes of a ring in memory.
    pub(super) fn bytes(&self) -> Vec<u8> {
        let mut bytes = vec![0; usize::try_from(self.storage.len().unwrap()).unwrap()];
        self.storage.read(0, &mut bytes).unwrap();
        bytes
    }
}
