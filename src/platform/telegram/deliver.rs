//! Carries out one parcel.
//!
//! A long message is several on Telegram. How far one got is remembered until it is through, so that a retry goes on
//! where the last try ended; after a crash it begins again.

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use serde::de::IgnoredAny;
use teloxide::{
    payloads::{
        AnswerCallbackQuery, AnswerCallbackQuerySetters, DeleteMessage, EditMessageCaption, EditMessageCaptionSetters, EditMessageText,
        EditMessageTextSetters, SendMessage, SendMessageSetters, SetMessageReaction, SetMessageReactionSetters,
    },
    types::{CallbackQueryId, ChatId, InlineKeyboardMarkup, MessageEntity, MessageId, ReactionType, Recipient, ThreadId},
};

use super::{
    Telegram,
    api::Fault,
    document::document,
    keyboard::keyboard,
    payload::{NO_PREVIEW, Sent},
    refs::{Place, Target, What},
    render::{CAPTION_UNITS_MAX, TEXT_UNITS_MAX, first, parts},
    trouble::{Trouble, delivery_error},
};
use crate::{
    domain::{
        event::{AccountAddress, MessageRef, Platform},
        ids::DeliveryId,
        message::{File, Press},
    },
    platform::{Body, DeliveryError, Destination, Parcel, Reason, Receipt},
    text::rich::RichText,
};

/// The longest word to who pressed a button, in characters.
const ANSWER_CHARS_MAX: usize = 200;
/// Longer ones are shown until they are read, and do not fade away.
const ANSWER_CHARS_FADING: usize = 60;
/// Deliveries that got only half through at once; far more than ever happens.
const HALF_DONE_MAX: usize = 1000;

/// Stands for what is tried once: nothing is remembered of it.
const ONCE: DeliveryId = DeliveryId(uuid::Uuid::nil());

/// A text as Telegram takes it.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Words {
    pub(super) text: String,
    pub(super) entities: Vec<MessageEntity>,
}

/// A message as Telegram takes it.
pub(super) struct Outgoing {
    pub(super) words: Vec<Words>,
    pub(super) keyboard: Option<InlineKeyboardMarkup>,
    pub(super) file: Option<File>,
}

/// What goes out in one request.
enum Step {
    Text(Words, Option<InlineKeyboardMarkup>),
    File(File, Option<Words>, Option<InlineKeyboardMarkup>),
}

/// How far a delivery got.
#[derive(Clone, Default)]
struct Done {
    steps: usize,
    receipt: Receipt,
}

impl Done {
    /// One more step is done. The receipt's own message is the one that bears the text's end and the buttons.
    fn step(&mut self, message: MessageRef, is_main: bool) {
        self.steps += 1;
        if is_main {
            self.receipt.others.extend(self.receipt.message.replace(message));
        } else {
            self.receipt.others.push(message);
        }
    }
}

/// Deliveries that got half through.
#[derive(Default)]
pub(super) struct Progress(Mutex<HashMap<DeliveryId, Done>>);

impl Progress {
    fn lock(&self) -> MutexGuard<'_, HashMap<DeliveryId, Done>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn of(&self, delivery: DeliveryId) -> Done {
        self.lock().get(&delivery).cloned().unwrap_or_default()
    }

    fn reached(&self, delivery: DeliveryId, done: &Done) {
        if delivery == ONCE {
            return;
        }
        let mut all = self.lock();
        if all.len() >= HALF_DONE_MAX {
            all.clear();
        }
        all.insert(delivery, done.clone());
    }

    fn ended(&self, delivery: DeliveryId) {
        self.lock().remove(&delivery);
    }
}

/// The request that deletes a message.
pub(super) fn remove(chat: i64, message: i32) -> DeleteMessage {
    DeleteMessage::new(recipient(chat), MessageId(message))
}

fn recipient(chat: i64) -> Recipient {
    Recipient::Id(ChatId(chat))
}

fn refused(why: &str) -> DeliveryError {
    DeliveryError::Permanent(Reason::Refused(why.to_owned()))
}

/// What cannot be done to a message any more need not be done: only what may be tried again is an error.
fn at_best(result: Result<(), DeliveryError>) -> Result<Receipt, DeliveryError> {
    match result {
        Err(
            error @ (DeliveryError::Retry { .. }
            | DeliveryError::Busy(_)
            | DeliveryError::Uncertain(_)
            | DeliveryError::Permanent(Reason::Moved(_))),
        ) => Err(error),
        Ok(()) | Err(DeliveryError::Permanent(_)) => Ok(Receipt::default()),
    }
}

/// The place that a destination names.
fn place(to: &Destination) -> Result<Place, DeliveryError> {
    let place = match to {
        Destination::Room(room) | Destination::Ephemeral { room, .. } if room.platform == Platform::Telegram => Place::read(room),
        Destination::Direct(account) if account.platform == Platform::Telegram => {
            account.id.parse().ok().map(|chat| Place { chat, thread: None })
        }
        _ => None,
    };
    place.ok_or_else(|| refused("the destination is not on Telegram"))
}

/// The error of a request that went to `to`.
fn error(to: &Destination, fault: &Fault, repeatable: bool) -> DeliveryError {
    let direct = match to {
        Destination::Direct(_) => true,
        Destination::Room(room) | Destination::Ephemeral { room, .. } => room.direct,
    };
    let closed = if direct { Reason::DirectClosed } else { Reason::RoomClosed };
    delivery_error(
        fault,
        repeatable,
        closed.clone(),
        |chat| {
            if direct { closed } else { Reason::Moved(Place { chat, thread: None }.room()) }
        },
    )
}

impl Telegram {
    /// Carries out `parcel`.
    pub async fn deliver(&self, parcel: &Parcel) -> Result<Receipt, DeliveryError> {
        match &parcel.body {
            Body::Message { text, buttons, file, edit_of: None } => self.send(parcel, text, buttons, file.clone()).await,
            Body::Message { text, buttons, edit_of: Some(message), .. } => self.edit(&parcel.to, message, text, buttons).await,
            Body::Delete(message) => self.delete(&parcel.to, message).await,
            Body::React(message, emoji) => self.react(&parcel.to, message, emoji).await,
            Body::AnswerPress(press, word) => self.answer(press, word.as_deref()).await,
        }
    }

    /// Carries out what nobody stores, with one try: an answer to a press, or a message to `to`.
    pub async fn send_once(&self, to: Option<AccountAddress>, body: Body) {
        let result = match (to, body) {
            (_, Body::AnswerPress(press, word)) => self.answer(&press, word.as_deref()).await,
            (Some(account), body) => {
                self.deliver(&Parcel { delivery: ONCE, to: Destination::Direct(account), answers: None, thread: None, body }).await
            }
            (None, _) => return,
        };
        if let Err(error) = result {
            tracing::warn!(%error, "something that is not stored did not arrive");
        }
    }

    async fn send(
        &self,
        parcel: &Parcel,
        text: &RichText,
        buttons: &[(String, Press)],
        file: Option<File>,
    ) -> Result<Receipt, DeliveryError> {
        let place = place(&parcel.to)?;
        let keyboard = self.keyboard(buttons)?;
        let outgoing = Outgoing { words: parts(text, TEXT_UNITS_MAX), keyboard, file };
        if let Destination::Ephemeral { account, context, .. } = &parcel.to {
            let user = account.id.parse().map_err(|_| refused("the account is not on Telegram"))?;
            return self.send_ephemeral(place, user, context, outgoing).await;
        }
        let steps = steps(text, outgoing);
        if steps.is_empty() {
            return Err(refused("there is nothing to say"));
        }
        self.send_steps(parcel, place, steps).await
    }

    async fn send_steps(&self, parcel: &Parcel, place: Place, steps: Vec<Step>) -> Result<Receipt, DeliveryError> {
        let mut done = self.progress.of(parcel.delivery);
        for step in steps.into_iter().skip(done.steps) {
            match self.take_step(place, step).await {
                Ok((message, is_main)) => {
                    done.step(message, is_main);
                    self.progress.reached(parcel.delivery, &done);
                }
                Err(fault) => {
                    let error = error(&parcel.to, &fault, false);
                    if matches!(error, DeliveryError::Permanent(_)) {
                        self.progress.ended(parcel.delivery);
                    }
                    return Err(error);
                }
            }
        }
        self.progress.ended(parcel.delivery);
        Ok(done.receipt)
    }

    /// The message that this step made, and whether it is the one that can be edited later.
    async fn take_step(&self, place: Place, step: Step) -> Result<(MessageRef, bool), Fault> {
        let made = |what| Target { chat: place.chat, what }.message();
        match step {
            Step::Text(Words { text, entities }, keyboard) => {
                let mut payload = SendMessage::new(recipient(place.chat), text).entities(entities).link_preview_options(NO_PREVIEW);
                payload.message_thread_id = place.thread.map(|thread| ThreadId(MessageId(thread)));
                payload.reply_markup = keyboard.map(Into::into);
                let sent: Sent = self.ask(&payload).await?;
                Ok((made(What::Message(sent.message_id)), true))
            }
            Step::File(file, caption, keyboard) => {
                let is_main = caption.is_some();
                let sent: Sent = self.api.upload("sendDocument", document(place, file, caption, keyboard.as_ref())).await?;
                self.answered();
                Ok((made(What::Document(sent.message_id)), is_main))
            }
        }
    }

    async fn edit(
        &self,
        to: &Destination,
        message: &MessageRef,
        text: &RichText,
        buttons: &[(String, Press)],
    ) -> Result<Receipt, DeliveryError> {
        let target = self.target(to, message)?.ok_or(DeliveryError::Permanent(Reason::MessageGone))?;
        let keyboard = self.keyboard(buttons)?;
        let longest = if matches!(target.what, What::Document(_)) { CAPTION_UNITS_MAX } else { TEXT_UNITS_MAX };
        let words = first(text, longest).ok_or_else(|| refused("there is nothing to say"))?;
        let chat = recipient(target.chat);
        let edited = match target.what {
            What::Message(id) => {
                let mut payload =
                    EditMessageText::new(chat, MessageId(id), words.text).entities(words.entities).link_preview_options(NO_PREVIEW);
                payload.reply_markup = keyboard;
                self.ask::<_, IgnoredAny>(&payload).await
            }
            What::Document(id) => {
                let mut payload = EditMessageCaption::new(chat, MessageId(id)).caption(words.text).caption_entities(words.entities);
                payload.reply_markup = keyboard;
                self.ask::<_, IgnoredAny>(&payload).await
            }
            What::EphemeralTo { id, user } => {
                return self.edit_ephemeral(target.chat, id, user, Outgoing { words: vec![words], keyboard, file: None }).await;
            }
            What::EphemeralFrom(_) => return Err(DeliveryError::Permanent(Reason::MessageGone)),
        };
        match edited {
            Err(fault) if Trouble::of(&fault) != Trouble::NotModified => Err(error(to, &fault, true)),
            _ => Ok(message.clone().into()),
        }
    }

    async fn delete(&self, to: &Destination, message: &MessageRef) -> Result<Receipt, DeliveryError> {
        let Some(target) = self.target(to, message)? else { return Ok(Receipt::default()) };
        let payload = match target.what {
            What::Message(id) | What::Document(id) => remove(target.chat, id),
            What::EphemeralTo { id, user } => return self.delete_ephemeral(target.chat, id, user).await,
            // Nobody but its writer ever saw it.
            What::EphemeralFrom(_) => return Ok(Receipt::default()),
        };
        at_best(self.ask::<_, IgnoredAny>(&payload).await.map(|_| ()).map_err(|fault| error(to, &fault, true)))
    }

    async fn react(&self, to: &Destination, message: &MessageRef, emoji: &str) -> Result<Receipt, DeliveryError> {
        let Some(Target { chat, what: What::Message(id) | What::Document(id) }) = self.target(to, message)? else {
            return Ok(Receipt::default());
        };
        let payload = SetMessageReaction::new(recipient(chat), MessageId(id)).reaction([ReactionType::Emoji { emoji: emoji.to_owned() }]);
        at_best(self.ask::<_, IgnoredAny>(&payload).await.map(|_| ()).map_err(|fault| error(to, &fault, true)))
    }

    async fn answer(&self, press: &str, word: Option<&str>) -> Result<Receipt, DeliveryError> {
        let mut payload = AnswerCallbackQuery::new(CallbackQueryId(press.to_owned()));
        if let Some(word) = word.map(str::trim).filter(|word| !word.is_empty()) {
            payload = payload.text(word.chars().take(ANSWER_CHARS_MAX).collect::<String>());
            payload = payload.show_alert(word.chars().count() > ANSWER_CHARS_FADING);
        }
        let error = |fault| delivery_error(&fault, true, Reason::DirectClosed, |_| Reason::DirectClosed);
        at_best(self.ask::<_, IgnoredAny>(&payload).await.map(|_| ()).map_err(error))
    }

    /// The message that a reference names; `None` where it stayed behind in a group that moved, since there it cannot be touched.
    fn target(&self, to: &Destination, message: &MessageRef) -> Result<Option<Target>, DeliveryError> {
        let target = Target::read(message).ok_or_else(|| refused("the message is not on Telegram"))?;
        let place = place(to)?;
        Ok((target.chat == place.chat).then_some(target))
    }

    fn keyboard(&self, buttons: &[(String, Press)]) -> Result<Option<InlineKeyboardMarkup>, DeliveryError> {
        let bot = self.me.get().map(|me| me.user_name.as_str());
        if bot.is_none() && buttons.iter().any(|(_, press)| *press == Press::OpenPrivate) {
            return Err(DeliveryError::Retry { after: None, reason: "the bot's own name is not known yet".to_owned() });
        }
        Ok(keyboard(buttons, bot))
    }
}

/// The requests that a message takes: a short text goes with its file, and the buttons stand where the text ends.
fn steps(text: &RichText, outgoing: Outgoing) -> Vec<Step> {
    let Outgoing { mut words, keyboard, file } = outgoing;
    if let Some(file) = file {
        let mut captions = parts(text, CAPTION_UNITS_MAX);
        return if captions.len() < 2 {
            vec![Step::File(file, Some(captions.pop().unwrap_or(Words { text: String::new(), entities: vec![] })), keyboard)]
        } else {
            let mut all = steps(text, Outgoing { words, keyboard, file: None });
            all.push(Step::File(file, None, None));
            all
        };
    }
    let last = words.pop();
    let mut all: Vec<Step> = words.into_iter().map(|words| Step::Text(words, None)).collect();
    all.extend(last.map(|words| Step::Text(words, keyboard)));
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::rich::{Span, Style};

    fn check(text: &str, with_file: bool, expected: &[&str]) {
        let text = RichText { spans: vec![Span { text: text.to_owned(), style: Style::Plain }] };
        let file = with_file.then(|| File { name: "x.ics".into(), text: "BEGIN:VCALENDAR".into() });
        let keyboard = Some(InlineKeyboardMarkup::default());
        let made: Vec<String> = steps(&text, Outgoing { words: parts(&text, TEXT_UNITS_MAX), keyboard, file })
            .into_iter()
            .map(|step| match step {
                Step::Text(words, keyboard) => format!("text {} {}", words.text.len(), keyboard.is_some()),
                Step::File(_, words, keyboard) => format!("file {:?} {}", words.map(|words| words.text.len()), keyboard.is_some()),
            })
            .collect();
        assert_eq!(made, expected);
    }

    #[test]
    fn what_a_message_takes() {
        check("Bonjour", false, &["text 7 true"]);
        check("Bonjour", true, &["file Some(7) true"]);
        check("", true, &["file Some(0) true"]);
        check("", false, &[]);
        check(&"x".repeat(5000), false, &["text 4096 false", "text 904 true"]);
        check(&"x".repeat(2000), true, &["text 2000 true", "file None false"]);
    }

    #[test]
    fn what_cannot_be_done_to_a_message_is_no_error() {
        let permanent = |reason| at_best(Err(DeliveryError::Permanent(reason))).is_ok();
        assert!(permanent(Reason::RoomClosed));
        assert!(permanent(Reason::MessageGone));
        assert!(!permanent(Reason::Moved(Place { chat: -1, thread: None }.room())));
        assert!(at_best(Err(DeliveryError::Retry { after: None, reason: String::new() })).is_err());
    }
}
