//! `/statement`: one's own movements, newest first, a page at a time or as a file.

use chrono::NaiveDate;

use super::{
    Kind,
    refusals::here,
    statement_lines::{day_and, what},
};
use crate::domain::{
    command::Command,
    dates::Month,
    decision::{Decision, Outcome, Refusal},
    hear::Call,
    message::{Button, Content, Msg},
    scope::Scope,
    time::Timestamp,
    words::{fold, whole_number},
};

/// Movements on one page.
pub const PAGE: usize = 10;

/// The most movements in one file.
pub const FILE_ROWS_MAX: usize = 5_000;

/// What was typed after `/statement`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum StatementArgs {
    /// A page: from this transfer's number down, or the newest.
    Page {
        /// The highest number on the page.
        from: Option<i64>,
    },
    /// All of it, as a file.
    Csv,
    /// A month, shown or as a file.
    Month {
        /// Which.
        month: Month,
        /// As a file.
        is_file: bool,
    },
}

/// What the store knows of it: the movements from the asked number down, newest first; [`PAGE`] and one more,
/// or [`FILE_ROWS_MAX`] for a file. Where a person paid a part of a booking and solidarity the rest, only the person's part is there.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct StatementView {
    /// In the order shown.
    pub movements: Vec<Movement>,
}

/// One transfer as one of its two sides sees it.
#[derive(Clone, PartialEq, Debug)]
pub struct Movement {
    /// The transfer's number.
    pub number: i64,
    /// When.
    pub at: Timestamp,
    /// Why, for the program.
    pub kind: Kind,
    /// Which side.
    pub side: Side,
    /// Always positive.
    pub amount_credits: i64,
    /// For a gift that went out: the name that was typed, where it can be read.
    pub named: Option<String>,
    /// For a gift that came in: the giver's alias, where the giver is a present person of the community.
    pub alias: Option<String>,
    /// Where it can be read.
    pub reason: Option<String>,
    /// What it is for, in the community's list.
    pub category: Option<i64>,
    /// The title of the session that it is about, where there is one.
    pub title: Option<String>,
}

/// Which side of a transfer a person is on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Side {
    /// Paid.
    Out,
    /// Was paid.
    In,
    /// Solidarity paid for the person: shown without an amount.
    Covered,
}

/// Reads `/statement`, `/statement csv`, `/statement 42`, `/statement june`, `/statement 2026-06 csv`.
pub fn parse_statement(call: &Call, today: NaiveDate) -> Result<StatementArgs, Refusal> {
    let typed = fold(call.rest.trim());
    match typed.as_str() {
        "" => Ok(StatementArgs::Page { from: None }),
        "csv" | ".csv" => Ok(StatementArgs::Csv),
        _ => match whole_number(&typed) {
            Ok(number) if number > 0 => Ok(StatementArgs::Page { from: Some(number) }),
            Ok(_) | Err(_) => {
                of_month(&typed, today).ok_or_else(|| Msg::new("credits-statement-form").with("statement", Command::Statement).into())
            }
        },
    }
}

fn of_month(typed: &str, today: NaiveDate) -> Option<StatementArgs> {
    let month = typed.strip_suffix("csv").or_else(|| typed.strip_prefix("csv"));
    let is_file = month.is_some();
    Month::read(month.unwrap_or(typed), today).map(|month| StatementArgs::Month { month, is_file })
}

/// One page of a statement.
pub fn statement(scope: &Scope, view: &StatementView, from: Option<i64>) -> Outcome {
    let rules = &here(scope)?.0.credits;
    if view.movements.is_empty() {
        let nothing = if from.is_some() { Msg::new("credits-statement-no-older") } else { Msg::new("credits-statement-empty") };
        let button = Button::command(Msg::new("credits-button-credits"), Command::Credits, "");
        return Ok(Decision::answer(Content::from(vec![Msg::new("credits-statement-title"), nothing]).buttons([button])));
    }
    let mut lines = vec![Msg::new("credits-statement-title")];
    lines.extend(view.movements.iter().take(PAGE).map(|movement| day_and(what(rules, movement), movement, scope.zone)));
    let older =
        view.movements.get(PAGE).map(|next| Button::command(Msg::new("credits-button-older"), Command::Statement, next.number.to_string()));
    let by_month = Button::command(Msg::new("statement-button-by-month"), Command::Statement, "mois");
    let file = Button::command(Msg::new("credits-button-csv"), Command::Statement, "csv");
    Ok(Decision::answer(Content::from(lines).buttons(older).buttons([by_month, file])))
}
