//! The table of commands: the words in both languages, who may use them, where the answer goes.

use serde::{Deserialize, Serialize};

use super::words::fold;

/// Who may use a command.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Who {
    /// Everybody, joined or not.
    Anyone,
    /// Members and above.
    Member,
    /// Supporters and above.
    Supporter,
    /// Facilitators and above.
    Facilitator,
    /// Coordinators.
    Coordinator,
    /// Who administers the room on the platform.
    RoomAdmin,
}

/// Where a command's answer, and its refusals, go.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Answers {
    /// To who asked, in private.
    Private,
    /// Where it was asked.
    Here,
}

/// What a command needs to be about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum About {
    /// Nothing but the account.
    Account,
    /// A community (any of its groups will do).
    Community,
    /// One group.
    Group,
}

/// One row of the table.
#[derive(Debug)]
pub struct Spec {
    /// Which command.
    pub command: Command,
    /// French words, the canonical first; after it those that do the same.
    pub fr: &'static [&'static str],
    /// English words, likewise.
    pub en: &'static [&'static str],
    /// Who may use it.
    pub who: Who,
    /// Where the answer goes.
    pub answers: Answers,
    /// What it needs to be about.
    pub about: About,
    /// It works; otherwise it is not shown, and typed all the same it says so kindly.
    pub built: bool,
}

macro_rules! commands {
    ($($(#[$doc:meta])* $name:ident $fr:tt $en:tt $who:ident $answers:ident $about:ident $built:literal;)*) => {
        /// What the bot can be asked.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
        pub enum Command {
            $($(#[$doc])* $name,)*
        }

        /// Every command, in the order in which `/menu tout` lists them.
        pub const TABLE: &[Spec] = &[$(Spec {
            command: Command::$name,
            fr: &$fr,
            en: &$en,
            who: Who::$who,
            answers: Answers::$answers,
            about: About::$about,
            built: $built,
        },)*];
    };
}

commands! {
    /// The eight buttons, or all that this person may do here.
    Menu ["menu", "aide", "start"] ["menu", "help", "start"] Anyone Here Account true;
    /// Crisis lines.
    Sos ["sos", "urgence"] ["sos", "crisis"] Anyone Private Account true;
    /// Somebody to listen.
    Talk ["parler", "ecoute"] ["talk", "listen"] Anyone Private Account true;
    /// A check-in.
    Checkin ["cava", "bilan", "humeur"] ["checkin", "mood"] Member Private Community true;
    /// The next sessions.
    Agenda ["agenda", "seances"] ["agenda", "sessions"] Anyone Here Community true;
    /// One's balance.
    Credits ["credits", "solde"] ["credits", "balance"] Member Private Community true;
    /// No invitations, reminders or duty for a while.
    Pause ["pause"] ["pause"] Member Private Community true;
    /// Language, country, zone, alias.
    Settings ["reglages"] ["settings"] Anyone Private Account true;
    /// Joins the group.
    Join ["rejoindre"] ["join"] Anyone Private Group true;
    /// Leaves the group.
    Leave ["quitter", "stop"] ["leave"] Anyone Private Group true;
    /// One's own check-ins of the month.
    MyMonth ["monmois", "tendance"] ["mymonth", "trend"] Member Private Community true;
    /// Ends a pause.
    Resume ["reprendre"] ["resume"] Member Private Community true;
    /// One's movements.
    Statement ["releve"] ["statement"] Member Private Community true;
    /// Gives credits to somebody.
    Give ["donner"] ["give"] Member Private Community true;
    /// Thanks somebody.
    Thanks ["merci"] ["thanks"] Member Private Community true;
    /// Books a seat.
    Book ["reserver"] ["book"] Member Private Community true;
    /// Gives a seat back, or ends what is under way.
    Cancel ["annuler"] ["cancel"] Member Private Community true;
    /// One's bookings.
    Bookings ["mesreservations"] ["bookings"] Member Private Community true;
    /// The rules of the group.
    Rules ["charte", "regles"] ["rules"] Anyone Here Community true;
    /// The reader's language.
    Language ["langue"] ["language"] Anyone Private Account true;
    /// The reader's country.
    Country ["pays"] ["country"] Anyone Private Account true;
    /// The reader's zone.
    Timezone ["fuseau"] ["timezone"] Anyone Private Account true;
    /// The person's alias.
    Alias ["pseudo"] ["alias"] Member Private Community true;
    /// Neutral messages for shared phones.
    Discreet ["discret"] ["discreet"] Anyone Private Account true;
    /// Proposes a session.
    Session ["seance"] ["session"] Member Private Group true;
    /// Who came.
    Attendance ["presence"] ["attendance"] Member Private Community true;
    /// Posts a prompt.
    Prompt ["sujet", "question"] ["prompt", "topic"] Facilitator Private Group true;
    /// The climate of the group.
    Climate ["climat"] ["climate"] Facilitator Private Group false;
    /// Schedules the check-in invitation.
    Invite ["invitation"] ["invite"] Facilitator Private Group false;
    /// Repeats a session.
    Series ["serie"] ["series"] Facilitator Private Community true;
    /// Opens bookable hours.
    Available ["dispo"] ["available"] Supporter Private Community false;
    /// Closes bookable hours.
    Unavailable ["indispo"] ["unavailable"] Supporter Private Community false;
    /// The alert roster.
    OnDuty ["permanence"] ["onduty"] Supporter Private Group false;
    /// Hands everything back.
    Breathe ["souffler"] ["breathe"] Supporter Private Community false;
    /// A supporter's weekly cap.
    Cap ["plafond"] ["cap"] Supporter Private Community false;
    /// A supporter's stance, languages, topics.
    Profile ["profil"] ["profile"] Supporter Private Group true;
    /// Issues credits.
    Issue ["crediter"] ["issue", "credit"] Coordinator Private Community true;
    /// Opposes a transfer.
    Reverse ["corriger"] ["reverse"] Coordinator Private Community true;
    /// Funds and budgets.
    Fund ["fonds"] ["fund"] Coordinator Private Community true;
    /// The community's ledger.
    Ledger ["grandlivre"] ["ledger"] Coordinator Private Community true;
    /// Names roles.
    Role ["role"] ["role"] Member Private Group true;
    /// Removes a person, silently.
    Remove ["retirer"] ["remove"] Coordinator Private Group true;
    /// Figures for a funder.
    Figures ["rapport"] ["figures"] Coordinator Private Community false;
    /// Makes the room a group's.
    Setup ["installer"] ["setup"] RoomAdmin Private Account true;
    /// Joins two accounts of one person.
    Link ["lier"] ["link"] Anyone Private Account true;
    /// Blocks somebody.
    Block ["bloquer"] ["block"] Member Private Community true;
    /// One's own data.
    MyData ["mesdonnees"] ["mydata"] Anyone Private Account true;
    /// Erases everything.
    Erase ["effacer", "oublier"] ["erase", "forget"] Anyone Private Account true;
    /// Consent, per purpose.
    Choices ["meschoix", "consentement"] ["choices", "consent"] Anyone Private Community true;
    /// Tells staff.
    Report ["signaler"] ["report"] Anyone Private Group true;
}

/// The buttons of `/menu`, in this order; the eighth is `/menu tout`.
pub const FIRST_SEVEN: [Command; 7] =
    [Command::Talk, Command::Sos, Command::Checkin, Command::Agenda, Command::Credits, Command::Pause, Command::Settings];

impl Command {
    /// Its row.
    pub fn spec(self) -> &'static Spec {
        &TABLE[self as usize]
    }

    /// Its name on buttons: the canonical English word, which never changes.
    pub fn name(self) -> &'static str {
        self.spec().en[0]
    }

    /// The command of a name.
    pub fn from_name(name: &str) -> Option<Self> {
        TABLE.iter().find(|spec| spec.en[0] == name).map(|spec| spec.command)
    }

    /// On a shared phone with a code, the code is asked first: this shows or takes away what is kept about oneself.
    pub const fn asks_code(self) -> bool {
        matches!(self, Self::MyMonth | Self::Statement | Self::MyData | Self::Erase | Self::Link)
    }

    /// The canonical word in `language`, French and English as the table has them.
    pub fn word(self, language: &str) -> &'static str {
        if language.starts_with("fr") { self.spec().fr[0] } else { self.spec().en[0] }
    }

    /// The command that a typed word means, without regard to accents, case or language.
    pub fn from_word(word: &str) -> Option<Self> {
        let word = fold(word);
        TABLE.iter().find(|spec| spec.words().any(|known| known == word)).map(|spec| spec.command)
    }

    /// The built command that a mistyped word is closest to, where one is close.
    pub fn close_to(word: &str) -> Option<Self> {
        let word = fold(word);
        TABLE
            .iter()
            .filter(|spec| spec.built)
            .flat_map(|spec| spec.words().map(|known| (strsim::damerau_levenshtein(known, &word), known.len(), spec.command)))
            .filter(|(distance, len, _)| *distance <= if *len < 5 { 1 } else { 2 })
            .min_by_key(|(distance, _, _)| *distance)
            .map(|(_, _, command)| command)
    }
}

impl Spec {
    /// All words of both languages.
    pub fn words(&self) -> impl Iterator<Item = &'static str> {
        self.fr.iter().chain(self.en).copied()
    }
}

/// Whether the adapter must ask the platform if the sender administers the room before it hands this text over.
pub fn needs_admin_check(text: &str) -> bool {
    let first = text.trim_start_matches(['/', '!']).split(|c: char| c.is_whitespace() || c == '@').next();
    first.and_then(Command::from_word) == Some(Command::Setup)
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    #[test]
    fn every_row_stands_at_its_own_index_and_no_word_means_two_commands() {
        let mut seen: HashMap<&str, Command> = HashMap::new();
        for (n, spec) in TABLE.iter().enumerate() {
            assert_eq!(spec.command as usize, n);
            for word in spec.words() {
                assert_eq!(fold(word), word, "words are written folded");
                let before = seen.insert(word, spec.command);
                assert!(before.is_none_or(|c| c == spec.command), "{word} means two commands");
            }
        }
    }

    #[test]
    fn words_are_found_in_both_languages_without_accents_or_case() {
        for (typed, expected) in [
            ("Réserver", Some(Command::Book)),
            ("RESERVER", Some(Command::Book)),
            ("book", Some(Command::Book)),
            ("séances", Some(Command::Agenda)),
            ("seance", Some(Command::Session)),
            ("crédit", Some(Command::Issue)),
            ("nuage", None),
        ] {
            assert_eq!(Command::from_word(typed), expected, "{typed}");
        }
        assert_eq!(Command::close_to("resever"), Some(Command::Book));
        assert_eq!(Command::close_to("xyzzy"), None);
    }

    #[test]
    fn only_setup_needs_the_platforms_word() {
        assert!(needs_admin_check("/installer"));
        assert!(needs_admin_check("!Setup@bot ABC"));
        assert!(!needs_admin_check("/menu"));
    }
}
