//! How many commands one account may give in a minute; a pace for people, not a wall.

use std::collections::{HashMap, VecDeque};

use chrono::TimeDelta;

use crate::domain::{ids::AccountId, time::Timestamp};

/// The most commands of one account in a minute.
const COMMANDS_MAX: usize = 20;

/// Beyond so many accounts those are forgotten who gave no command for a minute.
const ACCOUNTS_MAX: usize = 10_000;

/// What becomes of a command.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Pace {
    /// It is done.
    Free,
    /// It is not done, and the person is told.
    SlowDown,
    /// It is not done; they were told already.
    Silent,
}

/// The recent commands of each account.
#[derive(Debug, Default)]
pub struct Limits {
    enabled: bool,
    recent: HashMap<AccountId, Recent>,
    /// At how many accounts those are forgotten who gave no command for a minute.
    forget_at: usize,
    /// What was counted and is not committed: for whom, whether it was let through, and whether they had been told.
    counted: Vec<(AccountId, bool, bool)>,
    /// How many of these belong to a commit that is under way.
    sent: usize,
}

#[derive(Debug, Default)]
struct Recent {
    at: VecDeque<Timestamp>,
    told: bool,
}

impl Limits {
    /// Limits that hold, or that let everything pass.
    pub fn new(enabled: bool) -> Self {
        Self { enabled, recent: HashMap::new(), forget_at: ACCOUNTS_MAX, counted: Vec::new(), sent: 0 }
    }

    /// Counts a command of `account` at `now`.
    pub fn count(&mut self, account: AccountId, now: Timestamp) -> Pace {
        if !self.enabled {
            return Pace::Free;
        }
        let minute_ago = now.minus(TimeDelta::minutes(1));
        if self.recent.len() > self.forget_at {
            self.recent.retain(|_, recent| recent.at.back().is_some_and(|at| *at > minute_ago));
            self.forget_at = (2 * self.recent.len()).max(ACCOUNTS_MAX);
        }
        let recent = self.recent.entry(account).or_default();
        while recent.at.front().is_some_and(|at| *at <= minute_ago) {
            recent.at.pop_front();
        }
        let free = recent.at.len() < COMMANDS_MAX;
        self.counted.push((account, free, recent.told));
        if free {
            recent.at.push_back(now);
            recent.told = false;
            return Pace::Free;
        }
        if std::mem::replace(&mut recent.told, true) { Pace::Silent } else { Pace::SlowDown }
    }

    /// What was counted counts.
    pub fn commit(&mut self) {
        self.send();
        self.landed();
    }

    /// What was counted goes with a commit that is under way.
    pub fn send(&mut self) {
        self.sent = self.counted.len();
    }

    /// What was counted until `send` counts.
    pub fn landed(&mut self) {
        self.counted.drain(..std::mem::take(&mut self.sent));
    }

    /// What was counted since the last commit was not done, and will be counted again when it is.
    pub fn rollback(&mut self) {
        self.sent = 0;
        for (account, free, told) in self.counted.drain(..).rev() {
            if let Some(recent) = self.recent.get_mut(&account) {
                recent.told = told;
                if free {
                    recent.at.pop_back();
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_twenty_first_command_of_a_minute_is_slowed_with_one_notice() {
        let account = AccountId(uuid::Uuid::from_u128(1));
        let at = |seconds: i64| Timestamp::from_micros(seconds * 1_000_000);
        let mut limits = Limits::new(true);
        for n in 0..20 {
            assert_eq!(limits.count(account, at(n)), Pace::Free);
        }
        assert_eq!(limits.count(account, at(20)), Pace::SlowDown);
        assert_eq!(limits.count(account, at(21)), Pace::Silent);
        assert_eq!(limits.count(AccountId(uuid::Uuid::from_u128(2)), at(21)), Pace::Free);
        assert_eq!(limits.count(account, at(61)), Pace::Free);
        assert_eq!(Limits::new(false).count(account, at(0)), Pace::Free);
    }
}
