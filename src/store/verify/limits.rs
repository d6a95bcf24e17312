//! What a host was paid in a month, recomputed from the transfers.

use std::collections::BTreeMap;

use chrono::{Datelike, TimeDelta};
use uuid::Uuid;

use super::{Fault, Verifier};
use crate::domain::{session::HOST_MONTH_CREDITS_MAX, time::Timestamp};

/// What each account was paid for sessions, by month.
#[derive(Default)]
pub(super) struct Earned(BTreeMap<(Uuid, i32, u32), i64>);

impl Earned {
    /// Counts what falls into one and the same month on every clock of the world: the community's own is sealed.
    pub(super) fn count(&mut self, account: Uuid, at: Timestamp, credits: i64) {
        let month = |delta: TimeDelta| {
            let day = at.plus(delta).utc().date_naive();
            (day.year(), day.month())
        };
        let (first, last) = (month(TimeDelta::hours(-12)), month(TimeDelta::hours(14)));
        if first == last {
            let earned = self.0.entry((account, first.0, first.1)).or_default();
            *earned = earned.saturating_add(credits);
        }
    }
}

impl Verifier<'_> {
    /// What is beyond the month's limit is paid from where it waited, once a coordinator accepted it.
    pub(super) fn limits(&mut self, earned: &Earned) {
        for ((account, ..), earned) in &earned.0 {
            if *earned > HOST_MONTH_CREDITS_MAX {
                self.fault(Fault::HostMonth { account: *account, earned: *earned, most: HOST_MONTH_CREDITS_MAX });
            }
        }
    }
}
