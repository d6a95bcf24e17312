//! Funds: what coordinators and solidarity draw on; what an unlimited fund lacks is issued to it on the spot.

use super::{AMOUNT_MAX, GENERAL_FUND, Kind, Party, Pen, SOLIDARITY_FUND, Transfer};
use crate::domain::{
    decision::Context,
    ids::PersonId,
    words::{clean_name, fold},
};

/// A fund as it stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct FundView {
    /// What it holds.
    pub balance_credits: i64,
    /// What was ever issued to it, less what went back to the issuance.
    pub issued_credits: i64,
    /// The most that may ever be issued to it; `None` where there is no limit.
    pub budget_credits: Option<i64>,
    /// Nothing is taken from it any more.
    pub is_closed: bool,
}

/// A fund cannot give that much.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Exhausted {
    /// What it can still give in all.
    pub left_credits: i64,
}

impl FundView {
    /// What it can still give in all: what it holds, and what may still be issued to it.
    pub fn left_credits(&self) -> i64 {
        if self.is_closed { 0 } else { self.balance_credits.max(0).saturating_add(self.issuable_credits()) }
    }

    /// What may still be issued to it; `i64::MAX` where it has no budget.
    pub fn issuable_credits(&self) -> i64 {
        if self.is_closed {
            return 0;
        }
        self.budget_credits.map_or(i64::MAX, |budget| budget.saturating_sub(self.issued_credits).max(0))
    }
}

/// The transfers that bring `fund` to hold `needed_credits`: none where it holds them, else issues of at most
/// [`AMOUNT_MAX`] each. Pass the fund on with its balance and issues raised, if there is more to draw in the same decision.
pub fn draw(
    pen: &mut Pen,
    ctx: &mut Context,
    name: &str,
    fund: &FundView,
    needed_credits: i64,
    by: Option<PersonId>,
) -> Result<Vec<Transfer>, Exhausted> {
    let left_credits = fund.left_credits();
    if needed_credits > left_credits {
        return Err(Exhausted { left_credits });
    }
    let mut lacking = needed_credits.saturating_sub(fund.balance_credits).max(0);
    let mut issues = Vec::new();
    while lacking > 0 {
        let amount = lacking.min(AMOUNT_MAX);
        let issue = pen.transfer(ctx, Party::Issuance, Party::Fund(name.to_owned()), amount, Kind::Issue);
        issues.push(Transfer { by, ..issue });
        lacking -= amount;
    }
    Ok(issues)
}

/// A fund's name as it was written, without quotation marks.
pub(super) fn written_name(typed: &str) -> String {
    clean_name(typed.trim_matches(['"', '«', '»', '“', '”', ',', ';']))
}

/// The name by which the ledger knows the fund that somebody typed; `None` where nothing is left of it.
pub(super) fn canonical_name(typed: &str) -> Option<String> {
    let name = fold(&written_name(typed));
    match name.as_str() {
        "" => None,
        "solidarite" => Some(SOLIDARITY_FUND.to_owned()),
        _ => Some(name),
    }
}

/// Whether the fund is there without having been made.
pub(super) fn is_built_in(name: &str) -> bool {
    name == GENERAL_FUND || name == SOLIDARITY_FUND
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{ids::CommunityId, ledger::tests::context};

    fn check(balance: i64, issued: i64, budget: Option<i64>, needed: i64, expected: Result<&[i64], i64>) {
        let fund = FundView { balance_credits: balance, issued_credits: issued, budget_credits: budget, is_closed: false };
        let mut pen = Pen::new(CommunityId(uuid::Uuid::nil()), 1);
        let drawn = draw(&mut pen, &mut context(1), "mairie", &fund, needed, None);
        let amounts = drawn.map(|issues| issues.iter().map(|t| t.amount_credits).collect::<Vec<_>>());
        assert_eq!(amounts, expected.map(<[i64]>::to_vec).map_err(|left_credits| Exhausted { left_credits }));
    }

    #[test]
    fn a_fund_is_issued_what_it_lacks_within_its_budget() {
        check(0, 0, None, 5, Ok(&[5]));
        check(3, 3, None, 5, Ok(&[2]));
        check(5, 5, None, 5, Ok(&[]));
        check(0, 0, None, 25_000, Ok(&[10_000, 10_000, 5_000]));
        check(0, 0, Some(10), 10, Ok(&[10]));
        check(0, 0, Some(10), 11, Err(10));
        check(0, 10, Some(10), 1, Err(0));
        check(4, 10, Some(10), 4, Ok(&[]));
        check(4, 10, Some(10), 5, Err(4));
        check(4, 8, Some(10), 6, Ok(&[2]));
        check(0, 20, Some(10), 1, Err(0));
        check(i64::MAX, i64::MAX, None, i64::MAX, Ok(&[]));
        check(i64::MIN, i64::MAX, Some(i64::MIN), 1, Err(0));
    }

    #[test]
    fn a_fund_has_one_name_however_it_is_typed() {
        for (typed, expected) in [
            ("Mairie", Some("mairie")),
            ("Général", Some("general")),
            ("solidarité", Some("solidarity")),
            ("Solidarity", Some("solidarity")),
            ("\"\u{200B}\"", None),
            ("", None),
        ] {
            assert_eq!(canonical_name(typed).as_deref(), expected, "{typed:?}");
        }
    }
}
