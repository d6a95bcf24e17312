use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
};

use proptest::prelude::*;

use super::{
    ring::{BATCH, HEADER_BYTES, RECORD_BYTES},
    *,
};

struct Home {
    folder: tempfile::TempDir,
}

impl Home {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    fn key(&self) -> PathBuf {
        self.folder.path().join("secret/master.key")
    }

    fn ring(&self) -> PathBuf {
        self.folder.path().join("secret/keys.ring")
    }

    fn open(&self, existing: Existing) -> Result<Vault, VaultError> {
        Vault::open(&self.key(), &self.ring(), existing)
    }

    /// A vault with the keys of so many subjects, durable and closed again.
    fn with_keys(count: u8) -> (Self, Vec<Vec<u8>>) {
        let home = Self::new();
        let vault = home.open(Existing::Nothing).unwrap();
        let sealed = (0..count).map(|n| seal(&vault, n)).collect();
        vault.make_durable().unwrap();
        (home, sealed)
    }
}

const ROW: &[u8] = &[7; 16];

fn subject(n: u8) -> Subject {
    Subject([n; 16])
}

fn note() -> Field<'static> {
    Field::new("checkin", "note", ROW)
}

fn seal(vault: &Vault, n: u8) -> Vec<u8> {
    vault.seal(subject(n), &note(), &[n; 40]).unwrap()
}

fn open(vault: &Vault, n: u8, sealed: &[u8]) -> Result<Option<Vec<u8>>, VaultError> {
    vault.open_sealed(subject(n), &note(), sealed)
}

fn contains(haystack: &[u8], needle: &[u8]) -> bool {
    haystack.windows(needle.len()).any(|window| window == needle)
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn what_is_sealed_opens_after_a_restart() {
    let (home, sealed) = Home::with_keys(3);
    let vault = home.open(Existing::Database).unwrap();
    for (n, sealed) in (0..).zip(&sealed) {
        assert_eq!(open(&vault, n, sealed).unwrap().unwrap(), [n; 40]);
    }
    assert_eq!(vault.height(), 3);
    assert_eq!(vault.report().unwrap(), RingReport { live: 3, ..RingReport::default() });
}

#[test]
fn the_first_run_makes_both_files_for_the_owner_alone() {
    let home = Home::new();
    drop(home.open(Existing::Nothing).unwrap());
    assert_eq!((mode(&home.key()), mode(&home.ring())), (0o600, 0o600));
    assert_eq!(mode(home.key().parent().unwrap()), 0o700);
    assert!(fs::read_to_string(home.key()).unwrap().starts_with("# entraide: the master key.\n"));
    drop(home.open(Existing::Nothing).unwrap());
    drop(home.open(Existing::Database).unwrap());
}

#[test]
fn a_start_cut_off_between_the_two_files_goes_on() {
    let home = Home::new();
    drop(home.open(Existing::Nothing).unwrap());
    let key = fs::read(home.key()).unwrap();
    fs::remove_file(home.ring()).unwrap();
    drop(home.open(Existing::Nothing).unwrap());
    assert_eq!(fs::read(home.key()).unwrap(), key, "the key that was there is used");
}

#[test]
fn missing_files_beside_a_database_are_refused_and_never_remade() {
    let check = |lose_key: bool, lose_ring: bool, existing: Existing, expected: fn(&VaultError) -> bool| {
        let (home, _) = Home::with_keys(1);
        if lose_key {
            fs::remove_file(home.key()).unwrap();
        }
        if lose_ring {
            fs::remove_file(home.ring()).unwrap();
        }
        let error = home.open(existing).err().unwrap();
        assert!(expected(&error), "{error}");
        assert_eq!((home.key().exists(), home.ring().exists()), (!lose_key, !lose_ring), "nothing was made");
    };
    check(true, false, Existing::Database, |error| matches!(error, VaultError::KeyMissing { .. }));
    check(true, true, Existing::Database, |error| matches!(error, VaultError::KeyMissing { .. }));
    check(false, true, Existing::Database, |error| matches!(error, VaultError::RingMissing { .. }));
    check(true, false, Existing::Nothing, |error| matches!(error, VaultError::RingWithoutKey { .. }));
}

#[test]
fn a_foreign_key_a_foreign_ring_and_a_foreign_database_are_refused() {
    let (home, _) = Home::with_keys(1);
    let (other, _) = Home::with_keys(1);
    let id = home.open(Existing::Database).unwrap().installation_id();
    let key = fs::read(home.key()).unwrap();
    fs::copy(other.key(), home.key()).unwrap();
    assert!(matches!(home.open(Existing::Database), Err(VaultError::ForeignKey { .. })));
    fs::write(home.key(), &key).unwrap();
    fs::copy(other.ring(), home.ring()).unwrap();
    assert!(matches!(home.open(Existing::Database), Err(VaultError::ForeignKey { .. })));
    fs::copy(other.key(), home.key()).unwrap();
    let vault = home.open(Existing::Database).unwrap();
    assert!(matches!(vault.check_installation(&id), Err(VaultError::ForeignRing { .. })));
    assert!(matches!(vault.check_installation(b"short"), Err(VaultError::ForeignRing { .. })));
    vault.check_installation(&vault.installation_id()).unwrap();
}

#[test]
fn an_old_copy_of_the_ring_is_recognised() {
    let (home, _) = Home::with_keys(2);
    let old = fs::read(home.ring()).unwrap();
    let height = {
        let vault = home.open(Existing::Database).unwrap();
        seal(&vault, 9);
        assert_eq!(vault.height(), 2, "a pending key is not counted");
        vault.make_durable().unwrap();
        vault.height()
    };
    fs::write(home.ring(), old).unwrap();
    let vault = home.open(Existing::Database).unwrap();
    assert!(matches!(vault.check_height(height), Err(VaultError::RingStale { found: 2, expected: 3, .. })));
    vault.check_height(2).unwrap();
}

#[test]
fn files_that_others_can_reach_are_refused_with_what_to_run() {
    let (home, _) = Home::with_keys(1);
    for path in [home.key(), home.ring()] {
        for bits in [0o644, 0o640, 0o606] {
            fs::set_permissions(&path, fs::Permissions::from_mode(bits)).unwrap();
            let error = home.open(Existing::Database).err().unwrap();
            assert!(error.to_string().contains(&format!("`chmod 600 {}`", path.display())), "{error}");
            assert!(Vault::examine(&home.key(), &home.ring()).is_err());
        }
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
    }
    drop(home.open(Existing::Database).unwrap());
}

#[test]
fn one_process_holds_the_ring_and_others_may_look() {
    let (home, _) = Home::with_keys(4);
    let vault = home.open(Existing::Database).unwrap();
    assert!(matches!(home.open(Existing::Database), Err(VaultError::RingInUse { .. })));
    assert_eq!(Vault::examine(&home.key(), &home.ring()).unwrap(), 4);
    drop(vault);
    drop(home.open(Existing::Database).unwrap());
}

#[test]
fn a_changed_byte_anywhere_in_a_sealed_value_is_noticed() {
    let vault = Vault::in_memory().unwrap();
    let sealed = seal(&vault, 1);
    for at in 0..sealed.len() {
        let mut changed = sealed.clone();
        changed[at] ^= 1;
        assert!(matches!(open(&vault, 1, &changed), Err(VaultError::NotGenuine { .. })), "byte {at}");
        assert!(matches!(open(&vault, 1, &sealed[..at]), Err(VaultError::NotGenuine { .. })), "cut at {at}");
    }
    assert!(matches!(open(&vault, 1, &[sealed.as_slice(), &[0]].concat()), Err(VaultError::NotGenuine { .. })));
}

#[test]
fn a_value_moved_to_another_place_does_not_open() {
    let vault = Vault::in_memory().unwrap();
    let sealed = seal(&vault, 1);
    seal(&vault, 2);
    for place in [Field::new("checkin", "note", &[8; 16]), Field::new("checkin", "score", ROW), Field::new("gift", "note", ROW)] {
        let result = vault.open_sealed(subject(1), &place, &sealed);
        assert!(matches!(result, Err(VaultError::NotGenuine { .. })), "{place:?}");
    }
    assert!(matches!(open(&vault, 2, &sealed), Err(VaultError::NotGenuine { .. })), "another subject's key");
}

#[test]
fn a_destroyed_key_reads_as_a_former_member_for_ever() {
    let (home, sealed) = Home::with_keys(3);
    {
        let vault = home.open(Existing::Database).unwrap();
        open(&vault, 1, &sealed[1]).unwrap().unwrap();
        assert!(vault.destroy(subject(1)).unwrap());
        assert!(!vault.destroy(subject(1)).unwrap(), "repeatable");
        assert_eq!(open(&vault, 1, &sealed[1]).unwrap(), None);
    }
    let vault = home.open(Existing::Database).unwrap();
    assert_eq!(open(&vault, 1, &sealed[1]).unwrap(), None);
    assert!(matches!(vault.seal(subject(1), &note(), b"x"), Err(VaultError::Destroyed { .. })));
    assert_eq!(open(&vault, 2, &sealed[2]).unwrap().unwrap(), [2; 40], "the others' stay");
    assert_eq!(vault.report().unwrap(), RingReport { live: 2, destroyed: 1, ..RingReport::default() });
    assert_eq!(vault.height(), 3, "the mark keeps its place");
}

#[test]
fn the_record_of_a_destroyed_key_is_overwritten_on_the_disk() {
    let (home, _) = Home::with_keys(1);
    let secret = HEADER_BYTES + 17..HEADER_BYTES + RECORD_BYTES;
    let before = fs::read(home.ring()).unwrap();
    assert!(before[secret.clone()].iter().any(|byte| *byte != 0));
    home.open(Existing::Database).unwrap().destroy(subject(0)).unwrap();
    let after = fs::read(home.ring()).unwrap();
    assert!(after[secret].iter().all(|byte| *byte == 0));
    assert_eq!(after.len(), before.len());
}

#[test]
fn a_destruction_cut_short_is_finished_at_the_next_start() {
    let (home, sealed) = Home::with_keys(2);
    let mut bytes = fs::read(home.ring()).unwrap();
    bytes[HEADER_BYTES] = 2; // the mark was written, the wiping was not
    let first_is_of = {
        let vault = Vault::open(&home.key(), &home.ring(), Existing::Database).unwrap();
        let state = vault.state();
        let first = &bytes[HEADER_BYTES + 1..HEADER_BYTES + 17];
        (0..2).find(|n| state.ring.locator(subject(*n)) == first).unwrap()
    };
    fs::write(home.ring(), &bytes).unwrap();
    let vault = home.open(Existing::Database).unwrap();
    assert_eq!(open(&vault, first_is_of, &sealed[usize::from(first_is_of)]).unwrap(), None);
    let after = fs::read(home.ring()).unwrap();
    assert!(after[HEADER_BYTES + 17..HEADER_BYTES + RECORD_BYTES].iter().all(|byte| *byte == 0));
}

#[test]
fn destroying_what_never_had_a_key_or_has_one_pending_leaves_the_mark_too() {
    let (home, _) = Home::with_keys(1);
    {
        let vault = home.open(Existing::Database).unwrap();
        assert!(!vault.destroy(subject(8)).unwrap());
        seal(&vault, 9);
        assert!(vault.destroy(subject(9)).unwrap());
        vault.make_durable().unwrap();
    }
    let vault = home.open(Existing::Database).unwrap();
    for n in [8, 9] {
        assert!(matches!(vault.seal(subject(n), &note(), b"x"), Err(VaultError::Destroyed { .. })));
    }
    assert_eq!(vault.height(), 3);
}

#[test]
fn a_tail_torn_at_any_byte_loses_only_what_was_not_durable() {
    let (home, sealed) = Home::with_keys(2);
    let durable = fs::read(home.ring()).unwrap();
    let vault = home.open(Existing::Database).unwrap();
    seal(&vault, 2);
    seal(&vault, 3);
    vault.make_durable().unwrap();
    drop(vault);
    let whole = fs::read(home.ring()).unwrap();
    for cut in durable.len()..=whole.len() {
        // What the disk had not got may be missing, zeros, or what was there before.
        for tail in [vec![], vec![0; whole.len() - cut], vec![0xa5; whole.len() - cut]] {
            fs::write(home.ring(), [&whole[..cut], tail.as_slice()].concat()).unwrap();
            let vault = home.open(Existing::Database).unwrap();
            vault.check_height(2).unwrap();
            for n in [0, 1] {
                assert_eq!(open(&vault, n, &sealed[usize::from(n)]).unwrap().unwrap(), [n; 40], "cut at {cut}");
            }
            let again: Vec<_> = (2..6).map(|n| seal(&vault, n)).collect();
            vault.make_durable().unwrap();
            drop(vault);
            let vault = home.open(Existing::Database).unwrap();
            for (n, sealed) in (2..).zip(&again) {
                assert_eq!(open(&vault, n, sealed).unwrap().unwrap(), [n; 40], "cut at {cut}");
            }
            assert_eq!(vault.report().unwrap().damaged, 0);
        }
    }
}

#[test]
fn a_header_changed_or_cut_at_any_byte_is_refused() {
    let (home, _) = Home::with_keys(1);
    let whole = fs::read(home.ring()).unwrap();
    for at in 0..HEADER_BYTES {
        let mut changed = whole.clone();
        changed[at] ^= 1;
        fs::write(home.ring(), &changed).unwrap();
        assert!(home.open(Existing::Database).is_err(), "byte {at}");
        fs::write(home.ring(), &whole[..at]).unwrap();
        assert!(matches!(home.open(Existing::Database), Err(VaultError::RingDamaged { .. })), "cut at {at}");
    }
    let mut newer = whole.clone();
    newer[8] = 2;
    fs::write(home.ring(), &newer).unwrap();
    assert!(matches!(home.open(Existing::Database), Err(VaultError::RingNewer { version: 2, .. })));
}

#[test]
fn a_damaged_key_is_a_fault_and_no_former_member() {
    let (home, sealed) = Home::with_keys(1);
    let mut bytes = fs::read(home.ring()).unwrap();
    bytes[HEADER_BYTES + 30] ^= 1;
    fs::write(home.ring(), &bytes).unwrap();
    let vault = home.open(Existing::Database).unwrap();
    assert!(matches!(vault.check_height(1), Err(VaultError::RingDamaged { .. })));
    assert!(matches!(open(&vault, 0, &sealed[0]), Err(VaultError::NoKey { .. })));
    assert_eq!(vault.report().unwrap().damaged, 1);
}

#[test]
fn damage_far_from_the_end_is_found_when_the_key_is_used_and_by_the_report() {
    let home = Home::new();
    let many = BATCH as u32 + 10;
    let named = |n: u32| Subject::from(crate::domain::ids::PersonId(uuid::Uuid::from_u128(n.into())));
    let vault = home.open(Existing::Nothing).unwrap();
    let sealed: Vec<_> = (0..many).map(|n| vault.seal(named(n), &note(), b"x").unwrap()).collect();
    vault.make_durable().unwrap();
    assert_eq!(vault.height(), u64::from(many));
    drop(vault);
    let mut bytes = fs::read(home.ring()).unwrap();
    bytes[HEADER_BYTES + 40] ^= 1;
    fs::write(home.ring(), &bytes).unwrap();
    let vault = home.open(Existing::Database).unwrap();
    let results = (0..many).map(|n| vault.open_sealed(named(n), &note(), &sealed[n as usize]));
    let failed: Vec<_> = results.filter_map(Result::err).collect();
    assert!(matches!(failed.as_slice(), [VaultError::RingDamaged { .. }]));
    assert_eq!(vault.report().unwrap(), RingReport { live: u64::from(many) - 1, damaged: 1, ..RingReport::default() });
}

#[test]
fn pending_keys_are_on_no_disk_and_can_be_forgotten() {
    let (home, _) = Home::with_keys(1);
    let vault = home.open(Existing::Database).unwrap();
    let before = fs::read(home.ring()).unwrap();
    let sealed = seal(&vault, 5);
    assert_eq!(open(&vault, 5, &sealed).unwrap().unwrap(), [5; 40]);
    assert_eq!(fs::read(home.ring()).unwrap(), before);
    vault.forget_pending();
    vault.make_durable().unwrap();
    assert_eq!(fs::read(home.ring()).unwrap(), before);
    assert!(matches!(open(&vault, 5, &sealed), Err(VaultError::NoKey { .. })));
}

#[test]
fn the_ring_names_nobody_and_shows_no_key() {
    let vault = Vault::in_memory().unwrap();
    let canary = Subject(*b"canary subject 1");
    let sealed = vault.seal(canary, &note(), b"canary words nobody may read").unwrap();
    let key = vault.key_to_seal(canary).unwrap().unwrap();
    vault.make_durable().unwrap();
    let ring = vault.state().ring.bytes();
    assert_eq!(ring.len(), HEADER_BYTES + RECORD_BYTES);
    for secret in [&canary.0[..8], &key.bytes()[..8], &key.bytes()[24..], vault.lookups.bytes(), vault.seeds.bytes()] {
        assert!(!contains(&ring, secret));
    }
    for words in [b"canary".as_slice(), b"words", b"nobody", &canary.0[..8]] {
        assert!(!contains(&sealed, words));
    }
}

#[test]
fn the_same_words_seal_differently_and_short_ones_to_the_same_length() {
    let vault = Vault::in_memory().unwrap();
    assert_ne!(seal(&vault, 1), seal(&vault, 1));
    let length = |plain: &[u8]| vault.seal(subject(1), &note(), plain).unwrap().len();
    assert_eq!(length(b""), length(b"a name of thirty-one characters"));
    assert!(length(&[b'x'; 31]) < length(&[b'x'; 32]));
}

#[test]
fn hashes_depend_on_purpose_data_and_installation() {
    let (vault, other) = (Vault::in_memory().unwrap(), Vault::in_memory().unwrap());
    assert_eq!(vault.hash("alias", b"sam"), vault.hash("alias", b"sam"));
    let different = [
        vault.hash("alias", b"sam"),
        vault.hash("alias", b"sami"),
        vault.hash("address", b"sam"),
        vault.hash("aliass", b"am"),
        vault.seed(b"sam"),
        other.hash("alias", b"sam"),
        other.seed(b"sam"),
    ];
    let distinct: std::collections::BTreeSet<_> = different.iter().collect();
    assert_eq!(distinct.len(), different.len());
}

#[test]
fn hashes_and_seeds_are_the_same_after_a_restart() {
    let (home, _) = Home::with_keys(0);
    let both = || home.open(Existing::Database).map(|vault| (vault.hash("alias", b"sam"), vault.seed(b"event"))).unwrap();
    assert_eq!(both(), both());
}

#[test]
fn a_vault_is_shared_between_threads() {
    let vault = Vault::in_memory().unwrap();
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for n in 0..100 {
                    let sealed = seal(&vault, n % 10);
                    vault.make_durable().unwrap();
                    assert_eq!(open(&vault, n % 10, &sealed).unwrap().unwrap(), [n % 10; 40]);
                }
            });
        }
    });
    assert_eq!(vault.height(), 10, "each subject has one key, whoever came first");
}

#[test]
fn more_subjects_than_are_kept_at_hand_still_open() {
    let vault = Vault::in_memory().unwrap();
    let many = CACHED_KEYS_MAX as u32 + 300;
    let named = |n: u32| Subject::from(crate::domain::ids::AccountId(uuid::Uuid::from_u128(n.into())));
    let sealed: Vec<_> = (0..many).map(|n| vault.seal(named(n), &note(), &n.to_le_bytes()).unwrap()).collect();
    vault.make_durable().unwrap();
    for n in (0..many).step_by(97) {
        let opened = vault.open_sealed(named(n), &note(), &sealed[n as usize]).unwrap().unwrap();
        assert_eq!(opened, n.to_le_bytes());
    }
    assert!(vault.state().cached.len() <= CACHED_KEYS_MAX);
}

proptest! {
    #[test]
    fn any_bytes_come_back(plain in proptest::collection::vec(any::<u8>(), 0..200), row in proptest::collection::vec(any::<u8>(), 0..20)) {
        let vault = Vault::in_memory().unwrap();
        let field = Field::new("t", "c", &row);
        let sealed = vault.seal(subject(1), &field, &plain).unwrap();
        prop_assert_eq!(vault.open_sealed(subject(1), &field, &sealed).unwrap().unwrap(), plain);
    }

    #[test]
    fn no_bytes_make_opening_panic(sealed in proptest::collection::vec(any::<u8>(), 0..100)) {
        let vault = Vault::in_memory().unwrap();
        seal(&vault, 1);
        let refused = matches!(open(&vault, 1, &sealed), Err(VaultError::NotGenuine { .. }));
        prop_assert!(refused);
    }
}

/// Figures for the operator's page: `cargo test --release --lib vault::tests::a_million_keys -- --ignored --nocapture`.
#[test]
#[ignore = "takes a minute; it measures, the other tests judge"]
fn a_million_keys() {
    let resident_kib = || {
        let status = fs::read_to_string("/proc/self/status").unwrap();
        let line = status.lines().find(|line| line.starts_with("VmRSS")).unwrap();
        line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap()
    };
    let home = Home::new();
    let named = |n: u128| Subject::from(crate::domain::ids::PersonId(uuid::Uuid::from_u128(n)));
    {
        let vault = home.open(Existing::Nothing).unwrap();
        let start = std::time::Instant::now();
        for n in 0..1_000_000 {
            vault.seal(named(n), &note(), b"x").unwrap();
            if n % 2000 == 1999 {
                vault.make_durable().unwrap();
            }
        }
        println!("made: {:?}, {} MB", start.elapsed(), fs::metadata(home.ring()).unwrap().len() / 1_000_000);
    }
    let (before, start) = (resident_kib(), std::time::Instant::now());
    let vault = home.open(Existing::Database).unwrap();
    println!("loaded: {:?}, resident {} KiB more", start.elapsed(), resident_kib().saturating_sub(before));
    assert_eq!(vault.height(), 1_000_000);
    let start = std::time::Instant::now();
    for n in 0..100_000 {
        vault.seal(named(n * 7 % 1_000_000), &note(), b"x").unwrap();
    }
    println!("sealed for 100 000 different subjects: {:?}", start.elapsed());
    let start = std::time::Instant::now();
    for _ in 0..100_000 {
        vault.seal(named(7), &note(), b"x").unwrap();
    }
    println!("sealed 100 000 times for one: {:?}", start.elapsed());
    let start = std::time::Instant::now();
    assert_eq!(vault.report().unwrap().live, 1_000_000);
    println!("every key opened: {:?}", start.elapsed());
}
