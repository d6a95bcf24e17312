//! The session feature's tables (to be written by the feature).

use crate::domain::{session::Change, time::Timestamp};

use super::{Store, StoreError};

impl Store {
    pub(super) async fn apply_session(&mut self, _change: Change, _now: Timestamp) -> Result<(), StoreError> {
        Ok(())
    }
}

impl Store {
    /// The group of a session.
    pub async fn group_of_session(
        &mut self,
        _id: crate::domain::ids::SessionId,
    ) -> Result<Option<crate::domain::ids::GroupId>, StoreError> {
        Ok(None)
    }
}
