# Joining, setting up, leaving, settings, roles, pauses, rules.
# Arguments: typed, name, alias, code, group, association, zone, text: Text; count, number: Number; when: Moment;
# language: Language; country: Country; platform: Platform; what: Msg; every other: Command.

# /setup
people-setup-already = This room is set up already.
people-setup-more-codes = To open another room or another group, ask for codes.
people-setup-you-are-in = You are in the group already.
people-setup-how-to-join = To take part: { $join }
people-setup-bad-code =
    This code opens nothing here.
    It is mistyped, used already or too old: a code works once, for 24 hours.
    The coordinator can give a new one: `{ $settings } codes`
    Without a code, `{ $setup }` makes a new group.
people-setup-room-added = Done. This room is now part of the group.
people-setup-group-added = Done. This room is now a new group.
people-setup-declined =
    All right. I keep nothing about you.
    The room stays ready: someone else who administers it can type { $setup }
people-setup-ready = The group is ready.
people-setup-coordinator =
    You coordinate it.
    { $sos } answers everybody, right away.
people-codes = Here are two codes.
people-code-room = To add a room to this group, type there: `{ $setup } { $code }`
people-code-group = To open another group of the same association, type there: `{ $setup } { $code }`
people-code-until = Each code works once, until { $when }.
people-setup-refine = You can add details, now or later: { $settings }

# /join
people-button-join = Join the group
people-join-already = You are in the group already. What would you like to do?
people-joined = Done. Welcome.
people-joined-alias = Here your nickname is **{ $alias }**. To change it: { $alias-command }
people-joined-next = Nothing is compulsory. Here is what you can do:
people-declined =
    All right. I keep no nickname and no answers of yours.
    You can change your mind any time: { $join }
    { $sos } stays open.
people-notice-title = Here are the details.
people-notice-who = Who keeps your data: { $association }.
people-notice-contact = To reach the team: { $text }
people-notice-no-contact = To reach the team: talk to someone who leads the group.
people-notice-what =
    What I keep: your account on this messenger, your nickname, your language, your country, your bookings, your credits.
    I do not keep what you write to others in the group.
people-notice-why = Why: to handle bookings and credits. Nothing else. It rests on your agreement alone.
people-notice-how =
    How: names and texts are kept encrypted. Nothing is sold.
    Until when: your notes, 90 days; your check-ins and bookings, 12 months. Your group may have chosen less.
    The rest: until you erase it, or after two years without a message from you, with a warning.
people-notice-platform = { $platform } sees our messages too, under its own rules.
people-notice-rights =
    You choose for each use: { $choices }
    You can leave: { $leave }. Get a copy: { $mydata }. Erase everything: { $erase }
people-notice-complaint = A complaint? The data protection authority of your country takes it (in France, the CNIL).

# /leave
people-leave-ask = Do you really want to leave?
people-leave-bookings =
    { $count ->
        [one] Your booked seat will be freed.
       *[other] Your { $count } booked seats will be freed.
    }
people-leave-kept = Your nickname and your { $credits } stay kept. You can come back: { $join }
people-leave-button-yes = Leave
people-leave-button-no = Stay
people-leave-stayed = All right. Nothing changes.
people-leave-not-in =
    You are not in this group.
    To take part: { $join }
people-leave-last-coordinator =
    You cannot leave just yet: the group has nobody else to coordinate it.
    Hand it over first: `{ $role } @Sam coordinator`
people-left =
    Done. You have left.
    You can come back any time: { $join }
    { $sos } stays open.

# /settings
people-settings = Your settings.
people-settings-language = Language: { $language }
people-settings-country = Country: { $country }
people-settings-no-country = Country: not chosen yet
people-settings-zone = Time zone: { $zone }
people-settings-alias = Nickname: { $alias }
people-settings-community = **For everybody**
people-settings-association = Association: { $association }
people-settings-no-association = Association: not named yet
people-settings-contact = Contact: { $text }
people-settings-no-contact = Contact: not given yet
people-settings-group = Name of the group: { $group }
people-settings-unknown =
    I do not know that setting.
    You wrote: { $typed }
    Type { $settings } to see the choices.
people-button-language = My language
people-button-my-country = My country
people-button-my-zone = My time zone
people-button-alias = My nickname
people-button-association = Name of the association
people-button-contact = Contact
people-button-group-name = Name of the group
people-button-community-language = Language of the group
people-button-community-zone = Time zone of the group
people-button-community-country = Country of the group
people-button-charter = Rules
people-button-codes = New codes

# /language
people-language-now = Your language: { $language }. You can choose:
people-language-set = Done. Your language: { $language }.
people-language-unknown =
    I do not know that language yet.
    You wrote: { $typed }
    Choose below, or type for example: `{ $language-command } en`
people-button-a-language = { $language }

# /country
people-country-now = Your country: { $country }.
people-country-none = No country is chosen.
people-country-ask = The country tells which help lines to show. Choose one, or write its name.
people-country-set =
    Done. Your country: { $country }.
    { $sos } shows the numbers of that country.
people-country-unknown =
    I do not know that country.
    You wrote: { $typed }
    Choose one, or write its name, for example: `{ $country-command } France`
people-button-country = { $country }

# /timezone
people-zone-now =
    Your time zone.
    { $zone }. Now: { $when }.
people-zone-ask = Choose one, or write the name of a large city nearby.
people-zone-set =
    Done.
    Your time zone: { $zone }. Now: { $when }.
people-zone-unknown =
    I do not know that time zone.
    You wrote: { $typed }
    Choose one, or write a large city, for example: `{ $timezone } Europe/Paris`
people-button-zone = { $zone }

# /alias
people-alias-now =
    Your nickname.
    Here you are called **{ $alias }**.
people-alias-ask = To change it, write the new one, for example: `{ $alias-command } Nadia`
people-alias-set =
    Done.
    Your nickname: **{ $alias }**
people-alias-numbered = “{ $name }” looks like another name, so I added a number.
people-alias-empty =
    I need a name that can be seen.
    For example: `{ $alias-command } Nadia`
people-alias-bot =
    This nickname looks like my name. People might mix us up.
    Choose another one, for example: `{ $alias-command } Nadia`

# What coordinators set
people-association-ask = What is the name of the association? Write it here.
people-association-set =
    Done.
    The association: { $association }.
people-contact-ask = How can people reach the team? Write a phone number, an address or a name.
people-contact-set =
    Done.
    The contact: { $text }
people-group-name-ask = What is the name of this group? Write it here.
people-group-name-set =
    Done.
    The group is called: { $group }.
people-community-language-now = The language of the group: { $language }. You can choose:
people-community-language-set = Done. The language of the group: { $language }.
people-community-zone-now =
    The time zone of the group.
    Today: { $zone }.
people-community-zone-set =
    Done.
    The time zone of the group: { $zone }. Now: { $when }.
people-community-country-now = The country of the group: { $country }.
people-community-country-none = No country is chosen for the group.
people-community-country-set = Done. The country of the group: { $country }.
people-charter-ask =
    Write the rules of the group, in one message.
    { $rules } shows the present ones.
people-charter-set = Done. The new rules can be read with { $rules }
people-charter-default-set = Done. The usual rules can be read with { $rules }
people-button-charter-default = The usual rules

# /pause, /resume
people-pause-ask =
    For how long?
    You can also type: `{ $pause } 3 weeks`, up to { $number } days.
people-pause-now = You are on pause until { $when }.
people-pause-set = Noted. Take your time.
people-pause-until = Pause until { $when }.
people-pause-what =
    Until then: no invitations, no reminders.
    Your bookings stay. { $sos } stays open.
people-pause-form =
    I did not understand the length.
    You wrote: { $typed }
    A pause lasts 1 to { $number } days, for example: `{ $pause } 7d`
people-pause-range =
    That is too short or too long.
    A pause lasts 1 to { $number } days.
    For example: `{ $pause } 7d`
people-button-pause-day = 1 day
people-button-pause-week = 7 days
people-button-pause-month = 30 days
people-button-resume = Resume
people-resumed = Noted. The pause is over.
people-resume-not-paused =
    You are not on pause.
    To take one: { $pause }
people-group-paused = Noted. The group is on pause: no more prompts or invitations.
people-group-paused-already = The group is on pause already.
people-group-resumed = Noted. The group goes on.
people-group-not-paused = The group is not on pause.

# /rules
people-rules-title = **The rules of the group**
people-rules-own = { $text }
people-rules-default =
    • What is said here stays here.
    • We speak about ourselves and do not judge others.
    • We listen to the end.
    • We give no advice unless someone asks for it.
    • Anyone may stay silent, or leave, without saying why.
    • No photos, no names, no messages copied out of the group.
    • Need help now: { $sos }
people-rules-contact = To reach the team: { $text }
