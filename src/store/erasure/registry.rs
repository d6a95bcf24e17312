//! Every column that bears a person or an account, with what erasure does to it. A test reads the schema and fails where a
//! table with such a column is missing here.

/// Whom a column bears.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Bears {
    /// A person.
    Person,
    /// An account.
    Account,
    /// Either, by kind or by place: both erasures look there.
    Either,
}

/// What erasure does to it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Does {
    /// Runs this statement with the person or the account as `$1`.
    Runs(&'static str),
    /// The row goes with another column of the same table, which is in this list.
    GoesWith(&'static str),
    /// It stays: an id that opens nothing any more, or a keyed hash that is soon gone. Why.
    Stays(&'static str),
}

/// Where one's own data shows it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Shown {
    /// Under this path of the file; `[]` stands for every element.
    At(&'static str),
    /// Nowhere. Why.
    Not(&'static str),
}

/// One column.
#[derive(Debug)]
pub struct Column {
    /// The table.
    pub table: &'static str,
    /// The column.
    pub column: &'static str,
    /// Whom it bears.
    pub bears: Bears,
    /// What erasure does to it.
    pub does: Does,
    /// Where one's own data shows what the table has of them.
    pub shown: Shown,
}

const fn column(table: &'static str, column: &'static str, bears: Bears, does: Does, shown: Shown) -> Column {
    Column { table, column, bears, does, shown }
}

use Bears::{Account, Either, Person};
use Does::{GoesWith, Runs, Stays};
use Shown::{At, Not};

const OPAQUE: Does = Stays("an id whose key is destroyed; the chain is hashed over it");

/// All of them; statements run in this order, those about the person's and the account's own rows last.
pub const COLUMNS: &[Column] = &[
    column("checkin", "person_id", Person, Runs("DELETE FROM checkin WHERE person_id = $1"), At("communities[].check_ins[]")),
    column(
        "kept_longer",
        "person_id",
        Person,
        Runs("DELETE FROM kept_longer WHERE person_id = $1"),
        At("communities[].scores_kept_months"),
    ),
    column("prompt", "author_id", Person, Runs("DELETE FROM prompt WHERE author_id = $1"), At("communities[].prompts[]")),
    column("booking", "person_id", Person, Runs("DELETE FROM booking WHERE person_id = $1"), At("communities[].bookings[]")),
    column("feedback", "person_id", Person, Runs("DELETE FROM feedback WHERE person_id = $1"), At("communities[].around.feedback[]")),
    column("debrief", "person_id", Person, Runs("DELETE FROM debrief WHERE person_id = $1"), At("communities[].around.debriefs[]")),
    column("rest", "person_id", Person, Runs("DELETE FROM rest WHERE person_id = $1"), At("communities[].around.rests_until")),
    column(
        "hand_over",
        "from_person",
        Person,
        Runs("DELETE FROM hand_over WHERE from_person = $1"),
        Not("who is asked to hold a session, for a day at most, which both were told of"),
    ),
    column(
        "hand_over",
        "to_person",
        Person,
        Runs("DELETE FROM hand_over WHERE to_person = $1"),
        Not("who is asked to hold a session, for a day at most, which both were told of"),
    ),
    column(
        "reminder_choice",
        "person_id",
        Person,
        Runs("DELETE FROM reminder_choice WHERE person_id = $1"),
        At("communities[].around.reminders"),
    ),
    column("need", "person_id", Person, Runs("DELETE FROM need WHERE person_id = $1"), At("communities[].around.needs[]")),
    column("standing", "person_id", Person, Runs("DELETE FROM standing WHERE person_id = $1"), At("communities[].seats_kept[]")),
    column("consent", "person_id", Person, Runs("DELETE FROM consent WHERE person_id = $1"), At("communities[].consents[]")),
    column("membership", "person_id", Person, Runs("DELETE FROM membership WHERE person_id = $1"), At("communities[].groups[]")),
    column("person_account", "person_id", Person, Runs("DELETE FROM person_account WHERE person_id = $1"), At("communities[]")),
    column("delivery", "receiver", Either, Runs("DELETE FROM delivery WHERE receiver = $1"), At("waiting_messages[]")),
    column(
        "session",
        "host_id",
        Person,
        Stays("what others booked was held by somebody; the row bears no name"),
        At("communities[].sessions_held[]"),
    ),
    column(
        "waiting_gift",
        "giver",
        Person,
        Stays("a fund's grant still waits for its receiver; a person's gift went to solidarity"),
        At("communities[].waiting_gifts[]"),
    ),
    column(
        "waiting_gift",
        "whom_hash",
        Account,
        Stays("a keyed hash that is gone in seven days: who gave learns nothing"),
        Not("who gives to somebody unknown learns nothing of them, nor they of it until they join"),
    ),
    column("block", "person_id", Person, Runs("DELETE FROM block WHERE person_id = $1"), At("communities[].blocked[]")),
    column(
        "block",
        "whom_hash",
        Person,
        Stays("a keyed hash of two ids, whose name is under the key of who blocked"),
        Not("who is blocked never learns of it"),
    ),
    column(
        "block",
        "waits_hash",
        Account,
        Stays("a keyed hash of a name that somebody else typed"),
        Not("who is blocked never learns of it"),
    ),
    column("thanks", "sender_id", Person, Runs("DELETE FROM thanks WHERE sender_id = $1"), At("communities[].thanks[].to")),
    column(
        "thanks",
        "receiver_id",
        Person,
        Runs("UPDATE thanks SET receiver_id = NULL WHERE receiver_id = $1"),
        At("communities[].thanks[].from"),
    ),
    column(
        "report",
        "taker_id",
        Person,
        Runs("UPDATE report SET state = 0, taker_id = NULL WHERE taker_id = $1"),
        Not("a task of staff, about others"),
    ),
    column(
        "report",
        "reporter_id",
        Account,
        Runs("UPDATE report SET reporter_id = NULL, reporter_sealed = NULL WHERE reporter_id = $1"),
        At("reports[]"),
    ),
    column(
        "former_user_name",
        "account_id",
        Account,
        Runs("DELETE FROM former_user_name WHERE account_id = $1"),
        Not("keyed hashes of names that the account had, for some days"),
    ),
    column(
        "former_user_name",
        "name_hash",
        Account,
        GoesWith("account_id"),
        Not("keyed hashes of names that the account had, for some days"),
    ),
    column(
        "vanishing_message",
        "account_id",
        Account,
        Runs("DELETE FROM vanishing_message WHERE account_id = $1"),
        Not("which messages will be deleted within the hour"),
    ),
    column(
        "vanishing",
        "account_id",
        Account,
        Runs("DELETE FROM vanishing WHERE account_id = $1"),
        Not("which messages will be deleted within the hour"),
    ),
    column("transfer", "by_person", Person, OPAQUE, At("communities[].movements[]")),
    column("transfer", "reason_key", Person, OPAQUE, At("communities[].movements[].reason")),
    column("transfer", "named_key", Person, OPAQUE, At("communities[].movements[].to")),
    column("transfer", "from_account", Person, OPAQUE, At("communities[].movements[]")),
    column("transfer", "to_account", Person, OPAQUE, At("communities[].movements[]")),
    column("ledger_account", "id", Person, Stays("an account with nothing on it, which its transfers need"), At("communities[].balance")),
    column("person", "id", Person, Runs(CLEAR_PERSON), At("communities[]")),
    column("question", "account_id", Account, Runs("DELETE FROM question WHERE account_id = $1"), At("open_questions")),
    column("awaited_text", "account_id", Account, Runs("DELETE FROM awaited_text WHERE account_id = $1"), At("awaited_text")),
    column(
        "newest_choices",
        "place",
        Either,
        Runs("DELETE FROM newest_choices WHERE place = $1"),
        Not("the buttons of the newest message, which the person sees there"),
    ),
    column("chosen_group", "account_id", Account, Runs("DELETE FROM chosen_group WHERE account_id = $1"), At("chosen_group")),
    column("incident", "account_id", Account, Runs("DELETE FROM incident WHERE account_id = $1"), At("failed_messages[]")),
    column(
        "community",
        "founder_id",
        Account,
        Runs("UPDATE community SET founder_id = NULL WHERE founder_id = $1"),
        At("may_coordinate_first"),
    ),
    column(
        "farewell",
        "account_id",
        Account,
        Runs("DELETE FROM farewell WHERE account_id = $1"),
        Not("it is there after an erasure alone"),
    ),
    column(
        "link_code",
        "account_id",
        Account,
        Runs("DELETE FROM link_code WHERE account_id = $1"),
        Not("a code that opens nothing after ten minutes"),
    ),
    column(
        "link_try",
        "account_id",
        Account,
        Runs("DELETE FROM link_try WHERE account_id = $1"),
        Not("how often a code was mistyped, for a day"),
    ),
    column(
        "link",
        "asking_id",
        Account,
        Stays("an id that opens nothing, for a day: whoever is left is then told that nothing was linked"),
        Not("a link under way, for a day, which both accounts were told of"),
    ),
    column(
        "link",
        "typing_id",
        Account,
        Stays("an id that opens nothing, for a day: whoever is left is then told that nothing was linked"),
        Not("a link under way, for a day, which both accounts were told of"),
    ),
    column(
        "barred_account",
        "account_hash",
        Account,
        Stays("a keyed hash of the community and an address, for a year: who was removed without return does not come back as new"),
        Not("it is there after an erasure alone"),
    ),
    column("barred_account", "name_hash", Account, GoesWith("account_hash"), Not("it is there after an erasure alone")),
    column("account", "link_id", Account, GoesWith("id"), At("linked_accounts[]")),
    column("person", "merged_into", Person, GoesWith("id"), Not("who became a part of somebody has nothing of their own any more")),
    column("person_account", "account_id", Account, Runs("DELETE FROM person_account WHERE account_id = $1"), At("communities[]")),
    column(
        "key_destruction",
        "subject",
        Either,
        Stays("what is to be destroyed; gone as soon as it is"),
        Not("it is there after an erasure alone"),
    ),
    column("account", "id", Account, Runs("DELETE FROM account WHERE id = $1"), At("account")),
    column("person", "look_hash", Person, GoesWith("id"), Not("a keyed hash of the alias, which is shown")),
    column("account", "address_hash", Account, GoesWith("id"), At("account.id")),
    column("account", "user_name_hash", Account, GoesWith("id"), At("account.user_name")),
];

/// The row keeps nothing but the ids that sessions refer to, not even when; where none does, it goes.
const CLEAR_PERSON: &str = "UPDATE person SET alias_hash = id, look_hash = id, profile_sealed = x'', coordinator = 0, paused_until = NULL, \
    checkins_agreed_at = NULL, merged_into = NULL, left_at = 0 WHERE id = $1";

/// What is left of a person to whom nothing refers.
pub(super) const DROP_PERSON: &str = "DELETE FROM person WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM session WHERE host_id = $1)";
