//! How the bot's device stands: verified, backed up, alone or one of many.

use std::sync::atomic::Ordering;

use matrix_sdk::{
    Client,
    encryption::{backups::BackupState, recovery::RecoveryState},
};

use super::{Ended, Matrix, client, client::Found, folder::Folder, trouble::Trouble};

/// A device that was not seen for so long is stale.
const STALE_DAYS: i64 = 30;

/// How the bot's device stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Standing {
    /// The account.
    pub user: String,
    /// Its device that this program is.
    pub device: String,
    /// The account's identity has signed the device: others trust it.
    pub verified: bool,
    /// The private keys of the account's identity are here.
    pub identity_complete: bool,
    /// New room keys go into the backup.
    pub backed_up: bool,
    /// A new machine can get everything back with the recovery key.
    pub recoverable: bool,
    /// Other devices of the account.
    pub others: usize,
    /// Those of them that were not seen for a month.
    pub stale: usize,
}

impl Standing {
    /// In lines to read.
    pub fn lines(&self) -> Vec<String> {
        let yes_or = |yes: bool, no: &str| if yes { "yes".to_owned() } else { format!("no: {no}") };
        vec![
            format!("account         {}", self.user),
            format!("device          {}", self.device),
            format!("verified        {}", yes_or(self.verified, "run `entraide matrix login`, or others will stop sending it keys")),
            format!("identity        {}", yes_or(self.identity_complete, "its private keys are not here; run `entraide matrix recovery`")),
            format!("key backup      {}", yes_or(self.backed_up, "run `entraide matrix login`")),
            format!("recovery        {}", yes_or(self.recoverable, "run `entraide matrix recovery --new-key`")),
            format!("other devices   {} ({} not seen for {STALE_DAYS} days)", self.others, self.stale),
        ]
    }

    /// Nothing is to be done.
    pub fn is_well(&self) -> bool {
        self.verified && self.identity_complete && self.backed_up && self.recoverable
    }
}

impl Matrix {
    /// Asks how the device stands, through the client that reads, else by opening the store.
    pub async fn standing(&self) -> Result<Standing, Ended> {
        let current = self.current.borrow().clone();
        if let Some(client) = current {
            return self.ask_standing(&client).await;
        }
        if self.at_work.load(Ordering::Relaxed) {
            return Err(Ended::Unreachable("the device is being opened; ask again in a moment".to_owned()));
        }
        let folder = Folder::lock(&self.config.store)?;
        match client::open(&self.config, &folder).await? {
            Found::Session(client) => self.ask_standing(&client).await,
            Found::Nothing => Err(Ended::NoDevice("run `entraide matrix login`".to_owned())),
            Found::Foreign(why) => Err(Ended::NoDevice(format!("the store is of no use, {why}; run `entraide matrix login`"))),
        }
    }

    async fn ask_standing(&self, client: &Client) -> Result<Standing, Ended> {
        let now = (self.config.clock)();
        let encryption = client.encryption();
        encryption.wait_for_e2ee_initialization_tasks().await;
        let devices = client.devices().await.map_err(|error| match Trouble::of_http(&error) {
            Trouble::LoggedOut => Ended::NoDevice("the homeserver has logged it out; run `entraide matrix login`".to_owned()),
            trouble => Ended::Unreachable(trouble.to_string()),
        })?;
        let me = client.device_id().map(ToString::to_string).unwrap_or_default();
        let others: Vec<_> = devices.devices.iter().filter(|device| device.device_id.as_str() != me).collect();
        let is_stale = |seen: i64| now.micros() / 1000 - seen > STALE_DAYS * 24 * 60 * 60 * 1000;
        let stale = others.iter().filter(|device| device.last_seen_ts.is_none_or(|seen| is_stale(seen.get().into()))).count();
        // Who signed the device is asked anew: another device may have reset the account's identity.
        if let Some(user) = client.user_id() {
            let asked = encryption.request_user_identity(user).await;
            asked.map_err(|error| Ended::Unreachable(Trouble::of(&error).to_string()))?;
        }
        let own = encryption.get_own_device().await.ok().flatten();
        Ok(Standing {
            user: self.config.user.clone(),
            verified: own.is_some_and(|device| device.is_cross_signed_by_owner()),
            identity_complete: encryption.cross_signing_status().await.is_some_and(|status| status.is_complete()),
            backed_up: encryption.backups().state() == BackupState::Enabled,
            recoverable: encryption.recovery().state() == RecoveryState::Enabled,
            device: me,
            others: others.len(),
            stale,
        })
    }
}
