//! Shared phones: the messages that will go from a direct room, and the code that is asked.

use serde::{Deserialize, Serialize};

use crate::{
    binds,
    domain::{
        discreet::{Digits, Discreet, STAYS_MINUTES, lock::Lock},
        event::MessageRef,
        ids::{AccountId, IdSource},
        time::Timestamp,
        timer::{Timer, Wake},
    },
    vault::Field,
};

use super::{Store, StoreError, sql::Insert};

/// What is due within so many seconds goes along, so that one wake-up serves many messages.
const ALONG_SECONDS: i64 = 30;

/// What an account's sealed profile holds of it.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct SharedPhone {
    /// The phone is shared.
    pub on: bool,
    /// The keyed hash of the code, where there is one. Four digits are no secret from who has the vault's key, and with it
    /// all that the code guards; against everybody else the tries are few.
    pub code: Option<Vec<u8>>,
    /// What is known of its tries.
    pub lock: Lock,
}

impl SharedPhone {
    /// As the domain sees it.
    pub fn as_domain(&self) -> Discreet {
        Discreet { on: self.on, lock: self.code.as_ref().map(|_| self.lock.clone()) }
    }
}

static MESSAGE: Insert = Insert { into: "vanishing_message (seq, account_id, due_at, message_sealed)", columns: 4, conflict: "" };

static WAKE: Insert = Insert {
    into: "vanishing (account_id, wake_at)",
    columns: 2,
    conflict: "ON CONFLICT (account_id) DO UPDATE SET wake_at = excluded.wake_at",
};

impl Store {
    /// Whether an account is on a shared phone.
    pub async fn is_discreet(&mut self, account: AccountId) -> Result<bool, StoreError> {
        Ok(self.account(account).await?.is_some_and(|row| row.profile.shared.on))
    }

    /// Whether these digits are the account's code.
    pub async fn code_is(&mut self, account: AccountId, digits: &Digits) -> Result<bool, StoreError> {
        let hash = self.code_of(account, digits);
        Ok(self.account(account).await?.and_then(|row| row.profile.shared.code).is_some_and(|code| code == hash))
    }

    /// Switches it on or off; off, nothing that is still there goes any more, and the code is gone.
    pub(super) async fn set_discreet(&mut self, id: AccountId, on: bool) -> Result<(), StoreError> {
        if on {
            return self.change_account(id, |row| row.profile.shared.on = true).await;
        }
        self.change_account(id, |row| row.profile.shared = SharedPhone::default()).await?;
        self.forget_vanishing(id).await
    }

    /// Sets or takes away the code; its tries begin anew.
    pub(super) async fn set_code(&mut self, id: AccountId, digits: Option<&Digits>) -> Result<(), StoreError> {
        let code = digits.map(|digits| self.code_of(id, digits));
        self.change_account(id, |row| row.profile.shared = SharedPhone { code, lock: Lock::default(), ..row.profile.shared.clone() }).await
    }

    /// Notes messages in the direct room of an account that have to go after a while, if the phone is shared.
    pub async fn let_vanish(
        &mut self,
        account: AccountId,
        messages: &[MessageRef],
        ids: &mut IdSource,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        if messages.is_empty() || !self.is_discreet(account).await? {
            return Ok(());
        }
        let due = now.plus(chrono::TimeDelta::minutes(STAYS_MINUTES));
        let row = self.writer.row("SELECT COALESCE(MAX(seq), 0) FROM vanishing_message", vec![]).await?;
        let last = row.map_or(Ok(0), |row| row.int(0))?;
        for (message, seq) in messages.iter().zip(last + 1..) {
            let sealed = self.seal_text(account, &message_field(&seq.to_be_bytes()), &message.0)?;
            self.writer.insert(&MESSAGE, binds![seq, account, due, sealed]);
        }
        let planned = self.writer.row("SELECT wake_at FROM vanishing WHERE account_id = $1", binds![account]).await?;
        let at = match planned.map(|row| row.instant(0)).transpose()? {
            Some(at) if at >= now => return Ok(()),
            // Its wake-up is late, or failed and will never come: one too many does no harm.
            Some(_) => now,
            None => due,
        };
        self.writer.upsert(&WAKE, account.bytes(), binds![account, at]);
        self.put_timer(&Timer { id: ids.make(), at, wake: Wake::Vanish(account) })
    }

    /// The messages that have to go now, and when to look again. What is asked by number goes with the last of them.
    pub async fn vanish(&mut self, account: AccountId, now: Timestamp) -> Result<(Vec<MessageRef>, Option<Timestamp>), StoreError> {
        let planned = self.writer.row("SELECT wake_at FROM vanishing WHERE account_id = $1", binds![account]).await?;
        // A wake-up of a time before it was switched off and on again.
        if planned.map(|row| row.instant(0)).transpose()?.is_none_or(|at| at > now) {
            return Ok((Vec::new(), None));
        }
        let until = now.plus(chrono::TimeDelta::seconds(ALONG_SECONDS));
        let messages = self.due_by(account, until).await?;
        self.writer.run("DELETE FROM vanishing_message WHERE account_id = $1 AND due_at <= $2", binds![account, until]).await?;
        let left = self.writer.row("SELECT MIN(due_at) FROM vanishing_message WHERE account_id = $1", binds![account]).await?;
        let next = left.map(|row| row.opt_instant(0)).transpose()?.flatten();
        match next {
            Some(at) => self.writer.upsert(&WAKE, account.bytes(), binds![account, at]),
            None => {
                self.forget_vanishing(account).await?;
                self.writer.run("DELETE FROM newest_choices WHERE place = $1", binds![account]).await?;
            }
        }
        Ok((messages, next))
    }

    /// All messages that would go from the direct room of an account.
    pub async fn vanishing_of(&mut self, account: AccountId) -> Result<Vec<MessageRef>, StoreError> {
        self.due_by(account, Timestamp::from_micros(i64::MAX)).await
    }

    async fn due_by(&mut self, account: AccountId, until: Timestamp) -> Result<Vec<MessageRef>, StoreError> {
        let sql = "SELECT seq, message_sealed FROM vanishing_message WHERE account_id = $1 AND due_at <= $2 ORDER BY seq";
        let mut messages = Vec::new();
        for row in self.writer.rows(sql, binds![account, until]).await? {
            let seq = row.int(0)?;
            messages.extend(self.open_text(account, &message_field(&seq.to_be_bytes()), &row.bytes(1)?)?.map(MessageRef));
        }
        Ok(messages)
    }

    async fn forget_vanishing(&mut self, account: AccountId) -> Result<(), StoreError> {
        self.writer.run("DELETE FROM vanishing_message WHERE account_id = $1", binds![account]).await?;
        self.writer.run("DELETE FROM vanishing WHERE account_id = $1", binds![account]).await.map(drop)
    }

    fn code_of(&self, account: AccountId, digits: &Digits) -> Vec<u8> {
        self.vault.hash("discreet-code", &[account.bytes(), digits.as_str().as_bytes().to_vec()].concat()).to_vec()
    }
}

fn message_field(row: &[u8]) -> Field<'_> {
    Field { table: "vanishing_message", column: "message", row }
}
