//! The hash chain of a community's transfers, and the ids of the accounts that have no person behind them.
//!
//! Each transfer bears SHA-256 over these bytes, one after the other; integers are 8 bytes, two's complement,
//! big endian; ids are the 16 bytes of the UUID; an optional id is `01` and its 16 bytes, or `00` alone;
//! a sealed text is `01`, its length as an integer and its bytes, or `00` alone:
//!
//! | bytes | what |
//! |---|---|
//! | 20 | `entraide transfer v1` in ASCII; `v2` where the transfer has a category, or a reason that is kept |
//! | 32 | the hash of the community's transfer before this one; zeros before the first |
//! | 16 | the transfer's id |
//! | 16 | the community's id |
//! | 8 | the number |
//! | 8 | the instant, in microseconds since 1970 UTC |
//! | 16 | the account that pays |
//! | 16 | the account that is paid |
//! | 8 | the amount, in credits |
//! | 8 | the kind's code |
//! | 1 or 9 + n | the reason as it is stored: sealed |
//! | 1 or 9 + n | the typed name as it is stored: sealed |
//! | 1 or 17 | the person who caused it |
//! | 1 or 17 | the session |
//! | 1 or 17 | the transfer that it opposes |
//! | 1 or 9 | `v2` alone: `01` and the category's number, or `00` |
//! | 1 | `v2` alone: `01` where the reason is for who wrote it alone, or `00` |
//!
//! Only ciphertext goes in, so the chain still verifies after a person's key is destroyed.

use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::Party;
use crate::domain::ids::{CommunityId, LedgerAccountId};

/// A link of the chain.
pub type ChainHash = [u8; 32];

/// What stands before the first transfer of a community.
pub const CHAIN_START: ChainHash = [0; 32];

/// A transfer as the database keeps it.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Link<'a> {
    /// The transfer's id.
    pub id: Uuid,
    /// In whose ledger.
    pub community: Uuid,
    /// Counts up from 1.
    pub number: i64,
    /// Microseconds since 1970 UTC.
    pub at: i64,
    /// The account that pays.
    pub from: Uuid,
    /// The account that is paid.
    pub to: Uuid,
    /// Positive.
    pub amount_credits: i64,
    /// See [`super::Kind::code`].
    pub kind: i64,
    /// Ciphertext.
    pub reason: Option<&'a [u8]>,
    /// Ciphertext.
    pub named: Option<&'a [u8]>,
    /// The person who caused it.
    pub by: Option<Uuid>,
    /// The session.
    pub session: Option<Uuid>,
    /// The transfer that it opposes.
    pub reverses: Option<Uuid>,
    /// What it is for, in the community's list.
    pub category: Option<i64>,
    /// The reason is for who wrote it alone.
    pub reason_kept: bool,
}

impl Link<'_> {
    /// This transfer's hash, after the one before it; the bytes are those at the top of this file.
    pub fn hash(&self, before: &ChainHash) -> ChainHash {
        let mut hash = Sha256::new();
        let is_second_form = self.category.is_some() || self.reason_kept;
        hash.update(if is_second_form { b"entraide transfer v2" } else { b"entraide transfer v1" });
        hash.update(before);
        hash.update(self.id.as_bytes());
        hash.update(self.community.as_bytes());
        hash.update(self.number.to_be_bytes());
        hash.update(self.at.to_be_bytes());
        hash.update(self.from.as_bytes());
        hash.update(self.to.as_bytes());
        hash.update(self.amount_credits.to_be_bytes());
        hash.update(self.kind.to_be_bytes());
        for sealed in [self.reason, self.named] {
            hash_sealed(&mut hash, sealed);
        }
        for id in [self.by, self.session, self.reverses] {
            hash_id(&mut hash, id);
        }
        if is_second_form {
            match self.category {
                None => hash.update([0]),
                Some(category) => {
                    hash.update([1]);
                    hash.update(category.to_be_bytes());
                }
            }
            hash.update([u8::from(self.reason_kept)]);
        }
        hash.finalize().into()
    }
}

fn hash_sealed(hash: &mut Sha256, sealed: Option<&[u8]>) {
    match sealed {
        None => hash.update([0]),
        Some(bytes) => {
            hash.update([1]);
            hash.update(i64::try_from(bytes.len()).unwrap_or(i64::MAX).to_be_bytes());
            hash.update(bytes);
        }
    }
}

fn hash_id(hash: &mut Sha256, id: Option<Uuid>) {
    match id {
        None => hash.update([0]),
        Some(id) => {
            hash.update([1]);
            hash.update(id.as_bytes());
        }
    }
}

impl Party {
    /// The number of this kind of account in the database.
    pub const fn code(&self) -> i64 {
        match self {
            Self::Issuance => 0,
            Self::Fund(_) => 1,
            Self::Person(_) => 2,
            Self::Escrow(_) => 3,
            Self::WaitingGifts => 4,
            Self::Closed => 5,
        }
    }

    /// The account's id: a person's own, and for every other one a name-based UUID (RFC 9562 §5.8)
    /// over the community and what the account is for, so that nothing has to be looked up.
    pub fn account(&self, community: CommunityId) -> LedgerAccountId {
        let detail: &[u8] = match self {
            Self::Person(account) => return *account,
            Self::Fund(name) => name.as_bytes(),
            Self::Escrow(session) => session.0.as_bytes(),
            Self::Issuance | Self::WaitingGifts | Self::Closed => &[],
        };
        let hash = Sha256::new()
            .chain_update(b"entraide account v1")
            .chain_update(community.0.as_bytes())
            .chain_update(self.code().to_be_bytes())
            .chain_update(detail)
            .finalize();
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&hash[..16]);
        LedgerAccountId(uuid::Builder::from_custom_bytes(bytes).into_uuid())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::SessionId;

    fn link() -> Link<'static> {
        Link {
            id: Uuid::from_u128(1),
            community: Uuid::from_u128(2),
            number: 3,
            at: 4,
            from: Uuid::from_u128(5),
            to: Uuid::from_u128(6),
            amount_credits: 7,
            kind: 2,
            reason: Some(b"sealed"),
            named: None,
            by: Some(Uuid::from_u128(8)),
            session: None,
            reverses: None,
            category: None,
            reason_kept: false,
        }
    }

    #[test]
    fn the_bytes_are_those_of_the_table() {
        let mut bytes = b"entraide transfer v1".to_vec();
        bytes.extend([9; 32]);
        for id in [1_u128, 2] {
            bytes.extend(id.to_be_bytes());
        }
        for number in [3_i64, 4] {
            bytes.extend(number.to_be_bytes());
        }
        for id in [5_u128, 6] {
            bytes.extend(id.to_be_bytes());
        }
        for number in [7_i64, 2] {
            bytes.extend(number.to_be_bytes());
        }
        bytes.push(1);
        bytes.extend(6_i64.to_be_bytes());
        bytes.extend(b"sealed");
        bytes.push(0);
        bytes.push(1);
        bytes.extend(8_u128.to_be_bytes());
        bytes.extend([0, 0]);
        let expected: ChainHash = Sha256::digest(&bytes).into();
        assert_eq!(link().hash(&[9; 32]), expected);
    }

    #[test]
    fn every_field_counts() {
        let other = Some(Uuid::from_u128(99));
        let changed = [
            Link { id: Uuid::from_u128(99), ..link() },
            Link { community: Uuid::from_u128(99), ..link() },
            Link { number: 99, ..link() },
            Link { at: 99, ..link() },
            Link { from: Uuid::from_u128(99), ..link() },
            Link { to: Uuid::from_u128(99), ..link() },
            Link { amount_credits: 99, ..link() },
            Link { kind: 99, ..link() },
            Link { reason: None, ..link() },
            Link { reason: None, named: Some(b"sealed"), ..link() },
            Link { by: None, ..link() },
            Link { by: None, session: link().by, ..link() },
            Link { session: other, ..link() },
            Link { reverses: other, ..link() },
            Link { category: Some(1), ..link() },
            Link { category: Some(2), ..link() },
            Link { reason_kept: true, ..link() },
            Link { category: Some(1), reason_kept: true, ..link() },
        ];
        let mut hashes: Vec<ChainHash> = changed.iter().map(|link| link.hash(&CHAIN_START)).collect();
        hashes.push(link().hash(&CHAIN_START));
        hashes.push(link().hash(&[1; 32]));
        let all = hashes.len();
        hashes.sort_unstable();
        hashes.dedup();
        assert_eq!(hashes.len(), all);
    }

    #[test]
    fn each_account_has_an_id_of_its_own_in_each_community() {
        let parties = [
            Party::Issuance,
            Party::Fund("general".into()),
            Party::Fund("mairie".into()),
            Party::Escrow(SessionId(Uuid::from_u128(1))),
            Party::Escrow(SessionId(Uuid::from_u128(2))),
            Party::WaitingGifts,
            Party::Closed,
        ];
        let mut ids: Vec<LedgerAccountId> =
            [1, 2].iter().flat_map(|n| parties.iter().map(|p| p.account(CommunityId(Uuid::from_u128(*n))))).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), 2 * parties.len());
        let own = LedgerAccountId(Uuid::from_u128(7));
        assert_eq!(Party::Person(own).account(CommunityId(Uuid::from_u128(1))), own);
    }
}
