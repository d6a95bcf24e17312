//! `/rules`: how people are with one another here, in the coordinators' words or the usual ones.

use crate::domain::{
    command::Command,
    decision::{Audience, Decision, Outcome},
    message::{Content, Msg, Value},
    scope::Scope,
};

/// The rules, where they were asked for.
pub fn rules(scope: &Scope) -> Outcome {
    let Some(community) = &scope.community else { return Err(Msg::new("no-group").into()) };
    let lines = match &community.charter {
        Some(text) => vec![Msg::new("people-rules-title"), Msg::new("people-rules-own").with("text", text.clone())],
        None => vec![Msg::new("people-rules-title"), Msg::new("people-rules-default").with("sos", Command::Sos)],
    };
    let contact = community.contact.as_ref().map(|c| Msg::new("people-rules-contact").with("text", Value::Text(c.clone())));
    let content = contact.into_iter().fold(Content::from(lines), Content::line);
    Ok(Decision::nothing().tell(Audience::SameRoom, content))
}
