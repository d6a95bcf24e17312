//! What somebody is told who has got credits: from whom or for what, the reason where they take it, the number.

use super::{Kind, Transfer, category, rules::CreditRules};
use crate::domain::message::Msg;

/// From whom, in a line: a gift from a present person or one who is gone, or what a coordinator issued.
pub(super) fn what(kind: Kind, alias: Option<&str>) -> Msg {
    match (kind, alias) {
        (Kind::Gift, Some(alias)) => Msg::new("credits-gift-received").with("name", alias),
        (Kind::Gift, None) => Msg::new("credits-gift-received-former"),
        _ => Msg::new("credits-issued-to-you"),
    }
}

/// `what` with the amount, and what else there is to say of the transfer.
pub(super) fn lines(what: Msg, transfer: &Transfer, reason: Option<&str>, rules: &CreditRules) -> Vec<Msg> {
    let mut lines = vec![what.with("amount", transfer.amount_credits)];
    let handed_over = reason.filter(|_| !transfer.reason_kept);
    lines.extend(handed_over.map(|reason| Msg::new("credits-reason").with("reason", reason)));
    lines.extend(category::line(rules, transfer.category));
    lines.push(Msg::new("credits-number").with("number", transfer.number));
    lines
}
