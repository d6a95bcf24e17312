//! The methods of the Bot API that the server knows; every other name is answered with 404.

pub(super) mod chats;
pub(super) mod commands;
pub(super) mod edit;
pub(super) mod ephemeral;
pub(super) mod press;
pub(super) mod send;
pub(super) mod updates;

use serde_json::{Value, json};

use super::{
    BOT_ID, BOT_NAME,
    errors::{Answer, Refused},
    params::Params,
    state::{Chat, ChatId, ChatKind, Member, State, UserId},
};

/// How a method is carried out.
#[derive(Clone, Copy)]
pub(super) enum Work {
    /// At once, on the locked state.
    Now(fn(&mut State, &Params) -> Answer),
    /// `getUpdates`, which waits.
    Updates,
}

/// One method.
#[derive(Clone, Copy)]
pub(super) struct Method {
    /// As Telegram writes it.
    pub(super) name: &'static str,
    /// It may change who waits for updates.
    pub(super) wakes: bool,
    pub(super) work: Work,
}

const fn now(name: &'static str, work: fn(&mut State, &Params) -> Answer) -> Method {
    Method { name, wakes: false, work: Work::Now(work) }
}

const METHODS: &[Method] = &[
    Method { name: "getUpdates", wakes: false, work: Work::Updates },
    Method { name: "setWebhook", wakes: true, work: Work::Now(updates::set_webhook) },
    Method { name: "deleteWebhook", wakes: true, work: Work::Now(updates::delete_webhook) },
    now("getWebhookInfo", updates::webhook_info),
    now("getMe", me),
    now("sendMessage", send::message),
    now("sendDocument", send::document),
    now("sendChatAction", send::action),
    now("editMessageText", edit::text),
    now("editMessageCaption", edit::caption),
    now("editMessageReplyMarkup", edit::markup),
    now("deleteMessage", edit::delete),
    now("deleteMessages", edit::delete_many),
    now("setMessageReaction", edit::react),
    now("editEphemeralMessageText", ephemeral::edit_text),
    now("editEphemeralMessageReplyMarkup", ephemeral::edit_markup),
    now("deleteEphemeralMessage", ephemeral::delete),
    now("answerCallbackQuery", press::answer),
    now("getChat", chats::chat),
    now("getChatMember", chats::member),
    now("getChatAdministrators", chats::administrators),
    now("getChatMemberCount", chats::count),
    now("leaveChat", chats::leave),
    now("setMyCommands", commands::set),
    now("getMyCommands", commands::get),
    now("deleteMyCommands", commands::delete),
    now("setMyName", fine),
    now("setMyDescription", fine),
    now("setMyShortDescription", fine),
    now("setChatMenuButton", fine),
    now("setMyDefaultAdministratorRights", fine),
];

/// The method of a name, whatever its case.
pub(super) fn find(name: &str) -> Option<Method> {
    METHODS.iter().find(|method| method.name.eq_ignore_ascii_case(name)).copied()
}

fn me(state: &mut State, _: &Params) -> Answer {
    let mut me = json!({
        "can_join_groups": true, "supports_inline_queries": false, "can_connect_to_business": false, "has_main_web_app": false,
    });
    me["can_read_all_group_messages"] = json!(!state.privacy);
    for (name, value) in state.user_json(BOT_ID).as_object().into_iter().flatten() {
        me[name.as_str()] = value.clone();
    }
    Ok(me)
}

fn fine(_: &mut State, _: &Params) -> Answer {
    Ok(json!(true))
}

impl State {
    /// The chat that a request is about: by id, or `@user_name` for nobody here.
    pub(super) fn asked_chat(&self, params: &Params) -> Result<&Chat, Refused> {
        let Some(id) = params.number("chat_id") else {
            let given = params.values.get("chat_id").is_some_and(|value| value != &Value::String(String::new()));
            return Err(Refused::bad(if given { "chat not found" } else { "chat_id is empty" }));
        };
        self.chats.get(&ChatId(id)).ok_or_else(|| Refused::bad("chat not found"))
    }

    /// The same, where the bot may write into it.
    pub(super) fn open_chat(&self, params: &Params) -> Result<ChatId, Refused> {
        if params.number("chat_id") == Some(BOT_ID.0) {
            return Err(Refused::forbidden("bot can't send messages to bots"));
        }
        let chat = self.asked_chat(params)?;
        match chat.kind {
            ChatKind::Private => self.may_write_to(UserId(chat.id.0))?,
            ChatKind::Group | ChatKind::Supergroup { .. } => self.is_in(chat)?,
        }
        Ok(chat.id)
    }

    fn may_write_to(&self, user: UserId) -> Result<(), Refused> {
        let user = self.users.get(&user).ok_or_else(|| Refused::bad("chat not found"))?;
        if user.deactivated {
            return Err(Refused::forbidden("user is deactivated"));
        }
        if user.blocked {
            return Err(Refused::forbidden("bot was blocked by the user"));
        }
        if !user.started {
            return Err(Refused::forbidden("bot can't initiate conversation with a user"));
        }
        Ok(())
    }

    /// The bot is in the group, and the group did not move.
    pub(super) fn is_in(&self, chat: &Chat) -> Result<(), Refused> {
        if let Some(to) = chat.migrated_to {
            return Err(Refused::migrated(to.0));
        }
        let kind = if chat.kind == ChatKind::Group { "group" } else { "supergroup" };
        match chat.bot {
            Member::Creator | Member::Administrator { .. } | Member::Plain => Ok(()),
            Member::Left => Err(Refused::forbidden(&format!("bot is not a member of the {kind} chat"))),
            Member::Kicked => Err(Refused::forbidden(&format!("bot was kicked from the {kind} chat"))),
        }
    }

    /// The link that opens the private chat with the bot and presses start.
    pub fn start_link(payload: &str) -> String {
        format!("https://t.me/{BOT_NAME}?start={payload}")
    }
}
