# Blocking, thanking, reporting.
# Arguments: name, alias, text: Text (name may be a Msg); count, number, total: Number; every other: Command.

## Shared
safety-done = Done.
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
