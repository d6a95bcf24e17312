//! The side of who tells it.

use chrono::TimeDelta;

use super::{
    ADDED_MAX, Case, Change, DAY_MAX, Report, ReportView, State, Told, Verb, WAIT_HOURS, button, elsewhere,
    staff::{tell_staff, waiting},
};
use crate::domain::{
    command::Command,
    decision::Audience,
    decision::{Context, Decision, Manner, Outcome, Refusal},
    message::{Button, Content, Msg},
    safety::{gone, token},
    scope::{Community, Group, Scope},
    timer::Wake,
};

/// Nothing was written yet: it is asked for, in the direct room.
pub(super) fn ask(scope: &Scope, view: &ReportView, ctx: &Context) -> Outcome {
    here(scope)?;
    let lines = vec![
        Msg::new("safety-report-ask"),
        Msg::new("safety-report-ask-how").with("report", Command::Report),
        Msg::new("safety-report-who-reads"),
        Msg::new("safety-report-now").with("sos", Command::Sos),
    ];
    let list = (!view.open.is_empty()).then(|| Button::command(Msg::new("safety-button-reports"), Command::Report, "list"));
    let decision = Decision::answer(Content::from(lines).buttons(list));
    Ok(decision.await_text(ctx, scope.account.id, Command::Report, ""))
}

/// Tells it to everybody of staff whom it does not concern; says so where there is nobody.
pub(super) fn tell(scope: &Scope, view: &ReportView, told: Told, ctx: &mut Context) -> Outcome {
    let (community, group) = here(scope)?;
    if view.sent >= DAY_MAX {
        let mut lines = vec![Msg::new("safety-report-many"), Msg::new("safety-report-many-line").with("count", DAY_MAX)];
        lines.extend(elsewhere(community.contact.as_deref(), scope.country.clone()));
        return Err(Refusal::new(lines));
    }
    if view.staff.is_empty() {
        let mut lines = vec![Msg::new("safety-report-nobody"), Msg::new("safety-report-nobody-line")];
        lines.extend(elsewhere(community.contact.as_deref(), scope.country.clone()));
        let talk = Button::command(Msg::new("care-session-full-button-talk"), Command::Talk, "");
        return Ok(Decision::nothing().say(Audience::Asker, Content::from(lines).buttons([talk]), Manner::Care));
    }
    let name = scope.person.as_ref().map_or_else(|| scope.account.shown_name.clone(), |person| person.alias.clone());
    let report = Report {
        id: ctx.ids.make(),
        community: community.id,
        group: group.id,
        number: view.next_number,
        reporter: Some(scope.account.id),
        reporter_name: Some(name),
        shown: false,
        case: Case {
            quoted: told.quoted,
            author: told.author.map(|author| author.typed),
            words: told.words.into_iter().collect(),
            about: view.about.clone(),
            reminded: false,
        },
        state: State::Open,
        opened: ctx.now,
        at: ctx.now,
        closed: None,
    };
    let lines = vec![
        Msg::new("safety-report-told"),
        Msg::new("safety-report-told-to"),
        Msg::new("safety-report-promise").with("hours", WAIT_HOURS),
        Msg::new("safety-report-now").with("sos", Command::Sos),
    ];
    let content = Content::from(lines).buttons(own_buttons(&report));
    let decision = Decision::nothing().say(Audience::Asker, content, Manner::Care);
    let decision = tell_staff(decision, view, None, &waiting(&report));
    Ok(in_time(decision, &report, ctx).change(change(Change::Add(Box::new(report)))))
}

/// More words: whoever sees to it is told, or else all who may see it.
pub(super) fn add(scope: &Scope, view: &ReportView, words: String, ctx: &Context) -> Outcome {
    let report = own(scope, view)?;
    if words.is_empty() {
        return Ok(more(scope, report, ctx));
    }
    if report.case.words.len() > ADDED_MAX {
        return Err(Msg::new("safety-report-enough").into());
    }
    let mut report = report.clone();
    report.case.words.push(words);
    let lines = vec![Msg::new("safety-report-told"), Msg::new("safety-report-added")];
    let decision = Decision::answer(Content::from(lines).buttons(own_buttons(&report)));
    let news =
        Content::from(vec![Msg::new("safety-report-staff-news"), Msg::new("safety-report-staff-added").with("number", report.number)])
            .buttons([button(Msg::new("safety-button-read"), report.id, "")]);
    let decision = match report.state {
        State::Taken(taker) if !report.waits(&view.staff) => decision.notify(Audience::Private(taker), news),
        _ => tell_staff(decision, view, None, &news),
    };
    Ok(decision.change(change(Change::Put(Box::new(report)))))
}

/// What the buttons of who told it do.
pub(super) fn about(scope: &Scope, view: &ReportView, verb: Verb, ctx: &Context) -> Outcome {
    let report = own(scope, view)?;
    let mut changed = report.clone();
    let decision = match verb {
        Verb::More => return Ok(more(scope, report, ctx)),
        Verb::Show => {
            changed.shown = true;
            let name = report.reporter_name.clone().unwrap_or_default();
            Decision::answer(vec![Msg::new("safety-done"), Msg::new("safety-report-shown").with("name", name)])
        }
        Verb::Withdraw | Verb::Read | Verb::Take | Verb::Back | Verb::Close | Verb::Reopen => {
            changed = Report { state: State::Withdrawn, case: Case { about: report.case.about.clone(), ..Case::default() }, ..changed };
            changed.closed = Some(ctx.now);
            let gone = vec![Msg::new("safety-report-staff-news"), Msg::new("safety-report-staff-withdrawn").with("number", report.number)];
            let decision = Decision::answer(vec![Msg::new("safety-done"), Msg::new("safety-report-withdrawn")]);
            tell_staff(decision, view, None, &gone.into())
        }
    };
    Ok(decision.change(change(Change::Put(Box::new(changed)))))
}

/// The next plain text in the direct room is added.
fn more(scope: &Scope, report: &Report, ctx: &Context) -> Decision {
    let decision = Decision::answer(vec![Msg::new("safety-report-ask"), Msg::new("safety-report-more")]);
    decision.await_text(ctx, scope.account.id, Command::Report, format!("{} add ", token(report.id.0)))
}

/// What who told it can still do.
fn own_buttons(report: &Report) -> Vec<Button> {
    let show = (!report.shown).then(|| button(Msg::new("safety-button-show"), report.id, "show"));
    let more = button(Msg::new("safety-button-more"), report.id, "more");
    [Some(more), show, Some(button(Msg::new("safety-button-withdraw"), report.id, "withdraw"))].into_iter().flatten().collect()
}

/// The report that the asker told, while it is not over.
fn own<'a>(scope: &Scope, view: &'a ReportView) -> Result<&'a Report, Refusal> {
    let own = view.found.as_ref().filter(|report| report.reporter == Some(scope.account.id));
    own.filter(|report| matches!(report.state, State::Open | State::Taken(_))).ok_or_else(gone)
}

fn here(scope: &Scope) -> Result<(&Community, &Group), Refusal> {
    scope.community.as_ref().zip(scope.group.as_ref()).ok_or_else(|| {
        let mut lines = vec![Msg::new("safety-report-no-group").with("report", Command::Report)];
        lines.extend(elsewhere(None, scope.country.clone()));
        Refusal::new(lines)
    })
}

/// And looks again whether somebody took it.
pub(super) fn in_time(decision: Decision, report: &Report, ctx: &mut Context) -> Decision {
    let at = ctx.now.plus(TimeDelta::hours(WAIT_HOURS));
    decision.wake(ctx, at, Wake::ReportWaits(report.id))
}

pub(super) fn change(change: Change) -> crate::domain::safety::Change {
    crate::domain::safety::Change::Report(change)
}
