# The library of a group's prompts, and the one that comes every week.
# Values of this file's own: prompt, resume → Command; count, number → Number.

library-list = The prompts in store:
library-item = { $number }. { $text }
library-empty = Nothing is in store.
library-form = To add one: `{ $prompt } add What made you smile?`
library-form-every = To post one every week: `{ $prompt } every monday 18:00`
library-form-remove = To take one out: `{ $prompt } remove 2`
library-next = The next one comes on { $when }.
library-next-number = It will be number { $number }.
library-ask = Write it here. You will see it before it is in store.
library-preview = This is what the group will see, when its time comes:
library-added = It is in store.
library-added-number = Its number: { $number }.
library-known =
    This prompt is in store already.
    Its number: { $number }.
library-full =
    The store is full.
    { $count ->
        [one] It holds { $count } prompt: take it out first.
       *[other] It holds { $count } prompts: take one out first.
    }
library-no-such =
    This number is not in store.
    You wrote: { $number }
library-removed = It is taken out.
library-text = “{ $text }”
library-empty-rota = The store is empty now: nothing comes by itself until you add one.
library-rota = Done. Every week one prompt of the store is posted, in turn.
library-paused = The group is paused: nothing is posted until it goes on (`{ $resume } group`).
library-off = It is stopped. Nothing comes by itself any more.
library-off-already = Nothing comes by itself at the moment.
library-button-list = See the store
library-button-add = Put in store
library-button-more = Add one
library-button-back = Put it back
library-button-off = Stop every week

## Ready-made rounds
prompt-ready-opening =
    An opening round.
    If you like, say your nickname and a word on how you arrive.
    Then what you would like to find here today.
    You may pass, or only listen. What is said here stays here.
prompt-ready-closing =
    A closing round.
    If you like, say a word, or one thing that you take with you.
    You may also leave in silence.
    If something stays heavy, write to me in private: "I need to talk".
prompt-preview-start = This is what the group will see when the session starts:
prompt-session-over = This session has started or is not there any more. Choose another one in the agenda.
prompt-not-posted-late =
    Its time is past. Your text:
    { $text }
    You can post it again.
