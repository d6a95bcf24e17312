//! Finds what an event is about: the community and group of the room, or in a direct room the one that fits.

use crate::{
    domain::{
        command::{About, Command, Who},
        event::Platform,
        ids::{GroupId, ReportId, SessionId},
        message::parse_short_id,
        scope::{Group, Person, Place, Role, Scope},
        time::{Timestamp, Zone},
    },
    store::{Store, StoreError, accounts::AccountRow, questions, rooms::RoomRow},
};

/// The defaults of the installation.
#[derive(Clone, Debug)]
pub struct Defaults {
    /// The language of who has chosen none.
    pub language: String,
    /// The zone of who has chosen none.
    pub zone: Zone,
    /// The languages that the program speaks.
    pub languages: Vec<String>,
}

impl Defaults {
    /// The language in which somebody who asks for `tag` can be answered (`fr-CA` → `fr`), where there is one.
    pub(super) fn spoken(&self, tag: &str) -> Option<String> {
        let main = tag.split(['-', '_']).next().unwrap_or_default();
        let known = |wanted: &str| self.languages.iter().find(|known| known.eq_ignore_ascii_case(wanted)).cloned();
        known(tag).or_else(|| known(main))
    }
}

/// What was found.
pub(super) enum Found {
    /// One scope.
    One(Box<Scope>),
    /// Several groups would do; the person is asked which.
    Several(Box<Scope>, Vec<Group>),
}

/// Finds the scope of `command` (with what was typed after it) by `account` in `room`, or in its direct room.
pub(super) async fn find(
    store: &mut Store,
    defaults: &Defaults,
    account: &AccountRow,
    room: Option<&RoomRow>,
    asked: (Command, &str),
    now: Timestamp,
) -> Result<Found, StoreError> {
    let mut scope = bare(defaults, account, room);
    if let Some(room) = room {
        if let Some(group) = room.group {
            enter(store, &mut scope, group).await?;
            if scope.person.is_none() {
                remember_visit(store, account, group, now).await?;
            }
        }
        return Ok(Found::One(Box::new(scope)));
    }
    let (command, rest) = asked;
    if let Some(group) = group_of_button(store, account, command, rest).await? {
        enter(store, &mut scope, group).await?;
        return Ok(Found::One(Box::new(scope)));
    }
    let persons = store.persons_of(account.id).await?;
    let groups = groups_for(command, &persons);
    let chosen = store.chosen_group(account.id, now).await?;
    if let Some(chosen) = chosen
        && (groups.contains(&chosen) || command == Command::Join)
    {
        enter(store, &mut scope, chosen).await?;
        return Ok(Found::One(Box::new(scope)));
    }
    match groups.as_slice() {
        [] => {
            // Nothing is theirs to do yet; the group that they were seen in last, or their first, still tells why.
            let group = match chosen.or_else(|| all_groups(&persons).first().copied()) {
                Some(group) => Some(group),
                None if account.profile.address.platform == Platform::Terminal => store.only_group().await?,
                None => None,
            };
            if let Some(group) = group {
                enter(store, &mut scope, group).await?;
            }
            Ok(Found::One(Box::new(scope)))
        }
        [one] => {
            enter(store, &mut scope, *one).await?;
            Ok(Found::One(Box::new(scope)))
        }
        several => {
            let one_will_do = match command.spec().about {
                About::Account => true,
                About::Community => persons.len() == 1,
                About::Group => false,
            };
            enter(store, &mut scope, several[0]).await?;
            if one_will_do {
                return Ok(Found::One(Box::new(scope)));
            }
            let mut choices = Vec::with_capacity(several.len());
            for group in several {
                choices.extend(store.group(*group).await?);
            }
            Ok(Found::Several(Box::new(scope), choices))
        }
    }
}

/// Who acts in a group's room without having joined means that group in the direct room too, for a day.
async fn remember_visit(store: &mut Store, account: &AccountRow, group: GroupId, now: Timestamp) -> Result<(), StoreError> {
    if store.chosen_group(account.id, now).await? != Some(group) {
        store.choose_group(account.id, group, now.plus(chrono::TimeDelta::days(1)));
    }
    Ok(())
}

/// The scope that a question was asked in.
pub(super) async fn again(
    store: &mut Store,
    defaults: &Defaults,
    account: &AccountRow,
    room: Option<&RoomRow>,
    about: questions::About,
) -> Result<Scope, StoreError> {
    let mut scope = bare(defaults, account, room);
    match (about.group, about.community) {
        (Some(group), _) => enter(store, &mut scope, group).await?,
        (None, Some(community)) => {
            scope.community = store.community(community).await?;
            scope.person = store.person_of(account.id, community).await?;
            personal(&mut scope);
        }
        (None, None) => {}
    }
    Ok(scope)
}

fn bare(defaults: &Defaults, account: &AccountRow, room: Option<&RoomRow>) -> Scope {
    let mut account = account.account();
    // Telegram tells languages that the program does not speak: then the community's counts, not the fallback.
    account.language = account.language.and_then(|tag| defaults.spoken(&tag));
    Scope {
        language: account.language.clone().unwrap_or_else(|| defaults.language.clone()),
        zone: defaults.zone,
        country: account.country.clone(),
        place: room.map_or(Place::Direct, |room| Place::Room(room.id)),
        account,
        community: None,
        group: None,
        person: None,
        is_admin: false,
    }
}

/// Sets the group, its community, and who the account is there.
pub(super) async fn enter(store: &mut Store, scope: &mut Scope, group: GroupId) -> Result<(), StoreError> {
    let Some(group) = store.group(group).await? else { return Ok(()) };
    scope.community = store.community(group.community).await?;
    scope.person = store.person_of(scope.account.id, group.community).await?;
    scope.group = Some(group);
    personal(scope);
    Ok(())
}

/// The person's own choices count first, then the account's, then the community's.
fn personal(scope: &mut Scope) {
    let Some(community) = &scope.community else { return };
    let person = scope.person.as_ref();
    scope.language =
        person.and_then(|p| p.language.clone()).or_else(|| scope.account.language.clone()).unwrap_or_else(|| community.language.clone());
    scope.zone = person.and_then(|p| p.zone).unwrap_or(community.zone);
    scope.country = person.and_then(|p| p.country.clone()).or_else(|| scope.account.country.clone()).or_else(|| community.country.clone());
}

/// Buttons name by id what they are about, which tells its people the group; nobody else gets in by knowing an id.
async fn group_of_button(store: &mut Store, account: &AccountRow, command: Command, rest: &str) -> Result<Option<GroupId>, StoreError> {
    let id = rest.split_whitespace().take(2).find_map(|word| word.strip_prefix('~')).and_then(parse_short_id);
    let Some(id) = id else { return Ok(None) };
    let persons = store.persons_of(account.id).await?;
    let group = match command {
        Command::Block | Command::Thanks => return store.group_of_received(id, &persons).await,
        Command::Report => store.place_of_report(ReportId(id)).await?.map(|(_, group)| group),
        _ => store.group_of_session(SessionId(id)).await?,
    };
    let Some(group) = group else { return Ok(None) };
    let theirs = match store.group(group).await? {
        Some(group) => persons.iter().any(|person| person.community == group.community && person.role_in(group.id).is_some()),
        None => false,
    };
    Ok(theirs.then_some(group))
}

fn all_groups(persons: &[Person]) -> Vec<GroupId> {
    persons.iter().flat_map(|person| person.memberships.iter().map(|m| m.group)).collect()
}

/// The groups of these persons in which they may use `command`.
fn groups_for(command: Command, persons: &[Person]) -> Vec<GroupId> {
    let needed = match command.spec().who {
        Who::Anyone | Who::RoomAdmin | Who::Member => Role::Member,
        Who::Supporter => Role::Supporter,
        Who::Facilitator => Role::Facilitator,
        Who::Coordinator => Role::Coordinator,
    };
    persons
        .iter()
        .flat_map(|person| person.memberships.iter().map(move |m| (person, m.group)))
        .filter(|(person, group)| person.role_in(*group).is_some_and(|role| role >= needed))
        .map(|(_, group)| group)
        .collect()
}
