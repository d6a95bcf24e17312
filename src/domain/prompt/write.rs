//! `/prompt`: a look in private first, then the group, now or at its hour.

use super::{
    Action, Change, Prompt, State, TEXT_CHARS_MAX,
    library::{self, LibraryView},
    ready::Ready,
    when,
};
use crate::domain::{
    command::Command,
    decision::{Audience, CardKey, Context, Decision, Manner, Outcome, Refusal},
    hear::Call,
    ids::{PersonId, SessionId},
    message::{Content, Msg, Value},
    question::{self, Action as Choice},
    scope::{Group, Person, Role, Scope},
    time::{Timestamp, Zone},
    timer::Wake,
    words::{clean_text, whole_number},
};

/// What was typed.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct PromptArgs {
    /// The number before the text, of a session if there is such a one.
    pub number: Option<i64>,
    /// The words after the number.
    pub text: String,
    /// The words with the number, where it is none of a session.
    pub with_number: String,
    /// When it is to go out; now where there is none.
    pub at: Option<Timestamp>,
    /// When the session starts.
    pub at_start: bool,
}

/// The session that a prompt is about.
#[derive(Clone, PartialEq, Debug)]
pub struct About {
    /// Its id.
    pub id: SessionId,
    /// By which people call it.
    pub number: i64,
    /// Its title.
    pub title: String,
    /// When it starts.
    pub starts: Timestamp,
}

/// Reads `texte`, `12 texte`, `texte à 18h`; a moment that is over or cannot be is refused.
pub fn parse(call: &Call, now: Timestamp, zone: Zone) -> Result<PromptArgs, Refusal> {
    let numbered = call.words.first().is_some_and(|word| !word.quoted && whole_number(&word.text).is_ok());
    let start = when::at_the_start(&call.words).filter(|_| numbered);
    let (end, at) = match start {
        Some(from) => (call.words[from].start, None),
        None => match when::at_the_end(&call.words, now, zone) {
            Some((from, at)) => (call.words[from].start, Some(at?)),
            None => (call.rest.len(), None),
        },
    };
    let body = &call.rest[..end];
    let number = call.words.first().filter(|word| !word.quoted && word.end <= end).and_then(|word| whole_number(&word.text).ok());
    let after = if number.is_some() { call.words.first().map_or(0, |word| word.end) } else { 0 };
    let text = |from: usize| unquoted(&clean_text(&body[from.min(body.len())..]));
    // Where the number is none of a session, the words at the end are words.
    let with_number = if start.is_some() { unquoted(&clean_text(&call.rest)) } else { text(0) };
    Ok(PromptArgs { number, text: text(after), with_number, at, at_start: start.is_some() })
}

/// A text that stands wholly in quotation marks, without them.
pub(super) fn unquoted(text: &str) -> String {
    let inner = [('"', '"'), ('«', '»'), ('“', '”')].iter().find_map(|(open, close)| {
        let inner = text.strip_prefix(*open)?.strip_suffix(*close)?;
        (!inner.contains([*open, *close])).then_some(inner)
    });
    inner.unwrap_or(text).trim().to_owned()
}

/// Shows in private what the group would see, with the three ways on.
pub fn prompt(scope: &Scope, about: Option<&About>, args: &PromptArgs, ctx: &mut Context) -> Outcome {
    let group = open_group(scope)?;
    let text = if about.is_some() { &args.text } else { &args.with_number };
    if let Some(about) = about.filter(|_| text.is_empty() && args.at_start) {
        let how = Msg::new("prompt-start-how").with("prompt", Command::Prompt).with("number", about.number);
        return Err(Refusal::new(Content::from(Msg::new("prompt-start-empty")).line(how)));
    }
    if text.is_empty() {
        return Ok(form(scope, about, ctx));
    }
    let count = text.chars().count();
    if count > TEXT_CHARS_MAX {
        return Err(too_long(count));
    }
    let text = &Ready::named(text).map_or_else(|| text.clone(), |ready| ready.kept().to_owned());
    let at_start = args.at_start && about.is_some_and(|about| ctx.now < about.starts);
    let session = about.map(|about| about.number);
    let choices = vec![
        (
            if args.at.is_some() || at_start { Msg::new("prompt-button-schedule") } else { Msg::new("prompt-button-post") },
            Choice::Prompt(Action::Post { group: group.id, session, text: text.clone(), at: args.at, at_start }),
        ),
        (
            Msg::new("prompt-button-change"),
            Choice::Prompt(Action::Change { group: group.id, rest: session.map_or_else(String::new, |number| format!("{number} ")) }),
        ),
        (Msg::new("prompt-button-drop"), Choice::Close(Msg::new("prompt-dropped"))),
    ];
    let (change, buttons) = question::ask(ctx, scope.account.id, choices);
    let first = match args.at {
        Some(at) => Msg::new("prompt-preview-when").with("when", Value::MomentIn(at, scope.zone)),
        None if at_start => Msg::new("prompt-preview-start"),
        None => Msg::new("prompt-preview"),
    };
    let card = card(about, text);
    let content = card.lines.into_iter().fold(Content::from(first), Content::line).buttons(buttons);
    Ok(Decision::nothing().change(change).say(Audience::Asker, content, Manner::Care))
}

/// The text is longer than a group can read at once.
pub(super) fn too_long(count: usize) -> Refusal {
    let (count, most) = (i64::try_from(count).unwrap_or(i64::MAX), i64::try_from(TEXT_CHARS_MAX).unwrap_or(0));
    Msg::new("prompt-too-long").with("count", count).with("number", most).into()
}

/// The group, if the asker may post in it and it is not paused.
fn open_group(scope: &Scope) -> Result<&Group, Refusal> {
    let Some(group) = &scope.group else { return Err(Msg::new("no-group").into()) };
    if scope.role() < Some(Role::Facilitator) {
        return Err(Msg::new("not-allowed-facilitator").with("menu", Command::Menu).into());
    }
    if group.paused {
        return Err(Msg::new("prompt-paused").with("resume", Command::Resume).into());
    }
    Ok(group)
}

fn form(scope: &Scope, about: Option<&About>, ctx: &Context) -> Decision {
    let (ask, before) = match about {
        Some(about) => (Msg::new("prompt-ask-session").with("title", about.title.clone()), format!("{} ", about.number)),
        None => (Msg::new("prompt-ask"), String::new()),
    };
    let form = Msg::new("prompt-form").with("prompt", Command::Prompt);
    Decision::answer(vec![Msg::new("prompt-new"), ask, form]).await_text(ctx, scope.account.id, Command::Prompt, before)
}

/// What the group sees.
pub(super) fn card(about: Option<&About>, text: &str) -> Content {
    let title = match about {
        Some(about) => Msg::new("prompt-card-session")
            .with("number", about.number)
            .with("title", about.title.clone())
            .with("when", Value::Moment(about.starts)),
        None => Msg::new("prompt-card"),
    };
    let words = Ready::of(text).map_or_else(|| Msg::new("prompt-card-text").with("text", text), Ready::words);
    let content = Content::from(vec![title, words, Msg::new("prompt-card-free")]);
    match about {
        Some(about) => content.about(CardKey::Session(about.id)),
        None => content,
    }
}

/// What an answer needs loaded.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct AnswerView {
    /// The session of [`Action::Post`], where it is still there.
    pub about: Option<About>,
    /// The prompt of [`Action::Withdraw`].
    pub prompt: Option<Prompt>,
    /// What is in store, for [`Action::Keep`].
    pub library: LibraryView,
}

/// An answer to the preview, or to what was scheduled.
pub fn answer(scope: &Scope, view: &AnswerView, action: &Action, ctx: &mut Context) -> Outcome {
    match action {
        Action::Post { session: Some(_), at_start: true, .. } if view.about.is_none() => Err(Msg::new("prompt-session-over").into()),
        Action::Post { text, at, at_start, .. } => {
            let group = open_group(scope)?;
            let Some(person) = &scope.person else { return Err(Msg::new("no-group").into()) };
            let about = view.about.as_ref();
            let start = about.filter(|_| *at_start).map(|about| about.starts);
            let when = When { at: at.or(start).filter(|at| *at > ctx.now), at_start: *at_start };
            Ok(post(scope, group, person, about, text, when, ctx))
        }
        Action::Keep { text, .. } => library::kept(scope, &view.library, text),
        Action::Change { rest, .. } => {
            Ok(Decision::answer(Msg::new("prompt-change")).await_text(ctx, scope.account.id, Command::Prompt, rest.clone()))
        }
        Action::Withdraw { .. } => match &view.prompt {
            Some(prompt) if prompt.state == State::Waiting => {
                Ok(Decision::nothing().change(Change::Set(prompt.id, State::Dropped)).tell(Audience::Asker, Msg::new("prompt-withdrawn")))
            }
            _ => Err(Msg::new("prompt-gone-out").into()),
        },
    }
}

/// When a prompt goes out; now where `at` is none.
#[derive(Clone, Copy)]
struct When {
    at: Option<Timestamp>,
    at_start: bool,
}

fn post(scope: &Scope, group: &Group, person: &Person, about: Option<&About>, text: &str, when: When, ctx: &mut Context) -> Decision {
    let later = when.at;
    let prompt = Prompt {
        id: ctx.ids.make(),
        group: group.id,
        session: about.map(|about| about.id),
        by: person.id,
        text: text.to_owned(),
        at: later.unwrap_or(ctx.now),
        at_start: when.at_start && later.is_some(),
        state: if later.is_some() { State::Waiting } else { State::Posted },
    };
    let id = prompt.id;
    let decision = Decision::nothing().change(Change::Add(Box::new(prompt)));
    let Some(at) = later else {
        return decision.notify(Audience::Group(group.id), card(about, text)).tell(Audience::Asker, Msg::new("prompt-posted"));
    };
    let withdraw = vec![(Msg::new("prompt-button-withdraw"), Choice::Prompt(Action::Withdraw { group: group.id, prompt: id }))];
    let (change, buttons) = question::ask(ctx, scope.account.id, withdraw);
    let said = Msg::new("prompt-scheduled").with("when", Value::MomentIn(at, scope.zone));
    // The session's own start brings it, wherever that moves to.
    let decision = if when.at_start { decision } else { decision.wake(ctx, at, Wake::PromptDue(id)) };
    decision.change(change).tell(Audience::Asker, Content::from(said).buttons(buttons))
}

/// What a prompt that came due needs loaded.
#[derive(Clone, PartialEq, Debug)]
pub struct DueView {
    /// The prompt.
    pub prompt: Prompt,
    /// Its group is paused.
    pub paused: bool,
    /// Its session, where it is still there.
    pub about: Option<About>,
    /// Who wrote it, where they are still here.
    pub author: Option<PersonId>,
    /// Its session is over or called off, or its hour is long past: nobody would know what it is about.
    pub stale: bool,
}

/// Posts what came due; a paused group's is dropped and its author told.
pub fn on_wake(view: &DueView) -> Decision {
    let prompt = &view.prompt;
    if prompt.state != State::Waiting {
        return Decision::nothing();
    }
    if view.paused || view.stale {
        let dropped = Decision::nothing().change(Change::Set(prompt.id, State::Dropped));
        let text = Ready::of(&prompt.text).map_or_else(|| Value::from(prompt.text.clone()), |ready| ready.words().into());
        let why = if view.paused {
            Msg::new("prompt-not-posted-paused").with("text", text).with("resume", Command::Resume)
        } else {
            Msg::new("prompt-not-posted-late").with("text", text)
        };
        let lines = vec![Msg::new("prompt-not-posted"), why];
        return match view.author {
            Some(author) => dropped.notify(Audience::Private(author), lines),
            None => dropped,
        };
    }
    Decision::nothing()
        .change(Change::Set(prompt.id, State::Posted))
        .notify(Audience::Group(prompt.group), card(view.about.as_ref(), &prompt.text))
}
