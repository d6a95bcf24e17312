# Prompts that facilitators post.
# Arguments: text, title: Text; count, number: Number; when: Moment; every other: Command.

prompt-new = A new prompt.
prompt-ask = Write it here. You will see it before the group does.
prompt-ask-session = Write here the prompt for the session “{ $title }”. You will see it before the group does.
prompt-start-empty = The text of the prompt is missing.
prompt-start-how = Write it before “at the start”, for example: `{ $prompt } { $number } How do you arrive tonight? at the start`
prompt-form = You can also type: `{ $prompt } What did you good this week?` or, for later: `{ $prompt } A word for tonight? at 18:00`
prompt-preview = This is what the group will see:
prompt-preview-when = This is what the group will see on { $when }:
prompt-button-post = Post
prompt-button-schedule = Schedule
prompt-button-change = Change
prompt-button-drop = Drop it
prompt-change = Write the new text here.
prompt-dropped = All right. Nothing is posted.
prompt-posted = It is posted.
prompt-scheduled = It is scheduled for { $when }.
prompt-button-withdraw = Withdraw
prompt-withdrawn = It is withdrawn. Nothing will be posted.
prompt-gone-out = This prompt is not waiting any more: it is posted or withdrawn already.
prompt-too-long =
    This text is too long.
    It has { $count } characters. Keep { $number } at most, and send it again.
prompt-paused =
    The group is on pause: nothing is posted there.
    To go on, a coordinator types: `{ $resume } group`
prompt-not-posted = Your prompt was not posted.
prompt-not-posted-paused =
    The group is on pause. Your text:
    { $text }
    To go on, a coordinator types: `{ $resume } group`
prompt-card = 💬 **The prompt**
prompt-card-session = 💬 **The prompt** for session { $number }, “{ $title }”, { $when }
prompt-card-text = { $text }
prompt-card-free = You answer if you like.
prompt-past =
    That moment is over: { $when }.
    Write an hour to come, or none to post right away.
prompt-gap =
    That hour does not exist: the clock goes forward that night.
    Write { $when } instead, or { $until }.
prompt-too-far =
    That is too far ahead: { $when }.
    Check the year.
