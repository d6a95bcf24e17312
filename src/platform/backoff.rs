//! How long to wait before the next try: longer each time, bounded, never in step with others.

use std::time::Duration;

const FIRST: Duration = Duration::from_secs(1);
/// A network that comes back is noticed within this time.
const LONGEST: Duration = Duration::from_secs(20);

/// Counts the failures since the last success.
#[derive(Debug, Default)]
pub(in crate::platform) struct Backoff {
    failures: u32,
}

impl Backoff {
    /// How long to wait after one more failure; at least as long as the platform asked for.
    pub(in crate::platform) fn next(&mut self, asked: Option<Duration>) -> Duration {
        let doubled = FIRST.saturating_mul(1 << self.failures.min(5)).min(LONGEST);
        self.failures = self.failures.saturating_add(1);
        jittered(doubled, random_byte()).max(asked.unwrap_or_default())
    }

    /// It worked.
    pub(in crate::platform) fn reset(&mut self) {
        self.failures = 0;
    }
}

/// Three to five quarters of `pause`.
fn jittered(pause: Duration, random: u8) -> Duration {
    pause.mul_f64(0.75 + f64::from(random) / 510.0)
}

fn random_byte() -> u8 {
    let mut byte = [128];
    // Without randomness the pause is merely in step with others.
    let _ = getrandom::fill(&mut byte);
    byte[0]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_to_a_bound_and_start_anew() {
        let mut backoff = Backoff::default();
        let pauses: Vec<Duration> = (0..12).map(|_| backoff.next(None)).collect();
        assert!(pauses[0] <= FIRST.mul_f64(1.25));
        assert!(pauses.iter().all(|pause| *pause <= LONGEST.mul_f64(1.25)));
        assert!(pauses[11] >= LONGEST.mul_f64(0.75));
        assert_eq!(backoff.next(Some(Duration::from_secs(60))), Duration::from_secs(60));
        backoff.reset();
        assert!(backoff.next(None) <= FIRST.mul_f64(1.25));
    }

    #[test]
    fn jitter_stays_within_a_quarter() {
        assert_eq!(jittered(LONGEST, 0), LONGEST.mul_f64(0.75));
        assert_eq!(jittered(LONGEST, 255), LONGEST.mul_f64(1.25));
    }
}
