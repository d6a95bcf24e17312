//! The rules of the house, pure: no clock, no randomness, no I/O; everything comes in as a value and goes out as a value.

pub mod checkin;
pub mod command;
pub mod data;
pub mod dates;
pub mod decision;
pub mod discreet;
pub mod event;
pub mod hear;
pub mod ids;
pub mod ledger;
pub mod link;
pub mod message;
pub mod people;
pub mod profile;
pub mod prompt;
pub mod question;
pub mod safety;
pub mod scope;
pub mod session;
#[cfg(test)]
pub(crate) mod testing;
pub mod time;
pub mod timer;
pub mod words;
