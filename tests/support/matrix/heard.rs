//! What clients received, as they decrypted it.

use serde_json::Value;

/// Something that one client received.
#[derive(Clone, Debug)]
pub struct Heard {
    /// The client.
    pub who: String,
    /// Where.
    pub room: String,
    /// The event id; empty for an invitation.
    pub id: String,
    /// Who sent it; empty for an invitation.
    pub sender: String,
    /// `m.room.message`, or `unreadable` where the key is missing, or `invited`.
    pub kind: String,
    /// Decrypted.
    pub content: Value,
    /// Of a state event.
    pub state_key: Option<String>,
    /// It came encrypted.
    pub encrypted: bool,
}

impl Heard {
    pub(super) fn read(event: &Value) -> Self {
        let text = |name: &str| event[name].as_str().unwrap_or_default().to_owned();
        let mut content = event["content"].clone();
        // Where this stands depends on the version of the room.
        if let (None, Some(redacts)) = (content.get("redacts"), event.get("redacts")) {
            content["redacts"] = redacts.clone();
        }
        Self {
            who: text("who"),
            room: text("room"),
            id: text("event_id"),
            sender: text("sender"),
            kind: text("type"),
            content,
            state_key: event["state_key"].as_str().map(str::to_owned),
            encrypted: event["encrypted"] == Value::Bool(true),
        }
    }

    /// A message in words, new or a new version.
    pub fn is_message(&self) -> bool {
        self.kind == "m.room.message" && self.content.get("msgtype").is_some()
    }

    /// `m.notice`, `m.file`, …
    pub fn msgtype(&self) -> &str {
        self.fresh()["msgtype"].as_str().unwrap_or_default()
    }

    /// The words, those of the new version where it is one.
    pub fn body(&self) -> &str {
        self.fresh()["body"].as_str().unwrap_or_default()
    }

    /// The words as HTML.
    pub fn html(&self) -> &str {
        self.fresh()["formatted_body"].as_str().unwrap_or_default()
    }

    /// The message of which this is a new version.
    pub fn edit_of(&self) -> Option<&str> {
        let relation = &self.content["m.relates_to"];
        (relation["rel_type"] == "m.replace").then(|| relation["event_id"].as_str()).flatten()
    }

    /// The first message of the thread that it is in.
    pub fn thread(&self) -> Option<&str> {
        let relation = &self.content["m.relates_to"];
        (relation["rel_type"] == "m.thread").then(|| relation["event_id"].as_str()).flatten()
    }

    /// The message that it answers.
    pub fn reply_to(&self) -> Option<&str> {
        self.content["m.relates_to"]["m.in_reply_to"]["event_id"].as_str()
    }

    /// The message that it reacts to, and how.
    pub fn reaction(&self) -> Option<(&str, &str)> {
        let relation = &self.content["m.relates_to"];
        let both = relation["event_id"].as_str().zip(relation["key"].as_str());
        both.filter(|_| self.kind == "m.reaction")
    }

    /// The message that it takes away.
    pub fn redacts(&self) -> Option<&str> {
        self.content["redacts"].as_str().filter(|_| self.kind == "m.room.redaction")
    }

    /// Who is meant to be told.
    pub fn mentions(&self) -> Vec<&str> {
        let users = self.fresh()["m.mentions"]["user_ids"].as_array();
        users.into_iter().flatten().filter_map(Value::as_str).collect()
    }

    /// Somebody's membership (`join`, `leave`, …) of the room, and whose.
    pub fn membership(&self) -> Option<(&str, &str)> {
        let user = self.state_key.as_deref().filter(|_| self.kind == "m.room.member")?;
        Some((user, self.content["membership"].as_str()?))
    }

    fn fresh(&self) -> &Value {
        self.content.get("m.new_content").unwrap_or(&self.content)
    }
}
