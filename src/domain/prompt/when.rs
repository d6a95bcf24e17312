//! The hour at the end of a prompt (`demain à 18h`), told from words that merely sound like one.

use crate::domain::{
    dates::{Fault, clock_of, find_moment},
    decision::Refusal,
    message::{Msg, Value},
    time::{Timestamp, Zone},
    words::{Word, fold},
};

/// So many words may stand before the "à" of an hour (`mardi 12 mai à 18h`).
const DAY_WORDS_MAX: usize = 3;

/// How many of the last words are looked at for the "à" of an hour.
const LAST_WORDS: usize = 4;

/// From which word on the text says that it is for the start of the session: `au début`, `at the start`.
pub(super) fn at_the_start(words: &[Word]) -> Option<usize> {
    let folded: Vec<String> = words.iter().map(|word| if word.quoted { String::new() } else { fold(&word.text) }).collect();
    let ends: [&[&str]; 4] = [&["au", "debut"], &["a", "l'ouverture"], &["at", "the", "start"], &["at", "start"]];
    ends.iter()
        .find(|end| folded.len() > end.len() && folded.iter().rev().zip(end.iter().rev()).all(|(word, known)| word == known))
        .map(|end| folded.len() - end.len())
}

/// The moment at the end of `words`, and from which word on it stands there.
pub(super) fn at_the_end(words: &[Word], now: Timestamp, zone: Zone) -> Option<(usize, Result<Timestamp, Refusal>)> {
    let joins = |n: &usize| matches!(fold(&words[*n].text).as_str(), "a" | "at") && !words[*n].quoted;
    let at = (0..words.len()).rev().take(LAST_WORDS).find(joins)?;
    let ends = |word: &Word| word.quoted || word.text.ends_with(['?', '.', '!', '…', ':', ';', '»']);
    let dated = (at.saturating_sub(DAY_WORDS_MAX)..at).rev().take_while(|n| !ends(&words[*n])).filter_map(|from| {
        let said: Vec<Word> = words[from..at].iter().chain(&words[at + 1..]).cloned().collect();
        Some((from, moment(&said, now, zone)?))
    });
    // The most words that still say nothing but a moment.
    dated.last().or_else(|| {
        let (when, used) = clock_of(&words[at..], now, zone)?;
        (used == words.len() - at).then_some((at, Ok(when)))
    })
}

/// A day and an hour that are all that `words` say.
fn moment(words: &[Word], now: Timestamp, zone: Zone) -> Option<Result<Timestamp, Refusal>> {
    match find_moment(words, now, zone) {
        Ok(found) => (found.used.len() == words.len()).then_some(Ok(found.at)),
        // The first word does not belong to it: a shorter stretch says the same.
        Err(fault) if find_moment(&words[1..], now, zone) == Err(fault.clone()) => None,
        Err(Fault::Twice { first, .. }) => Some(Ok(first)),
        Err(Fault::Past { at }) => Some(Err(Msg::new("prompt-past").with("when", Value::MomentIn(at, zone)).into())),
        Err(Fault::Gap { before, after, .. }) => {
            Some(Err(Msg::new("prompt-gap").with("when", Value::MomentIn(before, zone)).with("until", Value::MomentIn(after, zone)).into()))
        }
        Err(Fault::TooFar { at }) => Some(Err(Msg::new("prompt-too-far").with("when", Value::MomentIn(at, zone)).into())),
        Err(
            Fault::NoDate
            | Fault::NoTime { .. }
            | Fault::NoDay { .. }
            | Fault::TwoDates { .. }
            | Fault::NotADay { .. }
            | Fault::NotATime { .. }
            | Fault::WrongWeekday { .. },
        ) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{testing::NOW, words::split_words};
    use chrono::DateTime;

    fn check(text: &str, expected: Option<(usize, &str)>) {
        let found = at_the_end(&split_words(text, &[]), NOW, Zone::PARIS);
        let found = found.map(|(from, at)| {
            let at = at.map_or_else(|refusal| refusal.0.lines[0].id.to_string(), |at| at.utc().to_rfc3339());
            (from, at)
        });
        let expected = expected
            .map(|(from, at)| (from, DateTime::parse_from_rfc3339(at).map_or_else(|_| at.to_owned(), |at| at.to_utc().to_rfc3339())));
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn hours_at_the_end_are_found_and_others_are_words() {
        // It is Tuesday 1 December 2026, 18:00 in Paris.
        check("Un mot ? à 20h", Some((3, "2026-12-01T20:00:00+01:00")));
        check("Un mot ? à 9h", Some((3, "2026-12-02T09:00:00+01:00")));
        check("A word? at 18:30", Some((2, "2026-12-01T18:30:00+01:00")));
        check("Un mot ? demain à 18h30", Some((3, "2026-12-02T18:30:00+01:00")));
        check("Un mot ? jeudi à 18h", Some((3, "2026-12-03T18:00:00+01:00")));
        check("Un mot ? 12/12 à 18h", Some((3, "2026-12-12T18:00:00+01:00")));
        check("Un mot ? mardi 8 décembre à 18h", Some((3, "2026-12-08T18:00:00+01:00")));
        check("Un mot pour ce soir ? à 20h", Some((6, "2026-12-01T20:00:00+01:00")));
        check("A word for tonight? at 20:00", Some((4, "2026-12-01T20:00:00+01:00")));
        check("Un mot ? 2026-11-02 à 18h", Some((3, "prompt-past")));
        check("Un mot ? 2027-03-28 à 2h30", Some((3, "prompt-gap")));
        check("Qui pense à vous", None);
        check("À 18h on se voit, et après", None);
        check("Qu'est-ce qui vous aide", None);
        check("", None);
        check("à", None);
    }
}
