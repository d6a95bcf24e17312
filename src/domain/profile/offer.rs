//! A profile in words, and the topics of a group as coordinators see and set them.

use super::{Profile, Spoken, Stance, Topic, topics};
use crate::domain::{
    command::Command,
    decision::{Audience, Context, Decision},
    message::{Content, Msg},
    people::{Change, GroupSetting},
    question::{self, Action},
    scope::{Group, Scope},
    words::fold,
};

/// Names one after the other, with commas; `None` where there are none.
pub(crate) fn list(names: Vec<Msg>) -> Option<Msg> {
    names.into_iter().rev().reduce(|more, what| Msg::new("profile-list-more").with("what", what).with("more", more))
}

/// The three lines of a profile.
pub(super) fn shown(profile: &Profile, topics: &[Topic]) -> Vec<Msg> {
    let or_none = |names: Vec<Msg>| list(names).unwrap_or(Msg::new("profile-nothing-yet"));
    let stances = profile.stances.iter().copied().map(Stance::msg).collect();
    let languages = profile.languages.iter().copied().map(Spoken::msg).collect();
    let topics = profile.topics_in(topics).map(Topic::msg).collect();
    Vec::from([
        Msg::new("profile-stances").with("what", or_none(stances)),
        Msg::new("profile-languages").with("what", or_none(languages)),
        Msg::new("profile-topics").with("what", or_none(topics)),
    ])
}

/// Everything of it in one line, topics that the group has taken off its list too; `None` where there is nothing.
pub(in crate::domain) fn in_words(profile: &Profile) -> Option<Msg> {
    let stances = profile.stances.iter().copied().map(Stance::msg);
    let languages = profile.languages.iter().copied().map(Spoken::msg);
    list(stances.chain(languages).chain(profile.topics.iter().map(Topic::msg)).collect())
}

/// The line of `/settings` for coordinators.
pub fn topics_line(group: &Group) -> Msg {
    let names = group.topics().iter().map(Topic::msg).collect();
    Msg::new("profile-settings-topics").with("what", list(names).unwrap_or(Msg::new("profile-nothing-yet")))
}

/// `/settings topics …`: what the supporters of a group can be asked for. `before`: how the command began.
pub fn group_topics(scope: &Scope, group: &Group, before: &str, typed: &str, ctx: &mut Context) -> Decision {
    if matches!(fold(typed).trim(), "habituels" | "habituel" | "usual" | "defaut" | "default") {
        return set(scope, group, before, None, ctx);
    }
    match topics::read_list(typed) {
        Ok(list) if list.is_empty() => ask(scope, group, before, ctx),
        Ok(list) => set(scope, group, before, Some(list), ctx),
        Err(_) => {
            let content = Msg::new("profile-topics-too-many").with("number", i64::try_from(topics::TOPICS_MAX).unwrap_or(i64::MAX));
            Decision::answer(content).await_text(ctx, scope.account.id, Command::Settings, before)
        }
    }
}

fn ask(scope: &Scope, group: &Group, before: &str, ctx: &mut Context) -> Decision {
    let content = Content::from(vec![
        Msg::new("profile-topics-title"),
        topics_line(group),
        Msg::new("profile-topics-ask").with("settings", Command::Settings),
    ]);
    let usual = Action::Run { command: Command::Settings, rest: format!("{before}habituels") };
    let choices = match group.own_topics {
        Some(_) => vec![(Msg::new("profile-button-usual-topics"), usual)],
        None => Vec::new(),
    };
    let decision = match choices.is_empty() {
        true => Decision::answer(content),
        false => {
            let (asked, buttons) = question::ask(ctx, scope.account.id, choices);
            Decision::answer(content.buttons(buttons)).change(asked)
        }
    };
    decision.await_text(ctx, scope.account.id, Command::Settings, before)
}

/// Keeps the list, with a way back to the one before.
fn set(scope: &Scope, group: &Group, before: &str, list: Option<Vec<Topic>>, ctx: &mut Context) -> Decision {
    let was = group.own_topics.as_ref().map_or_else(|| "habituels".to_owned(), |list| topics::typed(list));
    let back = Action::Run { command: Command::Settings, rest: format!("{before}{was}") };
    let (asked, buttons) = question::ask(ctx, scope.account.id, vec![(Msg::new("profile-button-undo"), back)]);
    let changed = Group { own_topics: list.clone(), ..group.clone() };
    let content = Content::from(vec![Msg::new("profile-topics-set"), topics_line(&changed)]).buttons(buttons);
    Decision::nothing()
        .change(Change::Group(group.id, GroupSetting::Topics(list)))
        .change(question::Change::AwaitNothing(scope.account.id))
        .change(asked)
        .tell(Audience::Asker, content)
}
