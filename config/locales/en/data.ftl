# /erase, /mydata, how long things are kept.
# Arguments: association, text, typed, word, start: Text; number, count, days, months, amount: Number; day: Day; what: Msg;
# mydata, role, settings, menu: Command.

# /erase
data-erase-which = What would you like to erase?
data-erase-kept = All right. Nothing is erased.
data-nothing-done = All right. I do nothing.
data-button-community = { $association }
data-button-community-unnamed = Group no. { $number }
data-button-all = Everything
data-button-none = Nothing
data-erase-last-coordinator =
    I cannot erase everything just yet: the group has nobody else to coordinate it.
    Hand it over first: `{ $role } @Sam coordinator`
    You can have a copy of your data right away: { $mydata }
data-button-copy = Keep a copy
data-button-erase = Erase everything

# The sessions of somebody who is gone
data-session-yours = A session needs you.
data-session-yours-line =
    { $count ->
        [0] The person who was to hold it is gone. You hold it now. Nobody has booked yet.
        [one] The person who was to hold it is gone. You hold it now. One person has booked.
       *[other] The person who was to hold it is gone. You hold it now. { $count } people have booked.
    }
    If you cannot, cancel it: everyone will be told.
data-session-other-host = News of a session.
data-session-other-host-line = Somebody else holds it. Your seat does not change.
data-session-closed = News of a session.

# /mydata
data-copy-which = Of what would you like a copy?
data-copy = Here is the same, to read.
data-copy-files = Any phone opens the `.txt` page. The `.json` file is for another program.
data-copy-care =
    These files are not encrypted. Shared phone? Delete them afterwards.
    Nothing in them is about anybody else: who gave you credits is “a member” there.
data-copy-json = Here is what I keep about you.
data-copy-part = Here is more, part { $number }.

# The page
data-page-title = What I keep about you, { $text }
data-page-version = Form { $number }. Times are in universal time (UTC).
data-page-head =
    { "" }
    == { $what } ==
data-page-account = Your account
data-page-platform = Messenger: { $text }
data-page-id = Account number: { $text }
data-page-user-name = User name: { $text }
data-page-shown = Shown name: { $text }
data-page-language = Language: { $text }
data-page-country = Country: { $text }
data-page-zone = Time zone: { $text }
data-page-used = Last used, to the day: { $text }
data-page-questions = Questions with choices: { $count }
data-page-awaited = I wait for the end of: { $text }
data-page-chosen = The group chosen for a day: { $text }
data-page-linked = Your other account, on { $text }: { $name }
data-page-report = { $start }: you reported: { $text }
data-page-blocked = You want nothing more from: { $text }
data-page-thanks = { $start }: thanks to { $text }
data-page-thanked = { $start }: thanks from a member
data-page-founder = A room that you set up waits for your consent.
data-page-owed = A message for you has waited since: { $text }
data-page-failed = { $start }: I could not handle this message: { $text }
data-page-nowhere = You are in no group. I keep nothing else.
data-page-community = { $association }
data-page-community-unnamed = A group
data-page-contact = Contact: { $text }
data-page-alias = Nickname: { $text }
data-page-paused = Paused until: { $text }
data-page-coordinator = You coordinate.
data-page-left = You left on: { $text }
data-page-offers = What you offer: { $what }
data-page-kept = Your check-ins are kept for { $months } months, as you chose.
data-page-group = Group { $text }, since { $start } ({ $what })
data-page-group-ended = until { $text }
data-page-consent = Consent ({ $what }): { $items }, text { $number }, { $start }
data-page-checkins = Your check-ins
data-page-checkin = { $start }: { $what }
data-page-line = { "    " }{ $text }
data-page-bookings = Your bookings
data-page-booking = no. { $number }, { $text }, { $start } ({ $what })
data-page-seat-kept = Seat kept: { $title }
data-page-sessions = The sessions you hold
data-page-session = { $start }: { $text }
data-page-prompts = Your prompts
data-page-dated = { $start }: { $text }
data-page-credits = Your { $credits }
data-page-balance = Balance: { $amount }
data-page-set-aside = Set aside for sessions: { $amount }
data-page-gift = A gift that waits, transfer no. { $number }: { $amount }
data-page-movement = no. { $number }, { $start }: { $text }, { $what }
data-page-from-member = { "    " }from a member
data-page-older = Older movements are in the .json file.

# Words of the page
data-word-member = member
data-word-supporter = peer supporter
data-word-facilitator = facilitator
data-word-participation = taking part
data-word-alerts = alerts
data-word-figures = figures for partners
data-word-given = yes
data-word-withdrawn = withdrawn
data-word-asked = asked again
data-word-checkins = check-ins
data-word-booked = booked
data-word-waiting = waiting list
data-word-offered = seat offered
data-word-cancelled = cancelled
data-word-attended = came
data-word-absent = absent
data-word-lapsed = lapsed
data-word-issue = issue
data-word-grant = { $credits } from the coordination
data-word-gift = gift
data-word-gift-return = gift returned
data-word-booking = booking
data-word-refund = refund
data-word-attendance = session held or attended
data-word-late = late cancellation or absence
data-word-reversal = correction
data-word-closing = account closed
data-word-other = other

# /settings retention
data-retention = Here is how long this group keeps things.
data-retention-notes = The notes of check-ins: { $days } days.
data-retention-scores = Check-ins: { $months } months. Each person may keep their own for longer.
data-retention-bookings = Past bookings: { $months } months.
data-retention-still = An account without any message for two years: erased, and told thirty days before.
data-retention-how =
    To change it:
    `{ $settings } retention notes 60` (30 to 90 days)
    `{ $settings } retention checkins 6` (3 to 12 months)
    `{ $settings } retention bookings 6` (3 to 12 months)
data-retention-unknown = I do not know “{ $typed }” here.
data-retention-notes-bounds = For notes, write a number of days from 30 to 90: `{ $settings } retention notes 60`
data-retention-scores-bounds = For check-ins, write a number of months from 3 to 12: `{ $settings } retention checkins 6`
data-retention-bookings-bounds = For bookings, write a number of months from 3 to 12: `{ $settings } retention bookings 6`
data-retention-notes-set = The notes of check-ins are kept for { $days } days.
data-retention-scores-set = Check-ins are kept for { $months } months.
data-retention-bookings-set = Past bookings are kept for { $months } months.
data-retention-soon = What is older is erased within twenty-four hours.

# /settings keep
data-done = Done.
data-not-understood = I did not understand.
data-keep-title = Here is your setting.
data-keep = Your check-ins are kept for { $months } months.
data-keep-ask = You can keep yours for longer. Your notes follow the group's rule.
data-keep-bounds = Choose one of these lengths.
data-keep-set = Your check-ins are kept for { $months } months.
data-button-months = { $months } months
data-button-keep = How long my check-ins are kept

# An account long without a message
data-still = Hello. A word about your account.
data-still-day = You have written nothing here for almost two years. On { $day }, I erase what I keep about you.
data-still-stay = To stay, write me a word, for example { $menu }
data-still-copy = For a copy: { $mydata }
data-button-stay = Stay
