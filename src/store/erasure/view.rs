//! What an erasure decides on: read by ids alone, because of whom it is about nothing may be readable any more.

use crate::{
    binds,
    domain::{
        data::{
            Whose,
            erase::{EraseView, Leaving, Own},
        },
        ids::{AccountId, CommunityId, LedgerAccountId, PersonId},
        ledger::SOLIDARITY_FUND,
        time::Timestamp,
    },
    store::{Store, StoreError},
};

impl Store {
    /// The account's persons in all communities, gone or not.
    pub async fn own_persons(&mut self, account: AccountId) -> Result<Vec<Own>, StoreError> {
        let sql = "SELECT p.id, p.community_id, p.coordinator, p.left_at FROM person_account AS a JOIN person AS p ON p.id = a.person_id \
                   WHERE a.account_id = $1 ORDER BY p.id";
        let mut own = Vec::new();
        for row in self.writer.rows(sql, binds![account]).await? {
            let (person, community) = (row.id::<PersonId>(0)?, row.id::<CommunityId>(1)?);
            let coordinates = row.int(2)? != 0 && row.opt_int(3)?.is_none();
            let last_coordinator =
                coordinates && self.coordinators(community).await?.len() <= 1 && self.others_present(community, person).await?;
            let community = self.community(community).await?.and_then(|community| community.name);
            own.push(Own { person, community, last_coordinator });
        }
        Ok(own)
    }

    async fn others_present(&mut self, community: CommunityId, person: PersonId) -> Result<bool, StoreError> {
        let sql = "SELECT id FROM person WHERE community_id = $1 AND left_at IS NULL AND id <> $2 LIMIT 1";
        Ok(self.writer.row(sql, binds![community, person]).await?.is_some())
    }

    /// What ends where `account` erases these of its persons, and itself where nothing else hangs on it.
    pub async fn erase_view(&mut self, account: AccountId, own: &[Own], whose: Whose, now: Timestamp) -> Result<EraseView, StoreError> {
        let persons: Vec<PersonId> = own.iter().map(|own| own.person).filter(|person| whose.includes(*person)).collect();
        self.ending(&persons, Some(account), now).await
    }

    /// What ends where this person was erased already and is there again; their account may live on, and stays.
    pub async fn erase_again_view(&mut self, person: PersonId, now: Timestamp) -> Result<EraseView, StoreError> {
        Ok(EraseView { accounts: Vec::new(), ..self.ending(&[person], None, now).await? })
    }

    /// What ends where an account goes by itself: its persons too, unless another account is theirs.
    pub async fn account_end_view(&mut self, account: AccountId, now: Timestamp) -> Result<EraseView, StoreError> {
        let mut persons = Vec::new();
        for own in self.own_persons(account).await? {
            if self.accounts_of(own.person).await?.iter().all(|other| *other == account) {
                persons.push(own.person);
            }
        }
        let mut view = self.ending(&persons, None, now).await?;
        if !view.accounts.contains(&account) {
            view.accounts.push(account);
        }
        Ok(view)
    }

    async fn ending(&mut self, persons: &[PersonId], asker: Option<AccountId>, now: Timestamp) -> Result<EraseView, StoreError> {
        let mut view = EraseView::default();
        let mut accounts: Vec<AccountId> = asker.into_iter().collect();
        for person in persons {
            view.leaving.extend(self.leaving(*person, now).await?);
            accounts.extend(self.accounts_of(*person).await?);
        }
        accounts.sort_unstable();
        accounts.dedup();
        for account in accounts {
            let sql = "SELECT person_id FROM person_account WHERE account_id = $1";
            let rows = self.writer.rows(sql, binds![account]).await?;
            let hangs = rows.iter().map(|row| row.id::<PersonId>(0)).collect::<Result<Vec<_>, _>>()?;
            if hangs.iter().all(|person| persons.contains(person)) {
                view.accounts.push(account);
            }
        }
        Ok(view)
    }

    async fn leaving(&mut self, person: PersonId, now: Timestamp) -> Result<Option<Leaving>, StoreError> {
        let row = self.writer.row("SELECT community_id, ledger_id FROM person WHERE id = $1", binds![person]).await?;
        let Some(row) = row else { return Ok(None) };
        let ledger: LedgerAccountId = row.id(1)?;
        let Some(community) = self.community(row.id(0)?).await? else { return Ok(None) };
        Ok(Some(Leaving {
            person,
            ledger,
            balance_credits: self.ledger_balance(ledger).await?.unwrap_or(0),
            sessions: self.affected_by(community.id, person, now).await?,
            gifts: self.gifts_of(person).await?,
            solidarity: self.fund_view(community.id, SOLIDARITY_FUND).await?.unwrap_or_default(),
            next_number: self.next_transfer(community.id).await?,
            community,
        }))
    }
}
