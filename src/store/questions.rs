//! Private questions and awaited texts, sealed under the account's key and found by keyed hashes.

use serde::{Deserialize, Serialize};

use crate::{
    binds,
    domain::{
        command::Command,
        ids::{AccountId, CommunityId, GroupId, QuestionId},
        message::Press,
        question::{Action, Change},
        time::Timestamp,
    },
    vault::{Field, Subject},
};

use super::{Store, StoreError, sql::Insert};

static QUESTION: Insert =
    Insert { into: "question (id_hash, account_id, community_id, group_id, choices_sealed, until)", columns: 6, conflict: "" };

static AWAITED: Insert = Insert {
    into: "awaited_text (account_id, community_id, group_id, command_sealed, until)",
    columns: 5,
    conflict: "ON CONFLICT (account_id) DO UPDATE SET community_id = excluded.community_id, group_id = excluded.group_id, \
               command_sealed = excluded.command_sealed, until = excluded.until",
};

static NEWEST: Insert = Insert {
    into: "newest_choices (place, presses_sealed)",
    columns: 2,
    conflict: "ON CONFLICT (place) DO UPDATE SET presses_sealed = excluded.presses_sealed",
};

static CHOSEN: Insert = Insert {
    into: "chosen_group (account_id, group_id, until)",
    columns: 3,
    conflict: "ON CONFLICT (account_id) DO UPDATE SET group_id = excluded.group_id, until = excluded.until",
};

/// What a question or an awaited text was about.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct About {
    /// Which community.
    pub community: Option<CommunityId>,
    /// Which group.
    pub group: Option<GroupId>,
}

/// What became of a press on a choice.
#[derive(Debug)]
pub enum Answered {
    /// It is this, and now it is answered.
    Now(Box<Action>, About),
    /// It was answered before.
    Before,
    /// It is somebody else's.
    NotTheirs,
    /// There is no such question any more.
    Gone,
}

/// A text that is awaited.
#[derive(Debug, Serialize, Deserialize)]
pub struct Awaited {
    /// The command that it becomes.
    pub command: Command,
    /// What stands before it.
    pub rest: String,
}

impl Store {
    pub(super) fn apply_question(&mut self, about: About, change: Change) -> Result<(), StoreError> {
        let About { community, group } = about;
        match change {
            Change::Ask(question) => {
                let hash = self.question_hash(question.id);
                let sealed = self.seal_json(question.account, &choices_field(&hash), &question.choices)?;
                self.writer.insert(&QUESTION, binds![hash, question.account, community, group, sealed, question.until]);
            }
            Change::Await { account, command, rest, until } => {
                let sealed = self.seal_json(account, &awaited_field(&account.bytes()), &Awaited { command, rest })?;
                self.writer.upsert(&AWAITED, account.bytes(), binds![account, community, group, sealed, until]);
                self.cache.awaited.put(account, true);
            }
            Change::AwaitNothing(account) => {
                let sealed = self.seal_json(account, &awaited_field(&account.bytes()), &Option::<Awaited>::None)?;
                self.writer.upsert(&AWAITED, account.bytes(), binds![account, community, group, sealed, 0]);
                self.cache.awaited.put(account, false);
            }
        }
        Ok(())
    }

    /// Answers a question, once.
    pub async fn answer_question(
        &mut self,
        id: QuestionId,
        choice: u8,
        account: AccountId,
        now: Timestamp,
    ) -> Result<Answered, StoreError> {
        let hash = self.question_hash(id);
        let sql = "SELECT account_id, community_id, group_id, choices_sealed, until, answered FROM question WHERE id_hash = $1";
        let Some(row) = self.writer.row(sql, binds![hash]).await? else { return Ok(Answered::Gone) };
        if row.id::<AccountId>(0)? != account {
            return Ok(Answered::NotTheirs);
        }
        if row.int(5)? != 0 {
            return Ok(Answered::Before);
        }
        if row.instant(4)? < now {
            return Ok(Answered::Gone);
        }
        let choices: Option<Vec<Action>> = self.open_json(account, &choices_field(&hash), &row.bytes(3)?)?;
        let Some(action) = choices.and_then(|choices| choices.into_iter().nth(usize::from(choice))) else { return Ok(Answered::Gone) };
        self.writer.run("UPDATE question SET answered = 1 WHERE id_hash = $1", binds![hash]).await?;
        Ok(Answered::Now(Box::new(action), About { community: row.opt_id(1)?, group: row.opt_id(2)? }))
    }

    /// Takes the text that is awaited from an account, where one is.
    pub async fn take_awaited(&mut self, account: AccountId, now: Timestamp) -> Result<Option<(Awaited, About)>, StoreError> {
        if self.cache.awaited.get(&account) == Some(&false) {
            return Ok(None);
        }
        self.cache.awaited.put(account, false);
        let sql = "DELETE FROM awaited_text WHERE account_id = $1 RETURNING community_id, group_id, command_sealed, until";
        let Some(row) = self.writer.row(sql, binds![account]).await? else { return Ok(None) };
        if row.instant(3)? < now {
            return Ok(None);
        }
        let awaited: Option<Option<Awaited>> = self.open_json(account, &awaited_field(&account.bytes()), &row.bytes(2)?)?;
        let about = About { community: row.opt_id(0)?, group: row.opt_id(1)? };
        Ok(awaited.flatten().map(|awaited| (awaited, about)))
    }

    /// The command that an account's next text becomes, in its canonical word, where one is awaited; it stays awaited.
    pub(super) async fn awaited_word(&mut self, account: AccountId) -> Result<Option<String>, StoreError> {
        let sql = "SELECT command_sealed FROM awaited_text WHERE account_id = $1";
        let Some(row) = self.writer.row(sql, binds![account]).await? else { return Ok(None) };
        let awaited: Option<Option<Awaited>> = self.open_json(account, &awaited_field(&account.bytes()), &row.bytes(0)?)?;
        Ok(awaited.flatten().map(|awaited| format!("{} {}", awaited.command.name(), awaited.rest).trim().to_owned()))
    }

    /// Remembers what the buttons of the newest message in a place carry. `place`: a room's or an account's id.
    pub fn put_newest_choices(&mut self, place: [u8; 16], presses: &[Press]) -> Result<(), StoreError> {
        let sealed = self.seal_json(Subject(place), &newest_field(&place), &presses)?;
        self.writer.upsert(&NEWEST, place.to_vec(), binds![place.to_vec(), sealed]);
        Ok(())
    }

    /// What the `number`-th button (from 1) of the newest message in a place carries.
    pub async fn newest_choice(&mut self, place: [u8; 16], number: usize) -> Result<Option<Press>, StoreError> {
        let sql = "SELECT presses_sealed FROM newest_choices WHERE place = $1";
        let Some(row) = self.writer.row(sql, binds![place.to_vec()]).await? else { return Ok(None) };
        let presses: Option<Vec<Press>> = self.open_json(Subject(place), &newest_field(&place), &row.bytes(0)?)?;
        Ok(presses.and_then(|presses| presses.into_iter().nth(number.checked_sub(1)?)))
    }

    /// Remembers for a while which group an account means in its direct room.
    pub fn choose_group(&mut self, account: AccountId, group: GroupId, until: Timestamp) {
        self.writer.upsert(&CHOSEN, account.bytes(), binds![account, group, until]);
        self.cache.chosen_groups.put(account, Some((group, until)));
    }

    /// The group that an account means in its direct room, where it chose one.
    pub async fn chosen_group(&mut self, account: AccountId, now: Timestamp) -> Result<Option<GroupId>, StoreError> {
        let chosen = match self.cache.chosen_groups.get(&account) {
            Some(chosen) => *chosen,
            None => {
                let sql = "SELECT group_id, until FROM chosen_group WHERE account_id = $1";
                let row = self.writer.row(sql, binds![account]).await?;
                let chosen = row.map(|row| Ok::<_, StoreError>((row.id(0)?, row.instant(1)?))).transpose()?;
                self.cache.chosen_groups.put(account, chosen);
                chosen
            }
        };
        Ok(chosen.filter(|(_, until)| *until > now).map(|(group, _)| group))
    }

    pub(super) async fn prune_questions(&mut self, now: Timestamp) -> Result<(), StoreError> {
        let before = now.minus(chrono::TimeDelta::days(7));
        self.writer.run("DELETE FROM question WHERE until < $1", binds![before]).await?;
        self.writer.run("DELETE FROM awaited_text WHERE until < $1", binds![now]).await?;
        self.writer.run("DELETE FROM chosen_group WHERE until < $1", binds![now]).await?;
        Ok(())
    }

    fn question_hash(&self, id: QuestionId) -> [u8; 32] {
        self.vault.hash("question", id.0.as_bytes())
    }
}

fn choices_field(row: &[u8]) -> Field<'_> {
    Field { table: "question", column: "choices", row }
}

fn awaited_field(row: &[u8]) -> Field<'_> {
    Field { table: "awaited_text", column: "command", row }
}

fn newest_field(row: &[u8]) -> Field<'_> {
    Field { table: "newest_choices", column: "presses", row }
}
