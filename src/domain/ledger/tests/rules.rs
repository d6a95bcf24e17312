//! `/settings credits`: what is shown, what changes, and what is refused.

use super::*;
use crate::domain::{
    ledger::{
        rule_settings::{RulesView, settings},
        rules::Rewards,
    },
    people::{self, CommunitySetting},
    scope::LateRule,
    session::SessionKind,
};

fn view() -> RulesView {
    RulesView { funds: vec!["general".into(), "mairie".into()] }
}

/// The coordinator's community after these words, and what was answered.
fn changed(community: Community, rest: &str) -> (Community, String) {
    let scope = Scope { community: Some(community.clone()), ..scope(1) };
    let decision = match settings(&scope, &view(), &call(Command::Settings, rest), &mut context(1)) {
        Ok(decision) => decision,
        Err(refusal) => return (community, format!("no: {}", shown_refusal(&refusal))),
    };
    let mut after = community;
    for change in &decision.changes {
        match change {
            AnyChange::People(people::Change::Community(_, CommunitySetting::Floor(floor))) => after.floor_credits = *floor,
            AnyChange::People(people::Change::Community(_, CommunitySetting::LateRule(rule))) => after.late_rule = *rule,
            AnyChange::People(people::Change::Community(_, CommunitySetting::Credits(rules))) => after.credits = (**rules).clone(),
            _ => {}
        }
    }
    (after, shown(&said(&decision, Audience::Asker)[0]))
}

fn check(rest: &str, expected: &str) -> Community {
    let (after, answer) = changed(community(), rest);
    assert_eq!(answer, expected, "{rest:?}");
    after
}

#[test]
fn a_changed_rule_is_shown_before_and_after() {
    let after =
        check("credits plancher -5", "rules-changed | rules-before(rules-floor(0)) | rules-now(rules-floor(-5)) | rules-from-floor");
    assert_eq!(after.floor_credits, -5);
    let after = check(
        "credits price workshop 2",
        "rules-changed | rules-before(rules-price(0, 0, 0, 0)) | rules-now(rules-price(0, 0, 2, 0)) | rules-from-proposed",
    );
    assert_eq!(after.credits.terms(SessionKind::Workshop).price_credits, 2);
    let after = check(
        "credits récompense 3",
        "rules-changed | rules-before(rules-reward(0, 0, 0, 0)) | rules-now(rules-reward(3, 3, 3, 3)) | rules-from-proposed",
    );
    assert_eq!(after.credits.terms(SessionKind::Listening).reward_credits, 3);
    let after = check(
        "retard moitié",
        "rules-changed | rules-before(rules-late(rules-late-return)) | rules-now(rules-late(rules-late-half-solidarity)) | rules-from-booked",
    );
    assert_eq!((after.late_rule, after.credits.late_half), (LateRule::Solidarity, true));
    let after = check(
        "credits source fonds Mairie",
        "rules-changed | rules-before(rules-source-fund(fund-general)) | rules-now(rules-source-fund(mairie)) | rules-from-marked",
    );
    assert_eq!(after.credits.rewards, Rewards::Fund("mairie".into()));
    check("credits plancher 0", "rules-same | rules-floor(0)");
}

#[test]
fn a_late_rule_changes_whole() {
    let (half_host, _) = changed(community(), "late half host");
    assert_eq!((half_host.late_rule, half_host.credits.late_half), (LateRule::Host, true));
    let (whole, _) = changed(half_host.clone(), "late solidarity");
    assert_eq!((whole.late_rule, whole.credits.late_half), (LateRule::Solidarity, false));
    let (nothing, _) = changed(half_host, "late nothing");
    assert_eq!((nothing.late_rule, nothing.credits.late_half), (LateRule::Return, false));
}

#[test]
fn where_rewards_come_from_prices_alone_none_is_on_top() {
    let (after, _) = changed(community(), "credits recompense 3");
    let (after, _) = changed(after, "credits source prix");
    assert_eq!(after.credits.terms(SessionKind::Circle).reward_credits, 0);
    let (after, _) = changed(after, "credits source fonds:general");
    assert_eq!(after.credits.terms(SessionKind::Circle).reward_credits, 3);
}

#[test]
fn a_credit_gets_a_name_in_each_language() {
    let (after, _) = changed(community(), "credits unite heure heures");
    let (after, answer) = changed(after, "credits unit en hour hours");
    assert!(answer.contains("rules-unit(hour, hours,"), "{answer}");
    let unit = |tag: &str| after.credits.unit(tag).map(|unit| (unit.one, unit.many));
    assert_eq!(unit("fr"), Some(("heure".into(), "heures".into())));
    assert_eq!(unit("en-GB"), Some(("hour".into(), "hours".into())));
    let (after, _) = changed(after, "credits unite fr défaut");
    assert_eq!(after.credits.unit("fr"), None);
    for bad in ["unite heure", "unite 1 2", "unite @sam @sams", "unite heure \"\"", "unite un deux trois quatre"] {
        let (after, answer) = changed(community(), &format!("credits {bad}"));
        assert!(answer.starts_with("no: rules-not-changed | rules-unit-"), "{bad}: {answer}");
        assert_eq!(after.credits, community().credits);
    }
}

#[test]
fn what_cannot_be_a_value_says_how_it_is_written() {
    let form = |name: &str| format!("rules-{name}-form(/settings)");
    for (rest, expected) in [
        ("credits plancher 5", format!("no: rules-not-changed | rules-floor-range(-1000) | {}", form("floor"))),
        ("credits plancher -9999999999999999999999", format!("no: rules-not-changed | rules-floor-range(-1000) | {}", form("floor"))),
        ("credits plancher bas", format!("no: rules-not-changed | rules-not-understood(bas) | {}", form("floor"))),
        ("credits prix cercle 101", format!("no: rules-not-changed | rules-terms-range(100) | {}", form("price"))),
        ("credits prix cercle -1", format!("no: rules-not-changed | rules-terms-range(100) | {}", form("price"))),
        ("credits prix tricot 2", format!("no: rules-not-changed | rules-not-understood(tricot 2) | {}", form("price"))),
        ("credits retard tiers", format!("no: rules-not-changed | rules-not-understood(tiers) | {}", form("late"))),
        ("credits source fonds ville", format!("no: rules-not-changed | rules-source-unknown(ville, /fund) | {}", form("source"))),
        ("credits source", format!("rules-one | rules-source-fund(fund-general) | rules-source-explained | {}", form("source"))),
    ] {
        assert_eq!(changed(community(), rest).1, expected, "{rest:?}");
    }
    assert!(changed(community(), "credits taux 3").1.starts_with("no: rules-unknown(taux) | rules-floor(0)"));
}

#[test]
fn only_coordinators_see_and_change_them() {
    let refusal = settings(&scope(2), &view(), &call(Command::Settings, "credits plancher -5"), &mut context(1)).unwrap_err();
    assert_eq!(shown_refusal(&refusal), "not-allowed-coordinator(/menu)");
}
