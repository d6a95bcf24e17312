### The most delicate texts. Each bears a version and who signed it: "no", or a clinician's name and the last day it may be used,
### as in "Dr A. Martin until 2027-12-01". Operators cannot override them, and they refer to no message outside this file.
### One idea a line, about twelve words a line. $lines and $others come from crisis-lines.toml.
### $association-id tells whether the association is known: "text" where it is.

care-association-unknown = the team of this group

## 1. Consent
## A changed text gets a new CONSENT_VERSION in src/domain/people/consent.rs and is asked again.

care-consent =
    Hello. I am a program, not a person, not a carer.
    { $association-id ->
        [care-association-unknown] The team of this group runs it and keeps your data.
       *[text] { $association } runs this group and keeps your data.
    }
    I keep: your nickname, your bookings, your credits.
    This touches your health. So I ask you first.
    Nobody watches the messages.
    { $platform } keeps our messages too. Shared phone? Tap “Discreet”.
    To stop or erase everything: { $erase }, any time.
    .version = 0.2
    .signed = no
care-consent-button-agree = I am 16 or over and I agree
care-consent-button-refuse = No thanks
care-consent-button-more = Tell me more
care-consent-button-discreet = Discreet

## 2. First welcome in the group

care-welcome =
    { $association-id ->
        [care-association-unknown] Hello everyone. I am { $bot }, a program from the team of this group.
       *[text] Hello everyone. I am { $bot }, a program from { $association }.
    }
    I help with meetings and credits.
    I keep only messages written to me.
    Nothing is compulsory.
    In private, your answers do not show here.
    Need help now: { $sos }
    .version = 0.1
    .signed = no
care-welcome-button-private = Open a private chat

## 3. Check-in question

care-checkin-question =
    How are you today?
    Every answer is fine. You can skip.
    Your answer is shown to nobody.
    .version = 0.1
    .signed = no
care-checkin-question-button-1 = 😞 Very bad
care-checkin-question-button-2 = 🙁 Bad
care-checkin-question-button-3 = 😐 So-so
care-checkin-question-button-4 = 🙂 Good
care-checkin-question-button-5 = 😊 Very good
care-checkin-question-button-skip = Skip

## 4. Answer to score 1

care-score-one =
    Thank you for answering. It is saved.
    It sounds very hard right now.
    You can talk to someone.
    If you are thinking about suicide, call now:
    { $lines }
    I am a program. Nobody has been alerted.
    .version = 0.1
    .signed = no
care-score-one-short =
    Thank you for answering. It is saved.
    You can talk to someone:
    { $lines }
    I am a program. Nobody has been alerted.
    .version = 0.1
    .signed = no
care-score-one-button-talk = Talk to someone
care-score-one-button-others = Other numbers
care-score-one-button-later = Not now

## 5. /sos in private. $lines: one line for each kind.

care-sos =
    Thank you for your message.
    { $association-id ->
        [care-association-unknown] The team of this group wrote these words. You matter to us.
       *[text] The team of { $association } wrote these words. You matter to us.
    }
    { $lines }
    If you can, go to someone you trust.
    I am a program. I cannot call for you.
    .version = 0.1
    .signed = no
care-sos-no-country =
    Thank you for your message.
    { $association-id ->
        [care-association-unknown] The team of this group wrote these words. You matter to us.
       *[text] The team of { $association } wrote these words. You matter to us.
    }
    Danger right now: call **112**, or your country's emergency number.
    I do not know your country. Tell me: I will give you its numbers.
    If you can, go to someone you trust.
    I am a program. I cannot call for you.
    .version = 0.1
    .signed = no
care-sos-button-alert = Alert the people on duty, until { $time }
care-sos-button-others = Violence, child, other numbers
care-sos-button-worried = I am worried about someone
care-sos-others =
    Here are other numbers.
    { $others }
    .version = 0.1
    .signed = no
care-sos-worried =
    Thank you for thinking of this person.
    You can call for them, and for yourself:
    { $lines }
    Talking about it with them does no harm.
    I am a program. I cannot call for you.
    .version = 0.1
    .signed = no

## 6. Alert someone: sent

care-alert-sent =
    Your request went out at { $time }.
    The people on duty see only: your nickname, the group, the time.
    I will write before { $deadline }, even if nobody answers.
    Do not wait to call:
    { $lines }
    .version = 0.1
    .signed = no
care-alert-sent-button-others = Other numbers
care-alert-sent-button-cancel = Cancel my request

## 7. Nobody on duty

care-nobody-on-duty =
    Nobody from the group can answer now.
    This is not because of you.
    Others answer day and night:
    { $lines }
    The group answers again { $when }.
    .version = 0.1
    .signed = no
care-nobody-on-duty-button-others = Other numbers
care-nobody-on-duty-button-write = Ask them to write to me then

## 8. No seats left. The title stands on the second line: the first is seen on locked screens.

care-session-full =
    It is full:
    { $title }, { $when }.
    The group stays open to you.
    A seat may open. I can write to you.
    .version = 0.1
    .signed = no
care-session-full-button-wait = Wait for a seat
care-session-full-button-dates = Other dates
care-session-full-button-talk = Talk to someone

## 9. A booking, byte for byte the same whoever pays. The title stands on the second line.

care-booked =
    Your seat is booked:
    { $title }, { $when }.
    You have nothing else to do.
    Cannot come after all? Say so, even late.
    .version = 0.1
    .signed = no
care-booked-button-calendar = Add to my calendar
care-booked-button-cannot = I cannot come

## 10. Erasure

care-erase-ask =
    Erase everything?
    I erase your nickname, answers, notes and bookings.
    Your credits go to solidarity.
    This cannot be undone.
    I cannot erase copies held by { $platform } or other people.
    .version = 0.1
    .signed = no
care-erase-ask-button-yes = Yes, erase everything
care-erase-ask-button-copy = Keep a copy first
care-erase-ask-button-no = No
care-erase-done =
    It is erased.
    Backups will be erased before { $day }.
    You may come back. { $sos } stays open.
    .version = 0.1
    .signed = no

## The lines

care-line-how-free-always = free, day and night
care-line-how-always = day and night
care-line-how-call-or-text-always = call or text, day and night
care-line-how-free-not-all-night = free, but not all night
care-line-how-not-all-night = not all night
care-line-how-hours-unsure = I do not know its hours

care-line-kind-violence = Violence
care-line-kind-child = Child in danger
care-line-kind-police = Police
care-line-kind-youth = Young people
care-line-kind-listening = Listening
care-line-kind-quebec = In Quebec

# The short form, one sentence for each.
care-lines-crisis = { "" }**{ $number }**: { $how }.
care-lines-crisis-bare = { "" }**{ $number }**.
care-lines-danger =
    { $count ->
        [one] Danger: **{ $first }**.
       *[other] Danger: **{ $first }** or **{ $second }**.
    }
care-lines-danger-general = Danger: **112**, or the country's emergency number.
care-lines-text = Cannot speak: text **{ $number }**.
care-lines-no-crisis = I have no trustworthy line for this country.
care-lines-no-country = I do not know your country.

# The full form, one line for each.
care-lines-full-danger =
    { $count ->
        [one] Danger right now: call **{ $first }**.
       *[other] Danger right now: call **{ $first }** or **{ $second }**.
    }
care-lines-full-danger-general = Danger right now: call **112**, or the country's emergency number.
care-lines-full-crisis = Thinking about suicide, or too much pain: **{ $number }**, { $how }.
care-lines-full-crisis-bare = Thinking about suicide, or too much pain: **{ $number }**.
care-lines-full-also = Or else: **{ $number }**, { $how }.
care-lines-full-also-bare = Or else: **{ $number }**.
care-lines-full-text = You cannot speak: text **{ $number }**.

# The other numbers, one line for each.
care-lines-other = { $what }: **{ $number }**, { $how }.
care-lines-other-bare = { $what }: **{ $number }**.
care-lines-no-others = I have no other number for this country.

# While nothing can be stored: one message in every language, with all lines under it.
care-memory =
    Thank you for your message. You matter to us.
    Danger right now: call **112**, or the country's emergency number.
    Too much pain: call the line of your country, below.
    I am a program. I cannot call for you.
    .version = 0.1
    .signed = no
