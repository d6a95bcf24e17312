//! `/choices`: what each purpose means, since when it is agreed to, and the buttons to say yes or no to each.

use super::{
    Action, Purpose,
    consent::{self, Standing},
    join, renew,
};
use crate::domain::{
    checkin::{self, daily},
    command::Command,
    decision::{Audience, Context, Decision, Manner, Outcome, Refusal},
    hear::Call,
    message::{Button, Content, Msg, Value},
    question::{self, Action as Choice},
    scope::{Community, Group, Person, Scope},
    words::{clean_name, fold},
};

/// What the store must load.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct ChoicesView {
    /// How many check-ins are kept of the person.
    pub checkins: i64,
}

/// What was typed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ChoicesArgs {
    /// Nothing, or a purpose alone: all of them.
    Show,
    /// Yes to one.
    Yes(Purpose),
    /// No to one.
    No(Purpose),
}

/// Reads `bilans non`, `alerts yes`, and the words of the buttons.
pub fn parse(call: &Call) -> Result<ChoicesArgs, Refusal> {
    let words: Vec<String> = call.words.iter().map(|word| fold(&word.text)).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        [] => Ok(ChoicesArgs::Show),
        [purpose] if read_purpose(purpose).is_some() => Ok(ChoicesArgs::Show),
        [purpose, answer] => match (read_purpose(purpose), *answer) {
            (Some(purpose), "oui" | "yes" | "ok" | "accord") => Ok(ChoicesArgs::Yes(purpose)),
            (Some(purpose), "non" | "no" | "stop" | "retirer" | "withdraw") => Ok(ChoicesArgs::No(purpose)),
            (Some(_), _) => Err(wrong(&call.words[1].text)),
            (None, _) => Err(wrong(&call.words[0].text)),
        },
        _ => Err(wrong(&call.rest)),
    }
}

fn wrong(typed: &str) -> Refusal {
    Refusal::new(
        Content::from(vec![
            Msg::new("choices-unknown"),
            Msg::new("choices-form").with("typed", clean_name(typed)).with("choices", Command::Choices),
        ])
        .buttons([all_button()]),
    )
}

fn read_purpose(folded: &str) -> Option<Purpose> {
    Some(match folded {
        "participer" | "participation" | "participate" | "join" | "groupe" | "group" => Purpose::Participation,
        "cava" | "bilan" | "bilans" | "humeur" | "checkin" | "checkins" | "check-in" | "check-ins" | "mood" => Purpose::Checkins,
        "alerte" | "alertes" | "alert" | "alerts" => Purpose::Alerts,
        "chiffre" | "chiffres" | "figure" | "figures" => Purpose::Figures,
        _ => return None,
    })
}

/// What a button types for a purpose, in either language.
fn word(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Participation => "participation",
        Purpose::Checkins => "checkins",
        Purpose::Alerts => "alertes",
        Purpose::Figures => "chiffres",
    }
}

/// Shows all choices, or changes one.
pub fn choices(scope: &Scope, view: &ChoicesView, args: ChoicesArgs, ctx: &mut Context) -> Outcome {
    let (Some(community), Some(group)) = (&scope.community, &scope.group) else { return Err(Msg::new("no-group").into()) };
    let Some(person) = &scope.person else { return Ok(not_joined()) };
    let here = Here { scope, community, group, person };
    Ok(match args {
        ChoicesArgs::Show => here.all(),
        ChoicesArgs::Yes(purpose) => here.yes(purpose, ctx),
        ChoicesArgs::No(Purpose::Participation) => here.leaving(),
        ChoicesArgs::No(Purpose::Checkins) => here.no_checkins(view, ctx),
        ChoicesArgs::No(purpose @ (Purpose::Alerts | Purpose::Figures)) => here.no(purpose, ctx),
    })
}

/// An answer to the text of one more purpose; of an older text, the new one is asked.
pub fn answer(scope: &Scope, action: &Action, ctx: &mut Context) -> Outcome {
    let (Some(community), Some(group), Some(person)) = (&scope.community, &scope.group, &scope.person) else {
        return Err(Msg::new("no-group").into());
    };
    let Action::Give { purpose, version, .. } = action else { return Ok(Decision::nothing()) };
    let here = Here { scope, community, group, person };
    if *version < purpose.version() {
        return Ok(here.yes(*purpose, ctx));
    }
    let decision = Decision::nothing().change(consent::given(person.id, *purpose, ctx));
    Ok(decision.tell(Audience::Asker, Content::from(Msg::new("choices-yes-noted")).buttons([all_button()])))
}

/// Who is no person of this community: what is kept of them all the same, and how to join.
fn not_joined() -> Decision {
    let lines = vec![
        Msg::new("choices"),
        Msg::new("choices-not-joined"),
        Msg::new("choices-not-joined-how").with("join", Command::Join),
        Msg::new("choices-not-joined-erase").with("erase", Command::Erase),
    ];
    Decision::answer(Content::from(lines).buttons([join::join_button()]))
}

fn all_button() -> Button {
    Button::command(Msg::new("choices-button-all"), Command::Choices, "")
}

/// A person at their choices.
struct Here<'a> {
    scope: &'a Scope,
    community: &'a Community,
    group: &'a Group,
    person: &'a Person,
}

impl Here<'_> {
    fn all(&self) -> Decision {
        let mut lines = vec![Msg::new("choices")];
        let mut buttons = Vec::new();
        for purpose in Purpose::ALL {
            let standing = self.person.consents.standing(purpose);
            lines.push(self.meaning(purpose));
            lines.push(self.state(standing));
            buttons.push(button(purpose, standing));
        }
        lines.push(Msg::new("choices-free"));
        Decision::answer(Content::from(lines).buttons(buttons))
    }

    /// What the purpose means, in plain words.
    fn meaning(&self, purpose: Purpose) -> Msg {
        match purpose {
            Purpose::Participation => Msg::new("choices-participation"),
            Purpose::Checkins => Msg::new("choices-checkins").with("checkin", Command::Checkin),
            Purpose::Alerts => Msg::new("choices-alerts"),
            Purpose::Figures => Msg::new("choices-figures"),
        }
    }

    fn state(&self, standing: Standing) -> Msg {
        let day = |at: crate::domain::time::Timestamp| at.day(self.scope.zone);
        match standing {
            Standing::Never => Msg::new("choices-never"),
            Standing::Given(at) => Msg::new("choices-given").with("day", Value::Day(day(at))),
            Standing::Outdated(at) => Msg::new("choices-outdated").with("day", Value::Day(day(at))),
            Standing::Withdrawn(at) => Msg::new("choices-withdrawn").with("day", Value::Day(day(at))),
        }
    }

    /// The text of the purpose with its two answers; nothing is given by a word alone.
    fn yes(&self, purpose: Purpose, ctx: &mut Context) -> Decision {
        if self.person.consents.given(purpose) {
            return self.all();
        }
        match purpose {
            Purpose::Participation => renew::ask(self.scope, self.community, self.group.id, self.person, None, ctx),
            Purpose::Checkins => daily::begin(self.scope, self.person, ctx),
            Purpose::Alerts => self.ask(
                purpose,
                vec![Msg::new("choices-alerts-what"), Msg::new("choices-alerts-how-long"), self.later(Command::OnDuty)],
                ctx,
            ),
            Purpose::Figures => self.ask(purpose, vec![Msg::new("choices-figures-what"), self.later(Command::Figures)], ctx),
        }
    }

    /// Whether what uses the consent is there already.
    fn later(&self, user: Command) -> Msg {
        if user.spec().built { Msg::new("choices-any-time").with("choices", Command::Choices) } else { Msg::new("choices-later") }
    }

    fn ask(&self, purpose: Purpose, what: Vec<Msg>, ctx: &mut Context) -> Decision {
        let lines: Vec<Msg> = [Msg::new("choices-ask")].into_iter().chain(what).chain([Msg::new("choices-free")]).collect();
        let give = Action::Give { group: self.group.id, purpose, version: purpose.version() };
        let choices = vec![
            (Msg::new("checkin-consent-button-yes"), Choice::People(give)),
            (Msg::new("checkin-consent-button-no"), Choice::Run { command: Command::Choices, rest: format!("{} non", word(purpose)) }),
        ];
        let (change, buttons) = question::ask(ctx, self.scope.account.id, choices);
        Decision::nothing().change(change).say(Audience::Asker, Content::from(lines).buttons(buttons), Manner::Care)
    }

    /// Taking part ends by leaving or by erasing; both ask once more.
    fn leaving(&self) -> Decision {
        let lines = vec![
            Msg::new("choices-two-ways"),
            Msg::new("choices-way-leave").with("leave", Command::Leave),
            Msg::new("choices-way-erase").with("erase", Command::Erase),
        ];
        Decision::answer(Content::from(lines).buttons([
            Button::command(Msg::new("choices-button-leave"), Command::Leave, ""),
            Button::command(Msg::new("choices-button-erase"), Command::Erase, ""),
        ]))
    }

    fn no(&self, purpose: Purpose, ctx: &Context) -> Decision {
        let said = Content::from(Msg::new("choices-no-noted")).buttons([all_button()]);
        self.withdrawn(purpose, ctx).tell(Audience::Asker, said)
    }

    /// No more check-ins; those that are kept go now, or when their time is over.
    fn no_checkins(&self, view: &ChoicesView, ctx: &mut Context) -> Decision {
        let decision = self.withdrawn(Purpose::Checkins, ctx).change(question::Change::AwaitNothing(self.scope.account.id));
        if view.checkins == 0 {
            return decision.tell(Audience::Asker, Content::from(Msg::new("choices-no-noted")).buttons([all_button()]));
        }
        let lines = vec![
            Msg::new("choices-no-noted"),
            Msg::new("choices-checkins-kept").with("count", view.checkins),
            Msg::new("choices-checkins-until").with("count", checkin::NOTE_DAYS),
        ];
        let choices = vec![
            (Msg::new("choices-button-erase-checkins"), Choice::Checkin(checkin::Action::EraseAll { community: self.community.id })),
            (Msg::new("choices-button-keep-checkins"), Choice::Close(Msg::new("choices-checkins-stay").with("choices", Command::Choices))),
        ];
        let (change, buttons) = question::ask(ctx, self.scope.account.id, choices);
        decision.change(change).say(Audience::Asker, Content::from(lines).buttons(buttons), Manner::Care)
    }

    /// The row of the withdrawal, where there is something to withdraw.
    fn withdrawn(&self, purpose: Purpose, ctx: &Context) -> Decision {
        match self.person.consents.standing(purpose) {
            Standing::Given(_) | Standing::Outdated(_) => Decision::nothing().change(consent::withdrawn(self.person.id, purpose, ctx)),
            Standing::Never | Standing::Withdrawn(_) => Decision::nothing(),
        }
    }
}

fn button(purpose: Purpose, standing: Standing) -> Button {
    let stands = matches!(standing, Standing::Given(_));
    let label = match (purpose, stands) {
        (Purpose::Participation, true) => Msg::new("choices-button-participation-no"),
        (Purpose::Participation, false) => Msg::new("choices-button-participation-yes"),
        (Purpose::Checkins, true) => Msg::new("choices-button-checkins-no"),
        (Purpose::Checkins, false) => Msg::new("choices-button-checkins-yes"),
        (Purpose::Alerts, true) => Msg::new("choices-button-alerts-no"),
        (Purpose::Alerts, false) => Msg::new("choices-button-alerts-yes"),
        (Purpose::Figures, true) => Msg::new("choices-button-figures-no"),
        (Purpose::Figures, false) => Msg::new("choices-button-figures-yes"),
    };
    Button::command(label, Command::Choices, format!("{} {}", word(purpose), if stands { "non" } else { "oui" }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        decision::Change,
        people::consent::{Entry, Step},
        scope::Role,
        testing::{NOW, agreed, context, direct, id, person, shown},
    };

    const LINES: &str = "choices choices-participation {} choices-checkins {} choices-alerts {} choices-figures {} choices-free";

    fn with(purposes: &[Purpose]) -> Scope {
        Scope { person: Some(Person { consents: agreed(purposes), ..person(5, "Nadia", Role::Member) }), ..direct(None) }
    }

    fn run(scope: &Scope, kept: i64, rest: &str) -> Outcome {
        let args = parse(&Call::new(Command::Choices, rest)).unwrap();
        choices(scope, &ChoicesView { checkins: kept }, args, &mut context())
    }

    fn lines(states: [&str; 4]) -> String {
        states.iter().fold(LINES.to_owned(), |lines, state| lines.replacen("{}", state, 1))
    }

    #[test]
    fn what_is_typed_names_a_purpose_and_an_answer() {
        for (rest, expected) in [
            ("", Some(ChoicesArgs::Show)),
            ("alertes", Some(ChoicesArgs::Show)),
            ("Alertes OUI", Some(ChoicesArgs::Yes(Purpose::Alerts))),
            ("bilans non", Some(ChoicesArgs::No(Purpose::Checkins))),
            ("check-ins no", Some(ChoicesArgs::No(Purpose::Checkins))),
            ("figures yes", Some(ChoicesArgs::Yes(Purpose::Figures))),
            ("participation non", Some(ChoicesArgs::No(Purpose::Participation))),
            ("nuage non", None),
            ("alertes peut-être", None),
            ("alertes non merci", None),
        ] {
            assert_eq!(parse(&Call::new(Command::Choices, rest)).ok(), expected, "{rest:?}");
        }
        for purpose in Purpose::ALL {
            assert_eq!(read_purpose(word(purpose)), Some(purpose), "a button is read");
        }
    }

    #[test]
    fn every_purpose_is_shown_with_its_state_and_its_button() {
        let shown_to = |scope: &Scope| shown(&run(scope, 0, ""));
        assert_eq!(
            shown_to(&with(&[Purpose::Participation])),
            [format!(
                "me: {} (choices-button-participation-no)(choices-button-checkins-yes)(choices-button-alerts-yes)(choices-button-figures-yes)",
                lines(["choices-given", "choices-never", "choices-never", "choices-never"])
            )]
        );
        let mut mixed = with(&Purpose::ALL);
        let consents = &mut mixed.person.as_mut().unwrap().consents;
        consents.put(Entry { purpose: Purpose::Participation, step: Step::Given, version: 0, at: NOW });
        consents.put(Entry { purpose: Purpose::Figures, step: Step::Withdrawn, version: 1, at: NOW });
        assert_eq!(
            shown_to(&mixed),
            [format!(
                "me: {} (choices-button-participation-yes)(choices-button-checkins-no)(choices-button-alerts-no)(choices-button-figures-yes)",
                lines(["choices-outdated", "choices-given", "choices-given", "choices-withdrawn"])
            )]
        );
    }

    #[test]
    fn who_has_not_joined_is_told_so_and_how() {
        for rest in ["", "alertes oui", "bilans non"] {
            assert_eq!(
                shown(&run(&direct(None), 0, rest)),
                ["me: choices choices-not-joined choices-not-joined-how choices-not-joined-erase (people-button-join)"]
            );
        }
        let nowhere = Scope { community: None, group: None, ..direct(None) };
        assert_eq!(shown(&run(&nowhere, 0, "")), ["no: no-group"]);
    }

    #[test]
    fn a_no_is_done_at_once_and_touches_no_other_purpose() {
        let all = with(&Purpose::ALL);
        let withdrawn = |purpose| Change::from(consent::withdrawn(id(5), purpose, &context()));
        let outcome = run(&all, 0, "alertes non");
        assert_eq!(shown(&outcome), ["me: choices-no-noted (choices-button-all)"]);
        assert_eq!(outcome.unwrap().changes, [withdrawn(Purpose::Alerts)]);
        // Said twice, it is written down once.
        let outcome = run(&with(&[Purpose::Participation]), 0, "alertes non");
        assert_eq!(shown(&outcome), ["me: choices-no-noted (choices-button-all)"]);
        assert!(outcome.unwrap().changes.is_empty());
        // Taking part ends by other commands.
        let outcome = run(&all, 0, "participer non");
        assert_eq!(
            shown(&outcome),
            ["me: choices-two-ways choices-way-leave choices-way-erase (choices-button-leave)(choices-button-erase)"]
        );
        assert!(outcome.unwrap().changes.is_empty());
    }

    #[test]
    fn no_to_check_ins_offers_to_erase_what_is_kept() {
        let all = with(&Purpose::ALL);
        assert_eq!(shown(&run(&all, 0, "bilans non")), ["me: choices-no-noted (choices-button-all)"]);
        let outcome = run(&all, 3, "bilans non");
        assert_eq!(
            shown(&outcome),
            [
                "me!: choices-no-noted choices-checkins-kept choices-checkins-until (choices-button-erase-checkins)(choices-button-keep-checkins)"
            ]
        );
        let changes = outcome.unwrap().changes;
        assert_eq!(changes[0], consent::withdrawn(id(5), Purpose::Checkins, &context()).into());
        let Some(Change::Question(question::Change::Ask(asked))) = changes.last() else { panic!("{changes:?}") };
        let Choice::Checkin(erase) = &asked.choices[0] else { panic!("{asked:?}") };
        let erased = daily::answer(&all, &daily::CheckinView::default(), erase, &mut context());
        assert_eq!(shown(&erased), ["me: checkin-all-erased"]);
        assert_eq!(erased.unwrap().changes[0], checkin::Change::EraseAll(id(5)).into());
    }

    #[test]
    fn a_yes_is_given_to_a_text_of_its_version() {
        let member = with(&[Purpose::Participation]);
        let ask =
            "me!: choices-ask choices-figures-what choices-any-time choices-free (checkin-consent-button-yes)(checkin-consent-button-no)";
        assert_eq!(shown(&run(&member, 0, "chiffres oui")), [ask]);
        assert!(shown(&run(&member, 0, "bilans oui"))[0].starts_with("me!: checkin-consent "));
        assert!(shown(&run(&with(&Purpose::ALL), 0, "chiffres oui"))[0].starts_with("me: choices choices-participation"));
        let give = |version| {
            let action = Action::Give { group: id(2), purpose: Purpose::Figures, version };
            answer(&member, &action, &mut context())
        };
        assert_eq!(give(Purpose::Figures.version()).unwrap().changes, [consent::given(id(5), Purpose::Figures, &context()).into()]);
        // A button of an older text asks the newer one.
        assert_eq!(shown(&give(Purpose::Figures.version() - 1)), [ask]);
    }
}
