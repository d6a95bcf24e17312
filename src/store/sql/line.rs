//! The connection, and what may be under way on it while the engine decides on.

use sqlx::AnyConnection;
use tokio::{
    runtime::Handle,
    sync::oneshot,
    task::{JoinHandle, spawn_blocking},
};

use super::bind::{Bind, bound};
use crate::store::StoreError;

/// A statement with its values.
pub(super) type Step = (String, Vec<Bind>);

/// A connection with what became of the statements that were under way on it.
type Landed = (AnyConnection, Result<(), sqlx::Error>);

/// A connection that somebody waits for only where they need it.
#[derive(Debug)]
pub(super) struct Line {
    /// Here but while something is under way.
    conn: Option<AnyConnection>,
    under_way: Option<JoinHandle<Landed>>,
    /// What went wrong under way, until it is told.
    fault: Option<sqlx::Error>,
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
            self.under_way = None;
            if let Ok((conn, outcome)) = landed {
                self.conn = Some(conn);
                self.fault = outcome.err();
            }
        }
        match self.fault.take() {
            Some(fault) => Err(fault.into()),
            None => self.conn.as_mut().ok_or_else(|| sqlx::Error::WorkerCrashed.into()),
        }
    }

    /// Whether something is under way.
    pub(super) fn is_busy(&self) -> bool {
        self.under_way.as_ref().is_some_and(|under_way| !under_way.is_finished())
    }

    /// Lets statements go their way, once what was under way before has gone well: one after another, up to the first that
    /// fails. `done` hears when all went well. A thread sees them through, because the engine's own is at work meanwhile.
    pub(super) async fn send(&mut self, steps: Vec<Step>, done: Option<oneshot::Sender<()>>) -> Result<(), StoreError> {
        self.conn().await?;
        let mut conn = self.conn.take().ok_or(sqlx::Error::WorkerCrashed)?;
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
        let runtime = Handle::current();
        self.under_way = Some(spawn_blocking(move || runtime.block_on(run)));
        Ok(())
    }
}
