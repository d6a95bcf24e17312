//! `/settings association …` and its like: what coordinators set for their community and its groups.

use super::{
    Change, CommunitySetting, GroupSetting, country, settings, setup,
    steps::{self, Step},
    zone,
};
use crate::domain::{
    command::Command,
    decision::{Audience, Context, Decision, Outcome},
    hear::Call,
    ledger::rule_settings,
    message::{Button, Content, Msg, Value},
    profile::offer,
    question,
    scope::{Community, Group, Scope},
    words::{clean_name, clean_text, fold},
};

/// The longest contact, in characters.
const CONTACT_CHARS_MAX: usize = 200;

/// The longest rules, in characters: they must fit one message beside their title.
const CHARTER_CHARS_MAX: usize = 3000;

/// What can be set.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum What {
    Association,
    Contact,
    GroupName,
    Language,
    Zone,
    Country,
    Charter,
    Corrections,
    Topics,
    Codes,
    Postpone,
}

impl What {
    /// The setting that a word means, in either language.
    fn read(word: &str) -> Option<Self> {
        Some(match fold(word).as_str() {
            "association" | "nom" | "name" => Self::Association,
            "contact" => Self::Contact,
            "groupe" | "group" => Self::GroupName,
            "langue" | "language" => Self::Language,
            "fuseau" | "timezone" | "zone" => Self::Zone,
            "pays" | "country" => Self::Country,
            "charte" | "regles" | "rules" => Self::Charter,
            "corrections" | "correction" => Self::Corrections,
            "themes" | "theme" | "topics" | "topic" => Self::Topics,
            "codes" | "code" => Self::Codes,
            "plus-tard" => Self::Postpone,
            _ => return None,
        })
    }
}

/// The lines of `/settings` that only coordinators see.
pub(super) fn lines(scope: &Scope) -> Vec<Msg> {
    let Some(community) = &scope.community else { return Vec::new() };
    let mut lines = vec![
        Msg::new("people-settings-community"),
        match &community.name {
            Some(name) => Msg::new("people-settings-association").with("association", name.clone()),
            None => Msg::new("people-settings-no-association"),
        },
        match &community.contact {
            Some(contact) => Msg::new("people-settings-contact").with("text", contact.clone()),
            None => Msg::new("people-settings-no-contact"),
        },
        rule_settings::late_line(community),
    ];
    if let Some(name) = scope.group.as_ref().and_then(|group| group.name.clone()) {
        lines.push(Msg::new("people-settings-group").with("group", name));
    }
    lines.extend(scope.group.as_ref().map(offer::topics_line));
    lines
}

/// Shows or sets one of them.
pub(super) fn settings(scope: &Scope, call: &Call, ctx: &mut Context) -> Outcome {
    let Some(what) = call.words.first().and_then(|word| What::read(&word.text)) else {
        return Err(Msg::new("people-settings-unknown").with("typed", clean_name(&call.rest)).with("settings", Command::Settings).into());
    };
    let (Some(community), Some(group), Some(person)) = (&scope.community, &scope.group, &scope.person) else {
        return Err(Msg::new("no-group").into());
    };
    if !person.coordinator {
        return Err(Msg::new("not-allowed-coordinator").with("menu", Command::Menu).into());
    }
    let here = Here { scope, community, group, before: format!("{} ", call.words[0].text), typed: call.rest_from(1) };
    match what {
        What::Association => Ok(here.association(ctx)),
        What::Contact => Ok(here.contact(ctx)),
        What::GroupName => Ok(here.group_name(ctx)),
        What::Language => Ok(here.language(ctx)),
        What::Zone => Ok(here.zone(call, ctx)),
        What::Country => Ok(here.country(call, ctx)),
        What::Charter => Ok(here.charter(ctx)),
        What::Corrections => Ok(here.corrections()),
        What::Topics => Ok(offer::group_topics(scope, group, &here.before, here.typed, ctx)),
        What::Codes => setup::codes(scope, ctx),
        What::Postpone => Ok(here.postpone(ctx)),
    }
}

/// A coordinator at one of the community's settings, with what was typed after its word.
struct Here<'a> {
    scope: &'a Scope,
    community: &'a Community,
    group: &'a Group,
    before: String,
    typed: &'a str,
}

impl Here<'_> {
    fn ask(&self, content: impl Into<Content>, ctx: &Context) -> Decision {
        Decision::answer(content).await_text(ctx, self.scope.account.id, Command::Settings, self.before.clone())
    }

    fn set(&self, setting: CommunitySetting, said: Msg) -> Decision {
        self.done(Change::Community(self.community.id, setting), said)
    }

    /// Sets one of what `/setup` asks, and goes on with what is missing after it; where nothing was missing, nothing more is said.
    fn step(&self, step: Step, setting: CommunitySetting, said: Msg, by_now: &Community, ctx: &Context) -> Decision {
        if self.community.has_controller() {
            return self.set(setting, said);
        }
        Decision::nothing().change(Change::Community(self.community.id, setting)).and(steps::after(
            self.scope.account.id,
            by_now,
            step,
            Some(said),
            ctx,
        ))
    }

    /// "Later": the step's text is awaited no more, the next one is asked.
    fn postpone(&self, ctx: &Context) -> Decision {
        match Step::read(self.typed) {
            Some(step) => steps::after(self.scope.account.id, self.community, step, None, ctx),
            None => steps::begin(self.scope.account.id, self.community, ctx),
        }
    }

    fn done(&self, change: Change, said: Msg) -> Decision {
        Decision::nothing().change(change).change(question::Change::AwaitNothing(self.scope.account.id)).tell(Audience::Asker, said)
    }

    fn association(&self, ctx: &Context) -> Decision {
        let name = clean_name(self.typed);
        if name.is_empty() {
            return self.ask(Msg::new("people-association-ask"), ctx);
        }
        let said = Msg::new("people-association-set").with("association", name.clone());
        let by_now = Community { name: Some(name.clone()), ..self.community.clone() };
        self.step(Step::Association, CommunitySetting::Name(name), said, &by_now, ctx)
    }

    fn contact(&self, ctx: &Context) -> Decision {
        let contact: String = clean_text(self.typed).replace('\n', " ").chars().take(CONTACT_CHARS_MAX).collect();
        if contact.is_empty() {
            return self.ask(Msg::new("people-contact-ask"), ctx);
        }
        let said = Msg::new("people-contact-set").with("text", contact.clone());
        let by_now = Community { contact: Some(contact.clone()), ..self.community.clone() };
        self.step(Step::Contact, CommunitySetting::Contact(contact), said, &by_now, ctx)
    }

    fn group_name(&self, ctx: &Context) -> Decision {
        let name = clean_name(self.typed);
        if name.is_empty() {
            return self.ask(Msg::new("people-group-name-ask"), ctx);
        }
        let said = Msg::new("people-group-name-set").with("group", name.clone());
        self.done(Change::Group(self.group.id, GroupSetting::Name(name)), said)
    }

    fn language(&self, ctx: &Context) -> Decision {
        match settings::read_language(self.typed) {
            Some(tag) => {
                let said = Msg::new("people-community-language-set").with("language", Value::Language(tag.to_owned()));
                self.set(CommunitySetting::Language(tag.to_owned()), said)
            }
            None => {
                let now = Msg::new("people-community-language-now").with("language", Value::Language(self.community.language.clone()));
                self.ask(Content::from(now).buttons(settings::language_buttons(Command::Settings, &self.before)), ctx)
            }
        }
    }

    fn zone(&self, call: &Call, ctx: &Context) -> Decision {
        match zone::read(self.typed) {
            Some(zone) => {
                let said = Msg::new("people-community-zone-set").with("zone", zone.name()).with("when", Value::MomentIn(ctx.now, zone));
                self.set(CommunitySetting::Zone(zone), said)
            }
            None if self.typed.is_empty() => {
                let now = Msg::new("people-community-zone-now").with("zone", self.community.zone.name());
                let button = zone::button(Command::Settings, &self.before, self.scope.zone);
                self.ask(Content::from(vec![now, Msg::new("people-zone-ask")]).buttons([button]), ctx)
            }
            None => zone::unknown(self.scope, call, Command::Settings, &self.before, ctx),
        }
    }

    fn country(&self, call: &Call, ctx: &Context) -> Decision {
        match country::read(self.typed) {
            Some(code) => {
                let said = Msg::new("people-community-country-set").with("country", Value::Country(code.to_owned()));
                let by_now = Community { country: Some(code.to_owned()), ..self.community.clone() };
                self.step(Step::Country, CommunitySetting::Country(code.to_owned()), said, &by_now, ctx)
            }
            None if self.typed.is_empty() => {
                let now = match &self.community.country {
                    Some(code) => Msg::new("people-community-country-now").with("country", Value::Country(code.clone())),
                    None => Msg::new("people-community-country-none"),
                };
                let buttons = country::buttons(Command::Settings, &self.before, &country::COMMON);
                self.ask(Content::from(vec![now, Msg::new("people-country-ask")]).buttons(buttons), ctx)
            }
            None => country::unknown(self.scope, call, Command::Settings, &self.before, ctx),
        }
    }

    fn charter(&self, ctx: &Context) -> Decision {
        let text: String = clean_text(self.typed).chars().take(CHARTER_CHARS_MAX).collect();
        if text.is_empty() {
            let usual = Button::command(Msg::new("people-button-charter-default"), Command::Settings, format!("{}defaut", self.before));
            return self.ask(Content::from(Msg::new("people-charter-ask").with("rules", Command::Rules)).buttons([usual]), ctx);
        }
        if matches!(fold(&text).as_str(), "defaut" | "default") {
            return self.set(CommunitySetting::Charter(None), Msg::new("people-charter-default-set").with("rules", Command::Rules));
        }
        self.set(CommunitySetting::Charter(Some(text)), Msg::new("people-charter-set").with("rules", Command::Rules))
    }

    fn corrections(&self) -> Decision {
        let allowed = match fold(self.typed).as_str() {
            "oui" | "yes" => Some(true),
            "non" | "no" => Some(false),
            _ => None,
        };
        let state = |allowed| if allowed { Msg::new("ledger-corrections-allowed") } else { Msg::new("ledger-corrections-not-allowed") };
        if let Some(allowed) = allowed {
            return self.set(CommunitySetting::CorrectionsBelowFloor(allowed), state(allowed));
        }
        let button = |label, word: &str| Button::command(label, Command::Settings, format!("{}{word}", self.before));
        let lines = vec![state(self.community.corrections_below_floor), Msg::new("ledger-corrections-ask")];
        Decision::answer(Content::from(lines).buttons([button(Msg::new("common-yes"), "oui"), button(Msg::new("common-no"), "non")]))
    }
}
