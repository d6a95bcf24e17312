//! `/report`: something told to staff, who take it, hand it back, close it; the one who told it hears honestly at each step.

mod staff;
#[cfg(test)]
mod tests;
mod told;
mod wake;

use serde::{Deserialize, Serialize};

use super::read_token;
use crate::domain::{
    decision::{Decision, Outcome},
    hear::{Call, Named},
    ids::{AccountId, CommunityId, GroupId, PersonId, ReportId},
    message::{Button, Msg, Value},
    scope::Scope,
    time::Timestamp,
    words::{clean_text, fold},
};

pub use self::wake::{ReportWakeView, on_wake};

/// So much can be told in 24 hours.
pub const DAY_MAX: i64 = 5;
/// The longest text, in characters.
pub const WORDS_CHARS_MAX: usize = 2000;
/// So many words can be added.
pub const ADDED_MAX: usize = 10;
/// Nobody took it for so many hours: coordinators are reminded, and who told it is told.
pub const WAIT_HOURS: i64 = 24;
/// So many days after it was closed it is deleted.
pub const KEPT_DAYS: i64 = 30;
/// So many days after it was told it is deleted, whether somebody closed it or not.
pub const LONGEST_DAYS: i64 = 365;

/// What was asked.
#[derive(Clone, PartialEq, Debug)]
pub enum ReportArgs {
    /// Nothing yet: what happened is asked.
    Bare,
    /// The reports that are open, for staff.
    List,
    /// To tell staff.
    Tell(Told),
    /// What a button does.
    About(ReportId, Verb),
    /// More words to what was told.
    Add(ReportId, String),
}

/// What is told.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Told {
    /// In the person's words.
    pub words: Option<String>,
    /// The message answered, where the platform gives its text.
    pub quoted: Option<String>,
    /// Who wrote that.
    pub author: Option<Named>,
    /// Whom the words name.
    pub named: Vec<Named>,
}

/// What a button does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Verb {
    /// Shows it.
    Read,
    /// Takes it.
    Take,
    /// Hands it back.
    Back,
    /// Closes it.
    Close,
    /// Opens it again.
    Reopen,
    /// Who told it takes it back.
    Withdraw,
    /// Who told it lets staff know their name.
    Show,
    /// Who told it is asked for more words.
    More,
}

/// What is sealed under the community's key.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Case {
    /// The message answered.
    pub quoted: Option<String>,
    /// The name of who wrote it, as it was seen.
    pub author: Option<String>,
    /// What was written, and added.
    pub words: Vec<String>,
    /// Persons who must never see it: whom it is about, and who wrote the message.
    pub about: Vec<PersonId>,
    /// Coordinators were reminded of it since it last began to wait.
    #[serde(default)]
    pub reminded: bool,
}

/// How far it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum State {
    /// It waits for somebody of staff.
    Open,
    /// Somebody sees to it.
    Taken(PersonId),
    /// It is done.
    Closed,
    /// Who told it took it back; nothing of it is left.
    Withdrawn,
}

/// Something told to staff.
#[derive(Clone, PartialEq, Debug)]
pub struct Report {
    /// Its id.
    pub id: ReportId,
    /// In which community.
    pub community: CommunityId,
    /// To the staff of which group.
    pub group: GroupId,
    /// What staff call it by; counts up from 1 in each community.
    pub number: i64,
    /// Who told it; `None` once that account is erased.
    pub reporter: Option<AccountId>,
    /// The name of who told it.
    pub reporter_name: Option<String>,
    /// Staff may see that name.
    pub shown: bool,
    /// What was told.
    pub case: Case,
    /// How far it is.
    pub state: State,
    /// Since when it waits.
    pub opened: Timestamp,
    /// When it was told.
    pub at: Timestamp,
    /// When it was closed or withdrawn.
    pub closed: Option<Timestamp>,
}

/// Somebody of staff who may see a report.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Staff {
    /// Who.
    pub id: PersonId,
    /// A coordinator.
    pub coordinator: bool,
}

/// What the store knows of it.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct ReportView {
    /// The staff of the group, without those whom it is about and who tells it.
    pub staff: Vec<Staff>,
    /// Persons whom the words or the answered message are about.
    pub about: Vec<PersonId>,
    /// How much the asker told in the last 24 hours.
    pub sent: i64,
    /// The number that the next one bears.
    pub next_number: i64,
    /// The one that a button belongs to.
    pub found: Option<Report>,
    /// Those that wait or are seen to, and that the asker may see as staff.
    pub open: Vec<Report>,
}

/// A change to reports.
#[derive(Clone, PartialEq, Debug)]
pub enum Change {
    /// It is told.
    Add(Box<Report>),
    /// It takes the place of the one with the same id.
    Put(Box<Report>),
}

impl Report {
    /// It waits: nobody sees to it, or who did is no more of staff.
    fn waits(&self, staff: &[Staff]) -> bool {
        match self.state {
            State::Open => true,
            State::Taken(taker) => !staff.iter().any(|known| known.id == taker),
            State::Closed | State::Withdrawn => false,
        }
    }
}

/// Reads `/report …` with the message answered, and what buttons carry.
pub fn parse(call: &Call) -> ReportArgs {
    let word = |n: usize| call.words.get(n).map(|word| word.text.as_str());
    if let Some(id) = word(0).and_then(read_token).map(ReportId) {
        let verb = match word(1) {
            Some("add") => return ReportArgs::Add(id, cut(&clean_text(call.rest_from(2)))),
            Some("take") => Verb::Take,
            Some("back") => Verb::Back,
            Some("close") => Verb::Close,
            Some("reopen") => Verb::Reopen,
            Some("withdraw") => Verb::Withdraw,
            Some("show") => Verb::Show,
            Some("more") => Verb::More,
            _ => Verb::Read,
        };
        return ReportArgs::About(id, verb);
    }
    if call.words.len() == 1 && matches!(word(0).map(fold).as_deref(), Some("liste" | "list")) {
        return ReportArgs::List;
    }
    let words = Some(cut(&clean_text(&call.rest))).filter(|words| !words.is_empty());
    let author = call.reply_to.clone().filter(|author| !author.is_bot).map(Named::cleaned);
    let quoted = call.replied.as_deref().map(|text| cut(&clean_text(text))).filter(|text| !text.is_empty());
    if words.is_none() && author.is_none() {
        return ReportArgs::Bare;
    }
    let named = call.words.iter().filter_map(Named::from_word).filter(|named| !named.is_bot).map(Named::cleaned).collect();
    ReportArgs::Tell(Told { words, quoted, author, named })
}

/// Tells staff, or does what a button says.
pub fn report(scope: &Scope, view: &ReportView, args: ReportArgs, ctx: &mut crate::domain::decision::Context) -> Outcome {
    match args {
        ReportArgs::Bare => told::ask(scope, view, ctx),
        ReportArgs::List => Ok(Decision::answer(staff::list(view))),
        ReportArgs::Tell(words) => told::tell(scope, view, words, ctx),
        ReportArgs::Add(_, words) => told::add(scope, view, words, ctx),
        ReportArgs::About(_, verb @ (Verb::Withdraw | Verb::Show | Verb::More)) => told::about(scope, view, verb, ctx),
        ReportArgs::About(_, verb) => staff::about(scope, view, verb, ctx),
    }
}

fn cut(text: &str) -> String {
    text.chars().take(WORDS_CHARS_MAX).collect()
}

fn button(label: Msg, id: ReportId, verb: &str) -> Button {
    let rest = if verb.is_empty() { super::token(id.0) } else { format!("{} {verb}", super::token(id.0)) };
    Button::command(label, crate::domain::command::Command::Report, rest)
}

/// Where else one can turn: the community's contact where there is one, and the outside lines.
fn elsewhere(contact: Option<&str>, country: Option<String>) -> Vec<Msg> {
    let contact = contact.map(|contact| Msg::new("safety-report-contact").with("text", contact));
    contact.into_iter().chain([Msg::new("safety-report-lines").with("lines", Value::Lines(country))]).collect()
}
