//! How long things are kept: a community's own times within bounds, a person's longer one for scores, and accounts that are still.

use chrono::TimeDelta;

use super::{Change, erase::EraseView, erase::erased_silently};
use crate::domain::{
    command::Command,
    decision::{Audience, Context, Decision, Manner, Outcome, Refusal},
    hear::Call,
    ids::AccountId,
    message::{Button, Content, Msg, Value},
    scope::{Community, Person, Scope},
    time::Timestamp,
    words::{clean_name, fold, whole_number},
};

/// How long a community may keep notes, in days.
pub const NOTE_DAYS: (i64, i64) = (30, 90);
/// How long a community may keep scores, and bookings, in months.
pub const MONTHS: (i64, i64) = (3, 12);
/// How long a person may have their own scores kept, in months.
pub const KEPT_LONGER_MONTHS: [i64; 2] = [24, 36];
/// An account that is not used for so many days goes.
pub const STILL_DAYS: i64 = 730;
/// So many days after it was told.
pub const WARNING_DAYS: i64 = 30;

/// How long a community keeps things.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Retention {
    /// Notes of check-ins, in days.
    pub note_days: i64,
    /// Scores of check-ins, in months.
    pub score_months: i64,
    /// Bookings of sessions that are over, in months.
    pub booking_months: i64,
}

impl Default for Retention {
    fn default() -> Self {
        Self { note_days: NOTE_DAYS.1, score_months: MONTHS.1, booking_months: MONTHS.1 }
    }
}

/// So many months in days: twelve are a year.
pub fn days_of(months: i64) -> i64 {
    months.saturating_mul(365) / 12
}

/// Whether `/settings` was asked for one of these.
pub fn is_meant(call: &Call) -> bool {
    call.words.first().is_some_and(|word| is_community(&fold(&word.text)) || is_own(&fold(&word.text)))
}

fn is_community(folded: &str) -> bool {
    matches!(folded, "conservation" | "retention")
}

fn is_own(folded: &str) -> bool {
    matches!(folded, "garder" | "keep")
}

/// What the store must load.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct RetentionView {
    /// The community's times.
    pub community: Retention,
    /// The person's own for scores, where they chose one.
    pub kept_months: Option<i64>,
}

/// `/settings retention …` of a coordinator, `/settings keep …` of anybody.
pub fn settings(scope: &Scope, call: &Call, view: &RetentionView) -> Outcome {
    let (Some(community), Some(person)) = (&scope.community, &scope.person) else { return Err(Msg::new("no-group").into()) };
    let own = call.words.first().is_some_and(|word| is_own(&fold(&word.text)));
    if own { keep(call, view, person) } else { retention(call, &view.community, community, person) }
}

fn retention(call: &Call, now: &Retention, community: &Community, person: &Person) -> Outcome {
    if !person.coordinator {
        return Err(Msg::new("not-allowed-coordinator").with("menu", Command::Menu).into());
    }
    let Some(word) = call.words.get(1) else { return Ok(Decision::answer(shown(now))) };
    let typed = call.rest_from(2);
    let (next, said) = match fold(&word.text).as_str() {
        "notes" | "note" => {
            let days = within(typed, NOTE_DAYS, Msg::new("data-retention-notes-bounds"))?;
            (Retention { note_days: days, ..*now }, Msg::new("data-retention-notes-set").with("days", days))
        }
        "bilans" | "bilan" | "scores" | "score" | "checkins" | "check-ins" => {
            let months = within(typed, MONTHS, Msg::new("data-retention-scores-bounds"))?;
            (Retention { score_months: months, ..*now }, Msg::new("data-retention-scores-set").with("months", months))
        }
        "reservations" | "reservation" | "bookings" | "booking" => {
            let months = within(typed, MONTHS, Msg::new("data-retention-bookings-bounds"))?;
            (Retention { booking_months: months, ..*now }, Msg::new("data-retention-bookings-set").with("months", months))
        }
        _ => {
            return Err(Refusal::new(Content::from(vec![
                Msg::new("data-not-understood"),
                Msg::new("data-retention-unknown").with("typed", clean_name(&word.text)),
                how(),
            ])));
        }
    };
    Ok(Decision::answer(vec![Msg::new("data-done"), said, Msg::new("data-retention-soon")]).change(Change::Retention(community.id, next)))
}

fn shown(now: &Retention) -> Content {
    Content::from(vec![
        Msg::new("data-retention"),
        Msg::new("data-retention-notes").with("days", now.note_days),
        Msg::new("data-retention-scores").with("months", now.score_months),
        Msg::new("data-retention-bookings").with("months", now.booking_months),
        Msg::new("data-retention-still"),
        how(),
    ])
}

fn how() -> Msg {
    Msg::new("data-retention-how").with("settings", Command::Settings)
}

fn within(typed: &str, (least, most): (i64, i64), bounds: Msg) -> Result<i64, Refusal> {
    let number = typed.split_whitespace().next().unwrap_or_default();
    let read = whole_number(number).ok().filter(|n| (least..=most).contains(n));
    read.ok_or_else(|| Refusal::new(vec![Msg::new("data-not-understood"), bounds.with("settings", Command::Settings)]))
}

fn keep(call: &Call, view: &RetentionView, person: &Person) -> Outcome {
    let typed = call.rest_from(1);
    let now = view.kept_months.unwrap_or(view.community.score_months);
    if typed.is_empty() {
        let lines = vec![Msg::new("data-keep-title"), Msg::new("data-keep").with("months", now), Msg::new("data-keep-ask")];
        return Ok(Decision::answer(Content::from(lines).buttons(keep_buttons(&view.community))));
    }
    let months = whole_number(typed.split_whitespace().next().unwrap_or_default()).ok();
    let chosen = match months {
        Some(months) if KEPT_LONGER_MONTHS.contains(&months) => Some(months),
        Some(months) if months <= view.community.score_months => None,
        _ => return Err(Refusal::new(Content::from(Msg::new("data-keep-bounds")).buttons(keep_buttons(&view.community)))),
    };
    let said = Msg::new("data-keep-set").with("months", chosen.unwrap_or(view.community.score_months));
    Ok(Decision::answer(vec![Msg::new("data-done"), said]).change(Change::KeepScores(person.id, chosen)))
}

fn keep_buttons(community: &Retention) -> Vec<Button> {
    let button =
        |months: i64| Button::command(Msg::new("data-button-months").with("months", months), Command::Settings, format!("garder {months}"));
    std::iter::once(community.score_months).chain(KEPT_LONGER_MONTHS).map(button).collect()
}

/// An account that was found to be still.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Still {
    /// Which.
    pub account: AccountId,
    /// When it was last used.
    pub used: Timestamp,
    /// When it was told.
    pub warned: Option<Timestamp>,
    /// It alone coordinates a group in which others are.
    pub last_coordinator: bool,
}

impl Still {
    /// It has been told since it was last used.
    fn was_warned(&self) -> Option<Timestamp> {
        self.warned.filter(|warned| *warned >= self.used)
    }

    /// Its time is over.
    pub fn goes(&self, now: Timestamp) -> bool {
        let told = self.was_warned().is_some_and(|warned| now.since(warned) >= TimeDelta::days(WARNING_DAYS));
        told && now.since(self.used) >= TimeDelta::days(STILL_DAYS) && !self.last_coordinator
    }
}

/// Tells an account that it goes, or lets it go. Who alone coordinates a group stays, because the group would have nobody.
pub fn long_still(still: &Still, view: &EraseView, ctx: &mut Context) -> Decision {
    let warn_from = TimeDelta::days(STILL_DAYS - WARNING_DAYS);
    if still.goes(ctx.now) {
        return erased_silently(view, ctx);
    }
    if still.last_coordinator || still.was_warned().is_some() || ctx.now.since(still.used) < warn_from {
        return Decision::nothing();
    }
    let day = ctx.now.plus(TimeDelta::days(WARNING_DAYS + 1)).utc().date_naive();
    let content = Content::from(vec![
        Msg::new("data-still"),
        Msg::new("data-still-day").with("day", Value::Day(day)),
        Msg::new("data-still-stay").with("menu", Command::Menu),
        Msg::new("data-still-copy").with("mydata", Command::MyData),
    ]);
    let content = content.buttons([
        Button::command(Msg::new("data-button-stay"), Command::Menu, ""),
        Button::command(Msg::new("data-button-copy"), Command::MyData, ""),
    ]);
    Decision::nothing().change(Change::Warned { account: still.account, at: ctx.now }).say(
        Audience::Account(still.account),
        content,
        Manner::Notice,
    )
}
