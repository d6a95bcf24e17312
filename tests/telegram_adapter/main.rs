//! The Telegram adapter alone, over real HTTP, against a Bot API server that is strict where Telegram is strict.
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "../support/mod.rs"]
mod support;

mod delivery;
mod ephemeral;
mod harness;
mod reading;
mod trouble;
mod webhook;
