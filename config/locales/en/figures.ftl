# The figures of a month, for whoever funds the community.
# Values of this file's own: figures → Command; what → Msg; number and count bound a band.

figures-title = The figures of a month.
figures-month = Month: { $text }
figures-held = { $count ->
    [one] { $count } session held
   *[other] { $count } sessions held
}
figures-cancelled = { $count ->
    [one] { $count } session cancelled
   *[other] { $count } sessions cancelled
}
figures-seats = { $count ->
    [one] { $count } seat offered
   *[other] { $count } seats offered
}
figures-came = Attendances: { $what }
figures-absent = Absences: { $what }
figures-waited = Waited and got no seat: { $what }
figures-listened = One-to-one talks: { $what }
figures-band = { $number } to { $count }
figures-few = too few to be told
figures-how = Numbers of people come in bands, from five different people on who agreed to it, without the team and newcomers.
figures-button-file = As a file
figures-button-month = { $text }
figures-not-over = The figures of this month come from { $when } on, when all its sessions are marked. After that they do not change.
figures-unclear =
    I did not understand which month.
    You wrote: { $typed }
figures-form = For example: `{ $figures } october`, `{ $figures } 2026-10`, `{ $figures } 2026-10 csv`
figures-column-month = month
figures-column-what = what
figures-column-least = from
figures-column-most = to
figures-row-held = sessions held
figures-row-cancelled = sessions cancelled
figures-row-seats = seats offered
figures-row-came = attendances
figures-row-absent = absences
figures-row-waited = waited without a seat
figures-row-listened = one-to-one talks
