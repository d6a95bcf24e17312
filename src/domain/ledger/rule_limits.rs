//! `/settings credits`: the rules that are numbers without more, and those that are lists.

use super::{category, reasons as listed, rule_settings::Desk, rule_words::Rule, rules::CreditRules};
use crate::domain::{
    decision::Outcome,
    message::Msg,
    session::HOST_MONTH_CREDITS_MAX,
    words::{NumberFault, Word, fold, whole_number},
};

/// The largest number that a limit can be.
pub(super) const LIMIT_MAX: i64 = 10_000;

impl Desk<'_> {
    /// A number, or no limit where there need be none.
    pub(super) fn limit(&self, words: &[Word]) -> Outcome {
        let [word] = words else { return Err(self.not_understood(words)) };
        let unlimited = matches!(fold(&word.text).as_str(), "illimite" | "illimites" | "unlimited" | "sans-limite" | "no-limit");
        let may_be_unlimited = matches!(self.rule, Rule::Gifts | Rule::Received);
        let usual = matches!(fold(&word.text).as_str(), "defaut" | "default" | "habituel" | "usual");
        let least = if self.rule == Rule::Reserve { 0 } else { 1 };
        let most = if self.rule == Rule::Hosting { HOST_MONTH_CREDITS_MAX } else { LIMIT_MAX };
        let value = match whole_number(&word.text) {
            _ if unlimited && may_be_unlimited => None,
            _ if usual && self.rule == Rule::Hosting => None,
            Ok(value) if (least..=most).contains(&value) => Some(value),
            Err(NumberFault::NotANumber) => return Err(self.not_understood(words)),
            _ => return Err(self.unclear(Msg::new("rules-limit-range").with("amount", least).with("total", most))),
        };
        let mut rules = self.community.credits.clone();
        match (self.rule, value) {
            (Rule::Gifts, value) => rules.gifts_day_max = value,
            (Rule::Received, value) => rules.received_month_credits = value,
            (Rule::Reserve, Some(value)) => rules.reserve_credits = value,
            (Rule::Hosting, value) => rules.host_month_credits = value,
            _ => return Err(self.not_understood(words)),
        }
        Ok(self.done_rules(rules))
    }

    /// `add cuisine cooking`, `remove cuisine`.
    pub(super) fn categories(&self, words: &[Word]) -> Outcome {
        let list = &self.community.credits.categories;
        let first = words.first().map(|word| fold(&word.text)).unwrap_or_default();
        let changed = match (first.as_str(), &words[1..]) {
            ("ajouter" | "add", [one]) => list.with(&one.text, &one.text),
            ("ajouter" | "add", [fr, en]) => list.with(&fr.text, &en.text),
            ("retirer" | "enlever" | "remove", [one]) => list.without(&one.text),
            _ => return Err(self.not_understood(words)),
        };
        let Some(categories) = changed else {
            let most = i64::try_from(category::NAME_CHARS_MAX).unwrap_or(i64::MAX);
            return Err(self.unclear(Msg::new("rules-categories-bad").with("count", most)));
        };
        Ok(self.done_rules(CreditRules { categories, ..self.community.credits.clone() }))
    }

    /// `add thank you for listening`, `remove 2`.
    pub(super) fn reasons(&self, words: &[Word]) -> Outcome {
        let list = &self.community.credits.reasons;
        let typed = words.iter().skip(1).map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ");
        let changed = match words.first().map(|word| fold(&word.text)).as_deref() {
            Some("ajouter" | "add") => listed::with(list, &typed),
            Some("retirer" | "enlever" | "remove") => listed::without(list, &typed),
            _ => return Err(self.not_understood(words)),
        };
        let Some(reasons) = changed else {
            let [count, total] = [listed::LIST_MAX, listed::CHARS_MAX].map(|n| i64::try_from(n).unwrap_or(i64::MAX));
            return Err(self.unclear(Msg::new("rules-reasons-bad").with("count", count).with("total", total)));
        };
        Ok(self.done_rules(CreditRules { reasons, ..self.community.credits.clone() }))
    }
}
