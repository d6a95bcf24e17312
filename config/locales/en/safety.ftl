# Blocking, thanking, reporting.
# Arguments: name, alias, text: Text (name may be a Msg); count, number, total, hours, days: Number; when: Moment; lines: Lines;
# every other: Command.

## Shared
safety-done = Done.
safety-not-yet = Not quite.
safety-news = There is news for you.
safety-that-person = that person
safety-button-block = Get nothing more from this person
safety-button-block-number = No. { $number }: get nothing more from this person
safety-button-undo = Undo this
safety-button-undo-name = Hear again from { $name }

## Blocking
safety-blocked = You will get nothing more from { $name }: no gifts, no thanks.
safety-blocked-means = They will not know. Their gifts to you go to solidarity.
safety-blocked-sessions = Sessions that one of you hosts look full to the other. A seat already booked stays booked.
safety-unblocked = You can hear from { $name } again.
safety-not-blocked =
    I do not find that name in your list.
    To see it: { $block }
safety-block-how = To get nothing more from somebody: `{ $block } @Sam`
safety-block-self = That is you. Name another person.
safety-block-bot =
    I am a program. Name a person.
    To get nothing more from me: { $leave }
safety-block-many =
    Your list is full.
    Take a name off first: { $block }
safety-list-title = Here is your list.
safety-list-empty = It is empty: you hear from everybody.
safety-list-from = You get nothing from:
safety-list-line = • { $name }

## Thanking
safety-thanks-sent = Thanks for { $name }.
safety-thanks-if = If I can hand it over, they read it in private.
safety-thanks-may-publish = They can publish it in the group, without your name.
safety-thanks-received = { $name } thanks you.
safety-thanks-words = “{ $text }”
safety-thanks-named = If these thanks are published, your nickname will show too.
safety-thanks-not-named = If these thanks are published, your nickname will not show.
safety-thanks-preview = This is what the group will read:
safety-thanks-published = It is published in the group.
safety-thanks-published-already = It is published in the group already.
safety-thanks-public = Thanks to { $name }.
safety-thanks-public-words = Thanks to { $name }: “{ $text }”
safety-thanks-public-from = { $alias } thanks { $name }.
safety-thanks-public-from-words = { $alias } thanks { $name }: “{ $text }”
safety-thanks-whom = Whom? Name a person, or reply to their message.
safety-thanks-one = Thanks go to one person. Write one for each.
safety-thanks-self = That is you. Name another person.
safety-thanks-bot = With pleasure. I am a program: keep your thanks for the people of the group.
safety-thanks-form = For example: `{ $thanks } @Sam for listening`
safety-thanks-long = That is too long: { $count } characters. { $total } at most.
safety-thanks-many =
    That is kind.
    You have thanked { $count } times since yesterday. You can go on tomorrow.
safety-button-name = My nickname may show
safety-button-no-name = Without my nickname after all
safety-button-publish = Publish in the group
safety-button-publish-now = Publish now

## Reporting
safety-report-ask = I am reading.
safety-report-ask-how =
    Write here, in one message, what is wrong.
    In the group you can also reply to the message in question with `{ $report }`.
safety-report-who-reads = Only the group's team reads it. If it is about somebody of the team, name them with @: they will not read it.
safety-report-now = Danger right now: { $sos }
safety-report-told = Noted.
safety-report-told-to =
    The group's team is told, except the people it is about.
    Your name is not shown.
safety-report-promise = I write to you when somebody sees to it. If nobody does within { $hours } hours, I tell you that too.
safety-report-more = Write what you want to add, in one message.
safety-report-added = Your words are added.
safety-report-enough =
    That is a lot of words already.
    The team has enough to understand. You can say more when somebody sees to it.
safety-report-shown = The team can see that it comes from you: { $name }.
safety-report-withdrawn = The team can no longer read what you wrote.
safety-report-many = I cannot pass on any more today.
safety-report-many-line = You have written to the team { $count } times since yesterday. You can go on tomorrow.
safety-report-nobody = I cannot pass it on.
safety-report-nobody-line =
    This group's team has nobody but the people it is about.
    I kept nothing of what you wrote. Others can help you:
safety-report-no-group =
    I cannot tell which group you mean.
    Write `{ $report }` in the room of your group: your message is deleted there, and I answer in private.
safety-report-contact = To reach the association: { $text }
safety-report-lines = { $lines }
safety-report-news = A word about what you wrote.
safety-report-now-taken = Somebody of the team reads it and sees to it.
safety-report-now-back = Whoever saw to it gave it back to the team. It waits for somebody else.
safety-report-now-closed = The team has finished with it. If that is not right, you can write again.
safety-report-now-reopened = The team takes it up again.
safety-report-still-waits = Nobody of the team sees to it yet. I have reminded the coordinators. Do not wait if it is serious:
safety-report-nobody-left = Nobody of the team can see to it. Others can help you:
safety-button-more = Add a word
safety-button-show = Show the team my name
safety-button-withdraw = Take back what I wrote
safety-button-reports = What waits for the team

## Reporting, the team's side
safety-report-staff-news = Some information for the team.
safety-report-staff-waits = Report no. { $number } waits for somebody.
safety-report-staff-since = It has waited for a day, and nobody sees to it.
safety-report-staff-taken = Somebody of the team sees to report no. { $number }.
safety-report-staff-closed = Report no. { $number } is finished.
safety-report-staff-added = Words are added to report no. { $number }.
safety-report-staff-withdrawn = Report no. { $number } is taken back by whoever wrote it.
safety-report-title = This is what was written.
safety-report-head = Report no. { $number }, { $when }
safety-report-from = From: { $name }
safety-report-from-somebody = From: somebody of the group, who does not show their name
safety-report-author = About a message of { $name }:
safety-report-quoted = “{ $text }”
safety-report-not-quoted = (I do not have the text of that message.)
safety-report-words = Their words: “{ $text }”
safety-report-is-taken = Somebody else of the team sees to it.
safety-report-is-withdrawn = It is taken back by whoever wrote it. Nothing of it is left to read.
safety-report-kept =
    { $days ->
        [one] It is deleted in { $days } day. Until then it can be opened again.
       *[other] It is deleted in { $days } days. Until then it can be opened again.
    }
safety-reports = This is what waits for the team.
safety-reports-none = Nothing waits for the team.
safety-reports-open = no. { $number }, { $when }: waits for somebody
safety-reports-taken = no. { $number }, { $when }: somebody sees to it
safety-button-read = Read
safety-button-read-number = Read no. { $number }
safety-button-take = I will see to it
safety-button-back = Give back to the team
safety-button-close = It is finished
safety-button-reopen = Open again
