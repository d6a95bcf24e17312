### What every feature says.

# The language's own name.
language-name = English

common-yes = Yes
common-no = No

role-member = member
role-supporter = supporter
role-facilitator = facilitator
role-coordinator = coordinator

former-member = a former member

## Commands that are not there

command-not-built =
    I cannot do that yet.
    “{ $word }” is planned for later.
    What I can do: { $menu }
unknown-command =
    I do not know this command.
    You wrote: { $typed }
    What I can do: { $menu }
did-you-mean =
    Did you mean { $meant }?
    I do not know “{ $typed }”.
not-understood =
    I did not understand.
    I am a program. I understand commands, and the choices that I offer.
    What I can do: { $menu }
    Need help now: { $sos }

## Who, and where

not-installed =
    This room does not belong to a group yet.
    Someone who administers the room can write { $setup }.
    Until then you can write { $menu }, { $sos } or { $language-command }.
setup-in-direct =
    This is done in the room of the group.
    Write { $setup } there, if you administer that room.
not-joined =
    This needs you to join the group first.
    To join: { $join }
    You can already read { $agenda }.
    Need help now: { $sos }
people-not-here =
    This needs you to join the group first.
    Join it from its room, then try again.
no-group =
    I cannot tell which group you mean.
    Write this command in the room of your group.
which-group = For which group?
group-unnamed = Group { $number }
group-named = Group “{ $name }”
button-join = Join the group
not-allowed-member =
    This needs you to join the group first.
    What you can do here: { $menu }
not-allowed-supporter =
    This command is for supporters.
    A coordinator can give you this role.
    What you can do here: { $menu }
not-allowed-facilitator =
    This command is for facilitators.
    You can ask one of them.
    What you can do here: { $menu }
not-allowed-coordinator =
    This command is for coordinators.
    You can ask one of them.
    What you can do here: { $menu }
not-allowed-admin =
    This command is for whoever administers the room.
    You can ask this person.
    What you can do here: { $menu }
open-private = Open a private chat
private-answer-waiting = I have an answer for you, in private.
channel-or-anonymous =
    I cannot see who is writing.
    The message comes from an anonymous account or a channel.
    Write to me in private, or with your own account.

## When something does not work

incident =
    I did not manage that. The error is mine, not yours.
    Nothing was changed. You can try again later.
    If it goes on, give this number to your group: { $code }
still-working =
    I cannot save anything at the moment.
    Try again in a few minutes.
# Under a message whose first sending may have arrived.
perhaps-twice = (This message may reach you twice.)
slow-down =
    I need a short pause.
    Wait a minute, then go on.
voice-message =
    I cannot listen to voice messages.
    I am a program. Write to me, or choose in the menu.
    What I can do: { $menu }
    Need help now: { $sos }
other-kind =
    I read text only.
    Write to me, or choose in the menu.
    What I can do: { $menu }

## Buttons and answers

not-your-button = This choice is for someone else.
button-expired = This choice is no longer possible. Please ask again.
already-answered = This is already answered.
choice-out-of-range = Choose a number from 1 to { $number }.
nothing-to-choose =
    I am not waiting for an answer at the moment.
    What I can do: { $menu }
cancelled-nothing = There is nothing to cancel at the moment.
cancelled-dialogue = It is cancelled. Nothing was changed.
