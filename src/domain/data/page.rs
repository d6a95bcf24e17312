//! One's own data as a page to read, in words that are made later in the reader's language.

use super::{
    around,
    mine::{Mine, OwnBooking, OwnCommunity, OwnMovement},
};
use crate::domain::{
    checkin::daily::face_text,
    ledger::Kind,
    message::{Msg, Value},
    profile::offer,
};

/// So many of the newest movements stand on the page; the file has all.
const MOVEMENTS_MAX: usize = 500;

/// All of it, one line each.
pub(super) fn page(mine: &Mine) -> Vec<Msg> {
    let account = &mine.account;
    let mut lines = vec![
        Msg::new("data-page-title").with("text", mine.made_at.as_str()),
        Msg::new("data-page-version").with("number", i64::from(mine.version)),
        head(Msg::new("data-page-account")),
        Msg::new("data-page-platform").with("text", account.platform.as_str()),
        Msg::new("data-page-id").with("text", account.id.as_str()),
    ];
    lines.extend(account.user_name.as_deref().map(|name| Msg::new("data-page-user-name").with("text", name)));
    lines.push(Msg::new("data-page-shown").with("text", account.shown_name.as_str()));
    lines.extend(account.language.as_deref().map(|tag| Msg::new("data-page-language").with("text", tag)));
    lines.extend(account.country.as_deref().map(|code| Msg::new("data-page-country").with("text", code)));
    lines.push(Msg::new("data-page-used").with("text", account.last_used.as_str()));
    if mine.open_questions > 0 {
        lines.push(Msg::new("data-page-questions").with("count", mine.open_questions));
    }
    lines.extend(mine.awaited_text.as_deref().map(|text| Msg::new("data-page-awaited").with("text", text)));
    lines.extend(mine.chosen_group.as_deref().map(|text| Msg::new("data-page-chosen").with("text", text)));
    for other in &mine.linked_accounts {
        lines.push(Msg::new("data-page-linked").with("text", other.platform.as_str()).with("name", other.id.as_str()));
    }
    if mine.may_coordinate_first {
        lines.push(Msg::new("data-page-founder"));
    }
    lines.extend(mine.waiting_messages.iter().map(|at| Msg::new("data-page-owed").with("text", at.as_str())));
    lines.extend(
        mine.failed_messages.iter().map(|one| dated(Msg::new("data-page-failed"), &one.at, one.text.as_deref().unwrap_or_default())),
    );
    lines.extend(mine.reports.iter().map(|one| dated(Msg::new("data-page-report"), &one.at, &one.words.join(" / "))));
    if mine.communities.is_empty() {
        lines.push(Msg::new("data-page-nowhere"));
    }
    for community in &mine.communities {
        lines.extend(of_community(community));
    }
    lines
}

fn head(title: Msg) -> Msg {
    Msg::new("data-page-head").with("what", title)
}

fn dated(msg: Msg, at: &str, text: &str) -> Msg {
    msg.with("start", at).with("text", text)
}

fn of_community(one: &OwnCommunity) -> Vec<Msg> {
    let title = match &one.association {
        Some(name) => Msg::new("data-page-community").with("association", name.as_str()),
        None => Msg::new("data-page-community-unnamed"),
    };
    let mut lines = vec![head(title)];
    lines.extend(one.contact.as_deref().map(|text| Msg::new("data-page-contact").with("text", text)));
    lines.push(Msg::new("data-page-alias").with("text", one.alias.as_str()));
    lines.extend(one.language.as_deref().map(|text| Msg::new("data-page-language").with("text", text)));
    lines.extend(one.time_zone.as_deref().map(|text| Msg::new("data-page-zone").with("text", text)));
    lines.extend(one.country.as_deref().map(|text| Msg::new("data-page-country").with("text", text)));
    lines.extend(one.paused_until.as_deref().map(|text| Msg::new("data-page-paused").with("text", text)));
    if one.coordinator {
        lines.push(Msg::new("data-page-coordinator"));
    }
    if one.listed_reasons_only {
        lines.push(Msg::new("reasons-list-only"));
    }
    lines.extend(one.left_at.as_deref().map(|text| Msg::new("data-page-left").with("text", text)));
    lines.extend(offer::in_words(&one.profile).map(|what| Msg::new("data-page-offers").with("what", what)));
    lines.extend(one.scores_kept_months.map(|months| Msg::new("data-page-kept").with("months", months)));
    for group in &one.groups {
        let name = group.name.as_deref().unwrap_or("–");
        lines.push(dated(Msg::new("data-page-group"), &group.since, name).with("what", word(&group.role)));
        lines.extend(group.ended_at.as_deref().map(|text| Msg::new("data-page-group-ended").with("text", text)));
    }
    for consent in &one.consents {
        lines.push(
            Msg::new("data-page-consent")
                .with("start", consent.at.as_str())
                .with("what", word(&consent.purpose))
                .with("items", word(&consent.step))
                .with("number", consent.text_version),
        );
    }
    lines.extend(records(one));
    lines
}

fn records(one: &OwnCommunity) -> Vec<Msg> {
    let mut lines = Vec::new();
    if !one.check_ins.is_empty() {
        lines.push(head(Msg::new("data-page-checkins")));
    }
    for checkin in &one.check_ins {
        lines.push(Msg::new("data-page-checkin").with("start", checkin.day.as_str()).with("what", face_text(checkin.score)));
        lines.extend(checkin.note.as_deref().map(|note| Msg::new("data-page-line").with("text", note)));
    }
    if !one.bookings.is_empty() {
        lines.push(head(Msg::new("data-page-bookings")));
        lines.extend(one.bookings.iter().map(booking));
    }
    lines.extend(one.seats_kept.iter().map(|title| Msg::new("data-page-seat-kept").with("title", title.as_str())));
    if !one.sessions_held.is_empty() {
        lines.push(head(Msg::new("data-page-sessions")));
        lines.extend(one.sessions_held.iter().map(|held| dated(Msg::new("data-page-session"), &held.starts, &held.title)));
    }
    if !one.prompts.is_empty() {
        lines.push(head(Msg::new("data-page-prompts")));
        lines.extend(one.prompts.iter().map(|prompt| dated(Msg::new("data-page-dated"), &prompt.at, &prompt.text)));
    }
    lines.extend(one.blocked.iter().map(|name| Msg::new("data-page-blocked").with("text", name.as_str())));
    for thanks in &one.thanks {
        match &thanks.to {
            Some(name) => {
                lines.push(dated(Msg::new("data-page-thanks"), &thanks.at, name));
                lines.extend(thanks.words.as_deref().map(|words| Msg::new("data-page-line").with("text", words)));
            }
            None => lines.push(Msg::new("data-page-thanked").with("start", thanks.at.as_str())),
        }
    }
    lines.extend(around::lines(&one.around));
    lines.push(head(Msg::new("data-page-credits")));
    lines.push(Msg::new("data-page-balance").with("amount", one.balance));
    lines.push(Msg::new("data-page-set-aside").with("amount", one.set_aside));
    for gift in &one.waiting_gifts {
        lines.push(Msg::new("data-page-gift").with("number", gift.number).with("amount", gift.amount));
        lines.extend(gift.reason.as_deref().map(|reason| Msg::new("data-page-line").with("text", reason)));
    }
    lines.extend(one.movements.iter().take(MOVEMENTS_MAX).flat_map(movement));
    if one.movements.len() > MOVEMENTS_MAX {
        lines.push(Msg::new("data-page-older"));
    }
    lines
}

fn booking(one: &OwnBooking) -> Msg {
    dated(Msg::new("data-page-booking"), &one.starts, &one.session).with("number", one.number).with("what", word(&one.state))
}

/// A sign before the amount; the words that the person may read after it.
fn movement(one: &OwnMovement) -> Vec<Msg> {
    let amount = match (one.side, one.amount) {
        ("out", Some(amount)) => Value::Text(format!("−{amount}")),
        (_, Some(amount)) => Value::Text(format!("+{amount}")),
        (_, None) => Value::Text("–".to_owned()),
    };
    let mut lines = vec![
        Msg::new("data-page-movement")
            .with("number", one.number)
            .with("start", one.at.as_str())
            .with("text", amount)
            .with("what", kind(one.kind)),
    ];
    let words = [&one.to, &one.session, &one.reason];
    lines.extend(words.into_iter().flatten().map(|text| Msg::new("data-page-line").with("text", text.as_str())));
    if one.from.is_some() {
        lines.push(Msg::new("data-page-from-member"));
    }
    lines
}

/// A word of the file, in the reader's language.
fn word(word: &str) -> Msg {
    match word {
        "member" => Msg::new("data-word-member"),
        "supporter" => Msg::new("data-word-supporter"),
        "facilitator" => Msg::new("data-word-facilitator"),
        "participation" => Msg::new("data-word-participation"),
        "alerts" => Msg::new("data-word-alerts"),
        "figures" => Msg::new("data-word-figures"),
        "given" => Msg::new("data-word-given"),
        "withdrawn" => Msg::new("data-word-withdrawn"),
        "asked" => Msg::new("data-word-asked"),
        "booked" => Msg::new("data-word-booked"),
        "waiting" => Msg::new("data-word-waiting"),
        "offered" => Msg::new("data-word-offered"),
        "cancelled" => Msg::new("data-word-cancelled"),
        "attended" => Msg::new("data-word-attended"),
        "absent" => Msg::new("data-word-absent"),
        "lapsed" => Msg::new("data-word-lapsed"),
        "check-ins" => Msg::new("data-word-checkins"),
        _ => Msg::new("data-word-other"),
    }
}

fn kind(kind: Kind) -> Msg {
    match kind {
        Kind::Issue => Msg::new("data-word-issue"),
        Kind::Grant => Msg::new("data-word-grant"),
        Kind::Gift => Msg::new("data-word-gift"),
        Kind::GiftReturn => Msg::new("data-word-gift-return"),
        Kind::Booking => Msg::new("data-word-booking"),
        Kind::Refund => Msg::new("data-word-refund"),
        Kind::Attendance => Msg::new("data-word-attendance"),
        Kind::Late => Msg::new("data-word-late"),
        Kind::Reversal => Msg::new("data-word-reversal"),
        Kind::Closing => Msg::new("data-word-closing"),
    }
}
