# Linking several accounts of one person.
# Arguments: other-platform, code, alias: Text; minutes, hours, count: Number; when: Moment; day: Day; every other: Command.

## /link, and the code

link-only-here = This is done here, in private. Nothing is linked.
link-code-seen =
    Others may have read what you typed in the group: that code no longer works.
    For a new code, type here: { $link-command }
link-code-first = Here is what you asked for.
link-code = In your other account, in private, type: `{ $link-command } { $code }`
link-code-how =
    This code works once, for { $minutes } minutes.
    Then I ask you a question on each account.
link-code-secret = Give this code to nobody. Whoever has it could see your bookings, your { $credits } and your messages.
link-code-wrong = This code opens nothing.
link-code-rules =
    It is mistyped, used already or too old: a code works once, for { $minutes } minutes.
    After { $count } tries, you have to wait { $hours ->
        [one] one hour
       *[other] { $hours } hours
    }.
link-code-anew = For a new code, type in your other account: { $link-command }
link-code-own =
    This code is for your other account.
    Type it there, in private, after { $link-command }
link-already = These two accounts are linked already.
link-full = You have { $count } linked accounts already, or would have more. Take one out first.
link-closed =
    I cannot write to your other account.
    First open a conversation with me there. Then, for a new code: { $link-command }
link-busy =
    A link is already under way for your other account.
    There, to see it or stop it: { $link-command }
link-nobody =
    Neither of the two accounts is in a group.
    First join a group with one of them: { $join }

## The question, on each account

link-question = A question for you.
link-ask-typing = You typed a code that comes from another account, on { $other-platform }.
link-ask-asking = The code that you asked for was typed on another account, on { $other-platform }.
link-means =
    If you agree, both accounts become one person.
    Whoever holds the other account will see your bookings, your { $credits }, your check-ins and my messages, and can act in your name.
link-warning = Someone else gave you this code, or asked you for it? Then refuse. The team never asks for a code.
link-answer-both = You have to say yes on both accounts, within { $minutes } minutes. Otherwise nothing changes.
link-button-agree = Both accounts are mine
link-button-refuse = Refuse
link-noted = Noted.
link-agreed-wait = Now answer on your other account ({ $other-platform }).
link-refused =
    All right. Nothing is linked.
    To start over: { $link-command }
link-refused-beyond = The link with an account on { $other-platform } was refused there. Nothing is linked.
link-over =
    This question no longer stands. Nothing is linked.
    To start over: { $link-command }

## The day of waiting

link-news = There is news of your accounts.
link-takes-effect = The link with an account on { $other-platform } takes effect { $when }.
link-not-you = This was not you, or you change your mind? Choose “Stop”. Nothing will be linked.
link-button-stop = This was not me, stop
link-under-way = A link is already under way.
link-not-answered = A link with another account waits for a yes on each account.
link-stopped = Stopped. Nothing is linked.
link-stopped-next =
    This was not you? Put a code on your phone, and talk to someone who leads the group.
    To start over: { $link-command }
link-stopped-beyond = The link with an account on { $other-platform } was stopped. Nothing is linked.
link-nothing-to-stop =
    No link is under way.
    To see your accounts: { $settings }
link-off =
    The link was not made: something changed meanwhile. Nothing is linked.
    To start over: { $link-command }

## It is done

link-done = Your account on { $other-platform } is linked to this one.
link-done-means = You have one balance and one list of bookings. My messages go to the account that you used last.
link-alias = Your nickname is now **{ $alias }**.
link-seats = { $count ->
    [one] You had two seats in one session: one is given back, and its price too.
   *[other] You had two seats in { $count } sessions: one of them is given back, and its price too.
}
link-undo = To see or undo: { $settings }
link-line-one = your accounts became one

## To see and to undo

link-account = Linked account: { $other-platform }
link-account-since = Linked account: { $other-platform }, since { $day }
link-button-code = Link an account
link-button-accounts = Undo a link
link-button-settings = ⚙️ My settings
link-button-this-account = This account
link-button-unlink = Undo
link-button-nothing = Change nothing
link-none = No other account is linked to this one.
link-accounts = Here are your linked accounts.
link-which-alone = Which one should stand alone again?
link-unlink-that =
    The account on { $other-platform } will no longer be you.
    Nickname, { $credits }, bookings and check-ins stay here. The other account keeps nothing of them.
link-unlink-this =
    This account will no longer be you.
    Nickname, { $credits }, bookings and check-ins stay with your other accounts. Nothing of them stays here.
link-unlink-anew = The account taken out can join the group as a new person.
link-unlinked = The account on { $other-platform } is no longer linked to yours. Nothing else changes.
link-alone =
    This account is no longer linked. Nickname, { $credits } and bookings stayed with the other account.
    To join the group as a new person: { $join }
    This was not you? Talk to someone who leads the group.
link-not-linked =
    This account is no longer linked to yours.
    To see your accounts: { $settings }
link-nothing-changed = All right. Nothing changes.
