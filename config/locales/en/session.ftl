# Sessions and bookings.
# Values of this file's own: called, date, what → Msg or Text; lasting → Text; least, most → Minutes;
# first, second → Moment; absent → Number; command, session, attendance → Command.

## The card in the group
session-card-title = **{ $title }**, session no. { $number }
session-card-when = { $when }, { $length }
session-card-place = Place: { $place }
session-card-online = Online. The link comes in private after booking.
session-card-seats = { $free ->
    [one] { $free } seat left of { $seats }
   *[other] { $free } seats left of { $seats }
}
session-card-full = { $seats ->
    [one] Full ({ $seats } seat)
   *[other] Full ({ $seats } seats)
}
session-card-waiting = { $count ->
    [one] { $count } person is waiting for a seat
   *[other] { $count } people are waiting for a seat
}
session-card-price = { $amount ->
    [one] Price: { $amount } { $credit }. You can book without { $credits } too.
   *[other] Price: { $amount } { $credits }. You can book without { $credits } too.
}
session-card-free = Free
session-card-cancelled = This session is cancelled.
session-card-started = The session has started.
session-card-over = The session is over.
session-kind-listening = Listening, one to one
session-kind-workshop = Workshop
session-kind-training = Training

## Buttons
session-button-book = Book
session-button-book-number = Book no. { $number }
session-button-waiting-list = Waiting list
session-button-details = Details
session-button-agenda = Next dates
session-button-take = Take the seat
session-button-no-thanks = No thanks
session-button-leave-list = Stop waiting
session-button-my-seat = My seat
session-button-whole-session = The session, for everyone
session-button-nothing = Change nothing
session-button-my-bookings = My bookings
session-button-cancel-session = Cancel
session-button-cancel-number = Cancel no. { $number }
session-button-attendance = Mark who came
session-button-mark-number = Attendance no. { $number }
session-button-everyone = Everyone came
session-button-one-by-one = One person at a time
session-button-save = Save
session-button-close-session = Close it
session-button-came = Came: { $name }
session-button-absent = Absent: { $name }

## Which session
session-named = "{ $title }", { $when }
session-list-line = no. { $number }: { $title }, { $when }
session-which = Which session? Write its number.
session-which-form = For example: `{ $command } 12`
session-not-a-number =
    I need the number of a session.
    You wrote: { $typed }
session-not-found = I cannot find that session.
session-is-cancelled = This session is cancelled.
session-is-over = This session is over.
session-has-started = This session has already started.

## Proposing a session
session-who-may = Facilitators propose the sessions.
session-who-may-next = You have an idea? Tell the group.
session-form-intro = It all fits on one line too. For example:
session-form = `{ $session } "{ $called }" { $date } { $lasting } { $seats } seats price { $amount }{ $what }{ $more }`
session-form-title = Tuesday circle
session-form-date = tuesday 18:00
session-form-day = { $typed } 18:00
session-form-hour = tuesday { $typed }
session-form-nothing = {""}
session-form-link = {" "}link { $text }
session-form-place = {" "}where "{ $place }"
session-form-place-link = {" "}where "{ $place }" link { $text }
session-form-default = The rest may be left out: 90 minutes, 12 seats, free.
session-form-more = You can add: `where "Room 3"`, `link https://…`, `minimum 4`, `workshop`, `host @Sam`, `cancellation 48h`, `closing 2h`.
session-form-try = Try it like this:
session-fault-no-title = There is no title yet. Put it in quotes.
session-fault-long-title =
    The title is too long.
    { $count ->
        [one] Keep { $count } letter at most.
       *[other] Keep { $count } letters at most.
    }
session-fault-no-date = The day and the hour are missing.
session-fault-no-time = The hour is missing for { $day }.
session-fault-no-day =
    The day is missing.
    The hour is clear: { $typed }.
session-fault-two-dates =
    I read two dates.
    "{ $typed }" and "{ $text }": keep one.
session-fault-not-a-day =
    There is no such day.
    You wrote: { $typed }
session-fault-not-a-time =
    There is no such hour.
    You wrote: { $typed }
session-fault-weekday =
    The day and the date do not match.
    "{ $typed }": that date is a different day: { $day }.
session-fault-past = That is over: { $when }. Choose a date to come.
session-fault-far =
    That is very far away: { $when }.
    I take dates of the next { $count } years.
session-fault-gap =
    That hour does not exist.
    { $typed }: on { $day } the clocks go forward. Take { $first }, or { $second }.
session-fault-twice =
    That hour comes twice.
    { $typed }: on { $day } the clocks go back.
session-fault-two-lengths =
    I do not know which length to keep.
    "{ $typed }" or "{ $text }"? To end at an hour: `6pm-8pm`.
session-fault-length =
    The length does not work.
    "{ $typed }": a session lasts from { $least } to { $most }.
session-fault-seats =
    The number of seats does not work.
    "{ $typed }": the number of seats is a whole number from 1 to { $count }.
session-fault-price =
    The price does not work.
    "{ $typed }": the price is a whole number from 0 to { $count }.
session-fault-minimum =
    The minimum does not work.
    "{ $typed }": the minimum is a whole number, no larger than the number of seats.
session-fault-reward =
    The reward does not work.
    "{ $typed }": the reward is a whole number from 0 to { $count }.
session-fault-cutoff =
    The time to cancel does not work.
    "{ $typed }": write a length before the start, for example `cancellation 48h`. 30 days at most.
session-fault-link =
    The link does not work.
    "{ $typed }": a link begins with `https://`.
session-fault-unknown =
    I did not understand it all.
    You wrote: { $typed }
session-reward-coordinator = Only coordinators set a reward.
session-reward-ask = Take it out of the line, or ask a coordinator.
session-twice =
    That hour comes twice.
    { $typed }: on { $day } the clocks go back.
session-twice-which = Which one do you want?
session-twice-first = The first, summer time ({ $text })
session-twice-second = The second, winter time ({ $text })
session-proposed = It is published in the group.
session-proposed-link = The link goes out in private, only to those who book.

## Booking
session-link = Link: { $link }
session-already-booked = You already have a seat.
session-already-waiting = You are already on the waiting list.
session-waiting = Noted.
session-waiting-promise = I will write to you if a seat opens.
session-host-no-seat = You are the host: your seat is there without booking.
session-host-attendance = After the session: `{ $attendance } { $number }`
session-offer = A seat has opened.
session-offer-until = I keep it for you until { $when }.
session-offer-was-until = The seat was kept until { $when }.
session-offer-lapsed = A word about your wait.
session-offer-lapsed-line = The time is up, the seat goes to the next person. You can wait again.

## Cancelling
session-cancel-which = What do you want to cancel?
session-cancel-seat-or-session = Your seat, or the whole session?
session-nothing-changed = Nothing has changed.
session-seat-given-back = Your seat is given back. Thank you for telling us.
session-offer-declined = Noted. The seat goes to somebody else.
session-left-list = You are no longer waiting for a seat.
session-price-returned = The price of the seat is returned.
session-price-solidarity = The session is close: the price of the seat goes to solidarity.
session-price-host = The session is close: the price of the seat goes to the host.
session-no-seat = You have no seat here.
session-host-has-no-seat = You are the host, with no seat to give back. The session stays open.
session-called-off = It is cancelled.
session-called-off-nobody = Nobody had booked.
session-called-off-told = { $count ->
    [one] { $count } person is told in private.
   *[other] { $count } people are told in private.
}
session-cancelled-notice = A change in your calendar.
session-cancelled-line = This session is cancelled. The group stays open to you.
session-cancelled-by-staff = A coordinator cancelled it. Those who had booked are told.

## Agenda
session-agenda = The next dates:
session-agenda-line = { $free ->
    [0] no. { $number }: { $title }, { $when }, full
    [one] no. { $number }: { $title }, { $when }, { $free } seat left
   *[other] no. { $number }: { $title }, { $when }, { $free } seats left
}
session-agenda-empty = Nothing is planned for now.
session-agenda-propose = To propose a session: `{ $session }`
session-agenda-wait = The next sessions will show in the group. Need to talk before that? Choose below.
session-details = Here are the details.
session-details-cancel = To cancel at no cost: until { $when }.
session-rule-return = Cancelling costs nothing, even late.
session-rule-solidarity = After that the price of the seat goes to solidarity.
session-rule-host = After that the price of the seat goes to the host.
session-details-booked = You have a seat.
session-details-offered = A seat is kept for you.
session-details-waiting = You are on the waiting list.
session-details-host = You host this session.
session-bookings = Your bookings:
session-bookings-waiting = no. { $number }: { $title }, { $when }, waiting for a seat
session-bookings-offered = no. { $number }: { $title }, { $when }, a seat is kept for you
session-bookings-empty = You have no bookings to come.
session-calendar = Open this file with your calendar.
session-calendar-not-booked = The file is for those who have a seat.

## Reminders
session-reminder = A reminder.
session-reminder-host = You host "{ $title }", { $when }.
session-reminder-count = { $count ->
    [0] Nobody has booked so far.
    [one] { $count } seat is booked.
   *[other] { $count } seats are booked.
}
session-reminder-minimum = { $count ->
    [one] You wanted at least { $count } person. You can go on or cancel.
   *[other] You wanted at least { $count } people. You can go on or cancel.
}

## Attendance
session-attendance-ask = Thank you for hosting. Who came?
session-attendance-list = Who came? Choose a name to change it.
session-attendance-came = { $number }. { $name }: came
session-attendance-absent = { $number }. { $name }: absent
session-attendance-form-all = Everyone came: `{ $attendance } { $number } all`
session-attendance-form-absent = All but numbers 2 and 5 of the list: `{ $attendance } { $number } absent 2 5`
session-attendance-unclear = I did not understand who came.
session-attendance-number =
    That number is not in the list.
    { $count ->
        [one] You wrote { $number }: the list has { $count } name.
       *[other] You wrote { $number }: the list has { $count } names.
    }
session-attendance-empty = Nobody had booked.
session-attendance-host-only = The host marks who came.
session-attendance-too-early = The session has not started. I will ask you afterwards.
session-attendance-done = Attendance is already marked.
session-attendance-too-late = The time is up. What was set aside is returned.
session-attendance-none = You have no attendance to mark.
session-attendance-which = For which session?
session-attendance-thanks = Noted. Thank you for hosting.
session-attendance-counts = Came: { $count }. Absent: { $absent }.
session-attendance-gained = { $amount ->
    [one] You receive { $amount } { $credit }.
   *[other] You receive { $amount } { $credits }.
}
session-limit-waits = { $amount ->
    [one] Your maximum of the month is reached: { $amount } { $credit } waits for a coordinator's decision.
   *[other] Your maximum of the month is reached: { $amount } { $credits } wait for a coordinator's decision.
}
session-unmarked-notice = A word about a past session.
session-unmarked-line = Attendance was not marked within seven days. What was set aside is returned, nothing counts.
