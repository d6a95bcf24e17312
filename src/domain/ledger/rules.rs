//! What a community decides about its credits, beside its floor: their name, usual prices and rewards, limits.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{GENERAL_FUND, SOLIDARITY_FUND, category::Categories};
use crate::domain::{
    message::{Msg, Unit, Value},
    session::{HOST_MONTH_CREDITS_MAX, SessionKind},
};

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
    /// What one keeps for one's own bookings when giving.
    pub reserve_credits: i64,
    /// How many gifts one may make in a day.
    pub gifts_day_max: Option<i64>,
    /// What one may receive in gifts in a calendar month, before a coordinator decides.
    pub received_month_credits: Option<i64>,
    /// What one may earn by hosting in a calendar month before a coordinator decides; `None`: the usual limit.
    pub host_month_credits: Option<i64>,
    /// What credits are for.
    pub categories: Categories,
    /// What a gift may be for, in the community's words; empty where nothing is asked.
    pub reasons: Vec<String>,
    /// Funds' names as they were written, by the name that the ledger knows.
    pub fund_names: BTreeMap<String, String>,
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
            reserve_credits: 0,
            gifts_day_max: None,
            received_month_credits: None,
            host_month_credits: None,
            categories: Categories::default(),
            reasons: Vec::new(),
            fund_names: BTreeMap::new(),
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

    /// A fund's name as people read it.
    pub fn fund_name(&self, name: &str) -> Value {
        match name {
            GENERAL_FUND => Msg::new("credits-fund-general").into(),
            SOLIDARITY_FUND => Msg::new("credits-fund-solidarity").into(),
            _ => self.fund_names.get(name).map_or(name, String::as_str).into(),
        }
    }

    /// What one may earn by hosting in a calendar month before a coordinator decides.
    pub fn host_month(&self) -> i64 {
        self.host_month_credits.unwrap_or(HOST_MONTH_CREDITS_MAX)
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
