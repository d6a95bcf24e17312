//! `/give undo 42`: within two minutes a gift can be taken back, as long as it is still there.

use chrono::TimeDelta;

use super::{Kind, Party, Pen, ReverseView, refusals::here, reverse::oppose};
use crate::domain::{
    command::Command,
    decision::{Audience, Context, Outcome, Refusal},
    hear::Call,
    message::{Button, Content, Msg},
    scope::Scope,
    words::{fold, whole_number},
};

/// How long a gift can be taken back, in minutes.
pub const UNDO_MINUTES: i64 = 2;

/// The number after `undo`; `None` where something else was typed.
pub fn parse_undo(call: &Call) -> Option<i64> {
    let [word, number] = call.words.as_slice() else { return None };
    let is_undo = !word.quoted && matches!(fold(&word.text).as_str(), "annuler" | "undo");
    whole_number(&number.text).ok().filter(|number| is_undo && *number > 0)
}

/// What takes the gift of this number back.
pub(super) fn button(number: i64) -> Button {
    Button::command(Msg::new("ledger-button-undo"), Command::Give, format!("annuler {number}"))
}

/// Takes a gift back. Of a number that is not the asker's own gift nothing is told, not even whether it is there.
pub fn undo(scope: &Scope, view: &ReverseView, number: i64, ctx: &mut Context) -> Outcome {
    let (community, giver) = here(scope)?;
    let own = view.original.as_ref().filter(|original| original.kind == Kind::Gift && original.from.party == Party::Person(giver.ledger));
    let Some(gift) = own else { return Err(Msg::new("ledger-undo-none").with("number", number).into()) };
    if gift.reversed_by.is_some() {
        return Err(Msg::new("ledger-undo-before").with("number", number).into());
    }
    if ctx.now > gift.at.plus(TimeDelta::minutes(UNDO_MINUTES)) {
        return Err(Msg::new("ledger-undo-late").with("count", UNDO_MINUTES).into());
    }
    let least = if matches!(gift.to.party, Party::Person(_)) { community.floor_credits.min(0) } else { 0 };
    let erased = matches!(gift.to.party, Party::Person(_)) && gift.to.person.is_none();
    let gone = erased || (gift.to.party == Party::WaitingGifts && gift.waits.is_none());
    if gone || gift.to.balance_credits.saturating_sub(gift.amount_credits) < least {
        return Err(Refusal::new(vec![Msg::new("credits-not-now"), Msg::new("ledger-undo-spent")]));
    }
    let mut pen = Pen::new(community.id, view.next_number);
    let decision = oppose(gift, None, giver.id, &mut pen, ctx);
    let done = vec![
        Msg::new("credits-done"),
        Msg::new("ledger-undone").with("amount", gift.amount_credits).with("number", number),
        Msg::new("credits-number").with("number", view.next_number),
    ];
    let decision = decision.tell(Audience::Asker, done);
    let Some(receiver) = gift.to.person else { return Ok(decision) };
    let news = vec![
        Msg::new("credits-news"),
        Msg::new("ledger-undone-to-you").with("amount", gift.amount_credits).with("number", number),
        Msg::new("credits-number").with("number", view.next_number),
    ];
    let button = Button::command(Msg::new("credits-button-credits"), Command::Credits, "");
    Ok(decision.notify(Audience::Private(receiver.id), Content::from(news).buttons([button])))
}
