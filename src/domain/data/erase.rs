//! `/erase`: asked once more, with a copy first for who wants one; then everything ends in order, and only then is it erased.

use chrono::{NaiveDate, TimeDelta};

use super::{Action, Change, FAREWELL_HOURS, RING_COPY_DAYS, Whose};
use crate::domain::{
    command::Command,
    decision::{Audience, Context, Decision, Manner, Outcome, Refusal},
    ids::{AccountId, LedgerAccountId, PersonId},
    ledger::{self, AMOUNT_MAX, FundView, Kind, Party, Pen, SOLIDARITY_FUND, WaitingView, draw},
    message::{Button, Content, Msg, Value},
    question::{self, Action as Choice},
    scope::{Community, Scope},
    session::{self, Affected},
};

/// A person of the account who asks, gone from the community or not.
#[derive(Clone, PartialEq, Debug)]
pub struct Own {
    /// Who.
    pub person: PersonId,
    /// The name of the community, where it has one.
    pub community: Option<String>,
    /// Its only coordinator, while others are there.
    pub last_coordinator: bool,
}

/// What ends with a person.
#[derive(Clone, PartialEq, Debug)]
pub struct Leaving {
    /// Who.
    pub person: PersonId,
    /// Of which community.
    pub community: Community,
    /// Their ledger account.
    pub ledger: LedgerAccountId,
    /// What it holds.
    pub balance_credits: i64,
    /// The open sessions in which they have a place, or that they hold.
    pub sessions: Vec<Affected>,
    /// What they gave, and what nobody has taken yet.
    pub gifts: Vec<WaitingView>,
    /// Where their credits go.
    pub solidarity: FundView,
    /// The number of the community's next transfer.
    pub next_number: i64,
}

/// Everything that an erasure ends.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct EraseView {
    /// The persons, each in another community.
    pub leaving: Vec<Leaving>,
    /// The accounts that nothing else hangs on.
    pub accounts: Vec<AccountId>,
}

/// `/erase`: where there are several communities, which; else whether.
pub fn erase(scope: &Scope, own: &[Own], ctx: &mut Context) -> Outcome {
    match own {
        [] => Ok(ask(scope, Whose::All, ctx)),
        [one] => {
            check(own, Whose::One(one.person))?;
            Ok(ask(scope, Whose::All, ctx))
        }
        several => Ok(which(scope, several, Msg::new("data-erase-which"), Action::AskErase, ctx)),
    }
}

/// The question with its three answers.
pub fn ask(scope: &Scope, whose: Whose, ctx: &mut Context) -> Decision {
    let choices = vec![
        (Msg::new("care-erase-ask-button-yes"), Choice::Data(Action::Erase(whose))),
        (Msg::new("care-erase-ask-button-copy"), Choice::Data(Action::CopyFirst(whose))),
        (Msg::new("care-erase-ask-button-no"), Choice::Close(Msg::new("data-erase-kept"))),
    ];
    let (change, buttons) = question::ask(ctx, scope.account.id, choices);
    Decision::nothing().change(change).say(Audience::Asker, Content::from(Msg::new("care-erase-ask")).buttons(buttons), Manner::Care)
}

/// One of several communities was chosen.
pub fn chosen(scope: &Scope, own: &[Own], whose: Whose, ctx: &mut Context) -> Outcome {
    check(own, whose)?;
    Ok(ask(scope, whose, ctx))
}

/// Asks which of several communities is meant, or all.
pub(super) fn which(scope: &Scope, several: &[Own], text: Msg, action: fn(Whose) -> Action, ctx: &mut Context) -> Decision {
    let label = |(own, number): (&Own, i64)| match &own.community {
        Some(name) => Msg::new("data-button-community").with("association", name.as_str()),
        None => Msg::new("data-button-community-unnamed").with("number", number),
    };
    let mut choices: Vec<(Msg, Choice)> =
        several.iter().zip(1..).map(|(own, n)| (label((own, n)), Choice::Data(action(Whose::One(own.person))))).collect();
    choices.push((Msg::new("data-button-all"), Choice::Data(action(Whose::All))));
    choices.push((Msg::new("data-button-none"), Choice::Close(Msg::new("data-nothing-done"))));
    let (change, buttons) = question::ask(ctx, scope.account.id, choices);
    Decision::answer(Content::from(text).buttons(buttons)).change(change)
}

/// The last who coordinates names another first, while there is another.
fn check(own: &[Own], whose: Whose) -> Result<(), Refusal> {
    match own.iter().find(|own| own.last_coordinator && whose.includes(own.person)) {
        Some(_) => {
            let text = Msg::new("data-erase-last-coordinator").with("role", Command::Role).with("mydata", Command::MyData);
            let copy = Button::command(Msg::new("data-button-copy"), Command::MyData, "");
            Err(Refusal::new(Content::from(text).buttons([copy])))
        }
        None => Ok(()),
    }
}

/// The date from which no copy that follows the operators' rule can be read any more.
pub fn unreadable_from(scope: &Scope, ctx: &Context) -> NaiveDate {
    // A copy of the ring from the last minute before is kept through its thirtieth day.
    ctx.now.day(scope.zone) + TimeDelta::days(RING_COPY_DAYS + 1)
}

/// It is wanted: everything ends, and who asked is told under a new account, because the old one is gone.
pub fn erased(scope: &Scope, own: &[Own], view: &EraseView, whose: Whose, ctx: &mut Context) -> Outcome {
    check(own, whose)?;
    let day = unreadable_from(scope, ctx);
    let mut decision = Decision::nothing();
    for leaving in &view.leaving {
        decision = decision.and(end_person(leaving, ctx));
    }
    for account in &view.accounts {
        let until = ctx.now.plus(TimeDelta::hours(FAREWELL_HOURS));
        let farewell = (*account == scope.account.id).then(|| (ctx.ids.make(), until));
        decision = decision.change(Change::EraseAccount { account: *account, farewell });
    }
    let done = Msg::new("care-erase-done").with("day", Value::Day(day)).with("sos", Command::Sos);
    Ok(decision.say(Audience::Asker, done, Manner::Care))
}

/// The same without anybody who asks and is answered.
pub fn erased_silently(view: &EraseView, ctx: &mut Context) -> Decision {
    let mut decision = Decision::nothing();
    for leaving in &view.leaving {
        decision = decision.and(end_person(leaving, ctx));
    }
    let gone = view.accounts.iter().map(|account| Change::EraseAccount { account: *account, farewell: None });
    gone.fold(decision, Decision::change)
}

/// Seats go back, sessions to others, gifts and the balance to solidarity; then the person is erased.
fn end_person(leaving: &Leaving, ctx: &mut Context) -> Decision {
    let Leaving { person, community, ledger, .. } = leaving;
    let mut decision = session::on_erase(&leaving.sessions, *person, ctx);
    let mut pen = Pen::new(community.id, leaving.next_number.saturating_add(count_transfers(&decision)));
    for gift in leaving.gifts.iter().filter(|gift| gift.kind() != Kind::Grant) {
        let back = gift.back(false, &mut pen, ctx);
        decision = decision.change(ledger::Change::Transfer(back)).change(ledger::Change::GiftEnds(gift.id));
    }
    let balance = leaving.balance_credits.saturating_add(gained_by(&decision, &Party::Person(*ledger)));
    let funds = FundView {
        balance_credits: leaving.solidarity.balance_credits.saturating_add(gained_by(&decision, &solidarity())),
        ..leaving.solidarity
    };
    let closing = close(&mut pen, *ledger, balance, &funds, ctx);
    decision = closing.into_iter().fold(decision, |decision, transfer| decision.change(ledger::Change::Transfer(transfer)));
    decision.change(Change::ErasePerson(*person))
}

fn solidarity() -> Party {
    Party::Fund(SOLIDARITY_FUND.to_owned())
}

/// What is there goes to solidarity; what is owed, solidarity pays, as far as its budget goes.
fn close(pen: &mut Pen, ledger: LedgerAccountId, balance: i64, fund: &FundView, ctx: &mut Context) -> Vec<ledger::Transfer> {
    let mut transfers = Vec::new();
    let mut owed = balance.saturating_neg().max(0);
    if owed > 0 {
        owed = owed.min(fund.left_credits());
        transfers.extend(draw(pen, ctx, SOLIDARITY_FUND, fund, owed, None).unwrap_or_default());
    }
    let (mut left, from, to) =
        if balance > 0 { (balance, Party::Person(ledger), solidarity()) } else { (owed, solidarity(), Party::Person(ledger)) };
    while left > 0 {
        let amount = left.min(AMOUNT_MAX);
        transfers.push(pen.transfer(ctx, from.clone(), to.clone(), amount, Kind::Closing));
        left -= amount;
    }
    transfers
}

fn transfers(decision: &Decision) -> impl Iterator<Item = &ledger::Transfer> {
    decision.changes.iter().filter_map(|change| match change {
        crate::domain::decision::Change::Ledger(ledger::Change::Transfer(transfer)) => Some(transfer),
        _ => None,
    })
}

fn count_transfers(decision: &Decision) -> i64 {
    i64::try_from(transfers(decision).count()).unwrap_or(i64::MAX)
}

fn gained_by(decision: &Decision, party: &Party) -> i64 {
    let sign = |transfer: &ledger::Transfer| match (transfer.from == *party, transfer.to == *party) {
        (true, _) => -transfer.amount_credits,
        (_, true) => transfer.amount_credits,
        _ => 0,
    };
    transfers(decision).map(sign).sum()
}
