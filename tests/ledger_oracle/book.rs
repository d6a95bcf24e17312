//! The naive ledger: a list of what moved, and a map of what everybody holds. It knows nothing of the program.

use std::collections::BTreeMap;

/// One movement as the ledger must have it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Moved {
    pub number: i64,
    pub from: String,
    pub to: String,
    pub amount: i64,
    pub kind: &'static str,
    pub session: Option<i64>,
    pub reverses: Option<i64>,
    /// Micros since 1970.
    pub at: i64,
}

/// A named fund.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fund {
    pub issued: i64,
    pub budget: Option<i64>,
    pub closed: bool,
}

pub const ISSUANCE: &str = "issuance";
pub const WAITING: &str = "waiting";
pub const GENERAL: &str = "general";
pub const SOLIDARITY: &str = "solidarity";

/// How an account of a fund is called here.
pub fn fund(name: &str) -> String {
    format!("fund {name}")
}

/// How a session's account is called here.
pub fn escrow(session: i64) -> String {
    format!("session {session}")
}

#[derive(Default)]
pub struct Book {
    pub moved: Vec<Moved>,
    pub holds: BTreeMap<String, i64>,
    pub funds: BTreeMap<String, Fund>,
}

impl Book {
    pub fn held(&self, account: &str) -> i64 {
        self.holds.get(account).copied().unwrap_or(0)
    }

    /// Moves credits, if there are any; returns the number.
    pub fn pay(&mut self, at: i64, kind: &'static str, from: &str, to: &str, amount: i64, session: Option<i64>) -> i64 {
        self.enter(Moved { number: 0, from: from.into(), to: to.into(), amount, kind, session, reverses: None, at })
    }

    pub fn enter(&mut self, moved: Moved) -> i64 {
        if moved.amount <= 0 {
            return 0;
        }
        let number = self.moved.len() as i64 + 1;
        *self.holds.entry(moved.from.clone()).or_default() -= moved.amount;
        *self.holds.entry(moved.to.clone()).or_default() += moved.amount;
        for (account, sign) in [(&moved.to, 1), (&moved.from, -1)] {
            if let Some(name) = account.strip_prefix("fund ") {
                let fund = self.funds.entry(name.to_owned()).or_default();
                if moved.from == ISSUANCE || moved.to == ISSUANCE {
                    fund.issued += sign * moved.amount;
                }
            }
        }
        self.moved.push(Moved { number, ..moved });
        number
    }

    /// In pieces of ten thousand at most.
    pub fn pay_all(&mut self, at: i64, kind: &'static str, from: &str, to: &str, mut amount: i64) {
        while amount > 0 {
            self.pay(at, kind, from, to, amount.min(10_000), None);
            amount -= amount.min(10_000);
        }
    }

    /// What a fund can still give.
    pub fn left(&self, name: &str) -> i64 {
        let fund_row = self.funds.get(name).cloned().unwrap_or_default();
        if fund_row.closed {
            return 0;
        }
        let more = fund_row.budget.map_or(i64::MAX, |budget| (budget - fund_row.issued).max(0));
        self.held(&fund(name)).max(0).saturating_add(more)
    }

    /// Issues to a fund what it lacks to give so much.
    pub fn fill(&mut self, at: i64, name: &str, needed: i64) {
        let lacking = needed - self.held(&fund(name));
        self.pay_all(at, "issue", ISSUANCE, &fund(name), lacking);
    }

    pub fn by_number(&self, number: i64) -> Option<&Moved> {
        usize::try_from(number - 1).ok().and_then(|n| self.moved.get(n))
    }

    pub fn reversed(&self, number: i64) -> bool {
        self.moved.iter().any(|moved| moved.reverses == Some(number))
    }
}
