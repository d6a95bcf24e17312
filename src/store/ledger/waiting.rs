//! Gifts that wait: bound to an account or to a typed user name by a keyed hash, so that the table names nobody.

use crate::{
    binds,
    domain::{
        ids::{AccountId, CommunityId, GiftId, LedgerAccountId, PersonId, SessionId},
        ledger::{
            ArrivalView, HeldArgs, HeldGift, HeldView, Kind, Party, TargetPerson, WaitingGift, WaitingView,
            held::HeldSession,
            waiting::{Giver, Whom},
        },
        scope::Person,
        time::Timestamp,
    },
    vault::Field,
};

use super::{Store, StoreError};
use crate::store::sql::{Insert, Row};

static WAITING: Insert = Insert {
    into: "waiting_gift (id, community_id, whom_hash, transfer_id, giver, reason_sealed, until, receiver)",
    columns: 8,
    conflict: "",
};

// What waits goes back to the account that its giver has now.
const SELECT_BY_ID: &str = "\
    SELECT w.id, t.number, t.amount, t.kind, COALESCE(p.ledger_id, t.from_account), f.name, w.giver, w.reason_sealed, \
    t.community_id, t.session_id, w.receiver, t.category FROM waiting_gift AS w JOIN transfer AS t ON t.id = w.transfer_id \
    LEFT JOIN fund AS f ON f.account_id = t.from_account LEFT JOIN person AS p ON p.id = w.giver WHERE w.id = $1";

const SELECT_BY_GIVER: &str = "\
    SELECT w.id, t.number, t.amount, t.kind, t.from_account, f.name, w.giver, w.reason_sealed, t.community_id, \
    t.session_id, w.receiver, t.category FROM waiting_gift AS w \
    JOIN transfer AS t ON t.id = w.transfer_id LEFT JOIN fund AS f ON f.account_id = t.from_account \
    WHERE w.giver = $1 ORDER BY t.number";

// For present persons, until a coordinator decides; nobody about themself.
const SELECT_HELD: &str = "\
    SELECT w.id, t.number, t.amount, t.kind, COALESCE(p.ledger_id, t.from_account), f.name, w.giver, w.reason_sealed, \
    t.community_id, t.session_id, w.receiver, t.category FROM waiting_gift AS w JOIN transfer AS t ON t.id = w.transfer_id \
    LEFT JOIN fund AS f ON f.account_id = t.from_account LEFT JOIN person AS p ON p.id = w.giver \
    WHERE w.receiver IS NOT NULL AND w.community_id = $1 AND w.receiver <> $2 AND w.giver <> $2 ORDER BY t.number LIMIT 20";

// One of them, and what the same person earned with the same session.
const SELECT_HELD_WITH: &str = "\
    SELECT w.id, t.number, t.amount, t.kind, COALESCE(p.ledger_id, t.from_account), f.name, w.giver, w.reason_sealed, \
    t.community_id, t.session_id, w.receiver, t.category FROM waiting_gift AS w JOIN transfer AS t ON t.id = w.transfer_id \
    LEFT JOIN fund AS f ON f.account_id = t.from_account LEFT JOIN person AS p ON p.id = w.giver \
    JOIN transfer AS n ON n.community_id = $1 AND n.number = $2 JOIN waiting_gift AS v ON v.transfer_id = n.id \
    WHERE w.receiver = v.receiver AND w.community_id = $1 AND (w.id = v.id OR t.session_id = n.session_id) ORDER BY t.number";

const SELECT_BY_WHOM: &str = "\
    SELECT w.id, t.number, t.amount, t.kind, COALESCE(p.ledger_id, t.from_account), f.name, w.giver, w.reason_sealed, \
    t.community_id, t.session_id, w.receiver, t.category FROM waiting_gift AS w JOIN transfer AS t ON t.id = w.transfer_id \
    LEFT JOIN fund AS f ON f.account_id = t.from_account LEFT JOIN person AS p ON p.id = w.giver \
    WHERE w.community_id = $1 AND w.whom_hash IN ($2, $3) ORDER BY t.number";

impl Store {
    /// What waits for `account`, which has just become `person`.
    pub async fn arrival_view(&mut self, account: AccountId, person: &Person, now: Timestamp) -> Result<ArrivalView, StoreError> {
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
        let room_credits = if gifts.is_empty() { None } else { self.gift_room(person.community, person.ledger, now).await? };
        Ok(ArrivalView {
            community: person.community,
            person: person.id,
            ledger: person.ledger,
            next_number: self.next_transfer(person.community).await?,
            room_credits,
            listed_reasons_only: !person.free_reasons,
            rules: if gifts.is_empty() { None } else { self.community(person.community).await?.map(|community| community.credits) }
                .unwrap_or_default(),
            coordinators: if room_credits.is_some() { self.coordinators_of(person.community).await? } else { Vec::new() },
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

    /// What `/issue accept` and its like decide on.
    pub async fn held_view(&mut self, community: CommunityId, by: PersonId, args: HeldArgs) -> Result<HeldView, StoreError> {
        let rows = match args {
            HeldArgs::List => self.writer.rows(SELECT_HELD, binds![community, by]).await?,
            HeldArgs::Accept(number) | HeldArgs::Refuse(number) => self.writer.rows(SELECT_HELD_WITH, binds![community, number]).await?,
        };
        let mut items = Vec::new();
        for row in rows {
            let mut gift = self.waiting(&row).await?;
            let receiver = match gift.receiver {
                Some(id) => self.person(id).await?,
                None => None,
            };
            if let (Some(receiver), Some(giver)) = (&receiver, &gift.giver) {
                gift.declined = gift.kind() == Kind::Gift && self.blocks(receiver.id, giver.id).await?;
            }
            let session = match gift.session {
                Some(id) => self.session_by_id(id).await?.map(|session| HeldSession { number: session.number, kind: session.kind }),
                None => None,
            };
            let listed_reasons_only = receiver.as_ref().is_some_and(|person| !person.free_reasons);
            let receiver = receiver.map(|person| TargetPerson { id: person.id, ledger: person.ledger });
            items.push(HeldGift { gift, receiver, session, listed_reasons_only });
        }
        Ok(HeldView { items, next_number: self.next_transfer(community).await? })
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
        let (whom, receiver) = match &gift.whom {
            Whom::Absent { platform, to } => (self.waits_hash(gift.community, *platform, to).await?.unwrap_or(nobody), None),
            Whom::Held(receiver) => (nobody, Some(*receiver)),
        };
        let sealed = self.seal_json(gift.giver, &reason_field(&gift.id.bytes()), &gift.reason)?;
        let row = binds![gift.id, gift.community, whom, gift.transfer, gift.giver, sealed, gift.until, receiver];
        self.writer.insert(&WAITING, row);
        Ok(())
    }

    pub(super) async fn end_waiting(&mut self, id: GiftId) -> Result<(), StoreError> {
        match self.writer.run("DELETE FROM waiting_gift WHERE id = $1", binds![id]).await? {
            1 => Ok(()),
            _ => Err(StoreError::Corrupt("a gift that does not wait has ended")),
        }
    }

    /// A coordinator is to decide whether it is paid, or has decided that it is not; a name that is typed finds it no more.
    pub(super) async fn hold(&mut self, id: GiftId, receiver: Option<PersonId>) -> Result<(), StoreError> {
        let nobody = self.vault.hash("waits-for-nobody", id.0.as_bytes());
        let sql = "UPDATE waiting_gift SET receiver = $1, whom_hash = $2 WHERE id = $3";
        match self.writer.run(sql, binds![receiver, nobody, id]).await? {
            1 => Ok(()),
            _ => Err(StoreError::Corrupt("a gift that does not wait was decided on")),
        }
    }

    /// The gifts of `from` that wait become `to`'s, their reasons sealed anew.
    pub(in crate::store) async fn move_waiting(&mut self, from: PersonId, to: PersonId) -> Result<(), StoreError> {
        self.writer.run("UPDATE waiting_gift SET receiver = $1 WHERE receiver = $2", binds![to, from]).await?;
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
        let session: Option<SessionId> = row.opt_id(9)?;
        let source = match (Kind::from_code(row.int(3)?), row.opt_text(5)?) {
            (Some(Kind::Attendance), None) => Party::Escrow(session.ok_or(StoreError::Corrupt("what was earned bears no session"))?),
            (Some(Kind::Grant | Kind::Attendance), Some(fund)) => Party::Fund(fund),
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
        let (receiver, category) = (row.opt_id(10)?, row.opt_int(11)?);
        let reason = reason.flatten();
        Ok(WaitingView { id, number, source, giver, amount_credits, reason, declined: false, session, receiver, category })
    }
}

fn reason_field(row: &[u8]) -> Field<'_> {
    Field { table: "waiting_gift", column: "reason", row }
}
