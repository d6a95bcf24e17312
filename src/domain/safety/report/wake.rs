//! A day later: did anybody take it?

use super::{Case, Change, Report, Staff, WAIT_HOURS, elsewhere, staff::waiting, told::change};
use crate::domain::{
    decision::{Audience, Context, Decision},
    message::{Content, Msg},
};

/// What the store must load for it.
#[derive(Clone, PartialEq, Debug)]
pub struct ReportWakeView {
    /// The report.
    pub report: Report,
    /// The staff who may see it now.
    pub staff: Vec<Staff>,
    /// The community's contact.
    pub contact: Option<String>,
    /// The community's country.
    pub country: Option<String>,
}

/// Nobody took it for a day: coordinators are reminded once, and who told it is told the truth and other doors.
pub fn on_wake(view: &ReportWakeView, ctx: &Context) -> Decision {
    let report = &view.report;
    let in_time = ctx.now < report.opened.plus(chrono::TimeDelta::hours(WAIT_HOURS));
    if in_time || report.case.reminded || !report.waits(&view.staff) {
        return Decision::nothing();
    }
    let case = Case { reminded: true, ..report.case.clone() };
    let decision = Decision::nothing().change(change(Change::Put(Box::new(Report { case, ..report.clone() }))));
    let coordinators: Vec<&Staff> = view.staff.iter().filter(|staff| staff.coordinator).collect();
    let reminded = if coordinators.is_empty() { view.staff.iter().collect() } else { coordinators };
    let mut content = waiting(report);
    content.lines.push(Msg::new("safety-report-staff-since"));
    let decision = reminded.iter().fold(decision, |decision, staff| decision.notify(Audience::Private(staff.id), content.clone()));
    let Some(account) = report.reporter else { return decision };
    let word = if reminded.is_empty() { Msg::new("safety-report-nobody-left") } else { Msg::new("safety-report-still-waits") };
    let mut lines = vec![Msg::new("safety-report-news"), word];
    lines.extend(elsewhere(view.contact.as_deref(), view.country.clone()));
    decision.notify(Audience::Account(account), Content::from(lines))
}
