# Roles: naming, handing back, two to coordinate; removing somebody.
# Arguments: typed, name, alias, text: Text; count, number: Number; when: Moment; what: Msg; every other: Command.

# /role
people-role-done = Done.
people-role-set = { $name } now has the role: { $what }.
people-role-news = A small change for you.
people-role-told = Your role in the group: { $what }.
people-role-can = Everything you can do: `{ $menu } all`
people-role-which = The role is missing.
people-role-who-and-which = Which role for whom?
people-role-unknown =
    I do not know that role.
    You wrote: { $typed }
people-role-one-only = One person at a time, please.
people-role-form = Type for example: `{ $role } @{ $name } { $what }`
people-role-words = The roles: member, supporter, facilitator, coordinator.
people-role-word-member = member
people-role-word-supporter = supporter
people-role-word-facilitator = facilitator
people-role-word-coordinator = coordinator
people-role-bot = I am a program. I cannot have a role.
people-role-not-here =
    I cannot find that person in this group.
    You wrote: { $name }
    They need to type { $join } first. Please check the name too.
people-role-same =
    Nothing to change.
    { $name } has that role already: { $what }.
people-role-last-coordinator =
    At least one person must coordinate.
    Name another one first: `{ $role } @Sam coordinator`
people-role-meant = Did you mean: { $what }?
people-role-button-yes = { $what }
people-role-button-no = No
people-role-button-undo = Go back
people-role-may-decline = This role is not for you? You can hand it back, without saying why.
people-role-button-decline = Hand it back
people-role-ask-team = A question? Talk to a person who coordinates.
people-role-own =
    This is your role in the group.
    { $what }
people-role-own-who = Roles are given by the people who coordinate.
people-role-own-same =
    Nothing to change.
    You have this role already: { $what }.
people-role-not-higher =
    A role is received. One does not take it oneself.
    Talk to a person who coordinates the group.
people-role-back-ask = Do you really want to hand a role back?
people-role-back-now = Your role now: { $what }.
people-role-back-then = Afterwards: { $what }.
people-role-back-how = Only a person who coordinates can give it to you again.
people-role-back-other = For somebody else: `{ $role } @Sam { $what }`
people-role-button-back = Hand it back
people-role-button-keep = Keep it
people-role-kept = All right. Nothing changes.
people-team-news = News from the team.
people-role-handed-back = { $alias } has handed back a role: { $what }.
people-team-alone = You are now the only one who coordinates.
people-second =
    A piece of advice: be two to coordinate. The group then holds in your absence too.
    To name somebody: `{ $role } @Sam coordinator`

# /remove
people-remove-who = Whom do you want to take out?
people-remove-form = Type for example: `{ $remove } @Sam`
people-remove-bot = I am a program. To be rid of me, remove me from the room.
people-remove-oneself =
    That is you.
    To leave: { $leave }
people-remove-not-here =
    I cannot find that person in this group.
    You wrote: { $name }
    Please check the name. You can also reply to a message of that person.
people-remove-ask = One question before going on.
people-remove-whom = Do you want to take { $name } out?
people-remove-silent = I tell nobody, neither the group nor that person. I keep no reason.
people-remove-ends = Reminders and messages stop. Their seats are freed at no cost. Their { $credits } and nickname stay kept.
people-remove-hosted =
    { $count ->
        [one] The session that this person hosts becomes yours. You can cancel it.
       *[other] The { $count } sessions that this person hosts become yours. You can cancel them.
    }
people-remove-coordinates = This person coordinates. They lose that role.
people-remove-barred-means = “No return”: they can join the group only if a coordinator allows it.
people-remove-button-yes = Take out
people-remove-button-here = Take out of this group
people-remove-button-everywhere = Take out of all groups
people-remove-button-barred = Take out, no return
people-remove-button-no = Change nothing
people-remove-button-undo = Go back
people-remove-done = Done.
people-removed = { $name } is no longer in the group.
people-removed-may-return = This person can come back by themself: { $join }
people-removed-barred = To let them come back one day: `{ $remove } @{ $name } back`
people-remove-may-return =
    If you had taken { $name } out, that person can join the group again: { $join }
    I do not tell them.
people-remove-gone =
    I cannot bring that person back any more.
    The data of { $name } is erased. One can still join as a new person: { $join }
people-brought-back = { $name } is in the group again, with the same role.
people-brought-back-not = Their seats and sessions do not come back by themselves.
people-join-barred = I cannot add you to this group for now.
people-join-barred-sos = Need help now: { $sos }
session-handed-over = A session is now yours to host.
