//! The lines of a statement: what moved, with its sign, and no more of the other side than the person may read.

use super::{
    Kind, category,
    rules::CreditRules,
    statement::{Movement, Side},
};
use crate::domain::{
    message::{Msg, Value},
    time::Zone,
};

/// What happened, without the amount: for the file, and for the line of a page.
pub(super) fn label(rules: &CreditRules, movement: &Movement) -> Msg {
    category::behind(kind(movement), rules, movement.category)
}

fn kind(movement: &Movement) -> Msg {
    let title = movement.title.as_deref();
    let about = |with: Msg, without: Msg| title.map_or(without, |title| with.with("title", title));
    match (movement.kind, movement.side) {
        (Kind::Gift, Side::Out) => match movement.named.as_deref().filter(|name| !name.is_empty()) {
            Some(name) => Msg::new("credits-line-gift-to").with("name", name),
            None => Msg::new("credits-line-gift-to").with("name", Msg::new("credits-that-person")),
        },
        (Kind::Gift, Side::In | Side::Covered) => match movement.alias.as_deref() {
            Some(alias) => Msg::new("credits-line-gift-from").with("name", alias),
            None => Msg::new("credits-line-gift-from").with("name", Msg::new("former-member")),
        },
        (Kind::Issue | Kind::Grant, _) => Msg::new("credits-line-grant"),
        (Kind::GiftReturn, _) => Msg::new("credits-line-back"),
        (Kind::Booking, _) => about(Msg::new("credits-line-booking-of"), Msg::new("credits-line-booking")),
        (Kind::Refund, _) => about(Msg::new("credits-line-refund-of"), Msg::new("credits-line-refund")),
        (Kind::Attendance | Kind::Late, _) => about(Msg::new("credits-line-hosted-of"), Msg::new("credits-line-hosted")),
        (Kind::Reversal, _) => Msg::new("credits-line-reversal"),
        (Kind::Closing, Side::Out) => Msg::new("credits-line-closing"),
        (Kind::Closing, Side::In | Side::Covered) => Msg::new("link-line-one"),
    }
}

/// What happened, with its sign.
pub(super) fn what(rules: &CreditRules, movement: &Movement) -> Msg {
    let signed = match movement.side {
        Side::Out => Msg::new("credits-out"),
        Side::In => Msg::new("credits-in"),
        Side::Covered => return label(rules, movement),
    };
    signed.with("amount", movement.amount_credits).with("what", label(rules, movement))
}

/// A whole line: the day, what happened, the number, the reason.
pub(super) fn day_and(what: Msg, movement: &Movement, zone: Zone) -> Msg {
    let line = match &movement.reason {
        Some(reason) => Msg::new("credits-line-why").with("reason", reason.as_str()),
        None => Msg::new("credits-line"),
    };
    line.with("day", Value::Day(movement.at.day(zone))).with("what", what).with("number", movement.number)
}
