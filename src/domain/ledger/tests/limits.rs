//! Limits on gifts, what waits for a coordinator's decision, categories; and the tricks that the limits blunt.

use super::*;
use crate::domain::{
    ids::GiftId,
    ledger::{
        GiveView, HeldArgs, HeldGift, HeldView, Kind, Party, WaitingView, give, held as decide,
        held::HeldSession,
        parse_give, parse_held,
        waiting::{Giver, Whom},
    },
    message::Press,
    session::SessionKind,
};

const COORDINATOR: u128 = 1;

fn rules(change: impl FnOnce(&mut crate::domain::ledger::rules::CreditRules)) -> Scope {
    let mut scope = scope(2);
    change(&mut scope.community.as_mut().unwrap().credits);
    scope
}

fn view(balance: i64, room: Option<i64>) -> GiveView {
    let coordinators = vec![person_id(COORDINATOR), person_id(3)];
    GiveView { balance_credits: balance, target: target(3), room_credits: room, coordinators, next_number: 12, ..GiveView::default() }
}

fn gives(scope: &Scope, view: &GiveView, rest: &str) -> Result<Decision, Refusal> {
    give(scope, view, parse_give(&call(Command::Give, rest))?, &mut context(1))
}

fn answer_of(decision: &Decision) -> String {
    shown(&said(decision, Audience::Asker)[0])
}

#[test]
fn a_gift_beyond_the_month_waits_and_its_giver_reads_the_same() {
    let scope = rules(|rules| rules.received_month_credits = Some(20));
    let within = gives(&scope, &view(10, Some(3)), "@Sam 3 merci").unwrap();
    let beyond = gives(&scope, &view(10, Some(2)), "@Sam 3 merci").unwrap();
    assert_eq!(answer_of(&within), answer_of(&beyond));
    assert_eq!(transfers(&within)[0].to, Party::Person(ledger_id(3)));
    assert_eq!(transfers(&beyond)[0].to, Party::WaitingGifts);
    assert_eq!(waiting(&beyond)[0].whom, Whom::Held(person_id(3)));
    assert!(said(&beyond, Audience::Private(person_id(3))).is_empty(), "who would receive it decides nothing and learns nothing");
    let told = &said(&beyond, Audience::Private(person_id(COORDINATOR)))[0];
    assert_eq!(shown(told), "rules-held-notice | rules-held-gift(12, 3) | rules-held-days(7)");
    let presses: Vec<&Press> = told.buttons.iter().map(|button| &button.press).collect();
    let command = |rest: &str| Press::Command { command: Command::Issue, rest: rest.into() };
    assert_eq!(presses, [&command("accepter 12"), &command("refuser 12")]);
}

#[test]
fn a_declined_gift_goes_its_way_whatever_the_month() {
    let scope = rules(|rules| rules.received_month_credits = Some(20));
    let declined = GiveView { declined: true, ..view(10, Some(0)) };
    let decision = gives(&scope, &declined, "@Sam 3").unwrap();
    assert_eq!(transfers(&decision)[0].to, Party::Fund("solidarity".into()));
    assert!(said(&decision, Audience::Private(person_id(COORDINATOR))).is_empty());
}

#[test]
fn a_day_has_so_many_gifts() {
    let scope = rules(|rules| rules.gifts_day_max = Some(2));
    assert!(gives(&scope, &GiveView { gifts_today: 1, ..view(10, None) }, "@Sam 3").is_ok());
    let refusal = gives(&scope, &GiveView { gifts_today: 2, ..view(10, None) }, "@Sam 3").unwrap_err();
    assert_eq!(shown_refusal(&refusal), "not-now | rules-gifts-today(2)");
}

#[test]
fn what_it_is_for_is_borne_by_the_transfer_and_told_to_both() {
    let scope = rules(|_| {});
    let decision = gives(&scope, &view(10, None), "@Sam 3 categorie:Écoute merci").unwrap();
    assert_eq!(transfers(&decision)[0].category, Some(1));
    assert!(answer_of(&decision).ends_with("category-of(category-listening)"));
    assert!(shown(&said(&decision, Audience::Private(person_id(3)))[0]).contains("category-of(category-listening)"));
    let refusal = gives(&scope, &view(10, None), "@Sam 3 categorie:tricot merci").unwrap_err();
    assert!(shown_refusal(&refusal).starts_with("not-now | category-unknown(tricot, category-line(category-listening); "));
    let asked = gives(&scope, &view(10, None), "@Sam 3 categorie: merci").unwrap();
    assert!(transfers(&asked).is_empty(), "nothing moves before one is chosen");
    assert_eq!(said(&asked, Audience::Asker)[0].buttons.len(), 6);
}

fn item(kind: Kind, giver: u128, receiver: u128) -> HeldGift {
    let session = (kind == Kind::Attendance).then(|| crate::domain::ids::SessionId(Uuid::from_u128(50)));
    let source = session.map_or(Party::Person(ledger_id(giver)), Party::Escrow);
    let gift = WaitingView {
        id: GiftId(Uuid::from_u128(1)),
        number: 12,
        source,
        giver: Some(Giver { id: person_id(giver), alias: Some(format!("Alias {giver}")) }),
        amount_credits: 3,
        reason: None,
        declined: false,
        session,
        receiver: Some(person_id(receiver)),
        category: Some(2),
    };
    let Target::Person(person) = target(receiver) else { unreachable!() };
    let session = session.map(|_| HeldSession { number: 7, kind: SessionKind::Circle });
    HeldGift { gift, receiver: Some(person), session, listed_reasons_only: false }
}

fn decides(items: Vec<HeldGift>, rest: &str) -> Result<Decision, Refusal> {
    let args = parse_held(&call(Command::Issue, rest)).unwrap();
    decide(&scope(COORDINATOR), &HeldView { items, next_number: 20 }, args, &mut context(1))
}

#[test]
fn what_is_accepted_is_paid_as_what_it_was() {
    let gift = decides(vec![item(Kind::Gift, 2, 3)], "accepter 12").unwrap();
    let transfer = transfers(&gift)[0];
    assert_eq!(
        (transfer.kind, &transfer.to, transfer.by, transfer.category),
        (Kind::Gift, &Party::Person(ledger_id(3)), Some(person_id(2)), Some(2))
    );
    assert!(shown(&said(&gift, Audience::Private(person_id(3)))[0]).starts_with("news | gift-received(Alias 2, 3)"));
    assert_eq!(answer_of(&gift), "done | rules-held-accepted(12, 3)", "not by whom, not to whom");
    let earned = decides(vec![item(Kind::Attendance, 3, 3)], "accept 12").unwrap();
    let transfer = transfers(&earned)[0];
    assert_eq!((transfer.kind, transfer.session.is_some(), &transfer.to), (Kind::Attendance, true, &Party::Person(ledger_id(3))));
}

#[test]
fn a_refused_gift_goes_back_in_its_own_time_and_an_earning_to_solidarity_at_once() {
    let gift = decides(vec![item(Kind::Gift, 2, 3)], "refuser 12").unwrap();
    assert!(transfers(&gift).is_empty() && said(&gift, Audience::Private(person_id(2))).is_empty(), "the giver notices nothing");
    assert!(gift.changes.contains(&AnyChange::Ledger(Change::GiftHeld(GiftId(Uuid::from_u128(1)), None))));
    let earned = decides(vec![item(Kind::Attendance, 3, 3)], "refuse 12").unwrap();
    assert_eq!(transfers(&earned)[0].to, Party::Fund("solidarity".into()));
    assert_eq!(shown(&said(&earned, Audience::Private(person_id(3)))[0]), "news | rules-not-earned(3)");
}

#[test]
fn nobody_decides_about_themself_and_nothing_is_decided_twice() {
    for about_oneself in
        [item(Kind::Gift, COORDINATOR, 3), item(Kind::Gift, 2, COORDINATOR), item(Kind::Attendance, COORDINATOR, COORDINATOR)]
    {
        assert_eq!(shown_refusal(&decides(vec![about_oneself], "accepter 12").unwrap_err()), "rules-held-own");
    }
    assert_eq!(shown_refusal(&decides(vec![], "accepter 12").unwrap_err()), "rules-held-none(12)");
    let member = decide(&scope(2), &HeldView::default(), HeldArgs::Accept(12), &mut context(1));
    assert_eq!(shown_refusal(&member.unwrap_err()), "not-allowed-coordinator(/menu)");
    for no_decision in ["@accepter 5 motif", "accepter", "accepter 12 13", "\"accepter\" 12", "refuser Sam"] {
        assert_eq!(parse_held(&call(Command::Issue, no_decision)), None, "{no_decision}");
    }
}

#[test]
fn a_reason_of_the_list_is_chosen_by_button_and_free_text_stays_with_its_writer_where_it_is_not_wanted() {
    let scope = rules(|rules| rules.reasons = vec!["merci pour l'écoute".into()]);
    let asked = gives(&scope, &view(10, None), "@Sam 3").unwrap();
    assert!(transfers(&asked).is_empty());
    assert_eq!(said(&asked, Audience::Asker)[0].buttons.len(), 2, "the reason of the list, and none");
    let only = GiveView { listed_reasons_only: true, ..view(10, None) };
    let told = |view: &GiveView, rest: &str| {
        let decision = gives(&scope, view, rest).unwrap();
        let transfer = transfers(&decision)[0].clone();
        let receiver = shown(&said(&decision, Audience::Private(person_id(3)))[0]);
        (answer_of(&decision), transfer.reason_kept, transfer.reason.is_some(), receiver.contains("reason("))
    };
    let (wanted, kept, _, shown) = told(&view(10, None), "@Sam 3 tu chantes bien");
    assert_eq!((kept, shown), (false, true));
    let (unwanted, kept, is_there, shown) = told(&only, "@Sam 3 tu chantes bien");
    assert_eq!((kept, is_there, shown), (true, true, false), "in the giver's statement, and nowhere else");
    assert_eq!(wanted, unwanted, "the giver learns nothing");
    assert!(!told(&only, "@Sam 3 Merci pour l'ecoute").1, "what the list has is handed over");
}

/// Cheating: everything is given to a friend before booking, so that solidarity pays. The reserve cannot be given.
#[test]
fn what_pays_ones_own_seat_cannot_be_given_away_before() {
    let scope = rules(|rules| rules.reserve_credits = 2);
    let refusal = gives(&scope, &view(10, None), "@Sam 10").unwrap_err();
    assert!(shown_refusal(&refusal).starts_with("not-now | rules-reserve-kept(8, 2)"));
    assert!(gives(&scope, &view(10, None), "@Sam 8").is_ok());
    assert!(gives(&scope, &view(2, None), "@Sam 1").is_err());
    assert!(gives(&scope, &view(10, None), "solidarite 9").is_err(), "nor through solidarity");
}

/// Cheating: a cascade of gifts hides the origin. Whoever hands on what was given to them, nobody comes to more in a month
/// than the limit without a coordinator's word, and each hop is a numbered transfer of its own that names its author.
#[test]
fn a_cascade_of_gifts_brings_nobody_more_than_a_months_limit() {
    let scope = rules(|rules| rules.received_month_credits = Some(20));
    let (mut room, mut paid, mut held) = (20, 0, 0);
    for number in 0..10 {
        let view = GiveView { next_number: 12 + number, ..view(10, Some(room)) };
        let decision = gives(&scope, &view, "@Sam 6").unwrap();
        let [transfer] = transfers(&decision)[..] else { panic!("one hop, one transfer") };
        assert_eq!((transfer.number, transfer.by), (12 + number, Some(person_id(2))));
        match &transfer.to {
            Party::WaitingGifts => held += transfer.amount_credits,
            _ => {
                paid += transfer.amount_credits;
                room -= transfer.amount_credits;
            }
        }
    }
    assert_eq!((paid, held), (18, 42));
}
