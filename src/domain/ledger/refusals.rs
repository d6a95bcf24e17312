//! Refusals that gifts and issues share: each says what is wrong and shows the command as it could be.

use super::{
    AMOUNT_MAX, AMOUNT_MIN, REASON_CHARS_MAX,
    reading::{Amount, Misplaced, Reading, written},
};
use crate::domain::{
    command::Command,
    decision::Refusal,
    message::Msg,
    scope::{Community, Person, Scope},
    words::{NumberFault, fold},
};

/// The most characters of somebody's own words that a corrected command repeats.
const REPEATED_CHARS_MAX: usize = 60;

/// The community and the person that the asker is, or the refusal of who is neither.
pub fn here(scope: &Scope) -> Result<(&Community, &Person), Refusal> {
    scope.community.as_ref().zip(scope.person.as_ref()).ok_or_else(not_joined)
}

fn not_joined() -> Refusal {
    Msg::new("not-joined").with("join", Command::Join).with("agenda", Command::Agenda).with("sos", Command::Sos).into()
}

/// Nobody is named, or not where a name is looked for.
pub(super) fn nobody(command: Command, reading: &Reading) -> Refusal {
    match &reading.misplaced {
        Some(misplaced) => out_of_order(command, misplaced),
        None => refuse(Msg::new("credits-whom"), command, reading),
    }
}

/// The amount, or why it cannot be one.
pub(super) fn amount(command: Command, reading: &Reading) -> Result<i64, Refusal> {
    if let Some(misplaced) = &reading.misplaced {
        return Err(out_of_order(command, misplaced));
    }
    let what = match reading.amount.as_ref().map(|amount| amount.value) {
        Some(Ok(value)) if (AMOUNT_MIN..=AMOUNT_MAX).contains(&value) => return Ok(value),
        Some(Ok(_) | Err(NumberFault::TooLarge)) => Msg::new("credits-amount-range").with("amount", AMOUNT_MIN).with("total", AMOUNT_MAX),
        Some(Err(NumberFault::Negative)) => Msg::new("credits-amount-negative"),
        Some(Err(NumberFault::NotWhole | NumberFault::NotANumber)) => Msg::new("credits-amount-whole"),
        None => Msg::new("credits-amount-missing"),
    };
    Err(refuse(what, command, reading))
}

/// The reason if it is short enough.
pub(super) fn reason_fits(reading: &Reading) -> Result<(), Refusal> {
    let length = reading.reason.as_ref().map_or(0, |reason| reason.chars().count());
    if length <= REASON_CHARS_MAX {
        return Ok(());
    }
    let [length, most] = [length, REASON_CHARS_MAX].map(|n| i64::try_from(n).unwrap_or(i64::MAX));
    Err(Msg::new("credits-reason-long").with("count", length).with("total", most).into())
}

/// `what`, and the command with the person's own values.
pub(super) fn refuse(what: Msg, command: Command, reading: &Reading) -> Refusal {
    let amount = reading.amount.as_ref().map_or(3, near);
    let name = match (&reading.everyone, reading.people.as_slice()) {
        (Some(word), _) if command == Command::Issue => word.clone(),
        (_, []) => "@Sam".to_owned(),
        (_, [first, ..]) if command == Command::Give => first.written.clone(),
        (_, people) => written(people),
    };
    Refusal::new(vec![what, form(command, &name, &amount.to_string(), reading.fund.as_deref(), reading.reason.as_deref())])
}

/// How the command is written.
pub(super) fn form(command: Command, name: &str, amount: &str, fund: Option<&str>, reason: Option<&str>) -> Msg {
    let msg = match (command, fund, reason) {
        (Command::Issue, None, None) => Msg::new("credits-form-why"),
        (Command::Issue, Some(_), None) => Msg::new("credits-form-why-fund"),
        (_, None, _) => Msg::new("credits-form"),
        (_, Some(_), _) => Msg::new("credits-form-fund"),
    };
    let said = reason.map_or(String::new(), |reason| format!(" {}", reason.chars().take(REPEATED_CHARS_MAX).collect::<String>()));
    let msg = msg.with("command", command).with("name", name).with("typed", amount).with("text", said);
    fund.map_or(msg.clone(), |fund| msg.with("fund", fund))
}

fn out_of_order(command: Command, misplaced: &Misplaced) -> Refusal {
    let reason = Some(misplaced.reason.as_str()).filter(|reason| !reason.is_empty());
    let name = if misplaced.name.is_empty() { "@Sam" } else { &misplaced.name };
    let form = form(command, name, &near(&misplaced.amount).to_string(), None, reason);
    Refusal::new(vec![Msg::new("credits-order"), form])
}

/// A possible amount close to what was typed.
fn near(amount: &Amount) -> i64 {
    match amount.value {
        Ok(value) => value.clamp(AMOUNT_MIN, AMOUNT_MAX),
        Err(_) => {
            let folded = fold(&amount.typed);
            let digits: String = folded.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).take(6).collect();
            digits.parse().unwrap_or(AMOUNT_MIN).clamp(AMOUNT_MIN, AMOUNT_MAX)
        }
    }
}
