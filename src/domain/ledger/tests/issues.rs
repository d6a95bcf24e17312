//! `/issue`: who may, from which fund, to whom, with which question before.

use super::*;
use crate::domain::{
    ledger::{Action, FundView, IssueArgs, IssueView, Kind, Party, Receivers, answer, issue, parse_issue},
    question::{Action as AnyAction, Change as QuestionChange},
};

fn view(targets: Vec<Target>, fund: Option<FundView>) -> IssueView {
    IssueView { attended: Default::default(), targets, fund, funds: vec!["general".into()], next_number: 4 }
}

fn fund(balance: i64, issued: i64, budget: Option<i64>) -> Option<FundView> {
    Some(FundView { balance_credits: balance, issued_credits: issued, budget_credits: budget, is_closed: false })
}

fn args(rest: &str) -> IssueArgs {
    parse_issue(&call(Command::Issue, rest)).unwrap()
}

fn run(rest: &str, view: &IssueView) -> Result<Decision, Refusal> {
    issue(&scope(1), view, parse_issue(&call(Command::Issue, rest))?, &mut context(1))
}

/// The action behind the first button of the question that a decision asks.
fn first_choice(decision: &Decision) -> Action {
    let action = decision.changes.iter().find_map(|change| match change {
        AnyChange::Question(QuestionChange::Ask(question)) => question.choices.first(),
        _ => None,
    });
    let Some(AnyAction::Ledger(action)) = action else { panic!("a question of the ledger") };
    action.clone()
}

#[test]
fn wrong_words_get_the_right_form_with_their_own_values() {
    let check = |rest: &str, expected: &str| {
        let refusal = parse_issue(&call(Command::Issue, rest)).unwrap_err();
        assert_eq!(shown_refusal(&refusal), expected, "{rest:?}");
    };
    check("", "whom | form-why(/issue, @Sam, 3, )");
    check("@Sam 5", "reason-missing | form-why(/issue, @Sam, 5, )");
    check("@Sam @Awa 5 fonds:mairie", "reason-missing | form-why-fund(/issue, @Sam @Awa, 5, , mairie)");
    check("@Sam fonds:mairie atelier", "amount-missing | form-fund(/issue, @Sam, 3,  atelier, mairie)");
    check("@Sam -5 atelier", "amount-negative | form(/issue, @Sam, 5,  atelier)");
    check("tous 0 fête", "amount-range(1, 10000) | form(/issue, tous, 1,  fête)");
    check("tous @Sam 5 fête", "all-or-some | form(/issue, tous, 5,  fête)");
    check("@Sam atelier 5", "order | form(/issue, @Sam, 5,  atelier)");
}

#[test]
fn the_same_name_twice_is_one_receiver_and_two_names_are_two() {
    let check = |rest: &str, expected: usize| {
        let Receivers::Named(names) = args(rest).to else { panic!("names") };
        assert_eq!(names.len(), expected, "{rest:?}");
    };
    check("@Sam @sam @SÁM 5 atelier", 1);
    check("@Sam @Samuel 5 atelier", 2);
}

#[test]
fn one_person_is_credited_at_once_and_what_the_fund_lacks_is_issued_to_it() {
    let decision = run("@Sam 5 atelier", &view(vec![target(3)], None)).unwrap();
    let moved: Vec<_> =
        transfers(&decision).into_iter().map(|t| (t.number, t.from.clone(), t.to.clone(), t.amount_credits, t.kind)).collect();
    let general = || Party::Fund("general".into());
    assert_eq!(moved, [(4, Party::Issuance, general(), 5, Kind::Issue), (5, general(), Party::Person(ledger_id(3)), 5, Kind::Grant)]);
    let grant = transfers(&decision)[1];
    assert_eq!(grant.reason, Some(("atelier".into(), person_id(3))), "sealed under the receiver's key");
    assert_eq!((grant.by, &grant.named), (Some(person_id(1)), &None));
    let told = said(&decision, Audience::Private(person_id(3)));
    assert_eq!(shown(&told[0]), "news | issued-to-you(5) | reason(atelier) | number(5)");
    let receipt = shown(&said(&decision, Audience::Asker)[0]);
    assert_eq!(receipt, "done | given(5, Sam) | issued-number(5, fund-general) | may-go-back(7)");
}

#[test]
fn the_answer_does_not_tell_whether_somebody_is_there() {
    for rest in ["@Sam 5 atelier", "@Sam @Awa 5 atelier"] {
        let (known, unknown) = (view(vec![target(3), target(4)], None), view(vec![Target::Nobody, target(4)], None));
        let (known, unknown) = (run(rest, &known).unwrap(), run(rest, &unknown).unwrap());
        assert_eq!(said(&known, Audience::Asker), said(&unknown, Audience::Asker), "{rest:?}");
    }
    let decision = run("@Sam 5 atelier", &view(vec![Target::Nobody], None)).unwrap();
    assert_eq!(transfers(&decision)[1].to, Party::WaitingGifts);
    assert_eq!(transfers(&decision)[1].reason, None, "no key of the receiver is there to seal it");
    let [gift] = waiting(&decision)[..] else { panic!("one waits") };
    assert_eq!((&gift.source, gift.reason.as_deref()), (&Party::Fund("general".into()), Some("atelier")));
    assert_eq!(decision.timers.len(), 1);
}

#[test]
fn several_are_asked_about_first_with_count_and_total_and_no_names() {
    let everyone = view(vec![target(1), target(2), target(3)], None);
    let question = run("tous 5 fête du groupe", &everyone).unwrap();
    assert!(transfers(&question).is_empty());
    let asked = &said(&question, Audience::Asker)[0];
    assert_eq!(shown(asked), "confirm | issued-many(10, 5, 2) | reason(fête du groupe) | issue-question(fund-general)");
    assert_eq!(asked.buttons.len(), 2);
    let done = answer(&scope(1), &everyone, first_choice(&question), &mut context(2)).unwrap();
    let amounts: Vec<i64> = transfers(&done).iter().map(|t| t.amount_credits).collect();
    assert_eq!(amounts, [10, 5, 5]);
    let receipt = shown(&said(&done, Audience::Asker)[0]);
    assert_eq!(receipt, "done | issued-many(10, 5, 2) | issued-numbers(5, 6, fund-general)");
    assert!(said(&done, Audience::Private(person_id(1))).is_empty(), "who issues is not credited");
}

#[test]
fn a_count_that_changed_is_asked_about_again() {
    let question = run("tous 5 fête", &view(vec![target(2), target(3)], None)).unwrap();
    let more = view(vec![target(2), target(3), target(4)], None);
    let again = answer(&scope(1), &more, first_choice(&question), &mut context(2)).unwrap();
    assert!(transfers(&again).is_empty());
    assert!(shown(&said(&again, Audience::Asker)[0]).contains("issued-many(15, 5, 3)"));
}

#[test]
fn who_is_coordinator_no_more_issues_no_more() {
    let one = view(vec![target(2), target(3)], None);
    let question = run("tous 5 fête", &one).unwrap();
    let mut demoted = scope(1);
    demoted.person.as_mut().unwrap().coordinator = false;
    let refusal = answer(&demoted, &one, first_choice(&question), &mut context(2)).unwrap_err();
    assert_eq!(refusal.0.lines[0].id, "not-allowed-coordinator");
}

#[test]
fn a_new_fund_is_made_only_after_a_yes() {
    let one = view(vec![target(3)], None);
    let question = run("@Sam 5 fonds:Mairie atelier", &one).unwrap();
    assert!(transfers(&question).is_empty());
    let asked = shown(&said(&question, Audience::Asker)[0]);
    let expected = "confirm | fund-new(Mairie) | fund-known(fund-line(fund-general)) | issued-many(5, 5, 1) | reason(atelier) | issue-question(Mairie)";
    assert_eq!(asked, expected);
    let done = answer(&scope(1), &one, first_choice(&question), &mut context(2)).unwrap();
    assert_eq!(transfers(&done)[0].to, Party::Fund("mairie".into()));
    let known = view(vec![target(3)], fund(0, 5, None));
    assert_eq!(transfers(&run("@Sam 5 fonds:Mairie atelier", &known).unwrap()).len(), 2);
}

#[test]
fn a_budget_is_refused_with_what_is_left() {
    let short = view(vec![target(3)], fund(1, 8, Some(10)));
    let refusal = run("@Sam 5 fonds:mairie atelier", &short).unwrap_err();
    assert_eq!(shown_refusal(&refusal), "not-now | fund-short(mairie, 3, 5) | fund-other");
    let decision = run("@Sam 3 fonds:mairie atelier", &short).unwrap();
    assert_eq!(transfers(&decision).iter().map(|t| t.amount_credits).collect::<Vec<_>>(), [2, 3]);
}

#[test]
fn a_large_total_is_issued_in_transfers_that_are_not_too_large() {
    let everyone = view((2..7).map(target).collect(), None);
    let question = run("tous 10000 fête", &everyone).unwrap();
    let done = answer(&scope(1), &everyone, first_choice(&question), &mut context(2)).unwrap();
    assert_eq!(transfers(&done).len(), 10);
    assert!(transfers(&done).iter().all(|t| t.amount_credits <= 10_000));
}

#[test]
fn not_to_oneself_not_to_the_bot_not_to_nobody_else_not_to_too_many() {
    let refused = |rest: &str, targets: Vec<Target>| shown_refusal(&run(rest, &view(targets, None)).unwrap_err());
    assert_eq!(refused("@Moi 5 x", vec![Target::Oneself]), "issue-self");
    assert_eq!(refused("@Moi @Sam 5 x", vec![target(1), target(3)]), "issue-self");
    assert_eq!(refused("@Bot 5 x", vec![Target::Bot]), "issue-bot");
    assert_eq!(refused("tous 5 x", vec![target(1)]), "issue-alone");
    assert_eq!(refused("tous 5 x", (2..1003).map(target).collect()), "issue-many(1000)");
}

#[test]
fn those_who_came_are_credited_after_a_question_that_says_how_many() {
    use crate::domain::ledger::Attended;
    let came = |targets: Vec<Target>, attended| IssueView { attended, ..view(targets, fund(0, 0, None)) };
    let asked = run("seance:12 2 merci", &came(vec![target(1), target(2), target(3)], Attended::Marked)).unwrap();
    assert!(transfers(&asked).is_empty());
    assert!(shown(&said(&asked, Audience::Asker)[0]).contains("issued-many(4, 2, 2)"), "the coordinator does not credit themself");
    let view = came(vec![target(1), target(2), target(3)], Attended::Marked);
    let paid = answer(&scope(1), &view, first_choice(&asked), &mut context(2)).unwrap();
    let to: Vec<&Party> = transfers(&paid).iter().filter(|t| t.kind == Kind::Grant).map(|t| &t.to).collect();
    assert_eq!(to, [&Party::Person(ledger_id(2)), &Party::Person(ledger_id(3))]);
    let fewer = came(vec![target(2)], Attended::Marked);
    let again = answer(&scope(1), &fewer, first_choice(&asked), &mut context(2)).unwrap();
    assert!(transfers(&again).is_empty(), "asked again where the count is another");
    for (view, rest, expected) in [
        (came(vec![], Attended::None), "seance:12 2 merci", "not-now | attendees-none(12) | attendees-form(/issue)"),
        (came(vec![], Attended::None), "seance:douze 2 merci", "not-now | attendees-none(0) | attendees-form(/issue)"),
        (came(vec![], Attended::NotMarked), "seance:12 2 merci", "not-now | attendees-not-marked(12) | attendees-form(/issue)"),
        (came(vec![target(1)], Attended::Marked), "seance:12 2 merci", "not-now | attendees-nobody(12)"),
        (came(vec![], Attended::Marked), "seance:12 @Sam 2 merci", "not-now | attendees-or-names(/issue)"),
    ] {
        assert_eq!(shown_refusal(&run(rest, &view).unwrap_err()), expected, "{rest}");
    }
}
