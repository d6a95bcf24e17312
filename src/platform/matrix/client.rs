//! Builds the SDK's client on our store, and restores the session that is kept inside that very store.
//!
//! The session lies in the encrypted store itself: the two cannot be torn apart, and neither is readable without the master key.

use std::time::Duration;

use matrix_sdk::store::StateStoreDataKey;
use matrix_sdk::{
    Client, ClientBuildError, SqliteStoreConfig,
    authentication::matrix::MatrixSession,
    config::RequestConfig,
    encryption::{BackupDownloadStrategy, EncryptionSettings},
    ruma::UserId,
    store::RoomLoadSettings,
};

use super::{Config, Ended, folder::Folder, trouble::Trouble};

/// Under which name the session lies in the store.
const SESSION: &[u8] = b"entraide session";
/// How long the homeserver may take for an answer; a sync may take its own waiting time longer.
const ANSWER: Duration = Duration::from_secs(30);

/// What lies in the folder.
pub(super) enum Found {
    /// A session, restored.
    Session(Client),
    /// Nothing yet.
    Nothing,
    /// A store that is of no use here, and why.
    Foreign(&'static str),
}

/// Opens what lies in the folder.
pub(super) async fn open(config: &Config, folder: &Folder) -> Result<Found, Ended> {
    if !folder.has_store() {
        return Ok(Found::Nothing);
    }
    let client = match build(config, folder).await {
        Ok(client) => client,
        Err(ClientBuildError::SqliteStore(_)) => return Ok(Found::Foreign("it cannot be opened with this master key, or is damaged")),
        Err(error) => return Err(not_built(&error)),
    };
    let Some(session) = kept_session(&client).await else {
        return Ok(Found::Foreign("it holds no session"));
    };
    if session.meta.user_id.as_str() != config.user {
        return Ok(Found::Foreign("it belongs to another account than matrix.user"));
    }
    // The SDK remembers how far it read; what counts is what we committed. It must be gone before the session is loaded.
    client.state_store().remove_kv_data(StateStoreDataKey::SyncToken).await.map_err(|_| Ended::Store)?;
    client.matrix_auth().restore_session(session, RoomLoadSettings::default()).await.map_err(|_| Ended::Store)?;
    folder.protect()?;
    Ok(Found::Session(client))
}

/// A client on a new and empty store.
pub(super) async fn anew(config: &Config, folder: &Folder) -> Result<Client, Ended> {
    folder.set_aside()?;
    folder.prepare()?;
    build(config, folder).await.map_err(|error| not_built(&error))
}

/// Keeps the session of a client that has just logged in.
pub(super) async fn keep_session(client: &Client, folder: &Folder) -> Result<(), Ended> {
    let session = client.matrix_auth().session().ok_or(Ended::Store)?;
    let bytes = serde_json::to_vec(&session).map_err(|_| Ended::Store)?;
    client.state_store().set_custom_value_no_read(SESSION, bytes).await.map_err(|_| Ended::Store)?;
    folder.protect()
}

async fn kept_session(client: &Client) -> Option<MatrixSession> {
    let bytes = client.state_store().get_custom_value(SESSION).await.ok()??;
    serde_json::from_slice(&bytes).ok()
}

async fn build(config: &Config, folder: &Folder) -> Result<Client, ClientBuildError> {
    // Measured: least memory that way, without being slower for a bot's few rooms.
    let store = SqliteStoreConfig::new(folder.sdk())
        .key(Some(&config.store_key))
        .pool_max_size(2)
        .cache_size(200_000)
        .journal_size_limit(1_000_000);
    Client::builder()
        .homeserver_url(&config.homeserver)
        .respect_login_well_known(false)
        // What is tried again, and when, is the outbox's and the loop's to decide.
        .request_config(RequestConfig::new().disable_retry().timeout(ANSWER))
        .sqlite_store_with_config_and_cache_path(store, None::<&std::path::Path>)
        .with_encryption_settings(EncryptionSettings {
            auto_enable_cross_signing: false,
            backup_download_strategy: BackupDownloadStrategy::AfterDecryptionFailure,
            auto_enable_backups: false,
        })
        .build()
        .await
}

fn not_built(error: &ClientBuildError) -> Ended {
    match error {
        ClientBuildError::Http(error) => Ended::Unreachable(Trouble::of_http(error).to_string()),
        ClientBuildError::SqliteStore(_) => Ended::Store,
        _ => Ended::Address,
    }
}

/// The server part of an account's id.
pub(super) fn server_of(user: &str) -> &str {
    <&UserId>::try_from(user).map_or_else(|_| user.split_once(':').map_or("", |(_, server)| server), |user| user.server_name().as_str())
}
