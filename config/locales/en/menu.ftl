# The menu: its buttons, and a line for each command, which platforms also show as its description.
# Arguments: command and those named after a command: Command; what: Msg.

menu-title = What would you like to do?
menu-not-installed = This room is not set up yet. Someone who administers it can type { $setup }
menu-not-joined = To take part in the group: { $join }
menu-all-title = Everything you can do here:
menu-line = { $command }: { $what }

menu-button-talk = I need to talk
menu-button-sos = 🆘 Help right now
menu-button-checkin = How are you?
menu-button-agenda = 📅 Sessions
menu-button-credits = My { $credits }
menu-button-pause = Take a break
menu-button-settings = ⚙️ My settings
menu-button-all = See everything

menu-menu = what I offer
menu-sos = help lines, right now
menu-talk = talk to someone
menu-checkin = say how you are, in private
menu-agenda = the next sessions
menu-credits = your { $credits }
menu-pause = receive nothing for a while
menu-settings = language, country, time zone, nickname
menu-join = join the group
menu-leave = leave the group
menu-mymonth = your last days, in words
menu-resume = end a pause
menu-statement = your movements, one by one
menu-give = give { $credits } to someone
menu-thanks = thank somebody
menu-book = book a seat
menu-cancel = give a seat back, or stop what is under way
menu-bookings = your bookings
menu-rules = the rules of the group
menu-language = choose the language
menu-country = choose the country, for the help lines
menu-timezone = choose the time zone
menu-alias = change your nickname
menu-discreet = shared phone, messages that go away, code
menu-session = propose a session
menu-attendance = say who came
menu-prompt = post a prompt
menu-issue = create { $credits } for someone
menu-choices = see and change what I agreed to
menu-reverse = correct a transfer
menu-fund = the funds and their budgets
menu-report = tell the team what is wrong
menu-block = get nothing more from somebody
menu-remove = take somebody out of the group, in silence
menu-profile = your profile as a supporter
menu-role = give a role, or hand yours back
menu-setup = set up the group in this room
menu-mydata = a copy of all I keep about you
menu-erase = erase everything
menu-link = join your accounts on several messengers
