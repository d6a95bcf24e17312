# /effacer, /mesdonnees, la durée de conservation.
# Arguments: association, text, typed, word, start: Text; number, count, days, months, amount: Number; day: Day; what: Msg;
# mydata, role, settings, menu: Command.

# /effacer
data-erase-which = Que voulez-vous effacer ?
data-erase-kept = D'accord. Rien n'est effacé.
data-nothing-done = D'accord. Je ne fais rien.
data-button-community = { $association }
data-button-community-unnamed = Le groupe n° { $number }
data-button-all = Tout
data-button-none = Rien
data-erase-last-coordinator =
    Pour l'instant, je ne peux pas tout effacer : le groupe n'a personne d'autre pour le coordonner.
    Confiez-le d'abord à quelqu'un : `{ $role } @Sam coordinateur`
    Une copie de vos données reste possible tout de suite : { $mydata }
data-button-copy = Garder une copie
data-button-erase = Tout effacer

# Les séances de qui est parti
data-session-yours = Une séance a besoin de vous.
data-session-yours-line =
    { $count ->
        [0] La personne qui devait la tenir n'est plus là. Vous la tenez maintenant. Personne n'a encore réservé.
        [one] La personne qui devait la tenir n'est plus là. Vous la tenez maintenant. Une personne a réservé.
       *[other] La personne qui devait la tenir n'est plus là. Vous la tenez maintenant. { $count } personnes ont réservé.
    }
    Si vous ne pouvez pas, annulez-la : tout le monde sera prévenu.
data-session-other-host = Une nouvelle d'une séance.
data-session-other-host-line = Une autre personne la tient. Votre place ne change pas.
data-session-closed = Une nouvelle d'une séance.

# /mesdonnees
data-copy-which = De quoi voulez-vous une copie ?
data-copy = Voici la même chose, à lire.
data-copy-files = La page `.txt` se lit sur tout téléphone. Le fichier `.json` est pour un autre programme.
data-copy-care =
    Ces fichiers ne sont pas chiffrés. Téléphone partagé ? Supprimez-les après.
    Rien n'y parle d'une autre personne : qui vous a donné des crédits y est « un membre ».
data-copy-json = Voici ce que je garde de vous.
data-copy-part = Voici la suite, partie { $number }.

# La page
data-page-title = Ce que je garde de vous, le { $text }
data-page-version = Forme { $number }. Les heures sont en temps universel (UTC).
data-page-head =
    { "" }
    == { $what } ==
data-page-account = Votre compte
data-page-platform = Messagerie : { $text }
data-page-id = Numéro du compte : { $text }
data-page-user-name = Nom d'utilisateur : { $text }
data-page-shown = Nom affiché : { $text }
data-page-language = Langue : { $text }
data-page-country = Pays : { $text }
data-page-zone = Fuseau : { $text }
data-page-used = Dernier usage, au jour près : { $text }
data-page-questions = Questions avec des choix : { $count }
data-page-awaited = J'attends la suite de : { $text }
data-page-chosen = Le groupe choisi pour un jour : { $text }
data-page-linked = Votre autre compte, sur { $text } : { $name }
data-page-report = { $start } : vous avez signalé : { $text }
data-page-blocked = Vous ne voulez plus rien recevoir de : { $text }
data-page-thanks = { $start } : un merci à { $text }
data-page-thanked = { $start } : un merci d'un membre
data-page-founder = Un salon que vous avez installé attend votre accord.
data-page-owed = Un message pour vous attend depuis : { $text }
data-page-failed = { $start } : je n'ai pas pu traiter ce message : { $text }
data-page-nowhere = Vous n'êtes dans aucun groupe. Je ne garde rien d'autre.
data-page-community = { $association }
data-page-community-unnamed = Un groupe
data-page-contact = Contact : { $text }
data-page-alias = Pseudo : { $text }
data-page-paused = En pause jusqu'à : { $text }
data-page-coordinator = Vous coordonnez.
data-page-left = Vous êtes parti le : { $text }
data-page-offers = Ce que vous proposez : { $what }
data-page-kept = Vos bilans sont gardés { $months } mois, comme vous l'avez choisi.
data-page-group = Groupe { $text }, depuis { $start } ({ $what })
data-page-group-ended = jusqu'à { $text }
data-page-consent = Accord ({ $what }) : { $items }, texte { $number }, le { $start }
data-page-checkins = Vos bilans
data-page-checkin = { $start } : { $what }
data-page-line = { "    " }{ $text }
data-page-bookings = Vos réservations
data-page-booking = n° { $number }, { $text }, { $start } ({ $what })
data-page-seat-kept = Place gardée : { $title }
data-page-sessions = Les séances que vous tenez
data-page-session = { $start } : { $text }
data-page-prompts = Vos sujets
data-page-dated = { $start } : { $text }
data-page-credits = Vos { $credits }
data-page-balance = Solde : { $amount }
data-page-set-aside = Mis de côté pour des séances : { $amount }
data-page-gift = Un don qui attend, virement n° { $number } : { $amount }
data-page-movement = n° { $number }, { $start } : { $text }, { $what }
data-page-from-member = { "    " }d'un membre
data-page-older = Les mouvements plus anciens sont dans le fichier .json.

# Mots de la page
data-word-member = membre
data-word-supporter = pair-aidant
data-word-facilitator = animateur
data-word-participation = participer
data-word-alerts = alertes
data-word-figures = chiffres pour les partenaires
data-word-given = oui
data-word-withdrawn = retiré
data-word-asked = redemandé
data-word-checkins = bilans
data-word-booked = réservé
data-word-waiting = liste d'attente
data-word-offered = place proposée
data-word-cancelled = annulé
data-word-attended = venu
data-word-absent = absent
data-word-lapsed = sans suite
data-word-issue = émission
data-word-grant = { $credits } de la coordination
data-word-gift = don
data-word-gift-return = don revenu
data-word-booking = réservation
data-word-refund = remboursement
data-word-attendance = séance tenue ou suivie
data-word-late = annulation tardive ou absence
data-word-reversal = correction
data-word-closing = fin de compte
data-word-other = autre

# /reglages conservation
data-retention = Voici combien de temps ce groupe garde les choses.
data-retention-notes = Les notes des bilans : { $days } jours.
data-retention-scores = Les bilans : { $months } mois. Chaque personne peut garder les siens plus longtemps.
data-retention-bookings = Les réservations passées : { $months } mois.
data-retention-still = Un compte sans aucun message pendant deux ans : effacé, et prévenu trente jours avant.
data-retention-how =
    Pour changer :
    `{ $settings } conservation notes 60` (30 à 90 jours)
    `{ $settings } conservation bilans 6` (3 à 12 mois)
    `{ $settings } conservation reservations 6` (3 à 12 mois)
data-retention-unknown = Je ne connais pas « { $typed } » ici.
data-retention-notes-bounds = Pour les notes, écrivez un nombre de jours entre 30 et 90 : `{ $settings } conservation notes 60`
data-retention-scores-bounds = Pour les bilans, écrivez un nombre de mois entre 3 et 12 : `{ $settings } conservation bilans 6`
data-retention-bookings-bounds = Pour les réservations, écrivez un nombre de mois entre 3 et 12 : `{ $settings } conservation reservations 6`
data-retention-notes-set = Les notes des bilans sont gardées { $days } jours.
data-retention-scores-set = Les bilans sont gardés { $months } mois.
data-retention-bookings-set = Les réservations passées sont gardées { $months } mois.
data-retention-soon = Ce qui est plus ancien est effacé dans les vingt-quatre heures.

# /reglages garder
data-done = C'est fait.
data-not-understood = Je n'ai pas compris.
data-keep-title = Voici votre réglage.
data-keep = Vos bilans sont gardés { $months } mois.
data-keep-ask = Vous pouvez garder les vôtres plus longtemps. Vos notes suivent la règle du groupe.
data-keep-bounds = Choisissez une de ces durées.
data-keep-set = Vos bilans sont gardés { $months } mois.
data-button-months = { $months } mois
data-button-keep = La durée de mes bilans

# Un compte longtemps sans message
data-still = Bonjour. Un mot au sujet de votre compte.
data-still-day = Vous n'avez rien écrit ici depuis presque deux ans. Le { $day }, j'efface ce que je garde de vous.
data-still-stay = Pour rester, écrivez-moi un mot, par exemple { $menu }
data-still-copy = Pour une copie : { $mydata }
data-button-stay = Rester
