//! What Telegram shows when somebody types `/`, and the probe for ephemeral messages, which is the same question.
//!
//! In groups the commands that are answered in private are marked as ephemeral: the others do not see that they were
//! typed. The mark comes back only from a server that knows ephemeral messages, which is the probe.

use teloxide::types::BotCommandScope;

use super::{
    Telegram,
    api::Fault,
    payload::{Command, GetMyCommands, SetMyCommands},
    trouble::Trouble,
};
use crate::{
    domain::command::{Answers, Command as Known, Who},
    platform::backoff::Backoff,
};

/// The menu by language (an IETF tag), the first for every language that has none of its own: words of commands with what they do.
pub type Menu = Vec<(String, Vec<(String, String)>)>;

/// Telegram takes no more commands, and no longer descriptions.
const COMMANDS_MAX: usize = 100;
const DESCRIPTION_CHARS_MAX: usize = 256;

impl Telegram {
    /// Tells Telegram the menu and learns from it whether ephemeral messages are known; until it is done, or cannot be.
    pub(super) async fn settle(&self) {
        let mut backoff = Backoff::default();
        loop {
            let fault = match self.try_to_settle().await {
                Ok(()) => return,
                Err(fault) => fault,
            };
            match Trouble::of(&fault) {
                Trouble::Retry(_) | Trouble::Uncertain => tokio::time::sleep(backoff.next(fault.retry_after())).await,
                _ => return tracing::warn!("Telegram does not take the menu: {fault}"),
            }
        }
    }

    async fn try_to_settle(&self) -> Result<(), Fault> {
        let Some((_, first)) = self.menu.first() else { return Ok(()) };
        // The probe goes first: answers wait for it.
        self.probe(first).await?;
        self.tell(BotCommandScope::AllPrivateChats, None, lines(first, false)).await?;
        for (language, menu) in &self.menu {
            // Telegram takes two letters alone.
            let code: String = language.chars().take_while(char::is_ascii_lowercase).collect();
            if code.len() != 2 {
                continue;
            }
            self.tell(BotCommandScope::AllGroupChats, Some(code.clone()), lines(menu, true)).await?;
            self.tell(BotCommandScope::AllPrivateChats, Some(code), lines(menu, false)).await?;
        }
        Ok(())
    }

    async fn probe(&self, menu: &[(String, String)]) -> Result<(), Fault> {
        let told = lines(menu, true);
        self.tell(BotCommandScope::AllGroupChats, None, told.clone()).await?;
        let kept: Vec<Command> = self.ask(&GetMyCommands { scope: BotCommandScope::AllGroupChats }).await?;
        let known = knows_ephemeral(&told, &kept);
        self.probe.found(known);
        tracing::info!(ephemeral = known, "probed the Bot API server for ephemeral messages");
        Ok(())
    }

    async fn tell(&self, scope: BotCommandScope, language_code: Option<String>, commands: Vec<Command>) -> Result<(), Fault> {
        self.ask::<_, bool>(&SetMyCommands { commands, scope, language_code }).await.map(|_| ())
    }
}

/// Whether every mark came back.
fn knows_ephemeral(told: &[Command], kept: &[Command]) -> bool {
    let mut marked = told.iter().filter(|line| line.is_ephemeral).peekable();
    let comes_back = |line: &Command| kept.iter().any(|kept| kept.command == line.command && kept.is_ephemeral);
    marked.peek().is_some() && marked.all(comes_back)
}

/// The lines that Telegram takes of a menu, for groups or for private chats.
fn lines(menu: &[(String, String)], groups: bool) -> Vec<Command> {
    menu.iter()
        .filter(|(word, description)| takes(word) && !description.trim().is_empty())
        .filter_map(|(word, description)| {
            let spec = Known::from_word(word)?.spec();
            // Who administers a room can be asked in a room alone.
            (groups || spec.who != Who::RoomAdmin).then(|| Command {
                command: word.clone(),
                description: description.chars().take(DESCRIPTION_CHARS_MAX).collect(),
                is_ephemeral: groups && spec.answers == Answers::Private,
            })
        })
        .take(COMMANDS_MAX)
        .collect()
}

fn takes(word: &str) -> bool {
    (1..=32).contains(&word.len()) && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn menu() -> Vec<(String, String)> {
        ["menu", "sos", "installer", "Été", "nuage"].map(|word| (word.to_owned(), "x".repeat(300))).to_vec()
    }

    #[test]
    fn lines_of_a_menu() {
        let seen = |groups| -> Vec<String> {
            lines(&menu(), groups).iter().map(|line| format!("{} {}", line.command, line.is_ephemeral)).collect()
        };
        assert_eq!(seen(true), ["menu false", "sos true", "installer true"]);
        assert_eq!(seen(false), ["menu false", "sos false"]);
        assert!(lines(&menu(), true).iter().all(|line| line.description.len() == DESCRIPTION_CHARS_MAX));
    }

    #[test]
    fn the_probe_passes_only_where_the_marks_come_back() {
        let told = lines(&menu(), true);
        let ignored: Vec<Command> = told.iter().map(|line| Command { is_ephemeral: false, ..line.clone() }).collect();
        assert!(knows_ephemeral(&told, &told));
        assert!(!knows_ephemeral(&told, &ignored));
        assert!(!knows_ephemeral(&told, &[]));
        assert!(!knows_ephemeral(&ignored, &ignored));
    }

    #[test]
    fn an_unmarked_command_is_told_without_the_field() {
        let line = Command { command: "menu".into(), description: "x".into(), is_ephemeral: false };
        assert_eq!(serde_json::to_value(line).unwrap(), serde_json::json!({"command": "menu", "description": "x"}));
    }
}
