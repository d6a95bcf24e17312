# What a peer supporter offers, and the topics of a group.
# Arguments: typed, text: Text; number: Number; what, more: Msg; every other: Command.

profile-list-more = { $what }, { $more }
profile-nothing-yet = pas encore choisi

# /profil
profile-title = Votre profil.
profile-why = Il dit comment vous aidez, dans quelles langues et sur quels thèmes.
profile-who-sees =
    Qui le voit : vous, et personne d'autre aujourd'hui.
    Plus tard, il aidera à vous proposer à une personne qui veut parler. Elle verra alors ce qui est écrit ici.
profile-stances = Posture : { $what }
profile-languages = Langues : { $what }
profile-topics = Thèmes : { $what }
profile-set = C'est noté.
profile-emptied = C'est fait. Votre profil est vide.
profile-restored = C'est fait. Voici votre profil d'avant.
profile-empty-already =
    Votre profil est déjà vide.
    Pour le remplir : { $profile }
profile-chosen = Choisi : { $what }

profile-ask-stances = Comment voulez-vous aider ? Plusieurs réponses sont possibles.
profile-explain-mentor = • mentor : partager ce que vous avez traversé vous-même
profile-explain-listener = • écoutant : écouter, sans juger ni conseiller
profile-explain-advocate = • défenseur : aider dans les démarches et pour les droits
profile-ask-languages = Quelles langues parlez-vous ? Choisissez, ou écrivez par exemple : français, arabe
profile-ask-topics = Sur quels thèmes êtes-vous à l'aise ? Choisissez, ou écrivez-les avec des virgules.
profile-unknown =
    Il y a un mot que je ne connais pas.
    Vous avez écrit : { $typed }
profile-did-you-mean = Vouliez-vous dire : { $what } ?
profile-form = En une ligne, par exemple : `{ $profile } écoutant français,anglais deuil,addiction`

profile-button-next = Suite
profile-button-done = Voir mon profil
profile-button-choice = { $what }
profile-button-chosen = ✓ { $what }
profile-button-stances = Posture
profile-button-languages = Langues
profile-button-topics = Thèmes
profile-button-clear = Tout vider
profile-button-undo = Revenir à avant

profile-stance-mentor = mentor
profile-stance-listener = écoutant
profile-stance-advocate = défenseur

profile-topic-loneliness = solitude
profile-topic-grief = deuil
profile-topic-family = famille
profile-topic-separation = séparation
profile-topic-work = travail
profile-topic-addiction = addiction
profile-topic-illness = maladie
profile-topic-stress = stress
profile-topic-exile = exil
profile-topic-money = argent
profile-topic-own = { $text }

# /reglages themes
profile-settings-topics = Thèmes des pair-aidants : { $what }
profile-topics-title = Les thèmes du groupe.
profile-topics-ask =
    Les pair-aidants choisissent dans cette liste.
    Pour la changer, écrivez-la avec des virgules, par exemple : `{ $settings } themes deuil, addiction, vie de couple`
profile-topics-set = C'est fait.
profile-topics-too-many =
    Cette liste est trop longue.
    Elle a { $number } thèmes au plus. Écrivez-la plus courte.
profile-button-usual-topics = La liste habituelle
profile-button-group-topics = Thèmes
