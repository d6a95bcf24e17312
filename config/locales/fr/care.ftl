### The most delicate texts. Each bears a version and who signed it: "no", or a clinician's name and the last day it may be used,
### as in "Dr A. Martin until 2027-12-01". Operators cannot override them, and they refer to no message outside this file.
### One idea a line, about twelve words a line. $lines and $others come from crisis-lines.toml.
### $association-id tells whether the association is known: "text" where it is.

care-association-unknown = l'équipe de ce groupe

## 1. Consent
## A changed text gets a new CONSENT_VERSION in src/domain/people/consent.rs and is asked again.

care-consent =
    Bonjour. Je suis un programme, pas une personne, pas un soignant.
    { $association-id ->
        [care-association-unknown] L'équipe de ce groupe l'organise et garde vos données.
       *[text] { $association } organise ce groupe et garde vos données.
    }
    Je garde : votre pseudo, vos rendez-vous, vos crédits.
    Cela touche à votre santé. Je demande donc votre accord.
    Personne ne surveille les messages.
    { $platform } garde aussi nos messages. Téléphone partagé ? Touchez « Discret ».
    Pour arrêter ou tout effacer : { $erase }, quand vous voulez.
    .version = 0.2
    .signed = no
care-consent-button-agree = J'ai 16 ans ou plus et je suis d'accord
care-consent-button-refuse = Non merci
care-consent-button-more = En savoir plus
care-consent-button-discreet = Discret

## 2. First welcome in the group

care-welcome =
    { $association-id ->
        [care-association-unknown] Bonjour à toutes et à tous. Je suis { $bot }, un programme de l'équipe de ce groupe.
       *[text] Bonjour à toutes et à tous. Je suis { $bot }, un programme de { $association }.
    }
    J'aide pour les rendez-vous et les crédits.
    Je garde seulement les messages écrits pour moi.
    Rien n'est obligatoire.
    En privé, vos réponses ne s'affichent pas ici.
    Besoin d'aide maintenant : { $sos }
    .version = 0.1
    .signed = no
care-welcome-button-private = Ouvrir une conversation privée

## 3. Check-in question

care-checkin-question =
    Comment ça va aujourd'hui ?
    Toutes les réponses sont bonnes. Vous pouvez passer.
    Votre réponse n'est montrée à personne.
    .version = 0.1
    .signed = no
care-checkin-question-button-1 = 😞 Très mal
care-checkin-question-button-2 = 🙁 Mal
care-checkin-question-button-3 = 😐 Moyen
care-checkin-question-button-4 = 🙂 Bien
care-checkin-question-button-5 = 😊 Très bien
care-checkin-question-button-skip = Passer

## 4. Answer to score 1

care-score-one =
    Merci d'avoir répondu. C'est noté.
    Ça a l'air très dur en ce moment.
    Vous pouvez en parler à quelqu'un.
    Si vous pensez au suicide, appelez maintenant :
    { $lines }
    Je suis un programme. Personne n'a été prévenu.
    .version = 0.1
    .signed = no
care-score-one-short =
    Merci d'avoir répondu. C'est noté.
    Vous pouvez en parler à quelqu'un :
    { $lines }
    Je suis un programme. Personne n'a été prévenu.
    .version = 0.1
    .signed = no
care-score-one-button-talk = Parler à quelqu'un
care-score-one-button-others = Autres numéros
care-score-one-button-later = Pas maintenant

## 5. /sos in private. $lines: one line for each kind.

care-sos =
    Merci de votre message.
    { $association-id ->
        [care-association-unknown] L'équipe de ce groupe a écrit ces mots. Vous comptez pour nous.
       *[text] L'équipe de { $association } a écrit ces mots. Vous comptez pour nous.
    }
    { $lines }
    Si possible, rejoignez une personne de confiance.
    Je suis un programme. Je ne peux pas appeler pour vous.
    .version = 0.1
    .signed = no
care-sos-no-country =
    Merci de votre message.
    { $association-id ->
        [care-association-unknown] L'équipe de ce groupe a écrit ces mots. Vous comptez pour nous.
       *[text] L'équipe de { $association } a écrit ces mots. Vous comptez pour nous.
    }
    Danger tout de suite : appelez le **112**, ou le numéro d'urgence de votre pays.
    Je ne connais pas votre pays. Dites-le-moi : je vous donne ses numéros.
    Si possible, rejoignez une personne de confiance.
    Je suis un programme. Je ne peux pas appeler pour vous.
    .version = 0.1
    .signed = no
care-sos-button-alert = Prévenir la permanence, ouverte jusqu'à { $time }
care-sos-button-others = Violences, enfant, autres numéros
care-sos-button-worried = Je m'inquiète pour quelqu'un
care-sos-others =
    Voici d'autres numéros.
    { $others }
    .version = 0.1
    .signed = no
care-sos-worried =
    Merci de penser à cette personne.
    Vous pouvez appeler pour elle, et pour vous :
    { $lines }
    En parler avec elle ne lui fait pas de mal.
    Je suis un programme. Je ne peux pas appeler pour vous.
    .version = 0.1
    .signed = no

## 6. Alert someone: sent

care-alert-sent =
    Votre demande est partie à { $time }.
    Les personnes de permanence voient seulement : votre pseudo, le groupe, l'heure.
    Je vous écris avant { $deadline }, même si personne ne répond.
    N'attendez pas pour appeler :
    { $lines }
    .version = 0.1
    .signed = no
care-alert-sent-button-others = Autres numéros
care-alert-sent-button-cancel = Annuler ma demande

## 7. Nobody on duty

care-nobody-on-duty =
    Personne du groupe ne peut répondre maintenant.
    Ce n'est pas à cause de vous.
    D'autres répondent jour et nuit :
    { $lines }
    Le groupe répond de nouveau { $when }.
    .version = 0.1
    .signed = no
care-nobody-on-duty-button-others = Autres numéros
care-nobody-on-duty-button-write = Demander qu'on m'écrive à ce moment-là

## 8. No seats left. The title stands on the second line: the first is seen on locked screens.

care-session-full =
    C'est complet :
    { $title }, { $when }.
    Le groupe reste ouvert pour vous.
    Une place peut se libérer. Je peux vous écrire.
    .version = 0.1
    .signed = no
care-session-full-button-wait = Attendre une place
care-session-full-button-dates = Autres dates
care-session-full-button-talk = Parler à quelqu'un

## 9. A booking, byte for byte the same whoever pays. The title stands on the second line.

care-booked =
    Votre place est réservée :
    { $title }, { $when }.
    Vous n'avez rien d'autre à faire.
    Vous ne pouvez plus venir ? Dites-le, même tard.
    .version = 0.1
    .signed = no
care-booked-button-calendar = Ajouter à mon agenda
care-booked-button-cannot = Je ne peux pas venir

## 10. Erasure

care-erase-ask =
    Tout effacer ?
    J'efface votre pseudo, vos réponses, vos notes et vos rendez-vous.
    Vos crédits vont à la solidarité.
    On ne peut pas revenir en arrière.
    Je ne peux pas effacer les copies de { $platform } ou d'autres personnes.
    .version = 0.1
    .signed = no
care-erase-ask-button-yes = Oui, tout effacer
care-erase-ask-button-copy = Garder une copie d'abord
care-erase-ask-button-no = Non
care-erase-done =
    C'est effacé.
    Les sauvegardes seront effacées avant le { $day }.
    Vous pouvez revenir. { $sos } reste ouvert.
    .version = 0.1
    .signed = no

## The lines

care-line-how-free-always = gratuit, jour et nuit
care-line-how-always = jour et nuit
care-line-how-call-or-text-always = appel ou SMS, jour et nuit
care-line-how-free-not-all-night = gratuit, mais pas toute la nuit
care-line-how-not-all-night = pas toute la nuit
care-line-how-hours-unsure = je ne connais pas ses horaires

care-line-kind-violence = Violences
care-line-kind-child = Enfant en danger
care-line-kind-police = Police
care-line-kind-youth = Jeunes
care-line-kind-listening = Écoute
care-line-kind-quebec = Au Québec

# The short form, one sentence for each.
care-lines-crisis = { "" }**{ $number }** : { $how }.
care-lines-crisis-bare = { "" }**{ $number }**.
care-lines-danger =
    { $count ->
        [one] Danger : **{ $first }**.
       *[other] Danger : **{ $first }** ou **{ $second }**.
    }
care-lines-danger-general = Danger : **112**, ou le numéro d'urgence du pays.
care-lines-text = Sans parler : SMS au **{ $number }**.
care-lines-no-crisis = Je n'ai pas de ligne d'écoute sûre pour ce pays.
care-lines-no-country = Je ne connais pas votre pays.

# The full form, one line for each.
care-lines-full-danger =
    { $count ->
        [one] Danger tout de suite : appelez le **{ $first }**.
       *[other] Danger tout de suite : appelez le **{ $first }** ou le **{ $second }**.
    }
care-lines-full-danger-general = Danger tout de suite : appelez le **112**, ou le numéro d'urgence du pays.
care-lines-full-crisis = Vous pensez au suicide, ou vous souffrez trop : **{ $number }**, { $how }.
care-lines-full-crisis-bare = Vous pensez au suicide, ou vous souffrez trop : **{ $number }**.
care-lines-full-also = Ou bien : **{ $number }**, { $how }.
care-lines-full-also-bare = Ou bien : **{ $number }**.
care-lines-full-text = Vous ne pouvez pas parler : SMS au **{ $number }**.

# The other numbers, one line for each.
care-lines-other = { $what } : **{ $number }**, { $how }.
care-lines-other-bare = { $what } : **{ $number }**.
care-lines-no-others = Je n'ai pas d'autre numéro pour ce pays.

# While nothing can be stored: one message in every language, with all lines under it.
care-memory =
    Merci de votre message. Vous comptez pour nous.
    Danger tout de suite : appelez le **112**, ou le numéro d'urgence du pays.
    Vous souffrez trop : appelez la ligne de votre pays, ci-dessous.
    Je suis un programme. Je ne peux pas appeler pour vous.
    .version = 0.1
    .signed = no
