//! The statement as a file that spreadsheets open (RFC 4180, UTF-8).

use super::{
    refusals::here,
    statement::{FILE_ROWS_MAX, Movement, Side, StatementView},
    statement_lines::label,
};
use crate::domain::{
    command::Command,
    decision::{Decision, Outcome},
    message::{Content, File, Msg},
    scope::Scope,
    time::Zone,
};

/// The whole statement as a file. `render` makes the words of the reader's language.
pub fn statement_csv(scope: &Scope, view: &StatementView, render: &dyn Fn(&Msg) -> String) -> Outcome {
    here(scope)?;
    let columns = [
        Msg::new("credits-csv-number"),
        Msg::new("credits-csv-time"),
        Msg::new("credits-csv-amount"),
        Msg::new("credits-csv-what"),
        Msg::new("credits-csv-reason"),
    ];
    // Without the mark some spreadsheets take UTF-8 for something else and spoil every accent.
    let mut text = String::from('\u{FEFF}');
    push_row(&mut text, columns.iter().map(render));
    for movement in view.movements.iter().take(FILE_ROWS_MAX) {
        push_row(&mut text, row(movement, scope.zone, render).into_iter());
    }
    let name = format!("{}.csv", Command::Statement.word(&scope.language));
    let content = Content { file: Some(File { name, text }), ..Content::from(Msg::new("credits-statement-file")) };
    Ok(Decision::answer(content))
}

fn row(movement: &Movement, zone: Zone, render: &dyn Fn(&Msg) -> String) -> [String; 5] {
    let amount = match movement.side {
        Side::Out => format!("-{}", movement.amount_credits),
        Side::In => movement.amount_credits.to_string(),
        Side::Covered => String::new(),
    };
    [
        movement.number.to_string(),
        movement.at.wall(zone).format("%Y-%m-%d %H:%M").to_string(),
        amount,
        harmless(render(&label(movement))),
        harmless(movement.reason.clone().unwrap_or_default()),
    ]
}

/// A text that a spreadsheet would run as a formula is marked as text.
fn harmless(text: String) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text }
}

fn push_row(text: &mut String, cells: impl Iterator<Item = String>) {
    let cells: Vec<String> = cells.map(quoted).collect();
    text.push_str(&cells.join(","));
    text.push_str("\r\n");
}

fn quoted(cell: String) -> String {
    if cell.contains([',', '"', '\n', '\r']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell }
}
