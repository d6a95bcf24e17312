//! Reading which session is meant, and the refusals that many commands share.

use super::{Roll, Session, SessionState};
use crate::domain::{
    command::Command,
    decision::Refusal,
    discreet,
    hear::Call,
    ids::SessionId,
    message::{Button, Content, Msg, Value, parse_short_id, short_id},
    scope::{Community, Person, Scope},
    time::Timestamp,
    words::{Word, fold, whole_number},
};

/// Which session is meant.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SessionRef {
    /// As people say it.
    Number(i64),
    /// As buttons carry it: it holds whatever the community.
    Id(SessionId),
}

/// What a button carries after its command, for a session.
pub(super) fn button_ref(session: &Session) -> String {
    format!("~{}", short_id(session.id.0))
}

/// The session that a word means: `12`, `#12`, `n°12`, or what a button carries.
pub(super) fn session_ref(word: &str) -> Option<SessionRef> {
    if let Some(short) = word.strip_prefix('~') {
        return parse_short_id(short).map(|id| SessionRef::Id(SessionId(id)));
    }
    let folded = fold(word);
    let bare = ["n°", "no.", "no", "n.", "#"].iter().find_map(|sign| folded.strip_prefix(sign)).unwrap_or(&folded);
    whole_number(bare.trim_end_matches(['.', ','])).ok().map(SessionRef::Number)
}

/// The session that a command is about, and how many words say it; `n° 12` is two.
pub(super) fn session_of(call: &Call) -> Result<(SessionRef, usize), Refusal> {
    let Some(first) = call.words.first() else { return Err(which(call.command)) };
    if let Some(found) = session_ref(&first.text) {
        return Ok((found, 1));
    }
    let sign = matches!(fold(&first.text).as_str(), "n°" | "no" | "no." | "#" | "seance" | "session");
    match call.words.get(1).and_then(|word| session_ref(&word.text)) {
        Some(found) if sign => Ok((found, 2)),
        _ => Err(not_a_number(call.command, first)),
    }
}

fn with_agenda(content: Content) -> Refusal {
    Refusal::new(content.buttons([agenda_button()]))
}

fn which(command: Command) -> Refusal {
    with_agenda(Content::from(Msg::new("session-which")).line(Msg::new("session-which-form").with("command", command)))
}

fn not_a_number(command: Command, word: &Word) -> Refusal {
    let typed: String = word.text.chars().take(40).collect();
    let first = Msg::new("session-not-a-number").with("typed", typed);
    with_agenda(Content::from(first).line(Msg::new("session-which-form").with("command", command)))
}

/// No session of that number is there for who asks: none at all, or another group's.
pub(super) fn not_found() -> Refusal {
    with_agenda(Msg::new("session-not-found").into())
}

/// The community and the person that a command of a member needs.
pub(super) fn here(scope: &Scope) -> Result<(&Community, &Person), Refusal> {
    match (&scope.community, &scope.person) {
        (Some(community), Some(person)) => Ok((community, person)),
        _ => Err(Msg::new("people-not-here").into()),
    }
}

/// The session, if it is one of a group that `person` is in.
pub(super) fn own_roll<'a>(found: Option<&'a Roll>, person: &Person) -> Result<&'a Roll, Refusal> {
    found.filter(|roll| roll.session.community == person.community && person.role_in(roll.session.group).is_some()).ok_or_else(not_found)
}

/// Refuses where the session can be booked and cancelled no more.
pub(super) fn to_come(session: &Session, now: Timestamp) -> Result<(), Refusal> {
    let why = match session.state {
        SessionState::Cancelled => Msg::new("session-is-cancelled"),
        SessionState::Marked | SessionState::Unmarked => Msg::new("session-is-over"),
        SessionState::Open if now >= session.ends() => Msg::new("session-is-over"),
        SessionState::Open if now >= session.starts => Msg::new("session-has-started"),
        SessionState::Open => return Ok(()),
    };
    Err(with_agenda(Content::from(why).line(named(session))))
}

/// "« Cercle », mardi 1 décembre 2026 à 18:00": which session, never on a first line.
pub(super) fn named(session: &Session) -> Msg {
    Msg::new("session-named").with("title", discreet::title(session)).with("when", Value::Moment(session.starts))
}

/// "The next dates".
pub(super) fn agenda_button() -> Button {
    Button::command(Msg::new("session-button-agenda"), Command::Agenda, "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sessions_as_people_call_them() {
        let id = SessionId(uuid::Uuid::from_u128(7));
        let carried = format!("~{}", short_id(id.0));
        for (typed, expected) in [
            ("12", Some((SessionRef::Number(12), 1))),
            ("#12", Some((SessionRef::Number(12), 1))),
            ("n°12", Some((SessionRef::Number(12), 1))),
            ("N° 12", Some((SessionRef::Number(12), 2))),
            ("nº12", Some((SessionRef::Number(12), 1))),
            ("séance 12", Some((SessionRef::Number(12), 2))),
            ("١٢", Some((SessionRef::Number(12), 1))),
            ("12.", Some((SessionRef::Number(12), 1))),
            (carried.as_str(), Some((SessionRef::Id(id), 1))),
            ("~abc", None),
            ("-3", None),
            ("1e9", None),
            ("2,5", None),
            ("99999999999999999999", None),
            ("douze", None),
            ("", None),
        ] {
            assert_eq!(session_of(&Call::new(Command::Book, typed)).ok(), expected, "{typed:?}");
        }
    }
}
