# Consent by purpose: what each means, yes or no to each, a changed text asked again.
# Arguments: typed: Text; count: Number; day: Day; every other: Command.

# /choices
choices = Here are your choices.
choices-participation = **Taking part in the group**: I keep your nickname, your bookings, your credits.
choices-checkins = **Answering { $checkin }**: I keep a number from 1 to 5, and a word if you like. Nobody else sees it.
choices-alerts = **Alerts**: if you ask for someone on duty, that person sees your nickname, the group and the time.
choices-figures = **Figures for partners**: you count in totals, without a name, from five people on.
choices-given = → Yes, since { $day }.
choices-outdated = → Yes, on { $day }. The text has changed since.
choices-withdrawn = → No, since { $day }.
choices-never = → No.
choices-free = A no closes nothing else.
choices-button-participation-yes = Read the new text
choices-button-participation-no = Stop taking part
choices-button-checkins-yes = How are you: yes
choices-button-checkins-no = How are you: no
choices-button-alerts-yes = Alerts: yes
choices-button-alerts-no = Alerts: no
choices-button-figures-yes = Figures: yes
choices-button-figures-no = Figures: no
choices-button-all = See my choices
choices-unknown = I did not understand everything.
choices-form =
    I do not know “{ $typed }”.
    Write for example: `{ $choices } alerts no`

# Who is not in the group
choices-not-joined =
    You are not in this group.
    Of you, I keep your account on this messenger, so that I can answer.
choices-not-joined-how = To take part, I ask you first whether you agree: { $join }
choices-not-joined-erase = Did you leave the group? What I had kept waits for you. To erase everything: { $erase }

# Saying yes
choices-ask = Here is what this means.
choices-alerts-what =
    If you ask for someone on duty, I show them your nickname, the group and the time.
    Nothing else. And never unless you ask.
choices-alerts-how-long = The time of a request is kept 30 days, without what you wrote.
choices-figures-what =
    The association shows totals to its partners: how many people, how many bookings.
    Never a name, never a total of fewer than five people.
choices-later = This does not exist here yet. Your choice is kept until it does.
choices-any-time = You can change your mind any time: { $choices }
choices-yes-noted = Noted: yes.

# Saying no
choices-no-noted = Noted: no. Everything else works the same.
choices-checkins-kept =
    { $count ->
        [one] I still have one answer from before.
       *[other] I still have { $count } answers from before.
    }
choices-checkins-until = Without erasing: words go after { $count } days, numbers after a year.
choices-button-erase-checkins = Erase it all now
choices-button-keep-checkins = Keep until it ends
choices-checkins-stay = All right. All of it goes on its date. To erase before: { $choices }
choices-two-ways = There are two ways to stop.
choices-way-leave = Leave: your data waits for you to come back. { $leave }
choices-way-erase = Erase everything, for good. { $erase }
choices-button-leave = Leave
choices-button-erase = Erase everything

# The consent text has changed
choices-renew = The text of the agreement has changed. Here it is.
choices-renew-then = I do what you just asked as soon as you have answered.
choices-renew-no-hurry = You can answer later. Nothing is lost.
choices-renew-meanwhile =
    Until then, { $sos } always answers, your seats and your { $credits } stay.
    You can cancel ({ $cancel }), get a copy ({ $mydata }), erase everything ({ $erase }).
choices-renewed = Noted. Thank you.
