//! Linking by tables: what is asked, what is refused, what each side is told, and what one person made of two is.

use chrono::TimeDelta;

use super::{
    effect::{EffectView, Held, Pair, Single, takes_effect},
    *,
};
use crate::domain::{
    decision::{self, Act, Outcome},
    hear::Call,
    ids::{GroupId, PersonId},
    ledger,
    message::Value,
    scope::{Membership, Role, Scope},
    testing::{NOW, context, direct, id, person, scope, shown},
};

fn side(n: u128, platform: Platform) -> Side {
    let alone = Linked { account: id(n), platform, since: None };
    Side { account: id(n), platform, accounts: vec![alone], takes_part: true, is_closed: false, is_busy: false }
}

/// Account 3 on Telegram acts; account 4 on Matrix asked for a code.
fn view() -> LinkView {
    LinkView { own: side(3, Platform::Telegram), pending: None, opened: None }
}

fn linked_side(n: u128, mates: u128) -> Side {
    let mate = |m| Linked { account: id(m), platform: Platform::Matrix, since: Some(NOW) };
    let accounts = std::iter::once(n).chain(50..49 + mates).map(mate).collect();
    Side { accounts, ..side(n, Platform::Telegram) }
}

fn pending(agreed: (bool, bool), effect: Option<Timestamp>) -> Pending {
    let link = Link { id: id(9), asking: id(4), typing: id(3), begun: NOW, asking_agreed: agreed.0, typing_agreed: agreed.1, effect };
    let busy = |side| Side { is_busy: true, ..side };
    Pending { link, asking: Some(busy(side(4, Platform::Matrix))), typing: Some(busy(side(3, Platform::Telegram))) }
}

fn typed(scope: &Scope, view: &LinkView, rest: &str) -> Outcome {
    let call = Call::new(Command::Link, rest);
    ask::link(scope, view, &ask::parse(&call), &mut context())
}

fn changes(outcome: &Outcome) -> Vec<Change> {
    let decision = outcome.as_ref().expect("no refusal");
    let link = |change: &decision::Change| match change {
        decision::Change::Link(change) => Some(change.clone()),
        _ => None,
    };
    decision.changes.iter().filter_map(link).collect()
}

const CODE: &str = "K7QM-2F9D-0RXW";
const WRONG: &str = "me!: link-code-wrong link-code-rules link-code-anew";

#[test]
fn what_is_typed_after_link() {
    for (rest, expected) in [
        ("", ask::LinkArgs::Ask),
        ("Arrêter", ask::LinkArgs::Stop),
        ("stop", ask::LinkArgs::Stop),
        ("comptes", ask::LinkArgs::Accounts),
        ("nuage", ask::LinkArgs::Code(None)),
        ("k7qm 2f9d orxw", ask::LinkArgs::Code(Code::read(CODE))),
        ("@Sam", ask::LinkArgs::Code(None)),
        ("شكرا", ask::LinkArgs::Code(None)),
    ] {
        assert_eq!(ask::parse(&Call::new(Command::Link, rest)), expected, "{rest:?}");
    }
}

#[test]
fn a_code_is_given_in_private_and_one_typed_in_a_group_is_burned() {
    let outcome = typed(&direct(Some(Role::Member)), &view(), "");
    assert_eq!(shown(&outcome), ["me!: link-code-first link-code link-code-how link-code-secret"]);
    let [Change::Code { account, until, .. }] = &changes(&outcome)[..] else { panic!("{outcome:?}") };
    assert_eq!((*account, *until), (id(3), NOW.plus(TimeDelta::minutes(10))));

    let room = scope(Some(Role::Member));
    let outcome = typed(&room, &LinkView { opened: Some(side(4, Platform::Matrix)), ..view() }, CODE);
    assert_eq!(shown(&outcome), ["delete", "me!: link-only-here link-code-seen (link-button-code)"]);
    assert_eq!(changes(&outcome), [Change::Burn(Code::read(CODE).unwrap())]);
    for rest in ["", "stop", "comptes"] {
        let outcome = typed(&room, &view(), rest);
        assert_eq!(shown(&outcome), ["me!: link-only-here (link-button-code)"], "{rest:?}");
        assert!(changes(&outcome).is_empty());
    }
    let outcome = typed(&room, &view(), "nuage");
    assert_eq!(shown(&outcome), ["delete", "me!: link-only-here link-code-seen (link-button-code)"]);
}

#[test]
fn whatever_opens_nothing_gets_the_same_words_and_counts() {
    for (rest, code) in [(CODE, Code::read(CODE)), ("nuage", None)] {
        let outcome = typed(&direct(Some(Role::Member)), &view(), rest);
        assert_eq!(shown(&outcome), [WRONG]);
        assert_eq!(changes(&outcome), [Change::Tried { account: id(3), code, at: NOW }]);
    }
}

#[test]
fn what_cannot_be_linked_is_refused_with_what_to_do() {
    let opens = |opened: Side| LinkView { opened: Some(opened), ..view() };
    let other = || side(4, Platform::Matrix);
    let mine = || side(3, Platform::Telegram);
    let under_way = LinkView { pending: Some(pending((true, true), Some(NOW))), ..opens(other()) };
    let nobody = LinkView { own: Side { takes_part: false, ..mine() }, ..opens(Side { takes_part: false, ..other() }) };
    let together = LinkView { own: Side { accounts: linked_side(3, 2).accounts, ..mine() }, ..opens(side(50, Platform::Matrix)) };
    for (view, expected) in [
        (opens(mine()), "no: link-code-own"),
        (together, "no: link-already (link-button-settings)"),
        (under_way, "no: link-under-way link-takes-effect (link-button-stop)"),
        (opens(Side { is_closed: true, ..other() }), "no: link-closed"),
        (opens(Side { is_busy: true, ..other() }), "no: link-busy"),
        (opens(linked_side(4, 5)), "no: link-full (link-button-settings)"),
        (nobody, "no: link-nobody"),
    ] {
        assert_eq!(shown(&typed(&direct(Some(Role::Member)), &view, CODE)), [expected]);
    }
    let full = LinkView { own: linked_side(3, 5), ..view() };
    assert_eq!(shown(&typed(&direct(None), &full, "")), ["no: link-full (link-button-settings)"]);
    let waits = LinkView { pending: Some(pending((true, false), None)), ..view() };
    assert_eq!(shown(&typed(&direct(None), &waits, "")), ["no: link-under-way link-not-answered (link-button-stop)"]);
    // Four and one are five, which may be.
    let outcome = typed(&direct(None), &opens(linked_side(4, 4)), CODE);
    assert!(matches!(changes(&outcome)[..], [Change::Begin(_)]), "{outcome:?}");
}

#[test]
fn both_are_asked_and_each_learns_only_the_platform_of_the_other() {
    let outcome = typed(&direct(Some(Role::Member)), &LinkView { opened: Some(side(4, Platform::Matrix)), ..view() }, CODE);
    let buttons = "link-means link-warning link-answer-both (link-button-agree)(link-button-refuse)";
    assert_eq!(
        shown(&outcome),
        [format!("account 3!: link-question link-ask-typing {buttons}"), format!("account 4!: link-question link-ask-asking {buttons}")]
    );
    let decision = outcome.unwrap();
    let names: Vec<&Value> = decision
        .acts
        .iter()
        .filter_map(|act| if let Act::Say { content, .. } = act { Some(content) } else { None })
        .flat_map(|content| content.lines.iter().flat_map(|line| line.args.iter().map(|(_, value)| value)))
        .filter(|value| matches!(value, Value::Text(_)))
        .collect();
    assert_eq!(names, [&Value::Text("Matrix".into()), &Value::Text("Telegram".into())]);
}

fn answer(view: &LinkView, action: &Action) -> Outcome {
    confirm::answer(&direct(Some(Role::Member)), view, action, &mut context())
}

#[test]
fn two_yeses_start_the_day_and_one_no_ends_it() {
    let asked = |agreed, effect| LinkView { pending: Some(pending(agreed, effect)), ..view() };
    let yes = Action::Agree(id(9));
    let first = answer(&asked((false, false), None), &yes);
    assert_eq!(shown(&first), ["me!: link-noted link-agreed-wait (link-button-stop)"]);
    assert_eq!(changes(&first), [Change::Agreed { link: id(9), asking: false }]);
    // The same side twice is not both.
    assert_eq!(shown(&answer(&asked((false, true), None), &yes)), ["me!: link-noted link-agreed-wait (link-button-stop)"]);

    let second = answer(&asked((true, false), None), &yes);
    let news = "link-news link-takes-effect link-not-you (link-button-stop)";
    assert_eq!(shown(&second), [format!("me!: {news}"), format!("account 4~: {news}")]);
    let effect = NOW.plus(TimeDelta::hours(24));
    assert_eq!(changes(&second), [Change::Agreed { link: id(9), asking: false }, Change::Starts { link: id(9), effect }]);
    assert_eq!(second.unwrap().timers.iter().map(|timer| timer.at).collect::<Vec<_>>(), [effect]);

    let no = answer(&asked((true, false), None), &Action::Refuse(id(9)));
    assert_eq!(shown(&no), ["me: link-refused", "account 4~: link-news link-refused-beyond"]);
    assert_eq!(changes(&no), [Change::End(id(9))]);

    // Too late, another one's, none: the question no longer stands, and a no does not stop what has started.
    for view in [asked((true, true), Some(NOW)), asked((false, false), None), view()] {
        let other = if view.pending.as_ref().is_some_and(|pending| pending.link.effect.is_none()) { id(8) } else { id(9) };
        for action in [Action::Agree(other), Action::Refuse(other)] {
            assert_eq!(shown(&answer(&view, &action)), ["no: link-over"]);
        }
    }
}

#[test]
fn what_changed_before_the_second_yes_ends_it() {
    let with = |change: fn(&mut Pending)| {
        let mut pending = pending((true, false), None);
        change(&mut pending);
        LinkView { pending: Some(pending), ..view() }
    };
    for (view, expected) in [
        (with(|pending| pending.asking = None), "me: link-over"),
        (with(|pending| pending.asking.as_mut().unwrap().is_closed = true), "me: link-closed"),
        (with(|pending| pending.asking = Some(linked_side(4, 5))), "me: link-full (link-button-settings)"),
        (
            with(|pending| {
                pending.asking.as_mut().unwrap().takes_part = false;
                pending.typing.as_mut().unwrap().takes_part = false;
            }),
            "me: link-nobody",
        ),
    ] {
        let outcome = answer(&view, &Action::Agree(id(9)));
        assert_eq!((shown(&outcome), changes(&outcome)), (vec![expected.to_owned()], vec![Change::End(id(9))]));
    }
}

#[test]
fn anybody_of_either_side_stops_it_in_time() {
    let view_of = |pending| LinkView { pending, ..view() };
    for pending in [pending((true, false), None), pending((true, true), Some(NOW))] {
        let outcome = typed(&direct(None), &view_of(Some(pending)), "stop");
        assert_eq!(shown(&outcome), ["me!: link-stopped link-stopped-next", "account 4~: link-news link-stopped-beyond"]);
        assert_eq!(changes(&outcome), [Change::End(id(9))]);
    }
    assert_eq!(shown(&typed(&direct(None), &view(), "stop")), ["no: link-nothing-to-stop"]);
}

#[test]
fn an_account_is_taken_out_after_being_told_what_it_loses() {
    let linked = LinkView { own: linked_side(3, 3), ..view() };
    let scope = direct(Some(Role::Member));
    let list = typed(&scope, &linked, "comptes");
    assert_eq!(
        shown(&list),
        ["me!: link-accounts link-which-alone (link-account-since)(link-account-since)(link-button-this-account)(link-button-nothing)"]
    );
    let buttons = "link-unlink-anew (link-button-unlink)(link-button-nothing)";
    assert_eq!(shown(&answer(&linked, &Action::Unlink(id(50)))), [format!("me!: link-question link-unlink-that {buttons}")]);
    assert_eq!(shown(&answer(&linked, &Action::Unlink(id(3)))), [format!("me!: link-question link-unlink-this {buttons}")]);
    let other = answer(&linked, &Action::Unlinked(id(50)));
    let told = |to: &str| format!("{to}: link-news link-unlinked (link-button-settings)");
    assert_eq!(shown(&other), [told("me!"), "account 50~: link-news link-alone".into(), told("account 51~")]);
    assert_eq!(changes(&other), [Change::Split(id(50))]);
    let own = answer(&linked, &Action::Unlinked(id(3)));
    assert_eq!(shown(&own), ["me!: link-news link-alone".into(), told("account 50~"), told("account 51~")]);

    // Already out, or never in.
    for action in [Action::Unlink(id(77)), Action::Unlinked(id(77))] {
        assert_eq!(shown(&answer(&linked, &action)), ["no: link-not-linked"]);
    }
    assert_eq!(shown(&answer(&view(), &Action::Unlinked(id(3)))), ["no: link-not-linked"]);
    assert_eq!(shown(&typed(&scope, &view(), "accounts")), ["me: link-none (link-button-code)"]);
    // A link that is under way is off with it.
    let busy = LinkView { pending: Some(pending((true, true), Some(NOW))), ..linked };
    assert_eq!(changes(&answer(&busy, &Action::Unlinked(id(50)))), [Change::Split(id(50)), Change::End(id(9))]);
}

fn held(n: u128, alias: &str, role: Role, credits: i64, asking: bool) -> Held {
    Held { person: person(n, alias, role), left_at: None, credits, asking }
}

fn effect_view() -> EffectView {
    let pair = Pair {
        keep: held(5, "Nadia", Role::Member, 4, true),
        gone: held(6, "Nadia2", Role::Coordinator, 3, false),
        rolls: Vec::new(),
        floor_credits: 0,
        solidarity_credits: 0,
        next_transfer: 7,
    };
    let single = Single { community: id(30), person: id(31), arrivals: Vec::new() };
    let pending = pending((true, true), Some(NOW));
    EffectView { pending, left_meanwhile: false, is_barred: false, pairs: vec![pair], singles: vec![single] }
}

#[test]
fn two_persons_of_a_community_become_one_and_what_one_side_is_alone_the_other_is_too() {
    let decision = takes_effect(&effect_view(), &mut context());
    let done = "link-news link-done link-done-means";
    assert_eq!(
        shown(&Ok(decision.clone())),
        [
            format!("account 4~: {done} link-undo (link-button-settings)"),
            format!("account 3~: {done} link-alias link-undo (link-button-settings)")
        ]
    );
    let [decision::Change::Ledger(ledger::Change::Transfer(transfer)), ..] = &decision.changes[..] else { panic!("{decision:?}") };
    assert_eq!((transfer.number, transfer.amount_credits, transfer.kind), (7, 3, ledger::Kind::Closing));
    let changes = changes(&Ok(decision));
    let [Change::Merge(merge), Change::Unite { set, accounts, persons, .. }, Change::End(ended)] = &changes[..] else {
        panic!("{changes:?}")
    };
    assert_eq!((merge.keep.id, merge.gone, merge.left_at), (id::<PersonId>(5), id(6), None));
    assert!(merge.keep.coordinator, "who coordinates stays coordinator");
    assert_eq!((*set, *ended), (id(9), id(9)));
    assert_eq!((&accounts[..], &persons[..]), (&[id(4), id(3)][..], &[(id(1), id(5)), (id(30), id(31))][..]));
}

#[test]
fn nothing_happens_where_something_changed_and_both_are_told() {
    let with = |change: fn(&mut EffectView)| {
        let mut view = effect_view();
        change(&mut view);
        takes_effect(&view, &mut context())
    };
    let off = |n: u128| format!("account {n}~: link-news link-off");
    for (decision, told) in [
        (with(|view| view.left_meanwhile = true), vec![off(4), off(3)]),
        (with(|view| view.is_barred = true), vec![off(4), off(3)]),
        (with(|view| view.pending.asking.as_mut().unwrap().is_closed = true), vec![off(4), off(3)]),
        (with(|view| view.pending.typing.as_mut().unwrap().is_closed = true), vec![off(4), off(3)]),
        (with(|view| view.pending.typing = None), vec![off(4)]),
        (with(|view| view.pending.asking = None), vec![off(3)]),
        (
            with(|view| {
                view.pending.asking.as_mut().unwrap().takes_part = false;
                view.pending.typing.as_mut().unwrap().takes_part = false;
            }),
            vec![off(4), off(3)],
        ),
        (with(|view| view.pending.asking = Some(linked_side(4, 5))), [4, 50, 51, 52, 53, 3].map(off).to_vec()),
    ] {
        let changes = changes(&Ok(decision.clone()));
        assert_eq!((shown(&Ok(decision)), changes), (told, vec![Change::End(id(9))]));
    }
    // A timer that comes before its hour, or for a link that waits for answers, does nothing.
    for effect in [None, Some(NOW.plus(TimeDelta::seconds(1)))] {
        let mut view = effect_view();
        view.pending.link.effect = effect;
        assert_eq!(takes_effect(&view, &mut context()), Decision::nothing());
    }
}

/// What the merge of two looks like: role and date in the shared group, other groups, until when paused, when left.
#[test]
fn the_higher_role_the_earlier_date_the_longer_pause() {
    let at = |hours: i64| NOW.plus(TimeDelta::hours(hours));
    let member = |group: GroupId, role, since| Membership { group, role, since };
    let mut view = effect_view();
    let pair = &mut view.pairs[0];
    pair.keep.person.memberships = vec![member(id(2), Role::Member, at(-5))];
    pair.gone.person.memberships = vec![member(id(2), Role::Facilitator, at(-2)), member(id(20), Role::Supporter, at(-1))];
    (pair.keep.person.paused_until, pair.gone.person.paused_until) = (Some(at(5)), Some(at(9)));
    (pair.keep.person.language, pair.gone.person.language) = (None, Some("en".into()));
    (pair.keep.person.country, pair.gone.person.country) = (Some("FR".into()), Some("BE".into()));
    (pair.keep.left_at, pair.gone.left_at) = (Some(at(-1)), None);
    let merge_of = |view: &EffectView| {
        let changes = changes(&Ok(takes_effect(view, &mut context())));
        let merge = changes.into_iter().find_map(|change| if let Change::Merge(merge) = change { Some(*merge) } else { None });
        merge.unwrap()
    };
    let Merge { keep, left_at, .. } = merge_of(&view);
    assert_eq!(keep.memberships, [member(id(2), Role::Facilitator, at(-5)), member(id(20), Role::Supporter, at(-1))]);
    assert_eq!(keep.paused_until, Some(at(9)));
    assert_eq!((keep.alias.as_str(), keep.language.as_deref(), keep.country.as_deref()), ("Nadia", Some("en"), Some("FR")));
    assert_eq!(left_at, None, "who is there on one side is there");
    view.pairs[0].gone.left_at = Some(at(-7));
    assert_eq!(merge_of(&view).left_at, Some(at(-1)));
}
