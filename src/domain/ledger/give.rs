//! `/give`: credits from one person to another, or to somebody who is not there yet; the answer is the same.

use serde::{Deserialize, Serialize};

use super::{
    Kind, Party, Pen, SOLIDARITY_FUND, Target, TargetPerson, Transfer, free_credits,
    reading::read,
    refusals::{self, here},
    undo,
    waiting::{self, WaitingGift},
};
use crate::domain::{
    command::Command,
    decision::{Audience, Context, Decision, Outcome, Refusal},
    hear::{Call, Named},
    message::{Button, Content, Msg, PRESS_BYTES_MAX, Press, Value},
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
}

/// What the store knows of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct GiveView {
    /// What the giver holds.
    pub balance_credits: i64,
    /// Whom the typed name means.
    pub target: Target,
    /// That person wants nothing from the giver, who must not learn it.
    pub declined: bool,
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
    let free = free_credits(view.balance_credits, community.floor_credits);
    if args.amount_credits > free {
        return Err(too_low(&args, free));
    }
    let mut pen = Pen::new(community.id, view.next_number);
    if args.to_solidarity {
        return Ok(to_solidarity(giver, &args, free, &mut pen, ctx));
    }
    let to = match target {
        // Paid at once like any other, so that neither balance, statement nor the count of transfers tells the giver; and the
        // credits do good to all instead of vanishing.
        Some(_) if view.declined => Party::Fund(SOLIDARITY_FUND.to_owned()),
        Some(person) => Party::Person(person.ledger),
        None => Party::WaitingGifts,
    };
    let transfer = pen
        .transfer(ctx, Party::Person(giver.ledger), to, args.amount_credits, Kind::Gift)
        .by(giver.id)
        .why(args.reason.as_deref(), giver.id)
        .named(&args.to.typed, giver.id);
    let lines = receipt(&args, transfer.number, free - args.amount_credits);
    let decision = Decision::answer(Content::from(lines).buttons([undo::button(transfer.number)]));
    Ok(match target {
        Some(_) if view.declined => decision.change(super::Change::Transfer(transfer)),
        Some(person) => told(decision, &transfer, person, &giver.alias, args.reason.as_deref()),
        None => waits(decision, scope, transfer, args, ctx),
    })
}

/// Nobody is told, and nothing waits.
fn to_solidarity(giver: &Person, args: &GiveArgs, free: i64, pen: &mut Pen, ctx: &mut Context) -> Decision {
    let fund = Party::Fund(SOLIDARITY_FUND.to_owned());
    let transfer = pen
        .transfer(ctx, Party::Person(giver.ledger), fund, args.amount_credits, Kind::Gift)
        .by(giver.id)
        .why(args.reason.as_deref(), giver.id)
        .named(&args.to.typed, giver.id);
    let lines = vec![
        Msg::new("credits-done"),
        Msg::new("ledger-given-to-solidarity").with("amount", args.amount_credits),
        Msg::new("credits-number").with("number", transfer.number),
        Msg::new("credits-free").with("free", free - args.amount_credits),
    ];
    let content = Content::from(lines).buttons([undo::button(transfer.number)]);
    Decision::answer(content).change(super::Change::Transfer(transfer))
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
fn told(decision: Decision, transfer: &Transfer, person: TargetPerson, giver_alias: &str, reason: Option<&str>) -> Decision {
    let mut lines =
        vec![Msg::new("credits-news"), Msg::new("credits-gift-received").with("name", giver_alias).with("amount", transfer.amount_credits)];
    lines.extend(reason.map(|reason| Msg::new("credits-reason").with("reason", reason)));
    lines.push(Msg::new("credits-number").with("number", transfer.number));
    let credits = Button::command(Msg::new("credits-button-credits"), Command::Credits, "");
    let content = Content::from(lines).buttons([credits, block::button(transfer.id.0)]);
    decision.change(super::Change::Transfer(transfer.clone())).notify(Audience::Private(person.id), content)
}

fn waits(decision: Decision, scope: &Scope, transfer: Transfer, args: GiveArgs, ctx: &mut Context) -> Decision {
    let (Party::Person(_), Some(giver)) = (&transfer.from, transfer.by) else { return decision };
    let gift = WaitingGift {
        id: ctx.ids.make(),
        community: transfer.community,
        transfer: transfer.id,
        platform: scope.account.platform,
        to: args.to,
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
fn too_low(args: &GiveArgs, free: i64) -> Refusal {
    let mut content = Content::from(vec![Msg::new("credits-not-now"), Msg::new("credits-free").with("free", free)]);
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
