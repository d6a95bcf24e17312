# The statement of a month, and the coordinators' ledger.
# Arguments: amount, count, number, total: Number; of-month: Month; day: Day; name, fund: Text (may be a Msg); what: Msg;
# command, statement: Command.

## A month

statement-month-opening = { $of-month }, at the beginning: { $amount }
statement-month-closing = { $of-month }, at the end: { $amount }
statement-month-today = Today: { $amount }
statement-month-nothing = Nothing moved in that month.
statement-month-more =
    { $count ->
        [one] There is { $count } more movement. The file shows them all.
       *[other] There are { $count } more movements. The file shows them all.
    }
statement-month-to-come =
    That month has not begun.
    You asked for: { $of-month }
statement-button-month = { $of-month }
statement-button-this-month = This month
statement-button-by-month = By month
statement-csv-balance = balance
statement-csv-opening = balance at the beginning of the month
statement-csv-closing = balance at the end of the month

## The ledger

journal-title = Here is the ledger.
journal-of-fund = Fund: { $fund }
journal-of-month = Month: { $of-month }
journal-nothing = There is no movement to show here.
journal-line = no. { $number }, { $day }: { $amount }, { $what }
journal-issued = issued to the fund “{ $fund }”
journal-granted = fund “{ $fund }”, for { $name }
journal-grant-waits = fund “{ $fund }”, for somebody who is not there yet
journal-to-solidarity = fund “{ $fund }”, for solidarity
journal-came-back = back to the fund “{ $fund }”
journal-given = gift by { $name }
journal-rewarded = fund “{ $fund }”, to { $name } for session no. { $number }
journal-reward-waits = fund “{ $fund }”, session no. { $number }, waits for a decision
journal-corrected = correction of no. { $number }
journal-closed = fund “{ $fund }” closed
journal-figures-apart = Seats, listening and solidarity: only as sums, in the month's figures.
journal-file = Here is the ledger, as a file.
journal-button-figures = Figures of the month
journal-csv-fund = fund
journal-csv-name = alias
journal-form = The ledger: `{ $command }`, as a file: `{ $command } csv`
journal-form-filter = A fund, a category, a month: `{ $command } fund:council cat:hosting june`
journal-form-figures = The figures of a month: `{ $command } figures june`

journal-figures-title = Here are the month's figures.
journal-figures-not-over =
    That month is not over. Its figures come after it.
    You asked for: { $of-month }
journal-figures-sum =
    { $count ->
        [one] • { $what }: { $amount } ({ $count } time)
       *[other] • { $what }: { $amount } ({ $count } times)
    }
journal-figures-few = • { $what }: fewer than { $number } times
journal-figures-times =
    { $count ->
        [one] • { $what }: { $count } time
       *[other] • { $what }: { $count } times
    }
journal-figures-issued = issued to the funds
journal-figures-granted = from the funds to people
journal-figures-gifts = gifts between people
journal-figures-seats = seats booked
journal-figures-hosts = paid for sessions that were held
journal-figures-listening = listening
journal-figures-solidarity = paid by solidarity
journal-figures-look = To look at together:
journal-figures-reciprocal = seats with somebody who also had a seat with the other
journal-figures-passed-on = gifts by somebody who had got one within a day
journal-figures-given-before = seats paid by solidarity within a week after a gift
journal-figures-nobody = Nobody is named. Many of these are ordinary: talk about them with the whole group.
