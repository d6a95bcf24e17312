//! Matrix: a real homeserver, people with clients that share no code with the program, and the program itself.
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "../support/mod.rs"]
mod support;

mod harness;
