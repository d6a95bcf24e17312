//! Wake-ups: when something must be looked at again; what is due is read from the state then, so none is ever cancelled.

use serde::{Deserialize, Serialize};

use super::{
    ids::{AccountId, BookingId, CommunityId, GiftId, GroupId, LinkId, PersonId, PromptId, ReportId, SeriesId, SessionId, TimerId},
    time::Timestamp,
};

/// One wake-up.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Timer {
    /// Its own id, the key of the event it becomes.
    pub id: TimerId,
    /// When it is due.
    pub at: Timestamp,
    /// What to look at.
    pub wake: Wake,
}

/// What to look at when a timer comes due.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Wake {
    /// A gift to somebody unknown has waited long enough.
    GiftReturns(GiftId),
    /// The people of a session are to be reminded, so many hours before it starts.
    Reminder {
        /// Which session.
        session: SessionId,
        /// A day (24) or an hour (1) before.
        hours_before: i64,
    },
    /// One person is to be reminded at an hour of their own, out of their quiet hours.
    RemindOne {
        /// Of which session.
        session: SessionId,
        /// Whom.
        person: PersonId,
        /// A day (24) or an hour (1) before.
        hours_before: i64,
    },
    /// A session is booked, moved or handed over shortly before it starts: what was planned earlier is looked at again.
    ShortNotice {
        /// Which session.
        session: SessionId,
        /// Whose need its host may not know yet; the host: everybody's.
        whose: PersonId,
    },
    /// The offer of a freed seat ends.
    OfferEnds(BookingId),
    /// The bookings of a session end, or it is decided whether enough people come.
    CutOff(SessionId),
    /// The card of a session of a series is to hang in the group from now on.
    SessionShows(SessionId),
    /// The next session of a series is to be made.
    SeriesDue(SeriesId),
    /// A session begins: its waiting list closes, its card shows it.
    SessionStarts(SessionId),
    /// A session is over: its host is asked who came.
    SessionOver(SessionId),
    /// Attendance stayed unmarked long enough: what was set aside goes back.
    Unmarked(SessionId),
    /// The host has not said who came for so many days: asked again.
    AttendanceWaits {
        /// Which session.
        session: SessionId,
        /// How many days after its end.
        days: i64,
    },
    /// What people say of a session can be said no more: where it may be shown, the host is told.
    FeedbackCloses(SessionId),
    /// Whoever was asked to hold a session did not answer.
    HandOverEnds(SessionId),
    /// A prompt is to be posted.
    PromptDue(PromptId),
    /// A group's question of the week is to be posted.
    RotaDue(GroupId),
    /// Something told to staff has waited long enough to be asked about.
    ReportWaits(ReportId),
    /// Somebody whose key is destroyed is still there, because an old backup was put back: the erasure is done again.
    EraseAgain(PersonId),
    /// An account has long been still: it is told that it goes, or goes.
    LongStill(AccountId),
    /// Two accounts become one person's, unless somebody stopped it.
    LinkTakesEffect(LinkId),
    /// Who set a room up has had long enough to answer the consent.
    FounderSilent {
        /// Whose place it is.
        community: CommunityId,
        /// Who was asked.
        account: AccountId,
    },
    /// Messages of a shared phone have stayed long enough.
    Vanish(AccountId),
    /// A code that was said to be forgotten is taken away.
    CodeGoes(AccountId),
    /// The daily pruning of what need not be kept.
    Housekeeping,
}
