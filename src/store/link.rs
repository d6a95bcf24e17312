//! Links between accounts: codes by keyed hashes, what is under way, who belongs together.

use std::collections::BTreeMap;

use chrono::TimeDelta;

use crate::{
    binds,
    domain::{
        ids::{AccountId, CommunityId, LinkId, PersonId},
        ledger::SOLIDARITY_FUND,
        link::{
            ANSWER_MINUTES, Change, Link, LinkView, Linked, Pending, Side, TRIES_HOURS, TRIES_MAX, WAIT_HOURS,
            effect::{EffectView, Held, Pair, Single},
        },
        people::code::Code,
        scope::Person,
        time::Timestamp,
    },
};

use super::{Store, StoreError, accounts::DirectState, sql::Insert, sql::Row};

static CODE: Insert = Insert {
    into: "link_code (account_id, place_hash, code_hash, until)",
    columns: 4,
    conflict: "ON CONFLICT (account_id) DO UPDATE SET place_hash = excluded.place_hash, code_hash = excluded.code_hash, \
               until = excluded.until, tries = 0",
};

static LINK: Insert = Insert { into: "link (id, asking_id, typing_id, begun)", columns: 4, conflict: "" };

/// A link of one of the accounts that belong together with `$1`; one that both sides did not answer in time is over.
const OF_ACCOUNT: &str = "\
    SELECT l.id, l.asking_id, l.typing_id, l.begun, l.asking_agreed, l.typing_agreed, l.effect FROM account AS me \
    JOIN account AS mate ON mate.id = me.id OR mate.link_id = me.link_id \
    JOIN link AS l ON l.asking_id = mate.id OR l.typing_id = mate.id \
    WHERE me.id = $1 AND (l.effect IS NOT NULL OR l.begun > $2) ORDER BY l.begun DESC, l.id LIMIT 1";

const BY_ID: &str = "SELECT id, asking_id, typing_id, begun, asking_agreed, typing_agreed, effect FROM link WHERE id = $1";

/// Counts on, or begins anew where the last tries are long over.
const COUNT_TRY: &str = "\
    INSERT INTO link_try (account_id, since, tries) VALUES ($1, $2, 1) ON CONFLICT (account_id) DO UPDATE SET \
    tries = CASE WHEN link_try.since <= $3 THEN 1 ELSE link_try.tries + 1 END, \
    since = CASE WHEN link_try.since <= $3 THEN excluded.since ELSE link_try.since END";

fn read_link(row: &Row) -> Result<Link, StoreError> {
    Ok(Link {
        id: row.id(0)?,
        asking: row.id(1)?,
        typing: row.id(2)?,
        begun: row.instant(3)?,
        asking_agreed: row.int(4)? != 0,
        typing_agreed: row.int(5)? != 0,
        effect: row.opt_instant(6)?,
    })
}

impl Store {
    pub(super) async fn apply_link(&mut self, change: Change, now: Timestamp) -> Result<(), StoreError> {
        match change {
            Change::Code { account, code, until } => {
                let (place, hash) = (self.link_place_hash(&code), self.link_code_hash(&code));
                self.writer.upsert(&CODE, account.bytes(), binds![account, place, hash, until]);
                Ok(())
            }
            Change::Tried { account, code, at } => self.count_try(account, code.as_ref(), at).await,
            Change::Burn(code) => {
                let hash = self.link_code_hash(&code);
                self.writer.run("DELETE FROM link_code WHERE code_hash = $1", binds![hash]).await.map(drop)
            }
            Change::Begin(link) => {
                self.writer.run("DELETE FROM link_code WHERE account_id = $1", binds![link.asking]).await?;
                self.writer.insert(&LINK, binds![link.id, link.asking, link.typing, link.begun]);
                Ok(())
            }
            Change::Agreed { link, asking } => {
                let sql = if asking {
                    "UPDATE link SET asking_agreed = 1 WHERE id = $1"
                } else {
                    "UPDATE link SET typing_agreed = 1 WHERE id = $1"
                };
                self.writer.run(sql, binds![link]).await.map(drop)
            }
            Change::Starts { link, effect } => {
                self.writer.run("UPDATE link SET effect = $1 WHERE id = $2", binds![effect, link]).await.map(drop)
            }
            Change::End(link) => self.writer.run("DELETE FROM link WHERE id = $1", binds![link]).await.map(drop),
            Change::Merge(merge) => self.merge(*merge, now).await,
            Change::Unite { set, accounts, persons, at } => self.unite(set, &accounts, &persons, at).await,
            Change::Split(account) => self.split(account).await,
        }
    }

    /// What `/link` decides on; `None` where the account is gone. `code`: what was typed, where it can be a code.
    pub async fn link_view(&mut self, account: AccountId, code: Option<&Code>, now: Timestamp) -> Result<Option<LinkView>, StoreError> {
        let Some(own) = self.link_side(account, now).await? else { return Ok(None) };
        let pending = match self.link_of(account, now).await? {
            Some(link) => Some(self.pending(link, now).await?),
            None => None,
        };
        let opened = match code {
            Some(code) => self.opened_side(account, code, now).await?,
            None => None,
        };
        Ok(Some(LinkView { own, pending, opened }))
    }

    /// What the effect of a link decides on; `None` where it was stopped.
    pub async fn link_effect_view(&mut self, id: LinkId, now: Timestamp) -> Result<Option<EffectView>, StoreError> {
        let Some(link) = self.writer.row(BY_ID, binds![id]).await?.map(|row| read_link(&row)).transpose()? else { return Ok(None) };
        let agreed_at = link.effect.map(|effect| effect.minus(TimeDelta::hours(WAIT_HOURS)));
        let pending = self.pending(link, now).await?;
        let (Some(asking), Some(typing), Some(agreed_at)) = (&pending.asking, &pending.typing, agreed_at) else {
            return Ok(Some(EffectView { pending, left_meanwhile: false, is_barred: false, pairs: Vec::new(), singles: Vec::new() }));
        };
        let left_meanwhile = self.has_left_since(asking, agreed_at).await? || self.has_left_since(typing, agreed_at).await?;
        let (mut pairs, mut singles, mut is_barred) = (Vec::new(), Vec::new(), false);
        let (mut theirs, mut others) = (self.persons_of_side(asking).await?, self.persons_of_side(typing).await?);
        let communities: Vec<CommunityId> = theirs.keys().chain(others.keys()).copied().collect();
        for community in communities {
            match (theirs.remove(&community), others.remove(&community)) {
                (Some(one), Some(other)) if one.0.id != other.0.id => {
                    is_barred |= self.is_barred(one.0.id).await? || self.is_barred(other.0.id).await?;
                    pairs.push(self.pair(one, other, now).await?);
                }
                (Some((person, left_at)), None) => singles.push(self.single(person, left_at, typing, now).await?),
                (None, Some((person, left_at))) => singles.push(self.single(person, left_at, asking, now).await?),
                (Some((person, _)), Some(_)) => {
                    singles.push(Single { community, person: person.id, arrivals: Vec::new() });
                }
                (None, None) => {}
            }
        }
        Ok(Some(EffectView { pending, left_meanwhile, is_barred, pairs, singles }))
    }

    /// An account with those that belong to it; `None` where it is gone.
    async fn link_side(&mut self, id: AccountId, now: Timestamp) -> Result<Option<Side>, StoreError> {
        let Some(row) = self.account(id).await? else { return Ok(None) };
        let mut accounts = Vec::new();
        for mate in self.linked_accounts(id).await? {
            accounts.extend(self.account(mate).await?.map(|mate| Linked {
                account: mate.id,
                platform: mate.profile.address.platform,
                since: mate.link.map(|(_, since)| since),
            }));
        }
        Ok(Some(Side {
            account: id,
            platform: row.profile.address.platform,
            accounts,
            takes_part: !self.persons_of(id).await?.is_empty(),
            is_closed: row.direct == DirectState::Closed,
            is_busy: self.link_of(id, now).await?.is_some(),
        }))
    }

    /// The accounts that are one human's with this one, itself among them.
    pub async fn linked_accounts(&mut self, id: AccountId) -> Result<Vec<AccountId>, StoreError> {
        let Some((link, _)) = self.account(id).await?.and_then(|row| row.link) else { return Ok(vec![id]) };
        if let Some(known) = self.cache.linked.get(&link) {
            return Ok(known.clone());
        }
        let rows = self.writer.rows("SELECT id FROM account WHERE link_id = $1 ORDER BY linked_at, id", binds![link]).await?;
        let accounts = rows.iter().map(|row| row.id(0)).collect::<Result<Vec<AccountId>, _>>()?;
        self.cache.linked.put(link, accounts.clone());
        Ok(accounts)
    }

    async fn link_of(&mut self, account: AccountId, now: Timestamp) -> Result<Option<Link>, StoreError> {
        let row = self.writer.row(OF_ACCOUNT, binds![account, now.minus(TimeDelta::minutes(ANSWER_MINUTES))]).await?;
        row.map(|row| read_link(&row)).transpose()
    }

    async fn pending(&mut self, link: Link, now: Timestamp) -> Result<Pending, StoreError> {
        let asking = self.link_side(link.asking, now).await?;
        let typing = self.link_side(link.typing, now).await?;
        Ok(Pending { link, asking, typing })
    }

    /// Who asked for the code, unless too much was tried.
    async fn opened_side(&mut self, account: AccountId, code: &Code, now: Timestamp) -> Result<Option<Side>, StoreError> {
        let tried = "SELECT COUNT(*) FROM link_try WHERE account_id = $1 AND tries >= $2 AND since > $3";
        let row = self.writer.row(tried, binds![account, TRIES_MAX, now.minus(TimeDelta::hours(TRIES_HOURS))]).await?;
        let may_try = row.map_or(Ok(0), |row| row.int(0))? == 0;
        let sql = "SELECT account_id FROM link_code WHERE code_hash = $1 AND until > $2 AND tries < $3";
        let hash = self.link_code_hash(code);
        match self.writer.row(sql, binds![hash, now, TRIES_MAX]).await? {
            Some(row) if may_try => self.link_side(row.id(0)?, now).await,
            Some(_) | None => Ok(None),
        }
    }

    async fn count_try(&mut self, account: AccountId, code: Option<&Code>, at: Timestamp) -> Result<(), StoreError> {
        self.writer.run(COUNT_TRY, binds![account, at, at.minus(TimeDelta::hours(TRIES_HOURS))]).await?;
        if let Some(code) = code {
            let place = self.link_place_hash(code);
            self.writer.run("UPDATE link_code SET tries = tries + 1 WHERE place_hash = $1", binds![place]).await?;
        }
        Ok(())
    }

    async fn has_left_since(&mut self, side: &Side, since: Timestamp) -> Result<bool, StoreError> {
        let sql = "SELECT COUNT(*) FROM person_account AS a JOIN person AS p ON p.id = a.person_id \
                   WHERE a.account_id = $1 AND p.left_at >= $2";
        let row = self.writer.row(sql, binds![side.account, since]).await?;
        Ok(row.map_or(Ok(0), |row| row.int(0))? > 0)
    }

    /// Whom a side is in each community, there or not; whoever is erased is nobody, and does not come back.
    async fn persons_of_side(&mut self, side: &Side) -> Result<BTreeMap<CommunityId, (Person, Option<Timestamp>)>, StoreError> {
        let sql = "SELECT person_id FROM person_account WHERE account_id = $1 ORDER BY community_id";
        let rows = self.writer.rows(sql, binds![side.account]).await?;
        let mut persons = BTreeMap::new();
        for row in rows {
            if let Some((person, left_at)) = self.read_person(row.id(0)?).await? {
                persons.insert(person.community, (person, left_at));
            }
        }
        Ok(persons)
    }

    /// Ids count up with time: the smaller one is the older one.
    async fn pair(
        &mut self,
        asking: (Person, Option<Timestamp>),
        typing: (Person, Option<Timestamp>),
        now: Timestamp,
    ) -> Result<Pair, StoreError> {
        let (asking, typing) = (self.held(asking, true).await?, self.held(typing, false).await?);
        let (keep, gone) = if asking.person.id < typing.person.id { (asking, typing) } else { (typing, asking) };
        let community = keep.person.community;
        Ok(Pair {
            rolls: self.common_sessions(keep.person.id, gone.person.id, now).await?,
            floor_credits: self.community(community).await?.map_or(0, |community| community.floor_credits),
            solidarity_credits: self.fund_view(community, SOLIDARITY_FUND).await?.map_or(0, |fund| fund.balance_credits),
            next_transfer: self.next_transfer(community).await?,
            keep,
            gone,
        })
    }

    async fn held(&mut self, (person, left_at): (Person, Option<Timestamp>), asking: bool) -> Result<Held, StoreError> {
        let credits = self.ledger_balance(person.ledger).await?.unwrap_or(0);
        Ok(Held { person, left_at, credits, asking })
    }

    /// A person whom one side brings alone, with what waited for the accounts of the other.
    async fn single(&mut self, person: Person, left_at: Option<Timestamp>, joins: &Side, now: Timestamp) -> Result<Single, StoreError> {
        let mut arrivals = Vec::new();
        for linked in joins.accounts.iter().filter(|_| left_at.is_none()) {
            let arrival = self.arrival_view(linked.account, &person, now).await?;
            arrivals.extend((!arrival.gifts.is_empty()).then_some(arrival));
        }
        Ok(Single { community: person.community, person: person.id, arrivals })
    }

    async fn unite(
        &mut self,
        set: LinkId,
        accounts: &[AccountId],
        persons: &[(CommunityId, PersonId)],
        at: Timestamp,
    ) -> Result<(), StoreError> {
        for account in accounts {
            for (community, person) in persons {
                self.put_person_account(*account, *community, *person);
            }
            // Those that were linked before keep their date.
            self.change_account(*account, |row| row.link = Some((set, row.link.map_or(at, |(_, since)| since)))).await?;
            self.cache.account_persons.forget(account);
        }
        for (_, person) in persons {
            self.cache.person_accounts.forget(person);
        }
        self.cache.linked.clear();
        Ok(())
    }

    async fn split(&mut self, account: AccountId) -> Result<(), StoreError> {
        let mates = self.linked_accounts(account).await?;
        for person in self.persons_of(account).await? {
            self.cache.person_accounts.forget(&person.id);
        }
        // Who may not come back by themself does not come back as somebody new.
        let sql = "DELETE FROM person_account WHERE account_id = $1 AND person_id NOT IN (SELECT id FROM person WHERE barred = 1)";
        self.writer.run(sql, binds![account]).await?;
        self.cache.account_persons.forget(&account);
        self.change_account(account, |row| row.link = None).await?;
        let left: Vec<AccountId> = mates.into_iter().filter(|mate| *mate != account).collect();
        if let [last] = left.as_slice() {
            self.change_account(*last, |row| row.link = None).await?;
        }
        self.cache.linked.clear();
        Ok(())
    }

    /// Codes and tries that count no more, and links that were not answered.
    pub(super) async fn prune_links(&mut self, now: Timestamp) -> Result<(), StoreError> {
        self.writer.run("DELETE FROM link_code WHERE until < $1", binds![now]).await?;
        self.writer.run("DELETE FROM link_try WHERE since < $1", binds![now.minus(TimeDelta::hours(TRIES_HOURS))]).await?;
        let before = now.minus(TimeDelta::minutes(ANSWER_MINUTES));
        self.writer.run("DELETE FROM link WHERE effect IS NULL AND begun < $1", binds![before]).await?;
        Ok(())
    }

    fn link_code_hash(&self, code: &Code) -> [u8; 32] {
        self.vault.hash("link-code", code.canonical().as_bytes())
    }

    /// The first signs tell which code somebody meant; the others are the secret.
    fn link_place_hash(&self, code: &Code) -> [u8; 32] {
        self.vault.hash("link-code-place", code.place().as_bytes())
    }
}
