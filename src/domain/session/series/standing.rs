//! A regular keeps a seat: `/book 12 always`, `/cancel 12 always`, and what is said of it.

use super::{Change, Series};
use crate::domain::{
    command::Command,
    decision::{Context, Decision, Outcome, Refusal},
    message::{Button, Content, Msg},
    scope::Person,
    session::{
        self, Session,
        reading::{agenda_button, button_ref, named},
    },
};

/// What a series is to who asks.
#[derive(Clone, PartialEq, Debug)]
pub struct Kept {
    /// The series.
    pub series: Series,
    /// The asker keeps a seat in it.
    pub keeps: bool,
}

/// The words that mean every session of a series.
pub fn is_always(folded: &str) -> bool {
    matches!(folded, "toujours" | "always" | "chaque" | "each" | "every" | "tous" | "toutes" | "all")
}

/// The button that keeps a seat from now on, where more sessions come.
pub(in crate::domain::session) fn keep_button(session: &Session, kept: Option<&Kept>) -> Option<Button> {
    let kept = kept.filter(|kept| !kept.keeps && kept.series.goes_on())?;
    debug_assert_eq!(session.series, Some(kept.series.id));
    Some(Button::command(Msg::new("series-button-keep"), Command::Book, format!("{} toujours", button_ref(session))))
}

/// Keeps a seat from now on; refused where the session does not come again.
pub(in crate::domain::session) fn keep(session: &Session, kept: Option<&Kept>, person: &Person, ctx: &Context) -> Result<Change, Refusal> {
    match kept.filter(|kept| kept.series.goes_on()) {
        Some(kept) => Ok(Change::Keeps(kept.series.id, person.id, ctx.now)),
        None => {
            let content = Content::from(Msg::new("series-does-not-come-again")).line(named(session));
            let book = Button::command(Msg::new("session-button-book"), Command::Book, button_ref(session));
            Err(Refusal::new(content.buttons([book])))
        }
    }
}

/// Keeps none any more; what is booked stays booked.
pub(in crate::domain::session) fn keep_no_more(session: &Session, kept: Option<&Kept>, person: &Person) -> Outcome {
    let Some(kept) = kept.filter(|kept| kept.keeps) else {
        return Err(Refusal::new(Content::from(Msg::new("series-keeps-none")).line(named(session)).buttons([agenda_button()])));
    };
    let bookings = Button::command(Msg::new("session-button-my-bookings"), Command::Bookings, "");
    let content = Content::from(Msg::new("series-keeps-no-more")).line(Msg::new("series-keeps-no-more-line")).buttons([bookings]);
    Ok(Decision::answer(content).change(session::Change::Series(Change::KeepsNot(kept.series.id, person.id))))
}
