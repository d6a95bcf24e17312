//! `/profile`: a supporter sees what they offer, and changes it step by step with buttons, or in one line.

use std::collections::BTreeSet;

use super::{
    Profile, Spoken, Stance, Topic,
    offer::{list, shown},
    reading::{Args, Item, Step, parse},
};
use crate::domain::{
    command::Command,
    decision::{Audience, Context, Decision, Outcome, Refusal},
    hear::Call,
    ids::GroupId,
    message::{Button, Content, Msg},
    people::{self, Change, PersonSetting},
    question::{self, Action},
    scope::{Group, Person, Scope},
    words::clean_name,
};

/// So many languages are shown as buttons; others are typed.
const LANGUAGE_BUTTONS: usize = 8;

fn here(scope: &Scope) -> Result<(&Group, &Person), Refusal> {
    match (&scope.group, &scope.person) {
        (Some(group), Some(person)) => Ok((group, person)),
        _ => Err(Msg::new("people-not-here").into()),
    }
}

/// Shows the profile, asks one of its questions, or changes it.
pub fn profile(scope: &Scope, call: &Call, ctx: &mut Context) -> Outcome {
    let (group, person) = here(scope)?;
    let topics = group.topics();
    let own = &person.profile;
    match parse(&call.rest, &topics) {
        Args::Show if own.is_empty() => {
            let first = vec![Msg::new("profile-title"), Msg::new("profile-why"), Msg::new("profile-who-sees")];
            Ok(ask(scope, Step::Stances, own, &topics, first, ctx))
        }
        Args::Show => Ok(Decision::answer(summary(own, &topics, Msg::new("profile-title"))).change(nothing_awaited(scope))),
        Args::Step(step) => Ok(ask(scope, step, own, &topics, vec![Msg::new("profile-title")], ctx)),
        Args::Clear if own.is_empty() => Ok(Decision::answer(Msg::new("profile-empty-already").with("profile", Command::Profile))),
        Args::Clear => Ok(replace(scope, group.id, person, Profile::default(), &topics, ctx)),
        Args::Set(items) => Ok(replace(scope, group.id, person, with(own, items), &topics, ctx)),
        Args::Toggle { add, item } => {
            let step = item.step();
            let changed = toggled(own, add, item);
            let first = vec![Msg::new("profile-title")];
            Ok(ask(scope, step, &changed, &topics, first, ctx).change(kept(person, changed)))
        }
        Args::Unknown { typed, close } => Ok(unknown(scope, &typed, close, ctx)),
    }
}

/// Goes back to what the profile was.
pub fn restore(scope: &Scope, profile: Profile) -> Outcome {
    let (group, person) = here(scope)?;
    let content = summary(&profile, &group.topics(), Msg::new("profile-restored"));
    Ok(Decision::answer(content).change(kept(person, profile)))
}

fn kept(person: &Person, profile: Profile) -> Change {
    Change::Person(person.id, PersonSetting::Profile(Box::new(profile)))
}

fn nothing_awaited(scope: &Scope) -> question::Change {
    question::Change::AwaitNothing(scope.account.id)
}

/// What is named takes the place of what was there of its kind.
fn with(own: &Profile, items: Vec<Item>) -> Profile {
    let named = items.into_iter().fold(Profile::default(), |profile, item| toggled(&profile, true, item));
    fn or<T: Clone>(named: BTreeSet<T>, own: &BTreeSet<T>) -> BTreeSet<T> {
        if named.is_empty() { own.clone() } else { named }
    }
    Profile {
        stances: or(named.stances, &own.stances),
        languages: or(named.languages, &own.languages),
        topics: or(named.topics, &own.topics),
    }
}

fn toggled(own: &Profile, add: bool, item: Item) -> Profile {
    fn set<T: Ord>(all: &mut BTreeSet<T>, add: bool, one: T) {
        if add {
            all.insert(one);
        } else {
            all.remove(&one);
        }
    }
    let mut profile = own.clone();
    match item {
        Item::Stance(stance) => set(&mut profile.stances, add, stance),
        Item::Spoken(spoken) => set(&mut profile.languages, add, spoken),
        Item::Topic(topic) => set(&mut profile.topics, add, topic),
    }
    profile
}

/// Keeps a profile that was changed at once, with a way back.
fn replace(scope: &Scope, group: GroupId, person: &Person, profile: Profile, topics: &[Topic], ctx: &mut Context) -> Decision {
    let back = people::Action::Profile { group, profile: Box::new(person.profile.clone()) };
    let (asked, back) = question::ask(ctx, scope.account.id, vec![(Msg::new("profile-button-undo"), Action::People(back))]);
    let first = if profile.is_empty() { Msg::new("profile-emptied") } else { Msg::new("profile-set") };
    let mut content = summary(&profile, topics, first);
    content.buttons.splice(0..0, back);
    Decision::nothing().change(kept(person, profile)).change(asked).change(nothing_awaited(scope)).tell(Audience::Asker, content)
}

/// All three lists, who sees them, and a button for each.
fn summary(profile: &Profile, topics: &[Topic], first: Msg) -> Content {
    let mut content = Content::from(first);
    content.lines.extend(shown(profile, topics));
    content.lines.push(Msg::new("profile-who-sees"));
    let step = |label: Msg, rest: &str| Button::command(label, Command::Profile, rest);
    let content = content.buttons([
        step(Msg::new("profile-button-stances"), "posture"),
        step(Msg::new("profile-button-languages"), "langues"),
        step(Msg::new("profile-button-topics"), "themes"),
    ]);
    let clear = (!profile.is_empty()).then(|| step(Msg::new("profile-button-clear"), "effacer"));
    content.buttons(clear)
}

/// One question, with a button to go on and one for each thing; what is chosen bears a mark.
fn ask(scope: &Scope, step: Step, profile: &Profile, topics: &[Topic], first: Vec<Msg>, ctx: &mut Context) -> Decision {
    let (next, rest) = match step {
        Step::Stances => (Msg::new("profile-button-next"), "langues"),
        Step::Languages => (Msg::new("profile-button-next"), "themes"),
        Step::Topics => (Msg::new("profile-button-done"), ""),
    };
    let run = |rest: String| Action::Run { command: Command::Profile, rest };
    let mut choices = vec![(next, run(rest.to_owned()))];
    choices.extend(offered(step, profile, topics).into_iter().map(|(item, what, chosen)| {
        let (label, sign) = if chosen { (Msg::new("profile-button-chosen"), '-') } else { (Msg::new("profile-button-choice"), '+') };
        (label.with("what", what), run(format!("{sign}{}", item.word())))
    }));
    let (asked, buttons) = question::ask(ctx, scope.account.id, choices);
    let mut content = Content::from(first);
    content.lines.extend(question_lines(step, profile, topics));
    Decision::answer(content.buttons(buttons)).change(asked).await_text(ctx, scope.account.id, Command::Profile, "")
}

/// What a step offers: the thing, its name, whether it is chosen.
fn offered(step: Step, profile: &Profile, topics: &[Topic]) -> Vec<(Item, Msg, bool)> {
    match step {
        Step::Stances => {
            Stance::ALL.into_iter().map(|stance| (Item::Stance(stance), stance.msg(), profile.stances.contains(&stance))).collect()
        }
        Step::Languages => {
            let shown = |(n, spoken): &(usize, Spoken)| *n < LANGUAGE_BUTTONS || profile.languages.contains(spoken);
            let spoken = Spoken::ALL.into_iter().enumerate().filter(shown).map(|(_, spoken)| spoken);
            spoken.map(|spoken| (Item::Spoken(spoken), spoken.msg(), profile.languages.contains(&spoken))).collect()
        }
        Step::Topics => topics.iter().map(|topic| (Item::Topic(topic.clone()), topic.msg(), profile.topics.contains(topic))).collect(),
    }
}

fn question_lines(step: Step, profile: &Profile, topics: &[Topic]) -> Vec<Msg> {
    let question = match step {
        Step::Stances => vec![
            Msg::new("profile-ask-stances"),
            Msg::new("profile-explain-mentor"),
            Msg::new("profile-explain-listener"),
            Msg::new("profile-explain-advocate"),
        ],
        Step::Languages => vec![Msg::new("profile-ask-languages")],
        Step::Topics => vec![Msg::new("profile-ask-topics")],
    };
    let chosen: Vec<Msg> = offered(step, profile, topics).into_iter().filter(|(_, _, chosen)| *chosen).map(|(_, what, _)| what).collect();
    let chosen = list(chosen).map(|what| Msg::new("profile-chosen").with("what", what));
    question.into_iter().chain(chosen).collect()
}

/// A word that means nothing here, with what it may have meant; the next text is read as another try.
fn unknown(scope: &Scope, typed: &str, close: Option<(Item, String)>, ctx: &mut Context) -> Decision {
    let typed = clean_name(typed);
    let form = Msg::new("profile-form").with("profile", Command::Profile);
    let mut content = Content::from(Msg::new("profile-unknown").with("typed", typed));
    let mut decision = Decision::nothing();
    if let Some((item, line)) = close {
        let what = match item {
            Item::Stance(stance) => stance.msg(),
            Item::Spoken(spoken) => spoken.msg(),
            Item::Topic(topic) => topic.msg(),
        };
        let yes = Action::Run { command: Command::Profile, rest: line };
        let (asked, buttons) =
            question::ask(ctx, scope.account.id, vec![(Msg::new("profile-button-choice").with("what", what.clone()), yes)]);
        content = content.line(Msg::new("profile-did-you-mean").with("what", what)).buttons(buttons);
        decision = decision.change(asked);
    }
    let steps = [
        Button::command(Msg::new("profile-button-stances"), Command::Profile, "posture"),
        Button::command(Msg::new("profile-button-languages"), Command::Profile, "langues"),
        Button::command(Msg::new("profile-button-topics"), Command::Profile, "themes"),
    ];
    let content = content.line(form).buttons(steps);
    decision.tell(Audience::Asker, content).await_text(ctx, scope.account.id, Command::Profile, "")
}
