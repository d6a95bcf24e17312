//! To which devices the keys of our messages go: those that their owner has signed; all of them where the owner signs none.
//!
//! Who is newly met is looked at before they are written to for the first time; later, whenever their devices change.
//!
//! The SDK's own strategy by identity gives nothing at all to people without an identity (older apps, bridges). So keys go
//! to all devices, and those that an owner with an identity has not signed are shut out one by one, here. Whoever would
//! be left without any device keeps them all; whoever has one shut out is told, in private, on the others.

use std::{
    collections::{BTreeSet, HashSet},
    pin::pin,
    sync::{Mutex, MutexGuard, PoisonError},
};

use futures_util::{Stream, StreamExt as _, stream};
use matrix_sdk::{
    Client, Room, RoomMemberships,
    encryption::{LocalTrust, identities::Device},
    ruma::{OwnedUserId, UserId},
};
use tokio::sync::Notify;

use super::{Matrix, incoming, sync::hand_over, trouble::Trouble};
use crate::{
    domain::event::{Batch, Event, Origin, RoomEvent},
    platform::{Intake, NotTaken},
};

/// Who was looked at in this session, and what their owners have yet to be told.
#[derive(Default)]
pub(super) struct Reviewed {
    users: Mutex<HashSet<OwnedUserId>>,
    untold: Mutex<Vec<Event>>,
    news: Notify,
}

impl Reviewed {
    /// A new session knows nobody yet.
    fn begin(&self) {
        lock(&self.users).clear();
    }

    fn tell(&self, events: Vec<Event>) {
        if !events.is_empty() {
            lock(&self.untold).extend(events);
            self.news.notify_one();
        }
    }
}

impl Matrix {
    /// Looks at devices whenever they change, until the session ends.
    pub(super) async fn watch_devices<I: Intake>(&self, client: &Client, intake: &I) {
        self.reviewed.begin();
        let mut changes = pin!(changes(client).await);
        let mut users: BTreeSet<OwnedUserId> = client.encryption().tracked_users().await.unwrap_or_default().into_iter().collect();
        loop {
            for user in users.iter().filter(|user| user.as_str() != self.config.user) {
                self.reviewed.tell(self.review(client, user).await);
            }
            let events = std::mem::take(&mut *lock(&self.reviewed.untold));
            if !events.is_empty()
                && let Err(NotTaken::Stopping) = hand_over(intake, Batch { events, ..Batch::default() }).await
            {
                return;
            }
            users = tokio::select! {
                changed = changes.next() => match changed {
                    Some(changed) => changed,
                    // Nothing is told any more: the session is about to end.
                    None => std::future::pending().await,
                },
                () = self.reviewed.news.notified() => BTreeSet::new(),
            };
        }
    }

    /// Looks at those in an encrypted room who were never looked at, before it is written to. What fails is left to the change
    /// that the SDK will tell of.
    pub(super) async fn meet(&self, client: &Client, room: &Room) {
        if !room.encryption_state().is_encrypted() {
            return;
        }
        let Ok(members) = room.members(RoomMemberships::ACTIVE).await else { return };
        for user in members.iter().map(|member| member.user_id()).filter(|user| user.as_str() != self.config.user) {
            if lock(&self.reviewed.users).insert(user.to_owned()) && self.has_devices(client, user).await.is_ok() {
                self.reviewed.tell(self.review(client, user).await);
            }
        }
    }

    /// Whether somebody has any device that can read what is encrypted; asked of their homeserver where none is known.
    pub(super) async fn has_devices(&self, client: &Client, user: &UserId) -> Result<bool, Trouble> {
        let encryption = client.encryption();
        let known = async || encryption.get_user_devices(user).await.is_ok_and(|devices| devices.devices().next().is_some());
        if known().await {
            return Ok(true);
        }
        encryption.request_user_identity(user).await.map_err(|error| Trouble::of(&error))?;
        Ok(known().await)
    }

    /// Shuts out what must not have our keys, lets in what may; one word for each device that is newly shut out.
    async fn review(&self, client: &Client, user: &UserId) -> Vec<Event> {
        let encryption = client.encryption();
        let Ok(devices) = encryption.get_user_devices(user).await else { return Vec::new() };
        let has_identity = matches!(encryption.get_user_identity(user).await, Ok(Some(_)));
        let devices: Vec<Device> = devices.devices().collect();
        let signed: Vec<bool> = devices.iter().map(|device| device.is_cross_signed_by_owner()).collect();
        let mut told = Vec::new();
        for (device, shut_out) in devices.iter().zip(shut_out(has_identity, &signed)) {
            let (is, wanted) = (device.local_trust_state(), if shut_out { LocalTrust::BlackListed } else { LocalTrust::Unset });
            if (is == LocalTrust::BlackListed) == shut_out {
                continue;
            }
            if device.set_local_trust(wanted).await.is_ok() && shut_out {
                let key = incoming::key(&self.config.user, user.as_str(), &format!(":device:{}", device.device_id()));
                let origin = Origin::Room(RoomEvent::DeviceUnverified(incoming::sender(user.as_str(), None, &self.config.user)));
                told.push(Event { key, at: (self.config.clock)(), origin });
            }
        }
        told
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Which of somebody's devices are shut out, by which of them they have signed.
fn shut_out(has_identity: bool, signed: &[bool]) -> impl Iterator<Item = bool> {
    let some_signed = has_identity && signed.contains(&true);
    signed.iter().map(move |signed| some_signed && !signed)
}

/// Whose devices or identity changed.
async fn changes(client: &Client) -> impl Stream<Item = BTreeSet<OwnedUserId>> + use<> {
    let encryption = client.encryption();
    let devices = stream::iter(encryption.devices_stream().await.ok()).flatten();
    let identities = stream::iter(encryption.user_identities_stream().await.ok()).flatten();
    stream::select(
        devices.map(|changed| changed.new.into_keys().chain(changed.changed.into_keys()).collect()),
        identities.map(|changed| changed.new.into_keys().chain(changed.changed.into_keys()).collect()),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_left_without_keys() {
        for (has_identity, signed, expected) in [
            (true, &[true, false][..], &[false, true][..]),
            (true, &[true, true], &[false, false]),
            (true, &[false, false], &[false, false]),
            (false, &[false], &[false]),
            (true, &[], &[]),
        ] {
            assert_eq!(shut_out(has_identity, signed).collect::<Vec<_>>(), expected, "{has_identity} {signed:?}");
        }
    }
}
