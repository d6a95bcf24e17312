//! The statement as a table for spreadsheets.

use super::{
    refusals::here,
    rules::CreditRules,
    statement::{FILE_ROWS_MAX, Movement, Side, StatementView},
    statement_lines::label,
};
use crate::domain::{
    command::Command,
    decision::{Decision, Outcome},
    message::{Cell, Content, Msg, Table},
    scope::Scope,
    time::Zone,
};

/// The whole statement as a file.
pub fn statement_csv(scope: &Scope, view: &StatementView) -> Outcome {
    let rules = &here(scope)?.0.credits;
    let mut rows = vec![columns().map(Cell::Words).to_vec()];
    rows.extend(view.movements.iter().take(FILE_ROWS_MAX).map(|movement| moved(rules, movement, scope.zone)));
    let table = Table { name: format!("{}.csv", Command::Statement.word(&scope.language)), rows };
    let content = Content { table: Some(table), ..Content::from(Msg::new("credits-statement-file")) };
    Ok(Decision::answer(content))
}

/// The columns of a movement.
pub(super) fn columns() -> [Msg; 5] {
    [
        Msg::new("credits-csv-number"),
        Msg::new("credits-csv-time"),
        Msg::new("credits-csv-amount"),
        Msg::new("credits-csv-what"),
        Msg::new("credits-csv-reason"),
    ]
}

/// A movement as a row of them.
pub(super) fn moved(rules: &CreditRules, movement: &Movement, zone: Zone) -> Vec<Cell> {
    let amount = match movement.side {
        Side::Out => Cell::Number(-movement.amount_credits),
        Side::In => Cell::Number(movement.amount_credits),
        Side::Covered => Cell::Empty,
    };
    vec![
        Cell::Number(movement.number),
        Cell::Text(movement.at.wall(zone).format("%Y-%m-%d %H:%M").to_string()),
        amount,
        Cell::Words(label(rules, movement)),
        movement.reason.clone().map_or(Cell::Empty, Cell::Text),
    ]
}
