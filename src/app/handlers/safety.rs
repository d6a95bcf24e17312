//! Blocking, thanks and reports: what was typed, what the store knows of it, the decision.

use crate::{
    domain::{
        command::Command,
        decision::{Context, Decision, Outcome},
        hear::Call,
        ids::ReportId,
        message::Msg,
        safety::{block, report, thanks},
        scope::{Person, Scope},
    },
    store::{Store, StoreError},
};

pub(super) async fn command(store: &mut Store, scope: &Scope, call: &Call, ctx: &mut Context) -> Result<Outcome, StoreError> {
    if call.command == Command::Report {
        let args = report::parse(call);
        let view = store.report_view(scope, &args, ctx.now).await?;
        return Ok(report::report(scope, &view, args, ctx));
    }
    match &scope.person {
        Some(person) => of_member(store, scope, person, call, ctx).await,
        None => Ok(Err(Msg::new("people-not-here").into())),
    }
}

async fn of_member(store: &mut Store, scope: &Scope, person: &Person, call: &Call, ctx: &mut Context) -> Result<Outcome, StoreError> {
    Ok(match call.command {
        Command::Block => {
            let args = block::parse(call);
            let view = store.block_view(scope, person, &args).await?;
            block::block(scope, &view, args, ctx)
        }
        Command::Thanks => match thanks::parse(call) {
            Ok(args) => {
                let view = store.thanks_view(scope, person, &args, ctx.now).await?;
                thanks::thanks(scope, &view, args, ctx)
            }
            Err(refusal) => Err(refusal),
        },
        _ => Ok(Decision::nothing()),
    })
}

pub(super) async fn wake(store: &mut Store, id: ReportId, ctx: &Context) -> Result<Decision, StoreError> {
    Ok(store.report_wake_view(id).await?.map_or_else(Decision::nothing, |view| report::on_wake(&view, ctx)))
}
