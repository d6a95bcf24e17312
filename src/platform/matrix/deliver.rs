//! Carries out one parcel. The transaction's id is made from the delivery's: what is sent twice is one message.

use std::{
    collections::VecDeque,
    panic::AssertUnwindSafe,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use futures_util::FutureExt as _;
use matrix_sdk::{
    Client, Room,
    ruma::{EventId, OwnedTransactionId, RoomId, TransactionId, UserId, api::error::ErrorKind},
};
use serde_json::{Value, json};

use super::{
    Matrix,
    again::{self, sent_before},
    incoming::parts_of,
    render::{Place, edit, in_thread, parts},
    rooms,
    trouble::Trouble,
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

/// How long a delivery waits for the first sync.
const PATIENCE: Duration = Duration::from_secs(10);
/// The messages whose buttons are remembered.
const SENT_MAX: usize = 500;
/// Stands for what is tried once.
pub(super) const ONCE: DeliveryId = DeliveryId(uuid::Uuid::nil());

/// What the buttons of our newest messages carry.
#[derive(Default)]
pub(super) struct Sent(Mutex<VecDeque<(String, Vec<Press>)>>);

impl Sent {
    fn remember(&self, event: &str, buttons: &[(String, Press)]) {
        let mut sent = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        sent.retain(|(known, _)| known != event);
        if sent.len() >= SENT_MAX {
            sent.pop_front();
        }
        sent.push_back((event.to_owned(), buttons.iter().map(|(_, press)| press.clone()).collect()));
    }

    /// What the buttons of this message carry, where it is ours and remembered.
    pub(super) fn presses(&self, event: &str) -> Option<Vec<Press>> {
        let sent = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        sent.iter().rev().find(|(known, _)| known == event).map(|(_, presses)| presses.clone())
    }
}

fn refused(why: &str) -> DeliveryError {
    DeliveryError::Permanent(Reason::Refused(why.to_owned()))
}

/// What cannot be done to a message any more need not be done.
fn at_best(result: Result<(), Trouble>) -> Result<Receipt, DeliveryError> {
    match result {
        Ok(()) | Err(Trouble::Forbidden | Trouble::NotFound | Trouble::Refused(_)) => Ok(Receipt::default()),
        Err(trouble) => Err(trouble.delivery(Reason::RoomClosed)),
    }
}

pub(super) fn transaction(delivery: DeliveryId, nth: usize) -> OwnedTransactionId {
    if delivery == ONCE {
        return TransactionId::new();
    }
    OwnedTransactionId::from(format!("entraide-{}-{nth}", delivery.0))
}

/// Where a parcel goes, found.
struct Target {
    room: Room,
    direct: bool,
}

impl Target {
    fn closed(&self) -> Reason {
        if self.direct { Reason::DirectClosed } else { Reason::RoomClosed }
    }
}

impl Matrix {
    /// Carries out `parcel`. A defect of the library fails this one delivery and nothing else.
    pub async fn deliver(&self, parcel: &Parcel) -> Result<Receipt, DeliveryError> {
        let outcome = AssertUnwindSafe(self.carry_out(parcel)).catch_unwind().await;
        if matches!(outcome, Ok(Ok(_))) {
            self.answered();
        }
        outcome.unwrap_or_else(|_| Err(DeliveryError::Retry { after: None, reason: "a defect of the Matrix library (panic)".to_owned() }))
    }

    /// Carries out what nobody stores, with one try. Presses need no acknowledgement here.
    pub async fn send_once(&self, to: Option<AccountAddress>, body: Body) {
        let Some(account) = to.filter(|_| !matches!(body, Body::AnswerPress(..))) else { return };
        let parcel = Parcel { delivery: ONCE, to: Destination::Direct(account), answers: None, thread: None, body };
        if let Err(error) = self.deliver(&parcel).await {
            tracing::warn!(%error, "something that is not stored did not arrive");
        }
    }

    async fn carry_out(&self, parcel: &Parcel) -> Result<Receipt, DeliveryError> {
        let client = self.at_work().await?;
        let target = self.target(&client, &parcel.to).await?;
        match &parcel.body {
            Body::Message { text, buttons, file, edit_of: None } => self.send(&client, &target, parcel, text, buttons, file.as_ref()).await,
            Body::Message { text, buttons, edit_of: Some(message), .. } => self.edit(&target, parcel, message, text, buttons).await,
            Body::Delete(message) => at_best(delete(&target.room, parcel.delivery, message).await),
            Body::React(message, emoji) => at_best(react(&target.room, parcel.delivery, message, emoji).await),
            Body::AnswerPress(..) => Ok(Receipt::default()),
        }
    }

    /// The client, once it has read for the first time.
    async fn at_work(&self) -> Result<Client, DeliveryError> {
        let mut current = self.current.subscribe();
        let ready = tokio::time::timeout(PATIENCE, current.wait_for(Option::is_some)).await;
        let client = ready.ok().and_then(Result::ok).and_then(|client| client.clone());
        client.ok_or_else(|| DeliveryError::Retry { after: Some(PATIENCE), reason: "Matrix is not read yet".to_owned() })
    }

    async fn target(&self, client: &Client, to: &Destination) -> Result<Target, DeliveryError> {
        let user = match to {
            Destination::Room(address) | Destination::Ephemeral { room: address, .. } if address.platform == Platform::Matrix => {
                if !address.direct {
                    return group(client, &address.id);
                }
                &address.id
            }
            Destination::Direct(account) if account.platform == Platform::Matrix => &account.id,
            _ => return Err(refused("the destination is not on Matrix")),
        };
        let user = UserId::parse(user).map_err(|_| refused("the destination is no account"))?;
        Ok(Target { room: self.direct_room(client, &user).await?, direct: true })
    }

    async fn send(
        &self,
        client: &Client,
        target: &Target,
        parcel: &Parcel,
        text: &RichText,
        buttons: &[(String, Press)],
        file: Option<&File>,
    ) -> Result<Receipt, DeliveryError> {
        let place = Place { direct: target.direct, me: &self.config.user };
        let failed = |trouble: Trouble| trouble.delivery(target.closed());
        let mut messages: Vec<Value> = Vec::new();
        if !text.spans.is_empty() || !buttons.is_empty() || file.is_none() {
            let words = parts(text, buttons, place);
            let last = words.len() - 1;
            messages.extend(words.iter().enumerate().map(|(n, words)| words.content(if n == last { buttons } else { &[] })));
        }
        self.meet(client, &target.room).await;
        let mut receipt = Receipt::default();
        let count = messages.len();
        let sent_before = sent_before(&target.room, parcel.delivery, &self.config.user, (self.config.clock)()).await.map_err(failed)?;
        for (n, mut content) in messages.into_iter().enumerate() {
            self.thread(&mut content, parcel);
            let event = match sent_before.get(&n) {
                Some(event) => event.clone(),
                None => send(&target.room, content, parcel.delivery, n).await.map_err(failed)?,
            };
            receipt.others.extend(receipt.message.replace(MessageRef(event)));
        }
        if let Some(MessageRef(event)) = &receipt.message
            && !buttons.is_empty()
        {
            self.sent.remember(event, buttons);
        }
        if let Some(file) = file {
            let mut content = upload(client, &target.room, file).await.map_err(failed)?;
            self.thread(&mut content, parcel);
            let event = match sent_before.get(&count) {
                Some(event) => event.clone(),
                None => send(&target.room, content, parcel.delivery, count).await.map_err(failed)?,
            };
            match &receipt.message {
                Some(_) => receipt.others.push(MessageRef(event)),
                None => receipt.message = Some(MessageRef(event)),
            }
        }
        Ok(receipt)
    }

    /// What answers a message of a thread stands in that thread; so does what belongs to a message of ours.
    fn thread(&self, content: &mut Value, parcel: &Parcel) {
        match (parcel.answers.as_ref().map(parts_of), parcel.thread.as_ref().map(parts_of)) {
            (Some((answered, Some(root))), _) => in_thread(content, root, answered),
            (_, Some((root, _))) => in_thread(content, root, root),
            (_, None) => {}
        }
    }

    async fn edit(
        &self,
        target: &Target,
        parcel: &Parcel,
        message: &MessageRef,
        text: &RichText,
        buttons: &[(String, Press)],
    ) -> Result<Receipt, DeliveryError> {
        let (event, _) = parts_of(message);
        let place = Place { direct: target.direct, me: &self.config.user };
        let words = parts(text, buttons, place).into_iter().next().unwrap_or_default();
        let content = edit(event, words.content(buttons));
        // What stands there twice over shows once: no need to look whether it was sent before.
        send(&target.room, content, parcel.delivery, 0).await.map_err(|trouble| trouble.delivery(target.closed()))?;
        self.sent.remember(event, buttons);
        Ok(message.clone().into())
    }
}

fn group(client: &Client, id: &str) -> Result<Target, DeliveryError> {
    let id = RoomId::parse(id).map_err(|_| refused("the destination is no room"))?;
    let Some(room) = client.get_room(&id) else { return Err(DeliveryError::Permanent(Reason::RoomClosed)) };
    if let Some(next) = rooms::successor(client, &room) {
        return Err(DeliveryError::Permanent(Reason::Moved(rooms::group(next.room_id()))));
    }
    Ok(Target { room, direct: false })
}

async fn send(room: &Room, mut content: Value, delivery: DeliveryId, nth: usize) -> Result<String, Trouble> {
    let transaction = transaction(delivery, nth);
    content[again::MARK] = transaction.as_str().into();
    let sent = room.send_raw("m.room.message", content).with_transaction_id(&transaction).await.map_err(|error| Trouble::of(&error))?;
    Ok(sent.response.event_id.to_string())
}

/// Uploads a file, encrypted where the room is; its name says what it is, to who cannot see it too.
async fn upload(client: &Client, room: &Room, file: &File) -> Result<Value, Trouble> {
    let failed = |error: matrix_sdk::Error| Trouble::of(&error);
    let kind = mime_of(&file.name);
    let bytes = file.text.as_bytes();
    let info = json!({ "mimetype": kind.essence_str(), "size": bytes.len() });
    let mut content = json!({ "msgtype": "m.file", "body": file.name, "filename": file.name, "info": info, "m.mentions": {} });
    if room.latest_encryption_state().await.map_err(failed)?.is_encrypted() {
        let mut reader = std::io::Cursor::new(bytes);
        let uploaded = client.upload_encrypted_file(&mut reader).await.map_err(failed)?;
        content["file"] = serde_json::to_value(uploaded).map_err(|_| Trouble::Inside("a file".to_owned()))?;
    } else {
        let uploaded = client.media().upload(&kind, bytes.to_vec(), None).await.map_err(failed)?;
        content["url"] = uploaded.content_uri.to_string().into();
    }
    Ok(content)
}

fn mime_of(name: &str) -> mime::Mime {
    let kind = match name.rsplit_once('.').map(|(_, ending)| ending) {
        Some("csv") => "text/csv",
        Some("ics") => "text/calendar",
        Some("json") => "application/json",
        _ => "text/plain",
    };
    kind.parse().unwrap_or(mime::TEXT_PLAIN)
}

async fn delete(room: &Room, delivery: DeliveryId, message: &MessageRef) -> Result<(), Trouble> {
    let Ok(event) = EventId::parse(parts_of(message).0) else { return Ok(()) };
    room.redact(&event, None, Some(transaction(delivery, 0))).await.map_err(|error| Trouble::of_http(&error))?;
    Ok(())
}

async fn react(room: &Room, delivery: DeliveryId, message: &MessageRef, emoji: &str) -> Result<(), Trouble> {
    let event = parts_of(message).0;
    let content = json!({ "m.relates_to": { "rel_type": "m.annotation", "event_id": event, "key": emoji } });
    let sent = room.send_raw("m.reaction", content).with_transaction_id(&transaction(delivery, 0)).await;
    match sent {
        Ok(_) => Ok(()),
        // It stands there already.
        Err(error) if matches!(error.client_api_error_kind(), Some(ErrorKind::DuplicateAnnotation)) => Ok(()),
        Err(error) => Err(Trouble::of(&error)),
    }
}
