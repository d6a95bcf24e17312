//! The questions that groups have in store, sealed under their community's key, and when one comes by itself.

use chrono::Weekday;

use crate::{
    binds,
    domain::{
        ids::{CommunityId, GroupId},
        prompt::{
            Change,
            library::{Item, LibraryView, Rota},
        },
    },
    vault::Field,
};

use super::{Store, StoreError, sql::Insert};

static ITEM: Insert = Insert {
    into: "prompt_library (group_id, number, text_sealed, posted_at)",
    columns: 4,
    conflict: "ON CONFLICT (group_id, number) DO UPDATE SET text_sealed = excluded.text_sealed, posted_at = excluded.posted_at",
};

static ROTA: Insert = Insert {
    into: "prompt_rota (group_id, weekday, minute, next_at)",
    columns: 4,
    conflict: "ON CONFLICT (group_id) DO UPDATE SET weekday = excluded.weekday, minute = excluded.minute, next_at = excluded.next_at",
};

impl Store {
    /// What a group has in store, and when one comes.
    pub async fn library(&mut self, community: CommunityId, group: GroupId) -> Result<LibraryView, StoreError> {
        let sql = "SELECT number, text_sealed, posted_at FROM prompt_library WHERE group_id = $1 ORDER BY number";
        let mut items = Vec::new();
        for row in self.writer.rows(sql, binds![group]).await? {
            let number = row.int(0)?;
            let text = self.open_text(community, &text_field(&key(group, number)), &row.bytes(1)?)?;
            let posted_at = row.opt_instant(2)?;
            items.extend(text.map(|text| Item { number, text, posted_at }));
        }
        let sql = "SELECT weekday, minute, next_at FROM prompt_rota WHERE group_id = $1";
        let rota = match self.writer.row(sql, binds![group]).await? {
            Some(row) => {
                let weekday = u8::try_from(row.int(0)?).ok().and_then(|day| Weekday::try_from(day).ok());
                let weekday = weekday.ok_or(StoreError::Corrupt("the day of a rota"))?;
                Some(Rota { weekday, minute: u32::try_from(row.int(1)?).unwrap_or(0), next_at: row.instant(2)? })
            }
            None => None,
        };
        Ok(LibraryView { items, rota })
    }

    pub(super) async fn apply_library(&mut self, change: Change) -> Result<(), StoreError> {
        match change {
            Change::Keep(group, item) => {
                let Some(community) = self.group(group).await?.map(|group| group.community) else { return Ok(()) };
                let row = key(group, item.number);
                let sealed = self.seal_text(community, &text_field(&row), &item.text)?;
                self.writer.upsert(&ITEM, row, binds![group, item.number, sealed, item.posted_at.map(|at| at.micros())]);
                Ok(())
            }
            Change::Remove(group, number) => {
                let sql = "DELETE FROM prompt_library WHERE group_id = $1 AND number = $2";
                self.writer.run(sql, binds![group, number]).await.map(drop)
            }
            Change::LibraryPosted(group, number, at) => {
                let sql = "UPDATE prompt_library SET posted_at = $1 WHERE group_id = $2 AND number = $3";
                self.writer.run(sql, binds![at, group, number]).await.map(drop)
            }
            Change::Rota(group, Some(rota)) => {
                let day = i64::from(rota.weekday.num_days_from_monday());
                self.writer.upsert(&ROTA, group.bytes(), binds![group, day, i64::from(rota.minute), rota.next_at]);
                Ok(())
            }
            Change::Rota(group, None) => self.writer.run("DELETE FROM prompt_rota WHERE group_id = $1", binds![group]).await.map(drop),
            Change::Add(_) | Change::Set(..) => Ok(()),
        }
    }
}

fn key(group: GroupId, number: i64) -> Vec<u8> {
    [group.bytes(), number.to_be_bytes().to_vec()].concat()
}

fn text_field(row: &[u8]) -> Field<'_> {
    Field { table: "prompt_library", column: "text", row }
}
