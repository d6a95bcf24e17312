//! `/mymonth`: one's own last thirty days in words, beside oneself only; no streaks, no marks.

use chrono::{NaiveDate, TimeDelta};

use super::{SCORE_MAX, SCORE_MIN, daily::face_text};
use crate::domain::{
    command::Command,
    decision::{Context, Decision, Outcome},
    message::{Button, Content, Msg},
    people::{Purpose, consent::Standing},
    scope::Scope,
};

/// So many days are looked at, and as many before them.
pub const DAYS: i64 = 30;

/// From so many answers on in both, the two times are compared.
const COMPARED_FROM: usize = 3;

/// What the store must load: the person's days and scores of the last 2 × [`DAYS`] days.
pub type Days = Vec<(NaiveDate, u8)>;

/// Says how the last thirty days went.
pub fn month(scope: &Scope, days: &Days, ctx: &Context) -> Outcome {
    let today = ctx.now.day(scope.zone);
    let (since, before) = (today - TimeDelta::days(DAYS - 1), today - TimeDelta::days(2 * DAYS - 1));
    let scores = |from: NaiveDate, to: NaiveDate| -> Vec<u8> {
        days.iter().filter(|(day, _)| *day >= from && *day < to).map(|(_, score)| *score).collect()
    };
    let (now, earlier) = (scores(since, today + TimeDelta::days(1)), scores(before, since));
    let withdrawn = scope.person.as_ref().is_some_and(|p| matches!(p.consents.standing(Purpose::Checkins), Standing::Withdrawn(_)));
    let no_more = || Msg::new("checkin-month-withdrawn").with("choices", Command::Choices);
    if now.is_empty() && withdrawn {
        return Ok(Decision::answer(vec![Msg::new("checkin-month").with("number", DAYS), Msg::new("checkin-month-none"), no_more()]));
    }
    if now.is_empty() {
        let check_in = Button::command(Msg::new("checkin-button-now"), Command::Checkin, "");
        return Ok(Decision::answer(Content::from(Msg::new("checkin-month-empty").with("number", DAYS)).buttons([check_in])));
    }
    let count = i64::try_from(now.len()).unwrap_or(DAYS);
    let mut lines = vec![Msg::new("checkin-month").with("number", DAYS), Msg::new("checkin-month-days").with("count", count)];
    lines.extend((SCORE_MIN..=SCORE_MAX).rev().filter_map(|score| {
        let times = now.iter().filter(|s| **s == score).count();
        let count = i64::try_from(times).ok().filter(|n| *n > 0)?;
        Some(Msg::new("checkin-month-face").with("what", face_text(score)).with("count", count))
    }));
    lines.extend(compared(&now, &earlier));
    lines.push(Msg::new("checkin-month-yours").with("sos", Command::Sos));
    lines.extend(withdrawn.then(no_more));
    Ok(Decision::answer(lines))
}

/// Beside the thirty days before, where both have enough answers.
fn compared(now: &[u8], earlier: &[u8]) -> Option<Msg> {
    if now.len() < COMPARED_FROM || earlier.len() < COMPARED_FROM {
        return None;
    }
    let mean = |scores: &[u8]| scores.iter().map(|s| f64::from(*s)).sum::<f64>() / scores.len().max(1) as f64;
    let change = mean(now) - mean(earlier);
    let said = if change >= 0.5 {
        Msg::new("checkin-month-better")
    } else if change <= -0.5 {
        Msg::new("checkin-month-harder")
    } else {
        Msg::new("checkin-month-same")
    };
    Some(said.with("number", DAYS))
}
