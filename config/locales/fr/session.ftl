# Les séances et les réservations.
# Valeurs propres à ce fichier : called, date, what → Msg ou Text ; lasting → Text ; least, most → Minutes ;
# first, second → Moment ; absent → Number ; command, session, attendance → Command.

## La carte dans le groupe
session-card-title = **{ $title }**, séance n° { $number }
session-card-when = { $when }, { $length }
session-card-place = Lieu : { $place }
session-card-online = En ligne. Le lien arrive en privé après la réservation.
session-card-seats = { $free ->
    [one] { $free } place libre sur { $seats }
   *[other] { $free } places libres sur { $seats }
}
session-card-full = { $seats ->
    [one] Complet ({ $seats } place)
   *[other] Complet ({ $seats } places)
}
session-card-waiting = { $count ->
    [one] { $count } personne attend une place
   *[other] { $count } personnes attendent une place
}
session-card-price = { $amount ->
    [one] Prix : { $amount } { $credit }. Sans { $credit }, on peut réserver aussi.
   *[other] Prix : { $amount } { $credits }. Sans { $credits }, on peut réserver aussi.
}
session-card-free = Gratuit
session-card-cancelled = Cette séance est annulée.
session-card-started = La séance a commencé.
session-card-over = La séance est passée.
session-kind-listening = Écoute à deux
session-kind-workshop = Atelier
session-kind-training = Formation

## Boutons
session-button-book = Réserver
session-button-book-number = Réserver n° { $number }
session-button-waiting-list = Liste d'attente
session-button-details = Détails
session-button-agenda = Prochaines dates
session-button-take = Prendre la place
session-button-no-thanks = Non merci
session-button-leave-list = Ne plus attendre
session-button-my-seat = Ma place
session-button-whole-session = La séance, pour tout le monde
session-button-nothing = Ne rien changer
session-button-my-bookings = Mes réservations
session-button-cancel-session = Annuler
session-button-cancel-number = Annuler n° { $number }
session-button-attendance = Noter les présences
session-button-mark-number = Présences n° { $number }
session-button-everyone = Tout le monde est venu
session-button-one-by-one = Une personne après l'autre
session-button-save = Enregistrer
session-button-close-session = Terminer
session-button-came = Présence : { $name }
session-button-absent = Absence : { $name }

## Quelle séance
session-named = « { $title } », { $when }
session-list-line = n° { $number } : { $title }, { $when }
session-which = De quelle séance s'agit-il ? Écrivez son numéro.
session-which-form = Par exemple : `{ $command } 12`
session-not-a-number =
    Il me faut un numéro de séance.
    Vous avez écrit : { $typed }
session-not-found = Je ne trouve pas cette séance.
session-is-cancelled = Cette séance est annulée.
session-is-over = Cette séance est passée.
session-has-started = Cette séance a déjà commencé.

## Proposer une séance
session-who-may = Les animatrices et les animateurs proposent les séances.
session-who-may-next = Vous avez une idée ? Parlez-en dans le groupe.
session-form-intro = Tout tient aussi en une ligne. Par exemple :
session-form = `{ $session } "{ $called }" { $date } { $lasting } { $seats } places prix { $amount }{ $what }{ $more }`
session-form-title = Cercle du mardi
session-form-date = mardi 18h
session-form-day = { $typed } 18h
session-form-hour = mardi { $typed }
session-form-nothing = {""}
session-form-link = {" "}lien { $text }
session-form-place = {" "}lieu "{ $place }"
session-form-place-link = {" "}lieu "{ $place }" lien { $text }
session-form-default = Le reste peut manquer : 90 minutes, 12 places, gratuit.
session-form-more = On peut ajouter : `lieu "Salle 3"`, `lien https://…`, `minimum 4`, `atelier`, `anime @Sam`, `annulation 48h`, `clôture 2h`.
session-form-try = Essayez ainsi :
session-fault-no-title = Il manque un titre, entre guillemets.
session-fault-long-title =
    Le titre est trop long.
    { $count ->
        [one] Gardez { $count } lettre au plus.
       *[other] Gardez { $count } lettres au plus.
    }
session-fault-no-date = Il manque le jour et l'heure.
session-fault-no-time = Il manque l'heure pour { $day }.
session-fault-no-day =
    Il manque le jour.
    L'heure est bien lue : { $typed }.
session-fault-two-dates =
    Je lis deux dates.
    « { $typed } » et « { $text } » : gardez-en une.
session-fault-not-a-day =
    Ce jour n'existe pas.
    Vous avez écrit : { $typed }
session-fault-not-a-time =
    Cette heure n'existe pas.
    Vous avez écrit : { $typed }
session-fault-weekday =
    Le jour et la date ne vont pas ensemble.
    « { $typed } » : cette date tombe le { $day }.
session-fault-past = C'est déjà passé : { $when }. Choisissez une date à venir.
session-fault-far =
    C'est très loin : { $when }.
    Je prends les dates des { $count } prochaines années.
session-fault-gap =
    Cette heure n'existe pas.
    { $typed } : { $day }, les horloges avancent. Prenez { $first }, ou { $second }.
session-fault-twice =
    Cette heure existe deux fois.
    { $typed } : { $day }, les horloges reculent.
session-fault-two-lengths =
    Je ne sais pas quelle durée garder.
    « { $typed } » ou « { $text } » ? Pour finir à une heure : `18h-20h`.
session-fault-length =
    La durée ne va pas.
    « { $typed } » : une séance dure de { $least } à { $most }.
session-fault-seats =
    Le nombre de places ne va pas.
    « { $typed } » : les places se comptent en nombre entier, de 1 à { $count }.
session-fault-price =
    Le prix ne va pas.
    « { $typed } » : le prix est un nombre entier, de 0 à { $count }.
session-fault-minimum =
    Le minimum ne va pas.
    « { $typed } » : le minimum est un nombre entier, pas plus grand que le nombre de places.
session-fault-reward =
    La récompense ne va pas.
    « { $typed } » : la récompense est un nombre entier, de 0 à { $count }.
session-fault-cutoff =
    Le délai d'annulation ne va pas.
    « { $typed } » : écrivez une durée avant le début, par exemple `annulation 48h`. 30 jours au plus.
session-fault-link =
    Le lien ne va pas.
    « { $typed } » : un lien commence par `https://`.
session-fault-unknown =
    Je n'ai pas tout compris.
    Vous avez écrit : { $typed }
session-reward-coordinator = Seule la coordination fixe une récompense.
session-reward-ask = Enlevez-la de la ligne, ou demandez à la coordination.
session-twice =
    Cette heure existe deux fois.
    { $typed } : { $day }, les horloges reculent.
session-twice-which = Laquelle voulez-vous ?
session-twice-first = La première, heure d'été ({ $text })
session-twice-second = La seconde, heure d'hiver ({ $text })
session-proposed = C'est publié dans le groupe.
session-proposed-link = Le lien part en privé, seulement à qui réserve.

## Réserver
session-link = Lien : { $link }
session-already-booked = Vous avez déjà une place.
session-already-waiting = Vous êtes déjà sur la liste d'attente.
session-waiting = C'est noté.
session-waiting-promise = Je vous écris si une place se libère.
session-host-no-seat = Vous animez : votre place est là, sans réserver.
session-host-attendance = Après la séance : `{ $attendance } { $number }`
session-offer = Une place s'est libérée.
session-offer-until = Je la garde pour vous jusqu'au { $when }.
session-offer-was-until = La place était gardée jusqu'au { $when }.
session-offer-lapsed = Un mot sur votre attente.
session-offer-lapsed-line = Le délai est passé, la place va à la personne suivante. Vous pouvez attendre à nouveau.

## Annuler
session-cancel-which = Que voulez-vous annuler ?
session-cancel-seat-or-session = Votre place, ou toute la séance ?
session-nothing-changed = Rien n'a changé.
session-seat-given-back = Votre place est rendue. Merci de l'avoir dit.
session-offer-declined = C'est noté. La place va à quelqu'un d'autre.
session-left-list = Vous n'attendez plus de place.
session-price-returned = Le prix de la place est rendu.
session-price-solidarity = La séance est proche : le prix de la place va à la solidarité.
session-price-host = La séance est proche : le prix de la place va à la personne qui anime.
session-no-seat = Vous n'avez pas de place ici.
session-host-has-no-seat = Vous animez, sans place à rendre. La séance reste ouverte.
session-called-off = C'est annulé.
session-called-off-nobody = Personne n'avait réservé.
session-called-off-told = { $count ->
    [one] { $count } personne est prévenue en privé.
   *[other] { $count } personnes sont prévenues en privé.
}
session-cancelled-notice = Un changement dans votre agenda.
session-cancelled-line = Cette séance est annulée. Le groupe reste ouvert pour vous.
session-cancelled-by-staff = La coordination l'a annulée. Les personnes inscrites sont prévenues.

## Agenda
session-agenda = Les prochaines dates :
session-agenda-line = { $free ->
    [0] n° { $number } : { $title }, { $when }, complet
    [one] n° { $number } : { $title }, { $when }, { $free } place libre
   *[other] n° { $number } : { $title }, { $when }, { $free } places libres
}
session-agenda-empty = Rien n'est prévu pour l'instant.
session-agenda-propose = Pour proposer une séance : `{ $session }`
session-agenda-wait = Les prochaines séances s'afficheront dans le groupe. Besoin de parler avant ? Choisissez ci-dessous.
session-details = Voici les détails.
session-details-cancel = Pour annuler sans frais : jusqu'au { $when }.
session-rule-return = Annuler ne coûte rien, même tard.
session-rule-solidarity = Après, le prix de la place va à la solidarité.
session-rule-host = Après, le prix de la place va à la personne qui anime.
session-details-booked = Vous avez une place.
session-details-offered = Une place est gardée pour vous.
session-details-waiting = Vous êtes sur la liste d'attente.
session-details-host = Vous animez cette séance.
session-bookings = Vos réservations :
session-bookings-waiting = n° { $number } : { $title }, { $when }, en attente d'une place
session-bookings-offered = n° { $number } : { $title }, { $when }, une place est gardée pour vous
session-bookings-empty = Vous n'avez pas de réservation à venir.
session-calendar = Ouvrez ce fichier avec votre agenda.
session-calendar-not-booked = Le fichier est pour les personnes qui ont une place.

## Rappels
session-reminder = Un rappel.
session-reminder-host = Vous animez « { $title } », { $when }.
session-reminder-count = { $count ->
    [0] Personne n'a réservé pour l'instant.
    [one] { $count } place est réservée.
   *[other] { $count } places sont réservées.
}
session-reminder-minimum = { $count ->
    [one] Vous vouliez au moins { $count } personne. Vous pouvez maintenir ou annuler.
   *[other] Vous vouliez au moins { $count } personnes. Vous pouvez maintenir ou annuler.
}

## Présences
session-attendance-ask = Merci d'avoir animé. Qui est venu ?
session-attendance-list = Qui est venu ? Choisissez un nom pour le changer.
session-attendance-came = { $number }. { $name } : présence
session-attendance-absent = { $number }. { $name } : absence
session-attendance-form-all = Tout le monde est venu : `{ $attendance } { $number } tous`
session-attendance-form-absent = Sauf les numéros 2 et 5 de la liste : `{ $attendance } { $number } absents 2 5`
session-attendance-unclear = Je n'ai pas compris qui est venu.
session-attendance-number =
    Ce numéro n'est pas dans la liste.
    { $count ->
        [one] Vous avez écrit { $number } : la liste a { $count } nom.
       *[other] Vous avez écrit { $number } : la liste a { $count } noms.
    }
session-attendance-empty = Personne n'avait réservé.
session-attendance-host-only = La personne qui anime note les présences.
session-attendance-too-early = La séance n'a pas commencé. Je vous demanderai après.
session-attendance-done = Les présences sont déjà notées.
session-attendance-too-late = Le délai est passé. Ce qui était mis de côté est rendu.
session-attendance-none = Vous n'avez pas de présences à noter.
session-attendance-which = Pour quelle séance ?
session-attendance-thanks = C'est noté. Merci d'avoir animé.
session-attendance-counts = Présences : { $count }. Absences : { $absent }.
session-attendance-gained = { $amount ->
    [one] Vous recevez { $amount } { $credit }.
   *[other] Vous recevez { $amount } { $credits }.
}
session-limit-waits = { $amount ->
    [one] Votre maximum du mois est atteint : { $amount } { $credit } attend une décision de la coordination.
   *[other] Votre maximum du mois est atteint : { $amount } { $credits } attendent une décision de la coordination.
}
session-unmarked-notice = Une information sur une séance passée.
session-unmarked-line = Les présences n'ont pas été notées en sept jours. Ce qui était mis de côté est rendu, rien ne compte.
