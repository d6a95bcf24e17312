# Lier plusieurs comptes d'une même personne.
# Arguments : other-platform, code, alias : Text; minutes, hours, count : Number; when : Moment; day : Day; les autres : Command.

## /lier, et le code

link-only-here = C'est à faire ici, en privé. Rien n'est lié.
link-code-seen =
    D'autres ont pu lire ce que vous avez tapé dans le groupe : ce code ne sert plus.
    Pour un nouveau code, tapez ici : { $link-command }
link-code-first = Voici ce que vous avez demandé.
link-code = Dans votre autre compte, en privé, tapez : `{ $link-command } { $code }`
link-code-how =
    Ce code sert une seule fois, pendant { $minutes } minutes.
    Ensuite, je vous pose une question sur chaque compte.
link-code-secret = Ne donnez ce code à personne. Qui l'aurait pourrait voir vos réservations, vos { $credits } et vos messages.
link-code-wrong = Ce code n'ouvre rien.
link-code-rules =
    Il est mal tapé, déjà utilisé ou trop vieux : un code sert une fois, pendant { $minutes } minutes.
    Après { $count } essais, il faut attendre { $hours ->
        [one] une heure
       *[other] { $hours } heures
    }.
link-code-anew = Pour un nouveau code, tapez dans votre autre compte : { $link-command }
link-code-own =
    Ce code est fait pour votre autre compte.
    Tapez-le là-bas, en privé, après { $link-command }
link-already = Ces deux comptes sont déjà liés.
link-full = Vous avez déjà { $count } comptes liés, ou vous en auriez plus. Retirez-en un d'abord.
link-closed =
    Je ne peux pas écrire à votre autre compte.
    Ouvrez d'abord une conversation avec moi là-bas. Puis, pour un nouveau code : { $link-command }
link-busy =
    Une liaison est déjà en cours pour votre autre compte.
    Là-bas, pour la voir ou l'arrêter : { $link-command }
link-nobody =
    Aucun des deux comptes ne fait partie d'un groupe.
    Rejoignez d'abord un groupe avec l'un d'eux : { $join }

## La question, sur chaque compte

link-question = Une question pour vous.
link-ask-typing = Vous avez tapé un code qui vient d'un autre compte, sur { $other-platform }.
link-ask-asking = Le code que vous avez demandé a été tapé sur un autre compte, sur { $other-platform }.
link-means =
    Si vous acceptez, les deux comptes deviennent une seule personne.
    Qui tient l'autre compte verra vos réservations, vos { $credits }, vos bilans et mes messages, et pourra agir en votre nom.
link-warning = Une autre personne vous a donné ce code, ou vous l'a demandé ? Alors refusez. L'équipe ne demande jamais un code.
link-answer-both = Il faut dire oui sur les deux comptes, dans les { $minutes } minutes. Sinon, rien ne change.
link-button-agree = Ces deux comptes sont à moi
link-button-refuse = Refuser
link-noted = C'est noté.
link-agreed-wait = Répondez maintenant sur votre autre compte ({ $other-platform }).
link-refused =
    D'accord. Rien n'est lié.
    Pour recommencer : { $link-command }
link-refused-beyond = La liaison avec un compte { $other-platform } a été refusée là-bas. Rien n'est lié.
link-over =
    Cette question ne tient plus. Rien n'est lié.
    Pour recommencer : { $link-command }

## Le jour d'attente

link-news = Une nouvelle de vos comptes.
link-takes-effect = La liaison avec un compte { $other-platform } prendra effet { $when }.
link-not-you = Ce n'était pas vous, ou vous changez d'avis ? Choisissez « Arrêter ». Rien ne sera lié.
link-button-stop = Ce n'était pas moi, arrêter
link-under-way = Une liaison est déjà en cours.
link-not-answered = Une liaison avec un autre compte attend un oui sur chaque compte.
link-stopped = C'est arrêté. Rien n'est lié.
link-stopped-next =
    Ce n'était pas vous ? Mettez un code à votre téléphone, et parlez-en à une personne qui anime le groupe.
    Pour recommencer : { $link-command }
link-stopped-beyond = La liaison avec un compte { $other-platform } a été arrêtée. Rien n'est lié.
link-nothing-to-stop =
    Aucune liaison n'est en cours.
    Pour voir vos comptes : { $settings }
link-off =
    La liaison n'a pas eu lieu : quelque chose a changé entre-temps. Rien n'est lié.
    Pour recommencer : { $link-command }

## C'est fait

link-done = Votre compte { $other-platform } est lié à celui-ci.
link-done-means = Vous avez un seul solde et une seule liste de réservations. Mes messages vont au compte que vous avez utilisé en dernier.
link-alias = Votre pseudo est maintenant **{ $alias }**.
link-seats = { $count ->
    [one] Vous aviez deux places dans une même séance : une est rendue, et son prix aussi.
   *[other] Vous aviez deux places dans { $count } séances : l'une est rendue, et son prix aussi.
}
link-undo = Pour voir ou défaire : { $settings }
link-line-one = vos comptes sont devenus un seul

## Voir et défaire

link-account = Compte lié : { $other-platform }
link-account-since = Compte lié : { $other-platform }, depuis le { $day }
link-button-code = Lier un compte
link-button-accounts = Défaire une liaison
link-button-settings = ⚙️ Mes réglages
link-button-this-account = Ce compte-ci
link-button-unlink = Défaire
link-button-nothing = Ne rien changer
link-none = Aucun autre compte n'est lié à celui-ci.
link-accounts = Voici vos comptes liés.
link-which-alone = Lequel doit redevenir indépendant ?
link-unlink-that =
    Le compte { $other-platform } ne sera plus vous.
    Pseudo, { $credits }, réservations et bilans restent ici. L'autre compte n'en garde rien.
link-unlink-this =
    Ce compte ne sera plus vous.
    Pseudo, { $credits }, réservations et bilans restent à vos autres comptes. Ici, il n'en reste rien.
link-unlink-anew = Le compte retiré pourra rejoindre le groupe comme une nouvelle personne.
link-unlinked = Le compte { $other-platform } n'est plus lié au vôtre. Rien d'autre ne change.
link-alone =
    Ce compte n'est plus lié. Pseudo, { $credits } et réservations sont restés à l'autre compte.
    Pour rejoindre le groupe comme une nouvelle personne : { $join }
    Ce n'était pas vous ? Parlez-en à une personne qui anime le groupe.
link-not-linked =
    Ce compte n'est plus lié au vôtre.
    Pour voir vos comptes : { $settings }
link-nothing-changed = D'accord. Rien ne change.
