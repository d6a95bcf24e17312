//! Makes a device in one go: login, cross-signing, key backup, recovery, name and picture; or a new one from the recovery key.

use matrix_sdk::{
    Client,
    authentication::matrix::MatrixSession,
    config::SyncSettings,
    encryption::recovery::RecoveryError,
    ruma::{
        OwnedUserId, UserId,
        api::client::uiaa::{AuthData, MatrixUserIdentifier, Password, UserIdentifier},
    },
    store::RoomLoadSettings,
    {SessionMeta, SessionTokens},
};
use secrecy::{ExposeSecret as _, SecretString};

use super::{Config, Ended, Matrix, client, client::Found, folder::Folder, sync, trouble::Trouble};

/// What others see as the device's name.
const DEVICE: &str = "entraide";
/// A small picture, so that the bot is told from people at a glance.
const AVATAR: &[u8] = include_bytes!("avatar.png");

/// How the homeserver knows that the account is the operator's.
pub enum Credentials {
    /// The account's password.
    Password(SecretString),
    /// The access token of a device that no other program uses.
    Token(SecretString),
}

/// What a login is to do.
pub struct Wanted {
    /// Who asks.
    pub credentials: Credentials,
    /// The account's password, where it is known: the homeserver asks for it before it takes cross-signing keys.
    pub password: Option<SecretString>,
    /// What others see as the bot's name, where it has none of its own yet.
    pub name: String,
    /// Give up the account's identity from before, and what was encrypted for it.
    pub reset_identity: bool,
}

/// What a login did.
pub struct LoggedIn {
    /// The device's id.
    pub device: String,
    /// It was there already.
    pub known: bool,
    /// To be shown once, where a new one was made.
    pub recovery_key: Option<SecretString>,
    /// What is not as it should be, in sentences.
    pub notes: Vec<String>,
}

impl Matrix {
    /// Makes the device, or completes what is missing of the one there is.
    pub async fn login(&self, wanted: Wanted) -> Result<LoggedIn, Ended> {
        let folder = Folder::lock(&self.config.store)?;
        let (client, known) = match client::open(&self.config, &folder).await? {
            Found::Session(client) => (client, true),
            Found::Nothing | Found::Foreign(_) => {
                let client = client::anew(&self.config, &folder).await?;
                enter(&client, &self.config, &wanted.credentials).await?;
                client::keep_session(&client, &folder).await?;
                (client, false)
            }
        };
        first_sync(&client).await?;
        let password = match &wanted.credentials {
            Credentials::Password(password) => Some(password),
            Credentials::Token(_) => wanted.password.as_ref(),
        };
        let recovery_key = secure(&client, &self.config, password, wanted.reset_identity).await?;
        let notes = introduce(&client, &self.config.user, &wanted.name).await;
        folder.protect()?;
        let device = client.device_id().map(ToString::to_string).unwrap_or_default();
        Ok(LoggedIn { device, known, recovery_key, notes })
    }

    /// Makes a new device with the recovery key that is configured; the one there was is set aside.
    pub async fn recover(&self) -> Result<LoggedIn, Ended> {
        let folder = Folder::lock(&self.config.store)?;
        let client = by_recovery(&self.config, &folder).await?;
        let device = client.device_id().map(ToString::to_string).unwrap_or_default();
        Ok(LoggedIn { device, known: false, recovery_key: None, notes: Vec::new() })
    }

    /// Puts a new recovery key in the place of the old one, and returns it.
    pub async fn new_recovery_key(&self) -> Result<SecretString, Ended> {
        let folder = Folder::lock(&self.config.store)?;
        let Found::Session(client) = client::open(&self.config, &folder).await? else {
            return Err(Ended::NoDevice("run `entraide matrix login` first".to_owned()));
        };
        first_sync(&client).await?;
        let key = client.encryption().recovery().reset_key().await.map_err(|error| recovery_failed(&error))?;
        Ok(key.into())
    }
}

/// A new device whose keys come from the recovery key: after a lost store, or on a new machine.
pub(super) async fn by_recovery(config: &Config, folder: &Folder) -> Result<Client, Ended> {
    let (Some(password), Some(key)) = (&config.password, &config.recovery_key) else {
        let missing = if config.password.is_none() { "matrix.password" } else { "matrix.recovery_key" };
        return Err(Ended::NoDevice(format!(
            "run `entraide matrix login` once; to let the program make a device by itself, write {missing} too"
        )));
    };
    let client = client::anew(config, folder).await?;
    enter(&client, config, &Credentials::Password(password.clone())).await?;
    if let Err(ended) = bring_keys(&client, key).await {
        // Without its keys the device would be one more that nobody trusts.
        let _ = client.matrix_auth().logout().await;
        return Err(ended);
    }
    client::keep_session(&client, folder).await?;
    tracing::info!("a new Matrix device was made; it is verified, and reads what the key backup holds");
    Ok(client)
}

async fn bring_keys(client: &Client, key: &SecretString) -> Result<(), Ended> {
    first_sync(client).await?;
    client.encryption().recovery().recover_and_fix_backup(key.expose_secret()).await.map_err(|error| recovery_failed(&error))
}

async fn enter(client: &Client, config: &Config, credentials: &Credentials) -> Result<(), Ended> {
    match credentials {
        Credentials::Password(password) => {
            let login = client.matrix_auth().login_username(&config.user, password.expose_secret());
            login.initial_device_display_name(DEVICE).send().await.map_err(|error| match Trouble::of(&error) {
                Trouble::Forbidden => Ended::NoDevice("the homeserver refuses matrix.user with this password".to_owned()),
                trouble => failed("logging in", &trouble),
            })?;
        }
        Credentials::Token(token) => {
            let session = session_of(client, config, token).await?;
            client.matrix_auth().restore_session(session, RoomLoadSettings::default()).await.map_err(|_| Ended::Store)?;
        }
    }
    Ok(())
}

/// The session of an access token: the homeserver says whose it is.
async fn session_of(client: &Client, config: &Config, token: &SecretString) -> Result<MatrixSession, Ended> {
    let answer = client
        .http_client()
        .get(format!("{}/_matrix/client/v3/account/whoami", config.homeserver))
        .bearer_auth(token.expose_secret())
        .send()
        .await
        .map_err(|_| Ended::Unreachable("no connection to the homeserver".to_owned()))?;
    let unreadable = || Ended::Unreachable("an answer that is not Matrix's".to_owned());
    let text = answer.text().await.map_err(|_| unreadable())?;
    let told: serde_json::Value = serde_json::from_str(&text).map_err(|_| unreadable())?;
    let user: Option<OwnedUserId> = told["user_id"].as_str().and_then(|user| UserId::parse(user).ok());
    let (Some(user_id), Some(device)) = (user, told["device_id"].as_str()) else {
        return Err(Ended::NoDevice("the homeserver refuses the access token".to_owned()));
    };
    if user_id.as_str() != config.user {
        return Err(Ended::NoDevice("the access token belongs to another account than matrix.user".to_owned()));
    }
    let tokens = SessionTokens { access_token: token.expose_secret().to_owned(), refresh_token: None };
    Ok(MatrixSession { meta: SessionMeta { user_id, device_id: device.into() }, tokens })
}

/// Makes the device's keys known and learns what the account has; what is told of rooms is told again when the bot runs.
async fn first_sync(client: &Client) -> Result<(), Ended> {
    client.encryption().wait_for_e2ee_initialization_tasks().await;
    let settings = SyncSettings::new().timeout(std::time::Duration::ZERO).filter(sync::wanted());
    client.sync_once(settings).await.map_err(|error| failed("the first sync", &Trouble::of(&error)))?;
    Ok(())
}

/// Cross-signing, key backup and recovery; the recovery key where a new one was made.
async fn secure(client: &Client, config: &Config, password: Option<&SecretString>, reset: bool) -> Result<Option<SecretString>, Ended> {
    let encryption = client.encryption();
    let user = client.user_id().ok_or(Ended::Store)?.to_owned();
    let identity =
        encryption.request_user_identity(&user).await.map_err(|error| failed("asking for the account's identity", &Trouble::of(&error)))?;
    let complete = encryption.cross_signing_status().await.is_some_and(|status| status.is_complete());
    match (identity.is_some() && !reset, complete && !reset, &config.recovery_key) {
        (true, true, _) => {}
        (true, false, Some(key)) => bring_keys(client, key).await?,
        (true, false, None) => {
            return Err(Ended::NoDevice(
                "the account has an encryption identity from before: write its recovery key as matrix.recovery_key, \
                 or give up what was encrypted for it with `entraide matrix login --reset-identity`"
                    .to_owned(),
            ));
        }
        (false, _, _) => make_identity(client, &user, password, reset).await?,
    }
    enable_recovery(client, config).await
}

async fn make_identity(client: &Client, user: &UserId, password: Option<&SecretString>, reset: bool) -> Result<(), Ended> {
    let encryption = client.encryption();
    if reset {
        let handle = encryption.recovery().reset_identity().await.map_err(|error| recovery_failed(&error))?;
        if let Some(handle) = handle {
            let matrix_sdk::encryption::CrossSigningResetAuthType::Uiaa(info) = handle.auth_type() else {
                return Err(Ended::NoDevice("this homeserver wants the reset to be approved on its own pages".to_owned()));
            };
            let auth = authentication(user, password, info.session.clone())?;
            handle.reset(Some(auth)).await.map_err(|error| recovery_failed(&error))?;
        }
        return Ok(());
    }
    let Err(error) = encryption.bootstrap_cross_signing(None).await else { return Ok(()) };
    let Some(info) = error.as_uiaa_response() else { return Err(failed("cross-signing", &Trouble::of(&error))) };
    let auth = authentication(user, password, info.session.clone())?;
    encryption.bootstrap_cross_signing(Some(auth)).await.map_err(|error| match error.as_uiaa_response() {
        Some(_) => Ended::NoDevice("the homeserver does not take the password for cross-signing".to_owned()),
        None => failed("cross-signing", &Trouble::of(&error)),
    })
}

fn authentication(user: &UserId, password: Option<&SecretString>, session: Option<String>) -> Result<AuthData, Ended> {
    let Some(password) = password else {
        return Err(Ended::NoDevice("the homeserver asks for the account's password: write it as matrix.password".to_owned()));
    };
    let identifier = UserIdentifier::Matrix(MatrixUserIdentifier::new(user.to_string()));
    let mut auth = Password::new(identifier, password.expose_secret().to_owned());
    auth.session = session;
    Ok(AuthData::Password(auth))
}

/// Makes key backup and recovery where there is none; a key that is given already is taken as the passphrase.
async fn enable_recovery(client: &Client, config: &Config) -> Result<Option<SecretString>, Ended> {
    let encryption = client.encryption();
    let stored = encryption
        .secret_storage()
        .is_enabled()
        .await
        .map_err(|_| failed("asking for recovery", &Trouble::Inside("secret storage".to_owned())))?;
    if stored && encryption.backups().are_enabled().await {
        return Ok(None);
    }
    let recovery = encryption.recovery();
    let enable = recovery.enable().wait_for_backups_to_upload();
    let made = match &config.recovery_key {
        Some(key) => enable.with_passphrase(key.expose_secret()).await,
        None => enable.await,
    };
    let key = match made {
        // A backup that nobody has the key of is worth nothing.
        Err(RecoveryError::BackupExistsOnServer) => {
            encryption.backups().disable_and_delete().await.map_err(|error| failed("replacing the key backup", &Trouble::of(&error)))?;
            recovery.enable().await
        }
        made => made,
    };
    let key = key.map_err(|error| recovery_failed(&error))?;
    Ok(config.recovery_key.is_none().then(|| key.into()))
}

/// Name and picture, where the account has none of its own; what fails is told and harms nothing.
async fn introduce(client: &Client, user: &str, name: &str) -> Vec<String> {
    let (account, mut notes) = (client.account(), Vec::new());
    let local = user.trim_start_matches('@').split(':').next().unwrap_or_default();
    let shown = account.get_display_name().await.ok().flatten();
    if shown.is_none_or(|shown| shown == local) && account.set_display_name(Some(name)).await.is_err() {
        notes.push("the homeserver does not let the bot set its name".to_owned());
    }
    let has_picture = account.get_avatar_url().await.ok().flatten().is_some();
    if !has_picture && account.upload_avatar(&mime::IMAGE_PNG, AVATAR.to_vec()).await.is_err() {
        notes.push("the homeserver does not take the bot's picture".to_owned());
    }
    notes
}

fn failed(what: &str, trouble: &Trouble) -> Ended {
    match trouble {
        Trouble::Away(_) | Trouble::Busy(_) => Ended::Unreachable(format!("{what}: {trouble}")),
        _ => Ended::NoDevice(format!("{what} failed: {trouble}")),
    }
}

fn recovery_failed(error: &RecoveryError) -> Ended {
    match error {
        RecoveryError::Sdk(error) => failed("recovery", &Trouble::of(error)),
        RecoveryError::BackupExistsOnServer => Ended::NoDevice("the account has a key backup from before".to_owned()),
        RecoveryError::SecretStorage(_) => Ended::NoDevice("matrix.recovery_key does not open the account's secret storage".to_owned()),
    }
}
