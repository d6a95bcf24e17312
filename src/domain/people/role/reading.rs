//! Reading `/role @Sam facilitator`: who and which role, in either order, language and gender.

use crate::domain::{
    command::Command,
    decision::Refusal,
    hear::{Call, Named},
    message::Msg,
    scope::Role,
    words::{clean_name, fold},
};

/// What was typed.
#[derive(Clone, PartialEq, Debug)]
pub enum RoleArgs {
    /// Nothing: one's own role.
    Show,
    /// A role, and whose; of who typed it where nobody is named.
    Give {
        /// Whose.
        who: Option<Named>,
        /// Which.
        role: Role,
    },
    /// A word that is close to a role.
    Close {
        /// Whose.
        who: Option<Named>,
        /// What it may have meant.
        role: Role,
        /// As typed.
        typed: String,
    },
    /// Not to be understood: the right form, with what was.
    Wrong {
        /// Whose, as far as that is clear.
        who: Option<Named>,
        /// The form.
        form: Refusal,
    },
}

impl RoleArgs {
    /// Who was named.
    pub const fn who(&self) -> Option<&Named> {
        match self {
            Self::Show => None,
            Self::Give { who, .. } | Self::Close { who, .. } | Self::Wrong { who, .. } => who.as_ref(),
        }
    }
}

/// Every word for a role, folded; the first of each is the French one.
const WORDS: [(&str, Role); 19] = [
    ("membre", Role::Member),
    ("member", Role::Member),
    ("pairaidant", Role::Supporter),
    ("pairaidante", Role::Supporter),
    ("aidant", Role::Supporter),
    ("aidante", Role::Supporter),
    ("supporter", Role::Supporter),
    ("peersupporter", Role::Supporter),
    ("animateur", Role::Facilitator),
    ("animatrice", Role::Facilitator),
    ("facilitateur", Role::Facilitator),
    ("facilitatrice", Role::Facilitator),
    ("facilitator", Role::Facilitator),
    ("host", Role::Facilitator),
    ("coordinateur", Role::Coordinator),
    ("coordinatrice", Role::Coordinator),
    ("coordonnateur", Role::Coordinator),
    ("coordonnatrice", Role::Coordinator),
    ("coordinator", Role::Coordinator),
];

fn plain(word: &str) -> String {
    fold(word).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The role that a word means.
pub fn read_role(word: &str) -> Option<Role> {
    let word = plain(word);
    WORDS.iter().find(|(known, _)| *known == word).map(|(_, role)| *role)
}

/// The role that a mistyped word is closest to, where one is close.
fn close_to(word: &str) -> Option<Role> {
    let word = plain(word);
    let far = |known: &str| strsim::damerau_levenshtein(known, &word);
    let near = WORDS.iter().map(|(known, role)| (far(known), known.len(), *role));
    near.filter(|(far, len, _)| *far <= if *len < 6 { 1 } else { 2 }).min_by_key(|(far, _, _)| *far).map(|(_, _, role)| role)
}

/// Who, by a mention, a name or the message answered, and which role.
pub fn parse(call: &Call) -> RoleArgs {
    let named: Vec<_> = call.words.iter().filter_map(|word| Some((word.start, Named::from_word(word)?))).collect();
    let is_name = |start: usize| named.iter().any(|(known, _)| *known == start);
    let others: Vec<&str> = call.words.iter().filter(|word| !is_name(word.start)).map(|word| word.text.as_str()).collect();
    let who = named.first().map(|(_, named)| named.clone()).or_else(|| call.reply_to.clone());
    let typed = others.join(" ");
    let role = read_role(&others.concat()).or_else(|| others.iter().find_map(|word| read_role(word)));
    if named.len() > 1 {
        return RoleArgs::Wrong { form: form(who.as_ref(), role, Msg::new("people-role-one-only")), who };
    }
    if let Some(role) = role {
        return RoleArgs::Give { who, role };
    }
    match (close_to(&typed), who) {
        (Some(role), who) => RoleArgs::Close { who, role, typed },
        (None, who) if !typed.is_empty() => {
            let unknown = Msg::new("people-role-unknown").with("typed", clean_name(&typed));
            RoleArgs::Wrong { form: form(who.as_ref(), None, unknown), who }
        }
        (None, Some(who)) => RoleArgs::Wrong { form: form(Some(&who), None, Msg::new("people-role-which")), who: Some(who) },
        (None, None) => RoleArgs::Show,
    }
}

/// The right form, with what was understood.
pub(super) fn form(who: Option<&Named>, role: Option<Role>, first: Msg) -> Refusal {
    let name = who.map_or_else(|| "Sam".to_owned(), |who| clean_name(&who.typed));
    let right = Msg::new("people-role-form").with("role", Command::Role).with("name", name);
    let right = right.with("what", role_word(role.unwrap_or(Role::Facilitator)));
    Refusal::new(vec![first, right, Msg::new("people-role-words")])
}

/// The word to type for a role.
fn role_word(role: Role) -> Msg {
    match role {
        Role::Member => Msg::new("people-role-word-member"),
        Role::Supporter => Msg::new("people-role-word-supporter"),
        Role::Facilitator => Msg::new("people-role-word-facilitator"),
        Role::Coordinator => Msg::new("people-role-word-coordinator"),
    }
}

/// What a button carries for a role.
pub(super) fn typed_word(role: Role) -> &'static str {
    WORDS.iter().find(|(_, known)| *known == role).map_or("membre", |(word, _)| word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(args: &RoleArgs) -> (Option<&str>, String) {
        let who = args.who().map(|who| who.typed.as_str());
        let what = match args {
            RoleArgs::Show => "show".to_owned(),
            RoleArgs::Give { role, .. } => format!("{role:?}"),
            RoleArgs::Close { role, .. } => format!("{role:?}?"),
            RoleArgs::Wrong { form, .. } => form.0.lines[0].id.to_string(),
        };
        (who, what)
    }

    #[test]
    fn what_is_typed_is_read_in_either_order_and_language() {
        for (rest, who, expected) in [
            ("@Sam animateur", Some("Sam"), "Facilitator"),
            ("animatrice @Sam", Some("Sam"), "Facilitator"),
            ("@Sam Facilitator", Some("Sam"), "Facilitator"),
            ("@Sam pair-aidante", Some("Sam"), "Supporter"),
            ("@Sam pair aidant", Some("Sam"), "Supporter"),
            ("@Sam peer supporter", Some("Sam"), "Supporter"),
            ("@Sam COORDINATRICE", Some("Sam"), "Coordinator"),
            ("@Sam member", Some("Sam"), "Member"),
            ("@Sam annimateur", Some("Sam"), "Facilitator?"),
            ("@Sam cordinateur", Some("Sam"), "Coordinator?"),
            ("@Sam pair aidannt", Some("Sam"), "Supporter?"),
            ("menbre", None, "Member?"),
            ("membre", None, "Member"),
            ("animateur", None, "Facilitator"),
            ("@Sam", Some("Sam"), "people-role-which"),
            ("@Sam @Awa animateur", Some("Sam"), "people-role-one-only"),
            ("@Sam roi", Some("Sam"), "people-role-unknown"),
            ("roi", None, "people-role-unknown"),
            ("Sam animateur", None, "Facilitator"),
            ("", None, "show"),
        ] {
            let args = parse(&Call::new(Command::Role, rest));
            assert_eq!(shown(&args), (who, expected.to_owned()), "{rest:?}");
        }
    }

    #[test]
    fn the_message_answered_names_the_person() {
        let reply_to = Some(Named::bare("Sam"));
        let call = Call { reply_to, ..Call::new(Command::Role, "animateur") };
        assert_eq!(shown(&parse(&call)), (Some("Sam"), "Facilitator".to_owned()));
    }

    #[test]
    fn buttons_carry_words_that_are_read() {
        for role in [Role::Member, Role::Supporter, Role::Facilitator, Role::Coordinator] {
            assert_eq!(read_role(typed_word(role)), Some(role));
        }
    }
}
