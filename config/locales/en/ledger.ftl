# The coordinators' ledger: funds, budgets, corrections; and the gift that is taken back.
# Arguments: amount, number, total, count, free: Number; fund, name: Text (fund may be a Msg); day: Day; what: Msg;
# command, cancel, settings: Command.

## Funds

ledger-funds-title = Here are the funds.
ledger-funds-none = No fund has been used yet. { $command } makes one.
ledger-fund-title = Here is this fund.
ledger-fund-line = • { $fund }: holds { $amount }, { $count } issued in all, no limit
ledger-fund-line-budget = • { $fund }: holds { $amount }, { $count } issued in all, budget { $total }, { $free } left to give
ledger-fund-line-closed = • { $fund }: closed, { $count } issued in all
ledger-solidarity-month = • month from { $day }: solidarity paid { $amount } in all
ledger-fund-form =
    To set a budget: `{ $command } { $name } 500`
    Without a limit: `{ $command } { $name } unlimited`
ledger-fund-which = Which fund? Write its name.
ledger-fund-unknown =
    This fund does not exist yet.
    You wrote: { $fund }
ledger-fund-made = The fund is made.
ledger-fund-built-in =
    This fund cannot be closed.
    The group always needs it: { $fund }
ledger-fund-closed =
    This fund is closed.
    To open it again: `{ $command } { $name } reopen`
ledger-fund-is-closed =
    { $amount ->
        [0] The fund "{ $fund }" is closed. It was empty.
        [one] The fund "{ $fund }" is closed. What was left went back: { $amount } { $credit }.
       *[other] The fund "{ $fund }" is closed. What was left went back: { $amount } { $credits }.
    }
ledger-budget-range =
    This budget is not possible.
    It has to be a whole number from 0 to { $total }.
ledger-budget-spent = { $amount ->
    [one] The fund "{ $fund }" has received { $amount } { $credit } already: its budget cannot go down to { $total }.
   *[other] The fund "{ $fund }" has received { $amount } { $credits } already: its budget cannot go down to { $total }.
}
ledger-button-funds = The funds
ledger-button-fund = { $fund }
ledger-button-close = Close this fund
ledger-button-reopen = Open it again
ledger-given-to-solidarity = { $amount ->
    [one] { $amount } { $credit } for solidarity. Thank you.
   *[other] { $amount } { $credits } for solidarity. Thank you.
}
ledger-solidarity-itself = The solidarity fund cannot be filled from itself. Take another fund.

## Corrections

ledger-reverse-which = Which transfer? Write its number, then the reason.
ledger-reverse-form = For example: `{ $command } { $number } wrong amount typed`
ledger-reverse-none =
    This transfer does not exist.
    You wrote: no. { $number }
ledger-reverse-twice =
    This transfer is corrected already.
    The correction of no. { $number } is no. { $count }.
ledger-reverse-booking =
    A booked seat is not corrected this way.
    Cancel the seat or the session: { $cancel }
ledger-reverse-marked =
    A session that is marked is not corrected this way.
    Its accounts are settled. Whoever held it can give { $credits } back: { $give }
    You can also issue some: { $command }
ledger-reverse-not =
    This movement cannot be corrected.
    If somebody lacks { $credits }: { $command }
ledger-reverse-followed =
    What waited was delivered or went back. That cannot be corrected any more.
    Whoever received it can give { $credits } back: { $command }
ledger-reverse-gone =
    One of the two people is no longer here.
    Their account is closed. You can issue { $credits } to the other: { $command }
ledger-reverse-own = Nobody corrects their own { $credits }. Another coordinator can do it.
ledger-reverse-spent = The { $credits } of transfer no. { $number } have been used already.
ledger-reverse-allow =
    You can wait, or allow corrections to go below zero: `{ $settings } corrections yes`
    To give { $credits } back without taking any: { $command }
ledger-reversed = { $amount ->
    [one] Transfer no. { $number } of { $day } is corrected: { $amount } { $credit }, { $what }.
   *[other] Transfer no. { $number } of { $day } is corrected: { $amount } { $credits }, { $what }.
}
ledger-corrected-out = { $amount ->
    [one] A correction by the coordinators: { $amount } { $credit } of transfer no. { $number } is taken back.
   *[other] A correction by the coordinators: { $amount } { $credits } of transfer no. { $number } are taken back.
}
ledger-corrected-in = { $amount ->
    [one] A correction by the coordinators: { $amount } { $credit } of transfer no. { $number } is yours again.
   *[other] A correction by the coordinators: { $amount } { $credits } of transfer no. { $number } are yours again.
}
ledger-button-ledger = The ledger
ledger-corrections-allowed = A correction may go below the minimum.
ledger-corrections-not-allowed = A correction never goes below the minimum.
ledger-corrections-ask = Is it allowed, when the { $credits } have been used already?

ledger-kind-issue = paid into the fund
ledger-kind-grant = { $credits } from the coordinators
ledger-kind-gift = gift
ledger-kind-back = gift that came back
ledger-kind-booking = booked seat
ledger-kind-refund = seat given back
ledger-kind-attendance = session held
ledger-kind-late = late cancellation or absence
ledger-kind-reversal = correction
ledger-kind-closing = closed account

## Taking a gift back

ledger-button-undo = Undo this gift
ledger-undone = { $amount ->
    [one] Gift no. { $number } is undone: { $amount } { $credit } is yours again.
   *[other] Gift no. { $number } is undone: { $amount } { $credits } are yours again.
}
ledger-undone-to-you = { $amount ->
    [one] Gift no. { $number } is undone: { $amount } { $credit } is taken back.
   *[other] Gift no. { $number } is undone: { $amount } { $credits } are taken back.
}
ledger-undo-none =
    This gift is not yours, or does not exist.
    You wrote: no. { $number }
ledger-undo-before =
    This gift is undone already.
    It was no. { $number }.
ledger-undo-late =
    It is too late to undo it.
    A gift can be undone within { $count } minutes. The coordinators can still correct it.
ledger-undo-spent = This gift has been used already. Talk to the person, or to the coordinators.
ledger-solidarity-no-budget =
    The solidarity fund has no limit.
    It pays where somebody has too few { $credits }, so that nobody is turned away.
