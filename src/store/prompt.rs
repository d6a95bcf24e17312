//! Prompts: their words sealed under the author's key.

use chrono::TimeDelta;

use crate::{
    binds,
    domain::{
        ids::{GroupId, PersonId, PromptId, SessionId},
        prompt::{Change, Prompt, State},
        time::Timestamp,
    },
    vault::Field,
};

use super::{Store, StoreError, sql::Insert};

static PROMPT: Insert =
    Insert { into: "prompt (id, group_id, session_id, author_id, text_sealed, at, state, at_start)", columns: 8, conflict: "" };

/// Posted and dropped prompts are forgotten after so many days.
const KEPT_DAYS: i64 = 365;

impl Store {
    /// The prompt of an id; `None` too where its author's key is destroyed.
    pub async fn prompt(&mut self, id: PromptId) -> Result<Option<Prompt>, StoreError> {
        let sql = "SELECT group_id, session_id, author_id, text_sealed, at, state, at_start FROM prompt WHERE id = $1";
        let Some(row) = self.writer.row(sql, binds![id]).await? else { return Ok(None) };
        let by: PersonId = row.id(2)?;
        let Some(text) = self.open_text(by, &text_field(&id.bytes()), &row.bytes(3)?)? else { return Ok(None) };
        let state = State::from_code(row.int(5)?).ok_or(StoreError::Corrupt("the state of a prompt"))?;
        Ok(Some(Prompt {
            id,
            group: row.id(0)?,
            session: row.opt_id(1)?,
            by,
            text,
            at: row.instant(4)?,
            at_start: row.int(6)? == 1,
            state,
        }))
    }

    /// The prompts that wait for a session's start.
    pub async fn prompts_at_start(&mut self, session: SessionId) -> Result<Vec<Prompt>, StoreError> {
        let sql = "SELECT id FROM prompt WHERE session_id = $1 AND state = $2 AND at_start = 1 ORDER BY id";
        let rows = self.writer.rows(sql, binds![session, State::Waiting.code()]).await?;
        let ids = rows.iter().map(|row| row.id(0)).collect::<Result<Vec<PromptId>, _>>()?;
        let mut prompts = Vec::new();
        for id in ids {
            prompts.extend(self.prompt(id).await?);
        }
        Ok(prompts)
    }

    /// The prompts of a person that wait for their hour, in these groups.
    pub async fn waiting_prompts(&mut self, author: PersonId, groups: &[GroupId]) -> Result<Vec<PromptId>, StoreError> {
        let sql = "SELECT id, group_id FROM prompt WHERE author_id = $1 AND state = $2 ORDER BY at, id";
        let mut waiting = Vec::new();
        for row in self.writer.rows(sql, binds![author, State::Waiting.code()]).await? {
            if groups.contains(&row.id(1)?) {
                waiting.push(row.id(0)?);
            }
        }
        Ok(waiting)
    }

    pub(super) async fn apply_prompt(&mut self, change: Change, _now: Timestamp) -> Result<(), StoreError> {
        match change {
            Change::Add(prompt) => {
                let id = prompt.id;
                let sealed = self.seal_text(prompt.by, &text_field(&id.bytes()), &prompt.text)?;
                let mut values = binds![id, prompt.group, prompt.session, prompt.by, sealed, prompt.at, prompt.state.code()];
                values.extend(binds![prompt.at_start]);
                self.writer.insert(&PROMPT, values);
                Ok(())
            }
            Change::Set(id, state) => {
                self.writer.run("UPDATE prompt SET state = $1 WHERE id = $2", binds![state.code(), id]).await.map(drop)
            }
            Change::Keep(..) | Change::Remove(..) | Change::LibraryPosted(..) | Change::Rota(..) => self.apply_library(change).await,
        }
    }

    /// The prompts of `from` become `to`'s, their words sealed anew.
    pub(super) async fn move_prompts(&mut self, from: PersonId, to: PersonId) -> Result<(), StoreError> {
        let rows = self.writer.rows("SELECT id, text_sealed FROM prompt WHERE author_id = $1", binds![from]).await?;
        for row in rows {
            let id: PromptId = row.id(0)?;
            let field = id.bytes();
            let Some(text) = self.open_text(from, &text_field(&field), &row.bytes(1)?)? else { continue };
            let sealed = self.seal_text(to, &text_field(&field), &text)?;
            self.writer.run("UPDATE prompt SET author_id = $1, text_sealed = $2 WHERE id = $3", binds![to, sealed, id]).await?;
        }
        Ok(())
    }

    pub(super) async fn prune_prompts(&mut self, now: Timestamp) -> Result<(), StoreError> {
        let before = now.minus(TimeDelta::days(KEPT_DAYS));
        let sql = "DELETE FROM prompt WHERE at < $1 AND state <> $2";
        self.writer.run(sql, binds![before, State::Waiting.code()]).await?;
        Ok(())
    }
}

fn text_field(row: &[u8]) -> Field<'_> {
    Field { table: "prompt", column: "text", row }
}
