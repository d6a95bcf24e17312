//! What the integration tests share: a Bot API server, a Matrix homeserver, conversation files, the program as a child process.
#![allow(dead_code, unreachable_pub, unused_imports, reason = "every test uses another part of it")]
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

pub mod bot_api;
pub mod chat_file;
pub mod circle;
pub mod gifts;
pub mod http;
pub mod lock_screen;
pub mod matrix;
pub mod program;
pub mod script;
pub mod stage;
