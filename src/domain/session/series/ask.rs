//! `/series 12 weekly`, `/series 12 off`: a session comes again, or does not any more.

use super::{Change, Instance, Rule, Series, SeriesView, TERMS_DAYS_MAX, Template, make, rule};
use crate::domain::{
    command::Command,
    decision::{Context, Decision, Outcome, Refusal},
    discreet,
    hear::Call,
    message::{Button, Content, Msg, Value},
    question::{self, Action as Answered},
    scope::{Community, Person, Scope},
    session::{
        self, Action, Money, Roll, Session, SessionRef,
        cancel::{self, Why},
        desk::Desk,
        edit::{may_edit, may_not_edit},
        reading::{agenda_button, button_ref, here, named, own_roll, session_of, to_come},
    },
    words::fold,
};

/// So many dates are shown at once.
const DATES_SHOWN: usize = 5;

/// What the store must load for `/series`.
#[derive(Clone, PartialEq, Debug)]
pub struct AskView {
    /// The session that was named, with its bookings.
    pub found: Option<session::Roll>,
    /// Its series, where it belongs to one, with those who keep a seat.
    pub series: Option<SeriesView>,
    /// The sessions of that series to come, soonest first.
    pub instances: Vec<Instance>,
    /// The number of the community's next session.
    pub next_number: i64,
    /// What the credits stand at.
    pub money: Money,
}

/// The session that is meant.
pub fn parse(call: &Call) -> Result<SessionRef, Refusal> {
    session_of(call).map(|(session, _)| session)
}

/// Shows, begins or ends a series.
pub fn ask(scope: &Scope, view: &AskView, call: &Call, ctx: &mut Context) -> Outcome {
    let (community, person) = here(scope)?;
    let roll = own_roll(view.found.as_ref(), person)?;
    let session = &roll.session;
    if !may_edit(session, person) {
        return Err(may_not_edit(session));
    }
    let (_, used) = session_of(call)?;
    let words = &call.words[used..];
    // One that has all its dates is under way as long as one of them is to come.
    let runs = |series: &Series| series.ended.is_none() && (series.goes_on() || !view.instances.is_empty());
    let running = view.series.as_ref().filter(|view| runs(&view.series));
    let first = words.first().map(|word| fold(&word.text)).unwrap_or_default();
    if matches!(first.as_str(), "off" | "arret" | "arreter" | "stop" | "fin" | "end" | "non" | "no") {
        let Some(running) = running else { return Err(no_series(session)) };
        return Ok(ask_end(scope, (session, person), running, &view.instances, ctx));
    }
    if let Some(running) = running {
        return Ok(Decision::answer(shown(session, running, &view.instances)));
    }
    to_come(session, ctx.now)?;
    if let Some(refusal) = too_early(&Template::of(session), session) {
        return Err(refusal);
    }
    if words.is_empty() {
        return Ok(Decision::answer(offered(session)));
    }
    let rule = rule::read(words, session.starts.day(session.zone), ctx.now, session.zone)
        .map_err(|fault| Refusal::new(refused(session, fault)))?;
    begin(session, rule, community, view, person, ctx)
}

/// A series' dates are there four weeks ahead: what ends before they are there, or within days of it, could never be used.
pub(super) fn too_early(template: &Template, session: &Session) -> Option<Refusal> {
    (template.earliest_days() > TERMS_DAYS_MAX).then(|| {
        let how = Msg::new("series-fault-terms-how").with("session", Command::Session).with("number", session.number);
        Refusal::new(Content::from(Msg::new("series-fault-terms").with("count", TERMS_DAYS_MAX)).line(named(session)).line(how))
    })
}

/// The session is the first of a series; those of the next four weeks are made at once.
fn begin(session: &Session, rule: Rule, community: &Community, view: &AskView, person: &Person, ctx: &mut Context) -> Outcome {
    let series = Series {
        id: ctx.ids.make(),
        community: session.community,
        group: session.group,
        rule,
        first: session.wall,
        zone: session.zone,
        // The dates that an ended series left are there already.
        made_until: view.instances.iter().map(|(roll, _)| roll.session.wall).fold(session.wall, chrono::NaiveDateTime::max),
        template: Template::of(session),
        created: ctx.now,
        ended: None,
    };
    if series.due().is_none() {
        return Err(Refusal::new(Content::from(Msg::new("series-fault-over-at-once")).line(named(session))));
    }
    let host = Person { id: session.host, ledger: session.host_ledger, ..person.clone() };
    let making = SeriesView {
        series: series.clone(),
        host: Some(host.clone()),
        next_number: view.next_number,
        money: view.money.clone(),
        floor_credits: community.floor_credits,
        late: community.late(),
        first_free: community.credits.first_free,
        regulars: vec![],
        staff: vec![],
    };
    let mut content = Content::from(Msg::new("series-begun")).line(named(session)).lines(rule.words());
    let next = rule.next(series.first, series.made_until).map(|wall| series.zone.instant_or_later(wall));
    content.lines.extend(next.map(|at| Msg::new("series-next").with("when", Value::Moment(at))));
    content = content.line(Msg::new("series-shown-when")).line(exceptions(session));
    let made = make::made(&making, &host, ctx);
    let begun = Decision::answer(content.buttons([agenda_button(), off_button(session)]))
        .change(session::Change::Series(Change::Series(Box::new(series.clone()))))
        .change(session::Change::Series(Change::Belongs(session.id, series.id)));
    Ok(begun.and(made))
}

fn exceptions(session: &Session) -> Msg {
    Msg::new("series-exceptions").with("cancel", Command::Cancel).with("session", Command::Session).with("number", session.number)
}

pub(super) fn off_button(session: &Session) -> Button {
    Button::command(Msg::new("series-button-off"), Command::Series, format!("{} off", button_ref(session)))
}

fn dates(instances: &[Instance]) -> impl Iterator<Item = Msg> {
    let line = |(roll, _): &Instance| {
        let session = &roll.session;
        let line = Msg::new("session-list-line").with("number", session.number).with("title", discreet::title(session));
        line.with("when", Value::Moment(session.starts))
    };
    instances.iter().take(DATES_SHOWN).map(line)
}

/// A series that is under way.
fn shown(session: &Session, view: &SeriesView, instances: &[Instance]) -> Content {
    let regulars = i64::try_from(view.regulars.len()).unwrap_or(i64::MAX);
    Content::from(Msg::new("series-runs"))
        .lines(view.series.rule.words())
        .lines(dates(instances))
        .line(Msg::new("series-regulars").with("count", regulars))
        .line(exceptions(session))
        .line(Msg::new("series-change").with("series", Command::Series).with("number", session.number))
        .buttons([agenda_button(), off_button(session)])
}

/// How a session can come again, with a button for each usual rule.
fn offered(session: &Session) -> Content {
    let button = |label, rest: &str| Button::command(label, Command::Series, format!("{} {rest}", button_ref(session)));
    Content::from(Msg::new("series-how-often")).line(named(session)).line(form(session)).buttons([
        button(Msg::new("series-button-week"), "chaque semaine"),
        button(Msg::new("series-button-two-weeks"), "toutes les deux semaines"),
        button(Msg::new("series-button-month"), "chaque mois"),
        button(Msg::new("series-button-day"), "chaque jour"),
    ])
}

fn form(session: &Session) -> Msg {
    Msg::new("series-form").with("series", Command::Series).with("number", session.number)
}

fn refused(session: &Session, fault: rule::RuleFault) -> Content {
    let why = match fault {
        rule::RuleFault::HowOften => Msg::new("series-fault-how-often"),
        rule::RuleFault::UntilWhen(typed) => Msg::new("series-fault-until").with("typed", typed),
        rule::RuleFault::HowManyTimes(typed) => {
            Msg::new("series-fault-times").with("typed", typed).with("count", i64::from(rule::TIMES_MAX))
        }
        rule::RuleFault::NotTheLast => Msg::new("series-fault-not-last").with("day", Value::Day(session.wall.date())),
        rule::RuleFault::OtherDay(typed) => {
            let change = Msg::new("series-fault-other-day").with("typed", typed).with("day", Value::Day(session.wall.date()));
            change.with("session", Command::Session).with("number", session.number)
        }
        rule::RuleFault::NotOffered(typed) => Msg::new("series-fault-not-offered").with("typed", typed),
        rule::RuleFault::Unknown(typed) => Msg::new("session-fault-unknown").with("typed", typed),
    };
    Content::from(why).line(form(session)).buttons(offered(session).buttons)
}

pub(super) fn no_series(session: &Session) -> Refusal {
    Refusal::new(Content::from(Msg::new("series-none")).line(named(session)).line(form(session)).buttons(offered(session).buttons))
}

/// The sessions that are there already may stay, or go too.
fn ask_end(
    scope: &Scope,
    (session, person): (&Session, &Person),
    view: &SeriesView,
    instances: &[Instance],
    ctx: &mut Context,
) -> Decision {
    let ends = |cancel_rest| Answered::Session(Action::EndSeries { session: session.id, cancel_rest });
    let mut choices = vec![(Msg::new("series-button-end-keep"), ends(false))];
    if instances.iter().any(|(roll, _)| cancel::may_call_off(&roll.session, person)) {
        choices.push((Msg::new("series-button-end-all"), ends(true)));
    }
    choices.push((Msg::new("session-button-nothing"), Answered::Close(Msg::new("session-nothing-changed"))));
    let (question, buttons) = question::ask(ctx, scope.account.id, choices);
    let count = i64::try_from(instances.len()).unwrap_or(i64::MAX);
    let content = Content::from(Msg::new("series-ask-end"))
        .lines(view.series.rule.words())
        .line(Msg::new("series-ask-end-made").with("count", count))
        .lines(dates(instances));
    Decision::answer(content.buttons(buttons)).change(question)
}

/// Ends it; what was made stays, or what the asker may call off is, and everything goes back.
pub fn end(scope: &Scope, view: &AskView, cancel_rest: bool, ctx: &mut Context) -> Outcome {
    let (_, person) = here(scope)?;
    let roll = own_roll(view.found.as_ref(), person)?;
    if !may_edit(&roll.session, person) {
        return Err(may_not_edit(&roll.session));
    }
    let Some(running) = view.series.as_ref().filter(|view| view.series.ended.is_none()) else { return Err(no_series(&roll.session)) };
    let ended = Series { ended: Some(ctx.now), ..running.series.clone() };
    let mut decision = Decision::nothing().change(session::Change::Series(Change::Series(Box::new(ended))));
    let mut cancelled = 0;
    let mut told = vec![person.id];
    if cancel_rest {
        let mut next_transfer = view.money.next_transfer;
        let now = ctx.now;
        let theirs = |roll: &Roll| roll.session.is_to_come(now) && cancel::may_call_off(&roll.session, person);
        for (roll, money) in view.instances.iter().filter(|(roll, _)| theirs(roll)) {
            let money = Money { next_transfer, ..money.clone() };
            told.extend(roll.bookings.iter().filter(|booking| booking.state.is_live()).map(|booking| booking.person));
            let mut desk = Desk::open(roll, &money, Some(person.id), ctx);
            cancel::withdraw_session(&mut desk, &Why::By(person.id, None));
            next_transfer = desk.next_transfer();
            decision = decision.and(desk.close());
            cancelled += 1;
        }
    }
    for regular in running.regulars.iter().filter(|regular| !told.contains(&regular.person)) {
        decision = make::tell_ended(decision, &running.series, regular.person);
    }
    let content = Content::from(Msg::new("series-ended")).line(named(&roll.session));
    let content = if cancelled > 0 { content.line(Msg::new("series-ended-cancelled").with("count", cancelled)) } else { content };
    Ok(Decision::answer(content.buttons([agenda_button()])).and(decision))
}
