//! To which devices the keys of our messages go: those that their owner has signed; all of them where the owner signs none.
//!
//! The SDK's own strategy by identity gives nothing at all to people without an identity (older apps, bridges). So keys go
//! to all devices, and those that an owner with an identity has not signed are shut out one by one, here. Whoever would
//! be left without any device keeps them all; whoever has one shut out is told, in private, on the others.

use std::{collections::BTreeSet, pin::pin};

use futures_util::{Stream, StreamExt as _, stream};
use matrix_sdk::{
    Client,
    encryption::{LocalTrust, identities::Device},
    ruma::{OwnedUserId, UserId},
};

use super::{Matrix, incoming, sync::hand_over};
use crate::{
    domain::event::{Batch, Event, Origin, RoomEvent},
    platform::{Intake, NotTaken},
};

impl Matrix {
    /// Looks at devices whenever they change, until the session ends.
    pub(super) async fn watch_devices<I: Intake>(&self, client: &Client, intake: &I) {
        let mut changes = pin!(changes(client).await);
        let mut users: BTreeSet<OwnedUserId> = client.encryption().tracked_users().await.unwrap_or_default().into_iter().collect();
        loop {
            let mut events = Vec::new();
            for user in users.iter().filter(|user| user.as_str() != self.config.user) {
                events.extend(self.review(client, user).await);
            }
            if !events.is_empty()
                && let Err(NotTaken::Stopping) = hand_over(intake, Batch { events, ..Batch::default() }).await
            {
                return;
            }
            match changes.next().await {
                Some(changed) => users = changed,
                // Nothing is told any more: the session is about to end.
                None => std::future::pending().await,
            }
        }
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
