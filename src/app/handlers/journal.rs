//! The coordinators' ledger and the figures of a month.

use crate::{
    domain::{
        decision::{Context, Outcome},
        hear::Call,
        ledger::{
            self, figures,
            journal::{self, FILE_ROWS_MAX, JournalArgs, PAGE},
        },
        scope::Scope,
    },
    store::{Store, StoreError},
};

pub(super) async fn command(store: &mut Store, scope: &Scope, call: &Call, ctx: &Context) -> Result<Outcome, StoreError> {
    let community = match ledger::here(scope) {
        Ok((community, _)) => community,
        Err(refusal) => return Ok(Err(refusal)),
    };
    Ok(match journal::parse_journal(call, scope, ctx.now) {
        Ok(JournalArgs::Movements { filter, from, is_file }) => {
            let rows = if is_file { FILE_ROWS_MAX } else { PAGE + 1 };
            let view = store.journal_view(community.id, scope.zone, &filter, from, rows).await?;
            if is_file { journal::journal_csv(scope, &view) } else { journal::journal(scope, &view, &filter, from) }
        }
        Ok(JournalArgs::Figures(month)) => {
            let view = store.figures_view(community.id, community.zone, month).await?;
            figures::figures(scope, &view, month, ctx)
        }
        Err(refusal) => Err(refusal),
    })
}
