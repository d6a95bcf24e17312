//! Shared phones: parse, view, decide.

use crate::{
    domain::{
        decision::{Act, Context, Decision, Outcome},
        discreet::{gate, mode},
        hear::Call,
        scope::Scope,
        timer::Wake,
    },
    store::{Store, StoreError},
};

pub(super) fn command(scope: &Scope, call: &Call, ctx: &mut Context) -> Outcome {
    mode::discreet(scope, call, ctx)
}

pub(super) async fn wake(store: &mut Store, wake: &Wake, ctx: &mut Context) -> Result<Decision, StoreError> {
    match wake {
        Wake::Vanish(account) => {
            let (messages, next) = store.vanish(*account, ctx.now).await?;
            let unsaid = messages.into_iter().fold(Decision::nothing(), |decision, message| decision.act(Act::Unsay(*account, message)));
            Ok(match next {
                Some(at) => unsaid.wake(ctx, at, wake.clone()),
                None => unsaid,
            })
        }
        Wake::CodeGoes(account) => {
            let lock = store.account(*account).await?.and_then(|row| row.account().discreet.lock);
            Ok(lock.map_or_else(Decision::nothing, |lock| gate::goes(&lock, *account, ctx)))
        }
        _ => Ok(Decision::nothing()),
    }
}
