//! `/mydata`: everything that is kept about who asks and nothing about anybody else, as JSON and as a page to read.

use serde::Serialize;

use super::{Action, around::OwnAround, erase, erase::Own};
use crate::domain::{
    command::Command,
    decision::{Audience, Context, Decision, Manner},
    ledger::{
        Kind,
        statement::{Movement, Side},
    },
    message::{Button, Content, File, Msg, Page},
    profile::Profile,
    scope::Scope,
    time::Timestamp,
};

/// The version of the file's form; it counts up when something in it changes its meaning.
pub const VERSION: u32 = 1;

/// So many movements stand in one file; what is older comes in further files.
pub const MOVEMENTS_A_FILE: usize = 20_000;

/// All of it. The names of the fields are the file's, and do not change within a version.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Mine {
    /// Which form this is.
    pub format: &'static str,
    /// [`VERSION`].
    pub version: u32,
    /// When the copy was made.
    pub made_at: String,
    /// The account that asks.
    pub account: OwnAccount,
    /// The other accounts of the same human.
    pub linked_accounts: Vec<OwnAccount>,
    /// A room that the account set up waits for its consent, which makes it the coordinator.
    pub may_coordinate_first: bool,
    /// Questions with buttons that can still be answered, or were of late.
    pub open_questions: i64,
    /// The next plain text becomes this command.
    pub awaited_text: Option<String>,
    /// The group that the account means in its direct room for a day.
    pub chosen_group: Option<String>,
    /// When each message was decided that is still owed.
    pub waiting_messages: Vec<String>,
    /// Messages that a defect of the program put aside.
    pub failed_messages: Vec<Failed>,
    /// What the account told staff.
    pub reports: Vec<OwnReport>,
    /// Who they are in each community.
    pub communities: Vec<OwnCommunity>,
}

/// An account.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct OwnAccount {
    /// Its platform.
    pub platform: String,
    /// The platform's unchanging id.
    pub id: String,
    /// The unique name there.
    pub user_name: Option<String>,
    /// What the platform shows.
    pub shown_name: String,
    /// An IETF tag.
    pub language: Option<String>,
    /// ISO 3166.
    pub country: Option<String>,
    /// The phone is shared, or messages are to stay neutral.
    pub discreet: bool,
    /// To the day.
    pub last_used: String,
}

/// A message that failed.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Failed {
    /// When it came.
    pub at: String,
    /// What was written, where it was words.
    pub text: Option<String>,
}

/// A person in one community.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct OwnCommunity {
    /// The association's name.
    pub association: Option<String>,
    /// How to reach it.
    pub contact: Option<String>,
    /// The nickname.
    pub alias: String,
    /// Their own choice.
    pub language: Option<String>,
    /// Their own choice.
    pub time_zone: Option<String>,
    /// Their own choice.
    pub country: Option<String>,
    /// No invitations, reminders or duty until then.
    pub paused_until: Option<String>,
    /// Coordinates the community.
    pub coordinator: bool,
    /// Of gifts they take only a reason of the community's list, no free text.
    pub listed_reasons_only: bool,
    /// When they left it.
    pub left_at: Option<String>,
    /// What they offer as a supporter: stances, languages, topics.
    pub offers: Vec<String>,
    /// The same, for the page, which speaks the person's language.
    #[serde(skip)]
    pub profile: Profile,
    /// Scores are kept for so many months, by their own choice.
    pub scores_kept_months: Option<i64>,
    /// What they agreed to, withdrew or were asked anew.
    pub consents: Vec<OwnConsent>,
    /// Groups, left ones too.
    pub groups: Vec<OwnGroup>,
    /// Check-ins that are kept.
    pub check_ins: Vec<OwnCheckin>,
    /// Credits.
    pub balance: i64,
    /// Credits set aside for bookings.
    pub set_aside: i64,
    /// Movements of credits, newest first.
    pub movements: Vec<OwnMovement>,
    /// What they gave or issued and nobody has taken yet.
    pub waiting_gifts: Vec<OwnGift>,
    /// Places in sessions.
    pub bookings: Vec<OwnBooking>,
    /// Series in which they keep a seat, by title.
    pub seats_kept: Vec<String>,
    /// Sessions that they hold or held.
    pub sessions_held: Vec<OwnSession>,
    /// Prompts that they wrote.
    pub prompts: Vec<OwnPrompt>,
    /// From whom they want nothing more, as they typed it.
    pub blocked: Vec<String>,
    /// Thanks that they wrote or received.
    pub thanks: Vec<OwnThanks>,
    /// Around sessions: wishes, needs, what they said.
    pub around: OwnAround,
}

/// A consent.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct OwnConsent {
    /// For what.
    pub purpose: String,
    /// Given, withdrawn, or asked anew because the text changed.
    pub step: String,
    /// Which version of the text.
    pub text_version: i64,
    /// When.
    pub at: String,
}

/// A group.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct OwnGroup {
    /// Its name.
    pub name: Option<String>,
    /// The role in it.
    pub role: String,
    /// Since when.
    pub since: String,
    /// Until when.
    pub ended_at: Option<String>,
}

/// A check-in.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct OwnCheckin {
    /// The person's own day.
    pub day: String,
    /// 1, the hardest, to 5.
    pub score: u8,
    /// In their words.
    pub note: Option<String>,
    /// When it was kept.
    pub at: String,
    /// When the full care text was shown.
    pub care_text_at: Option<String>,
}

/// A movement of credits. Whom it came from is never told, whom it went to as the person typed it.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct OwnMovement {
    /// The transfer's number.
    pub number: i64,
    /// When.
    pub at: String,
    /// Why, for the program.
    pub kind: Kind,
    /// `out`, `in`, or `covered` where solidarity paid.
    pub side: &'static str,
    /// Credits; none where solidarity paid.
    pub amount: Option<i64>,
    /// The name that was typed.
    pub to: Option<String>,
    /// `a member` for a gift that came in.
    pub from: Option<&'static str>,
    /// Their own words, or a coordinator's about them.
    pub reason: Option<String>,
    /// What it is for: a number of the community's list.
    pub category: Option<i64>,
    /// The title of the session that it is about.
    pub session: Option<String>,
}

/// A gift that waits.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct OwnGift {
    /// The transfer's number.
    pub number: i64,
    /// Credits.
    pub amount: i64,
    /// In their words.
    pub reason: Option<String>,
}

/// A place in a session.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct OwnBooking {
    /// The session's number.
    pub number: i64,
    /// Its title.
    pub session: String,
    /// When it starts.
    pub starts: String,
    /// What the place is now.
    pub state: String,
    /// Since when.
    pub since: String,
    /// Credits that the person set aside themself.
    pub paid: i64,
    /// Until when a freed seat is, or was, kept.
    pub offer_until: Option<String>,
}

/// A session that they hold.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct OwnSession {
    /// Its number.
    pub number: i64,
    /// Its title.
    pub title: String,
    /// When it starts.
    pub starts: String,
    /// Where.
    pub place: Option<String>,
    /// Where, online.
    pub link: Option<String>,
    /// What became of it.
    pub state: String,
}

/// Thanks: one's own words, or that some came.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct OwnThanks {
    /// When.
    pub at: String,
    /// The name that was typed.
    pub to: Option<String>,
    /// In their own words.
    pub words: Option<String>,
    /// `a member` where they came in.
    pub from: Option<&'static str>,
}

/// Something told to staff.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct OwnReport {
    /// When.
    pub at: String,
    /// In their own words.
    pub words: Vec<String>,
    /// How far it is.
    pub state: String,
}

/// A prompt.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct OwnPrompt {
    /// When it goes, or went, out.
    pub at: String,
    /// The words.
    pub text: String,
    /// What became of it.
    pub state: String,
}

/// Movements that did not fit into the first file.
#[derive(Serialize)]
struct More<'a> {
    format: &'static str,
    version: u32,
    made_at: &'a str,
    part: usize,
    association: Option<&'a str>,
    movements: &'a [OwnMovement],
}

/// What the format is called in the file.
pub const FORMAT: &str = "entraide-my-data";

/// An instant as the file has it.
pub fn instant(at: Timestamp) -> String {
    at.utc().to_rfc3339_opts(chrono::SecondsFormat::Secs, true)
}

impl OwnMovement {
    /// A movement without what others wrote or are called.
    pub fn of(movement: Movement) -> Self {
        let Movement { number, at, kind, side, amount_credits, named, reason, category, title, .. } = movement;
        let from_member = kind == Kind::Gift && side == Side::In;
        Self {
            number,
            at: instant(at),
            kind,
            side: match side {
                Side::Out => "out",
                Side::In => "in",
                Side::Covered => "covered",
            },
            amount: (side != Side::Covered).then_some(amount_credits),
            to: named,
            from: from_member.then_some("a member"),
            reason: reason.filter(|_| !from_member),
            category,
            session: title,
        }
    }
}

/// Asks which of several communities is meant, or all.
pub fn which(scope: &Scope, own: &[Own], ctx: &mut Context) -> Decision {
    erase::which(scope, own, Msg::new("data-copy-which"), Action::Copy, ctx)
}

/// The two files, or more where there is more than one can hold; and what to know about them.
pub fn copy(scope: &Scope, mine: &Mine) -> Decision {
    let name = Command::MyData.word(&scope.language);
    let files = files(name, mine);
    let lines = vec![Msg::new("data-copy"), Msg::new("data-copy-files"), Msg::new("data-copy-care")];
    let page = Page { name: format!("{name}.txt"), lines: super::page::page(mine) };
    let erase = Button::command(Msg::new("data-button-erase"), Command::Erase, "");
    let mut decision = Decision::nothing();
    for (n, file) in (1..).zip(files) {
        let text = if n == 1 { Msg::new("data-copy-json") } else { Msg::new("data-copy-part").with("number", n) };
        decision = decision.say(Audience::Asker, Content { file: Some(file), ..Content::from(text) }, Manner::Care);
    }
    decision.say(Audience::Asker, Content { page: Some(page), ..Content::from(lines).buttons([erase]) }, Manner::Care)
}

/// The first file has everything but the oldest movements of a very long history.
pub fn files(name: &str, mine: &Mine) -> Vec<File> {
    let mut first = mine.clone();
    let mut rest: Vec<(Option<&str>, &[OwnMovement])> = Vec::new();
    for (kept, whole) in first.communities.iter_mut().zip(&mine.communities) {
        kept.movements.truncate(MOVEMENTS_A_FILE);
        let older = whole.movements.get(MOVEMENTS_A_FILE..).unwrap_or_default();
        rest.extend(older.chunks(MOVEMENTS_A_FILE).map(|movements| (whole.association.as_deref(), movements)));
    }
    let json = |value: String, part: usize| {
        let name = if part == 1 { format!("{name}.json") } else { format!("{name}-{part}.json") };
        File { name, text: value }
    };
    let mut files = vec![json(text(&first), 1)];
    for (part, (association, movements)) in (2..).zip(rest) {
        let more = More { format: FORMAT, version: VERSION, made_at: &mine.made_at, part, association, movements };
        files.push(json(text(&more), part));
    }
    files
}

/// Serialising plain data does not fail.
fn text(value: &impl Serialize) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default()
}
