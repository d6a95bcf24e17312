# Les séances qui reviennent, et les places gardées.
# Valeurs propres à ce fichier : series, session, cancel → Command.

## La règle, en mots
series-every-day = Chaque jour
series-every-week = Chaque semaine
series-every-two-weeks = Toutes les deux semaines
series-every-month = { $number ->
    [1] Chaque mois, le premier { $what }
   *[other] Chaque mois, le { $number }e { $what }
}
series-every-month-last = Chaque mois, le dernier { $what }
series-until = Jusqu'au { $day }
series-times = { $count ->
    [one] { $count } fois en tout
   *[other] { $count } fois en tout
}

## Commencer, montrer, arrêter
series-how-often = Quand revient-elle ?
series-form = Par exemple : `{ $series } { $number } chaque semaine`, `{ $series } { $number } chaque mois 10 fois`, `{ $series } { $number } chaque semaine jusqu'au 30/06`
series-begun = C'est noté, elle revient.
series-next = La suivante : { $when }.
series-shown-when = Les dates sont dans l'agenda quatre semaines avant. La carte s'affiche dans le groupe une semaine avant.
series-exceptions = Pour sauter une date : `{ $cancel }` et son numéro. Pour en déplacer une : `{ $session }`, son numéro et le jour.
series-only-this = Seule cette date change, pas les suivantes.
series-runs = Elle revient déjà.
series-regulars = { $count ->
    [0] Personne n'y garde sa place d'avance.
    [one] { $count } personne y garde sa place d'avance.
   *[other] { $count } personnes y gardent leur place d'avance.
}
series-change = Pour changer le rythme : `{ $series } { $number } off`, puis le nouveau rythme.
series-none = Cette séance ne revient pas.
series-ask-end = Faut-il arrêter la série ?
series-ask-end-made = { $count ->
    [0] Aucune autre date n'est prévue.
    [one] { $count } date est déjà prévue :
   *[other] { $count } dates sont déjà prévues :
}
series-ended = La série est arrêtée.
series-ended-cancelled = { $count ->
    [one] { $count } date est annulée. Les personnes inscrites sont prévenues, les crédits rendus.
   *[other] { $count } dates sont annulées. Les personnes inscrites sont prévenues, les crédits rendus.
}
series-ended-for-regular = La série s'arrête : il n'y aura plus de nouvelles dates. Ce qui est réservé reste réservé.
series-named = « { $title } »
series-nobody-holds = Une information pour l'équipe.
series-nobody-holds-line = La personne qui animait cette série n'est plus là : la série s'arrête. Pour la reprendre : proposez une séance, puis `{ $series }` et son numéro.
series-gap = Cette nuit-là, les horloges avancent : { $typed } n'existe pas, elle commence une heure plus tard.

## Garder sa place
series-keeps = Votre place est gardée dans chaque nouvelle date.
series-keeps-how = Je vous écris à chaque fois. Les dates déjà prévues : { $agenda }
series-keeps-no-more = C'est noté. Votre place n'est plus gardée d'avance.
series-keeps-no-more-line = Ce qui est réservé reste réservé.
series-keeps-none = Votre place n'est pas gardée d'avance ici.
series-does-not-come-again = Cette séance ne revient pas : une place s'y réserve une fois.
series-seat-notice = Un mot sur votre agenda.
series-seat-line = n° { $number } : { $title }, { $when }. Votre place est réservée.
series-waiting-line = n° { $number } : { $title }, { $when }. C'est complet, vous attendez une place.
series-kept-line = Place gardée : { $title }

## Boutons
series-button-week = Chaque semaine
series-button-two-weeks = Toutes les deux semaines
series-button-month = Chaque mois
series-button-day = Chaque jour
series-button-repeat = Répéter
series-button-off = Arrêter la série
series-button-end-keep = Arrêter, garder les dates prévues
series-button-end-all = Arrêter, annuler les dates prévues
series-button-keep = Garder ma place chaque fois
series-button-keep-no-more = Ne plus garder ma place

## Ce qui ne va pas
series-fault-how-often = Je n'ai pas compris à quel rythme.
series-fault-until =
    Je n'ai pas compris jusqu'à quand.
    « { $typed } » : écrivez une date, par exemple `jusqu'au 30/06`.
series-fault-times =
    Le nombre de fois ne va pas.
    « { $typed } » : écrivez un nombre entier, de 2 à { $count }, par exemple `10 fois`.
series-fault-not-last = Le { $day } n'est pas le dernier de son mois. Enlevez « dernier », ou déplacez la séance.
series-fault-over-at-once = Avec cette fin, elle ne revient jamais. Choisissez une fin plus lointaine.
series-fault-other-day =
    Une série garde le jour de sa première date : le { $day }.
    Vous avez écrit : { $typed }. Pour changer de jour, déplacez d'abord la séance : `{ $session } { $number }` et le jour.
series-fault-not-offered =
    Ce rythme n'existe pas ici.
    Vous avez écrit : { $typed }. Une séance revient chaque jour, chaque semaine, toutes les deux semaines ou chaque mois.
series-fault-terms =
    Ce délai est trop long.
    Dans une série, la clôture et l'annulation gratuite se placent { $count } jours avant la séance au plus.
series-fault-terms-how = Par exemple : `{ $session } { $number } clôture 7j` ou `{ $session } { $number } annulation 48h`. Puis recommencez.

## Et les dates suivantes
series-button-following = Et les dates suivantes
series-following-changed = C'est noté pour la suite aussi.
series-following-dates = { $count ->
    [0] Aucune date déjà prévue ne change.
    [one] { $count } date déjà prévue change aussi.
   *[other] { $count } dates déjà prévues changent aussi.
}
series-following-new = Les nouvelles dates viendront ainsi.
series-following-kept = Celles-ci restent comme avant, parce que trop de places y sont prises ou que l'heure est trop proche :
series-following-these = Cela vaut pour :
