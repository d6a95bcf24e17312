# Check-ins, one's own month, somebody to talk to.
# Arguments: note, title: Text (note may be a Msg); count, number: Number; when: Moment; lines: Lines; what: Msg; every other: Command.

# Avant le premier
checkin-consent = Une question avant de commencer.
checkin-consent-what =
    Je peux garder votre réponse à « Comment ça va ? » : un chiffre de 1 à 5, et un mot si vous voulez.
    Cela touche à votre santé. Je demande donc votre accord.
checkin-consent-who =
    Votre réponse n'est montrée à personne, ni au groupe, ni à l'équipe.
    Elle peut compter dans une tendance du groupe, sans nom, à partir de cinq réponses.
checkin-consent-how-long = Les mots sont gardés { $count } jours, les chiffres un an.
checkin-consent-free =
    Si vous dites non, tout le reste marche pareil.
    Vous pourrez changer d'avis : { $choices }
checkin-consent-button-yes = Je suis d'accord
checkin-consent-button-no = Non merci
checkin-declined =
    D'accord. Je ne garde rien.
    Vous pouvez changer d'avis quand vous voulez : { $checkin }
    { $sos } reste ouvert.

checkin-closed =
    Cette question n'est pas encore ouverte dans ce groupe. Je n'ai rien gardé.
    { $sos } répond toujours.
checkin-closed-team = L'équipe n'a pas fini d'installer le groupe. Vous pouvez le lui dire.

# /cava
checkin-kept = C'est noté pour aujourd'hui.
checkin-kept-again = C'est noté. Cette réponse remplace celle d'avant.
checkin-kept-what = Votre réponse : { $what }
checkin-kept-with-word = Votre réponse : { $what }, avec votre mot.
checkin-replaces = Vous avez déjà répondu aujourd'hui. Une nouvelle réponse remplace l'ancienne.
checkin-word-ask = Écrivez votre mot ici. Il n'est montré à personne.
checkin-erased =
    C'est effacé.
    Vous pouvez répondre de nouveau : { $checkin }
checkin-all-erased =
    C'est effacé. Je n'ai plus aucune de vos réponses.
    Vos choix : { $choices }
checkin-nothing-today =
    Rien n'est noté pour aujourd'hui.
    Pour répondre : { $checkin }
checkin-skipped =
    D'accord.
    { $sos } reste ouvert.
checkin-wrong = Je n'ai pas compris le chiffre.
checkin-form =
    Il va de 1 (très mal) à 5 (très bien), sans virgule.
    Par exemple : `{ $checkin } 3 { $note }`
checkin-form-note = un mot si vous voulez
checkin-button-word = Ajouter un mot
checkin-button-change = Changer
checkin-button-erase = Effacer
checkin-button-now = Répondre pour aujourd'hui

# /monmois
checkin-month =
    Voici vos derniers jours.
    En { $number } jours :
checkin-month-days =
    { $count ->
        [one] Vous avez répondu une fois.
       *[other] Vous avez répondu { $count } fois.
    }
checkin-month-face =
    { $count ->
        [one] { $what } : une fois
       *[other] { $what } : { $count } fois
    }
checkin-month-better = Par rapport aux { $number } jours d'avant, c'est plutôt mieux.
checkin-month-same = Par rapport aux { $number } jours d'avant, c'est à peu près pareil.
checkin-month-harder = Par rapport aux { $number } jours d'avant, c'est plutôt plus dur.
checkin-month-yours = Personne d'autre ne voit cela. Si c'est lourd : { $sos }
checkin-month-none = Rien n'est noté.
checkin-month-withdrawn = Vous avez choisi que je ne garde plus vos réponses. Pour changer d'avis, ou effacer : { $choices }
checkin-month-empty =
    Il n'y a rien à montrer pour l'instant.
    Rien n'est noté ces { $number } derniers jours.
    C'est très bien aussi. Vous répondez quand vous voulez.

# /parler
checkin-talk = Merci de votre message.
checkin-talk-now = Vous pouvez parler à quelqu'un maintenant :
checkin-talk-lines = { $lines }
checkin-talk-next = Les prochaines séances du groupe :
checkin-talk-session = • { $title }, { $when }
checkin-talk-none = Aucune séance du groupe n'est prévue pour l'instant.
checkin-talk-program = Je suis un programme. Personne n'a été prévenu.
checkin-button-sos = Plus d'aide
checkin-button-book = Réserver : { $title }

# /sos
checkin-sos-country = Votre pays est noté : { $country }. Pour en changer : { $country-command }
