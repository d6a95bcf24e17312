//! To which devices the keys of our messages go: those that their owner has signed; all of them where the owner signs none.
//!
//! Who is newly met is looked at before they are written to for the first time; later, whenever their devices change.
//!
//! The SDK's own strategy by identity gives nothing at all to people without an identity (older apps, bridges). So keys go
//! to all devices, and those that an owner with an identity has not signed are shut out one by one, here. Whoever would
//! be left without any device keeps them all. Neither happens in silence: the owner of a device that is shut out is told, and
//! so is who has an identity and signed nothing with it. A device that somebody added to the bot's own account is shut out too:
//! it may be the homeserver's. Strangers are not written to; they are told once they write to the bot.

use std::{
    collections::{BTreeSet, HashMap, HashSet},
    pin::pin,
    sync::{Mutex, MutexGuard, PoisonError},
};

use futures_util::{Stream, StreamExt as _, stream};
use matrix_sdk::{
    Client, Room, RoomMemberships,
    encryption::{
        LocalTrust,
        identities::{Device, UserIdentity},
    },
    ruma::{OwnedUserId, UserId},
};
use tokio::sync::Notify;

use super::{Matrix, incoming, sync::hand_over, trouble::Trouble};
use crate::{
    domain::event::{Batch, Event, Origin, RoomEvent, Sender},
    platform::{Intake, NotTaken},
};

/// Who was looked at in this session, and what their owners have yet to be told.
#[derive(Default)]
pub(super) struct Reviewed {
    users: Mutex<HashSet<OwnedUserId>>,
    /// Who wrote to the bot in private: it knows them, and can tell them.
    known: Mutex<HashSet<OwnedUserId>>,
    /// What is told once its owner is known.
    waiting: Mutex<HashMap<OwnedUserId, Vec<Word>>>,
    untold: Mutex<Vec<(Word, Told)>>,
    news: Notify,
}

/// What an owner is to be told of one of their devices, or of all.
#[derive(Clone)]
struct Word(Event);

/// How far a word went; kept in the store, because the keys of events are forgotten after a while.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Told {
    /// Handed over, when the bot may not have known its owner.
    Perhaps = 1,
    /// Handed over when the bot knew them.
    Surely = 2,
}

impl Word {
    /// Where the store keeps how far it went.
    fn mark(&self) -> Vec<u8> {
        format!("entraide told {}", self.0.key.0).into_bytes()
    }

    async fn told(&self, client: &Client) -> Option<Told> {
        match client.state_store().get_custom_value(&self.mark()).await.ok()??.first()? {
            1 => Some(Told::Perhaps),
            _ => Some(Told::Surely),
        }
    }
}

impl Reviewed {
    /// A new session knows nobody yet.
    fn begin(&self) {
        lock(&self.users).clear();
        lock(&self.waiting).clear();
    }

    fn tell(&self, words: Vec<(Word, Told)>) {
        if !words.is_empty() {
            lock(&self.untold).extend(words);
            self.news.notify_one();
        }
    }

    /// What somebody wrote in their direct room is committed: they are known from now on.
    pub(super) fn wrote(&self, user: OwnedUserId) {
        let words = lock(&self.waiting).remove(&user).unwrap_or_default();
        lock(&self.known).insert(user);
        self.tell(words.into_iter().map(|word| (word, Told::Surely)).collect());
    }
}

impl Matrix {
    /// Looks at devices whenever they change, until the session ends.
    pub(super) async fn watch_devices<I: Intake>(&self, client: &Client, intake: &I) {
        self.reviewed.begin();
        let mut changes = pin!(changes(client).await);
        let mut users: BTreeSet<OwnedUserId> = client.encryption().tracked_users().await.unwrap_or_default().into_iter().collect();
        loop {
            for user in &users {
                self.review(client, user).await;
            }
            let words = std::mem::take(&mut *lock(&self.reviewed.untold));
            let events: Vec<Event> = words.iter().map(|(word, _)| word.0.clone()).collect();
            if !events.is_empty()
                && let Err(NotTaken::Stopping) = hand_over(intake, Batch { events, ..Batch::default() }).await
            {
                return;
            }
            for (word, told) in words {
                if client.state_store().set_custom_value_no_read(&word.mark(), vec![told as u8]).await.is_err() {
                    tracing::warn!("the Matrix store cannot be written; somebody may be told of a device again");
                }
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
        for user in members.iter().map(|member| member.user_id()) {
            let is_new = lock(&self.reviewed.users).insert(user.to_owned());
            if is_new && (user.as_str() == self.config.user || self.has_devices(client, user).await.is_ok()) {
                self.review(client, user).await;
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

    /// Shuts out what must not have our keys, lets in what may, and notes what is to be told of it.
    async fn review(&self, client: &Client, user: &UserId) {
        let encryption = client.encryption();
        let Ok(devices) = encryption.get_user_devices(user).await else { return };
        let identity = encryption.get_user_identity(user).await.ok().flatten();
        let devices: Vec<Device> = devices.devices().collect();
        let signed: Vec<bool> = devices.iter().map(|device| device.is_cross_signed_by_owner()).collect();
        // (what is said, and whether it may be said before it is known that the bot knows its owner)
        let mut words = Vec::new();
        let is_me = user.as_str() == self.config.user;
        let others = |(device, _): &(&Device, bool)| !is_me || Some(device.device_id()) != client.device_id();
        for (device, shut_out) in devices.iter().zip(shut_out(identity.is_some(), &signed)).filter(others) {
            let is_out = device.local_trust_state() == LocalTrust::BlackListed;
            if shut_out && !is_out && is_me {
                tracing::warn!("another device of the bot's account is not verified, and gets no keys");
            }
            let wanted = if shut_out { LocalTrust::BlackListed } else { LocalTrust::Unset };
            if is_out != shut_out && device.set_local_trust(wanted).await.is_err() {
                continue;
            }
            if shut_out {
                words.push((self.word(user, &format!(":device:{}", device.device_id()), RoomEvent::DeviceUnverified), true));
            }
        }
        if let Some(identity) = identity.as_ref().filter(|_| !signed.is_empty() && !signed.contains(&true)) {
            // An app that is just being set up makes the identity first: it is time enough when they write.
            words.push((self.word(user, &format!(":unsigned:{}", name_of(identity)), RoomEvent::NoDeviceVerified), false));
        }
        // The bot tells itself nothing: an operator reads the log.
        if !is_me {
            self.note_words(client, user, words).await;
        }
    }

    fn word(&self, user: &UserId, what: &str, event: impl FnOnce(Sender) -> RoomEvent) -> Word {
        let key = incoming::key(&self.config.user, user.as_str(), what);
        let origin = Origin::Room(event(incoming::sender(user.as_str(), None, &self.config.user)));
        Word(Event { key, at: (self.config.clock)(), origin })
    }

    /// What was not told surely is told now, where its owner is known, else once they are; some of it is worth a try at once.
    async fn note_words(&self, client: &Client, user: &UserId, words: Vec<(Word, bool)>) {
        let is_known = lock(&self.reviewed.known).contains(user);
        let (mut now, mut later) = (Vec::new(), Vec::new());
        for (word, at_once) in words {
            match (word.told(client).await, is_known) {
                (Some(Told::Surely), _) => {}
                (_, true) => now.push((word, Told::Surely)),
                (told, false) => {
                    if at_once && told.is_none() {
                        now.push((word.clone(), Told::Perhaps));
                    }
                    later.push(word);
                }
            }
        }
        lock(&self.reviewed.waiting).insert(user.to_owned(), later);
        self.reviewed.tell(now);
    }
}

/// Who is known once these are committed: who wrote in their direct room, or opened it.
pub(super) fn becomes_known(events: &[Event]) -> Vec<OwnedUserId> {
    let in_private = |origin: &Origin| match origin {
        Origin::Said(said) => said.room.direct,
        Origin::Pressed(pressed) => pressed.room.direct,
        Origin::Room(event) => matches!(event, RoomEvent::Opened(..)),
        Origin::Timer(_) => false,
    };
    let senders = events.iter().filter(|event| in_private(&event.origin)).filter_map(Event::sender);
    senders.filter_map(|sender| UserId::parse(sender.account.id.as_str()).ok()).collect()
}

/// What tells one identity of somebody from the next.
fn name_of(identity: &UserIdentity) -> String {
    identity.master_key().get_first_key().map(|key| key.to_base64()).unwrap_or_default()
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
