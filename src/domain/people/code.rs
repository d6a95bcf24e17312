//! One-use codes that open a room or a group: twelve characters that nobody guesses and everybody can type.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::domain::{decision::Context, ids::GroupId, words::fold};

/// How long a code can be used, in hours.
pub const LIFE_HOURS: i64 = 24;

/// Crockford's 32 signs: no I, L, O or U, which eyes confuse.
const SIGNS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Characters of a code; five bits each, 60 in all.
const LEN: usize = 12;

/// A code in its one written form, without dashes.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Code(String);

/// What a code opens.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Opens {
    /// One more room of this group.
    Room(GroupId),
    /// Another group of the community.
    Group,
}

impl Code {
    /// A new one; the event's secret seed makes it unguessable.
    pub fn make(ctx: &mut Context) -> Self {
        let secret: Uuid = ctx.ids.make();
        let hash = Sha256::new().chain_update(b"code").chain_update(secret.as_bytes()).finalize();
        Self(hash.iter().take(LEN).map(|byte| char::from(SIGNS[usize::from(byte & 31)])).collect())
    }

    /// What somebody typed: without regard to case, blanks and dashes, and with `O` for zero, `I` and `L` for one.
    /// `None` where it can be no code at all.
    pub fn read(typed: &str) -> Option<Self> {
        let mut code = String::with_capacity(LEN);
        for c in fold(typed).chars() {
            match c {
                'o' => code.push('0'),
                'i' | 'l' => code.push('1'),
                c if c.is_whitespace() || matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '_' | '.') => {}
                c if c.is_ascii_alphanumeric() && SIGNS.contains(&(c.to_ascii_uppercase() as u8)) => code.push(c.to_ascii_uppercase()),
                _ => return None,
            }
        }
        (code.len() == LEN).then_some(Self(code))
    }

    /// The first group of four, which tells what code is meant; the other 40 bits are the secret.
    pub fn place(&self) -> &str {
        self.0.get(..4).unwrap_or_default()
    }

    /// Without dashes, for the keyed hash.
    pub fn canonical(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for Code {
    /// In groups of four, as it is shown.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (n, c) in self.0.chars().enumerate() {
            if n > 0 && n % 4 == 0 {
                f.write_str("-")?;
            }
            write!(f, "{c}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{ids::IdSource, time::Timestamp};

    fn context(seed: u8) -> Context {
        let now = Timestamp::from_micros(1_800_000_000_000_000);
        Context { now, ids: IdSource::new([seed; 32], now) }
    }

    #[test]
    fn a_code_is_read_however_it_is_typed() {
        let code = Code::make(&mut context(1));
        let shown = code.to_string();
        assert_eq!(shown.len(), 14, "{shown}");
        for typed in
            [shown.clone(), shown.to_lowercase(), shown.replace('-', ""), shown.replace('-', " "), format!("  {}", shown.replace('-', "–"))]
        {
            assert_eq!(Code::read(&typed), Some(code.clone()), "{typed:?}");
        }
        assert_eq!(Code::read("o1iL 2345 6789"), Code::read("0111-2345-6789"));
    }

    #[test]
    fn what_can_be_no_code_is_none() {
        for typed in ["", "ABC", "ABCD-EFGH-JKMNP", "ABCD-EFGH-JKM!", "ABCD-EFGH-JKMU", "шшшш-шшшш-шшшш"] {
            assert_eq!(Code::read(typed), None, "{typed:?}");
        }
    }

    #[test]
    fn codes_of_one_event_and_of_two_differ() {
        let (mut a, mut b) = (context(1), context(2));
        let codes = [Code::make(&mut a), Code::make(&mut a), Code::make(&mut b)];
        assert!(codes[0] != codes[1] && codes[0] != codes[2] && codes[1] != codes[2]);
    }
}
