//! `answerCallbackQuery`.

use serde_json::json;

use super::super::{
    errors::{Answer, Refused},
    params::Params,
    state::{State, What},
};

/// The longest word to who pressed, in characters.
const ANSWER_CHARS_MAX: usize = 200;

/// `answerCallbackQuery`.
pub(in super::super) fn answer(state: &mut State, params: &Params) -> Answer {
    let too_old = || Refused::bad("query is too old and response timeout expired or query ID is invalid");
    let text = params.text("text").map(str::to_owned);
    if text.as_ref().is_some_and(|text| text.chars().count() > ANSWER_CHARS_MAX) {
        return Err(Refused::bad("MESSAGE_TOO_LONG"));
    }
    if params.text("url").is_some_and(|url| !url.starts_with(&State::start_link(""))) {
        return Err(Refused::bad("URL_INVALID"));
    }
    let life = state.query_life;
    let id = params.text("callback_query_id").unwrap_or_default();
    let query = state.queries.get_mut(id).filter(|query| query.at.elapsed() < life).ok_or_else(too_old)?;
    query.answer = Some((text.clone(), params.flag("show_alert")));
    let (chat, user) = (query.chat, query.user);
    state.happened(chat, None, "bot", Some(user), What::Answered(text));
    Ok(json!(true))
}
