//! The vault with a million keys: time and memory to load the ring, time to seal. `cargo bench --bench vault [KEYS]`.

use std::{fs, path::Path, time::Instant};

use entraide::{
    domain::ids::PersonId,
    vault::{Existing, Field, Subject, Vault, VaultError},
};

/// Sealings that are timed.
const SEALINGS: u128 = 100_000;

fn subject(n: u128) -> Subject {
    Subject::from(PersonId::from(uuid::Uuid::from_u128(n)))
}

fn resident_kib() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or_default();
    line.split_whitespace().next().and_then(|number| number.parse().ok()).unwrap_or(0)
}

fn timed<T>(what: &str, work: impl FnOnce() -> Result<T, VaultError>) -> Result<T, VaultError> {
    let start = Instant::now();
    let result = work()?;
    println!("{what}: {:.1?}", start.elapsed());
    Ok(result)
}

fn measure(folder: &Path, keys: u128) -> Result<(), VaultError> {
    let (key_file, ring) = (folder.join("master.key"), folder.join("keys.ring"));
    let note = Field::new("checkin", "note", &[7; 16]);
    timed(&format!("{keys} keys made, 2000 a commit"), || {
        let vault = Vault::open(&key_file, &ring, Existing::Nothing)?;
        for n in 0..keys {
            vault.seal(subject(n), &note, b"words")?;
            if n % 2000 == 1999 {
                vault.make_durable()?;
            }
        }
        vault.make_durable()
    })?;
    println!("ring: {} MB", fs::metadata(&ring).map_or(0, |about| about.len() / 1_000_000));
    let before = resident_kib();
    let vault = timed("ring loaded", || Vault::open(&key_file, &ring, Existing::Database))?;
    println!("resident memory for it: {} KiB", resident_kib().saturating_sub(before));
    timed(&format!("{SEALINGS} sealed, each for another subject"), || {
        (0..SEALINGS).try_for_each(|n| vault.seal(subject(n * 7 % keys), &note, b"words").map(drop))
    })?;
    timed(&format!("{SEALINGS} sealed for one subject"), || {
        (0..SEALINGS).try_for_each(|_| vault.seal(subject(7), &note, b"words").map(drop))
    })?;
    let sealed = vault.seal(subject(7), &note, b"words")?;
    timed(&format!("{SEALINGS} opened for one subject"), || {
        (0..SEALINGS).try_for_each(|_| vault.open_sealed(subject(7), &note, &sealed).map(drop))
    })?;
    timed(&format!("{SEALINGS} hashed"), || {
        for n in 0..SEALINGS {
            std::hint::black_box(vault.hash("bench", &n.to_le_bytes()));
        }
        Ok(())
    })?;
    let report = timed("every key opened", || vault.report())?;
    println!("{report:?}");
    Ok(())
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let keys = std::env::args().find_map(|argument| argument.parse().ok()).unwrap_or(1_000_000);
    let folder = tempfile::tempdir()?;
    Ok(measure(folder.path(), keys)?)
}
