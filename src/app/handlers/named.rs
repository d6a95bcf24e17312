//! Who is meant by an id that a question kept, and who coordinates.

use crate::{
    domain::{ids::PersonId, people::Target, scope::Scope},
    store::{Store, StoreError},
};

/// The coordinators of the community of `scope`.
pub(super) async fn coordinators(store: &mut Store, scope: &Scope) -> Result<Vec<PersonId>, StoreError> {
    match &scope.community {
        Some(community) => store.coordinators(community.id).await,
        None => Ok(Vec::new()),
    }
}

/// The person of an id, as far as they are in the community of `scope`.
pub(super) async fn target_of(store: &mut Store, scope: &Scope, id: PersonId) -> Result<Target, StoreError> {
    let person = store.person(id).await?.filter(|person| scope.community.as_ref().is_some_and(|c| c.id == person.community));
    Ok(match person {
        Some(person) if scope.person.as_ref().is_some_and(|asker| asker.id == person.id) => Target::Oneself,
        Some(person) => Target::Person(Box::new(person)),
        None => Target::Nobody,
    })
}
