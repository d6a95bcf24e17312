//! Who has a smaller role from now on, and still holds sessions to come: said where the role is changed.

use crate::domain::{
    command::Command,
    decision::{Act, Audience, Change, Decision},
    discreet,
    ids::{GroupId, PersonId},
    message::{Button, Msg, Value},
    people,
    scope::Role,
    session::{Session, depart::can_be_handed_over, reading::button_ref},
};

/// So many sessions have a button each.
const SHOWN_MAX: usize = 5;

/// Hands a session to another host, or, where people have chosen this one, cancels it.
pub(super) fn let_go(session: &Session) -> Button {
    if can_be_handed_over(session) {
        let label = Msg::new("after-button-hand-number").with("number", session.number);
        return Button::command(label, Command::Cancel, format!("{} passer", button_ref(session)));
    }
    Button::command(Msg::new("session-button-cancel-number").with("number", session.number), Command::Cancel, button_ref(session))
}

/// Who is no facilitator any more after `decision`, and in which group; in all where there is none.
pub fn lowered(decision: &Decision) -> Option<(PersonId, Option<GroupId>)> {
    decision.changes.iter().find_map(|change| match change {
        Change::People(people::Change::SetRole { person, group, role }) if *role < Role::Facilitator => Some((*person, Some(*group))),
        Change::People(people::Change::SetCoordinator { person, coordinator: false }) => Some((*person, None)),
        _ => None,
    })
}

/// The decision with the sessions that are still held: nothing changes by itself, and nobody is left before a closed door.
#[must_use]
pub fn with_sessions(mut decision: Decision, held: &[Session]) -> Decision {
    let answer = decision.acts.iter_mut().find_map(|act| match act {
        Act::Say { to: Audience::Asker, content, .. } => Some(content),
        Act::Say { .. } | Act::Card { .. } | Act::DeleteAsked | Act::DeleteTyped | Act::Unsay(..) | Act::React(_) | Act::Answer(_) => None,
    });
    let Some(answer) = answer.filter(|_| !held.is_empty()) else { return decision };
    answer.lines.push(Msg::new("after-still-held").with("cancel", Command::Cancel));
    for session in held.iter().take(SHOWN_MAX) {
        answer.lines.push(
            Msg::new("session-list-line")
                .with("number", session.number)
                .with("title", discreet::title(session))
                .with("when", Value::Moment(session.starts)),
        );
        answer.buttons.push(let_go(session));
    }
    decision
}
