//! What booked seats paid, against what the escrows of their sessions hold.

use std::collections::HashMap;

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
    /// Each session's escrow holds what its booked seats paid, to the credit; and no escrow holds anything for no session.
    pub(super) async fn escrows(&mut self, community: CommunityId, totals: &Totals) -> Result<(), StoreError> {
        let mut escrows: HashMap<Uuid, i64> = HashMap::new();
        let sql = "SELECT id FROM ledger_account WHERE community_id = $1 AND kind = 3";
        for row in self.reader.rows(sql, binds![community]).await? {
            let account = row.id::<Uuid>(0)?;
            escrows.insert(account, totals.book.balance(&account));
        }
        let sql = "SELECT s.id, CAST(COALESCE(SUM(CASE WHEN b.state = 0 THEN b.own + b.solidarity ELSE 0 END), 0) AS BIGINT) \
                   FROM session AS s LEFT JOIN booking AS b ON b.session_id = s.id WHERE s.community_id = $1 GROUP BY s.id";
        for row in self.reader.rows(sql, binds![community]).await? {
            let (session, paid) = (row.id::<SessionId>(0)?, row.int(1)?);
            let held = escrows.remove(&Party::Escrow(session).account(community).0).unwrap_or(0);
            if paid != held {
                self.fault(Fault::Escrow { session: session.0, paid, held });
            }
        }
        let sql = "SELECT DISTINCT s.id FROM session AS s JOIN booking AS b ON b.session_id = s.id \
                   WHERE s.community_id = $1 AND s.state <> 0 AND b.state = 0";
        for row in self.reader.rows(sql, binds![community]).await? {
            self.fault(Fault::Unsettled(row.id(0)?));
        }
        for (account, held) in escrows.into_iter().filter(|(_, held)| *held != 0) {
            self.fault(Fault::LostEscrow { account, held });
        }
        Ok(())
    }
}
