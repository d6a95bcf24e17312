//! The road of one event: who and where, what was meant, whether they may, the feature's decision, and what follows from it.

use std::sync::Arc;

use crate::{
    domain::{
        checkin,
        command::{Answers, Command},
        decision::{Act, Audience, Context, Decision, Manner, Outcome},
        discreet::gate,
        event::{Event, Origin, Pressed, RoomAddress, Said, SaidKind, Sender},
        hear::{Call, Heard, hear},
        ids::IdSource,
        message::{Content, Msg, Press},
        people,
        question::Action,
        scope::Scope,
        timer::Timer,
        words::clean_text,
    },
    store::{
        Store, StoreError,
        accounts::AccountRow,
        questions::{About, Answered},
        rooms::RoomRow,
    },
};

use super::{
    acts::{self, Asked},
    find::{self, Defaults, Found},
    handlers,
    limits::{Limits, Pace},
    refuse, rooms, shared_phone,
};

pub use super::outgoing::Outgoing;

/// One event on its road.
pub(super) struct Road<'a> {
    pub(super) store: &'a mut Store,
    pub(super) defaults: &'a Arc<Defaults>,
    pub(super) limits: &'a mut Limits,
    pub(super) out: Outgoing,
    pub(super) ctx: Context,
    /// What was typed in the direct room is deleted already.
    pub(super) unsaid: bool,
}

/// Who acted, and in which group room, before it is known what it is about.
pub(super) struct Actor {
    pub(super) account: AccountRow,
    room: Option<RoomRow>,
    asked: Asked,
}

impl<'a> Road<'a> {
    /// Goes all the way; what is left to do after the commit comes back.
    pub(super) async fn travel(
        store: &'a mut Store,
        defaults: &'a Arc<Defaults>,
        limits: &'a mut Limits,
        event: &Event,
    ) -> Result<Outgoing, StoreError> {
        let ids = IdSource::new(store.vault().seed(event.key.0.as_bytes()), event.at);
        let ctx = Context { now: event.at, ids };
        let mut road = Self { store, defaults, limits, out: Outgoing::default(), ctx, unsaid: false };
        match &event.origin {
            Origin::Said(said) => {
                road.said(said).await?;
                shared_phone::let_vanish(&mut road, said).await?;
            }
            Origin::Pressed(pressed) => road.pressed(pressed).await?,
            Origin::Timer(timer) => road.timer(timer).await?,
            Origin::Room(happened) => rooms::happened(&mut road, &event.key, happened).await?,
        }
        Ok(road.out)
    }

    async fn said(&mut self, said: &Said) -> Result<(), StoreError> {
        let heard = if said.kind == SaidKind::Text { hear(said) } else { Heard::Words(String::new()) };
        let for_the_bot = said.room.direct || said.addressed || said.kind == SaidKind::Text;
        if heard == Heard::Nothing || !for_the_bot {
            return Ok(());
        }
        let Some(sender) = &said.sender else { return self.hidden_sender(said).await };
        let mut actor = self.actor(sender, (!said.room.direct).then_some(&said.room)).await?;
        actor.asked.message = Some(said.message.clone());
        actor.asked.context = said.ephemeral_context.clone();
        if !cries_for_help(&heard) && !self.has_pace(&actor).await? {
            return Ok(());
        }
        if opens_what_waited(said) && !self.out.owed.is_empty() {
            // What waited is what they opened the room for; a menu below it would bury the question.
            return Ok(());
        }
        match said.kind {
            SaidKind::Text => self.heard(&actor, said, heard).await,
            SaidKind::Voice => {
                let text = Msg::new("voice-message").with("sos", Command::Sos).with("menu", Command::Menu);
                self.say_menu_buttons(&actor, text).await
            }
            SaidKind::Other => self.say_menu_buttons(&actor, Msg::new("other-kind").with("menu", Command::Menu)).await,
        }
    }

    async fn heard(&mut self, actor: &Actor, said: &Said, heard: Heard) -> Result<(), StoreError> {
        let marked = said.text.trim_start().starts_with(['/', '!']);
        // Bare, they end what is awaited, or come before it, instead of being it.
        let ends = matches!(&heard, Heard::Command(call) if ends_dialogue(call) || call.command == Command::Sos && call.words.is_empty());
        if actor.room.is_none() && !ends {
            let awaited = self.store.take_awaited(actor.account.id, self.ctx.now).await?;
            if let Some((awaited, about)) = awaited
                && !marked
                // A code is a number, and no answer by number; nor is a number that no button has.
                && (awaited.command == Command::Discreet || !self.is_choice(actor, &heard).await?)
            {
                // Nobody means such words as a name or a setting; in the note of a check-in and in a report they are kept.
                let kept = matches!(awaited.command, Command::Checkin | Command::Report);
                if checkin::danger::danger(&said.text) && !kept {
                    return self.care_about(actor, &said.text).await;
                }
                let rest = format!("{}{}", awaited.rest, clean_text(&said.text));
                let scope = find::again(self.store, self.defaults, &actor.account, None, about).await?;
                Box::pin(self.dispatch(actor, scope, &Call::new(awaited.command, &rest))).await?;
                return self.care_about(actor, &said.text).await;
            }
        }
        match heard {
            Heard::Command(call) if ends_dialogue(&call) && self.ended_dialogue(actor).await? => Ok(()),
            Heard::Command(mut call) => {
                call.rest = call.rest.trim_end().to_owned();
                self.command(actor, &call, said.sender_is_admin).await?;
                if call.command == Command::Sos { Ok(()) } else { self.care_about(actor, &call.rest).await }
            }
            Heard::Choice(number) => self.choice(actor, number).await,
            Heard::Unknown { word, close } => {
                let scope = self.scope(actor).await?;
                self.conclude(actor, &scope, refuse::unknown(&word, close), Audience::Asker).await
            }
            Heard::Words(text) if checkin::danger::danger(&text) => self.care_about(actor, &text).await,
            Heard::Words(_) => {
                let text = Msg::new("not-understood").with("menu", Command::Menu).with("sos", Command::Sos);
                self.say_menu_buttons(actor, text).await
            }
            Heard::Nothing => Ok(()),
        }
    }

    /// Whether what was heard is the number of one of the newest message's buttons.
    async fn is_choice(&mut self, actor: &Actor, heard: &Heard) -> Result<bool, StoreError> {
        let Heard::Choice(number) = heard else { return Ok(false) };
        Ok(self.newest_choice(actor, *number).await?.is_some())
    }

    /// What a button of the newest message carries, by its number.
    async fn newest_choice(&mut self, actor: &Actor, number: usize) -> Result<Option<Press>, StoreError> {
        let place = actor.room.as_ref().map_or(*actor.account.id.0.as_bytes(), |room| *room.id.0.as_bytes());
        self.store.newest_choice(place, number).await
    }

    /// Ends what was under way, a text that is awaited, whoever the asker is; whether there was anything.
    async fn ended_dialogue(&mut self, actor: &Actor) -> Result<bool, StoreError> {
        if self.store.take_awaited(actor.account.id, self.ctx.now).await?.is_none() {
            return Ok(false);
        }
        let scope = self.scope(actor).await?;
        self.conclude(actor, &scope, Ok(Decision::answer(Msg::new("cancelled-dialogue"))), Audience::Asker).await?;
        Ok(true)
    }

    /// Words of danger bring the fixed text, whatever else was said; that they were found is kept nowhere.
    async fn care_about(&mut self, actor: &Actor, text: &str) -> Result<(), StoreError> {
        if !checkin::danger::danger(text) {
            return Ok(());
        }
        let scope = self.scope(actor).await?;
        let decision = Box::pin(handlers::danger(self.store, &scope, &mut self.ctx)).await?;
        self.conclude(actor, &scope, Ok(decision), Audience::Asker).await
    }

    async fn command(&mut self, actor: &Actor, call: &Call, is_admin: bool) -> Result<(), StoreError> {
        let asked = (call.command, call.rest.as_str());
        let found = find::find(self.store, self.defaults, &actor.account, actor.room.as_ref(), asked, self.ctx.now).await?;
        match found {
            Found::One(mut scope) => {
                scope.is_admin = is_admin;
                Box::pin(self.dispatch(actor, *scope, call)).await
            }
            Found::Several(scope, groups) => {
                let decision = handlers::which_group(&mut self.ctx, &scope, call, &groups);
                self.conclude(actor, &scope, Ok(decision), Audience::Asker).await
            }
        }
    }

    pub(super) async fn dispatch(&mut self, actor: &Actor, scope: Scope, call: &Call) -> Result<(), StoreError> {
        if let Some(tried) = gate::read(call, &scope) {
            return shared_phone::try_code(self, actor, scope, &tried).await;
        }
        let typed = call.command.word(&scope.language);
        let outcome = match refuse::check(call.command, typed, actor.room.is_some(), &scope) {
            Ok(()) => match gate::stop(&scope, call, &self.ctx) {
                Some(asked) => Ok(asked),
                None => Box::pin(handlers::command(self.store, &scope, call, &mut self.ctx)).await?,
            },
            Err(refusal) => Err(refusal),
        };
        let outcome = if refuse::must_not_stay(call) { Ok(refuse::unsaid(outcome)) } else { outcome };
        let refused_at = match call.command.spec().answers {
            Answers::Private => Audience::Asker,
            Answers::Here => Audience::SameRoom,
        };
        self.conclude(actor, &scope, outcome, refused_at).await
    }

    async fn choice(&mut self, actor: &Actor, number: usize) -> Result<(), StoreError> {
        match self.newest_choice(actor, number).await? {
            Some(press) => self.press(actor, &press).await,
            None => {
                let scope = self.scope(actor).await?;
                let text = Msg::new("nothing-to-choose").with("menu", Command::Menu);
                self.conclude(actor, &scope, Ok(Decision::answer(text)), Audience::Asker).await
            }
        }
    }

    async fn pressed(&mut self, pressed: &Pressed) -> Result<(), StoreError> {
        let mut actor = self.actor(&pressed.sender, (!pressed.room.direct).then_some(&pressed.room)).await?;
        actor.asked.context = pressed.ephemeral_context.clone();
        actor.asked.press = Some(pressed.press_ref.clone());
        let for_help = matches!(&pressed.press, Some(Press::Command { command: Command::Sos, .. }));
        if !for_help && !self.has_pace(&actor).await? {
            return Ok(());
        }
        match &pressed.press {
            Some(press) => self.press(&actor, press).await,
            None => self.short_word(&actor, Msg::new("button-expired")).await,
        }
    }

    async fn press(&mut self, actor: &Actor, press: &Press) -> Result<(), StoreError> {
        match press {
            Press::OpenPrivate => Ok(()),
            Press::Command { command, rest } => self.command(actor, &Call::new(*command, rest), false).await,
            Press::Choice { question, choice } => {
                match self.store.answer_question(*question, *choice, actor.account.id, self.ctx.now).await? {
                    Answered::Now(action, about) => self.answer(actor, *action, about).await,
                    Answered::Before => self.short_word(actor, Msg::new("already-answered")).await,
                    Answered::NotTheirs => self.short_word(actor, Msg::new("not-your-button")).await,
                    Answered::Gone => self.short_word(actor, Msg::new("button-expired")).await,
                }
            }
        }
    }

    async fn answer(&mut self, actor: &Actor, action: Action, about: About) -> Result<(), StoreError> {
        let mut scope = find::again(self.store, self.defaults, &actor.account, actor.room.as_ref(), about).await?;
        if let Some(group) = action.group() {
            find::enter(self.store, &mut scope, group).await?;
        }
        match action {
            Action::Run { command, rest } => Box::pin(self.dispatch(actor, scope, &Call::new(command, &rest))).await,
            Action::InGroup { group, command, rest } => {
                let until = self.ctx.now.plus(chrono::TimeDelta::days(1));
                self.store.choose_group(actor.account.id, group, until);
                Box::pin(self.dispatch(actor, scope, &Call::new(command, &rest))).await
            }
            Action::Close(words) => self.conclude(actor, &scope, Ok(Decision::answer(words)), Audience::Asker).await,
            feature => {
                let outcome = Box::pin(handlers::answer(self.store, &scope, feature, &mut self.ctx)).await?;
                self.conclude(actor, &scope, outcome, Audience::Asker).await
            }
        }
    }

    async fn timer(&mut self, timer: &Timer) -> Result<(), StoreError> {
        self.store.end_timer(timer).await?;
        let decision = Box::pin(handlers::wake(self.store, timer, &mut self.ctx)).await?;
        Box::pin(acts::carry_out(self, None, &Asked::default(), decision)).await
    }

    /// Somebody whom the platform hides cannot be answered in private, nor given anything.
    async fn hidden_sender(&mut self, said: &Said) -> Result<(), StoreError> {
        if said.room.direct || !matches!(hear(said), Heard::Command(_)) {
            return Ok(());
        }
        let room = self.store.room_of(&said.room, &mut self.ctx.ids).await?;
        let content = Content::from(Msg::new("channel-or-anonymous")).buttons([refuse::open_private()]);
        let decision = Decision::nothing().say(Audience::Room(room.id), content, Manner::Answer);
        Box::pin(acts::carry_out(self, None, &Asked::default(), decision)).await
    }

    pub(super) async fn actor(&mut self, sender: &Sender, room: Option<&RoomAddress>) -> Result<Actor, StoreError> {
        let mut account = self.store.account_of(sender, &mut self.ctx.ids, self.ctx.now).await?;
        let room = match room {
            Some(address) => Some(rooms::open(self, address).await?),
            None => {
                rooms::open_direct(self, &mut account).await?;
                None
            }
        };
        let asked = Asked {
            account: Some(account.id),
            platform: Some(sender.account.platform),
            room: room.as_ref().map(|r| r.id),
            ..Asked::default()
        };
        Ok(Actor { account, room, asked })
    }

    async fn has_pace(&mut self, actor: &Actor) -> Result<bool, StoreError> {
        match self.limits.count(actor.account.id, self.ctx.now) {
            Pace::Free => return Ok(true),
            Pace::SlowDown => {
                let scope = self.scope(actor).await?;
                self.conclude(actor, &scope, Ok(Decision::answer(Msg::new("slow-down"))), Audience::Asker).await?;
            }
            Pace::Silent => self.out.instant.extend(actor.asked.acknowledge(None)),
        }
        Ok(false)
    }

    /// The scope for what is no command.
    async fn scope(&mut self, actor: &Actor) -> Result<Scope, StoreError> {
        let asked = (Command::Menu, "");
        match find::find(self.store, self.defaults, &actor.account, actor.room.as_ref(), asked, self.ctx.now).await? {
            Found::One(scope) | Found::Several(scope, _) => Ok(*scope),
        }
    }

    async fn say_menu_buttons(&mut self, actor: &Actor, text: Msg) -> Result<(), StoreError> {
        let scope = self.scope(actor).await?;
        let content = Content::from(text).buttons(people::menu::buttons());
        self.conclude(actor, &scope, Ok(Decision::nothing().tell(Audience::Asker, content)), Audience::Asker).await
    }

    async fn short_word(&mut self, actor: &Actor, word: Msg) -> Result<(), StoreError> {
        let scope = self.scope(actor).await?;
        let decision = if actor.asked.press.is_some() && scope.account.platform.has_short_words() {
            Decision::nothing().act(Act::Answer(word))
        } else {
            Decision::answer(word)
        };
        self.conclude(actor, &scope, Ok(decision), Audience::Asker).await
    }

    /// Carries out a decision, or says a refusal at `refused_at`.
    pub(super) async fn conclude(
        &mut self,
        actor: &Actor,
        scope: &Scope,
        outcome: Outcome,
        refused_at: Audience,
    ) -> Result<(), StoreError> {
        let decision = outcome.unwrap_or_else(|refusal| Decision::nothing().tell(refused_at, *refusal.0));
        Box::pin(acts::carry_out(self, Some(scope), &actor.asked, decision)).await
    }
}

/// Nobody is too fast to be helped.
fn cries_for_help(heard: &Heard) -> bool {
    match heard {
        Heard::Command(call) => call.command == Command::Sos || checkin::danger::danger(&call.rest),
        Heard::Words(text) => checkin::danger::danger(text),
        Heard::Choice(_) | Heard::Unknown { .. } | Heard::Nothing => false,
    }
}

/// Bare, `/cancel` ends what is under way.
fn ends_dialogue(call: &Call) -> bool {
    call.command == Command::Cancel && call.words.is_empty()
}

/// Telegram sends `/start` by itself when somebody opens the direct room.
fn opens_what_waited(said: &Said) -> bool {
    said.room.direct && said.text.trim() == "/start"
}
