//! A session as an entry for a calendar (RFC 5545): the same bytes for the same session.

use icalendar::{Calendar, Component, Event, EventLike, EventStatus, Property};

use super::{Session, SessionState};
use crate::domain::{message::File, time::Timestamp};

/// The name of the file: it tells nothing of what is in it.
const FILE_NAME: &str = "agenda.ics";

/// What stands for a title on a shared phone: the word is the same in both languages.
const NO_TITLE: &str = "Agenda";

/// The entry; `None` where it cannot be written, which its parts never cause. On a shared phone it tells when, and nothing else;
/// it is the same entry all the same, and replaces one that told more.
pub(super) fn entry(session: &Session, discreet: bool) -> Option<File> {
    let status = match session.state {
        SessionState::Cancelled => EventStatus::Cancelled,
        SessionState::Open | SessionState::Marked | SessionState::Unmarked => EventStatus::Confirmed,
    };
    let mut event = Event::new();
    event
        .uid(&format!("{}@entraide", session.id.0))
        .add_property("DTSTAMP", utc(session.created))
        .add_property("DTSTART", utc(session.starts))
        .add_property("DTEND", utc(session.ends()))
        .summary(if discreet { NO_TITLE } else { &session.title })
        .status(status);
    if let Some(place) = session.place.as_deref().or(session.link.as_deref()).filter(|_| !discreet) {
        event.location(place);
    }
    if let Some(link) = session.link.as_ref().filter(|_| !discreet) {
        event.add_property("URL", link);
    }
    let mut calendar = Calendar::empty();
    calendar.append_property(Property::new("VERSION", "2.0")).append_property(Property::new("PRODID", "-//entraide//entraide//FR"));
    calendar.push(event.done());
    let mut text = String::new();
    std::fmt::Write::write_fmt(&mut text, format_args!("{calendar}")).ok()?;
    Some(File { name: FILE_NAME.to_owned(), text })
}

/// The UTC form of RFC 5545 §3.3.5, which needs no time zone beside it.
fn utc(at: Timestamp) -> String {
    at.utc().format("%Y%m%dT%H%M%SZ").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::session::testing::session;

    #[test]
    fn the_entry_is_a_function_of_the_session_alone() {
        let session = Session {
            title: "Cercle, du mardi; \"doux\"\nBEGIN:VALARM".into(),
            link: Some("https://visio.example/abc".into()),
            ..session()
        };
        let file = entry(&session, false).unwrap();
        assert_eq!(file, entry(&session, false).unwrap());
        assert_eq!(file.name, "agenda.ics");
        let lines: Vec<&str> = file.text.split("\r\n").collect();
        for expected in [
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "PRODID:-//entraide//entraide//FR",
            "UID:00000000-0000-0000-0000-000000000032@entraide",
            "DTSTAMP:20261124T110000Z",
            "DTSTART:20261201T170000Z",
            "DTEND:20261201T183000Z",
            "SUMMARY:Cercle\\, du mardi\\; \"doux\"\\nBEGIN:VALARM",
            "LOCATION:https://visio.example/abc",
            "URL:https://visio.example/abc",
            "STATUS:CONFIRMED",
            "END:VCALENDAR",
        ] {
            assert!(lines.contains(&expected), "{expected} is not in {:#?}", file.text);
        }
        assert!(lines.iter().all(|line| line.len() <= 75), "lines are folded");
        assert!(!lines.contains(&"BEGIN:VALARM"), "a title adds nothing of its own");
    }

    #[test]
    fn on_a_shared_phone_the_entry_tells_when_and_nothing_else() {
        let session = Session {
            title: "Cercle deuil".into(),
            place: Some("Salle 3".into()),
            link: Some("https://visio.example/abc".into()),
            ..session()
        };
        let file = entry(&session, true).unwrap();
        assert!(["Cercle", "Salle", "visio", "LOCATION", "URL"].iter().all(|telling| !file.text.contains(telling)), "{}", file.text);
        let of = |file: &File, name: &str| file.text.lines().find(|line| line.starts_with(name)).map(str::to_owned);
        assert_eq!(of(&file, "SUMMARY"), Some("SUMMARY:Agenda".into()));
        for same in ["UID", "DTSTART", "DTEND"] {
            assert_eq!(of(&file, same), of(&entry(&session, false).unwrap(), same));
        }
    }
}
