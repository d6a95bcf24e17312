//! Powers that change: a room that takes the bot's words no more, and takes them again.

use serde_json::{Value, json};

use crate::{
    circle::Circle,
    support::matrix::{Person, Synapse},
};

/// The powers of a room.
fn powers(person: &Person, room: &str) -> Value {
    person.raw("GET", &format!("/_matrix/client/v3/rooms/{room}/state/m.room.power_levels"), &Value::Null)
}

#[test]
fn a_room_where_the_bot_may_not_write_is_told_of_and_used_again_when_it_may() {
    let circle = Circle::found(Synapse::shared(), None, 1);
    let (coordinator, member, group) = (&circle.coordinator, &circle.members[0], &circle.group);
    let before = powers(&coordinator.person, group);
    let mut silent = before.clone();
    silent["users"][&circle.bot.user] = json!(0);
    silent["events_default"] = json!(10);
    coordinator.person.sets(group, "m.room.power_levels", "", silent);
    // Who can mend it is told, in private; a member, who cannot, is not.
    let told = coordinator.reads("Je ne peux plus écrire dans un salon du groupe, sur Matrix.");
    assert!(told.encrypted && told.body().starts_with("Une nouvelle"), "{}", told.body());
    member.asks("!solde");
    assert!(!member.said().iter().any(|text| text.contains("Je ne peux plus écrire")), "{}", circle.story());
    // What is asked there meanwhile is not lost.
    let said = circle.public().len();
    coordinator.person.says(group, "!agenda");
    member.asks("!menu");
    assert_eq!(circle.public().len(), said, "{}", circle.story());
    coordinator.person.sets(group, "m.room.power_levels", "", before);
    coordinator.person.reads(group, &circle.bot.user, "prévu");
    // And it is all as before.
    coordinator.asks("!sujet Qu'est-ce qui vous aide ?");
    coordinator.person.says(&coordinator.direct, "1");
    coordinator.person.reads(group, &circle.bot.user, "Qu'est-ce qui vous aide");
    let told = coordinator.said().iter().filter(|text| text.contains("Je ne peux plus écrire")).count();
    assert_eq!(told, 1, "{}", circle.story());
}

#[test]
fn who_administers_a_room_is_asked_of_the_room_as_it_is_now() {
    let circle = Circle::found(Synapse::shared(), None, 1);
    let (coordinator, member) = (&circle.coordinator.person, &circle.members[0]);
    // A room of the member's own, where they may set up; powers of the group's room are worth nothing there, nor the other way.
    let refused = member.answer_to(|| drop(member.person.says(&circle.group, "!installer")));
    assert!(!refused.body().contains("Le groupe est prêt"), "{}", refused.body());
    let mut levels = powers(coordinator, &circle.group);
    levels["users"][&member.person.user] = json!(50);
    coordinator.sets(&circle.group, "m.room.power_levels", "", levels.clone());
    let as_admin = member.answer_to(|| drop(member.person.says(&circle.group, "!installer")));
    levels["users"][&member.person.user] = json!(0);
    coordinator.sets(&circle.group, "m.room.power_levels", "", levels);
    let again = member.answer_to(|| drop(member.person.says(&circle.group, "!installer")));
    assert_eq!(again.body(), refused.body(), "{}", circle.story());
    assert_ne!(as_admin.body(), refused.body(), "{}", circle.story());
}
