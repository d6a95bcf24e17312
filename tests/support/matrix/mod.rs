//! A real homeserver (Synapse) on the loopback, people with encrypting clients that share no code with the program
//! (matrix-nio), and a network between them that can fail.
//!
//! `install` makes the Python environment that this needs; `homeserver.py` and `people.py` are told what to do from here. Each
//! ends when its standard input does, so that nothing is left behind, however a test ends.

pub mod content;
mod heard;
mod people;
mod proxy;
mod synapse;
mod wire;

pub use heard::Heard;
pub use people::{COMES_WITHIN, People, Person, Plan};
pub use proxy::{Fault, Passed, Proxy};
pub use synapse::{Limits, PASSWORD, Synapse};
pub use wire::Ticket;
