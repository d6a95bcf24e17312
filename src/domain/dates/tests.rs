//! Tables of what people write, and what is read from it.

use super::*;
use crate::domain::{
    time::Zone,
    words::{Word, split_words},
};

/// Tuesday 1 December 2026, 12:00 in Paris.
const TUESDAY_NOON: &str = "2026-12-01 12:00";

fn words(text: &str) -> Vec<Word> {
    split_words(text, &[])
}

fn moment_from(now: &str, typed: &str) -> String {
    let now = NaiveDateTime::parse_from_str(now, "%Y-%m-%d %H:%M").unwrap();
    let now = Zone::PARIS.instant_or_later(now);
    match find_moment(&words(typed), now, Zone::PARIS) {
        Ok(found) => {
            let length = found.length_minutes.map_or(String::new(), |minutes| format!(" {minutes}min"));
            format!("{}{length}", found.wall.format("%a %Y-%m-%d %H:%M"))
        }
        Err(Fault::NoTime { day, .. }) => format!("no time on {day}"),
        Err(Fault::NoDay { time, .. }) => format!("no day at {}", time.format("%H:%M")),
        Err(Fault::NoDate) => "no date".into(),
        Err(Fault::TwoDates { first, second }) => format!("two: {first} / {second}"),
        Err(Fault::NotADay { typed }) => format!("not a day: {typed}"),
        Err(Fault::NotATime { typed }) => format!("not a time: {typed}"),
        Err(Fault::WrongWeekday { day, .. }) => format!("wrong weekday for {day}"),
        Err(Fault::Past { at }) => format!("past {}", at.wall(Zone::PARIS)),
        Err(Fault::TooFar { at }) => format!("far {}", at.wall(Zone::PARIS)),
        Err(Fault::Gap { wall, before, after }) => {
            format!(
                "gap {}: {} {}",
                wall.format("%H:%M"),
                before.wall(Zone::PARIS).format("%H:%M"),
                after.wall(Zone::PARIS).format("%H:%M")
            )
        }
        Err(Fault::Twice { wall, first, second }) => {
            let offset = |at| Zone::PARIS.offset_minutes(at);
            format!("twice {}: +{} +{}", wall.format("%H:%M"), offset(first), offset(second))
        }
    }
}

fn check(typed: &str, expected: &str) {
    assert_eq!(moment_from(TUESDAY_NOON, typed), expected, "{typed:?}");
}

#[test]
fn days_of_the_week() {
    check("mardi 20h", "Tue 2026-12-01 20:00");
    check("mardi 9h", "Tue 2026-12-08 09:00");
    check("mardi 12:00", "Tue 2026-12-08 12:00");
    check("mar 18h30", "Tue 2026-12-01 18:30");
    check("Mercredi 18h", "Wed 2026-12-02 18:00");
    check("lundi à 9h", "Mon 2026-12-07 09:00");
    check("dim. 10h", "Sun 2026-12-06 10:00");
    check("tue 6pm", "Tue 2026-12-01 18:00");
    check("next tuesday 6pm", "Tue 2026-12-08 18:00");
    check("mardi prochain 18h", "Tue 2026-12-08 18:00");
    check("jeudi prochain à 18h", "Thu 2026-12-03 18:00");
    check("ce jeudi 18h", "Thu 2026-12-03 18:00");
    check("on friday at 6:30 pm", "Fri 2026-12-04 18:30");
    check("18h mardi", "Tue 2026-12-01 18:00");
    check("à 18 h 30 le jeudi", "Thu 2026-12-03 18:30");
    check("6 pm thu", "Thu 2026-12-03 18:00");
}

#[test]
fn days_near_today() {
    check("demain 18h30", "Wed 2026-12-02 18:30");
    check("tomorrow 18:30", "Wed 2026-12-02 18:30");
    check("aujourd'hui 20h", "Tue 2026-12-01 20:00");
    check("aujourd’hui 20h", "Tue 2026-12-01 20:00");
    check("ce soir 20h", "Tue 2026-12-01 20:00");
    check("ce soir 8h", "Tue 2026-12-01 20:00");
    check("tonight 8:15", "Tue 2026-12-01 20:15");
    check("this evening at 8", "no time on 2026-12-01");
    check("demain soir 8h", "Wed 2026-12-02 20:00");
    check("demain matin 9h", "Wed 2026-12-02 09:00");
    check("cet après-midi 3h", "Tue 2026-12-01 15:00");
    check("demain après midi à 15h", "Wed 2026-12-02 15:00");
    check("après-demain 18h", "Thu 2026-12-03 18:00");
    check("après demain 18h", "Thu 2026-12-03 18:00");
    check("the day after tomorrow 18:00", "Thu 2026-12-03 18:00");
    check("dans 3 jours 18h", "Fri 2026-12-04 18:00");
    check("in two weeks at 18:00", "Tue 2026-12-15 18:00");
    check("aujourd'hui 8h", "past 2026-12-01 08:00:00");
    check("hier 18h", "past 2026-11-30 18:00:00");
}

#[test]
fn dates_of_the_calendar() {
    check("12/05 18:00", "Wed 2027-05-12 18:00");
    check("12/12 18:00", "Sat 2026-12-12 18:00");
    check("12/05/2027 18:00", "Wed 2027-05-12 18:00");
    check("12/05/27 18:00", "Wed 2027-05-12 18:00");
    check("12.05.2027 18h", "Wed 2027-05-12 18:00");
    check("2027-05-12 18:00", "Wed 2027-05-12 18:00");
    check("2027-05-12T18:00", "Wed 2027-05-12 18:00");
    check("2027-05-12T18:00:00Z", "Wed 2027-05-12 20:00");
    check("12 mai 18h", "Wed 2027-05-12 18:00");
    check("le 12 mai 2027 à 18h", "Wed 2027-05-12 18:00");
    check("1er janvier 18h", "Fri 2027-01-01 18:00");
    check("12 May 6:30 pm", "Wed 2027-05-12 18:30");
    check("May 12 6.30pm", "Wed 2027-05-12 18:30");
    check("12th of May 6pm", "Wed 2027-05-12 18:00");
    check("mercredi 12 mai 18h", "Wed 2027-05-12 18:00");
    check("mardi 12 mai 18h", "wrong weekday for 2027-05-12");
    check("samedi 12 à 18h", "Sat 2026-12-12 18:00");
    check("mardi 12 à 18h", "wrong weekday for 2026-12-12");
    check("mar 15 18h", "Tue 2026-12-15 18:00");
    check("Mar 12 18:00", "Fri 2027-03-12 18:00");
    check("12 Mar 18:00", "Fri 2027-03-12 18:00");
    check("12/11 18:00", "past 2026-11-12 18:00:00");
    check("2026-05-12 18:00", "past 2026-05-12 18:00:00");
    check("2062-05-12 18:00", "far 2062-05-12 18:00:00");
    check("31/02 18:00", "not a day: 31/02 18:00");
    check("30 février 18h", "not a day: 30 février 18h");
    check("29/02 18:00", "not a day: 29/02 18:00");
    check("29/02/2028 18:00", "Tue 2028-02-29 18:00");
}

#[test]
fn hours() {
    check("jeu 18 h", "Thu 2026-12-03 18:00");
    check("jeu 18 h 30", "Thu 2026-12-03 18:30");
    check("jeu 18\u{a0}h\u{a0}30", "Thu 2026-12-03 18:30");
    check("jeu 18 heures 30", "Thu 2026-12-03 18:30");
    check("jeu 8h du soir", "Thu 2026-12-03 20:00");
    check("thu 8 in the evening", "no time on 2026-12-03");
    check("thu 8 o'clock in the evening", "Thu 2026-12-03 20:00");
    check("jeu midi", "Thu 2026-12-03 12:00");
    check("demain noon", "Wed 2026-12-02 12:00");
    check("jeu minuit", "Fri 2026-12-04 00:00");
    check("ce soir minuit", "Wed 2026-12-02 00:00");
    check("jeu 0h", "Thu 2026-12-03 00:00");
    check("jeu 24h", "Fri 2026-12-04 00:00");
    check("thu 12am", "Thu 2026-12-03 00:00");
    check("thu 12 pm", "Thu 2026-12-03 12:00");
    check("jeu ١٨:٣٠", "Thu 2026-12-03 18:30");
    check("١٢/٠٥ ١٨:٠٠", "Wed 2027-05-12 18:00");
    check("jeu 25h", "not a time: jeu 25h");
    check("jeu 18h75", "not a time: jeu 18h75");
    check("thu 13pm", "not a time: thu 13pm");
    check("jeu 18h 30 places", "Thu 2026-12-03 18:00");
    check("jeu 18h 30 min", "Thu 2026-12-03 18:00");
}

#[test]
fn from_one_hour_to_another() {
    check("mar 18h-20h", "Tue 2026-12-01 18:00 120min");
    check("mar 18-20h", "Tue 2026-12-01 18:00 120min");
    check("tue 18-20", "Tue 2026-12-01 18:00 120min");
    check("mar 18h30–20h", "Tue 2026-12-01 18:30 90min");
    check("mar de 18h à 20h", "Tue 2026-12-01 18:00 120min");
    check("tue from 18:00 to 19:30", "Tue 2026-12-01 18:00 90min");
    check("tue 6-8pm", "Tue 2026-12-01 18:00 120min");
    check("wed 11am-1pm", "Wed 2026-12-02 11:00 120min");
    check("mar 22h-1h", "Tue 2026-12-01 22:00 180min");
}

#[test]
fn lengths_are_not_hours() {
    check("18h jeudi 1h30", "Thu 2026-12-03 18:00");
    check("1h30 jeudi 18h", "Thu 2026-12-03 18:00");
    check("jeudi 18h 1h30", "Thu 2026-12-03 18:00");
    check("jeudi 18h 2h", "Thu 2026-12-03 18:00");
}

#[test]
fn what_is_missing_or_too_much() {
    check("", "no date");
    check("90min 10 places", "no date");
    check("2h", "no date");
    check("18h", "no day at 18:00");
    check("à 18:30 10 places", "no day at 18:30");
    check("jeudi", "no time on 2026-12-03");
    check("jeudi 90min", "no time on 2026-12-03");
    check("mardi 10 places", "no time on 2026-12-01");
    check("jeu 18h ven 18h", "two: jeu 18h / ven 18h");
    check("12/05 18:00 13/05", "two: 12/05 18:00 / 13/05");
    check("\"mardi 20h\" jeu 18h", "Thu 2026-12-03 18:00");
    check("mon cercle jeu 18h", "Thu 2026-12-03 18:00");
    check("https://example.org/12/05 jeu 18h", "Thu 2026-12-03 18:00");
}

#[test]
fn nights_when_the_clock_moves() {
    check("2027-03-28 02:30", "gap 02:30: 01:30 03:30");
    check("2027-03-28 03:00", "Sun 2027-03-28 03:00");
    check("2027-03-28 02:00", "gap 02:00: 01:00 03:00");
    check("2027-10-31 02:30", "twice 02:30: +120 +60");
    check("2027-10-31 02:30 +02:00", "Sun 2027-10-31 02:30");
    check("2027-10-31 02:30+01:00", "Sun 2027-10-31 02:30");
    check("2027-10-31 03:00", "Sun 2027-10-31 03:00");
    let at = |offset: &str| {
        let now = Zone::PARIS.instant_or_later("2026-12-01T12:00:00".parse().unwrap());
        find_moment(&words(&format!("\"Nuit\" 2027-10-31 02:30 90min {offset}")), now, Zone::PARIS).unwrap().at
    };
    assert_eq!(at("+01:00").since(at("+02:00")), chrono::TimeDelta::hours(1), "the offset tells them apart");
    let between = "2027-10-31 01:30";
    assert_eq!(moment_from(between, "aujourd'hui 02:30"), "twice 02:30: +120 +60");
    assert_eq!(moment_from("2027-03-27 12:00", "cette nuit 2h30"), "no date");
}

#[test]
fn says_which_words_it_used() {
    for (typed, used) in [
        ("\"Cercle\" mar 18h 90min 10 places prix 1", vec![1, 2]),
        ("90min 10 places mardi 12 janvier à 18 h 30 prix 1", vec![3, 4, 5, 6, 7, 8, 9]),
        ("90min à 18h le jeudi", vec![1, 2, 3, 4]),
        ("x 2026-12-12T18:00 y", vec![1]),
        ("x mar 18h-20h y", vec![1, 2]),
        ("jeu 18h z +01:00", vec![0, 1, 3]),
    ] {
        let now = Zone::PARIS.instant_or_later("2026-12-01T12:00:00".parse().unwrap());
        assert_eq!(find_moment(&words(typed), now, Zone::PARIS).unwrap().used, used, "{typed:?}");
    }
}

#[test]
fn an_hour_alone_is_the_next_one() {
    let now = Zone::PARIS.instant_or_later("2026-12-01T12:00:00".parse().unwrap());
    for (typed, expected) in
        [("à 18h texte", Some(("2026-12-01 18:00:00", 2))), ("at 9:00", Some(("2026-12-02 09:00:00", 2))), ("texte", None)]
    {
        let found = clock_of(&words(typed), now, Zone::PARIS);
        assert_eq!(found.map(|(at, used)| (at.wall(Zone::PARIS).to_string(), used)), expected.map(|(at, used)| (at.to_owned(), used)));
    }
}

#[test]
fn lengths() {
    for (typed, expected) in [
        ("90min", Some(Length::Minutes(90))),
        ("90 min", Some(Length::Minutes(90))),
        ("90 minutes", Some(Length::Minutes(90))),
        ("1h30", Some(Length::Minutes(90))),
        ("1h30min", Some(Length::Minutes(90))),
        ("1 h 30", Some(Length::Minutes(90))),
        ("1h 30", Some(Length::Minutes(90))),
        ("1 heure 30", Some(Length::Minutes(90))),
        ("1 hour 30 minutes", Some(Length::Minutes(90))),
        ("2h", Some(Length::Minutes(120))),
        ("2 heures", Some(Length::Minutes(120))),
        ("une heure", Some(Length::Minutes(60))),
        ("une heure et demie", Some(Length::Minutes(90))),
        ("an hour and a half", Some(Length::Minutes(90))),
        ("half an hour", Some(Length::Minutes(30))),
        ("durée 45 min", Some(Length::Minutes(45))),
        ("٩٠min", Some(Length::Minutes(90))),
        ("7j", Some(Length::Days(7))),
        ("7d", Some(Length::Days(7))),
        ("7 jours", Some(Length::Days(7))),
        ("3 semaines", Some(Length::Days(21))),
        ("a week", Some(Length::Days(7))),
        ("90", None),
        ("1h75", None),
        ("-2h", None),
        ("1e9min", None),
        ("groupe", None),
        ("7j 3j", None),
        ("", None),
    ] {
        assert_eq!(length_of(&words(typed)), expected, "{typed:?}");
    }
}

#[test]
fn lengths_pass_over_words_already_used() {
    let found = find_lengths(&words("mar 18h 1h30 \"2h\""), &[0, 1]);
    assert_eq!(found, vec![(Length::Minutes(90), vec![2])]);
}

proptest::proptest! {
    #[test]
    fn nothing_that_is_typed_panics(text in ".{0,60}") {
        let now = Zone::PARIS.instant_or_later("2026-12-01T12:00:00".parse().unwrap());
        let words = words(&text);
        let _ = find_moment(&words, now, Zone::PARIS);
        let _ = find_lengths(&words, &[]);
        let _ = clock_of(&words, now, Zone::PARIS);
    }

    #[test]
    fn a_found_moment_is_to_come_and_uses_words_that_exist(
        day in proptest::sample::select(vec!["mardi", "demain", "12/05", "31/12", "2027-10-31", "sun", "le 1er mai", "ce soir"]),
        hour in 0u32..24, minute in 0u32..60, junk in "[a-z]{3,8}",
    ) {
        let now = Zone::PARIS.instant_or_later("2026-12-01T12:00:00".parse().unwrap());
        let words = words(&format!("{junk} {day} {hour}:{minute:02} {junk}"));
        match find_moment(&words, now, Zone::PARIS) {
            Ok(found) => {
                proptest::prop_assert!(found.at > now);
                proptest::prop_assert!(found.used.iter().all(|n| *n < words.len()));
                proptest::prop_assert_eq!(found.at.wall(Zone::PARIS), found.wall);
            }
            Err(Fault::Past { at }) => proptest::prop_assert!(at <= now),
            Err(Fault::Twice { first, second, .. }) => proptest::prop_assert!(first < second),
            // Chance may write a weekday, too.
            Err(other) => {
                let understood = matches!(other, Fault::Gap { .. } | Fault::TwoDates { .. } | Fault::WrongWeekday { .. });
                proptest::prop_assert!(understood, "{other:?}");
            }
        }
    }
}
