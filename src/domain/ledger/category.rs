//! What credits are for: the community's own list, each name in two languages; kept on a transfer as a number.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::rules::CreditRules;
use crate::domain::{
    decision::Refusal,
    message::{Content, Msg, Value},
    scope::Scope,
    words::{clean_name, fold},
};

/// The most categories of a community's own.
pub const OWN_MAX: usize = 20;

/// The longest name of a category, in characters.
pub const NAME_CHARS_MAX: usize = 24;

/// The categories that every community begins with, by number, with the words that mean them.
const BUILT_IN: [(i64, [&str; 2]); 5] = [
    (LISTENING, ["ecoute", "listening"]),
    (2, ["animation", "hosting"]),
    (3, ["formation", "training"]),
    (4, ["logistique", "logistics"]),
    (5, ["don", "gift"]),
];

/// The number of listening: who has to do with it is told to nobody else.
pub const LISTENING: i64 = 1;

/// The highest number of those.
const BUILT_IN_LAST: i64 = 5;

/// What stands before a category in a command.
pub(super) const KEYS: [&str; 3] = ["categorie:", "category:", "cat:"];

/// A community's list.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Categories {
    /// Those of its own; numbers count up and are never used again.
    pub own: Vec<Category>,
    /// Taken off the list; transfers that bear them keep them.
    pub retired: BTreeSet<i64>,
}

/// A category of a community's own.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Category {
    /// What transfers bear.
    pub number: i64,
    /// In French.
    pub fr: String,
    /// In English.
    pub en: String,
}

impl Categories {
    /// The numbers on the list, in order.
    pub fn numbers(&self) -> Vec<i64> {
        let all = BUILT_IN.iter().map(|(number, _)| *number).chain(self.own.iter().map(|category| category.number));
        all.filter(|number| !self.retired.contains(number)).collect()
    }

    /// The category on the list that a word means, in either language.
    pub fn find(&self, typed: &str) -> Option<i64> {
        let wanted = fold(typed.trim());
        let built_in = BUILT_IN.iter().find(|(_, words)| words.contains(&wanted.as_str())).map(|(number, _)| *number);
        let own = || self.own.iter().find(|own| fold(&own.fr) == wanted || fold(&own.en) == wanted).map(|own| own.number);
        built_in.filter(|number| !self.retired.contains(number)).or_else(own).filter(|number| !self.retired.contains(number))
    }

    /// A word that finds it.
    pub fn word(&self, number: i64) -> Option<String> {
        let built_in = BUILT_IN.iter().find(|(known, _)| *known == number).map(|(_, words)| words[0].to_owned());
        built_in.or_else(|| self.own.iter().find(|own| own.number == number).map(|own| own.fr.clone()))
    }

    /// A category's name; of one that was taken off the list, too.
    pub fn name(&self, number: i64) -> Option<Value> {
        let own = || {
            let Category { fr, en, .. } = self.own.iter().find(|own| own.number == number)?;
            Some(Value::Names([("fr".to_owned(), fr.clone()), ("en".to_owned(), en.clone())].into()))
        };
        Some(match number {
            LISTENING => Msg::new("category-listening").into(),
            2 => Msg::new("category-hosting").into(),
            3 => Msg::new("category-training").into(),
            4 => Msg::new("category-logistics").into(),
            5 => Msg::new("category-gift").into(),
            _ => return own(),
        })
    }

    /// With one more of its own; `None` where the name is there already, is none, or the list is full.
    pub fn with(&self, fr: &str, en: &str) -> Option<Self> {
        let [fr, en] = [fr, en].map(clean_name);
        let fits = |name: &String| name.chars().any(char::is_alphabetic) && name.chars().count() <= NAME_CHARS_MAX && !name.contains(':');
        let mut new = self.clone();
        // What was taken off comes back under its number.
        if let Some(known) = self.any(&fr).or_else(|| self.any(&en)) {
            return new.retired.remove(&known).then_some(new);
        }
        if !fits(&fr) || !fits(&en) || self.own.len() >= OWN_MAX {
            return None;
        }
        let last = self.own.iter().map(|own| own.number).max().unwrap_or(BUILT_IN_LAST);
        new.own.push(Category { number: last.saturating_add(1), fr, en });
        Some(new)
    }

    /// Without one; `None` where no such name is on the list.
    pub fn without(&self, typed: &str) -> Option<Self> {
        let mut new = self.clone();
        new.retired.insert(self.find(typed)?);
        Some(new)
    }

    /// As [`Categories::find`], on the list or off it.
    fn any(&self, typed: &str) -> Option<i64> {
        Self { own: self.own.clone(), retired: BTreeSet::new() }.find(typed)
    }
}

/// The number of the category that was typed, if any was; the list where none is called so.
pub(super) fn chosen(scope: &Scope, typed: Option<&str>) -> Result<Option<i64>, Refusal> {
    let (Some(typed), Some(community)) = (typed, &scope.community) else { return Ok(None) };
    let list = &community.credits.categories;
    match list.find(typed) {
        Some(number) => Ok(Some(number)),
        None => {
            let names = lines(list);
            let unknown = Msg::new("category-unknown").with("typed", clean_name(typed)).with("items", names);
            Err(Refusal::new(Content::from(vec![Msg::new("credits-not-now"), unknown])))
        }
    }
}

/// The names on the list, a line each.
pub(super) fn lines(list: &Categories) -> Vec<Msg> {
    let name = |number: i64| Some(Msg::new("category-line").with("what", list.name(number)?));
    list.numbers().into_iter().filter_map(name).collect()
}

/// The line that says what a transfer is for.
pub(super) fn line(rules: &CreditRules, category: Option<i64>) -> Option<Msg> {
    let name = rules.categories.name(category?)?;
    Some(Msg::new("category-of").with("what", name))
}

/// What a movement was, and then what for.
pub(super) fn behind(what: Msg, rules: &CreditRules, category: Option<i64>) -> Msg {
    match category.and_then(|number| rules.categories.name(number)) {
        Some(name) => Msg::new("category-behind").with("what", what).with("category", name),
        None => what,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_the_communitys_own() {
        let list = Categories::default();
        assert_eq!(list.numbers(), [1, 2, 3, 4, 5]);
        assert_eq!((list.find("Écoute"), list.find("LISTENING"), list.find("cuisine")), (Some(1), Some(1), None));
        let list = list.with("Cuisine", "Cooking").unwrap();
        assert_eq!((list.find("cuisine"), list.find("cooking")), (Some(6), Some(6)));
        let both = Value::Names([("en".to_owned(), "Cooking".to_owned()), ("fr".to_owned(), "Cuisine".to_owned())].into());
        assert_eq!(list.name(6), Some(both));
        assert_eq!(list.with("cuisine", "kitchen"), None, "it is there already");
        for bad in ["", "12", "a:b", "un nom beaucoup trop long pour une liste"] {
            assert_eq!(list.with(bad, "fine"), None, "{bad:?}");
        }
    }

    #[test]
    fn what_is_taken_off_keeps_its_name_and_number() {
        let list = Categories::default().with("Cuisine", "Cooking").unwrap().without("cooking").unwrap().without("don").unwrap();
        assert_eq!((list.find("cuisine"), list.find("gift")), (None, None));
        assert!(list.name(6).is_some(), "for the transfers that bear it");
        assert_eq!(list.with("Jardin", "Garden").unwrap().find("jardin"), Some(7));
        assert_eq!(list.with("Cuisine", "Cooking").unwrap().find("cuisine"), Some(6), "it comes back");
        assert_eq!(list.without("cuisine"), None);
    }
}
