# Roles: naming, handing back, two to coordinate; removing somebody.
# Arguments: typed, name, alias, text: Text; count, number: Number; when: Moment; what: Msg; every other: Command.

# /role
people-role-done = C'est fait.
people-role-set = { $name } a maintenant le rôle : { $what }.
people-role-news = Un petit changement pour vous.
people-role-told = Votre rôle dans le groupe : { $what }.
people-role-can = Tout ce que vous pouvez faire : `{ $menu } tout`
people-role-which = Il manque le rôle.
people-role-who-and-which = À qui confier quel rôle ?
people-role-unknown =
    Je ne connais pas ce rôle.
    Vous avez écrit : { $typed }
people-role-one-only = Une seule personne à la fois, s'il vous plaît.
people-role-form = Écrivez par exemple : `{ $role } @{ $name } { $what }`
people-role-words = Les rôles : membre, pair-aidant, animateur, coordinateur.
people-role-word-member = membre
people-role-word-supporter = pair-aidant
people-role-word-facilitator = animateur
people-role-word-coordinator = coordinateur
people-role-bot = Je suis un programme. Je ne peux pas avoir de rôle.
people-role-not-here =
    Je ne trouve pas cette personne dans ce groupe.
    Vous avez écrit : { $name }
    La personne doit d'abord taper { $join }. Vérifiez aussi le nom.
people-role-same =
    Rien à changer.
    { $name } a déjà ce rôle : { $what }.
people-role-last-coordinator =
    Il faut au moins une personne pour coordonner.
    Nommez-en d'abord une autre : `{ $role } @Sam coordinateur`
people-role-meant = Vouliez-vous dire : { $what } ?
people-role-button-yes = { $what }
people-role-button-no = Non
people-role-button-undo = Revenir à avant
people-role-may-decline = Ce rôle ne vous convient pas ? Vous pouvez le rendre, sans dire pourquoi.
people-role-button-decline = Rendre ce rôle
people-role-ask-team = Une question ? Parlez-en à une personne qui coordonne.
people-role-own =
    Voici votre rôle dans le groupe.
    { $what }
people-role-own-who = Les rôles sont confiés par les personnes qui coordonnent.
people-role-own-same =
    Rien à changer.
    Vous avez déjà ce rôle : { $what }.
people-role-not-higher =
    Un rôle se reçoit. On ne le prend pas soi-même.
    Parlez-en à une personne qui coordonne le groupe.
people-role-back-ask = Voulez-vous vraiment rendre un rôle ?
people-role-back-now = Votre rôle maintenant : { $what }.
people-role-back-then = Ensuite : { $what }.
people-role-back-how = Seule une personne qui coordonne pourra vous le redonner.
people-role-back-other = Pour quelqu'un d'autre : `{ $role } @Sam { $what }`
people-role-button-back = Rendre ce rôle
people-role-button-keep = Le garder
people-role-kept = D'accord. Rien ne change.
people-team-news = Une nouvelle de l'équipe.
people-role-handed-back = { $alias } a rendu son rôle : { $what }.
people-team-alone = Il n'y a plus que vous pour coordonner.
people-second =
    Un conseil : soyez deux à coordonner. Le groupe tient alors aussi en votre absence.
    Pour nommer quelqu'un : `{ $role } @Sam coordinateur`

# /retirer
people-remove-who = Qui voulez-vous retirer ?
people-remove-form = Écrivez par exemple : `{ $remove } @Sam`
people-remove-bot = Je suis un programme. Pour m'enlever, retirez-moi du salon.
people-remove-oneself =
    C'est vous.
    Pour partir : { $leave }
people-remove-not-here =
    Je ne trouve pas cette personne dans ce groupe.
    Vous avez écrit : { $name }
    Vérifiez le nom. Vous pouvez aussi répondre à un message de cette personne.
people-remove-ask = Une question avant de continuer.
people-remove-whom = Voulez-vous retirer { $name } ?
people-remove-silent = Je ne préviens personne, ni le groupe, ni cette personne. Je ne garde aucune raison.
people-remove-ends = Rappels et messages s'arrêtent. Ses places sont libérées sans frais. Ses { $credits } et son pseudo restent gardés.
people-remove-hosted =
    { $count ->
        [one] La séance que cette personne anime passe à votre nom. Vous pourrez l'annuler.
       *[other] Les { $count } séances que cette personne anime passent à votre nom. Vous pourrez les annuler.
    }
people-remove-coordinates = Cette personne coordonne. Elle perd ce rôle.
people-remove-barred-means = « Sans retour » : elle ne pourra rejoindre le groupe que si la coordination le permet.
people-remove-button-yes = Retirer
people-remove-button-here = Retirer de ce groupe
people-remove-button-everywhere = Retirer de tous les groupes
people-remove-button-barred = Retirer, sans retour
people-remove-button-no = Ne rien changer
people-remove-button-undo = Revenir à avant
people-remove-done = C'est fait.
people-removed = { $name } ne fait plus partie du groupe.
people-removed-may-return = Cette personne peut revenir d'elle-même : { $join }
people-removed-barred = Pour lui permettre de revenir un jour : `{ $remove } @{ $name } retour`
people-remove-may-return =
    Si vous aviez retiré { $name }, cette personne peut de nouveau rejoindre le groupe : { $join }
    Je ne la préviens pas.
people-remove-gone =
    Je ne peux plus remettre cette personne.
    Les données de { $name } sont effacées. On peut toujours rejoindre comme nouvelle personne : { $join }
people-brought-back = { $name } est de nouveau dans le groupe, avec le même rôle.
people-brought-back-not = Ses places et ses séances ne reviennent pas d'elles-mêmes.
people-join-barred = Je ne peux pas vous inscrire dans ce groupe pour l'instant.
people-join-barred-sos = Besoin d'aide maintenant : { $sos }
session-handed-over = Une séance passe à votre nom.
