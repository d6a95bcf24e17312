//! What the bot may ask about chats and their people.

use serde_json::{Value, json};

use super::super::{
    BOT_ID,
    errors::{Answer, Refused},
    params::Params,
    state::{ChatKind, Member, State, UserId, What},
};

/// `getChat`.
pub(in super::super) fn chat(state: &mut State, params: &Params) -> Answer {
    let chat = state.asked_chat(params)?;
    if chat.kind != ChatKind::Private {
        state.is_in(chat)?;
    }
    let mut json = state.chat_json(chat);
    json["accent_color_id"] = json!(0);
    json["max_reaction_count"] = json!(11);
    json["accepted_gift_types"] =
        json!({"unlimited_gifts": true, "limited_gifts": true, "unique_gifts": true, "premium_subscription": true});
    Ok(json)
}

/// `getChatMember`.
pub(in super::super) fn member(state: &mut State, params: &Params) -> Answer {
    let chat = state.asked_chat(params)?;
    let user = UserId(params.number("user_id").ok_or_else(|| Refused::bad("invalid user_id specified"))?);
    if chat.kind == ChatKind::Private {
        return Ok(state.member_json(user, Member::Plain));
    }
    state.is_in(chat)?;
    if user == BOT_ID {
        return Ok(state.member_json(user, chat.bot));
    }
    if !state.users.contains_key(&user) {
        return Err(Refused::bad("PARTICIPANT_ID_INVALID"));
    }
    Ok(state.member_json(user, chat.members.get(&user).copied().unwrap_or(Member::Left)))
}

/// `getChatAdministrators`: the other bots are not told.
pub(in super::super) fn administrators(state: &mut State, params: &Params) -> Answer {
    let chat = state.asked_chat(params)?;
    if chat.kind == ChatKind::Private {
        return Err(Refused::bad("there are no administrators in the private chat"));
    }
    state.is_in(chat)?;
    let everyone = chat.members.iter().map(|(user, member)| (*user, *member)).chain([(BOT_ID, chat.bot)]);
    Ok(everyone.filter(|(_, member)| member.administers()).map(|(user, member)| state.member_json(user, member)).collect())
}

/// `getChatMemberCount`.
pub(in super::super) fn count(state: &mut State, params: &Params) -> Answer {
    let chat = state.asked_chat(params)?;
    Ok(json!(chat.members.values().filter(|member| member.present()).count() + 1))
}

/// `leaveChat`.
pub(in super::super) fn leave(state: &mut State, params: &Params) -> Answer {
    let chat = state.open_chat(params)?;
    state.chat_mut(chat).bot = Member::Left;
    state.happened(chat, None, "bot", None, What::Note("leaves the chat".to_owned()));
    Ok(Value::Bool(true))
}
