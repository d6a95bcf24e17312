# Making a session step by step, changing it, deciding whether it takes place.
# Values of this file's own: old, new → Text, Number, Moment, Minutes or Msg; reason → Text; role → Command.

## The steps
making-ask-kind = What kind of session?
making-ask-title = What is it called?
making-ask-title-write = Write the title here.
making-ask-day = Which day?
making-ask-day-write = Choose a day, or write it: `12/05`, `tuesday`, `in 3 days`
making-ask-hour = At what time?
making-ask-hour-write = Choose a time, or write it: `18:30`
making-ask-length = How long?
making-ask-length-write = Choose a length, or write it: `75min`, `1h30`
making-ask-seats = How many seats?
making-ask-seats-write = Choose a number, or write it with its word: `15 seats`
making-ask-price = What does a seat cost?
making-ask-price-write = Choose a price, or write it with its word: `5 credits`
making-ask-host = Who hosts it?
making-ask-host-write = Choose "Me", or write a name: `@Sam`
making-ask-where = Where is it?
making-ask-where-write = Write a place, a link, or both. The link stays private.
making-which-part = What do you want to correct?
making-or-write = You can also write a part: `wednesday 7pm`, `8 seats`, `where "Room 3"`
making-day = { $day }
making-hour = { $text }
making-length = { $length }
making-seats = { $count ->
    [one] { $count } seat
   *[other] { $count } seats
}
making-price = { $amount ->
    [one] { $amount } credit
   *[other] { $amount } credits
}
making-host-me = Me
making-nowhere = No place
making-kind-circle = Circle
session-kind-informal = Informal meeting

## The names of the parts
making-part-kind = Kind
making-part-title = Title
making-part-day = Day
making-part-hour = Time
making-part-length = Length
making-part-seats = Seats
making-part-price = Price
making-part-host = Host
making-part-where = Place or link

## Buttons
making-button-back = Back
making-button-leave = Leave it
making-button-publish = Post it
making-button-correct = Correct
making-button-change = Change
making-button-call-off = Cancel the session
making-button-no-word = Without a word
making-button-remind-me = Remind me
making-button-remind-number = Remind me of no. { $number }
making-button-more = See more

## The last look
making-look = This is what will be posted.
making-look-title = **{ $title }**
making-look-host = Host: { $name }
making-for-two = Listening for two is not shown in the group. Members find it in private.
making-posted-for-two = Noted. Members find it in private, not in the group.
making-minimum = { $count ->
    [one] It takes place if at least { $count } seat is booked. This is decided: { $when }.
   *[other] It takes place if at least { $count } seats are booked. This is decided: { $when }.
}
making-entrusted = A session is entrusted to you.
making-no-host =
    I do not find this person.
    { $name } is not among the people who can host here. Coordinators name them: { $role }
making-beside = At the same time you also have: "{ $title }", { $when }.
making-beside-host = This person already has something at that time.

## The card
making-card-informal = No booking: come as you like.
making-card-closed = Bookings are closed.
making-card-closes = You can book until { $when }.
making-card-minimum = { $count ->
    [one] Takes place from { $count } booked seat on
   *[other] Takes place from { $count } booked seats on
}
making-agenda-informal = no. { $number }: { $title }, { $when }, no booking
making-agenda-closed = no. { $number }: { $title }, { $when }, bookings closed
making-closed =
    Bookings are closed.
    You could book until { $when }.
making-will-remind = Noted. I will remind you.

## Changing a session
making-change-which = What do you want to change?
making-change-line = Or in one line: `{ $session } { $number } wednesday 7pm`, `{ $session } { $number } 8 seats`
making-may-not-edit = A session is changed by its host and by the group's facilitators.
making-changed = It is changed.
making-changed-title = Title: { $old } → { $new }
making-changed-when = Date: { $old } → { $new }
making-changed-length = Length: { $old } → { $new }
making-changed-kind = Kind: { $old } → { $new }
making-changed-place = Place: { $old } → { $new }
making-changed-link = The link has changed.
making-changed-seats = Seats: { $old } → { $new }
making-changed-minimum = Minimum: { $old } → { $new }
making-changed-price = Price: { $old } → { $new }
making-changed-reward = Reward: { $old } → { $new }
making-changed-cancelling = Cancelling is free until { $when }.
making-changed-closing = It can be booked until { $when }.
making-hand-over = Somebody else hosts after having accepted.
making-hand-over-how = Ask them: `{ $cancel } { $number } @{ $name }`
making-moved-free = The time has changed: cancelling costs you nothing.
making-price-later = The new price counts for later bookings.
making-told = { $count ->
    [0] Nobody else needs to be told.
    [one] { $count } person is told in private.
   *[other] { $count } people are told in private.
}
making-seats-taken = This number of seats is too small.
making-seats-taken-line = { $count ->
    [one] { $count } seat is already taken.
   *[other] { $count } seats are already taken.
}
making-seats-keep = Keep them: `{ $session } { $number } seats { $count }`. Or cancel the session.

## Cancelling, and saying why
making-ask-why = A word for those who booked?
making-ask-why-write = Write it here: they read it in private. If not, choose "Without a word".
making-reason = Why: { $reason }
making-reason-kept = ask the host
making-too-few = Too few seats were booked.
making-too-few-host = { $count ->
    [one] Less than { $count } seat was booked: it is cancelled. Those who booked are told, the credits returned.
   *[other] Fewer than { $count } seats were booked: it is cancelled. Those who booked are told, the credits returned.
}
making-confirmed-notice = Good news for your calendar.
making-confirmed-line = It is confirmed: the session takes place.

## What is wrong
making-fault-host =
    This is no name.
    "{ $typed }": write a name, for example `host @Sam`.
making-fault-informal = An informal meeting has no seats, no minimum and no price. Take them out, or choose another kind.
making-fault-for-two = Listening for two has one seat. Take the number of seats out.
making-fault-other-kind = This kind cannot be changed. Cancel the session, then propose another.
making-fault-closed = Bookings would be closed already: { $when }. Choose a shorter time.
making-fault-closing =
    The closing time does not fit.
    "{ $typed }": write a length of time before the start, for example `closing 12h`. 30 days at most.
