//! What the bot owes: stored with the decision, sealed under the receiver's key, gone once delivered.

use serde::{Deserialize, Serialize};

use crate::{
    binds,
    domain::{
        decision::{CardKey, Manner},
        event::{AccountAddress, MessageRef, RoomAddress},
        ids::{AccountId, DeliveryId, PersonId, RoomId},
        message::Content,
        time::{Timestamp, Zone},
    },
    vault::{Field, Subject},
};

use super::{Store, StoreError, accounts::DirectState, sql::Insert};

/// How long something waits for a receiver who cannot be reached.
const PARKED_DAYS_MAX: i64 = 30;

/// One thing that is owed.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Owed {
    /// Stable over retries and restarts.
    pub id: DeliveryId,
    /// To whom.
    pub to: Receiver,
    /// What.
    pub what: What,
    /// The reader's language.
    pub language: String,
    /// The reader's zone.
    pub zone: Zone,
    /// How soon, by which roads.
    pub manner: Manner,
    /// When it was decided.
    pub made_at: Timestamp,
    /// Where the receiver acted, when that was in a group: there a neutral word is left if the direct room is closed.
    pub asked_in: Option<AskedIn>,
    /// The message that this answers, where it goes to the room of the asking: a platform with threads answers in its thread.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answers: Option<MessageRef>,
}

/// To whom something is owed; the road is chosen at delivery.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub enum Receiver {
    /// A group room.
    Room(RoomId),
    /// An account, in its direct room.
    Account(AccountId),
    /// A person, on the account last used.
    Person(PersonId),
}

/// What is owed.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum What {
    /// A message.
    Message(Content),
    /// A message that is kept up to date.
    Card(CardKey, Content),
    /// A deletion.
    Delete(MessageRef),
    /// A reaction.
    React(MessageRef, String),
}

impl What {
    /// The card that it is, or is about.
    pub fn card(&self) -> Option<CardKey> {
        match self {
            Self::Card(key, _) => Some(*key),
            Self::Message(content) => content.about,
            Self::Delete(_) | Self::React(..) => None,
        }
    }
}

/// The group room in which a person acted.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AskedIn {
    /// Which room.
    pub room: RoomId,
    /// What the adapter needs for an ephemeral answer.
    pub context: Option<String>,
}

/// Something owed, with the addresses that it needs.
#[derive(Clone, Debug)]
pub struct Ready {
    /// Its row.
    pub seq: i64,
    /// What is owed.
    pub owed: Owed,
    /// Where it goes.
    pub route: Route,
    /// The message that shows the card now, where it is one or is about one.
    pub card_message: Option<MessageRef>,
    /// It is read on a shared phone.
    pub discreet: bool,
}

/// Where something goes, as far as the store knows.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Route {
    /// A group room.
    Room(RoomId, RoomAddress),
    /// A direct room.
    Direct(AccountId, AccountAddress),
    /// A direct room that is known to be closed.
    DirectClosed(AccountId, AccountAddress),
    /// An ephemeral message to the account, in the room where it acted.
    Ephemeral(AccountId, AccountAddress, RoomAddress, String),
    /// The receiver is gone.
    Nowhere,
}

static DELIVERY: Insert = Insert { into: "delivery (seq, receiver_kind, receiver, card, made_at, sealed)", columns: 6, conflict: "" };

static CARD: Insert = Insert {
    into: "card_message (room_id, card, message_sealed)",
    columns: 3,
    conflict: "ON CONFLICT (room_id, card) DO UPDATE SET message_sealed = excluded.message_sealed",
};

const DELETE_EIGHT: &str = "DELETE FROM delivery WHERE seq IN ($1, $2, $3, $4, $5, $6, $7, $8)";
const DELETE_SIXTY_FOUR: &str = "DELETE FROM delivery WHERE seq IN (\
    $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, \
    $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, \
    $33, $34, $35, $36, $37, $38, $39, $40, $41, $42, $43, $44, $45, $46, $47, $48, \
    $49, $50, $51, $52, $53, $54, $55, $56, $57, $58, $59, $60, $61, $62, $63, $64)";

impl Receiver {
    fn code(self) -> i64 {
        match self {
            Self::Room(_) => 0,
            Self::Account(_) => 1,
            Self::Person(_) => 2,
        }
    }

    /// The id that the row keeps, and whose key seals it.
    pub fn subject(self) -> [u8; 16] {
        match self {
            Self::Room(id) => *id.0.as_bytes(),
            Self::Account(id) => *id.0.as_bytes(),
            Self::Person(id) => *id.0.as_bytes(),
        }
    }
}

impl Store {
    /// Stores what is owed and returns it with its addresses. An older version of the same card that still waits is dropped.
    pub async fn owe(&mut self, owed: Owed) -> Result<Ready, StoreError> {
        let seq = self.next_delivery().await?;
        let card = match &owed.what {
            What::Card(key, _) => Some(card_bytes(*key)),
            What::Message(_) | What::Delete(_) | What::React(..) => None,
        };
        if let Some(card) = &card {
            let sql = "DELETE FROM delivery WHERE receiver = $1 AND card = $2";
            self.writer.run(sql, binds![owed.to.subject().to_vec(), card.clone()]).await?;
        }
        let subject = owed.to.subject();
        let sealed = self.seal_json(Subject(subject), &delivery_field(&seq.to_be_bytes()), &owed)?;
        self.writer.insert(&DELIVERY, binds![seq, owed.to.code(), subject.to_vec(), card, owed.made_at, sealed]);
        self.ready(seq, owed).await
    }

    /// What is still owed and not parked, the oldest first.
    pub async fn still_owed(&mut self) -> Result<Vec<Ready>, StoreError> {
        let sql = "SELECT seq, receiver, sealed FROM delivery WHERE parked = 0 AND seq > $1 ORDER BY seq LIMIT 500";
        let (mut all, mut after) = (Vec::new(), 0);
        loop {
            let (ready, last) = self.read_owed(sql, binds![after]).await?;
            all.extend(ready);
            match last {
                Some(last) => after = last,
                None => return Ok(all),
            }
        }
    }

    /// Takes what was parked for a receiver back into the flow.
    pub async fn unpark(&mut self, receiver: Receiver) -> Result<Vec<Ready>, StoreError> {
        let subject = receiver.subject().to_vec();
        let sql = "SELECT seq, receiver, sealed FROM delivery WHERE receiver = $1 AND parked = 1 ORDER BY seq";
        let (ready, _) = self.read_owed(sql, binds![subject.clone()]).await?;
        if !ready.is_empty() {
            self.writer.run("UPDATE delivery SET parked = 0 WHERE receiver = $1 AND parked = 1", binds![subject]).await?;
        }
        Ok(ready)
    }

    /// Takes what was parked for a room back into the flow, but for news that was made before `fresh`: its moment is past.
    pub async fn unpark_room(&mut self, room: RoomId, fresh: Timestamp) -> Result<Vec<Ready>, StoreError> {
        let all = self.unpark(Receiver::Room(room)).await?;
        let (kept, past): (Vec<Ready>, Vec<Ready>) =
            all.into_iter().partition(|ready| ready.owed.manner != Manner::Notice || ready.owed.made_at >= fresh);
        self.settle(&past.iter().map(|ready| ready.seq).collect::<Vec<_>>());
        Ok(kept)
    }

    /// Something owed waits until its receiver can be reached again.
    pub async fn park(&mut self, seq: i64) -> Result<(), StoreError> {
        self.writer.run("UPDATE delivery SET parked = 1 WHERE seq = $1", binds![seq]).await?;
        Ok(())
    }

    /// Nothing is owed to this person any more, parked or not.
    pub(super) async fn withdraw_owed(&mut self, person: PersonId) -> Result<(), StoreError> {
        let receiver = Receiver::Person(person);
        let sql = "DELETE FROM delivery WHERE receiver = $1 AND receiver_kind = $2";
        self.writer.run(sql, binds![receiver.subject().to_vec(), receiver.code()]).await.map(drop)
    }

    /// These are owed no more.
    pub fn settle(&mut self, seqs: &[i64]) {
        for chunk in seqs.chunks(64) {
            // Three statement texts for up to 64 rows; a row number that repeats does no harm.
            let (sql, size) = match chunk.len() {
                1 => ("DELETE FROM delivery WHERE seq = $1", 1),
                2..=8 => (DELETE_EIGHT, 8),
                _ => (DELETE_SIXTY_FOUR, 64),
            };
            let binds = (0..size).map(|n| chunk.get(n).copied().unwrap_or(chunk[0]).into()).collect();
            self.writer.run_later(sql, binds);
        }
    }

    /// Remembers which message shows a card in a room.
    pub fn put_card_message(&mut self, room: RoomId, key: CardKey, message: &MessageRef) -> Result<(), StoreError> {
        let card = card_bytes(key);
        let sealed = self.seal_text(room, &card_field(&card), &message.0)?;
        let both = [room.bytes(), card.clone()].concat();
        self.writer.upsert(&CARD, both, binds![room, card, sealed]);
        Ok(())
    }

    pub(super) async fn prune_parked(&mut self, now: Timestamp) -> Result<(), StoreError> {
        let before = now.minus(chrono::TimeDelta::days(PARKED_DAYS_MAX));
        self.writer.run("DELETE FROM delivery WHERE parked = 1 AND made_at < $1", binds![before]).await?;
        Ok(())
    }

    /// When the oldest delivery that is not parked was made: rows are numbered in the order of their making.
    pub async fn oldest_owed(&mut self) -> Result<Option<Timestamp>, StoreError> {
        let row = self.writer.row("SELECT made_at FROM delivery WHERE parked = 0 ORDER BY seq LIMIT 1", vec![]).await?;
        row.map(|row| row.instant(0)).transpose()
    }

    /// What is owed with the addresses that it needs now.
    pub async fn ready(&mut self, seq: i64, owed: Owed) -> Result<Ready, StoreError> {
        let (route, card_message) = match owed.to {
            Receiver::Room(id) => {
                let route = match self.room(id).await? {
                    Some(room) => Route::Room(id, room.address),
                    None => Route::Nowhere,
                };
                let shown_by = match owed.what.card() {
                    Some(card) => self.shown_by(id, card).await?,
                    None => None,
                };
                (route, shown_by)
            }
            Receiver::Account(id) => (self.direct_route(id).await?, None),
            Receiver::Person(id) => {
                let now = self.who_is_now(id).await?;
                (self.person_route(now).await?, None)
            }
        };
        let discreet = match &route {
            Route::Direct(account, _) | Route::DirectClosed(account, _) | Route::Ephemeral(account, ..) => {
                self.is_discreet(*account).await?
            }
            Route::Room(..) | Route::Nowhere => false,
        };
        Ok(Ready { seq, owed, route, card_message, discreet })
    }

    /// The account last used; where that one cannot be written to, the next that can.
    async fn person_route(&mut self, id: PersonId) -> Result<Route, StoreError> {
        let mut first = Route::Nowhere;
        for account in self.accounts_of(id).await? {
            match self.direct_route(account).await? {
                open @ Route::Direct(..) => return Ok(open),
                other if first == Route::Nowhere => first = other,
                _ => {}
            }
        }
        Ok(first)
    }

    /// What is owed to `from` is owed to `to`, sealed anew.
    pub(super) async fn move_deliveries(&mut self, from: PersonId, to: PersonId) -> Result<(), StoreError> {
        let rows = self.writer.rows("SELECT seq, sealed FROM delivery WHERE receiver = $1", binds![from]).await?;
        for row in rows {
            let seq = row.int(0)?;
            let Some(owed) = self.open_json::<Owed>(from, &delivery_field(&seq.to_be_bytes()), &row.bytes(1)?)? else { continue };
            let sealed = self.seal_json(to, &delivery_field(&seq.to_be_bytes()), &Owed { to: Receiver::Person(to), ..owed })?;
            self.writer.run("UPDATE delivery SET receiver = $1, sealed = $2 WHERE seq = $3", binds![to, sealed, seq]).await?;
        }
        Ok(())
    }

    async fn direct_route(&mut self, id: AccountId) -> Result<Route, StoreError> {
        Ok(match self.account(id).await? {
            Some(row) if row.direct == DirectState::Closed => Route::DirectClosed(id, row.profile.address),
            Some(row) => Route::Direct(id, row.profile.address),
            None => Route::Nowhere,
        })
    }

    /// The message that shows a card in a room.
    pub(super) async fn shown_by(&mut self, room: RoomId, key: CardKey) -> Result<Option<MessageRef>, StoreError> {
        let card = card_bytes(key);
        let sql = "SELECT message_sealed FROM card_message WHERE room_id = $1 AND card = $2";
        let Some(row) = self.writer.row(sql, binds![room, card.clone()]).await? else { return Ok(None) };
        Ok(self.open_text(room, &card_field(&card), &row.bytes(0)?)?.map(MessageRef))
    }

    /// The rows that can be read, and the number of the last row there was. One that is damaged stops no other.
    async fn read_owed(&mut self, sql: &'static str, binds: Vec<super::sql::Bind>) -> Result<(Vec<Ready>, Option<i64>), StoreError> {
        let (mut ready, mut last) = (Vec::new(), None);
        for row in self.writer.rows(sql, binds).await? {
            let seq = row.int(0)?;
            last = Some(seq);
            match self.read_one(seq, &row).await {
                Ok(one) => ready.extend(one),
                Err(error) if error.is_machine() => return Err(error),
                Err(error) => tracing::error!(seq, %error, "what is owed cannot be read, and stays where it is"),
            }
        }
        Ok((ready, last))
    }

    async fn read_one(&mut self, seq: i64, row: &super::sql::Row) -> Result<Option<Ready>, StoreError> {
        let subject: uuid::Uuid = row.id(1)?;
        let subject = Subject(*subject.as_bytes());
        // What was owed to somebody who is erased cannot be read, and is owed no more.
        match self.open_json::<Owed>(subject, &delivery_field(&seq.to_be_bytes()), &row.bytes(2)?)? {
            Some(owed) => self.ready(seq, owed).await.map(Some),
            None => Ok(None),
        }
    }

    async fn next_delivery(&mut self) -> Result<i64, StoreError> {
        let next = match self.cache.next_delivery {
            Some(next) => next,
            None => {
                let row = self.writer.row("SELECT COALESCE(MAX(seq), 0) + 1 FROM delivery", vec![]).await?;
                row.map_or(Ok(1), |row| row.int(0))?
            }
        };
        self.cache.next_delivery = Some(next + 1);
        Ok(next)
    }
}

fn card_bytes(key: CardKey) -> Vec<u8> {
    match key {
        CardKey::Session(id) => [vec![0], id.bytes()].concat(),
    }
}

fn delivery_field(row: &[u8]) -> Field<'_> {
    Field { table: "delivery", column: "owed", row }
}

fn card_field(row: &[u8]) -> Field<'_> {
    Field { table: "card_message", column: "message", row }
}

impl Store {
    /// Whether a neutral word may be left in a room for what an account did at `acted_at`: once for each act.
    pub fn may_leave_word(&mut self, account: AccountId, room: RoomId, acted_at: Timestamp) -> bool {
        let known = self.cache.words_left.get(&(account, room)).is_some_and(|at| *at == acted_at);
        self.cache.words_left.put((account, room), acted_at);
        !known
    }
}
