//! `/session` in one line: its parts in any order, found one kind after the other; what is left over is said back.

use chrono::TimeDelta;

use super::{
    LENGTH_MINUTES_MAX, LENGTH_MINUTES_MIN, LINK_BYTES_MAX, PRICE_CREDITS_MAX, SEATS_MAX, SessionKind, TITLE_CHARS_MAX,
    parts::{Host, Parts, Read, When},
    typed::{bounded, cleaned_title, is_link, looks_like_link, looks_like_number},
    understood::{Counted, DatePart, LineFault, Understood},
};
use crate::domain::{
    dates::{self, Found, Length, find_lengths, find_moment, words_of_date},
    time::{Timestamp, Zone},
    words::{Word, clean_name, clean_text, fold},
};

const PRICE: &[&str] = &["prix", "price", "cost", "cout", "tarif"];
const REWARD: &[&str] = &["recompense", "reward"];
const MINIMUM: &[&str] = &["minimum", "mini"];
const SEATS: &[&str] = &["place", "places", "seat", "seats", "personnes", "personne", "people", "participants", "spots"];
const CREDITS: &[&str] = &["credit", "credits"];
const FREE: &[&str] = &["gratuit", "gratuite", "free"];
const LINK: &[&str] = &["lien", "link", "url", "visio"];
const PLACE: &[&str] = &["lieu", "where", "ou", "salle", "room", "venue", "place", "at"];
const CANCELLING: &[&str] = &["annulation", "cancellation"];
const CLOSING: &[&str] = &["cloture", "limite", "closing", "closes", "cutoff", "cut-off"];
const TITLE: &[&str] = &["titre", "title"];
const HOST: &[&str] = &["anime", "animee", "animateur", "animatrice", "host", "hosted", "hosts"];
const ONESELF: &[&str] = &["moi", "me", "myself", "moi-meme"];
const NOWHERE: &[&str] = &["sans-lieu", "nowhere"];
const INFORMAL: &[&str] = &["informelle", "informel", "informal"];
const SMALL: &[&str] =
    &["a", "de", "le", "la", "les", "pour", "for", "the", "at", "of", "et", "and", ",", "-", "", "avec", "with", "in", "en"];

/// Reads the line, seen from `now` in `zone`; `bare_title`: without quotation marks the words before the first part are the title.
pub(super) fn read(words: &[Word], bare_title: bool, now: Timestamp, zone: Zone) -> Read {
    let mut reader = Reader::new(words);
    let (parts, faults) = reader.read(bare_title, now, zone);
    Read { parts, faults, understood: reader.understood }
}

/// Words with marks on those that were understood.
struct Reader<'a> {
    words: &'a [Word],
    folded: Vec<String>,
    taken: Vec<bool>,
    understood: Understood,
    faults: Vec<LineFault>,
}

impl<'a> Reader<'a> {
    fn new(words: &'a [Word]) -> Self {
        let plain = |word: &Word| if word.quoted { String::new() } else { fold(&word.text).trim_end_matches([':', ',', ';']).to_owned() };
        let (folded, taken) = (words.iter().map(plain).collect(), vec![false; words.len()]);
        Self { words, folded, taken, understood: Understood::default(), faults: Vec::new() }
    }

    /// Keeps what is right, and notes what is wrong.
    fn sort<T>(&mut self, read: Result<Option<T>, LineFault>) -> Option<T> {
        read.unwrap_or_else(|fault| {
            self.faults.push(fault);
            None
        })
    }

    fn read(&mut self, bare_title: bool, now: Timestamp, zone: Zone) -> (Parts, Vec<LineFault>) {
        // First what has a word of its own, so that "prix 1 mar 18h" is no first of March; faults wait, so that all the rest is known.
        let link = self.link();
        let place = self.place();
        let host = self.host();
        let nowhere = self.find(NOWHERE).map(|at| self.take(at)).is_some();
        let informal = self.find(INFORMAL).map(|at| self.take_more(&[at])).is_some();
        let quoted = self.quoted_title();
        let free_cancel = self.before(CANCELLING, Counted::Cutoff);
        let closing = self.before(CLOSING, Counted::Closing);
        let minimum = self.number_after(MINIMUM, Counted::Minimum, SEATS_MAX);
        let reward = self.number_after(REWARD, Counted::Reward, PRICE_CREDITS_MAX);
        let price = self.price();
        let seats = self.number_with(SEATS, Counted::Seats, 1, SEATS_MAX);
        let start = self.start(now, zone);
        let length = self.length(start.as_ref().ok().and_then(|found| found.length_minutes));
        let title = if quoted == Ok(None) && bare_title { self.bare_title() } else { quoted };
        let kind = if informal { Some(SessionKind::Informal) } else { self.kind() };
        let title = self.sort(title);
        let when = self.sort(match start {
            Ok(found) => Ok(Some(When::Start { wall: found.wall, at: found.at })),
            Err(dates::Fault::NoDate) => Ok(None),
            Err(dates::Fault::NoTime { day, .. }) => Ok(Some(When::Day(day))),
            Err(dates::Fault::NoDay { time, .. }) => Ok(Some(When::Hour(time))),
            Err(fault) => Err(LineFault::Date(fault)),
        });
        let (length_minutes, seats) = (self.sort(length), self.sort(seats));
        let (minimum, price_credits, reward_credits) = (self.sort(minimum), self.sort(price), self.sort(reward));
        let (link, place, host) = (self.sort(link), self.sort(place), self.sort(host));
        let (free_cancel, closing) = (self.sort(free_cancel), self.sort(closing));
        let left = self.nothing_left();
        self.sort(left.map(Some));
        self.understood.title.clone_from(&title);
        (self.understood.seats, self.understood.price) = (seats, price_credits);
        self.understood.link.clone_from(&link);
        self.understood.place.clone_from(&place);
        let when = when.unwrap_or_default();
        let parts = Parts {
            kind,
            title,
            when,
            length_minutes,
            seats,
            minimum,
            price_credits,
            reward_credits,
            host,
            nowhere,
            place,
            link,
            free_cancel,
            closing,
        };
        (parts, std::mem::take(&mut self.faults))
    }

    fn find(&self, known: &[&str]) -> Option<usize> {
        (0..self.words.len()).find(|n| !self.taken[*n] && known.contains(&self.folded[*n].as_str()))
    }

    fn is_free(&self, n: usize) -> bool {
        self.taken.get(n) == Some(&false)
    }

    fn take(&mut self, n: usize) -> String {
        self.taken[n] = true;
        self.words[n].text.clone()
    }

    /// Takes words that the form has no place of its own for: they come back as typed.
    fn take_more(&mut self, used: &[usize]) {
        let typed = self.typed(used);
        for n in used {
            self.taken[*n] = true;
        }
        self.understood.more.push(typed);
    }

    /// The words that are not taken yet; the others can be mistaken for nothing.
    fn masked(&self) -> Vec<Word> {
        let mask = |(word, taken): (&Word, &bool)| Word { quoted: word.quoted || *taken, ..word.clone() };
        self.words.iter().zip(&self.taken).map(mask).collect()
    }

    fn typed(&self, used: &[usize]) -> String {
        let words: Vec<&str> = used.iter().map(|n| self.words[*n].text.as_str()).collect();
        words.join(" ").trim_end_matches([',', ';']).to_owned()
    }

    fn link(&mut self) -> Result<Option<String>, LineFault> {
        let is_address = |word: &Word| is_link(&word.text);
        let keyed = self.find(LINK).filter(|n| self.is_free(n + 1));
        let at = keyed.map(|n| n + 1).or_else(|| self.words.iter().position(is_address));
        if let Some(n) = keyed {
            self.take(n);
        }
        let Some(at) = at else { return Ok(None) };
        let text = self.take(at);
        let fits = is_address(&self.words[at]) && text.len() <= LINK_BYTES_MAX && text.contains('.');
        if fits { Ok(Some(text)) } else { Err(LineFault::Link(text.chars().take(TITLE_CHARS_MAX).collect())) }
    }

    /// `lieu "Salle 3"`; without quotation marks one word.
    fn place(&mut self) -> Result<Option<String>, LineFault> {
        let quoted = (0..self.words.len()).find(|n| {
            PLACE.contains(&self.folded[*n].as_str()) && self.words.get(n + 1).is_some_and(|word| word.quoted) && self.is_free(n + 1)
        });
        let Some(at) = quoted.or_else(|| self.find(&["lieu", "where", "venue"]).filter(|n| self.is_free(n + 1))) else { return Ok(None) };
        self.take(at);
        let text = clean_text(&self.take(at + 1)).split_whitespace().collect::<Vec<_>>().join(" ");
        match text.split_whitespace().find(|word| looks_like_link(word)) {
            Some(unclear) => Err(LineFault::Link(unclear.chars().take(TITLE_CHARS_MAX).collect())),
            None => Ok(Some(text.chars().take(TITLE_CHARS_MAX).collect()).filter(|text: &String| !text.is_empty())),
        }
    }

    /// `anime @Sam`, `anime moi`.
    fn host(&mut self) -> Result<Option<Host>, LineFault> {
        let Some((at, name)) = host_at(self.words) else { return Ok(None) };
        let oneself = ONESELF.contains(&self.folded[name].as_str());
        let used: Vec<usize> = (at..=name).collect();
        let typed = clean_name(self.words[name].text.trim_start_matches('@'));
        self.take_more(&used);
        match typed.as_str() {
            "" => Err(LineFault::Host(self.words[name].text.clone())),
            _ if oneself => Ok(Some(Host::Oneself)),
            _ => Ok(Some(Host::Named(typed))),
        }
    }

    fn quoted_title(&mut self) -> Result<Option<String>, LineFault> {
        let Some(at) = (0..self.words.len()).find(|n| self.words[*n].quoted && self.is_free(*n)) else { return Ok(None) };
        if let Some(word) = at.checked_sub(1).filter(|before| self.is_free(*before) && TITLE.contains(&self.folded[*before].as_str())) {
            self.take(word);
        }
        let text = self.take(at);
        cleaned_title(&text)
    }

    /// Without quotation marks the words before the first part are the title.
    fn bare_title(&mut self) -> Result<Option<String>, LineFault> {
        let free = (0..self.words.len()).skip_while(|n| !self.is_free(*n) && INFORMAL.contains(&self.folded[*n].as_str()));
        let run: Vec<usize> = free.take_while(|n| self.is_free(*n)).collect();
        let Some(text) = cleaned_title(&self.typed(&run))?.filter(|text| text.chars().any(char::is_alphabetic)) else { return Ok(None) };
        for n in run {
            self.taken[n] = true;
        }
        Ok(Some(text))
    }

    /// A length before the start, after its word (`annulation 48h`).
    fn before(&mut self, known: &[&str], counted: Counted) -> Result<Option<TimeDelta>, LineFault> {
        let Some(at) = self.find(known) else { return Ok(None) };
        let rest = &self.masked()[at + 1..];
        let found = find_lengths(rest, &[]).into_iter().find(|(_, used)| used.first() == Some(&0));
        let Some((length, used)) = found else {
            return Err(LineFault::Number(counted, self.words.get(at + 1).map_or(String::new(), |word| word.text.clone())));
        };
        let typed: Vec<usize> = used.into_iter().map(|n| n + at + 1).collect();
        let delta = match length {
            Length::Minutes(minutes) => TimeDelta::try_minutes(minutes),
            Length::Days(days) => TimeDelta::try_days(days),
        };
        let Some(delta) = delta.filter(|delta| *delta <= TimeDelta::days(30)) else {
            let written = self.typed(&typed);
            for n in typed.into_iter().chain([at]) {
                self.taken[n] = true;
            }
            return Err(LineFault::Number(counted, written));
        };
        self.take_more(&std::iter::once(at).chain(typed).collect::<Vec<_>>());
        Ok(Some(delta))
    }

    /// A number with its word after it (`10 places`), or before it (`places 10`).
    fn number_with(&mut self, known: &[&str], counted: Counted, least: i64, most: i64) -> Result<Option<i64>, LineFault> {
        let Some(at) = self.find(known) else { return Ok(None) };
        let is_number = |n: usize| self.is_free(n) && !self.words[n].quoted && looks_like_number(&self.folded[n]);
        let number = match at.checked_sub(1).filter(|n| is_number(*n)) {
            Some(before) => before,
            None if is_number(at + 1) => at + 1,
            None => return Ok(None),
        };
        self.take(at);
        let typed = self.take(number);
        bounded(&typed, least, most).map(Some).map_err(|typed| LineFault::Number(counted, typed))
    }

    /// A number after its word (`prix 1`).
    fn number_after(&mut self, known: &[&str], counted: Counted, most: i64) -> Result<Option<i64>, LineFault> {
        let Some(at) = self.find(known) else { return Ok(None) };
        if !self.is_free(at + 1) {
            return Ok(None);
        }
        self.take(at);
        let typed = self.take(at + 1);
        if FREE.contains(&fold(&typed).as_str()) {
            return Ok(Some(0));
        }
        if let Some(after) = (at + 2 < self.words.len()).then_some(at + 2).filter(|n| CREDITS.contains(&self.folded[*n].as_str())) {
            self.take(after);
        }
        let number = bounded(&typed, 0, most).map_err(|typed| LineFault::Number(counted, typed))?;
        if counted != Counted::Price {
            self.understood.more.push(format!("{} {number}", self.words[at].text));
        }
        Ok(Some(number))
    }

    fn price(&mut self) -> Result<Option<i64>, LineFault> {
        if let Some(at) = self.find(FREE).filter(|_| self.find(PRICE).is_none()) {
            self.take(at);
            return Ok(Some(0));
        }
        match self.number_after(PRICE, Counted::Price, PRICE_CREDITS_MAX)? {
            Some(price) => Ok(Some(price)),
            None => self.number_with(CREDITS, Counted::Price, 0, PRICE_CREDITS_MAX),
        }
    }

    fn start(&mut self, now: Timestamp, zone: Zone) -> Result<Found, dates::Fault> {
        let found = find_moment(&self.masked(), now, zone);
        let (part, used) = match &found {
            Ok(found) => (DatePart::Whole(self.typed(&found.used)), found.used.clone()),
            Err(dates::Fault::NoTime { used, .. }) => (DatePart::Day(self.typed(used)), used.clone()),
            Err(dates::Fault::NoDay { used, .. }) => (DatePart::Hour(self.typed(used)), used.clone()),
            // The form takes the later of the two hours that exist.
            Err(dates::Fault::Gap { after, .. }) => {
                (DatePart::Whole(after.wall(zone).format("%d/%m/%Y %H:%M").to_string()), words_of_date(&self.masked()))
            }
            Err(_) => (DatePart::Nothing, words_of_date(&self.masked())),
        };
        self.understood.date = part;
        for n in used {
            self.taken[n] = true;
        }
        found
    }

    fn length(&mut self, until: Option<i64>) -> Result<Option<i64>, LineFault> {
        let found = find_lengths(&self.masked(), &[]);
        for n in found.iter().flat_map(|(_, used)| used) {
            self.taken[*n] = true;
        }
        let typed: Vec<String> = found.iter().map(|(_, used)| self.typed(used)).collect();
        let minutes = match (found.as_slice(), until) {
            ([], Some(until)) => until,
            ([], None) => return Ok(None),
            ([(Length::Minutes(minutes), used)], None) if is_an_hour(*minutes, used, self.folded.as_slice()) => {
                return Err(LineFault::TwoLengths(self.understood.date.typed(), typed[0].clone()));
            }
            ([(Length::Minutes(minutes), _)], None) => *minutes,
            ([(Length::Minutes(minutes), _)], Some(until)) if *minutes == until => until,
            ([(Length::Days(_), _)], None) => return Err(LineFault::Length(typed[0].clone())),
            ([_], Some(_)) => return Err(LineFault::TwoLengths(self.understood.date.typed(), typed[0].clone())),
            ([_, _, ..], _) => return Err(LineFault::TwoLengths(typed[0].clone(), typed[1].clone())),
        };
        if !(LENGTH_MINUTES_MIN..=LENGTH_MINUTES_MAX).contains(&minutes) {
            return Err(LineFault::Length(typed.first().cloned().unwrap_or_else(|| format!("{minutes} min"))));
        }
        self.understood.length = typed.first().cloned();
        Ok(Some(minutes))
    }

    fn kind(&mut self) -> Option<SessionKind> {
        let known = [
            (SessionKind::Circle, ["cercle", "circle"]),
            (SessionKind::Workshop, ["atelier", "workshop"]),
            (SessionKind::Training, ["formation", "training"]),
            (SessionKind::Listening, ["ecoute", "listening"]),
        ];
        let (at, kind) = known.iter().find_map(|(kind, words)| self.find(words).map(|at| (at, *kind)))?;
        self.take_more(&[at]);
        Some(kind)
    }

    fn nothing_left(&self) -> Result<(), LineFault> {
        let left: Vec<usize> = (0..self.words.len()).filter(|n| self.is_free(*n)).collect();
        if left.iter().all(|n| !self.words[*n].quoted && SMALL.contains(&self.folded[*n].as_str())) {
            return Ok(());
        }
        Err(LineFault::Unknown(self.typed(&left).chars().take(TITLE_CHARS_MAX).collect()))
    }
}

/// Where the line says who is to hold it: the word before, and the name. "animé par @Sam", "hosted by @Sam", "anime moi".
fn host_at(words: &[Word]) -> Option<(usize, usize)> {
    let folded = |n: usize| words.get(n).filter(|word| !word.quoted).map(|word| fold(&word.text)).unwrap_or_default();
    let at = (0..words.len()).find(|n| HOST.contains(&folded(*n).trim_end_matches(':')))?;
    let name = at + 1 + usize::from(matches!(folded(at + 1).as_str(), "by" | "par"));
    let word = words.get(name)?;
    let named = word.quoted || word.text.starts_with('@') || word.account.is_some() || ONESELF.contains(&folded(name).as_str());
    named.then_some((at, name))
}

/// Who is named to hold it, unless it is who writes.
pub(super) fn host_word(words: &[Word]) -> Option<&Word> {
    let (_, name) = host_at(words)?;
    words.get(name).filter(|word| word.quoted || !ONESELF.contains(&fold(&word.text).as_str()))
}

/// A word that may say what the number before it counts, so that this number names no session.
pub(super) fn is_count_word(folded: &str) -> bool {
    const LENGTHS: &[&str] = &["h", "heure", "heures", "hour", "hours", "min", "minute", "minutes", "mn"];
    SEATS.contains(&folded) || CREDITS.contains(&folded) || LENGTHS.contains(&folded)
}

/// A word that counts seats.
pub(super) fn is_seats_word(folded: &str) -> bool {
    SEATS.contains(&folded)
}

/// `20h` beside a start is rather an hour than a length of twenty hours.
fn is_an_hour(minutes: i64, used: &[usize], folded: &[String]) -> bool {
    let word = used.first().and_then(|n| folded.get(*n)).map_or("", String::as_str);
    used.len() == 1 && word.ends_with('h') && (13 * 60..24 * 60).contains(&minutes)
}
