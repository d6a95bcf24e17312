//! The long run of Matrix: trust seen from the other side, by clients on the real libolm, and what takes minutes.
//! `bash tests/run --long` runs it; `cargo test --test matrix_long` does too, once `tests/support/matrix/install --long` has run.
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]
#![allow(dead_code, unreachable_pub, reason = "the modules of the usual run have more")]

mod bot;
mod circle;
mod html;
#[path = "../support/mod.rs"]
mod support;

use std::{thread, time::Duration};

use bot::Bot;
use circle::{Circle, STEP_TAKES};
use serde_json::Value;
use support::matrix::{Heard, People, Person, Plan, Synapse, content};

/// From here on mautrix calls a device signed by the identity that it saw first.
const CROSS_SIGNED: i64 = 100;

/// What the bot says to a client after `act`.
fn answer(person: &Person, room: &str, bot: &str, act: impl FnOnce()) -> Heard {
    let fits = |heard: &&Heard| person.heard_it(heard) && heard.room == room && heard.sender == bot && heard.is_message();
    let before = person.people().heard().iter().filter(fits).count();
    act();
    person.people().wait_for("an answer", STEP_TAKES, |all| all.iter().filter(fits).nth(before).cloned())
}

#[test]
fn the_bot_is_trusted_by_clients_on_libolm_and_tells_of_devices_that_it_does_not_trust() {
    let synapse = Synapse::shared();
    let people = People::signed(synapse);
    let mut bot = Bot::new(synapse, None);
    bot.start();
    let user = synapse.register("awa");
    let awa = people.client(&user, "Awa");
    let direct = awa.makes(Plan { encrypted: true, direct: true, invited: &[&bot.user], ..Plan::default() });
    awa.sees_join(&direct, &bot.user);
    let trust = awa.trust(&bot.user);
    let devices: Vec<i64> = trust.as_object().unwrap().values().filter_map(Value::as_i64).collect();
    assert!(devices.len() == 1 && devices[0] >= CROSS_SIGNED, "{trust}");
    // Its keys go to signed devices alone: that the bot answers shows that it is one.
    let heard = answer(&awa, &direct, &bot.user, || drop(awa.sends(&direct, content::text("!menu"))));
    assert!(heard.content["trust"].as_i64().is_some_and(|trust| trust >= CROSS_SIGNED), "{:?}", heard.content);
    // A device that the person has not signed gets no keys, and its owner is told where they can read it.
    let phone = people.unsigned_client(&user, "Awa");
    answer(&awa, &direct, &bot.user, || drop(awa.sends(&direct, content::text("!menu"))));
    awa.reads(&direct, &bot.user, "n'est pas vérifié");
    answer(&awa, &direct, &bot.user, || drop(awa.sends(&direct, content::text("!menu"))));
    let reads = phone.heard(&direct).into_iter().filter(|heard| heard.is_message()).count();
    assert_eq!(reads, 0, "{}", people.transcript());
    bot.program().assert_running();
}

#[test]
fn the_first_message_to_somebody_goes_to_their_signed_devices_alone() {
    let synapse = Synapse::shared();
    let people = People::signed(synapse);
    let mut bot = Bot::new(synapse, None);
    bot.start();
    let user = synapse.register("lou");
    // Both are there before the bot has ever heard of them.
    let (lou, phone) = (people.client(&user, "Lou"), people.unsigned_client(&user, "Lou"));
    let direct = lou.makes(Plan { encrypted: true, direct: true, invited: &[&bot.user], ..Plan::default() });
    lou.sees_join(&direct, &bot.user);
    // Twice, so that what was sent first has had its time to arrive.
    for _ in 0..2 {
        answer(&lou, &direct, &bot.user, || drop(lou.sends(&direct, content::text("!menu"))));
    }
    let reads = phone.heard(&direct).into_iter().filter(|heard| heard.is_message() && heard.sender == bot.user).count();
    assert_eq!(reads, 0, "{}", people.transcript());
    bot.program().assert_running();
}

/// What the bot said somewhere that this client read.
fn read_of(person: &Person, room: &str, bot: &str) -> usize {
    person.heard(room).into_iter().filter(|heard| heard.is_message() && heard.sender == bot).count()
}

#[test]
fn who_was_a_stranger_when_their_device_was_shut_out_is_told_once_they_write() {
    let synapse = Synapse::shared();
    let people = People::signed(synapse);
    let mut bot = Bot::new(synapse, None);
    bot.start();
    let (nadia, user) = (people.client(&synapse.register("nadia"), "Nadia"), synapse.register("awa"));
    let (awa, phone) = (people.client(&user, "Awa"), people.unsigned_client(&user, "Awa"));
    let group = nadia.makes(Plan { encrypted: true, invited: &[&bot.user, &user], ..Plan::default() });
    nadia.sees_join(&group, &bot.user);
    awa.joins(&group);
    nadia.sees_join(&group, &user);
    // The bot speaks in the group, and knows nothing of Awa but her devices.
    answer(&nadia, &group, &bot.user, || drop(nadia.sends(&group, content::text("!agenda"))));
    bot.stop();
    bot.start();
    answer(&nadia, &group, &bot.user, || drop(nadia.sends(&group, content::text("!agenda"))));
    assert_eq!(people.heard().iter().filter(|heard| heard.kind == "invited" && heard.room != group).count(), 0, "she is not written to");
    assert_eq!(read_of(&phone, &group, &bot.user), 0, "{}", people.transcript());
    let direct = awa.makes(Plan { encrypted: true, direct: true, invited: &[&bot.user], ..Plan::default() });
    awa.sees_join(&direct, &bot.user);
    answer(&awa, &direct, &bot.user, || drop(awa.sends(&direct, content::text("!menu"))));
    let is_told = |heard: &&Heard| awa.heard_it(heard) && heard.body().contains("n'est pas vérifié");
    awa.reads(&direct, &bot.user, "n'est pas vérifié");
    // Once: neither when she writes again, nor after a restart.
    answer(&awa, &direct, &bot.user, || drop(awa.sends(&direct, content::text("!menu"))));
    bot.stop();
    bot.start();
    answer(&awa, &direct, &bot.user, || drop(awa.sends(&direct, content::text("!menu"))));
    thread::sleep(Duration::from_secs(2));
    assert_eq!(people.heard().iter().filter(is_told).count(), 1, "{}", people.transcript());
    assert_eq!(read_of(&phone, &direct, &bot.user), 0, "{}", people.transcript());
    bot.program().assert_running();
}

#[test]
fn who_signs_none_of_their_devices_reads_on_all_and_is_told_so_once() {
    let synapse = Synapse::shared();
    let people = People::signed(synapse);
    let mut bot = Bot::new(synapse, None);
    bot.start();
    let user = synapse.register("lou");
    let (lou, phone) = (people.client_that_signs_nothing(&user, "Lou"), people.unsigned_client(&user, "Lou"));
    let direct = lou.makes(Plan { encrypted: true, direct: true, invited: &[&bot.user], ..Plan::default() });
    lou.sees_join(&direct, &bot.user);
    for _ in 0..2 {
        answer(&lou, &direct, &bot.user, || drop(lou.sends(&direct, content::text("!menu"))));
    }
    let is_told = |heard: &&Heard| lou.heard_it(heard) && heard.body().contains("Aucun de vos appareils n'est vérifié");
    lou.reads(&direct, &bot.user, "Aucun de vos appareils n'est vérifié");
    phone.wait_for(&direct, "the other device to read it too", |heard| heard.body().contains("Aucun de vos appareils"));
    bot.stop();
    bot.start();
    answer(&lou, &direct, &bot.user, || drop(lou.sends(&direct, content::text("!menu"))));
    thread::sleep(Duration::from_secs(2));
    assert_eq!(people.heard().iter().filter(is_told).count(), 1, "{}", people.transcript());
    bot.program().assert_running();
}

#[test]
fn a_message_whose_key_never_comes_is_answered_kindly_once() {
    let synapse = Synapse::shared();
    let circle = Circle::found(synapse, None, 1);
    let member = &circle.members[0];
    member.person.holds_keys(&member.direct);
    member.person.says(&member.direct, "!solde");
    member.person.forgets_held_keys(&member.direct);
    let fits =
        |heard: &&Heard| member.person.heard_it(heard) && heard.sender == circle.bot.user && heard.body().contains("clé de chiffrement");
    let answer = circle.people.wait_for("a kind word", Duration::from_secs(15 * 60), |all| all.iter().find(fits).cloned());
    assert!(answer.body().contains("Renvoyez"), "{}", answer.body());
    member.asks("!menu");
    thread::sleep(Duration::from_secs(5));
    assert_eq!(circle.people.heard().iter().filter(fits).count(), 1, "{}", circle.story());
}
