# Les limites, et ce qui attend une décision.

rules-button-unlimited = Sans limite
rules-limit-range = Ce nombre va de { $amount } à { $total }.
rules-button-gifts = Dons par jour
rules-gifts = Dons par jour et par personne : { $count } au plus
rules-gifts-free = Dons par jour et par personne : sans limite
rules-gifts-explained = Un don de plus attend le lendemain. Un don repris ne compte pas.
rules-gifts-form = Écrivez par exemple : `{ $settings } credits dons 5` ou `{ $settings } credits dons illimite`
rules-button-reserve = Réserve
rules-reserve = Réserve gardée pour ses propres places : { $amount }
rules-reserve-explained = On ne peut pas donner cette réserve. Elle paie ses propres places, avant la solidarité.
rules-reserve-form = Écrivez par exemple : `{ $settings } credits reserve 2`
rules-button-received = Dons reçus par mois
rules-received = Dons reçus par mois et par personne : { $amount } au plus, au-delà la coordination décide
rules-received-free = Dons reçus par mois et par personne : sans limite
rules-received-explained = Au-delà, le don attend, et la coordination décide sans savoir qui le recevrait. Qui donne lit la même réponse que toujours.
rules-received-form = Écrivez par exemple : `{ $settings } credits recus 40` ou `{ $settings } credits recus illimite`
rules-button-hosting = Animation par mois
rules-hosting = Gagné par mois en animant : { $amount } au plus, au-delà la coordination décide
rules-hosting-explained = Au-delà, ce qui est gagné attend une décision de la coordination.
rules-hosting-form = Écrivez par exemple : `{ $settings } credits animation 60`
rules-button-categories = Catégories
rules-categories =
    Catégories :
    { $items }
rules-categories-explained = Une catégorie dit à quoi sert un don ou une attribution. Elle est facultative.
rules-categories-form = Écrivez le nom en français, puis en anglais : `{ $settings } credits categories ajouter cuisine cooking`, ou `{ $settings } credits categories retirer cuisine`
rules-categories-bad = Un nom nouveau a des lettres et { $count } caractères au plus. Pour retirer, le nom doit être dans la liste.
rules-from-given = Cela vaut pour les prochains dons et les prochaines attributions.
rules-from-earned = Cela vaut dès la prochaine séance terminée.

rules-gifts-today =
    { $count ->
        [one] Un don par jour et par personne, c'est la règle ici. Vous pourrez donner de nouveau demain.
       *[other] { $count } dons par jour et par personne, c'est la règle ici. Vous pourrez donner de nouveau demain.
    }
rules-reserve-kept = Vous pouvez donner { $free }. Ici, chaque personne garde { $amount } pour ses propres places.
rules-limit-day = Ici : { $count } dons par jour et par personne au plus.
rules-limit-reserve = Ici, on garde { $amount } pour ses propres places.
rules-limit-received = Au-delà de { $amount } reçus en dons dans un mois, la coordination décide.
rules-limit-host = En animant : au-delà de { $amount } gagnés dans un mois, la coordination décide.

rules-held-notice = Une décision vous attend.
rules-held-gift = Un don de { $amount } dépasse ce qu'une personne peut recevoir dans le mois (virement n° { $number }).
rules-held-earned = Séance n° { $count } : un gain de { $amount } dépasse ce qu'une personne peut gagner dans le mois (virement n° { $number }).
rules-held-earned-neutral = Un gain de { $amount } dépasse ce qu'une personne peut gagner dans le mois (virement n° { $number }).
rules-held-days = Sans réponse d'ici { $count } jours, c'est non.
rules-held-list = Ce qui attend une décision.
rules-held-nothing = Rien n'attend.
rules-button-accept = Accepter
rules-button-refuse = Refuser
rules-button-number-of = { $what } n° { $number }
rules-held-none =
    Rien n'attend de décision ici.
    Virement n° { $number } : c'est peut-être déjà décidé.
rules-held-own = Cette décision vous concerne. Une autre personne de la coordination peut la prendre.
rules-held-accepted = C'est accepté : { $amount } (virement n° { $number }).
rules-held-refused-gift = C'est refusé. Le don n° { $number } revient à son heure à qui l'a fait, comme un don que personne n'est venu prendre.
rules-held-refused-earned = C'est refusé : { $amount } (virement n° { $number }). Le prix des places va à la solidarité, une récompense revient à son fonds.
rules-earned-after-all = La coordination accepte ce que vous avez gagné en plus ce mois-ci : { $amount }.
rules-not-earned = Ce que vous aviez gagné au-delà du maximum du mois va à la solidarité : { $amount }.
rules-not-earned-fund = La récompense au-delà du maximum du mois revient à son fonds : { $amount }.

category-listening = écoute
category-hosting = animation
category-training = formation
category-logistics = logistique
category-gift = don
category-line = • { $what }
category-of = Catégorie : { $what }
category-behind = { $what }, { $category }
category-button = { $what }
category-none = Sans catégorie
category-ask = Quelle catégorie ?
category-unknown =
    Je ne connais pas la catégorie « { $typed } ». Voici la liste :
    { $items }

# /crediter seance:12

attendees-none = Il n'y a pas de séance n° { $number } à créditer ainsi.
attendees-form = Le numéro est sur la carte de la séance, dans le groupe. Par exemple : `{ $command } seance:12 2 merci d'être venus`
attendees-not-marked = Les présences de la séance n° { $number } ne sont pas encore notées. Qui l'anime peut le faire, puis recommencez.
attendees-nobody = Personne d'autre que vous n'est noté présent à la séance n° { $number }.
attendees-or-names = Écrivez une séance, ou des noms, mais pas les deux. Par exemple : `{ $command } seance:12 2 merci d'être venus`
