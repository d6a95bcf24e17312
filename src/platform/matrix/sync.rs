//! Reads by plain sync: what was told is committed together with the token of what comes next, and nothing is lost in between.

use std::{pin::pin, time::Duration};

use futures_util::{FutureExt as _, Stream, StreamExt as _, future::join};
use matrix_sdk::{
    Client,
    config::{SyncSettings, SyncToken},
    ruma::{
        UInt,
        api::client::{
            filter::{Filter, FilterDefinition, RoomEventFilter, RoomFilter},
            sync::sync_events::v3::Filter as Wanted,
        },
        assign,
    },
    sync::SyncResponse,
};

use super::{Matrix, Place, incoming::Me, keys::Outcome, trouble::Trouble, trust::becomes_known};
use crate::{
    domain::event::{Batch, Cursor, Keeping, Platform},
    platform::{Intake, NotTaken, backoff::Backoff},
};

/// How long the homeserver holds a sync that has nothing to tell.
const WAIT: Duration = Duration::from_secs(30);
/// And while keys are awaited, which may also come from the backup.
const WAIT_FOR_KEYS: Duration = Duration::from_secs(3);
/// How long to wait before a batch that could not be committed is handed over again.
const LATER: Duration = Duration::from_millis(500);
/// How many messages of a room come with a sync; more are a gap.
const TIMELINE: u32 = 50;
/// Marks a store that has read the state of all rooms once.
const WHOLE: &[u8] = b"entraide has read all rooms";

/// Why a session ended.
pub(super) enum End {
    /// The program stops.
    Stopping,
    /// The device is no more.
    LoggedOut,
    /// Something is wrong with the client; a new one may do.
    Anew(String),
}

impl Matrix {
    /// Reads, and looks after rooms and devices beside that, until something ends it.
    pub(super) async fn session<I: Intake>(&self, client: &Client, intake: &I, place: &mut Place) -> End {
        // Both go on at every moment: the SDK's locks and connections are shared, and whoever holds one must not be left standing.
        tokio::select! {
            end = self.read(client, intake, place) => end,
            _ = join(self.tend(client), self.watch_devices(client, intake)) => End::Anew("looking after rooms ended".to_owned()),
        }
    }

    /// Reads until something ends it.
    async fn read<I: Intake>(&self, client: &Client, intake: &I, place: &mut Place) -> End {
        let name = client.account().get_display_name().await.ok().flatten();
        let me = Me { id: self.config.user.clone(), name };
        let mut backoff = Backoff::default();
        let mut keys = pin!(keys_of(client).await);
        // Whatever waits since before the start is tried once, new keys or not.
        let mut news_of_keys = true;
        let mut whole = matches!(client.state_store().get_custom_value(WHOLE).await, Ok(Some(_)));
        for room in client.joined_rooms() {
            self.directs.count(&room).await;
        }
        loop {
            let wait = if place.waiting.is_empty() { WAIT } else { WAIT_FOR_KEYS };
            // A store that knows no room yet is told of all of them; what is older than our own token was handled before.
            place.goes_on = whole && place.cursor.is_some();
            let token = place.cursor.clone().filter(|_| whole).map_or(SyncToken::NoToken, SyncToken::Specific);
            let settings = SyncSettings::new().token(token).timeout(wait).filter(wanted());
            let response = match client.sync_once(settings).await {
                Ok(response) => response,
                Err(error) => match recover(Trouble::of(&error), &mut backoff).await {
                    Some(end) => return end,
                    None => continue,
                },
            };
            backoff.reset();
            self.answered();
            for room in response.rooms.joined.keys().filter_map(|room| client.get_room(room)) {
                self.directs.count(&room).await;
            }
            while keys.next().now_or_never().flatten().is_some() {
                news_of_keys = true;
            }
            let batch = self.batch(client, &me, place, &response, &mut news_of_keys).await;
            let known = becomes_known(&batch.events);
            if let Err(NotTaken::Stopping) = hand_over(intake, batch).await {
                return End::Stopping;
            }
            known.into_iter().for_each(|user| self.reviewed.wrote(user));
            place.cursor = Some(response.next_batch);
            if !whole {
                whole = true;
                if client.state_store().set_custom_value_no_read(WHOLE, vec![1]).await.is_err() {
                    tracing::warn!("the Matrix store cannot be written; all rooms are read once more after the next start");
                }
            }
            self.current.send_replace(Some(client.clone()));
            self.something_to_tend.notify_one();
        }
    }

    async fn batch(&self, client: &Client, me: &Me, place: &mut Place, response: &SyncResponse, news_of_keys: &mut bool) -> Batch {
        let now = (self.config.clock)();
        let mut heard = self.translate(client, me, place, response, now).await;
        // Also now and then without news: the backup tells nobody, and some are given up.
        if !place.waiting.is_empty() || *news_of_keys {
            *news_of_keys = false;
            let (outcomes, done) = place.waiting.try_again(client, &self.directs, now).await;
            heard.keeping.extend(done);
            for outcome in outcomes {
                match outcome {
                    Outcome::Read(room, event) => self.hear(&room, me, &event, now, place, &mut heard).await,
                    Outcome::GivenUp(room, wire) => heard.events.push(self.unread(&room, me, &wire, now).await),
                }
            }
        }
        let cursor = Some(Cursor { platform: Platform::Matrix, value: response.next_batch.clone() });
        Batch { events: heard.events, cursor, keeping: heard.keeping }
    }
}

/// News of keys; what they are is found out by trying.
async fn keys_of(client: &Client) -> impl Stream<Item = ()> + use<> {
    let stream = client.encryption().room_keys_received_stream().await;
    futures_util::stream::iter(stream).flatten().map(|_| ())
}

/// Hands a batch over until it is committed.
pub(super) async fn hand_over<I: Intake>(intake: &I, batch: Batch) -> Result<(), NotTaken> {
    loop {
        match intake.submit(batch.clone()).await {
            // Never is older news asked for again within one session: the SDK would answer that there is none.
            Err(NotTaken::Later) => tokio::time::sleep(LATER).await,
            answer => return answer,
        }
    }
}

/// Says what is wrong and waits; how the session ends where waiting does not help.
async fn recover(trouble: Trouble, backoff: &mut Backoff) -> Option<End> {
    let asked = match trouble {
        Trouble::LoggedOut => return Some(End::LoggedOut),
        Trouble::Inside(why) => return Some(End::Anew(why)),
        Trouble::Busy(pause) => Some(pause),
        Trouble::Away(_) | Trouble::Forbidden | Trouble::NotFound | Trouble::Refused(_) => None,
    };
    let pause = backoff.next(asked);
    tracing::warn!(pause_ms = pause.as_millis(), "Matrix tells nothing new: {trouble}");
    tokio::time::sleep(pause).await;
    None
}

/// Messages and state of rooms, and no more: neither who is online nor who has read what.
///
/// Members are not loaded lazily: homeservers then tell of whoever wrote, the bot itself too, that their devices changed, so
/// that keys are asked for with every message, and the library's waiting for them stops all sending for seconds.
pub(super) fn wanted() -> Wanted {
    let nothing = || RoomEventFilter::ignore_all();
    let room = assign!(RoomFilter::default(), {
        ephemeral: nothing(),
        timeline: assign!(RoomEventFilter::default(), { limit: Some(UInt::from(TIMELINE)) }),
    });
    let presence = Filter::ignore_all();
    Wanted::FilterDefinition(assign!(FilterDefinition::default(), { room, presence }))
}

/// What was heard, to be committed together.
#[derive(Default)]
pub(super) struct Heard {
    pub(super) events: Vec<crate::domain::event::Event>,
    pub(super) keeping: Vec<Keeping>,
}
