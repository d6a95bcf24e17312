//! What readers see, in both languages.

use chrono::DateTime;

use super::{rich::Style, *};
use crate::domain::{
    command::Command,
    message::{Button, Value},
    time::Timestamp,
};

fn at(instant: &str) -> Timestamp {
    DateTime::parse_from_rfc3339(instant).unwrap().to_utc().into()
}

fn reader(language: &str) -> Reader {
    Reader { language: language.into(), zone: Zone::PARIS, platform: Platform::Telegram, command_sign: '/', seen: Seen::ByAll }
}

/// Inserts `value` in a message of one variable and cuts the rest off.
fn shown(value: impl Into<Value>, language: &str) -> String {
    let texts = Texts::embedded();
    let frame = texts.plain(&Msg::new("group-unnamed").with("number", "\u{1F}"), &reader(language));
    texts.plain(&Msg::new("group-unnamed").with("number", value), &reader(language)).replacen(&frame, "", 1)
}

#[test]
fn texts_are_shared_between_threads() {
    fn shared<T: Send + Sync>(_: &T) {}
    let texts = Texts::embedded();
    shared(&texts);
    assert_eq!(texts.faults(), &[] as &[String]);
    assert_eq!(texts.languages().collect::<Vec<_>>(), ["en", "fr"]);
}

#[test]
fn languages_are_resolved() {
    let texts = Texts::embedded();
    for (tag, expected) in
        [("fr", "fr"), ("FR", "fr"), ("fr-CA", "fr"), ("en_GB", "en"), ("en", "en"), ("de", "fr"), ("", "fr"), ("\u{202E}", "fr")]
    {
        assert_eq!(texts.resolve(tag), expected, "{tag}");
    }
    assert!(texts.knows("en-US") && !texts.knows("de"));
}

#[test]
fn values_are_told_in_words() {
    let (moment, new_york) = (at("2026-12-01T17:00:00Z"), "America/New_York".parse().unwrap());
    let text = |text: &str| Value::Text(text.into());
    for (value, fr, en) in [
        (Value::Moment(moment), "mardi 1er décembre 2026 à 18:00 (Europe/Paris)", "Tuesday 1 December 2026 at 18:00 (Europe/Paris)"),
        (
            Value::MomentIn(moment, new_york),
            "mardi 1er décembre 2026 à 12:00 (America/New_York)",
            "Tuesday 1 December 2026 at 12:00 (America/New_York)",
        ),
        (Value::Clock(at("2026-07-01T07:05:00Z")), "09:05", "09:05"),
        (Value::Day("2026-08-09".parse().unwrap()), "dimanche 9 août 2026", "Sunday 9 August 2026"),
        (Value::Month("2026-08-01".parse().unwrap()), "août 2026", "August 2026"),
        (Value::Minutes(45), "45 min", "45 min"),
        (Value::Minutes(90), "1 h 30", "1 h 30 min"),
        (Value::Minutes(65), "1 h 05", "1 h 05 min"),
        (Value::Minutes(120), "2 h", "2 h"),
        (Value::Minutes(1440), "24 h", "24 h"),
        (Value::Minutes(7 * 1440), "7 jours", "7 days"),
        (Value::Minutes(-3), "0 min", "0 min"),
        (Value::Number(10_000), "10000", "10000"),
        (Value::Number(-4), "-4", "-4"),
        (Value::Command(Command::Cancel), "/annuler", "/cancel"),
        (Value::Platform, "Telegram", "Telegram"),
        (Value::Country("FR-NC".into()), "Nouvelle-Calédonie", "New Caledonia"),
        (Value::Country("nc".into()), "Nouvelle-Calédonie", "New Caledonia"),
        (Value::Country("zz".into()), "ZZ", "ZZ"),
        (Value::Language("en".into()), "English", "English"),
        (Value::Language("fr-CA".into()), "français", "français"),
        (Value::Language("ar".into()), "ar", "ar"),
        (Value::Link("https://meet.example/x".into()), "https://meet.example/x", "https://meet.example/x"),
        (Msg::new("common-yes").into(), "Oui", "Yes"),
        (vec![Msg::new("common-yes"), Msg::new("common-no")].into(), "Oui\nNon", "Yes\nNo"),
        (text("**a** [x](y) `c`"), "**a** [x](y) `c`", "**a** [x](y) `c`"),
        (text("a\u{202E}b\u{200B}c\u{2066}d\u{0}"), "abcd", "abcd"),
        (text("{ $number } { care-sos }"), "{ $number } { care-sos }", "{ $number } { care-sos }"),
    ] {
        assert_eq!(shown(value.clone(), "fr"), fr, "{value:?}");
        assert_eq!(shown(value.clone(), "en"), en, "{value:?}");
    }
}

#[test]
fn moments_around_the_clock_changes() {
    for (instant, expected) in [
        ("2027-03-28T00:59:00Z", "dimanche 28 mars 2027 à 01:59 (Europe/Paris)"),
        ("2027-03-28T01:00:00Z", "dimanche 28 mars 2027 à 03:00 (Europe/Paris)"),
        ("2026-10-24T23:59:00Z", "dimanche 25 octobre 2026 à 01:59 (Europe/Paris)"),
        ("2026-10-25T00:30:00Z", "dimanche 25 octobre 2026 à 02:30 (Europe/Paris, avant le changement d'heure)"),
        ("2026-10-25T01:30:00Z", "dimanche 25 octobre 2026 à 02:30 (Europe/Paris, après le changement d'heure)"),
        ("2026-10-25T02:00:00Z", "dimanche 25 octobre 2026 à 03:00 (Europe/Paris)"),
    ] {
        assert_eq!(shown(Value::Moment(at(instant)), "fr"), expected);
    }
    let twice = "Sunday 25 October 2026 at 02:30 (Europe/Paris, after the clock change)";
    assert_eq!(shown(Value::Moment(at("2026-10-25T01:30:00Z")), "en"), twice);
}

#[test]
fn any_instant_and_length_can_be_told() {
    for micros in [i64::MIN, -1, 0, i64::MAX] {
        assert!(!shown(Value::Moment(Timestamp::from_micros(micros)), "fr").is_empty());
        assert!(!shown(Value::Minutes(micros), "en").is_empty());
    }
    assert!(!shown(Value::Day(chrono::NaiveDate::MIN), "fr").is_empty());
}

#[test]
fn crisis_lines_in_the_short_form() {
    for (code, fr, en) in [
        (
            Some("FR"),
            "**3114**\u{A0}: gratuit, jour et nuit. Danger\u{A0}: **15** ou **112**. Sans parler\u{A0}: SMS au **114**.",
            "**3114**: free, day and night. Danger: **15** or **112**. Cannot speak: text **114**.",
        ),
        (
            Some("FR-NC"),
            "**05 30 30**\u{A0}: gratuit, mais pas toute la nuit. Danger\u{A0}: **15** ou **112**.",
            "**05 30 30**: free, but not all night. Danger: **15** or **112**.",
        ),
        (
            Some("BE"),
            "**0800 32 123**\u{A0}: gratuit, jour et nuit. **107**. Danger\u{A0}: **112**.",
            "**0800 32 123**: free, day and night. **107**. Danger: **112**.",
        ),
        (
            Some("CI"),
            "**143**\u{A0}: gratuit, jour et nuit. Danger\u{A0}: **112**, ou le numéro d'urgence du pays.",
            "**143**: free, day and night. Danger: **112**, or the country's emergency number.",
        ),
        (
            Some("SN"),
            "Je n'ai pas de ligne d'écoute sûre pour ce pays. Danger\u{A0}: **112**, ou le numéro d'urgence du pays.",
            "I have no trustworthy line for this country. Danger: **112**, or the country's emergency number.",
        ),
        (
            Some("DE"),
            "Je n'ai pas de ligne d'écoute sûre pour ce pays. Danger\u{A0}: **112**.",
            "I have no trustworthy line for this country. Danger: **112**.",
        ),
        (
            None,
            "Je ne connais pas votre pays. Danger\u{A0}: **112**, ou le numéro d'urgence du pays.",
            "I do not know your country. Danger: **112**, or the country's emergency number.",
        ),
    ] {
        for (language, expected) in [("fr", fr), ("en", en)] {
            let texts = Texts::embedded();
            let value = Value::Lines(code.map(str::to_owned));
            let marked = texts.marked(&Msg::new("care-score-one").with("lines", value), &reader(language));
            assert_eq!(marked.lines().nth_back(1), Some(expected), "{code:?}");
        }
    }
}

#[test]
fn sos_in_full() {
    let texts = Texts::embedded();
    let msg = |country: &str| {
        let lines = Value::LinesInFull(Some(country.into()));
        Msg::new("care-sos").with("association", Msg::new("care-association-unknown")).with("lines", lines)
    };
    assert_eq!(
        texts.plain(&msg("FR"), &reader("fr")).replace('\u{A0}', " "),
        "Merci de votre message.\n\
         L'équipe de ce groupe a écrit ces mots. Vous comptez pour nous.\n\
         Danger tout de suite : appelez le 15 ou le 112.\n\
         Vous pensez au suicide, ou vous souffrez trop : 3114, gratuit, jour et nuit.\n\
         Vous ne pouvez pas parler : SMS au 114.\n\
         Si possible, rejoignez une personne de confiance.\n\
         Je suis un programme. Je ne peux pas appeler pour vous."
    );
    let named = Msg::new("care-sos").with("association", "Entraide 31").with("lines", Value::LinesInFull(Some("CA-QC".into())));
    assert_eq!(
        texts.plain(&named, &reader("en")),
        "Thank you for your message.\n\
         The team of Entraide 31 wrote these words. You matter to us.\n\
         Danger right now: call 911.\n\
         Thinking about suicide, or too much pain: 1 866 277-3553.\n\
         Or else: 988, call or text, day and night.\n\
         If you can, go to someone you trust.\n\
         I am a program. I cannot call for you."
    );
    let nowhere = texts.plain(&msg("SN"), &reader("en"));
    assert!(nowhere.contains("call 112, or the country's emergency number.\nI have no trustworthy line for this country.\n"));
}

#[test]
fn other_numbers() {
    let texts = Texts::embedded();
    let say = |country: Option<&str>, language: &str| {
        let value = Value::OtherLines(country.map(str::to_owned));
        texts.plain(&Msg::new("care-sos-others").with("others", value), &reader(language)).replace('\u{A0}', " ")
    };
    assert_eq!(
        say(Some("FR"), "fr"),
        "Voici d'autres numéros.\nViolences : 3919, gratuit, jour et nuit.\nEnfant en danger : 119, gratuit, jour et nuit.\n\
         Police : 17.\nÉcoute : 09 72 39 40 50."
    );
    assert_eq!(say(Some("CH"), "en"), "Here are other numbers.\nYoung people: 147, day and night.");
    assert!(say(Some("US"), "en").ends_with("I have no other number for this country.\nDanger: 911."));
    assert!(say(None, "fr").contains("**").eq(&false) && say(None, "fr").contains("112"));
}

#[test]
fn everything_is_known_from_memory() {
    let text = Texts::embedded().sos_from_memory();
    let plain = text.plain();
    for expected in ["Merci de votre message", "Thank you for your message", "France: 3114, 15, 112, SMS 114", "Belgique / Belgium: "] {
        assert!(plain.contains(expected), "{plain}");
    }
    for line in lines::all().countries.iter().flat_map(|country| &country.lines) {
        let given = matches!(line.kind, lines::Kind::Crisis | lines::Kind::Danger | lines::Kind::Text);
        assert!(!given || plain.contains(&line.number), "{}", line.number);
    }
    assert!(plain.encode_utf16().count() < 4000, "one message of any platform");
    assert!(text.spans.iter().any(|span| span.text == "3114" && span.style == Style::Bold));
}

#[test]
fn a_message_is_rendered_whole() {
    let texts = Texts::embedded();
    let file = File { name: "a.ics".into(), text: "x".into() };
    let mut content = Content::from(vec![Msg::new("common-yes"), Msg::new("which-group")]).buttons([Button::command(
        Msg::new("common-no"),
        Command::Cancel,
        "12",
    )]);
    content.file = Some(file.clone());
    let rendered = texts.render(&content, &reader("en"));
    assert_eq!(rendered.text.plain(), "Yes\nFor which group?");
    assert_eq!(rendered.buttons, [("No".to_owned(), Press::Command { command: Command::Cancel, rest: "12".into() })]);
    assert_eq!(rendered.file, Some(file));
}

#[test]
fn commands_bear_the_sign_of_the_platform() {
    let matrix = Reader { platform: Platform::Matrix, command_sign: '!', ..reader("fr") };
    let msg = Msg::new("care-consent").with("association", "Entraide 31").with("erase", Command::Erase);
    let text = Texts::embedded().plain(&msg, &matrix);
    assert!(text.contains("!effacer") && text.contains("Matrix garde aussi nos messages"), "{text}");
    assert!(text.contains("Entraide 31 organise ce groupe"), "{text}");
}

#[test]
fn what_is_missing_does_no_harm() {
    let texts = Texts::embedded();
    assert_eq!(texts.plain(&Msg::new("no-such-message"), &reader("fr")), "[no-such-message]");
    assert_eq!(texts.plain(&Msg::new("group-unnamed"), &reader("fr")), "Groupe [number]");
    let text = texts.plain(&Msg::new("care-score-one"), &reader("fr"));
    assert!(text.starts_with("Merci") && text.contains("[lines]") && text.ends_with("prévenu."), "{text}");
    let nested = Msg::new("group-unnamed").with("number", Msg::new("no-such-message"));
    assert_eq!(texts.plain(&nested, &reader("en")), "Group [no-such-message]");
}

#[test]
fn the_first_lines_of_private_texts_say_nothing_private() {
    let texts = Texts::embedded();
    let when = at("2026-12-01T17:00:00Z");
    for id in ["care-booked", "care-session-full"] {
        for language in ["fr", "en"] {
            let msg = Msg { id: id.into(), args: vec![] }.with("title", "Deuil").with("when", Value::Moment(when));
            let text = texts.plain(&msg, &reader(language));
            assert!(!text.lines().next().unwrap().contains("Deuil") && text.contains("Deuil"), "{text}");
        }
    }
}

/// Not a measure, a guard: rendering must not come to parse catalogues anew.
#[test]
fn rendering_is_quick() {
    let texts = Texts::embedded();
    let msg = Msg::new("care-booked").with("title", "Cercle").with("when", Value::Moment(at("2026-12-01T17:00:00Z")));
    let content = Content::from(msg).buttons([Button::command(Msg::new("care-booked-button-cannot"), Command::Cancel, "12")]);
    let (reader, started) = (reader("fr"), std::time::Instant::now());
    for _ in 0..1000 {
        assert_eq!(texts.render(&content, &reader).buttons.len(), 1);
    }
    assert!(started.elapsed().as_secs() < 5, "{:?}", started.elapsed());
}

#[test]
fn a_name_from_right_to_left_turns_nothing_around() {
    let texts = Texts::embedded();
    let reader = reader("fr");
    let said = |name: &str| texts.plain(&Msg::new("safety-thanks-sent").with("name", name), &reader);
    assert_eq!(said("נועה"), "Merci pour \u{2068}נועה\u{2069}.");
    assert_eq!(said("نور"), "Merci pour \u{2068}نور\u{2069}.");
    assert_eq!(said("Élodie 🌸"), "Merci pour Élodie 🌸.");
}

#[test]
fn credits_bear_the_name_that_the_community_gave_them() {
    let texts = Texts::embedded();
    let unit = |one: &str, many: &str| Some(Unit { one: one.into(), many: many.into() });
    let said = |unit: Option<Unit>, amount: i64, seen: Seen| {
        let content = Content { unit, ..Content::from(vec![Msg::new("credits-title"), Msg::new("credits-free").with("free", amount)]) };
        texts.render(&content, &Reader { seen, ..reader("fr") }).text.plain()
    };
    assert_eq!(said(None, 2, Seen::InPrivate), "Voici vos crédits.\nIl vous reste 2 crédits libres.");
    assert_eq!(said(unit("heure", "heures"), 1, Seen::InPrivate), "Voici vos heures.\nIl vous reste 1 heure libre.");
    assert_eq!(said(unit("*h*", "<b>"), 2, Seen::InPrivate), "Voici vos <b>.\nIl vous reste 2 <b> libres.");
    // A name that tells stands on no lock screen.
    let telling = said(unit("écoute", "urgences"), 2, Seen::InPrivate);
    assert_eq!(telling, "Un message pour vous.\nVoici vos urgences.\nIl vous reste 2 urgences libres.");
    assert_eq!(said(unit("écoute", "urgences"), 2, Seen::ByAll), "Voici vos urgences.\nIl vous reste 2 urgences libres.");
}
