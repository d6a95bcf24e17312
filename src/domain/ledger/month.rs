//! `/statement june`: a month of one's own movements, between what was there before it and what was there after; they add up.

use super::{
    CreditsView, free_credits,
    refusals::here,
    rules::CreditRules,
    statement::{FILE_ROWS_MAX, Movement, Side},
    statement_csv::{self, moved},
    statement_lines::{day_and, what},
};
use crate::domain::{
    command::Command,
    dates::Month,
    decision::{Context, Decision, Outcome, Refusal},
    message::{Button, Cell, Content, Msg, Table, Value},
    scope::Scope,
};

/// So many movements stand on a page; of more the file has all.
const LINES_MAX: usize = 25;

/// What the store knows of a month.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct MonthView {
    /// What the account held before it.
    pub opening_credits: i64,
    /// What it held after it, or holds now.
    pub closing_credits: i64,
    /// The oldest first; one more than a file has is enough.
    pub movements: Vec<Movement>,
    /// Something moved before it.
    pub has_earlier: bool,
    /// What stands now; for the month that is.
    pub now: Option<CreditsView>,
}

/// Shows a month, or gives it as a file.
pub fn month(scope: &Scope, view: &MonthView, month: Month, is_file: bool, ctx: &Context) -> Outcome {
    let (community, _) = here(scope)?;
    let today = Month::of(ctx.now.day(scope.zone));
    if month > today {
        let not_yet = Msg::new("statement-month-to-come").with("of-month", Value::Month(month.first_day()));
        return Err(Refusal::new(Content::from(not_yet).buttons([open(Msg::new("statement-button-this-month"), today)])));
    }
    if is_file {
        return Ok(file(scope, &community.credits, view, month));
    }
    let of_month = Value::Month(month.first_day());
    let mut content = Content::from(Msg::new("credits-statement-title"));
    content = content.line(Msg::new("statement-month-opening").with("of-month", of_month.clone()).with("amount", view.opening_credits));
    if view.movements.is_empty() {
        content = content.line(Msg::new("statement-month-nothing"));
    }
    let shown = view.movements.len().min(LINES_MAX);
    content.lines.extend(view.movements[..shown].iter().map(|movement| day_and(what(&community.credits, movement), movement, scope.zone)));
    let more = i64::try_from(view.movements.len() - shown).unwrap_or(i64::MAX);
    if more > 0 {
        content = content.line(Msg::new("statement-month-more").with("count", more));
    }
    let closing = match view.now {
        Some(_) => Msg::new("statement-month-today"),
        None => Msg::new("statement-month-closing").with("of-month", of_month),
    };
    content = content.line(closing.with("amount", view.closing_credits));
    if let Some(now) = &view.now {
        let free = free_credits(now.balance_credits, community.floor_credits);
        content = content.line(Msg::new("credits-free").with("free", free));
        if now.set_aside_credits > 0 {
            content = content.line(Msg::new("credits-set-aside").with("amount", now.set_aside_credits));
        }
    }
    let button = |label: Msg, month: Month| open(label.with("of-month", Value::Month(month.first_day())), month);
    let earlier = view.has_earlier.then(|| button(Msg::new("statement-button-month"), month.previous()));
    let later = (month < today).then(|| button(Msg::new("statement-button-month"), month.next()));
    let file = Button::command(Msg::new("credits-button-csv"), Command::Statement, format!("{} csv", month.written()));
    Ok(Decision::answer(content.buttons(earlier).buttons(later).buttons([file])))
}

fn open(label: Msg, month: Month) -> Button {
    Button::command(label, Command::Statement, month.written())
}

/// The month with what stood after each movement.
fn file(scope: &Scope, rules: &CreditRules, view: &MonthView, month: Month) -> Decision {
    let [number, time, amount, what, reason] = statement_csv::columns().map(Cell::Words);
    let mut rows = vec![vec![number, time, amount, Cell::Words(Msg::new("statement-csv-balance")), what, reason]];
    let edge =
        |day: Cell, balance: i64, what: Msg| vec![Cell::Empty, day, Cell::Empty, Cell::Number(balance), Cell::Words(what), Cell::Empty];
    let first = Cell::Text(month.first_day().format("%Y-%m-%d").to_string());
    rows.push(edge(first, view.opening_credits, Msg::new("statement-csv-opening")));
    let mut balance = view.opening_credits;
    for movement in view.movements.iter().take(FILE_ROWS_MAX) {
        balance = balance.saturating_add(signed(movement));
        let mut row = moved(rules, movement, scope.zone);
        row.insert(3, Cell::Number(balance));
        rows.push(row);
    }
    rows.push(edge(Cell::Empty, view.closing_credits, Msg::new("statement-csv-closing")));
    let table = Table { name: format!("{}-{}.csv", Command::Statement.word(&scope.language), month.written()), rows };
    Decision::answer(Content { table: Some(table), ..Content::from(Msg::new("credits-statement-file")) })
}

/// What a movement did to the account.
pub fn signed(movement: &Movement) -> i64 {
    match movement.side {
        Side::Out => movement.amount_credits.saturating_neg(),
        Side::In => movement.amount_credits,
        Side::Covered => 0,
    }
}
