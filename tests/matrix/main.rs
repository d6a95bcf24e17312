//! Matrix: a real homeserver, people with clients that share no code with the program, and the program itself.
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]
#![allow(unreachable_pub, reason = "the modules of a test are for each other")]

#[path = "../support/mod.rs"]
mod support;

mod adapter;
mod away;
mod bot;
mod both;
mod bridge;
mod circle;
mod conversations;
mod device;
mod harness;
mod html;
mod kill;
mod names;
mod powers;
mod recovery;
mod rooms;
mod stage;
