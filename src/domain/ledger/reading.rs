//! Reads the words after `/give` and `/issue`: whom, how many and from which fund in any order, then the reason.

use super::{category, fund};
use crate::domain::{
    hear::{Call, Named},
    words::{NumberFault, Word, clean_name, clean_text, fold, whole_number},
};

/// Somebody as the command named them.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Receiver {
    /// For the store and for answers.
    pub(super) named: Named,
    /// As it stands in the command, to be shown in a corrected one.
    pub(super) written: String,
}

impl Receiver {
    /// The solidarity fund is meant: its name without an `@`, which a person's would bear.
    pub(super) fn is_solidarity(&self) -> bool {
        let bare = self.named.account.is_none() && !self.named.is_bot && !self.written.starts_with(['@', '"']);
        bare && matches!(fold(&self.named.typed).as_str(), "solidarite" | "solidarity")
    }
}

/// A number as it was typed, or what is wrong with it.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Amount {
    pub(super) value: Result<i64, NumberFault>,
    pub(super) typed: String,
}

/// What stands before the reason.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Reading {
    /// In the order typed; the author of the answered message where nobody else is named.
    pub(super) people: Vec<Receiver>,
    /// `tous`, `all`: the word that was typed.
    pub(super) everyone: Option<String>,
    pub(super) amount: Option<Amount>,
    /// The fund's name as the ledger knows it.
    pub(super) fund: Option<String>,
    /// And as it was written.
    pub(super) fund_written: String,
    /// The session whose attendees are meant; 0 where what was typed is no number.
    pub(super) session: Option<i64>,
    /// The category's word as it was typed; empty where only `category:` was.
    pub(super) category: Option<String>,
    /// In one line, without hidden characters.
    pub(super) reason: Option<String>,
    /// The amount was found only after words that fit nowhere: what should be written before it, and after it.
    pub(super) misplaced: Option<Misplaced>,
}

/// The command's words put in an order that can be read.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Misplaced {
    pub(super) name: String,
    pub(super) amount: Amount,
    pub(super) reason: String,
}

enum Piece {
    Person(Receiver),
    Everyone,
    Amount(Amount),
    Fund(String),
    Category(String),
    Session(i64),
    /// `à`, `pour`, `et`: says nothing where a person follows.
    Link {
        /// A name without `@` may follow.
        to: bool,
    },
    Other,
}

/// Reads the words of `call`; `funds` tells whether a fund may be named.
pub(super) fn read(call: &Call, funds: bool) -> Reading {
    let mut reader = Reader { call, funds, at: 0, reading: Reading::default() };
    while reader.step() {}
    reader.finish()
}

struct Reader<'a> {
    call: &'a Call,
    funds: bool,
    at: usize,
    reading: Reading,
}

impl Reader<'_> {
    /// Takes one word in; false where the reason begins.
    fn step(&mut self) -> bool {
        let Some(word) = self.call.words.get(self.at) else { return false };
        match piece(word, self.funds) {
            Piece::Person(receiver) => self.reading.people.push(receiver),
            Piece::Everyone if self.may_be_named_barely() => self.reading.everyone = Some(word.text.clone()),
            Piece::Amount(amount) if self.reading.amount.is_none() => {
                self.take_amount(amount);
                return true;
            }
            Piece::Fund(typed) if self.reading.fund.is_none() => {
                let name = fund::canonical_name(&typed);
                let next = self.call.words.get(self.at + 1).map(|word| word.text.clone()).filter(|_| name.is_none());
                self.at += usize::from(next.as_deref().is_some_and(|next| fund::canonical_name(next).is_some()));
                let typed = next.unwrap_or(typed);
                self.reading.fund = fund::canonical_name(&typed);
                self.reading.fund_written = fund::written_name(&typed);
            }
            Piece::Session(number) if self.reading.session.is_none() => self.reading.session = Some(number),
            Piece::Category(name) if self.reading.category.is_none() => {
                // Of several words: `category:"help with homework"`.
                let next = self.call.words.get(self.at + 1).filter(|next| name.is_empty() && next.quoted).map(|next| next.text.clone());
                self.at += usize::from(next.is_some());
                self.reading.category = Some(next.unwrap_or(name));
            }
            Piece::Link { to } if self.leads_to_a_person(to) => {}
            Piece::Other if self.may_be_named_barely() && !is_filler(word) => self.reading.people.push(bare(word)),
            Piece::Everyone
            | Piece::Amount(_)
            | Piece::Fund(_)
            | Piece::Category(_)
            | Piece::Session(_)
            | Piece::Link { .. }
            | Piece::Other => return false,
        }
        self.at += 1;
        true
    }

    /// Takes the amount, the groups of three digits written apart from it, and the unit.
    fn take_amount(&mut self, mut amount: Amount) {
        self.at += 1;
        while let Some(word) = self.call.words.get(self.at).filter(|word| is_digit_group(word)) {
            // `1 000` may be a thousand, or one and a reason that begins with a number: nobody but the person knows.
            amount.typed.push_str(&fold(&word.text));
            amount.value = Err(NumberFault::NotWhole);
            self.at += 1;
        }
        let unit = self.call.words.get(self.at).is_some_and(|word| matches!(fold(&word.text).as_str(), "credit" | "credits"));
        self.at += usize::from(unit);
        self.reading.amount = Some(amount);
    }

    /// A name without `@`, or `tous`, is read only where nobody is named yet in any way.
    fn may_be_named_barely(&self) -> bool {
        let is_said = self.reading.everyone.is_some() || self.reading.session.is_some();
        self.reading.people.is_empty() && !is_said && self.call.reply_to.is_none()
    }

    fn leads_to_a_person(&self, to: bool) -> bool {
        match self.call.words.get(self.at + 1).map(|next| (piece(next, self.funds), next)) {
            Some((Piece::Person(_), _)) => true,
            Some((Piece::Everyone, _)) => self.may_be_named_barely(),
            Some((Piece::Other, next)) => to && self.may_be_named_barely() && !is_filler(next),
            Some((Piece::Amount(_) | Piece::Fund(_) | Piece::Category(_) | Piece::Session(_) | Piece::Link { .. }, _)) | None => false,
        }
    }

    fn finish(mut self) -> Reading {
        if self.reading.amount.is_none() {
            self.reading.misplaced = self.misplaced();
        }
        let reason = clean_text(self.call.rest_from(self.at)).split_whitespace().collect::<Vec<_>>().join(" ");
        self.reading.reason = (!reason.is_empty()).then_some(reason);
        if self.reading.people.is_empty() && self.reading.everyone.is_none() && self.reading.session.is_none() {
            self.reading.people.extend(self.call.reply_to.clone().map(replied));
        }
        self.reading
    }

    /// `Sam le grand 3` wants quotation marks, `@Sam merci 3` and `merci @Sam 3` another order.
    fn misplaced(&self) -> Option<Misplaced> {
        let words = self.call.words.get(self.at..)?;
        let (place, amount) = words.iter().enumerate().find_map(|(n, word)| Some((n, amount(word)?)))?;
        let (named, plain): (Vec<&Word>, Vec<&Word>) = words[..place].iter().partition(|word| Named::from_word(word).is_some());
        let mut reason = join(&plain);
        let name = match self.reading.people.as_slice() {
            [] => named.first().map_or(String::new(), |word| word.text.clone()),
            [one] if !one.written.starts_with(['@', '"']) && one.named.account.is_none() => {
                quoted(&format!("{} {}", one.named.typed, std::mem::take(&mut reason)))
            }
            people => written(people),
        };
        let after = self.call.rest_from(self.at + place + 1);
        let reason = [reason.as_str(), after].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
        Some(Misplaced { name, amount, reason })
    }
}

fn join(words: &[&Word]) -> String {
    words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ")
}

/// How the people stand in the command.
pub(super) fn written(people: &[Receiver]) -> String {
    people.iter().map(|receiver| receiver.written.as_str()).collect::<Vec<_>>().join(" ")
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", clean_name(name))
}

fn piece(word: &Word, funds: bool) -> Piece {
    if let Some(named) = Named::from_word(word) {
        let named = named.cleaned();
        if named.account.is_none() && !named.is_bot && is_everyone(&named.typed) {
            return Piece::Everyone;
        }
        return Piece::Person(Receiver { written: word.text.clone(), named });
    }
    if word.quoted {
        return Piece::Other;
    }
    if let Some(amount) = amount(word) {
        return Piece::Amount(amount);
    }
    let folded = fold(&word.text);
    if funds && (folded.starts_with("fonds:") || folded.starts_with("fund:")) {
        return Piece::Fund(word.text.split_once(':').map_or(String::new(), |(_, typed)| typed.to_owned()));
    }
    if let Some(number) = folded.strip_prefix("seance:").or_else(|| folded.strip_prefix("session:")).filter(|_| funds) {
        let number = number.trim_start_matches(['#', 'n', '°']).trim_end_matches([',', ';']);
        return Piece::Session(whole_number(number).unwrap_or(0));
    }
    if let Some(name) = category::KEYS.iter().find_map(|key| folded.strip_prefix(key)) {
        return Piece::Category(name.trim_end_matches([',', ';']).to_owned());
    }
    match folded.as_str() {
        "a" | "to" => Piece::Link { to: true },
        "pour" | "for" | "et" | "and" | "&" | "," => Piece::Link { to: false },
        word if is_everyone(word) => Piece::Everyone,
        _ => Piece::Other,
    }
}

fn amount(word: &Word) -> Option<Amount> {
    if word.quoted || word.account.is_some() || word.is_bot {
        return None;
    }
    let typed = word.text.trim_end_matches([',', ';', '.', ':']);
    match whole_number(typed) {
        Err(NumberFault::NotANumber) => None,
        value => Some(Amount { value, typed: typed.to_owned() }),
    }
}

fn is_digit_group(word: &Word) -> bool {
    let folded = fold(&word.text);
    !word.quoted && folded.len() == 3 && folded.bytes().all(|b| b.is_ascii_digit())
}

fn is_everyone(typed: &str) -> bool {
    matches!(fold(typed).as_str(), "tous" | "toutes" | "all" | "everyone" | "everybody")
}

/// Words that begin a reason and are nobody's name.
fn is_filler(word: &Word) -> bool {
    const FILLERS: [&str; 28] = [
        "merci", "thanks", "thank", "bravo", "pour", "for", "car", "because", "parce", "de", "du", "des", "le", "la", "les", "un", "une",
        "the", "an", "mon", "ma", "mes", "my", "ton", "ta", "votre", "your", "of",
    ];
    !word.quoted && FILLERS.contains(&fold(&word.text).as_str()) || clean_name(&word.text).is_empty()
}

fn bare(word: &Word) -> Receiver {
    let named = Named::bare(&word.text).cleaned();
    let written = if word.quoted { quoted(&named.typed) } else { named.typed.clone() };
    Receiver { named, written }
}

fn replied(named: Named) -> Receiver {
    let named = named.cleaned();
    Receiver { written: format!("@{}", named.typed), named }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{command::Command, ledger::tests::call};

    fn summary(call: &Call) -> String {
        let reading = read(call, call.command == Command::Issue);
        let amount = reading.amount.map_or("-".into(), |a| a.value.map_or_else(|fault| format!("{fault:?}"), |n| n.to_string()));
        let names: Vec<&str> = reading.people.iter().map(|r| r.named.typed.as_str()).collect();
        let people = reading.everyone.map_or_else(|| names.join("+"), |word| format!("*{word}"));
        let session = reading.session.map_or(String::new(), |number| format!(" session={number}"));
        let fund = reading.fund.map_or(String::new(), |name| format!(" fund={name}"));
        let category = reading.category.map_or(String::new(), |word| format!(" category={word}"));
        let fixed = reading.misplaced.map_or(String::new(), |m| format!(" fixed=[{} {} {}]", m.name, m.amount.typed, m.reason));
        format!("{people} {amount}{session}{fund}{category} [{}]{fixed}", reading.reason.unwrap_or_default())
    }

    fn check(rest: &str, expected: &str) {
        assert_eq!(summary(&call(Command::Give, rest)), expected, "{rest:?}");
    }

    #[test]
    fn whom_and_how_many_come_in_any_order() {
        check("@Sam 3 merci pour hier", "Sam 3 [merci pour hier]");
        check("3 @Sam merci", "Sam 3 [merci]");
        check("3 Sam", "Sam 3 []");
        check("Sam 3 bravo", "Sam 3 [bravo]");
        check("3 crédits à Sam pour son aide", "Sam 3 [pour son aide]");
        check("3 pour @Sam", "Sam 3 []");
        check("à @Sam 3", "Sam 3 []");
        check("\"Sam le grand\" 3", "Sam le grand 3 []");
        check("@Sam, 3, merci", "Sam 3 [merci]");
        check("@Sam ٣", "Sam 3 []");
        check("@Sam 3 credits", "Sam 3 []");
        check("@Sam 3 \u{202E}mer\u{200B}ci\n\n  encore", "Sam 3 [merci encore]");
        check("@\u{200B}Sam\u{202E} 3", "Sam 3 []");
        check("@42 3", "42 3 []");
    }

    #[test]
    fn two_people_are_two_but_a_reason_may_name_a_third() {
        check("@Sam @Awa 3", "Sam+Awa 3 []");
        check("@Sam et @Awa 3", "Sam+Awa 3 []");
        check("@Sam 3 @Awa", "Sam+Awa 3 []");
        check("@Sam 3 merci avec @Awa", "Sam 3 [merci avec @Awa]");
        check("tous 3", "*tous 3 []");
        check("@all 3", "*@all 3 []");
    }

    #[test]
    fn numbers_that_are_none() {
        check("@Sam -3", "Sam Negative []");
        check("@Sam 2,5", "Sam NotWhole []");
        check("@Sam 1e9", "Sam NotWhole []");
        check("@Sam 1 000", "Sam NotWhole []");
        check("@Sam 1\u{202F}000 crédits merci", "Sam NotWhole [merci]");
        check("@Sam 99999999999999999999", "Sam TooLarge []");
        check("@Sam 0", "Sam 0 []");
        check("@Sam trois", "Sam - [trois]");
        check("@Sam", "Sam - []");
        check("", " - []");
    }

    #[test]
    fn what_is_out_of_place_is_put_in_order() {
        check("Sam le grand 3 bravo", "Sam - [le grand 3 bravo] fixed=[\"Sam le grand\" 3 bravo]");
        check("@Sam merci 3", "Sam - [merci 3] fixed=[@Sam 3 merci]");
        check("merci @Sam 3 encore", " - [merci @Sam 3 encore] fixed=[@Sam 3 merci encore]");
        check("merci 3", " - [merci 3] fixed=[ 3 merci]");
    }

    #[test]
    fn a_forgotten_name_is_not_taken_from_the_reason() {
        check("3 merci pour tout", " 3 [merci pour tout]");
        check("3 pour ton aide", " 3 [pour ton aide]");
        check("3 \u{200B}", " 3 []");
    }

    #[test]
    fn the_author_of_the_answered_message_is_meant_unless_somebody_is_named() {
        let reply = |rest: &str| {
            let author = Named::bare("Awa");
            summary(&Call { reply_to: Some(author), ..call(Command::Give, rest) })
        };
        assert_eq!(reply("3 merci beaucoup"), "Awa 3 [merci beaucoup]");
        assert_eq!(reply("3"), "Awa 3 []");
        assert_eq!(reply("3 à bientôt"), "Awa 3 [à bientôt]");
        assert_eq!(reply("@Sam 3"), "Sam 3 []");
        assert_eq!(reply(""), "Awa - []");
    }

    #[test]
    fn issues_name_funds_and_several_people() {
        let check = |rest: &str, expected: &str| assert_eq!(summary(&call(Command::Issue, rest)), expected, "{rest:?}");
        check("@Sam 5 fonds:mairie atelier", "Sam 5 fund=mairie [atelier]");
        check("fund:Mairie @Sam 5 atelier", "Sam 5 fund=mairie [atelier]");
        check("5 @Sam @Awa, @Lou atelier", "Sam+Awa+Lou 5 [atelier]");
        check("tous 5 fonds: Général fête", "*tous 5 fund=general [fête]");
        check("ALL 5 welcome all", "*ALL 5 [welcome all]");
        check("seance:12 2 merci à tous", " 2 session=12 [merci à tous]");
        check("5 séance:#12 fonds:mairie atelier", " 5 session=12 fund=mairie [atelier]");
        check("session:douze 2 merci", " 2 session=0 [merci]");
        check("@Sam 5 fonds de roulement", "Sam 5 [fonds de roulement]");
        check("@Sam 5 fonds:solidarité aide", "Sam 5 fund=solidarity [aide]");
    }

    #[test]
    fn what_it_is_for_stands_before_the_reason() {
        check("@Sam 3 categorie:écoute merci", "Sam 3 category=ecoute [merci]");
        check("category:Listening, @Sam 3", "Sam 3 category=listening []");
        check("@Sam 3 cat:", "Sam 3 category= []");
        check("@Sam 3 cat:\"aide aux devoirs\" merci", "Sam 3 category=aide aux devoirs [merci]");
        check("@Sam 3 categorie: « aide aux devoirs » merci", "Sam 3 category=aide aux devoirs [merci]");
        check("@Sam 3 merci categorie:écoute", "Sam 3 [merci categorie:écoute]");
    }

    #[test]
    fn a_gift_names_no_fund() {
        check("@Sam 5 fonds:mairie", "Sam 5 [fonds:mairie]");
    }
}
