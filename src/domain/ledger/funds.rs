//! `/fund`: what each fund holds and may still give; budgets; closing a fund and opening it again.

use super::{
    AMOUNT_MAX, Change, FundView, Kind, Party, Pen, SOLIDARITY_FUND,
    fund::{canonical_name, is_built_in, written_name},
    refusals::here,
    rules::CreditRules,
};
use crate::domain::{
    command::Command,
    decision::{Context, Decision, Outcome, Refusal},
    hear::Call,
    message::{Button, Content, Msg, PRESS_BYTES_MAX, Value},
    people::{self, CommunitySetting},
    scope::Scope,
    words::{NumberFault, fold, whole_number},
};

/// The largest budget, in credits.
pub const BUDGET_MAX: i64 = 1_000_000_000;

/// So many uses in a month are needed before the month's figure is shown.
pub const USES_MIN: i64 = 5;

/// What was typed after `/fund`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum FundArgs {
    /// All funds.
    All,
    /// One of them.
    One(String),
    /// What may be issued to it in all, `None` lifts the limit; and its name as it was written.
    Budget(String, Option<i64>, String),
    /// What it holds goes back, and nothing is taken from it any more.
    Close(String),
    /// It can be drawn on again.
    Reopen(String),
}

impl FundArgs {
    /// The fund that is named.
    pub fn name(&self) -> Option<&str> {
        match self {
            Self::All => None,
            Self::One(name) | Self::Budget(name, ..) | Self::Close(name) | Self::Reopen(name) => Some(name),
        }
    }
}

/// What the store knows of it.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct FundsView {
    /// The fund that was named, or all that the ledger has, in the order of their names.
    pub funds: Vec<(String, FundView)>,
    /// What solidarity paid in each closed month, newest first; only months with [`USES_MIN`] uses and more.
    pub solidarity_months: Vec<MonthUse>,
    /// The number of the next transfer.
    pub next_number: i64,
}

/// What a fund paid in one month.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct MonthUse {
    /// The first day of the month.
    pub month: chrono::NaiveDate,
    /// In all.
    pub credits: i64,
}

enum Last {
    Budget(Option<i64>),
    Close,
    Reopen,
    BadNumber,
    Name,
}

/// Reads `/fund`, `/fund mairie`, `/fund mairie 500`, `/fund "ville de Lyon" unlimited | close | reopen`.
pub fn parse_fund(call: &Call) -> Result<FundArgs, Refusal> {
    let Some((last, before)) = call.words.split_last() else { return Ok(FundArgs::All) };
    let what = if before.is_empty() || last.quoted { Last::Name } else { read_last(&last.text) };
    let words = if matches!(what, Last::Name) { call.words.as_slice() } else { before };
    let typed = words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ");
    let Some(name) = canonical_name(&typed) else { return Err(form("mairie")) };
    match what {
        Last::Budget(credits) => Ok(FundArgs::Budget(name, credits, written_name(&typed))),
        Last::Close => Ok(FundArgs::Close(name)),
        Last::Reopen => Ok(FundArgs::Reopen(name)),
        Last::BadNumber => {
            let range = Msg::new("ledger-budget-range").with("total", BUDGET_MAX);
            Err(Refusal::new(vec![range, form_line(&name)]))
        }
        Last::Name => Ok(FundArgs::One(name)),
    }
}

fn read_last(typed: &str) -> Last {
    match whole_number(typed) {
        Ok(credits) if (0..=BUDGET_MAX).contains(&credits) => return Last::Budget(Some(credits)),
        Ok(_) | Err(NumberFault::Negative | NumberFault::TooLarge | NumberFault::NotWhole) => return Last::BadNumber,
        Err(NumberFault::NotANumber) => {}
    }
    match fold(typed).as_str() {
        "illimite" | "sans-limite" | "unlimited" | "nolimit" | "no-limit" => Last::Budget(None),
        "fermer" | "ferme" | "close" | "closed" => Last::Close,
        "rouvrir" | "ouvrir" | "reopen" | "open" => Last::Reopen,
        _ => Last::Name,
    }
}

fn form_line(name: &str) -> Msg {
    let name = if name.contains(' ') { format!("\"{name}\"") } else { name.to_owned() };
    Msg::new("ledger-fund-form").with("command", Command::Fund).with("name", name)
}

fn form(name: &str) -> Refusal {
    Refusal::new(vec![Msg::new("ledger-fund-which"), form_line(name)])
}

/// Shows funds, or changes one.
pub fn funds(scope: &Scope, view: &FundsView, args: &FundArgs, ctx: &mut Context) -> Outcome {
    let (community, _) = here(scope)?;
    let rules = &community.credits;
    let known = view.funds.first().map(|(_, fund)| *fund);
    match args {
        FundArgs::All => Ok(Decision::answer(all(rules, view))),
        FundArgs::One(name) => one(rules, name, known, view),
        FundArgs::Budget(name, credits, written) => budget(scope, (name, Some(written)), known, *credits),
        FundArgs::Close(name) => close(scope, name, known, view, ctx),
        FundArgs::Reopen(name) => reopen(scope, name, known),
    }
}

fn all(rules: &CreditRules, view: &FundsView) -> Content {
    let mut content = Content::from(Msg::new("ledger-funds-title"));
    if view.funds.is_empty() {
        content = content.line(Msg::new("ledger-funds-none").with("command", Command::Issue));
    }
    content.lines.extend(view.funds.iter().map(|(name, fund)| line(rules, name, fund)));
    content.lines.extend(months(view));
    content = content.line(form_line("mairie"));
    let button = |name: &String| {
        let button = Button::command(Msg::new("ledger-button-fund").with("fund", rules.fund_name(name)), Command::Fund, quoted(name));
        (button.press.encode().len() <= PRESS_BYTES_MAX).then_some(button)
    };
    let buttons = view.funds.iter().filter_map(|(name, _)| button(name)).take(8);
    content.buttons(buttons)
}

/// What solidarity paid in closed months: totals alone, never for whom.
fn months(view: &FundsView) -> Vec<Msg> {
    let line = |month: &MonthUse| Msg::new("ledger-solidarity-month").with("day", Value::Day(month.month)).with("amount", month.credits);
    view.solidarity_months.iter().map(line).collect()
}

fn quoted(name: &str) -> String {
    if name.contains(' ') { format!("\"{name}\"") } else { name.to_owned() }
}

fn line(rules: &CreditRules, name: &str, fund: &FundView) -> Msg {
    let named = match (fund.is_closed, fund.budget_credits) {
        (true, _) => Msg::new("ledger-fund-line-closed"),
        (false, Some(budget)) => Msg::new("ledger-fund-line-budget").with("total", budget).with("free", fund.left_credits()),
        (false, None) => Msg::new("ledger-fund-line"),
    };
    named.with("fund", rules.fund_name(name)).with("amount", fund.balance_credits).with("count", fund.issued_credits)
}

fn one(rules: &CreditRules, name: &str, known: Option<FundView>, view: &FundsView) -> Outcome {
    let Some(fund) = known.or_else(|| is_built_in(name).then(FundView::default)) else { return Err(unknown(name)) };
    let mut lines = vec![Msg::new("ledger-fund-title"), line(rules, name, &fund)];
    if name == SOLIDARITY_FUND {
        lines.extend(months(view));
    }
    lines.push(form_line(name));
    let close = (!is_built_in(name) && !fund.is_closed)
        .then(|| Button::command(Msg::new("ledger-button-close"), Command::Fund, format!("{} fermer", quoted(name))));
    let reopen =
        fund.is_closed.then(|| Button::command(Msg::new("ledger-button-reopen"), Command::Fund, format!("{} rouvrir", quoted(name))));
    let fits = |button: &Button| button.press.encode().len() <= PRESS_BYTES_MAX;
    Ok(Decision::answer(Content::from(lines).buttons(close.filter(fits)).buttons(reopen.filter(fits))))
}

fn unknown(name: &str) -> Refusal {
    let content = Content::from(vec![Msg::new("ledger-fund-unknown").with("fund", name), form_line(name)]);
    Refusal::new(content.buttons([Button::command(Msg::new("ledger-button-funds"), Command::Fund, "")]))
}

/// Sets the budget; a fund that was not there begins with it, a closed one opens again.
fn budget(scope: &Scope, (name, written): (&str, Option<&str>), known: Option<FundView>, credits: Option<i64>) -> Outcome {
    let (community, _) = here(scope)?;
    let mut rules = community.credits.clone();
    if name == SOLIDARITY_FUND && credits.is_some() {
        // A limit would be passed as soon as somebody books who has too little.
        return Err(Refusal::new(Msg::new("ledger-solidarity-no-budget")));
    }
    let fund = known.unwrap_or_default();
    if let Some(credits) = credits.filter(|credits| *credits < fund.issued_credits) {
        let spent =
            Msg::new("ledger-budget-spent").with("fund", rules.fund_name(name)).with("amount", fund.issued_credits).with("total", credits);
        return Err(Refusal::new(vec![Msg::new("credits-not-now"), spent]));
    }
    let change = Change::Budget { community: community.id, fund: name.to_owned(), budget_credits: credits, is_closed: false };
    let after = FundView { budget_credits: credits, is_closed: false, ..fund };
    let done = if known.is_none() && !is_built_in(name) { Msg::new("ledger-fund-made") } else { Msg::new("credits-done") };
    let mut decision = Decision::nothing().change(change);
    let renamed = written.filter(|written| !is_built_in(name) && rules.fund_names.get(name).map_or(name, String::as_str) != *written);
    if let Some(written) = renamed {
        rules.fund_names.insert(name.to_owned(), written.to_owned());
        let setting = CommunitySetting::FundName(name.to_owned(), written.to_owned());
        decision = decision.change(people::Change::Community(community.id, setting));
    }
    Ok(decision.and(Decision::answer(vec![done, line(&rules, name, &after)])))
}

/// What the fund still holds goes back to where credits come from.
fn close(scope: &Scope, name: &str, known: Option<FundView>, view: &FundsView, ctx: &mut Context) -> Outcome {
    let (community, coordinator) = here(scope)?;
    if is_built_in(name) {
        return Err(Refusal::new(Msg::new("ledger-fund-built-in").with("fund", community.credits.fund_name(name))));
    }
    let Some(fund) = known else { return Err(unknown(name)) };
    if fund.is_closed {
        return Err(Refusal::new(
            Msg::new("ledger-fund-closed")
                .with("fund", community.credits.fund_name(name))
                .with("command", Command::Fund)
                .with("name", quoted(name)),
        ));
    }
    let mut pen = Pen::new(community.id, view.next_number);
    let (mut decision, mut left) = (Decision::nothing(), fund.balance_credits.max(0));
    while left > 0 {
        let amount = left.min(AMOUNT_MAX);
        let back = pen.transfer(ctx, Party::Fund(name.to_owned()), Party::Issuance, amount, Kind::Closing).by(coordinator.id);
        decision = decision.change(Change::Transfer(back));
        left -= amount;
    }
    let change = Change::Budget { community: community.id, fund: name.to_owned(), budget_credits: fund.budget_credits, is_closed: true };
    let done =
        Msg::new("ledger-fund-is-closed").with("fund", community.credits.fund_name(name)).with("amount", fund.balance_credits.max(0));
    Ok(decision.change(change).and(Decision::answer(vec![Msg::new("credits-done"), done])))
}

fn reopen(scope: &Scope, name: &str, known: Option<FundView>) -> Outcome {
    match known {
        Some(fund) if fund.is_closed => budget(scope, (name, None), known, fund.budget_credits),
        Some(fund) => {
            let (community, _) = here(scope)?;
            Ok(Decision::answer(vec![Msg::new("ledger-fund-title"), line(&community.credits, name, &fund)]))
        }
        None => Err(unknown(name)),
    }
}
