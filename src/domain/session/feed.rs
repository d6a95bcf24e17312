//! `/settings agenda`: the private address of one's calendar, made, renewed and taken away; without titles unless one wants them.

use super::{Change, reading::here};
use crate::domain::{
    command::Command,
    decision::{Audience, Context, Decision, Manner, Outcome, Refusal},
    hear::Call,
    ids::PersonId,
    message::{Button, Content, Msg, Value},
    scope::Scope,
    time::Timestamp,
    words::{clean_name, fold},
};

/// A change to the address of somebody's calendar.
#[derive(Clone, PartialEq, Debug)]
pub enum FeedChange {
    /// A new address; the old one leads nowhere from now on. Only a keyed hash of the secret is kept.
    Make(PersonId, Secret),
    /// Whether the entries bear titles and places.
    Titles(PersonId, bool),
    /// There is none any more.
    End(PersonId),
}

/// The secret of an address; shown to its person and nowhere else.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(pub String);

/// It stands in no log, not in a fault's words either.
impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// What is known of the address of somebody's calendar.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Feed {
    /// Since when it is there.
    pub made_at: Timestamp,
    /// The entries bear titles and places.
    pub titles: bool,
}

/// What the store must load.
#[derive(Clone, PartialEq, Debug)]
pub struct FeedView {
    /// Where the program is reached from outside, where the operator said so.
    pub public_url: Option<String>,
    /// The address that is there.
    pub feed: Option<Feed>,
    /// A secret that nobody knows yet.
    pub fresh: Secret,
}

/// Whether a call of `/settings` is about the calendar.
pub fn is_meant(call: &Call) -> bool {
    let calendar = |word: &str| matches!(word, "agenda" | "calendrier" | "calendar");
    call.words.first().is_some_and(|word| calendar(&fold(&word.text)))
}

/// The path of an address, after the program's own.
pub fn path(secret: &Secret) -> String {
    format!("/agenda/{}.ics", secret.0)
}

/// The button that shows it.
pub fn open_button() -> Button {
    Button::command(Msg::new("feed-button"), Command::Settings, "agenda")
}

fn button(label: Msg, rest: &str) -> Button {
    Button::command(label, Command::Settings, format!("agenda {rest}"))
}

/// Shows what is there, makes a new address, says whether it bears titles, or takes it away.
pub fn feed(scope: &Scope, view: &FeedView, call: &Call, ctx: &Context) -> Outcome {
    let (_, person) = here(scope)?;
    let Some(base) = &view.public_url else { return Err(not_offered()) };
    let words: Vec<String> = call.words.iter().skip(1).map(|word| fold(&word.text)).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let change = |change| Decision::nothing().change(Change::Feed(change));
    match (words.as_slice(), view.feed) {
        ([], _) => Ok(Decision::answer(shown(scope, view.feed))),
        (["nouveau" | "nouvelle" | "new" | "renew", ..], before) => {
            let address = format!("{}{}", base.trim_end_matches('/'), path(&view.fresh));
            let made = Feed { made_at: ctx.now, titles: before.is_some_and(|feed| feed.titles) };
            let content = Content::from(vec![
                Msg::new("feed-made"),
                Msg::new("feed-address").with("link", Value::Link(address)),
                Msg::new("feed-how"),
                Msg::new("feed-secret"),
                if titles(scope, made) { Msg::new("feed-with-titles") } else { Msg::new("feed-without-titles") },
            ]);
            Ok(change(FeedChange::Make(person.id, view.fresh.clone())).say(
                Audience::Asker,
                content.buttons(choices(scope, made)),
                Manner::Care,
            ))
        }
        (["titres" | "titles", ..] | ["non" | "off" | "arreter" | "stop", ..], None) => Ok(Decision::answer(shown(scope, None))),
        (["titres" | "titles", "oui" | "on" | "yes"], Some(_)) if scope.account.discreet.on => {
            Err(Refusal::new(Content::from(Msg::new("feed-discreet"))))
        }
        (["titres" | "titles", on], Some(feed)) if matches!(*on, "oui" | "on" | "yes" | "non" | "off" | "no") => {
            let wanted = matches!(*on, "oui" | "on" | "yes");
            Ok(change(FeedChange::Titles(person.id, wanted)).tell(Audience::Asker, shown(scope, Some(Feed { titles: wanted, ..feed }))))
        }
        (["non" | "off" | "arreter" | "stop", ..], Some(_)) => {
            Ok(change(FeedChange::End(person.id)).tell(Audience::Asker, Msg::new("feed-ended")))
        }
        _ => {
            let typed = clean_name(&call.rest);
            let form = Msg::new("feed-form").with("settings", Command::Settings);
            Err(Refusal::new(Content::from(Msg::new("feed-unclear").with("typed", typed)).line(form).buttons([open_button()])))
        }
    }
}

fn not_offered() -> Refusal {
    Refusal::new(Content::from(Msg::new("feed-not-offered")).line(Msg::new("feed-not-offered-next")).buttons([Button::command(
        Msg::new("session-button-my-bookings"),
        Command::Bookings,
        "",
    )]))
}

/// On a shared phone the entries bear no titles, whatever was chosen.
fn titles(scope: &Scope, feed: Feed) -> bool {
    feed.titles && !scope.account.discreet.on
}

fn shown(scope: &Scope, feed: Option<Feed>) -> Content {
    let Some(feed) = feed else {
        let lines = vec![Msg::new("feed-what"), Msg::new("feed-what-next"), Msg::new("feed-what-titles")];
        return Content::from(lines).buttons([button(Msg::new("feed-button-make"), "nouveau")]);
    };
    let lines = vec![
        Msg::new("feed-there"),
        Msg::new("feed-since").with("when", Value::Moment(feed.made_at)),
        if titles(scope, feed) { Msg::new("feed-with-titles") } else { Msg::new("feed-without-titles") },
    ];
    Content::from(lines).buttons(choices(scope, feed))
}

fn choices(scope: &Scope, feed: Feed) -> Vec<Button> {
    let about_titles = if titles(scope, feed) {
        Some(button(Msg::new("feed-button-no-titles"), "titres non"))
    } else {
        (!scope.account.discreet.on).then(|| button(Msg::new("feed-button-titles"), "titres oui"))
    };
    let rest = [button(Msg::new("feed-button-renew"), "nouveau"), button(Msg::new("feed-button-end"), "non")];
    about_titles.into_iter().chain(rest).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        scope::Role,
        testing::{NOW, context, direct, shown as said},
    };

    fn asks(public_url: Option<&str>, feed: Option<Feed>, discreet: bool, typed: &str) -> (Vec<String>, Vec<Change>) {
        let mut scope = direct(Some(Role::Member));
        scope.account.discreet.on = discreet;
        let view = FeedView { public_url: public_url.map(str::to_owned), feed, fresh: Secret("geheim".into()) };
        let outcome = super::feed(&scope, &view, &Call::new(Command::Settings, typed), &context());
        let changes = outcome.as_ref().map(|decision| decision.changes.clone()).unwrap_or_default();
        let changes = changes.into_iter().map(|change| match change {
            crate::domain::decision::Change::Session(change) => change,
            other => panic!("{other:?}"),
        });
        (said(&outcome), changes.collect())
    }

    #[test]
    fn an_address_is_made_shown_once_and_taken_away() {
        let base = Some("https://bot.example.org/");
        let there = Some(Feed { made_at: NOW, titles: false });
        let person = crate::domain::testing::id(5);
        assert_eq!(asks(base, None, false, "agenda").0, ["me: feed-what feed-what-next feed-what-titles (feed-button-make)"]);
        let (shown, changes) = asks(base, None, false, "agenda nouveau");
        assert_eq!(
            shown,
            [
                "me!: feed-made feed-address feed-how feed-secret feed-without-titles (feed-button-titles)(feed-button-renew)(feed-button-end)"
            ]
        );
        assert_eq!(changes, [Change::Feed(FeedChange::Make(person, Secret("geheim".into())))]);
        assert!(!format!("{changes:?}").contains("geheim"));
        assert_eq!(asks(base, there, false, "calendar").0[0].split(' ').nth(1), Some("feed-there"));
        assert_eq!(asks(base, there, false, "agenda titres oui").1, [Change::Feed(FeedChange::Titles(person, true))]);
        assert_eq!(asks(base, there, false, "agenda off").1, [Change::Feed(FeedChange::End(person))]);
        assert_eq!(asks(base, None, false, "agenda off").1, []);
        assert_eq!(asks(base, there, false, "agenda vert").0, ["no: feed-unclear feed-form (feed-button)"]);
    }

    #[test]
    fn on_a_shared_phone_it_never_bears_titles() {
        let with_titles = Some(Feed { made_at: NOW, titles: true });
        let base = Some("https://bot.example.org");
        assert_eq!(
            asks(base, with_titles, true, "agenda").0,
            ["me: feed-there feed-since feed-without-titles (feed-button-renew)(feed-button-end)"]
        );
        assert_eq!(asks(base, with_titles, true, "agenda titres oui").0, ["no: feed-discreet"]);
    }

    #[test]
    fn where_the_operator_offers_none_it_says_who_can() {
        for typed in ["agenda", "agenda nouveau", "agenda off"] {
            assert_eq!(asks(None, None, false, typed).0, ["no: feed-not-offered feed-not-offered-next (session-button-my-bookings)"]);
        }
    }
}
