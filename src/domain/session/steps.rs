//! What each step asks, with a button for each usual answer, one back and one that leaves; the last look before it is posted.

use chrono::{NaiveTime, TimeDelta};

use super::{
    LENGTH_MINUTES_DEFAULT, Roll, Session, SessionKind, card,
    draft::{ASKED, Step, before, carried},
    form, minimum,
    parts::{Host, Parts, kind_word},
};
use crate::domain::{
    command::Command,
    decision::{Context, Decision},
    discreet,
    ids::SessionId,
    message::{Content, Msg, Value},
    question::{self, Action},
    scope::Scope,
    time::Zone,
};

/// How many days are offered.
const DAYS_OFFERED: i64 = 7;
/// The hours that are offered.
const HOURS_OFFERED: [u32; 5] = [10, 14, 18, 19, 20];
/// The lengths that are offered, in minutes.
const LENGTHS_OFFERED: [i64; 4] = [45, 60, LENGTH_MINUTES_DEFAULT, 120];
/// The numbers of seats that are offered.
const SEATS_OFFERED: [i64; 4] = [6, 8, 10, 12];
/// The prices that are offered beside nothing.
const PRICES_OFFERED: [i64; 3] = [1, 2, 3];

/// A button's label and what it answers.
type Choice = (Msg, String);

/// What is made or changed, and where its clock hangs.
pub(super) struct Making<'a> {
    /// Who does it, and where.
    pub scope: &'a Scope,
    /// Which session is changed; none where one is made.
    pub session: Option<SessionId>,
    /// What is known.
    pub parts: &'a Parts,
    /// The community's zone.
    pub zone: Zone,
}

impl Making<'_> {
    /// What a button carries that goes to `step`, or answers it.
    pub(super) fn run(&self, step: Step, typed: Option<&str>) -> Action {
        Action::Run { command: Command::Session, rest: carried(step, self.session, self.parts, self.zone, typed) }
    }

    /// Asks for a part, after the words that say what was wrong with the answer before.
    pub(super) fn ask(&self, step: Step, fault: Option<Msg>, ctx: &mut Context) -> Decision {
        let mut content = Content { lines: fault.into_iter().collect(), ..Content::default() };
        content.lines.extend(question(step));
        let mut choices: Vec<(Msg, Action)> =
            usual(step, self, ctx).into_iter().map(|(label, typed)| (label, self.run(step, Some(&typed)))).collect();
        choices.extend(
            before(step, self.parts).filter(|_| self.session.is_none()).map(|back| (Msg::new("making-button-back"), self.run(back, None))),
        );
        choices.push((Msg::new("making-button-leave"), self.run(Step::Stop, None)));
        self.asked(content, step, choices, ctx)
    }

    /// The last look: what will hang in the group, what only some will read, and what can still be done.
    pub(super) fn look(&self, session: &Session, beside: Vec<Msg>, ctx: &mut Context) -> Decision {
        let mut content = Content::from(Msg::new("making-look"));
        content.lines.extend(shown(session, ctx));
        content.lines.extend(match &self.parts.host {
            Some(Host::Named(name)) => Some(Msg::new("making-look-host").with("name", name.as_str())),
            Some(Host::Oneself) | None => None,
        });
        content.lines.extend(beside);
        let choices = vec![
            (Msg::new("making-button-publish"), self.run(Step::Publish, None)),
            (Msg::new("making-button-correct"), self.run(Step::Parts, None)),
            (Msg::new("making-button-back"), self.run(Step::Where, None)),
            (Msg::new("making-button-leave"), self.run(Step::Stop, None)),
        ];
        self.asked(content, Step::Look, choices, ctx)
    }

    /// Which part is to be changed, of what was not posted yet.
    pub(super) fn which_part(&self, ctx: &mut Context) -> Decision {
        let fitting = ASKED.into_iter().filter(|step| step.fits(self.parts.kind));
        let mut choices: Vec<(Msg, Action)> = fitting.map(|step| (part(step), self.run(step, None))).collect();
        choices.push((Msg::new("making-button-back"), self.run(Step::Look, None)));
        let content = Content::from(Msg::new("making-which-part")).line(Msg::new("making-or-write"));
        self.asked(content, Step::Look, choices, ctx)
    }

    /// With the buttons; what is typed next answers `step`.
    pub(super) fn asked(&self, content: Content, step: Step, choices: Vec<(Msg, Action)>, ctx: &mut Context) -> Decision {
        let (question, buttons) = question::ask(ctx, self.scope.account.id, choices);
        let rest = carried(step, self.session, self.parts, self.zone, Some(""));
        Decision::answer(content.buttons(buttons)).change(question).await_text(ctx, self.scope.account.id, Command::Session, rest)
    }
}

/// As it will hang in the group, and what hangs nowhere.
fn shown(session: &Session, ctx: &Context) -> Vec<Msg> {
    let roll = Roll { session: session.clone(), bookings: vec![], apart: vec![] };
    let title = Msg::new("making-look-title").with("title", discreet::title(session));
    let mut lines = vec![title, card::when(session)];
    lines.extend(card::facts(&roll, roll.free()));
    lines.extend(minimum::announced(session, ctx));
    let link = session.link.as_ref().map(|link| Value::Link(link.clone()).instead(Msg::new("discreet-title")));
    lines.extend(link.map(|link| Msg::new("session-link").with("link", link)));
    if session.kind == SessionKind::Listening {
        lines.push(Msg::new("making-for-two"));
    }
    lines
}

/// The name of a part.
pub(super) fn part(step: Step) -> Msg {
    match step {
        Step::Kind => Msg::new("making-part-kind"),
        Step::Title => Msg::new("making-part-title"),
        Step::Day => Msg::new("making-part-day"),
        Step::Hour => Msg::new("making-part-hour"),
        Step::Length => Msg::new("making-part-length"),
        Step::Seats => Msg::new("making-part-seats"),
        Step::Price => Msg::new("making-part-price"),
        Step::Host => Msg::new("making-part-host"),
        Step::Where | Step::Look | Step::Parts | Step::Publish | Step::Stop => Msg::new("making-part-where"),
    }
}

/// The name of a kind.
pub(super) fn kind_name(kind: SessionKind) -> Msg {
    match kind {
        SessionKind::Circle => Msg::new("making-kind-circle"),
        SessionKind::Listening => Msg::new("session-kind-listening"),
        SessionKind::Workshop => Msg::new("session-kind-workshop"),
        SessionKind::Training => Msg::new("session-kind-training"),
        SessionKind::Informal => Msg::new("session-kind-informal"),
    }
}

fn question(step: Step) -> Vec<Msg> {
    match step {
        Step::Kind => std::iter::once(Msg::new("making-ask-kind")).chain(form::explained()).collect(),
        Step::Title => vec![Msg::new("making-ask-title"), Msg::new("making-ask-title-write")],
        Step::Day => vec![Msg::new("making-ask-day"), Msg::new("making-ask-day-write")],
        Step::Hour => vec![Msg::new("making-ask-hour"), Msg::new("making-ask-hour-write")],
        Step::Length => vec![Msg::new("making-ask-length"), Msg::new("making-ask-length-write")],
        Step::Seats => vec![Msg::new("making-ask-seats"), Msg::new("making-ask-seats-write")],
        Step::Price => vec![Msg::new("making-ask-price"), Msg::new("making-ask-price-write")],
        Step::Host => vec![Msg::new("making-ask-host"), Msg::new("making-ask-host-write")],
        Step::Where => vec![Msg::new("making-ask-where"), Msg::new("making-ask-where-write")],
        Step::Look | Step::Parts | Step::Publish | Step::Stop => vec![Msg::new("making-or-write")],
    }
}

/// The usual answers.
fn usual(step: Step, making: &Making<'_>, ctx: &Context) -> Vec<Choice> {
    match step {
        Step::Kind => SessionKind::ALL.into_iter().map(|kind| (kind_name(kind), kind_word(kind).to_owned())).collect(),
        Step::Day => days(making, ctx),
        Step::Hour => hours(making, ctx),
        Step::Length => LENGTHS_OFFERED.map(|minutes| (length(minutes), format!("{minutes}min"))).into(),
        Step::Seats => SEATS_OFFERED.map(|seats| (Msg::new("making-seats").with("count", seats), seats.to_string())).into(),
        Step::Price => {
            let prices = PRICES_OFFERED.map(|price| (Msg::new("making-price").with("amount", price), price.to_string()));
            prices.into_iter().chain([(Msg::new("session-card-free"), "0".to_owned())]).collect()
        }
        Step::Host => vec![(Msg::new("making-host-me"), "moi".to_owned())],
        Step::Where => vec![(Msg::new("making-nowhere"), "sans-lieu".to_owned())],
        Step::Title | Step::Look | Step::Parts | Step::Publish | Step::Stop => vec![],
    }
}

fn length(minutes: i64) -> Msg {
    Msg::new("making-length").with("length", Value::Minutes(minutes))
}

/// Tomorrow and the days after; today too, while an hour that is offered is still to come.
fn days(making: &Making<'_>, ctx: &Context) -> Vec<Choice> {
    let wall = ctx.now.wall(making.zone);
    let last = HOURS_OFFERED.last().and_then(|hour| NaiveTime::from_hms_opt(*hour, 0, 0));
    let first = i64::from(last.is_none_or(|last| wall.time() >= last));
    let day = |n: i64| wall.date().checked_add_signed(TimeDelta::days(n));
    let choice = |day: chrono::NaiveDate| (Msg::new("making-day").with("day", Value::Day(day)), day.format("%Y-%m-%d").to_string());
    (first..first + DAYS_OFFERED).filter_map(day).map(choice).collect()
}

/// The hours that are still to come on the day.
fn hours(making: &Making<'_>, ctx: &Context) -> Vec<Choice> {
    let wall = ctx.now.wall(making.zone);
    let day = making.parts.when.day();
    let hour = |hour: u32| NaiveTime::from_hms_opt(hour, 0, 0);
    let to_come = |hour: &NaiveTime| day.is_none_or(|day| day.and_time(*hour) > wall);
    let choice = |hour: NaiveTime| {
        let written = hour.format("%H:%M").to_string();
        (Msg::new("making-hour").with("text", written.as_str()), written)
    };
    HOURS_OFFERED.into_iter().filter_map(hour).filter(to_come).map(choice).collect()
}
