//! A changed consent text is asked again: kindly, once by itself, and before whatever would keep something new.

use super::{Action, CONSENT_VERSION, Purpose, Then, consent, join, menu};
use crate::domain::{
    checkin::daily::{self, CheckinArgs},
    command::Command,
    decision::{Act, Audience, Context, Decision, Manner, Outcome},
    hear::Call,
    ids::GroupId,
    message::{Content, Msg},
    question::{self, Action as Choice},
    scope::{Community, Person, Place, Scope},
};

/// How a command goes on while its person has not answered the changed text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Meanwhile {
    /// As always, with nothing beside it: help, or the way out.
    Quietly,
    /// As always; the question comes after it, once.
    AskedAfter,
    /// It keeps something new, so it waits for the answer.
    Waits,
}

/// What comes of a changed text.
#[derive(Clone, PartialEq, Debug)]
pub enum Renewal {
    /// There is nothing to ask.
    Nothing,
    /// The command is done, then this is said.
    After(Decision),
    /// This is said in place of the command.
    Instead(Decision),
}

/// Whether the asker of `call` is asked the changed text, and when.
pub fn renewal(scope: &Scope, call: &Call, ctx: &mut Context) -> Renewal {
    let (Some(community), Some(group), Some(person)) = (&scope.community, &scope.group, &scope.person) else { return Renewal::Nothing };
    if person.consents.given(Purpose::Participation) {
        return Renewal::Nothing;
    }
    match meanwhile(call) {
        Meanwhile::Quietly => Renewal::Nothing,
        Meanwhile::AskedAfter if scope.place != Place::Direct || person.consents.was_asked(Purpose::Participation) => Renewal::Nothing,
        Meanwhile::AskedAfter => Renewal::After(ask(scope, community, group.id, person, None, ctx)),
        Meanwhile::Waits => {
            let then = Then { command: call.command, rest: call.rest.clone() };
            let asked = ask(scope, community, group.id, person, Some(then), ctx);
            // How somebody is must not stay in the group while it waits.
            let tells = call.command == Command::Checkin && scope.place != Place::Direct && !call.rest.is_empty();
            Renewal::Instead(if tells { asked.act(Act::DeleteAsked) } else { asked })
        }
    }
}

/// Giving back, reading what is kept, changing one's mind and going stay open; whatever keeps something new waits.
fn meanwhile(call: &Call) -> Meanwhile {
    match call.command {
        Command::Sos
        | Command::Talk
        | Command::Join
        | Command::Leave
        | Command::Choices
        | Command::MyData
        | Command::Erase
        | Command::Block
        | Command::Report
        | Command::Setup => Meanwhile::Quietly,
        Command::Menu
        | Command::Agenda
        | Command::Credits
        | Command::Pause
        | Command::Resume
        | Command::Settings
        | Command::MyMonth
        | Command::Statement
        | Command::Cancel
        | Command::Bookings
        | Command::Rules
        | Command::Language
        | Command::Country
        | Command::Timezone
        | Command::Discreet
        | Command::Climate
        | Command::Unavailable
        | Command::Breathe => Meanwhile::AskedAfter,
        Command::Checkin if daily::parse(call) == CheckinArgs::Erase => Meanwhile::AskedAfter,
        Command::Checkin
        | Command::Give
        | Command::Thanks
        | Command::Book
        | Command::Alias
        | Command::Session
        | Command::Attendance
        | Command::Prompt
        | Command::Invite
        | Command::Series
        | Command::Available
        | Command::OnDuty
        | Command::Cap
        | Command::Profile
        | Command::Issue
        | Command::Reverse
        | Command::Fund
        | Command::Ledger
        | Command::Role
        | Command::Remove
        | Command::Figures
        | Command::Link => Meanwhile::Waits,
    }
}

/// The changed text, what stays possible meanwhile, and the three answers.
pub(super) fn ask(
    scope: &Scope,
    community: &Community,
    group: GroupId,
    person: &Person,
    then: Option<Then>,
    ctx: &mut Context,
) -> Decision {
    let mut lines = vec![Msg::new("choices-renew"), join::text(community)];
    lines.push(match then {
        Some(_) => Msg::new("choices-renew-then"),
        None => Msg::new("choices-renew-no-hurry"),
    });
    lines.push(
        Msg::new("choices-renew-meanwhile")
            .with("sos", Command::Sos)
            .with("cancel", Command::Cancel)
            .with("mydata", Command::MyData)
            .with("erase", Command::Erase),
    );
    let more = Some((Msg::new("care-consent-button-more"), Choice::People(Action::MoreAnew { group, then: then.clone() })));
    with_choices(scope, group, lines, then, more, ctx).change(consent::asked(person.id, Purpose::Participation, ctx))
}

fn with_choices(
    scope: &Scope,
    group: GroupId,
    lines: Vec<Msg>,
    then: Option<Then>,
    more: Option<(Msg, Choice)>,
    ctx: &mut Context,
) -> Decision {
    let mut choices = vec![
        (Msg::new("care-consent-button-agree"), Choice::People(Action::AgreeAnew { group, version: CONSENT_VERSION, then })),
        (Msg::new("choices-button-leave"), Choice::Run { command: Command::Leave, rest: String::new() }),
    ];
    choices.extend(more);
    let (change, buttons) = question::ask(ctx, scope.account.id, choices);
    Decision::nothing().change(change).say(Audience::Asker, Content::from(lines).buttons(buttons), Manner::Care)
}

/// An answer to the changed text. What waited for it is done by the handler, after it was looked at again.
pub fn answer(scope: &Scope, action: &Action, ctx: &mut Context) -> Outcome {
    let (Some(community), Some(person)) = (&scope.community, &scope.person) else { return Err(Msg::new("no-group").into()) };
    Ok(match action {
        Action::AgreeAnew { group, version, then } if *version < CONSENT_VERSION => {
            ask(scope, community, *group, person, then.clone(), ctx)
        }
        Action::AgreeAnew { then: None, .. } => agreed(person, ctx),
        Action::AgreeAnew { then: Some(_), .. } => agreed_and_on(person, ctx),
        Action::MoreAnew { group, then } => with_choices(scope, *group, join::notice(community), then.clone(), None, ctx),
        Action::Agree { .. }
        | Action::Decline { .. }
        | Action::More { .. }
        | Action::Discreet { .. }
        | Action::Leave { .. }
        | Action::Role { .. }
        | Action::HandBack { .. }
        | Action::Remove { .. }
        | Action::BringBack { .. }
        | Action::Profile { .. }
        | Action::Give { .. } => Decision::nothing(),
    })
}

/// The command that goes on after the answer; `None` where an older text was answered.
pub fn goes_on(action: &Action) -> Option<&Then> {
    match action {
        Action::AgreeAnew { version, then, .. } if *version >= CONSENT_VERSION => then.as_ref(),
        _ => None,
    }
}

/// The changed text is agreed to; an answer that comes twice is written down once.
pub(super) fn agreed(person: &Person, ctx: &Context) -> Decision {
    written(person, ctx).tell(Audience::Asker, Content::from(Msg::new("choices-renewed")).buttons(menu::buttons()))
}

/// The same, before what waited for it.
fn agreed_and_on(person: &Person, ctx: &Context) -> Decision {
    written(person, ctx).tell(Audience::Asker, Msg::new("choices-renewed"))
}

fn written(person: &Person, ctx: &Context) -> Decision {
    match person.consents.given(Purpose::Participation) {
        true => Decision::nothing(),
        false => Decision::nothing().change(consent::given(person.id, Purpose::Participation, ctx)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        command::TABLE,
        people::consent::{Consents, Entry, Step},
        scope::Role,
        testing::{NOW, agreed, direct, id, person, scope, shown},
    };

    const ASKED: &str = "me!: choices-renew care-consent choices-renew-no-hurry choices-renew-meanwhile (care-consent-button-agree)(choices-button-leave)(care-consent-button-more)";
    const WAITS: &str = "me!: choices-renew care-consent choices-renew-then choices-renew-meanwhile (care-consent-button-agree)(choices-button-leave)(care-consent-button-more)";

    /// Nadia, who agreed to the text of before.
    fn outdated(place: Place) -> Scope {
        let old = Entry { purpose: Purpose::Participation, step: Step::Given, version: CONSENT_VERSION - 1, at: NOW };
        let person = Person { consents: Consents::from_iter([old]), ..person(5, "Nadia", Role::Member) };
        Scope { place, person: Some(person), ..direct(None) }
    }

    fn of(scope: &Scope, command: Command, rest: &str) -> Renewal {
        renewal(scope, &Call::new(command, rest), &mut context())
    }

    fn context() -> Context {
        crate::domain::testing::context()
    }

    #[test]
    fn help_and_the_way_out_are_never_in_doubt() {
        let scope = outdated(Place::Direct);
        for spec in TABLE {
            let renewal = of(&scope, spec.command, "");
            match spec.command {
                Command::Sos | Command::Talk | Command::Leave | Command::Erase | Command::MyData | Command::Choices => {
                    assert_eq!(renewal, Renewal::Nothing, "{:?}", spec.command);
                }
                Command::Cancel | Command::Bookings | Command::Credits | Command::Menu => {
                    assert!(matches!(renewal, Renewal::After(_)), "{:?}", spec.command);
                }
                Command::Book | Command::Give | Command::Checkin | Command::Alias => {
                    assert!(matches!(renewal, Renewal::Instead(_)), "{:?}", spec.command);
                }
                _ => {}
            }
        }
        assert!(matches!(of(&scope, Command::Checkin, "effacer"), Renewal::After(_)), "what is kept can be erased");
    }

    #[test]
    fn the_changed_text_comes_once_by_itself_and_never_in_a_group() {
        let mut scope = outdated(Place::Direct);
        let Renewal::After(asked) = of(&scope, Command::Menu, "") else { panic!("it is asked") };
        assert!(asked.changes.contains(&consent::asked(id(5), Purpose::Participation, &context()).into()));
        assert_eq!(shown(&Ok(asked)), [ASKED]);
        let group = outdated(crate::domain::testing::scope(None).place);
        assert_eq!(of(&group, Command::Menu, ""), Renewal::Nothing);

        let was_asked = Entry { purpose: Purpose::Participation, step: Step::Asked, version: CONSENT_VERSION, at: NOW };
        scope.person.as_mut().unwrap().consents.put(was_asked);
        assert_eq!(of(&scope, Command::Menu, ""), Renewal::Nothing);
        assert!(matches!(of(&scope, Command::Book, "1"), Renewal::Instead(_)), "what keeps something new still waits");
    }

    #[test]
    fn who_agreed_or_never_joined_is_not_asked() {
        for scope in [direct(Some(Role::Member)), direct(None), scope(Some(Role::Coordinator))] {
            assert_eq!(of(&scope, Command::Book, "1"), Renewal::Nothing);
        }
        assert!(agreed(&[Purpose::Participation]).given(Purpose::Participation));
    }

    #[test]
    fn what_was_asked_waits_for_the_answer_and_leaves_the_group() {
        let group = outdated(scope(None).place);
        let Renewal::Instead(asked) = of(&group, Command::Checkin, "2 dur") else { panic!("it waits") };
        assert_eq!(shown(&Ok(asked)), [WAITS.to_owned(), "delete".to_owned()]);
        let then = Some(Then { command: Command::Book, rest: "3".into() });
        let say = |version, then: &Option<Then>| {
            let action = Action::AgreeAnew { group: id(2), version, then: then.clone() };
            (shown(&answer(&group, &action, &mut context())), goes_on(&action).cloned())
        };
        assert_eq!(say(CONSENT_VERSION, &then), (vec!["me: choices-renewed".to_owned()], then.clone()));
        // A button of an older text asks the newer one, and what waited waits on.
        assert_eq!(say(CONSENT_VERSION - 1, &then), (vec![WAITS.to_owned()], None));
        let more = answer(&group, &Action::MoreAnew { group: id(2), then }, &mut context());
        assert!(shown(&more)[0].starts_with("me!: people-notice-title"));
        assert!(shown(&more)[0].ends_with("(care-consent-button-agree)(choices-button-leave)"));
    }
}
