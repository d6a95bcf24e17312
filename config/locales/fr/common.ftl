### What every feature says.

# The language's own name.
language-name = français

common-yes = Oui
common-no = Non

role-member = membre
role-supporter = pair-aidant
role-facilitator = animateur
role-coordinator = coordinateur

former-member = un ancien membre

## Commands that are not there

command-not-built =
    Je ne sais pas encore faire cela.
    « { $word } » est prévu pour plus tard.
    Ce que je sais faire : { $menu }
unknown-command =
    Je ne connais pas cette commande.
    Vous avez écrit : { $typed }
    Ce que je sais faire : { $menu }
did-you-mean =
    Vouliez-vous dire { $meant } ?
    Je ne connais pas « { $typed } ».
not-understood =
    Je n'ai pas compris.
    Je suis un programme. Je comprends les commandes et les choix que je propose.
    Ce que je sais faire : { $menu }
    Besoin d'aide maintenant : { $sos }

## Who, and where

not-installed =
    Ce salon n'est pas encore relié à un groupe.
    Une personne qui administre le salon peut écrire { $setup }.
    En attendant, vous pouvez écrire { $menu }, { $sos } ou { $language-command }.
setup-in-direct =
    Cela se fait dans le salon du groupe.
    Écrivez { $setup } là-bas, si vous administrez ce salon.
not-joined =
    Il faut d'abord rejoindre le groupe.
    Pour rejoindre : { $join }
    Vous pouvez déjà lire { $agenda }.
    Besoin d'aide maintenant : { $sos }
people-not-here =
    Il faut d'abord rejoindre le groupe.
    Rejoignez-le depuis son salon, puis recommencez.
no-group =
    Je ne vois pas de quel groupe il s'agit.
    Écrivez cette commande dans le salon de votre groupe.
which-group = Pour quel groupe ?
group-unnamed = Groupe { $number }
group-named = Groupe « { $name } »
button-join = Rejoindre le groupe
not-allowed-member =
    Il faut d'abord rejoindre le groupe.
    Ce que vous pouvez faire ici : { $menu }
not-allowed-supporter =
    Cette commande est pour les pair-aidants.
    Un coordinateur peut vous donner ce rôle.
    Ce que vous pouvez faire ici : { $menu }
not-allowed-facilitator =
    Cette commande est pour les animateurs.
    Vous pouvez demander à l'un d'eux.
    Ce que vous pouvez faire ici : { $menu }
not-allowed-coordinator =
    Cette commande est pour les coordinateurs.
    Vous pouvez demander à l'un d'eux.
    Ce que vous pouvez faire ici : { $menu }
not-allowed-admin =
    Cette commande est pour qui administre le salon.
    Vous pouvez demander à cette personne.
    Ce que vous pouvez faire ici : { $menu }
open-private = Ouvrir une conversation privée
private-answer-waiting = J'ai une réponse pour vous, en privé.
channel-or-anonymous =
    Je ne vois pas qui écrit.
    Le message vient d'un compte anonyme ou d'un canal.
    Écrivez-moi en privé, ou avec votre propre compte.

## When something does not work

incident =
    Je n'ai pas réussi. L'erreur vient de moi, pas de vous.
    Rien n'a été changé. Vous pouvez réessayer plus tard.
    Si cela continue, donnez ce numéro à votre groupe : { $code }
still-working =
    Je ne peux rien enregistrer en ce moment.
    Réessayez dans quelques minutes.
# Under a message whose first sending may have arrived.
perhaps-twice = (Ce message vous arrive peut-être deux fois.)
slow-down =
    J'ai besoin d'une petite pause.
    Attendez une minute, puis continuez.
voice-message =
    Je ne peux pas écouter les messages vocaux.
    Je suis un programme. Écrivez-moi, ou faites un choix dans le menu.
    Ce que je sais faire : { $menu }
    Besoin d'aide maintenant : { $sos }
other-kind =
    Je ne lis que le texte.
    Écrivez-moi, ou faites un choix dans le menu.
    Ce que je sais faire : { $menu }

## Buttons and answers

not-your-button = Ce choix est pour une autre personne.
button-expired = Ce choix n'est plus possible. Refaites la demande.
already-answered = C'est déjà répondu.
choice-out-of-range = Choisissez un nombre de 1 à { $number }.
nothing-to-choose =
    Je n'attends pas de réponse en ce moment.
    Ce que je sais faire : { $menu }
cancelled-nothing = Il n'y a rien à annuler en ce moment.
cancelled-dialogue = C'est annulé. Rien n'a été changé.
