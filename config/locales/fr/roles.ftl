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
people-role-unknown = Je ne connais pas le rôle « { $typed } ».
people-role-one-only = Une seule personne à la fois, s'il vous plaît.
people-role-form = Écrivez par exemple : `{ $role } @{ $name } { $what }`
people-role-words = Les rôles : membre, pair-aidant, animateur, coordinateur.
people-role-word-member = membre
people-role-word-supporter = pair-aidant
people-role-word-facilitator = animateur
people-role-word-coordinator = coordinateur
people-role-bot = Je suis un programme. Je ne peux pas avoir de rôle.
people-role-not-here =
    Je ne trouve pas { $name } dans ce groupe.
    La personne doit d'abord taper { $join }. Vérifiez aussi le nom.
people-role-same = { $name } a déjà ce rôle : { $what }.
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
people-role-own = Votre rôle dans le groupe : { $what }.
people-role-own-who = Les rôles sont confiés par les personnes qui coordonnent.
people-role-own-same = Vous avez déjà ce rôle : { $what }.
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
