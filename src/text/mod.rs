//! What people read: catalogues, rich text, dates and lines in words.

pub mod rich;
