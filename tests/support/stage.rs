//! Plays a conversation file over Telegram: its people are users in one supergroup with their private chats open.

use std::{
    collections::{BTreeMap, HashMap},
    time::Duration,
};

use super::{
    bot_api::{BotApi, ChatId, Happening, Member, Pressed, UserId, What, Writing},
    chat_file::{Block, ChatFile, Did, message_block},
    script::{Act, names, read},
};

/// How long the bot may take for one line.
const LINE_TAKES: Duration = Duration::from_secs(20);
/// After what was expected came, and the bot fetched everything: how long nothing more may come.
const QUIET: Duration = Duration::from_millis(150);

/// The chats, and what of it was looked at.
pub struct Stage<'a> {
    api: &'a BotApi,
    group: ChatId,
    people: BTreeMap<String, UserId>,
    /// Happenings looked at.
    seen: usize,
    /// The line of each message that a person wrote, by chat and message.
    lines: HashMap<(ChatId, i64), String>,
}

impl<'a> Stage<'a> {
    /// Makes the people of `file`; who acts first in the group made it, and the bot may delete there.
    pub fn new(api: &'a BotApi, file: &ChatFile) -> Result<Self, String> {
        let names = names(file)?;
        let first = names.first().ok_or("nobody speaks")?;
        let language = file.flag("--lang").unwrap_or("fr");
        let mut people = BTreeMap::new();
        for name in &names {
            let user = api.person(name);
            if let Some(user) = api.state().users.get_mut(&user) {
                user.language_code = Some(language.to_owned());
            }
            api.opens_silently(user);
            people.insert(name.clone(), user);
        }
        let group = api.supergroup("Le cercle", people[first]);
        api.bot_becomes(group, people[first], Member::Administrator { can_delete: true });
        for (_, user) in people.iter().filter(|(name, _)| *name != first) {
            api.enters(*user, group);
        }
        Ok(Self { api, group, people, seen: 0, lines: HashMap::new() })
    }

    /// Plays the whole file; what the bot did, as `entraide try --json` would tell it.
    pub fn play(&mut self, file: &ChatFile) -> Result<Vec<Did>, String> {
        self.rest();
        self.seen = self.api.state().happenings.len();
        let mut did = Vec::new();
        for (n, line) in file.lines.iter().enumerate() {
            self.act(&line.text).map_err(|error| format!("{:?}: {error}", line.text))?;
            let expected = line.expected.len();
            let enough =
                |state: &super::bot_api::State, seen: usize| state.happenings[seen..].iter().filter(|h| by_bot(h)).count() >= expected;
            let seen = self.seen;
            let deadline = std::time::Instant::now() + LINE_TAKES;
            while !enough(&self.api.state(), seen) && std::time::Instant::now() < deadline {
                std::thread::sleep(Duration::from_millis(3));
            }
            self.rest();
            did.extend(self.take().into_iter().map(|block| Did { line: n, block }));
        }
        Ok(did)
    }

    /// Waits until the bot fetched and confirmed every update, and is quiet.
    fn rest(&self) {
        self.api.wait_for("the updates to be confirmed", LINE_TAKES, |state| state.updates_waiting() == 0);
        self.api.wait_quiet(QUIET, LINE_TAKES);
    }

    fn act(&mut self, line: &str) -> Result<(), String> {
        match read(line)? {
            Act::Nothing => Ok(()),
            Act::Writes { name, direct, text } => {
                let user = self.people[name];
                let chat = if direct { ChatId::from(user) } else { self.group };
                let id = self.api.writes(user, chat, self.writing(text));
                self.lines.insert((chat, id), line.to_owned());
                Ok(())
            }
            Act::Presses { name, direct, button } => {
                let user = self.people[name];
                let chat = if direct { ChatId::from(user) } else { self.group };
                match self.api.presses(user, chat, button)? {
                    Pressed::Told(_) => Ok(()),
                    Pressed::Opened(url) => Err(format!("the button opens {url}")),
                }
            }
        }
    }

    /// The text, with those named who have no user name on Telegram.
    fn writing(&self, text: &str) -> Writing {
        let mut writing = Writing::from(text);
        for (name, user) in &self.people {
            let word = format!("@{name}");
            let has_user_name = self.api.state().users[user].username.is_some();
            if !has_user_name && text.split_whitespace().any(|typed| typed == word) {
                writing = writing.naming(&word, *user);
            }
        }
        writing
    }

    /// What the bot did since the last look.
    fn take(&mut self) -> Vec<Block> {
        let state = self.api.state();
        let blocks = state.happenings[self.seen..].iter().filter(|happening| by_bot(happening)).map(|h| self.block(h)).collect();
        self.seen = state.happenings.len();
        blocks
    }

    fn block(&self, happening: &Happening) -> Block {
        let name = self.people.iter().find(|(_, user)| ChatId::from(**user) == happening.chat).map(|(name, _)| name.as_str());
        let to = if happening.chat == self.group { "group" } else { name.unwrap_or("somebody else") };
        let line = |id: &i64| self.lines.get(&(happening.chat, *id)).map_or("a message of the bot", String::as_str);
        let alone = if happening.only.is_some() { " (ephemeral)" } else { "" };
        match &happening.what {
            What::Said { text, buttons, files, edit, .. } => message_block(&format!("{to}{alone}"), text, buttons, files, *edit),
            What::Deleted(id) => vec![format!("[{to}{alone}] ⌫ {}", line(id))],
            What::Reacted(_, emoji) => vec![format!("[{to}] {emoji}")],
            What::Pressed(_) | What::Answered(_) | What::Note(_) => Vec::new(),
        }
    }
}

/// Whether it is something that `entraide try` shows.
fn by_bot(happening: &Happening) -> bool {
    happening.by == "bot" && matches!(happening.what, What::Said { .. } | What::Deleted(_) | What::Reacted(..))
}
