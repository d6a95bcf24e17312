//! A group that is set up over Telegram, with people who joined it: where tests of a running program begin.

use std::time::Duration;

use super::bot_api::{BotApi, ChatId, State, UserId};

/// How long one step of setting up may take.
const STEP_TAKES: Duration = Duration::from_secs(60);

/// A group and its people.
pub struct Circle {
    /// The room.
    pub group: ChatId,
    /// Who set it up.
    pub coordinator: UserId,
    /// The names (user names too) and ids of the members; the coordinator is not among them.
    pub members: Vec<(String, UserId)>,
}

impl Circle {
    /// Sets up a group with so many members, each of whom has agreed to take part.
    pub fn found(api: &BotApi, members: usize) -> Self {
        let coordinator = api.person("Nadia");
        api.opens_silently(coordinator);
        let group = api.supergroup("Le cercle", coordinator);
        let names = (1..=members).map(|n| format!("Membre{n}"));
        let members: Vec<(String, UserId)> = names.map(|name| (name.clone(), api.person(&name))).collect();
        for (_, member) in &members {
            api.opens_silently(*member);
            api.enters(*member, group);
        }
        api.writes(coordinator, group, "/installer");
        agree(api, &[coordinator]);
        let people: Vec<UserId> = members.iter().map(|(_, member)| *member).collect();
        // In bunches, as people come, so that no queue outlasts a step.
        for bunch in people.chunks(20) {
            for member in bunch {
                api.writes(*member, group, "/rejoindre");
            }
            agree(api, bunch);
        }
        Self { group, coordinator, members }
    }

    /// The coordinator says who answers for the data, which opens the check-ins.
    pub fn name_controller(&self, api: &BotApi) {
        api.writes(self.coordinator, self.coordinator, "/reglages association La Maison des voisins");
        api.writes(self.coordinator, self.coordinator, "/reglages contact 01 23 45 67 89");
        api.wait_for_text(self.coordinator, self.coordinator, "Tout est en place.");
    }

    /// Every member, and the coordinator, gets so many credits.
    pub fn issue_to_all(&self, api: &BotApi, credits: i64) {
        api.writes(self.coordinator, self.coordinator, format!("/crediter tous {credits} départ"));
        api.wait_for("the question of the issue", STEP_TAKES, |state| {
            newest_labels(state, self.coordinator).is_some_and(|labels| labels.len() < 4)
        });
        let before: Vec<u64> = self.members.iter().map(|(_, member)| newest(&api.state(), *member)).collect();
        api.presses(self.coordinator, self.coordinator, 1).expect("the confirmation");
        api.wait_for("the news of the issue", STEP_TAKES, |state| {
            self.members.iter().zip(&before).all(|((_, member), before)| newest(state, *member) > *before)
        });
    }
}

/// These people, who are being asked, agree; waits until each was answered.
fn agree(api: &BotApi, people: &[UserId]) {
    let asked = |state: &State| people.iter().all(|user| newest_labels(state, *user).is_some());
    api.wait_for("the question of consent", STEP_TAKES, asked);
    let before: Vec<u64> = people.iter().map(|user| newest(&api.state(), *user)).collect();
    for user in people {
        api.presses(*user, *user, 1).expect("the consent");
    }
    api.wait_for("the welcome", STEP_TAKES, |state| people.iter().zip(&before).all(|(user, before)| newest(state, *user) > *before));
}

/// The place in the order of changes of the newest message of a person's private chat.
fn newest(state: &State, user: UserId) -> u64 {
    state.visible(user, ChatId::from(user)).map(|message| message.order).max().unwrap_or(0)
}

fn newest_labels(state: &State, user: UserId) -> Option<Vec<String>> {
    state.newest_with_buttons(user, ChatId::from(user), None).map(|message| message.labels())
}
