//! What is beyond a month's limit waits until a coordinator decides: `/issue accept 42`, `/issue refuse 42`, `/issue waiting`.

use super::{
    Change, Kind, Party, Pen, SOLIDARITY_FUND, TargetPerson, Transfer, WaitingView, reasons, received,
    refusals::here,
    rules::CreditRules,
    waiting::{Giver, WAIT_DAYS},
};
use crate::domain::{
    command::Command,
    decision::{Audience, Context, Decision, Outcome, Refusal},
    hear::Call,
    ids::PersonId,
    message::{Button, Content, Msg},
    safety::block,
    scope::{Person, Scope},
    session::SessionKind,
    words::{fold, whole_number},
};

/// What was typed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum HeldArgs {
    /// What waits for a decision.
    List,
    /// The transfer of this number is paid.
    Accept(i64),
    /// It goes back at its time.
    Refuse(i64),
}

/// What the store knows of it.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct HeldView {
    /// What waits, oldest first; where a number was typed, that one and what was earned with the same session.
    pub items: Vec<HeldGift>,
    /// The number of the next transfer.
    pub next_number: i64,
}

/// Something that waits for a decision.
#[derive(Clone, PartialEq, Debug)]
pub struct HeldGift {
    /// What waits.
    pub gift: WaitingView,
    /// For whom; `None` where they left.
    pub receiver: Option<TargetPerson>,
    /// The session that it was earned with.
    pub session: Option<HeldSession>,
    /// That person takes no free text.
    pub listed_reasons_only: bool,
}

/// The session that something was earned with.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct HeldSession {
    /// Its number.
    pub number: i64,
    /// Its kind: of listening nothing is said.
    pub kind: SessionKind,
}

/// About what coordinators are told.
#[derive(Clone, Copy, Debug)]
pub enum About<'a> {
    /// A gift that waited for who has just joined.
    Gift(&'a WaitingView),
    /// A gift, by the number of its transfer.
    Given(i64, i64),
    /// What a host earned: number of the first transfer, amount, number of the session; of listening not even that.
    Earned(i64, i64, Option<i64>),
}

/// Reads `/issue accept 42` and its like; `None` where something else was typed.
pub fn parse_held(call: &Call) -> Option<HeldArgs> {
    let (first, rest) = call.words.split_first().filter(|(first, _)| !first.quoted && first.account.is_none())?;
    let number = || rest.first().filter(|_| rest.len() == 1).and_then(|word| whole_number(word.text.trim_start_matches('#')).ok());
    match (fold(&first.text).as_str(), rest) {
        ("attente" | "waiting" | "decisions", []) => Some(HeldArgs::List),
        ("accepter" | "accept", _) => number().map(HeldArgs::Accept),
        ("refuser" | "refuse", _) => number().map(HeldArgs::Refuse),
        _ => None,
    }
}

/// Tells the coordinators, but those whom it is about, that a decision waits. Who gave is not said, nor who was listened to.
pub fn tell_coordinators(decision: Decision, coordinators: &[PersonId], apart: &[Option<PersonId>], about: About<'_>) -> Decision {
    let (number, what) = match about {
        About::Gift(gift) => (gift.number, Msg::new("rules-held-gift").with("number", gift.number).with("amount", gift.amount_credits)),
        About::Given(number, amount) => (number, Msg::new("rules-held-gift").with("number", number).with("amount", amount)),
        About::Earned(number, amount, session) => (number, earned(number, amount, session)),
    };
    let content = Content::from(Msg::new("rules-held-notice"))
        .line(what)
        .line(Msg::new("rules-held-days").with("count", WAIT_DAYS))
        .buttons(buttons(number));
    let told = coordinators.iter().filter(|id| !apart.contains(&Some(**id)));
    told.fold(decision, |decision, id| decision.notify(Audience::Private(*id), content.clone()))
}

fn earned(number: i64, amount: i64, session: Option<i64>) -> Msg {
    let msg = match session {
        Some(session) => Msg::new("rules-held-earned").with("count", session),
        None => Msg::new("rules-held-earned-neutral"),
    };
    msg.with("number", number).with("amount", amount)
}

fn buttons(number: i64) -> [Button; 2] {
    let button = |label: Msg, word: &str| Button::command(label, Command::Issue, format!("{word} {number}"));
    [button(Msg::new("rules-button-accept"), "accepter"), button(Msg::new("rules-button-refuse"), "refuser")]
}

/// Lists what waits, or decides on one.
pub fn held(scope: &Scope, view: &HeldView, args: HeldArgs, ctx: &mut Context) -> Outcome {
    let (community, coordinator) = here(scope)?;
    if !coordinator.coordinator {
        return Err(Msg::new("not-allowed-coordinator").with("menu", Command::Menu).into());
    }
    let (number, accepts) = match args {
        HeldArgs::List => return Ok(list(view, coordinator)),
        HeldArgs::Accept(number) => (number, true),
        HeldArgs::Refuse(number) => (number, false),
    };
    if view.items.is_empty() {
        return Err(Refusal::new(Msg::new("rules-held-none").with("number", number)));
    }
    if view.items.iter().any(|item| is_about(item, coordinator)) {
        return Err(Refusal::new(Msg::new("rules-held-own")));
    }
    let mut pen = Pen::new(community.id, view.next_number);
    let decision = view.items.iter().fold(Decision::nothing(), |decision, item| match (accepts, item.receiver) {
        (true, Some(receiver)) => pay(decision, (item, &community.credits), receiver, coordinator, &mut pen, ctx),
        (true, None) | (false, _) => turn_down(decision, item, &mut pen, ctx),
    });
    let amount = view.items.iter().map(|item| item.gift.amount_credits).sum::<i64>();
    let is_gift = view.items.iter().all(|item| item.gift.kind() == Kind::Gift);
    let done = match (accepts, is_gift) {
        (true, _) => Msg::new("rules-held-accepted"),
        (false, true) => Msg::new("rules-held-refused-gift"),
        (false, false) => Msg::new("rules-held-refused-earned"),
    };
    Ok(decision.tell(Audience::Asker, vec![Msg::new("credits-done"), done.with("number", number).with("amount", amount)]))
}

fn is_about(item: &HeldGift, person: &Person) -> bool {
    item.gift.receiver == Some(person.id) || item.gift.giver.as_ref().is_some_and(|giver| giver.id == person.id)
}

fn list(view: &HeldView, coordinator: &Person) -> Decision {
    let mut content = Content::from(Msg::new("rules-held-list"));
    let others: Vec<&HeldGift> = view.items.iter().filter(|item| !is_about(item, coordinator)).collect();
    if others.is_empty() {
        return Decision::answer(content.line(Msg::new("rules-held-nothing")));
    }
    for item in others {
        let gift = &item.gift;
        content = content.line(match (gift.kind(), item.session) {
            (Kind::Attendance, Some(session)) if session.kind != SessionKind::Listening => {
                earned(gift.number, gift.amount_credits, Some(session.number))
            }
            (Kind::Attendance, _) => earned(gift.number, gift.amount_credits, None),
            _ => Msg::new("rules-held-gift").with("number", gift.number).with("amount", gift.amount_credits),
        });
        content = content.buttons(buttons(gift.number).map(|button| Button {
            label: Msg::new("rules-button-number-of").with("what", button.label).with("number", gift.number),
            ..button
        }));
    }
    Decision::answer(content)
}

/// To who it was meant for; what they would not take from the giver, to solidarity, and they are told nothing.
fn pay(
    decision: Decision,
    (item, rules): (&HeldGift, &CreditRules),
    receiver: TargetPerson,
    by: &Person,
    pen: &mut Pen,
    ctx: &mut Context,
) -> Decision {
    let gift = &item.gift;
    let to = if gift.declined { Party::Fund(SOLIDARITY_FUND.to_owned()) } else { Party::Person(receiver.ledger) };
    let mut transfer = pen.transfer(ctx, Party::WaitingGifts, to, gift.amount_credits, gift.kind()).for_category(gift.category);
    transfer.session = gift.session;
    transfer.by = match gift.kind() {
        Kind::Gift => gift.giver.as_ref().map(|giver| giver.id),
        _ => Some(by.id),
    };
    transfer.reason = gift.reason.clone().zip(transfer.by);
    let is_listed = |reason: &str| reasons::is_listed(rules, reason);
    transfer.reason_kept = item.listed_reasons_only && gift.reason.as_deref().is_some_and(|reason| !is_listed(reason));
    let told = (!gift.declined).then(|| paid(gift, &transfer, rules));
    let decision = decision.change(Change::Transfer(transfer)).change(Change::GiftEnds(gift.id));
    told.into_iter().fold(decision, |decision, content| decision.notify(Audience::Private(receiver.id), content))
}

fn paid(gift: &WaitingView, transfer: &Transfer, rules: &CreditRules) -> Content {
    let what = match gift.kind() {
        Kind::Gift => received::what(Kind::Gift, gift.alias()),
        _ => Msg::new("rules-earned-after-all"),
    };
    let mut lines = vec![Msg::new("credits-news")];
    lines.extend(received::lines(what, transfer, gift.reason.as_deref(), rules));
    let credits = Button::command(Msg::new("credits-button-credits"), Command::Credits, "");
    let block = (gift.kind() == Kind::Gift && transfer.by.is_some()).then(|| block::button(transfer.id.0));
    Content::from(lines).buttons([credits]).buttons(block)
}

/// A gift goes back at its own time, as if its receiver had never come: who gave learns nothing else. What was earned goes to
/// solidarity, or back to the fund, now.
fn turn_down(decision: Decision, item: &HeldGift, pen: &mut Pen, ctx: &mut Context) -> Decision {
    let gift = &item.gift;
    if gift.kind() == Kind::Gift {
        return decision.change(Change::GiftHeld(gift.id, None));
    }
    let back = gift.back(true, pen, ctx);
    let decision = decision.change(Change::Transfer(back)).change(Change::GiftEnds(gift.id));
    match &gift.giver {
        Some(Giver { id, alias: Some(_) }) => decision.notify(Audience::Private(*id), not_earned(gift)),
        Some(_) | None => decision,
    }
}

/// What a host is told whose earning beyond the limit was not accepted, or not in time.
pub(super) fn not_earned(gift: &WaitingView) -> Content {
    let what = match gift.source {
        Party::Fund(_) => Msg::new("rules-not-earned-fund"),
        _ => Msg::new("rules-not-earned"),
    };
    Content::from(vec![Msg::new("credits-news"), what.with("amount", gift.amount_credits)])
}
