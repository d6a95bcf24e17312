# Faire une séance pas à pas, la changer, décider si elle a lieu.
# Valeurs propres à ce fichier : old, new → Text, Number, Moment, Minutes ou Msg ; reason → Text ; role → Command.

## Les étapes
making-ask-kind = Quel genre de séance ?
making-ask-title = Comment s'appelle-t-elle ?
making-ask-title-write = Écrivez le titre ici.
making-ask-day = Quel jour ?
making-ask-day-write = Choisissez un jour, ou écrivez-le : `12/05`, `mardi`, `dans 3 jours`
making-ask-hour = À quelle heure ?
making-ask-hour-write = Choisissez une heure, ou écrivez-la : `18h30`
making-ask-length = Combien de temps ?
making-ask-length-write = Choisissez une durée, ou écrivez-la : `75min`, `1h30`
making-ask-seats = Combien de places ?
making-ask-seats-write = Choisissez un nombre, ou écrivez-le avec son mot : `15 places`
making-ask-price = Quel prix pour une place ?
making-ask-price-write = Choisissez un prix, ou écrivez-le avec son mot : `5 crédits`
making-ask-host = Qui anime ?
making-ask-host-write = Choisissez « Moi », ou écrivez un nom : `@Sam`
making-ask-where = C'est où ?
making-ask-where-write = Écrivez un lieu, un lien, ou les deux. Le lien reste privé.
making-which-part = Que voulez-vous corriger ?
making-or-write = Vous pouvez aussi écrire une partie : `mercredi 19h`, `8 places`, `lieu "Salle 3"`
making-day = { $day }
making-hour = { $text }
making-length = { $length }
making-seats = { $count ->
    [one] { $count } place
   *[other] { $count } places
}
making-price = { $amount ->
    [one] { $amount } crédit
   *[other] { $amount } crédits
}
making-host-me = Moi
making-nowhere = Sans lieu
making-kind-circle = Cercle
session-kind-informal = Rencontre informelle

## Les noms des parties
making-part-kind = Genre
making-part-title = Titre
making-part-day = Jour
making-part-hour = Heure
making-part-length = Durée
making-part-seats = Places
making-part-price = Prix
making-part-host = Qui anime
making-part-where = Lieu ou lien

## Boutons
making-button-back = Retour
making-button-leave = Laisser
making-button-publish = Publier
making-button-correct = Corriger
making-button-change = Modifier
making-button-call-off = Annuler la séance
making-button-no-word = Sans un mot
making-button-remind-me = Me le rappeler
making-button-remind-number = Me rappeler n° { $number }
making-button-more = Voir la suite

## Le dernier regard
making-look = Voici ce qui sera publié.
making-look-title = **{ $title }**
making-look-host = Qui anime : { $name }
making-for-two = Une écoute à deux ne s'affiche pas dans le groupe. Les membres la trouvent en privé.
making-posted-for-two = C'est noté. Les membres la trouvent en privé, pas dans le groupe.
making-minimum = { $count ->
    [one] Elle a lieu si { $count } place au moins est réservée. C'est décidé : { $when }.
   *[other] Elle a lieu si { $count } places au moins sont réservées. C'est décidé : { $when }.
}
making-entrusted = Une séance vous est confiée.
making-no-host =
    Je ne trouve pas cette personne.
    { $name } n'est pas parmi les personnes qui peuvent animer ici. La coordination les nomme : { $role }
making-beside = À la même heure, vous avez aussi : « { $title } », { $when }.
making-beside-host = Cette personne a déjà un rendez-vous à cette heure.

## La carte
making-card-informal = Sans réserver : venez comme vous voulez.
making-card-closed = Les réservations sont closes.
making-card-closes = On peut réserver jusqu'au { $when }.
making-card-minimum = { $count ->
    [one] A lieu dès { $count } place réservée
   *[other] A lieu dès { $count } places réservées
}
making-agenda-informal = n° { $number } : { $title }, { $when }, sans réserver
making-agenda-closed = n° { $number } : { $title }, { $when }, réservations closes
making-closed =
    Les réservations sont closes.
    C'était possible jusqu'au { $when }.
making-will-remind = C'est noté. Je vous le rappellerai.

## Changer une séance
making-change-which = Que voulez-vous changer ?
making-change-line = Ou en une ligne : `{ $session } { $number } mercredi 19h`, `{ $session } { $number } 8 places`
making-may-not-edit = La personne qui anime et les animatrices ou animateurs du groupe changent une séance.
making-changed = C'est modifié.
making-changed-title = Titre : { $old } → { $new }
making-changed-when = Date : { $old } → { $new }
making-changed-length = Durée : { $old } → { $new }
making-changed-kind = Genre : { $old } → { $new }
making-changed-place = Lieu : { $old } → { $new }
making-changed-link = Le lien a changé.
making-changed-seats = Places : { $old } → { $new }
making-changed-minimum = Minimum : { $old } → { $new }
making-changed-price = Prix : { $old } → { $new }
making-changed-reward = Récompense : { $old } → { $new }
making-changed-cancelling = On annule sans frais jusqu'au { $when }.
making-changed-closing = On peut réserver jusqu'au { $when }.
making-hand-over = Une autre personne anime après avoir accepté.
making-hand-over-how = Demandez-le-lui : `{ $cancel } { $number } @{ $name }`
making-moved-free = L'heure a changé : annuler ne vous coûte rien.
making-price-later = Le nouveau prix vaut pour les prochaines réservations.
making-told = { $count ->
    [0] Personne d'autre n'est à prévenir.
    [one] { $count } personne est prévenue en privé.
   *[other] { $count } personnes sont prévenues en privé.
}
making-seats-taken = Ce nombre de places est trop petit.
making-seats-taken-line = { $count ->
    [one] { $count } place est déjà prise.
   *[other] { $count } places sont déjà prises.
}
making-seats-keep = Gardez-les : `{ $session } { $number } places { $count }`. Ou annulez la séance.

## Annuler, et dire pourquoi
making-ask-why = Un mot pour les personnes inscrites ?
making-ask-why-write = Écrivez-le ici : elles le lisent en privé. Sinon, choisissez « Sans un mot ».
making-reason = Pourquoi : { $reason }
making-reason-kept = demandez à la personne qui anime
making-too-few = Trop peu de places étaient réservées.
making-too-few-host = { $count ->
    [one] Moins de { $count } place était réservée : elle est annulée. Les personnes inscrites sont prévenues, les crédits rendus.
   *[other] Moins de { $count } places étaient réservées : elle est annulée. Les personnes inscrites sont prévenues, les crédits rendus.
}
making-confirmed-notice = Une bonne nouvelle pour votre agenda.
making-confirmed-line = C'est confirmé : la séance a lieu.

## Ce qui ne va pas
making-fault-host =
    Le nom ne va pas.
    « { $typed } » : écrivez un nom, par exemple `anime @Sam`.
making-fault-informal = Une rencontre informelle n'a ni places, ni minimum, ni prix. Enlevez-les, ou choisissez un autre genre.
making-fault-for-two = Une écoute à deux a une seule place. Enlevez le nombre de places.
making-fault-other-kind = Ce genre ne se change pas. Annulez la séance, puis proposez-en une autre.
making-fault-closed = La clôture serait déjà passée : { $when }. Choisissez un délai plus court.
making-fault-closing =
    Le délai de clôture ne va pas.
    « { $typed } » : écrivez une durée avant le début, par exemple `clôture 12h`. 30 jours au plus.
