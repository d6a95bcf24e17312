//! Identifiers: newtypes over UUIDs, and the source that makes them reproducibly from an event.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::time::Timestamp;

/// Any of the identifiers.
pub trait Id: Copy {
    /// What it is underneath.
    fn uuid(self) -> Uuid;
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }

        impl Id for $name {
            fn uuid(self) -> Uuid {
                self.0
            }
        }

        impl $name {
            /// The sixteen bytes that the database keeps.
            pub fn bytes(self) -> Vec<u8> {
                self.0.as_bytes().to_vec()
            }
        }
    )*};
}

ids! {
    /// Who runs groups and owns the credits.
    CommunityId,
    /// One support group of a community.
    GroupId,
    /// A chat on a platform that belongs to a group, or waits for `/setup`.
    RoomId,
    /// An identity on one platform.
    AccountId,
    /// A human in one community.
    PersonId,
    /// One side of a transfer: issuance, a fund, a person, an escrow, closed.
    LedgerAccountId,
    /// One double-entry movement of credits.
    TransferId,
    /// A gift that waits for somebody the bot does not know yet.
    GiftId,
    /// Something one can book.
    SessionId,
    /// A person's place in a session.
    BookingId,
    /// A session that comes again.
    SeriesId,
    /// A prompt written for a group, perhaps for later.
    PromptId,
    /// That somebody wants nothing more from somebody.
    BlockId,
    /// A word of thanks.
    ThanksId,
    /// Something that was told to staff.
    ReportId,
    /// A private question with its choices, answered once.
    QuestionId,
    /// A message that the bot owes somebody.
    DeliveryId,
    /// Two accounts that become one person's; those that did bear it.
    LinkId,
    /// A wake-up.
    TimerId,
}

/// Makes ids that are a function of the event alone, so that a replay makes the same ones
/// and a transfer's id derives from its event's key.
#[derive(Clone, Debug)]
pub struct IdSource {
    millis: u64,
    seed: [u8; 32],
    made: u32,
}

impl IdSource {
    /// `seed` is a keyed hash of the event's key, so that nobody outside can guess an id.
    pub fn new(seed: [u8; 32], at: Timestamp) -> Self {
        Self { millis: u64::try_from(at.micros() / 1000).unwrap_or(0), seed, made: 0 }
    }

    /// The next id of this event, of the type that is asked for (UUIDv7, RFC 9562 §5.7).
    pub fn make<T: From<Uuid>>(&mut self) -> T {
        let hash = Sha256::new().chain_update(self.seed).chain_update(self.made.to_be_bytes()).finalize();
        self.made += 1;
        let mut random = [0u8; 10];
        random.copy_from_slice(&hash[..10]);
        T::from(uuid::Builder::from_unix_timestamp_millis(self.millis, &random).into_uuid())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_event_makes_the_same_ids_in_the_same_order() {
        let source = || IdSource::new([7; 32], Timestamp::from_micros(1_700_000_000_000_000));
        let (mut a, mut b) = (source(), source());
        let first: PersonId = a.make();
        assert_eq!(first, b.make());
        assert_ne!(first, a.make());
        assert_eq!(first.0.get_version_num(), 7);
    }
}
