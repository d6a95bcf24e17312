//! Accounts: who they are on their platform, sealed under their own key, found by keyed hashes.

use serde::{Deserialize, Serialize};

use crate::{
    binds,
    domain::{
        event::{AccountAddress, Platform, Sender},
        ids::{AccountId, IdSource, LinkId},
        scope::Account,
        time::Timestamp,
        words::{clean_name, fold},
    },
    vault::Field,
};

use super::{Store, StoreError, discreet::SharedPhone, sql::Insert};

/// Whether the bot can write to an account first.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DirectState {
    /// Not tried yet.
    Unknown,
    /// It can.
    Open,
    /// The platform refused.
    Closed,
}

/// What the platform tells of an account, and what it chose before joining.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Profile {
    /// The unchanging id on the platform.
    pub address: AccountAddress,
    /// The unique name, without `@`.
    pub user_name: Option<String>,
    /// What the platform shows, cleaned.
    pub shown_name: String,
    /// An IETF tag: chosen, else told by the platform.
    pub language: Option<String>,
    /// The language was chosen, so the platform's word no longer counts.
    pub language_chosen: bool,
    /// Chosen.
    pub country: Option<String>,
    /// How it is protected from others who hold the phone.
    #[serde(default)]
    pub shared: SharedPhone,
}

/// An account as it is remembered.
#[derive(Clone, Debug)]
pub struct AccountRow {
    /// Its id.
    pub id: AccountId,
    /// Who it is.
    pub profile: Profile,
    /// Whether the bot can write to it first.
    pub direct: DirectState,
    /// When it was last used: to the day, and exactly where it is linked and another of the person's was used since.
    pub used_at: Timestamp,
    /// What it bears in common with the person's other accounts, and since when.
    pub link: Option<(LinkId, Timestamp)>,
}

impl AccountRow {
    /// As the domain sees it.
    pub fn account(&self) -> Account {
        Account {
            id: self.id,
            platform: self.profile.address.platform,
            shown_name: self.profile.shown_name.clone(),
            language: self.profile.language.clone(),
            country: self.profile.country.clone(),
            discreet: self.profile.shared.as_domain(),
        }
    }
}

static ACCOUNT: Insert = Insert {
    into: "account (id, platform, address_hash, user_name_hash, profile_sealed, direct_state, used_at, link_id, linked_at)",
    columns: 9,
    conflict: "ON CONFLICT (id) DO UPDATE SET user_name_hash = excluded.user_name_hash, profile_sealed = excluded.profile_sealed, \
               direct_state = excluded.direct_state, used_at = excluded.used_at, link_id = excluded.link_id, \
               linked_at = excluded.linked_at",
};

const SELECT_BY_ADDRESS: &str = "SELECT id, profile_sealed, direct_state, used_at, link_id, linked_at FROM account WHERE address_hash = $1";
const SELECT_BY_ID: &str = "SELECT id, profile_sealed, direct_state, used_at, link_id, linked_at FROM account WHERE id = $1";

impl Store {
    /// The account that wrote or pressed; made when it is new, kept up to date when its names changed.
    pub async fn account_of(&mut self, sender: &Sender, ids: &mut IdSource, now: Timestamp) -> Result<AccountRow, StoreError> {
        let known = self.account_at(&sender.account).await?;
        let told = told_profile(sender, known.as_ref().map(|row| &row.profile));
        let had = known.as_ref().and_then(|row| row.profile.user_name.clone());
        let row = match known {
            Some(row) if row.profile == told => return self.used(row, now).await,
            Some(row) => {
                self.stays_after_all(row.id).await?;
                AccountRow { profile: told, used_at: now, ..row }
            }
            None => {
                let id = ids.make();
                let direct = if sender.account.platform == Platform::Terminal { DirectState::Open } else { DirectState::Unknown };
                AccountRow { id, profile: told, direct, used_at: now, link: None }
            }
        };
        if row.profile.user_name != had {
            self.user_name_changes(&row, had.as_deref(), now).await?;
        }
        self.put_account(row)
    }

    /// Notes that an account is used: once a day, and each time that the person turns from another account to this one.
    async fn used(&mut self, row: AccountRow, now: Timestamp) -> Result<AccountRow, StoreError> {
        let mut others_used_at = None;
        if row.link.is_some() {
            for mate in self.linked_accounts(row.id).await?.into_iter().filter(|mate| *mate != row.id) {
                others_used_at = others_used_at.max(self.account(mate).await?.map(|mate| mate.used_at));
            }
        }
        let is_last = others_used_at < Some(row.used_at);
        if is_last && now.since(row.used_at) < chrono::TimeDelta::days(1) {
            return Ok(row);
        }
        if !is_last {
            for person in self.persons_of(row.id).await? {
                self.cache.person_accounts.forget(&person.id);
            }
        }
        // Two in one instant are told apart all the same.
        let after = others_used_at.map_or(now, |at| Timestamp::from_micros(at.micros().saturating_add(1)));
        self.put_account(AccountRow { used_at: now.max(row.used_at).max(after), ..row })
    }

    /// The account at an address, where the bot knows it.
    pub async fn account_at(&mut self, address: &AccountAddress) -> Result<Option<AccountRow>, StoreError> {
        let hash = self.account_hash(address);
        if let Some(row) = self.cache.account_by_address.get(&hash).and_then(|id| self.cache.accounts.get(id)) {
            return Ok(Some(row.clone()));
        }
        self.read_account(SELECT_BY_ADDRESS, hash.to_vec()).await
    }

    /// The account to which somebody erased is said goodbye: it has the address alone.
    pub(super) fn put_farewell(&mut self, id: AccountId, former: AccountRow) -> Result<(), StoreError> {
        let profile = Profile {
            address: former.profile.address,
            user_name: None,
            shown_name: String::new(),
            language: None,
            language_chosen: false,
            country: None,
            // The phone is shared still; the code was the other account's.
            shared: SharedPhone { on: former.profile.shared.on, ..SharedPhone::default() },
        };
        self.put_account(AccountRow { id, profile, direct: former.direct, used_at: former.used_at, link: None }).map(drop)
    }

    /// The account of an id.
    pub async fn account(&mut self, id: AccountId) -> Result<Option<AccountRow>, StoreError> {
        if let Some(row) = self.cache.accounts.get(&id) {
            return Ok(Some(row.clone()));
        }
        self.read_account(SELECT_BY_ID, id.bytes()).await
    }

    /// Changes what an account chose, or whether it can be written to.
    pub async fn change_account(&mut self, id: AccountId, change: impl FnOnce(&mut AccountRow)) -> Result<(), StoreError> {
        if let Some(mut row) = self.account(id).await? {
            change(&mut row);
            self.put_account(row)?;
        }
        Ok(())
    }

    pub(super) fn put_account(&mut self, row: AccountRow) -> Result<AccountRow, StoreError> {
        let address_hash = self.account_hash(&row.profile.address);
        let platform = row.profile.address.platform;
        let user_name_hash = row.profile.user_name.as_deref().map(|name| self.user_name_hash(platform, name).to_vec());
        let sealed = self.seal_json(row.id, &profile_field(&row.id.bytes()), &row.profile)?;
        let direct = match row.direct {
            DirectState::Unknown => 0_i64,
            DirectState::Open => 1,
            DirectState::Closed => 2,
        };
        let (link, linked_at) = (row.link.map(|(link, _)| link), row.link.map(|(_, since)| since.micros()));
        let values = binds![row.id, platform.code(), address_hash, user_name_hash, sealed, direct, row.used_at, link, linked_at];
        self.writer.upsert(&ACCOUNT, row.id.bytes(), values);
        self.remember_account(address_hash, &row);
        Ok(row)
    }

    async fn read_account(&mut self, sql: &'static str, key: Vec<u8>) -> Result<Option<AccountRow>, StoreError> {
        let Some(read) = self.writer.row(sql, binds![key]).await? else { return Ok(None) };
        let id: AccountId = read.id(0)?;
        let Some(profile) = self.open_json::<Profile>(id, &profile_field(&id.bytes()), &read.bytes(1)?)? else {
            // Its key is destroyed, so it keeps no place: whoever writes from its address is known anew.
            self.forget_account(id).await?;
            return Ok(None);
        };
        let direct = match read.int(2)? {
            1 => DirectState::Open,
            2 => DirectState::Closed,
            _ => DirectState::Unknown,
        };
        let link = read.opt_id(4)?.zip(read.opt_instant(5)?);
        let row = AccountRow { id, profile, direct, used_at: read.instant(3)?, link };
        self.remember_account(self.account_hash(&row.profile.address), &row);
        Ok(Some(row))
    }

    fn remember_account(&mut self, address_hash: [u8; 32], row: &AccountRow) {
        self.cache.account_by_address.put(address_hash, row.id);
        self.cache.accounts.put(row.id, row.clone());
    }

    pub(super) fn account_hash(&self, address: &AccountAddress) -> [u8; 32] {
        self.vault.hash("account", format!("{}:{}", address.platform.code(), address.id).as_bytes())
    }

    pub(super) fn user_name_hash(&self, platform: Platform, name: &str) -> [u8; 32] {
        // The terminal's names are case-sensitive, Telegram's and Matrix's are not.
        let name = if platform == Platform::Terminal { name.to_owned() } else { fold(name) };
        self.vault.hash("user-name", format!("{}:{name}", platform.code()).as_bytes())
    }
}

fn told_profile(sender: &Sender, known: Option<&Profile>) -> Profile {
    let shown = sender.display_name.as_deref().map(clean_name).filter(|name| !name.is_empty());
    let user_name = sender.user_name.clone();
    let chosen = known.filter(|profile| profile.language_chosen).and_then(|profile| profile.language.clone());
    Profile {
        address: sender.account.clone(),
        shown_name: shown.or_else(|| user_name.as_deref().map(clean_name)).unwrap_or_default(),
        user_name,
        language_chosen: chosen.is_some(),
        language: chosen.or_else(|| sender.language.clone()),
        country: known.and_then(|profile| profile.country.clone()),
        shared: known.map(|profile| profile.shared.clone()).unwrap_or_default(),
    }
}

fn profile_field(row: &[u8]) -> Field<'_> {
    Field { table: "account", column: "profile", row }
}
