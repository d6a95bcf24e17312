# Joining, setting up, leaving, settings, roles, pauses, rules.
# Arguments: typed, name, alias, code, group, association, zone, text: Text; count, number: Number; when: Moment;
# language: Language; country: Country; platform: Platform; what: Msg; every other: Command.

# /installer
people-setup-already = Ce salon est déjà installé.
people-setup-more-codes = Pour ouvrir un autre salon ou un autre groupe, demandez des codes.
people-setup-you-are-in = Vous êtes déjà dans le groupe.
people-setup-how-to-join = Pour participer : { $join }
people-setup-bad-code =
    Ce code n'ouvre rien ici.
    Il est mal tapé, déjà utilisé ou trop vieux : un code sert une seule fois, pendant 24 heures.
    La personne qui coordonne peut en donner un nouveau : `{ $settings } codes`
    Sans code, `{ $setup }` crée un groupe nouveau.
people-setup-room-added = C'est fait. Ce salon fait maintenant partie du groupe.
people-setup-group-added = C'est fait. Ce salon est maintenant un nouveau groupe.
people-setup-declined =
    D'accord. Je ne garde rien de vous.
    Le salon reste prêt : une autre personne qui l'administre peut taper { $setup }
people-setup-ready = Le groupe est prêt.
people-setup-coordinator =
    Vous le coordonnez.
    { $sos } répond à tout le monde, tout de suite.
people-codes = Voici deux codes.
people-code-room = Pour ajouter un salon à ce groupe, tapez là-bas : `{ $setup } { $code }`
people-code-group = Pour ouvrir un autre groupe de la même association, tapez là-bas : `{ $setup } { $code }`
people-code-until = Chaque code sert une fois, jusqu'au { $when }.
people-setup-refine = Vous pouvez préciser ce que vous voulez, maintenant ou plus tard : { $settings }

# /rejoindre
people-button-join = Rejoindre le groupe
people-join-already = Vous êtes déjà dans le groupe. Que voulez-vous faire ?
people-joined = C'est fait. Bienvenue.
people-joined-alias = Ici, votre pseudo est **{ $alias }**. Pour en changer : { $alias-command }
people-joined-next = Rien n'est obligatoire. Voici ce que vous pouvez faire :
people-declined =
    D'accord. Je ne garde de vous ni pseudo ni réponse.
    Vous pouvez changer d'avis quand vous voulez : { $join }
    { $sos } reste ouvert.
people-notice-title = Voici les détails.
people-notice-who = Qui garde vos données : { $association }.
people-notice-contact = Pour joindre l'équipe : { $text }
people-notice-no-contact = Pour joindre l'équipe : parlez à une personne qui anime le groupe.
people-notice-what =
    Ce que je garde : votre compte sur cette messagerie, votre pseudo, votre langue, votre pays, vos rendez-vous, vos crédits.
    Je ne garde pas ce que vous écrivez aux autres dans le groupe.
people-notice-why = Pourquoi : pour tenir les rendez-vous et les crédits. Rien d'autre. Cela repose sur votre accord seul.
people-notice-how =
    Comment : noms et textes sont gardés chiffrés. Rien n'est vendu.
    Jusqu'à quand : vos notes, 90 jours ; vos bilans et vos rendez-vous, 12 mois. Votre groupe a pu choisir moins.
    Le reste : jusqu'à ce que vous l'effaciez, ou après deux ans sans message de vous, en vous prévenant.
people-notice-platform = { $platform } voit aussi nos messages, selon ses propres règles.
people-notice-rights =
    Vous choisissez pour chaque usage : { $choices }
    Vous pouvez partir : { $leave }. Avoir une copie : { $mydata }. Tout effacer : { $erase }
people-notice-complaint = Une plainte ? L'autorité de protection des données de votre pays la reçoit (en France, la CNIL).

# /quitter
people-leave-ask = Voulez-vous vraiment partir ?
people-leave-bookings =
    { $count ->
        [one] Votre place réservée sera libérée.
       *[other] Vos { $count } places réservées seront libérées.
    }
people-leave-kept = Votre pseudo et vos { $credits } restent gardés. Vous pourrez revenir : { $join }
people-leave-button-yes = Partir
people-leave-button-no = Rester
people-leave-stayed = D'accord. Rien ne change.
people-leave-not-in =
    Vous n'êtes pas dans ce groupe.
    Pour participer : { $join }
people-leave-last-coordinator =
    Pour l'instant, vous ne pouvez pas partir : le groupe n'a personne d'autre pour le coordonner.
    Confiez-le d'abord à quelqu'un : `{ $role } @Sam coordinateur`
people-left =
    C'est fait. Vous ne faites plus partie du groupe.
    Vous pouvez revenir quand vous voulez : { $join }
    { $sos } reste ouvert.

# /reglages
people-settings = Vos réglages.
people-settings-language = Langue : { $language }
people-settings-country = Pays : { $country }
people-settings-no-country = Pays : pas encore choisi
people-settings-zone = Fuseau horaire : { $zone }
people-settings-alias = Pseudo : { $alias }
people-settings-community = **Pour tout le monde**
people-settings-association = Association : { $association }
people-settings-no-association = Association : pas encore nommée
people-settings-contact = Contact : { $text }
people-settings-no-contact = Contact : pas encore donné
people-settings-group = Nom du groupe : { $group }
people-settings-unknown =
    Je ne connais pas ce réglage.
    Vous avez écrit : { $typed }
    Tapez { $settings } pour voir les choix.
people-button-language = Ma langue
people-button-my-country = Mon pays
people-button-my-zone = Mon fuseau
people-button-alias = Mon pseudo
people-button-association = Nom de l'association
people-button-contact = Contact
people-button-group-name = Nom du groupe
people-button-community-language = Langue du groupe
people-button-community-zone = Fuseau du groupe
people-button-community-country = Pays du groupe
people-button-charter = Charte
people-button-codes = Nouveaux codes

# /langue
people-language-now = Votre langue : { $language }. Vous pouvez choisir :
people-language-set = C'est fait. Votre langue : { $language }.
people-language-unknown =
    Je ne connais pas encore cette langue.
    Vous avez écrit : { $typed }
    Choisissez ci-dessous, ou tapez par exemple : `{ $language-command } fr`
people-button-a-language = { $language }

# /pays
people-country-now = Votre pays : { $country }.
people-country-none = Aucun pays n'est choisi.
people-country-ask = Le pays sert à montrer les bons numéros d'aide. Choisissez, ou écrivez son nom.
people-country-set =
    C'est fait. Votre pays : { $country }.
    { $sos } montre les numéros de ce pays.
people-country-unknown =
    Je ne connais pas ce pays.
    Vous avez écrit : { $typed }
    Choisissez, ou écrivez son nom, par exemple : `{ $country-command } France`
people-button-country = { $country }

# /fuseau
people-zone-now =
    Votre fuseau horaire.
    { $zone }. Maintenant : { $when }.
people-zone-ask = Choisissez, ou écrivez le nom d'une grande ville proche.
people-zone-set =
    C'est fait.
    Votre fuseau horaire : { $zone }. Maintenant : { $when }.
people-zone-unknown =
    Je ne connais pas ce fuseau.
    Vous avez écrit : { $typed }
    Choisissez, ou écrivez une grande ville, par exemple : `{ $timezone } Europe/Paris`
people-button-zone = { $zone }

# /pseudo
people-alias-now =
    Votre pseudo.
    Ici, on vous appelle **{ $alias }**.
people-alias-ask = Pour en changer, écrivez le nouveau, par exemple : `{ $alias-command } Nadia`
people-alias-set =
    C'est fait.
    Votre pseudo : **{ $alias }**
people-alias-numbered = « { $name } » ressemble à un autre nom : j'ai ajouté un numéro.
people-alias-empty =
    Il me faut un nom qui se voit.
    Par exemple : `{ $alias-command } Nadia`
people-alias-bot =
    Ce pseudo ressemble à mon nom. On pourrait nous confondre.
    Choisissez-en un autre, par exemple : `{ $alias-command } Nadia`

# Ce que règlent les personnes qui coordonnent
people-association-ask = Quel est le nom de l'association ? Écrivez-le ici.
people-association-set =
    C'est fait.
    L'association : { $association }.
people-contact-ask = Comment joindre l'équipe ? Écrivez un téléphone, une adresse ou un nom.
people-contact-set =
    C'est fait.
    Le contact : { $text }
people-group-name-ask = Quel est le nom de ce groupe ? Écrivez-le ici.
people-group-name-set =
    C'est fait.
    Le groupe s'appelle : { $group }.
people-community-language-now = La langue du groupe : { $language }. Vous pouvez choisir :
people-community-language-set = C'est fait. La langue du groupe : { $language }.
people-community-zone-now =
    Le fuseau horaire du groupe.
    Aujourd'hui : { $zone }.
people-community-zone-set =
    C'est fait.
    Le fuseau horaire du groupe : { $zone }. Maintenant : { $when }.
people-community-country-now = Le pays du groupe : { $country }.
people-community-country-none = Aucun pays n'est choisi pour le groupe.
people-community-country-set = C'est fait. Le pays du groupe : { $country }.
people-charter-ask =
    Écrivez la charte du groupe, en un seul message.
    { $rules } montre celle d'aujourd'hui.
people-charter-set = C'est fait. La nouvelle charte se lit avec { $rules }
people-charter-default-set = C'est fait. La charte habituelle se lit avec { $rules }
people-button-charter-default = La charte habituelle

# /pause, /reprendre
people-pause-ask =
    Combien de temps ?
    Vous pouvez aussi écrire : `{ $pause } 3 semaines`, jusqu'à { $number } jours.
people-pause-now = Vous êtes en pause jusqu'au { $when }.
people-pause-set = C'est noté. Prenez votre temps.
people-pause-until = Pause jusqu'au { $when }.
people-pause-what =
    D'ici là : pas d'invitation, pas de rappel.
    Vos réservations restent. { $sos } reste ouvert.
people-pause-form =
    Je n'ai pas compris la durée.
    Vous avez écrit : { $typed }
    Une pause va de 1 à { $number } jours, par exemple : `{ $pause } 7j`
people-pause-range =
    C'est trop court ou trop long.
    Une pause va de 1 à { $number } jours.
    Par exemple : `{ $pause } 7j`
people-button-pause-day = 1 jour
people-button-pause-week = 7 jours
people-button-pause-month = 30 jours
people-button-resume = Reprendre
people-resumed = C'est noté. La pause est finie.
people-resume-not-paused =
    Vous n'êtes pas en pause.
    Pour en faire une : { $pause }
people-group-paused = C'est noté. Le groupe est en pause : plus de sujets ni d'invitations.
people-group-paused-already = Le groupe est déjà en pause.
people-group-resumed = C'est noté. Le groupe reprend.
people-group-not-paused = Le groupe n'est pas en pause.

# /charte
people-rules-title = **La charte du groupe**
people-rules-own = { $text }
people-rules-default =
    • Ce qui se dit ici reste ici.
    • On parle de soi, sans juger les autres.
    • On écoute jusqu'au bout.
    • On ne donne pas de conseil si personne n'en demande.
    • On peut se taire, ou partir, sans dire pourquoi.
    • Pas de photo, pas de nom, pas de message copié hors du groupe.
    • Besoin d'aide maintenant : { $sos }
people-rules-contact = Pour joindre l'équipe : { $text }
