//! Sealing, opening, hashing.

use proptest::prelude::*;

use super::*;

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
