# La bibliothèque des sujets d'un groupe, et celui qui vient chaque semaine.
# Valeurs propres à ce fichier : prompt, resume → Command ; count, number → Number.

library-list = Les sujets en réserve :
library-item = { $number }. { $text }
library-empty = La réserve est vide.
library-form = Pour en ajouter un : `{ $prompt } ajouter Qu'est-ce qui vous a fait sourire ?`
library-form-every = Pour en publier un chaque semaine : `{ $prompt } chaque lundi 18h`
library-form-remove = Pour en retirer un : `{ $prompt } retirer 2`
library-next = Le prochain vient le { $when }.
library-next-number = Ce sera le numéro { $number }.
library-ask = Écrivez-le ici. Vous le verrez avant qu'il soit en réserve.
library-preview = Voici ce que le groupe verra, le moment venu :
library-added = C'est en réserve.
library-added-number = Son numéro : { $number }.
library-known =
    Ce sujet est déjà en réserve.
    Son numéro : { $number }.
library-full =
    La réserve est pleine.
    { $count ->
        [one] Elle tient { $count } sujet : retirez-le d'abord.
       *[other] Elle tient { $count } sujets : retirez-en un d'abord.
    }
library-no-such =
    Ce numéro n'est pas en réserve.
    Vous avez écrit : { $number }
library-removed = C'est retiré.
library-text = « { $text } »
library-empty-rota = La réserve est vide maintenant : rien ne vient plus tout seul avant d'en ajouter.
library-rota = C'est réglé. Chaque semaine, un sujet de la réserve est publié, à tour de rôle.
library-paused = Le groupe est en pause : rien n'est publié d'ici la reprise (`{ $resume } groupe`).
library-off = C'est arrêté. Plus rien ne vient tout seul.
library-off-already = Rien ne vient tout seul en ce moment.
library-button-list = Voir la réserve
library-button-add = Mettre en réserve
library-button-more = En ajouter un
library-button-back = Remettre
library-button-off = Arrêter chaque semaine

## Les tours tout prêts
prompt-ready-opening =
    Un tour d'ouverture.
    Si vous voulez, dites votre pseudo et un mot sur la façon dont vous arrivez.
    Puis ce que vous aimeriez trouver ici aujourd'hui.
    On peut passer son tour, ou seulement écouter. Ce qui se dit ici reste ici.
prompt-ready-closing =
    Un tour de clôture.
    Si vous voulez, dites un mot, ou une chose que vous emportez.
    On peut aussi partir en silence.
    Si quelque chose reste lourd, écrivez-moi en privé : « J'ai besoin de parler ».
prompt-preview-start = Voici ce que le groupe verra au début de la séance :
prompt-session-over = Cette séance a commencé ou n'est plus là. Choisissez-en une autre dans l'agenda.
prompt-not-posted-late =
    Le moment est passé. Votre texte :
    { $text }
    Vous pouvez le publier à nouveau.
