//! What people write, as their clients put it.

use serde_json::{Value, json};

/// A text.
pub fn text(body: &str) -> Value {
    json!({"msgtype": "m.text", "body": body})
}

/// A text that names people, as clients do it: `(display name, user id)` each.
pub fn naming(body: &str, people: &[(&str, &str)]) -> Value {
    let mut html = body.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    for (name, user) in people {
        html = html.replace(name, &format!("<a href=\"https://matrix.to/#/{user}\">{name}</a>"));
    }
    let users: Vec<&str> = people.iter().map(|(_, user)| *user).collect();
    json!({
        "msgtype": "m.text",
        "body": body,
        "format": "org.matrix.custom.html",
        "formatted_body": html,
        "m.mentions": {"user_ids": users},
    })
}

/// The same as an answer to a message.
pub fn in_reply_to(mut content: Value, event: &str) -> Value {
    content["m.relates_to"] = json!({"m.in_reply_to": {"event_id": event}});
    content
}

/// The same in the thread that begins with a message.
pub fn in_thread(mut content: Value, root: &str) -> Value {
    let fallback = json!({"event_id": root});
    content["m.relates_to"] = json!({"rel_type": "m.thread", "event_id": root, "is_falling_back": true, "m.in_reply_to": fallback});
    content
}

/// A new version of a message.
pub fn edit(body: &str, of: &str) -> Value {
    json!({
        "msgtype": "m.text",
        "body": format!("* {body}"),
        "m.new_content": text(body),
        "m.relates_to": {"rel_type": "m.replace", "event_id": of},
    })
}

/// A reaction to a message.
pub fn reaction(key: &str, to: &str) -> Value {
    json!({"m.relates_to": {"rel_type": "m.annotation", "event_id": to, "key": key}})
}

/// A voice message, before its sound.
pub fn voice() -> Value {
    json!({
        "msgtype": "m.audio",
        "body": "Message vocal",
        "filename": "voice.ogg",
        "info": {"duration": 1200},
        "org.matrix.msc1767.audio": {"duration": 1200, "waveform": []},
        "org.matrix.msc3245.voice": {},
    })
}
