# Shared phones: what a lock screen shows, the discreet mode, its code.
# Arguments: count, number, minutes, hours: Number; when: Moment; platform: Platform; every other: Command.

# Above a private message whose own first line would tell something.
lock-screen = A message for you.

# Left out of reminders, confirmations and files on a shared phone; these stand instead.
discreet-title = Appointment
discreet-elsewhere = `{ $agenda } { $number }`
discreet-file = file

# /discreet
discreet-is-on = Discreet mode is on.
discreet-is-off = Discreet mode is off.
discreet-on = Done. Discreet mode is on.
discreet-off = Done. Discreet mode is off.
discreet-off-what = Nothing goes away by itself any more, and no code is asked. To switch it on again: { $discreet }
discreet-what =
    In this chat, my messages and yours go away after { $minutes } minutes, if { $platform } allows it. Those of { $sos } too.
    Reminders and files tell neither title nor place any more: { $agenda } shows them.
    What is older stays: delete it yourself.
discreet-phone = In { $platform }: hide the preview of notifications and put a code on the app.
discreet-settings-on = Discreet mode: on
discreet-settings-off = Discreet mode: off
discreet-unclear = I did not understand.
discreet-form = Write for example: `{ $discreet } on`, `{ $discreet } off` or `{ $discreet } code`
discreet-button-mode = Discreet mode
discreet-button-on = Switch on
discreet-button-off = Switch off

# The code: chosen, changed, taken away
discreet-no-code = No code is asked.
discreet-has-code = A code is asked before your last days, your statement and your data. { $sos } never asks for it.
discreet-code-offer = You can also choose a code of four digits: `{ $discreet } code`
discreet-code-choose = Choose a code of four digits. Write it here.
discreet-code-easy = Avoid 0000, 1234 or a year. I delete your message at once, if I can.
discreet-code-again = Write it once more.
discreet-code-differs = The two codes are not the same.
discreet-code-four = It takes four digits.
discreet-code-from-start = Start again: write four digits.
discreet-code-cancel = To leave it: { $cancel }
discreet-code-set = Done. The code is chosen.
discreet-code-when = I ask for it before your last days, your statement and your data. A right code is good for { $minutes } minutes. { $sos } never asks for it.
discreet-code-lost = Forgotten? `{ $discreet } forgotten` takes it away in { $hours } hours. Nothing else is erased.
discreet-code-here =
    A code is chosen here, not in the group.
    The one you wrote there may have been read: take another.
discreet-code-gone = The code is gone.
discreet-code-gone-what = Nothing else has changed. To choose another: `{ $discreet } code`
discreet-forgotten = Noted.
discreet-code-goes = The code will be taken away: { $when }.
discreet-code-goes-what = Nothing else will be erased. I will tell you.
discreet-code-goes-stop = To keep it: `{ $discreet } code`, then your code.
discreet-code-stays = That is the right code. It stays.
discreet-button-code = Choose a code
discreet-button-change = Change the code
discreet-button-without = Take the code away
discreet-button-forgotten = Code forgotten

# The code: asked
discreet-code-ask = Your code, please.
discreet-code-how = Write the four digits. To leave it: { $cancel }. { $sos } never asks for one.
discreet-code-wrong = That is not the right code.
discreet-code-left =
    { $count ->
        [one] { $count } try is left.
       *[other] { $count } tries are left.
    }
discreet-code-waits = You need to wait a little.
discreet-code-waits-until = Next try: { $when }. { $sos } stays open.
