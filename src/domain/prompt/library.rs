//! `/prompt add|list|remove|every monday 18:00|off`: the questions that a group has in store, and the one that comes every week.

use super::{Action, Change, TEXT_CHARS_MAX, write};
use crate::domain::{
    command::Command,
    dates,
    decision::{Audience, Context, Decision, Manner, Outcome, Refusal},
    hear::Call,
    ids::GroupId,
    message::{Button, Content, Msg, Value},
    question::{self, Action as Choice},
    scope::{Group, Role, Scope},
    time::{Timestamp, Zone},
    timer::Wake,
    words::{clean_text, fold, whole_number},
};
use chrono::{Datelike, NaiveTime, TimeDelta, Weekday};

/// So many questions are in store at most: a list that one can still read.
pub const LIBRARY_MAX: usize = 30;
/// So much of each stands in the list, in characters.
const LISTED_CHARS: usize = 100;
/// What is later than that is not posted any more: the next week has its own.
const LATE_HOURS: i64 = 12;

/// A question in store.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Item {
    /// By which people call it, from 1 in each group.
    pub number: i64,
    /// The words.
    pub text: String,
    /// When it was last posted.
    pub posted_at: Option<Timestamp>,
}

/// When a group gets a question by itself.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Rota {
    /// On which day of the week.
    pub weekday: Weekday,
    /// At which minute of that day, in the community's zone.
    pub minute: u32,
    /// The next one.
    pub next_at: Timestamp,
}

impl Rota {
    /// The rota whose next time is after `now`; the hour on the wall stays over clock changes.
    pub fn after(weekday: Weekday, minute: u32, zone: Zone, now: Timestamp) -> Self {
        let time = NaiveTime::from_hms_opt(minute / 60 % 24, minute % 60, 0).unwrap_or(NaiveTime::MIN);
        let today = now.day(zone);
        let ahead = (7 + i64::from(weekday.num_days_from_monday()) - i64::from(today.weekday().num_days_from_monday())) % 7;
        let at = |days: i64| zone.instant_or_later((today + TimeDelta::days(days)).and_time(time));
        let next_at = if at(ahead) > now { at(ahead) } else { at(ahead + 7) };
        Self { weekday, minute, next_at }
    }
}

/// What was asked.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum LibraryArgs {
    /// What is in store.
    List,
    /// One more.
    Add(String),
    /// One less.
    Remove(i64),
    /// Every week from now on.
    Every(Weekday, u32),
    /// No more by itself.
    Off,
}

/// What the store must load.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct LibraryView {
    /// What is in store, by number.
    pub items: Vec<Item>,
    /// When one comes by itself.
    pub rota: Option<Rota>,
}

impl LibraryView {
    /// What comes next: what was never posted, then what was posted longest ago.
    fn next(&self) -> Option<&Item> {
        self.items.iter().min_by_key(|item| (item.posted_at, item.number))
    }
}

/// Reads what is about the library; `None` where a prompt is meant.
pub fn parse(call: &Call) -> Option<LibraryArgs> {
    let first = call.words.first().filter(|word| !word.quoted)?;
    let words: Vec<String> = call.words.iter().skip(1).map(|word| fold(&word.text)).collect();
    let alone = words.is_empty();
    match fold(&first.text).as_str() {
        "liste" | "list" | "bibliotheque" | "library" if alone => Some(LibraryArgs::List),
        "ajouter" | "add" => Some(LibraryArgs::Add(write::unquoted(&clean_text(call.rest_from(1))))),
        "retirer" | "remove" => match words.as_slice() {
            [number] => whole_number(number.trim_start_matches("n°").trim_start_matches('#')).ok().map(LibraryArgs::Remove),
            _ => None,
        },
        "chaque" | "every" => every(&words),
        "off" | "arret" | "stop" if alone => Some(LibraryArgs::Off),
        _ => None,
    }
}

/// A weekday and an hour, and nothing else: `lundi 18h`, `monday at 18:00`.
fn every(words: &[String]) -> Option<LibraryArgs> {
    let said: Vec<&str> = words.iter().map(String::as_str).filter(|word| !matches!(*word, "a" | "at")).collect();
    let [day, hour] = said[..] else { return None };
    Some(LibraryArgs::Every(dates::weekday_of(day)?, dates::minute_of(hour)?))
}

/// The group, if the asker may fill its library.
fn filled_by(scope: &Scope) -> Result<&Group, Refusal> {
    let Some(group) = &scope.group else { return Err(Msg::new("no-group").into()) };
    if scope.role() < Some(Role::Facilitator) {
        return Err(Msg::new("not-allowed-facilitator").with("menu", Command::Menu).into());
    }
    Ok(group)
}

/// Shows and changes what is in store.
pub fn library(scope: &Scope, view: &LibraryView, args: &LibraryArgs, ctx: &mut Context) -> Outcome {
    let group = filled_by(scope)?;
    let zone = scope.community.as_ref().map_or(scope.zone, |community| community.zone);
    match args {
        LibraryArgs::List => Ok(Decision::answer(list(view, zone))),
        LibraryArgs::Add(text) => add(scope, group.id, view, text, ctx),
        LibraryArgs::Remove(number) => {
            let Some(item) = view.items.iter().find(|item| item.number == *number) else {
                return Err(Refusal::new(Content::from(Msg::new("library-no-such").with("number", *number)).buttons([list_button()])));
            };
            let mut content = Content::from(Msg::new("library-removed")).line(Msg::new("library-text").with("text", item.text.as_str()));
            if view.items.len() == 1 && view.rota.is_some() {
                content.lines.push(Msg::new("library-empty-rota"));
            }
            let back = vec![(Msg::new("library-button-back"), Choice::Prompt(Action::Keep { group: group.id, text: item.text.clone() }))];
            let (asked, buttons) = question::ask(ctx, scope.account.id, back);
            Ok(Decision::nothing().change(Change::Remove(group.id, *number)).change(asked).tell(Audience::Asker, content.buttons(buttons)))
        }
        LibraryArgs::Every(weekday, minute) => {
            if view.items.is_empty() {
                return Err(Refusal::new(Content::from(Msg::new("library-empty")).line(form())));
            }
            let rota = Rota::after(*weekday, *minute, zone, ctx.now);
            let mut content =
                Content::from(Msg::new("library-rota")).line(Msg::new("library-next").with("when", Value::MomentIn(rota.next_at, zone)));
            content.lines.extend(view.next().map(|item| Msg::new("library-text").with("text", item.text.as_str())));
            if group.paused {
                content.lines.push(Msg::new("library-paused").with("resume", Command::Resume));
            }
            let off = Button::command(Msg::new("library-button-off"), Command::Prompt, "off");
            Ok(Decision::nothing().change(Change::Rota(group.id, Some(rota))).wake(ctx, rota.next_at, Wake::RotaDue(group.id)).say(
                Audience::Asker,
                content.buttons([off, list_button()]),
                Manner::Answer,
            ))
        }
        LibraryArgs::Off if view.rota.is_none() => {
            Ok(Decision::answer(Content::from(Msg::new("library-off-already")).buttons([list_button()])))
        }
        LibraryArgs::Off => Ok(Decision::nothing().change(Change::Rota(group.id, None)).tell(Audience::Asker, Msg::new("library-off"))),
    }
}

fn form() -> Msg {
    Msg::new("library-form").with("prompt", Command::Prompt)
}

fn list_button() -> Button {
    Button::command(Msg::new("library-button-list"), Command::Prompt, "liste")
}

/// A look first: what is in store goes to the group by itself later.
fn add(scope: &Scope, group: GroupId, view: &LibraryView, text: &str, ctx: &mut Context) -> Outcome {
    if view.items.len() >= LIBRARY_MAX {
        let most = i64::try_from(LIBRARY_MAX).unwrap_or(i64::MAX);
        return Err(Refusal::new(Content::from(Msg::new("library-full").with("count", most)).buttons([list_button()])));
    }
    if text.is_empty() {
        let asked = Content::from(vec![Msg::new("library-ask"), form()]);
        return Ok(Decision::answer(asked).await_text(ctx, scope.account.id, Command::Prompt, "ajouter "));
    }
    let count = text.chars().count();
    if count > TEXT_CHARS_MAX {
        return Err(write::too_long(count));
    }
    let choices = vec![
        (Msg::new("library-button-add"), Choice::Prompt(Action::Keep { group, text: text.to_owned() })),
        (Msg::new("prompt-button-change"), Choice::Prompt(Action::Change { group, rest: "ajouter ".to_owned() })),
        (Msg::new("prompt-button-drop"), Choice::Close(Msg::new("prompt-dropped"))),
    ];
    let (asked, buttons) = question::ask(ctx, scope.account.id, choices);
    let card = write::card(None, text);
    let content = card.lines.into_iter().fold(Content::from(Msg::new("library-preview")), Content::line).buttons(buttons);
    Ok(Decision::nothing().change(asked).say(Audience::Asker, content, Manner::Care))
}

/// It is in store from now on.
pub(super) fn kept(scope: &Scope, view: &LibraryView, text: &str) -> Outcome {
    let group = filled_by(scope)?;
    if let Some(known) = view.items.iter().find(|item| item.text == text) {
        let known = Msg::new("library-known").with("number", known.number);
        return Err(Refusal::new(Content::from(known).buttons([list_button()])));
    }
    if view.items.len() >= LIBRARY_MAX {
        let most = i64::try_from(LIBRARY_MAX).unwrap_or(i64::MAX);
        return Err(Refusal::new(Content::from(Msg::new("library-full").with("count", most)).buttons([list_button()])));
    }
    let number = view.items.iter().map(|item| item.number).max().unwrap_or(0) + 1;
    let item = Item { number, text: text.to_owned(), posted_at: None };
    let mut content = Content::from(Msg::new("library-added")).line(Msg::new("library-added-number").with("number", number));
    if view.rota.is_none() {
        content.lines.push(Msg::new("library-form-every").with("prompt", Command::Prompt));
    }
    let more = Button::command(Msg::new("library-button-more"), Command::Prompt, "ajouter");
    Ok(Decision::nothing().change(Change::Keep(group.id, item)).tell(Audience::Asker, content.buttons([more, list_button()])))
}

fn list(view: &LibraryView, zone: Zone) -> Content {
    let more = Button::command(Msg::new("library-button-more"), Command::Prompt, "ajouter");
    if view.items.is_empty() {
        return Content::from(vec![Msg::new("library-empty"), form()]).buttons([more]);
    }
    let mut content = Content::from(Msg::new("library-list"));
    for item in &view.items {
        let short: String = item.text.chars().take(LISTED_CHARS).collect();
        let text = if short.len() < item.text.len() { format!("{short}…") } else { short };
        content.lines.push(Msg::new("library-item").with("number", item.number).with("text", text.replace('\n', " ")));
    }
    match &view.rota {
        Some(rota) => {
            content.lines.push(Msg::new("library-next").with("when", Value::MomentIn(rota.next_at, zone)));
            content.lines.extend(view.next().map(|item| Msg::new("library-next-number").with("number", item.number)));
            content.buttons.push(Button::command(Msg::new("library-button-off"), Command::Prompt, "off"));
        }
        None => content.lines.push(Msg::new("library-form-every").with("prompt", Command::Prompt)),
    }
    content.lines.push(Msg::new("library-form-remove").with("prompt", Command::Prompt));
    content.buttons([more])
}

/// What the hour of a rota needs loaded.
#[derive(Clone, PartialEq, Debug)]
pub struct RotaView {
    /// Whose.
    pub group: GroupId,
    /// The group is paused.
    pub paused: bool,
    /// Where its clock hangs.
    pub zone: Zone,
    /// What is in store, and when one comes.
    pub library: LibraryView,
}

/// Posts the question of the week. Where the group is paused, nothing is in store, or it is too late because the program was
/// down, nothing is posted; the next week comes all the same.
pub fn due(view: &RotaView, ctx: &mut Context) -> Decision {
    let Some(rota) = view.library.rota.filter(|rota| rota.next_at <= ctx.now) else { return Decision::nothing() };
    let next = Rota::after(rota.weekday, rota.minute, view.zone, ctx.now);
    let decision = Decision::nothing().change(Change::Rota(view.group, Some(next))).wake(ctx, next.next_at, Wake::RotaDue(view.group));
    let late = ctx.now.since(rota.next_at) > TimeDelta::hours(LATE_HOURS);
    match view.library.next().filter(|_| !view.paused && !late) {
        Some(item) => decision
            .change(Change::LibraryPosted(view.group, item.number, ctx.now))
            .notify(Audience::Group(view.group), write::card(None, &item.text)),
        None => decision,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::testing::{NOW, context, direct, id, shown};

    fn item(number: i64, text: &str, posted_days_ago: Option<i64>) -> Item {
        Item { number, text: text.into(), posted_at: posted_days_ago.map(|days| NOW.minus(TimeDelta::days(days))) }
    }

    #[test]
    fn what_is_about_the_library_and_what_is_a_question() {
        for (typed, expected) in [
            ("liste", Some(LibraryArgs::List)),
            ("List", Some(LibraryArgs::List)),
            ("liste de courses ?", None),
            ("ajouter Un mot ?", Some(LibraryArgs::Add("Un mot ?".into()))),
            ("add « A word? »", Some(LibraryArgs::Add("A word?".into()))),
            ("ajouter", Some(LibraryArgs::Add(String::new()))),
            ("retirer 3", Some(LibraryArgs::Remove(3))),
            ("remove #3", Some(LibraryArgs::Remove(3))),
            ("retirer quoi de nos vies ?", None),
            ("chaque lundi 18h", Some(LibraryArgs::Every(Weekday::Mon, 18 * 60))),
            ("every monday at 18:30", Some(LibraryArgs::Every(Weekday::Mon, 18 * 60 + 30))),
            ("chaque jour, qu'est-ce qui aide ?", None),
            ("off", Some(LibraryArgs::Off)),
            ("off the record: how are you?", None),
            ("Un mot ?", None),
            ("", None),
        ] {
            assert_eq!(parse(&Call::new(Command::Prompt, typed)), expected, "{typed:?}");
        }
    }

    #[test]
    fn the_hour_on_the_wall_stays_over_clock_changes() {
        let at = |text: &str| Zone::PARIS.instant_or_later(text.parse().unwrap());
        let check = |now: &str, expected: &str| {
            let rota = Rota::after(Weekday::Mon, 18 * 60, Zone::PARIS, at(now));
            assert_eq!(rota.next_at, at(expected), "{now}");
        };
        check("2026-12-01T10:00:00", "2026-12-07T18:00:00");
        check("2026-12-07T17:59:00", "2026-12-07T18:00:00");
        check("2026-12-07T18:00:00", "2026-12-14T18:00:00");
        check("2027-03-22T18:00:00", "2027-03-29T18:00:00");
        // 02:30 of the night when the clocks go forward: an hour later.
        let sunday = Rota::after(Weekday::Sun, 150, Zone::PARIS, at("2027-03-27T10:00:00"));
        assert_eq!(sunday.next_at, at("2027-03-28T03:30:00"));
    }

    fn asks(view: &LibraryView, typed: &str) -> Outcome {
        let args = parse(&Call::new(Command::Prompt, typed)).unwrap();
        library(&direct(Some(Role::Facilitator)), view, &args, &mut context())
    }

    #[test]
    fn the_library_is_filled_looked_at_and_emptied() {
        let empty = LibraryView::default();
        assert_eq!(shown(&asks(&empty, "liste")), ["me: library-empty library-form (library-button-more)"]);
        assert_eq!(
            shown(&asks(&empty, "ajouter Un mot ?")),
            [
                "me!: library-preview prompt-card prompt-card-text prompt-card-free (library-button-add)(prompt-button-change)(prompt-button-drop)"
            ]
        );
        let facilitator = direct(Some(Role::Facilitator));
        let added = kept(&facilitator, &empty, "Un mot ?").unwrap();
        assert_eq!(added.changes, [Change::Keep(id(2), item(1, "Un mot ?", None)).into()]);
        let one = LibraryView { items: vec![item(1, "Un mot ?", None)], rota: None };
        assert!(shown(&kept(&facilitator, &one, "Un mot ?"))[0].starts_with("no: library-known"));
        assert!(kept(&direct(Some(Role::Member)), &empty, "x").is_err());
        assert!(asks(&one, "retirer 2").is_err());
        let removed = asks(&one, "retirer 1").unwrap();
        assert_eq!(removed.changes[0], Change::Remove(id(2), 1).into());
        let full = LibraryView { items: (1..=30).map(|n| item(n, &n.to_string(), None)).collect(), rota: None };
        assert_eq!(shown(&asks(&full, "ajouter Un mot ?")), ["no: library-full (library-button-list)"]);
        assert_eq!(shown(&asks(&empty, "chaque lundi 18h")), ["no: library-empty library-form"]);
    }

    #[test]
    fn each_week_has_the_question_that_was_posted_longest_ago() {
        let rota = Rota { weekday: Weekday::Tue, minute: 18 * 60, next_at: NOW };
        let items = vec![item(1, "Un", Some(7)), item(2, "Deux", None), item(3, "Trois", Some(14))];
        let view =
            |rota, items: Vec<Item>, paused| RotaView { group: id(2), paused, zone: Zone::PARIS, library: LibraryView { items, rota } };
        let posted = due(&view(Some(rota), items.clone(), false), &mut context());
        let next = NOW.plus(TimeDelta::days(7));
        assert_eq!(posted.changes[0], Change::Rota(id(2), Some(Rota { next_at: next, ..rota })).into());
        assert_eq!(posted.changes[1], Change::LibraryPosted(id(2), 2, NOW).into());
        assert_eq!((posted.timers[0].at, &posted.timers[0].wake), (next, &Wake::RotaDue(id(2))));
        assert_eq!(shown(&Ok(posted)), ["group 2~: prompt-card prompt-card-text prompt-card-free"]);
        let second = due(&view(Some(rota), vec![item(1, "Un", Some(7)), item(3, "Trois", Some(14))], false), &mut context());
        assert_eq!(second.changes[1], Change::LibraryPosted(id(2), 3, NOW).into());
        let silent = |view: &RotaView| shown(&Ok(due(view, &mut context()))).len();
        assert_eq!(silent(&view(Some(rota), items.clone(), true)), 0, "a pause of the group");
        assert_eq!(silent(&view(Some(rota), vec![], false)), 0, "nothing in store");
        let old = Rota { next_at: NOW.minus(TimeDelta::hours(13)), ..rota };
        assert_eq!(silent(&view(Some(old), items.clone(), false)), 0, "down for too long: the next week has its own");
        let later = Rota { next_at: NOW.plus(TimeDelta::hours(1)), ..rota };
        assert_eq!(due(&view(Some(later), items.clone(), false), &mut context()), Decision::nothing(), "it was set anew");
        assert_eq!(due(&view(None, items, false), &mut context()), Decision::nothing(), "it was ended");
    }
}
