//! Credits for somebody who is not there: they wait under the typed name, are paid when that person joins, and come back after seven days.

use chrono::TimeDelta;

use super::{Change, Kind, Party, Pen, SOLIDARITY_FUND, Transfer, held, reasons, received, rules::CreditRules};
use crate::domain::{
    command::Command,
    decision::{Audience, Context, Decision},
    event::Platform,
    hear::Named,
    ids::{CommunityId, GiftId, LedgerAccountId, PersonId, SessionId, TransferId},
    message::{Button, Content, Msg},
    safety::block,
    time::Timestamp,
    timer::Wake,
};

/// How long something waits for somebody, in days.
pub const WAIT_DAYS: i64 = 7;

/// What was moved to [`Party::WaitingGifts`] and for whom. The store finds it again by a keyed hash of the account,
/// or of the platform and the folded user name, and seals the rest under the giver's key.
#[derive(Clone, PartialEq, Debug)]
pub struct WaitingGift {
    /// Its id.
    pub id: GiftId,
    /// In whose ledger.
    pub community: CommunityId,
    /// The transfer that set it aside.
    pub transfer: TransferId,
    /// For whom.
    pub whom: Whom,
    /// A person for a gift, a fund for what a coordinator issued or what a host earns on top; it goes back there.
    pub source: Party,
    /// Who gave it.
    pub giver: PersonId,
    /// How many.
    pub amount_credits: i64,
    /// In the giver's words.
    pub reason: Option<String>,
    /// When it comes back.
    pub until: Timestamp,
}

/// For whom something waits.
#[derive(Clone, PartialEq, Debug)]
pub enum Whom {
    /// For who bears this name, should they join.
    Absent {
        /// The platform on which the name was typed; the same name elsewhere may be somebody else.
        platform: Platform,
        /// For whom.
        to: Named,
    },
    /// For a present person who has had so much this month that a coordinator decides.
    Held(PersonId),
}

/// A gift that still waits, as the store knows it.
#[derive(Clone, PartialEq, Debug)]
pub struct WaitingView {
    /// Its id.
    pub id: GiftId,
    /// The number of the transfer that set it aside.
    pub number: i64,
    /// Where it goes back to.
    pub source: Party,
    /// Who gave it; `None` where their data was erased.
    pub giver: Option<Giver>,
    /// How many.
    pub amount_credits: i64,
    /// In the giver's words, where it can be read.
    pub reason: Option<String>,
    /// Who joins wants nothing from the giver, who must not learn it.
    pub declined: bool,
    /// The session that it was earned with.
    pub session: Option<SessionId>,
    /// A coordinator decides whether this person gets it.
    pub receiver: Option<PersonId>,
    /// What it is for, in the community's list.
    pub category: Option<i64>,
}

/// Who gave something that waits.
#[derive(Clone, PartialEq, Debug)]
pub struct Giver {
    /// Who.
    pub id: PersonId,
    /// The alias; `None` for who left the community.
    pub alias: Option<String>,
}

/// Somebody joined a community.
#[derive(Clone, PartialEq, Debug)]
pub struct ArrivalView {
    /// Which one.
    pub community: CommunityId,
    /// The person.
    pub person: PersonId,
    /// Their ledger account.
    pub ledger: LedgerAccountId,
    /// The number of the next transfer.
    pub next_number: i64,
    /// What waits for the account or the user name that joined, oldest first.
    pub gifts: Vec<WaitingView>,
    /// What they may still receive in gifts this month; `None` where there is no limit.
    pub room_credits: Option<i64>,
    /// Who decides on what is beyond.
    pub coordinators: Vec<PersonId>,
    /// They take no free text: who comes back may have chosen so before.
    pub listed_reasons_only: bool,
    /// What the community calls its categories and reasons.
    pub rules: CreditRules,
}

/// When something that is set aside now comes back.
pub(in crate::domain) fn until(now: Timestamp) -> Timestamp {
    now.plus(TimeDelta::days(WAIT_DAYS))
}

/// Lets `gift` wait until its time.
pub(in crate::domain) fn wait(decision: Decision, gift: WaitingGift, ctx: &mut Context) -> Decision {
    let wake = Wake::GiftReturns(gift.id);
    let until = gift.until;
    decision.change(Change::GiftWaits(gift)).wake(ctx, until, wake)
}

/// Pays what waited for who just joined, and tells them. What somebody gave to a name that became their own stays:
/// nobody gives to themself, and it comes back by itself.
pub fn on_arrival(view: &ArrivalView, ctx: &mut Context) -> Decision {
    let mut pen = Pen::new(view.community, view.next_number);
    let mut decision = Decision::nothing();
    let mut lines = vec![Msg::new("credits-news")];
    let mut gifts = Vec::new();
    let mut room_credits = view.room_credits.unwrap_or(i64::MAX);
    for gift in view.gifts.iter().filter(|gift| gift.giver.as_ref().is_none_or(|giver| giver.id != view.person)) {
        let counts = gift.kind() == Kind::Gift && !gift.declined;
        if counts && gift.amount_credits > room_credits {
            decision = decision.change(Change::GiftHeld(gift.id, Some(view.person)));
            let apart = gift.giver.as_ref().map(|giver| giver.id);
            decision = held::tell_coordinators(decision, &view.coordinators, &[Some(view.person), apart], held::About::Gift(gift));
            continue;
        }
        room_credits -= if counts { gift.amount_credits } else { 0 };
        let transfer = pay(view, gift, &mut pen, ctx);
        if !gift.declined {
            let what = received::what(gift.kind(), gift.alias());
            lines.extend(received::lines(what, &transfer, gift.reason.as_deref(), &view.rules));
            gifts.extend((gift.kind() == Kind::Gift && transfer.by.is_some()).then_some((transfer.id.0, transfer.number)));
        }
        decision = decision.change(Change::Transfer(transfer)).change(Change::GiftEnds(gift.id));
    }
    if lines.len() == 1 {
        return decision;
    }
    let credits = Button::command(Msg::new("credits-button-credits"), Command::Credits, "");
    let blocks: Vec<Button> = match gifts.as_slice() {
        [(id, _)] => vec![block::button(*id)],
        several => several.iter().map(|(id, number)| block::button_of(*id, *number)).collect(),
    };
    decision.notify(Audience::Private(view.person), Content::from(lines).buttons([credits]).buttons(blocks))
}

/// To who joins; to solidarity what they would not take, in one transfer all the same.
fn pay(view: &ArrivalView, gift: &WaitingView, pen: &mut Pen, ctx: &mut Context) -> Transfer {
    let to = if gift.declined { Party::Fund(SOLIDARITY_FUND.to_owned()) } else { Party::Person(view.ledger) };
    let mut transfer = pen.transfer(ctx, Party::WaitingGifts, to, gift.amount_credits, gift.kind()).for_category(gift.category);
    transfer.by = gift.giver.as_ref().map(|giver| giver.id);
    // A gift's reason stays under its writer's key, a coordinator's comes under the receiver's.
    let key = if gift.kind() == Kind::Grant { Some(view.person) } else { transfer.by };
    transfer.reason = gift.reason.clone().zip(key);
    let is_free = |(reason, _): &(String, PersonId)| !reasons::is_listed(&view.rules, reason);
    transfer.reason_kept = view.listed_reasons_only && gift.kind() == Kind::Gift && transfer.reason.as_ref().is_some_and(is_free);
    transfer
}

/// The time of a waiting gift is over; `None` where it waits no more. The giver is told no more than that it is back.
pub fn on_wake(community: CommunityId, view: Option<&WaitingView>, next_number: i64, ctx: &mut Context) -> Decision {
    let Some(gift) = view else { return Decision::nothing() };
    let mut pen = Pen::new(community, next_number);
    let transfer = gift.back(gift.giver.is_some(), &mut pen, ctx);
    let number = transfer.number;
    let decision = Decision::nothing().change(Change::Transfer(transfer)).change(Change::GiftEnds(gift.id));
    let Some(Giver { id, alias: Some(_) }) = &gift.giver else { return decision };
    if gift.kind() == Kind::Attendance {
        return decision.notify(Audience::Private(*id), held::not_earned(gift));
    }
    let is_grant = gift.kind() == Kind::Grant;
    let back = if is_grant { Msg::new("credits-back-fund") } else { Msg::new("credits-back") };
    let lines = vec![
        Msg::new("credits-news"),
        back.with("amount", gift.amount_credits).with("number", gift.number),
        Msg::new("credits-number").with("number", number),
    ];
    let button = (!is_grant).then(|| Button::command(Msg::new("credits-button-credits"), Command::Credits, ""));
    decision.notify(Audience::Private(*id), Content::from(lines).buttons(button))
}

impl WaitingView {
    /// What its giver is called, where they are there.
    pub fn alias(&self) -> Option<&str> {
        self.giver.as_ref().and_then(|giver| giver.alias.as_deref())
    }

    /// The transfer with which it goes back to where it came from: what somebody gave or paid who is there no more, and what a
    /// host has not earned in the end, to solidarity.
    pub fn back(&self, giver_is_there: bool, pen: &mut Pen, ctx: &mut Context) -> Transfer {
        let to = match &self.source {
            Party::Fund(name) => Party::Fund(name.clone()),
            Party::Person(ledger) if giver_is_there => Party::Person(*ledger),
            Party::Person(_) | Party::Escrow(_) | Party::Issuance | Party::WaitingGifts | Party::Closed => {
                Party::Fund(SOLIDARITY_FUND.to_owned())
            }
        };
        let mut back = pen.transfer(ctx, Party::WaitingGifts, to, self.amount_credits, Kind::GiftReturn);
        back.session = self.session;
        back
    }

    /// What it was when it was set aside, and is when it is paid.
    pub fn kind(&self) -> Kind {
        match self.source {
            _ if self.session.is_some() => Kind::Attendance,
            Party::Fund(_) => Kind::Grant,
            Party::Issuance | Party::Person(_) | Party::Escrow(_) | Party::WaitingGifts | Party::Closed => Kind::Gift,
        }
    }
}
