//! `/statement june`: what stood before, what moved, what stood after; and that it adds up.

use super::{
    statements::{cell, movement},
    *,
};
use crate::domain::{
    dates::Month,
    ledger::{
        CreditsView, Kind, MonthView, month,
        month::signed,
        statement::{Movement, Side},
    },
    message::Press,
};

fn december() -> Month {
    Month::of(NOW.day(Zone::PARIS))
}

/// A gift of three, a price of three that solidarity paid, three received; in October six were there.
fn view() -> MonthView {
    let movements = vec![movement(3, Kind::Gift, Side::Out), movement(4, Kind::Booking, Side::Covered), movement(7, Kind::Grant, Side::In)];
    let opening_credits = 6;
    let closing_credits = opening_credits + movements.iter().map(signed).sum::<i64>();
    MonthView { opening_credits, closing_credits, movements, has_earlier: true, now: None }
}

fn page(view: &MonthView, of: Month) -> (String, Vec<String>) {
    let content = said(&month(&scope(2), view, of, false, &context(1)).unwrap(), Audience::Asker).remove(0);
    let presses = content.buttons.iter().map(|button| match &button.press {
        Press::Command { rest, .. } => rest.clone(),
        other => format!("{other:?}"),
    });
    (shown(&content), presses.collect())
}

#[test]
fn a_month_begins_and_ends_with_what_was_there() {
    let (text, buttons) = page(&view(), december().previous());
    let expected = "statement-title | statement-month-opening(Month(2026-11-01), 6) | line(2026-12-01, out(3, line-gift-to(Sam)), 3) | \
                    line(2026-12-01, line-booking-of(Cercle), 4) | line(2026-12-01, in(3, line-grant), 7) | \
                    statement-month-closing(Month(2026-11-01), 6)";
    assert_eq!(text, expected);
    assert_eq!(buttons, ["2026-10", "2026-12", "2026-11 csv"]);
}

#[test]
fn the_month_that_is_tells_what_is_free_apart_from_what_is_set_aside() {
    let now = CreditsView { balance_credits: 6, set_aside_credits: 2, moved: true, next: vec![] };
    let view = MonthView { has_earlier: false, now: Some(now), movements: vec![], ..view() };
    let (text, buttons) = page(&view, december());
    let expected = "statement-title | statement-month-opening(Month(2026-12-01), 6) | statement-month-nothing | \
                    statement-month-today(6) | free(6) | set-aside(2)";
    assert_eq!(text, expected);
    assert_eq!(buttons, ["2026-12 csv"], "nothing came before, and nothing comes after");
}

#[test]
fn a_month_to_come_is_refused_and_this_one_offered() {
    let refusal = month(&scope(2), &view(), december().next(), false, &context(1)).unwrap_err();
    assert_eq!(shown_refusal(&refusal), "statement-month-to-come(Month(2027-01-01))");
    assert_eq!(refusal.0.buttons.len(), 1);
}

#[test]
fn a_long_month_says_how_much_more_the_file_has() {
    let movements: Vec<Movement> = (1..=30).map(|n| movement(n, Kind::Grant, Side::In)).collect();
    let (text, _) = page(&MonthView { movements, ..view() }, december().previous());
    assert!(text.contains("statement-month-more(5)"), "{text}");
}

#[test]
fn the_file_of_a_month_bears_the_balance_after_each_movement() {
    let decision = month(&scope(2), &view(), december().previous(), true, &context(1)).unwrap();
    let table = said(&decision, Audience::Asker).remove(0).table.unwrap();
    assert_eq!(table.name, "releve-2026-11.csv");
    let rows: Vec<String> = table.rows.iter().map(|row| row.iter().map(cell).collect::<Vec<_>>().join("|")).collect();
    let expected = [
        "csv-number|csv-time|csv-amount|statement-csv-balance|csv-what|csv-reason",
        "|2026-11-01||6|statement-csv-opening|",
        "3|2026-12-01 18:00|-3|3|line-gift-to(Sam)|",
        "4|2026-12-01 18:00||3|line-booking-of(Cercle)|",
        "7|2026-12-01 18:00|3|6|line-grant|",
        "|||6|statement-csv-closing|",
    ];
    assert_eq!(rows, expected);
}
