//! The master key's file: text that a person can copy and keep, with a check against slips of the hand.

use std::{fs::File, io::Read, path::Path};

use data_encoding::BASE32_NOPAD;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::{
    VaultError,
    crypt::{KEY_BYTES, Key},
    files,
};

const MARK: &str = "entraide-key-1";
const CHECK_BYTES: usize = 4;
/// A key file is some 500 bytes; nothing longer is one.
const LENGTH_MAX: u64 = 4096;

const PREFACE: &str = "\
# entraide: the master key.
# With the key ring, it opens everything that people entrusted to this bot. Show it to nobody.
# Keep a copy of it in another place than this machine, and apart from the backups of the database:
# who holds both can read all; who loses the key can never read anything again.
# Change nothing in this file.
";

/// Makes a new key and its file.
pub(super) fn create(path: &Path) -> Result<Key, VaultError> {
    let key = Key::random()?;
    files::create_private(path, write(&key).as_bytes())?;
    Ok(key)
}

/// Reads the key of a file that its owner alone can reach.
pub(super) fn read(path: &Path) -> Result<Key, VaultError> {
    let file = File::open(path).map_err(VaultError::io("open the master key", path))?;
    files::refuse_exposed(path, &file)?;
    let mut text = Zeroizing::new(Vec::with_capacity(1024));
    file.take(LENGTH_MAX + 1).read_to_end(&mut text).map_err(VaultError::io("read", path))?;
    parse(&text).map_err(|why| VaultError::KeyDamaged { key_file: path.to_owned(), why })
}

fn check_of(key: &Key) -> [u8; CHECK_BYTES] {
    let hash = Sha256::new().chain_update(MARK).chain_update(key.bytes()).finalize();
    [hash[0], hash[1], hash[2], hash[3]]
}

fn write(key: &Key) -> Zeroizing<String> {
    let bytes = Zeroizing::new([key.bytes().as_slice(), &check_of(key)].concat());
    Zeroizing::new(format!("{PREFACE}{MARK} {}\n", *Zeroizing::new(BASE32_NOPAD.encode(&bytes))))
}

fn parse(text: &[u8]) -> Result<Key, &'static str> {
    if text.len() as u64 > LENGTH_MAX {
        return Err("it is too long to be a key");
    }
    let text = std::str::from_utf8(text).map_err(|_| "it is not text")?;
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let line = lines.next().ok_or("there is no key in it")?;
    if lines.next().is_some() {
        return Err("there is more than one key in it");
    }
    let written = line.strip_prefix(MARK).ok_or("its key does not begin with entraide-key-1")?;
    let bytes = Zeroizing::new(BASE32_NOPAD.decode(written.trim().as_bytes()).map_err(|_| "its key is not whole")?);
    let (key, check) = bytes.split_at_checked(KEY_BYTES).ok_or("its key is not whole")?;
    let key = Key::from_bytes(key).ok_or("its key is not whole")?;
    if check == check_of(&key) { Ok(key) } else { Err("a character of its key is wrong") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_read_as_it_was_written() {
        let key = Key::random().unwrap();
        let text = write(&key);
        assert!(text.starts_with("# entraide: the master key."));
        assert_eq!(parse(text.as_bytes()).unwrap().bytes(), key.bytes());
        let windows = text.replace('\n', "\r\n");
        assert_eq!(parse(windows.as_bytes()).unwrap().bytes(), key.bytes(), "line ends do not matter");
    }

    #[test]
    fn every_slip_of_the_hand_is_found() {
        let text = write(&Key::random().unwrap());
        let start = text.find(MARK).unwrap();
        for at in start..text.len() - 1 {
            let mut slipped = text.as_bytes().to_vec();
            slipped[at] = if slipped[at] == b'A' { b'B' } else { b'A' };
            assert!(parse(&slipped).is_err(), "byte {at}");
            assert!(parse(&text.as_bytes()[..at]).is_err(), "cut at {at}");
        }
    }

    #[test]
    fn what_is_no_key_is_refused_with_its_reason() {
        let check = |text: &[u8], expected: &str| assert_eq!(parse(text).err().unwrap(), expected);
        check(b"", "there is no key in it");
        check(b"# only a comment\n", "there is no key in it");
        check(b"\xff\xfe", "it is not text");
        check(b"hello", "its key does not begin with entraide-key-1");
        check(b"entraide-key-1 ABC", "its key is not whole");
        check(b"entraide-key-1 1111", "its key is not whole");
        check(&vec![b'#'; 5000], "it is too long to be a key");
        let key = write(&Key::random().unwrap());
        check(format!("{}{}", *key, *key).as_bytes(), "there is more than one key in it");
    }
}
