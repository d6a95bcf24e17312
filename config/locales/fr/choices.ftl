# Consent by purpose: what each means, yes or no to each, a changed text asked again.
# Arguments: typed: Text; count: Number; day: Day; every other: Command.

# /meschoix
choices = Voici vos choix.
choices-participation = **Participer au groupe** : je garde votre pseudo, vos rendez-vous, vos crédits.
choices-checkins = **Répondre à { $checkin }** : je garde un chiffre de 1 à 5, et un mot si vous voulez. Personne d'autre ne le voit.
choices-alerts = **Alertes** : si vous demandez quelqu'un de permanence, cette personne voit votre pseudo, le groupe et l'heure.
choices-figures = **Chiffres pour les partenaires** : vous comptez dans des totaux, sans nom, à partir de cinq personnes.
choices-given = → Oui, depuis le { $day }.
choices-outdated = → Oui, le { $day }. Le texte a changé depuis.
choices-withdrawn = → Non, depuis le { $day }.
choices-never = → Non.
choices-free = Un non ne ferme rien d'autre.
choices-button-participation-yes = Lire le nouveau texte
choices-button-participation-no = Ne plus participer
choices-button-checkins-yes = Comment ça va : oui
choices-button-checkins-no = Comment ça va : non
choices-button-alerts-yes = Alertes : oui
choices-button-alerts-no = Alertes : non
choices-button-figures-yes = Chiffres : oui
choices-button-figures-no = Chiffres : non
choices-button-all = Voir mes choix
choices-unknown = Je n'ai pas tout compris.
choices-form =
    Je ne connais pas « { $typed } ».
    Écrivez par exemple : `{ $choices } alertes non`

# Qui n'est pas dans le groupe
choices-not-joined =
    Vous n'êtes pas dans ce groupe.
    De vous, je garde votre compte sur cette messagerie, pour vous répondre.
choices-not-joined-how = Pour participer, je demande d'abord votre accord : { $join }
choices-not-joined-erase = Vous avez quitté le groupe ? Ce que j'avais gardé vous attend. Pour tout effacer : { $erase }

# Dire oui
choices-ask = Voici ce que cela veut dire.
choices-alerts-what =
    Si vous demandez quelqu'un de permanence, je lui montre votre pseudo, le groupe et l'heure.
    Rien d'autre. Et jamais sans votre demande.
choices-alerts-how-long = L'heure d'une demande est gardée 30 jours, sans ce que vous avez écrit.
choices-figures-what =
    L'association montre des totaux à ses partenaires : combien de personnes, combien de rendez-vous.
    Jamais un nom, jamais un total de moins de cinq personnes.
choices-later = Cela n'existe pas encore ici. Votre choix est gardé pour ce moment-là.
choices-any-time = Vous pouvez changer d'avis quand vous voulez : { $choices }
choices-yes-noted = C'est noté : oui.

# Dire non
choices-no-noted = C'est noté : non. Le reste marche pareil.
choices-checkins-kept =
    { $count ->
        [one] Il me reste une réponse d'avant.
       *[other] Il me reste { $count } réponses d'avant.
    }
choices-checkins-until = Sans effacer : les mots partent après { $count } jours, les chiffres après un an.
choices-button-erase-checkins = Tout effacer maintenant
choices-button-keep-checkins = Garder jusqu'à la fin
choices-checkins-stay = D'accord. Tout partira à sa date. Pour effacer avant : { $choices }
choices-two-ways = Il y a deux façons d'arrêter.
choices-way-leave = Partir : vos données attendent votre retour. { $leave }
choices-way-erase = Tout effacer, pour de bon. { $erase }
choices-button-leave = Partir
choices-button-erase = Tout effacer

# Le texte de l'accord a changé
choices-renew = Le texte de l'accord a changé. Le voici.
choices-renew-then = Je fais ce que vous venez de demander dès que vous avez répondu.
choices-renew-no-hurry = Vous pouvez répondre plus tard. Rien n'est perdu.
choices-renew-meanwhile =
    D'ici là, { $sos } répond toujours, vos places et vos { $credits } restent.
    Vous pouvez annuler ({ $cancel }), avoir une copie ({ $mydata }), tout effacer ({ $erase }).
choices-renewed = C'est noté. Merci.
