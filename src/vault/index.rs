//! Where in the ring a locator's record is: a compact open-addressing table, eight bytes an entry.
//!
//! Locators are keyed hashes, hence uniform: a few of their own bits choose the place. Entries are never removed,
//! because a destroyed key leaves its record as a mark. The table may propose a slot of another locator
//! (rarely); the caller compares the record that it finds there.

use super::ring::Locator;

/// An empty place; a ring of so many records is refused.
const EMPTY: u32 = u32::MAX;
const PLACES_MIN: usize = 64;

#[derive(Clone, Copy)]
struct Entry {
    tag: u32,
    slot: u32,
}

/// From locators to slots.
pub(super) struct Index {
    places: Vec<Entry>,
    used: usize,
}

impl Index {
    /// A table with room for so many entries.
    pub(super) fn with_room(entries: usize) -> Self {
        let places = (entries + entries / 2).max(PLACES_MIN);
        Self { places: vec![Entry { tag: 0, slot: EMPTY }; places], used: 0 }
    }

    /// Adds an entry.
    pub(super) fn insert(&mut self, locator: &Locator, slot: u32) {
        // Three quarters full at most: beyond, linear probing becomes slow.
        if (self.used + 1) * 4 > self.places.len() * 3 {
            let mut larger = Self::with_room(self.used * 4 / 3 + PLACES_MIN);
            for entry in self.places.iter().filter(|entry| entry.slot != EMPTY) {
                larger.place(*entry);
            }
            *self = larger;
        }
        self.place(Entry { tag: tag(locator), slot });
    }

    /// The slots where the record of this locator may be.
    pub(super) fn candidates(&self, locator: &Locator) -> impl Iterator<Item = u32> + use<'_> {
        let tag = tag(locator);
        let (before, after) = self.places.split_at(self.home(tag));
        let run = after.iter().chain(before).take_while(|entry| entry.slot != EMPTY);
        run.filter(move |entry| entry.tag == tag).map(|entry| entry.slot)
    }

    fn place(&mut self, entry: Entry) {
        let mut at = self.home(entry.tag);
        while self.places[at].slot != EMPTY {
            at = (at + 1) % self.places.len();
        }
        self.places[at] = entry;
        self.used += 1;
    }

    fn home(&self, tag: u32) -> usize {
        ((u64::from(tag) * self.places.len() as u64) >> 32) as usize
    }
}

fn tag(locator: &Locator) -> u32 {
    u32::from_le_bytes([locator[0], locator[1], locator[2], locator[3]])
}

#[cfg(test)]
mod tests {
    use super::*;
    use sha2::{Digest, Sha256};

    fn locator(of: u32) -> Locator {
        let hash = Sha256::digest(of.to_le_bytes());
        hash[..16].try_into().unwrap()
    }

    #[test]
    fn every_entry_is_found_while_the_table_grows() {
        let mut index = Index::with_room(0);
        for slot in 0..20_000 {
            index.insert(&locator(slot), slot);
            assert!(index.candidates(&locator(slot)).any(|found| found == slot));
        }
        for slot in 0..20_000 {
            assert!(index.candidates(&locator(slot)).any(|found| found == slot), "{slot}");
        }
        let strays = (20_000..40_000).flat_map(|other| index.candidates(&locator(other)).collect::<Vec<_>>()).count();
        assert!(strays < 20, "{strays} of 20 000 absent locators had a candidate");
    }

    #[test]
    fn entries_at_the_end_of_the_table_wrap_around() {
        let mut index = Index::with_room(0);
        for slot in 0..10 {
            index.insert(&[0xff; 16], slot);
        }
        assert_eq!(index.candidates(&[0xff; 16]).collect::<Vec<_>>(), (0..10).collect::<Vec<_>>());
        assert_eq!(index.candidates(&[0; 16]).count(), 0);
    }
}
