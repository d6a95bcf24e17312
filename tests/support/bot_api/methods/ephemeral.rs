//! Messages that one person of a group sees alone (Bot API 10.2 and 10.3); a server that does not know them has no such methods.

use std::time::Duration;

use serde_json::{Value, json};

use super::{
    super::{
        errors::{Answer, Refused},
        keyboard,
        params::Params,
        state::{ChatId, ChatKind, Ephemerals, State, UserId, What},
        text,
    },
    edit::Version,
};

/// How long after a person's act a bot that is no administrator may answer with an ephemeral message.
const ANSWER_WITHIN: Duration = Duration::from_secs(15);

impl State {
    /// Who alone is to see what is sent: `None` where nobody was named, or where this server does not know the parameters,
    /// which it then ignores so that all see the message.
    pub(super) fn receiver(&self, params: &Params, chat: ChatId) -> Result<Option<UserId>, Refused> {
        let object = params.object("ephemeral_message_parameters")?.unwrap_or_default();
        let (receiver, query) = match self.ephemerals {
            Ephemerals::Unknown => return Ok(None),
            Ephemerals::Fields => (params.number("receiver_user_id"), params.text("callback_query_id")),
            Ephemerals::Object => (object["receiver_user_id"].as_i64(), object["callback_query_id"].as_str()),
        };
        let Some(receiver) = receiver.map(UserId) else { return Ok(None) };
        let chat = &self.chats[&chat];
        if chat.kind == ChatKind::Private {
            return Err(Refused::bad("ephemeral messages can be sent only in groups and supergroups"));
        }
        if !chat.members.get(&receiver).is_some_and(|member| member.present()) {
            return Err(Refused::bad("receiver user not found"));
        }
        let by_query = query
            .and_then(|id| self.queries.get(id))
            .is_some_and(|query| query.user == receiver && query.chat == chat.id && query.at.elapsed() < ANSWER_WITHIN);
        if query.is_some() && !by_query {
            return Err(Refused::bad("query is too old and response timeout expired or query ID is invalid"));
        }
        let recent = chat.last_act.get(&receiver).is_some_and(|at| at.elapsed() < ANSWER_WITHIN);
        if by_query || recent || chat.bot.administers() {
            Ok(Some(receiver))
        } else {
            Err(Refused::bad("not enough rights to send ephemeral messages"))
        }
    }

    fn own_ephemeral(&self, params: &Params) -> Result<(ChatId, i64), Refused> {
        if self.ephemerals == Ephemerals::Unknown {
            return Err(Refused::not_found());
        }
        let chat = self.open_chat(params)?;
        let id = params.number("ephemeral_message_id").unwrap_or_default();
        let user = params.number("receiver_user_id").map(UserId);
        let message = self.chats[&chat].ephemerals.get(&id).filter(|message| !message.deleted);
        match message.and_then(|message| message.ephemeral) {
            Some((id, receiver)) if Some(receiver) == user => Ok((chat, id)),
            _ => Err(Refused::bad("message to edit not found")),
        }
    }
}

/// `editEphemeralMessageText`.
pub(in super::super) fn edit_text(state: &mut State, params: &Params) -> Answer {
    let (chat, id) = state.own_ephemeral(params)?;
    let version = Version { text: Some(text::outgoing(params)?), keyboard: keyboard::read(params)? };
    edit(state, chat, id, version)
}

/// `editEphemeralMessageReplyMarkup`.
pub(in super::super) fn edit_markup(state: &mut State, params: &Params) -> Answer {
    let (chat, id) = state.own_ephemeral(params)?;
    let version = Version { text: None, keyboard: keyboard::read(params)? };
    edit(state, chat, id, version)
}

fn edit(state: &mut State, chat: ChatId, id: i64, version: Version) -> Answer {
    let mut message = state.chats[&chat].ephemerals[&id].clone();
    version.replace(&mut message)?;
    message.order = state.tick();
    state.note_said(chat, &message, true);
    state.chat_mut(chat).ephemerals.insert(id, message);
    Ok(json!(true))
}

/// `deleteEphemeralMessage`.
pub(in super::super) fn delete(state: &mut State, params: &Params) -> Answer {
    let (chat, id) = state.own_ephemeral(params)?;
    let mut receiver = None;
    if let Some(message) = state.chat_mut(chat).ephemerals.get_mut(&id) {
        message.deleted = true;
        receiver = message.ephemeral.map(|(_, user)| user);
    }
    state.happened(chat, None, "bot", receiver, What::Deleted(id));
    Ok(Value::Bool(true))
}
