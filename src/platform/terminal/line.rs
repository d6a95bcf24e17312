//! The lines that `entraide try` reads: who says or presses what where, and how the clock moves.

use chrono::{NaiveDateTime, TimeDelta};

use crate::domain::time::{Instants, Timestamp, Zone};

/// One line, read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Line {
    /// A comment or nothing.
    Nothing,
    /// Somebody writes.
    Said {
        /// Who.
        name: String,
        /// In which room; `None` for their direct room.
        room: Option<String>,
        /// What.
        text: String,
    },
    /// Somebody presses a button of the newest message with buttons.
    Pressed {
        /// Who.
        name: String,
        /// In which room; `None` for their direct room.
        room: Option<String>,
        /// Which button, from 1.
        number: usize,
    },
    /// The clock moves on.
    Later(TimeDelta),
    /// The clock is set.
    At(Timestamp),
}

/// Why a line cannot be read.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Unreadable {
    /// No form fits.
    #[error(
        "write `Name> text` (in the group), `Name>> text` (in private), `Name! 2` or `Name!! 2` (a button), `+1d2h30m`, `= 2026-12-01T18:00` or `# comment`"
    )]
    Form,
    /// What follows `!` is no number.
    #[error("after `!` stands the number of a button, such as `Awa! 2`")]
    Button,
    /// The length of time cannot be read.
    #[error("after `+` stands a length of time, such as `+1d2h30m`")]
    Length,
    /// The instant cannot be read.
    #[error("after `=` stands an instant, such as `2026-12-01T18:00`, `2026-12-01T18:00Z` or `2026-12-01T18:00+01:00`")]
    Instant,
    /// The wall time does not exist in the zone.
    #[error("this hour does not exist in {0}: the clocks jump over it")]
    Gap(&'static str),
}

/// Reads a line; instants without offset are in `zone`.
pub fn read(line: &str, zone: Zone) -> Result<Line, Unreadable> {
    let line = line.trim_end_matches(['\r', '\n']);
    let trimmed = line.trim();
    if trimmed.is_empty() || trimmed.starts_with('#') {
        return Ok(Line::Nothing);
    }
    if let Some(length) = trimmed.strip_prefix('+') {
        return read_length(length).map(Line::Later).ok_or(Unreadable::Length);
    }
    if let Some(instant) = trimmed.strip_prefix('=') {
        return read_instant(instant.trim(), zone).map(Line::At);
    }
    read_act(line.trim_start())
}

fn read_act(line: &str) -> Result<Line, Unreadable> {
    let end = line.find(['!', '>', '@']).filter(|end| *end > 0).ok_or(Unreadable::Form)?;
    let (name, rest) = line.split_at(end);
    if name.contains(char::is_whitespace) {
        return Err(Unreadable::Form);
    }
    let (room, rest) = match rest.strip_prefix('@') {
        Some(rest) => {
            let end = rest.find(['!', '>']).filter(|end| *end > 0).ok_or(Unreadable::Form)?;
            (Some(rest[..end].to_owned()), &rest[end..])
        }
        None => (None, rest),
    };
    if room.as_ref().is_some_and(|room| room.contains(char::is_whitespace)) {
        return Err(Unreadable::Form);
    }
    let sign = if rest.starts_with('>') { '>' } else { '!' };
    let body = &rest[1..];
    let (direct, body) = match body.strip_prefix(sign) {
        Some(body) if room.is_none() => (true, body),
        _ => (false, body),
    };
    let room = if direct { None } else { Some(room.unwrap_or_else(|| super::GROUP.to_owned())) };
    let name = name.to_owned();
    if sign == '>' {
        return Ok(Line::Said { name, room, text: body.trim().to_owned() });
    }
    let number = body.trim().parse().map_err(|_| Unreadable::Button)?;
    Ok(Line::Pressed { name, room, number })
}

/// `1d2h30m`, each part at most once and in this order; also weeks before and seconds after.
fn read_length(text: &str) -> Option<TimeDelta> {
    let mut total = TimeDelta::zero();
    let mut rest = text.trim();
    let mut units = "wdhms".chars();
    if rest.is_empty() {
        return None;
    }
    while !rest.is_empty() {
        let end = rest.find(|c: char| !c.is_ascii_digit()).filter(|end| *end > 0)?;
        let count: i64 = rest[..end].parse().ok()?;
        let unit = rest[end..].chars().next()?;
        units.find(|known| *known == unit)?;
        let seconds = match unit {
            'w' => 604_800,
            'd' => 86_400,
            'h' => 3_600,
            'm' => 60,
            _ => 1,
        };
        total = total.checked_add(&TimeDelta::try_seconds(count.checked_mul(seconds)?)?)?;
        rest = rest[end + 1..].trim_start();
    }
    Some(total)
}

/// `YYYY-MM-DDTHH:MM[:SS][Z|±hh:mm]`; without offset in `zone`, the first of two.
pub fn read_instant(text: &str, zone: Zone) -> Result<Timestamp, Unreadable> {
    let with_seconds = |text: &str| if text.len() == 16 { format!("{text}:00") } else { text.to_owned() };
    let (wall, offset) = match text.char_indices().skip(11).find(|(_, c)| matches!(c, 'Z' | 'z' | '+' | '-')) {
        Some((at, _)) => text.split_at(at),
        None => (text, ""),
    };
    let wall = with_seconds(wall);
    if !offset.is_empty() {
        let full = format!("{wall}{}", offset.to_ascii_uppercase());
        return chrono::DateTime::parse_from_rfc3339(&full).map(|at| at.to_utc().into()).map_err(|_| Unreadable::Instant);
    }
    let wall = NaiveDateTime::parse_from_str(&wall, "%Y-%m-%dT%H:%M:%S").map_err(|_| Unreadable::Instant)?;
    match zone.instants(wall) {
        Instants::One(at) | Instants::Two(at, _) => Ok(at),
        Instants::None => Err(Unreadable::Gap(zone.name())),
    }
}

/// The last one-use code (`K7QM-2F9D-0RXW`) in what the bot said.
pub fn code_in(text: &str) -> Option<&str> {
    let is_group = |group: &str| group.len() == 4 && group.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase());
    let mut words = text.split(|c: char| c != '-' && !c.is_ascii_alphanumeric());
    words.rfind(|word| word.len() == 14 && word.split('-').count() == 3 && word.split('-').all(is_group))
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_code_is_found_in_what_was_said() {
        for (said, expected) in [
            ("Tapez : `/lier K7QM-2F9D-0RXW`\nIl sert une fois.", Some("K7QM-2F9D-0RXW")),
            ("AAAA-AAAA-AAAA, BBBB-BBBB-BBBB.", Some("BBBB-BBBB-BBBB")),
            ("vendredi 27 novembre 2026 à 10:00, rendez-vous-là", None),
            ("K7QM-2F9D", None),
            ("", None),
        ] {
            assert_eq!(super::code_in(said), expected, "{said}");
        }
    }

    use super::*;

    fn check(line: &str, expected: &str) {
        let read = match read(line, Zone::PARIS) {
            Ok(Line::Nothing) => "nothing".to_owned(),
            Ok(Line::Said { name, room, text }) => format!("{name} in {} says {text}", room.unwrap_or("private".into())),
            Ok(Line::Pressed { name, room, number }) => format!("{name} in {} presses {number}", room.unwrap_or("private".into())),
            Ok(Line::Later(delta)) => format!("+{}s", delta.num_seconds()),
            Ok(Line::At(at)) => at.utc().to_rfc3339(),
            Err(e) => format!("{e:?}"),
        };
        assert_eq!(read, expected, "{line:?}");
    }

    #[test]
    fn lines() {
        check("", "nothing");
        check("# a > b", "nothing");
        check("Nadia> /installer", "Nadia in group says /installer");
        check("Awa>> /solde", "Awa in private says /solde");
        check("Awa! 2", "Awa in group presses 2");
        check("Awa!! 2", "Awa in private presses 2");
        check("Awa@jardin> bonjour > là", "Awa in jardin says bonjour > là");
        check("Awa@jardin! 1", "Awa in jardin presses 1");
        check("Awa>", "Awa in group says ");
        check("+1d2h30m", "+95400s");
        check("+ 90m", "+5400s");
        check("= 2026-12-01T18:00", "2026-12-01T17:00:00+00:00");
        check("= 2026-12-01T18:00:30Z", "2026-12-01T18:00:30+00:00");
        check("= 2026-12-01T18:00-05:00", "2026-12-01T23:00:00+00:00");
        check("= 2027-03-28T02:30", "Gap(\"Europe/Paris\")");
        check("= demain", "Instant");
        check("+2h1d", "Length");
        check("+", "Length");
        check("Awa! deux", "Button");
        check("bonjour", "Form");
        check("> bonjour", "Form");
        check("deux mots> bonjour", "Form");
    }
}
