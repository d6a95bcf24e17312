//! Values to bind: few kinds, because both databases take these alike.

use sqlx::{Any, AssertSqlSafe, any::AnyArguments, query::Query};

use crate::domain::ids::Id;

/// A value to bind; nothing else is bound, because both databases take these alike.
#[derive(Clone, Debug)]
pub enum Bind {
    /// Integers, booleans as 0 and 1, instants in microseconds.
    Int(Option<i64>),
    /// Text.
    Text(Option<String>),
    /// Ids, hashes, sealed values.
    Bytes(Option<Vec<u8>>),
}

macro_rules! bind_from {
    ($($from:ty => $variant:ident $convert:expr;)*) => {$(
        impl From<$from> for Bind {
            fn from(value: $from) -> Self {
                #[allow(clippy::redundant_closure_call, reason = "one macro for all kinds")]
                Bind::$variant(($convert)(value))
            }
        }
    )*};
}

bind_from! {
    i64 => Int Some;
    Option<i64> => Int (|v| v);
    bool => Int (|v| Some(i64::from(v)));
    String => Text Some;
    &str => Text (|v: &str| Some(v.to_owned()));
    Option<String> => Text (|v| v);
    Vec<u8> => Bytes Some;
    &[u8] => Bytes (|v: &[u8]| Some(v.to_vec()));
    [u8; 32] => Bytes (|v: [u8; 32]| Some(v.to_vec()));
    Option<Vec<u8>> => Bytes (|v| v);
    crate::domain::time::Timestamp => Int (|v: crate::domain::time::Timestamp| Some(v.micros()));
}

impl<T: Id> From<T> for Bind {
    fn from(id: T) -> Self {
        Bind::from(Some(id))
    }
}

impl<T: Id> From<Option<T>> for Bind {
    fn from(id: Option<T>) -> Self {
        Bind::Bytes(id.map(|id| id.uuid().as_bytes().to_vec()))
    }
}

/// `binds![a, b, c]`: the values of a statement, in the order of `$1, $2, $3`.
#[macro_export]
macro_rules! binds {
    ($($value:expr),* $(,)?) => { vec![$($crate::store::sql::Bind::from($value)),*] };
}

/// A statement with its values.
pub(super) fn bound(sql: String, binds: Vec<Bind>) -> Query<'static, Any, AnyArguments> {
    binds.into_iter().fold(sqlx::query(AssertSqlSafe(sql)), |query, bind| match bind {
        Bind::Int(v) => query.bind(v),
        Bind::Text(v) => query.bind(v),
        Bind::Bytes(v) => query.bind(v),
    })
}
