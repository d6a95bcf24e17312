# Around sessions: afterwards, reminders, needs.
# Values of this file's own: what → Msg; role, cancel, settings, pause → Command; text, name, typed → Text.

## Attendance, asked again
after-attendance-again = A word about a past session. Who came?
after-attendance-until = You can answer until { $when }. After that, what was set aside goes back.

## What people who came say
after-feedback = A word about your last appointment, if you like.
after-feedback-ask = Did this time do you good?
after-feedback-how = Nobody sees who answered. Answers are shown mixed, from five on. Nothing is required.
after-button-little = Not really
after-button-some = A little
after-button-much = Yes
after-feedback-kept = Noted. Thank you.
after-feedback-until = You can change it until { $when }.
after-button-line = Add a line
after-button-line-again = Change my line
after-button-no-line = Take my line back
after-line-ask = Write a line here, if you like.
after-line-how = It is shown without your name, with the others, from five answers on. Leave out what tells who you are, or who others are.
after-line-long =
    This line is too long.
    It has { $count } characters. Keep { $number } at most, and send it again.
after-rating-unclear =
    I did not understand this answer.
    You wrote: { $typed }. Write 1 (not really), 2 (a little) or 3 (yes).
after-feedback-not-there =
    Feedback is for those who came.
    You are not marked as present here.
after-feedback-over =
    The time for feedback is over.
    One could answer until { $when }.
after-answers = What people said of a session.
after-answers-from = It is shown from { $when } on, if there is enough of it.
after-answers-none = There is not enough of it to be shown without somebody being recognised.
after-answers-much = It did good to: { $what }.
after-answers-some = A little good to: { $what }.
after-answers-little = Not really to: { $what }.
after-band-most = most
after-band-part = some
after-band-few = few people, or nobody
after-answers-lines = Some lines, without names:
after-answers-line = “{ $text }”
after-answers-host-only =
    Feedback is for the host.
    Ask them, or the coordination.
after-button-answers = What people said

## How it was for the host
after-debrief = And for you?
after-debrief-ask = How was this session for you, who held it?
after-debrief-who = Nobody else sees your answer.
after-button-light = Light
after-button-heavy = Heavy
after-button-hard = Hard
after-button-skip = Skip
after-debrief-skipped = All right.
after-debrief-light = Noted. Thank you for this time.
after-debrief-heavy = Noted. Thank you for saying so.
after-debrief-heavy-line = Talking about it can make it lighter. The button is there if you like.
after-debrief-hard = Thank you for saying so.
after-rest = A pause of 24 hours begins, until { $when }. Until then nobody new can book a one-to-one with you.
after-rest-may = You may refuse it. Nobody will know.
after-rest-soon = Until then you still hold this. Somebody else can do it in your place:
after-button-rest = Keep the pause
after-button-no-rest = No pause
after-rest-kept = The pause is on. Take care of yourself.
after-rest-refused = All right. No pause.

## Handing a session over
after-button-hand = Hand it over
after-button-hand-number = Hand over no. { $number }
after-button-hand-other = Ask somebody
after-button-name = { $name }
after-button-accept = I accept
after-button-decline = I cannot
after-hand-whom = Who can hold it in your place?
after-hand-nobody = Nobody else holds sessions here for now.
after-hand-how = Choose a name, or write it here. The facilitator role is needed: `{ $role }`
after-hand-how-nobody = Write a name here. The facilitator role is needed: `{ $role }`
after-hand-asked = They are asked, in private.
after-hand-until = Nothing changes unless they accept. Their answer by { $when }.
after-hand-oneself = Choose somebody other than yourself.
after-hand-bot = I cannot hold sessions.
after-hand-who =
    I find nobody of that name who holds sessions here.
    You wrote: { $name }. The coordination gives the role: `{ $role }`
after-hand-holds =
    This person already holds the session.
    You wrote: { $name }.
after-hand-host-only = The host can hand the session over.
after-hand-not-listening = A one-to-one is not handed over: the person chose with whom. You can cancel it.
after-request = A request for you.
after-request-who = { $name } asks you to hold this session. Nothing changes unless you accept, and you can say no without a reason.
after-request-until = Answer before { $when }. Without an answer nothing changes.
after-request-gone =
    This request is over.
    There is nothing to do.
after-hand-taken = Noted. You hold it, thank you.
after-hand-declined = Noted. Nothing changes for you.
after-hand-news = News of a session.
after-hand-accepted = Somebody else holds it now. There is nothing left for you to do.
after-hand-still = The person who was asked cannot, or did not answer. The host stays the same.
after-still-held = Sessions to come keep the same host. To hand them over or cancel them: `{ $cancel }` and the number.

## Reminders
remind-button = My reminders
remind-settings = Your reminders.
remind-kept = Noted.
remind-both = I remind you of your sessions a day before, and an hour before.
remind-day = I remind you of your sessions a day before.
remind-hour = I remind you of your sessions an hour before.
remind-none = I do not remind you of your sessions. A change of date or a cancellation always reaches you.
remind-quiet = Quiet hours, in your time: { $text }. What would fall into them comes a little earlier, or a little later.
remind-never-quiet = No quiet hours.
remind-pause = To stop everything for some days: `{ $pause }`
remind-button-day-on = A day before: yes
remind-button-day-off = A day before: no
remind-button-hour-on = An hour before: yes
remind-button-hour-off = An hour before: no
remind-button-quiet = Quiet { $text }
remind-button-never-quiet = Never quiet
remind-unclear =
    I did not understand.
    You wrote: { $typed }
remind-form = For example: `{ $settings } reminders day no`, `{ $settings } reminders quiet 22:00-8:00`, `{ $settings } reminders none`
remind-late = This reminder is late: the program was stopped.
remind-name = • { $name }
remind-name-need = • { $name }: { $text }

## Needs
need-button = Tell a need
need-ask = What do you need? A line is enough.
need-who = Only the host reads it, an hour before at the latest. It is erased after the session.
need-example = For example: a ramp, a seat near the door, subtitles.
need-kept = Noted.
need-until = The host will read it, an hour before at the latest.
need-now = The host reads it now.
need-later = The host has had { $count } messages from you already: this one they will find in the details of the session.
need-notice = A word for you, who host.
need-button-away = Take it back
need-away = It is taken back.
need-long =
    This line is too long.
    It has { $count } characters. Keep { $number } at most, and send it again.

## One's own data
around-page-need = Need for session no. { $number }: { $text }
around-page-feedback = { $start }: feedback on session no. { $number }, “{ $what }”
around-page-debrief = Session no. { $number } that you held: { $what }
around-page-rest = Pause after a session, until { $text }

## The address of one's calendar
feed-button = My calendar elsewhere
feed-button-make = Make my address
feed-button-renew = New address
feed-button-end = Stop
feed-button-titles = Show titles
feed-button-no-titles = Hide titles
feed-button-gone = Take out of my calendar
feed-gone = Open this file with your calendar: it takes this appointment out.
feed-what = Your appointments in your phone's calendar, kept up to date.
feed-what-next = I can give you an address to add there. It is secret: whoever has it can read your appointments.
feed-what-titles = Without title or place, only “Agenda” and the hour, as long as you do not ask for more.
feed-made = Here is your address.
feed-address = { $link }
feed-how = In your calendar, look for “Subscribe to a calendar”, and paste it.
feed-secret = Keep it to yourself. A new one replaces the old one. Whoever keeps your calendar online (Google, Apple and others) reads what it shows.
feed-there = Your calendar has an address.
feed-since = Since { $when }. I cannot show it again: I keep only a fingerprint of it.
feed-with-titles = It shows titles and places.
feed-without-titles = It shows the hour, without title or place.
feed-ended = It is stopped. That address leads nowhere any more.
feed-discreet =
    On a shared phone the address stays without titles.
    To change that, turn the discreet mode off first.
feed-not-offered = Here I cannot give an address for your calendar.
feed-not-offered-next = Whoever runs the program can allow it with the setting `http.public_url`. A file for each session always works.
feed-unclear =
    I did not understand.
    You wrote: { $typed }
feed-form = For example: `{ $settings } calendar`, `{ $settings } calendar new`, `{ $settings } calendar titles no`, `{ $settings } calendar off`
around-page-address = Your calendar has a private address since { $text }
