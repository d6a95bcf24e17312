//! The ring through destruction, crashes and damage.

use super::*;

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
