# Check-ins, one's own month, somebody to talk to.
# Arguments: note, title: Text (note may be a Msg); count, number: Number; when: Moment; lines: Lines; what: Msg; every other: Command.

# Before the first one
checkin-consent = One question before we begin.
checkin-consent-what =
    I can keep your answer to “How are you?”: a number from 1 to 5, and a word if you like.
    This touches your health. So I ask you first.
checkin-consent-who =
    Your answer is shown to nobody, neither the group nor the team.
    It may count in a trend of the group, without names, from five answers on.
checkin-consent-how-long = Words are kept { $count } days, numbers one year.
checkin-consent-free =
    If you say no, everything else works the same.
    You can change your mind later: { $choices }
checkin-consent-button-yes = I agree
checkin-consent-button-no = No thanks
checkin-declined =
    All right. I keep nothing.
    You can change your mind any time: { $checkin }
    { $sos } stays open.

checkin-closed =
    This question is not open in this group yet. I kept nothing.
    { $sos } always answers.
checkin-closed-team = The team has not finished setting the group up. You can tell them.

# /checkin
checkin-kept = Saved for today.
checkin-kept-again = Saved. This answer replaces the one before.
checkin-kept-what = Your answer: { $what }
checkin-kept-with-word = Your answer: { $what }, with your word.
checkin-replaces = You have answered today already. A new answer replaces the old one.
checkin-word-ask = Write your word here. It is shown to nobody.
checkin-erased =
    It is erased.
    You can answer again: { $checkin }
checkin-all-erased =
    It is erased. I have none of your answers any more.
    Your choices: { $choices }
checkin-nothing-today =
    Nothing is saved for today.
    To answer: { $checkin }
checkin-skipped =
    All right.
    { $sos } stays open.
checkin-wrong = I did not understand the number.
checkin-form =
    It goes from 1 (very bad) to 5 (very good), whole numbers only.
    For example: `{ $checkin } 3 { $note }`
checkin-form-note = a word if you like
checkin-button-word = Add a word
checkin-button-change = Change
checkin-button-erase = Erase
checkin-button-now = Answer for today

# /mymonth
checkin-month =
    Here are your last days.
    In { $number } days:
checkin-month-days =
    { $count ->
        [one] You answered once.
       *[other] You answered { $count } times.
    }
checkin-month-face =
    { $count ->
        [one] { $what }: once
       *[other] { $what }: { $count } times
    }
checkin-month-better = Compared with the { $number } days before, rather better.
checkin-month-same = Compared with the { $number } days before, much the same.
checkin-month-harder = Compared with the { $number } days before, rather harder.
checkin-month-yours = Only you see this. If it weighs on you: { $sos }
checkin-month-none = Nothing is saved.
checkin-month-withdrawn = You chose that I keep your answers no more. To change your mind, or to erase: { $choices }
checkin-month-empty =
    There is nothing to show yet.
    Nothing is saved for the last { $number } days.
    That is fine too. You answer when you want.

# /talk
checkin-talk = Thank you for your message.
checkin-talk-now = You can talk to someone now:
checkin-talk-lines = { $lines }
checkin-talk-next = The next sessions of the group:
checkin-talk-session = • { $title }, { $when }
checkin-talk-none = No session of the group is planned for now.
checkin-talk-program = I am a program. Nobody has been alerted.
checkin-button-sos = More help
checkin-button-book = Book: { $title }

# /sos
checkin-sos-country = Your country is noted: { $country }. To change it: { $country-command }
