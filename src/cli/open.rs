//! What the configuration names, opened: the texts, and the vault with its database.

use std::{path::Path, sync::Arc};

use anyhow::Context as _;

use crate::{
    config::Config,
    store::{Store, url_of},
    text::Texts,
    vault::{Existing, Vault},
};

/// The catalogues with the operator's own words in them.
pub(super) fn texts(config: &Config) -> anyhow::Result<Texts> {
    Ok(match &config.locales {
        Some(folder) => Texts::with_overrides(folder)?,
        None => Texts::embedded(),
    })
}

/// Opens the vault and the database that belong together.
pub(super) async fn open(config: &Config) -> anyhow::Result<Store> {
    let database = &config.database.file;
    let existing = if database.exists() { Existing::Database } else { Existing::Nothing };
    let vault = Vault::open(&config.vault.key_file, &config.vault.ring, existing)?;
    // After the vault, because a database without its keys would be refused; before SQLite, whose log takes this file's mode.
    make_private(database)?;
    let url = format!("{}?mode=rwc", url_of(database));
    Store::open(&url, Arc::new(vault)).await.with_context(|| format!("the database {}", database.display()))
}

/// What was sealed is nobody's business all the same.
fn make_private(file: &Path) -> anyhow::Result<()> {
    use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
    let made = std::fs::OpenOptions::new().append(true).create(true).mode(0o600).open(file);
    made.with_context(|| format!("cannot write {}", file.display()))?;
    std::fs::set_permissions(file, std::fs::Permissions::from_mode(0o600)).with_context(|| format!("cannot protect {}", file.display()))
}
