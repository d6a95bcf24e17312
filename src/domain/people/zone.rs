//! `/timezone`: the zone in which somebody reads times; by IANA name, by city, or by a button.

use chrono_tz::{TZ_VARIANTS, Tz};

use super::{Change, PersonSetting};
use crate::domain::{
    command::Command,
    decision::{Audience, Context, Decision, Outcome},
    hear::Call,
    message::{Button, Content, Msg, Value},
    question,
    scope::Scope,
    time::Zone,
    words::{clean_name, fold},
};

/// The ones that get a button: where our groups are.
const COMMON: [Tz; 8] = [
    Tz::Europe__Paris,
    Tz::Europe__Brussels,
    Tz::America__Toronto,
    Tz::America__Guadeloupe,
    Tz::America__Cayenne,
    Tz::Indian__Reunion,
    Tz::Pacific__Noumea,
    Tz::Pacific__Tahiti,
];

/// French and other city and country names that the zone table does not know, in the form of [`key`].
#[rustfmt::skip]
const ALSO: &[(&str, Tz)] = &[
    ("france", Tz::Europe__Paris), ("lyon", Tz::Europe__Paris), ("marseille", Tz::Europe__Paris), ("lille", Tz::Europe__Paris),
    ("belgique", Tz::Europe__Brussels), ("belgium", Tz::Europe__Brussels), ("bruxelles", Tz::Europe__Brussels), ("brussel", Tz::Europe__Brussels),
    ("suisse", Tz::Europe__Zurich), ("switzerland", Tz::Europe__Zurich), ("geneve", Tz::Europe__Zurich), ("geneva", Tz::Europe__Zurich),
    ("lausanne", Tz::Europe__Zurich), ("londres", Tz::Europe__London), ("dublino", Tz::Europe__Dublin),
    ("allemagne", Tz::Europe__Berlin), ("germany", Tz::Europe__Berlin), ("espagne", Tz::Europe__Madrid), ("spain", Tz::Europe__Madrid),
    ("barcelone", Tz::Europe__Madrid), ("italie", Tz::Europe__Rome), ("italy", Tz::Europe__Rome), ("lisbonne", Tz::Europe__Lisbon),
    ("vienne", Tz::Europe__Vienna), ("varsovie", Tz::Europe__Warsaw), ("athenes", Tz::Europe__Athens), ("bucarest", Tz::Europe__Bucharest),
    ("kiev", Tz::Europe__Kyiv), ("moscou", Tz::Europe__Moscow), ("copenhague", Tz::Europe__Copenhagen),
    ("quebec", Tz::America__Toronto), ("montreal", Tz::America__Toronto), ("ottawa", Tz::America__Toronto),
    ("guyane", Tz::America__Cayenne), ("frenchguiana", Tz::America__Cayenne), ("fortdefrance", Tz::America__Martinique),
    ("pointeapitre", Tz::America__Guadeloupe), ("lareunion", Tz::Indian__Reunion), ("saintdenis", Tz::Indian__Reunion),
    ("mamoudzou", Tz::Indian__Mayotte), ("nouvellecaledonie", Tz::Pacific__Noumea), ("newcaledonia", Tz::Pacific__Noumea),
    ("polynesiefrancaise", Tz::Pacific__Tahiti), ("frenchpolynesia", Tz::Pacific__Tahiti), ("papeete", Tz::Pacific__Tahiti),
    ("senegal", Tz::Africa__Dakar), ("cotedivoire", Tz::Africa__Abidjan), ("cameroun", Tz::Africa__Douala), ("cameroon", Tz::Africa__Douala),
    ("yaounde", Tz::Africa__Douala), ("gabon", Tz::Africa__Libreville), ("togo", Tz::Africa__Lome), ("benin", Tz::Africa__PortoNovo),
    ("cotonou", Tz::Africa__PortoNovo), ("mali", Tz::Africa__Bamako), ("burkinafaso", Tz::Africa__Ouagadougou),
    ("maroc", Tz::Africa__Casablanca), ("morocco", Tz::Africa__Casablanca), ("rabat", Tz::Africa__Casablanca),
    ("algerie", Tz::Africa__Algiers), ("algeria", Tz::Africa__Algiers), ("alger", Tz::Africa__Algiers),
    ("tunisie", Tz::Africa__Tunis), ("tunisia", Tz::Africa__Tunis), ("lecaire", Tz::Africa__Cairo),
    ("liban", Tz::Asia__Beirut), ("lebanon", Tz::Asia__Beirut), ("beyrouth", Tz::Asia__Beirut), ("pekin", Tz::Asia__Shanghai),
    ("bombay", Tz::Asia__Kolkata), ("washington", Tz::America__New_York), ("sanfrancisco", Tz::America__Los_Angeles),
];

/// The zone that somebody named.
pub fn read(typed: &str) -> Option<Zone> {
    if let Ok(zone) = typed.parse::<Zone>()
        && !zone.name().starts_with("Etc/")
    {
        return Some(zone);
    }
    let wanted = key(typed);
    if wanted.is_empty() {
        return None;
    }
    let also = ALSO.iter().find(|(word, _)| *word == wanted).map(|(_, zone)| *zone);
    also.or_else(|| places().find(|(zone, city)| *city == wanted || key(zone.name()) == wanted).map(|(zone, _)| zone)).map(Zone)
}

/// Up to three zones whose city is close to what was typed.
pub fn close_to(typed: &str) -> Vec<Zone> {
    let wanted = key(typed.rsplit('/').next().unwrap_or(typed));
    let most = (wanted.chars().count() / 3).clamp(1, 3);
    let also = ALSO.iter().map(|(word, zone)| (*zone, (*word).to_owned()));
    let mut near: Vec<(usize, Tz)> = places()
        .chain(also)
        .map(|(zone, city)| (strsim::damerau_levenshtein(&city, &wanted), zone))
        .filter(|(distance, _)| *distance <= most)
        .collect();
    near.sort_by_key(|(distance, zone)| (*distance, zone.name()));
    near.dedup_by_key(|(_, zone)| *zone);
    near.into_iter().take(3).map(|(_, zone)| Zone(zone)).collect()
}

/// Every zone of a place, with the folded name of its city.
fn places() -> impl Iterator<Item = (Tz, String)> {
    TZ_VARIANTS.iter().copied().filter(|zone| zone.name().contains('/') && !zone.name().starts_with("Etc/")).map(|zone| {
        let city = zone.name().rsplit('/').next().unwrap_or_default();
        (zone, key(city))
    })
}

/// Letters and digits, folded.
fn key(name: &str) -> String {
    fold(name).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Shows the zone and the buttons, or keeps the zone that was typed.
pub fn zone(scope: &Scope, call: &Call, ctx: &Context) -> Outcome {
    if call.rest.is_empty() {
        let now = Msg::new("people-zone-now").with("zone", scope.zone.name()).with("when", Value::MomentIn(ctx.now, scope.zone));
        let content = Content::from(vec![now, Msg::new("people-zone-ask")]).buttons(buttons(Command::Timezone, &COMMON.map(Zone)));
        return Ok(Decision::answer(content).await_text(ctx, scope.account.id, Command::Timezone, ""));
    }
    let Some(zone) = read(&call.rest) else { return Ok(unknown(scope, call, Command::Timezone, "", ctx)) };
    let Some(person) = &scope.person else {
        return Err(Msg::new("not-joined").with("join", Command::Join).with("agenda", Command::Agenda).with("sos", Command::Sos).into());
    };
    let said = Msg::new("people-zone-set").with("zone", zone.name()).with("when", Value::MomentIn(ctx.now, zone));
    Ok(Decision::nothing()
        .change(Change::Person(person.id, PersonSetting::Zone(zone)))
        .change(question::Change::AwaitNothing(scope.account.id))
        .tell(Audience::Asker, said))
}

/// Says that no such zone is known; close ones get a button.
pub(super) fn unknown(scope: &Scope, call: &Call, command: Command, before: &str, ctx: &Context) -> Decision {
    let typed = call.rest.strip_prefix(before).unwrap_or(&call.rest).trim();
    let near = close_to(typed);
    let near = if near.is_empty() { COMMON.map(Zone).to_vec() } else { near };
    let said = Msg::new("people-zone-unknown").with("typed", clean_name(typed)).with("timezone", Command::Timezone);
    let buttons = near.iter().map(|zone| button(command, before, *zone));
    Decision::answer(Content::from(said).buttons(buttons)).await_text(ctx, scope.account.id, command, before)
}

/// A button for each zone, which types its name after `command`.
fn buttons(command: Command, zones: &[Zone]) -> Vec<Button> {
    zones.iter().map(|zone| button(command, "", *zone)).collect()
}

pub(super) fn button(command: Command, before: &str, zone: Zone) -> Button {
    Button::command(Msg::new("people-button-zone").with("zone", zone.name()), command, format!("{before}{}", zone.name()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_are_found_by_name_and_city() {
        for (typed, expected) in [
            ("Europe/Paris", Some("Europe/Paris")),
            ("europe/paris", Some("Europe/Paris")),
            ("Europe Paris", Some("Europe/Paris")),
            ("paris", Some("Europe/Paris")),
            ("Nouméa", Some("Pacific/Noumea")),
            ("New York", Some("America/New_York")),
            ("Genève", Some("Europe/Zurich")),
            ("Montréal", Some("America/Toronto")),
            ("La Réunion", Some("Indian/Reunion")),
            ("réunion", Some("Indian/Reunion")),
            ("Pointe-à-Pitre", Some("America/Guadeloupe")),
            ("UTC", Some("UTC")),
            ("Mars/Olympus", None),
            ("", None),
        ] {
            assert_eq!(read(typed).map(Zone::name), expected, "{typed:?}");
        }
    }

    #[test]
    fn close_ones_are_suggested() {
        assert_eq!(close_to("Europe/Pariss").first().map(|z| z.name()), Some("Europe/Paris"));
        assert_eq!(close_to("Nouma").first().map(|z| z.name()), Some("Pacific/Noumea"));
        assert!(close_to("xyzzyxyz").is_empty());
    }

    #[test]
    fn every_other_word_is_in_its_folded_form() {
        assert!(ALSO.iter().all(|(word, _)| key(word) == *word));
    }
}
