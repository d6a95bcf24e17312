//! The checkin feature's tables (to be written by the feature).

use crate::domain::{checkin::Change, time::Timestamp};

use super::{Store, StoreError};

impl Store {
    pub(super) async fn apply_checkin(&mut self, _change: Change, _now: Timestamp) -> Result<(), StoreError> {
        Ok(())
    }
}
