//! The terminal of `entraide try`: one group room, as many people as are named, and everything the bot says on the screen.

pub mod line;
pub mod show;

use std::sync::{Mutex, PoisonError};

use crate::domain::{
    event::{AccountAddress, Event, EventKey, MessageRef, Origin, Platform, Pressed, RoomAddress, Said, SaidKind, Sender},
    message::Press,
    time::Timestamp,
};

use super::{Body, Capabilities, DeliveryError, Destination, Parcel, Receipt};

/// The room that lines without a room are about.
pub const GROUP: &str = "group";

/// What the terminal can do.
pub const CAPABILITIES: Capabilities = Capabilities { ephemeral: false, buttons: true, command_sign: '/' };

/// One thing that the bot did, to be shown.
#[derive(Clone, Debug)]
pub struct Shown {
    /// `group`, another room, or a person's name.
    pub to: String,
    /// What.
    pub what: ShownWhat,
}

/// What was done.
#[derive(Clone, Debug)]
pub enum ShownWhat {
    /// A message, or a new version of one.
    Message {
        /// Its id.
        id: String,
        /// The id of the message that it is a new version of.
        edit_of: Option<String>,
        /// The words.
        text: String,
        /// The labels, in order.
        buttons: Vec<String>,
        /// A file: its name and its text.
        file: Option<(String, String)>,
    },
    /// The message of a script line was deleted.
    Deleted(usize),
    /// A message of the bot was deleted.
    Unsaid {
        /// Its id.
        id: String,
        /// The script line that had brought it; 0 for a line of another run.
        line: usize,
    },
    /// A reaction.
    Reaction(String),
}

#[derive(Debug, Default)]
struct State {
    made: u64,
    /// Messages with buttons by room (direct or not), the newest last; a message whose newest version has none is not here.
    buttons: Vec<((bool, String), String, Vec<Press>)>,
    /// Who spoke first in each room: its administrator.
    administrators: std::collections::HashMap<String, String>,
    shown: Vec<Shown>,
    /// The script line that is being handled.
    line: usize,
    /// The script line that brought each message.
    brought_by: std::collections::HashMap<String, usize>,
}

/// The terminal.
#[derive(Debug, Default)]
pub struct Terminal {
    /// What the ids of its messages begin with.
    run: String,
    state: Mutex<State>,
}

impl Terminal {
    /// A terminal on a database that outlives it: its messages are told from those of other runs.
    pub fn of_run(run: &str) -> Self {
        Self { run: format!("{run}-"), ..Self::default() }
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The event of `name` writing `text` in `room`, or in the direct room.
    pub fn said(&self, key: EventKey, at: Timestamp, name: &str, room: Option<&str>, text: &str, line: usize) -> Event {
        let mut sender_is_admin = false;
        if let Some(room) = room {
            let mut state = self.state();
            let first = state.administrators.entry(room.to_owned()).or_insert_with(|| name.to_owned());
            sender_is_admin = first == name;
        }
        let said = Said {
            room: address(name, room),
            sender: Some(sender(name)),
            message: MessageRef(line.to_string()),
            text: text.to_owned(),
            mentions: Vec::new(),
            reply_to: None,
            addressed: false,
            sender_is_admin,
            kind: SaidKind::Text,
            ephemeral_context: None,
        };
        Event { key, at, origin: Origin::Said(said) }
    }

    /// The event of `name` pressing the `number`-th button of the newest message with buttons; `None` where there is none.
    pub fn pressed(&self, key: EventKey, at: Timestamp, name: &str, room: Option<&str>, number: usize) -> Option<Event> {
        let state = self.state();
        let to = (room.is_none(), room.unwrap_or(name).to_owned());
        let (_, id, presses) = state.buttons.iter().rev().find(|(place, ..)| *place == to)?;
        let press = presses.get(number.checked_sub(1)?)?.clone();
        let pressed = Pressed {
            room: address(name, room),
            sender: sender(name),
            message: MessageRef(id.clone()),
            press: Some(press),
            press_ref: key.0.clone(),
            ephemeral_context: None,
        };
        Some(Event { key, at, origin: Origin::Pressed(pressed) })
    }

    /// Everything that is said from now on is brought by this script line.
    pub fn at_line(&self, line: usize) {
        self.state().line = line;
    }

    /// Takes what is to be shown.
    pub fn take_shown(&self) -> Vec<Shown> {
        std::mem::take(&mut self.state().shown)
    }

    /// Shows a parcel.
    pub fn deliver(&self, parcel: &Parcel) -> Result<Receipt, DeliveryError> {
        let to = match &parcel.to {
            Destination::Room(room) | Destination::Ephemeral { room, .. } => room.id.clone(),
            Destination::Direct(account) => account.id.clone(),
        };
        let mut state = self.state();
        let (what, message) = match &parcel.body {
            Body::Message { text, buttons, file, edit_of } => {
                state.made += 1;
                let id = edit_of.as_ref().map_or_else(|| format!("{}m{}", self.run, state.made), |message| message.0.clone());
                state.buttons.retain(|(_, known, _)| *known != id);
                let line = state.line;
                state.brought_by.insert(id.clone(), line);
                if !buttons.is_empty() {
                    let presses = buttons.iter().map(|(_, press)| press.clone()).collect();
                    let direct = matches!(parcel.to, Destination::Direct(_));
                    state.buttons.push(((direct, to.clone()), id.clone(), presses));
                }
                let shown = ShownWhat::Message {
                    id: id.clone(),
                    edit_of: edit_of.as_ref().map(|message| message.0.clone()),
                    text: text.plain(),
                    buttons: buttons.iter().map(|(label, _)| label.clone()).collect(),
                    file: file.as_ref().map(|file| (file.name.clone(), file.text.clone())),
                };
                (shown, Some(MessageRef(id)))
            }
            Body::Delete(message) => match message.0.parse() {
                Ok(line) => (ShownWhat::Deleted(line), None),
                Err(_) => {
                    let id = message.0.clone();
                    state.buttons.retain(|(_, known, _)| *known != id);
                    (ShownWhat::Unsaid { line: state.brought_by.remove(&id).unwrap_or_default(), id }, None)
                }
            },
            Body::React(_, emoji) => (ShownWhat::Reaction(emoji.clone()), None),
            Body::AnswerPress(..) => return Ok(Receipt::default()),
        };
        state.shown.push(Shown { to, what });
        Ok(message.map(Receipt::from).unwrap_or_default())
    }
}

fn address(name: &str, room: Option<&str>) -> RoomAddress {
    RoomAddress { platform: Platform::Terminal, id: room.unwrap_or(name).to_owned(), direct: room.is_none() }
}

fn sender(name: &str) -> Sender {
    Sender {
        account: AccountAddress { platform: Platform::Terminal, id: name.to_owned() },
        display_name: Some(name.to_owned()),
        user_name: Some(name.to_owned()),
        language: None,
    }
}
