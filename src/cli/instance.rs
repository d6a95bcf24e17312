//! One instance on one database: the lock on its folder, and the socket by which subcommands ask the one that runs.

use std::{
    fs::{File, OpenOptions, TryLockError},
    os::unix::fs::{OpenOptionsExt, PermissionsExt},
    path::{Path, PathBuf},
};

use anyhow::Context as _;
use serde::{Deserialize, Serialize};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{UnixListener, UnixStream},
    sync::watch,
};

/// The longest question, in bytes.
const QUESTION_BYTES_MAX: usize = 8192;

/// What a subcommand asks.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "ask", rename_all = "lowercase")]
pub enum Question {
    /// Check the ledger and the invariants.
    Verify,
    /// Say how the Matrix device stands.
    MatrixStatus,
    /// Write the ledger for machines into this new file or folder.
    Export {
        /// An absolute path.
        out: PathBuf,
        /// How.
        format: Format,
    },
    /// Make a consistent copy of the database into this new file.
    Backup {
        /// An absolute path.
        out: PathBuf,
    },
}

/// How an export is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// One file, a JSON object a line
    Jsonl,
    /// A folder, a table a file
    Csv,
}

/// What it is told.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Answer {
    /// All is well.
    pub ok: bool,
    /// To be printed.
    pub lines: Vec<String>,
}

/// Held as long as this process may write to the database.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

/// The folder of a database.
pub fn folder_of(database: &Path) -> PathBuf {
    match database.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    }
}

/// Locks the folder of a database; `None` where another instance holds it.
pub fn lock(database: &Path) -> anyhow::Result<Option<Lock>> {
    let folder = folder_of(database);
    if !folder.exists() {
        std::fs::create_dir_all(&folder).with_context(|| format!("cannot make the folder {}", folder.display()))?;
        std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(0o700))?;
    }
    let path = folder.join("entraide.lock");
    let file = OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .mode(0o600)
        .open(&path)
        .with_context(|| format!("cannot open {}", path.display()))?;
    match file.try_lock() {
        Ok(()) => Ok(Some(Lock { _file: file })),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(e)) => Err(e).with_context(|| format!("cannot lock {}", path.display())),
    }
}

/// Asks the instance that runs on this database.
pub async fn ask(database: &Path, question: &Question) -> anyhow::Result<Answer> {
    let path = socket_path(database);
    let stream = UnixStream::connect(&path)
        .await
        .with_context(|| format!("another entraide holds the database, but does not answer at {}", path.display()))?;
    let mut stream = BufReader::new(stream);
    let line = serde_json::to_string(question)? + "\n";
    stream.write_all(line.as_bytes()).await?;
    let mut answer = String::new();
    stream.read_line(&mut answer).await?;
    serde_json::from_str(&answer).context("the running entraide answered in words that this version does not know")
}

/// Answers subcommands until `stop`; `answer` does the work.
pub async fn serve<F, A>(database: PathBuf, mut stop: watch::Receiver<bool>, answer: F) -> anyhow::Result<()>
where
    F: Fn(Question) -> A + Clone + Send + 'static,
    A: Future<Output = Answer> + Send,
{
    let path = socket_path(&database);
    // The folder is locked, so whatever lies here was left by a crash.
    let _ = std::fs::remove_file(&path);
    let listener = UnixListener::bind(&path).with_context(|| format!("cannot open {}", path.display()))?;
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600))?;
    loop {
        tokio::select! {
            _ = stop.changed() => break,
            accepted = listener.accept() => {
                if let Ok((stream, _)) = accepted {
                    let answer = answer.clone();
                    tokio::spawn(async move {
                        if let Err(error) = answer_one(stream, answer).await {
                            tracing::warn!(%error, "a subcommand was not answered");
                        }
                    });
                }
            }
        }
    }
    let _ = std::fs::remove_file(&path);
    Ok(())
}

async fn answer_one<F, A>(stream: UnixStream, answer: F) -> anyhow::Result<()>
where
    F: Fn(Question) -> A,
    A: Future<Output = Answer>,
{
    let mut stream = BufReader::new(tokio::io::AsyncReadExt::take(stream, QUESTION_BYTES_MAX as u64));
    let mut line = String::new();
    stream.read_line(&mut line).await?;
    let answer = match serde_json::from_str(&line) {
        Ok(question) => answer(question).await,
        Err(_) => Answer { ok: false, lines: vec!["this version does not know that question".to_owned()] },
    };
    let line = serde_json::to_string(&answer)? + "\n";
    stream.into_inner().into_inner().write_all(line.as_bytes()).await?;
    Ok(())
}

fn socket_path(database: &Path) -> PathBuf {
    folder_of(database).join("entraide.sock")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_second_instance_finds_the_lock_taken_and_asks_the_first() {
        let folder = tempfile::tempdir().unwrap();
        let database = folder.path().join("data/entraide.db");
        let held = lock(&database).unwrap();
        assert!(held.is_some());
        assert!(lock(&database).unwrap().is_none());

        let (stop, stopped) = watch::channel(false);
        let answer = |question: Question| async move { Answer { ok: true, lines: vec![format!("{question:?}")] } };
        let serving = tokio::spawn(serve(database.clone(), stopped, answer));
        let reply = loop {
            match ask(&database, &Question::Verify).await {
                Ok(reply) => break reply,
                Err(_) => tokio::task::yield_now().await,
            }
        };
        assert_eq!(reply, Answer { ok: true, lines: vec!["Verify".to_owned()] });
        let mode = std::fs::metadata(socket_path(&database)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        stop.send(true).unwrap();
        serving.await.unwrap().unwrap();
        drop(held);
        assert!(lock(&database).unwrap().is_some());
    }
}
