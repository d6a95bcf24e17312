//! What open bookings paid against what the escrows of their sessions hold.

use std::collections::HashSet;

use uuid::Uuid;

use super::{Fault, Verifier, ledger::Totals};
use crate::{
    binds,
    domain::{
        ids::{CommunityId, SessionId},
        ledger::Party,
    },
    store::StoreError,
};

impl Verifier<'_> {
    pub(super) async fn escrows(&mut self, community: CommunityId, totals: &Totals) -> Result<(), StoreError> {
        let sql = "SELECT s.id, CAST(COALESCE(SUM(CASE WHEN b.state = 0 THEN b.own + b.solidarity ELSE 0 END), 0) AS BIGINT) \
                   FROM session AS s LEFT JOIN booking AS b ON b.session_id = s.id WHERE s.community_id = $1 GROUP BY s.id ORDER BY s.id";
        let mut known: HashSet<Uuid> = HashSet::new();
        for row in self.reader.rows(sql, binds![community]).await? {
            let (session, paid): (SessionId, i64) = (row.id(0)?, row.int(1)?);
            let account = Party::Escrow(session).account(community);
            known.insert(account.0);
            let held = totals.book.balance(&account.0);
            if held != paid {
                self.fault(Fault::Escrow { session: session.0, paid, held });
            }
        }
        let sql = "SELECT id FROM ledger_account WHERE community_id = $1 AND kind = $2 ORDER BY id";
        let kind = Party::Escrow(SessionId(Uuid::nil())).code();
        for row in self.reader.rows(sql, binds![community, kind]).await? {
            let account: Uuid = row.id(0)?;
            let held = totals.book.balance(&account);
            if held != 0 && !known.contains(&account) {
                self.fault(Fault::LostEscrow { account, held });
            }
        }
        Ok(())
    }
}
