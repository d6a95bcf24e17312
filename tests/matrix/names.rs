//! Who is meant by a name: names that are typed, displayed, alike, or taken to deceive.

use serde_json::json;

use crate::{
    circle::{Circle, Member},
    support::matrix::{Synapse, content},
};

/// The account's name without its homeserver.
fn short(user: &str) -> &str {
    user.trim_start_matches('@').split(':').next().unwrap()
}

/// From now on the account is shown so.
fn shows(member: &Member, name: &str) {
    let path = format!("/_matrix/client/v3/profile/{}/displayname", member.person.user);
    member.person.raw("PUT", &path, &json!({"displayname": name}));
}

#[test]
fn a_name_means_its_account_and_a_displayed_one_nobody_elses() {
    let synapse = Synapse::shared();
    let circle = Circle::found(synapse, None, 2);
    circle.issue_to_all(50);
    let (giver, sam) = (&circle.members[0], &circle.members[1]);
    // Somebody who is shown exactly as a member is, joins; their alias must be another.
    let double = Member::new(&circle.people, synapse, &sam.person.name, &circle.bot.user);
    circle.coordinator.person.invites(&circle.group, &double.person.user);
    double.person.joins(&circle.group);
    double.joins_with(&circle.group, "!rejoindre");
    let give = |typed: &str, reason: &str| {
        let before = giver.said().len();
        giver.person.says(&giver.direct, &format!("!donner {typed} 1 {reason}"));
        giver.reads(reason_number(&circle, sam, reason).as_str());
        giver.said()[before..].join("\n")
    };
    // By alias, by the account's short name, and by all of it, typed by hand.
    for (typed, reason) in [
        (format!("@{}", sam.person.name), "alias."),
        (format!("@{}", short(&sam.person.user)), "short."),
        (sam.person.user.clone(), "whole."),
    ] {
        let answer = give(&typed, reason);
        let shown = typed.trim_start_matches('@');
        assert!(answer.contains(&format!("pour {shown}.")), "{answer}");
        // What was typed, and never whose it is otherwise.
        for other in [short(&sam.person.user), sam.person.name.as_str()].iter().filter(|other| !shown.contains(**other)) {
            assert!(!answer.contains(other), "{typed}: {answer}");
        }
    }
    // Neither is somebody else's whole id as a displayed name worth anything.
    shows(&double, &sam.person.user);
    double.person.says(&circle.group, "Bonjour à tous.");
    let answer = give(&sam.person.user, "deceived.");
    assert!(answer.contains(&format!("pour {}.", sam.person.user.trim_start_matches('@'))), "{answer}");
    assert_eq!(sam.balance(), 54, "{}", circle.story());
    double.person.says(&double.direct, "!solde");
    double.reads("encore rien reçu");
}

/// Waits until the receiver was told of the gift; what the giver reads of it.
fn reason_number(circle: &Circle, receiver: &Member, reason: &str) -> String {
    let told = receiver.reads(reason);
    let text = crate::support::gifts::plain(told.body());
    let number = crate::support::gifts::number_after(&text, "Virement n°").unwrap_or_else(|| panic!("{text}\n{}", circle.story()));
    format!("Virement n° {number}.")
}

#[test]
fn who_is_not_there_yet_is_found_by_the_short_name_when_they_come() {
    let synapse = Synapse::shared();
    let circle = Circle::found(synapse, None, 1);
    circle.issue_to_all(10);
    let giver = &circle.members[0];
    let lou = Member::new(&circle.people, synapse, "Lou", &circle.bot.user);
    let answer = giver.asks(&format!("!donner @{} 3 bienvenue.", short(&lou.person.user)));
    assert!(answer.body().contains(short(&lou.person.user)), "{}", answer.body());
    circle.coordinator.person.invites(&circle.group, &lou.person.user);
    lou.person.joins(&circle.group);
    lou.joins_with(&circle.group, "!rejoindre");
    lou.reads("bienvenue.");
    assert_eq!(lou.balance(), 3, "{}", circle.story());
    // A mark is no name: what stands in `m.mentions` alone, and not in the text, is nobody.
    let mut hidden = content::text("!donner @personne 2 caché.");
    hidden["m.mentions"] = json!({"user_ids": [lou.person.user]});
    let answer = giver.answer_to(|| drop(giver.person.sends(&giver.direct, hidden)));
    assert!(answer.body().contains("personne"), "{}", answer.body());
    assert_eq!(lou.balance(), 3, "{}", circle.story());
}
