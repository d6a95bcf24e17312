//! Rows that were read, and what their columns hold.

use sqlx::{Row as _, any::AnyRow};

use crate::store::StoreError;

/// A row that was read.
pub struct Row(pub(super) AnyRow);

impl Row {
    /// Column `n` as an integer.
    pub fn int(&self, n: usize) -> Result<i64, StoreError> {
        Ok(self.0.try_get(n)?)
    }

    /// Column `n` as an integer, where it is not NULL.
    pub fn opt_int(&self, n: usize) -> Result<Option<i64>, StoreError> {
        Ok(self.0.try_get(n)?)
    }

    /// Column `n` as an instant.
    pub fn instant(&self, n: usize) -> Result<crate::domain::time::Timestamp, StoreError> {
        Ok(crate::domain::time::Timestamp::from_micros(self.int(n)?))
    }

    /// Column `n` as an instant, where it is not NULL.
    pub fn opt_instant(&self, n: usize) -> Result<Option<crate::domain::time::Timestamp>, StoreError> {
        Ok(self.opt_int(n)?.map(crate::domain::time::Timestamp::from_micros))
    }

    /// Column `n` as text.
    pub fn text(&self, n: usize) -> Result<String, StoreError> {
        Ok(self.0.try_get(n)?)
    }

    /// Column `n` as text, where it is not NULL.
    pub fn opt_text(&self, n: usize) -> Result<Option<String>, StoreError> {
        Ok(self.0.try_get(n)?)
    }

    /// Column `n` as bytes.
    pub fn bytes(&self, n: usize) -> Result<Vec<u8>, StoreError> {
        Ok(self.0.try_get(n)?)
    }

    /// Column `n` as bytes, where it is not NULL.
    pub fn opt_bytes(&self, n: usize) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(self.0.try_get(n)?)
    }

    /// Column `n` as an id.
    pub fn id<T: From<uuid::Uuid>>(&self, n: usize) -> Result<T, StoreError> {
        id_of(&self.bytes(n)?)
    }

    /// Column `n` as an id, where it is not NULL.
    pub fn opt_id<T: From<uuid::Uuid>>(&self, n: usize) -> Result<Option<T>, StoreError> {
        self.opt_bytes(n)?.map(|bytes| id_of(&bytes)).transpose()
    }
}

fn id_of<T: From<uuid::Uuid>>(bytes: &[u8]) -> Result<T, StoreError> {
    Ok(T::from(uuid::Uuid::from_slice(bytes).map_err(|_| StoreError::Corrupt("an id is not 16 bytes"))?))
}
