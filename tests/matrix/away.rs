//! What goes wrong between the bot and its homeserver: answers lost, pauses asked for, servers and programs that end and hang.

use std::{
    collections::BTreeSet,
    thread,
    time::{Duration, Instant},
};

use crate::{
    circle::Circle,
    support::{
        gifts::number_after,
        matrix::{Fault, Heard, Limits, Proxy, Synapse, content},
    },
};

/// So many messages make a gap: more than a sync brings of one room.
const MISSED: usize = 150;

/// The number of the transfer with this reason, as its receiver was told; once.
fn transfer(circle: &Circle, reason: &str) -> i64 {
    let receiver = &circle.members[1];
    receiver.reads(reason);
    let told: Vec<String> = receiver.said().into_iter().filter(|text| text.contains(reason)).collect();
    assert_eq!(told.len(), 1, "{told:?}\n{}", circle.story());
    number_after(&told[0], "Virement n°").unwrap_or_else(|| panic!("{told:?}"))
}

/// The giver is told of it too.
fn receipt(circle: &Circle, number: i64) {
    circle.members[0].reads(&format!("Virement n° {number}."));
}

fn gift(circle: &Circle, reason: &str) -> serde_json::Value {
    content::naming(&format!("!donner Membre2 1 {reason}"), &[("Membre2", &circle.members[1].person.user)])
}

#[test]
fn after_a_long_absence_everything_is_handled_oldest_first() {
    let synapse = Synapse::shared();
    let mut circle = Circle::found(synapse, None, 2);
    circle.issue_to_all(50);
    circle.bot.stop();
    let writer = &circle.members[0].person;
    let mut begun = Vec::new();
    for n in 0..MISSED {
        let wanted = n % 30 == 0;
        let what = if wanted { gift(&circle, &format!("gap-{n}.")) } else { content::text(&format!("Bonjour, {n}.")) };
        begun.push(writer.begins(&circle.group, what));
    }
    begun.into_iter().for_each(|ticket| drop(writer.done(ticket)));
    circle.bot.start();
    let numbers: Vec<i64> = (0..MISSED).step_by(30).map(|n| transfer(&circle, &format!("gap-{n}."))).collect();
    assert!(numbers.windows(2).all(|pair| pair[0] < pair[1]), "{numbers:?}");
    assert_eq!(circle.members[0].balance(), 45, "{}", circle.story());
}

#[test]
fn an_answer_that_is_lost_is_one_message() {
    let synapse = Synapse::shared();
    let proxy = Proxy::before(synapse);
    let circle = Circle::found(synapse, Some(&proxy), 2);
    circle.issue_to_all(50);
    for (n, fault) in [Fault::LoseAnswer, Fault::Drop, Fault::BadGateway, Fault::TooMany(300), Fault::LoseAnswer].into_iter().enumerate() {
        proxy.inject("PUT", "/send/", 2, fault);
        circle.members[0].person.sends(&circle.group, gift(&circle, &format!("lost-{n}.")));
        receipt(&circle, transfer(&circle, &format!("lost-{n}.")));
        assert_eq!(proxy.faults_left(), 0, "{}", proxy.transcript());
    }
    // What was answered and never arrived was tried again under the same transaction.
    let said = circle.members[0].said();
    assert_eq!(said.iter().collect::<BTreeSet<_>>().len(), said.len(), "{said:?}");
    for (method, part, fault) in [
        ("GET", "/sync", Fault::LoseAnswer),
        ("GET", "/sync", Fault::BadGateway),
        ("GET", "/sync", Fault::TooMany(200)),
        ("POST", "/keys/", Fault::LoseAnswer),
        ("PUT", "/sendToDevice/", Fault::LoseAnswer),
    ] {
        proxy.inject(method, part, 1, fault);
    }
    circle.coordinator.person.rotates_keys(&circle.group);
    circle.members[0].person.sends(&circle.group, gift(&circle, "restored."));
    transfer(&circle, "restored.");
    assert_eq!(circle.members[0].balance(), 44, "{}", circle.story());
}

#[test]
fn a_homeserver_that_slows_the_bot_down_delays_and_loses_nothing() {
    let synapse = Synapse::shared();
    let proxy = Proxy::before(synapse);
    let circle = Circle::found(synapse, Some(&proxy), 2);
    circle.issue_to_all(50);
    synapse.slow_down(&circle.bot.user, 1, 1);
    for n in 0..6 {
        circle.members[0].person.sends(&circle.group, gift(&circle, &format!("slow-{n}.")));
    }
    for n in 0..6 {
        receipt(&circle, transfer(&circle, &format!("slow-{n}.")));
    }
    let refused = proxy.passed().iter().filter(|passed| passed.status == Some(429)).count();
    assert!(refused > 0, "the homeserver refused nothing:\n{}", proxy.transcript());
    synapse.speed_up(&circle.bot.user);
    let said = circle.members[0].said();
    assert_eq!(said.iter().collect::<BTreeSet<_>>().len(), said.len(), "{said:?}");
}

#[test]
fn a_pause_that_is_asked_for_is_kept_by_the_outbox_and_cards_run_together() {
    const PAUSE: Duration = Duration::from_millis(12_300);
    let synapse = Synapse::shared();
    let proxy = Proxy::before(synapse);
    let circle = Circle::found(synapse, Some(&proxy), 2);
    circle.issue_to_all(50);
    circle.coordinator.person.says(&circle.group, "!seance Respirer 12/05 18h 60min 2 places");
    let card = circle.coordinator.person.reads(&circle.group, &circle.bot.user, "2 places libres sur 2");
    let asked = Instant::now();
    proxy.inject("PUT", "/send/", 1, Fault::TooMany(12_300));
    let (first, second) = (&circle.members[0], &circle.members[1]);
    let mut changes = vec![(second, "!reserver 1"), (first, "!reserver 1")];
    changes.extend([(first, "!annuler 1"), (first, "!reserver 1")].repeat(3));
    let begun: Vec<_> = changes.iter().map(|(who, text)| (who, who.person.begins(&who.direct, content::text(text)))).collect();
    begun.into_iter().for_each(|(who, ticket)| drop(who.person.done(ticket)));
    circle.coordinator.person.reads(&circle.group, &circle.bot.user, "Complet");
    let sends: Vec<_> = proxy.passed().into_iter().filter(|passed| passed.at > asked && passed.path.contains("/send/")).collect();
    let refused = sends.iter().find(|passed| passed.status == Some(429)).unwrap_or_else(|| panic!("{}", proxy.transcript()));
    // What was on its way already may arrive; nothing new is tried before the pause is over, by the library neither.
    let early = sends.iter().filter(|passed| passed.at > refused.at && passed.at < refused.at + PAUSE).count();
    assert!(early <= 3, "{early} within the pause:\n{}", proxy.transcript());
    first.person.people().wait_quiet(Duration::from_secs(3), Duration::from_secs(60));
    let heard = circle.coordinator.person.heard(&circle.group);
    let edits: Vec<_> = heard.iter().filter(|heard| heard.edit_of() == Some(card.id.as_str())).collect();
    assert!(edits.last().is_some_and(|last| last.body().contains("Complet")), "{}", circle.story());
    assert!(edits.len() <= 4, "{} changes of the card in a pause are few edits, not {}", changes.len(), edits.len());
}

#[test]
fn a_homeserver_that_ends_begins_again_and_hangs() {
    let synapse = Synapse::start(Limits::None);
    let mut circle = Circle::found(&synapse, None, 2);
    circle.issue_to_all(50);
    // In the middle of it.
    circle.members[0].person.sends(&circle.group, gift(&circle, "before."));
    synapse.kill();
    thread::sleep(Duration::from_secs(2));
    synapse.start_again();
    transfer(&circle, "before.");
    circle.members[0].person.sends(&circle.group, gift(&circle, "between."));
    transfer(&circle, "between.");
    synapse.pause();
    let begun = circle.members[0].person.begins(&circle.group, gift(&circle, "hanging."));
    thread::sleep(Duration::from_secs(20));
    circle.bot.program().assert_running();
    synapse.resume();
    circle.members[0].person.done(begun);
    transfer(&circle, "hanging.");
    // The program ends while it is asked, and is asked while it is gone.
    circle.members[0].person.sends(&circle.group, gift(&circle, "ending."));
    circle.bot.stop();
    circle.members[0].person.sends(&circle.group, gift(&circle, "gone."));
    circle.bot.start();
    transfer(&circle, "ending.");
    transfer(&circle, "gone.");
    assert_eq!(circle.members[0].balance(), 45, "{}", circle.story());
}

#[test]
fn a_key_that_comes_late_is_answered_once() {
    let synapse = Synapse::shared();
    let mut circle = Circle::found(synapse, None, 2);
    circle.issue_to_all(50);
    let writer = circle.members[0].person.clone();
    writer.holds_keys(&circle.group);
    let held = writer.sends(&circle.group, gift(&circle, "late."));
    circle
        .coordinator
        .person
        .wait_for(&circle.group, "what nobody can read", |heard: &Heard| heard.kind == "unreadable" && heard.id == held);
    // Also over a restart, after which the message is long past.
    circle.coordinator.asks("!menu");
    circle.bot.stop();
    circle.bot.start();
    circle.coordinator.asks("!menu");
    assert!(!circle.members[1].said().iter().any(|text| text.contains("late.")));
    assert!(writer.releases_keys() > 0);
    transfer(&circle, "late.");
    assert_eq!(circle.members[0].balance(), 49, "{}", circle.story());
}
