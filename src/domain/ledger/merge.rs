//! Two persons become one: what one of their accounts holds moves to the other, a debt with it as far as the floor allows.

use super::{AMOUNT_MAX, Change, Kind, Party, Pen, SOLIDARITY_FUND};
use crate::domain::{decision::Context, ids::LedgerAccountId};

/// What stands on the accounts before.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct MergeView {
    /// The account that stays.
    pub keep: LedgerAccountId,
    /// What it holds.
    pub keep_credits: i64,
    /// The account that closes.
    pub gone: LedgerAccountId,
    /// What it holds.
    pub gone_credits: i64,
    /// The lowest balance of a person here.
    pub floor_credits: i64,
    /// What the solidarity fund holds.
    pub solidarity_credits: i64,
}

/// Empties the account that closes. What two debts together would owe below the floor is paid by solidarity.
pub fn on_merge(view: &MergeView, pen: &mut Pen, ctx: &mut Context) -> Vec<Change> {
    let (keep, gone) = (Party::Person(view.keep), Party::Person(view.gone));
    let solidarity = Party::Fund(SOLIDARITY_FUND.to_owned());
    let mut changes = Vec::new();
    let mut enter = |from: &Party, to: &Party, credits: i64, kind: Kind| {
        let mut left = credits.max(0);
        while left > 0 {
            let amount = left.min(AMOUNT_MAX);
            changes.push(Change::Transfer(pen.transfer(ctx, from.clone(), to.clone(), amount, kind)));
            left -= amount;
        }
    };
    enter(&gone, &keep, view.gone_credits, Kind::Closing);
    let debt = view.gone_credits.saturating_neg().max(0);
    let room = view.keep_credits.saturating_sub(view.floor_credits.min(0)).max(0);
    let rest = debt - debt.min(room);
    enter(&keep, &gone, debt.min(room), Kind::Closing);
    enter(&Party::Issuance, &solidarity, rest - rest.min(view.solidarity_credits.max(0)), Kind::Issue);
    enter(&solidarity, &gone, rest, Kind::Closing);
    changes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{ledger::book::Book, testing};

    /// What both hold and what solidarity had, and then what the one that stays holds, and what was issued.
    fn check(keep_credits: i64, gone_credits: i64, (floor_credits, solidarity_credits): (i64, i64), expected: (i64, i64)) {
        let view = MergeView { keep: testing::id(1), keep_credits, gone: testing::id(2), gone_credits, floor_credits, solidarity_credits };
        let (mut pen, mut ctx) = (Pen::new(testing::id(9), 4), testing::context());
        let mut book = Book::default();
        for (n, change) in on_merge(&view, &mut pen, &mut ctx).into_iter().enumerate() {
            let Change::Transfer(transfer) = change else { panic!("{change:?}") };
            assert_eq!(transfer.number, 4 + n as i64);
            book.enter(transfer.from, transfer.to, transfer.amount_credits).unwrap();
        }
        let moved = |party: Party| book.balance(&party);
        assert_eq!(gone_credits + moved(Party::Person(view.gone)), 0, "{view:?}");
        assert_eq!((keep_credits + moved(Party::Person(view.keep)), -moved(Party::Issuance)), expected, "{view:?}");
        assert!(solidarity_credits + moved(Party::Fund(SOLIDARITY_FUND.into())) >= 0, "{view:?}");
        assert_eq!(book.sum(), 0);
    }

    #[test]
    fn nothing_is_lost_and_nobody_falls_below_the_floor() {
        check(5, 3, (0, 0), (8, 0));
        check(5, 0, (0, 0), (5, 0));
        check(0, 25_001, (0, 0), (25_001, 0));
        check(-4, 3, (-10, 0), (-1, 0));
        check(5, -3, (-10, 0), (2, 0));
        check(-4, -3, (-10, 0), (-7, 0));
        // Two debts beyond the floor: solidarity pays, and what it lacks is issued to it.
        check(-8, -5, (-10, 10), (-10, 0));
        check(-8, -5, (-10, 1), (-10, 2));
        // A floor above zero holds for gifts; a floor that rose since leaves the one that stays where it is.
        check(2, 1, (5, 0), (3, 0));
        check(-8, -5, (0, 0), (-8, 5));
    }
}
