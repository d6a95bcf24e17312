# Les règles des crédits : /reglages credits.

# Ce que les crédits s'appellent, là où la communauté ne leur donne pas de nom. Tous les textes peuvent écrire $credit et $credits.
unit-one = crédit
unit-many = crédits

rules-button = Règles des { $credits }
rules-title = Les règles des { $credits }.
rules-overview =
    Choisissez une règle pour la changer. Ou écrivez par exemple : `{ $settings } credits plancher -5`
    Une règle changée vaut pour la suite. Ce qui est déjà réservé reste comme convenu.
rules-unknown =
    Je ne connais pas cette règle.
    Vous avez écrit : { $typed }
rules-not-changed = La règle n'a pas changé.
rules-one = Une règle.
rules-changed = C'est fait.
rules-same = Rien ne change. C'était déjà la règle.
rules-before = Avant : { $what }
rules-now = Maintenant : { $what }
rules-not-understood = Je ne comprends pas cette valeur : { $typed }
rules-button-number = { $amount }
rules-button-usual = Le nom habituel

rules-button-floor = Plancher
rules-floor = Solde le plus bas permis : { $amount }
rules-floor-explained = Sous zéro, chaque personne peut donner et réserver un peu d'avance.
rules-floor-form = Écrivez par exemple : `{ $settings } credits plancher -5`
rules-floor-range = Le plancher va de { $amount } à 0.
rules-from-floor = Cela vaut tout de suite, pour les prochains dons et les prochaines réservations. Les soldes ne changent pas.

rules-button-unit = Nom
rules-unit = Nom ({ $language }) : 1 { $word }, 2 { $text }
rules-unit-usual = Nom ({ $language }) : le nom habituel
rules-unit-explained = Ce nom remplace « crédit » dans les messages. Les commandes gardent leur nom.
rules-unit-form = Écrivez un, puis plusieurs : `{ $settings } credits unite fr heure heures`
rules-unit-two = Il faut deux mots : pour un, et pour plusieurs. Un nom de plusieurs mots se met entre guillemets.
rules-unit-bad = Un nom a des lettres, sans chiffre ni signe, et { $count } caractères au plus.
rules-from-unit = Cela vaut dès le prochain message.

rules-button-usual-price = Prix
rules-price = Prix d'une place : cercle { $count }, écoute { $number }, atelier { $amount }, formation { $total }
rules-price-explained = C'est le prix d'une séance proposée sans prix écrit.
rules-price-form = Écrivez par exemple : `{ $settings } credits prix atelier 2`
rules-button-usual-reward = Récompense
rules-reward = Récompense en plus : cercle { $count }, écoute { $number }, atelier { $amount }, formation { $total }
rules-reward-explained = La personne qui anime la reçoit une fois, quand quelqu'un est venu, en plus du prix des places.
rules-reward-form = Écrivez par exemple : `{ $settings } credits recompense formation 3`
rules-terms-range = Ce nombre va de 0 à { $total }.
rules-from-proposed = Cela vaut pour les séances proposées ensuite.

rules-button-late = Annulations tardives
rules-late = Annulation tardive ou absence : { $what }
rules-late-return = ne coûte rien
rules-late-solidarity = le prix va à la solidarité
rules-late-half-solidarity = la moitié du prix va à la solidarité
rules-late-host = le prix va à la personne qui anime
rules-late-half-host = la moitié du prix va à la personne qui anime
rules-late-explained = Que devient le prix, quand une personne annule tard ou ne vient pas ? Une moitié s'arrondit en sa faveur.
rules-late-form = Écrivez par exemple : `{ $settings } credits retard moitie solidarite`
rules-button-late-return = Rien
rules-button-late-half-solidarity = Moitié, solidarité
rules-button-late-solidarity = Prix, solidarité
rules-button-late-half-host = Moitié, animation
rules-button-late-host = Prix, animation
rules-from-booked = Cela vaut pour les places réservées ensuite. Les places déjà réservées gardent la règle d'avant.

rules-button-source = Qui paie l'animation
rules-source-price = Animation : payée par le prix des places, rien en plus
rules-source-fund = Animation : payée par le prix des places, la récompense en plus vient du fonds « { $fund } »
rules-source-explained = La récompense vient-elle du prix des places seul, ou d'un fonds en plus ?
rules-source-form = Écrivez par exemple : `{ $settings } credits source prix` ou `{ $settings } credits source fonds general`
rules-source-unknown = Il n'y a pas de fonds « { $fund } » ouvert. Créez-le d'abord avec son budget : `{ $command } { $fund } 100`
rules-button-price = Le prix seul
rules-button-fund = Fonds « { $fund } »
rules-from-marked = Cela vaut pour les séances proposées ensuite. Une récompense déjà annoncée reste due.
rules-no-reward = Ici, la personne qui anime reçoit le prix des places, sans récompense en plus.
rules-no-reward-next = Enlevez la récompense de votre ligne. La règle se change avec `{ $settings } credits source`

session-price-half-solidarity = La séance est proche : la moitié du prix va à la solidarité, le reste est rendu.
session-price-half-host = La séance est proche : la moitié du prix va à la personne qui anime, le reste est rendu.
session-rule-half-solidarity = Après, la moitié du prix va à la solidarité.
session-rule-half-host = Après, la moitié du prix va à la personne qui anime.

rules-first-yes = Première visite : rien à payer, la solidarité paie
rules-first-no = Première visite : au prix de la séance
rules-first-explained = La toute première place d'une personne peut ne rien lui coûter. La solidarité paie alors le prix. Personne ne le voit.
rules-first-form = Écrivez par exemple : `{ $settings } credits essai oui`
rules-button-first = Première visite
rules-button-first-yes = Rien à payer
rules-button-first-no = Au prix de la séance
