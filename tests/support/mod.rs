//! What the integration tests share: a Bot API server, conversation files, the program as a child process.
#![allow(dead_code, unreachable_pub, unused_imports, reason = "every test uses another part of it")]

pub mod bot_api;
pub mod http;
