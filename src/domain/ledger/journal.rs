//! `/ledger`: what moved in the community, for its coordinators. Whom a gift reached is not in it, nor who booked, nor who
//! listens to whom, nor for whom solidarity paid: that is in the month's figures, as sums alone.

use super::{
    category::{self, KEYS as CATEGORY_KEYS},
    fund::canonical_name,
    refusals::here,
    rules::CreditRules,
};
use crate::domain::{
    command::Command,
    dates::Month,
    decision::{Decision, Outcome, Refusal},
    hear::Call,
    message::{Button, Cell, Content, Msg, PRESS_BYTES_MAX, Table, Value},
    scope::Scope,
    time::{Timestamp, Zone},
    words::{fold, whole_number},
};

/// Movements on one page.
pub const PAGE: usize = 10;

/// The most movements in one file.
pub const FILE_ROWS_MAX: usize = 5_000;

/// What was typed after `/ledger`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum JournalArgs {
    /// A page, or a file, of what the filter lets through.
    Movements {
        /// What is looked for.
        filter: Filter,
        /// The highest number on the page.
        from: Option<i64>,
        /// As a file.
        is_file: bool,
    },
    /// The figures of a month.
    Figures(Month),
}

/// What is looked for; everything where nothing is.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Filter {
    /// What touched this fund.
    pub fund: Option<String>,
    /// What came about in this month.
    pub month: Option<Month>,
    /// What was given out from a fund for this, in the community's list.
    pub category: Option<i64>,
}

/// One movement, as far as coordinators see it.
#[derive(Clone, PartialEq, Debug)]
pub struct Entry {
    /// The transfer's number.
    pub number: i64,
    /// When.
    pub at: Timestamp,
    /// How many.
    pub amount_credits: i64,
    /// What.
    pub what: What,
    /// What it was given out for, in the community's list. Of gifts it is between two people, and not here; nor is listening.
    pub category: Option<i64>,
}

/// What a movement was. A name that is `None` is that of somebody who is there no more.
#[derive(Clone, PartialEq, Debug)]
pub enum What {
    /// Brought to a fund.
    Issued(String),
    /// From a fund to a person.
    Granted(String, Option<String>),
    /// From a fund to somebody who is not there yet.
    GrantWaits(String),
    /// From a fund to solidarity.
    GrantToSolidarity(String),
    /// Back to a fund, because nobody came.
    CameBack(String),
    /// By a person, to whomever.
    Given(Option<String>),
    /// A reward from a fund to the host of a session.
    Rewarded(String, Option<String>, i64),
    /// A reward from a fund that waits for a decision: beyond what its host may earn in a month.
    RewardWaits(String, i64),
    /// The opposite of an earlier one.
    Corrected(i64),
    /// What a fund held when it was closed.
    Closed(String),
}

/// What the store knows of it: from the asked number down, newest first; [`PAGE`] and one more, or [`FILE_ROWS_MAX`] for a file.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct JournalView {
    /// In the order shown.
    pub entries: Vec<Entry>,
}

/// Reads `/ledger`, `/ledger csv`, `/ledger 42`, `/ledger fund:mairie june`, `/ledger figures june`, in any order.
pub fn parse_journal(call: &Call, scope: &Scope, now: Timestamp) -> Result<JournalArgs, Refusal> {
    let today = now.day(scope.zone);
    let (mut filter, mut from, mut is_file, mut figures) = (Filter::default(), None, false, false);
    let mut left: Vec<&str> = Vec::new();
    let mut words = call.words.iter().peekable();
    while let Some(word) = words.next() {
        let folded = fold(&word.text);
        let fund = folded.strip_prefix("fonds:").or_else(|| folded.strip_prefix("fund:"));
        if let Some(typed) = fund {
            let next = words.next_if(|next| typed.is_empty() && next.quoted);
            filter.fund = Some(canonical_name(next.map_or(typed, |next| &next.text)).ok_or_else(form)?);
        } else if let Some(typed) = CATEGORY_KEYS.iter().find_map(|key| folded.strip_prefix(key)) {
            let next = words.next_if(|next| typed.is_empty() && next.quoted);
            filter.category = category::chosen(scope, Some(next.map_or(typed, |next| &next.text)))?;
        } else if matches!(folded.as_str(), "csv" | ".csv") {
            is_file = true;
        } else if matches!(folded.as_str(), "chiffres" | "chiffre" | "figures" | "figure") {
            figures = true;
        } else if let Some(number) = whole_number(&word.text).ok().filter(|number| *number > 0 && !is_year(*number, &left)) {
            from = Some(number);
        } else {
            left.push(&word.text);
        }
    }
    if !left.is_empty() {
        filter.month = Some(Month::read(&left.join(" "), today).ok_or_else(form)?);
    }
    if figures {
        return Ok(JournalArgs::Figures(filter.month.unwrap_or_else(|| Month::of(today).previous())));
    }
    Ok(JournalArgs::Movements { filter, from, is_file })
}

/// After the name of a month a year belongs to it; anywhere else a number is a page's.
fn is_year(number: i64, before: &[&str]) -> bool {
    (2000..=9999).contains(&number) && before.last().is_some_and(|word| word.chars().all(char::is_alphabetic))
}

fn form() -> Refusal {
    let lines = vec![
        Msg::new("journal-form").with("command", Command::Ledger),
        Msg::new("journal-form-filter").with("command", Command::Ledger),
        Msg::new("journal-form-figures").with("command", Command::Ledger),
    ];
    Refusal::new(lines)
}

/// A page of the ledger.
pub fn journal(scope: &Scope, view: &JournalView, filter: &Filter, from: Option<i64>) -> Outcome {
    let rules = &here(scope)?.0.credits;
    let mut content = Content::from(Msg::new("journal-title"));
    if let Some(name) = &filter.fund {
        content = content.line(Msg::new("journal-of-fund").with("fund", rules.fund_name(name)));
    }
    if let Some(month) = filter.month {
        content = content.line(Msg::new("journal-of-month").with("of-month", Value::Month(month.first_day())));
    }
    content.lines.extend(category::line(rules, filter.category));
    if view.entries.is_empty() {
        content = content.line(if from.is_some() { Msg::new("credits-statement-no-older") } else { Msg::new("journal-nothing") });
    }
    content.lines.extend(view.entries.iter().take(PAGE).map(|entry| line(rules, entry, scope.zone)));
    content = content.line(Msg::new("journal-figures-apart"));
    let asks = |label: Msg, rest: String| {
        let button = Button::command(label, Command::Ledger, rest.trim().to_owned());
        (button.press.encode().len() <= PRESS_BYTES_MAX).then_some(button)
    };
    let older = view
        .entries
        .get(PAGE)
        .and_then(|next| asks(Msg::new("credits-button-older"), format!("{} {}", next.number, written(rules, filter))));
    let file = asks(Msg::new("credits-button-csv"), format!("csv {}", written(rules, filter)));
    let month = filter.month.map_or(String::new(), |month| month.written());
    let figures = asks(Msg::new("journal-button-figures"), format!("chiffres {month}"));
    Ok(Decision::answer(content.buttons(older).buttons(file).buttons(figures)))
}

/// The filter as it can be typed again.
fn written(rules: &CreditRules, filter: &Filter) -> String {
    let fund = filter.fund.as_ref().map(|name| if name.contains(' ') { format!("\"fonds:{name}\"") } else { format!("fonds:{name}") });
    let month = filter.month.map(|month| month.written());
    let word = filter.category.and_then(|number| rules.categories.word(number));
    let category = word.map(|word| if word.contains(' ') { format!("\"cat:{word}\"") } else { format!("cat:{word}") });
    fund.into_iter().chain(category).chain(month).collect::<Vec<_>>().join(" ")
}

fn line(rules: &CreditRules, entry: &Entry, zone: Zone) -> Msg {
    Msg::new("journal-line")
        .with("number", entry.number)
        .with("day", Value::Day(entry.at.day(zone)))
        .with("amount", entry.amount_credits)
        .with("what", label_for(rules, entry))
}

/// What moved, and what for.
fn label_for(rules: &CreditRules, entry: &Entry) -> Msg {
    category::behind(label(rules, &entry.what), rules, entry.category)
}

fn name(alias: Option<&String>) -> Value {
    alias.map_or_else(|| Msg::new("former-member").into(), |alias| alias.as_str().into())
}

fn label(rules: &CreditRules, what: &What) -> Msg {
    match what {
        What::Issued(fund) => Msg::new("journal-issued").with("fund", rules.fund_name(fund)),
        What::Granted(fund, to) => Msg::new("journal-granted").with("fund", rules.fund_name(fund)).with("name", name(to.as_ref())),
        What::GrantWaits(fund) => Msg::new("journal-grant-waits").with("fund", rules.fund_name(fund)),
        What::GrantToSolidarity(fund) => Msg::new("journal-to-solidarity").with("fund", rules.fund_name(fund)),
        What::CameBack(fund) => Msg::new("journal-came-back").with("fund", rules.fund_name(fund)),
        What::Given(from) => Msg::new("journal-given").with("name", name(from.as_ref())),
        What::Rewarded(fund, to, session) => {
            Msg::new("journal-rewarded").with("fund", rules.fund_name(fund)).with("name", name(to.as_ref())).with("number", *session)
        }
        What::RewardWaits(fund, session) => Msg::new("journal-reward-waits").with("fund", rules.fund_name(fund)).with("number", *session),
        What::Corrected(number) => Msg::new("journal-corrected").with("number", *number),
        What::Closed(fund) => Msg::new("journal-closed").with("fund", rules.fund_name(fund)),
    }
}

/// The same as a file.
pub fn journal_csv(scope: &Scope, view: &JournalView) -> Outcome {
    let rules = &here(scope)?.0.credits;
    let columns = [
        Msg::new("credits-csv-number"),
        Msg::new("credits-csv-time"),
        Msg::new("credits-csv-amount"),
        Msg::new("credits-csv-what"),
        Msg::new("journal-csv-fund"),
        Msg::new("journal-csv-name"),
    ];
    let mut rows = vec![columns.map(Cell::Words).to_vec()];
    rows.extend(view.entries.iter().take(FILE_ROWS_MAX).map(|entry| row(rules, entry, scope.zone)));
    let table = Table { name: format!("{}.csv", Command::Ledger.word(&scope.language)), rows };
    Ok(Decision::answer(Content { table: Some(table), ..Content::from(Msg::new("journal-file")) }))
}

fn row(rules: &CreditRules, entry: &Entry, zone: Zone) -> Vec<Cell> {
    let words = |value: Value| match value {
        Value::Msg(msg) => Cell::Words(*msg),
        Value::Text(text) => Cell::Text(text),
        _ => Cell::Empty,
    };
    let (fund, alias) = match &entry.what {
        What::Granted(fund, alias) | What::Rewarded(fund, alias, _) => (Some(fund), Some(name(alias.as_ref()))),
        What::Given(alias) => (None, Some(name(alias.as_ref()))),
        What::RewardWaits(fund, _)
        | What::Issued(fund)
        | What::GrantWaits(fund)
        | What::GrantToSolidarity(fund)
        | What::CameBack(fund)
        | What::Closed(fund) => (Some(fund), None),
        What::Corrected(_) => (None, None),
    };
    vec![
        Cell::Number(entry.number),
        Cell::Text(entry.at.wall(zone).format("%Y-%m-%d %H:%M").to_string()),
        Cell::Number(entry.amount_credits),
        Cell::Words(label_for(rules, entry)),
        fund.map_or(Cell::Empty, |fund| words(rules.fund_name(fund))),
        alias.map_or(Cell::Empty, words),
    ]
}
