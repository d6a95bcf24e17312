//! Messages that one person of a group sees alone: never sent where the server might show them to everybody.
//!
//! A server that does not know ephemeral messages ignores their parameters, and the message goes out to all. So
//! [`commands`](super::commands) probes once at start; before that, and where the probe failed, everything here is refused.
//! Should a server that passed the probe send a message to all even so, the message is deleted at once and no other follows.

use std::sync::atomic::{AtomicBool, Ordering};

use serde::{Deserialize, Serialize};

use super::{
    Telegram,
    api::Fault,
    deliver::{Outgoing, Words, remove},
    payload::{DeleteEphemeralMessage, EditEphemeralMessageText, EphemeralParameters, EphemeralReply, NO_PREVIEW, SendEphemeral, Sent},
    refs::{Place, Target, What},
    trouble::{Trouble, delivery_error},
};
use crate::{
    domain::{event::MessageRef, time::Timestamp},
    platform::{DeliveryError, Reason, Receipt},
};

/// How long after the act an ephemeral answer still reaches the person: Telegram takes it for 15 seconds, and the rest is for the way.
const ANSWER_SECONDS: i64 = 10;

/// Whether the server knows ephemeral messages.
#[derive(Debug, Default)]
pub(super) struct Probe(AtomicBool);

impl Probe {
    /// Known to be so.
    pub(super) fn passed(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    /// Notes what the probe found.
    pub(super) fn found(&self, known: bool) {
        self.0.store(known, Ordering::Relaxed);
    }
}

/// What somebody just did in a group, so that they can be answered there alone; kept as an event's `ephemeral_context`.
#[derive(Serialize, Deserialize, Clone, PartialEq, Debug)]
pub(super) struct Act {
    /// The press.
    #[serde(rename = "q", default, skip_serializing_if = "Option::is_none")]
    pub(super) query: Option<String>,
    /// The person's own ephemeral message.
    #[serde(rename = "e", default, skip_serializing_if = "Option::is_none")]
    pub(super) message: Option<i64>,
    /// When.
    #[serde(rename = "t")]
    pub(super) at: Timestamp,
}

impl Act {
    /// As text.
    pub(super) fn context(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    fn read(context: &str) -> Option<Self> {
        serde_json::from_str(context).ok()
    }
}

/// When the person did what an `ephemeral_context` stands for.
pub fn acted_at(context: &str) -> Option<Timestamp> {
    Act::read(context).map(|act| act.at)
}

/// The refusal on which the outbox takes another way.
fn refused() -> DeliveryError {
    DeliveryError::Permanent(Reason::EphemeralRefused)
}

fn error(fault: &Fault, repeatable: bool) -> DeliveryError {
    match Trouble::of(fault) {
        Trouble::Refused | Trouble::QueryTooOld | Trouble::MessageGone | Trouble::NotModified | Trouble::NoSuchMethod => refused(),
        _ => delivery_error(fault, repeatable, Reason::EphemeralRefused, |chat| Reason::Moved(Place { chat, thread: None }.room())),
    }
}

impl Telegram {
    /// Sends `words` to `user` alone, in answer to what `context` stands for.
    pub(super) async fn send_ephemeral(
        &self,
        place: Place,
        user: i64,
        context: &str,
        outgoing: Outgoing,
    ) -> Result<Receipt, DeliveryError> {
        let act = Act::read(context).filter(|_| self.probe.passed()).ok_or_else(refused)?;
        let age = (self.clock)().since(act.at);
        let Outgoing { words, keyboard, file: None } = outgoing else { return Err(refused()) };
        let Ok([Words { text, entities }]) = <[Words; 1]>::try_from(words) else { return Err(refused()) };
        if age > chrono::TimeDelta::seconds(ANSWER_SECONDS) {
            return Err(refused());
        }
        let parameters = EphemeralParameters { receiver_user_id: user, callback_query_id: act.query };
        let payload = SendEphemeral {
            chat_id: place.chat,
            message_thread_id: place.thread,
            text,
            entities,
            link_preview_options: NO_PREVIEW,
            reply_markup: keyboard,
            reply_parameters: act.message.map(|ephemeral_message_id| EphemeralReply { ephemeral_message_id }),
            flat: parameters.clone(),
            ephemeral_message_parameters: parameters,
        };
        let sent: Sent = self.ask(&payload).await.map_err(|fault| error(&fault, false))?;
        match sent.ephemeral_message_id {
            Some(id) => Ok(receipt(Target { chat: place.chat, what: What::EphemeralTo { id, user } })),
            None => Err(self.unsay(place.chat, sent.message_id).await),
        }
    }

    /// The server showed the message to everybody: take it back, and never again.
    async fn unsay(&self, chat: i64, message: i32) -> DeliveryError {
        self.probe.found(false);
        tracing::error!("the Bot API server sent an ephemeral message to everybody; it is deleted, and none is sent any more");
        for _ in 0..3 {
            if self.ask::<_, bool>(&remove(chat, message)).await.is_ok() {
                break;
            }
        }
        refused()
    }

    pub(super) async fn edit_ephemeral(&self, chat: i64, id: i64, user: i64, outgoing: Outgoing) -> Result<Receipt, DeliveryError> {
        let Some(Words { text, entities }) = outgoing.words.into_iter().next() else { return Err(refused()) };
        let payload = EditEphemeralMessageText {
            chat_id: chat,
            receiver_user_id: user,
            ephemeral_message_id: id,
            text,
            entities,
            link_preview_options: NO_PREVIEW,
            reply_markup: outgoing.keyboard,
        };
        let done = receipt(Target { chat, what: What::EphemeralTo { id, user } });
        match self.ask::<_, bool>(&payload).await {
            Ok(_) => Ok(done),
            Err(fault) if Trouble::of(&fault) == Trouble::NotModified => Ok(done),
            Err(fault) => Err(error(&fault, true)),
        }
    }

    pub(super) async fn delete_ephemeral(&self, chat: i64, id: i64, user: i64) -> Result<Receipt, DeliveryError> {
        let payload = DeleteEphemeralMessage { chat_id: chat, receiver_user_id: user, ephemeral_message_id: id };
        match self.ask::<_, bool>(&payload).await {
            Ok(_) => Ok(Receipt::default()),
            Err(fault) => match error(&fault, true) {
                // It vanishes by itself.
                DeliveryError::Permanent(_) => Ok(Receipt::default()),
                other => Err(other),
            },
        }
    }
}

fn receipt(target: Target) -> Receipt {
    let message: MessageRef = target.message();
    message.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_act_is_written_and_read() {
        let at = Timestamp::from_micros(1_800_000_000_000_000);
        for act in [
            Act { query: Some("77".into()), message: None, at },
            Act { query: None, message: Some(5), at },
            Act { query: None, message: None, at },
        ] {
            assert_eq!(Act::read(&act.context()), Some(act.clone()));
            assert_eq!(acted_at(&act.context()), Some(at));
        }
        assert_eq!(acted_at("no context"), None);
    }

    #[test]
    fn the_fields_of_both_versions_are_sent() {
        let parameters = EphemeralParameters { receiver_user_id: 5, callback_query_id: Some("77".into()) };
        let payload = SendEphemeral {
            chat_id: -100,
            message_thread_id: None,
            text: "x".into(),
            entities: vec![],
            link_preview_options: NO_PREVIEW,
            reply_markup: None,
            reply_parameters: None,
            flat: parameters.clone(),
            ephemeral_message_parameters: parameters,
        };
        let json = serde_json::to_value(&payload).unwrap();
        assert_eq!(json["receiver_user_id"], 5);
        assert_eq!(json["callback_query_id"], "77");
        assert_eq!(json["ephemeral_message_parameters"], serde_json::json!({"receiver_user_id": 5, "callback_query_id": "77"}));
        assert_eq!(json["link_preview_options"], serde_json::json!({"is_disabled": true}));
        assert_eq!(json.get("reply_parameters"), None);
    }

    #[test]
    fn refusals_lead_to_another_way() {
        let check = |code, description: &str| {
            let fault = Fault::Refused { code, description: description.into(), retry_after: None, moved_to: None };
            matches!(error(&fault, false), DeliveryError::Permanent(Reason::EphemeralRefused))
        };
        assert!(check(400, "Bad Request: USER_NOT_PARTICIPANT"));
        assert!(check(400, "Bad Request: not enough rights to send ephemeral messages"));
        assert!(check(403, "Forbidden: bot is not a member of the supergroup chat"));
        assert!(check(404, "Not Found"));
        assert!(!check(401, "Unauthorized"));
    }
}
