# Limits, and what waits for a decision.

rules-button-unlimited = No limit
rules-limit-range = This number goes from { $amount } to { $total }.
rules-button-gifts = Gifts a day
rules-gifts = Gifts a day for each person: { $count } at most
rules-gifts-free = Gifts a day for each person: no limit
rules-gifts-explained = One gift more waits for the next day. A gift taken back does not count.
rules-gifts-form = Write, for example: `{ $settings } credits gifts 5` or `{ $settings } credits gifts unlimited`
rules-button-reserve = Reserve
rules-reserve = Reserve kept for one's own seats: { $amount }
rules-reserve-explained = This reserve cannot be given away. It pays one's own seats, before solidarity does.
rules-reserve-form = Write, for example: `{ $settings } credits reserve 2`
rules-button-received = Gifts received a month
rules-received = Gifts received in a month by each person: { $amount } at most, beyond that a coordinator decides
rules-received-free = Gifts received in a month by each person: no limit
rules-received-explained = Beyond that the gift waits, and a coordinator decides without knowing who would receive it. Who gives reads the same answer as always.
rules-received-form = Write, for example: `{ $settings } credits received 40` or `{ $settings } credits received unlimited`
rules-button-hosting = Hosting a month
rules-hosting = Earned in a month by hosting: { $amount } at most, beyond that a coordinator decides
rules-hosting-explained = Beyond that, what is earned waits for a coordinator's decision.
rules-hosting-form = Write, for example: `{ $settings } credits hosting 60`
rules-button-categories = Categories
rules-categories =
    Categories:
    { $items }
rules-categories-explained = A category says what a gift or an issue is for. It is optional.
rules-categories-form = Write the name in French, then in English: `{ $settings } credits categories add cuisine cooking`, or `{ $settings } credits categories remove cooking`
rules-categories-bad = A new name has letters, and at most { $count } characters. To remove one, it must be on the list.
rules-from-given = This holds for the next gifts and the next issues.
rules-from-earned = This holds from the next finished session on.

rules-gifts-today =
    { $count ->
        [one] One gift a day for each person, that is the rule here. You can give again tomorrow.
       *[other] { $count } gifts a day for each person, that is the rule here. You can give again tomorrow.
    }
rules-reserve-kept = You can give { $free }. Here everybody keeps { $amount } for their own seats.
rules-limit-day = Here: { $count } gifts a day for each person at most.
rules-limit-reserve = Here everybody keeps { $amount } for their own seats.
rules-limit-received = Beyond { $amount } received in gifts in a month, a coordinator decides.
rules-limit-host = Hosting: beyond { $amount } earned in a month, a coordinator decides.

rules-held-notice = A decision waits for you.
rules-held-gift = A gift of { $amount } is beyond what a person may receive in a month (transfer no. { $number }).
rules-held-earned = Session no. { $count }: an earning of { $amount } is beyond what a person may earn in a month (transfer no. { $number }).
rules-held-earned-neutral = An earning of { $amount } is beyond what a person may earn in a month (transfer no. { $number }).
rules-held-days = Without an answer within { $count } days, it is a no.
rules-held-list = What waits for a decision.
rules-held-nothing = Nothing waits.
rules-button-accept = Accept
rules-button-refuse = Refuse
rules-button-number-of = { $what } no. { $number }
rules-held-none =
    Nothing waits for a decision here.
    Transfer no. { $number }: perhaps it is decided already.
rules-held-own = This decision is about you. Another coordinator can take it.
rules-held-accepted = Accepted: { $amount } (transfer no. { $number }).
rules-held-refused-gift = Refused. Gift no. { $number } goes back in its own time to who made it, like a gift that nobody came to take.
rules-held-refused-earned = Refused: { $amount } (transfer no. { $number }). The price of the seats goes to solidarity, a reward back to its fund.
rules-earned-after-all = The coordinators accept what you earned beyond this month's maximum: { $amount }.
rules-not-earned = What you had earned beyond the month's maximum goes to solidarity: { $amount }.
rules-not-earned-fund = The reward beyond the month's maximum goes back to its fund: { $amount }.

category-listening = listening
category-hosting = hosting
category-training = training
category-logistics = logistics
category-gift = gift
category-line = • { $what }
category-of = Category: { $what }
category-behind = { $what }, { $category }
category-button = { $what }
category-none = No category
category-ask = Which category?
category-unknown =
    I do not know the category “{ $typed }”. Here is the list:
    { $items }

# /issue session:12

attendees-none = There is no session no. { $number } to credit in this way.
attendees-form = The number is on the session's card, in the group. For example: `{ $command } session:12 2 thank you for coming`
attendees-not-marked = Attendance of session no. { $number } is not marked yet. Its host can do it, then try again.
attendees-nobody = Nobody but you is marked as having come to session no. { $number }.
attendees-or-names = Write a session, or names, but not both. For example: `{ $command } session:12 2 thank you for coming`
