//! What people who came say of a session: one tap and a line if they like, shown to nobody before there are five.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use super::{Args, Change};
use crate::domain::{
    command::Command,
    decision::{Context, Decision, Manner, Outcome, Refusal},
    message::{Button, Content, Msg, Value},
    scope::{Person, Scope},
    session::{
        Booking, BookingState, Roll, Session, SessionKind, SessionState,
        reading::{button_ref, here, named, not_found, own_roll},
    },
    time::Timestamp,
};

/// So many days after the mark, what people say can be said and changed.
pub const OPEN_DAYS: i64 = 7;
/// From so many people on, what they said is shown.
pub const SHOWN_FROM: usize = 5;
/// Who joined less than so many days before the session does not count.
pub const JOINED_DAYS: i64 = 14;
/// The longest line, in characters.
pub const LINE_CHARS_MAX: usize = 300;

/// What one person said.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Answer {
    /// 1 (hardly), 2 (a little), 3 (yes).
    pub score: u8,
    /// A line, where they wrote one.
    pub line: Option<String>,
}

/// What somebody said, without who; and whether they count: no staff, and not new.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Answered {
    /// What.
    pub answer: Answer,
    /// It counts.
    pub counts: bool,
}

/// What the store must load.
#[derive(Clone, PartialEq, Debug)]
pub struct FeedbackView {
    /// The session, with the asker's booking.
    pub found: Option<Roll>,
    /// What the asker said before.
    pub own: Option<Answer>,
    /// What everybody said; only for its host and coordinators.
    pub answers: Vec<Answered>,
    /// When the session was marked; `None` where nobody came, or it is not.
    pub marked_at: Option<Timestamp>,
    /// How many counted when it was closed; `None` before.
    pub closed_with: Option<i64>,
}

/// Whether people are asked what they say of it: of a listening there is one voice only, and all would know whose.
pub const fn is_asked(session: &Session) -> bool {
    !matches!(session.kind, SessionKind::Listening)
}

/// Until when somebody who came may say what they say.
fn open_until(booking: &Booking) -> Timestamp {
    booking.since.plus(TimeDelta::days(OPEN_DAYS))
}

/// Asks somebody who came.
pub fn question(session: &Session) -> Content {
    let scale = [Msg::new("after-button-little"), Msg::new("after-button-some"), Msg::new("after-button-much")];
    let buttons =
        scale.into_iter().zip(1..).map(|(label, n)| Button::command(label, Command::Bookings, format!("{} avis {n}", button_ref(session))));
    Content::from(vec![Msg::new("after-feedback"), named(session), Msg::new("after-feedback-ask"), Msg::new("after-feedback-how")])
        .buttons(buttons)
}

/// Says, adds to or takes back what one says of a session.
pub fn say(scope: &Scope, view: &FeedbackView, args: &Args, ctx: &Context) -> Outcome {
    let (_, person) = here(scope)?;
    let roll = own_roll(view.found.as_ref(), person)?;
    let session = &roll.session;
    let until = may_say(roll, person, ctx.now)?;
    let before = view.own.clone();
    match args {
        Args::Rate(_, None) => Ok(Decision::answer(question(session))),
        Args::Rate(_, Some(score)) => {
            let answer = Answer { score: *score, line: before.and_then(|before| before.line) };
            Ok(kept(session, person, answer, until))
        }
        Args::Line(_, text) => line(scope, session, person, before, text, until, ctx),
        Args::NoLine(_) => match before {
            Some(before) => Ok(kept(session, person, Answer { line: None, ..before }, until)),
            None => Ok(Decision::answer(question(session))),
        },
        Args::Answers(_) | Args::Give(..) | Args::Take(_) | Args::Decline(_) => Ok(Decision::nothing()),
    }
}

/// A line is written beside what was tapped; who tapped nothing yet is asked that first.
fn line(scope: &Scope, session: &Session, person: &Person, before: Option<Answer>, text: &str, until: Timestamp, ctx: &Context) -> Outcome {
    let Some(before) = before else { return Ok(Decision::answer(question(session))) };
    if text.is_empty() {
        let asked = Content::from(vec![Msg::new("after-line-ask"), Msg::new("after-line-how")]);
        let rest = format!("{} mot ", button_ref(session));
        return Ok(Decision::answer(asked).await_text(ctx, scope.account.id, Command::Bookings, rest));
    }
    let count = text.chars().count();
    if count > LINE_CHARS_MAX {
        let count = i64::try_from(count).unwrap_or(i64::MAX);
        let most = i64::try_from(LINE_CHARS_MAX).unwrap_or(i64::MAX);
        return Err(Msg::new("after-line-long").with("count", count).with("number", most).into());
    }
    Ok(kept(session, person, Answer { line: Some(text.to_owned()), ..before }, until))
}

/// Until when the person may say something, if they came and the time is not over.
fn may_say(roll: &Roll, person: &Person, now: Timestamp) -> Result<Timestamp, Refusal> {
    let session = &roll.session;
    let came = roll.of(person.id).filter(|booking| booking.state == BookingState::Attended && is_asked(session));
    let Some(came) = came else {
        return Err(Refusal::new(Content::from(Msg::new("after-feedback-not-there")).line(named(session))));
    };
    let until = open_until(came);
    if now >= until {
        let over = Msg::new("after-feedback-over").with("when", Value::Moment(until));
        return Err(Refusal::new(Content::from(over).line(named(session))));
    }
    Ok(until)
}

fn kept(session: &Session, person: &Person, answer: Answer, until: Timestamp) -> Decision {
    let has_line = answer.line.is_some();
    let content = Content::from(Msg::new("after-feedback-kept")).line(Msg::new("after-feedback-until").with("when", Value::Moment(until)));
    let button = |label, word: &str| Button::command(label, Command::Bookings, format!("{} {word}", button_ref(session)));
    let buttons = if has_line {
        vec![button(Msg::new("after-button-line-again"), "mot"), button(Msg::new("after-button-no-line"), "sansmot")]
    } else {
        vec![button(Msg::new("after-button-line"), "mot")]
    };
    Decision::nothing().change(super::super::Change::After(Change::Answer(session.id, person.id, answer))).say(
        crate::domain::decision::Audience::Asker,
        content.buttons(buttons),
        Manner::Answer,
    )
}

/// Shows what people said to the session's host, and to the coordination.
pub fn answers(scope: &Scope, view: &FeedbackView, ctx: &Context) -> Outcome {
    let (_, person) = here(scope)?;
    let roll = view.found.as_ref().filter(|roll| roll.session.community == person.community).ok_or_else(not_found)?;
    let session = &roll.session;
    if session.host != person.id && !person.coordinator {
        if person.role_in(session.group).is_none() {
            return Err(not_found());
        }
        return Err(Refusal::new(Content::from(Msg::new("after-answers-host-only")).line(named(session))));
    }
    let first = Content::from(Msg::new("after-answers")).line(named(session));
    let marked = view.marked_at.filter(|_| session.state == SessionState::Marked && is_asked(session));
    match marked.map(|at| at.plus(TimeDelta::days(OPEN_DAYS))) {
        Some(until) if ctx.now < until => {
            Ok(Decision::answer(first.line(Msg::new("after-answers-from").with("when", Value::Moment(until)))))
        }
        Some(_) => {
            let said = summary(&view.answers, view.closed_with).unwrap_or_else(too_few);
            let shown = Decision::answer(said.into_iter().fold(first, Content::line));
            // The wake-up that closes it may still be on its way.
            Ok(if view.closed_with.is_none() { shown.change(close(session, &view.answers)) } else { shown })
        }
        None => Ok(Decision::answer(too_few().into_iter().fold(first, Content::line))),
    }
}

/// How many count is kept when it is closed, not what they said: their words stay under their own keys. Who is erased later
/// leaves fewer, and then nothing is shown any more; a look with them and one without would tell what they had said.
fn close(session: &Session, answers: &[Answered]) -> super::super::Change {
    let counted = answers.iter().filter(|one| one.counts).count();
    super::super::Change::After(Change::Closed(session.id, i64::try_from(counted).unwrap_or(i64::MAX)))
}

/// The time is over: the host is told what people said, where that may be shown.
pub fn closed(session: &Session, answers: &[Answered]) -> Decision {
    if session.state != SessionState::Marked {
        return Decision::nothing();
    }
    let decision = Decision::nothing().change(close(session, answers));
    let Some(said) = summary(answers, None) else { return decision };
    let content = said.into_iter().fold(Content::from(Msg::new("after-answers")).line(named(session)), Content::line);
    decision.notify(crate::domain::decision::Audience::Private(session.host), content)
}

/// One and the same sentence, whatever the reason for showing nothing.
fn too_few() -> Vec<Msg> {
    vec![Msg::new("after-answers-none")]
}

/// What people said, in bands and without names; nothing where fewer than five count, fewer than when it was closed, or all
/// said the same.
fn summary(answers: &[Answered], closed_with: Option<i64>) -> Option<Vec<Msg>> {
    let counted: Vec<&Answer> = answers.iter().filter(|one| one.counts).map(|one| &one.answer).collect();
    if closed_with.is_some_and(|closed| i64::try_from(counted.len()) != Ok(closed)) {
        return None;
    }
    let unanimous = counted.windows(2).all(|pair| pair[0].score == pair[1].score);
    if counted.len() < SHOWN_FROM || unanimous {
        return None;
    }
    let with = |score: u8| counted.iter().filter(|answer| answer.score == score).count();
    let shares = [(3, Msg::new("after-answers-much")), (2, Msg::new("after-answers-some")), (1, Msg::new("after-answers-little"))];
    let share = |(score, msg): (u8, Msg)| msg.with("what", band(with(score), counted.len()));
    let mut lines: Vec<Msg> = shares.into_iter().map(share).collect();
    let mut said: Vec<&str> = counted.iter().filter_map(|answer| answer.line.as_deref()).collect();
    // By the letters: the order tells nothing of who wrote.
    said.sort_unstable();
    if !said.is_empty() {
        lines.push(Msg::new("after-answers-lines"));
        lines.extend(said.into_iter().map(|text| Msg::new("after-answers-line").with("text", text)));
    }
    Some(lines)
}

/// A share of all in words; few and none are one band.
fn band(part: usize, of: usize) -> Msg {
    match part * 3 {
        three if three > of * 2 => Msg::new("after-band-most"),
        three if three >= of => Msg::new("after-band-part"),
        _ => Msg::new("after-band-few"),
    }
}
