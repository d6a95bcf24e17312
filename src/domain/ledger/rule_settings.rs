//! `/settings credits`: the community's rules about its credits, shown and changed one by one, old value beside new.

use super::{
    category,
    fund::canonical_name,
    refusals::here,
    rule_words::{Rule, read_kind},
    rules::{CreditRules, Rewards},
};
use crate::domain::{
    command::Command,
    decision::{Context, Decision, Outcome, Refusal},
    hear::Call,
    message::{Button, Content, Msg, Unit, Value},
    people::{Change, CommunitySetting, settings::read_language},
    question,
    scope::{Community, LateRule, Scope},
    session::{PRICE_CREDITS_MAX, SessionKind},
    words::{NumberFault, Word, clean_name, fold, split_words, whole_number},
};

/// The lowest floor that can be chosen, in credits.
pub const FLOOR_MIN: i64 = -1_000;

/// The longest name of a credit, in characters.
pub const UNIT_CHARS_MAX: usize = 20;

/// What the store must load for it.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct RulesView {
    /// The names of the funds that can pay: those that the ledger has and that are not closed.
    pub funds: Vec<String>,
}

/// `/settings credits …`, and `/settings late …` for short.
pub fn is_meant(call: &Call) -> bool {
    call.words.first().is_some_and(|word| is_credits(word) || Rule::read(word) == Some(Rule::Late))
}

fn is_credits(word: &Word) -> bool {
    matches!(fold(&word.text).as_str(), "credits" | "credit")
}

/// Shows all rules, shows one, or changes one.
pub fn settings(scope: &Scope, view: &RulesView, call: &Call, ctx: &mut Context) -> Outcome {
    let (community, person) = here(scope)?;
    if !person.coordinator {
        return Err(Msg::new("not-allowed-coordinator").with("menu", Command::Menu).into());
    }
    let skipped = usize::from(call.words.first().is_some_and(is_credits));
    let words = split_words(call.rest_from(skipped), &[]);
    let Some((first, rest)) = words.split_first() else { return Ok(Decision::answer(overview(community))) };
    let Some(rule) = Rule::read(first) else {
        let mut content = overview(community);
        content.lines[0] = Msg::new("rules-unknown").with("typed", clean_name(&first.text));
        return Err(Refusal::new(content));
    };
    let desk = Desk { scope, community, view, rule };
    match rest {
        [] => Ok(desk.ask(ctx)),
        words => desk.change(words),
    }
}

/// Every rule with its value, and a button for each.
fn overview(community: &Community) -> Content {
    let mut content = Content::from(Msg::new("rules-title"));
    content.lines.extend(Rule::ALL.iter().flat_map(|rule| lines(*rule, community)));
    content = content.line(Msg::new("rules-overview").with("settings", Command::Settings));
    content.buttons(Rule::ALL.iter().map(|rule| button(rule.label(), *rule, "")))
}

fn button(label: Msg, rule: Rule, value: &str) -> Button {
    Button::command(label, Command::Settings, format!("credits {} {value}", rule.word()).trim_end().to_owned())
}

/// One rule as it stands, in words.
pub fn lines(rule: Rule, community: &Community) -> Vec<Msg> {
    let rules = &community.credits;
    let line = match rule {
        Rule::Floor => Msg::new("rules-floor").with("amount", community.floor_credits),
        Rule::Unit => return ["fr", "en"].map(|tag| unit_line(rules, tag)).to_vec(),
        Rule::Price => by_kind(Msg::new("rules-price"), rules, |terms| terms.price_credits),
        Rule::Reward => by_kind(Msg::new("rules-reward"), rules, |terms| terms.reward_credits),
        Rule::Late => late_line(community),
        Rule::First if rules.first_free => Msg::new("rules-first-yes"),
        Rule::First => Msg::new("rules-first-no"),
        Rule::Source => match &rules.rewards {
            Rewards::Price => Msg::new("rules-source-price"),
            Rewards::Fund(name) => Msg::new("rules-source-fund").with("fund", rules.fund_name(name)),
        },
        Rule::Gifts => match rules.gifts_day_max {
            Some(most) => Msg::new("rules-gifts").with("count", most),
            None => Msg::new("rules-gifts-free"),
        },
        Rule::Reserve => Msg::new("rules-reserve").with("amount", rules.reserve_credits),
        Rule::Received => match rules.received_month_credits {
            Some(most) => Msg::new("rules-received").with("amount", most),
            None => Msg::new("rules-received-free"),
        },
        Rule::Hosting => Msg::new("rules-hosting").with("amount", rules.host_month()),
        Rule::Categories => Msg::new("rules-categories").with("items", category::lines(&rules.categories)),
        Rule::Reasons if rules.reasons.is_empty() => Msg::new("rules-reasons-none"),
        Rule::Reasons => {
            let line = |reason: &String| Msg::new("rules-reasons-line").with("reason", reason.as_str());
            Msg::new("rules-reasons").with("items", rules.reasons.iter().map(line).collect::<Vec<_>>())
        }
    };
    vec![line]
}

fn unit_line(rules: &CreditRules, tag: &str) -> Msg {
    match rules.units.get(tag) {
        Some(unit) => Msg::new("rules-unit").with("word", unit.one.as_str()).with("text", unit.many.as_str()),
        None => Msg::new("rules-unit-usual"),
    }
    .with("language", Value::Language(tag.to_owned()))
}

fn by_kind(msg: Msg, rules: &CreditRules, value: impl Fn(super::rules::Terms) -> i64) -> Msg {
    let [circle, listening, workshop, training] = rules.usual.map(value);
    msg.with("count", circle).with("number", listening).with("amount", workshop).with("total", training)
}

/// What a late cancellation or an absence costs, for `/settings`.
pub fn late_line(community: &Community) -> Msg {
    let late = community.late();
    Msg::new("rules-late").with(
        "what",
        match (late.to, late.half) {
            (LateRule::Return, _) => Msg::new("rules-late-return"),
            (LateRule::Solidarity, false) => Msg::new("rules-late-solidarity"),
            (LateRule::Solidarity, true) => Msg::new("rules-late-half-solidarity"),
            (LateRule::Host, false) => Msg::new("rules-late-host"),
            (LateRule::Host, true) => Msg::new("rules-late-half-host"),
        },
    )
}

/// A coordinator at one of the rules.
pub(super) struct Desk<'a> {
    pub(super) scope: &'a Scope,
    pub(super) community: &'a Community,
    pub(super) view: &'a RulesView,
    pub(super) rule: Rule,
}

impl Desk<'_> {
    /// The rule as it stands, what it can be, and the next words typed are its value.
    fn ask(&self, ctx: &Context) -> Decision {
        let mut content = Content::from(Msg::new("rules-one"));
        content.lines.extend(lines(self.rule, self.community));
        content.lines.push(self.rule.explained());
        content.lines.push(self.rule.form());
        let content = content.buttons(self.choices());
        Decision::answer(content).await_text(ctx, self.scope.account.id, Command::Settings, format!("credits {} ", self.rule.word()))
    }

    /// The values that most communities choose.
    fn choices(&self) -> Vec<Button> {
        let number = |n: i64| button(Msg::new("rules-button-number").with("amount", n), self.rule, &n.to_string());
        let late = |label: Msg, value: &str| button(label, self.rule, value);
        let unlimited = || button(Msg::new("rules-button-unlimited"), self.rule, "illimite");
        match self.rule {
            Rule::Floor => [0, -5, -10].map(number).to_vec(),
            Rule::Unit => vec![button(Msg::new("rules-button-usual"), self.rule, "defaut")],
            Rule::Price | Rule::Reward | Rule::Categories | Rule::Reasons => Vec::new(),
            Rule::Gifts => [3, 5, 10].map(number).into_iter().chain([unlimited()]).collect(),
            Rule::Reserve => [0, 1, 2].map(number).to_vec(),
            Rule::Received => [20, 40, 60].map(number).into_iter().chain([unlimited()]).collect(),
            Rule::Hosting => [20, 40, 60].map(number).to_vec(),
            Rule::First => vec![late(Msg::new("rules-button-first-yes"), "oui"), late(Msg::new("rules-button-first-no"), "non")],
            Rule::Late => vec![
                late(Msg::new("rules-button-late-return"), "rien"),
                late(Msg::new("rules-button-late-half-solidarity"), "moitie solidarite"),
                late(Msg::new("rules-button-late-solidarity"), "prix solidarite"),
                late(Msg::new("rules-button-late-half-host"), "moitie hote"),
                late(Msg::new("rules-button-late-host"), "prix hote"),
            ],
            Rule::Source => {
                let funds = self.view.funds.iter().filter(|name| name.len() <= 24).take(6);
                let fund = |name: &String| {
                    button(
                        Msg::new("rules-button-fund").with("fund", self.community.credits.fund_name(name)),
                        self.rule,
                        &format!("fonds {name}"),
                    )
                };
                std::iter::once(button(Msg::new("rules-button-price"), self.rule, "prix")).chain(funds.map(fund)).collect()
            }
        }
    }

    fn change(&self, words: &[Word]) -> Outcome {
        match self.rule {
            Rule::Floor => self.floor(words),
            Rule::Unit => self.unit(words),
            Rule::Price | Rule::Reward => self.terms(words),
            Rule::Late => self.late(words),
            Rule::First => self.first(words),
            Rule::Source => self.source(words),
            Rule::Gifts | Rule::Reserve | Rule::Received | Rule::Hosting => self.limit(words),
            Rule::Categories => self.categories(words),
            Rule::Reasons => self.reasons(words),
        }
    }

    /// What was typed cannot be a value of this rule.
    pub(super) fn unclear(&self, why: Msg) -> Refusal {
        Refusal::new(Content::from(vec![Msg::new("rules-not-changed"), why, self.rule.form()]).buttons(self.choices()))
    }

    pub(super) fn not_understood(&self, words: &[Word]) -> Refusal {
        let typed = words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ");
        self.unclear(Msg::new("rules-not-understood").with("typed", clean_name(&typed)))
    }

    fn floor(&self, words: &[Word]) -> Outcome {
        let [word] = words else { return Err(self.not_understood(words)) };
        let typed = fold(&word.text).replace('\u{2212}', "-");
        let value = match whole_number(typed.strip_prefix('-').unwrap_or(&typed)) {
            Ok(n) if typed.starts_with('-') => -n,
            Ok(n) => n,
            Err(NumberFault::TooLarge) => i64::MIN,
            Err(NumberFault::NotANumber | NumberFault::NotWhole | NumberFault::Negative) => return Err(self.not_understood(words)),
        };
        if !(FLOOR_MIN..=0).contains(&value) {
            return Err(self.unclear(Msg::new("rules-floor-range").with("amount", FLOOR_MIN)));
        }
        let changed = Community { floor_credits: value, ..self.community.clone() };
        Ok(self.done(&changed, vec![CommunitySetting::Floor(value)]))
    }

    fn unit(&self, words: &[Word]) -> Outcome {
        let mut rules = self.community.credits.clone();
        let usual = |word: &Word| !word.quoted && matches!(fold(&word.text).as_str(), "defaut" | "default");
        let has_language = words.len() > 2 || words.last().is_some_and(usual);
        let language = words.first().filter(|word| !word.quoted && has_language).and_then(|word| read_language(&word.text));
        let names = &words[usize::from(language.is_some())..];
        let language = language.or_else(|| read_language(&self.scope.language)).unwrap_or("fr");
        match names {
            [one] if usual(one) => {
                rules.units.remove(language);
            }
            [one, many] => {
                let [one, many] = [one, many].map(|word| unit_name(&word.text));
                let (Some(one), Some(many)) = (one, many) else {
                    let most = i64::try_from(UNIT_CHARS_MAX).unwrap_or(i64::MAX);
                    return Err(self.unclear(Msg::new("rules-unit-bad").with("count", most)));
                };
                rules.units.insert(language.to_owned(), Unit { one, many });
            }
            _ => return Err(self.unclear(Msg::new("rules-unit-two"))),
        }
        Ok(self.done_rules(rules))
    }

    /// `circle 2`, or `2` for every kind.
    fn terms(&self, words: &[Word]) -> Outcome {
        let (kinds, number) = match words {
            [kind, number] => match read_kind(kind) {
                Some(kind) => (vec![kind], number),
                None => return Err(self.not_understood(words)),
            },
            [number] => (vec![SessionKind::Circle, SessionKind::Listening, SessionKind::Workshop, SessionKind::Training], number),
            _ => return Err(self.not_understood(words)),
        };
        let value = match whole_number(&number.text) {
            Ok(value) if (0..=PRICE_CREDITS_MAX).contains(&value) => value,
            Err(NumberFault::NotANumber) => return Err(self.not_understood(words)),
            _ => return Err(self.unclear(Msg::new("rules-terms-range").with("total", PRICE_CREDITS_MAX))),
        };
        let mut rules = self.community.credits.clone();
        for kind in kinds {
            let Some(terms) = rules.terms_mut(kind) else { continue };
            if self.rule == Rule::Price { terms.price_credits = value } else { terms.reward_credits = value }
        }
        Ok(self.done_rules(rules))
    }

    /// `yes` or `no`.
    fn first(&self, words: &[Word]) -> Outcome {
        let first_free = match words.first().map(|word| fold(&word.text)).as_deref() {
            Some("oui" | "yes" | "gratuit" | "gratuite" | "free" | "on") => true,
            Some("non" | "no" | "off") => false,
            _ => return Err(self.not_understood(words)),
        };
        Ok(self.done_rules(CreditRules { first_free, ..self.community.credits.clone() }))
    }

    /// How much and for whom, in any order: `half host`, `solidarity`, `nothing`.
    fn late(&self, words: &[Word]) -> Outcome {
        let (mut half, mut to) = (None, None);
        for word in words {
            match fold(&word.text).as_str() {
                "rien" | "nothing" | "retour" | "return" | "0" => to = Some(LateRule::Return),
                "moitie" | "half" => half = Some(true),
                "prix" | "price" | "tout" | "all" => half = Some(false),
                "solidarite" | "solidarity" => to = Some(LateRule::Solidarity),
                "hote" | "host" | "animateur" | "animatrice" => to = Some(LateRule::Host),
                "la" | "le" | "the" | "a" | "to" | "pour" | "for" | "l'hote" => {}
                _ => return Err(self.not_understood(words)),
            }
        }
        let to = match (to, half) {
            (Some(to), _) => to,
            (None, None) => return Err(self.not_understood(words)),
            (None, Some(_)) if self.community.late_rule == LateRule::Return => LateRule::Solidarity,
            (None, Some(_)) => self.community.late_rule,
        };
        let late_half = half.unwrap_or(false) && to != LateRule::Return;
        let credits = CreditRules { late_half, ..self.community.credits.clone() };
        let mut settings = vec![CommunitySetting::LateRule(to)];
        if late_half != self.community.credits.late_half {
            settings.push(CommunitySetting::Credits(Box::new(credits.clone())));
        }
        let changed = Community { late_rule: to, credits, ..self.community.clone() };
        Ok(self.done(&changed, settings))
    }

    /// `price`, or `fund mairie`.
    fn source(&self, words: &[Word]) -> Outcome {
        let Some((first, rest)) = words.split_first() else { return Err(self.not_understood(words)) };
        let first = fold(&first.text);
        let named = first.strip_prefix("fonds:").or_else(|| first.strip_prefix("fund:")).filter(|name| !name.is_empty());
        let typed = rest.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ");
        let typed = named.map_or(typed.clone(), |named| format!("{named} {typed}"));
        let rewards = match (first.trim_end_matches(':'), named.is_some()) {
            ("prix" | "price" | "prices", _) if rest.is_empty() => Rewards::Price,
            ("fonds" | "fund", _) | (_, true) => {
                let Some(name) = canonical_name(&typed) else { return Err(self.not_understood(words)) };
                if !self.view.funds.contains(&name) {
                    let unknown = Msg::new("rules-source-unknown").with("fund", name).with("command", Command::Fund);
                    return Err(self.unclear(unknown));
                }
                Rewards::Fund(name)
            }
            _ => return Err(self.not_understood(words)),
        };
        Ok(self.done_rules(CreditRules { rewards, ..self.community.credits.clone() }))
    }

    pub(super) fn done_rules(&self, rules: CreditRules) -> Decision {
        let changed = Community { credits: rules.clone(), ..self.community.clone() };
        self.done(&changed, vec![CommunitySetting::Credits(Box::new(rules))])
    }

    /// The value before, the value now, and from when it counts.
    fn done(&self, changed: &Community, settings: Vec<CommunitySetting>) -> Decision {
        let (before, now) = (lines(self.rule, self.community), lines(self.rule, changed));
        let moved: Vec<(Msg, Msg)> = before.into_iter().zip(now).filter(|(before, now)| before != now).collect();
        let back = button_overview();
        if moved.is_empty() {
            let mut content = Content::from(Msg::new("rules-same"));
            content.lines.extend(lines(self.rule, self.community));
            return Decision::answer(content.buttons([back])).change(question::Change::AwaitNothing(self.scope.account.id));
        }
        let mut content = Content::from(Msg::new("rules-changed"));
        for (before, now) in moved {
            content = content.line(Msg::new("rules-before").with("what", before)).line(Msg::new("rules-now").with("what", now));
        }
        let decision = Decision::answer(content.line(self.rule.from_when()).buttons([back]));
        let decision = decision.change(question::Change::AwaitNothing(self.scope.account.id));
        settings.into_iter().fold(decision, |decision, setting| decision.change(Change::Community(self.community.id, setting)))
    }
}

fn button_overview() -> Button {
    Button::command(Msg::new("rules-button"), Command::Settings, "credits")
}

/// A name that can stand behind a number; `None` where it is empty, too long, or could be read as a number, a name or a command.
fn unit_name(typed: &str) -> Option<String> {
    let name = clean_name(typed);
    let fits = (1..=UNIT_CHARS_MAX).contains(&name.chars().count())
        && name.chars().any(char::is_alphabetic)
        && !name.chars().any(|c| c.is_numeric() || matches!(c, '@' | '/' | '!' | '<' | '>'));
    fits.then_some(name)
}
