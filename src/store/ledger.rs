//! The ledger feature's tables (to be written by the feature).

use crate::domain::{ledger::Change, time::Timestamp};

use super::{Store, StoreError};

impl Store {
    pub(super) async fn apply_ledger(&mut self, _change: Change, _now: Timestamp) -> Result<(), StoreError> {
        Ok(())
    }
}
