//! A session as an entry for a calendar (RFC 5545): the same bytes for the same session.

use icalendar::{Calendar, Component, Event, EventLike, EventStatus, Property};

use super::{Session, SessionState};
use crate::domain::{message::File, time::Timestamp};

/// The name of the file: it tells nothing of what is in it.
const FILE_NAME: &str = "agenda.ics";

/// What stands for a title on a shared phone: the word is the same in both languages.
const NO_TITLE: &str = "Agenda";

/// Whether it takes place for who reads.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Stands {
    /// It does.
    Yes,
    /// It was called off, or they gave their seat back.
    No,
}

/// The entry; `None` where it cannot be written, which its parts never cause. On a shared phone it tells when, and nothing else;
/// it is the same entry all the same, and replaces one that told more.
pub(super) fn entry(session: &Session, discreet: bool) -> Option<File> {
    let text = calendar(std::slice::from_ref(session), discreet, Some("PUBLISH"), Stands::Yes)?;
    Some(File { name: FILE_NAME.to_owned(), text })
}

/// Takes the entry out of a calendar that has it; it needs no title for that.
pub(super) fn gone(session: &Session) -> Option<File> {
    let text = calendar(std::slice::from_ref(session), true, Some("CANCEL"), Stands::No)?;
    Some(File { name: FILE_NAME.to_owned(), text })
}

/// The calendar that somebody subscribes to; neutral: it tells when, and nothing else.
pub fn feed(sessions: &[Session], neutral: bool) -> Option<String> {
    calendar(sessions, neutral, None, Stands::Yes)
}

fn calendar(sessions: &[Session], neutral: bool, method: Option<&str>, stands: Stands) -> Option<String> {
    let mut calendar = Calendar::empty();
    calendar.append_property(Property::new("VERSION", "2.0")).append_property(Property::new("PRODID", "-//entraide//entraide//FR"));
    if let Some(method) = method {
        calendar.append_property(Property::new("METHOD", method));
    }
    for session in sessions {
        calendar.push(event(session, neutral, stands));
    }
    let mut text = String::new();
    std::fmt::Write::write_fmt(&mut text, format_args!("{calendar}")).ok()?;
    Some(text)
}

fn event(session: &Session, neutral: bool, stands: Stands) -> Event {
    let off = stands == Stands::No || session.state == SessionState::Cancelled;
    let mut event = Event::new();
    event
        .uid(&format!("{}@entraide", session.id.0))
        .add_property("SEQUENCE", sequence(session, off).to_string())
        .add_property("DTSTAMP", utc(session.created))
        .add_property("DTSTART", utc(session.starts))
        .add_property("DTEND", utc(session.ends()))
        .summary(if neutral { NO_TITLE } else { &session.title })
        .status(if off { EventStatus::Cancelled } else { EventStatus::Confirmed });
    if let Some(place) = session.place.as_deref().or(session.link.as_deref()).filter(|_| !neutral) {
        event.location(place);
    }
    if let Some(link) = session.link.as_ref().filter(|_| !neutral) {
        event.add_property("URL", link);
    }
    event.done()
}

/// The higher one counts (RFC 5545 §3.8.7.4): each change of the session raises it, and so does taking it out.
fn sequence(session: &Session, off: bool) -> i64 {
    session.revision + i64::from(off)
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
            "SEQUENCE:0",
            "METHOD:PUBLISH",
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
    fn an_entry_is_taken_out_by_its_uid_and_tells_nothing_then() {
        let file = gone(&session()).unwrap();
        let lines: Vec<&str> = file.text.split("\r\n").collect();
        let uid = "UID:00000000-0000-0000-0000-000000000032@entraide";
        for expected in ["METHOD:CANCEL", "STATUS:CANCELLED", "SEQUENCE:1", uid, "SUMMARY:Agenda", "DTSTART:20261201T170000Z"] {
            assert!(lines.contains(&expected), "{expected} is not in {:#?}", file.text);
        }
        assert!(!file.text.contains("Cercle"));
    }

    #[test]
    fn a_calendar_to_subscribe_to_bears_titles_only_where_one_wants_them() {
        let two =
            [session(), Session { id: crate::domain::ids::SessionId(uuid::Uuid::from_u128(51)), title: "Atelier".into(), ..session() }];
        let text = feed(&two, false).unwrap();
        assert_eq!((text.matches("BEGIN:VEVENT").count(), text.contains("METHOD")), (2, false));
        assert!(text.contains("SUMMARY:Atelier") && text.contains("SUMMARY:Cercle du mardi"));
        let neutral = feed(&two, true).unwrap();
        assert!(!neutral.contains("Atelier") && !neutral.contains("Cercle") && neutral.matches("SUMMARY:Agenda").count() == 2);
        assert!(feed(&[], true).unwrap().contains("END:VCALENDAR"), "an empty one is one");
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
