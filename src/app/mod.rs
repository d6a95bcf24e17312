//! The only orchestration: the engine that decides and commits, the outbox that delivers, start and stop.

pub mod clock;
pub mod engine;
pub mod find;
pub mod limits;
pub mod outbox;
pub mod road;
pub mod service;
mod shared_phone;

pub mod report;

mod acts;
mod handlers;
mod missed;
mod outgoing;
mod refuse;
mod rooms;
