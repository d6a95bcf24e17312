//! Whose key seals a value, and the place that the value is bound to.

use crate::domain::ids::{AccountId, CommunityId, GroupId, PersonId, RoomId};

/// Whose key: a person, an account, a community, a room. Ids of all kinds are distinct, so sixteen bytes say it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Subject(pub [u8; 16]);

macro_rules! subjects {
    ($($id:ident),*) => {$(
        impl From<$id> for Subject {
            fn from(id: $id) -> Self {
                Self(id.0.into_bytes())
            }
        }
    )*};
}

subjects!(PersonId, AccountId, CommunityId, GroupId, RoomId);

/// The place of a sealed value. The value opens there and nowhere else: who moves it to another
/// row or column gets an error, not somebody else's words.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Field<'a> {
    /// The table.
    pub table: &'static str,
    /// The column.
    pub column: &'static str,
    /// The row's key.
    pub row: &'a [u8],
}

impl<'a> Field<'a> {
    /// The field `table.column` of the row with this key.
    pub fn new(table: &'static str, column: &'static str, row: &'a [u8]) -> Self {
        Self { table, column, row }
    }

    /// The associated data of the seal: each part after its length, so that no two places read the same.
    pub(super) fn bound_to(&self, format: u8) -> Vec<u8> {
        let parts = [self.table.as_bytes(), self.column.as_bytes(), self.row];
        let mut bytes = Vec::with_capacity(1 + parts.iter().map(|part| part.len() + 8).sum::<usize>());
        bytes.push(format);
        for part in parts {
            bytes.extend_from_slice(&(part.len() as u64).to_le_bytes());
            bytes.extend_from_slice(part);
        }
        bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_places_read_the_same() {
        let places = [("ab", "c", "d"), ("a", "bc", "d"), ("a", "b", "cd"), ("abc", "d", ""), ("", "abcd", "")];
        let bound: std::collections::BTreeSet<_> =
            places.iter().map(|(table, column, row)| Field::new(table, column, row.as_bytes()).bound_to(1)).collect();
        assert_eq!(bound.len(), places.len());
    }
}
