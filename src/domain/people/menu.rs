//! `/menu`: seven buttons and "everything", and the line of each command.

use crate::domain::{
    command::{Command, FIRST_SEVEN, TABLE, Who},
    decision::{Audience, Decision},
    hear::Call,
    message::{Button, Content, Msg},
    scope::{Place, Role, Scope},
    words::fold,
};

/// The words after `/menu` that open the whole list.
const EVERYTHING: [&str; 6] = ["tout", "tous", "toutes", "all", "everything", "plus"];

/// The first buttons, or all that this person may do here.
pub fn menu(scope: &Scope, call: &Call) -> Decision {
    if EVERYTHING.contains(&fold(&call.rest).trim()) {
        return Decision::answer(everything(scope));
    }
    let mut lines = vec![Msg::new("menu-title")];
    if matches!(scope.place, Place::Room(_)) && scope.group.is_none() {
        lines.push(Msg::new("menu-not-installed").with("setup", Command::Setup));
    } else if scope.place == Place::Direct && scope.person.is_none() {
        lines.push(Msg::new("menu-not-joined").with("join", Command::Join));
    }
    Decision::nothing().tell(Audience::SameRoom, Content::from(lines).buttons(buttons()))
}

/// The eight buttons: the seven commands that everybody starts with, and everything.
pub fn buttons() -> Vec<Button> {
    let all = Button::command(Msg::new("menu-button-all"), Command::Menu, "tout");
    FIRST_SEVEN.into_iter().map(|command| Button::command(label(command), command, "")).chain([all]).collect()
}

/// What the button of one of the first seven says.
fn label(command: Command) -> Msg {
    match command {
        Command::Talk => Msg::new("menu-button-talk"),
        Command::Sos => Msg::new("menu-button-sos"),
        Command::Checkin => Msg::new("menu-button-checkin"),
        Command::Agenda => Msg::new("menu-button-agenda"),
        Command::Credits => Msg::new("menu-button-credits"),
        Command::Pause => Msg::new("menu-button-pause"),
        Command::Settings => Msg::new("menu-button-settings"),
        other => line_text(other).unwrap_or(Msg::new("menu-button-all")),
    }
}

/// A line for each command that this person may use here; in private, since it tells the role.
fn everything(scope: &Scope) -> Content {
    let role = scope.role();
    let lines = TABLE.iter().filter(|spec| spec.built && may(spec.who, role, scope) && serves(spec.command, role)).filter_map(|spec| {
        let what = line_text(spec.command)?;
        Some(Msg::new("menu-line").with("command", spec.command).with("what", what))
    });
    let mut all = vec![Msg::new("menu-all-title")];
    all.extend(lines);
    if scope.person.is_none() {
        all.push(Msg::new("menu-not-joined").with("join", Command::Join));
    }
    all.into()
}

fn may(who: Who, role: Option<Role>, scope: &Scope) -> bool {
    match who {
        Who::Anyone => true,
        Who::Member => role >= Some(Role::Member),
        Who::Supporter => role >= Some(Role::Supporter),
        Who::Facilitator => role >= Some(Role::Facilitator),
        Who::Coordinator => role >= Some(Role::Coordinator),
        Who::RoomAdmin => scope.is_admin,
    }
}

/// Who may use a command has not always a use for it: joining is for who has not, proposing for who leads.
fn serves(command: Command, role: Option<Role>) -> bool {
    match command {
        Command::Join => role.is_none(),
        Command::Leave => role.is_some(),
        Command::Session | Command::Attendance => role >= Some(Role::Facilitator),
        Command::Role => role >= Some(Role::Supporter),
        _ => true,
    }
}

/// What a command does, in a few words, for the list and for the platforms' own menus; `None` where it is not built.
pub fn line_text(command: Command) -> Option<Msg> {
    Some(match command {
        Command::Menu => Msg::new("menu-menu"),
        Command::Sos => Msg::new("menu-sos"),
        Command::Talk => Msg::new("menu-talk"),
        Command::Checkin => Msg::new("menu-checkin"),
        Command::Agenda => Msg::new("menu-agenda"),
        Command::Credits => Msg::new("menu-credits"),
        Command::Pause => Msg::new("menu-pause"),
        Command::Settings => Msg::new("menu-settings"),
        Command::Join => Msg::new("menu-join"),
        Command::Leave => Msg::new("menu-leave"),
        Command::MyMonth => Msg::new("menu-mymonth"),
        Command::Resume => Msg::new("menu-resume"),
        Command::Statement => Msg::new("menu-statement"),
        Command::Give => Msg::new("menu-give"),
        Command::Thanks => Msg::new("menu-thanks"),
        Command::Book => Msg::new("menu-book"),
        Command::Cancel => Msg::new("menu-cancel"),
        Command::Bookings => Msg::new("menu-bookings"),
        Command::Rules => Msg::new("menu-rules"),
        Command::Language => Msg::new("menu-language"),
        Command::Country => Msg::new("menu-country"),
        Command::Timezone => Msg::new("menu-timezone"),
        Command::Alias => Msg::new("menu-alias"),
        Command::Discreet => Msg::new("menu-discreet"),
        Command::Session => Msg::new("menu-session"),
        Command::Attendance => Msg::new("menu-attendance"),
        Command::Series => Msg::new("menu-series"),
        Command::Prompt => Msg::new("menu-prompt"),
        Command::Issue => Msg::new("menu-issue"),
        Command::Reverse => Msg::new("menu-reverse"),
        Command::Fund => Msg::new("menu-fund"),
        Command::Ledger => Msg::new("menu-ledger"),
        Command::Profile => Msg::new("menu-profile"),
        Command::Role => Msg::new("menu-role"),
        Command::Remove => Msg::new("menu-remove"),
        Command::Choices => Msg::new("menu-choices"),
        Command::Setup => Msg::new("menu-setup"),
        Command::Block => Msg::new("menu-block"),
        Command::Report => Msg::new("menu-report"),
        Command::MyData => Msg::new("menu-mydata"),
        Command::Erase => Msg::new("menu-erase"),
        Command::Link => Msg::new("menu-link"),
        Command::Climate
        | Command::Invite
        | Command::Available
        | Command::Unavailable
        | Command::OnDuty
        | Command::Breathe
        | Command::Cap
        | Command::Figures => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_built_command_has_its_line_and_no_other() {
        for spec in TABLE {
            assert_eq!(line_text(spec.command).is_some(), spec.built, "{:?}", spec.command);
        }
    }

    #[test]
    fn the_first_button_is_to_talk_and_the_last_is_everything() {
        let buttons = buttons();
        assert_eq!(buttons.len(), 8);
        assert_eq!(buttons[0].label.id, "menu-button-talk");
        assert_eq!(buttons[7].press.encode(), "c:menu:tout");
    }
}
