//! `/credits`: what is free, what is set aside, what is booked next; never what anything cost.

use super::refusals::here;
use crate::domain::{
    command::Command,
    decision::{Decision, Outcome},
    message::{Button, Content, Msg, Value},
    scope::{Community, Role, Scope},
    time::Timestamp,
};

/// What the store knows of a person's credits.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct CreditsView {
    /// What the account holds.
    pub balance_credits: i64,
    /// What the person paid themself into the escrows of sessions that are not settled; solidarity's part does not count.
    pub set_aside_credits: i64,
    /// Something ever moved on the account.
    pub moved: bool,
    /// The next few bookings, soonest first.
    pub next: Vec<NextBooking>,
}

/// A booking to come.
#[derive(Clone, PartialEq, Debug)]
pub struct NextBooking {
    /// The session's number.
    pub number: i64,
    /// Its title.
    pub title: String,
    /// When it starts.
    pub at: Timestamp,
}

/// What somebody can spend without falling below the floor of their community; never less than nothing.
pub fn free_credits(balance_credits: i64, floor_credits: i64) -> i64 {
    balance_credits.saturating_sub(floor_credits).max(0)
}

/// Shows somebody their credits.
pub fn credits(scope: &Scope, view: &CreditsView) -> Outcome {
    let (community, _) = here(scope)?;
    let free = free_credits(view.balance_credits, community.floor_credits);
    let mut content = Content::from(Msg::new("credits-title"));
    if view.moved || free > 0 || view.set_aside_credits > 0 {
        content = content.line(Msg::new("credits-free").with("free", free));
    } else {
        content = content.line(Msg::new("credits-nothing-yet"));
    }
    if view.balance_credits < 0 {
        let debt = view.balance_credits.saturating_neg();
        content = content.line(Msg::new("credits-below-zero").with("amount", debt));
    }
    if view.set_aside_credits > 0 {
        content = content.line(Msg::new("credits-set-aside").with("amount", view.set_aside_credits));
    }
    if free == 0 {
        content = content.line(Msg::new("credits-nobody-refused"));
    }
    if !view.next.is_empty() {
        content = content.line(Msg::new("credits-next"));
        content.lines.extend(view.next.iter().map(next_line));
    }
    content.lines.extend(limits(scope, community));
    let statement = view.moved.then(|| Button::command(Msg::new("credits-button-statement"), Command::Statement, ""));
    let agenda = Button::command(Msg::new("credits-button-agenda"), Command::Agenda, "");
    Ok(Decision::answer(content.buttons(statement).buttons([agenda])))
}

/// What limits hold here; only staff host, so only they read theirs.
fn limits(scope: &Scope, community: &Community) -> Vec<Msg> {
    let rules = &community.credits;
    let day = rules.gifts_day_max.map(|most| Msg::new("rules-limit-day").with("count", most));
    let reserve = (rules.reserve_credits > 0).then(|| Msg::new("rules-limit-reserve").with("amount", rules.reserve_credits));
    let month = rules.received_month_credits.map(|most| Msg::new("rules-limit-received").with("amount", most));
    let hosts = scope.role() >= Some(Role::Facilitator);
    let host = hosts.then(|| Msg::new("rules-limit-host").with("amount", rules.host_month()));
    [day, reserve, month, host].into_iter().flatten().collect()
}

fn next_line(booking: &NextBooking) -> Msg {
    Msg::new("credits-next-line")
        .with("number", booking.number)
        .with("title", booking.title.as_str())
        .with("when", Value::Moment(booking.at))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        decision::Audience,
        ledger::tests::{NOW, said, scope, shown},
    };

    fn check(floor: i64, view: &CreditsView, expected: &str) {
        let mut scope = scope(2);
        scope.community.as_mut().unwrap().floor_credits = floor;
        let decision = credits(&scope, view).unwrap();
        assert!(decision.changes.is_empty());
        assert_eq!(shown(&said(&decision, Audience::Asker)[0]), expected, "{view:?}");
    }

    #[test]
    fn balances_in_words() {
        let view = |balance, aside, moved| CreditsView { balance_credits: balance, set_aside_credits: aside, moved, next: vec![] };
        check(0, &view(0, 0, false), "title | nothing-yet | nobody-refused");
        check(0, &view(0, 0, true), "title | free(0) | nobody-refused");
        check(0, &view(7, 0, true), "title | free(7)");
        check(0, &view(7, 2, true), "title | free(7) | set-aside(2)");
        check(-5, &view(-2, 0, true), "title | free(3) | below-zero(2)");
        check(-5, &view(-5, 1, true), "title | free(0) | below-zero(5) | set-aside(1) | nobody-refused");
        check(-5, &view(0, 0, false), "title | free(5)");
        check(2, &view(1, 0, true), "title | free(0) | nobody-refused");
        check(i64::MIN, &view(i64::MAX, 0, true), &format!("title | free({})", i64::MAX));
        check(i64::MAX, &view(i64::MIN, 0, true), &format!("title | free(0) | below-zero({}) | nobody-refused", i64::MAX));
    }

    #[test]
    fn the_next_bookings_bear_number_title_and_time_but_no_price() {
        let next = vec![NextBooking { number: 12, title: "Cercle".into(), at: NOW }];
        let expected = format!("title | free(4) | next | next-line(12, Cercle, Moment({NOW:?}))");
        check(0, &CreditsView { balance_credits: 4, moved: true, next, ..CreditsView::default() }, &expected);
    }
}
