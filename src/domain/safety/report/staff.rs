//! The side of staff: read, take, hand back, close, open again.

use super::{
    Case, Change, Report, ReportView, Staff, State, Verb, button,
    told::{change, in_time},
};
use crate::domain::{
    decision::{Audience, Context, Decision, Outcome},
    ids::PersonId,
    message::{Content, Msg, Value},
    safety::gone,
    scope::Scope,
};

/// What staff are told first: nothing of what was written.
pub(super) fn waiting(report: &Report) -> Content {
    let lines = vec![Msg::new("safety-report-staff-news"), Msg::new("safety-report-staff-waits").with("number", report.number)];
    Content::from(lines).buttons([button(Msg::new("safety-button-read"), report.id, "")])
}

/// Tells everybody of staff who may see it, but `except`.
pub(super) fn tell_staff(decision: Decision, view: &ReportView, except: Option<PersonId>, content: &Content) -> Decision {
    let others = view.staff.iter().filter(|staff| Some(staff.id) != except);
    others.fold(decision, |decision, staff| decision.notify(Audience::Private(staff.id), content.clone()))
}

/// The reports that wait or are seen to.
pub(super) fn list(view: &ReportView) -> Content {
    if view.open.is_empty() {
        return Msg::new("safety-reports-none").into();
    }
    let mut content = Content::from(Msg::new("safety-reports"));
    content.lines.extend(view.open.iter().map(|report| {
        let line = match report.state {
            State::Taken(_) => Msg::new("safety-reports-taken"),
            State::Open | State::Closed | State::Withdrawn => Msg::new("safety-reports-open"),
        };
        line.with("number", report.number).with("when", Value::Moment(report.at))
    }));
    content.buttons(view.open.iter().take(20).map(|report| {
        let label = Msg::new("safety-button-read-number").with("number", report.number);
        button(label, report.id, "")
    }))
}

/// What the buttons of staff do. Who may not see it gets the same word as for a button that is too old.
pub(super) fn about(scope: &Scope, view: &ReportView, verb: Verb, ctx: &mut Context) -> Outcome {
    let found = view.found.as_ref().ok_or_else(gone)?;
    let me = scope.person.as_ref().and_then(|person| view.staff.iter().find(|staff| staff.id == person.id)).ok_or_else(gone)?;
    let mine = found.state == State::Taken(me.id);
    let over = matches!(found.state, State::Closed);
    match verb {
        _ if found.state == State::Withdrawn => Err(Msg::new("safety-report-is-withdrawn").into()),
        Verb::Take if found.waits(&view.staff) => Ok(take(view, found, me)),
        Verb::Take if !mine && !over => Err(Msg::new("safety-report-is-taken").into()),
        Verb::Back if mine || (me.coordinator && matches!(found.state, State::Taken(_))) => Ok(open_again(view, found, me, false, ctx)),
        Verb::Close if mine => Ok(close(view, found, me, ctx)),
        Verb::Reopen if over => Ok(open_again(view, found, me, true, ctx)),
        Verb::Read | Verb::Take | Verb::Back | Verb::Close | Verb::Reopen | Verb::Withdraw | Verb::Show | Verb::More => {
            Ok(Decision::answer(shown(found, view, me)))
        }
    }
}

fn take(view: &ReportView, found: &Report, me: &Staff) -> Decision {
    let report = Report { state: State::Taken(me.id), ..found.clone() };
    let others = vec![Msg::new("safety-report-staff-news"), Msg::new("safety-report-staff-taken").with("number", report.number)];
    let decision = Decision::answer(shown(&report, view, me));
    let decision = tell_staff(decision, view, Some(me.id), &others.into());
    news(decision, &report, Msg::new("safety-report-now-taken")).change(change(Change::Put(Box::new(report))))
}

fn close(view: &ReportView, found: &Report, me: &Staff, ctx: &Context) -> Decision {
    let report = Report { state: State::Closed, closed: Some(ctx.now), ..found.clone() };
    let others = vec![Msg::new("safety-report-staff-news"), Msg::new("safety-report-staff-closed").with("number", report.number)];
    let own = vec![
        Msg::new("safety-done"),
        Msg::new("safety-report-staff-closed").with("number", report.number),
        Msg::new("safety-report-kept").with("days", super::KEPT_DAYS),
    ];
    let decision = Decision::answer(Content::from(own).buttons([button(Msg::new("safety-button-reopen"), report.id, "reopen")]));
    let decision = tell_staff(decision, view, Some(me.id), &others.into());
    news(decision, &report, Msg::new("safety-report-now-closed")).change(change(Change::Put(Box::new(report))))
}

/// It waits again, as on the first day.
fn open_again(view: &ReportView, found: &Report, me: &Staff, closed_before: bool, ctx: &mut Context) -> Decision {
    let case = Case { reminded: false, ..found.case.clone() };
    let report = Report { state: State::Open, opened: ctx.now, closed: None, case, ..found.clone() };
    let own = vec![Msg::new("safety-done"), Msg::new("safety-report-staff-waits").with("number", report.number)];
    let take = button(Msg::new("safety-button-take"), report.id, "take");
    let decision = tell_staff(Decision::answer(Content::from(own).buttons([take])), view, Some(me.id), &waiting(&report));
    let word = if closed_before { Msg::new("safety-report-now-reopened") } else { Msg::new("safety-report-now-back") };
    let decision = in_time(news(decision, &report, word), &report, ctx);
    decision.change(change(Change::Put(Box::new(report))))
}

/// Who told it hears of it, unless they are erased.
pub(super) fn news(decision: Decision, report: &Report, word: Msg) -> Decision {
    match report.reporter {
        Some(account) => decision.notify(Audience::Account(account), vec![Msg::new("safety-report-news"), word]),
        None => decision,
    }
}

/// All of it, with what this person can do.
fn shown(report: &Report, view: &ReportView, me: &Staff) -> Content {
    let mut content = Content::from(Msg::new("safety-report-title"));
    content.lines.push(Msg::new("safety-report-head").with("number", report.number).with("when", Value::Moment(report.at)));
    let Report { case, reporter_name, .. } = report;
    content.lines.push(match reporter_name.as_deref().filter(|_| report.shown) {
        Some(name) => Msg::new("safety-report-from").with("name", name),
        None => Msg::new("safety-report-from-somebody"),
    });
    if let Some(author) = case.author.as_deref() {
        content.lines.push(Msg::new("safety-report-author").with("name", super::super::shown_name(author)));
        content.lines.push(match case.quoted.as_deref() {
            Some(quoted) => Msg::new("safety-report-quoted").with("text", quoted),
            None => Msg::new("safety-report-not-quoted"),
        });
    }
    content.lines.extend(case.words.iter().map(|words| Msg::new("safety-report-words").with("text", words.as_str())));
    let waits = report.waits(&view.staff);
    let verbs: Vec<(Msg, &str)> = match report.state {
        State::Taken(taker) if taker == me.id => {
            vec![(Msg::new("safety-button-close"), "close"), (Msg::new("safety-button-back"), "back")]
        }
        State::Open | State::Taken(_) if waits => vec![(Msg::new("safety-button-take"), "take")],
        State::Taken(_) => {
            content.lines.push(Msg::new("safety-report-is-taken"));
            if me.coordinator { vec![(Msg::new("safety-button-back"), "back")] } else { vec![] }
        }
        State::Closed => vec![(Msg::new("safety-button-reopen"), "reopen")],
        State::Open | State::Withdrawn => vec![],
    };
    content.buttons(verbs.into_iter().map(|(label, verb)| button(label, report.id, verb)))
}
