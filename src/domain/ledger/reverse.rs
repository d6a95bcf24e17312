//! `/reverse 42 reason`: a new, opposite transfer that names the one it opposes; nothing is edited, nothing is opposed twice.

use super::{AMOUNT_MAX, Change, Kind, Party, Pen, REASON_CHARS_MAX, TargetPerson, refusals::here};
use crate::domain::{
    command::Command,
    decision::{Audience, Context, Decision, Outcome, Refusal},
    hear::Call,
    ids::{GiftId, TransferId},
    message::{Button, Content, Msg, Value},
    scope::Scope,
    time::Timestamp,
    words::{clean_text, whole_number},
};

/// What was typed after `/reverse`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ReverseArgs {
    /// The transfer's number.
    pub number: i64,
    /// In one line.
    pub reason: String,
}

/// One end of a transfer, as it is now.
#[derive(Clone, PartialEq, Debug)]
pub struct End {
    /// Which account.
    pub party: Party,
    /// Whose, unless they are erased.
    pub person: Option<TargetPerson>,
    /// What it holds.
    pub balance_credits: i64,
}

/// The transfer that is to be opposed, as it is now.
#[derive(Clone, PartialEq, Debug)]
pub struct Original {
    /// Its id.
    pub id: TransferId,
    /// Its number.
    pub number: i64,
    /// When.
    pub at: Timestamp,
    /// Why, for the program.
    pub kind: Kind,
    /// How many.
    pub amount_credits: i64,
    /// Who lost.
    pub from: End,
    /// Who gained.
    pub to: End,
    /// The gift that it set aside, where that still waits.
    pub waits: Option<GiftId>,
    /// The number of the correction that opposes it already.
    pub reversed_by: Option<i64>,
}

/// What the store knows of it.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct ReverseView {
    /// `None` where the ledger has no such number.
    pub original: Option<Original>,
    /// The number of the next transfer.
    pub next_number: i64,
}

/// Reads `/reverse 42 reason`.
pub fn parse_reverse(call: &Call) -> Result<ReverseArgs, Refusal> {
    let number = call.words.first().and_then(|word| whole_number(word.text.trim_start_matches(['#', 'n', '°'])).ok());
    let Some(number) = number.filter(|number| *number > 0) else {
        return Err(Refusal::new(vec![Msg::new("ledger-reverse-which"), form(42)]));
    };
    let reason = clean_text(call.rest_from(1)).split_whitespace().collect::<Vec<_>>().join(" ");
    let length = reason.chars().count();
    if length == 0 {
        return Err(Refusal::new(vec![Msg::new("credits-reason-missing"), form(number)]));
    }
    if length > REASON_CHARS_MAX {
        let [length, most] = [length, REASON_CHARS_MAX].map(|n| i64::try_from(n).unwrap_or(i64::MAX));
        return Err(Msg::new("credits-reason-long").with("count", length).with("total", most).into());
    }
    Ok(ReverseArgs { number, reason })
}

fn form(number: i64) -> Msg {
    Msg::new("ledger-reverse-form").with("command", Command::Reverse).with("number", number)
}

/// Opposes the transfer; both sides are told, each in private.
pub fn reverse(scope: &Scope, view: &ReverseView, args: &ReverseArgs, ctx: &mut Context) -> Outcome {
    let (community, coordinator) = here(scope)?;
    let original = check(view, args)?;
    if [&original.from, &original.to].into_iter().any(|end| end.person.is_some_and(|person| person.id == coordinator.id)) {
        return Err(Refusal::new(Msg::new("ledger-reverse-own")));
    }
    let least = match original.to.party {
        Party::Person(_) if community.corrections_below_floor => i64::MIN,
        Party::Person(_) => community.floor_credits.min(0),
        Party::Issuance | Party::Fund(_) | Party::Escrow(_) | Party::WaitingGifts | Party::Closed => 0,
    };
    if original.to.balance_credits.saturating_sub(original.amount_credits) < least {
        return Err(spent(original));
    }
    let mut decision = oppose(original, Some(&args.reason), coordinator.id, &mut Pen::new(community.id, view.next_number), ctx);
    for (end, what) in [(&original.to, Msg::new("ledger-corrected-out")), (&original.from, Msg::new("ledger-corrected-in"))] {
        let Some(person) = end.person.filter(|person| person.id != coordinator.id) else { continue };
        let lines = vec![
            Msg::new("credits-news"),
            what.with("amount", original.amount_credits).with("number", original.number),
            Msg::new("credits-reason").with("reason", args.reason.as_str()),
            Msg::new("credits-number").with("number", view.next_number),
        ];
        let button = Button::command(Msg::new("credits-button-credits"), Command::Credits, "");
        decision = decision.notify(Audience::Private(person.id), Content::from(lines).buttons([button]));
    }
    let done = Msg::new("ledger-reversed")
        .with("number", original.number)
        .with("day", Value::Day(original.at.day(scope.zone)))
        .with("amount", original.amount_credits)
        .with("what", kind_text(original.kind));
    Ok(decision.tell(Audience::Asker, vec![Msg::new("credits-done"), done, Msg::new("credits-number").with("number", view.next_number)]))
}

/// The opposite transfer, and the end of the gift that waited. The reason is sealed under the key of who loses.
pub(super) fn oppose(
    original: &Original,
    reason: Option<&str>,
    by: crate::domain::ids::PersonId,
    pen: &mut Pen,
    ctx: &mut Context,
) -> Decision {
    let (from, to) = (original.to.party.clone(), original.from.party.clone());
    let mut transfer = pen.transfer(ctx, from, to, original.amount_credits.min(AMOUNT_MAX), Kind::Reversal).by(by);
    transfer.reverses = Some(original.id);
    let key = original.to.person.or(original.from.person).map(|person| person.id);
    transfer.reason = reason.map(str::to_owned).zip(key);
    let decision = Decision::nothing().change(Change::Transfer(transfer));
    match original.waits {
        Some(gift) => decision.change(Change::GiftEnds(gift)),
        None => decision,
    }
}

/// What may be opposed: what moved between persons, funds and hosts, and is still there to be moved back.
fn check<'a>(view: &'a ReverseView, args: &ReverseArgs) -> Result<&'a Original, Refusal> {
    let Some(original) = &view.original else {
        let none = Msg::new("ledger-reverse-none").with("number", args.number);
        let button = Button::command(Msg::new("ledger-button-ledger"), Command::Ledger, "");
        return Err(Refusal::new(Content::from(none).buttons([button])));
    };
    if let Some(number) = original.reversed_by {
        return Err(Refusal::new(Msg::new("ledger-reverse-twice").with("number", original.number).with("count", number)));
    }
    match original.kind {
        Kind::Issue | Kind::Grant | Kind::Gift => {}
        // A reward on top came from a fund; a price came through the session's escrow, which is settled.
        Kind::Attendance if matches!(original.from.party, Party::Fund(_)) => {}
        Kind::Attendance | Kind::Late => {
            let marked = Msg::new("ledger-reverse-marked").with("give", Command::Give).with("command", Command::Issue);
            return Err(Refusal::new(marked));
        }
        Kind::Booking | Kind::Refund => return Err(Refusal::new(Msg::new("ledger-reverse-booking").with("cancel", Command::Cancel))),
        Kind::Reversal | Kind::GiftReturn | Kind::Closing => {
            return Err(Refusal::new(Msg::new("ledger-reverse-not").with("command", Command::Issue)));
        }
    }
    // What came out of it would go back to where nothing waits any more.
    let is_paid_out = original.from.party == Party::WaitingGifts;
    let is_followed = original.to.party == Party::WaitingGifts && original.waits.is_none();
    let gone = |end: &End| matches!(end.party, Party::Person(_)) && end.person.is_none();
    if is_paid_out || is_followed {
        return Err(Refusal::new(Msg::new("ledger-reverse-followed").with("command", Command::Give)));
    }
    if gone(&original.from) || gone(&original.to) {
        return Err(Refusal::new(Msg::new("ledger-reverse-gone").with("command", Command::Issue)));
    }
    Ok(original)
}

/// The receiver holds less than that: what can be done all the same, without a word on what they hold.
fn spent(original: &Original) -> Refusal {
    let mut lines = vec![Msg::new("credits-not-now"), Msg::new("ledger-reverse-spent").with("number", original.number)];
    if matches!(original.to.party, Party::Person(_)) {
        lines.push(Msg::new("ledger-reverse-allow").with("settings", Command::Settings).with("command", Command::Issue));
    }
    Refusal::new(lines)
}

/// What a transfer was, for coordinators.
pub(super) fn kind_text(kind: Kind) -> Msg {
    match kind {
        Kind::Issue => Msg::new("ledger-kind-issue"),
        Kind::Grant => Msg::new("ledger-kind-grant"),
        Kind::Gift => Msg::new("ledger-kind-gift"),
        Kind::GiftReturn => Msg::new("ledger-kind-back"),
        Kind::Booking => Msg::new("ledger-kind-booking"),
        Kind::Refund => Msg::new("ledger-kind-refund"),
        Kind::Attendance => Msg::new("ledger-kind-attendance"),
        Kind::Late => Msg::new("ledger-kind-late"),
        Kind::Reversal => Msg::new("ledger-kind-reversal"),
        Kind::Closing => Msg::new("ledger-kind-closing"),
    }
}
