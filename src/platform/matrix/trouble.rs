//! What the errors of the SDK and the homeserver mean, in one place. Nothing of what they quote is passed on.

use std::time::{Duration, SystemTime};

use matrix_sdk::{
    Error, HttpError,
    ruma::api::error::{ErrorKind, RetryAfter},
};

use crate::platform::{DeliveryError, Reason};

/// Where a homeserver asks for a pause and does not say how long.
const PAUSE: Duration = Duration::from_secs(5);

/// What an error means, whatever was tried.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Trouble {
    /// The homeserver wants nothing from us for so long.
    Busy(Duration),
    /// The network, or the homeserver for the moment.
    Away(String),
    /// The session is no more: the device was logged out.
    LoggedOut,
    /// Not allowed, or not in the room any more.
    Forbidden,
    /// There is no such thing.
    NotFound,
    /// What we sent is refused: our fault.
    Refused(String),
    /// The SDK's own state: a store, the encryption.
    Inside(String),
}

impl Trouble {
    /// What `error` means.
    pub(super) fn of(error: &Error) -> Self {
        match error {
            Error::Http(http) => Self::of_http(http),
            Error::WrongRoomState(_) => Self::Forbidden,
            Error::Timeout | Error::ConcurrentRequestFailed => Self::Away("no answer in time".to_owned()),
            other => Self::Inside(kind_of(other)),
        }
    }

    /// What an error of HTTP means.
    pub(super) fn of_http(error: &HttpError) -> Self {
        match error {
            HttpError::Cached(inner) => return Self::of_http(inner),
            HttpError::Reqwest(error) => return Self::Away(network(error)),
            HttpError::Api(_) | HttpError::IntoHttp(_) | HttpError::RefreshToken(_) => {}
        }
        match error.client_api_error_kind() {
            Some(ErrorKind::LimitExceeded(data)) => Self::Busy(data.retry_after.as_ref().map_or(PAUSE, pause)),
            Some(ErrorKind::UnknownToken(_) | ErrorKind::MissingToken | ErrorKind::UserDeactivated) => Self::LoggedOut,
            Some(ErrorKind::Forbidden | ErrorKind::GuestAccessForbidden | ErrorKind::UserLocked) => Self::Forbidden,
            Some(ErrorKind::NotFound) => Self::NotFound,
            kind => match error.as_client_api_error().map(|error| error.status_code.as_u16()) {
                Some(status) if status >= 500 => Self::Away(format!("the homeserver answers {status}")),
                Some(403) => Self::Forbidden,
                Some(404) => Self::NotFound,
                Some(429) => Self::Busy(PAUSE),
                Some(status) => Self::Refused(format!("{status} {}", kind.map_or_else(String::new, |kind| kind.errcode().to_string()))),
                // No Matrix error at all: a proxy in between, or an answer that cannot be read.
                None => Self::Away("an answer that is not Matrix's".to_owned()),
            },
        }
    }

    /// For a delivery; `closed` where the room or the person does not take it.
    pub(super) fn delivery(self, closed: Reason) -> DeliveryError {
        match self {
            Self::Busy(pause) => DeliveryError::Busy(pause),
            // The transaction's id is the delivery's own: what arrived already arrives once.
            Self::Away(reason) | Self::Inside(reason) => DeliveryError::Retry { after: None, reason },
            Self::LoggedOut => DeliveryError::Retry { after: Some(Duration::from_secs(30)), reason: "the device is logged out".to_owned() },
            Self::Forbidden | Self::NotFound => DeliveryError::Permanent(closed),
            Self::Refused(why) => DeliveryError::Permanent(Reason::Refused(why)),
        }
    }
}

impl std::fmt::Display for Trouble {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Busy(pause) => write!(f, "the homeserver asks for a pause of {} s", pause.as_secs()),
            Self::Away(why) | Self::Inside(why) => f.write_str(why),
            Self::LoggedOut => f.write_str("the device is logged out"),
            Self::Forbidden => f.write_str("the homeserver forbids it"),
            Self::NotFound => f.write_str("the homeserver knows no such thing"),
            Self::Refused(why) => write!(f, "the homeserver refuses it ({why})"),
        }
    }
}

fn pause(after: &RetryAfter) -> Duration {
    match after {
        RetryAfter::Delay(delay) => *delay,
        RetryAfter::DateTime(at) => at.duration_since(SystemTime::now()).unwrap_or(PAUSE),
    }
}

/// Without the address, which names rooms.
fn network(error: &matrix_sdk::reqwest::Error) -> String {
    let what = if error.is_timeout() {
        "no answer in time"
    } else if error.is_connect() {
        "no connection to the homeserver"
    } else {
        "the connection to the homeserver broke"
    };
    what.to_owned()
}

/// The kind of an error without what it quotes.
fn kind_of(error: &Error) -> String {
    let shown = format!("{error:?}");
    let name = shown.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    format!("the Matrix library reports {name}")
}
