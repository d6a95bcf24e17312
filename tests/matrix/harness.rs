//! The homeserver, the people and the network that the other tests stand on do what these tests believe.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use serde_json::json;

use crate::support::matrix::{COMES_WITHIN, Fault, Limits, People, Person, Plan, Proxy, Synapse, content};

/// Two people, and a room that the first made.
fn two(people: &Arc<People>, synapse: &Synapse, encrypted: bool) -> (Person, Person, String) {
    let (awa, sam) = (people.person(synapse, "Awa"), people.person(synapse, "Sam"));
    let room = awa.makes(Plan { name: "Le cercle", encrypted, invited: &[&sam.user], ..Plan::default() });
    assert_eq!(sam.is_invited("the invitation", |_| true), room);
    sam.joins(&room);
    awa.sees_join(&room, &sam.user);
    (awa, sam, room)
}

#[test]
fn two_people_talk_encrypted() {
    let synapse = Synapse::shared();
    let (awa, sam, room) = two(&People::on(synapse), synapse, true);
    let hello = awa.sends(&room, content::naming("Bonjour Sam", &[("Sam", &sam.user)]));
    let heard = sam.reads(&room, &awa.user, "Bonjour Sam");
    assert!(heard.encrypted);
    assert_eq!((heard.id.as_str(), heard.msgtype(), heard.mentions()), (hello.as_str(), "m.text", vec![sam.user.as_str()]));
    assert_eq!(heard.html(), format!("Bonjour <a href=\"https://matrix.to/#/{}\">Sam</a>", sam.user));
    let answer = sam.sends(&room, content::in_thread(content::text("Oui ?"), &hello));
    let heard = awa.reads(&room, &sam.user, "Oui ?");
    assert_eq!((heard.thread(), heard.reply_to(), heard.edit_of()), (Some(hello.as_str()), Some(hello.as_str()), None));
    sam.sends(&room, content::edit("Oui.", &answer));
    let heard = awa.reads(&room, &sam.user, "Oui.");
    assert_eq!((heard.edit_of(), heard.body(), heard.encrypted), (Some(answer.as_str()), "Oui.", true));
    sam.reacts(&room, &hello, "👍");
    let heard = awa.wait_for(&room, "the reaction", |heard| heard.kind == "m.reaction");
    assert_eq!(heard.reaction(), Some((hello.as_str(), "👍")));
    awa.redacts(&room, &hello);
    sam.wait_for(&room, "the redaction", |heard| heard.redacts() == Some(hello.as_str()));
    assert!(!sam.heard(&room).iter().any(|heard| heard.kind == "unreadable"), "{}", sam.people().transcript());
}

#[test]
fn files_are_encrypted_where_the_room_is() {
    let synapse = Synapse::shared();
    let people = People::on(synapse);
    for encrypted in [true, false] {
        let (awa, sam, room) = two(&people, synapse, encrypted);
        awa.sends_file(&room, b"OggS", "audio/ogg", content::voice());
        let heard = sam.reads(&room, &awa.user, "Message vocal");
        assert_eq!((heard.msgtype(), heard.encrypted), ("m.audio", encrypted));
        assert_eq!(heard.content.get("file").is_some(), encrypted);
        assert_eq!(sam.downloads(&heard), b"OggS");
    }
}

#[test]
fn a_room_that_becomes_encrypted_and_a_device_that_joins_later() {
    let synapse = Synapse::shared();
    let (awa, sam, room) = two(&People::on(synapse), synapse, false);
    awa.says(&room, "en clair");
    assert!(!sam.reads(&room, &awa.user, "en clair").encrypted);
    awa.encrypts(&room);
    awa.says(&room, "à nous");
    assert!(sam.reads(&room, &awa.user, "à nous").encrypted);
    let phone = sam.people().client(&sam.user, "Sam");
    assert_ne!(phone.device, sam.device);
    phone.says(&room, "du téléphone");
    assert!(awa.reads(&room, &sam.user, "du téléphone").encrypted);
    awa.says(&room, "à vos deux appareils");
    assert!(phone.reads(&room, &awa.user, "à vos deux appareils").encrypted);
    assert!(phone.heard(&room).iter().any(|heard| heard.kind == "unreadable"), "what came before has no key here");
}

#[test]
fn keys_can_be_held_back() {
    let synapse = Synapse::shared();
    let (awa, sam, room) = two(&People::on(synapse), synapse, true);
    awa.says(&room, "zéro");
    sam.reads(&room, &awa.user, "zéro");
    awa.holds_keys(&room);
    let one = awa.says(&room, "un");
    sam.wait_for(&room, "what cannot be read", |heard| heard.kind == "unreadable" && heard.id == one);
    assert_eq!(awa.releases_keys(), 1);
    sam.reads(&room, &awa.user, "un");
    awa.holds_keys(&room);
    let two = awa.says(&room, "deux");
    sam.wait_for(&room, "what cannot be read", |heard| heard.kind == "unreadable" && heard.id == two);
    awa.forgets_held_keys(&room);
    awa.says(&room, "trois");
    sam.reads(&room, &awa.user, "trois");
    assert!(!sam.heard(&room).iter().any(|heard| heard.is_message() && heard.id == two));
}

#[test]
fn a_homeserver_that_restarts_hangs_or_has_its_limits() {
    let synapse = Synapse::start(Limits::Default);
    let (awa, sam, room) = two(&People::on(&synapse), &synapse, true);
    synapse.kill();
    synapse.start_again();
    awa.says(&room, "après la panne");
    sam.reads(&room, &awa.user, "après la panne");
    synapse.stop();
    synapse.start_again();
    synapse.pause();
    let begun = awa.begins(&room, content::text("pendant la pause"));
    std::thread::sleep(Duration::from_millis(500));
    assert!(!sam.heard(&room).iter().any(|heard| heard.body() == "pendant la pause"));
    synapse.resume();
    awa.done(begun);
    sam.reads(&room, &awa.user, "pendant la pause");
    synapse.slow_down(&awa.user, 1, 1);
    let path = |n: usize| format!("/_matrix/client/v3/rooms/{room}/send/m.test/slow-{n}");
    let refused = (0..10).find_map(|n| awa.try_raw("PUT", &path(n), &json!({})).err()).expect("a refusal");
    assert!(refused.contains("M_LIMIT_EXCEEDED") && refused.contains("retry_after_ms"), "{refused}");
    synapse.speed_up(&awa.user);
    assert_eq!(synapse.log().matches("Traceback").count(), 0, "{}", synapse.log());
}

#[test]
fn a_network_that_loses_answers() {
    let synapse = Synapse::shared();
    let proxy = Proxy::before(synapse);
    let (near, far) = (People::on(synapse), People::at(&proxy.url()));
    let sam = near.person(synapse, "Sam");
    let awa = far.client(&synapse.register("awa"), "Awa");
    let room = sam.makes(Plan { name: "Le cercle", invited: &[&awa.user], ..Plan::default() });
    awa.joins(&room);
    let path = format!("/_matrix/client/v3/rooms/{room}/send/m.room.message/once");
    let (begun, body) = (Instant::now(), content::text("une fois"));
    for (fault, words) in [
        (Fault::LoseAnswer, "RemoteDisconnected"),
        (Fault::Drop, "RemoteDisconnected"),
        (Fault::TooMany(1500), "1500"),
        (Fault::BadGateway, "502"),
    ] {
        proxy.inject("PUT", "/send/", 1, fault);
        let error = awa.try_raw("PUT", &path, &body).unwrap_err();
        assert!(error.contains(words), "{fault:?}: {error}");
    }
    assert_eq!(proxy.faults_left(), 0);
    awa.raw("PUT", &path, &body);
    sam.reads(&room, &awa.user, "une fois");
    proxy.wait_rest(begun, Duration::from_millis(300), COMES_WITHIN);
    let count = sam.heard(&room).iter().filter(|heard| heard.body() == "une fois").count();
    assert_eq!(count, 1, "the same transaction is one message:\n{}", proxy.transcript());
    assert_eq!(proxy.passed().iter().filter(|passed| passed.path.ends_with("/once")).count(), 5);
}

#[test]
fn rooms_change_and_people_come_and_go() {
    let synapse = Synapse::shared();
    let (awa, sam, room) = two(&People::on(synapse), synapse, true);
    awa.kicks(&room, &sam.user);
    sam.wait_for(&room, "the door", |heard| heard.membership() == Some((&sam.user, "leave")) && heard.sender == awa.user);
    awa.invites(&room, &sam.user);
    sam.people().wait_for("the second invitation", COMES_WITHIN, |heard| {
        (heard.iter().filter(|heard| heard.kind == "invited" && heard.room == room).count() == 2).then_some(())
    });
    sam.joins(&room);
    let new = awa.upgrades(&room, "11");
    let tombstone = sam.wait_for(&room, "the tombstone", |heard| heard.kind == "m.room.tombstone");
    assert_eq!(tombstone.content["replacement_room"], json!(new));
    awa.invites(&new, &sam.user);
    sam.is_invited("the new room", |heard| heard.room == new);
    sam.joins(&new);
    sam.leaves(&new);
    awa.wait_for(&new, "Sam to go", |heard| heard.membership() == Some((&sam.user, "leave")));
}
