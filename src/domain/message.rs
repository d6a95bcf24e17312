//! Messages as data: which text with which values, which buttons; the words are made later, in the reader's language.

use std::{borrow::Cow, collections::BTreeMap};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{
    command::Command,
    decision::CardKey,
    ids::QuestionId,
    time::{Timestamp, Zone},
};

/// One line or paragraph: a message of the catalogues and the values that go into it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Msg {
    /// The message's name in the catalogues.
    pub id: Cow<'static, str>,
    /// The values by the names that the catalogues use.
    pub args: Vec<(Cow<'static, str>, Value)>,
}

/// A value within a message.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub enum Value {
    /// What a person wrote or is called; shown as it is, never read as markup.
    Text(String),
    /// What a community calls something, by language; the reader's, or else the first.
    Names(BTreeMap<String, String>),
    /// A whole number; the catalogues choose plural forms by it.
    Number(i64),
    /// Day, date, hour and zone, in full, in the reader's zone (a room's: the community's).
    Moment(Timestamp),
    /// The same in a zone of its own.
    MomentIn(Timestamp, Zone),
    /// The hour alone, in the reader's zone.
    Clock(Timestamp),
    /// A day alone.
    Day(NaiveDate),
    /// A month, by its first day.
    Month(NaiveDate),
    /// A length of time, in minutes.
    Minutes(i64),
    /// A command's canonical word in the reader's language, with the platform's sign before it.
    Command(Command),
    /// The platform that carries this very message.
    Platform,
    /// The crisis lines of a country (ISO 3166 code, perhaps with a region), in the short form of three lines at most.
    Lines(Option<String>),
    /// The same lines in full sentences, one line of text for each (`/sos`).
    LinesInFull(Option<String>),
    /// The other numbers of a country: violence, children, police, listening.
    OtherLines(Option<String>),
    /// A country's name.
    Country(String),
    /// A language's own name (an IETF tag).
    Language(String),
    /// An address that can be opened.
    Link(String),
    /// A message within the message.
    Msg(Box<Msg>),
    /// Messages joined by line breaks.
    Msgs(Vec<Msg>),
    /// A value that is left out on a shared phone, and what is said instead.
    Guarded(Box<Value>, Box<Msg>),
}

impl Msg {
    /// The message named `id`, without values yet. Ids are written as literals: a test reads the source for them.
    pub const fn new(id: &'static str) -> Self {
        Self { id: Cow::Borrowed(id), args: Vec::new() }
    }

    /// With `value` under `name`.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        self.args.push((Cow::Borrowed(name), value.into()));
        self
    }
}

impl Value {
    /// The same value; who shares the phone with others reads `msg` instead.
    #[must_use]
    pub fn instead(self, msg: Msg) -> Self {
        Self::Guarded(Box::new(self), Box::new(msg))
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<Command> for Value {
    fn from(command: Command) -> Self {
        Self::Command(command)
    }
}

impl From<Msg> for Value {
    fn from(msg: Msg) -> Self {
        Self::Msg(Box::new(msg))
    }
}

impl From<Vec<Msg>> for Value {
    fn from(msgs: Vec<Msg>) -> Self {
        Self::Msgs(msgs)
    }
}

/// A message with its buttons.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Content {
    /// The lines, one under the other.
    pub lines: Vec<Msg>,
    /// In order; a platform may set several in one row.
    pub buttons: Vec<Button>,
    /// A file that goes with it.
    pub file: Option<File>,
    /// A table that goes with it; it becomes a file when its words are made.
    pub table: Option<Table>,
    /// A page of text that goes with it; likewise.
    #[serde(default)]
    pub page: Option<Page>,
    /// What the community calls its credits in the reader's language, where it chose a name; put in when it is owed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<Unit>,
    /// The card that it is about: where the platform has threads, it stands in the card's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<CardKey>,
}

/// What one credit and several are called, in one language.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Unit {
    /// As in "1 credit".
    pub one: String,
    /// As in "2 credits".
    pub many: String,
}

impl Content {
    /// These buttons under it, after those already there.
    #[must_use]
    pub fn buttons(mut self, buttons: impl IntoIterator<Item = Button>) -> Self {
        self.buttons.extend(buttons);
        self
    }

    /// These lines after those already there.
    #[must_use]
    pub fn lines(mut self, lines: impl IntoIterator<Item = Msg>) -> Self {
        self.lines.extend(lines);
        self
    }

    /// In the thread of this card, where it hangs in the room.
    #[must_use]
    pub fn about(self, card: CardKey) -> Self {
        Self { about: Some(card), ..self }
    }

    /// One more line.
    #[must_use]
    pub fn line(mut self, msg: Msg) -> Self {
        self.lines.push(msg);
        self
    }
}

impl From<Msg> for Content {
    fn from(msg: Msg) -> Self {
        Self { lines: vec![msg], ..Self::default() }
    }
}

impl From<Vec<Msg>> for Content {
    fn from(lines: Vec<Msg>) -> Self {
        Self { lines, ..Self::default() }
    }
}

/// A small file made by the program.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct File {
    /// With its ending; it tells nothing private.
    pub name: String,
    /// Its bytes as text (calendar entries, CSV, JSON).
    pub text: String,
}

/// Lines of text for a file, in words that are made later.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Page {
    /// The file's name, with its ending; it tells nothing private.
    pub name: String,
    /// One under the other.
    pub lines: Vec<Msg>,
}

/// Rows for a spreadsheet, in words that are made later.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Table {
    /// The file's name, with its ending; it tells nothing private.
    pub name: String,
    /// The first row names the columns.
    pub rows: Vec<Vec<Cell>>,
}

/// One field of a table.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub enum Cell {
    /// A number, without any grouping.
    Number(i64),
    /// As it is.
    Text(String),
    /// Words of the catalogues.
    Words(Msg),
    /// Nothing.
    Empty,
}

/// Something to tap.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Button {
    /// Short.
    pub label: Msg,
    /// What it does.
    pub press: Press,
}

impl Button {
    /// A button that does what typing the command would do, for whoever presses it.
    pub fn command(label: Msg, command: Command, rest: impl Into<String>) -> Self {
        Self { label, press: Press::Command { command, rest: rest.into() } }
    }

    /// The `choice`-th answer (from 0) to a private question.
    pub fn choice(label: Msg, question: QuestionId, choice: u8) -> Self {
        Self { label, press: Press::Choice { question, choice } }
    }
}

/// What a button carries.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Press {
    /// The same as typing the command: public, checked anew for whoever presses.
    Command {
        /// Which.
        command: Command,
        /// What would be typed after it.
        rest: String,
    },
    /// An answer to a private question: for one account, once, until it expires.
    Choice {
        /// The question.
        question: QuestionId,
        /// Which of its choices, from 0.
        choice: u8,
    },
    /// Opens the direct room with the bot; handled by the platform, nothing comes back.
    OpenPrivate,
}

/// The most bytes that a button may carry (Telegram's `callback_data`).
pub const PRESS_BYTES_MAX: usize = 64;

impl Press {
    /// As a short text that a platform can carry; the inverse of [`Press::decode`].
    pub fn encode(&self) -> String {
        match self {
            Self::Command { command, rest } => format!("c:{}:{rest}", command.name()),
            Self::Choice { question, choice } => format!("q:{}:{choice}", short_id(question.0)),
            Self::OpenPrivate => "o".to_owned(),
        }
    }

    /// What `text` carries; `None` where it was not made by [`Press::encode`].
    pub fn decode(text: &str) -> Option<Self> {
        if text == "o" {
            return Some(Self::OpenPrivate);
        }
        let (kind, rest) = text.split_once(':')?;
        let (first, second) = rest.split_once(':')?;
        match kind {
            "c" => Some(Self::Command { command: Command::from_name(first)?, rest: second.to_owned() }),
            "q" => Some(Self::Choice { question: QuestionId(parse_short_id(first)?), choice: second.parse().ok()? }),
            _ => None,
        }
    }
}

/// An id in 22 characters, for buttons and links.
pub fn short_id(id: uuid::Uuid) -> String {
    data_encoding::BASE64URL_NOPAD.encode(id.as_bytes())
}

/// The inverse of [`short_id`].
pub fn parse_short_id(text: &str) -> Option<uuid::Uuid> {
    let bytes = data_encoding::BASE64URL_NOPAD.decode(text.as_bytes()).ok()?;
    uuid::Uuid::from_slice(&bytes).ok()
}
