//! Rich text: spans with a style, which each platform writes in its own way.

use crate::domain::event::AccountAddress;

/// A text of styled spans.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct RichText {
    /// In order.
    pub spans: Vec<Span>,
}

/// A stretch of text of one style.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Span {
    /// What is read.
    pub text: String,
    /// How it looks and what it does.
    pub style: Style,
}

/// How a span looks and what it does.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Style {
    /// Ordinary.
    Plain,
    /// Bold.
    Bold,
    /// Fixed width, to be copied.
    Code,
    /// Opens an address.
    Link(String),
    /// Names an account.
    Mention(AccountAddress),
}

impl RichText {
    /// The text without any style, links followed by nothing.
    pub fn plain(&self) -> String {
        self.spans.iter().map(|span| span.text.as_str()).collect()
    }
}
