//! The connection, and the one statement that may be under way on it while the engine decides on.

use std::{
    fmt,
    task::{Context, Poll, Waker},
};

use futures_util::{FutureExt, future::BoxFuture};
use sqlx::{Any, AnyConnection, any::AnyArguments, query::Query};

use crate::store::StoreError;

/// A connection with what became of the statement that was under way on it.
type Landed = (AnyConnection, Result<(), sqlx::Error>);

/// A connection that somebody waits for only where they need it.
pub(super) struct Line {
    /// Here but while something is under way.
    conn: Option<AnyConnection>,
    under_way: Option<BoxFuture<'static, Landed>>,
    /// What went wrong ahead, until it is told.
    fault: Option<sqlx::Error>,
}

impl fmt::Debug for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Line").field("under_way", &self.under_way.is_some()).finish_non_exhaustive()
    }
}

impl Line {
    /// A line on which nothing is under way.
    pub(super) fn new(conn: AnyConnection) -> Self {
        Self { conn: Some(conn), under_way: None, fault: None }
    }

    /// The connection, once nothing is under way on it. What went wrong ahead is told here, once.
    pub(super) async fn conn(&mut self) -> Result<&mut AnyConnection, StoreError> {
        if let Some(under_way) = &mut self.under_way {
            let landed = under_way.await;
            self.land(landed);
        }
        match self.fault.take() {
            Some(fault) => Err(fault.into()),
            None => self.conn.as_mut().ok_or_else(|| sqlx::Error::WorkerCrashed.into()),
        }
    }

    /// The connection, where nothing is under way and nothing went wrong; for [`send`](Self::send).
    pub(super) fn free(&mut self) -> Option<AnyConnection> {
        self.look();
        if self.fault.is_some() { None } else { self.conn.take() }
    }

    /// Lets a statement go its way: the driver's thread runs it, whoever looks meanwhile.
    pub(super) fn send(&mut self, mut conn: AnyConnection, statement: Query<'static, Any, AnyArguments>) {
        let run = async move {
            let outcome = statement.execute(&mut conn).await.map(drop);
            (conn, outcome)
        };
        self.under_way = Some(run.boxed());
        self.look();
    }

    /// Sees whether what is under way has ended. Nobody is to be woken: who needs the connection waits for it in `conn`.
    fn look(&mut self) {
        if let Some(under_way) = &mut self.under_way
            && let Poll::Ready(landed) = under_way.poll_unpin(&mut Context::from_waker(Waker::noop()))
        {
            self.land(landed);
        }
    }

    fn land(&mut self, (conn, outcome): Landed) {
        self.under_way = None;
        self.conn = Some(conn);
        self.fault = outcome.err();
    }
}
