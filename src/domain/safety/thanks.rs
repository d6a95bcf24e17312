//! `/thanks`: a kind word to one person in private, who may publish it; the answer is the same whoever is meant.

use super::{Change, Who, block, gone, named_first, read_token, shown_name, token};
use crate::domain::{
    command::Command,
    decision::{Audience, Context, Decision, Outcome, Refusal},
    hear::{Call, Named},
    ids::{CommunityId, GroupId, PersonId, ThanksId},
    message::{Button, Content, Msg},
    scope::{Person, Scope},
    words::{clean_text, fold},
};

/// So many words of thanks in 24 hours are polite.
pub const DAY_MAX: i64 = 5;

/// The longest word of thanks, in characters.
pub const WORDS_CHARS_MAX: usize = 300;

/// For so many days it can be published and its sender blocked by its button.
pub const KEPT_DAYS: i64 = 30;

/// What was asked.
#[derive(Clone, PartialEq, Debug)]
pub enum ThanksArgs {
    /// To thank.
    To {
        /// Whom.
        named: Named,
        /// In which words.
        words: Option<String>,
    },
    /// What a button does with a word of thanks.
    About(ThanksId, Verb),
}

/// What a button does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Verb {
    /// The sender's name may be published.
    Name,
    /// It may not.
    NoName,
    /// The receiver wants to publish it, and is shown what will be read.
    Publish,
    /// And does.
    Confirm,
}

/// A word of thanks.
#[derive(Clone, PartialEq, Debug)]
pub struct Thanks {
    /// Its id.
    pub id: ThanksId,
    /// In which community.
    pub community: CommunityId,
    /// The group that it was about, where there was one.
    pub group: Option<GroupId>,
    /// Who thanks.
    pub sender: PersonId,
    /// Who is thanked; `None` where nobody gets it.
    pub receiver: Option<PersonId>,
    /// The receiver's name as it was typed.
    pub name: String,
    /// In one line.
    pub words: Option<String>,
    /// The sender's name may be published with it.
    pub named: bool,
    /// It was published.
    pub published: bool,
}

/// What the store knows of it.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct ThanksView {
    /// Whom the typed name means: one person at most, who wants to be thanked by the asker.
    pub who: Option<Who>,
    /// How often the asker thanked in the last 24 hours.
    pub sent: i64,
    /// What the button belongs to.
    pub found: Option<Thanks>,
    /// The alias of its sender, who has not left.
    pub sender_alias: Option<String>,
}

/// Reads `/thanks @Sam for yesterday` and what buttons carry.
pub fn parse(call: &Call) -> Result<ThanksArgs, Refusal> {
    let word = |n: usize| call.words.get(n).map(|word| word.text.as_str());
    if let Some(id) = word(0).and_then(read_token) {
        let verb = match word(1) {
            Some("name") => Verb::Name,
            Some("noname") => Verb::NoName,
            Some("yes") => Verb::Confirm,
            _ => Verb::Publish,
        };
        return Ok(ThanksArgs::About(ThanksId(id), verb));
    }
    let Some((named, used)) = named_first(call) else { return Err(form(Msg::new("safety-thanks-whom"))) };
    let words = clean_text(call.rest_from(used)).split_whitespace().collect::<Vec<_>>().join(" ");
    if matches!(fold(&named.typed).as_str(), "tous" | "toutes" | "all" | "everyone" | "everybody") && named.account.is_none() {
        return Err(form(Msg::new("safety-thanks-one")));
    }
    let length = words.chars().count();
    if length > WORDS_CHARS_MAX {
        let [length, most] = [length, WORDS_CHARS_MAX].map(|n| i64::try_from(n).unwrap_or(i64::MAX));
        let long = Msg::new("safety-thanks-long").with("count", length).with("total", most);
        return Err(Refusal::new(vec![Msg::new("safety-not-yet"), long]));
    }
    Ok(ThanksArgs::To { named, words: (!words.is_empty()).then_some(words) })
}

/// Thanks, or does what a button says.
pub fn thanks(scope: &Scope, view: &ThanksView, args: ThanksArgs, ctx: &mut Context) -> Outcome {
    let Some(person) = &scope.person else { return Err(Msg::new("people-not-here").into()) };
    let (named, words) = match args {
        ThanksArgs::To { named, words } => (named, words),
        ThanksArgs::About(_, verb) => return about(person, view, verb),
    };
    let receiver = match &view.who {
        Some(Who::Oneself) => return Err(form(Msg::new("safety-thanks-self"))),
        Some(Who::Bot) => return Err(Msg::new("safety-thanks-bot").into()),
        Some(Who::Somebody(persons)) => persons.first().copied(),
        None => None,
    };
    if view.sent >= DAY_MAX {
        return Err(Msg::new("safety-thanks-many").with("count", DAY_MAX).into());
    }
    let id: ThanksId = ctx.ids.make();
    let thanks = Thanks {
        id,
        community: person.community,
        group: scope.group.as_ref().map(|group| group.id),
        sender: person.id,
        receiver,
        name: named.typed,
        words,
        named: false,
        published: false,
    };
    let decision = Decision::answer(receipt(&thanks));
    let decision = match receiver {
        Some(receiver) => decision.notify(Audience::Private(receiver), received(&thanks, &person.alias)),
        None => decision,
    };
    Ok(decision.change(Change::Thank(thanks)))
}

/// The same words whoever is meant; so they must be true of somebody who is not there, too.
fn receipt(thanks: &Thanks) -> Content {
    let lines = vec![
        Msg::new("safety-done"),
        Msg::new("safety-thanks-sent").with("name", shown_name(&thanks.name)),
        Msg::new("safety-thanks-if"),
        Msg::new("safety-thanks-may-publish"),
    ];
    Content::from(lines).buttons([verb_button(Msg::new("safety-button-name"), thanks.id, "name")])
}

fn received(thanks: &Thanks, sender_alias: &str) -> Content {
    let mut lines = vec![Msg::new("safety-news"), Msg::new("safety-thanks-received").with("name", sender_alias)];
    lines.extend(thanks.words.as_deref().map(|words| Msg::new("safety-thanks-words").with("text", words)));
    let publish = verb_button(Msg::new("safety-button-publish"), thanks.id, "publish");
    Content::from(lines).buttons([publish, block::button(thanks.id.0)])
}

fn about(person: &Person, view: &ThanksView, verb: Verb) -> Outcome {
    let thanks = view.found.as_ref().ok_or_else(gone)?;
    match verb {
        Verb::Name | Verb::NoName if thanks.sender == person.id => Ok(name(thanks, verb == Verb::Name)),
        Verb::Publish | Verb::Confirm if thanks.receiver == Some(person.id) => publish(person, view, thanks, verb),
        Verb::Name | Verb::NoName | Verb::Publish | Verb::Confirm => Err(gone()),
    }
}

/// The sender says whether the group may read their name; said alike whether anybody got the thanks.
fn name(thanks: &Thanks, named: bool) -> Decision {
    let (line, button) = if named {
        (Msg::new("safety-thanks-named"), verb_button(Msg::new("safety-button-no-name"), thanks.id, "noname"))
    } else {
        (Msg::new("safety-thanks-not-named"), verb_button(Msg::new("safety-button-name"), thanks.id, "name"))
    };
    let content = Content::from(vec![Msg::new("safety-done"), line]).buttons([button]);
    Decision::answer(content).change(Change::ThanksNamed(thanks.id, named))
}

/// First shows what the group would read, then publishes it.
fn publish(person: &Person, view: &ThanksView, thanks: &Thanks, verb: Verb) -> Outcome {
    if thanks.published {
        return Err(Msg::new("safety-thanks-published-already").into());
    }
    let here = |group: &GroupId| person.memberships.iter().any(|membership| membership.group == *group);
    let group = thanks.group.filter(here).or_else(|| person.memberships.first().map(|membership| membership.group));
    let Some(group) = group else { return Err(gone()) };
    let line = public(thanks, view.sender_alias.as_deref().filter(|_| thanks.named));
    if verb == Verb::Publish {
        let content = Content::from(vec![Msg::new("safety-thanks-preview"), line]);
        return Ok(Decision::answer(content.buttons([verb_button(Msg::new("safety-button-publish-now"), thanks.id, "yes")])));
    }
    Ok(Decision::answer(Msg::new("safety-thanks-published")).tell(Audience::Group(group), line).change(Change::ThanksPublished(thanks.id)))
}

/// What the group reads.
fn public(thanks: &Thanks, from: Option<&str>) -> Msg {
    let msg = match (from.is_some(), thanks.words.is_some()) {
        (false, false) => Msg::new("safety-thanks-public"),
        (false, true) => Msg::new("safety-thanks-public-words"),
        (true, false) => Msg::new("safety-thanks-public-from"),
        (true, true) => Msg::new("safety-thanks-public-from-words"),
    };
    let msg = msg.with("name", shown_name(&thanks.name));
    let msg = match from {
        Some(alias) => msg.with("alias", alias),
        None => msg,
    };
    match &thanks.words {
        Some(words) => msg.with("text", words.as_str()),
        None => msg,
    }
}

fn verb_button(label: Msg, id: ThanksId, verb: &str) -> Button {
    Button::command(label, Command::Thanks, format!("{} {verb}", token(id.0)))
}

fn form(what: Msg) -> Refusal {
    Refusal::new(vec![what, Msg::new("safety-thanks-form").with("thanks", Command::Thanks)])
}
