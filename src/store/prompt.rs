//! The prompt feature's tables (to be written by the feature).

use crate::domain::{prompt::Change, time::Timestamp};

use super::{Store, StoreError};

impl Store {
    pub(super) async fn apply_prompt(&mut self, _change: Change, _now: Timestamp) -> Result<(), StoreError> {
        Ok(())
    }
}
