//! entraide: a chat bot for peer-support groups. The modules in reading order.

pub mod domain;

pub mod config;

pub mod text;
pub mod vault;

pub mod store;

pub mod platform;

pub mod http;

pub mod app;

pub mod telemetry;

pub mod cli;
