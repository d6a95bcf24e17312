//! `sendMessage`, `sendDocument`, `sendChatAction`.

use serde_json::{Map, json};

use super::super::{
    errors::{Answer, Refused},
    keyboard,
    params::Params,
    state::{Author, ChatId, ChatKind, File, Message, State, UserId, What},
    text,
};

/// `sendMessage`.
pub(in super::super) fn message(state: &mut State, params: &Params) -> Answer {
    let chat = state.open_chat(params)?;
    let (text, entities) = text::outgoing(params)?;
    send(state, params, chat, Draft { text, entities, file: None })
}

/// `sendDocument`.
pub(in super::super) fn document(state: &mut State, params: &Params) -> Answer {
    let chat = state.open_chat(params)?;
    let Some(file) = params.file("document").cloned() else {
        let given = params.text("document").is_some();
        return Err(Refused::bad(if given { "wrong file identifier/HTTP URL specified" } else { "there is no document in the request" }));
    };
    if file.bytes.is_empty() {
        return Err(Refused::bad("file must be non-empty"));
    }
    let (text, entities) = text::caption(params)?;
    send(state, params, chat, Draft { text, entities, file: Some(file) })
}

/// `sendChatAction`.
pub(in super::super) fn action(state: &mut State, params: &Params) -> Answer {
    state.open_chat(params)?;
    Ok(json!(true))
}

struct Draft {
    text: String,
    entities: Vec<serde_json::Value>,
    file: Option<File>,
}

fn send(state: &mut State, params: &Params, chat: ChatId, draft: Draft) -> Answer {
    let keyboard = keyboard::read(params)?;
    let receiver = state.receiver(params, chat)?;
    let (thread, reply_to) = (thread(state, params, chat)?, reply(state, params, chat, receiver)?);
    state.within_limits(chat)?;
    let (date, order) = (state.now_seconds(), state.tick());
    let message = Message {
        id: 0,
        ephemeral: receiver.map(|user| (0, user)),
        author: Author::Bot,
        date,
        edit_date: None,
        text: draft.text,
        entities: draft.entities,
        thread,
        reply_to,
        keyboard,
        file: draft.file,
        extra: Map::new(),
        deleted: false,
        reaction: None,
        order,
        born: order,
    };
    state.sent += 1;
    let message = state.put(chat, message);
    Ok(state.message_json(&state.chats[&chat], &message))
}

/// The topic that is written into; the reply's, where only that is given.
fn thread(state: &State, params: &Params, chat: ChatId) -> Result<Option<i64>, Refused> {
    let Some(thread) = params.number("message_thread_id").filter(|id| *id != 0) else { return Ok(None) };
    let chat = &state.chats[&chat];
    match chat.topics.get(&thread) {
        Some((_, true)) if !chat.bot.administers() => Err(Refused::bad("TOPIC_CLOSED")),
        Some(_) => Ok(Some(thread)),
        None if chat.kind == (ChatKind::Supergroup { forum: true }) => Err(Refused::bad("message thread not found")),
        None => Ok(None),
    }
}

/// The message that is answered, where it is still there.
fn reply(state: &State, params: &Params, chat: ChatId, receiver: Option<UserId>) -> Result<Option<i64>, Refused> {
    let given = params.object("reply_parameters")?.unwrap_or_default();
    if let Some(id) = given["ephemeral_message_id"].as_i64()
        && state.ephemerals != super::super::state::Ephemerals::Unknown
    {
        let mine = state.chats[&chat].ephemerals.get(&id).and_then(|m| m.ephemeral).is_some_and(|(_, user)| Some(user) == receiver);
        return if mine || receiver.is_none() { Ok(None) } else { Err(Refused::bad("message to be replied not found")) };
    }
    let Some(id) = given["message_id"].as_i64().or_else(|| params.number("reply_to_message_id")) else { return Ok(None) };
    let there = state.chats[&chat].messages.get(&id).is_some_and(|message| !message.deleted);
    let optional = given["allow_sending_without_reply"].as_bool().unwrap_or(false) || params.flag("allow_sending_without_reply");
    match (there, optional) {
        (true, _) => Ok(Some(id)),
        (false, true) => Ok(None),
        (false, false) => Err(Refused::bad("message to be replied not found")),
    }
}

impl State {
    /// Puts a message into a chat under its own id, for all or for who alone sees it.
    pub(in super::super) fn put(&mut self, chat: ChatId, mut message: Message) -> Message {
        match message.ephemeral {
            Some((_, user)) => {
                let id = self.fresh();
                message.ephemeral = Some((id, user));
                self.chat_mut(chat).ephemerals.insert(id, message.clone());
            }
            None => {
                message.id = self.next_message_id(chat);
                self.chat_mut(chat).messages.insert(message.id, message.clone());
            }
        }
        self.note_said(chat, &message, false);
        message
    }

    /// Remembers that a message was said, or edited.
    pub(in super::super) fn note_said(&mut self, chat: ChatId, message: &Message, edit: bool) {
        if !self.log {
            return;
        }
        let what = What::Said {
            message: message.ephemeral.map_or(message.id, |(id, _)| id),
            text: message.text.clone(),
            buttons: message.labels(),
            files: message.file.iter().map(|file| file.name.clone()).collect(),
            edit,
        };
        let by = self.author_name(&message.author);
        self.happened(chat, message.thread, &by, message.ephemeral.map(|(_, user)| user), what);
    }

    /// A chat that is known to be there.
    pub(in super::super) fn chat_mut(&mut self, chat: ChatId) -> &mut super::super::state::Chat {
        self.chats.get_mut(&chat).expect("the chat was found before")
    }

    fn author_name(&self, author: &Author) -> String {
        match author {
            Author::Bot => "bot".to_owned(),
            Author::User(user) => self.users.get(user).map_or_else(|| user.0.to_string(), |user| user.first_name.clone()),
            Author::Anonymous => "anonymous administrator".to_owned(),
            Author::Channel(title) => format!("channel {title}"),
            Author::Service => "Telegram".to_owned(),
        }
    }
}
