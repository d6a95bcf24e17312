# Prompts that facilitators post.
# Arguments: text, title: Text; count, number: Number; when: Moment; every other: Command.

prompt-new = Un nouveau sujet.
prompt-ask = Écrivez-le ici. Vous le verrez avant le groupe.
prompt-ask-session = Écrivez ici le sujet de la séance « { $title } ». Vous le verrez avant le groupe.
prompt-start-empty = Il manque le texte du sujet.
prompt-start-how = Écrivez-le avant « au début », par exemple : `{ $prompt } { $number } Comment arrivez-vous ce soir ? au début`
prompt-form = Vous pouvez aussi écrire : `{ $prompt } Qu'est-ce qui vous a fait du bien ?` ou, pour plus tard : `{ $prompt } Un mot pour ce soir ? à 18h`
prompt-preview = Voici ce que le groupe verra :
prompt-preview-when = Voici ce que le groupe verra le { $when } :
prompt-button-post = Publier
prompt-button-schedule = Programmer
prompt-button-change = Changer
prompt-button-drop = Laisser tomber
prompt-change = Écrivez le nouveau texte ici.
prompt-dropped = D'accord. Rien n'est publié.
prompt-posted = C'est publié.
prompt-scheduled = C'est programmé pour le { $when }.
prompt-button-withdraw = Retirer
prompt-withdrawn = C'est retiré. Rien ne sera publié.
prompt-gone-out = Ce sujet n'attend plus : il est déjà publié ou retiré.
prompt-too-long =
    Ce texte est trop long.
    Il a { $count } signes. Gardez-en { $number } au plus, et renvoyez-le.
prompt-paused =
    Le groupe est en pause : rien n'y est publié.
    Pour reprendre, une personne qui coordonne tape : `{ $resume } groupe`
prompt-not-posted = Votre sujet n'a pas été publié.
prompt-not-posted-paused =
    Le groupe est en pause. Votre texte :
    { $text }
    Pour reprendre, une personne qui coordonne tape : `{ $resume } groupe`
prompt-card = 💬 **Le sujet**
prompt-card-session = 💬 **Le sujet** de la séance { $number }, « { $title } », { $when }
prompt-card-text = { $text }
prompt-card-free = Vous répondez si vous voulez.
prompt-past =
    Ce moment est passé : { $when }.
    Écrivez une heure à venir, ou aucune pour publier tout de suite.
prompt-gap =
    Cette heure n'existe pas : l'horloge avance cette nuit-là.
    Écrivez plutôt { $when }, ou { $until }.
prompt-too-far =
    C'est trop loin : { $when }.
    Vérifiez l'année.
