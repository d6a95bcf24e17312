//! `/statement`: what a line shows and hides, pages, and the file.

use super::*;
use crate::domain::{
    dates::Month,
    ledger::{
        Kind, StatementArgs, StatementView, parse_statement, statement,
        statement::{Movement, PAGE, Side},
        statement_csv,
    },
    message::{Cell, Press},
    time::Zone,
};

pub(super) fn movement(number: i64, kind: Kind, side: Side) -> Movement {
    let (named, alias) = match (kind, side) {
        (Kind::Gift, Side::Out) => (Some("Sam".to_owned()), None),
        (Kind::Gift, _) => (None, Some("Alias 3".to_owned())),
        _ => (None, None),
    };
    Movement { number, at: NOW, kind, side, amount_credits: 3, named, alias, reason: None, category: None, title: Some("Cercle".into()) }
}

fn page(movements: Vec<Movement>, from: Option<i64>) -> Content {
    let decision = statement(&scope(2), &StatementView { movements }, from).unwrap();
    assert!(decision.changes.is_empty());
    said(&decision, Audience::Asker).remove(0)
}

fn check(movement: Movement, expected: &str) {
    let content = page(vec![movement.clone()], None);
    assert_eq!(shown(&content), format!("statement-title | {expected}"), "{movement:?}");
}

#[test]
fn what_is_typed_after_the_command() {
    let check = |rest: &str, expected: Option<StatementArgs>| {
        assert_eq!(parse_statement(&call(Command::Statement, rest), NOW.day(Zone::PARIS)).ok(), expected, "{rest:?}");
    };
    check("", Some(StatementArgs::Page { from: None }));
    check("CSV", Some(StatementArgs::Csv));
    check("42", Some(StatementArgs::Page { from: Some(42) }));
    check("٤٢", Some(StatementArgs::Page { from: Some(42) }));
    check("0", None);
    check("-1", None);
    check("pdf", None);
    let month = |written: &str, is_file: bool| {
        let month = Month::read(written, NOW.day(Zone::PARIS)).unwrap();
        Some(StatementArgs::Month { month, is_file })
    };
    check("juin", month("2026-06", false));
    check("2026-06 csv", month("2026-06", true));
    check("CSV juin 2025", month("2025-06", true));
    check("décembre", month("2026-12", false));
    check("mois", month("2026-12", false));
    check("juin juillet", None);
}

#[test]
fn lines_show_sign_and_no_more_of_the_other_than_may_be_read() {
    let day = "2026-12-01";
    check(movement(7, Kind::Gift, Side::Out), &format!("line({day}, out(3, line-gift-to(Sam)), 7)"));
    check(movement(7, Kind::Gift, Side::In), &format!("line({day}, in(3, line-gift-from(Alias 3)), 7)"));
    let gone = Movement { alias: None, ..movement(7, Kind::Gift, Side::In) };
    check(gone, &format!("line({day}, in(3, line-gift-from(former-member)), 7)"));
    let nameless = Movement { named: Some(String::new()), ..movement(7, Kind::Gift, Side::Out) };
    check(nameless, &format!("line({day}, out(3, line-gift-to(that-person)), 7)"));
    let reason = Movement { reason: Some("bravo".into()), ..movement(7, Kind::Grant, Side::In) };
    check(reason, &format!("line-why(bravo, {day}, in(3, line-grant), 7)"));
    check(movement(7, Kind::GiftReturn, Side::In), &format!("line({day}, in(3, line-back), 7)"));
    check(movement(7, Kind::Booking, Side::Out), &format!("line({day}, out(3, line-booking-of(Cercle)), 7)"));
    check(movement(7, Kind::Booking, Side::Covered), &format!("line({day}, line-booking-of(Cercle), 7)"));
    let untitled = Movement { title: None, ..movement(7, Kind::Booking, Side::Covered) };
    check(untitled, &format!("line({day}, line-booking, 7)"));
    check(movement(7, Kind::Refund, Side::In), &format!("line({day}, in(3, line-refund-of(Cercle)), 7)"));
    check(movement(7, Kind::Attendance, Side::In), &format!("line({day}, in(3, line-hosted-of(Cercle)), 7)"));
    check(movement(7, Kind::Late, Side::In), &format!("line({day}, in(3, line-hosted-of(Cercle)), 7)"));
    check(movement(7, Kind::Reversal, Side::Out), &format!("line({day}, out(3, line-reversal), 7)"));
    check(movement(7, Kind::Closing, Side::Out), &format!("line({day}, out(3, line-closing), 7)"));
}

#[test]
fn pages_go_on_where_there_is_more() {
    let rows = |count: i64| (0..count).map(|n| movement(40 - n, Kind::GiftReturn, Side::In)).collect::<Vec<_>>();
    let presses = |content: &Content| content.buttons.iter().map(|b| b.press.clone()).collect::<Vec<_>>();
    let press = |rest: &str| Press::Command { command: Command::Statement, rest: rest.into() };
    let full = i64::try_from(PAGE).unwrap();
    assert_eq!(presses(&page(rows(full), None)), [press("mois"), press("csv")]);
    let more = page(rows(full + 1), None);
    assert_eq!(more.lines.len(), PAGE + 1);
    assert_eq!(presses(&more), [press("30"), press("mois"), press("csv")]);
    assert_eq!(shown(&page(vec![], None)), "statement-title | statement-empty");
    assert_eq!(shown(&page(vec![], Some(3))), "statement-title | statement-no-older");
}

#[test]
fn the_file_bears_what_the_pages_bear() {
    let movements = vec![
        Movement { reason: Some("bravo".into()), ..movement(9, Kind::Gift, Side::In) },
        movement(8, Kind::Gift, Side::Out),
        movement(7, Kind::Booking, Side::Covered),
    ];
    let decision = statement_csv(&scope(2), &StatementView { movements }).unwrap();
    let table = said(&decision, Audience::Asker).remove(0).table.unwrap();
    assert_eq!(table.name, "releve.csv");
    let rows: Vec<String> = table.rows.iter().map(|row| row.iter().map(cell).collect::<Vec<_>>().join("|")).collect();
    let expected = [
        "csv-number|csv-time|csv-amount|csv-what|csv-reason",
        "9|2026-12-01 18:00|3|line-gift-from(Alias 3)|bravo",
        "8|2026-12-01 18:00|-3|line-gift-to(Sam)|",
        "7|2026-12-01 18:00||line-booking-of(Cercle)|",
    ];
    assert_eq!(rows, expected);
}

pub(super) fn cell(cell: &Cell) -> String {
    match cell {
        Cell::Number(number) => number.to_string(),
        Cell::Text(text) => text.clone(),
        Cell::Words(msg) => shown_msg(msg),
        Cell::Empty => String::new(),
    }
}
