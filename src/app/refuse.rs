//! What everybody may be refused, before any feature is asked.

use crate::domain::{
    command::{Command, Who},
    decision::{Act, Decision, Outcome, Refusal},
    hear::Call,
    message::{Button, Content, Msg, Press},
    scope::{Role, Scope},
};

/// What works in a room before `/setup`.
const BEFORE_SETUP: [Command; 5] = [Command::Menu, Command::Sos, Command::Language, Command::Setup, Command::Link];

/// Refuses what is not built, not set up, or not this person's to ask.
pub(super) fn check(command: Command, typed: &str, in_group_room: bool, scope: &Scope) -> Result<(), Refusal> {
    let spec = command.spec();
    if in_group_room && scope.group.is_none() && !BEFORE_SETUP.contains(&command) {
        return Err(Refusal::new(
            Msg::new("not-installed")
                .with("setup", Command::Setup)
                .with("menu", Command::Menu)
                .with("sos", Command::Sos)
                .with("language-command", Command::Language),
        ));
    }
    if !spec.built {
        return Err(Refusal::new(Msg::new("command-not-built").with("word", typed).with("menu", Command::Menu)));
    }
    let needed = match spec.who {
        Who::Anyone | Who::RoomAdmin => return Ok(()),
        Who::Member => Role::Member,
        Who::Supporter => Role::Supporter,
        Who::Facilitator => Role::Facilitator,
        Who::Coordinator => Role::Coordinator,
    };
    match scope.role() {
        None => Err(not_joined(scope)),
        Some(role) if role >= needed => Ok(()),
        Some(_) => Err(Refusal::new(not_allowed(needed).with("menu", Command::Menu))),
    }
}

fn not_joined(scope: &Scope) -> Refusal {
    if scope.community.is_none() {
        return Refusal::new(Msg::new("no-group"));
    }
    let text = Msg::new("not-joined").with("join", Command::Join).with("agenda", Command::Agenda).with("sos", Command::Sos);
    Refusal::new(Content::from(text).buttons([Button::command(Msg::new("button-join"), Command::Join, "")]))
}

fn not_allowed(needed: Role) -> Msg {
    match needed {
        Role::Member => Msg::new("not-allowed-member"),
        Role::Supporter => Msg::new("not-allowed-supporter"),
        Role::Facilitator => Msg::new("not-allowed-facilitator"),
        Role::Coordinator => Msg::new("not-allowed-coordinator"),
    }
}

/// The neutral button that opens a private conversation.
pub(super) fn open_private() -> Button {
    Button { label: Msg::new("open-private"), press: Press::OpenPrivate }
}

/// An unknown word, marked as a command or said to the bot.
pub(super) fn unknown(word: &str, close: Option<Command>) -> Outcome {
    Err(Refusal::new(match close {
        Some(meant) => Content::from(Msg::new("did-you-mean").with("typed", word).with("meant", meant)).buttons([Button::command(
            Msg::new("common-yes"),
            meant,
            "",
        )]),
        None => Content::from(Msg::new("unknown-command").with("typed", word).with("menu", Command::Menu)),
    }))
}

/// How somebody is, of whom they want nothing more, and whom somebody wanted to take out, must not be read in the group, also
/// where it was typed too early.
pub(super) fn must_not_stay(call: &Call) -> bool {
    match call.command {
        Command::Checkin => !call.rest.is_empty(),
        Command::Block | Command::Report | Command::Remove => true,
        _ => false,
    }
}

/// Said in private, and what was typed in a group is deleted there.
pub(super) fn unsaid(outcome: Outcome) -> Decision {
    let decision = outcome.unwrap_or_else(|refusal| Decision::answer(*refusal.0));
    if decision.acts.contains(&Act::DeleteAsked) { decision } else { decision.act(Act::DeleteAsked) }
}
