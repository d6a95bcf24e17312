//! What the Bot API's errors mean, in one place: by teloxide's kinds, and by the text where teloxide has no kind.

use std::time::Duration;

use serde::{Deserialize, de::value::StrDeserializer};
use teloxide::ApiError;

use super::api::{Fault, for_log};
use crate::platform::{DeliveryError, Reason};

/// What an error means, whatever was tried.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Trouble {
    /// It surely did not arrive; try again, after so long where the server says so.
    Retry(Option<Duration>),
    /// The answer was lost.
    Uncertain,
    /// The token is not known.
    Token,
    /// The server does not know the method; so it also answers a token of a wrong form, and a wrong address.
    NoSuchMethod,
    /// Another program reads updates with this token.
    OtherPoller,
    /// A webhook is set, so updates cannot be polled.
    WebhookSet,
    /// The chat, its topic or the person cannot be written to.
    Closed,
    /// The group became a supergroup.
    Moved(i64),
    /// The message is not there any more, or can no longer be changed.
    MessageGone,
    /// The message stands as it should already.
    NotModified,
    /// The press is too old to be answered.
    QueryTooOld,
    /// Something else: our fault.
    Refused,
}

/// How long to wait before a token that was refused is tried again: the operator may be exchanging it.
const TOKEN_PAUSE: Duration = Duration::from_secs(60);

/// Texts that teloxide has no kind for, or whose form varies; compared in lower case.
const TEXTS: &[(&str, Trouble)] = &[
    ("can't use getupdates method while webhook is active", Trouble::WebhookSet),
    ("terminated by other getupdates", Trouble::OtherPoller),
    ("terminated by setwebhook", Trouble::WebhookSet),
    ("message is not modified", Trouble::NotModified),
    ("message to edit not found", Trouble::MessageGone),
    ("message to delete not found", Trouble::MessageGone),
    ("message to react not found", Trouble::MessageGone),
    ("message can't be edited", Trouble::MessageGone),
    ("message can't be deleted", Trouble::MessageGone),
    ("message not found", Trouble::MessageGone),
    ("message_id_invalid", Trouble::MessageGone),
    ("query is too old", Trouble::QueryTooOld),
    ("query_id_invalid", Trouble::QueryTooOld),
    ("query id is invalid", Trouble::QueryTooOld),
    ("can't initiate conversation", Trouble::Closed),
    ("bot was blocked", Trouble::Closed),
    ("bot was kicked", Trouble::Closed),
    ("bot is not a member", Trouble::Closed),
    ("user is deactivated", Trouble::Closed),
    ("can't send messages to bots", Trouble::Closed),
    ("can't send messages to the user", Trouble::Closed),
    ("user not found", Trouble::Closed),
    ("user_is_blocked", Trouble::Closed),
    ("chat not found", Trouble::Closed),
    ("group chat was deleted", Trouble::Closed),
    ("group is deactivated", Trouble::Closed),
    ("peer_id_invalid", Trouble::Closed),
    ("topic_closed", Trouble::Closed),
    ("topic_deleted", Trouble::Closed),
    ("message thread not found", Trouble::Closed),
    ("chat_write_forbidden", Trouble::Closed),
    ("chat_restricted", Trouble::Closed),
    ("chat_send_", Trouble::Closed),
    ("not enough rights", Trouble::Closed),
    ("have no rights to send", Trouble::Closed),
    ("need administrator rights", Trouble::Closed),
];

impl Trouble {
    /// What `fault` means.
    pub(super) fn of(fault: &Fault) -> Self {
        match fault {
            Fault::NotSent(_) => Self::Retry(None),
            Fault::Lost(_) => Self::Uncertain,
            Fault::Refused { retry_after: Some(after), .. } => Self::Retry(Some(*after)),
            Fault::Refused { moved_to: Some(chat), .. } => Self::Moved(*chat),
            Fault::Refused { code, description, .. } => Self::of_refusal(*code, description),
        }
    }

    fn of_refusal(code: u16, description: &str) -> Self {
        if code == 429 || code >= 500 {
            return Self::Retry(None);
        }
        if code == 404 {
            return Self::NoSuchMethod;
        }
        if let Some(trouble) = kind(description).and_then(|kind| Self::of_kind(&kind)) {
            return trouble;
        }
        let lower = description.to_lowercase();
        match TEXTS.iter().find(|(text, _)| lower.contains(text)) {
            Some((_, trouble)) => trouble.clone(),
            None if code == 401 => Self::Token,
            None if code == 403 => Self::Closed,
            None if code == 409 => Self::OtherPoller,
            None => Self::Refused,
        }
    }

    fn of_kind(kind: &ApiError) -> Option<Self> {
        Some(match kind {
            ApiError::InvalidToken => Self::Token,
            ApiError::BotBlocked
            | ApiError::BotKicked
            | ApiError::BotKickedFromSupergroup
            | ApiError::BotKickedFromChannel
            | ApiError::CantInitiateConversation
            | ApiError::CantTalkWithBots
            | ApiError::ChatNotFound
            | ApiError::GroupDeactivated
            | ApiError::NotEnoughRightsToPostMessages
            | ApiError::UserDeactivated
            | ApiError::UserNotFound => Self::Closed,
            ApiError::MessageNotModified => Self::NotModified,
            ApiError::MessageToEditNotFound
            | ApiError::MessageToDeleteNotFound
            | ApiError::MessageCantBeEdited
            | ApiError::MessageCantBeDeleted
            | ApiError::MessageIdInvalid => Self::MessageGone,
            ApiError::InvalidQueryId => Self::QueryTooOld,
            ApiError::CantGetUpdates => Self::WebhookSet,
            ApiError::TerminatedByOtherGetUpdates => Self::OtherPoller,
            _ => return None,
        })
    }
}

fn kind(description: &str) -> Option<ApiError> {
    let deserializer: StrDeserializer<'_, serde::de::value::Error> = StrDeserializer::new(description);
    ApiError::deserialize(deserializer).ok()
}

/// The error of a delivery that may be repeated without harm if `repeatable`; `closed` and `moved` depend on where it went.
pub(super) fn delivery_error(fault: &Fault, repeatable: bool, closed: Reason, moved: impl FnOnce(i64) -> Reason) -> DeliveryError {
    let reason = fault.to_string();
    match Trouble::of(fault) {
        Trouble::Retry(after) => DeliveryError::Retry { after, reason },
        Trouble::Token | Trouble::NoSuchMethod => DeliveryError::Retry { after: Some(TOKEN_PAUSE), reason },
        Trouble::OtherPoller | Trouble::WebhookSet => DeliveryError::Retry { after: None, reason },
        Trouble::Uncertain if repeatable => DeliveryError::Retry { after: None, reason },
        Trouble::Uncertain => DeliveryError::Uncertain(reason),
        Trouble::Closed => DeliveryError::Permanent(closed),
        Trouble::Moved(chat) => DeliveryError::Permanent(moved(chat)),
        Trouble::MessageGone => DeliveryError::Permanent(Reason::MessageGone),
        Trouble::NotModified | Trouble::QueryTooOld | Trouble::Refused => DeliveryError::Permanent(Reason::Refused(words(fault))),
    }
}

fn words(fault: &Fault) -> String {
    match fault {
        Fault::Refused { code, description, .. } => format!("{code} {}", for_log(description)),
        Fault::NotSent(_) | Fault::Lost(_) => fault.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(code: u16, description: &str, expected: Trouble) {
        let fault = Fault::Refused { code, description: description.into(), retry_after: None, moved_to: None };
        assert_eq!(Trouble::of(&fault), expected, "{code} {description}");
    }

    #[test]
    fn errors_by_kind_and_by_text() {
        check(403, "Forbidden: bot was blocked by the user", Trouble::Closed);
        check(403, "Forbidden: bot can't initiate conversation with a user", Trouble::Closed);
        check(403, "Unauthorized: bot can't initiate conversation with a user", Trouble::Closed);
        check(403, "Forbidden: bot was kicked from the group chat", Trouble::Closed);
        check(403, "Forbidden: bot was kicked from the supergroup chat", Trouble::Closed);
        check(403, "Forbidden: user is deactivated", Trouble::Closed);
        check(403, "Forbidden: something new", Trouble::Closed);
        check(400, "Bad Request: chat not found", Trouble::Closed);
        check(400, "Bad Request: TOPIC_CLOSED", Trouble::Closed);
        check(400, "Bad Request: message thread not found", Trouble::Closed);
        check(400, "Bad Request: not enough rights to send text messages to the chat", Trouble::Closed);
        check(400, "Bad Request: message to edit not found", Trouble::MessageGone);
        check(400, "Bad Request: message can't be edited", Trouble::MessageGone);
        check(
            400,
            "Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message",
            Trouble::NotModified,
        );
        check(400, "Bad Request: query is too old and response timeout expired or query ID is invalid", Trouble::QueryTooOld);
        check(400, "Bad Request: can't parse entities: byte offset 3", Trouble::Refused);
        check(400, "Bad Request: message text is empty", Trouble::Refused);
        check(401, "Unauthorized", Trouble::Token);
        check(404, "Not Found", Trouble::NoSuchMethod);
        check(
            409,
            "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
            Trouble::WebhookSet,
        );
        check(
            409,
            "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
            Trouble::OtherPoller,
        );
        check(429, "Too Many Requests", Trouble::Retry(None));
        check(500, "Internal Server Error", Trouble::Retry(None));
    }

    #[test]
    fn what_is_lost_may_be_repeated_only_without_harm() {
        let lost = Fault::Lost("timed out".into());
        let moved = |_| Reason::RoomClosed;
        assert!(matches!(delivery_error(&lost, false, Reason::RoomClosed, moved), DeliveryError::Uncertain(_)));
        assert!(matches!(delivery_error(&lost, true, Reason::RoomClosed, moved), DeliveryError::Retry { after: None, .. }));
        let refused = Fault::NotSent("refused".into());
        assert!(matches!(delivery_error(&refused, false, Reason::RoomClosed, moved), DeliveryError::Retry { after: None, .. }));
    }

    #[test]
    fn waiting_and_moving_are_told_by_the_parameters() {
        let fault = |retry_after, moved_to| Fault::Refused { code: 400, description: "x".into(), retry_after, moved_to };
        assert_eq!(Trouble::of(&fault(Some(Duration::from_secs(9)), None)), Trouble::Retry(Some(Duration::from_secs(9))));
        assert_eq!(Trouble::of(&fault(None, Some(-1005))), Trouble::Moved(-1005));
    }
}
