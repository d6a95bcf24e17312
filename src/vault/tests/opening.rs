//! Opening: what is made, what is refused, and that others are kept out.

use super::*;

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
            assert!(Vault::look_at(&home.key(), &home.ring()).is_err());
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
    assert_eq!(Vault::look_at(&home.key(), &home.ring()).unwrap().height(), 4);
    drop(vault);
    drop(home.open(Existing::Database).unwrap());
}
