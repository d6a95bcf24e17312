//! The connection, and what may be under way on it while the engine decides on.

use std::{
    fmt,
    task::{Context, Poll, Waker},
};

use futures_util::{FutureExt, future::BoxFuture};
use sqlx::AnyConnection;
use tokio::sync::oneshot;

use super::bind::{Bind, bound};
use crate::store::StoreError;

/// A statement with its values.
pub(super) type Step = (String, Vec<Bind>);

/// A connection with what became of the statements that were under way on it.
type Landed = (AnyConnection, Result<(), sqlx::Error>);

/// A connection that somebody waits for only where they need it.
pub(super) struct Line {
    /// Here but while something is under way.
    conn: Option<AnyConnection>,
    under_way: Option<BoxFuture<'static, Landed>>,
    /// What went wrong under way, until it is told.
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

    /// The connection, once nothing is under way on it. What went wrong under way is told here, once.
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

    /// Whether nothing is under way and nothing went wrong.
    pub(super) fn is_free(&mut self) -> bool {
        self.look();
        self.under_way.is_none() && self.fault.is_none()
    }

    /// Lets statements go their way, once what was under way before has gone well: the driver's thread runs them, one after
    /// another, up to the first that fails. `done` hears when all went well.
    pub(super) async fn send(&mut self, steps: Vec<Step>, done: Option<oneshot::Sender<()>>) -> Result<(), StoreError> {
        self.conn().await?;
        let Some(mut conn) = self.conn.take() else { return Ok(()) };
        let run = async move {
            for (sql, binds) in steps {
                if let Err(fault) = bound(sql, binds).execute(&mut conn).await {
                    return (conn, Err(fault));
                }
            }
            // Nobody hears it where all that was decided is dropped.
            let _ = done.map(|done| done.send(()));
            (conn, Ok(()))
        };
        self.under_way = Some(run.boxed());
        self.look();
        Ok(())
    }

    /// Sees how far what is under way has got. Nobody is to be woken: who needs the connection waits for it in `conn`.
    pub(super) fn look(&mut self) {
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
