//! What becomes of deliveries that meet trouble: order, cards, moved rooms, what is given up.

use uuid::Uuid;

use super::*;
use crate::{
    domain::{
        decision::Manner,
        event::RoomAddress,
        ids::{AccountId, DeliveryId, SessionId},
        time::Timestamp,
    },
    store::outbox::{AskedIn, Owed, Receiver},
};

const ROOM: RoomId = RoomId(Uuid::from_u128(1));
const CARD: CardKey = CardKey::Session(SessionId(Uuid::from_u128(2)));
const MADE_AT: Timestamp = Timestamp::from_micros(1_790_000_000_000_000);

fn outbox(now: Timestamp) -> Outbox {
    Outbox::new(Arc::new(Texts::embedded()), Arc::default(), Clock::standing(now), Paces::default())
}

fn address(id: &str) -> RoomAddress {
    RoomAddress { platform: Platform::Telegram, id: id.to_owned(), direct: false }
}

fn owed(to: Receiver, what: What) -> Owed {
    let asked_in = Some(AskedIn { room: ROOM, context: Some("x".to_owned()) });
    let id = DeliveryId(Uuid::from_u128(3));
    Owed { id, to, what, language: "fr".to_owned(), zone: Zone::PARIS, manner: Manner::Answer, made_at: MADE_AT, asked_in, answers: None }
}

fn in_room(seq: i64, at: &str, what: What, card_message: Option<&str>) -> Ready {
    let route = Route::Room(ROOM, address(at));
    Ready {
        seq,
        owed: owed(Receiver::Room(ROOM), what),
        route,
        card_message: card_message.map(|id| MessageRef(id.to_owned())),
        discreet: false,
    }
}

fn message() -> What {
    What::Message(Msg::new("button-expired").into())
}

fn card() -> What {
    What::Card(CARD, Msg::new("button-expired").into())
}

fn ephemeral(seq: i64) -> Ready {
    let (account, to) = (AccountId(Uuid::from_u128(4)), AccountAddress { platform: Platform::Telegram, id: "7".to_owned() });
    let route = Route::Ephemeral(account, to, address("old"), "x".to_owned());
    Ready { seq, owed: owed(Receiver::Account(account), message()), route, card_message: None, discreet: false }
}

/// Tries what is next, with this result; returns its number, where it went, what it edited, and the report.
fn try_next(outbox: &mut Outbox, result: Result<Option<&str>, DeliveryError>) -> (i64, String, Option<String>, Option<Fate>) {
    let Next::Send(key, item) = outbox.queue.next(Instant::now()) else { panic!("something is to be sent") };
    let (seq, parcel) = (item.ready.seq, outbox.parcel(&item));
    let edited = match parcel.as_ref().map(|parcel| &parcel.body) {
        Some(Body::Message { edit_of, .. }) => edit_of.as_ref().map(|message| message.0.clone()),
        _ => None,
    };
    let to = match parcel.as_ref().map(|parcel| &parcel.to) {
        Some(Destination::Room(room) | Destination::Ephemeral { room, .. }) => room.id.clone(),
        Some(Destination::Direct(account)) => account.id.clone(),
        None => "nowhere".to_owned(),
    };
    let result = result.map(|message| message.map(|id| MessageRef(id.to_owned()).into()).unwrap_or_default());
    let report = outbox.settle(&key, *item, parcel.is_some().then_some(result));
    (seq, to, edited, report.map(|report| report.fate))
}

fn gone() -> DeliveryError {
    DeliveryError::Permanent(Reason::MessageGone)
}

fn moved() -> DeliveryError {
    DeliveryError::Permanent(Reason::Moved(address("new")))
}

#[tokio::test]
async fn a_card_whose_message_is_gone_does_not_take_the_place_of_its_newer_version() {
    let mut outbox = outbox(MADE_AT);
    let waiting = [(1, card()), (2, message())].map(|(seq, what)| in_room(seq, "old", what, Some("m1")));
    assert!(outbox.take(waiting.to_vec()).is_empty());
    let Next::Send(key, first) = outbox.queue.next(Instant::now()) else { panic!("the card is first") };
    // Its newer version comes while it is on its way.
    outbox.take(vec![in_room(3, "old", card(), Some("m1"))]);
    assert!(outbox.settle(&key, *first, Some(Err(gone()))).is_none());
    let (seq, _, edited, _) = try_next(&mut outbox, Ok(Some("m2")));
    assert_eq!((seq, edited), (1, None), "it is sent anew in its place");
    assert_eq!(try_next(&mut outbox, Ok(Some("m3"))).0, 2);
    let (seq, _, edited, _) = try_next(&mut outbox, Ok(Some("m2")));
    assert_eq!((seq, edited.as_deref()), (3, Some("m2")), "the newer version is the last word");
}

#[tokio::test]
async fn what_waits_for_a_room_that_moved_follows_it_in_order() {
    let mut outbox = outbox(MADE_AT);
    outbox.take(vec![in_room(1, "old", message(), None), in_room(2, "old", card(), Some("old:5")), in_room(3, "old", message(), None)]);
    let (seq, to, _, fate) = try_next(&mut outbox, Err(moved()));
    assert_eq!((seq, to.as_str()), (1, "old"));
    assert!(matches!(fate, Some(Fate::Moved(to)) if to == address("new")), "the store is told");
    // Decided after the store had learnt it.
    outbox.take(vec![in_room(4, "new", message(), None)]);
    for expected in 1..=4 {
        let (seq, to, edited, _) = try_next(&mut outbox, Ok(None));
        assert_eq!((seq, to.as_str(), edited), (expected, "new", None));
    }
    assert_eq!(outbox.waiting(), 0);
}

#[tokio::test]
async fn a_room_that_keeps_moving_is_not_hammered() {
    let mut outbox = outbox(MADE_AT);
    outbox.take(vec![in_room(1, "old", message(), None)]);
    try_next(&mut outbox, Err(moved()));
    try_next(&mut outbox, Err(moved()));
    assert!(matches!(outbox.queue.next(Instant::now()), Next::At(_)));
}

#[tokio::test]
async fn what_waited_long_for_its_receiver_is_tried_as_often_as_anything() {
    let mut outbox = outbox(MADE_AT.plus(chrono::TimeDelta::days(20)));
    outbox.take(vec![in_room(1, "old", message(), None)]);
    let busy = DeliveryError::Retry { after: Some(Duration::ZERO), reason: "busy".to_owned() };
    assert!(try_next(&mut outbox, Err(busy)).3.is_none(), "not given up at the first trouble");
    assert!(matches!(try_next(&mut outbox, Ok(None)).3, Some(Fate::Delivered(Receipt { message: None, .. }))));
}

#[tokio::test]
async fn an_ephemeral_answer_that_is_late_is_not_shown() {
    let late = MADE_AT.plus(chrono::TimeDelta::seconds(11));
    for (now, shown) in [(MADE_AT, true), (late, false)] {
        let mut outbox = outbox(now);
        outbox.take(vec![ephemeral(1)]);
        match try_next(&mut outbox, Ok(None)).3 {
            Some(Fate::Delivered(_)) => assert!(shown),
            Some(Fate::DirectClosed { ephemeral: false }) => assert!(!shown, "it waits for the direct room"),
            other => panic!("{other:?}"),
        }
    }
}
