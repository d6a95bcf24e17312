//! What is asked of a coordinator after `/setup`, one thing after the other: the country, who answers for the data, how to reach them.

use super::country;
use crate::domain::{
    command::Command,
    decision::{Audience, Context, Decision},
    ids::AccountId,
    message::{Button, Content, Msg},
    question,
    scope::Community,
};

/// One thing to ask.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Step {
    /// Whose crisis lines are shown.
    Country,
    /// Who answers for the data.
    Association,
    /// How to reach them.
    Contact,
}

const ALL: [Step; 3] = [Step::Country, Step::Association, Step::Contact];

impl Step {
    /// The word after `/settings` that sets it.
    const fn word(self) -> &'static str {
        match self {
            Self::Country => "pays",
            Self::Association => "association",
            Self::Contact => "contact",
        }
    }

    /// The step of the word that "later" names.
    pub(super) fn read(typed: &str) -> Option<Self> {
        ALL.into_iter().find(|step| step.word() == typed.trim())
    }

    fn is_missing(self, community: &Community) -> bool {
        match self {
            Self::Country => community.country.is_none(),
            Self::Association => community.name.is_none(),
            Self::Contact => community.contact.is_none(),
        }
    }

    fn question(self) -> Msg {
        match self {
            Self::Country => Msg::new("setup-step-country").with("settings", Command::Settings),
            Self::Association => Msg::new("setup-step-association"),
            Self::Contact => Msg::new("setup-step-contact"),
        }
    }
}

/// Asks the first thing that is missing.
pub(super) fn begin(account: AccountId, community: &Community, ctx: &Context) -> Decision {
    match ALL.into_iter().find(|step| step.is_missing(community)) {
        Some(step) => ask(account, Content::default(), step, ctx),
        None => Decision::nothing(),
    }
}

/// Goes on after a step was answered, or put off where `answered` is not there; `community` as it is by now.
pub(super) fn after(account: AccountId, community: &Community, step: Step, answered: Option<Msg>, ctx: &Context) -> Decision {
    let was_answered = answered.is_some();
    let content = answered.map(Content::from).unwrap_or_default();
    if let Some(next) = ALL.into_iter().find(|next| *next > step && next.is_missing(community)) {
        return ask(account, content, next, ctx);
    }
    let content = match (community.has_controller(), was_answered) {
        (true, true) if step > Step::Country => content.line(Msg::new("setup-open").with("checkin", Command::Checkin)),
        (true, true) => content,
        (true, false) => content.line(Msg::new("setup-later").with("settings", Command::Settings)),
        (false, _) => missing(community).into_iter().fold(content, Content::line).buttons(buttons(community)),
    };
    Decision::nothing().change(question::Change::AwaitNothing(account)).tell(Audience::Asker, content)
}

fn ask(account: AccountId, content: Content, step: Step, ctx: &Context) -> Decision {
    let before = format!("{} ", step.word());
    let countries = match step {
        Step::Country => country::buttons(Command::Settings, &before, &country::COMMON),
        Step::Association | Step::Contact => Vec::new(),
    };
    let later = Button::command(Msg::new("setup-button-later"), Command::Settings, format!("plus-tard {}", step.word()));
    let content = content.line(step.question()).buttons(countries).buttons([later]);
    let asked = Decision::answer(content);
    match step {
        // It comes unasked, after the consent: a command typed without its sign must not be taken for a country.
        Step::Country => asked.change(question::Change::AwaitNothing(account)),
        Step::Association | Step::Contact => asked.await_text(ctx, account, Command::Settings, before),
    }
}

/// What is still missing before check-ins can be kept, and what to type.
pub(in crate::domain) fn missing(community: &Community) -> Vec<Msg> {
    let of = |step: Step| match step {
        Step::Country => None,
        Step::Association => Some(Msg::new("setup-missing-association").with("settings", Command::Settings)),
        Step::Contact => Some(Msg::new("setup-missing-contact").with("settings", Command::Settings)),
    };
    let lines = ALL.into_iter().filter(|step| step.is_missing(community)).filter_map(of);
    [Msg::new("setup-missing").with("checkin", Command::Checkin)].into_iter().chain(lines).collect()
}

/// A button for each thing that is missing.
pub(in crate::domain) fn buttons(community: &Community) -> Vec<Button> {
    let label = |step: Step| match step {
        Step::Country => Msg::new("people-button-community-country"),
        Step::Association => Msg::new("people-button-association"),
        Step::Contact => Msg::new("people-button-contact"),
    };
    let missing = ALL.into_iter().filter(|step| step.is_missing(community));
    missing.map(|step| Button::command(label(step), Command::Settings, step.word())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        decision::{Change, Outcome},
        hear::Call,
        people::{CommunitySetting, settings},
        scope::{Role, Scope},
        testing::{community, context, direct, id, shown},
    };

    const COUNTRIES: &str = "(people-button-country)(people-button-country)(people-button-country)(people-button-country)(people-button-country)(people-button-country)";

    fn awaited(outcome: &Outcome) -> Option<String> {
        outcome.as_ref().ok()?.changes.iter().rev().find_map(|change| match change {
            Change::Question(question::Change::Await { rest, .. }) => Some(rest.clone()),
            _ => None,
        })
    }

    #[test]
    fn one_thing_after_the_other_is_asked_and_what_is_known_is_not() {
        let first = |community: &Community| Ok(begin(id(3), community, &context()));
        let check = |community: &Community, says: &[String], awaits: Option<&str>| {
            assert_eq!((shown(&first(community)), awaited(&first(community)).as_deref()), (says.to_vec(), awaits));
        };
        let mut known = community();
        check(&known, &[format!("me: setup-step-country {COUNTRIES}(setup-button-later)")], None);
        known.country = Some("FR".into());
        check(&known, &["me: setup-step-association (setup-button-later)".into()], Some("association "));
        known.name = Some("Les Amis".into());
        check(&known, &["me: setup-step-contact (setup-button-later)".into()], Some("contact "));
        known.contact = Some("01 02".into());
        check(&known, &[], None);
    }

    #[test]
    fn each_answer_leads_to_the_next_and_later_skips_one() {
        let known = |country: bool, name: bool, contact: bool| {
            let of = |there: bool| there.then(|| "FR".to_owned());
            let community = Community { country: of(country), name: of(name), contact: of(contact), ..community() };
            Scope { community: Some(community), ..direct(Some(Role::Coordinator)) }
        };
        let check = |scope: Scope, rest: &str, says: &str, awaits: Option<&str>| {
            let outcome = settings::settings(&scope, &Call::new(Command::Settings, rest), &mut context());
            assert_eq!((shown(&outcome), awaited(&outcome).as_deref()), (vec![format!("me: {says}")], awaits), "{rest}");
        };
        let missing = |n: usize| match n {
            1 => "setup-missing setup-missing-contact (people-button-contact)".to_owned(),
            2 => "setup-missing setup-missing-association (people-button-association)".to_owned(),
            _ => "setup-missing setup-missing-association setup-missing-contact (people-button-association)(people-button-contact)"
                .to_owned(),
        };
        check(
            known(false, false, false),
            "pays France",
            "people-community-country-set setup-step-association (setup-button-later)",
            Some("association "),
        );
        check(
            known(true, false, false),
            "association Les Amis",
            "people-association-set setup-step-contact (setup-button-later)",
            Some("contact "),
        );
        check(known(true, true, false), "contact 01 02", "people-contact-set setup-open", None);
        check(known(true, false, false), "contact 01 02", &format!("people-contact-set {}", missing(2)), None);
        check(known(true, true, true), "association Autre", "people-association-set", None);
        check(known(false, false, false), "plus-tard pays", "setup-step-association (setup-button-later)", Some("association "));
        check(known(true, false, false), "plus-tard association", "setup-step-contact (setup-button-later)", Some("contact "));
        check(known(true, false, false), "plus-tard contact", &missing(3), None);
        check(known(true, true, false), "plus-tard contact", &missing(1), None);
        check(known(false, true, true), "plus-tard pays", "setup-later", None);
        let nobody = settings::settings(&direct(Some(Role::Member)), &Call::new(Command::Settings, "plus-tard pays"), &mut context());
        assert_eq!(shown(&nobody), ["no: not-allowed-coordinator"]);
    }

    #[test]
    fn what_is_typed_for_a_step_is_kept() {
        let scope = direct(Some(Role::Coordinator));
        let outcome = settings::settings(&scope, &Call::new(Command::Settings, "association Les Amis"), &mut context()).unwrap();
        let expected = crate::domain::people::Change::Community(id(1), CommunitySetting::Name("Les Amis".into()));
        assert_eq!(outcome.changes[0], expected.into());
    }
}
