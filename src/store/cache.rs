//! What is hot, in memory: right because the store is the only writer, forgotten whole after a rollback.

use std::{
    collections::{HashMap, HashSet},
    hash::Hash,
    sync::Arc,
};

use crate::domain::{
    ids::{AccountId, CommunityId, GroupId, LedgerAccountId, LinkId, PersonId, RoomId},
    scope::{Community, Group, Person},
    time::Timestamp,
};

use super::{
    accounts::AccountRow,
    ledger::{FundRow, Head},
    rooms::RoomRow,
    user_names::Holder,
};

/// The most entries of one kind; beyond it the kind is forgotten and read again as needed.
const ENTRIES_MAX: usize = 20_000;

/// A map that stays bounded.
#[derive(Debug)]
pub struct Hot<K, V>(HashMap<K, V>);

impl<K, V> Default for Hot<K, V> {
    fn default() -> Self {
        Self(HashMap::new())
    }
}

impl<K: Hash + Eq, V> Hot<K, V> {
    /// What is remembered.
    pub fn get<Q: Hash + Eq + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: std::borrow::Borrow<Q>,
    {
        self.0.get(key)
    }

    /// What is remembered, to be changed.
    pub fn get_mut(&mut self, key: &K) -> Option<&mut V> {
        self.0.get_mut(key)
    }

    /// Remembers.
    pub fn put(&mut self, key: K, value: V) {
        if self.0.len() >= ENTRIES_MAX {
            self.0.clear();
        }
        self.0.insert(key, value);
    }

    /// Forgets one.
    pub fn forget(&mut self, key: &K) {
        self.0.remove(key);
    }

    /// Forgets all.
    pub fn clear(&mut self) {
        self.0.clear();
    }
}

/// All that is hot.
#[derive(Debug, Default)]
pub struct Cache {
    /// Accounts, by id.
    pub accounts: Hot<AccountId, AccountRow>,
    /// Accounts, by the hash of their address.
    pub account_by_address: Hot<[u8; 32], AccountId>,
    /// Whose a user name is, by its hash.
    pub user_names: Hot<[u8; 32], Holder>,
    /// Rooms, by id.
    pub rooms: Hot<RoomId, RoomRow>,
    /// Rooms, by the hash of their address.
    pub room_by_address: Hot<[u8; 32], RoomId>,
    /// Communities.
    pub communities: Hot<CommunityId, Community>,
    /// Groups.
    pub groups: Hot<GroupId, Group>,
    /// The rooms of a group.
    pub group_rooms: Hot<GroupId, Vec<RoomId>>,
    /// Persons with their memberships.
    pub persons: Hot<PersonId, Person>,
    /// Persons who have left.
    pub gone: Hot<PersonId, ()>,
    /// Who has an alias, gone or not, by its hash; `None` for one that nobody has.
    pub person_by_alias: Hot<[u8; 32], Option<PersonId>>,
    /// From whom a person wants nothing more, as keyed hashes of both.
    pub blocks: Hot<PersonId, Arc<HashSet<Vec<u8>>>>,
    /// The persons of an account, in all communities, that have not left.
    pub account_persons: Hot<AccountId, Vec<PersonId>>,
    /// The accounts of a person, the one last used first.
    pub person_accounts: Hot<PersonId, Vec<AccountId>>,
    /// The accounts that bear a link.
    pub linked: Hot<LinkId, Vec<AccountId>>,
    /// Whether a text is awaited from an account, where that is known.
    pub awaited: Hot<AccountId, bool>,
    /// The group that an account chose for its direct room, and until when, where that is known.
    pub chosen_groups: Hot<AccountId, Option<(GroupId, Timestamp)>>,
    /// When an account last acted in a room for which a neutral word was left there.
    pub words_left: Hot<(AccountId, RoomId), Timestamp>,
    /// Balances; `None` for an account that never moved.
    pub balances: Hot<LedgerAccountId, Option<i64>>,
    /// Funds; `None` for one that the ledger does not have.
    pub funds: Hot<LedgerAccountId, Option<FundRow>>,
    /// The newest transfer of each community.
    pub ledger_heads: Hot<CommunityId, Head>,
    /// The number of the next delivery's row.
    pub next_delivery: Option<i64>,
    /// When the next timer is due, where there is one and that is known.
    pub next_due: Option<Option<Timestamp>>,
}
