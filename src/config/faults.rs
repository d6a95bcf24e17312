//! What is wrong with a configuration: every fault at once, each with the key's full name and what to write.

use std::fmt;

/// One thing that is wrong.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fault {
    /// The key's full name, `section.key`, or the file where no key can be named.
    pub key: String,
    /// Where it was written; empty where it is missing.
    pub place: String,
    /// What is wrong and what to write; never a secret.
    pub text: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.place.as_str() {
            "" => write!(f, "{}: {}", self.key, self.text),
            place => write!(f, "{} ({place}): {}", self.key, self.text),
        }
    }
}

/// All that is wrong, in the order in which it was found. Never empty when it is returned as an error.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Faults(pub Vec<Fault>);

impl Faults {
    /// Adds one.
    pub(super) fn add(&mut self, key: impl Into<String>, place: impl Into<String>, text: impl Into<String>) {
        self.0.push(Fault { key: key.into(), place: place.into(), text: text.into() });
    }

    /// `value` where nothing is wrong.
    pub(super) fn or<T>(self, value: T) -> Result<T, Self> {
        if self.0.is_empty() { Ok(value) } else { Err(self) }
    }
}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.as_slice() {
            [one] => write!(f, "the configuration has a fault\n  {one}"),
            all => {
                write!(f, "the configuration has {} faults", all.len())?;
                all.iter().try_for_each(|fault| write!(f, "\n  {fault}"))
            }
        }
    }
}

impl std::error::Error for Faults {}
