# Crédits : solde, relevé, dons, émissions.
# Arguments, as in the conventions: amount, number, total, first, last, count, free → Number; title, name, typed,
# text, reason, fund → Text (name and fund may be a Msg); when → Moment; day → Day; what → Msg; items → Msgs;
# command, statement → Command.

## Partagé

credits-done = C'est noté.
credits-news = Une nouvelle pour vous.
credits-not-now = Ce n'est pas possible pour l'instant.
credits-number = Virement n° { $number }.
credits-reason = Motif : « { $reason } »
credits-that-person = cette personne
credits-fund-general = général
credits-fund-solidarity = solidarité
credits-button-credits = Mes { $credits }
credits-button-statement = Mon relevé
credits-button-agenda = L'agenda
credits-button-older = Plus ancien
credits-button-csv = En fichier
credits-nothing-changed = D'accord. Rien n'a changé.

## Le solde

credits-title = Voici vos { $credits }.
credits-free = { $free ->
    [one] Il vous reste { $free } { $credit } libre.
   *[other] Il vous reste { $free } { $credits } libres.
}
credits-nothing-yet = Vous n'avez encore rien reçu.
credits-below-zero = { $amount ->
    [one] Votre solde est { $amount } { $credit } sous zéro. C'est permis ici.
   *[other] Votre solde est { $amount } { $credits } sous zéro. C'est permis ici.
}
credits-set-aside = { $amount ->
    [one] Mis de côté pour vos séances : { $amount } { $credit }.
   *[other] Mis de côté pour vos séances : { $amount } { $credits }.
}
credits-nobody-refused = Vous pouvez réserver quand même : ici, personne n'est refusé quand il en manque.
credits-next = Vos prochaines séances :
credits-next-line = n° { $number }, { $title }, { $when }

## Un don

credits-given = { $amount ->
    [one] { $amount } { $credit } pour { $name }.
   *[other] { $amount } { $credits } pour { $name }.
}
credits-may-come-back = Si cette personne n'est pas dans le groupe et n'y vient pas, ce don vous revient dans { $count } jours.
credits-gift-received = { $amount ->
    [one] { $name } vous donne { $amount } { $credit }.
   *[other] { $name } vous donne { $amount } { $credits }.
}
credits-gift-received-former = { $amount ->
    [one] Vous recevez { $amount } { $credit } d'un ancien membre.
   *[other] Vous recevez { $amount } { $credits } d'un ancien membre.
}
credits-back = { $amount ->
    [one] { $amount } { $credit } du virement n° { $number } vous revient.
   *[other] { $amount } { $credits } du virement n° { $number } vous reviennent.
}
credits-none-free = Vous pourrez donner quand vous aurez de nouveau des { $credits } libres.
credits-button-give = { $amount ->
    [one] Donner { $amount } { $credit } à { $name }
   *[other] Donner { $amount } { $credits } à { $name }
}
credits-give-one = Un don va à une seule personne. Faites-en un pour chacune.
credits-give-self = On ne se donne rien à soi-même. Nommez une autre personne.
credits-give-bot = Je suis un programme : je n'ai besoin de rien. Nommez une personne.

## Ce qui manque ou ne va pas

credits-whom = À qui ? Nommez une personne, ou répondez à son message.
credits-order = D'abord la personne, puis le nombre, puis le motif.
credits-amount-missing = Combien ? Écrivez le nombre en chiffres.
credits-amount-negative = Le nombre doit être positif.
credits-amount-whole = Il faut un nombre entier, en chiffres, sans espace ni virgule.
credits-amount-range =
    Ce nombre est trop petit ou trop grand.
    Il doit aller de { $amount } à { $total }.
credits-reason-missing = Il faut un motif : quelques mots qui disent pourquoi.
credits-reason-long =
    Le motif est trop long.
    Il a { $count } caractères. Il en faut { $total } au plus.
credits-form = Par exemple : `{ $command } { $name } { $typed }{ $text }`
credits-form-fund = Par exemple : `{ $command } { $name } { $typed } fonds:{ $fund }{ $text }`
credits-form-why = Par exemple : `{ $command } { $name } { $typed } aide à l'atelier`
credits-form-why-fund = Par exemple : `{ $command } { $name } { $typed } fonds:{ $fund } aide à l'atelier`

## Émettre

credits-issued-to-you = { $amount ->
    [one] La coordination vous attribue { $amount } { $credit }.
   *[other] La coordination vous attribue { $amount } { $credits }.
}
credits-issued-number = Virement n° { $number }, fonds « { $fund } ».
credits-issued-many = { $total ->
    [one] { $total } { $credit } en tout, { $amount } par personne, pour { $count ->
        [one] { $count } personne
       *[other] { $count } personnes
    }.
   *[other] { $total } { $credits } en tout, { $amount } par personne, pour { $count ->
        [one] { $count } personne
       *[other] { $count } personnes
    }.
}
credits-issued-numbers = Virements n° { $first } à { $last }, fonds « { $fund } ».
credits-may-go-back = Ce qui ne peut pas être remis revient au fonds dans { $count } jours.
credits-back-fund = { $amount ->
    [one] { $amount } { $credit } du virement n° { $number } revient au fonds.
   *[other] { $amount } { $credits } du virement n° { $number } reviennent au fonds.
}
credits-confirm = À confirmer.
credits-issue-question = Pris sur le fonds « { $fund } ». Je le fais ?
credits-fund-new = Le fonds « { $fund } » n'existe pas encore. Si vous dites oui, je le crée.
credits-fund-known = Les fonds qui existent :
    { $items }
credits-fund-line = • { $fund }
credits-fund-short = { $free ->
    [one] Le fonds « { $fund } » peut encore donner { $free } { $credit }. Il en faudrait { $total }.
   *[other] Le fonds « { $fund } » peut encore donner { $free } { $credits }. Il en faudrait { $total }.
}
credits-fund-other = Prenez un nombre plus petit, ou un autre fonds avec `fonds:nom`.
credits-button-issue = Oui, créditer
credits-issue-self = On ne se crédite pas soi-même. Une autre personne de la coordination peut le faire.
credits-issue-bot = Je suis un programme : je n'ai besoin de rien. Nommez des personnes.
credits-issue-alone = Il n'y a encore personne d'autre à créditer. Invitez d'abord les membres à rejoindre le groupe.
credits-issue-many =
    C'est trop de personnes à la fois.
    { $total } au plus : nommez-les en plusieurs fois.
credits-all-or-some = Écrivez « tous », ou des noms, mais pas les deux.

## Le relevé

credits-statement-title = Voici votre relevé.
credits-statement-empty = Il n'y a encore aucun mouvement.
credits-statement-no-older = Il n'y a rien de plus ancien.
credits-statement-file = Voici votre relevé, en fichier.
credits-statement-form = Écrivez `{ $statement }`, `{ $statement } juin` pour un mois, ou `{ $statement } csv` pour un fichier.
credits-line = n° { $number }, { $day } : { $what }
credits-line-why = n° { $number }, { $day } : { $what }, « { $reason } »
credits-in = +{ $amount }, { $what }
credits-out = −{ $amount }, { $what }
credits-line-gift-to = don à { $name }
credits-line-gift-from = don reçu ({ $name })
credits-line-grant = { $credits } de la coordination
credits-line-back = don revenu
credits-line-booking-of = place réservée, { $title }
credits-line-booking = place réservée
credits-line-refund-of = place rendue, { $title }
credits-line-refund = place rendue
credits-line-hosted-of = séance tenue, { $title }
credits-line-hosted = séance tenue
credits-line-reversal = correction
credits-line-closing = compte fermé
credits-csv-number = numéro
credits-csv-time = date
credits-csv-amount = { $credits }
credits-csv-what = mouvement
credits-csv-reason = motif
