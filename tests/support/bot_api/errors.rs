//! What the server refuses, in Telegram's words.

use serde_json::{Value, json};

/// A refusal.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Refused {
    /// The HTTP status, which is also the `error_code`.
    pub(super) code: u16,
    /// With its prefix.
    pub(super) description: String,
    /// Seconds until the next try.
    pub(super) retry_after: Option<u64>,
    /// Where the chat went.
    pub(super) migrate_to: Option<i64>,
}

/// What a method answers.
pub(super) type Answer = Result<Value, Refused>;

impl Refused {
    fn new(code: u16, description: String) -> Self {
        Self { code, description, retry_after: None, migrate_to: None }
    }

    /// 400.
    pub(super) fn bad(description: &str) -> Self {
        Self::new(400, format!("Bad Request: {description}"))
    }

    /// 401: the token is wrong.
    pub(super) fn unauthorized() -> Self {
        Self::new(401, "Unauthorized".to_owned())
    }

    /// 403.
    pub(super) fn forbidden(description: &str) -> Self {
        Self::new(403, format!("Forbidden: {description}"))
    }

    /// 404: the method is unknown.
    pub(super) fn not_found() -> Self {
        Self::new(404, "Not Found".to_owned())
    }

    /// 409.
    pub(super) fn conflict(description: &str) -> Self {
        Self::new(409, format!("Conflict: {description}"))
    }

    /// 429.
    pub(super) fn too_many(retry_after: u64) -> Self {
        Self { retry_after: Some(retry_after), ..Self::new(429, format!("Too Many Requests: retry after {retry_after}")) }
    }

    /// 400 with the chat's new address.
    pub(super) fn migrated(to: i64) -> Self {
        Self { migrate_to: Some(to), ..Self::bad("group chat was upgraded to a supergroup chat") }
    }

    /// As it is sent.
    pub(super) fn body(&self) -> Value {
        let mut body = json!({"ok": false, "error_code": self.code, "description": self.description});
        if let Some(seconds) = self.retry_after {
            body["parameters"] = json!({"retry_after": seconds});
        }
        if let Some(to) = self.migrate_to {
            body["parameters"] = json!({"migrate_to_chat_id": to});
        }
        body
    }
}
