//! Secret files: made for the owner alone, whole or not at all, and refused where others can reach them.

use std::{
    fs::{self, DirBuilder, File, OpenOptions},
    io::Write,
    os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt},
    path::{Path, PathBuf},
};

use super::VaultError;

/// Makes the folder of `path` for the owner alone, where it is not there.
fn make_folder_of(path: &Path) -> Result<PathBuf, VaultError> {
    let folder = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(VaultError::io("make the folder", folder))?;
    Ok(folder.to_owned())
}

/// Makes `path` with this content and mode 0600; a crash leaves the whole file or none. Never replaces one that is there.
pub(super) fn create_private(path: &Path, content: &[u8]) -> Result<(), VaultError> {
    let folder = make_folder_of(path)?;
    let mut draft = path.as_os_str().to_owned();
    draft.push(".new");
    let draft = PathBuf::from(draft);
    // A draft is the rest of a start that was cut off before anything used it.
    match fs::remove_file(&draft) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(VaultError::io("remove", &draft)(error)),
        Ok(()) | Err(_) => {}
    }
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&draft).map_err(VaultError::io("create", &draft))?;
    file.write_all(content).and_then(|()| file.sync_all()).map_err(VaultError::io("write", &draft))?;
    // A link, unlike a rename, fails where the name is taken; some file systems have no links.
    match fs::hard_link(&draft, path) {
        Ok(()) => fs::remove_file(&draft).map_err(VaultError::io("remove", &draft))?,
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists || path.exists() => {
            return Err(VaultError::io("create", path)(error));
        }
        Err(_) => fs::rename(&draft, path).map_err(VaultError::io("create", path))?,
    }
    sync_folder(&folder)
}

/// Makes what was created or removed in a folder durable.
fn sync_folder(folder: &Path) -> Result<(), VaultError> {
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(VaultError::io("write the folder", folder))
}

/// Refuses a file that is no file, or that others than its owner can reach.
pub(super) fn refuse_exposed(path: &Path, file: &File) -> Result<(), VaultError> {
    let about = file.metadata().map_err(VaultError::io("read", path))?;
    if !about.is_file() {
        return Err(VaultError::io("use", path)(std::io::Error::other("this is not a file")));
    }
    let mode = about.permissions().mode() & 0o777;
    if mode & 0o077 == 0 { Ok(()) } else { Err(VaultError::Exposed { path: path.to_owned(), mode }) }
}

/// Whether something is there; a folder that may not be read is an error, not an absence.
pub(super) fn exists(path: &Path) -> Result<bool, VaultError> {
    path.try_exists().map_err(VaultError::io("look for", path))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    #[test]
    fn files_and_folders_are_for_the_owner_alone() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("a/b/secret");
        create_private(&path, b"x").unwrap();
        assert_eq!((mode(&path), mode(path.parent().unwrap())), (0o600, 0o700));
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1, "no draft stays");
    }

    #[test]
    fn what_is_there_is_not_replaced_and_a_draft_is_no_hindrance() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("secret");
        fs::write(home.path().join("secret.new"), b"half").unwrap();
        create_private(&path, b"first").unwrap();
        assert!(create_private(&path, b"second").is_err());
        assert_eq!(fs::read(&path).unwrap(), b"first");
    }

    #[test]
    fn reach_of_others_is_refused_with_the_command_to_run() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("secret");
        create_private(&path, b"x").unwrap();
        for (bits, fine) in [(0o600, true), (0o400, true), (0o640, false), (0o604, false), (0o620, false), (0o644, false)] {
            fs::set_permissions(&path, fs::Permissions::from_mode(bits)).unwrap();
            let result = refuse_exposed(&path, &File::open(&path).unwrap());
            assert_eq!(result.is_ok(), fine, "{bits:o}");
            if let Err(error) = result {
                assert!(error.to_string().contains(&format!("chmod 600 {}", path.display())), "{error}");
            }
        }
    }
}
