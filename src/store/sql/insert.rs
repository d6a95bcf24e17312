//! Inserts that are kept back: rows that wait for one table, and the few statements that write them.

use std::collections::{HashMap, hash_map::Entry};

use super::{bind::Bind, line::Step};

/// An insert whose rows are kept back: written many at once before the next read or the commit.
#[derive(Debug)]
pub struct Insert {
    /// `table (column, column)`.
    pub into: &'static str,
    /// How many columns.
    pub columns: usize,
    /// What follows the values: `""` or `ON CONFLICT …`.
    pub conflict: &'static str,
}

/// How many rows one statement writes. Each statement is a round trip to the driver's thread, and each size of each table a
/// prepared statement: with these, up to 64 rows take four at most.
const CHUNKS: [usize; 10] = [64, 48, 32, 24, 16, 8, 6, 4, 2, 1];

/// So many rows of a table are sent ahead of the commit.
const AHEAD: usize = 32;

/// Rows that wait for one table.
#[derive(Debug)]
pub(super) struct Waiting {
    insert: &'static Insert,
    rows: Vec<Vec<Bind>>,
    /// Where the row of a key stands, which a later one of the same key replaces.
    keys: HashMap<Vec<u8>, usize>,
}

impl Waiting {
    /// Rows that may be written at once, none of which another replaces.
    pub(super) fn of(insert: &'static Insert, rows: Vec<Vec<Bind>>) -> Self {
        Self { insert, rows, keys: HashMap::new() }
    }

    /// Whether these are this insert's.
    pub(super) fn are_of(&self, insert: &'static Insert) -> bool {
        std::ptr::eq(self.insert, insert)
    }

    /// Keeps a row back; it replaces one of the same key.
    pub(super) fn keep(&mut self, key: Option<Vec<u8>>, row: Vec<Bind>) {
        debug_assert_eq!(row.len(), self.insert.columns);
        let Some(key) = key else { return self.rows.push(row) };
        match self.keys.entry(key) {
            Entry::Occupied(known) => self.rows[*known.get()] = row,
            Entry::Vacant(fresh) => {
                fresh.insert(self.rows.len());
                self.rows.push(row);
            }
        }
    }

    /// A statement for the first of them, where they are many; one that may still be replaced is worth waiting for.
    pub(super) fn take_many(&mut self) -> Option<Step> {
        let are_many = self.keys.is_empty() && self.rows.len() >= AHEAD;
        are_many.then(|| (insert_text(self.insert, AHEAD), self.rows.drain(..AHEAD).flatten().collect()))
    }

    /// Statements for all of them, in the order in which they came.
    pub(super) fn statements(self) -> impl Iterator<Item = Step> {
        let Self { insert, rows, .. } = self;
        let mut rows = rows.into_iter();
        std::iter::from_fn(move || {
            let left = rows.len();
            let size = CHUNKS.into_iter().find(|size| *size <= left)?;
            Some((insert_text(insert, size), rows.by_ref().take(size).flatten().collect()))
        })
    }
}

/// `INSERT INTO t (a, b) VALUES (?,?),(?,?) ON CONFLICT …`. Without numbers: the driver asks for the name of each parameter,
/// and SQLite searches a list for it wherever one has a number or a name, which took a tenth of all writing.
fn insert_text(insert: &Insert, rows: usize) -> String {
    let mut sql = format!("INSERT INTO {} VALUES ", insert.into);
    for row in 0..rows {
        sql.push_str(if row == 0 { "(" } else { ",(" });
        for column in 0..insert.columns {
            sql.push_str(if column == 0 { "?" } else { ",?" });
        }
        sql.push(')');
    }
    if !insert.conflict.is_empty() {
        sql.push(' ');
        sql.push_str(insert.conflict);
    }
    sql
}
