# Credits: balance, statement, gifts, issues.
# Arguments, as in the conventions: amount, number, total, first, last, count, free → Number; title, name, typed,
# text, reason, fund → Text (name and fund may be a Msg); when → Moment; day → Day; what → Msg; items → Msgs;
# command, statement → Command.

## Shared

credits-done = Done.
credits-news = There is news for you.
credits-not-now = That is not possible right now.
credits-number = Transfer no. { $number }.
credits-reason = Reason: “{ $reason }”
credits-that-person = that person
credits-fund-general = general
credits-fund-solidarity = solidarity
credits-button-credits = My { $credits }
credits-button-statement = My statement
credits-button-agenda = The agenda
credits-button-older = Older
credits-button-csv = As a file
credits-nothing-changed = All right. Nothing has changed.

## The balance

credits-title = Here are your { $credits }.
credits-free = { $free ->
    [one] You have { $free } free { $credit }.
   *[other] You have { $free } free { $credits }.
}
credits-nothing-yet = You have no { $credits } yet.
credits-below-zero = { $amount ->
    [one] Your balance is { $amount } { $credit } below zero. That is allowed here.
   *[other] Your balance is { $amount } { $credits } below zero. That is allowed here.
}
credits-set-aside = { $amount ->
    [one] Set aside for your sessions: { $amount } { $credit }.
   *[other] Set aside for your sessions: { $amount } { $credits }.
}
credits-nobody-refused = You can book all the same: nobody here is turned away for want of any.
credits-next = Your next sessions:
credits-next-line = no. { $number }, { $title }, { $when }

## A gift

credits-given = { $amount ->
    [one] { $amount } { $credit } for { $name }.
   *[other] { $amount } { $credits } for { $name }.
}
credits-may-come-back = If this person is not in the group and does not join, this gift comes back to you in { $count } days.
credits-gift-received = { $amount ->
    [one] { $name } gives you { $amount } { $credit }.
   *[other] { $name } gives you { $amount } { $credits }.
}
credits-gift-received-former = { $amount ->
    [one] You receive { $amount } { $credit } from a former member.
   *[other] You receive { $amount } { $credits } from a former member.
}
credits-back = { $amount ->
    [one] { $amount } { $credit } from transfer no. { $number } has come back to you.
   *[other] { $amount } { $credits } from transfer no. { $number } have come back to you.
}
credits-none-free = You can give when you have free { $credits } again.
credits-button-give = { $amount ->
    [one] Give { $amount } { $credit } to { $name }
   *[other] Give { $amount } { $credits } to { $name }
}
credits-give-one = A gift goes to one person. Make one for each.
credits-give-self = You cannot give { $credits } to yourself. Please name someone else.
credits-give-bot = I am a program: I do not need { $credits }. Please name a person.

## What is missing or will not do

credits-whom = To whom? Name a person, or reply to their message.
credits-order = First the person, then the number, then the reason.
credits-amount-missing = How many { $credits }? Write the number in digits.
credits-amount-negative = The number must be positive.
credits-amount-whole = It must be a whole number, in digits, without spaces, commas or points.
credits-amount-range =
    That number is too small or too large.
    It must be from { $amount } to { $total }.
credits-reason-missing = A reason is needed: a few words that say why.
credits-reason-long =
    The reason is too long.
    It has { $count } characters. It needs { $total } at most.
credits-form = For example: `{ $command } { $name } { $typed }{ $text }`
credits-form-fund = For example: `{ $command } { $name } { $typed } fund:{ $fund }{ $text }`
credits-form-why = For example: `{ $command } { $name } { $typed } help at the workshop`
credits-form-why-fund = For example: `{ $command } { $name } { $typed } fund:{ $fund } help at the workshop`

## Issuing

credits-issued-to-you = { $amount ->
    [one] The coordinators give you { $amount } { $credit }.
   *[other] The coordinators give you { $amount } { $credits }.
}
credits-issued-number = Transfer no. { $number }, fund “{ $fund }”.
credits-issued-many = { $total ->
    [one] { $total } { $credit } in all, { $amount } each, for { $count ->
        [one] { $count } person
       *[other] { $count } people
    }.
   *[other] { $total } { $credits } in all, { $amount } each, for { $count ->
        [one] { $count } person
       *[other] { $count } people
    }.
}
credits-issued-numbers = Transfers no. { $first } to { $last }, fund “{ $fund }”.
credits-may-go-back = What cannot be handed over goes back to the fund in { $count } days.
credits-back-fund = { $amount ->
    [one] { $amount } { $credit } from transfer no. { $number } has gone back to the fund.
   *[other] { $amount } { $credits } from transfer no. { $number } have gone back to the fund.
}
credits-confirm = Please confirm.
credits-issue-question = Taken from the fund “{ $fund }”. Shall I do it?
credits-fund-new = The fund “{ $fund }” does not exist yet. If you say yes, I create it.
credits-fund-known = The funds that exist:
    { $items }
credits-fund-line = • { $fund }
credits-fund-short = { $free ->
    [one] The fund “{ $fund }” can still give { $free } { $credit }. It would take { $total }.
   *[other] The fund “{ $fund }” can still give { $free } { $credits }. It would take { $total }.
}
credits-fund-other = Choose a smaller number, or another fund with `fund:name`.
credits-button-issue = Yes, do it
credits-issue-self = You cannot credit yourself. Another coordinator can.
credits-issue-bot = I am a program: I do not need { $credits }. Please name people.
credits-issue-alone = There is nobody else yet. First invite the members to join the group.
credits-issue-many =
    Those are too many people at once.
    { $total } at most: name them in several goes.
credits-all-or-some = Write “all”, or names, but not both.

## The statement

credits-statement-title = Here is your statement.
credits-statement-empty = There are no movements yet.
credits-statement-no-older = There is nothing older.
credits-statement-file = Here is your statement, as a file.
credits-statement-form = Write `{ $statement }`, `{ $statement } june` for a month, or `{ $statement } csv` for a file.
credits-line = no. { $number }, { $day }: { $what }
credits-line-why = no. { $number }, { $day }: { $what }, “{ $reason }”
credits-in = +{ $amount }, { $what }
credits-out = −{ $amount }, { $what }
credits-line-gift-to = gift to { $name }
credits-line-gift-from = gift from { $name }
credits-line-grant = { $credits } from the coordinators
credits-line-back = gift come back
credits-line-booking-of = seat booked, { $title }
credits-line-booking = seat booked
credits-line-refund-of = seat given back, { $title }
credits-line-refund = seat given back
credits-line-hosted-of = session held, { $title }
credits-line-hosted = session held
credits-line-reversal = correction
credits-line-closing = account closed
credits-csv-number = number
credits-csv-time = date
credits-csv-amount = { $credits }
credits-csv-what = movement
credits-csv-reason = reason
