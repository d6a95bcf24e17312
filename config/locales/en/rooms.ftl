# What happens to rooms.
# Arguments: other-platform: Text.

room-silenced =
    News of your group.
    I can no longer write in one of the group's rooms, on { $other-platform }.
    What I announce does not arrive there. In private I still answer.
    To mend it: someone who administers that room lets me write there again. I go on at once.
