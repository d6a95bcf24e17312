//! `/issue`: a coordinator brings credits to people, from a fund, for a reason that is written down.

use serde::{Deserialize, Serialize};

use super::{
    Action, Change, FundView, GENERAL_FUND, Kind, Party, Pen, SOLIDARITY_FUND, Target, TargetPerson, Transfer, category, draw, fund,
    give::shown_name,
    reading::{Reading, read},
    received,
    refusals::{self, here},
    rules::CreditRules,
    waiting::{self, WaitingGift, Whom},
};
use crate::domain::{
    command::Command,
    decision::{Audience, Context, Decision, Outcome, Refusal},
    hear::{Call, Named},
    ids::CommunityId,
    message::{Button, Content, Msg, Value},
    people::{self, CommunitySetting},
    question::{self, Action as AnyAction},
    scope::{Person, Scope},
    words::fold,
};

/// The most people that one command reaches.
pub const RECEIVERS_MAX: usize = 1_000;

/// What was typed after `/issue`.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct IssueArgs {
    /// To whom.
    pub to: Receivers,
    /// How many to each.
    pub amount_credits: i64,
    /// The fund's name as the ledger knows it.
    pub fund: String,
    /// And as it was written.
    #[serde(default)]
    pub fund_written: String,
    /// In one line.
    pub reason: String,
    /// The category's word as it was typed.
    #[serde(default)]
    pub category: Option<String>,
}

/// To whom credits are issued.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub enum Receivers {
    /// Every other present person of the community.
    Everyone,
    /// These, each name once.
    Named(Vec<Named>),
    /// The solidarity fund.
    Solidarity,
    /// Those who are marked as having come to the session of this number.
    Attendees(i64),
}

/// The session whose attendees are meant, as far as it may be told. Of listening nothing is told: it is none.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Attended {
    /// There is none of that number.
    #[default]
    None,
    /// Nobody has said yet who came.
    NotMarked,
    /// It is known who came.
    Marked,
}

/// What the store knows of it.
#[derive(Clone, PartialEq, Debug)]
pub struct IssueView {
    /// For [`Receivers::Named`] one for each, in their order; for [`Receivers::Everyone`] every present person;
    /// for [`Receivers::Attendees`] the present ones among them.
    pub targets: Vec<Target>,
    /// For [`Receivers::Attendees`].
    pub attended: Attended,
    /// The fund; `None` where the ledger does not have it.
    pub fund: Option<FundView>,
    /// The names of all funds that the ledger has.
    pub funds: Vec<String>,
    /// The number of the next transfer.
    pub next_number: i64,
}

/// Reads `/issue @Sam 5 [fund:name] reason`.
pub fn parse_issue(call: &Call) -> Result<IssueArgs, Refusal> {
    let reading = read(call, true);
    let to = receivers(&reading)?;
    let amount_credits = refusals::amount(Command::Issue, &reading)?;
    refusals::reason_fits(&reading)?;
    let Some(reason) = reading.reason.clone() else {
        return Err(refusals::refuse(Msg::new("credits-reason-missing"), Command::Issue, &reading));
    };
    Ok(IssueArgs {
        to,
        amount_credits,
        fund_written: reading.fund_written.clone(),
        category: reading.category.clone().filter(|word| !word.is_empty()),
        fund: reading.fund.clone().unwrap_or_else(|| GENERAL_FUND.to_owned()),
        reason,
    })
}

fn receivers(reading: &Reading) -> Result<Receivers, Refusal> {
    if let Some(number) = reading.session {
        let alone = reading.people.is_empty() && reading.everyone.is_none();
        return if alone {
            Ok(Receivers::Attendees(number))
        } else {
            Err(Refusal::new(vec![Msg::new("credits-not-now"), Msg::new("attendees-or-names").with("command", Command::Issue)]))
        };
    }
    if reading.everyone.is_some() && reading.people.is_empty() {
        return Ok(Receivers::Everyone);
    }
    if let ([one], None) = (reading.people.as_slice(), &reading.everyone)
        && one.is_solidarity()
    {
        return Ok(Receivers::Solidarity);
    }
    if reading.everyone.is_some() {
        return Err(refusals::refuse(Msg::new("credits-all-or-some"), Command::Issue, reading));
    }
    let mut names: Vec<Named> = Vec::new();
    for receiver in &reading.people {
        // Two names of one person stay two: to join them would tell that they are one.
        let same = |other: &Named| {
            other.account == receiver.named.account
                && other.is_bot == receiver.named.is_bot
                && fold(&other.typed) == fold(&receiver.named.typed)
        };
        if !names.iter().any(same) {
            names.push(receiver.named.clone());
        }
    }
    if names.is_empty() { Err(refusals::nobody(Command::Issue, reading)) } else { Ok(Receivers::Named(names)) }
}

/// Issues to one person at once; asks first where several are meant or the fund is new.
pub fn issue(scope: &Scope, view: &IssueView, args: IssueArgs, ctx: &mut Context) -> Outcome {
    let plan = plan(scope, view, &args)?;
    let several = plan.people.len() > 1 || matches!(args.to, Receivers::Everyone | Receivers::Attendees(_));
    if several || plan.is_new_fund {
        return Ok(ask(scope, view, &plan, &args, ctx));
    }
    carry_out(&plan, &args, view, scope, ctx)
}

/// The coordinator answered the question.
pub fn answer(scope: &Scope, view: &IssueView, action: Action, ctx: &mut Context) -> Outcome {
    let Action::Issue { args, count } = action else { return Ok(Decision::nothing()) };
    let plan = plan(scope, view, &args)?;
    if plan.count() != count {
        return Ok(ask(scope, view, &plan, &args, ctx));
    }
    carry_out(&plan, &args, view, scope, ctx)
}

/// One who is credited.
#[derive(Clone, Copy)]
enum To<'a> {
    Present(TargetPerson),
    Absent(&'a Named),
    Solidarity,
}

/// What would happen, checked except for the fund.
struct Plan<'a> {
    community: CommunityId,
    coordinator: &'a Person,
    people: Vec<To<'a>>,
    total_credits: i64,
    fund: FundView,
    is_new_fund: bool,
    category: Option<i64>,
    rules: &'a CreditRules,
}

impl Plan<'_> {
    /// The fund's name; of a new one as it was written.
    fn fund_name(&self, args: &IssueArgs) -> Value {
        match (self.is_new_fund, args.fund_written.as_str()) {
            (false, _) | (true, "") => self.rules.fund_name(&args.fund),
            (true, written) => written.into(),
        }
    }

    fn count(&self) -> i64 {
        i64::try_from(self.people.len()).unwrap_or(i64::MAX)
    }
}

fn plan<'a>(scope: &'a Scope, view: &IssueView, args: &'a IssueArgs) -> Result<Plan<'a>, Refusal> {
    let (community, coordinator) = here(scope)?;
    if !coordinator.coordinator {
        return Err(Msg::new("not-allowed-coordinator").with("menu", Command::Menu).into());
    }
    let people = receiving(&args.to, view, coordinator)?;
    let count = i64::try_from(people.len()).ok().filter(|_| people.len() <= RECEIVERS_MAX);
    let Some(total_credits) = count.and_then(|count| count.checked_mul(args.amount_credits)) else {
        return Err(Msg::new("credits-issue-many").with("total", i64::try_from(RECEIVERS_MAX).unwrap_or(i64::MAX)).into());
    };
    if view.fund.is_some_and(|fund| fund.is_closed) {
        let closed = Msg::new("ledger-fund-closed").with("fund", community.credits.fund_name(&args.fund)).with("command", Command::Fund);
        return Err(Refusal::new(closed.with("name", args.fund.as_str())));
    }
    if args.to == Receivers::Solidarity && args.fund == SOLIDARITY_FUND {
        return Err(Refusal::new(Msg::new("ledger-solidarity-itself")));
    }
    let category = category::chosen(scope, args.category.as_deref())?;
    let is_new_fund = view.fund.is_none() && !fund::is_built_in(&args.fund);
    Ok(Plan {
        community: community.id,
        coordinator,
        people,
        total_credits,
        fund: view.fund.unwrap_or_default(),
        is_new_fund,
        category,
        rules: &community.credits,
    })
}

fn receiving<'a>(to: &'a Receivers, view: &IssueView, coordinator: &Person) -> Result<Vec<To<'a>>, Refusal> {
    let oneself = |person: &TargetPerson| person.ledger == coordinator.ledger;
    let targets = &view.targets;
    match to {
        Receivers::Solidarity => Ok(vec![To::Solidarity]),
        Receivers::Attendees(number) if view.attended != Attended::Marked => {
            let why = match view.attended {
                Attended::NotMarked => Msg::new("attendees-not-marked").with("number", *number),
                Attended::None | Attended::Marked => Msg::new("attendees-none").with("number", *number),
            };
            let form = Msg::new("attendees-form").with("command", Command::Issue);
            Err(Refusal::new(vec![Msg::new("credits-not-now"), why, form]))
        }
        Receivers::Everyone | Receivers::Attendees(_) => {
            let other = |target: &Target| match target {
                Target::Person(person) if !oneself(person) => Some(To::Present(*person)),
                Target::Person(_) | Target::Nobody | Target::Oneself | Target::Bot => None,
            };
            let others: Vec<To<'_>> = targets.iter().filter_map(other).collect();
            match (others.is_empty(), to) {
                (false, _) => Ok(others),
                (true, Receivers::Attendees(number)) => {
                    Err(Refusal::new(vec![Msg::new("credits-not-now"), Msg::new("attendees-nobody").with("number", *number)]))
                }
                (true, _) => Err(Msg::new("credits-issue-alone").into()),
            }
        }
        Receivers::Named(names) => {
            let targets = targets.iter().copied().chain(std::iter::repeat(Target::Nobody));
            let one = |(named, target): (&'a Named, Target)| match target {
                Target::Oneself => Err(Msg::new("credits-issue-self").into()),
                Target::Person(person) if oneself(&person) => Err(Msg::new("credits-issue-self").into()),
                Target::Bot => Err(Msg::new("credits-issue-bot").into()),
                Target::Person(person) => Ok(To::Present(person)),
                Target::Nobody => Ok(To::Absent(named)),
            };
            names.iter().zip(targets).map(one).collect()
        }
    }
}

/// Says how many and how much in all; names nobody.
fn ask(scope: &Scope, view: &IssueView, plan: &Plan<'_>, args: &IssueArgs, ctx: &mut Context) -> Decision {
    let mut lines = vec![Msg::new("credits-confirm")];
    if plan.is_new_fund {
        let known =
            view.funds.iter().map(|name| Msg::new("credits-fund-line").with("fund", plan.rules.fund_name(name))).collect::<Vec<_>>();
        lines.push(Msg::new("credits-fund-new").with("fund", plan.fund_name(args)));
        if !known.is_empty() {
            lines.push(Msg::new("credits-fund-known").with("items", known));
        }
    }
    lines.push(in_all(plan, args));
    lines.push(Msg::new("credits-reason").with("reason", args.reason.as_str()));
    lines.push(Msg::new("credits-issue-question").with("fund", plan.fund_name(args)));
    let yes = AnyAction::Ledger(Action::Issue { args: args.clone(), count: plan.count() });
    let choices =
        vec![(Msg::new("credits-button-issue"), yes), (Msg::new("common-no"), AnyAction::Close(Msg::new("credits-nothing-changed")))];
    let (change, buttons) = question::ask(ctx, scope.account.id, choices);
    Decision::answer(Content::from(lines).buttons(buttons)).change(change)
}

fn carry_out(plan: &Plan<'_>, args: &IssueArgs, view: &IssueView, scope: &Scope, ctx: &mut Context) -> Outcome {
    let mut pen = Pen::new(plan.community, view.next_number);
    let issues = draw(&mut pen, ctx, &args.fund, &plan.fund, plan.total_credits, Some(plan.coordinator.id))
        .map_err(|exhausted| beyond(plan, args, exhausted.left_credits))?;
    let first = pen.next_number();
    let mut decision = Decision::nothing();
    if plan.is_new_fund && !args.fund_written.is_empty() && args.fund_written != args.fund {
        let setting = CommunitySetting::FundName(args.fund.clone(), args.fund_written.clone());
        decision = decision.change(people::Change::Community(plan.community, setting));
    }
    decision = issues.into_iter().fold(decision, |decision, issue| decision.change(Change::Transfer(issue)));
    for to in &plan.people {
        let account = match to {
            To::Present(person) => Party::Person(person.ledger),
            To::Absent(_) => Party::WaitingGifts,
            To::Solidarity => Party::Fund(SOLIDARITY_FUND.to_owned()),
        };
        let from = Party::Fund(args.fund.clone());
        let transfer =
            pen.transfer(ctx, from, account, args.amount_credits, Kind::Grant).by(plan.coordinator.id).for_category(plan.category);
        decision = match to {
            To::Present(person) => granted(decision, plan.rules, transfer, *person, &args.reason),
            To::Absent(named) => waits(decision, transfer, named, args, scope, ctx),
            To::Solidarity => decision.change(Change::Transfer(transfer.why(Some(&args.reason), plan.coordinator.id))),
        };
    }
    let mut lines = receipt(plan, args, first, pen.next_number() - 1);
    lines.extend(category::line(plan.rules, plan.category));
    Ok(decision.tell(Audience::Asker, lines))
}

/// To a present person: the reason is sealed under their key.
fn granted(decision: Decision, rules: &CreditRules, transfer: Transfer, person: TargetPerson, reason: &str) -> Decision {
    let mut lines = vec![Msg::new("credits-news")];
    lines.extend(received::lines(received::what(Kind::Grant, None), &transfer, Some(reason), rules));
    let button = Button::command(Msg::new("credits-button-credits"), Command::Credits, "");
    decision
        .change(Change::Transfer(transfer.why(Some(reason), person.id)))
        .notify(Audience::Private(person.id), Content::from(lines).buttons([button]))
}

/// To who is not there: the transfer stays without a reason, since the key that should seal it does not exist yet.
fn waits(decision: Decision, transfer: Transfer, named: &Named, args: &IssueArgs, scope: &Scope, ctx: &mut Context) -> Decision {
    let Some(giver) = transfer.by else { return decision };
    let gift = WaitingGift {
        id: ctx.ids.make(),
        community: transfer.community,
        transfer: transfer.id,
        whom: Whom::Absent { platform: scope.account.platform, to: named.clone() },
        source: transfer.from.clone(),
        giver,
        amount_credits: transfer.amount_credits,
        reason: Some(args.reason.clone()),
        until: waiting::until(ctx.now),
    };
    waiting::wait(decision.change(Change::Transfer(transfer)), gift, ctx)
}

/// How much in all, for how many; names nobody.
fn in_all(plan: &Plan<'_>, args: &IssueArgs) -> Msg {
    Msg::new("credits-issued-many").with("total", plan.total_credits).with("amount", args.amount_credits).with("count", plan.count())
}

fn receipt(plan: &Plan<'_>, args: &IssueArgs, first: i64, last: i64) -> Vec<Msg> {
    let fund = plan.fund_name(args);
    let mut lines = vec![Msg::new("credits-done")];
    lines.push(match &args.to {
        Receivers::Named(names) if let [named] = names.as_slice() => {
            Msg::new("credits-given").with("amount", args.amount_credits).with("name", shown_name(named))
        }
        Receivers::Solidarity => Msg::new("ledger-given-to-solidarity").with("amount", args.amount_credits),
        Receivers::Named(_) | Receivers::Everyone | Receivers::Attendees(_) => in_all(plan, args),
    });
    lines.push(if first == last {
        Msg::new("credits-issued-number").with("number", first).with("fund", fund)
    } else {
        Msg::new("credits-issued-numbers").with("first", first).with("last", last).with("fund", fund)
    });
    if matches!(args.to, Receivers::Named(_)) {
        lines.push(Msg::new("credits-may-go-back").with("count", waiting::WAIT_DAYS));
    }
    lines
}

/// The fund's budget does not reach so far.
fn beyond(plan: &Plan<'_>, args: &IssueArgs, left: i64) -> Refusal {
    Refusal::new(vec![
        Msg::new("credits-not-now"),
        Msg::new("credits-fund-short").with("fund", plan.fund_name(args)).with("free", left).with("total", plan.total_credits),
        Msg::new("credits-fund-other"),
    ])
}
