# Shared phones: what a lock screen shows, the discreet mode, its code.
# Arguments: count, number: Number; title: Text; when: Moment; length: Minutes; command and those named after a command: Command.

# Above a private message whose own first line would tell something.
lock-screen = Un message pour vous.
