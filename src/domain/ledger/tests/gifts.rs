//! `/give`: what is refused and with which words, and that the answer tells nothing of who is there.

use super::*;
use crate::domain::{
    hear::Named,
    ledger::{
        GiveView, Kind, Party, give, parse_give,
        waiting::{WAIT_DAYS, Whom},
    },
    message::{Button, Press},
    timer::Wake,
};

fn view(balance: i64, target: Target) -> GiveView {
    GiveView { balance_credits: balance, target, declined: false, next_number: 12, ..GiveView::default() }
}

fn gift(rest: &str, balance: i64, target: Target) -> Result<Decision, Refusal> {
    let args = parse_give(&call(Command::Give, rest))?;
    give(&scope(2), &view(balance, target), args, &mut context(1))
}

fn check_refused(rest: &str, expected: &str) {
    let refusal = parse_give(&call(Command::Give, rest)).unwrap_err();
    assert_eq!(shown_refusal(&refusal), expected, "{rest:?}");
}

#[test]
fn wrong_words_get_the_right_form_with_their_own_values() {
    check_refused("", "whom | form(/give, @Sam, 3, )");
    check_refused("3", "whom | form(/give, @Sam, 3, )");
    check_refused("4 merci pour hier", "whom | form(/give, @Sam, 4,  merci pour hier)");
    check_refused("@Awa", "amount-missing | form(/give, @Awa, 3, )");
    check_refused("@Awa -7 bravo", "amount-negative | form(/give, @Awa, 7,  bravo)");
    check_refused("@Awa 2,5", "amount-whole | form(/give, @Awa, 2, )");
    check_refused("@Awa 1e9", "amount-whole | form(/give, @Awa, 1, )");
    check_refused("@Awa 1 000", "amount-whole | form(/give, @Awa, 1000, )");
    check_refused("@Awa 0", "amount-range(1, 10000) | form(/give, @Awa, 1, )");
    check_refused("@Awa 10001", "amount-range(1, 10000) | form(/give, @Awa, 10000, )");
    check_refused("@Awa 9223372036854775807", "amount-range(1, 10000) | form(/give, @Awa, 10000, )");
    check_refused("@Awa 99999999999999999999999", "amount-range(1, 10000) | form(/give, @Awa, 10000, )");
    check_refused("@Awa @Lou 3", "give-one | form(/give, @Awa, 3, )");
    check_refused("tous 3", "give-one | form(/give, @Sam, 3, )");
    check_refused("Sam le grand 3", "order | form(/give, \"Sam le grand\", 3, )");
    check_refused("@Awa merci 3", "order | form(/give, @Awa, 3,  merci)");
    check_refused(&format!("@Awa 3 {}", "é".repeat(301)), "reason-long(301, 300)");
}

#[test]
fn to_oneself_and_to_the_bot() {
    let refused = |target| shown_refusal(&gift("@Awa 3 bravo", 10, target).unwrap_err());
    assert_eq!(refused(Target::Oneself), "give-self | form(/give, @Sam, 3,  bravo)");
    assert_eq!(refused(super::target(2)), "give-self | form(/give, @Sam, 3,  bravo)");
    assert_eq!(refused(Target::Bot), "give-bot | form(/give, @Sam, 3,  bravo)");
}

#[test]
fn a_balance_too_low_says_what_is_free_and_offers_that() {
    let refusal = gift("@Awa 5 bravo", 4, target(3)).unwrap_err();
    assert_eq!(shown_refusal(&refusal), "not-now | free(4) | form(/give, @Awa, 4,  bravo)");
    let presses: Vec<&Press> = refusal.0.buttons.iter().map(|button| &button.press).collect();
    let again = Press::Command { command: Command::Give, rest: "@Awa 4 bravo".into() };
    assert_eq!(presses, [&again, &Press::Command { command: Command::Credits, rest: String::new() }]);
    let refusal = gift("@Awa 5", 0, Target::Nobody).unwrap_err();
    assert_eq!(shown_refusal(&refusal), "not-now | free(0) | none-free");
    let refusal = gift("@Awa 5", i64::MIN, target(3)).unwrap_err();
    assert_eq!(shown_refusal(&refusal), "not-now | free(0) | none-free");
}

#[test]
fn no_button_is_too_long_or_forgets_whom_the_platform_named() {
    let long = format!("@{}", "é".repeat(35));
    let refusal = gift(&format!("{long} 5"), 4, Target::Nobody).unwrap_err();
    assert_eq!(refusal.0.buttons.len(), 1);
    let account = crate::domain::event::AccountAddress { platform: Platform::Telegram, id: "7".into() };
    let to = Named { account: Some(account), ..Named::bare("Sam") };
    let args = super::super::GiveArgs {
        to,
        written: "Sam".into(),
        amount_credits: 5,
        reason: None,
        to_solidarity: false,
        category: None,
        reason_asked: false,
    };
    let refusal = give(&scope(2), &view(4, Target::Nobody), args, &mut context(1)).unwrap_err();
    assert!(refusal.0.buttons.iter().all(|button| !matches!(&button.press, Press::Command { command: Command::Give, .. })));
}

#[test]
fn a_gift_to_a_member_is_paid_and_told_with_alias_and_reason() {
    let decision = gift("@Sam 3 bravo", 10, target(3)).unwrap();
    let [transfer] = transfers(&decision)[..] else { panic!("one transfer") };
    assert_eq!((&transfer.from, &transfer.to), (&Party::Person(ledger_id(2)), &Party::Person(ledger_id(3))));
    assert_eq!((transfer.amount_credits, transfer.kind, transfer.number, transfer.by), (3, Kind::Gift, 12, Some(person_id(2))));
    assert_eq!(transfer.reason, Some(("bravo".into(), person_id(2))));
    assert_eq!(transfer.named, Some(("Sam".into(), person_id(2))));
    let told = said(&decision, Audience::Private(person_id(3)));
    assert_eq!(told.iter().map(shown).collect::<Vec<_>>(), ["news | gift-received(Alias 2, 3) | reason(bravo) | number(12)"]);
    assert_eq!(shown(&said(&decision, Audience::Asker)[0]), "done | given(3, Sam) | number(12) | free(7) | may-come-back(7)");
    assert!(decision.timers.is_empty());
}

#[test]
fn a_gift_to_nobody_gets_the_same_answer_and_waits() {
    for rest in ["@Sam 3 bravo", "Sam 3", "3 @Sam"] {
        let (known, unknown) = (gift(rest, 10, target(3)).unwrap(), gift(rest, 10, Target::Nobody).unwrap());
        assert_eq!(said(&known, Audience::Asker), said(&unknown, Audience::Asker));
        assert_eq!(transfers(&known)[0].id, transfers(&unknown)[0].id);
    }
    let decision = gift("@Sam 3 bravo", 10, Target::Nobody).unwrap();
    assert_eq!(transfers(&decision)[0].to, Party::WaitingGifts);
    let [gift] = waiting(&decision)[..] else { panic!("one gift") };
    let Whom::Absent { to, .. } = &gift.whom else { panic!("{gift:?}") };
    assert_eq!((to.typed.as_str(), gift.amount_credits, gift.giver), ("Sam", 3, person_id(2)));
    assert_eq!(gift.transfer, transfers(&decision)[0].id);
    assert_eq!(gift.until, NOW.plus(chrono::TimeDelta::days(WAIT_DAYS)));
    let [timer] = &decision.timers[..] else { panic!("one timer") };
    assert_eq!((timer.at, &timer.wake), (gift.until, &Wake::GiftReturns(gift.id)));
    assert_eq!(decision.acts.len(), 1, "nobody else is told anything");
}

#[test]
fn too_little_is_refused_alike_whoever_is_meant() {
    assert_eq!(gift("@Sam 30", 10, target(3)).unwrap_err(), gift("@Sam 30", 10, Target::Nobody).unwrap_err());
}

#[test]
fn the_floor_of_the_community_counts() {
    let args = || parse_give(&call(Command::Give, "@Sam 5")).unwrap();
    let mut scope = scope(2);
    scope.community.as_mut().unwrap().floor_credits = -3;
    assert!(give(&scope, &view(2, target(3)), args(), &mut context(1)).is_ok());
    assert!(give(&scope, &view(1, target(3)), args(), &mut context(1)).is_err());
    scope.community.as_mut().unwrap().floor_credits = i64::MAX;
    assert!(give(&scope, &view(i64::MIN, target(3)), args(), &mut context(1)).is_err());
}

#[test]
fn who_is_no_member_is_shown_how_to_join() {
    let stranger = Scope { person: None, ..scope(2) };
    let args = parse_give(&call(Command::Give, "@Sam 5")).unwrap();
    let refusal = give(&stranger, &view(9, target(3)), args, &mut context(1)).unwrap_err();
    assert_eq!(refusal.0.lines[0].id, "not-joined");
}

#[test]
fn an_author_without_a_name_is_that_person() {
    let author = Named::bare("\u{200B}");
    let args = parse_give(&Call { reply_to: Some(author), ..call(Command::Give, "3") }).unwrap();
    let decision = give(&scope(2), &view(9, target(3)), args, &mut context(1)).unwrap();
    assert!(shown(&said(&decision, Audience::Asker)[0]).contains("given(3, that-person)"));
}

#[test]
fn the_first_line_fits_a_lock_screen() {
    let decision = gift("@Sam 3 bravo", 10, target(3)).unwrap();
    for act in &decision.acts {
        let Act::Say { content, .. } = act else { continue };
        assert!(content.lines[0].args.is_empty(), "the first line bears no value");
    }
    let told = said(&decision, Audience::Private(person_id(3)));
    let credits = Button::command(Msg::new("credits-button-credits"), Command::Credits, "");
    assert_eq!(told[0].buttons, [credits, crate::domain::safety::block::button(transfers(&decision)[0].id.0)]);
}

#[test]
fn who_wants_nothing_from_the_giver_gets_nothing_and_the_giver_sees_no_difference() {
    let args = || parse_give(&call(Command::Give, "@Sam 3 bravo")).unwrap();
    let declined = GiveView { declined: true, ..view(10, target(3)) };
    let (paid, kept) = (gift("@Sam 3 bravo", 10, target(3)).unwrap(), give(&scope(2), &declined, args(), &mut context(1)).unwrap());
    assert_eq!(said(&paid, Audience::Asker), said(&kept, Audience::Asker));
    assert_eq!(kept.acts.len(), 1, "nobody else is told anything");
    assert!(kept.timers.is_empty() && waiting(&kept).is_empty(), "nothing comes back");
    let [one] = transfers(&kept)[..] else { panic!("one transfer") };
    let paid = transfers(&paid)[0];
    assert_eq!(one.to, Party::Fund("solidarity".into()));
    assert_eq!(&Transfer { to: paid.to.clone(), ..one.clone() }, paid);
    assert_eq!(
        give(&scope(2), &declined, parse_give(&call(Command::Give, "@Sam 30")).unwrap(), &mut context(1)).unwrap_err(),
        gift("@Sam 30", 10, target(3)).unwrap_err()
    );
}
