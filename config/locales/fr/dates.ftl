### Dates, times and lengths in words.

date-weekday-1 = lundi
date-weekday-2 = mardi
date-weekday-3 = mercredi
date-weekday-4 = jeudi
date-weekday-5 = vendredi
date-weekday-6 = samedi
date-weekday-7 = dimanche

date-month-1 = janvier
date-month-2 = février
date-month-3 = mars
date-month-4 = avril
date-month-5 = mai
date-month-6 = juin
date-month-7 = juillet
date-month-8 = août
date-month-9 = septembre
date-month-10 = octobre
date-month-11 = novembre
date-month-12 = décembre

date-number =
    { $date ->
        [1] 1er
       *[other] { $date }
    }
date-day = { $weekday } { date-number } { $month } { $year }
date-month = { $month } { $year }
date-clock = { $hour }:{ $minute }
date-moment = { $weekday } { date-number } { $month } { $year } à { $clock } ({ $zone })
# In autumn an hour exists twice: the first time, the second time.
date-moment-first = { $weekday } { date-number } { $month } { $year } à { $clock } ({ $zone }, avant le changement d'heure)
date-moment-second = { $weekday } { date-number } { $month } { $year } à { $clock } ({ $zone }, après le changement d'heure)

date-length-minutes = { $minutes } min
date-length-hours = { $hours } h
date-length-both = { $hours } h { $minutes }
date-length-days =
    { $days ->
        [one] { $days } jour
       *[other] { $days } jours
    }
