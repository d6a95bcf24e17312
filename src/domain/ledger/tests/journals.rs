//! `/ledger`: what is typed, what a line shows, and that figures below five are not told.

use super::{statements::cell, *};
use crate::domain::{
    dates::Month,
    ledger::{
        figures::{FiguresView, Sum, figures},
        journal::{Entry, Filter, JournalArgs, JournalView, PAGE, What, journal, journal_csv, parse_journal},
    },
    message::Press,
};

fn month(written: &str) -> Month {
    Month::read(written, NOW.day(Zone::PARIS)).unwrap()
}

#[test]
fn what_is_typed_after_the_command() {
    let check = |rest: &str, expected: Option<JournalArgs>| {
        assert_eq!(parse_journal(&call(Command::Ledger, rest), &scope(1), NOW).ok(), expected, "{rest:?}");
    };
    let movements = |fund: Option<&str>, of: Option<&str>, from: Option<i64>, is_file: bool| {
        let filter = Filter { fund: fund.map(str::to_owned), month: of.map(month), category: None };
        Some(JournalArgs::Movements { filter, from, is_file })
    };
    check("", movements(None, None, None, false));
    check("csv", movements(None, None, None, true));
    check("42", movements(None, None, Some(42), false));
    check("fonds:Mairie", movements(Some("mairie"), None, None, false));
    check("csv fund:solidarité juin", movements(Some("solidarity"), Some("2026-06"), None, true));
    check("\"fonds:ville de Lyon\" 30", movements(Some("ville de lyon"), None, Some(30), false));
    check("juin 2025", movements(None, Some("2025-06"), None, false));
    check("2026-06 30", movements(None, Some("2026-06"), Some(30), false));
    check("30 2026-06", movements(None, Some("2026-06"), Some(30), false));
    check("chiffres", Some(JournalArgs::Figures(month("2026-11"))));
    check("figures june", Some(JournalArgs::Figures(month("2026-06"))));
    let hosting = Filter { category: Some(2), ..Filter::default() };
    check("catégorie:animation", Some(JournalArgs::Movements { filter: hosting, from: None, is_file: false }));
    check("cat:jardinage", None);
    check("fonds:", None);
    check("pdf", None);
    check("-3", None);
}

fn entry(number: i64, what: What) -> Entry {
    Entry { number, at: NOW, amount_credits: 3, what, category: None }
}

#[test]
fn lines_name_who_gave_and_whom_a_fund_gave_to_and_nobody_else() {
    let alias = || Some("Soleil".to_owned());
    for (what, expected) in [
        (What::Issued("mairie".into()), "journal-issued(mairie)"),
        (What::Granted("general".into(), alias()), "journal-granted(fund-general, Soleil)"),
        (What::Granted("general".into(), None), "journal-granted(fund-general, former-member)"),
        (What::GrantWaits("mairie".into()), "journal-grant-waits(mairie)"),
        (What::GrantToSolidarity("mairie".into()), "journal-to-solidarity(mairie)"),
        (What::CameBack("mairie".into()), "journal-came-back(mairie)"),
        (What::Given(alias()), "journal-given(Soleil)"),
        (What::Rewarded("general".into(), alias(), 12), "journal-rewarded(fund-general, Soleil, 12)"),
        (What::Corrected(4), "journal-corrected(4)"),
        (What::Closed("mairie".into()), "journal-closed(mairie)"),
    ] {
        let view = JournalView { entries: vec![entry(7, what)] };
        let content = said(&journal(&scope(1), &view, &Filter::default(), None).unwrap(), Audience::Asker).remove(0);
        assert_eq!(shown(&content), format!("journal-title | journal-line(7, 2026-12-01, 3, {expected}) | journal-figures-apart"));
    }
}

#[test]
fn pages_keep_their_filter() {
    let entries = (0..=i64::try_from(PAGE).unwrap()).map(|n| entry(40 - n, What::Corrected(1))).collect();
    let filter = Filter { fund: Some("ville de lyon".into()), month: Some(month("2026-06")), category: Some(2) };
    let decision = journal(&scope(1), &JournalView { entries }, &filter, None).unwrap();
    let rests: Vec<String> = said(&decision, Audience::Asker)[0]
        .buttons
        .iter()
        .map(|button| match &button.press {
            Press::Command { rest, .. } => rest.clone(),
            other => format!("{other:?}"),
        })
        .collect();
    assert_eq!(
        rests,
        ["30 \"fonds:ville de lyon\" cat:animation 2026-06", "csv \"fonds:ville de lyon\" cat:animation 2026-06", "chiffres 2026-06"]
    );
    for (rest, from) in rests.iter().zip([Some(30), None]) {
        let args = parse_journal(&call(Command::Ledger, rest), &scope(1), NOW).unwrap();
        assert_eq!(args, JournalArgs::Movements { filter: filter.clone(), from, is_file: from.is_none() }, "{rest}");
    }
}

#[test]
fn the_file_bears_what_the_pages_bear() {
    let entries = vec![entry(9, What::Given(None)), entry(8, What::Granted("mairie".into(), Some("Soleil".into())))];
    let decision = journal_csv(&scope(1), &JournalView { entries }).unwrap();
    let table = said(&decision, Audience::Asker).remove(0).table.unwrap();
    assert_eq!(table.name, "grandlivre.csv");
    let rows: Vec<String> = table.rows.iter().map(|row| row.iter().map(cell).collect::<Vec<_>>().join("|")).collect();
    let expected = [
        "csv-number|csv-time|csv-amount|csv-what|journal-csv-fund|journal-csv-name",
        "9|2026-12-01 18:00|3|journal-given(former-member)||former-member",
        "8|2026-12-01 18:00|3|journal-granted(mairie, Soleil)|mairie|Soleil",
    ];
    assert_eq!(rows, expected);
}

#[test]
fn what_came_about_fewer_than_five_times_is_not_told() {
    let text = |count: i64| {
        let sum = Sum { count, credits: 7 * count };
        let view = FiguresView {
            issued: sum,
            granted: sum,
            gifts: sum,
            seats: sum,
            hosts: sum,
            listening: sum,
            solidarity: sum,
            reciprocal: count,
            passed_on: count,
            given_before: count,
        };
        shown(&said(&figures(&scope(1), &view, month("2026-11"), &context(1)).unwrap(), Audience::Asker)[0])
    };
    let without_issues = |text: String| text.split(" | ").skip(4).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(without_issues(text(0)), without_issues(text(4)), "never and four times read the same");
    assert!(text(5).contains("journal-figures-sum(journal-figures-solidarity, 5, 35)"), "{}", text(5));
    assert!(text(5).contains("journal-figures-times(5, journal-figures-reciprocal)"), "{}", text(5));
    let refusal = figures(&scope(1), &FiguresView::default(), month("2026-12"), &context(1)).unwrap_err();
    assert_eq!(shown_refusal(&refusal), "journal-figures-not-over(Month(2026-12-01))");
}
