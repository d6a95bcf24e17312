//! Invitations accepted or declined, upgraded rooms followed: beside the reading, and again at every start.

use std::{
    collections::HashMap,
    time::{Duration, Instant},
};

use matrix_sdk::{
    Client, Room, RoomState,
    ruma::{
        OwnedRoomId, OwnedServerName, OwnedUserId, RoomId, RoomOrAliasId, UserId,
        api::client::membership::{join_room_by_id, join_room_by_id_or_alias},
        assign,
        events::room::member::MembershipState,
    },
};

use super::{Allowed, Matrix, client::server_of, rooms, trouble::Trouble};

/// What failed is looked at again after so long.
const AGAIN: Duration = Duration::from_secs(30);
/// What the homeserver refused for good.
const MUCH_LATER: Duration = Duration::from_secs(6 * 60 * 60);

/// What a room is called in the log that another one went on in.
const UPGRADED: &str = "an upgraded room";

/// Rooms that are not to be tried before an instant.
type Later = HashMap<OwnedRoomId, Instant>;

impl Allowed {
    /// Whether an invitation by `user` is accepted; with neither list, those of the bot's own homeserver.
    pub fn allows(&self, user: &str, me: &str) -> bool {
        let server = server_of(user);
        if self.servers.is_empty() && self.users.is_empty() {
            return server == server_of(me);
        }
        self.users.iter().any(|allowed| allowed == user) || self.servers.iter().any(|allowed| allowed == "*" || allowed == server)
    }
}

impl Matrix {
    /// Looks after rooms whenever something was told, until the session ends.
    pub(super) async fn tend(&self, client: &Client) {
        // Apart from each other: what could not be entered uninvited can be once an invitation comes.
        let (mut later, mut unfollowed) = (Later::new(), Later::new());
        loop {
            for room in client.invited_rooms() {
                if may_try(&later, room.room_id()) {
                    let outcome = self.answer_invitation(client, &room).await;
                    self.note(&mut later, room.room_id(), outcome, "an invitation");
                }
            }
            for room in client.joined_rooms() {
                if let Some(next) = room.successor_room().map(|next| next.room_id).filter(|next| may_try(&unfollowed, next)) {
                    let outcome = self.follow(client, &room, &next).await;
                    self.note(&mut unfollowed, &next, outcome, UPGRADED);
                }
            }
            tokio::select! {
                () = self.something_to_tend.notified() => {}
                () = tokio::time::sleep(AGAIN), if !(later.is_empty() && unfollowed.is_empty()) => {}
            }
            let now = Instant::now();
            later.retain(|_, until| *until > now);
            unfollowed.retain(|_, until| *until > now);
        }
    }

    fn note(&self, later: &mut Later, room: &RoomId, outcome: Result<(), Trouble>, what: &str) {
        let pause = match outcome {
            Ok(()) => return,
            Err(Trouble::Busy(pause)) => pause,
            Err(trouble @ (Trouble::Away(_) | Trouble::Inside(_) | Trouble::LoggedOut)) => {
                tracing::warn!(%trouble, "a room could not be entered; it is tried again ({what})");
                AGAIN
            }
            // As it goes where rooms are entered by invitation: one comes, or nobody wants the bot there.
            Err(Trouble::Forbidden) if what == UPGRADED => {
                tracing::info!("a room was upgraded, and the bot waits for its invitation into the new one");
                MUCH_LATER
            }
            Err(trouble @ (Trouble::Forbidden | Trouble::NotFound | Trouble::Refused(_))) => {
                tracing::warn!(%trouble, "a room cannot be entered: {what}");
                MUCH_LATER
            }
        };
        later.insert(room.to_owned(), Instant::now() + pause);
    }

    async fn answer_invitation(&self, client: &Client, room: &Room) -> Result<(), Trouble> {
        let details = room.invite_details().await.map_err(|error| Trouble::of(&error))?;
        let inviter = details.inviter_id;
        let direct = room.is_direct().await.unwrap_or(false);
        let allowed = self.config.allowed.allows(inviter.as_str(), &self.config.user)
            || (direct && shares_a_room(client, &inviter).await)
            || is_awaited(client, room.room_id());
        if !allowed {
            tracing::info!(
                "an invitation was declined: who sent it is not in matrix.allowed_users, nor their homeserver in matrix.allowed_servers"
            );
            return room.leave().await.map_err(|error| Trouble::of(&error));
        }
        if direct {
            self.mark_direct(client, room.room_id(), &inviter).await?;
        }
        client.send(join_room_by_id::v3::Request::new(room.room_id().to_owned())).await.map_err(|error| Trouble::of_http(&error))?;
        self.directs.entered(room.room_id());
        Ok(())
    }

    /// Notes a direct room in `m.direct` before it is entered, so that no crash leaves it unmarked.
    async fn mark_direct(&self, client: &Client, room: &RoomId, user: &OwnedUserId) -> Result<(), Trouble> {
        let known = self.directs.is_marked(client, room);
        self.directs.is_of(room, user);
        if !known {
            client.account().mark_as_dm(room, std::slice::from_ref(user)).await.map_err(|error| Trouble::of(&error))?;
        }
        Ok(())
    }

    async fn follow(&self, client: &Client, room: &Room, next: &RoomId) -> Result<(), Trouble> {
        let state = client.get_room(next).map(|room| room.state());
        if state == Some(RoomState::Joined) {
            return Ok(());
        }
        if let Some(partner) = self.directs.partner(room) {
            self.mark_direct(client, next, &partner).await?;
        }
        let via: Vec<OwnedServerName> = room.route().await.unwrap_or_default();
        let place: &RoomOrAliasId = next.into();
        let request = assign!(join_room_by_id_or_alias::v3::Request::new(place.to_owned()), { via });
        client.send(request).await.map_err(|error| Trouble::of_http(&error))?;
        Ok(())
    }
}

fn may_try(later: &Later, room: &RoomId) -> bool {
    later.get(room).is_none_or(|until| *until <= Instant::now())
}

/// Whether somebody is in a room that the bot is in: members of its groups may open a direct room, wherever their account is.
async fn shares_a_room(client: &Client, user: &UserId) -> bool {
    for room in client.joined_rooms() {
        if let Ok(Some(member)) = room.get_member(user).await
            && *member.membership() == MembershipState::Join
        {
            return true;
        }
    }
    false
}

/// Whether a room of ours was upgraded to this one.
fn is_awaited(client: &Client, room: &RoomId) -> bool {
    client.joined_rooms().iter().any(|old| old.successor_room().is_some_and(|next| next.room_id == room))
}

impl rooms::Directs {
    /// Whether `m.direct` has the room already.
    fn is_marked(&self, client: &Client, room: &RoomId) -> bool {
        client.get_room(room).is_some_and(|room| room.direct_targets_length() > 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_may_invite() {
        let list = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        let me = "@bot:x.org";
        let home = Allowed::default();
        assert!(home.allows("@sam:x.org", me) && !home.allows("@sam:y.org", me));
        let some = Allowed { servers: list(&["y.org"]), users: list(&["@lou:z.org"]) };
        for (user, expected) in [("@sam:y.org", true), ("@lou:z.org", true), ("@sam:z.org", false), ("@sam:x.org", false)] {
            assert_eq!(some.allows(user, me), expected, "{user}");
        }
        assert!(Allowed { servers: list(&["*"]), users: vec![] }.allows("@a:b", me));
    }
}
