//! Credits: what was typed, what the store knows of it, the decision.

use crate::{
    domain::{
        command::Command,
        decision::{Change, Context, Decision, Outcome},
        hear::Call,
        ledger::{
            self, Action, StatementArgs,
            rule_settings::{self, RulesView},
            statement::{FILE_ROWS_MAX, PAGE},
        },
        people,
        scope::{Person, Scope},
        timer::Wake,
    },
    store::{Store, StoreError},
};

pub(super) async fn command(store: &mut Store, scope: &Scope, call: &Call, ctx: &mut Context) -> Result<Outcome, StoreError> {
    let person = match ledger::here(scope) {
        Ok((_, person)) => person,
        Err(refusal) => return Ok(Err(refusal)),
    };
    match call.command {
        Command::Give => give(store, scope, person, call, ctx).await,
        Command::Issue => issue(store, scope, person, call, ctx).await,
        Command::Statement => statement(store, scope, person, call, ctx).await,
        Command::Fund => funds(store, scope, person, call, ctx).await,
        Command::Reverse => reverse(store, scope, person, call, ctx).await,
        _ => Ok(ledger::credits(scope, &store.credits_view(person, ctx.now).await?)),
    }
}

async fn give(store: &mut Store, scope: &Scope, person: &Person, call: &Call, ctx: &mut Context) -> Result<Outcome, StoreError> {
    if let Some(number) = ledger::parse_undo(call) {
        let view = store.reverse_view(person.community, number).await?;
        return Ok(ledger::undo(scope, &view, number, ctx));
    }
    let args = match ledger::parse_give(call) {
        Ok(args) => args,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let view = store.give_view(scope, person, &args.to, ctx.now).await?;
    Ok(ledger::give(scope, &view, args, ctx))
}

async fn issue(store: &mut Store, scope: &Scope, person: &Person, call: &Call, ctx: &mut Context) -> Result<Outcome, StoreError> {
    if let Some(args) = ledger::parse_held(call) {
        let view = store.held_view(person.community, person.id, args).await?;
        return Ok(ledger::held(scope, &view, args, ctx));
    }
    let args = match ledger::parse_issue(call) {
        Ok(args) => args,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let view = store.issue_view(scope, person.community, &args).await?;
    Ok(ledger::issue(scope, &view, args, ctx))
}

async fn funds(store: &mut Store, scope: &Scope, person: &Person, call: &Call, ctx: &mut Context) -> Result<Outcome, StoreError> {
    let args = match ledger::parse_fund(call) {
        Ok(args) => args,
        Err(refusal) => return Ok(Err(refusal)),
    };
    // The months of solidarity are the community's, whoever asks from wherever.
    let zone = scope.community.as_ref().map_or(scope.zone, |community| community.zone);
    let view = store.funds_view(person.community, zone, &args, ctx.now).await?;
    Ok(ledger::funds(scope, &view, &args, ctx))
}

/// `/settings credits`.
pub(super) async fn rules(store: &mut Store, scope: &Scope, call: &Call, ctx: &mut Context) -> Result<Outcome, StoreError> {
    let view = match &scope.community {
        Some(community) => store.rules_view(community.id).await?,
        None => RulesView::default(),
    };
    Ok(rule_settings::settings(scope, &view, call, ctx))
}

async fn reverse(store: &mut Store, scope: &Scope, person: &Person, call: &Call, ctx: &mut Context) -> Result<Outcome, StoreError> {
    let args = match ledger::parse_reverse(call) {
        Ok(args) => args,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let view = store.reverse_view(person.community, args.number).await?;
    Ok(ledger::reverse(scope, &view, &args, ctx))
}

async fn statement(store: &mut Store, scope: &Scope, person: &Person, call: &Call, ctx: &Context) -> Result<Outcome, StoreError> {
    Ok(match ledger::parse_statement(call, ctx.now.day(scope.zone)) {
        Ok(StatementArgs::Page { from }) => {
            let view = store.statement_view(person, from, PAGE + 1).await?;
            ledger::statement(scope, &view, from)
        }
        Ok(StatementArgs::Csv) => {
            let view = store.statement_view(person, None, FILE_ROWS_MAX).await?;
            ledger::statement_csv(scope, &view)
        }
        Ok(StatementArgs::Month { month, is_file }) => {
            let view = store.month_view(person, month, scope.zone, ctx.now).await?;
            ledger::month(scope, &view, month, is_file, ctx)
        }
        Err(refusal) => Err(refusal),
    })
}

pub(super) async fn answer(store: &mut Store, scope: &Scope, action: Action, ctx: &mut Context) -> Result<Outcome, StoreError> {
    let person = match ledger::here(scope) {
        Ok((_, person)) => person,
        Err(refusal) => return Ok(Err(refusal)),
    };
    Ok(match action {
        Action::Issue { ref args, .. } => {
            let view = store.issue_view(scope, person.community, args).await?;
            ledger::answer(scope, &view, action, ctx)
        }
        Action::Give { args } => {
            let view = store.give_view(scope, person, &args.to, ctx.now).await?;
            ledger::give(scope, &view, *args, ctx)
        }
    })
}

pub(super) async fn wake(store: &mut Store, wake: &Wake, ctx: &mut Context) -> Result<Decision, StoreError> {
    let Wake::GiftReturns(id) = wake else { return Ok(Decision::nothing()) };
    let Some((community, gift)) = store.waiting_view(*id).await? else { return Ok(Decision::nothing()) };
    let next_number = store.next_transfer(community).await?;
    Ok(ledger::on_wake(community, Some(&gift), next_number, ctx))
}

/// Adds to the decision of somebody who joins what waited for them. `former`: who they were, where they come back.
pub(super) async fn with_arrival(
    store: &mut Store,
    scope: &Scope,
    former: Option<&Person>,
    joined: Decision,
    ctx: &mut Context,
) -> Result<Decision, StoreError> {
    let arrived = joined.changes.iter().find_map(|change| match change {
        Change::People(people::Change::AddPerson { person, .. }) => Some(person.as_ref().clone()),
        Change::People(people::Change::PersonBack(id)) => former.filter(|former| former.id == *id).cloned(),
        _ => None,
    });
    let Some(person) = arrived else { return Ok(joined) };
    let view = store.arrival_view(scope.account.id, &person, ctx.now).await?;
    Ok(joined.and(ledger::on_arrival(&view, ctx)))
}
