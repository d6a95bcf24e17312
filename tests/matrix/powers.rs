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
    circle.issue_to_all(5);
    let (coordinator, member, group) = (&circle.coordinator, &circle.members[0], &circle.group);
    coordinator.person.says(group, "!seance Respirer 12/05 18h 60min 2 places");
    let card = coordinator.person.reads(group, &circle.bot.user, "2 places libres sur 2");
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
    // A seat is taken and another session announced; the prompt of this moment does not reach the room.
    member.asks("!reserver 1");
    coordinator.asks("!seance Marcher 13/05 18h 60min 2 places");
    coordinator.asks("!menu");
    assert_eq!(circle.public().len(), said, "{}", circle.story());
    coordinator.person.sets(group, "m.room.power_levels", "", before);
    coordinator.person.reads(group, &circle.bot.user, "Respirer");
    // The cards are as things are now, the one that hangs there and the new one.
    let edited = coordinator.person.reads(group, &circle.bot.user, "1 place libre sur 2");
    assert_eq!(edited.edit_of(), Some(card.id.as_str()), "{}", circle.story());
    let announced =
        coordinator.person.wait_for(group, "the second card", |heard| heard.body().contains("Marcher") && heard.edit_of().is_none());
    assert!(announced.body().contains("2 places libres sur 2"), "{}", announced.body());
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
