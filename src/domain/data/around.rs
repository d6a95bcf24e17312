//! What is kept about somebody around sessions: their wishes, their needs, what they said, how it was for them.

use serde::Serialize;

use crate::domain::message::Msg;

/// All of it.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct OwnAround {
    /// When they want to be reminded, where they chose it.
    pub reminders: Option<OwnReminders>,
    /// What hosts are to know.
    pub needs: Vec<OwnWord>,
    /// What they said of sessions.
    pub feedback: Vec<OwnFeedback>,
    /// How sessions that they held were for them.
    pub debriefs: Vec<OwnWord>,
    /// Until when they rest after a hard session.
    pub rests_until: Option<String>,
    /// Since when their calendar has a private address.
    pub calendar_address_since: Option<String>,
    /// Whether what it shows bears titles and places.
    pub calendar_titles: Option<bool>,
}

/// When somebody wants to be reminded.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct OwnReminders {
    /// A day before.
    pub day_before: bool,
    /// An hour before.
    pub hour_before: bool,
    /// When not.
    pub quiet: String,
}

/// A word about a session.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct OwnWord {
    /// The session's number.
    pub number: i64,
    /// The word.
    pub text: String,
}

/// What somebody said of a session.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct OwnFeedback {
    /// The session's number.
    pub number: i64,
    /// 1 to 3.
    pub score: u8,
    /// Their line.
    pub text: Option<String>,
    /// When.
    pub at: String,
}

/// As lines of the page.
pub(super) fn lines(own: &OwnAround) -> Vec<Msg> {
    let mut lines = Vec::new();
    if let Some(reminders) = &own.reminders {
        let said = match (reminders.day_before, reminders.hour_before) {
            (true, true) => Msg::new("remind-both"),
            (true, false) => Msg::new("remind-day"),
            (false, true) => Msg::new("remind-hour"),
            (false, false) => Msg::new("remind-none"),
        };
        lines.push(said);
        lines.push(Msg::new("remind-quiet").with("text", reminders.quiet.as_str()));
    }
    let word = |id: fn() -> Msg, one: &OwnWord| id().with("number", one.number).with("text", one.text.as_str());
    lines.extend(own.needs.iter().map(|need| word(|| Msg::new("around-page-need"), need)));
    for said in &own.feedback {
        lines.push(
            Msg::new("around-page-feedback").with("number", said.number).with("start", said.at.as_str()).with("what", score(said.score)),
        );
        lines.extend(said.text.as_deref().map(|text| Msg::new("data-page-line").with("text", text)));
    }
    for debrief in &own.debriefs {
        let what = match debrief.text.as_str() {
            "light" => Msg::new("after-button-light"),
            "heavy" => Msg::new("after-button-heavy"),
            _ => Msg::new("after-button-hard"),
        };
        lines.push(Msg::new("around-page-debrief").with("number", debrief.number).with("what", what));
    }
    lines.extend(own.rests_until.as_deref().map(|text| Msg::new("around-page-rest").with("text", text)));
    lines.extend(own.calendar_address_since.as_deref().map(|text| Msg::new("around-page-address").with("text", text)));
    lines.extend(own.calendar_titles.map(|titles| if titles { Msg::new("feed-with-titles") } else { Msg::new("feed-without-titles") }));
    lines
}

fn score(score: u8) -> Msg {
    match score {
        1 => Msg::new("after-button-little"),
        2 => Msg::new("after-button-some"),
        _ => Msg::new("after-button-much"),
    }
}
