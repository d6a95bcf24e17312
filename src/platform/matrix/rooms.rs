//! Which room is whose: direct rooms found, made and reused; who administers a room; where an upgraded room went.

use std::{
    collections::{HashMap, HashSet},
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use matrix_sdk::{
    Client, Room, RoomMemberships, RoomState,
    ruma::{
        OwnedRoomId, OwnedUserId, RoomId, UserId,
        api::client::room::create_room::v3::{Request as CreateRoom, RoomPreset},
        assign,
        events::{
            InitialStateEvent, MessageLikeEventType,
            room::{encryption::RoomEncryptionEventContent, member::MembershipState, power_levels::UserPowerLevel},
        },
    },
};

use super::{Matrix, trouble::Trouble};
use crate::{
    domain::event::{Platform, RoomAddress},
    platform::{DeliveryError, Reason},
};

/// Who may administer a room on Matrix by custom: its moderators.
const MODERATOR: i64 = 50;

/// How long it takes until the homeserver tells of a room that was entered.
const ENTERING: Duration = Duration::from_secs(1);

/// The direct rooms, as far as they became known here: known sooner than the SDK knows.
#[derive(Default)]
pub(super) struct Directs {
    partners: Mutex<HashMap<OwnedRoomId, OwnedUserId>>,
    /// The direct room that somebody wrote in last.
    used: Mutex<HashMap<OwnedUserId, OwnedRoomId>>,
    /// Entered, and not told of by the homeserver yet.
    entered: Mutex<HashSet<OwnedRoomId>>,
    /// How many people are in a room or invited into it.
    counts: Mutex<HashMap<OwnedRoomId, u64>>,
    /// One is made at a time, so that nobody gets two.
    making: tokio::sync::Mutex<()>,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Directs {
    /// This room is somebody's direct room.
    pub(super) fn is_of(&self, room: &RoomId, user: &UserId) {
        lock(&self.partners).insert(room.to_owned(), user.to_owned());
    }

    /// The bot has gone into this room.
    pub(super) fn entered(&self, room: &RoomId) {
        lock(&self.entered).insert(room.to_owned());
    }

    /// Whether somebody's direct room is one that the bot has entered, and will be told of in a moment.
    fn is_coming(&self, client: &Client, user: &UserId) -> bool {
        let mut entered = lock(&self.entered);
        entered.retain(|room| client.get_room(room).is_some_and(|room| room.state() == RoomState::Invited));
        entered.iter().any(|room| lock(&self.partners).get(room).is_some_and(|partner| partner == user))
    }

    /// Counts who is in a room: homeservers tell the number to none but who loads members lazily.
    pub(super) async fn count(&self, room: &Room) {
        let members = room.client().state_store().get_user_ids(room.room_id(), RoomMemberships::ACTIVE).await;
        let count = members.map_or(u64::MAX, |members| members.len() as u64);
        lock(&self.counts).insert(room.room_id().to_owned(), count);
    }

    /// How many people are in a room or invited; what cannot be counted is a crowd.
    pub(super) fn counted(&self, room: &Room) -> u64 {
        lock(&self.counts).get(room.room_id()).copied().unwrap_or_else(|| room.active_members_count())
    }

    /// Somebody wrote in their direct room.
    pub(super) fn used(&self, user: &UserId, room: &RoomId) {
        lock(&self.used).insert(user.to_owned(), room.to_owned());
    }

    /// Whose direct room this is. With a third person in it, it is nobody's: what is private must not be read by others.
    pub(super) fn partner(&self, room: &Room) -> Option<OwnedUserId> {
        if self.counted(room) > 2 {
            return None;
        }
        let known = lock(&self.partners).get(room.room_id()).cloned();
        known.or_else(|| {
            let targets = room.direct_targets();
            let [target] = targets.iter().collect::<Vec<_>>()[..] else { return None };
            UserId::parse(target.as_str()).ok()
        })
    }

    /// The room's address: a direct one is known by its person.
    pub(super) fn address(&self, room: &Room) -> RoomAddress {
        match self.partner(room) {
            Some(user) => RoomAddress { platform: Platform::Matrix, id: user.to_string(), direct: true },
            None => group(room.room_id()),
        }
    }

    fn of(&self, client: &Client, user: &UserId) -> Vec<Room> {
        let used = lock(&self.used).get(user).cloned();
        let mut rooms: Vec<Room> = client.joined_rooms();
        rooms.retain(|room| self.partner(room).is_some_and(|partner| partner == *user) && successor(client, room).is_none());
        rooms.sort_by_key(|room| Some(room.room_id().to_owned()) != used);
        rooms
    }
}

/// The address of a group room.
pub(super) fn group(room: &RoomId) -> RoomAddress {
    RoomAddress { platform: Platform::Matrix, id: room.to_string(), direct: false }
}

/// The room that this one was upgraded to, where the bot is in it.
pub(super) fn successor(client: &Client, room: &Room) -> Option<Room> {
    let next = client.get_room(&room.successor_room()?.room_id)?;
    (next.state() == RoomState::Joined).then_some(next)
}

/// The room that was upgraded to this one: both must say so, or anybody could claim a group's place.
pub(super) fn predecessor(client: &Client, room: &Room) -> Option<Room> {
    let before = client.get_room(&room.predecessor_room()?.room_id)?;
    before.successor_room().is_some_and(|next| next.room_id == room.room_id()).then_some(before)
}

/// Whether somebody may administer a room: a creator, or one whose level changes its state.
pub(super) async fn administers(room: &Room, user: &UserId) -> bool {
    let Ok(levels) = room.power_levels().await else { return false };
    match levels.for_user(user) {
        UserPowerLevel::Infinite => true,
        UserPowerLevel::Int(level) => i64::from(level) >= MODERATOR.max(i64::from(levels.state_default)),
        _ => false,
    }
}

/// Whether the bot may write in a room; where the room does not say, it may.
pub(super) async fn may_write(room: &Room) -> bool {
    let Ok(levels) = room.power_levels().await else { return true };
    let may = |kind: MessageLikeEventType| levels.user_can_send_message(room.own_user_id(), kind);
    may(MessageLikeEventType::RoomMessage) && (may(MessageLikeEventType::RoomEncrypted) || !room.encryption_state().is_encrypted())
}

impl Matrix {
    /// The direct room with an account: the one they use, else a new one.
    pub(super) async fn direct_room(&self, client: &Client, user: &UserId) -> Result<Room, DeliveryError> {
        let _alone = self.directs.making.lock().await;
        let (mut invited, mut left) = (None, false);
        for room in self.directs.of(client, user) {
            let member = room.get_member(user).await.map_err(|error| Trouble::of(&error).delivery(Reason::DirectClosed))?;
            match member.map(|member| member.membership().clone()) {
                Some(MembershipState::Join) => return Ok(room),
                Some(MembershipState::Invite) => invited = Some(room),
                _ => left = true,
            }
        }
        match (invited, left) {
            (Some(room), _) => Ok(room),
            // Who left the direct room has closed it; they open it again.
            (None, true) => Err(DeliveryError::Permanent(Reason::DirectClosed)),
            (None, false) if self.directs.is_coming(client, user) => {
                Err(DeliveryError::Retry { after: Some(ENTERING), reason: "their direct room was only just entered".to_owned() })
            }
            (None, false) => self.make_direct_room(client, user).await,
        }
    }

    /// Encrypted, but for somebody who has no device that could read it: the guests of a bridge from another network.
    async fn make_direct_room(&self, client: &Client, user: &UserId) -> Result<Room, DeliveryError> {
        let can_read = self.has_devices(client, user).await.map_err(|trouble| trouble.delivery(Reason::DirectClosed))?;
        let encryption = InitialStateEvent::with_empty_state_key(RoomEncryptionEventContent::with_recommended_defaults());
        let request = assign!(CreateRoom::new(), {
            invite: vec![user.to_owned()],
            is_direct: true,
            preset: Some(RoomPreset::TrustedPrivateChat),
            initial_state: if can_read { vec![encryption.to_raw_any()] } else { Vec::new() },
        });
        // The SDK notes it in `m.direct` as well.
        let room = client.create_room(request).await.map_err(|error| Trouble::of(&error).delivery(Reason::DirectClosed))?;
        self.directs.is_of(room.room_id(), user);
        Ok(room)
    }
}
