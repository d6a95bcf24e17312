//! Two sessions at one hour: pointed out, never refused.

use super::{Session, SessionKind};
use crate::domain::{
    discreet,
    message::{Msg, Value},
};

/// Whose sessions stand beside.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Whose {
    /// Of who reads it.
    Own,
    /// Of somebody else: what they hold in the same group, and no more; where else they are is theirs to know.
    Others,
}

/// What is said of those of `others` that take place while `session` does.
pub(super) fn beside(session: &Session, others: &[Session], whose: Whose) -> Vec<Msg> {
    let together = |other: &&Session| other.id != session.id && other.starts < session.ends() && session.starts < other.ends();
    let found = others.iter().filter(together);
    match whose {
        Whose::Own => {
            let line =
                |other: &Session| Msg::new("making-beside").with("title", discreet::title(other)).with("when", Value::Moment(other.starts));
            found.map(line).collect()
        }
        Whose::Others => {
            let seen = |other: &&Session| {
                other.host == session.host && other.group == session.group && !matches!(other.kind, SessionKind::Listening)
            };
            found.filter(seen).take(1).map(|_| Msg::new("making-beside-host")).collect()
        }
    }
}
