//! `/figures [month]`: sessions, seats, attendance and waiting of a month that is over, for whoever funds the community;
//! of people only bands, from five on, and only of those who agreed to be counted.

use chrono::{NaiveDate, TimeDelta};
use serde::{Deserialize, Serialize};

use super::{LENGTH_MINUTES_MAX, UNMARKED_DAYS, reading::here};
use crate::domain::{
    command::Command,
    dates::Month,
    decision::{Audience, Decision, Outcome, Refusal},
    hear::Call,
    ids::CommunityId,
    message::{Button, Cell, Content, Msg, Table, Value},
    scope::{Role, Scope},
    time::{Timestamp, Zone},
    words::{clean_name, fold},
};

/// From so many people on, something is said of them.
pub const SHOWN_FROM: usize = 5;
/// Numbers of people's visits are said in bands of so many.
const BAND: i64 = 5;
/// Who joined less than so many days before the month ended is not counted.
pub const JOINED_DAYS: i64 = 14;

/// What was asked.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FiguresArgs {
    /// Which month; the last one that is over where none is named.
    pub month: Option<Month>,
    /// As a file.
    pub csv: bool,
}

/// How often something happened, and to how many people who may be counted.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Count {
    /// How often.
    pub times: i64,
    /// How many different people.
    pub people: usize,
}

/// What happened in a month. Sessions and seats were said to the whole group anyway; the rest is about people.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Figures {
    /// Sessions that took place; listening not among them, in none of these.
    pub held: i64,
    /// Sessions that were called off.
    pub cancelled: i64,
    /// Seats of those that took place.
    pub seats: i64,
    /// Who came.
    pub came: Count,
    /// Who had a seat and did not come.
    pub absent: Count,
    /// Who waited and got no seat.
    pub waited: Count,
    /// Who came to a listening.
    pub listened: Count,
}

/// What the store must load.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct FiguresView {
    /// As they were first read, or as they are read now for the first time.
    pub figures: Figures,
    /// It is the first time, and the month had sessions: they stay as they are now.
    pub is_first: bool,
}

/// The figures of a month are read for the first time, and stay as they are: whoever is erased, agrees or becomes staff later
/// would else show by the difference.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Keep {
    /// Whose.
    pub community: CommunityId,
    /// Which month.
    pub month: Month,
    /// As they are from now on.
    pub figures: Figures,
}

/// Reads `/figures`, `/figures october 2026`, `/figures 2026-10 csv`.
pub fn parse(call: &Call, today: NaiveDate) -> Result<FiguresArgs, Refusal> {
    let words: Vec<String> = call.words.iter().map(|word| fold(&word.text)).collect();
    let csv = words.iter().any(|word| word == "csv");
    let words: Vec<&str> = words.iter().map(String::as_str).filter(|word| !matches!(*word, "csv" | "de" | "of")).collect();
    let unclear = || {
        let form = Msg::new("figures-form").with("figures", Command::Figures);
        Refusal::new(Content::from(Msg::new("figures-unclear").with("typed", clean_name(&call.rest))).line(form))
    };
    let month = (!words.is_empty()).then(|| Month::read(&words.join(" "), today).ok_or_else(unclear)).transpose()?;
    Ok(FiguresArgs { month, csv })
}

/// From when on the figures of a month are told: the last session that began in it is over, and is marked or given up, so that
/// nothing moves any more.
pub fn told_from(month: Month, zone: Zone) -> Timestamp {
    month.bounds(zone).1.plus(TimeDelta::minutes(LENGTH_MINUTES_MAX)).plus(TimeDelta::days(UNMARKED_DAYS))
}

/// The newest month that is told.
fn newest(zone: Zone, now: Timestamp) -> Month {
    let last = Month::of(now.day(zone)).previous();
    if told_from(last, zone) <= now { last } else { last.previous() }
}

/// The month that is meant; one in which something may still move is refused, so that two looks at it never differ by one person.
pub fn month(args: &FiguresArgs, zone: Zone, now: Timestamp) -> Result<Month, Refusal> {
    let newest = newest(zone, now);
    match args.month {
        None => Ok(newest),
        Some(month) if month <= newest => Ok(month),
        Some(month) => {
            let content = Content::from(Msg::new("figures-not-over").with("when", Value::MomentIn(told_from(month, zone), zone)));
            Err(Refusal::new(content.buttons([button(newest, false)])))
        }
    }
}

fn button(month: Month, csv: bool) -> Button {
    let written = month.written();
    if csv {
        Button::command(Msg::new("figures-button-file"), Command::Figures, format!("{written} csv"))
    } else {
        Button::command(Msg::new("figures-button-month").with("text", written.clone()), Command::Figures, written)
    }
}

/// The figures in words, or as a file.
pub fn figures(scope: &Scope, month: Month, args: &FiguresArgs, view: &FiguresView) -> Outcome {
    let (community, person) = here(scope)?;
    if !person.coordinator || scope.role() < Some(Role::Coordinator) {
        return Err(Msg::new("not-allowed-coordinator").with("menu", Command::Menu).into());
    }
    let figures = view.figures;
    let content = if args.csv { file(month, &figures) } else { words(month, &figures) };
    let decision = Decision::nothing().tell(Audience::Asker, content);
    let keep = super::Change::Figures(Keep { community: community.id, month, figures });
    Ok(if view.is_first { decision.change(keep) } else { decision })
}

fn words(month: Month, figures: &Figures) -> Content {
    let mut lines = vec![
        Msg::new("figures-title"),
        Msg::new("figures-month").with("text", month.written()),
        Msg::new("figures-held").with("count", figures.held),
        Msg::new("figures-cancelled").with("count", figures.cancelled),
        Msg::new("figures-seats").with("count", figures.seats),
        Msg::new("figures-came").with("what", band(figures.came)),
        Msg::new("figures-absent").with("what", band(figures.absent)),
        Msg::new("figures-waited").with("what", band(figures.waited)),
        Msg::new("figures-listened").with("what", band(figures.listened)),
    ];
    lines.push(Msg::new("figures-how"));
    Content::from(lines).buttons([button(month, true), button(month.previous(), false)])
}

/// Times in a band; one same word for everything that fewer than five people did, nothing among it.
fn band(count: Count) -> Msg {
    match bounds(count) {
        Some((least, most)) => Msg::new("figures-band").with("number", least).with("count", most),
        None => Msg::new("figures-few"),
    }
}

fn bounds(count: Count) -> Option<(i64, i64)> {
    let least = count.times - count.times.rem_euclid(BAND);
    (count.people >= SHOWN_FROM).then_some((least, least + BAND - 1))
}

/// The same as rows: what, from, to; two empty fields where fewer than five people are meant.
fn file(month: Month, figures: &Figures) -> Content {
    let head = [
        Msg::new("figures-column-month"),
        Msg::new("figures-column-what"),
        Msg::new("figures-column-least"),
        Msg::new("figures-column-most"),
    ];
    let exact = |what: Msg, number: i64| (what, Some((number, number)));
    let rows = [
        exact(Msg::new("figures-row-held"), figures.held),
        exact(Msg::new("figures-row-cancelled"), figures.cancelled),
        exact(Msg::new("figures-row-seats"), figures.seats),
        (Msg::new("figures-row-came"), bounds(figures.came)),
        (Msg::new("figures-row-absent"), bounds(figures.absent)),
        (Msg::new("figures-row-waited"), bounds(figures.waited)),
        (Msg::new("figures-row-listened"), bounds(figures.listened)),
    ];
    let row = |(what, bounds): (Msg, Option<(i64, i64)>)| {
        let (least, most) = bounds.map_or((Cell::Empty, Cell::Empty), |(least, most)| (Cell::Number(least), Cell::Number(most)));
        vec![Cell::Text(month.written()), Cell::Words(what), least, most]
    };
    let rows = std::iter::once(head.into_iter().map(Cell::Words).collect()).chain(rows.into_iter().map(row)).collect();
    let table = Table { name: format!("{}.csv", month.written()), rows };
    Content { table: Some(table), ..Content::from(vec![Msg::new("figures-title"), Msg::new("figures-how")]) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::testing::{direct, shown};

    fn month(day: &str) -> Month {
        Month::of(day.parse().unwrap())
    }

    #[test]
    fn a_month_and_a_file_in_any_order() {
        for (typed, expected) in [
            ("", Some((None, false))),
            ("csv", Some((None, true))),
            ("octobre", Some((Some(month("2026-10-01")), false))),
            ("October of 2025", Some((Some(month("2025-10-01")), false))),
            ("10/2026 CSV", Some((Some(month("2026-10-01")), true))),
            ("bientôt", None),
            ("a b c", None),
        ] {
            let read = parse(&Call::new(Command::Figures, typed), "2026-12-01".parse().unwrap()).ok();
            assert_eq!(read.map(|args| (args.month, args.csv)), expected, "{typed:?}");
        }
    }

    #[test]
    fn only_a_month_that_is_over_is_told() {
        let now = crate::domain::testing::NOW;
        let meant = |month| month_of_args(month, now);
        let [october, november] = ["2026-10-01", "2026-11-01"].map(month);
        // The first of December: November's last sessions may still be marked.
        assert_eq!((meant(None).unwrap(), meant(Some(october)).unwrap()), (october, october));
        assert!([november, november.next()].into_iter().all(|month| meant(Some(month)).is_err()));
        let settled = told_from(november, Zone::PARIS);
        assert_eq!(settled.wall(Zone::PARIS).to_string(), "2026-12-09 00:00:00");
        assert_eq!(month_of_args(None, settled).unwrap(), november);
        assert_eq!(month_of_args(None, settled.minus(TimeDelta::microseconds(1))).unwrap(), october);
    }

    fn month_of_args(month: Option<Month>, now: Timestamp) -> Result<Month, Refusal> {
        super::month(&FiguresArgs { month, csv: false }, Zone::PARIS, now)
    }

    #[test]
    fn people_are_told_in_bands_and_from_five_on() {
        for (times, people, expected) in [(43, 12, Some((40, 44))), (5, 5, Some((5, 9))), (43, 4, None), (0, 0, None)] {
            assert_eq!(bounds(Count { times, people }), expected, "{times} {people}");
        }
        let month = month("2026-10-01");
        let told = Figures { held: 4, seats: 40, came: Count { times: 31, people: 9 }, ..Figures::default() };
        let args = |csv| FiguresArgs { month: None, csv };
        let view = FiguresView { figures: told, is_first: true };
        let said = figures(&direct(Some(Role::Coordinator)), month, &args(false), &view);
        assert!(shown(&said)[0].starts_with("me: figures-title figures-month figures-held"), "{:?}", shown(&said));
        let Content { table: Some(table), .. } = file(month, &told) else { panic!("a table") };
        assert_eq!(table.rows[4][2..], [Cell::Number(30), Cell::Number(34)]);
        assert_eq!(table.rows[5][2..], [Cell::Empty, Cell::Empty]);
        for role in [Role::Member, Role::Facilitator] {
            assert_eq!(shown(&figures(&direct(Some(role)), month, &args(false), &view)), ["no: not-allowed-coordinator"]);
        }
        let community = direct(None).community.unwrap().id;
        let keep = super::super::Change::Figures(Keep { community, month, figures: told });
        assert_eq!(said.unwrap().changes, [keep.into()], "they stay as they were first read");
        let again = FiguresView { is_first: false, ..view };
        assert_eq!(figures(&direct(Some(Role::Coordinator)), month, &args(true), &again).unwrap().changes, []);
    }
}
