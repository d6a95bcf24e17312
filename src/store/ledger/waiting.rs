//! Gifts that wait: bound to an account or to a typed user name by a keyed hash, so that the table names nobody.

use crate::{
    binds,
    domain::{
        ids::{AccountId, CommunityId, GiftId, LedgerAccountId, PersonId},
        ledger::{ArrivalView, Kind, Party, WaitingGift, WaitingView, waiting::Giver},
        scope::Person,
    },
    vault::Field,
};

use super::{Store, StoreError};
use crate::store::sql::{Insert, Row};

static WAITING: Insert =
    Insert { into: "waiting_gift (id, community_id, whom_hash, transfer_id, giver, reason_sealed, until)", columns: 7, conflict: "" };

// What waits goes back to the account that its giver has now.
const SELECT_BY_ID: &str = "\
    SELECT w.id, t.number, t.amount, t.kind, COALESCE(p.ledger_id, t.from_account), f.name, w.giver, w.reason_sealed, \
    t.community_id FROM waiting_gift AS w JOIN transfer AS t ON t.id = w.transfer_id \
    LEFT JOIN fund AS f ON f.account_id = t.from_account LEFT JOIN person AS p ON p.id = w.giver WHERE w.id = $1";

const SELECT_BY_GIVER: &str = "\
    SELECT w.id, t.number, t.amount, t.kind, t.from_account, f.name, w.giver, w.reason_sealed, t.community_id FROM waiting_gift AS w \
    JOIN transfer AS t ON t.id = w.transfer_id LEFT JOIN fund AS f ON f.account_id = t.from_account \
    WHERE w.giver = $1 ORDER BY t.number";

const SELECT_BY_WHOM: &str = "\
    SELECT w.id, t.number, t.amount, t.kind, COALESCE(p.ledger_id, t.from_account), f.name, w.giver, w.reason_sealed, \
    t.community_id FROM waiting_gift AS w JOIN transfer AS t ON t.id = w.transfer_id \
    LEFT JOIN fund AS f ON f.account_id = t.from_account LEFT JOIN person AS p ON p.id = w.giver \
    WHERE w.community_id = $1 AND w.whom_hash IN ($2, $3) ORDER BY t.number";

impl Store {
    /// What waits for `account`, which has just become `person`.
    pub async fn arrival_view(&mut self, account: AccountId, person: &Person) -> Result<ArrivalView, StoreError> {
        let mut gifts = Vec::new();
        if let Some((address, name)) = self.faces(account).await? {
            for row in self.writer.rows(SELECT_BY_WHOM, binds![person.community, address, name]).await? {
                let mut gift = self.waiting(&row).await?;
                if let Some(giver) = &gift.giver {
                    gift.declined = gift.kind() == Kind::Gift && self.blocks(person.id, giver.id).await?;
                }
                gifts.push(gift);
            }
        }
        Ok(ArrivalView {
            community: person.community,
            person: person.id,
            ledger: person.ledger,
            next_number: self.next_transfer(person.community).await?,
            gifts,
        })
    }

    /// A gift that still waits, and in which community.
    pub async fn waiting_view(&mut self, id: GiftId) -> Result<Option<(CommunityId, WaitingView)>, StoreError> {
        match self.writer.row(SELECT_BY_ID, binds![id]).await? {
            Some(row) => Ok(Some((row.id(8)?, self.waiting(&row).await?))),
            None => Ok(None),
        }
    }

    /// What a person gave, or issued, that still waits.
    pub(in crate::store) async fn gifts_of(&mut self, giver: PersonId) -> Result<Vec<WaitingView>, StoreError> {
        let mut gifts = Vec::new();
        for row in self.writer.rows(SELECT_BY_GIVER, binds![giver]).await? {
            gifts.push(self.waiting(&row).await?);
        }
        Ok(gifts)
    }

    pub(super) async fn let_wait(&mut self, gift: WaitingGift) -> Result<(), StoreError> {
        // A name that changed hands lately is nobody's: it comes back.
        let nobody = self.vault.hash("waits-for-nobody", gift.id.0.as_bytes());
        let whom = self.waits_hash(gift.community, gift.platform, &gift.to).await?.unwrap_or(nobody);
        let sealed = self.seal_json(gift.giver, &reason_field(&gift.id.bytes()), &gift.reason)?;
        let row = binds![gift.id, gift.community, whom, gift.transfer, gift.giver, sealed, gift.until];
        self.writer.insert(&WAITING, row);
        Ok(())
    }

    pub(super) async fn end_waiting(&mut self, id: GiftId) -> Result<(), StoreError> {
        match self.writer.run("DELETE FROM waiting_gift WHERE id = $1", binds![id]).await? {
            1 => Ok(()),
            _ => Err(StoreError::Corrupt("a gift that does not wait has ended")),
        }
    }

    /// The gifts of `from` that wait become `to`'s, their reasons sealed anew.
    pub(in crate::store) async fn move_waiting(&mut self, from: PersonId, to: PersonId) -> Result<(), StoreError> {
        let rows = self.writer.rows("SELECT id, reason_sealed FROM waiting_gift WHERE giver = $1", binds![from]).await?;
        for row in rows {
            let id: GiftId = row.id(0)?;
            let field = id.bytes();
            let Some(reason) = self.open_json::<Option<String>>(from, &reason_field(&field), &row.bytes(1)?)? else { continue };
            let sealed = self.seal_json(to, &reason_field(&field), &reason)?;
            self.writer.run("UPDATE waiting_gift SET giver = $1, reason_sealed = $2 WHERE id = $3", binds![to, sealed, id]).await?;
        }
        Ok(())
    }

    async fn waiting(&mut self, row: &Row) -> Result<WaitingView, StoreError> {
        let (id, giver) = (row.id::<GiftId>(0)?, row.id::<PersonId>(6)?);
        let source = match (Kind::from_code(row.int(3)?), row.opt_text(5)?) {
            (Some(Kind::Grant), Some(fund)) => Party::Fund(fund),
            (Some(Kind::Gift), None) => Party::Person(row.id::<LedgerAccountId>(4)?),
            _ => return Err(StoreError::Corrupt("what waits came from no person and no fund")),
        };
        // The reason is there even where it is null: when it cannot be opened, the giver's key is destroyed.
        let reason: Option<Option<String>> = self.open_json(giver, &reason_field(&id.bytes()), &row.bytes(7)?)?;
        let giver = match &reason {
            Some(_) => Some(Giver { id: giver, alias: self.person(giver).await?.map(|giver| giver.alias) }),
            None => None,
        };
        let (number, amount_credits) = (row.int(1)?, row.int(2)?);
        Ok(WaitingView { id, number, source, giver, amount_credits, reason: reason.flatten(), declined: false })
    }
}

fn reason_field(row: &[u8]) -> Field<'_> {
    Field { table: "waiting_gift", column: "reason", row }
}
