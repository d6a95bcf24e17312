//! Whether a person administers a group: asked for the few commands that need it, before the message is handed over.

use std::{collections::HashMap, time::Duration};

use teloxide::{
    payloads::GetChatMember,
    types::{ChatId, Recipient, UserId},
};

use super::{Telegram, refs::Place, wire::Member};
use crate::domain::{
    command::needs_admin_check,
    event::{Event, Origin},
};

/// Everybody's messages wait behind this question.
const LIMIT: Duration = Duration::from_secs(4);
const TRIES: usize = 2;
/// Of one batch, that a flood of such commands cannot hold up the others; who is not asked about counts as no administrator.
const QUESTIONS_MAX: usize = 5;

impl Telegram {
    /// Fills in who administers their room. A person who hides behind the group is never one: nobody can tell who it is.
    pub(super) async fn note_administrators(&self, events: &mut [Event]) {
        let mut known: HashMap<(i64, u64), bool> = HashMap::new();
        for event in events {
            let Origin::Said(said) = &mut event.origin else { continue };
            let Some(sender) = said.sender.as_ref().filter(|_| !said.room.direct && needs_admin_check(&said.text)) else { continue };
            let (Some(place), Ok(user)) = (Place::read(&said.room), sender.account.id.parse()) else { continue };
            let key = (place.chat, user);
            said.sender_is_admin = match known.get(&key) {
                Some(known) => *known,
                None if known.len() < QUESTIONS_MAX => {
                    let administers = self.administers(place.chat, user).await;
                    known.insert(key, administers);
                    administers
                }
                None => false,
            };
        }
    }

    async fn administers(&self, chat: i64, user: u64) -> bool {
        let payload = GetChatMember::new(Recipient::Id(ChatId(chat)), UserId(user));
        for _ in 0..TRIES {
            match self.ask_within::<_, Member>(&payload, LIMIT).await {
                Ok(member) => return member.administers(),
                Err(fault) => tracing::warn!("Telegram does not say who administers a group: {fault}"),
            }
        }
        false
    }
}
