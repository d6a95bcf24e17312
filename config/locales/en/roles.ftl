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
people-role-unknown = I do not know the role “{ $typed }”.
people-role-one-only = One person at a time, please.
people-role-form = Type for example: `{ $role } @{ $name } { $what }`
people-role-words = The roles: member, supporter, facilitator, coordinator.
people-role-word-member = member
people-role-word-supporter = supporter
people-role-word-facilitator = facilitator
people-role-word-coordinator = coordinator
people-role-bot = I am a program. I cannot have a role.
people-role-not-here =
    I cannot find { $name } in this group.
    They need to type { $join } first. Please check the name too.
people-role-same = { $name } has that role already: { $what }.
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
people-role-own = Your role in the group: { $what }.
people-role-own-who = Roles are given by the people who coordinate.
people-role-own-same = You have this role already: { $what }.
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
