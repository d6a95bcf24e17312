### Dates, times and lengths in words.

date-weekday-1 = Monday
date-weekday-2 = Tuesday
date-weekday-3 = Wednesday
date-weekday-4 = Thursday
date-weekday-5 = Friday
date-weekday-6 = Saturday
date-weekday-7 = Sunday

date-month-1 = January
date-month-2 = February
date-month-3 = March
date-month-4 = April
date-month-5 = May
date-month-6 = June
date-month-7 = July
date-month-8 = August
date-month-9 = September
date-month-10 = October
date-month-11 = November
date-month-12 = December

date-number = { $date }
date-day = { $weekday } { date-number } { $month } { $year }
date-month = { $month } { $year }
date-clock = { $hour }:{ $minute }
date-moment = { $weekday } { date-number } { $month } { $year } at { $clock } ({ $zone })
# In autumn an hour exists twice: the first time, the second time.
date-moment-first = { $weekday } { date-number } { $month } { $year } at { $clock } ({ $zone }, before the clock change)
date-moment-second = { $weekday } { date-number } { $month } { $year } at { $clock } ({ $zone }, after the clock change)

date-length-minutes = { $minutes } min
date-length-hours = { $hours } h
date-length-both = { $hours } h { $minutes } min
date-length-days =
    { $days ->
        [one] { $days } day
       *[other] { $days } days
    }
