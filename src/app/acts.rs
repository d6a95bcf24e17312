//! Carries a decision out within the transaction: changes, wake-ups, and a stored delivery for everything that is to be said.

use crate::{
    domain::{
        data,
        decision::{Act, Audience, Change, Decision, Manner},
        event::{MessageRef, Platform},
        ids::{AccountId, GroupId, PersonId, RoomId},
        message::{Button, Content, Msg, Unit},
        people::{self, AccountSetting},
        scope::Scope,
        time::Zone,
    },
    store::{
        StoreError,
        outbox::{AskedIn, Owed, Receiver, What},
        questions::About,
    },
};

use super::road::Road;

/// What brought the event, as far as answers need it.
#[derive(Clone, Debug, Default)]
pub(super) struct Asked {
    /// Who.
    pub(super) account: Option<AccountId>,
    /// On which platform.
    pub(super) platform: Option<Platform>,
    /// In which group room; `None` for a direct room.
    pub(super) room: Option<RoomId>,
    /// The message, where it was one.
    pub(super) message: Option<MessageRef>,
    /// The press, where it was one.
    pub(super) press: Option<String>,
    /// Where an ephemeral answer may go.
    pub(super) context: Option<String>,
}

/// The acknowledgement of a press: worthless after seconds, so it is sent and forgotten.
#[derive(Clone, Debug)]
pub struct Instant {
    /// On which platform.
    pub platform: Platform,
    /// Which press.
    pub press: String,
    /// A short word for who pressed, in their language.
    pub word: Option<(Msg, String)>,
}

/// Who reads, and how.
struct Reader {
    to: Receiver,
    language: String,
    zone: Zone,
    /// What their community calls its credits, where it chose a name.
    unit: Option<Unit>,
}

impl Asked {
    /// Where a neutral word is left if the direct room is closed.
    pub(super) fn asked_in(&self) -> Option<AskedIn> {
        self.room.map(|room| AskedIn { room, context: self.context.clone() })
    }

    /// Acknowledges the press, where it was one.
    pub(super) fn acknowledge(&self, word: Option<(Msg, String)>) -> Option<Instant> {
        Some(Instant { platform: self.platform?, press: self.press.clone()?, word })
    }
}

/// Carries out `decision`, taken in `scope` because of `asked`.
pub(super) async fn carry_out(road: &mut Road<'_>, scope: Option<&Scope>, asked: &Asked, decision: Decision) -> Result<(), StoreError> {
    let about = About {
        community: scope.and_then(|s| s.community.as_ref()).map(|c| c.id),
        group: scope.and_then(|s| s.group.as_ref()).map(|g| g.id),
    };
    let before = asked.account;
    let asked = &renewed(asked, &decision);
    let chat = match (before, asked.account) {
        // Which messages would have gone is erased with the account: they go now.
        (Some(erased), Some(farewell)) if erased != farewell => road.store.vanishing_of(erased).await?,
        _ => Vec::new(),
    };
    let retold = scope.and_then(|scope| retold(scope, &decision));
    let scope = retold.as_ref().or(scope);
    for change in decision.changes {
        if let Change::People(people::Change::PersonLeft { person, .. }) = &change {
            road.out.withdraw(*person);
        }
        road.store.apply(about, change, road.ctx.now).await?;
    }
    for timer in &decision.timers {
        road.store.put_timer(timer)?;
    }
    let mut word = None;
    for act in decision.acts {
        match act {
            Act::Say { to, content, manner } => say(road, scope, asked, to, content, manner).await?,
            Act::Card { to, key, content } => {
                for reader in readers(road, scope, asked, to).await? {
                    owe(road, asked, reader, What::Card(key, content.clone()), Manner::Notice).await?;
                }
            }
            Act::DeleteAsked => on_message(road, scope, asked, What::Delete).await?,
            Act::DeleteTyped if asked.room.is_some() => on_message(road, scope, asked, What::Delete).await?,
            Act::DeleteTyped => {
                if let (Some(account), Some(message)) = (asked.account, asked.message.clone()) {
                    road.unsaid = true;
                    unsay(road, asked, account, message).await?;
                }
            }
            Act::Unsay(account, message) => unsay(road, asked, account, message).await?,
            Act::React(emoji) => on_message(road, scope, asked, |message| What::React(message, emoji)).await?,
            Act::Answer(msg) => word = Some((msg, scope.map_or_else(String::new, |s| s.language.clone()))),
        }
    }
    if let Some(account) = asked.account {
        for message in chat {
            unsay(road, asked, account, message).await?;
        }
    }
    road.out.instant.extend(asked.acknowledge(word));
    Ok(())
}

/// The scope in the language that the decision sets for the asker, so that its own answer is in that language already.
fn retold(scope: &Scope, decision: &Decision) -> Option<Scope> {
    decision.changes.iter().find_map(|change| match change {
        Change::People(people::Change::Account(account, AccountSetting::Language(language))) if *account == scope.account.id => {
            Some(Scope { language: language.clone(), ..scope.clone() })
        }
        _ => None,
    })
}

/// Who was just erased is answered under the account that is there for this alone.
fn renewed(asked: &Asked, decision: &Decision) -> Asked {
    let farewell = decision.changes.iter().find_map(|change| match change {
        Change::Data(data::Change::EraseAccount { account, farewell }) if Some(*account) == asked.account => *farewell,
        _ => None,
    });
    Asked { account: farewell.map_or(asked.account, |(account, _)| Some(account)), ..asked.clone() }
}

async fn say(
    road: &mut Road<'_>,
    scope: Option<&Scope>,
    asked: &Asked,
    to: Audience,
    content: Content,
    manner: Manner,
) -> Result<(), StoreError> {
    for reader in readers(road, scope, asked, to).await? {
        owe(road, asked, reader, What::Message(content.clone()), manner).await?;
    }
    Ok(())
}

/// Does something to the message that brought the event, in its group room.
async fn on_message(
    road: &mut Road<'_>,
    scope: Option<&Scope>,
    asked: &Asked,
    what: impl FnOnce(MessageRef) -> What,
) -> Result<(), StoreError> {
    let (Some(message), Some(room)) = (&asked.message, asked.room) else { return Ok(()) };
    let what = what(message.clone());
    for reader in readers(road, scope, asked, Audience::Room(room)).await? {
        owe(road, asked, reader, what.clone(), Manner::Answer).await?;
    }
    Ok(())
}

/// Deletes a message from the direct room of an account.
async fn unsay(road: &mut Road<'_>, asked: &Asked, account: AccountId, message: MessageRef) -> Result<(), StoreError> {
    match account_reader(road, account).await? {
        Some(reader) => owe(road, asked, reader, What::Delete(message), Manner::Notice).await,
        None => Ok(()),
    }
}

async fn owe(road: &mut Road<'_>, asked: &Asked, reader: Reader, mut what: What, manner: Manner) -> Result<(), StoreError> {
    if let What::Message(content) | What::Card(_, content) = &mut what {
        content.unit = reader.unit;
    }
    remember_choices(road, reader.to, &what).await?;
    let mine = match reader.to {
        Receiver::Account(account) => Some(account) == asked.account,
        Receiver::Person(_) | Receiver::Room(_) => false,
    };
    let asked_there = match reader.to {
        Receiver::Room(room) => Some(room) == asked.room,
        Receiver::Account(_) | Receiver::Person(_) => mine && asked.room.is_none(),
    };
    let owed = Owed {
        id: road.ctx.ids.make(),
        to: reader.to,
        what,
        language: reader.language,
        zone: reader.zone,
        manner,
        made_at: road.ctx.now,
        asked_in: if mine { asked.asked_in() } else { None },
        answers: asked.message.clone().filter(|_| manner == Manner::Answer && asked_there),
    };
    let ready = road.store.owe(owed).await?;
    road.out.owed.push(ready);
    Ok(())
}

/// Answers by number count for the newest message with buttons.
async fn remember_choices(road: &mut Road<'_>, to: Receiver, what: &What) -> Result<(), StoreError> {
    let (What::Message(content) | What::Card(_, content)) = what else { return Ok(()) };
    if content.buttons.is_empty() {
        return Ok(());
    }
    let place = match to {
        Receiver::Person(person) => match road.store.accounts_of(person).await?.first() {
            Some(account) => *account.0.as_bytes(),
            None => return Ok(()),
        },
        Receiver::Room(_) | Receiver::Account(_) => to.subject(),
    };
    let presses: Vec<_> = content.buttons.iter().map(|Button { press, .. }| press.clone()).collect();
    road.store.put_newest_choices(place, &presses)
}

async fn readers(road: &mut Road<'_>, scope: Option<&Scope>, asked: &Asked, to: Audience) -> Result<Vec<Reader>, StoreError> {
    match to {
        Audience::Asker => Ok(asker(scope, asked).into_iter().collect()),
        Audience::SameRoom => match asked.room {
            Some(room) => room_reader(road, scope, room).await.map(|reader| vec![reader]),
            None => Ok(asker(scope, asked).into_iter().collect()),
        },
        Audience::Room(room) => room_reader(road, scope, room).await.map(|reader| vec![reader]),
        Audience::Group(group) => group_readers(road, scope, group).await,
        Audience::Account(account) => Ok(account_reader(road, account).await?.into_iter().collect()),
        Audience::Private(person) => Ok(person_reader(road, person).await?.into_iter().collect()),
        Audience::Staff(group) => {
            let mut readers = Vec::new();
            for person in road.store.staff_of(group).await? {
                readers.extend(person_reader(road, person).await?);
            }
            Ok(readers)
        }
    }
}

fn asker(scope: Option<&Scope>, asked: &Asked) -> Option<Reader> {
    let (scope, account) = (scope?, asked.account?);
    let unit = scope.community.as_ref().and_then(|community| community.credits.unit(&scope.language));
    Some(Reader { to: Receiver::Account(account), language: scope.language.clone(), zone: scope.zone, unit })
}

async fn group_readers(road: &mut Road<'_>, scope: Option<&Scope>, group: GroupId) -> Result<Vec<Reader>, StoreError> {
    let mut readers = Vec::new();
    for room in road.store.rooms_of(group).await? {
        readers.push(room_reader(road, scope, room.id).await?);
    }
    Ok(readers)
}

/// A room reads in its community's language; before it is set up, in the language of who speaks there.
async fn room_reader(road: &mut Road<'_>, scope: Option<&Scope>, room: RoomId) -> Result<Reader, StoreError> {
    let group = road.store.room(room).await?.and_then(|room| room.group);
    let community = match group {
        Some(group) => match road.store.group(group).await? {
            Some(group) => road.store.community(group.community).await?,
            None => None,
        },
        None => None,
    };
    let unit = community.as_ref().and_then(|community| community.credits.unit(&community.language));
    let (language, zone) = match (community, scope) {
        (Some(community), _) => (community.language, community.zone),
        (None, Some(scope)) => (scope.language.clone(), scope.zone),
        (None, None) => (road.defaults.language.clone(), road.defaults.zone),
    };
    Ok(Reader { to: Receiver::Room(room), language, zone, unit })
}

async fn person_reader(road: &mut Road<'_>, id: PersonId) -> Result<Option<Reader>, StoreError> {
    let Some(person) = road.store.person(id).await? else { return Ok(None) };
    let Some(community) = road.store.community(person.community).await? else { return Ok(None) };
    let chosen = match person.language {
        Some(language) => Some(language),
        None => account_language(road, id).await?,
    };
    let language = chosen.unwrap_or(community.language);
    let unit = community.credits.unit(&language);
    Ok(Some(Reader { to: Receiver::Person(id), language, zone: person.zone.unwrap_or(community.zone), unit }))
}

/// An account reads in the language of the person that it is, else in its own.
async fn account_reader(road: &mut Road<'_>, id: AccountId) -> Result<Option<Reader>, StoreError> {
    let Some(row) = road.store.account(id).await? else { return Ok(None) };
    let person = road.store.persons_of(id).await?.into_iter().next();
    let community = match &person {
        Some(person) => road.store.community(person.community).await?,
        None => None,
    };
    let chosen = person.as_ref().and_then(|person| person.language.clone());
    let told = row.profile.language.and_then(|tag| road.defaults.spoken(&tag));
    let (language, zone, rules) = match community {
        Some(community) => (community.language, community.zone, Some(community.credits)),
        None => (road.defaults.language.clone(), road.defaults.zone, None),
    };
    let language = chosen.or(told).unwrap_or(language);
    let unit = rules.and_then(|rules| rules.unit(&language));
    Ok(Some(Reader { to: Receiver::Account(id), language, zone: person.and_then(|person| person.zone).unwrap_or(zone), unit }))
}

async fn account_language(road: &mut Road<'_>, person: PersonId) -> Result<Option<String>, StoreError> {
    match road.store.accounts_of(person).await?.first() {
        Some(account) => {
            let told = road.store.account(*account).await?.and_then(|row| row.profile.language);
            Ok(told.and_then(|tag| road.defaults.spoken(&tag)))
        }
        None => Ok(None),
    }
}
