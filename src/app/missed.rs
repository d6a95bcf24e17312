//! What was said and could not be taken in is answered once, kindly: silence could be taken for an answer.

use crate::{
    domain::{
        command::Command,
        decision::{Audience, Decision, Manner},
        event::{EventKey, Missed, Sender, Unheard},
        message::{Content, Msg},
    },
    store::{StoreError, accounts::AccountRow},
};

use super::{
    acts::{self, Asked},
    find::{self, Found},
    road::Road,
};

/// Tells somebody whom the bot knows how far it trusts their devices. A stranger is not written to; the event counts as not
/// told then, so that it may be told again when they are known.
pub(super) async fn device(road: &mut Road<'_>, key: &EventKey, sender: &Sender, words: Msg) -> Result<(), StoreError> {
    match road.store.account_at(&sender.account).await? {
        Some(account) => in_private(road, &account, words).await,
        None => road.store.forget_event(key).await,
    }
}

async fn in_private(road: &mut Road<'_>, account: &AccountRow, words: Msg) -> Result<(), StoreError> {
    let asked = Asked { account: Some(account.id), platform: Some(account.profile.address.platform), ..Asked::default() };
    let scope = match find::find(road.store, road.defaults, account, None, (Command::Menu, ""), road.ctx.now).await? {
        Found::One(scope) | Found::Several(scope, _) => scope,
    };
    acts::carry_out(road, Some(&scope), &asked, Decision::answer(words)).await
}

/// Tells whoever wrote in their direct room; in a group, where it may not have been for the bot at all, tells the room.
pub(super) async fn tell(road: &mut Road<'_>, missed: &Missed) -> Result<(), StoreError> {
    match (&missed.sender, missed.room.direct) {
        (Some(sender), true) => {
            let account = road.store.account_of(sender, &mut road.ctx.ids, road.ctx.now).await?;
            in_private(road, &account, words(missed.why)).await
        }
        (None, true) => Ok(()),
        (_, false) => {
            let room = road.store.room_of(&missed.room, &mut road.ctx.ids).await?;
            let text = match missed.why {
                Unheard::NoKey => Msg::new("missed-no-key-room"),
                Unheard::TooMuch => Msg::new("missed-too-much-room"),
            };
            let decision = Decision::nothing().say(Audience::Room(room.id), Content::from(text), Manner::Answer);
            acts::carry_out(road, None, &Asked::default(), decision).await
        }
    }
}

fn words(why: Unheard) -> Msg {
    match why {
        Unheard::NoKey => Msg::new("missed-no-key").with("sos", Command::Sos),
        Unheard::TooMuch => Msg::new("missed-too-much").with("sos", Command::Sos),
    }
}
