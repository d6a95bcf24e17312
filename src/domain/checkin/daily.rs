//! `/checkin`: five faces, an optional word; once a local day counts, the latest wins; skipping is an answer.

use chrono::TimeDelta;

use super::{Action, Change, Entry, SCORE_MAX, SCORE_MIN, danger::danger, sos};
use crate::domain::{
    command::Command,
    decision::{Act, Audience, Context, Decision, Manner, Outcome},
    event::Platform,
    hear::Call,
    message::{Button, Content, Msg, Value},
    people::{
        CHECKIN_CONSENT_VERSION, Purpose,
        consent::{self, Standing},
        steps,
    },
    question::{self, Action as Choice},
    scope::{Community, Person, Place, Scope},
    words::{clean_text, fold, whole_number},
};

/// The longest note, in characters.
pub const NOTE_CHARS_MAX: usize = 1000;

/// The full care text comes at most once in so many days.
const FULL_CARE_DAYS: i64 = 7;

/// What the store must load.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct CheckinView {
    /// The person's check-ins of the last eight local days, today's included.
    pub recent: Vec<Entry>,
}

/// What was typed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum CheckinArgs {
    /// Nothing: the faces.
    Bare,
    /// A score, perhaps with a note.
    Score(u8, Option<String>),
    /// A word is to be added to today's.
    Word,
    /// Today's is to be erased.
    Erase,
    /// Not today.
    Skip,
    /// None of it; what may be meant as the note.
    Wrong(String),
}

/// Reads `2`, `2 dure nuit`, `🙂`, `bien`, and the words of the buttons.
pub fn parse(call: &Call) -> CheckinArgs {
    let whole = fold(&call.rest);
    match whole.trim() {
        "" => return CheckinArgs::Bare,
        "mot" | "word" | "note" => return CheckinArgs::Word,
        "effacer" | "erase" => return CheckinArgs::Erase,
        "passer" | "skip" => return CheckinArgs::Skip,
        whole => {
            if let Some(score) = in_words(whole) {
                return CheckinArgs::Score(score, None);
            }
        }
    }
    let first = call.words.first().map_or("", |word| word.text.as_str());
    let after = call.rest_from(1);
    let score = face(first).or_else(|| {
        let typed = first.strip_suffix("/5").unwrap_or(first).trim_end_matches([':', ',', '.', ';']);
        whole_number(typed).ok().and_then(|n| u8::try_from(n).ok()).filter(|n| (SCORE_MIN..=SCORE_MAX).contains(n))
    });
    match score {
        Some(score) => CheckinArgs::Score(score, note(after)),
        None if looks_like_number(first) => CheckinArgs::Wrong(after.to_owned()),
        None => CheckinArgs::Wrong(call.rest.clone()),
    }
}

fn looks_like_number(word: &str) -> bool {
    fold(word).trim_start_matches(['-', '+', '\u{2212}']).starts_with(|c: char| c.is_ascii_digit())
}

fn note(typed: &str) -> Option<String> {
    let note: String = clean_text(typed).chars().take(NOTE_CHARS_MAX).collect();
    (!note.is_empty()).then_some(note)
}

/// The score that a whole answer in words means.
fn in_words(folded: &str) -> Option<u8> {
    Some(match folded {
        "tres mal" | "very bad" => 1,
        "mal" | "pas bien" | "bad" | "not good" => 2,
        "moyen" | "bof" | "comme ci comme ca" | "so-so" | "so so" | "ok" => 3,
        "bien" | "ca va" | "good" | "fine" => 4,
        "tres bien" | "very good" | "great" => 5,
        _ => return None,
    })
}

/// The score of a face of the question.
fn face(word: &str) -> Option<u8> {
    Some(match word.trim_end_matches('\u{FE0F}') {
        "😞" => 1,
        "🙁" | "☹" => 2,
        "😐" => 3,
        "🙂" => 4,
        "😊" => 5,
        _ => return None,
    })
}

/// The words beside a face.
pub fn face_text(score: u8) -> Msg {
    match score {
        0 | 1 => Msg::new("care-checkin-question-button-1"),
        2 => Msg::new("care-checkin-question-button-2"),
        3 => Msg::new("care-checkin-question-button-3"),
        4 => Msg::new("care-checkin-question-button-4"),
        5.. => Msg::new("care-checkin-question-button-5"),
    }
}

/// Answers `/checkin`. What was typed in a group is deleted there where the bot may, and answered in private.
/// Words of danger in the note bring their own text, which the road of every event adds.
pub fn checkin(scope: &Scope, view: &CheckinView, call: &Call, ctx: &mut Context) -> Outcome {
    let Some(person) = &scope.person else { return Err(Msg::new("no-group").into()) };
    let args = parse(call);
    let answered = match &args {
        CheckinArgs::Erase | CheckinArgs::Skip => carry_on(scope, person, view, args, ctx),
        _ if !is_open(scope) => closed(scope, person, &args),
        CheckinArgs::Bare | CheckinArgs::Score(..) | CheckinArgs::Word if !person.consents.given(Purpose::Checkins) => {
            ask_consent(scope, person, &call.rest, ctx)
        }
        CheckinArgs::Bare | CheckinArgs::Score(..) | CheckinArgs::Word | CheckinArgs::Wrong(_) => carry_on(scope, person, view, args, ctx),
    };
    let to_delete = matches!(scope.place, Place::Room(_)) && !call.rest.is_empty();
    Ok(if to_delete { answered.act(Act::DeleteAsked) } else { answered })
}

/// Nothing about somebody's health is kept before it is known who answers for it; in the terminal nobody real is asked.
fn is_open(scope: &Scope) -> bool {
    scope.account.platform == Platform::Terminal || scope.community.as_ref().is_some_and(Community::has_controller)
}

/// Nothing is kept or shown; coordinators read what is missing. A hard day brings the lines all the same.
fn closed(scope: &Scope, person: &Person, args: &CheckinArgs) -> Decision {
    let said = Content::from(Msg::new("checkin-closed").with("sos", Command::Sos));
    let said = match &scope.community {
        Some(community) if person.coordinator => {
            steps::missing(community).into_iter().fold(said, Content::line).buttons(steps::buttons(community))
        }
        Some(_) | None => said.line(Msg::new("checkin-closed-team")),
    };
    let said = Decision::answer(said);
    if matches!(args, CheckinArgs::Score(SCORE_MIN, _)) { said.and(sos::say(scope)) } else { said }
}

/// "Yes" among one's choices: the text and its two answers, then the first question.
pub fn begin(scope: &Scope, person: &Person, ctx: &mut Context) -> Decision {
    if is_open(scope) { ask_consent(scope, person, "", ctx) } else { closed(scope, person, &CheckinArgs::Bare) }
}

/// Before the first one: what is kept, for how long, who sees it; what was typed waits in the answer.
fn ask_consent(scope: &Scope, person: &Person, rest: &str, ctx: &mut Context) -> Decision {
    let lines = vec![
        Msg::new("checkin-consent"),
        Msg::new("checkin-consent-what"),
        Msg::new("checkin-consent-who"),
        Msg::new("checkin-consent-how-long").with("count", super::NOTE_DAYS),
        Msg::new("checkin-consent-free").with("choices", Command::Choices),
    ];
    let (community, rest) = (person.community, rest.to_owned());
    let choices = vec![
        (
            Msg::new("checkin-consent-button-yes"),
            Choice::Checkin(Action::Agree { community, version: CHECKIN_CONSENT_VERSION, rest: rest.clone() }),
        ),
        (Msg::new("checkin-consent-button-no"), Choice::Checkin(Action::Decline { community, rest })),
    ];
    let (change, buttons) = question::ask(ctx, scope.account.id, choices);
    Decision::nothing().change(change).say(Audience::Asker, Content::from(lines).buttons(buttons), Manner::Care)
}

/// An answer to the consent: yes goes on with what was typed.
pub fn answer(scope: &Scope, view: &CheckinView, action: &Action, ctx: &mut Context) -> Outcome {
    let Some(person) = &scope.person else { return Err(Msg::new("no-group").into()) };
    match action {
        Action::Agree { version, rest, .. } => {
            let args = parse(&Call::new(Command::Checkin, rest));
            if !is_open(scope) {
                return Ok(closed(scope, person, &args));
            }
            if *version < CHECKIN_CONSENT_VERSION {
                return Ok(ask_consent(scope, person, rest, ctx));
            }
            let agreed = consent::given(person.id, Purpose::Checkins, ctx);
            Ok(Decision::nothing().change(agreed).and(carry_on(scope, person, view, args, ctx)))
        }
        Action::Decline { rest, .. } => {
            let said = Msg::new("checkin-declined").with("sos", Command::Sos).with("checkin", Command::Checkin);
            let declined = match person.consents.standing(Purpose::Checkins) {
                Standing::Given(_) | Standing::Outdated(_) => {
                    Decision::nothing().change(consent::withdrawn(person.id, Purpose::Checkins, ctx))
                }
                Standing::Never | Standing::Withdrawn(_) => Decision::nothing(),
            };
            let declined = declined.tell(Audience::Asker, said);
            let hard = matches!(parse(&Call::new(Command::Checkin, rest)), CheckinArgs::Score(SCORE_MIN, _));
            Ok(if hard { declined.and(sos::say(scope)) } else { declined })
        }
        Action::EraseAll { .. } => Ok(Decision::nothing()
            .change(Change::EraseAll(person.id))
            .change(question::Change::AwaitNothing(scope.account.id))
            .tell(Audience::Asker, Msg::new("checkin-all-erased").with("choices", Command::Choices))),
    }
}

fn carry_on(scope: &Scope, person: &Person, view: &CheckinView, args: CheckinArgs, ctx: &Context) -> Decision {
    let day = ctx.now.day(scope.zone);
    let today = view.recent.iter().find(|entry| entry.day == day);
    match args {
        CheckinArgs::Bare => ask(today),
        CheckinArgs::Skip => Decision::answer(Msg::new("checkin-skipped").with("sos", Command::Sos)),
        CheckinArgs::Score(score, note) => keep(scope, person, view, score, note, ctx),
        CheckinArgs::Erase => match today {
            Some(_) => Decision::nothing()
                .change(Change::Erase { person: person.id, day })
                .tell(Audience::Asker, Msg::new("checkin-erased").with("checkin", Command::Checkin)),
            None => Decision::answer(Msg::new("checkin-nothing-today").with("checkin", Command::Checkin)),
        },
        CheckinArgs::Word => match today {
            Some(entry) => Decision::answer(Msg::new("checkin-word-ask")).await_text(
                ctx,
                scope.account.id,
                Command::Checkin,
                format!("{} ", entry.score),
            ),
            None => ask(None),
        },
        CheckinArgs::Wrong(note) => wrong(&note),
    }
}

/// The question; button n is score n.
fn ask(today: Option<&Entry>) -> Decision {
    let question = Content::from(Msg::new("care-checkin-question")).buttons(faces());
    Decision::answer(match today {
        Some(_) => question.line(Msg::new("checkin-replaces")).buttons([word_button(), erase_button()]),
        None => question,
    })
}

/// The five faces and "skip".
pub fn faces() -> Vec<Button> {
    let skip = Button::command(Msg::new("care-checkin-question-button-skip"), Command::Checkin, "passer");
    let face = |score: u8| Button::command(face_text(score), Command::Checkin, score.to_string());
    (SCORE_MIN..=SCORE_MAX).map(face).chain([skip]).collect()
}

fn word_button() -> Button {
    Button::command(Msg::new("checkin-button-word"), Command::Checkin, "mot")
}

fn erase_button() -> Button {
    Button::command(Msg::new("checkin-button-erase"), Command::Checkin, "effacer")
}

fn edit_buttons() -> [Button; 3] {
    [word_button(), Button::command(Msg::new("checkin-button-change"), Command::Checkin, ""), erase_button()]
}

/// The right form, with the person's own words as the note.
fn wrong(typed: &str) -> Decision {
    let note = note(typed).map_or_else(|| Value::from(Msg::new("checkin-form-note")), Value::Text);
    let form = Msg::new("checkin-form").with("checkin", Command::Checkin).with("note", note);
    Decision::answer(Content::from(vec![Msg::new("checkin-wrong"), form]).buttons(faces()))
}

/// Today's is this one now; the hardest score brings the care text.
fn keep(scope: &Scope, person: &Person, view: &CheckinView, score: u8, note: Option<String>, ctx: &Context) -> Decision {
    let day = ctx.now.day(scope.zone);
    let earlier = view.recent.iter().find(|entry| entry.day == day);
    let lately = ctx.now.minus(TimeDelta::days(FULL_CARE_DAYS));
    let shown = view.recent.iter().filter_map(|entry| entry.full_care).max().filter(|at| *at > lately);
    let in_danger = note.as_deref().is_some_and(danger);
    let full = score == SCORE_MIN && shown.is_none() && !in_danger;
    let has_note = note.is_some();
    let replaces = earlier.is_some_and(|entry| entry.score != score || entry.note.is_some());
    let entry = Entry {
        person: person.id,
        day,
        score,
        note,
        full_care: if full { Some(ctx.now) } else { earlier.and_then(|entry| entry.full_care) },
        at: ctx.now,
    };
    let decision = Decision::nothing().change(Change::Keep(entry)).change(question::Change::AwaitNothing(scope.account.id));
    match (score, full) {
        // The text for words of danger follows, with all lines.
        _ if in_danger => decision.tell(Audience::Asker, kept(score, has_note, replaces)),
        (SCORE_MIN, true) => decision.say(Audience::Asker, full_care(scope), Manner::Care),
        (SCORE_MIN, false) => decision.say(Audience::Asker, short_care(scope), Manner::Care),
        _ => decision.tell(Audience::Asker, kept(score, has_note, replaces)),
    }
}

fn kept(score: u8, has_note: bool, again: bool) -> Content {
    let first = if again { Msg::new("checkin-kept-again") } else { Msg::new("checkin-kept") };
    let second = if has_note { Msg::new("checkin-kept-with-word") } else { Msg::new("checkin-kept-what") };
    Content::from(vec![first, second.with("what", face_text(score))]).buttons(edit_buttons())
}

fn talk_button() -> Button {
    Button::command(Msg::new("care-score-one-button-talk"), Command::Talk, "")
}

fn full_care(scope: &Scope) -> Content {
    let text = Msg::new("care-score-one").with("lines", Value::Lines(scope.country.clone()));
    Content::from(text)
        .buttons([
            talk_button(),
            Button::command(Msg::new("care-score-one-button-others"), Command::Sos, sos::OTHERS),
            Button::command(Msg::new("care-score-one-button-later"), Command::Checkin, "passer"),
        ])
        .buttons(sos::country_button(scope))
}

fn short_care(scope: &Scope) -> Content {
    let text = Msg::new("care-score-one-short").with("lines", Value::Lines(scope.country.clone()));
    Content::from(text).buttons([talk_button()]).buttons(edit_buttons())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_is_a_score_a_button_or_wrong() {
        let wrong = |note: &str| CheckinArgs::Wrong(note.to_owned());
        for (rest, expected) in [
            ("", CheckinArgs::Bare),
            ("3", CheckinArgs::Score(3, None)),
            ("٣", CheckinArgs::Score(3, None)),
            ("3/5", CheckinArgs::Score(3, None)),
            ("2 dure nuit", CheckinArgs::Score(2, Some("dure nuit".into()))),
            ("2, dure nuit", CheckinArgs::Score(2, Some("dure nuit".into()))),
            ("🙂 mieux", CheckinArgs::Score(4, Some("mieux".into()))),
            ("Très bien", CheckinArgs::Score(5, None)),
            ("2 \u{202E}x", CheckinArgs::Score(2, Some("x".into()))),
            ("mot", CheckinArgs::Word),
            ("Effacer", CheckinArgs::Erase),
            ("skip", CheckinArgs::Skip),
            ("0", wrong("")),
            ("6 super", wrong("super")),
            ("2,5", wrong("")),
            ("-1", wrong("")),
            ("1e9 x", wrong("x")),
            ("99999999999999999999", wrong("")),
            ("bien dormi", wrong("bien dormi")),
        ] {
            assert_eq!(parse(&Call::new(Command::Checkin, rest)), expected, "{rest:?}");
        }
    }

    #[test]
    fn a_note_is_cut_at_its_longest() {
        let CheckinArgs::Score(2, Some(note)) = parse(&Call::new(Command::Checkin, &format!("2 {}", "é".repeat(1500)))) else {
            panic!("a score")
        };
        assert_eq!(note.chars().count(), NOTE_CHARS_MAX);
    }
}
