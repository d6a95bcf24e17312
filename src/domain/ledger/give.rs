//! `/give`: credits from one person to another, or to somebody who is not there yet; the answer is the same.

use serde::{Deserialize, Serialize};

use super::{
    Kind, Party, Pen, SOLIDARITY_FUND, Target, TargetPerson, Transfer, category, free_credits,
    held::{self, About},
    reading::read,
    reasons, received,
    refusals::{self, here},
    rules::CreditRules,
    undo,
    waiting::{self, WaitingGift, Whom},
};
use crate::domain::{
    command::Command,
    decision::{Audience, Context, Decision, Outcome, Refusal},
    hear::{Call, Named},
    ids::PersonId,
    message::{Button, Content, Msg, PRESS_BYTES_MAX, Press, Value},
    question,
    safety::block,
    scope::{Person, Scope},
};

/// What was typed after `/give`.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct GiveArgs {
    /// To whom; the store makes a [`Target`] of it.
    pub to: Named,
    /// As it stands in the command, to be shown in a corrected one.
    pub written: String,
    /// How many.
    pub amount_credits: i64,
    /// In one line.
    pub reason: Option<String>,
    /// It is for the solidarity fund, not for a person.
    pub to_solidarity: bool,
    /// The category's word as it was typed; empty: to be chosen.
    #[serde(default)]
    pub category: Option<String>,
    /// The community's reasons were shown, and one or none was chosen.
    #[serde(default)]
    pub reason_asked: bool,
}

/// What the store knows of it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct GiveView {
    /// What the giver holds.
    pub balance_credits: i64,
    /// Whom the typed name means.
    pub target: Target,
    /// That person wants nothing from the giver, who must not learn it.
    pub declined: bool,
    /// What that person may still receive in gifts this month; `None` where there is no limit.
    pub room_credits: Option<i64>,
    /// The gifts that the giver made today; counted only where their number has a limit.
    pub gifts_today: i64,
    /// That person takes no free text: only a reason of the community's list is handed over.
    pub listed_reasons_only: bool,
    /// Who decides on what is beyond the limit; loaded only where there is one.
    pub coordinators: Vec<PersonId>,
    /// The number of the next transfer.
    pub next_number: i64,
}

/// Reads `/give @Sam 3 [reason]`, in any order.
pub fn parse_give(call: &Call) -> Result<GiveArgs, Refusal> {
    let reading = read(call, false);
    let one = match (reading.people.as_slice(), &reading.everyone) {
        ([one], None) => one,
        ([], None) => return Err(refusals::nobody(Command::Give, &reading)),
        _ => return Err(refusals::refuse(Msg::new("credits-give-one"), Command::Give, &reading)),
    };
    let amount_credits = refusals::amount(Command::Give, &reading)?;
    refusals::reason_fits(&reading)?;
    Ok(GiveArgs {
        to_solidarity: one.is_solidarity(),
        to: one.named.clone(),
        written: one.written.clone(),
        amount_credits,
        category: reading.category.clone(),
        reason_asked: false,
        reason: reading.reason.clone(),
    })
}

/// Gives.
pub fn give(scope: &Scope, view: &GiveView, args: GiveArgs, ctx: &mut Context) -> Outcome {
    let (community, giver) = here(scope)?;
    let target = match view.target {
        _ if args.to_solidarity => None,
        Target::Oneself => return Err(not_to(Msg::new("credits-give-self"), &args)),
        Target::Bot => return Err(not_to(Msg::new("credits-give-bot"), &args)),
        Target::Person(person) if person.ledger == giver.ledger => return Err(not_to(Msg::new("credits-give-self"), &args)),
        Target::Person(person) => Some(person),
        Target::Nobody => None,
    };
    let rules = &community.credits;
    if let Some(most) = rules.gifts_day_max.filter(|most| view.gifts_today >= *most) {
        return Err(Refusal::new(vec![Msg::new("credits-not-now"), Msg::new("rules-gifts-today").with("count", most)]));
    }
    let free = free_credits(view.balance_credits, community.floor_credits);
    if args.amount_credits > free.saturating_sub(rules.reserve_credits) {
        return Err(too_low(&args, free.saturating_sub(rules.reserve_credits).max(0), rules.reserve_credits));
    }
    if args.category.as_deref() == Some("") {
        return Ok(which_category(scope, &args, ctx));
    }
    let category = category::chosen(scope, args.category.as_deref())?;
    if args.reason.is_none() && !args.reason_asked && !args.to_solidarity && !rules.reasons.is_empty() {
        return Ok(reasons::ask(scope, community, &args, ctx));
    }
    let mut pen = Pen::new(community.id, view.next_number);
    if args.to_solidarity {
        return Ok(to_solidarity(rules, giver, &args, (free, category), &mut pen, ctx));
    }
    let held = target.filter(|_| !view.declined && view.room_credits.is_some_and(|room| args.amount_credits > room));
    let to = match target {
        // Paid at once like any other, so that neither balance, statement nor the count of transfers tells the giver; and the
        // credits do good to all instead of vanishing.
        Some(_) if view.declined => Party::Fund(SOLIDARITY_FUND.to_owned()),
        Some(_) if held.is_some() => Party::WaitingGifts,
        Some(person) => Party::Person(person.ledger),
        None => Party::WaitingGifts,
    };
    let transfer = pen
        .transfer(ctx, Party::Person(giver.ledger), to, args.amount_credits, Kind::Gift)
        .by(giver.id)
        .why(args.reason.as_deref(), giver.id)
        .named(&args.to.typed, giver.id)
        .for_category(category)
        .keeping_reason(view.listed_reasons_only && args.reason.as_deref().is_some_and(|reason| !reasons::is_listed(rules, reason)));
    let mut lines = receipt(&args, transfer.number, free - args.amount_credits);
    lines.extend(category::line(rules, category));
    let decision = Decision::answer(Content::from(lines).buttons([undo::button(transfer.number)]));
    Ok(match target {
        Some(_) if view.declined => decision.change(super::Change::Transfer(transfer)),
        Some(person) if held.is_some() => {
            let (about, apart) = (About::Given(transfer.number, transfer.amount_credits), [Some(person.id), Some(giver.id)]);
            let decision = waits(decision, Whom::Held(person.id), transfer, args, ctx);
            held::tell_coordinators(decision, &view.coordinators, &apart, about)
        }
        Some(person) => told(decision, rules, transfer, person, giver),
        None => {
            let whom = Whom::Absent { platform: scope.account.platform, to: args.to.clone() };
            waits(decision, whom, transfer, args, ctx)
        }
    })
}

/// Nobody is told, and nothing waits.
fn to_solidarity(
    rules: &CreditRules,
    giver: &Person,
    args: &GiveArgs,
    (free, category): (i64, Option<i64>),
    pen: &mut Pen,
    ctx: &mut Context,
) -> Decision {
    let fund = Party::Fund(SOLIDARITY_FUND.to_owned());
    let transfer = pen
        .transfer(ctx, Party::Person(giver.ledger), fund, args.amount_credits, Kind::Gift)
        .by(giver.id)
        .why(args.reason.as_deref(), giver.id)
        .named(&args.to.typed, giver.id)
        .for_category(category);
    let mut lines = vec![
        Msg::new("credits-done"),
        Msg::new("ledger-given-to-solidarity").with("amount", args.amount_credits),
        Msg::new("credits-number").with("number", transfer.number),
        Msg::new("credits-free").with("free", free - args.amount_credits),
    ];
    lines.extend(category::line(rules, category));
    let content = Content::from(lines).buttons([undo::button(transfer.number)]);
    Decision::answer(content).change(super::Change::Transfer(transfer))
}

/// Each category has a button; what was typed is given once one is chosen.
fn which_category(scope: &Scope, args: &GiveArgs, ctx: &mut Context) -> Decision {
    let Some(community) = &scope.community else { return Decision::nothing() };
    let list = &community.credits.categories;
    let choice = |number: i64| {
        let name = list.name(number)?;
        let word = list.word(number)?;
        let args = GiveArgs { category: Some(word), ..args.clone() };
        Some((Msg::new("category-button").with("what", name), question::Action::Ledger(super::Action::Give { args: Box::new(args) })))
    };
    let mut choices: Vec<_> = list.numbers().into_iter().filter_map(choice).collect();
    let without = GiveArgs { category: None, ..args.clone() };
    choices.push((Msg::new("category-none"), question::Action::Ledger(super::Action::Give { args: Box::new(without) })));
    let (change, buttons) = question::ask(ctx, scope.account.id, choices);
    Decision::answer(Content::from(Msg::new("category-ask")).buttons(buttons)).change(change)
}

/// The same words whoever is meant; so they must be true of somebody who is not there, too.
fn receipt(args: &GiveArgs, number: i64, free: i64) -> Vec<Msg> {
    vec![
        Msg::new("credits-done"),
        Msg::new("credits-given").with("amount", args.amount_credits).with("name", shown_name(&args.to)),
        Msg::new("credits-number").with("number", number),
        Msg::new("credits-free").with("free", free),
        Msg::new("credits-may-come-back").with("count", waiting::WAIT_DAYS),
    ]
}

/// The name that was typed; a message's author may have none.
pub(super) fn shown_name(named: &Named) -> Value {
    if named.typed.is_empty() { Msg::new("credits-that-person").into() } else { named.typed.as_str().into() }
}

/// What somebody is told who was given something.
fn told(decision: Decision, rules: &CreditRules, transfer: Transfer, person: TargetPerson, giver: &Person) -> Decision {
    let reason = transfer.reason.as_ref().map(|(reason, _)| reason.as_str());
    let mut lines = vec![Msg::new("credits-news")];
    lines.extend(received::lines(received::what(Kind::Gift, Some(&giver.alias)), &transfer, reason, rules));
    let credits = Button::command(Msg::new("credits-button-credits"), Command::Credits, "");
    let content = Content::from(lines).buttons([credits, block::button(transfer.id.0)]);
    decision.change(super::Change::Transfer(transfer)).notify(Audience::Private(person.id), content)
}

fn waits(decision: Decision, whom: Whom, transfer: Transfer, args: GiveArgs, ctx: &mut Context) -> Decision {
    let (Party::Person(_), Some(giver)) = (&transfer.from, transfer.by) else { return decision };
    let gift = WaitingGift {
        id: ctx.ids.make(),
        community: transfer.community,
        transfer: transfer.id,
        whom,
        source: transfer.from.clone(),
        giver,
        amount_credits: transfer.amount_credits,
        reason: args.reason,
        until: waiting::until(ctx.now),
    };
    waiting::wait(decision.change(super::Change::Transfer(transfer)), gift, ctx)
}

fn not_to(what: Msg, args: &GiveArgs) -> Refusal {
    let form = refusals::form(Command::Give, "@Sam", &args.amount_credits.to_string(), None, args.reason.as_deref());
    Refusal::new(vec![what, form])
}

/// What is free, and the same gift as far as it goes.
fn too_low(args: &GiveArgs, free: i64, reserve: i64) -> Refusal {
    let first = if reserve > 0 {
        Msg::new("rules-reserve-kept").with("free", free).with("amount", reserve)
    } else {
        Msg::new("credits-free").with("free", free)
    };
    let mut content = Content::from(vec![Msg::new("credits-not-now"), first]);
    if free > 0 {
        let typed = free.min(super::AMOUNT_MAX).to_string();
        content = content.line(refusals::form(Command::Give, &args.written, &typed, None, args.reason.as_deref()));
        let reason = args.reason.as_ref().map_or(String::new(), |reason| format!(" {reason}"));
        let rest = format!("{} {typed}{reason}", args.written);
        let press = Press::Command { command: Command::Give, rest: rest.clone() };
        // A button loses what the platform knew of a mention, so it may name only what can be found by its words;
        // and it gives the whole reason or is not there.
        if args.to.account.is_none() && press.encode().len() <= PRESS_BYTES_MAX {
            let label = Msg::new("credits-button-give").with("amount", free.min(super::AMOUNT_MAX)).with("name", shown_name(&args.to));
            content = content.buttons([Button { label, press }]);
        }
    } else {
        content = content.line(Msg::new("credits-none-free"));
    }
    Refusal::new(content.buttons([Button::command(Msg::new("credits-button-credits"), Command::Credits, "")]))
}
