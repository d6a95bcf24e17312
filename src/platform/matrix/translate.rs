//! Goes through what a sync told: rooms entered, left and upgraded, people who come and go, and what was said.

use std::{collections::HashSet, time::Duration};

use matrix_sdk::{
    Client, Room, RoomState,
    deserialized_responses::TimelineEvent,
    ruma::{EventId, UserId},
    sync::{JoinedRoomUpdate, LeftRoomUpdate, State, SyncResponse},
};

use super::{
    Matrix, Place, gap,
    incoming::{self, Me, Message, Quoted, Setting, Wire},
    render::PRESSES,
    rooms,
    sync::Heard,
};
use crate::domain::{
    command::needs_admin_check,
    event::{Event, Missed, Origin, RoomAddress, RoomEvent, Sender, Unheard},
    message::Press,
    time::Timestamp,
    words::{TEXT_BYTES_MAX, cut},
};

/// How long it may take to look up a message that is answered.
const LOOK_UP: Duration = Duration::from_secs(5);

impl Matrix {
    /// What `response` told.
    pub(super) async fn translate(&self, client: &Client, me: &Me, place: &mut Place, response: &SyncResponse, now: Timestamp) -> Heard {
        let mut heard = Heard::default();
        for (id, update) in &response.rooms.joined {
            if let Some(room) = client.get_room(id) {
                self.joined(client, &room, me, update, &response.next_batch, now, place, &mut heard).await;
            }
        }
        for (id, update) in &response.rooms.left {
            if let Some(room) = client.get_room(id) {
                self.left(&room, me, update, &response.next_batch, now, &mut heard);
            }
        }
        heard
    }

    #[allow(clippy::too_many_arguments, reason = "one walk through one room of a response")]
    async fn joined(
        &self,
        client: &Client,
        room: &Room,
        me: &Me,
        update: &JoinedRoomUpdate,
        next_batch: &str,
        now: Timestamp,
        place: &mut Place,
        heard: &mut Heard,
    ) {
        let timeline = &update.timeline;
        let (mut events, mut cut): (Vec<TimelineEvent>, bool) = (Vec::new(), false);
        if let (true, Some(from), Some(to)) = (timeline.limited, timeline.prev_batch.as_deref(), place.cursor.as_deref()) {
            let gap = gap::between(room, from, to, self.config.missed_max, &me.id, now).await;
            cut = gap.cut;
            events.extend(gap.events);
        }
        events.extend(timeline.events.iter().cloned());
        // Where all rooms are told of anew, what is old was answered in its time.
        if cut || (place.goes_on && timeline.events.iter().any(|event| gap::is_passed_over(event, &me.id, now))) {
            let key = incoming::key(&me.id, room.room_id().as_str(), &format!(":gap:{next_batch}"));
            let missed = self.missed(room, Unheard::TooMuch).await;
            heard.events.push(Event { key, at: now, origin: Origin::Room(RoomEvent::Missed(missed)) });
        }
        let known: HashSet<String> = events.iter().filter_map(|event| event.event_id().map(|id| id.to_string())).collect();
        let (State::Before(state) | State::After(state)) = &update.state;
        for wire in state.iter().filter_map(|raw| Wire::read(raw.json().get())).filter(|wire| !known.contains(&wire.event_id)) {
            self.changed(client, room, me, &wire, now, heard).await;
        }
        // What was said before we came was not said to us; nor what was said before we were ever set up.
        let ours = |event: &TimelineEvent| Wire::read(event.raw().json().get()).as_ref().and_then(Wire::comes) == Some(&me.id);
        let from = match events.iter().rposition(ours) {
            Some(at) => at,
            None if place.cursor.is_none() => events.len(),
            None => 0,
        };
        for event in &events[from..] {
            self.hear(room, me, event, now, place, heard).await;
        }
    }

    /// One event of a timeline: said, or a change of the room, or kept until its key comes.
    pub(super) async fn hear(&self, room: &Room, me: &Me, event: &TimelineEvent, now: Timestamp, place: &mut Place, heard: &mut Heard) {
        let json = event.raw().json().get();
        let Some(wire) = Wire::read(json) else { return };
        if gap::is_too_old(&wire, now) || !wire.unsigned["redacted_because"].is_null() {
            return;
        }
        if wire.state_key.is_some() {
            return self.changed(&room.client(), room, me, &wire, now, heard).await;
        }
        if event.kind.is_utd() {
            if wire.sender != me.id {
                heard.keeping.extend(place.waiting.keep(room.room_id(), &wire, json, now));
            }
            return;
        }
        if let Some(message) = incoming::message(&wire, me) {
            heard.events.extend(self.said(room, me, &wire, message, now).await);
        }
    }

    async fn said(&self, room: &Room, me: &Me, wire: &Wire, message: Message, at: Timestamp) -> Option<Event> {
        let user = <&UserId>::try_from(wire.sender.as_str()).ok()?;
        let address = self.address_for(room, user);
        if address.direct {
            self.directs.used(user, room.room_id());
        }
        let is_admin = !address.direct && needs_admin_check(&message.typed.text) && rooms::administers(room, user).await;
        let quoted = match message.reply_to.as_deref().filter(|_| message.asks_whom_it_answers()) {
            Some(event) => self.quoted(room, me, event).await,
            None => None,
        };
        let setting = Setting { room: address, sender: shown(room, user).await, is_admin, at };
        message.event(wire, me, setting, quoted)
    }

    /// Where somebody wrote: their direct room only where it is theirs.
    fn address_for(&self, room: &Room, user: &UserId) -> RoomAddress {
        match self.directs.partner(room) {
            Some(partner) if partner == *user => self.directs.address(room),
            _ => rooms::group(room.room_id()),
        }
    }

    /// Looks up the message that is answered: our own newest ones are at hand.
    async fn quoted(&self, room: &Room, me: &Me, event: &str) -> Option<Quoted> {
        if let Some(presses) = self.sent.presses(event) {
            let author = incoming::sender(&me.id, me.name.as_deref(), &me.id);
            return Some(Quoted { author: Some(author), is_bot: true, text: None, presses: presses.into_iter().map(Some).collect() });
        }
        let id = EventId::parse(event).ok()?;
        let found = tokio::time::timeout(LOOK_UP, room.event(&id, None)).await.ok()?.ok()?;
        let wire = Wire::read(found.raw().json().get())?;
        let is_bot = wire.sender == me.id;
        let carried = wire.content[PRESSES].as_array().filter(|_| is_bot);
        let presses = carried.into_iter().flatten().map(|press| press.as_str().and_then(Press::decode)).collect();
        let author = match <&UserId>::try_from(wire.sender.as_str()) {
            Ok(user) => Some(shown(room, user).await),
            Err(_) => None,
        };
        let text = wire.content["body"].as_str().filter(|_| !is_bot).map(|text| cut(text, TEXT_BYTES_MAX).to_owned());
        Some(Quoted { author, is_bot, text, presses })
    }

    /// A change of a room's state: who comes and goes, and where the room went.
    async fn changed(&self, client: &Client, room: &Room, me: &Me, wire: &Wire, at: Timestamp, heard: &mut Heard) {
        let mut push = |what: &str, origin: RoomEvent| {
            let key = incoming::key(&me.id, &wire.event_id, what);
            heard.events.push(Event { key, at, origin: Origin::Room(origin) });
        };
        match (wire.kind.as_str(), wire.membership()) {
            ("m.room.member", Some((who, "join"))) if who == me.id => {
                if let Some(before) = rooms::predecessor(client, room) {
                    push(":moved", self.moved(&before, room));
                }
                if self.directs.partner(room).is_none() {
                    push("", RoomEvent::Joined(rooms::group(room.room_id())));
                }
            }
            ("m.room.member", Some((who, membership))) => {
                let Some(partner) = self.directs.partner(room).filter(|partner| partner.as_str() == who) else { return };
                match membership {
                    "join" => push("", RoomEvent::Opened(self.directs.address(room), shown(room, &partner).await)),
                    "leave" | "ban" if !self.has_another(client, room, &partner) => push("", RoomEvent::Left(self.directs.address(room))),
                    _ => {}
                }
            }
            ("m.room.power_levels", _) if self.directs.partner(room).is_none() => {
                let room_is = rooms::group(room.room_id());
                push("", if rooms::may_write(room).await { RoomEvent::Joined(room_is) } else { RoomEvent::Silenced(room_is) });
            }
            ("m.room.tombstone", _) => {
                if let Some(next) = rooms::successor(client, room) {
                    push(":moved", self.moved(room, &next));
                    push(":joined", RoomEvent::Joined(rooms::group(next.room_id())));
                }
            }
            _ => {}
        }
    }

    fn moved(&self, from: &Room, to: &Room) -> RoomEvent {
        RoomEvent::Moved { from: rooms::group(from.room_id()), to: rooms::group(to.room_id()) }
    }

    /// Whether somebody who leaves a direct room has another one.
    fn has_another(&self, client: &Client, room: &Room, user: &UserId) -> bool {
        let others = client.joined_rooms().into_iter().filter(|other| other.room_id() != room.room_id());
        others
            .into_iter()
            .any(|other| self.directs.counted(&other) == 2 && self.directs.partner(&other).is_some_and(|partner| partner == *user))
    }

    fn left(&self, room: &Room, me: &Me, update: &LeftRoomUpdate, next_batch: &str, at: Timestamp, heard: &mut Heard) {
        if room.state() == RoomState::Joined {
            return;
        }
        let (State::Before(state) | State::After(state)) = &update.state;
        let timeline = update.timeline.events.iter().map(|event| event.raw().json().get());
        let all = state.iter().map(|raw| raw.json().get()).chain(timeline);
        let ours = |wire: &Wire| wire.membership().is_some_and(|(who, _)| who == me.id);
        let event = all.filter_map(Wire::read).rfind(ours);
        let id = event.map_or_else(|| format!("{}:{next_batch}", room.room_id()), |wire| wire.event_id);
        let origin = Origin::Room(RoomEvent::Left(self.directs.address(room)));
        heard.events.push(Event { key: incoming::key(&me.id, &id, ""), at, origin });
    }

    /// A message that could not be read, to be answered kindly.
    pub(super) async fn unread(&self, room: &Room, me: &Me, wire: &Wire, at: Timestamp) -> Event {
        let key = incoming::key(&me.id, &wire.event_id, ":unread");
        let missed = self.missed(room, Unheard::NoKey).await;
        Event { key, at, origin: Origin::Room(RoomEvent::Missed(missed)) }
    }

    async fn missed(&self, room: &Room, why: Unheard) -> Missed {
        let sender = match self.directs.partner(room) {
            Some(partner) => Some(shown(room, &partner).await),
            None => None,
        };
        Missed { room: self.directs.address(room), sender, why }
    }
}

/// An account as the room shows it.
async fn shown(room: &Room, user: &UserId) -> Sender {
    let member = room.get_member_no_sync(user).await.ok().flatten();
    incoming::sender(user.as_str(), member.as_ref().and_then(|member| member.display_name()), room.own_user_id().as_str())
}
