# The rules of credits: /settings credits.

# What credits are called where the community gave them no name. Every text may write $credit and $credits.
unit-one = credit
unit-many = credits

rules-button = Rules of { $credits }
rules-title = The rules of { $credits }.
rules-overview =
    Choose a rule to change it. Or write, for example: `{ $settings } credits floor -5`
    A changed rule holds from then on. What is booked already stays as agreed.
rules-unknown =
    I do not know this rule.
    You wrote: { $typed }
rules-not-changed = The rule has not changed.
rules-one = One rule.
rules-changed = Done.
rules-same = Nothing changes. That was the rule already.
rules-before = Before: { $what }
rules-now = Now: { $what }
rules-not-understood = I do not understand this value: { $typed }
rules-button-number = { $amount }
rules-button-usual = The usual name

rules-button-floor = Floor
rules-floor = Lowest balance allowed: { $amount }
rules-floor-explained = Below zero, everybody can give and book a little in advance.
rules-floor-form = Write, for example: `{ $settings } credits floor -5`
rules-floor-range = The floor goes from { $amount } to 0.
rules-from-floor = This holds at once, for the next gifts and the next bookings. Balances do not change.

rules-button-unit = Name
rules-unit = Name ({ $language }): 1 { $word }, 2 { $text }
rules-unit-usual = Name ({ $language }): the usual name
rules-unit-explained = This name replaces “credit” in messages. Commands keep their names.
rules-unit-form = Write one, then several: `{ $settings } credits unit en hour hours`
rules-unit-two = Two words are needed: for one, and for several. A name of several words goes between quotation marks.
rules-unit-bad = A name has letters, no digits or signs, and at most { $count } characters.
rules-from-unit = This holds from the next message on.

rules-button-usual-price = Price
rules-price = Price of a seat: circle { $count }, listening { $number }, workshop { $amount }, training { $total }
rules-price-explained = It is the price of a session that is proposed without one.
rules-price-form = Write, for example: `{ $settings } credits price workshop 2`
rules-button-usual-reward = Reward
rules-reward = Reward on top: circle { $count }, listening { $number }, workshop { $amount }, training { $total }
rules-reward-explained = The host receives it once, when somebody came, on top of the price of the seats.
rules-reward-form = Write, for example: `{ $settings } credits reward training 3`
rules-terms-range = This number goes from 0 to { $total }.
rules-from-proposed = This holds for the sessions proposed from now on.

rules-button-late = Late cancellations
rules-late = Late cancellation or absence: { $what }
rules-late-return = costs nothing
rules-late-solidarity = the price goes to solidarity
rules-late-half-solidarity = half of the price goes to solidarity
rules-late-host = the price goes to the host
rules-late-half-host = half of the price goes to the host
rules-late-explained = What becomes of the price, when somebody cancels late or does not come? A half is rounded in their favour.
rules-late-form = Write, for example: `{ $settings } credits late half solidarity`
rules-button-late-return = Nothing
rules-button-late-half-solidarity = Half, solidarity
rules-button-late-solidarity = Price, solidarity
rules-button-late-half-host = Half, host
rules-button-late-host = Price, host
rules-from-booked = This holds for the seats booked from now on. Seats that are booked already keep the rule from before.

rules-button-source = Who pays the host
rules-source-price = Hosting: paid by the price of the seats, nothing on top
rules-source-fund = Hosting: paid by the price of the seats, the reward on top comes from the fund “{ $fund }”
rules-source-explained = Does the reward come from the price of the seats alone, or from a fund on top?
rules-source-form = Write, for example: `{ $settings } credits source price` or `{ $settings } credits source fund general`
rules-source-unknown = There is no open fund “{ $fund }”. First make it, with its budget: `{ $command } { $fund } 100`
rules-button-price = The price alone
rules-button-fund = Fund “{ $fund }”
rules-from-marked = This holds for the sessions proposed from now on. A reward that is announced already stays due.
rules-no-reward = Here the host receives the price of the seats, without a reward on top.
rules-no-reward-next = Take the reward out of your line. The rule is changed with `{ $settings } credits source`

session-price-half-solidarity = The session is near: half of the price goes to solidarity, the rest is given back.
session-price-half-host = The session is near: half of the price goes to the host, the rest is given back.
session-rule-half-solidarity = After that, half of the price goes to solidarity.
session-rule-half-host = After that, half of the price goes to the host.

rules-first-yes = First visit: nothing to pay, solidarity pays
rules-first-no = First visit: at the session's price
rules-first-explained = The very first seat of a person can cost them nothing. Solidarity then pays the price. Nobody sees it.
rules-first-form = Write for example: `{ $settings } credits trial yes`
rules-button-first = First visit
rules-button-first-yes = Nothing to pay
rules-button-first-no = At the session's price
