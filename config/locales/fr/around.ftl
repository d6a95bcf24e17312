# Autour des séances : après, rappels, besoins.
# Valeurs propres à ce fichier : what → Msg ; role, cancel, settings, pause → Command ; text, name, typed → Text.

## Les présences, demandées à nouveau
after-attendance-again = Un mot sur une séance passée. Qui est venu ?
after-attendance-until = Vous pouvez répondre jusqu'au { $when }. Après, ce qui était mis de côté est rendu.

## Les retours des personnes venues
after-feedback = Un mot sur votre dernier rendez-vous, si vous voulez.
after-feedback-ask = Ce moment vous a-t-il fait du bien ?
after-feedback-how = Personne ne voit qui a répondu. Les réponses se montrent mêlées, à partir de cinq. Rien n'est obligatoire.
after-button-little = Pas vraiment
after-button-some = Un peu
after-button-much = Oui
after-feedback-kept = C'est noté. Merci.
after-feedback-until = Vous pouvez changer jusqu'au { $when }.
after-button-line = Ajouter une ligne
after-button-line-again = Changer ma ligne
after-button-no-line = Retirer ma ligne
after-line-ask = Écrivez une ligne ici, si vous voulez.
after-line-how = Elle se montre sans votre nom, avec les autres, à partir de cinq réponses. Évitez ce qui dit qui vous êtes, ou qui sont les autres.
after-line-long =
    Cette ligne est trop longue.
    Elle a { $count } signes. Gardez-en { $number } au plus, et renvoyez-la.
after-rating-unclear =
    Je n'ai pas compris cette réponse.
    Vous avez écrit : { $typed }. Écrivez 1 (pas vraiment), 2 (un peu) ou 3 (oui).
after-feedback-not-there =
    Les retours sont pour les personnes venues.
    Votre présence n'est pas notée ici.
after-feedback-over =
    Le temps des retours est passé.
    On pouvait répondre jusqu'au { $when }.
after-answers = Les retours d'une séance.
after-answers-from = Ils se montrent à partir du { $when }, s'il y en a assez.
after-answers-none = Il n'y en a pas assez pour les montrer sans que l'on reconnaisse quelqu'un.
after-answers-much = Cela a fait du bien à : { $what }.
after-answers-some = Un peu de bien à : { $what }.
after-answers-little = Pas vraiment à : { $what }.
after-band-most = la plupart
after-band-part = une partie
after-band-few = peu de personnes, ou aucune
after-answers-lines = Quelques lignes, sans nom :
after-answers-line = « { $text } »
after-answers-host-only =
    Les retours sont pour la personne qui anime.
    Demandez-lui, ou à la coordination.
after-button-answers = Les retours

## Comment c'était pour la personne qui anime
after-debrief = Et pour vous ?
after-debrief-ask = Comment était cette séance, pour vous qui l'animiez ?
after-debrief-who = Personne d'autre ne voit votre réponse.
after-button-light = Léger
after-button-heavy = Lourd
after-button-hard = Dur
after-button-skip = Passer
after-debrief-skipped = D'accord.
after-debrief-light = C'est noté. Merci pour ce moment.
after-debrief-heavy = C'est noté. Merci de l'avoir dit.
after-debrief-heavy-line = En parler à quelqu'un peut alléger. Le bouton est là si vous voulez.
after-debrief-hard = Merci de l'avoir dit.
after-rest = Une pause de 24 heures commence, jusqu'au { $when }. Aucune nouvelle personne ne peut réserver un tête-à-tête avec vous d'ici là.
after-rest-may = Vous pouvez la refuser. Personne n'en saura rien.
after-rest-soon = D'ici là, vous animez encore ceci. Quelqu'un d'autre peut le faire à votre place :
after-button-rest = Garder la pause
after-button-no-rest = Pas de pause
after-rest-kept = La pause est là. Prenez soin de vous.
after-rest-refused = D'accord. Pas de pause.

## Passer une séance à quelqu'un
after-button-hand = Passer l'animation
after-button-hand-number = Passer n° { $number }
after-button-hand-other = Demander à quelqu'un
after-button-name = { $name }
after-button-accept = J'accepte
after-button-decline = Je ne peux pas
after-hand-whom = Qui peut animer à votre place ?
after-hand-nobody = Personne d'autre n'anime ici pour l'instant.
after-hand-how = Choisissez un nom, ou écrivez-le ici. Il faut le rôle d'animation : `{ $role }`
after-hand-how-nobody = Écrivez un nom ici. Il faut le rôle d'animation : `{ $role }`
after-hand-asked = C'est demandé, en privé.
after-hand-until = Rien ne change sans son accord. Réponse au plus tard le { $when }.
after-hand-oneself = Choisissez quelqu'un d'autre que vous.
after-hand-bot = Je ne peux pas animer.
after-hand-who =
    Je ne trouve personne qui anime ici sous ce nom.
    Vous avez écrit : { $name }. La coordination donne le rôle : `{ $role }`
after-hand-holds =
    Cette personne anime déjà la séance.
    Vous avez écrit : { $name }.
after-hand-host-only = La personne qui anime peut passer la séance.
after-hand-not-listening = Un tête-à-tête ne se passe pas : la personne a choisi avec qui. Vous pouvez l'annuler.
after-request = Une demande pour vous.
after-request-who = { $name } vous demande d'animer cette séance. Rien ne change sans votre accord, et vous pouvez dire non sans raison.
after-request-until = Répondez avant le { $when }. Sans réponse, rien ne change.
after-request-gone =
    Cette demande est passée.
    Vous n'avez rien à faire.
after-hand-taken = C'est noté. Vous animez, merci.
after-hand-declined = C'est noté. Rien ne change pour vous.
after-hand-news = Une nouvelle d'une séance.
after-hand-accepted = Quelqu'un d'autre l'anime maintenant. Vous n'avez plus rien à faire.
after-hand-still = La personne demandée ne peut pas, ou n'a pas répondu. L'animation reste comme avant.
after-still-held = Des séances à venir gardent la même personne pour les animer. Pour les passer ou les annuler : `{ $cancel }` et le numéro.

## Rappels
remind-button = Mes rappels
remind-settings = Vos rappels.
remind-kept = C'est noté.
remind-both = Je vous rappelle vos séances la veille, et une heure avant.
remind-day = Je vous rappelle vos séances la veille.
remind-hour = Je vous rappelle vos séances une heure avant.
remind-none = Je ne vous rappelle pas vos séances. Un changement de date ou une annulation vous arrive toujours.
remind-quiet = Heures calmes, à votre heure : { $text }. Ce qui tomberait dedans vient un peu avant, ou un peu après.
remind-never-quiet = Pas d'heures calmes.
remind-pause = Pour tout arrêter quelques jours : `{ $pause }`
remind-button-day-on = La veille : oui
remind-button-day-off = La veille : non
remind-button-hour-on = Une heure avant : oui
remind-button-hour-off = Une heure avant : non
remind-button-quiet = Calme { $text }
remind-button-never-quiet = Jamais calme
remind-unclear =
    Je n'ai pas compris.
    Vous avez écrit : { $typed }
remind-form = Par exemple : `{ $settings } rappels veille non`, `{ $settings } rappels calme 22h-8h`, `{ $settings } rappels aucun`
remind-late = Ce rappel arrive en retard : le programme était arrêté.
remind-name = • { $name }
remind-name-need = • { $name } : { $text }

## Besoins
need-button = Dire un besoin
need-ask = De quoi avez-vous besoin ? Une ligne suffit.
need-who = Seule la personne qui anime la lit, au plus tard une heure avant. Elle est effacée après la séance.
need-example = Par exemple : une rampe, être près de la porte, des sous-titres.
need-kept = C'est noté.
need-until = La personne qui anime le lira, au plus tard une heure avant.
need-now = La personne qui anime le lit maintenant.
need-later = La personne qui anime a déjà reçu { $count } messages de vous : elle trouvera celui-ci dans les détails de la séance.
need-notice = Un mot pour vous, qui animez.
need-button-away = Retirer
need-away = C'est retiré.
need-long =
    Cette ligne est trop longue.
    Elle a { $count } signes. Gardez-en { $number } au plus, et renvoyez-la.

## Ses propres données
around-page-need = Besoin pour la séance n° { $number } : { $text }
around-page-feedback = { $start } : retour sur la séance n° { $number }, « { $what } »
around-page-debrief = Séance n° { $number } que vous avez animée : { $what }
around-page-rest = Pause après une séance, jusqu'au { $text }

## L'adresse de son agenda
feed-button = Mon agenda ailleurs
feed-button-make = Créer mon adresse
feed-button-renew = Nouvelle adresse
feed-button-end = Arrêter
feed-button-titles = Montrer les titres
feed-button-no-titles = Cacher les titres
feed-button-gone = Retirer de mon agenda
feed-gone = Ouvrez ce fichier avec votre agenda : il retire ce rendez-vous.
feed-what = Vos rendez-vous dans l'agenda de votre téléphone, tenus à jour.
feed-what-next = Je peux vous donner une adresse à y ajouter. Elle est secrète : qui l'a peut lire vos rendez-vous.
feed-what-titles = Sans titre ni lieu, seulement « Agenda » et l'heure, tant que vous ne demandez pas plus.
feed-made = Voici votre adresse.
feed-address = { $link }
feed-how = Dans votre agenda, cherchez « S'abonner à un calendrier », et collez-la.
feed-secret = Gardez-la pour vous. Une nouvelle remplace l'ancienne. Qui tient votre agenda en ligne (Google, Apple et d'autres) lit ce qu'elle montre.
feed-there = Votre agenda a une adresse.
feed-since = Depuis le { $when }. Je ne peux pas la montrer à nouveau : je n'en garde qu'une empreinte.
feed-with-titles = Elle montre les titres et les lieux.
feed-without-titles = Elle montre l'heure, sans titre ni lieu.
feed-ended = C'est arrêté. Cette adresse ne mène plus nulle part.
feed-discreet =
    Sur un téléphone partagé, l'adresse reste sans titres.
    Pour changer cela, éteignez d'abord le mode discret.
feed-not-offered = Ici, je ne peux pas donner d'adresse d'agenda.
feed-not-offered-next = La personne qui fait tourner le programme peut le permettre avec le réglage `http.public_url`. Un fichier pour chaque séance marche toujours.
feed-unclear =
    Je n'ai pas compris.
    Vous avez écrit : { $typed }
feed-form = Par exemple : `{ $settings } agenda`, `{ $settings } agenda nouveau`, `{ $settings } agenda titres non`, `{ $settings } agenda non`
around-page-address = Votre agenda a une adresse privée depuis le { $text }
