//! What may be there once: ids, one correction of a transfer, one account of a person. The tables see to it as long as nobody
//! rebuilds them.

use super::{Fault, Verifier};
use crate::{binds, store::StoreError};

/// Of the large tables what is grouped is indexed, so that ten million rows need no memory.
const TWICE: [(&str, &str); 6] = [
    ("transfer", "SELECT id FROM transfer GROUP BY id HAVING COUNT(*) > 1"),
    ("the correction of transfer", "SELECT reverses FROM transfer WHERE reverses IS NOT NULL GROUP BY reverses HAVING COUNT(*) > 1"),
    ("ledger account", "SELECT id FROM ledger_account GROUP BY id HAVING COUNT(*) > 1"),
    ("the person of ledger account", "SELECT ledger_id FROM person GROUP BY ledger_id HAVING COUNT(*) > 1"),
    ("the fund of ledger account", "SELECT account_id FROM fund GROUP BY account_id HAVING COUNT(*) > 1"),
    ("the gift of transfer", "SELECT transfer_id FROM waiting_gift GROUP BY transfer_id HAVING COUNT(*) > 1"),
];

impl Verifier<'_> {
    pub(super) async fn unique(&mut self) -> Result<(), StoreError> {
        for (what, sql) in TWICE {
            for row in self.reader.rows(sql, binds![]).await? {
                self.fault(Fault::Twice { what, id: row.id(0)? });
            }
        }
        Ok(())
    }
}
