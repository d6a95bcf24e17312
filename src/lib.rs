//! entraide: a chat bot for peer-support groups. The modules in reading order.

pub mod domain;

pub mod text;
pub mod vault;

pub mod store;

pub mod platform;

pub mod app;

pub mod cli;
