# Sessions that come again, and seats that are kept.
# Values of this file's own: series, session, cancel → Command.

## The rule, in words
series-every-day = Every day
series-every-week = Every week
series-every-two-weeks = Every two weeks
series-every-month = { $number ->
    [1] Every month, on the first { $what }
    [2] Every month, on the second { $what }
    [3] Every month, on the third { $what }
   *[other] Every month, on the { $number }th { $what }
}
series-every-month-last = Every month, on the last { $what }
series-until = Until { $day }
series-times = { $count ->
    [one] { $count } time in all
   *[other] { $count } times in all
}

## Beginning, showing, ending
series-how-often = When does it come again?
series-form = For example: `{ $series } { $number } weekly`, `{ $series } { $number } monthly 10 times`, `{ $series } { $number } weekly until 30 June`
series-begun = Noted, it comes again.
series-next = The next one: { $when }.
series-shown-when = Dates are in the agenda four weeks ahead. The card is shown in the group one week ahead.
series-exceptions = To skip a date: `{ $cancel }` and its number. To move one: `{ $session }`, its number and the day.
series-only-this = Only this date changes, not the ones after it.
series-runs = It already comes again.
series-regulars = { $count ->
    [0] Nobody keeps a seat in it.
    [one] { $count } person keeps a seat in it.
   *[other] { $count } people keep a seat in it.
}
series-change = To change how often: `{ $series } { $number } off`, then the new rhythm.
series-none = This session does not come again.
series-ask-end = Should the series end?
series-ask-end-made = { $count ->
    [0] No other date is planned.
    [one] { $count } date is planned already:
   *[other] { $count } dates are planned already:
}
series-ended = The series has ended.
series-ended-cancelled = { $count ->
    [one] { $count } date is cancelled. Those who booked are told, the credits returned.
   *[other] { $count } dates are cancelled. Those who booked are told, the credits returned.
}
series-ended-for-regular = The series ends: there will be no new dates. What is booked stays booked.
series-named = "{ $title }"
series-nobody-holds = Something for the team.
series-nobody-holds-line = Who hosted this series is not here any more: it ends. To take it up again: propose a session, then `{ $series }` and its number.
series-gap = The clocks go forward that night: { $typed } does not exist, it starts an hour later.

## Keeping a seat
series-keeps = Your seat is kept in each new date.
series-keeps-how = I write to you each time. The dates planned already: { $agenda }
series-keeps-no-more = Noted. Your seat is no longer kept ahead.
series-keeps-no-more-line = What is booked stays booked.
series-keeps-none = No seat is kept ahead for you here.
series-does-not-come-again = This session does not come again: a seat is booked once.
series-seat-notice = A word about your calendar.
series-seat-line = no. { $number }: { $title }, { $when }. Your seat is booked.
series-waiting-line = no. { $number }: { $title }, { $when }. It is full, you wait for a seat.
series-kept-line = Seat kept: { $title }

## Buttons
series-button-week = Every week
series-button-two-weeks = Every two weeks
series-button-month = Every month
series-button-day = Every day
series-button-repeat = Repeat it
series-button-off = End the series
series-button-end-keep = End it, keep the planned dates
series-button-end-all = End it, cancel the planned dates
series-button-keep = Keep my seat each time
series-button-keep-no-more = Keep my seat no more

## What is wrong
series-fault-how-often = I did not understand how often.
series-fault-until =
    I did not understand until when.
    "{ $typed }": write a date, for example `until 30 June`.
series-fault-times =
    The number of times does not fit.
    "{ $typed }": write a whole number, from 2 to { $count }, for example `10 times`.
series-fault-not-last = { $day } is not the last of its month. Take "last" out, or move the session.
series-fault-over-at-once = With this end it never comes again. Choose a later end.
series-fault-other-day =
    A series keeps the day of its first date: { $day }.
    You wrote: { $typed }. To change the day, move the session first: `{ $session } { $number }` and the day.
series-fault-not-offered =
    There is no such rhythm here.
    You wrote: { $typed }. A session comes again every day, every week, every two weeks or every month.
series-fault-terms =
    This is too long before.
    In a series, bookings close, and cancelling starts to cost, { $count } days before the session at most.
series-fault-terms-how = For example: `{ $session } { $number } closing 7d` or `{ $session } { $number } cancellation 48h`. Then try again.

## And the following dates
series-button-following = And the following dates
series-following-changed = Noted for what follows too.
series-following-dates = { $count ->
    [0] No date that is planned already changes.
    [one] { $count } date that is planned already changes too.
   *[other] { $count } dates that are planned already change too.
}
series-following-new = New dates will come like this.
series-following-kept = These stay as they were, because too many seats are taken or the hour is too near:
series-following-these = This holds for:
