# What the operator must know, in their room (operator.room).

operator-incident =
    A message could not be handled. Nothing else is affected.
    Number: { $code }. The program's log says what happened.
operator-backlog =
    Messages have been waiting for { $length }.
    Does the platform answer? Nothing is lost, they go out as soon as possible.
operator-verify-failed =
    The nightly check found { $count ->
        [one] one fault
       *[other] { $count } faults
    }.
    To see them: entraide verify
