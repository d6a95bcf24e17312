//! What a community decides about its credits, beside its floor: their name, usual prices and rewards, limits.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::GENERAL_FUND;
use crate::domain::{message::Unit, session::SessionKind};

/// All of it; what a community never chose is as it is here by default.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(default)]
pub struct CreditRules {
    /// What a credit is called, by language; the catalogue's word where it is not named.
    pub units: BTreeMap<String, Unit>,
    /// Usual price and reward, by [`SessionKind::code`].
    pub usual: [Terms; 4],
    /// A late cancellation or an absence costs half of the price.
    pub late_half: bool,
    /// Solidarity pays the seat of who never had one: a first visit costs nothing.
    pub first_free: bool,
    /// Where rewards come from.
    pub rewards: Rewards,
    /// The lowest floor that ever held.
    pub lowest_floor: i64,
}

/// What a session of a kind costs and brings where nobody says otherwise.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Terms {
    /// For a seat.
    pub price_credits: i64,
    /// For the host, once, on top of the prices.
    pub reward_credits: i64,
}

/// What a host is paid from.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Rewards {
    /// From the prices alone.
    Price,
    /// From the prices, and a reward on top from this fund.
    Fund(String),
}

impl Default for CreditRules {
    fn default() -> Self {
        Self {
            units: BTreeMap::new(),
            usual: [Terms::default(); 4],
            late_half: false,
            first_free: false,
            rewards: Rewards::Fund(GENERAL_FUND.to_owned()),
            lowest_floor: 0,
        }
    }
}

impl CreditRules {
    /// What credits are called in a language, where the community named them in it or in its main language.
    pub fn unit(&self, language: &str) -> Option<Unit> {
        let main = || language.split(['-', '_']).next().and_then(|main| self.units.get(main));
        self.units.get(language).or_else(main).cloned()
    }

    /// What a new session of a kind costs and brings where nobody says otherwise.
    pub fn terms(&self, kind: SessionKind) -> Terms {
        let usual = index(kind).map(|at| self.usual[at]).unwrap_or_default();
        match self.rewards {
            Rewards::Price => Terms { reward_credits: 0, ..usual },
            Rewards::Fund(_) => usual,
        }
    }

    /// The same, to be changed; `None` for what never costs anything.
    pub fn terms_mut(&mut self, kind: SessionKind) -> Option<&mut Terms> {
        index(kind).map(|at| &mut self.usual[at])
    }

    /// The fund that pays the rewards which sessions bear.
    pub fn reward_fund(&self) -> &str {
        match &self.rewards {
            Rewards::Price => GENERAL_FUND,
            Rewards::Fund(name) => name,
        }
    }

    /// Another floor holds from now on: what came to be under the one before stays sound.
    pub fn floor_changes(&mut self, before_credits: i64) {
        self.lowest_floor = self.lowest_floor(before_credits);
    }

    /// The lowest floor that ever held, the present one with them.
    pub fn lowest_floor(&self, floor_credits: i64) -> i64 {
        self.lowest_floor.min(floor_credits)
    }
}

const fn index(kind: SessionKind) -> Option<usize> {
    match kind {
        SessionKind::Circle => Some(0),
        SessionKind::Listening => Some(1),
        SessionKind::Workshop => Some(2),
        SessionKind::Training => Some(3),
        SessionKind::Informal => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_kept_before_a_rule_was_there_reads_as_the_default() {
        let read = |json: &str| serde_json::from_str::<CreditRules>(json).unwrap();
        assert_eq!(read("{}"), CreditRules::default());
        let kept = CreditRules { rewards: Rewards::Price, late_half: true, ..CreditRules::default() };
        assert_eq!(read(&serde_json::to_string(&kept).unwrap()), kept);
    }

    #[test]
    fn a_unit_is_found_by_its_main_language() {
        let unit = Unit { one: "heure".into(), many: "heures".into() };
        let rules = CreditRules { units: [("fr".to_owned(), unit.clone())].into(), ..CreditRules::default() };
        assert_eq!((rules.unit("fr"), rules.unit("fr-CA"), rules.unit("en")), (Some(unit.clone()), Some(unit), None));
    }

    #[test]
    fn the_lowest_floor_stays_known() {
        let mut rules = CreditRules::default();
        rules.floor_changes(-5);
        rules.floor_changes(-2);
        assert_eq!((rules.lowest_floor(0), rules.lowest_floor(-9)), (-5, -9));
    }
}
