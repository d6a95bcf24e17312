//! `/sos` for anyone, anywhere; `/talk` until people listen; what words of danger bring.

use crate::domain::{
    command::Command,
    decision::{Act, Audience, Decision, Manner},
    hear::Call,
    ids::SessionId,
    message::{Button, Content, Msg, Value, short_id},
    people::{country, setup},
    scope::{Place, Scope},
    time::Timestamp,
    words::fold,
};

/// What the button "other numbers" types after the command.
pub const OTHERS: &str = "autres";

/// What the button "I am worried about someone" types after the command.
const WORRIED: &str = "inquiet";

/// A session to come that anyone of the group may book.
#[derive(Clone, PartialEq, Debug)]
pub struct NextSession {
    /// Its id, for the button.
    pub id: SessionId,
    /// Its title.
    pub title: String,
    /// When it starts.
    pub starts: Timestamp,
}

/// Answers `/sos`; what was typed in a group is deleted there where the bot may.
pub fn sos(scope: &Scope, call: &Call) -> Decision {
    let decision = match fold(&call.rest).trim() {
        "autres" | "autre" | "autres numeros" | "others" | "other" | "other numbers" => others(scope),
        "inquiet" | "inquiete" | "worried" => worried(scope),
        _ => match country::read(&call.rest) {
            Some(code) => of_country(scope, code),
            None => say(scope),
        },
    };
    match scope.place {
        Place::Room(_) => decision.act(Act::DeleteAsked),
        Place::Direct => decision,
    }
}

/// The words of the team, the lines, the ways on; also the answer to words of danger.
pub fn say(scope: &Scope) -> Decision {
    let content = match &scope.country {
        Some(code) => with_lines(scope, code),
        None => without_country(scope),
    };
    Decision::nothing().say(Audience::Asker, content, Manner::Care)
}

fn with_lines(scope: &Scope, code: &str) -> Content {
    let text = Msg::new("care-sos")
        .with("association", setup::association(scope.community.as_ref()))
        .with("lines", Value::LinesInFull(Some(code.to_owned())));
    Content::from(text).buttons([others_button(), worried_button(), talk_button()])
}

fn without_country(scope: &Scope) -> Content {
    let text = Msg::new("care-sos-no-country").with("association", setup::association(scope.community.as_ref()));
    let another = Button::command(Msg::new("country-other"), Command::Country, "");
    Content::from(text).buttons(country::buttons(Command::Sos, "", &country::COMMON)).buttons([another])
}

/// The lines of the country that was tapped or typed; kept where none was known.
fn of_country(scope: &Scope, code: &str) -> Decision {
    if scope.country.is_some() {
        return Decision::nothing().say(Audience::Asker, with_lines(scope, code), Manner::Care);
    }
    let kept = Msg::new("checkin-sos-country").with("country", Value::Country(code.to_owned())).with("country-command", Command::Country);
    country::keep(scope, code).say(Audience::Asker, with_lines(scope, code).line(kept), Manner::Care)
}

fn others(scope: &Scope) -> Decision {
    let text = Msg::new("care-sos-others").with("others", Value::OtherLines(scope.country.clone()));
    Decision::nothing().say(
        Audience::Asker,
        Content::from(text).buttons([worried_button(), talk_button()]).buttons(country_button(scope)),
        Manner::Care,
    )
}

fn worried(scope: &Scope) -> Decision {
    let text = Msg::new("care-sos-worried").with("lines", Value::Lines(scope.country.clone()));
    Decision::nothing().say(
        Audience::Asker,
        Content::from(text).buttons([others_button(), talk_button()]).buttons(country_button(scope)),
        Manner::Care,
    )
}

/// "My country", while no country is known.
pub(super) fn country_button(scope: &Scope) -> Option<Button> {
    scope.country.is_none().then(|| Button::command(Msg::new("people-button-my-country"), Command::Country, ""))
}

fn others_button() -> Button {
    Button::command(Msg::new("care-sos-button-others"), Command::Sos, OTHERS)
}

fn worried_button() -> Button {
    Button::command(Msg::new("care-sos-button-worried"), Command::Sos, WORRIED)
}

fn talk_button() -> Button {
    Button::command(Msg::new("care-score-one-button-talk"), Command::Talk, "")
}

/// Answers `/talk`: the lines, and the next sessions of the group.
pub fn talk(scope: &Scope, next: &[NextSession]) -> Decision {
    let mut lines = vec![
        Msg::new("checkin-talk"),
        Msg::new("checkin-talk-now"),
        Msg::new("checkin-talk-lines").with("lines", Value::Lines(scope.country.clone())),
    ];
    if !next.is_empty() {
        lines.push(Msg::new("checkin-talk-next"));
        lines.extend(next.iter().map(|session| {
            Msg::new("checkin-talk-session").with("title", session.title.clone()).with("when", Value::Moment(session.starts))
        }));
    } else if scope.group.is_some() {
        lines.push(Msg::new("checkin-talk-none"));
    }
    lines.push(Msg::new("checkin-talk-program"));
    let book = |session: &NextSession| {
        let label = Msg::new("checkin-button-book").with("title", session.title.clone());
        Button::command(label, Command::Book, format!("~{}", short_id(session.id.0)))
    };
    let content = Content::from(lines).buttons([Button::command(Msg::new("checkin-button-sos"), Command::Sos, "")]);
    let content = content.buttons(next.iter().map(book)).buttons(country_button(scope));
    Decision::nothing().say(Audience::Asker, content, Manner::Care)
}
