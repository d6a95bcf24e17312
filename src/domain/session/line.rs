//! `/session` in one line: its parts in any order, found one kind after the other; what is left over is said back.

use chrono::TimeDelta;

use super::{
    FREE_CANCEL_HOURS_DEFAULT, LENGTH_MINUTES_DEFAULT, LENGTH_MINUTES_MAX, LENGTH_MINUTES_MIN, LINK_BYTES_MAX, PRICE_CREDITS_MAX,
    SEATS_DEFAULT, SEATS_MAX, SessionKind, TITLE_CHARS_MAX,
    understood::{Counted, DatePart, LineFault, Understood},
};
use crate::domain::{
    dates::{self, Found, Length, find_lengths, find_moment, words_of_date},
    hear::Call,
    time::{Timestamp, Zone},
    words::{NumberFault, Word, clean_text, fold, whole_number},
};

/// A session as it was written, complete and within bounds.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Line {
    /// Cleaned.
    pub title: String,
    /// When it starts, and the wall time.
    pub start: Found,
    /// In minutes.
    pub length_minutes: i64,
    /// How many can come.
    pub seats: i64,
    /// How many must come.
    pub minimum: i64,
    /// What a seat costs, where it was written.
    pub price_credits: Option<i64>,
    /// What the host gets on top, where it was written; only a coordinator may.
    pub reward_credits: Option<i64>,
    /// What kind.
    pub kind: SessionKind,
    /// Where it is.
    pub place: Option<String>,
    /// Where it is online.
    pub link: Option<String>,
    /// Until when a cancellation costs nothing.
    pub free_cancel_until: Timestamp,
}

const PRICE: &[&str] = &["prix", "price", "cost", "cout", "tarif"];
const REWARD: &[&str] = &["recompense", "reward"];
const MINIMUM: &[&str] = &["minimum", "mini"];
const SEATS: &[&str] = &["place", "places", "seat", "seats", "personnes", "personne", "people", "participants", "spots"];
const CREDITS: &[&str] = &["credit", "credits"];
const FREE: &[&str] = &["gratuit", "gratuite", "free"];
const LINK: &[&str] = &["lien", "link", "url", "visio"];
const PLACE: &[&str] = &["lieu", "where", "ou", "salle", "room", "venue", "place", "at"];
const CUTOFF: &[&str] = &["annulation", "limite", "cutoff", "cut-off", "cancellation"];
const SMALL: &[&str] =
    &["a", "de", "le", "la", "les", "pour", "for", "the", "at", "of", "et", "and", ",", "-", "", "avec", "with", "in", "en"];

/// Reads the line, seen from `now` in `zone`.
pub(super) fn parse_line(call: &Call, now: Timestamp, zone: Zone) -> Result<Line, (LineFault, Box<Understood>)> {
    let mut reader = Reader::new(&call.words);
    let read = reader.read(now, zone);
    read.map_err(|fault| (fault, Box::new(reader.understood)))
}

/// Words with marks on those that were understood.
struct Reader<'a> {
    words: &'a [Word],
    folded: Vec<String>,
    taken: Vec<bool>,
    understood: Understood,
}

impl<'a> Reader<'a> {
    fn new(words: &'a [Word]) -> Self {
        let plain = |word: &Word| if word.quoted { String::new() } else { fold(&word.text).trim_end_matches([':', ',', ';']).to_owned() };
        Self { words, folded: words.iter().map(plain).collect(), taken: vec![false; words.len()], understood: Understood::default() }
    }

    fn read(&mut self, now: Timestamp, zone: Zone) -> Result<Line, LineFault> {
        // First what has a word of its own, so that "prix 1 mar 18h" is no first of March; faults wait, so that all the rest is known.
        let link = self.link();
        let place = self.place();
        let quoted = self.quoted_title();
        let cutoff = self.cutoff();
        let minimum = self.number_after(MINIMUM, Counted::Minimum, SEATS_MAX);
        let reward = self.number_after(REWARD, Counted::Reward, PRICE_CREDITS_MAX);
        let price = self.price();
        let seats = self.number_with(SEATS, Counted::Seats, 1, SEATS_MAX);
        let start = self.start(now, zone);
        let length = self.length(start.as_ref().ok().and_then(|found| found.length_minutes));
        let title = if quoted == Err(LineFault::NoTitle) { self.bare_title() } else { quoted };
        let kind = self.kind();
        self.understood.title = title.as_ref().ok().cloned();
        self.understood.seats = seats.as_ref().ok().copied().flatten();
        self.understood.price = price.as_ref().ok().copied().flatten();
        self.understood.link = link.as_ref().ok().cloned().flatten();
        self.understood.place.clone_from(&place);
        let (title, start, length_minutes) = (title?, start.map_err(LineFault::Date)?, length?);
        let (seats, minimum) = (seats?.unwrap_or(SEATS_DEFAULT), minimum?.unwrap_or(0));
        if minimum > seats {
            return Err(LineFault::Number(Counted::Minimum, minimum.to_string()));
        }
        let (price, reward, link, cutoff) = (price?, reward?, link?, cutoff?);
        self.nothing_left()?;
        let free_cancel_until = start.at.minus(cutoff);
        Ok(Line {
            title,
            length_minutes,
            seats,
            minimum,
            price_credits: price,
            reward_credits: reward,
            kind,
            place,
            link,
            free_cancel_until,
            start,
        })
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
        let is_address = |word: &Word| word.text.starts_with("https://") || word.text.starts_with("http://");
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
    fn place(&mut self) -> Option<String> {
        let quoted = (0..self.words.len()).find(|n| {
            PLACE.contains(&self.folded[*n].as_str()) && self.words.get(n + 1).is_some_and(|word| word.quoted) && self.is_free(n + 1)
        });
        let at = quoted.or_else(|| self.find(&["lieu", "where", "venue"]).filter(|n| self.is_free(n + 1)))?;
        self.take(at);
        let text = clean_text(&self.take(at + 1));
        Some(text.chars().take(TITLE_CHARS_MAX).collect()).filter(|text: &String| !text.is_empty())
    }

    fn quoted_title(&mut self) -> Result<String, LineFault> {
        let at = (0..self.words.len()).find(|n| self.words[*n].quoted && self.is_free(*n)).ok_or(LineFault::NoTitle)?;
        let text = self.take(at);
        title(&text)
    }

    /// Without quotation marks the words before the first part are the title.
    fn bare_title(&mut self) -> Result<String, LineFault> {
        let run: Vec<usize> = (0..self.words.len()).take_while(|n| self.is_free(*n)).collect();
        let text = title(&self.typed(&run))?;
        if text.chars().any(char::is_alphabetic) {
            for n in run {
                self.taken[n] = true;
            }
            Ok(text)
        } else {
            Err(LineFault::NoTitle)
        }
    }

    fn cutoff(&mut self) -> Result<TimeDelta, LineFault> {
        let Some(at) = self.find(CUTOFF) else { return Ok(TimeDelta::hours(FREE_CANCEL_HOURS_DEFAULT)) };
        let rest = &self.masked()[at + 1..];
        let found = find_lengths(rest, &[]).into_iter().find(|(_, used)| used.first() == Some(&0));
        let Some((length, used)) = found else {
            return Err(LineFault::Number(Counted::Cutoff, self.words.get(at + 1).map_or(String::new(), |word| word.text.clone())));
        };
        self.take(at);
        let typed: Vec<usize> = used.into_iter().map(|n| n + at + 1).collect();
        for n in &typed {
            self.taken[*n] = true;
        }
        let delta = match length {
            Length::Minutes(minutes) => TimeDelta::try_minutes(minutes),
            Length::Days(days) => TimeDelta::try_days(days),
        };
        let fits = delta.filter(|delta| *delta <= TimeDelta::days(30));
        fits.ok_or_else(|| LineFault::Number(Counted::Cutoff, self.typed(&typed)))
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
        bounded(&typed, 0, most).map(Some).map_err(|typed| LineFault::Number(counted, typed))
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

    fn length(&mut self, until: Option<i64>) -> Result<i64, LineFault> {
        let found = find_lengths(&self.masked(), &[]);
        for n in found.iter().flat_map(|(_, used)| used) {
            self.taken[*n] = true;
        }
        let typed: Vec<String> = found.iter().map(|(_, used)| self.typed(used)).collect();
        let minutes = match (found.as_slice(), until) {
            ([], until) => until.unwrap_or(LENGTH_MINUTES_DEFAULT),
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
        Ok(minutes)
    }

    fn kind(&mut self) -> SessionKind {
        let known = [
            (SessionKind::Circle, ["cercle", "circle"]),
            (SessionKind::Workshop, ["atelier", "workshop"]),
            (SessionKind::Training, ["formation", "training"]),
        ];
        let Some((at, kind)) = known.iter().find_map(|(kind, words)| self.find(words).map(|at| (at, *kind))) else {
            return SessionKind::Circle;
        };
        self.take(at);
        kind
    }

    fn nothing_left(&self) -> Result<(), LineFault> {
        let left: Vec<usize> = (0..self.words.len()).filter(|n| self.is_free(*n)).collect();
        if left.iter().all(|n| !self.words[*n].quoted && SMALL.contains(&self.folded[*n].as_str())) {
            return Ok(());
        }
        Err(LineFault::Unknown(self.typed(&left).chars().take(TITLE_CHARS_MAX).collect()))
    }
}

fn title(text: &str) -> Result<String, LineFault> {
    let clean = clean_text(text).split_whitespace().collect::<Vec<_>>().join(" ");
    match clean.chars().count() {
        0 => Err(LineFault::NoTitle),
        n if n > TITLE_CHARS_MAX => Err(LineFault::LongTitle),
        _ => Ok(clean),
    }
}

fn looks_like_number(folded: &str) -> bool {
    whole_number(folded) != Err(NumberFault::NotANumber)
}

fn bounded(typed: &str, least: i64, most: i64) -> Result<i64, String> {
    let number = whole_number(typed.trim_end_matches([',', ';'])).ok();
    number.filter(|number| (least..=most).contains(number)).ok_or_else(|| typed.chars().take(40).collect())
}

/// `20h` beside a start is rather an hour than a length of twenty hours.
fn is_an_hour(minutes: i64, used: &[usize], folded: &[String]) -> bool {
    let word = used.first().and_then(|n| folded.get(*n)).map_or("", String::as_str);
    used.len() == 1 && word.ends_with('h') && (13 * 60..24 * 60).contains(&minutes)
}
