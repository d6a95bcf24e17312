//! The parts of an event that we read, of whatever kind; everything else is let pass.

use serde::Deserialize;
use serde_json::Value;

/// An event of a room, decrypted.
#[derive(Clone, Debug, Deserialize)]
pub(in crate::platform::matrix) struct Wire {
    #[serde(rename = "type")]
    pub(in crate::platform::matrix) kind: String,
    pub(in crate::platform::matrix) event_id: String,
    pub(in crate::platform::matrix) sender: String,
    /// By the clock of the sender's homeserver, in milliseconds.
    #[serde(default)]
    pub(in crate::platform::matrix) origin_server_ts: i64,
    pub(in crate::platform::matrix) state_key: Option<String>,
    #[serde(default)]
    pub(in crate::platform::matrix) content: Value,
    #[serde(default)]
    pub(in crate::platform::matrix) unsigned: Value,
}

impl Wire {
    /// Reads an event; `None` where it is of no shape that we know.
    pub(in crate::platform::matrix) fn read(json: &str) -> Option<Self> {
        serde_json::from_str(json).ok()
    }

    /// Whose membership changes, and what it becomes.
    pub(in crate::platform::matrix) fn membership(&self) -> Option<(&str, &str)> {
        let state_key = self.state_key.as_deref().filter(|_| self.kind == "m.room.member")?;
        Some((state_key, self.content["membership"].as_str()?))
    }

    /// What the membership was before, where the homeserver tells.
    pub(in crate::platform::matrix) fn membership_before(&self) -> Option<&str> {
        self.unsigned["prev_content"]["membership"].as_str()
    }

    /// Somebody comes into the room: a new name alone is no coming.
    pub(in crate::platform::matrix) fn comes(&self) -> Option<&str> {
        let (who, membership) = self.membership()?;
        (membership == "join" && self.membership_before() != Some("join")).then_some(who)
    }
}
