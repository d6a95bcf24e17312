//! Blocking, thanks and reports: what was typed, what the store knows of it, the decision.

use crate::{
    domain::{
        command::Command,
        decision::{Context, Decision, Outcome},
        hear::Call,
        message::Msg,
        safety::{block, thanks},
        scope::Scope,
    },
    store::{Store, StoreError},
};

pub(super) async fn command(store: &mut Store, scope: &Scope, call: &Call, ctx: &mut Context) -> Result<Outcome, StoreError> {
    let Some(person) = &scope.person else { return Ok(Err(Msg::new("people-not-here").into())) };
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
