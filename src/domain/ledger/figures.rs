//! `/ledger figures june`: sums of a month, and how often the patterns of cheating were there; no name, and nothing below five.

use super::{funds::USES_MIN, refusals::here};
use crate::domain::{
    command::Command,
    dates::Month,
    decision::{Context, Decision, Outcome, Refusal},
    message::{Button, Content, Msg, Value},
    scope::Scope,
};

/// How often something came about in a month, and how many credits it moved.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Sum {
    /// How often.
    pub count: i64,
    /// How many credits in all.
    pub credits: i64,
}

/// What the store adds up.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct FiguresView {
    /// Brought to the funds by coordinators.
    pub issued: Sum,
    /// From the funds to people.
    pub granted: Sum,
    /// Between people.
    pub gifts: Sum,
    /// Seats that were set aside for, other than listening.
    pub seats: Sum,
    /// To hosts, other than of listening.
    pub hosts: Sum,
    /// Everything about listening.
    pub listening: Sum,
    /// What solidarity paid.
    pub solidarity: Sum,
    /// Seats of people with somebody who, in that month, had a seat with them.
    pub reciprocal: i64,
    /// Gifts by somebody who had got one within the day before.
    pub passed_on: i64,
    /// Seats that solidarity paid for somebody who had given credits away within the week before.
    pub given_before: i64,
}

/// Shows the figures of a month that is over.
pub fn figures(scope: &Scope, view: &FiguresView, month: Month, ctx: &Context) -> Outcome {
    let (community, _) = here(scope)?;
    let named = |msg: Msg, month: Month| msg.with("of-month", Value::Month(month.first_day()));
    let open = |month: Month| {
        Button::command(named(Msg::new("statement-button-month"), month), Command::Ledger, format!("chiffres {}", month.written()))
    };
    // A month is the community's, whoever asks from wherever: two windows, compared, would tell of one movement.
    let running = Month::of(ctx.now.day(community.zone));
    if month >= running {
        let not_over = named(Msg::new("journal-figures-not-over"), month);
        return Err(Refusal::new(Content::from(not_over).buttons([open(running.previous())])));
    }
    let mut lines = vec![Msg::new("journal-figures-title"), named(Msg::new("journal-of-month"), month)];
    lines.push(summed(Msg::new("journal-figures-issued"), view.issued));
    lines.push(summed(Msg::new("journal-figures-granted"), view.granted));
    for (what, sum) in [
        (Msg::new("journal-figures-gifts"), view.gifts),
        (Msg::new("journal-figures-seats"), view.seats),
        (Msg::new("journal-figures-hosts"), view.hosts),
        (Msg::new("journal-figures-listening"), view.listening),
        (Msg::new("journal-figures-solidarity"), view.solidarity),
    ] {
        lines.push(if sum.count >= USES_MIN { summed(what, sum) } else { few(what) });
    }
    lines.push(Msg::new("journal-figures-look"));
    for (what, count) in [
        (Msg::new("journal-figures-reciprocal"), view.reciprocal),
        (Msg::new("journal-figures-passed-on"), view.passed_on),
        (Msg::new("journal-figures-given-before"), view.given_before),
    ] {
        let counted = Msg::new("journal-figures-times").with("count", count);
        lines.push(if count >= USES_MIN { counted.with("what", what) } else { few(what) });
    }
    lines.push(Msg::new("journal-figures-nobody"));
    let later = (month.next() < running).then(|| open(month.next()));
    Ok(Decision::answer(Content::from(lines).buttons([open(month.previous())]).buttons(later)))
}

fn summed(what: Msg, sum: Sum) -> Msg {
    Msg::new("journal-figures-sum").with("what", what).with("count", sum.count).with("amount", sum.credits)
}

/// The same words whether it was never or four times.
fn few(what: Msg) -> Msg {
    Msg::new("journal-figures-few").with("what", what).with("number", USES_MIN)
}
