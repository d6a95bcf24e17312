//! What everybody sees, and the transcript of all that happened.

use std::{fmt::Write as _, time::Duration};

use super::{
    BotApi,
    state::{Author, ChatId, Message, State, UserId, What},
};

/// How long the bot may take for one message.
const TEXT_TAKES: Duration = Duration::from_secs(20);

/// A message as somebody sees it now.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Seen {
    /// Its id (an ephemeral one's own id).
    pub message: i64,
    /// The bot wrote it.
    pub by_bot: bool,
    /// Nobody else sees it.
    pub alone: bool,
    /// The text or caption.
    pub text: String,
    /// The labels in order.
    pub buttons: Vec<String>,
    /// The name of the file that goes with it.
    pub file: Option<String>,
    /// The bot's reaction to it.
    pub reaction: Option<String>,
}

impl BotApi {
    /// What a person sees in a chat, oldest first.
    pub fn sees(&self, user: UserId, chat: impl Into<ChatId>) -> Vec<Seen> {
        let (state, chat) = (self.state(), chat.into());
        let mut messages: Vec<&Message> = state.visible(user, chat).collect();
        messages.sort_by_key(|message| message.born);
        messages.into_iter().map(Seen::from).collect()
    }

    /// The texts of the bot's messages that a person sees in a chat, oldest first.
    pub fn bot_texts(&self, user: UserId, chat: impl Into<ChatId>) -> Vec<String> {
        self.sees(user, chat).into_iter().filter(|seen| seen.by_bot).map(|seen| seen.text).collect()
    }

    /// Waits until a person sees a message of the bot with these words in a chat; returns its text.
    pub fn wait_for_text(&self, user: UserId, chat: impl Into<ChatId>, words: &str) -> String {
        let chat = chat.into();
        let meets = |message: &&Message| message.author == Author::Bot && plain(&message.text).contains(words);
        let mut found = None;
        self.wait_for(&format!("{words:?}"), TEXT_TAKES, |state| {
            found = state.visible(user, chat).filter(meets).max_by_key(|message| message.order).map(|message| message.text.clone());
            found.is_some()
        });
        found.unwrap_or_default()
    }

    /// The content of the newest file that a person sees in a chat.
    pub fn newest_file(&self, user: UserId, chat: impl Into<ChatId>) -> Option<(String, Vec<u8>)> {
        let state = self.state();
        let with_file = state.visible(user, chat.into()).filter(|message| message.file.is_some());
        let file = with_file.max_by_key(|message| message.order)?.file.as_ref()?;
        Some((file.name.clone(), file.bytes.clone()))
    }

    /// All that happened and every request that failed.
    pub fn transcript(&self) -> String {
        let state = self.state();
        let mut lines: Vec<(Duration, String)> = Vec::new();
        for happening in &state.happenings {
            let place = state.place_name(happening.chat, happening.only);
            lines.push((happening.after, format!("{place} {}: {}", happening.by, told(&happening.what))));
        }
        for call in state.calls.iter().filter(|call| call.status.is_some_and(|status| status != 200)) {
            let error = call.error.as_deref().unwrap_or_default();
            let line = format!("{} failed: {error} {}", call.method, call.params);
            lines.push((call.at.duration_since(state.started), line));
        }
        lines.sort_by_key(|(after, _)| *after);
        let mut text = String::new();
        for (after, line) in lines {
            let _ = writeln!(text, "{:8.3} {line}", after.as_secs_f64());
        }
        let _ = write!(text, "requests: {:?}; updates waiting: {}", state.counts, state.updates.len());
        text
    }
}

impl State {
    /// The messages of a chat that a person sees now.
    pub fn visible(&self, user: UserId, chat: ChatId) -> impl Iterator<Item = &Message> {
        let chat = self.chats.get(&chat);
        let all = chat.into_iter().flat_map(|chat| chat.messages.values().chain(chat.ephemerals.values()));
        all.filter(move |message| !message.deleted && message.ephemeral.is_none_or(|(_, receiver)| receiver == user))
    }

    /// The newest message with buttons that a person sees in a chat (of a topic); an edit makes a message new.
    pub fn newest_with_buttons(&self, user: UserId, chat: ChatId, thread: Option<i64>) -> Option<&Message> {
        let here = |message: &&Message| thread.is_none() || message.thread == thread;
        self.visible(user, chat).filter(|message| !message.keyboard.is_empty()).filter(here).max_by_key(|message| message.order)
    }

    fn place_name(&self, chat: ChatId, only: Option<UserId>) -> String {
        let name = |user: UserId| self.users.get(&user).map_or_else(|| user.0.to_string(), |user| user.first_name.clone());
        let chat = match self.chats.get(&chat) {
            Some(chat) if !chat.title.is_empty() => format!("[{}]", chat.title),
            _ => format!("[{}]", name(UserId(chat.0))),
        };
        only.map_or(chat.clone(), |user| format!("{chat} (only {})", name(user)))
    }
}

impl From<&Message> for Seen {
    fn from(message: &Message) -> Self {
        Self {
            message: message.ephemeral.map_or(message.id, |(id, _)| id),
            by_bot: message.author == Author::Bot,
            alone: message.ephemeral.is_some(),
            text: message.text.clone(),
            buttons: message.labels(),
            file: message.file.as_ref().map(|file| file.name.clone()),
            reaction: message.reaction.clone(),
        }
    }
}

fn told(what: &What) -> String {
    match what {
        What::Said { message, text, buttons, files, edit } => {
            let mut line = format!("{} #{message} {text:?}", if *edit { "edits" } else { "says" });
            if !buttons.is_empty() {
                let _ = write!(line, " {buttons:?}");
            }
            for file in files {
                let _ = write!(line, " <{file}>");
            }
            line
        }
        What::Deleted(message) => format!("deletes #{message}"),
        What::Reacted(message, emoji) => format!("reacts to #{message} with {emoji}"),
        What::Pressed(label) => format!("presses {label:?}"),
        What::Answered(text) => format!("answers the press {text:?}"),
        What::Note(note) => note.clone(),
    }
}

/// With plain blanks and apostrophes, so that tests are easy to write.
pub(super) fn plain(text: &str) -> String {
    text.replace(['\u{a0}', '\u{202f}'], " ").replace('’', "'")
}

impl Message {
    /// The labels of all buttons, row by row.
    pub fn labels(&self) -> Vec<String> {
        self.keyboard.iter().flatten().map(|button| button.label.clone()).collect()
    }
}
