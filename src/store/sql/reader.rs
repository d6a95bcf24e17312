//! The connection that reads beside the writer and can write nothing.

use sqlx::AnyConnection;

use super::{
    bind::{Bind, bound},
    connect,
    row::Row,
};
use crate::store::{StoreError, url_of};

/// The connection that reads beside the writer and can write nothing: exports, verification, backups.
#[derive(Debug)]
pub struct Reader {
    conn: AnyConnection,
}

impl Reader {
    /// Opens `path` for reading alone.
    pub async fn open(path: &std::path::Path) -> Result<Self, StoreError> {
        let url = format!("{}?mode=ro", url_of(path));
        Ok(Self { conn: connect(&url, "PRAGMA busy_timeout = 5000;").await? })
    }

    /// Reads all rows.
    pub async fn rows(&mut self, sql: &'static str, binds: Vec<Bind>) -> Result<Vec<Row>, StoreError> {
        Ok(bound(sql.to_owned(), binds).fetch_all(&mut self.conn).await?.into_iter().map(Row).collect())
    }

    /// A consistent copy of the database as it is now, into a file that does not exist yet.
    pub async fn copy_into(&mut self, out: &str) -> Result<(), StoreError> {
        sqlx::query("VACUUM INTO $1").bind(out.to_owned()).execute(&mut self.conn).await?;
        Ok(())
    }
}
