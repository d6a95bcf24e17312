//! Balances recomputed from transfers alone: what `verify` and the tests hold against what is stored.

use std::{collections::HashMap, hash::Hash};

use super::{AMOUNT_MAX, AMOUNT_MIN};

/// Balances by account, in credits.
#[derive(Clone, PartialEq, Debug)]
pub struct Book<Account: Eq + Hash> {
    balances: HashMap<Account, i64>,
}

/// A transfer that no sound ledger holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum BookFault {
    /// Outside of what one transfer may move.
    #[error("the amount {0} is outside of {AMOUNT_MIN} to {AMOUNT_MAX}")]
    Amount(i64),
    /// From an account to itself.
    #[error("an account pays itself")]
    SameAccount,
    /// A balance beyond 64 bits.
    #[error("a balance does not fit into 64 bits")]
    Overflow,
}

impl<Account: Eq + Hash> Default for Book<Account> {
    fn default() -> Self {
        Self { balances: HashMap::new() }
    }
}

impl<Account: Eq + Hash> Book<Account> {
    /// Moves `amount_credits`; on a fault nothing moves.
    pub fn enter(&mut self, from: Account, to: Account, amount_credits: i64) -> Result<(), BookFault> {
        if !(AMOUNT_MIN..=AMOUNT_MAX).contains(&amount_credits) {
            return Err(BookFault::Amount(amount_credits));
        }
        if from == to {
            return Err(BookFault::SameAccount);
        }
        let less = self.balance(&from).checked_sub(amount_credits).ok_or(BookFault::Overflow)?;
        let more = self.balance(&to).checked_add(amount_credits).ok_or(BookFault::Overflow)?;
        self.balances.insert(from, less);
        self.balances.insert(to, more);
        Ok(())
    }

    /// What an account holds; zero where it never moved.
    pub fn balance(&self, account: &Account) -> i64 {
        self.balances.get(account).copied().unwrap_or(0)
    }

    /// Every account that ever moved, with its balance.
    pub fn balances(&self) -> impl Iterator<Item = (&Account, i64)> {
        self.balances.iter().map(|(account, balance)| (account, *balance))
    }

    /// The sum of all balances; wide enough never to overflow, and zero in a sound book.
    pub fn sum(&self) -> i128 {
        self.balances.values().map(|balance| i128::from(*balance)).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_sound_transfers_are_entered() {
        for (from, to, amount, expected) in [
            ("a", "b", 1, Ok(())),
            ("a", "b", 10_000, Ok(())),
            ("a", "b", 0, Err(BookFault::Amount(0))),
            ("a", "b", -1, Err(BookFault::Amount(-1))),
            ("a", "b", 10_001, Err(BookFault::Amount(10_001))),
            ("a", "b", i64::MIN, Err(BookFault::Amount(i64::MIN))),
            ("a", "a", 5, Err(BookFault::SameAccount)),
        ] {
            let mut book = Book::default();
            assert_eq!(book.enter(from, to, amount), expected, "{from} {to} {amount}");
            assert_eq!(book.sum(), 0);
        }
    }

    #[test]
    fn a_balance_at_the_edge_of_64_bits_moves_on_neither_side() {
        for (a, b) in [(i64::MIN, 0), (0, i64::MAX)] {
            let mut book = Book { balances: HashMap::from([("a", a), ("b", b)]) };
            let before = book.clone();
            assert_eq!(book.enter("a", "b", 1), Err(BookFault::Overflow));
            assert_eq!(book, before);
        }
    }
}
