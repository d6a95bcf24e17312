//! STUB session.

use serde::{Deserialize, Serialize};

/// A change to it.
#[derive(Clone, PartialEq, Debug)]
pub enum Change {}

/// What answering one of its questions does.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub enum Action {}
