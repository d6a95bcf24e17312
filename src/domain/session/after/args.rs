//! Reading what is typed after a session's number: `/bookings 12 rating 3`, `/attendance 12 answers`, `/cancel 12 @Sam`.

use crate::domain::{
    command::Command,
    decision::Refusal,
    hear::{Call, Named},
    message::{Content, Msg},
    session::{SessionRef, reading::session_of},
    words::{clean_text, fold, whole_number},
};

/// What was asked.
#[derive(Clone, PartialEq, Debug)]
pub enum Args {
    /// How it was, 1 to 3; asks where there is none.
    Rate(SessionRef, Option<u8>),
    /// A line beside it; awaits one where there is none.
    Line(SessionRef, String),
    /// The line is taken back.
    NoLine(SessionRef),
    /// What people said.
    Answers(SessionRef),
    /// Somebody else is to hold it; asks whom where nobody is named.
    Give(SessionRef, Option<Named>),
    /// Holds it from now on.
    Take(SessionRef),
    /// Cannot hold it.
    Decline(SessionRef),
}

impl Args {
    /// Which session.
    pub const fn session(&self) -> SessionRef {
        match self {
            Self::Rate(session, _)
            | Self::Line(session, _)
            | Self::NoLine(session)
            | Self::Answers(session)
            | Self::Give(session, _)
            | Self::Take(session)
            | Self::Decline(session) => *session,
        }
    }
}

/// What follows the session that a command names; `None` where that is the command's own.
pub fn parse(call: &Call) -> Option<Result<Args, Refusal>> {
    let (session, used) = session_of(call).ok()?;
    let next = call.words.get(used)?;
    let word = fold(&next.text);
    Some(match (call.command, word.as_str()) {
        (Command::Bookings, "avis" | "note" | "rating" | "rate") => rating(session, call, used + 1),
        (Command::Bookings, "mot" | "ligne" | "line" | "word") => Ok(Args::Line(session, clean_text(call.rest_from(used + 1)))),
        (Command::Bookings, "sansmot" | "noline") => Ok(Args::NoLine(session)),
        (Command::Attendance, "retours" | "retour" | "answers" | "feedback") => Ok(Args::Answers(session)),
        (Command::Attendance, "animer" | "accepter" | "host" | "accept") => Ok(Args::Take(session)),
        (Command::Attendance, "refuser" | "decliner" | "decline") => Ok(Args::Decline(session)),
        (Command::Cancel, "passer" | "confier" | "hand" | "handover") => Ok(Args::Give(session, named(call, used + 1))),
        (Command::Cancel, _) if Named::from_word(next).is_some() => Ok(Args::Give(session, Named::from_word(next))),
        _ => return None,
    })
}

/// Who is named, after an `@` or not.
fn named(call: &Call, from: usize) -> Option<Named> {
    let marked = call.words.iter().skip(from).find_map(Named::from_word);
    let typed = clean_text(call.rest_from(from));
    marked.or_else(|| (!typed.is_empty()).then(|| Named::bare(&typed)))
}

fn rating(session: SessionRef, call: &Call, at: usize) -> Result<Args, Refusal> {
    let Some(word) = call.words.get(at) else { return Ok(Args::Rate(session, None)) };
    match whole_number(&word.text).ok().and_then(|number| u8::try_from(number).ok()).filter(|score| (1..=3).contains(score)) {
        Some(score) => Ok(Args::Rate(session, Some(score))),
        None => {
            let typed: String = word.text.chars().take(40).collect();
            Err(Refusal::new(Content::from(Msg::new("after-rating-unclear").with("typed", typed))))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_after_the_number() {
        let session = SessionRef::Number(12);
        for (command, typed, expected) in [
            (Command::Bookings, "12 avis 3", Some(Args::Rate(session, Some(3)))),
            (Command::Bookings, "12 rating", Some(Args::Rate(session, None))),
            (Command::Bookings, "12 mot Un bon  moment", Some(Args::Line(session, "Un bon  moment".into()))),
            (Command::Bookings, "n° 12 line", Some(Args::Line(session, String::new()))),
            (Command::Bookings, "12 sansmot", Some(Args::NoLine(session))),
            (Command::Bookings, "12", None),
            (Command::Bookings, "", None),
            (Command::Attendance, "12 retours", Some(Args::Answers(session))),
            (Command::Attendance, "12 tous", None),
            (Command::Attendance, "12 host", Some(Args::Take(session))),
            (Command::Cancel, "12", None),
            (Command::Cancel, "12 passer", Some(Args::Give(session, None))),
            (Command::Cancel, "12 hand Sam", Some(Args::Give(session, Some(Named::bare("Sam"))))),
            (Command::Cancel, "12 s'il vous plaît", None),
        ] {
            let read = parse(&Call::new(command, typed));
            assert_eq!(read.map(|args| args.map_err(|_| ())), expected.map(Ok), "{typed:?}");
        }
        let named = parse(&Call::new(Command::Cancel, "12 @Sam")).unwrap().unwrap();
        assert!(matches!(named, Args::Give(_, Some(Named { marked: true, .. }))), "{named:?}");
        for wrong in ["12 avis 4", "12 avis 0", "12 avis bien"] {
            assert!(parse(&Call::new(Command::Bookings, wrong)).unwrap().is_err(), "{wrong}");
        }
    }
}
